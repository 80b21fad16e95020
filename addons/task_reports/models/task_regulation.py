# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models


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

    # -- the readable page -------------------------------------------------------------
    @api.depends("report_window_ids")
    def _compute_page(self):
        return super()._compute_page()

    def _page_lines(self, kept):
        """Under its article, also each line of the reporting calendar."""
        lines = super()._page_lines(kept)
        return lines + [self._page_window(one) for one in self.report_window_ids]

    def _page_window(self, window):
        kind = self._page_label(window, "kind")
        topic = self._page_label(window, "topic")
        compiled = [
            self.env._(
                "The Office compiles for: %(addressee)s (%(article)s)",
                addressee=output.addressee,
                article=output.article or window.article or "",
            )
            for output in window.output_ids
        ]
        return {
            "article_id": window.article_id.id,
            "article": window.article or "",
            "name": self.env._("Periodic report: %(kind)s", kind=kind),
            "whose": "" if window.topic == "figures" else topic,
            "cases": window.addressee
            and self.env._("Agencies send to: %(name)s", name=window.addressee),
            "value": self.env._(
                "figures of the first period: %(example)s", example=window.example
            ),
            "is_limit": True,
            "is_interpretation": window.is_interpretation,
            "note": " · ".join(compiled),
            "quote": window.quote or "",
            "place": self._page_place("reports"),
            "kept": None,
        }
