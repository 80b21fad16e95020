# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import START
from .rights_common import RightsCase
from .urge_common import UrgeActs


@tagged("post_install", "-at_install")
class TestUrgeCancel(UrgeActs, RightsCase):
    """A call or a meeting entered wrongly is cancelled with a reason, and stays."""

    def setUp(self):
        super().setUp()
        self._move_to(START)
        self.lead = self._shared_task()
        self.support = self._support_of(self.lead)
        self.call = self._enter(self.lead)

    def _cancellers(self, entry):
        def cancel(user):
            names = {"cancel_reason": "Nhập nhầm nhiệm vụ"}
            self._rpc(user, "task.urge", "write", entry.ids, names)
            self._rpc(user, "task.urge", "action_cancel_entry", entry.ids)

        return self._who_can(cancel, (AccessError, UserError))

    def _cancelled(self, entry, reason="Nhập nhầm nhiệm vụ"):
        entry.cancel_reason = reason
        entry.action_cancel_entry()
        return entry

    def test_who(self):
        """Who entered it, or an Office manager; of an agency's own who entered it, or
        its head."""
        self.assertEqual(self._cancellers(self.call), {"follows", "manager"})
        own = self._enter(self.support, self.finance_officer)
        able = {role for role, user in self.roles.items() if user._task_may_submit()}
        able &= self.agency_roles
        officer = {
            role for role, user in self.roles.items() if user == self.finance_officer
        }
        self.assertEqual(self._cancellers(own), able | officer)

    def test_reason(self):
        """Not without a reason."""
        with self.assertRaisesRegex(UserError, "Write why"):
            self.call.action_cancel_entry()
        with self.assertRaisesRegex(UserError, "Write why"):
            self._cancelled(self.call, " \n")
        self.assertEqual(self.call.state, "done")

    def test_stays(self):
        """It stays with the task, for who read it, with the reason, and is changed and
        cancelled no more."""
        readers = self._readers(self.call)
        on_task = self.lead.with_user(self.specialist).urge_line_ids
        self._cancelled(self.call)
        self.assertEqual(
            (self.call.state, self.call.cancelled_by_id, str(self.call.cancelled_on)),
            ("cancelled", self.specialist, "2026-04-01"),
        )
        self.env.invalidate_all()
        self.assertEqual(self._readers(self.call), readers)
        lines = self.lead.with_user(self.specialist).urge_line_ids
        self.assertEqual(lines, on_task)
        self.assertIn("Nhập nhầm nhiệm vụ", lines.summary)
        self.assertIn("Xong trước 20/4", lines.summary)
        self.assertFalse(self._cancellers(self.call))
        with self.assertRaises(UserError):
            self.call.agreed = "Khác"

    def test_agency_entry(self):
        """What an agency entered and cancelled stays with the Office too."""
        own = self._enter(self.support, self.finance_officer)
        readers = self._readers(own)
        self._cancelled(own)
        self.env.invalidate_all()
        self.assertEqual(self._readers(own), readers)
        self.assertIn("manager", readers)

    def test_only_entries(self):
        """A letter that is out is not cancelled, nor is a draft or a reminder; nobody
        writes by whom and when."""
        letter = self._issue(self.lead)
        draft = self._draft(self._released(lead=self.building))
        for one in (letter, draft):
            with self.assertRaises(UserError):
                one.action_cancel_entry()
        with self.assertRaises(UserError):
            letter.cancel_reason = "Nhầm"
        with self.assertRaises(UserError):
            self._enter(self.lead, cancel_reason="Nhầm")
        for vals in (
            {"cancelled_on": "2026-04-01"},
            {"cancelled_by_id": self.manager.id},
            {"state": "cancelled"},
            {"cancel_reason": "Nhầm", "agreed": "Khác"},
        ):
            # the right denied is one of these errors too
            with self.assertRaises(UserError):
                self.call.write(vals)

    def test_nothing_urged(self):
        """It counts as no call: the task stands as not urged."""
        self._cancelled(self.call)
        lines = self.env["task.urge.line"].sudo()
        done = [("assignment_id", "=", self.lead.id), ("state", "=", "done")]
        self.assertFalse(lines.search(done))
