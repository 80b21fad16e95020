# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import MAY, HistoryCase

SECRET_FIELDS = ("has_secret_register", "secret_documents", "secret_tasks")


@tagged("post_install", "-at_install")
class TestSecret(HistoryCase):
    """Secret documents: in no figure; their number apart, for the cleared."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        policies = cls.env.company.regulation_id.policy_ids
        cls.policy = policies.filtered(lambda one: one.key == "secret")
        cls.policy.value = "register"
        clearance = cls.env.ref("task_tracking.group_secret_clearance")
        cls.cleared = cls._user("cleared", "group_office_specialist", cls.office)
        cls.cleared_head = cls._user("cleared head", "group_agency_head", cls.finance)
        for user in (cls.cleared, cls.cleared_head):
            user.group_ids = [Command.link(clearance.id)]
        before = cls.env["task.report.engine"]._figures(*MAY).as_dict()
        for number, day, agency, tasks in (
            ("1", "2026-04-14", cls.finance, 8),  # the day before the window
            ("2", "2026-04-15", cls.finance, 3),
            ("3", "2026-05-14", cls.health, 4),
        ):
            cls.env["task.secret.document"].with_user(cls.cleared).create(
                {
                    "name": "Tên văn bản mật",
                    "number": number,
                    "notation": "MĐ-UBND",
                    "issued_on": day,
                    "agency_ids": [Command.set(agency.ids)],
                    "task_count": tasks,
                }
            )
        cls.before = before

    def test_in_no_figure(self):
        """The figures are the same with and without, whoever asks."""
        for user in (self.cleared, self.manager):
            self.assertEqual(self._figures(MAY, user=user).as_dict(), self.before)

    def test_apart_for_the_cleared(self):
        """The cleared see the entered number of documents and tasks on the screen,
        an agency's those that name it."""
        for user, documents, tasks in ((self.cleared, 2, 7), (self.cleared_head, 1, 3)):
            wizard = self._wizard(user)
            self.assertTrue(wizard.has_secret_register)
            self.assertEqual(wizard.secret_documents, documents)
            self.assertEqual(wizard.secret_tasks, tasks)
            self.assertIn("secret_tasks", Form(wizard)._view["fields"])
        wizard = self._wizard(self.cleared, agency_id=self.health.id)
        self.assertEqual((wizard.secret_documents, wizard.secret_tasks), (1, 4))

    def test_only_where_a_register_is_kept(self):
        """Where the text keeps them out there is no line at all."""
        self.policy.value = "kept_out"
        wizard = self._wizard(self.cleared)
        self.assertFalse(wizard.has_secret_register)
        self.assertEqual((wizard.secret_documents, wizard.secret_tasks), (0, 0))

    def test_not_for_others(self):
        """Without clearance: not on the screen, not by RPC."""
        for user in (self.manager, self.chairman, self.heads[self.finance]):
            wizard = self._wizard(user)
            self.assertNotIn("secret_tasks", Form(wizard)._view["fields"])
            for name in SECRET_FIELDS:
                self.assertNotIn(name, wizard.fields_get())
                with self.assertRaises(AccessError):
                    wizard.read([name])
                with self.assertRaises(AccessError):
                    wizard.onchange({"kind": "month"}, ["kind"], {name: {}})

    def test_not_printed(self):
        """Neither the printed nor the downloaded report tells of them, for the
        cleared neither."""
        wizard = self._wizard(self.cleared)
        sheet = wizard._sheet()
        sheet = str((sheet, list(sheet.rows()), sheet.head_data()))
        html, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.cleared)
            ._render("task_reports.action_report_phu_luc", wizard.ids)
        )
        for text in (sheet, str(html), str(wizard.figures)):
            self.assertNotIn("MĐ-UBND", text)
            self.assertNotIn("Tên văn bản mật", text)
