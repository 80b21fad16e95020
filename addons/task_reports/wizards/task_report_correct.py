# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models


class TaskReportCorrect(models.TransientModel):
    """Why a report that was sent is corrected: asked before the new version."""

    _name = "task.report.correct"
    _description = "Correct a report"

    report_id = fields.Many2one("task.report", required=True)
    reason = fields.Text(required=True)

    @api.constrains("report_id")
    def _check_report(self):
        """Who named a report that is not theirs would read what it is called."""
        self.with_user(self.env.uid).report_id.check_access("read")

    def action_apply(self):
        """Begin the new version and open it; `task.report` checks the right."""
        self.ensure_one()
        return self.report_id.action_correct(self.reason).action_prepare()
