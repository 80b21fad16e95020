# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import date

from odoo.tests import tagged

from .common import TaskCase


@tagged("post_install", "-at_install")
class TestDayOff(TaskCase):
    """A deadline on a day off: as written, or moved, by the regulation's switch.

    Tết 2026: Saturday 14/02 and Sunday 15/02, holidays 16–20/02, then a weekend: the
    next working day is Monday 23/02.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.moving = cls.regulation.copy({"code": "DAYOFF"})
        policy = cls.moving.policy_ids.filtered(lambda one: one.key == "day_off")
        policy.write({"value": "next_working_day", "article": "Điều 3"})
        cls.company.regulation_id = cls.moving

    def setUp(self):
        super().setUp()
        self._move_to("2026-02-02 02:00:00")

    def _due(self, deadline="2026-02-14", **vals):
        """A released lead assignment with this deadline, of a directive of 02/02."""
        document = self._document(
            [self._task_vals(deadline=deadline, **vals)], issued_on="2026-02-02"
        )
        document.action_release()
        return document.sudo().assignment_ids.filtered(lambda one: one.role == "lead")

    def _days(self, one):
        return one.deadline, one.due_on

    def test_as_written(self):
        """The default: the date stands as written, whatever day it is."""
        self.company.regulation_id = self.regulation
        one = self._due()
        self.assertEqual(self._days(one), (date(2026, 2, 14), date(2026, 2, 14)))
        self.assertFalse(one.due_why)
        self._move_to("2026-02-14 17:30:00")  # 00:30 on the 15th
        one.invalidate_recordset()
        self.assertTrue(one.is_overdue)

    def test_moves_over_tet(self):
        """The written date is kept and printed, the next working day decides."""
        one = self._due()
        self.assertEqual(self._days(one), (date(2026, 2, 14), date(2026, 2, 23)))
        self.assertEqual(one.first_deadline, date(2026, 2, 14))
        self.assertRecordValues(
            one.fact_ids,
            [{"deadline": date(2026, 2, 14), "due_on": date(2026, 2, 23)}],
        )
        self.assertRecordValues(
            one.span_ids,
            [
                {
                    "deadline": date(2026, 2, 14),
                    "due_on": date(2026, 2, 23),
                    "overdue_from": date(2026, 2, 24),
                }
            ],
        )

    def test_today_follows_the_moved_day(self):
        """At 23:30 of the moved day it is in time, at midnight overdue by one day."""
        one = self._due()
        self._move_to("2026-02-23 16:30:00")
        one.invalidate_recordset()
        self.assertEqual((one.is_overdue, one.is_due_soon), (False, True))
        self.assertEqual((one.days_left, one.days_overdue), (0, 0))
        found = self.env["task.assignment"].with_user(self.manager)
        soon = found.search([("is_due_soon", "=", True), ("days_left", "=", 0)])
        self.assertIn(one, soon)
        self._move_to("2026-02-23 17:00:00")
        one.invalidate_recordset()
        self.assertEqual((one.is_overdue, one.days_overdue), (True, 1))
        late = found.search([("is_overdue", "=", True), ("days_overdue", "=", 1)])
        self.assertIn(one, late)

    def test_result_judged_by_the_moved_day(self):
        """Handed in after the written date, by the moved one: completed on time."""
        one, other = self._due(), self._due()
        self._move_to("2026-02-23 03:00:00")
        self._hand_in(one).with_user(self.specialist).action_accept()
        self._move_to("2026-02-24 03:00:00")
        self._hand_in(other).with_user(self.specialist).action_accept()
        self.assertEqual((one.is_late, other.is_late), (False, True))

    def test_worked_saturday_stands(self):
        """Saturday 10/01/2026 is worked for Friday 02/01: the one stands, the other
        moves to Monday 05/01."""
        self._move_to("2025-12-30 02:00:00")
        document = self._document(
            [
                self._task_vals(deadline="2026-01-10"),
                self._task_vals(deadline="2026-01-02"),
            ],
            issued_on="2025-12-30",
        )
        document.action_release()
        stands, moves = document.sudo().assignment_ids.sorted("deadline", reverse=True)
        self.assertEqual(stands.due_on, date(2026, 1, 10))
        self.assertEqual(moves.due_on, date(2026, 1, 5))

    def test_a_later_calendar_moves_nothing(self):
        """The effective day is fixed when recorded: a calendar corrected afterwards
        changes neither it nor the verdict, also when the ledger is read again."""
        one = self._due()
        self.env["task.calendar.day"].create(
            [
                {
                    "date": day,
                    "kind": kind,
                    "name": "Sửa lịch",
                    "state": "confirmed",
                    "company_id": self.company.id,
                }
                for day, kind in (("2026-02-16", "worked"), ("2026-02-23", "holiday"))
            ]
        )
        self._move_to("2026-02-24 03:00:00")
        self._hand_in(one).with_user(self.specialist).action_accept()
        self.assertEqual(one.due_on, date(2026, 2, 23))
        self.assertTrue(one.is_late)
        fresh = self._due(deadline="2026-03-01")  # a Sunday, moves under any calendar
        self.assertEqual(fresh.due_on, date(2026, 3, 2))

    def test_a_later_switch_moves_nothing(self):
        """A regulation that moves days off from tomorrow leaves old deadlines alone."""
        self.company.regulation_id = self.regulation
        one = self._due()
        policy = self.regulation.policy_ids.filtered(lambda it: it.key == "day_off")
        policy.value = "next_working_day"
        one.with_user(self.finance_officer).action_receive()
        self.assertEqual(one.due_on, date(2026, 2, 14))

    def test_leader_change_and_extension_move(self):
        """A leader's new date and an extension move as the first one does."""
        one = self._due(deadline="2026-02-10")
        self.assertEqual(self._days(one), (date(2026, 2, 10), date(2026, 2, 10)))
        one.with_user(self.chairman).change_deadline("2026-02-14", "Chỉ đạo mới")
        self.assertEqual(self._days(one), (date(2026, 2, 14), date(2026, 2, 23)))
        extension = self._ask_extension(one, "2026-02-28")  # a Saturday
        extension.with_user(self.chairman).action_accept()
        self.assertEqual(self._days(one), (date(2026, 2, 28), date(2026, 3, 2)))

    def test_asked_by_the_moved_day_is_not_late(self):
        """An extension asked between the written and the moved day is not too late."""
        one, other = self._due(), self._due()
        self._move_to("2026-02-23 02:00:00")
        self.assertFalse(self._ask_extension(one, "2026-03-06").asked_late)
        self._move_to("2026-02-24 02:00:00")
        self.assertTrue(self._ask_extension(other, "2026-03-06").asked_late)

    def test_first_deadline_moves(self):
        """The first deadline set on a task outside the register moves too."""
        document = self._document(
            [self._task_vals(is_dated=False, deadline=False)], issued_on="2026-02-02"
        )
        document.action_release()
        document.task_ids.action_set_first_deadline("2026-02-21")
        one = document.sudo().assignment_ids
        self.assertEqual(self._days(one), (date(2026, 2, 21), date(2026, 2, 23)))

    def test_correction_brings_its_own_day(self):
        """A corrected deadline has its own effective day; a correction of the day
        alone leaves it."""
        one = self._due(deadline="2026-02-14")
        released = one.fact_ids
        one.with_user(self.manager).correct(released, "Nhầm", new_day="2026-02-02")
        self.assertEqual(one.due_on, date(2026, 2, 23))
        one.with_user(self.manager).correct(released, "Nhầm", deadline="2026-02-11")
        self.assertEqual(self._days(one), (date(2026, 2, 11), date(2026, 2, 11)))
        one.with_user(self.manager).correct(released, "Nhầm", deadline="2026-02-07")
        self.assertEqual(self._days(one), (date(2026, 2, 7), date(2026, 2, 9)))

    def test_reassigned_keeps_the_deadline_in_force(self):
        """A reassignment keeps the written and the effective day, whatever calendar
        holds by then, and the reason."""
        one = self._due()
        self.env["task.calendar.day"].create(
            {
                "date": "2026-02-23",
                "kind": "holiday",
                "name": "Sửa lịch",
                "state": "confirmed",
                "company_id": self.company.id,
            }
        )
        new = one.with_user(self.manager).reassign(self.building, "Đổi đơn vị").sudo()
        self.assertEqual(self._days(new), (date(2026, 2, 14), date(2026, 2, 23)))
        self.assertEqual(new.due_why, one.due_why)

    def test_says_why(self):
        """The assignment says what moved, each day skipped and the article."""
        one = self._due().with_user(self.finance_officer)
        for words in ("14/02/2026", "23/02/2026", "Tết Nguyên đán", "Điều 3"):
            self.assertIn(words, one.due_why)
        # 14, 15, 21, 22: weekends; 16–20: holidays; that it moves, the article, and
        # that it is our reading
        self.assertEqual(one.due_why.count("<li>"), 9 + 3)

    def test_moved_day_is_closed(self):
        """Nobody writes the effective day, neither in the ledger nor beside it."""
        one = self._due()
        self.assertFalse(one.with_user(self.manager).has_access("write"))
        self.assertFalse(one.fact_ids.with_user(self.manager).has_access("create"))

    def test_release_asks_no_more(self):
        """Releasing 12 tasks whose deadlines move takes as many queries as 2."""

        def release(count):
            tasks = [self._task_vals(deadline="2026-02-14") for _nth in range(count)]
            document = self._document(tasks, issued_on="2026-02-02")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            document.action_release()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        release(2)  # warms what a running server has warm
        self.assertEqual(release(2), release(12))
