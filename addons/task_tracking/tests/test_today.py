# SPDX-License-Identifier: LGPL-3.0-or-later
import os
import time
from datetime import date, timedelta
from unittest.mock import patch

from odoo.tests import tagged

from .common import TaskCase

#: The deadline of the assignments under test.
DEADLINE = date(2026, 4, 10)


@tagged("post_install", "-at_install")
class TestToday(TaskCase):
    """Overdue, due soon, days left and ageing: by the province's day, in every way of
    asking."""

    def setUp(self):
        super().setUp()
        self._move_to("2026-04-01 02:00:00")
        self.one = self._released()

    def _at(self, moment, user=None):
        """The assignment at a moment of UTC, as a user reads it anew."""
        self._move_to(moment)
        self.env.invalidate_all()
        return self.one.with_user(user or self.manager)

    def _on(self, days):
        """The assignment in the morning, that many days after its deadline."""
        return self._at(f"{DEADLINE + timedelta(days=days)} 02:00:00")

    # -- whose midnight ----------------------------------------------------------------
    def test_before_and_after_the_provinces_midnight(self):
        """At 23:30 in the province the due day lasts, at 00:30 it is over."""
        self.assertFalse(self._at("2026-04-10 16:30:00").is_overdue)
        self.assertEqual(self.one.days_left, 0)
        self.assertTrue(self._at("2026-04-10 17:30:00").is_overdue)
        self.assertEqual(self.one.days_overdue, 1)

    def test_user_of_another_zone(self):
        """The reader's own time zone changes nothing."""
        for zone in ("America/Los_Angeles", "Pacific/Auckland", "UTC"):
            self.manager.tz = zone
            for moment, overdue in (
                ("2026-04-10 16:30:00", False),
                ("2026-04-10 17:30:00", True),
            ):
                one = self._at(moment).with_context(tz=zone)
                self.assertEqual(one.is_overdue, overdue, (zone, moment))
                found = one.search([("is_overdue", "=", True)])
                self.assertEqual(self.one in found, overdue, (zone, moment))

    def test_server_of_another_zone(self):
        """The server's time zone changes nothing."""
        self.addCleanup(time.tzset)
        for zone in ("UTC", "America/New_York", "Asia/Tokyo"):
            with patch.dict(os.environ, TZ=zone):
                time.tzset()
                self.assertFalse(self._at("2026-04-10 16:30:00").is_overdue, zone)
                self.assertTrue(self._at("2026-04-10 17:30:00").is_overdue, zone)

    def test_zone_of_the_company(self):
        """Another level may live in another zone: its own midnight decides."""
        self.company.task_tz = "Asia/Tokyo"
        self.assertFalse(self._at("2026-04-10 14:30:00").is_overdue)
        self.assertTrue(self._at("2026-04-10 15:30:00").is_overdue)

    def test_assigned_on_the_provinces_day(self):
        """What is done at 00:30 in the province happens on that day."""
        self._move_to("2026-04-02 17:30:00")
        document = self._document()
        document.action_release()
        self.assertEqual(document.sudo().assignment_ids.assigned_on, date(2026, 4, 3))

    # -- classes and numbers -----------------------------------------------------------
    def test_ageing_classes(self):
        """1–7, 8–30, 31–90, 91–120 and more than 120 days after the deadline."""
        for days, ageing in (
            (-1, False),
            (0, False),
            (1, "1"),
            (7, "1"),
            (8, "2"),
            (30, "2"),
            (31, "3"),
            (90, "3"),
            (91, "4"),
            (120, "4"),
            (121, "5"),
            (1000, "5"),
        ):
            one = self._on(days)
            self.assertEqual((one.ageing, one.days_overdue), (ageing, max(days, 0)))
            self.assertEqual(
                self.one in one.search([("ageing", "=", ageing)]), True, days
            )

    def test_due_soon(self):
        """Due soon: from seven days before the deadline until its day, not after."""
        for days, soon in ((-9, False), (-8, False), (-7, True), (0, True), (1, False)):
            one = self._on(days)
            self.assertEqual(one.is_due_soon, soon, days)
            self.assertEqual(one.days_left, -days)

    def _cases(self):
        """Assignments of every kind, some open, some not, looked at on one day."""
        self._move_to("2026-01-05 02:00:00")
        issued = {"issued_on": "2026-01-05"}
        for days in (-60, -8, -7, 0, 1, 7, 8, 30, 31, 90):
            deadline = DEADLINE - timedelta(days=days)
            self._document(
                [self._task_vals(deadline=deadline)], **issued
            ).action_release()
        late = self._document(
            [self._task_vals(deadline="2026-01-10", lead=self.finance)], **issued
        )
        in_time = self._document([self._task_vals(lead=self.finance)], **issued)
        done = self._document([self._task_vals(deadline="2026-01-10")], **issued)
        gone = self._document([self._task_vals(deadline="2026-01-10")], **issued)
        for document in (late, in_time, done, gone):
            document.action_release()
        self._move_to("2026-01-20 02:00:00")
        self._hand_in(late.sudo().assignment_ids)
        self._hand_in(in_time.sudo().assignment_ids)
        self._hand_in(done.sudo().assignment_ids).with_user(
            self.specialist
        ).action_accept()
        gone.sudo().assignment_ids.with_user(self.manager).withdraw("Nhầm")
        self._on(0)
        self.env.flush_all()
        return self.env["task.assignment"].with_user(self.manager)

    def test_search_equals_reading(self):
        """What a search finds is what reading says, for every value of every field."""
        model = self._cases()
        every = model.search([])
        for name, values in {
            "is_overdue": (True, False),
            "is_due_soon": (True, False),
            "ageing": ("1", "2", "3", "4", "5", False),
            "days_overdue": (0, False, 1, 7, 8, 30, 90),
            "days_left": (-1, 0, False, 7, 8, 60),
        }.items():
            for value in values:
                expected = every.filtered(lambda one, n=name, v=value: one[n] == v)
                for domain, wanted in (
                    ([(name, "=", value)], expected),
                    ([(name, "!=", value)], every - expected),
                    ([(name, "in", [value])], expected),
                ):
                    self.assertEqual(set(model.search(domain)), set(wanted), domain)

    def test_both_values_find_all(self):
        """Asking for true or false finds everything."""
        model = self._cases()
        for name in ("is_overdue", "is_due_soon"):
            self.assertEqual(
                model.search_count([(name, "in", [True, False])]),
                model.search_count([]),
            )

    def test_comparing_days(self):
        """Days are compared as numbers."""
        model = self._cases()
        every = model.search([])
        for operator, test in (
            (">", int.__gt__),
            (">=", int.__ge__),
            ("<", int.__lt__),
            ("<=", int.__le__),
        ):
            for name in ("days_overdue", "days_left"):
                expected = every.filtered(lambda one, n=name, t=test: t(one[n], 7))
                self.assertEqual(
                    set(model.search([(name, operator, 7)])), set(expected), operator
                )

    def test_groups_equal_reading(self):
        """Groups count what reading says."""
        model = self._cases()
        every = model.search([])
        for name in (
            "is_overdue",
            "is_due_soon",
            "ageing",
            "days_overdue",
            "days_left",
        ):
            groups = dict(model._read_group([], [name], ["id:recordset"]))
            for value, records in groups.items():
                self.assertEqual(
                    records,
                    every.filtered(lambda one, n=name, v=value: one[n] == v),
                    name,
                )
            self.assertEqual(sum(map(len, groups.values())), len(every), name)

    def test_client_groups(self):
        """The web client groups and sums by the same figures."""
        model = self._cases()
        groups = model.formatted_read_group(
            [], ["ageing"], ["__count", "days_overdue:max"]
        )
        every = model.search([])
        for group in groups:
            same = every.filtered(lambda one, g=group: one.ageing == g["ageing"])
            self.assertEqual(
                (group["__count"], group["days_overdue:max"]),
                (len(same), max(same.mapped("days_overdue"))),
            )

    def test_order_equals_reading(self):
        """Sorting by them sorts by what reading says."""
        model = self._cases()
        for name in ("days_overdue", "days_left", "is_overdue"):
            found = model.search([], order=f"{name} desc, id")
            values = [int(value) for value in map(lambda one, n=name: one[n], found)]
            self.assertEqual(values, sorted(values, reverse=True), name)

    # -- the clock stands while a result waits
    def test_handed_in_in_time_stays_in_time(self):
        """What was handed in by the deadline is not overdue, however long the Office
        looks."""
        self._on(0)
        self._hand_in(self.one)
        one = self._on(50)
        self.assertEqual(
            (one.is_overdue, one.days_overdue, one.ageing), (False, 0, False)
        )
        self.assertNotIn(self.one, one.search([("is_overdue", "=", True)]))

    def test_handed_in_late_stands_still(self):
        """What was handed in three days late stays three days late while it waits."""
        self._on(3)
        self._hand_in(self.one)
        one = self._on(50)
        self.assertEqual((one.is_overdue, one.days_overdue, one.ageing), (True, 3, "1"))
        self.assertIn(self.one, one.search([("ageing", "=", "1")]))

    def test_refused_runs_on(self):
        """After a refusal the clock stands where it would have stood."""
        self._on(0)
        result = self._hand_in(self.one).with_user(self.specialist)
        self._on(10)
        result.answer = "Chưa đạt"
        result.action_refuse()
        one = self._on(10)
        self.assertEqual(
            (one.is_overdue, one.days_overdue, one.ageing), (True, 10, "2")
        )

    # -- earlier days ------------------------------------------------------------------
    def test_office_states_an_earlier_day(self):
        """The Office enters a letter with its earlier day, and it shows."""
        self._on(3)
        result = self._hand_in(
            self.one, user=self.specialist2, happened_on="2026-04-09"
        )
        fact = self.one.fact_ids.filtered(lambda one: one.kind == "handed_in")
        self.assertEqual((fact.day, fact.is_backdated), (date(2026, 4, 9), True))
        self.assertEqual(fact.recorded_at.date(), date(2026, 4, 13))
        self.assertEqual(result.submitted_on, date(2026, 4, 9))
        self.assertFalse(self._on(3).is_overdue)

    def test_act_of_today_is_not_backdated(self):
        """What happens when it is recorded is not marked."""
        self._hand_in(self.one)
        self.assertFalse(any(self.one.fact_ids.mapped("is_backdated")))
