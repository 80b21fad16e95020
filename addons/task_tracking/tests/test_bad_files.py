# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..models.ir_attachment import LIMIT_PARAMETER
from .test_bad_input import BadInputCase

HTML = "<img src=x onerror=alert(1)><b>đậm</b>"


@tagged("post_install", "-at_install")
class TestBadFiles(BadInputCase):
    """Files too large, with names that lead elsewhere, or changed afterwards."""

    def setUp(self):
        super().setUp()
        self.env["ir.config_parameter"].set_param(LIMIT_PARAMETER, "1000")

    def _file(self, user=None, **vals):
        return (
            self.env["ir.attachment"]
            .with_user(user or self.finance_head)
            .create({"name": "bao-cao.pdf", "raw": b"bao cao", **vals})
        )

    def _hand_in_with(self, file):
        return self._hand_in(self.lead, attachment_ids=[Command.link(file.id)])

    def test_too_large(self):
        """A file over the configured limit is refused by its name, wherever it goes."""
        large = {"name": "rat-lon.pdf", "raw": b"x" * 1001}
        file = self._file(**large)
        for act in (
            lambda: self._hand_in_with(file),
            lambda: self._hand_in(self.lead, attachment_ids=[Command.create(large)]),
            lambda: self._document(attachment_ids=[Command.create(large)]),
            lambda: self.lead.with_user(self.specialist).message_post(
                body="Kèm tệp", attachments=[("rat-lon.pdf", b"x" * 1001)]
            ),
            lambda: self._file(**large, res_model="task.result", res_id=0),
        ):
            self.assertIn("rat-lon.pdf", self._assert_refused(act))

    def test_at_the_limit(self):
        """A file of exactly the limit is accepted."""
        result = self._hand_in_with(self._file(raw=b"x" * 1000))
        self.assertEqual(result.attachment_ids.file_size, 1000)

    def test_grown_afterwards(self):
        """Nor does an accepted file of a draft grow over it."""
        document = self._document(
            attachment_ids=[Command.create({"name": "a.pdf", "raw": b"a"})]
        )
        self._assert_refused(document.attachment_ids.write, {"raw": b"x" * 1001})

    def test_name_leads_elsewhere(self):
        """A name that leads out of its folder is refused."""
        for name in ("../../x", "..\\..\\x", "/etc/passwd", "..", "  ", "a\nb"):
            file = self._file(name=name)
            self._assert_refused(self._hand_in_with, file)
            file.name = "tot.pdf"
            result = (
                self.env["task.result"]
                .with_user(self.finance_head)
                .create(
                    {
                        "assignment_id": self.lead.id,
                        "text": "Dự thảo",
                        "attachment_ids": [Command.link(file.id)],
                    }
                )
            )
            self._assert_refused(file.write, {"name": name})
            result.unlink()

    def test_vietnamese_name(self):
        """An ordinary Vietnamese name is accepted as it is."""
        name = "Báo cáo số 12 (lần 2) – Sở Tài chính.docx"
        result = self._hand_in_with(self._file(name=name))
        self.assertEqual(result.attachment_ids.name, name)

    def test_file_of_another(self):
        """Another user's file is not attached, nor one of another record."""
        for file in (
            self._file(user=self.building_head),
            self._hand_in_with(self._file()).attachment_ids,
        ):
            other = self._shared_task()
            self._assert_refused(
                self._hand_in,
                other,
                attachment_ids=[Command.link(file.id)],
                error=AccessError,
            )

    # -- what was submitted
    def test_submitted_files_are_fixed(self):
        """The files of what was submitted or reported are changed by nobody: neither
        content, name nor owner, nor are they deleted."""
        entry = (
            self.env["task.progress"]
            .with_user(self.finance_head)
            .create(
                {
                    "assignment_id": self.lead.id,
                    "text": "Đang làm",
                    "attachment_ids": [Command.create({"name": "a.pdf", "raw": b"a"})],
                }
            )
        )
        result = self._hand_in_with(self._file())
        for file in entry.attachment_ids | result.attachment_ids:
            for vals in (
                {"raw": b"khac"},
                {"datas": "a2hhYw=="},
                {"name": "khac.pdf"},
                {"res_id": 0},
                {"res_model": "res.partner", "res_id": self.finance.id},
                {"type": "url", "url": "https://example.com"},
                {"public": True},
            ):
                self.assertEqual(
                    self._who_can(
                        lambda user, f=file, v=vals: f.with_user(user).write(v),
                        UserError,
                    ),
                    set(),
                    vals,
                )
            self.assertEqual(
                self._who_can(
                    lambda user, f=file: f.with_user(user).unlink(), UserError
                ),
                set(),
            )

    def test_no_file_is_added_afterwards(self):
        """Nor is a file added to what was submitted, or moved there."""
        result = self._hand_in(self.lead)
        there = {"res_model": result._name, "res_id": result.id}
        loose = self._file()
        for act in (
            lambda: self._file(**there),
            lambda: loose.write(there),
            lambda: result.write({"attachment_ids": [Command.link(loose.id)]}),
        ):
            self._assert_refused(act)

    def test_files_of_a_draft_are_free(self):
        """The files of a draft are still changed and removed."""
        draft = (
            self.env["task.result"]
            .with_user(self.finance_head)
            .create(
                {
                    "assignment_id": self.lead.id,
                    "text": "Dự thảo",
                    "attachment_ids": [Command.create({"name": "a.pdf", "raw": b"a"})],
                }
            )
        )
        file = draft.attachment_ids
        file.raw = b"khac"
        self.assertEqual(file.raw, b"khac")
        file.unlink()
        self.assertFalse(draft.attachment_ids)


