# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo.exceptions import AccessError, UserError, ValidationError

from .common import InspectionCase


class TestInspection(InspectionCase):
    """An inspection from its decision to its conclusion (Khánh Hòa)."""

    def test_chairman_issues(self):
        """The Chairman issues the decision; the inspection is under way (KH Đ15.1)."""
        inspection = self._issued()
        self.assertEqual(inspection.state, "issued")
        self.assertEqual(inspection.paper_ids.state, "issued")

    def test_others_do_not_issue(self):
        """A deputy, the Office and an agency's head issue no decision."""
        inspection = self._inspection()
        self._paper(inspection, "decision")
        for user in (self.deputy, self.manager, self.specialist, self.building_head):
            with self.assertRaises(AccessError):
                inspection.with_user(user).action_issue()

    def test_no_member_of_the_inspected(self):
        """Nobody inspects the agency he or she works for."""
        with self.assertRaises(ValidationError):
            self._inspection(
                members=[{"role": "leader", "user_id": self.finance_officer.id}]
            )

    def test_conclusion_due(self):
        """KH Đ17.2: the Office's team concludes within 10 working days of the end:
        ended Wed 1 April 2026, due Wed 15 April."""
        inspection = self._ended()
        self.assertEqual(str(inspection.conclusion_due_on), "2026-04-15")

    def test_concluded(self):
        """The conclusion handed in, its limit is met and the inspected is told."""
        inspection = self._concluded()
        self.assertEqual(inspection.state, "concluded")
        clock = inspection.sudo().clock_ids
        self.assertTrue(clock.stopped_on)
        notice = inspection.paper_ids.filtered(lambda one: one.kind == "notice")
        self.assertEqual(notice.state, "issued")
        self.assertTrue(notice.with_user(self.finance_officer).has_access("read"))

    def test_nothing_missing_when_concluded(self):
        """Without its prescribed parts the conclusion is not handed in."""
        inspection = self._ended()
        with self.assertRaises(UserError):
            inspection.with_user(self.manager).action_conclude()

    def test_member_reads_scope_while_working(self):
        """A member reads the inspected agency's assignments from the decision until
        the conclusion is handed in, nobody else of its agency does."""
        assignment = self._released()
        member = self.building_officer

        def reads(record, user):
            record.invalidate_model()  # another request
            return record.with_user(user).has_access("read")

        inspection = self._inspection()
        self._paper(inspection, "decision")
        self.assertFalse(reads(assignment, member))
        inspection.with_user(self.chairman).action_issue()
        self.assertTrue(reads(assignment, member))
        self.assertFalse(reads(assignment, self.building_head))
        inspection.with_user(self.manager).action_end()
        self._write_conclusion(inspection)
        inspection.with_user(self.manager).action_conclude()
        self.assertFalse(reads(assignment, member))
        self.assertTrue(reads(inspection, member))
