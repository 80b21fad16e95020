# SPDX-License-Identifier: LGPL-3.0-or-later
from types import SimpleNamespace

from odoo import api, models
from odoo.exceptions import UserError

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
            "signing_day",
        )
    }
)


class ReportPhuLuc(models.AbstractModel):
    """What the templates of Phụ lục I and II print; they compute nothing."""

    _name = "report.task_reports.report_phu_luc"
    _description = "Phụ lục I and II (PDF)"

    @api.model
    def _get_report_values(self, docids, data=None):
        wizards = self.env["task.report.wizard"].browse(docids)
        wizards.check_access("read")
        sheets = [wizard._sheet() for wizard in wizards]
        if any(sheet.row_count > PDF_ROWS_MAX for sheet in sheets):
            raise UserError(
                self.env._(
                    "The list has more than %(limit)s tasks, too many for a PDF."
                    " Download it as XLSX, or print it agency by agency.",
                    limit=PDF_ROWS_MAX,
                )
            )
        return {"docs": wizards, "sheets": sheets, "form": FORM}
