# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval

from .rights_common import RightsCase


class SharedCase(RightsCase):
    """A record with a chatter that only the specialists read, with two files.

    A conversation among members stands for any record of the province's Odoo (an
    incoming document, a project): agencies do not read it.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.record = cls._record_of(cls.specialist)
        cls.shared = cls._file(cls.record, "cong-van-den.pdf", b"noi dung cong van")
        cls.kept = cls._file(cls.record, "phieu-trinh.pdf", b"y kien noi bo")

    @classmethod
    def _record_of(cls, user):
        channels = cls.env["discuss.channel"].with_user(user)
        return channels._create_group(user.partner_id.ids, name="Văn bản đến số 15")

    @classmethod
    def _file(cls, record, name, content):
        return (
            cls.env["ir.attachment"]
            .with_user(cls.specialist)
            .sudo()
            .create(
                {
                    "name": name,
                    "raw": content,
                    "res_model": record._name,
                    "res_id": record.id,
                }
            )
        )

    def _wizard(self, user=None, record=None, files=None):
        record = record or self.record
        return (
            self.env["task.start"]
            .with_user(user or self.specialist)
            .with_context(active_model=record._name, active_id=record.id)
            .create({"shared_ids": [Command.set((files or self.shared).ids)]})
        )

    def _start(self, **kwargs):
        """The draft directive started from the record."""
        action = self._wizard(**kwargs).action_start()
        return self.env["task.document"].browse(action["res_id"])

    def _assign(self, document):
        document = document.with_user(self.specialist)
        document.task_ids = [Command.create(self._task_vals())]
        document.action_release()
        self.env.invalidate_all()
        return document


@tagged("post_install", "-at_install")
class TestShared(SharedCase):
    """“Documents attach to the platform's existing records”, without a copy."""

    def setUp(self):
        super().setUp()
        self._move_to("2026-04-01 02:00:00")

    def _reads(self, user, file):
        return file.with_user(user).has_access("read")

    def test_links_to_the_record(self):
        """The directive is a draft that links to the record it came from."""
        document = self._start()
        self.assertRecordValues(
            document,
            [
                {
                    "state": "draft",
                    "origin_model": self.record._name,
                    "origin_id": self.record.id,
                    "abstract": "Văn bản đến số 15",
                    "specialist_id": self.specialist.id,
                }
            ],
        )

    def test_no_copy(self):
        """The files ticked are shared as they are: no new attachment, no new owner."""
        before = self.env["ir.attachment"].search_count([])
        document = self._start()
        self.assertEqual(document.shared_attachment_ids, self.shared)
        self.assertEqual(self.env["ir.attachment"].search_count([]), before)
        self.assertEqual(
            (self.shared.res_model, self.shared.res_id),
            (self.record._name, self.record.id),
        )

    def test_agency_reads_exactly_the_shared_file(self):
        """An agency with an assignment reads the file that was ticked, with content."""
        document = self._assign(self._start())
        seen = document.with_user(self.finance_officer).shared_attachment_ids
        self.assertEqual(seen, self.shared)
        self.assertEqual(seen.raw, b"noi dung cong van")

    def test_agency_reads_nothing_else_of_the_record(self):
        """Not its other files, not the record, not its chatter."""
        message = self.record.message_post(body="Ý kiến nội bộ")
        self._assign(self._start())
        officer = self.finance_officer
        self.assertFalse(self._reads(officer, self.kept))
        self.assertFalse(self._reads(officer, self.record))
        self.assertFalse(self._reads(officer, message))
        files = self.env["ir.attachment"].with_user(officer)
        self.assertEqual(
            files.search([("id", "in", (self.shared | self.kept).ids)]), self.shared
        )
        self.assertFalse(
            files.search(
                [("res_model", "=", self.record._name), ("id", "=", self.kept.id)]
            )
        )

    def test_others_do_not_read_the_file(self):
        """Who has no share of the directive does not read the file."""
        self._assign(self._start())
        for user in (
            self.building_head,
            self.admin,
            self.cleared_only,
            self.nobody,
        ):
            self.assertFalse(self._reads(user, self.shared), user.login)

    def test_not_before_the_release(self):
        """Before the directive is assigned the agency reads nothing of it."""
        document = self._start()
        document.task_ids = [Command.create(self._task_vals())]
        self.assertFalse(self._reads(self.finance_officer, self.shared))

    def test_sharing_ends(self):
        """When the file is taken off the directive, the agency reads it no more."""
        document = self._assign(self._start())
        document.shared_attachment_ids = [Command.clear()]
        self.env.invalidate_all()
        self.assertFalse(self._reads(self.finance_officer, self.shared))

    def test_shared_file_is_only_read(self):
        """Sharing gives reading, not writing or deleting."""
        self._assign(self._start())
        for user in (self.finance_head, self.specialist2):
            for vals in ({"name": "khac.pdf"}, {"raw": b"khac"}):
                with self.assertRaises(AccessError):
                    self.shared.with_user(user).write(vals)
            with self.assertRaises(AccessError):
                self.shared.with_user(user).unlink()

    def test_who_shares_reads_the_file(self):
        """A file one may not read is not shared, by the form or by RPC: sharing it
        would give oneself the right."""
        commands = [Command.set(self.shared.ids)]
        vals = {"abstract": "Lấy tệp", "issued_on": "2026-04-01"}
        documents = self.env["task.document"].with_user(self.specialist2)
        own = documents.create(vals)
        with self.assertRaises(AccessError):
            documents.create({**vals, "shared_attachment_ids": commands})
        with self.assertRaises(AccessError):
            documents.with_context(default_shared_attachment_ids=commands).create(vals)
        with self.assertRaises(AccessError):
            own.write({"shared_attachment_ids": commands})
        self.assertFalse(self._reads(self.specialist2, self.shared))

    def test_sharing_on_is_refused(self):
        """Who reads a file only through a directive does not share it further."""
        self._start()
        document = self._document(user=self.specialist2)
        self.assertTrue(self._reads(self.specialist2, self.shared))
        with self.assertRaises(AccessError):
            document.shared_attachment_ids = self.shared

    def test_file_of_another_record(self):
        """Only files of the record one starts from are offered and accepted."""
        other = self._record_of(self.specialist)
        foreign = self._file(other, "khac.pdf", b"khac")
        with self.assertRaises(UserError):
            self._wizard(files=foreign)
        wizard = self._wizard()
        self.assertEqual(wizard.available_ids, self.shared | self.kept)

    def test_foreign_file_is_not_attached(self):
        """A file of another record is not taken as one's own either, and the refusal
        does not name what one may not read."""
        secret_name = self._file(
            self._record_of(self.manager), "ten-tep-mat.pdf", b"mat"
        )
        document = self._document(user=self.specialist2)
        with self.assertRaises(AccessError) as refused:
            document.attachment_ids = secret_name
        self.assertNotIn("ten-tep-mat", str(refused.exception))

    def test_record_one_does_not_read(self):
        """Nobody starts from a record one does not read."""
        with self.assertRaises(AccessError):
            self._wizard(user=self.specialist2)
        own = (
            self.env["task.start"]
            .with_user(self.specialist2)
            .create(
                {
                    "res_model": self.record._name,
                    "res_id": self.record.id,
                    "abstract": "Lấy tên",
                }
            )
        )
        with self.assertRaises(AccessError):
            own.action_start()

    def test_record_without_chatter(self):
        """Tasks start from records with a chatter only."""
        for model in ("res.lang", "mail.thread", "no.such.model"):
            with self.assertRaises(UserError):
                self.env["task.start"].with_user(self.specialist).create(
                    {"res_model": model, "res_id": 1, "abstract": "Thử"}
                ).action_start()

    def test_offered_to_the_office_only(self):
        """“Assign as task” is offered on records with a chatter, to the Office."""
        action = self.env.ref("task_tracking.action_task_start")
        for model, roles in (
            ("res.partner", self.office_roles),
            ("discuss.channel", self.office_roles),
            ("res.lang", set()),
            ("task.task", set()),
        ):
            offered = {
                role
                for role, user in self.roles.items()
                if action.id
                in [
                    one["id"]
                    for one in self.env["ir.actions.actions"]
                    .with_user(user)
                    .get_bindings(model)
                    .get("action", ())
                ]
            }
            self.assertEqual(offered, roles, model)

    def test_form_is_the_offices(self):
        """Only the Office has the form at all."""
        self.assertEqual(
            self._who_can(
                lambda user: (
                    self.env["task.start"]
                    .with_user(user)
                    .create(
                        {
                            "res_model": "res.partner",
                            "res_id": self.finance.id,
                            "abstract": "Thử",
                        }
                    )
                )
            ),
            self.office_roles,
        )

    def test_tasks_assigned_from_the_record(self):
        """The record shows its tasks."""
        document = self._assign(self._start())
        self._released()
        action = self.env.ref("task_tracking.action_task_of_record")
        domain = safe_eval(
            action.domain,
            {"active_model": self.record._name, "active_id": self.record.id},
        )
        found = self.env[action.res_model].with_user(self.specialist).search(domain)
        self.assertEqual(found, document.task_ids)

    def test_origin_does_not_tell_the_title(self):
        """The note in the record's chatter does not show the directive's title to
        people who read the record but not the directive."""
        document = self._start()
        document.abstract = "Tên không để lộ"
        self._assign(document)
        bodies = " ".join(self.record.sudo().message_ids.mapped("body"))
        self.assertIn(f"/{document.id}", bodies.replace('data-oe-id="', "/"))
        self.assertNotIn("Tên không để lộ", bodies)

    def test_origin_is_not_opened(self):
        """The way to the record is no way around its rights."""
        document = self._assign(self._start())
        with self.assertRaises(AccessError):
            document.with_user(self.finance_officer).action_view_origin()


@tagged("post_install", "-at_install")
class TestSharedOverHttp(HttpCase, SharedCase):
    """The same through /web/content."""

    def test_download(self):
        """An agency downloads the shared file, and no other of the record."""
        self._assign(self._start())
        self.authenticate("t_finance_officer", "t_finance_officer")
        answer = self.url_open(f"/web/content/{self.shared.id}")
        self.assertEqual(
            (answer.status_code, answer.content), (200, b"noi dung cong van")
        )
        with mute_logger("odoo.http"):
            refused = self.url_open(f"/web/content/{self.kept.id}")
        self.assertEqual(refused.status_code, 404)

    def test_download_by_another_agency(self):
        """An agency without a share downloads nothing."""
        self._assign(self._start())
        self.authenticate("t_building_head", "t_building_head")
        with mute_logger("odoo.http"):
            refused = self.url_open(f"/web/content/{self.shared.id}")
        self.assertEqual(refused.status_code, 404)
