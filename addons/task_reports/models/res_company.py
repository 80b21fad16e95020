# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    task_reports_since = fields.Date(
        string="Periodic reports asked for since",
        readonly=True,
        help="Periods whose figures ended before are not opened by themselves: nobody"
        " could send them here.",
    )

    def _reports_since(self):
        """The day from which periods open by themselves; None for no bound."""
        self.ensure_one()
        days = filter(None, (self.task_since, self.task_reports_since))
        return max(days, default=None)

    def _note_task_reports_since(self):
        """Periods are followed from today on, where tasks were followed before."""
        for company in self.filtered("task_since"):
            company.task_reports_since = company._task_today()
