# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import START
from .rights_common import RightsCase

NEEDLE = "Phuluckin"


class InquiryFilesCase(RightsCase):
    """The specialist asks two departments; the finance department prepares a file."""

    def setUp(self):
        super().setUp()
        self._move_to(START)
        inquiry = (
            self.env["task.inquiry"]
            .with_user(self.specialist)
            .create(
                {
                    "name": "Hỏi tiến độ",
                    "text": "Tiến độ?",
                    "due_on": "2026-04-08",
                    "scope": "none",
                    "agency_ids": [Command.set((self.finance | self.building).ids)],
                }
            )
        )
        inquiry.action_send()
        self.answer = inquiry.sudo().answer_ids.filtered(
            lambda one: one.agency_id == self.finance
        )
        self.mine = self.answer.with_user(self.finance_head)

    def _upload(self, name=NEEDLE):
        """As the web client does: on the record, before anything is saved."""
        return (
            self.env["ir.attachment"]
            .with_user(self.finance_head)
            .create(
                {
                    "name": f"{name}.txt",
                    "raw": b"so lieu",
                    "res_model": self.answer._name,
                    "res_id": self.answer.id,
                }
            )
        )

    def _sent(self):
        file = self._upload()
        self.mine.write(
            {"draft_text": "Xong", "draft_attachment_ids": [Command.link(file.id)]}
        )
        self.mine.action_send()
        return file


@tagged("post_install", "-at_install")
class TestInquiryFiles(InquiryFilesCase):
    """An agency's file is its own until it sends the answer, as its words are."""

    def _file_readers(self, file):
        return self._who_can(
            lambda user: self._rpc(user, "ir.attachment", "read", file.ids, ["raw"])
        )

    def _file_finders(self, file):
        def finds(user):
            named = [("name", "ilike", NEEDLE)]
            found = self._rpc(user, "ir.attachment", "search", named)
            self.assertIn(file.id, found)

        return self._who_can(finds, AssertionError)

    def test_uploaded(self):
        """From the upload on, before anything is saved."""
        file = self._upload()
        self.assertEqual(self._file_readers(file), self.agency_roles)
        self.assertEqual(self._file_finders(file), self.agency_roles)

    def test_drafted(self):
        """Nobody else opens or finds it, nor is told that there is one."""
        file = self._upload()
        self.mine.draft_attachment_ids = [Command.link(file.id)]
        self.assertEqual(self._file_readers(file), self.agency_roles)
        self.assertEqual(self._file_finders(file), self.agency_roles)
        office = self.answer.with_user(self.specialist)
        self.assertFalse(office.attachment_ids)
        with self.assertRaises(AccessError):
            office.read(["draft_attachment_ids"])
        with self.assertRaises(AccessError):
            office.search([("draft_attachment_ids.name", "ilike", NEEDLE)])
        groups = self.env["ir.attachment"].with_user(self.specialist)
        counts = groups.formatted_read_group(
            [("res_model", "=", "task.inquiry.answer")], ["res_id"], ["__count"]
        )
        self.assertFalse(counts)

    def test_not_changed_by_others(self):
        """The Office, which may write why it sends an answer back, changes and deletes
        no file of it."""
        file = self._upload()
        for act, args in (("write", [{"raw": b"khac"}]), ("unlink", [])):
            able = self._who_can(
                lambda user, act=act, args=args: self._rpc(
                    user, "ir.attachment", act, file.ids, *args
                ),
                (AccessError, UserError),
            )
            self.assertEqual(able, self.agency_roles, act)

    def test_sent(self):
        """Sent, the Office and the leaders open it; nobody takes it back."""
        file = self._sent()
        able = self.see_all | self.agency_roles
        self.assertEqual(self._file_readers(file), able)
        self.assertEqual(self._file_finders(file), able)
        self.assertEqual(
            self.answer.with_user(self.specialist).attachment_ids.ids, file.ids
        )
        with self.assertRaises(UserError):
            file.with_user(self.finance_head).unlink()
        with self.assertRaises(AccessError):
            self.mine.attachment_ids = False

    def test_sent_back(self):
        """Sent back, what was sent stays readable and as it was; what is added is the
        agency's until it is sent again."""
        file = self._sent()
        office = self.answer.with_user(self.specialist)
        office.return_reason = "Thiếu"
        office.action_return()
        more = self._upload(f"{NEEDLE} 2")
        self.mine.draft_attachment_ids = [
            Command.unlink(file.id),
            Command.link(more.id),
        ]
        self.assertEqual(office.attachment_ids.ids, file.ids)
        self.assertIn("follows", self._file_readers(file))
        self.assertEqual(self._file_readers(more), self.agency_roles)
        with self.assertRaises(UserError):
            file.with_user(self.finance_head).unlink()
        self.mine.draft_text = "Bổ sung"
        self.mine.action_send()
        self.assertEqual(office.attachment_ids.ids, more.ids)
        # what was answered before is kept beside it
        self.assertIn("follows", self._file_readers(file))

    def test_not_sent_by_another(self):
        """Another agency's answer does not send it, nor does a note of theirs."""
        file = self._upload()
        other = self.answer.inquiry_id.answer_ids - self.answer
        theirs = other.with_user(self.building_head)
        theirs.draft_text = "Xong"
        with self.assertRaises(AccessError):
            theirs.draft_attachment_ids = [Command.link(file.id)]
            theirs.action_send()
        # had another way led there
        self.env["mail.message"].sudo().create(
            {
                "model": other._name,
                "res_id": other.id,
                "attachment_ids": [Command.link(file.id)],
            }
        )
        self.assertEqual(self._file_readers(file), self.agency_roles)
        self.assertEqual(self._file_finders(file), self.agency_roles)

    def test_posted(self):
        """What either side posts beside the answer is read by both."""
        note = self.mine.message_post(
            body="Gửi kèm", attachments=[(f"{NEEDLE}.txt", b"trao doi")]
        )
        self.assertEqual(
            self._file_finders(note.attachment_ids), self.see_all | self.agency_roles
        )


@tagged("post_install", "-at_install")
class TestInquiryFilesOverHttp(HttpCase, InquiryFilesCase):
    """The same through /web/content."""

    def _status(self, login, file):
        self.authenticate(login, login)
        with mute_logger("odoo.http"):
            return self.url_open(f"/web/content/{file.id}?download=true").status_code

    def test_download(self):
        """Not for the Office before it was sent."""
        file = self._upload()
        self.mine.draft_attachment_ids = [Command.link(file.id)]
        self.assertEqual(self._status("t_specialist", file), 404)
        self.assertEqual(self._status("t_finance_head", file), 200)
        self.mine.draft_text = "Xong"
        self.mine.action_send()
        self.assertEqual(self._status("t_specialist", file), 200)
        self.assertEqual(self._status("t_building_head", file), 404)
