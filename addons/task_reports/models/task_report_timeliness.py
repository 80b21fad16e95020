# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models


class TaskReport(models.Model):
    """Whose a report is and how it stands, in one word each: for lists and phones."""

    _inherit = "task.report"

    author = fields.Char(string="Of whom", compute="_compute_author")
    timeliness = fields.Selection(
        [
            ("missing", "To be sent"),
            ("overdue", "Past due, not sent"),
            ("sent", "Sent"),
            ("late", "Sent late"),
        ],
        string="Sending",
        compute="_compute_timeliness",
    )

    @api.depends("agency_id", "addressee")
    @api.depends_context("lang")
    def _compute_author(self):
        """The agency; of what the Office compiles, for whom."""
        for report in self:
            if report.agency_id:
                report.author = report.agency_id.name
            elif report.addressee:
                report.author = self.env._(
                    "The Office, to %(addressee)s", addressee=report.addressee
                )
            else:
                report.author = self.env._("The Office")

    @api.depends("state", "is_late", "is_overdue")
    def _compute_timeliness(self):
        for report in self:
            if report.state == "submitted":
                report.timeliness = "late" if report.is_late else "sent"
            else:
                report.timeliness = "overdue" if report.is_overdue else "missing"
