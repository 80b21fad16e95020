# SPDX-License-Identifier: LGPL-3.0-or-later
"""A year of work in a province: acts of its users by chance, and what was done, written
down as the oracle of urging takes it. Nothing is read back from the system."""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from odoo import Command

from .urging_acts import Acts

ONE_DAY = timedelta(days=1)
PROVINCE = timedelta(hours=7)
#: Hours of the province.
CLOCKS_START, DIGEST, ACTS = time(6, 30), time(7), time(9)
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
#: Saturdays that are worked, the last day before Tết, a day in it, one before 30/4.
ODD_DAYS = [
    *(date(2026, 1, 10), date(2026, 8, 22)),
    *(date(2026, 2, 13), date(2026, 2, 18), date(2026, 5, 1)),
]
LEAVES, JOINS = date(2026, 5, 12), date(2026, 7, 7)
#: What texts give limits for here, read in them: Điều 6.2b of Bắc Giang; Điều 6.3b of
#: Kon Tum; when a directive left as a draft is past its day (Bắc Giang 6.1a, Kon Tum
#: 6.1, Cà Mau 5.1), in working days.
UNDATED_QUARTERLY = {"bac_giang"}
ENTERED_ELSEWHERE = {"kon_tum": 2}
DRAFT_RELEASED_WITHIN = {"bac_giang": 3, "kon_tum": 2, "ca_mau": 1}
#: Điều 20.2 of Kon Tum: the Office's own reports.
OFFICE_REPORTS = {"kon_tum": (date(2026, 6, 10), date(2026, 12, 10))}
UNDATED_TRACKED = {"bac_giang", "kon_tum", "quang_tri", "ca_mau"}


@dataclass
class Item:
    """An assignment of the test: what the test knows of it."""

    record: object  # task.assignment
    story: object  # the oracle's record
    task: object
    agency: str
    role: str
    due: date | None
    assigned_on: date
    over: bool = False
    is_withdrawn: bool = False
    result: tuple = None  # (task.result, its story) that waits
    extension: tuple = None  # a task.extension, its story and that of its limit
    handed_back: tuple = None
    undated_reports: list = field(default_factory=list)  # stories of its limits
    entry: object = None  # the story of the limit on entering it elsewhere
    is_entered: bool = False

    @property
    def end(self):
        """withdrawn does not count among the leads of a task; None: not over."""
        if self.is_withdrawn:
            return "withdrawn"
        return "done" if self.over else None

    @property
    def is_open(self):
        return not (self.over or self.result or self.handed_back)


