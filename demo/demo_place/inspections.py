"""Inspections of the year: planned, held, closed, late, under way, waiting.

`inspections` of place.json names who leads them and whom they concern. Their days are
counted from the creation, so that each stage is there on whatever day it is made:

plan     approved early in the year: the agencies below and those the data suggests
first    two agencies, one of which objects; recommendations as a task, partly done
second   ad hoc, by the leader's instruction; a violation is handled
self     an agency inspects itself (BG Đ19.1, KT Đ15.2b, QT Đ13.2a, KH Đ13.2)
late     ended long ago, its conclusion is overdue
alone    a deputy inspects without a team (KT Đ12.3)
running  under way on the day of creation
draft    complete, waits for the Chairman's decision
next     the following plan, waits for a leader's approval
"""

import calendar
import random
from datetime import timedelta

from odoo import Command

from .inspection_life import Life
from .inspection_self import SelfLife
from .words import Words

#: Working days before (or after) the creation on which the team comes and goes.
VISITS = {
    "first": (-155, -151),
    "second": (-100, -97),
    "late": (-30, -26),
    "running": (-4, 3),
    "alone": (-4, 2),
    "draft": (8, 12),
}
#: Whether it goes by the plan; the others are ad hoc.
PLANNED = ("first", "late", "running", "draft")
PLAN, NEXT_PLAN, SELF = -190, -4, -80
#: How many agencies the data's suggestions add to a plan.
SUGGESTED = 3


class Inspections:
    """What the Office, the teams and the inspected do about inspections."""

    def __init__(self, sim):
        self.sim = sim
        self.given = sim.place.data.get("inspections")
        # Chances of their own: the year of the tasks is the same without inspections.
        self.chance = random.Random(f"inspections {sim.place.seat} {sim.today}")
        self.words = Words(self.chance, sim.place.words)
        self.yearly = None

    # -- what the place gives --------------------------------------------------------
    def official(self, role):
        """The official who has a role in inspections: leader, secretary and so on."""
        return self.sim.official(self.given[role])

    @property
    def body(self):
        """What the text calls those who inspect: Đoàn kiểm tra, Tổ công tác."""
        return self.sim.policy("inspection_body")

    def day(self, number):
        """The working day that many before the creation; from 0 on: after it."""
        if number < 0:
            return self.sim.workdays[number]
        return self.sim.after(self.sim.today, number)

    def at(self, day, act, *args):
        self.sim.at(day, act, *args, chance=self.chance)

    def number(self, kind, pace, notation=None):
        """The next number of a kind of paper: 412/QĐ-UBND."""
        number = self.sim.series.next(f"inspections {kind}", self.sim.day, pace)
        return f"{number:02}/{kind}-{notation or self.given['notation']}"

    def contents(self):
        """The contents of inspection, those that the text names."""
        lines = self.sim.regulation._prescriptions("content")
        return [Command.set(lines.filtered(lambda one: one.code != "other").ids)]

    # -- the agenda ------------------------------------------------------------------
    def plan(self):
        """Put the year's inspections on the agenda, where the text knows any."""
        if not self.given or not self.sim.regulation._knows("inspection_conclusion"):
            return
        self.at(self.day(PLAN), self.draft_plan)
        for story, visit in VISITS.items():
            if story in self.given:
                days = [self.day(number) for number in visit]
                Life(self, story, self.given[story], days, story in PLANNED).begin()
        if self.sim.regulation._prescribes("authority", "self"):
            SelfLife(self, self.given["self"], self.day(SELF)).begin()
        self.at(self.day(NEXT_PLAN), self.draft_next_plan)

    # -- the yearly plans ------------------------------------------------------------
    def draft_plan(self):
        """The plan the inspections of this year go by."""
        first = next_month(self.sim.day)
        self.yearly = self.make_plan(first)
        self.at(self.sim.after(self.sim.day, 1), self.approve, self.yearly)

    def draft_next_plan(self):
        """The plan of the year that follows; no leader has looked at it yet."""
        self.make_plan(next_month(self.yearly.date_to - timedelta(days=1)), own=False)

    def make_plan(self, first, own=True):
        """Draft a plan of twelve months and submit it.

        :param own: whether it holds the inspections of the demonstration; else all its
            agencies are those suggested.
        """
        specialist, words = self.official("secretary"), self.sim.place.words
        last = first + timedelta(days=364)
        last = last.replace(day=calendar.monthrange(last.year, last.month)[1])
        plan = self.sim.model("task.inspection.plan", specialist).create(
            {
                "name": f"Kế hoạch kiểm tra việc thực hiện nhiệm vụ do {words['body']},"
                f" {words['leader']} giao (từ tháng {first:%m/%Y} đến tháng"
                f" {last:%m/%Y})",
                "date_from": first,
                "date_to": last,
                "purpose": self.words.pick("inspection_purpose"),
                "line_ids": self.lines() if own else [],
            }
        )
        months = (9, 10) if own else (2, 5)
        for number in months[: 1 if own else 2]:
            self.suggest(plan, first + timedelta(days=30 * number))
        plan.action_submit()
        return plan

    def lines(self):
        """The agencies that are inspected in the year to come, with the days."""
        lines = []
        for story in PLANNED:
            first, last = (self.day(number) for number in VISITS[story])
            lines += [
                Command.create(
                    {
                        "agency_id": self.sim.people.agencies[code].partner.id,
                        "content_ids": self.contents(),
                        "date_from": first,
                        "date_to": last,
                    }
                )
                for code in self.given[story]["agencies"]
            ]
        return lines

    def suggest(self, plan, first):
        """Take those the data suggests first, with the reason it gives."""
        wizard = plan.env["task.inspection.suggest"].create(
            {
                "plan_id": plan.id,
                "visit_from": self.sim.after(first, 0),
                "visit_to": self.sim.after(first, 4),
            }
        )
        wizard.line_ids[:SUGGESTED].is_chosen = True
        wizard.action_add()

    def approve(self, plan):
        """A leader approves; the paper is numbered and scanned two days later."""
        plan.with_user(self.official("chairman")).action_approve()
        self.at(self.sim.after(self.sim.day, 2), self.register, plan)

    def register(self, plan):
        specialist = self.official("secretary")
        number = self.number("KH", 260)
        paragraphs = [*plan.purpose.split("\n")] + [
            f"{line.agency_id.name}: từ {line.date_from:%d/%m/%Y} đến"
            f" {line.date_to:%d/%m/%Y}."
            for line in plan.line_ids
        ]
        plan.with_user(specialist).write(
            {
                "number": number,
                "dated_on": self.sim.day,
                **self.signer("chairman"),
                "attachment_ids": self.signed(
                    specialist, number, plan.name, paragraphs
                ),
            }
        )
        plan.with_user(specialist).action_register()

    # -- papers ----------------------------------------------------------------------
    def signer(self, role):
        """Position and name of who signs; people are named by their role."""
        name = self.official(role).name
        return {"signer_title": name.split(" UBND")[0].upper(), "signer_name": name}

    def signed(self, user, number, title, paragraphs, issuer=None, signed=None):
        """The commands that attach the scan of a signed paper as `user`."""
        place = self.sim.place
        paper = self.sim.paper(
            number.replace("/", "-"),
            issuer=issuer or place.company,
            reference=number,
            title=title,
            paragraphs=[line for line in paragraphs if line],
            signed=signed or self.official("chairman").name,
        )
        return self.sim.attach(user, paper)


def next_month(day):
    """The first day of the month after `day`."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)
