# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .report_rights_common import ReportRightsCase


@tagged("post_install", "-at_install")
class TestReportLeaks(ReportRightsCase):
    """What could be had around the forms, tried as RPC."""

    def test_nobody_writes_a_comparison(self):
        """The name of any task could be read in a row that names it: only the system
        makes comparisons."""
        action = self.sent.with_user(self.finance_head).action_compare()
        model = self.env[action["res_model"]].with_user(self.finance_head)
        made = model.browse(action["res_id"])
        self.assertEqual(made.report_id.id, self.sent.id)
        for name, vals in (
            (made._name, {"report_id": self.sent.id}),
            (made.row_ids._name, {"comparison_id": made.id}),
            (made.line_ids._name, {"comparison_id": made.id, "code": "x", "name": "x"}),
        ):

            def attempt(user, name=name, vals=vals):
                self._rpc(user, name, "create", [vals])

            self.assertEqual(self._who_can(attempt), set(), name)
        with self.assertRaises(AccessError):
            made.write({"report_id": self.mine.id})

    def test_who_asks_for_a_correction_reads_the_report(self):
        """What another agency's report is called is not told."""

        def attempt(user):
            vals = {"report_id": self.sent.id, "reason": "Nhầm"}
            self._rpc(user, "task.report.correct", "create", [vals])

        readers = self._readers(self.sent)
        self.assertTrue(readers)
        self.assertFalse(self._who_can(attempt) - readers)
        self.assertLessEqual(self.agency_roles, self._who_can(attempt))

    def test_files_of_a_draft(self):
        """Who does not write a draft changes, removes and adds no file of it."""
        file = self._file("nháp.txt", self.finance_head)
        self.mine.with_user(self.finance_head).write(
            {"attachment_ids": [Command.set(file.ids)]}
        )
        self.env.flush_all()
        for method, args in (
            ("write", (file.ids, {"datas": "a2g="})),
            ("unlink", (file.ids,)),
            (
                "create",
                ([{"name": "a", "res_model": "task.report", "res_id": self.mine.id}],),
            ),
        ):

            def attempt(user, method=method, args=args):
                self._rpc(user, "ir.attachment", method, *args)

            found = self._who_can(attempt, (AccessError, UserError))
            self.assertEqual(found, self.agency_roles, method)
