# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.tools import format_date


class TaskReportWizard(models.TransientModel):
    """Why the figures of a periodic report are cut where they are."""

    _inherit = "task.report.wizard"

    window_why = fields.Json(string="Why these days?", compute="_compute_window_why")

    @api.depends("kind", "date_from", "date_to", "company_id")
    @api.depends_context("lang")
    def _compute_window_why(self):
        for wizard in self:
            wizard.window_why = wizard._window_sentences()

    def _window_sentences(self):
        """The sentences; none where the reader chose the days."""
        regulation = self.company_id._task_regulation().sudo()
        window = regulation._report_window(self.kind)
        if not window or not self.date_from:
            return []
        told = [
            self.env._(
                "The figures of this period: from %(first)s to the end of %(last)s.",
                first=format_date(self.env, self.date_from),
                last=format_date(self.env, self.date_to),
            )
        ]
        source = ", ".join(filter(None, (window.article, regulation.display_name)))
        if window.quote:
            told.append(
                self.env._("%(text)s: “%(quote)s”", text=source, quote=window.quote)
            )
        elif source:
            told.append(source)
        if window.is_interpretation:
            told.append(
                self.env._("The text leaves it open: this is our reading of it.")
            )
        return told
