# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import fields, models

from ..report.phu_luc import FORM
from ..wizards.task_report_wizard import PDF_ROWS_MAX


class TaskReport(models.Model):
    """The files of a report: PDF, DOCX and XLSX of one sheet."""

    _inherit = "task.report"

    template_id = fields.Many2one(
        "task.report.template",
        string="Word template",
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        help="The one in use when the report was submitted: its Word file is always"
        " made with it.",
    )

    def _submit(self):
        self.sudo().template_id = self._current_template()
        return super()._submit()

    def _current_template(self):
        templates = self.env["task.report.template"].with_company(self.company_id)
        return templates._current("text" if self._is_text() else "figures")

    def _is_text(self):
        """Whether the report is words only: no figures, no list, no workbook."""
        return self.topic == "regulation"

    def _file_name(self):
        """Return the name of the report's files, without an ending."""
        self.ensure_one()
        return self.display_name.replace("/", "-")

    def _pdf(self, sheet):
        """Return the PDF of a sheet, bytes; None if it has more rows than print."""
        if sheet.row_count > PDF_ROWS_MAX:
            return None
        reports = self.env["ir.actions.report"]
        html = reports._render_template(
            "task_reports.report_phu_luc",
            {
                "docs": self,
                "sheets": [sheet],
                "form": FORM,
                "texts": self.filtered(lambda report: report._is_text()),
            },
        )
        return reports._weasyprint_pdf(html)

    def _docx(self):
        """Return the report as DOCX, bytes: a draft in the template in use, what was
        submitted in the one it was submitted with.

        :raise AccessError: if the user may not read the report.
        :raise UserError: if its list is too long for Word.
        """
        self.ensure_one()
        sheet = self._sheet()
        return (self.sudo().template_id or self._current_template())._docx(sheet)

    # -- buttons ------------------------------------------------------------------
    def action_print(self):
        """Print the report as PDF."""
        self.check_access("read")
        return self.env.ref("task_reports.action_report_task_report").report_action(
            self
        )

    def action_word(self):
        """Download the report as DOCX, to be finished in Word."""
        # Refused here, where the screen can tell it, and not on a page of its own.
        count = self._sheet().row_count
        self.env["task.report.template"]._check_length(count)
        return self._download("docx")

    def action_export(self):
        """Download the report as XLSX."""
        return self._download("xlsx")

    def _download(self, ending):
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/task_reports/report/{self.id}.{ending}",
            # A download leaves the page as it is; a new window may be blocked.
            "target": "self",
        }
