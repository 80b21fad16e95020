"""The register of secret documents, where the place's text keeps one (BG Đ5.2).

`secret.json` of a place: the fields of the register; `ago`: days before the creation
on which the document was issued; `days` until its deadline; `done`: days after the
deadline on which the result was entered (negative: before it), if it was.
"""

import json
from datetime import timedelta

from odoo import Command


def plan(sim):
    """Put the documents of the place's register on the agenda."""
    file = sim.place.folder / "secret.json"
    if sim.policy("secret") != "register" or not file.exists():
        return
    for words in json.loads(file.read_text(encoding="utf-8")):
        sim.at(sim.today - timedelta(days=words["ago"]), register, sim, words)


def register(sim, words):
    """Who keeps the register enters the document, and later that it is done."""
    keeper = sim.people.keeper
    deadline = sim.calendar.roll(sim.day + timedelta(days=words["days"]))
    kept = ("name", "number", "notation", "signer", "task_count")
    agencies = [sim.people.agencies[code] for code in words["agencies"]]
    vals = {
        **{name: words[name] for name in kept},
        "issued_on": sim.day,
        "deadline": deadline,
        "agency_ids": [Command.set([agency.partner.id for agency in agencies])],
        "office_unit_id": sim.people.units[words["unit"]].id,
        "specialist_id": keeper.id,
    }
    if "drafter" in words:
        vals["drafter_id"] = sim.people.agencies[words["drafter"]].partner.id
    document = sim.model("task.secret.document", keeper).create(vals)
    if "done" in words:
        sim.at(deadline + timedelta(days=words["done"]), document.action_mark_done)
