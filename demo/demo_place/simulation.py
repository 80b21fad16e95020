"""Twelve months of a place at work, day by day, under the simulated clock.

Nothing is written as finished rows and nothing is back-dated: every act is the
system's own method, called by the user whose act it is, at the moment the clock
shows. The same place and day of creation give the same year. What the place's
regulation does not know, nobody does: `agencies_may`, `policy`.
"""

import heapq
import random
from datetime import timedelta
from itertools import count

from . import directives, papers, secret
from .above import Above
from .clock import utc
from .inspections import Inspections
from .lives import LeadLife, support_life
from .reports import Reports
from .urging import Urging
from .words import Words

#: Office hours in the province, as (first hour, last hour).
HALVES = ((7, 11), (13, 16))


class Simulation:
    """The agenda of all acts to come, and the means to do them as a user."""

    def __init__(self, env, place, people, above, today, move_clock):
        """
        :param env: Environment of the superuser, in Vietnamese.
        :param place: load.Place.
        :param people: demo_place.people.People.
        :param above: the users of the company above, by login.
        :param today: the day of creation in the province; nothing happens on it.
        :param move_clock: sets the simulated moment (naive, UTC).
        """
        self.env = env
        self.place = place
        self.people = people
        self.above = Above(self, above)
        self.regulation = env.company._task_regulation()
        self.today = today
        self.move_clock = move_clock
        self.chance = random.Random(f"{place.seat} {today}")
        self.calendar = env.company._task_calendar()
        self.words = Words(self.chance, place.words)
        self.series = directives.Series()
        self.agenda = []
        self.order = count()
        self.now = None
        self.planned = set()  # ids of the clocks of the Office's own duties
        days = (today - timedelta(days=n) for n in range(365, 0, -1))
        self.workdays = [day for day in days if self.calendar.is_workday(day)]
        #: How often an agency is in time: its own habit.
        self.habits = {
            code: self.chance.triangular(0.88, 1.0, 0.99) for code in people.agencies
        }
        self.reports = Reports(self)
        self.inspections = Inspections(self)
        self.urging = Urging(self)

    # -- time ------------------------------------------------------------------------
    @property
    def day(self):
        """The day in the province."""
        return (self.now + timedelta(hours=7)).date()

    def after(self, day, workdays):
        """The working day that many working days after `day` (0: itself, or next)."""
        return self.calendar.add(day, workdays) if workdays else self.calendar.roll(day)

    def at(self, day, act, *args, chance=None):
        """Put an act on the agenda: in office hours of `day`, and after now."""
        chance = chance or self.chance
        day = self.calendar.roll(day)
        hours = chance.choice(HALVES)
        moment = utc(day, chance.randint(*hours), chance.randint(0, 59))
        if self.now and moment <= self.now:
            moment = self.now + timedelta(minutes=chance.randint(5, 40))
        heapq.heappush(self.agenda, (moment, next(self.order), act, args))

    def run(self, progress):
        """Do all that falls before today; what would come later remains open.

        :param progress: called with the first day of each month as it begins.
        """
        planned = directives.plan(
            self.place.folder / "directives",
            self.chance,
            self.workdays,
            self.today,
            self.calendar.roll,
            by_receipt=self.place.data.get("by_receipt", False),
        )
        for directive in planned:
            self.at(directive.release_on, self.register, directive)
        secret.plan(self)
        self.above.plan()
        self.reports.plan()
        self.inspections.plan()
        self.urging.plan()
        month = None
        while self.agenda:
            moment, _order, act, args = heapq.heappop(self.agenda)
            if moment >= utc(self.today, 0):
                break
            before, self.now = self.now and self.day, moment
            if before and before != self.day:
                self.env.cr.commit()
            if month != (self.day.year, self.day.month):
                month = (self.day.year, self.day.month)
                progress(self.day)
            self.move_clock(moment)
            if before is None or before != self.day:
                self.begin_day()
            act(*args)
        self.env.cr.commit()

    def begin_day(self):
        """What the server does by itself every day; the Office sees its own duties."""
        clocks = self.env["task.clock"]
        clocks._cron_start_due()
        duties = clocks.search(
            [("res_model", "=", "res.company"), ("state", "=", "running")]
        )
        for duty in duties - clocks.browse(self.planned):
            self.planned.add(duty.id)
            early = timedelta(days=self.chance.randint(0, 4))
            self.at(max(duty.due_on - early, self.day), self.do_duty, duty)
        self.reports.begin_day()

    def do_duty(self, duty):
        """The Office has sent a report of its own; only the day is kept."""
        duty.with_user(self.official(self.place.managers[0])).action_mark_done()

    # -- the regulation --------------------------------------------------------------
    def agencies_may(self, act):
        """Whether the text knows the act as one of the agencies."""
        return self.regulation._knows(act, "agency")

    def policy(self, key):
        return self.regulation._policy(key)

    # -- users -----------------------------------------------------------------------
    def official(self, login):
        return self.people.officials[login]

    def agency_of(self, assignment):
        return self.people.by_partner[assignment.agency_id.id]

    def specialist_of(self, unit):
        return self.people.specialists[unit]

    def model(self, name, user):
        return self.env[name].with_user(user)

    # -- papers ----------------------------------------------------------------------
    def paper(self, stem, **words):
        """A paper of this day and place, as (file name, bytes): papers.paper()."""
        place_day = papers.place_and_day(self.place.seat, self.day)
        return papers.paper(stem, place_day=place_day, **words)

    def attach(self, user, paper):
        """The commands that attach a (file name, bytes) as `user`."""
        name, content = paper
        file = self.model("ir.attachment", user).create({"name": name, "raw": content})
        return [(6, 0, file.ids)]

    # -- the Office ------------------------------------------------------------------
    def register(self, directive):
        """The specialist enters the directive with its tasks and releases it."""
        user = self.specialist_of(directive.words["unit"])
        documents = self.model("task.document", user)
        document = documents.create(self._document_vals(directive, user))
        document.action_release()
        for task, words in zip(document.task_ids, directive.tasks, strict=True):
            self._begin(task, words)

    def _document_vals(self, directive, user):
        words = directive.words
        issuer = self._issuer(words.get("issuer"))
        kept = ("source", "notation")
        vals = {
            **{name: words[name] for name in kept},
            "number": directive.number,
            "name": words.get("name", False),
            "type_id": self.named("task.document.type", words["type"]).id,
            "abstract": directive.abstract,
            "issued_on": directive.issued_on,
            "despatched_on": directive.issued_on,
            "received_on": directive.received_on,
            "issuer_id": issuer.id,
            "assigner_level": words["assigner"],
            "signer_position": words["signer"],
            "urgency": words.get("urgency", "normal"),
            "specialist_id": user.id,
            "office_unit_id": self.people.units[words["unit"]].id,
            "attachment_ids": self.attach(user, self._directive_paper(directive)),
            "task_ids": [
                (0, 0, self._task_vals(task, words, index))
                for index, task in enumerate(directive.tasks)
            ],
        }
        for name in ("is_adhoc", "asks_opinions"):
            if words.get(name):
                vals[name] = True
        if words.get("drafter"):
            vals["drafter_id"] = self.people.agencies[words["drafter"]].partner.id
        return vals

    def _issuer(self, name):
        """The body that issued it: the Committee, or a superior body by its name."""
        if not name:
            return self.env.company.partner_id
        partners = self.env["res.partner"]
        return partners.search([("name", "=", name)], limit=1) or partners.create(
            {"name": name, "is_company": True}
        )

    def _task_vals(self, task, words, index):
        deadline = task["deadline"]
        if deadline and "correction" in self._stories(task):
            deadline += timedelta(days=10)  # the slip that is corrected afterwards
        return {
            "sequence": 10 * (index + 1),
            "name": task["content"],
            "product_kind": task["product"],
            "product_to": task.get("to", self.place.words["to"]),
            "is_dated": bool(deadline),
            "deadline": deadline,
            "deadline_text": task.get("deadline_text", False),
            "field_id": self.named("task.field", task["field"]).id
            if "field" in task
            else False,
            "directing_leader": words["signer"]
            if words["signer"].endswith(self.place.words["leader"])
            else self.place.words["leader"],
            "lead_agency_ids": [(6, 0, self.partners(task["leads"]))],
            "support_agency_ids": [(6, 0, self.partners(task.get("supports", [])))],
        }

    def named(self, model, name):
        """The record of that name, which must be there."""
        found = self.env[model].search([("name", "=", name)], limit=1)
        if not found:
            raise LookupError(f"There is no {model} named {name!r}.")
        return found

    def partners(self, codes):
        if codes == ["@all"]:
            return [
                agency.partner.id
                for agency in self.people.agencies.values()
                if not agency.partner.parent_id and agency.kind != "organisation"
            ]
        return [self.people.agencies[code].partner.id for code in codes]

    def _stories(self, task):
        return [story for story in task.get("stories", []) if story]

    def _directive_paper(self, directive):
        words = directive.words
        reference = "/".join(filter(None, (directive.number, words["notation"])))
        paragraphs = [
            f"{number}. {task['content']}"
            for number, task in enumerate(directive.tasks, 1)
        ]
        return papers.paper(
            reference.replace("/", "-") or "Ghi-y-kien-chi-dao",
            issuer=words.get("issuer") or self.place.company,
            reference=reference,
            place_day=papers.place_and_day(self.place.seat, directive.issued_on),
            title=f"{words['type']}: {directive.abstract}",
            paragraphs=paragraphs,
            signed=words["signer"],
        )

    def add_task(self, document, words, user):
        """A task found missing is added to a directive that was released already."""
        document = document.with_user(user)
        before = document.task_ids
        signed = {"signer": document.signer_position}
        vals = self._task_vals(words, signed, len(before))
        document.write({"task_ids": [(0, 0, vals)]})
        document.action_release()
        self._begin(document.task_ids - before, words)

    # -- the lives that begin --------------------------------------------------------
    def _begin(self, task, words):
        """Let the agencies of a released task live with it."""
        if task.state == "outside":
            if "dated_after" in words:
                self.at(
                    self.day + timedelta(days=words["dated_after"]),
                    self._bring_in,
                    task,
                    words,
                )
            return
        self.live(task.assignment_ids, words)

    def _bring_in(self, task, words):
        """The event happened: the task outside the register gets its deadline."""
        deadline = self.calendar.roll(self.day + timedelta(days=words["days"]))
        task.action_set_first_deadline(deadline)
        self.live(task.assignment_ids, words)

    def live(self, assignments, words):
        """Begin the life of assignments just made, in the order of the words."""
        by_agency = {one.agency_id.id: one for one in assignments}
        stories = words.get("stories", [])
        for index, partner in enumerate(self.partners(words["leads"])):
            if partner in by_agency:
                story = stories[index] if index < len(stories) else None
                LeadLife(self, by_agency[partner], words, story).begin()
        for partner in self.partners(words.get("supports", [])):
            if partner in by_agency:
                support_life(self, by_agency[partner], words)
