# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import fields, models


class TaskReportCorrect(models.TransientModel):
    """Why a report that was sent is corrected: asked before the new version."""

    _name = "task.report.correct"
    _description = "Correct a report"

    report_id = fields.Many2one("task.report", required=True)
    reason = fields.Text(required=True)

    def action_apply(self):
        """Begin the new version and open it; `task.report` checks the right."""
        self.ensure_one()
        return self.report_id.action_correct(self.reason).action_prepare()
