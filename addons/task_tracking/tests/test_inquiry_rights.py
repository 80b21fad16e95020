# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import START
from .rights_common import RightsCase

NEEDLE = "Baocaokin"


@tagged("post_install", "-at_install")
class TestInquiryRights(RightsCase):
    """Every act tried by every role, as RPC: the specialist asks the finance and the
    building department."""

    def setUp(self):
        super().setUp()
        self._move_to(START)
        self.lead = self._shared_task()
        self._released(lead=self.building)
        self.draft = self._inquiry()
        self.inquiry = self._inquiry()
        self.inquiry.action_send()
        answers = self.inquiry.sudo().answer_ids
        self.answer = answers.filtered(lambda one: one.agency_id == self.finance)
        self.other = answers - self.answer

    def _inquiry(self):
        return (
            self.env["task.inquiry"]
            .with_user(self.specialist)
            .create(
                {
                    "name": f"Hỏi {NEEDLE}",
                    "text": "Tiến độ?",
                    "due_on": "2026-04-08",
                    "agency_ids": [Command.set((self.finance | self.building).ids)],
                }
            )
        )

    def _actors(self, record, method):
        return self._who_can(
            lambda user: self._rpc(user, record._name, method, record.ids),
            (AccessError, UserError),
        )

    def _writers(self, record, vals):
        return self._who_can(
            lambda user: self._rpc(user, record._name, "write", record.ids, vals),
            (AccessError, UserError),
        )

    def test_readers(self):
        """The Office and the leaders; an agency its own answer, and not who else was
        asked."""
        self.assertEqual(self._finders(self.inquiry), self.see_all)
        self.assertEqual(self._readers(self.inquiry), self.see_all)
        self.assertEqual(self._finders(self.draft), {"follows"})
        self.assertEqual(self._finders(self.answer), self.see_all | self.agency_roles)
        self.assertEqual(self._readers(self.other), self.see_all | {"other head"})
        line = self.answer.line_ids
        self.assertEqual(self._finders(line), self.see_all | self.agency_roles)
        mine = self.answer.with_user(self.finance_head)
        self.assertNotIn("inquiry_id", mine.fields_get())
        with self.assertRaises(AccessError):
            mine.search([("inquiry_id.agency_ids", "=", self.building.id)])
        groups = mine.formatted_read_group([], ["agency_id"], ["__count"])
        self.assertEqual([group["__count"] for group in groups], [1])

    def test_ask(self):
        """The Office asks; who asks sends, or a manager."""
        vals = {"name": "x", "text": "y", "due_on": "2026-04-08"}
        creators = self._who_can(
            lambda user: self._rpc(user, "task.inquiry", "create", [vals])
        )
        self.assertEqual(creators, self.office_roles)
        # a manager does not read another's draft
        self.assertEqual(self._actors(self.draft, "action_send"), {"follows"})

    def test_follow(self):
        """Who asks, or a manager, reminds, closes and opens again."""
        able = {"follows", "manager"}
        for act in ("action_remind", "action_urge", "action_close"):
            self.assertEqual(self._actors(self.inquiry, act), able, act)
        self.inquiry.action_close()
        self.assertEqual(self._actors(self.inquiry, "action_reopen"), able)

    def test_answer(self):
        """The officers of the agency write, the head or who is authorised sends."""
        self.assertEqual(
            self._writers(self.answer, {"draft_text": "Xong"}), self.agency_roles
        )
        self.assertEqual(
            self._writers(self.answer.line_ids, {"draft_text": "Xong"}),
            self.agency_roles,
        )
        self.answer.draft_text = "Xong"
        able = {"head", "officer authorised"}
        self.assertEqual(self._actors(self.answer, "action_send"), able)
        self.answer.with_user(self.finance_head).action_send()
        self.assertFalse(self._actors(self.answer, "action_send"))
        office = {"follows", "manager"}
        self.assertEqual(self._writers(self.answer, {"return_reason": "Thiếu"}), office)
        self.answer.return_reason = "Thiếu"
        self.assertEqual(self._actors(self.answer, "action_return"), office)

    def test_closed_fields(self):
        """No role writes the workflow, moves a line, or makes or deletes answers."""
        for record, vals in (
            (self.inquiry, {"state": "closed"}),
            (self.draft, {"user_id": self.finance_head.id}),
            (self.draft, {"state": "sent"}),
            (self.draft, {"answer_ids": [Command.link(self.answer.id)]}),
            (self.answer, {"state": "sent"}),
            (self.answer, {"text": "Xong"}),
            (self.answer, {"agency_id": self.building.id}),
            (self.answer, {"sent_on": "2026-04-01"}),
            (self.answer, {"due_on": "2026-12-31"}),
            (self.answer.line_ids, {"text": "Xong"}),
            (self.answer.line_ids, {"answer_id": self.other.id}),
            (self.answer.line_ids, {"told_state": "done"}),
            (self.answer.line_ids, {"assignment_id": self.lead.id}),
        ):
            self.assertFalse(self._writers(record, vals), vals)
        for record in (self.answer, self.answer.line_ids):
            self.assertFalse(self._actors(record, "unlink"))
            self.assertFalse(self._actors(record, "copy"))

    def test_files(self):
        """The files of the request go to who is asked; those of an answer to nobody
        else."""
        inquiry = self._inquiry()
        asked = (
            self.env["ir.attachment"]
            .with_user(self.specialist)
            .create({"name": f"mau {NEEDLE}.txt", "raw": b"x"})
        )
        inquiry.attachment_ids = [Command.link(asked.id)]
        inquiry.action_send()

        def readers(file):
            return self._who_can(
                lambda user: self._rpc(user, "ir.attachment", "read", file.ids, ["raw"])
            )

        asked_roles = self.see_all | self.agency_roles | {"other head"}
        self.assertEqual(readers(asked), asked_roles)
        own = (
            self.env["ir.attachment"]
            .with_user(self.finance_head)
            .create({"name": "tra loi.txt", "raw": b"y"})
        )
        answer = self.answer.with_user(self.finance_head)
        answer.draft_attachment_ids = [Command.link(own.id)]
        answer.draft_text = "Xong"
        answer.action_send()
        self.assertEqual(readers(own), self.see_all | self.agency_roles)
        with self.assertRaises(UserError):
            own.with_user(self.finance_head).raw = b"z"

    def test_summary(self):
        """The summary of all answers is printed by who reads the request."""
        printers = self._who_can(
            lambda user: self._rpc(
                user, "task.inquiry", "action_letter_pdf", self.inquiry.ids
            )
        )
        self.assertEqual(printers, self.see_all)
