# SPDX-License-Identifier: LGPL-3.0-or-later
import io

from odoo import http
from odoo.http import request

from odoo.addons.task_tracking.controllers.download import download

from ..logic.evaluation_workbook import write_evaluation


class Evaluation(http.Controller):
    @http.route(
        "/task_reports/evaluation/<int:evaluation_id>.xlsx",
        type="http",
        auth="user",
        readonly=True,
    )
    def evaluation_xlsx(self, evaluation_id):
        """Download an evaluation, as far as the user may see it now."""
        evaluation = request.env["task.evaluation"].browse(evaluation_id).exists()
        if not evaluation:
            raise request.not_found()
        evaluation.check_access("read")
        file = io.BytesIO()
        write_evaluation(evaluation._figures_values(), evaluation._file_name(), file)
        return download(file.getvalue(), f"{evaluation._file_name()}.xlsx")
