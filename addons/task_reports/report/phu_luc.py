# SPDX-License-Identifier: LGPL-3.0-or-later
from types import SimpleNamespace

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.task_tracking.logic.words import day_words

from ..logic import form
from ..wizards.task_report_wizard import PDF_ROWS_MAX

#: The words of the form, for templates (which may not hold a module).
FORM = SimpleNamespace(
    **{
        name: getattr(form, name)
        for name in (
            "FORM",
            "LIST_ATTACHED",
            "LIST_COLUMNS",
            "NOTES",
            "NOTES_HEAD",
            "PART_CAUSES",
            "PART_DIFFICULTIES",
            "ROMAN",
            "day_text",
        )
    },
    day_words=day_words,
)


class ReportPhuLuc(models.AbstractModel):
    """What the templates of Phụ lục I and II print; they compute nothing."""

    _name = "report.task_reports.report_phu_luc"
    _description = "Phụ lục I and II (PDF)"

    #: What has the sheets to print.
    _printed = "task.report.wizard"

    @api.model
    def _get_report_values(self, docids, data=None):
        records = self.env[self._printed].browse(docids)
        records.check_access("read")
        sheets = [record._sheet() for record in records]
        if any(sheet.row_count > PDF_ROWS_MAX for sheet in sheets):
            raise UserError(
                self.env._(
                    "The list has more than %(limit)s tasks, too many for a PDF."
                    " Download it as XLSX, or print it agency by agency.",
                    limit=PDF_ROWS_MAX,
                )
            )
        return {"docs": records, "sheets": sheets, "form": FORM, "texts": ()}


class ReportTaskReport(models.AbstractModel):
    """The same of a report that is sent: live as a draft, else as it was frozen."""

    _name = "report.task_reports.report_task_report"
    _inherit = "report.task_reports.report_phu_luc"
    _description = "Report (PDF)"

    _printed = "task.report"

    @api.model
    def _get_report_values(self, docids, data=None):
        values = super()._get_report_values(docids, data)
        values["texts"] = values["docs"].filtered(lambda report: report._is_text())
        return values
