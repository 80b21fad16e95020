# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo.tests import tagged

from .test_digest import DigestCase


@tagged("post_install", "-at_install")
class TestDigestAsking(DigestCase):
    """Until when more time may be asked for: a window that no clock runs for."""

    def _line(self, day, **values):
        self._released(deadline="2026-04-10", **values)
        return self._body(self.finance_head, self._on(day))

    def test_while_it_may_be_asked(self):
        """BG Đ6.2a: two working days before the deadline of Friday 10 April is
        Wednesday 8 April; told on Tuesday the 7th, with the article."""
        self.company.regulation_id = self.env.ref("task_tracking.regulation_bac_giang")
        self.assertIn(
            "more time may be asked for until 04/08/2026 (Điểm a khoản 2 Điều 6)",
            self._line("2026-04-07"),
        )

    def test_when_it_is_over(self):
        """On Thursday the 9th it may be asked for no more: nothing is said of it."""
        self.company.regulation_id = self.env.ref("task_tracking.regulation_bac_giang")
        line = self._line("2026-04-09")
        self.assertIn("due 04/10/2026", line)
        self.assertNotIn("more time", line)

    def test_where_the_text_sets_no_day(self):
        """KH Đ5.2đ sets no day by which to ask: nothing is said of it."""
        self.company.regulation_id = self.env.ref("task_tracking.regulation_khanh_hoa")
        self.assertNotIn("more time", self._line("2026-04-07"))
