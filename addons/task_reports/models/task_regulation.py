# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import fields, models


class TaskRegulation(models.Model):
    _inherit = "task.regulation"

    report_window_ids = fields.One2many(
        "task.report.window",
        "regulation_id",
        string="Periodic reports",
        copy=True,
    )

    def _report_window(self, kind):
        """Return the window of a kind of report, empty where the text has none."""
        return self.report_window_ids.filtered(
            lambda window: window.kind == kind and window.topic == "figures"
        )
