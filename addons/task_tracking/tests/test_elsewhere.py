# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import START
from .rights_common import RightsCase


@tagged("post_install", "-at_install")
class TestElsewhere(RightsCase):
    """The entry of what was done in another system: mark and date (KT Đ6.3b: in the
    province's software, within 2 working days; read from the deadline)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.khanh_hoa = cls.regulation
        cls.company.regulation_id = cls.env.ref("task_tracking.regulation_kon_tum")
        cls.system = "Phần mềm theo dõi chỉ đạo điều hành của UBND tỉnh"

    def setUp(self):
        super().setUp()
        self._move_to(START)

    def _of_province(self, level="committee", **vals):
        """A task that the province gave the department, due Friday 10 April 2026."""
        document = self._document([self._task_vals(**vals)], assigner_level=level)
        document.action_release()
        return document.sudo().assignment_ids.filtered(lambda one: one.role == "lead")

    def _mark(self, assignment, day, user=None, **vals):
        assignment.with_user(user or self.specialist).mark_entered_elsewhere(
            day, **vals
        )
        self.env.invalidate_all()

    def _clock(self, assignment):
        return self.env["task.clock"].search(
            [
                ("act", "=", "external_entry"),
                ("res_model", "=", "task.assignment"),
                ("res_id", "in", assignment.ids),
            ]
        )

    def test_mark_and_date(self):
        """Day, system and who are kept, in the ledger and on the form."""
        assignment = self._of_province()
        self.assertTrue(assignment.awaits_elsewhere)
        self._move_to("2026-04-09 02:00:00")
        self._mark(assignment, "2026-04-08", note="Đã nhập")
        fact = assignment.fact_ids[-1]
        self.assertEqual(
            (fact.kind, str(fact.day), fact.reference, fact.user_id),
            ("entered_elsewhere", "2026-04-08", self.system, self.specialist),
        )
        self.assertEqual(str(assignment.elsewhere_on), "2026-04-08")
        self.assertFalse(assignment.awaits_elsewhere)
        for word in (self.system, self.specialist.name):
            self.assertIn(word, assignment.elsewhere_told)

    def test_no_effect_on_the_life(self):
        """State, deadline and verdict know nothing of it."""
        assignment = self._of_province()
        names = ["state", "deadline", "overdue_from", "last_entry_on", "is_late"]
        before = assignment.read(names)
        self._mark(assignment, "2026-04-01")
        self.assertEqual(assignment.read(names), before)

    def test_after_completion(self):
        """What is completed is still entered elsewhere."""
        assignment = self._of_province()
        self._move_to("2026-04-08 02:00:00")
        self._hand_in(assignment)
        self.assertEqual(assignment.state, "done")
        self._move_to("2026-04-09 02:00:00")
        self._mark(assignment, "2026-04-09")
        self.assertEqual(str(assignment.elsewhere_on), "2026-04-09")
        self.assertEqual(assignment.state, "done")

    def test_second_mark_corrects(self):
        """One mark per system: a second one corrects its day, both stay on record;
        the same day again changes nothing."""
        assignment = self._of_province()
        self._move_to("2026-04-09 02:00:00")
        self._mark(assignment, "2026-04-08")
        self._mark(assignment, "2026-04-07", user=self.manager)
        self._mark(assignment, "2026-04-07")
        self.assertEqual(
            assignment.fact_ids.mapped("kind"),
            ["released", "entered_elsewhere", "correction"],
        )
        self.assertEqual(str(assignment.elsewhere_on), "2026-04-07")
        self.assertIn(self.manager.name, assignment.elsewhere_told)
        self.assertNotIn("\n", assignment.elsewhere_told)

    def test_two_systems(self):
        """Each system has its own mark."""
        assignment = self._of_province()
        self._move_to("2026-04-09 02:00:00")
        self._mark(assignment, "2026-04-08")
        self._mark(assignment, "2026-04-06", system="Hệ thống của Chính phủ")
        self.assertEqual(len(assignment.elsewhere_told.splitlines()), 2)
        self.assertEqual(str(assignment.elsewhere_on), "2026-04-08")

    def test_limit_is_met(self):
        """Due 2 working days after Friday 10 April: Tuesday 14. Entered on the 13th,
        in time; the limit of one entered on the 15th, late."""
        in_time, late = self._of_province(), self._of_province()
        self._move_to("2026-04-13 02:00:00")
        self._mark(in_time, "2026-04-13")
        self._move_to("2026-04-15 02:00:00")
        self._mark(late, "2026-04-15")
        self.assertEqual(str(self._clock(in_time).due_on), "2026-04-14")
        self.assertEqual(self._clock(in_time).state, "in_time")
        self.assertEqual(self._clock(late).state, "late")

    def test_entered_before_the_deadline(self):
        """Who enters early meets a limit that has not begun."""
        assignment = self._of_province()
        self._mark(assignment, "2026-04-01")
        self.assertEqual(self._clock(assignment).state, "in_time")

    def test_entered_before_it_had_a_deadline(self):
        """Nobody is asked to enter again what was entered while it had no deadline."""
        assignment = self._of_province(deadline=False, is_dated=False)
        self._mark(assignment, "2026-04-01")
        assignment.with_user(self.specialist).set_first_deadline(
            "2026-04-10", "Có thời hạn"
        )
        self._move_to("2026-04-20 02:00:00")
        with self.enter_registry_test_mode():
            self.env.ref("task_tracking.cron_clock_start_due").method_direct_trigger()
        self.assertFalse(self._clock(assignment))

    def test_who_marks(self):
        """The Office, nobody else, tried as RPC."""
        assignment = self._of_province()
        may = self._who_can(
            lambda user: self._rpc(
                user,
                "task.assignment",
                "mark_entered_elsewhere",
                assignment.ids,
                "2026-04-01",
            )
        )
        self.assertEqual(may, self.office_roles)
        with self.assertRaises(AccessError):
            self._rpc(
                self.manager,
                "task.assignment",
                "write",
                assignment.ids,
                {"elsewhere_on": "2026-04-01"},
            )

    def test_only_of_superior_bodies(self):
        """The department's own tasks are not entered in the province's software."""
        own = self._of_province("director")
        self.assertFalse(own.awaits_elsewhere)
        self.assertFalse(own.with_user(self.manager).can_mark_elsewhere)
        with self.assertRaises(UserError):
            self._mark(own, "2026-04-01")

    def test_days_that_cannot_be(self):
        """Not in the future, not before the assignment, not without a day."""
        assignment = self._of_province()
        for day in ("2026-04-02", "2026-03-31", False):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                self._mark(assignment, day)
        self.assertFalse(assignment.elsewhere_on)

    def test_search_not_yet_entered(self):
        """Found until it is entered; supports and withdrawn ones are not."""
        first = self._of_province(support=self.ward)
        own, entered, gone = (
            self._of_province("director"),
            self._of_province(),
            self._of_province(),
        )
        self._mark(entered, "2026-04-01")
        gone.with_user(self.manager).withdraw("Giao nhầm")
        assignments = first.task_id.assignment_ids | own | entered | gone
        found = self.env["task.assignment"].search(
            [("awaits_elsewhere", "=", True), ("id", "in", assignments.ids)]
        )
        self.assertEqual(found, first)
        self.assertEqual(assignments.filtered("awaits_elsewhere"), first)

    def test_form(self):
        """The form before the act proposes the regulation's system and today."""
        assignment = self._of_province()
        action = assignment.with_user(self.specialist).action_mark_elsewhere()
        model = self.env[action["res_model"]].with_user(self.specialist)
        with Form(model.with_context(**action["context"])) as form:
            self.assertEqual(form.system, self.system)
        form.record.action_apply()
        self.assertEqual(str(assignment.elsewhere_on), "2026-04-01")

    def test_unknown_to_the_text(self):
        """Khánh Hòa knows no such entry: refused, no button, no filter."""
        self.company.regulation_id = self.khanh_hoa
        self.env.invalidate_all()
        assignment = self._of_province("government")
        self.assertFalse(assignment.with_user(self.manager).can_mark_elsewhere)
        self.assertFalse(assignment.awaits_elsewhere)
        with self.assertRaises(UserError):
            self._mark(assignment, "2026-04-01")
        model = self.env["task.assignment"].with_user(self.manager)
        self.assertNotIn("awaits_elsewhere", model.get_view(view_type="search")["arch"])
        self.company.regulation_id = self.env.ref("task_tracking.regulation_kon_tum")
        self.assertIn("awaits_elsewhere", model.get_view(view_type="search")["arch"])
