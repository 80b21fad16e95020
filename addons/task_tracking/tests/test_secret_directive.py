# SPDX-License-Identifier: LGPL-3.0-or-later

from odoo import Command
from odoo.exceptions import RedirectWarning, UserError
from odoo.tests import tagged

from .secret_common import NEEDLE, SecretCase


@tagged("post_install", "-at_install")
class TestSecretDirective(SecretCase):
    """A directive is never secret: refused before anything is stored, by article."""

    def setUp(self):
        super().setUp()
        self.secret = {
            "abstract": NEEDLE,
            "number": "01",
            "notation": "UBND",
            "issued_on": "2026-04-01",
            "secrecy": "secret",
        }
        self.draft = self._document(user=self.cleared)

    def _attempts(self, user):
        """Every way to make a directive secret."""
        documents = self.env["task.document"].with_user(user)
        draft = self.draft.with_user(user)
        plain = {"abstract": NEEDLE, "issued_on": "2026-04-01"}
        return (
            lambda: documents.create(self.secret),
            lambda: documents.create([plain, self.secret]),
            lambda: documents.with_context(default_secrecy="top_secret").create(plain),
            lambda: documents.web_save(self.secret, {}),
            lambda: draft.write({"secrecy": "ultra_secret"}),
            lambda: draft.web_save({"secrecy": "secret"}, {}),
            lambda: draft.copy({"secrecy": "secret"}),
        )

    def _assert_refused(self, user, article, kind=UserError):
        count = self.env["task.document"].search_count([])
        told = []
        for attempt in self._attempts(user):
            with self.assertRaises(kind) as refused:
                attempt()
            told.append(refused.exception.args[0])
            self.assertIn(article, told[-1])
        self.assertEqual(self.draft.secrecy, "open")
        self.assertEqual(self.env["task.document"].search_count([]), count)
        return told[0]

    def test_khanh_hoa(self):
        """Kept out by Đ7.1; the written report of Đ8 is what is due instead."""
        self.company.regulation_id = self.env.ref("task_tracking.regulation_khanh_hoa")
        for user in (self.specialist, self.manager, self.cleared, self.env.user):
            told = self._assert_refused(user, "Khoản 1 Điều 7")
            self.assertIn("Điều 8", told)
            self.assertIn("bằng văn bản", told)

    def test_the_other_four(self):
        """Quảng Trị and Cà Mau keep them out, Kon Tum keeps books outside, Bắc Giang a
        register: each by its own article, and only the last takes an entry."""
        for text, article, words in (
            ("quang_tri", "Khoản 4 Điều 6", "kept off this system"),
            ("ca_mau", "Điều 4", "kept off this system"),
            ("kon_tum", "Khoản 2 Điều 5", "separate books"),
        ):
            self.company.regulation_id = self.env.ref(
                f"task_tracking.regulation_{text}"
            )
            for user in (self.specialist, self.cleared):
                self.assertIn(words, self._assert_refused(user, article))
            with self.assertRaises(UserError) as refused:
                self._entry()
            self.assertIn(article, str(refused.exception))
        self.company.regulation_id = self.env.ref("task_tracking.regulation_bac_giang")
        self.assertIn(
            "register", self._assert_refused(self.specialist, "Khoản 2 Điều 5")
        )
        self._assert_refused(self.cleared, "Khoản 2 Điều 5", RedirectWarning)
        self.assertEqual(self._entry().result, "in_time")

    def test_kept_out(self):
        """Where the text keeps them out, its article and sentence are told."""
        self._policy("kept_out", "Khoản 4 Điều 6")
        for user in (self.specialist, self.cleared):
            told = self._assert_refused(user, "Khoản 4 Điều 6")
            self.assertIn("Lời của điều này.", told)

    def test_outside_books(self):
        """Where separate books are kept (Kon Tum), it says so with the article."""
        self._policy("outside_books")
        for user in (self.specialist, self.cleared):
            told = self._assert_refused(user, "Khoản 2 Điều 5")
            self.assertIn("separate books", told)

    def test_register(self):
        """Where a register is kept, it says so; the way there is for the cleared."""
        told = self._assert_refused(self.specialist, "Khoản 2 Điều 5")
        self.assertIn("register", told)
        self._assert_refused(self.cleared, "Khoản 2 Điều 5", RedirectWarning)
        with self.assertRaises(RedirectWarning) as refused:
            self._attempts(self.cleared)[0]()
        action = self.env.ref("task_tracking.action_task_secret_document")
        self.assertEqual(refused.exception.args[1], action.id)

    def test_silent_regulation(self):
        """A regulation without an answer keeps them out too, and a company without
        a regulation."""
        self.regulation.policy_ids.filtered(lambda one: one.key == "secret").unlink()
        self._assert_refused(self.cleared, self.regulation.display_name)
        self.company.regulation_id = False
        self._assert_refused(self.cleared, "kept off this system")

    def test_import(self):
        """An import stores none, nor the open ones beside them."""
        documents = self.env["task.document"].with_user(self.cleared)
        count = documents.search_count([])
        for policy in ("kept_out", "outside_books", "register"):
            self._policy(policy)
            told = documents.load(
                ["name", "issued_on", "secrecy"],
                [["Thường", "2026-04-01", "open"], ["Mật", "2026-04-01", "secret"]],
            )
            self.assertFalse(told["ids"])
            self.assertIn("Khoản 2 Điều 5", str(told["messages"]))
            self.assertEqual(documents.search_count([]), count)

    def test_several_at_once(self):
        """Of several directives made secret in one write, none is."""
        drafts = self.draft | self._document(user=self.cleared)
        with self.assertRaises(RedirectWarning):
            drafts.with_user(self.cleared).write({"secrecy": "secret"})
        self.assertEqual(set(drafts.mapped("secrecy")), {"open"})

    def test_tasks_and_assignments_know_no_secrecy(self):
        """No task of a secret document exists, so no record tells one apart."""
        for model in ("task.task", "task.assignment"):
            self.assertNotIn("secrecy", self.env[model]._fields)

    def test_uploads_are_discarded(self):
        """The files the web client uploaded before the refused save are deleted:
        the user's own that no record has taken, and no other."""
        files = self.env["ir.attachment"]

        def upload(user, **vals):
            return files.with_user(user).create(
                {"name": "mat.txt", "raw": b"mat", "res_model": "task.document", **vals}
            )

        for policy in ("kept_out", "register"):
            self._policy(policy)
            mine, set_too, other = (
                upload(self.cleared, res_id=0),
                upload(self.cleared, res_id=0),
                upload(self.specialist, res_id=0),
            )
            taken = upload(self.cleared, res_id=self.draft.id)
            links = [
                Command.link(mine.id),
                Command.link(other.id),
                Command.link(taken.id),
                Command.set(set_too.ids),
            ]
            # no savepoint, as in a request: the files were committed before
            with self.enter_registry_test_mode():
                try:
                    self.env["task.document"].with_user(self.cleared).create(
                        {**self.secret, "attachment_ids": links}
                    )
                except (UserError, RedirectWarning) as error:
                    self.assertIn("Khoản 2 Điều 5", error.args[0])
                else:
                    self.fail("a secret directive was stored")
            self.assertFalse((mine | set_too).exists())
            self.assertEqual((other | taken).exists(), other | taken)
