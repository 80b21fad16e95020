# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Secret directives leave the directives: the register of secret documents is a
    model of its own now, and no rule hides a directive for its secrecy any more.

    They held no task, file or content before (BG Đ5.2). What lacks a value that the
    register requires gets one that shows: the issuing body as the agency, "?" as the
    number or the title.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    documents = env["task.document"].search([("secrecy", "!=", "open")], order="id")
    if not documents:
        return
    for document in documents:
        kept = document.company_id._task_regulation()._policy("secret") == "register"
        if not kept:
            continue  # the regulation keeps no register: nothing of it may be stored
        env["task.secret.document"].create(
            {
                "name": document.name or "?",
                "number": document.number or f"?{document.id}",
                "notation": document.notation,
                "issued_on": document.issued_on,
                "signer": document.signer,
                "drafter_id": document.drafter_id.id,
                "agency_ids": _agencies(document),
                "office_unit_id": document.office_unit_id.id,
                "specialist_id": document.specialist_id.id,
                "company_id": document.company_id.id,
            }
        )
    documents.unlink()


def _agencies(document):
    """Whom it concerned was not noted: the body that drafted or issued it."""
    agency = document.drafter_id or document.issuer_id
    agency.is_agency = True
    return agency.ids
