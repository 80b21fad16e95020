# SPDX-License-Identifier: LGPL-3.0-or-later
import random
from datetime import date, timedelta

from odoo.tests import tagged

from .test_clocks_of_assignments import LimitsCase

FIRST = date(2026, 4, 1)
ROUNDS = 30
SATURDAY = 5


@tagged("post_install", "-at_install")
class TestCalendarCorrections(LimitsCase):
    """A calendar corrected afterwards changes no date and no verdict (DOMAIN.md
    section 2), whatever is corrected and when."""

    def setUp(self):
        super().setUp()
        self.draw = random.Random(20260401)

    def test_no_correction_touches_what_started(self):
        """Random days off and worked days, entered, changed and removed at random
        moments among limits that run, were met, are late or past due: every clock,
        deadline and verdict stays as it was when it was fixed."""
        fixed = {}
        for number in range(ROUNDS):
            today = FIRST + timedelta(days=number)
            self._move_to(f"{today} 02:00:00")
            self._work(today)
            self._daily_job()
            self._note(fixed)
            self._correct()
            self.env.invalidate_all()
            self._compare(fixed)
        states = {kept["state"] for kept in fixed.values()}
        self.assertLessEqual({"in_time", "late", "missed", "running"}, states)

    def _work(self, today):
        """A day's acts: something assigned, asked, answered, handed in."""
        assignment = self._released(
            deadline=today + timedelta(days=self.draw.randint(1, 9))
        )
        waiting = self.env["task.extension"].search([("state", "=", "waiting")])
        if waiting and self.draw.random() < 0.6:
            one = self.draw.choice(waiting).with_user(self.chairman)
            one.answer = "Không"
            one.action_refuse()
        if self.draw.random() < 0.6:
            later = assignment.deadline + timedelta(days=10)
            self._ask_extension(assignment, later)
        open_ones = assignment.search(
            [("state", "in", ("released", "doing")), ("role", "=", "lead")]
        )
        if open_ones and self.draw.random() < 0.7:
            self._hand_in(self.draw.choice(open_ones))

    def _correct(self):
        """One to three corrections of the calendar, by the administrator."""
        days = self.env["task.calendar.day"].with_user(self.admin)
        for _number in range(self.draw.randint(1, 3)):
            day = FIRST + timedelta(days=self.draw.randint(-5, 45))
            known = days.search([("date", "=", day)], limit=1)
            kinds = ("holiday", "compensatory")
            kind = "worked" if day.weekday() >= SATURDAY else self.draw.choice(kinds)
            if not known:
                days.create(
                    {"date": day, "name": "Sửa", "kind": kind, "state": "confirmed"}
                )
            elif self.draw.random() < 0.5:
                known.kind = kind
            else:
                known.unlink()

    def _note(self, fixed):
        """Keep what is fixed by now: dates always, verdicts once they are reached."""
        for clock in self.env["task.clock"].search([]):
            fixed.setdefault(clock, self._dates(clock))["state"] = clock.state
        for assignment in self.env["task.assignment"].search([]):
            fixed.setdefault(assignment, {})
            fixed[assignment] = self._judged(assignment)

    def _dates(self, clock):
        names = ("started_on", "due_on", "due_at", "explanation")
        return {name: clock[name] for name in names}

    def _judged(self, assignment):
        names = ("deadline", "due_on", "completed_on", "is_late", "overdue_from")
        return {name: assignment[name] for name in names} | {"state": assignment.state}

    def _compare(self, fixed):
        for record, kept in fixed.items():
            if record._name == "task.clock":
                now = self._dates(record) | {"state": record.state}
            else:
                now = self._judged(record)
            self.assertEqual(now, kept)