@tagged("post_install", "-at_install")
class TestBadFilesOverHttp(HttpCase, BadInputCase):
    """The chatter's own route deletes in sudo."""

    def test_delete_by_route(self):
        """A file that was handed in is not deleted through the chatter's route."""
        result = self._hand_in(
            self.lead, attachment_ids=[Command.create({"name": "a.pdf", "raw": b"a"})]
        )
        self.authenticate("t_finance_head", "t_finance_head")
        with mute_logger("odoo.http"), self.assertRaises(Exception):  # noqa: B017
            self.make_jsonrpc_request(
                "/mail/attachment/delete", {"attachment_id": result.attachment_ids.id}
            )
        self.env.invalidate_all()
        self.assertEqual(result.attachment_ids.raw, b"a")


@tagged("post_install", "-at_install")
class TestHtml(BadInputCase):
    """HTML in a text field stays text: in chatter, letters and explanations."""

    def _assert_escaped(self, text):
        self.assertNotIn("<img", text)
        self.assertNotIn("<b>đậm", text)
        self.assertIn("&lt;b&gt;đậm", text)

    def _messages_after(self, act):
        last = self.env["mail.message"].search([], order="id desc", limit=1).id
        act()
        return self.env["mail.message"].search([("id", ">", last)])

    def test_stored_as_written(self):
        """Text fields keep what was written, word for word."""
        document = self._document(
            [self._task_vals(name=HTML, follow_up=HTML, deadline_text=HTML)],
            abstract=HTML,
            signer=HTML,
            full_text=HTML,
        )
        task = document.task_ids
        self.assertEqual(
            {document.abstract, document.signer, document.full_text, task.name,
             task.follow_up, task.deadline_text},
            {HTML},
        )  # fmt: skip

    def test_display_names(self):
        """Display names are text: no markup object that a page would trust."""
        document = self._document([self._task_vals(name=HTML)], abstract=HTML)
        document.action_release()
        one = document.sudo().assignment_ids
        for record in (document, document.task_ids, one):
            self.assertIs(type(record.display_name), str)
            self.assertIn("<b>đậm</b>", record.display_name)

    def test_letters_of_a_release(self):
        """The letter on a release escapes the directive's title."""
        document = self._document(abstract=HTML)
        letters = self._messages_after(document.action_release)
        self._assert_escaped(" ".join(letters.mapped("body")))

    def test_letters_of_submissions(self):
        """Letters on results, requests and hand-backs escape their words."""
        for send, vals in (
            (self._ask_extension, {"new_deadline": "2026-05-01"}),
            (self._hand_in, {}),
        ):
            letters = self._messages_after(
                lambda s=send, v=vals: s(self.lead, text=HTML, **v)
            )
            self._assert_escaped(" ".join(letters.mapped("body")))

    def test_letters_of_answers(self):
        """So does the letter with the answer."""
        result = self._hand_in(self.lead).with_user(self.specialist)
        result.answer = HTML
        letters = self._messages_after(result.action_refuse)
        self._assert_escaped(" ".join(letters.mapped("body")))

    def test_notes_of_corrections(self):
        """The note of what a released task said before escapes it."""
        task = self.lead.task_id.with_user(self.specialist)
        notes = self._messages_after(lambda: task.write({"follow_up": HTML}))
        self._assert_escaped(" ".join(notes.mapped("body")))

    def test_tracked_values(self):
        """Tracked values of a directive are data, not a page."""
        document = self._document()
        self._messages_after(lambda: document.write({"abstract": HTML}))
        self.env.flush_all()
        self.assertNotIn("<img", " ".join(document.message_ids.mapped("body")))

    def test_why_this_date(self):
        """The explanation of a limit escapes article, quote and regulation."""
        rule = self.regulation.rule_ids.filtered(lambda one: one.act == "register")
        rule.write({"article": HTML, "quote": HTML})
        self.regulation.write({"number": HTML, "name": HTML})
        document = self._document(
            [self._task_vals(), self._task_vals(lead=self.building)],
            despatched_on="2026-04-01",
        )
        document.action_release()
        self._assert_escaped(document.sudo().clock_ids[0].why)

    def test_agency_name(self):
        """An agency's name is text as well, wherever it stands."""
        self.building.name = HTML
        one = self._released(lead=self.building)
        words = one.task_id.assignment_ids.mapped("display_name")
        self.assertIs(type(words[0]), str)
        letters = self._messages_after(
            lambda: self._ask_extension(one, user=self.building_head)
        )
        self.assertNotIn("<img", " ".join(letters.mapped("body")))
