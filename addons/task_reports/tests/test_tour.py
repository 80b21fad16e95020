# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo.tests import HttpCase, tagged

from .common import ReportCase


@tagged("post_install", "-at_install")
class TestTour(ReportCase, HttpCase):
    """The screen in a real browser."""

    def test_from_a_number_to_its_list_and_back(self):
        """A number opens its assignments; another agency shows its own at once."""
        self._release_two_tasks()
        today = self.env.company._task_today()
        wizard = self._wizard(kind="free", free_from=today, free_to=today)
        self.start_tour(
            f"/odoo/phu-luc/{wizard.id}", "task_report_tour", login=self.manager.login
        )

    def test_from_the_desk_to_the_state(self):
        """The Chairman goes from the desk to the state of the tasks; a bar of the
        trend, an agency's number and a day open their assignments."""
        self._release_two_tasks()
        self.start_tour("/odoo/desk", "task_state_tour", login=self.chairman.login)

    def _release_two_tasks(self):
        """Two tasks for the finance department, assigned and due today."""
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
