# SPDX-License-Identifier: LGPL-3.0-or-later
import io

from odoo import http
from odoo.http import request

from odoo.addons.task_tracking.controllers.download import download

from ..logic.comparison_workbook import write_comparison


class Comparison(http.Controller):
    @http.route(
        "/task_reports/comparison/<int:comparison_id>.xlsx",
        type="http",
        auth="user",
        readonly=True,
    )
    def comparison_xlsx(self, comparison_id):
        """Download a comparison that the user made."""
        comparison = request.env["task.report.comparison"].browse(comparison_id)
        if not comparison.exists():
            raise request.not_found()
        comparison.check_access("read")
        file = io.BytesIO()
        write_comparison(comparison._workbook_values(), file)
        return download(file.getvalue(), f"{comparison.report_id.display_name}.xlsx")
