# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import http
from odoo.http import content_disposition, request

from ..logic.workbook import workbook_bytes

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class PhuLuc(http.Controller):
    @http.route(
        "/task_reports/phu_luc/<int:wizard_id>.xlsx",
        type="http",
        auth="user",
        readonly=True,
    )
    def phu_luc_xlsx(self, wizard_id):
        """Download Phụ lục I and II of what the user chose; the figures are made now,
        with the rights the user has now."""
        wizard = request.env["task.report.wizard"].browse(wizard_id).exists()
        if not wizard:
            raise request.not_found()
        wizard.check_access("read")
        content = workbook_bytes(wizard._sheet())
        return request.make_response(
            content,
            headers=[
                ("Content-Type", XLSX),
                ("Content-Length", len(content)),
                (
                    "Content-Disposition",
                    content_disposition(f"{wizard._file_name()}.xlsx"),
                ),
            ],
        )