class Year(Acts):
    """Drives the system of a TaskCase through days, by chance from `seed`.

    `oracle` is the module that tells what is expected; `place` one of the five.
    """

    def __init__(self, case, oracle, place, seed, size=400):
        self.case, self.oracle, self.place, self.size = case, oracle, place, size
        self.chance = random.Random(seed)
        self.stories, self.items = [], []
        self.items_of_task = defaultdict(list)
        self.plan = defaultdict(list)  # day → [(act, its arguments)]
        self.drafts = []
        self.number = 0
        self.today = None
        self.done = defaultdict(int)  # act → how often, to see that all are tried
        self.people = self._people()
        self.calendar = oracle.World(
            days_off={
                *(date(2026, 1, day) for day in (1, 2)),
                *(date(2026, 2, day) for day in range(16, 21)),
                *(date(2026, 4, day) for day in (27, 30)),
                date(2026, 5, 1),
                *(date(2026, 8, day) for day in (31,)),
                *(date(2026, 9, day) for day in (1, 2)),
            },
            days_worked={date(2026, 1, 10), date(2026, 8, 22)},
            people=self.people,
            records=self.stories,
            runs=[],
        )
        for day in OFFICE_REPORTS.get(place, ()):
            key = ("task.clock", "res.company", case.company.id, day)
            story = self._story(key, "clock", actor="office")
            begins = self._moment(FIRST, CLOCKS_START)
            story.events.append(oracle.Event(begins, "begins", due=day))

    def _people(self):
        """One officer leaves in May, another one comes in July."""
        person = self.oracle.Person
        people = [
            person("specialist", ("specialist",)),
            person("specialist2", ("specialist",)),
            person("manager", ("specialist", "manager")),
            person("chairman", ("leader",)),
            person("deputy", ("leader",)),
            person("newcomer", ("officer",), "ward", since=self._moment(JOINS, ACTS)),
        ]
        for agency in self.case.AGENCIES:
            people.append(person(f"{agency}_head", ("head",), agency))
            if agency != "building":
                people.append(person(f"{agency}_officer", ("officer",), agency))
        left = {"until": self._moment(LEAVES, ACTS)}
        people.append(person("building_officer", ("officer",), "building", **left))
        return people

    # -- moments -----------------------------------------------------------------------
    def _moment(self, day, hour):
        return datetime.combine(day, hour)

    def go_to(self, day, hour):
        """The clock of the test, given the province's."""
        self.today = day
        self.case._move_to(self._moment(day, hour) - PROVINCE)

    def is_working(self, day):
        return self.oracle.is_working(self.calendar, day)

    def _story(self, key, what="waiting", **values):
        story = self.oracle.Record(key, what, **values)
        self.stories.append(story)
        return story

    def _tell(self, story, kind, **values):
        moment = self._moment(self.today, ACTS)
        story.events.append(self.oracle.Event(moment, kind, **values))

    def _later(self, days, act, *arguments):
        self.plan[self.today + max(1, days) * ONE_DAY].append((act, arguments))

    def _some(self, *choices):
        return self.chance.choice(choices)

    # -- a day -------------------------------------------------------------------------
    def start_limits(self, day):
        """What begins by itself, before the day's digests."""
        self.go_to(day, CLOCKS_START)
        if not self.is_working(day):
            return  # nobody is told today: it begins on the next working day as well
        self.case._run_clocks()
        moment = self._moment(day, CLOCKS_START)
        for draft in self.drafts:
            if draft["due"] and draft["due"] < day and not draft["story"]:
                document = draft["document"]
                key = ("task.clock", "task.document", document.id, draft["due"])
                story = self._story(
                    key, "clock", actor="office", specialist=draft["specialist"]
                )
                draft["story"] = story
                event = self.oracle.Event(moment, "begins", due=draft["due"])
                story.events.append(event)
        for item in self.items:
            self._start_entry(item, moment)
            if not item.over and item.due is None:
                self._start_undated_report(item, moment)

    def _start_entry(self, item, moment):
        """Kon Tum: entered in the province's system two days after the deadline."""
        amount = ENTERED_ELSEWHERE.get(self.place)
        if not amount or item.role != "lead" or item.is_entered or item.entry:
            return
        if item.is_withdrawn or not item.due:
            return
        if item.due <= moment.date():
            due = self.oracle.working_days_after(self.calendar, item.due, amount)
            key = ("task.clock", "task.assignment", item.record.id, due)
            item.entry = self._story(
                key, "clock", actor="office", specialist=self._specialist(item)
            )
            item.entry.events.append(self.oracle.Event(moment, "begins", due=due))

    def _start_undated_report(self, item, moment):
        if self.place not in UNDATED_QUARTERLY or item.role != "lead":
            return
        month = (moment.month + 2) // 3 * 3
        due = date(2026, month, 31 if month in (3, 12) else 30)
        if any(story.key[-1] == due for story in item.undated_reports):
            return
        key = ("task.clock", "task.assignment", item.record.id, due)
        story = self._story(
            key, "clock", agency=item.agency, specialist=self._specialist(item)
        )
        story.events.append(self.oracle.Event(moment, "begins", due=due))
        item.undated_reports.append(story)

    def acts(self, day):
        """What the users do on the day: what was planned for it."""
        self.go_to(day, ACTS)
        for act, arguments in self.plan.pop(day, ()):
            if getattr(self, f"act_{act}")(*arguments) is not False:
                self.done[act] += 1

    def _specialist(self, item):
        """Who follows its task now."""
        named = [one.who for one in item.story.events if one.kind == "specialist"]
        return named[-1] if named else item.story.specialist

    # -- releasing ---------------------------------------------------------------------
    def plan_releases(self, first=FIRST, last=LAST - 20 * ONE_DAY):
        """Spread the releases over the days, whatever days they are."""
        days = (last - first).days
        for due in ODD_DAYS:
            self.plan[due - 8 * ONE_DAY].append(("release_due", (due,)))
        self.plan[LEAVES].append(("leave", ("building_officer",)))
        self.plan[JOINS].append(("join", ("newcomer", "ward")))
        for _nth in range(self.size // 16):
            day = first + self.chance.randrange(days) * ONE_DAY
            self.plan[day].append(("release", ()))
        for nth in range(4):
            day = first + (20 + nth * days // 5) * ONE_DAY
            self.plan[day].append(("draft", ()))
            self.plan[day + 11 * ONE_DAY].append(("release_draft", ()))

    def act_release_due(self, due):
        """A directive of which nothing is heard until long after its day."""
        self._release(self._draft("specialist", due), is_quiet=True)

    def act_release(self):
        """Two directives of three tasks, some sixteen assignments, in one act."""
        documents = self._draft("specialist") | self._draft("specialist2")
        self._release(documents)

    def act_draft(self):
        document = self._draft("specialist")
        within = DRAFT_RELEASED_WITHIN.get(self.place)
        due = within and self.oracle.working_days_after(
            self.calendar, self.today, within
        )
        self.drafts.append(
            {
                "document": document,
                "due": due,
                "story": None,
                "specialist": "specialist",
            }
        )

    def act_release_draft(self):
        draft = self.drafts.pop(0)
        if draft["story"]:
            self._tell(draft["story"], "ends")
        self._release(draft["document"])

    def _draft(self, follower, due=None):
        """A directive of three tasks; `follower` drafts and follows it."""
        case, tasks = self.case, []
        for _nth in range(3):
            lead, *supports = self.chance.sample(case.AGENCIES, self._some(2, 3, 3))
            leads = [lead]
            if self.chance.random() < 0.15:
                leads, supports = [lead, supports[0]], supports[1:]
            deadline = self.today + self.chance.randrange(2, 60) * ONE_DAY
            undated = self.place in UNDATED_TRACKED and self.chance.random() < 0.06
            deadline, undated = due or deadline, undated and not due
            tasks.append(
                {
                    "name": f"Báo cáo kết quả nội dung {self.number}",
                    "is_dated": not undated,
                    "deadline": not undated and deadline,
                    "lead_agency_ids": [Command.set(case._agencies(leads).ids)],
                    "support_agency_ids": [Command.set(case._agencies(supports).ids)],
                }
            )
        self.number += 1
        user = getattr(case, follower)
        return case._document(
            tasks, user, number=str(self.number), issued_on=self.today
        )

    def _release(self, documents, is_quiet=False):
        """Released, and received by all at once: one act instead of one for each."""
        office = documents.with_user(self.case.specialist)
        office.action_release()
        office.task_ids.assignment_ids.action_receive()
        for document in documents.sudo():
            follower = self.case._key(document.specialist_id)
            for one in document.assignment_ids.sorted("id"):
                self._add(one, one.task_id.deadline or None, follower, is_quiet)

    def _add(self, record, due, follower, is_quiet=False):
        agency = self.case._agency_key(record.agency_id)
        story = self._story(
            ("task.assignment", record.id),
            "assignment",
            agency=agency,
            role=record.role,
            specialist=follower,
        )
        task, role = record.task_id, record.role
        item = Item(record, story, task, agency, role, due, self.today)
        self.items.append(item)
        self.items_of_task[record.task_id].append(item)
        self._tell(story, "released", due=due)
        if due is None:
            self._start_undated_report(item, self._moment(self.today, ACTS))
        if is_quiet:
            self._later((due - self.today).days + 40, "hand_in", item)
        elif record.role == "lead":
            self._plan_life(item)
        elif self.chance.random() < 0.04:
            self._later(self.chance.randrange(1, 8), "hand_back", item)
        return item

    def _plan_life(self, item):
        """What will become of it, by chance."""
        luck, left = self.chance.random(), 30
        if item.due is None:
            self._later(self.chance.randrange(5, 120), "first_deadline", item)
        else:
            left = (item.due - self.today).days
        if luck < 0.40:
            self._later(self.chance.randrange(1, max(2, left + 1)), "hand_in", item)
        elif luck < 0.70:
            self._later(left + self.chance.randrange(1, 13), "hand_in", item)
        elif luck < 0.84:
            self._later(left + self.chance.randrange(25, 45), "hand_in", item)
        elif luck < 0.90:
            self._later(left + self.chance.randrange(-3, 20), "withdraw", item)
        if self.chance.random() < 0.15:
            self._later(left - self.chance.randrange(-2, 6), "ask_extension", item)
        if self.chance.random() < 0.08:
            self._later(self.chance.randrange(1, 6), "hand_back", item)
        if self.chance.random() < 0.10:
            self._later(left + self.chance.randrange(-8, 9), "change_deadline", item)
        if self.chance.random() < 0.04:
            self._later(left - self.chance.randrange(1, 6), "hand_over", item)
        if self.place in ENTERED_ELSEWHERE and self.chance.random() < 0.8:
            self._later(left + self.chance.randrange(-3, 12), "enter", item)
