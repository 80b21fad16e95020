# SPDX-License-Identifier: LGPL-3.0-or-later
from types import SimpleNamespace

from odoo import api, models

from ..logic import evaluation_form
from ..logic.form import day_text

FORM = SimpleNamespace(
    day_text=day_text,
    MEASURE_HEADS=evaluation_form.MEASURE_HEADS,
    MEASURE_FORMULAS=evaluation_form.MEASURE_FORMULAS,
    SCORE_FORMULA=evaluation_form.SCORE_FORMULA,
)


class ReportEvaluation(models.AbstractModel):
    """What the template of the evaluation prints; it computes nothing."""

    _name = "report.task_reports.report_evaluation"
    _description = "Evaluation of agencies (PDF)"

    @api.model
    def _get_report_values(self, docids, data=None):
        evaluations = self.env["task.evaluation"].browse(docids)
        return {
            "docs": evaluations,
            "sheets": [one._printed() for one in evaluations],
            "form": FORM,
        }
