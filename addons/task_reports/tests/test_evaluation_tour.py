# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo.tests import HttpCase, tagged

from .common import ReportCase


@tagged("post_install", "-at_install")
class TestEvaluationTour(ReportCase, HttpCase):
    """The evaluation in a real browser, months after its period."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_history()

    def _evaluation(self):
        return (
            self.env["task.evaluation"]
            .with_user(self.manager)
            .create({"kind": "month", "year": 2026, "number": 5})
        )

    def test_from_a_line_to_its_formulas_and_tasks(self):
        """A line opens into its formulas, a number into its tasks; then it is
        published."""
        evaluation = self._evaluation()
        self.start_tour(
            f"/odoo/evaluation/{evaluation.id}",
            "task_evaluation_tour",
            login=self.manager.login,
        )
        self.assertEqual(evaluation.state, "published")
        self.assertEqual(evaluation.published_by_id, self.manager)
