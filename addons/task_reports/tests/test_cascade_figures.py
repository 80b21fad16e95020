# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import date

from odoo.tests import tagged

from odoo.addons.task_reports.logic.form import ENTRY_CODES, EXIT_CODES, NOTE_CODES
from odoo.addons.task_tracking.tests.cascade_common import CascadeCase

CODES = (*ENTRY_CODES, *EXIT_CODES, *NOTE_CODES)
WEEK = (date(2026, 4, 1), date(2026, 4, 9))


@tagged("post_install", "-at_install")
class TestCascadeFigures(CascadeCase):
    """“What an agency hands on to its units is counted at that level only”."""

    def _lines(self, user):
        figures = self._as(user, self.env["task.report.engine"])._figures(*WEEK)
        counts = {code: figures.count(code) for code in CODES}
        return {code: count for code, count in counts.items() if count}

    def test_each_level_counts_its_own(self):
        """Two tasks of the province become three assignments of the department's
        units: two are in the province's figures, three in the department's, and each
        is completed where it is completed."""
        above = self._from_above(tasks=2)
        first, second = self._below(above)
        self._assign_on(first | second, self.branch | self.crops)
        second_branch = second.sudo().assignment_ids.filtered(
            lambda one: one.agency_id == self.branch
        )
        second_branch.with_user(self.d_manager).with_context(
            allowed_company_ids=self.department.ids
        ).withdraw("Chỉ giao một đơn vị")
        self.assertEqual(self._lines(self.manager), {"adhoc": 2, "open_in_time": 2})
        self.assertEqual(self._lines(self.d_manager), {"adhoc": 3, "open_in_time": 3})

        for assignment in first.sudo().assignment_ids:
            user = (
                self.d_branch if assignment.agency_id == self.branch else self.d_crops
            )
            self._unit_result(assignment, user)
        self.assertEqual(
            self._lines(self.d_manager),
            {"adhoc": 3, "completed_on_time": 2, "open_in_time": 1},
        )
        self.assertEqual(self._lines(self.manager), {"adhoc": 2, "open_in_time": 2})

        self._send(first)
        self.assertEqual(
            self._lines(self.manager), {"adhoc": 2, "open_in_time": 2, "waiting": 1}
        )
        above[0].result_ids.with_user(self.specialist).action_accept()
        self.assertEqual(
            self._lines(self.manager),
            {"adhoc": 2, "completed_on_time": 1, "open_in_time": 1},
        )
        self.assertEqual(
            self._lines(self.d_manager),
            {"adhoc": 3, "completed_on_time": 2, "open_in_time": 1},
        )
