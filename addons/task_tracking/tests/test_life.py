# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TaskCase


@tagged("post_install", "-at_install")
class TestLife(TaskCase):
    """The life of an assignment, each act by the user who does it."""

    def setUp(self):
        super().setUp()
        self._move_to("2026-04-01 02:00:00")

    def test_release_makes_assignments(self):
        """Releasing a directive assigns each task to its leads and supports."""
        document = self._document(
            [self._task_vals(lead=self.finance | self.building, support=self.ward)]
        )
        document.action_release()
        roles = document.sudo().assignment_ids.mapped(
            lambda one: (one.agency_id, one.role)
        )
        self.assertCountEqual(
            roles,
            [(self.finance, "lead"), (self.building, "lead"), (self.ward, "support")],
        )
        self.assertEqual(document.state, "released")
        self.assertRecordValues(
            document.sudo().assignment_ids[0],
            [
                {
                    "state": "released",
                    "assigned_on": date(2026, 4, 1),
                    "deadline": date(2026, 4, 10),
                    "first_deadline": date(2026, 4, 10),
                }
            ],
        )

    def test_whole_life(self):
        """Received, reported, handed in, refused, handed in again, confirmed."""
        one = self._released()
        one.with_user(self.finance_officer).action_receive()
        self.assertEqual(one.state, "doing")
        self.env["task.progress"].with_user(self.finance_officer).create(
            {"assignment_id": one.id, "text": "Đang làm"}
        )
        first = self._hand_in(one)
        self.assertEqual(one.state, "submitted")
        answer = first.with_user(self.specialist)
        answer.answer = "Thiếu số liệu"
        answer.action_refuse()
        self.assertEqual((one.state, first.state), ("doing", "refused"))
        self._move_to("2026-04-09 02:00:00")
        second = self._hand_in(one)
        second.with_user(self.specialist).action_accept()
        self.assertRecordValues(
            one,
            [
                {
                    "state": "done",
                    "handed_in_on": date(2026, 4, 9),
                    "completed_on": date(2026, 4, 9),
                    "confirmed_on": date(2026, 4, 9),
                    "is_late": False,
                }
            ],
        )
        self.assertEqual(one.task_id.state, "done")
        self.assertEqual(
            one.fact_ids.mapped("kind"),
            [
                "released",
                "received",
                "progress",
                "handed_in",
                "refused",
                "handed_in",
                "confirmed",
            ],
        )

    def test_extension_approved(self):
        """The Chairman grants an extension: the deadline moves, the first stays."""
        one = self._released()
        extension = self._ask_extension(one)
        self.assertEqual(one.deadline, date(2026, 4, 10))
        extension.with_user(self.chairman).action_accept()
        self.assertEqual(one.deadline, date(2026, 4, 20))
        self.assertEqual(one.first_deadline, date(2026, 4, 10))
        self.assertTrue(one.is_extended)

    def test_overdue_midnight(self):
        """Due on a day is not overdue on it; the province's midnight decides."""
        one = self._released()
        self._move_to("2026-04-10 16:59:00")
        one.invalidate_recordset()
        self.assertFalse(one.is_overdue)
        self._move_to("2026-04-10 17:00:00")
        one.invalidate_recordset()
        self.assertTrue(one.is_overdue)
        self.assertEqual((one.days_overdue, one.ageing), (1, "1"))
        found = (
            self.env["task.assignment"]
            .with_user(self.manager)
            .search([("is_overdue", "=", True)])
        )
        self.assertIn(one, found)

    def test_hand_back_reassigned(self):
        """A hand-back accepted withdraws and reassigns in one step, linked."""
        one = self._released()
        handed_back = self._hand_back(one, proposed_agency_id=self.building.id)
        self.assertEqual(one.state, "returned")
        answer = handed_back.with_user(self.manager)
        answer.new_agency_ids = self.building
        answer.action_accept()
        new = one.task_id.assignment_ids - one
        self.assertEqual(one.state, "withdrawn")
        self.assertRecordValues(
            new,
            [
                {
                    "agency_id": self.building.id,
                    "origin_assignment_id": one.id,
                    "deadline": date(2026, 4, 10),
                    "state": "released",
                }
            ],
        )

    def test_officer_drafts_head_submits(self):
        """An officer drafts; only the head, or an officer authorised, submits."""
        one = self._released()
        with self.assertRaises(AccessError):
            self._hand_in(one, user=self.finance_officer)
        self.finance_officer.with_user(self.finance_head).action_task_authorise()
        self._hand_in(one, user=self.finance_officer)
        self.assertEqual(one.state, "submitted")

    def test_undated_is_outside(self):
        """Khánh Hòa Đ7.2: an undated task is listed outside, without assignment."""
        document = self._document([self._task_vals(is_dated=False, deadline=False)])
        document.action_release()
        self.assertEqual(document.task_ids.state, "outside")
        self.assertFalse(document.sudo().assignment_ids)
        document.task_ids.action_set_first_deadline("2026-05-01")
        self.assertEqual(document.sudo().assignment_ids.deadline, date(2026, 5, 1))

    def test_confirmed_is_not_withdrawn(self):
        """What is confirmed cannot be withdrawn."""
        one = self._released()
        self._hand_in(one).with_user(self.specialist).action_accept()
        with self.assertRaises(UserError):
            one.with_user(self.manager).withdraw("Nhầm")

    def test_reference_as_on_paper(self):
        """Number and notation stay as the paper has them: a leading 0, CTr, TTg."""
        document = self._document(number="05", notation="CTr-UBND")
        self.assertEqual(document.reference, "05/CTr-UBND")
        document = self._document(number="12/CĐ-TTg")
        self.assertEqual((document.number, document.notation), ("12", "CĐ-TTg"))

    def test_task_without_lead_is_assigned_again(self):
        """With no lead left the task waits for reassignment; a lead added gets it."""
        one = self._released()
        one.with_user(self.manager).withdraw("Giao nhầm")
        task = one.task_id.with_user(self.specialist)
        self.assertEqual(task.state, "to_reassign")
        task.lead_agency_ids |= self.building
        task.action_release()
        self.assertEqual(task.state, "open")
        new = task.sudo().assignment_ids - one
        self.assertEqual((new.agency_id, new.state), (self.building, "released"))
