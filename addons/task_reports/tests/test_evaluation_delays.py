# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import MAY, ReportCase
from .test_evaluation import EvaluationCase


@tagged("post_install", "-at_install")
class TestDelays(ReportCase):
    """The progress deduction of Nghị định 335/2025: each time it fell overdue."""

    def _share(self, assignment):
        """How often an assignment counts as late in May: the N of its `late_N`."""
        engine = self.env["task.evaluation.engine"].with_user(self.manager)
        with self._on("2026-05-20"):
            return [
                times
                for times in range(5)
                if assignment.id
                in engine._part_ids(f"late_{times}", *MAY, assignment.agency_id)
            ]

    def _change(self, day, assignment, deadline):
        with self._on(day):
            assignment.with_user(self.chairman).change_deadline(deadline, "Thay đổi")

    def test_overdue_for_long_is_one_delay(self):
        """Due 10 April, still open on 14 May: one delay."""
        one = self._assign("2026-04-01", "adhoc", [self.finance], "2026-04-10")
        self.assertEqual(self._share(one), [1])

    def test_overdue_twice_is_two(self):
        """Overdue on 11 April; more time given on the 15th until the 20th; overdue
        again on the 21st, completed on the 25th: two."""
        one = self._assign("2026-04-01", "adhoc", [self.finance], "2026-04-10")
        self._change("2026-04-15", one, "2026-04-20")
        self._complete("2026-04-25", "2026-04-25", one)
        self.assertEqual(self._share(one), [2])

    def test_late_on_the_day_of_completion(self):
        """Due 20 April, handed in and confirmed on the 21st: one delay, though it was
        never overdue at a day's end."""
        one = self._assign("2026-04-01", "adhoc", [self.finance], "2026-04-20")
        self._complete("2026-04-21", "2026-04-21", one)
        self.assertTrue(one.is_late)
        self.assertEqual(self._share(one), [1])

    def test_a_second_delay_on_the_day_of_completion(self):
        """Overdue on 11 April, until 20 April given on the 12th, completed on the 21st
        itself: two."""
        one = self._assign("2026-04-01", "adhoc", [self.finance], "2026-04-10")
        self._change("2026-04-12", one, "2026-04-20")
        self._complete("2026-04-21", "2026-04-21", one)
        self.assertEqual(self._share(one), [2])

    def test_a_refused_result_does_not_make_a_second_delay(self):
        """Overdue on 21 April, handed in late on the 23rd, refused on the 24th, still
        open: the clock never stood in time, one delay."""
        one = self._assign("2026-04-01", "adhoc", [self.finance], "2026-04-20")
        result = self._submit("2026-04-23", "task.result", one)
        with self._on("2026-04-24"):
            answer = result.with_user(self.specialist)
            answer.answer = "Chưa đạt"
            answer.action_refuse()
        self.assertEqual(self._share(one), [1])

    def test_four_delays_cost_everything(self):
        """Overdue five times counts as four: 100 % − 4 × 25 %."""
        one = self._assign("2026-04-01", "adhoc", [self.finance], "2026-04-02")
        for day, until in (
            ("2026-04-04", "2026-04-06"),
            ("2026-04-08", "2026-04-10"),
            ("2026-04-12", "2026-04-14"),
            ("2026-04-16", "2026-04-20"),
        ):
            self._change(day, one, until)
        self.assertEqual(self._share(one), [4])

    def test_open_in_time_is_no_product_yet(self):
        """Not completed and not overdue: judged neither late nor in time."""
        one = self._assign("2026-05-01", "adhoc", [self.finance], "2026-06-10")
        self.assertEqual(self._share(one), [])


@tagged("post_install", "-at_install")
class TestObjectiveCause(EvaluationCase):
    """An objective cause confirmed by the competent authority takes the deduction
    away; who may record it, and that nothing in it changes."""

    def _confirm(self, user=None, **vals):
        return (
            self.env["task.objective.cause"]
            .with_user(user or self.manager)
            .create(
                {
                    "assignment_id": self.made["late"].id,
                    "text": "Bão số 1 làm gián đoạn",
                    "authority": "Chủ tịch UBND tỉnh",
                    "reference": "123/UBND-TH",
                    "confirmed_on": "2026-05-18",
                    **vals,
                }
            )
        )

    def _progress(self):
        return self._texts(self._evaluation(), self.finance)["progress_335"]

    def test_the_deduction_falls_away(self):
        """(2 + ¾) ÷ 3 becomes 3 ÷ 3; the task stays late where it is late."""
        self._confirm()
        self.assertEqual(self._progress(), "3 ÷ 3 = 100,0 %")
        self.assertEqual(
            self._texts(self._evaluation(), self.finance)["on_time"], "2 ÷ 3 = 66,7 %"
        )

    def test_cancelled_it_counts_again(self):
        """What was entered wrongly is cancelled with its reason, and may be recorded
        anew."""
        cause = self._confirm()
        with self.assertRaises(UserError):
            cause.action_cancel()
        cause.cancel_reason = "Nhầm nhiệm vụ"
        cause.action_cancel()
        self.assertEqual(cause.cancelled_by_id, self.manager)
        self.assertEqual(self._progress(), "(2 + 1 × 75 %) ÷ (2 + 1) = 91,7 %")
        with self.assertRaises(UserError):
            cause.cancel_reason = "Khác"
        self._confirm(self.chairman)
        self.assertEqual(self._progress(), "3 ÷ 3 = 100,0 %")

    def test_who_records_it(self):
        """A leader and an Office manager; no specialist, agency or administrator."""
        for user in (self.specialist, self.heads[self.finance], self.admin):
            with self.assertRaises(AccessError):
                self._confirm(user)
        cause = self._confirm(self.chairman)
        self.assertEqual(cause.recorded_by_id, self.chairman)
        self.assertEqual(str(cause.recorded_on), "2026-05-20")
        button = self.made["late"].with_user(self.manager)
        self.assertFalse(button.can_confirm_cause)

    def test_the_button_where_it_may_be(self):
        """On what fell overdue, for who may record it."""
        late, in_time = self.made["late"], self.made["in time"]
        self.assertTrue(late.with_user(self.chairman).can_confirm_cause)
        self.assertFalse(late.with_user(self.specialist).can_confirm_cause)
        self.assertFalse(in_time.with_user(self.chairman).can_confirm_cause)

    def test_nothing_in_it_changes(self):
        """Neither its words nor who recorded it, and it is never deleted."""
        cause = self._confirm()
        for vals in (
            {"authority": "Khác"},
            {"assignment_id": self.made["in time"].id},
            {"recorded_by_id": self.chairman.id},
            {"cancelled_on": MAY[0]},
        ):
            with self.assertRaises(UserError):
                cause.write(vals)
        with self.assertRaises(AccessError):
            cause.unlink()
        with self.assertRaises(UserError):
            cause.sudo().unlink()
        with self.assertRaises(AccessError):
            self._confirm(recorded_by_id=self.chairman.id)

    def test_the_agency_reads_its_own(self):
        """Finance reads what was confirmed of its task, health does not."""
        cause = self._confirm()
        self.assertTrue(cause.with_user(self.officer).has_access("read"))
        other = cause.with_user(self.heads[self.ward])
        self.assertFalse(other.has_access("read"))

    def test_a_day_to_come_is_refused(self):
        with self.assertRaises(ValidationError):
            self._confirm(confirmed_on="2026-05-21")
