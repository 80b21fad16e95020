# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.tests import tagged

from odoo.addons.task_tracking.tests.urge_common import UrgeActs

from .dossier_common import DossierCase


@tagged("post_install", "-at_install")
class TestDossierUrging(UrgeActs, DossierCase):
    """Papers of following and urging in the dossier (BG, KT Đ17.3; QT Đ19.3)."""

    def setUp(self):
        super().setUp()
        # due on 10 April: urged on the 13th, a Monday
        self._move_to("2026-04-13 02:00:00")

    def _urging(self, inspection):
        inspection.action_gather()
        return inspection.sudo().item_ids.filtered(
            lambda item: item.source_model == "task.urge"
        )

    def test_letter_in_the_dossier(self):
        """An issued letter about an inspected task is gathered, once, with its file;
        drafts, reminders and letters to others are not."""
        letter = self._issue(self.assignment)
        self._draft(self.assignment)
        other = self._released(lead=self.building)
        self._issue(other, number="13/VP-TH")
        self._enter(self.assignment)
        inspection = self._issued()
        item = self._urging(inspection)
        self.assertEqual(item.source_id, letter.id)
        self.assertEqual((item.code, item.number), ("urging", "12/VP-TH"))
        self.assertEqual(str(item.dated_on), "2026-04-13")
        self.assertEqual(item.name, "Văn bản đôn đốc 12/VP-TH Sở Tài chính")
        self.assertEqual(item.source_file_ids, letter.sudo().pdf_id)
        self.assertEqual(self._urging(inspection), item)

    def test_minutes_of_a_meeting(self):
        """A meeting is a paper where it has one."""
        paper = self._attach("Biên bản làm việc.pdf")
        self._enter(
            self.assignment, kind="meeting", attachment_ids=[Command.set(paper.ids)]
        )
        self.assertEqual(
            self._urging(self._issued()).name,
            "Biên bản, tài liệu làm việc Sở Tài chính",
        )

    def test_cancelled_meeting(self):
        """One that was cancelled, entered wrongly, leaves the dossier."""
        paper = self._attach("Biên bản làm việc.pdf")
        meeting = self._enter(
            self.assignment, kind="meeting", attachment_ids=[Command.set(paper.ids)]
        )
        inspection = self._issued()
        self.assertTrue(self._urging(inspection))
        meeting.cancel_reason = "Nhập nhầm nhiệm vụ"
        meeting.action_cancel_entry()
        self.assertFalse(self._urging(inspection))

    def test_outside_the_window(self):
        """A letter after what is inspected does not belong in the dossier."""
        self._issue(self.assignment)
        self.assertFalse(self._urging(self._issued(scope_to="2026-04-12")))

    def test_left_out_of_a_letter(self):
        """A task that dropped out of a letter was not urged by it."""
        second = self._with_directive("124")
        letter = self._complete(self._draft(self.assignment | second))
        self._hand_in(second)
        letter.action_issue()
        document = second.document_id
        inspection = self._issued(document_ids=[Command.set(document.ids)])
        self.assertFalse(self._urging(inspection))
