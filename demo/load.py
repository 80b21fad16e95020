"""Load a demonstration: `main(env, place)` on a database with task_tracking.

A place is a folder of `places/`: a province, or a department, under one of the five
regulations. The names of its agencies and localities are written from memory, they
are not an official list; its people are named by their role; the numbers of its
documents are invented. Importing this file needs nothing but the standard library.
"""

import csv
import json
import logging
import sys
import time
from datetime import timedelta
from functools import cached_property
from pathlib import Path

PLACES = Path(__file__).parent / "places"
#: The place that is meant where none is named.
DEFAULT = "khanh-hoa"


def places():
    """The names of all places, the default one first."""
    names = sorted(file.parent.name for file in PLACES.glob("*/place.json"))
    return sorted(names, key=lambda name: name != DEFAULT)


class Place:
    """What `places/NAME/place.json` says: README.md explains the keys.

    :raise LookupError: if there is no such place; it lists those there are.
    """

    def __init__(self, name=DEFAULT):
        if name not in places():
            raise LookupError(
                f"There is no regulation {name!r} to demonstrate; there are: "
                f"{', '.join(places())}."
            )
        self.name = name
        self.folder = PLACES / name

    @cached_property
    def data(self):
        return json.loads((self.folder / "place.json").read_text(encoding="utf-8"))

    @cached_property
    def agencies(self):
        """The rows of agencies.csv, each a dict by column."""
        with (self.folder / "agencies.csv").open(encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def __getattr__(self, key):
        if key.startswith("_") or key not in self.data:
            raise AttributeError(f"place.json of {self.name} has no {key!r}.")
        return self.data[key]


def logins(name=DEFAULT):
    """Pairs of a role and its login, of a place: the ones to try first."""
    return [tuple(pair) for pair in Place(name).logins]


def password(name=DEFAULT):
    """The password of every user of a place."""
    return Place(name).password


def main(env, name=DEFAULT):
    """Make the place and let it work for the twelve months before today.

    :param env: Environment of the superuser; committed day by day.
    :param name: one of `places()`.
    :raise LookupError: if there is no such place, or its regulation is not loaded.
    """
    sys.path.insert(0, str(Path(__file__).parent))
    from demo_place import above, calendar, clock, people
    from demo_place.simulation import Simulation

    started = time.time()
    place = Place(name)
    # What the log would say of each act is said once, at the end.
    logging.getLogger("odoo.models.unlink").setLevel(logging.WARNING)
    logging.getLogger("odoo.addons.base.models").setLevel(logging.WARNING)
    env = env(context={**env.context, "lang": "vi_VN", "tz": "Asia/Ho_Chi_Minh"})
    today = env.company._task_today()
    first = today - timedelta(days=366)
    with clock.simulated(clock.utc(first, 8)) as move_clock:
        make_company(env, place)
        team = people.make(env, place)
        calendar.prepare(
            env,
            team.administrator,
            years=range(first.year, today.year + 2),
            confirmed_until=today.year,
        )
        authorise_deputy(env, place, team, first)
        env.cr.commit()
        say(f"{len(team.agencies)} agencies and their users (names from memory)")
        users_above = above.make(env, place)
        simulation = Simulation(env, place, team, users_above, today, move_clock)
        simulation.run(progress=lambda day: say(f"{day:%m/%Y} …"))
    read_old_messages(env)
    arrive_old_mails(env)
    env.cr.commit()
    tell_states(env)
    say(f"{place.company} is ready ({time.time() - started:.0f} s)")


def say(text):
    print(text, flush=True)


def make_company(env, place):
    """Name the company and give it its regulation.

    Whenever the text took effect, and whatever became of the province since: in the
    demonstration it applies to all twelve months, so that there is a year to look at.
    """
    regulation = env.ref(place.regulation, raise_if_not_found=False)
    if not regulation:
        raise LookupError(f"The regulation {place.regulation} is not loaded.")
    env.company.write(
        {
            "name": place.company,
            "regulation_id": regulation.id,
            "task_tz": "Asia/Ho_Chi_Minh",
        }
    )
    # Odoo lets anybody sign up for a customer account; a province does not.
    env["ir.config_parameter"].set_param("auth_signup.invitation_scope", "b2b")


def authorise_deputy(env, place, team, day):
    """Record the authorisation of a deputy, where the place has one (KH Đ5.2đ)."""
    given = place.data.get("authorisation")
    if given:
        env["task.authorisation"].create(
            {
                "user_id": team.officials[given["login"]].id,
                "number": given["number"],
                "signed_on": day,
                "date_from": day,
                "note": given["note"],
            }
        )


def read_old_messages(env):
    """What officials were told in these months they have read, but for last week."""
    recent = env["mail.notification"].search(
        [("is_read", "=", False), ("mail_message_id.date", "<", "-7d")]
    )
    recent.write({"is_read": True})


def arrive_old_mails(env):
    """What was mailed in these months arrived long ago: no flood is sent now."""
    notices = env["task.notice"].search([("state", "=", "queued")])
    notices.sudo().mail_mail_id.write({"state": "sent"})
    for queued_at, some in notices.grouped("queued_at").items():
        some.write({"state": "sent", "sent_at": queued_at})


def tell_states(env):
    """Print how many assignments are in which state, today."""
    model = env["task.assignment"]
    for role, state, overdue, number in model._read_group(
        [], ["role", "state", "is_overdue"], ["__count"]
    ):
        say(f"  {role:8} {state:10} {'overdue' if overdue else '':8} {number:4}")
    ages = model._read_group([("is_overdue", "=", True)], ["ageing"], ["__count"])
    say("  overdue by class: " + ", ".join(f"{age}: {number}" for age, number in ages))
    for state, number in env["task.task"]._read_group([], ["state"], ["__count"]):
        say(f"  tasks {state:12} {number:4}")
