# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo.tests import HttpCase, tagged

from .common import ReportCase


@tagged("post_install", "-at_install")
class TestTour(ReportCase, HttpCase):
    """The screen in a real browser."""

    def test_from_a_number_to_its_list_and_back(self):
        """A number opens its assignments; another agency shows its own at once."""
        today = self.env.company._task_today()
        task = {"name": "Báo cáo", "deadline": today}
        leads = {"lead_agency_ids": self.finance.ids}
        document = (
            self.env["task.document"]
            .with_user(self.specialist)
            .create(
                {
                    "abstract": "V/v báo cáo",
                    "issued_on": today,
                    "specialist_id": self.specialist.id,
                    "task_ids": [(0, 0, task | leads), (0, 0, task | leads)],
                }
            )
        )
        document.action_release()
        wizard = self._wizard(kind="free", free_from=today, free_to=today)
        self.start_tour(
            f"/odoo/phu-luc/{wizard.id}", "task_report_tour", login=self.manager.login
        )
