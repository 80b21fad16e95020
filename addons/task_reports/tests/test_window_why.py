# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo.tests import tagged

from .common import ReportCase


@tagged("post_install", "-at_install")
class TestWindowWhy(ReportCase):
    """Beside the first day of a periodic report stands why it is that day."""

    def sentences(self, **vals):
        wizards = self.env["task.report.wizard"].with_user(self.manager)
        return wizards.create(vals).window_why

    def test_a_month_tells_its_article(self):
        """May: from 15 April to 14 May (KH Đ20.1), with the sentence of the text."""
        with self._on("2026-06-01"):
            told = self.sentences(kind="month", year=2026, month="5")
        self.assertIn("04/15/2026", told[0])
        self.assertIn("05/14/2026", told[0])
        self.assertIn("Điều 20", told[1])
        window = self.env.company._task_regulation()._report_window("month")
        self.assertIn(window.quote, told[1])

    def test_chosen_days_have_no_reasons(self):
        """Who chose the days knows why; a period that is none has none either."""
        with self._on("2026-06-01"):
            days = {"free_from": "2026-05-01", "free_to": "2026-05-31"}
            self.assertFalse(self.sentences(kind="free", **days))
            self.assertFalse(self.sentences(kind="month", year=20, month="5"))
