# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import models


class TaskEvaluation(models.Model):
    """The evaluation on paper and as a workbook: what the reader sees on the screen."""

    _inherit = "task.evaluation"

    def _printed(self):
        """What the PDF and the XLSX show: the screen's own lines, with the measures
        that count (a weight of 0 is for the screen)."""
        self.ensure_one()
        self.check_access("read")
        figures = self._figures_values()
        counted = [
            place
            for place, criterion in enumerate(figures["criteria"])
            if criterion["weight"] != "0"
        ]
        company = self.with_company(self.company_id)
        office = company.env["task.report.sheet"]._office()
        return {
            "evaluation": self,
            "figures": figures,
            "criteria": [figures["criteria"][place] for place in counted],
            "places": counted,
            "parent_body": self.company_id.name.upper() if office else "",
            "issuing_body": (office.name or self.company_id.name).upper(),
            "place": office.city or self.company_id.city or "……",
            "regulation": self.regulation_id.sudo().number
            or self.regulation_id.sudo().name,
        }

    def _file_name(self):
        """Return the name of the printed file, without its extension."""
        return f"Đánh giá cơ quan - {self._period_name()}".replace("/", "-")

    def action_print(self):
        """Print the evaluation as PDF."""
        self.ensure_one()
        self.check_access("read")
        return self.env.ref("task_reports.action_report_evaluation").report_action(self)

    def action_export(self):
        """Download the evaluation as XLSX."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/task_reports/evaluation/{self.id}.xlsx",
            # A download leaves the page as it is; a new window may be blocked.
            "target": "self",
        }
