# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import date

from lxml import html

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import ReportCase


@tagged("post_install", "-at_install")
class TestWindow(ReportCase):
    """The data windows are records of the regulation, not code."""

    def test_khanh_hoa(self):
        """KH Đ20.1, all four kinds, with the article and its words."""
        regulation = self.env.ref("task_tracking.regulation_khanh_hoa")
        expected = {
            "month": (date(2026, 3, 15), date(2026, 4, 14), 4),
            "quarter": (date(2026, 3, 15), date(2026, 6, 14), 2),
            "half_year": (date(2025, 12, 15), date(2026, 6, 14), 1),
            "year": (date(2025, 12, 15), date(2026, 12, 14), 1),
        }
        self.assertEqual(
            set(regulation.report_window_ids.mapped("kind")), set(expected)
        )
        for kind, (first, last, number) in expected.items():
            window = regulation._report_window(kind)
            self.assertEqual(window._rule().window(2026, number), (first, last))
            self.assertEqual(window.article, "Điều 20 khoản 1")
            self.assertIn("ngày 15", window.quote)

    def test_only_the_administrator_changes_it(self):
        """Everybody may read how a report is cut; the administrator sets it."""
        window = self.env.ref("task_reports.window_khanh_hoa_month")
        self.assertEqual(window.with_user(self.officer).start_day, 15)
        for user in (self.officer, self.manager, self.chairman):
            with self.assertRaises(AccessError):
                window.with_user(user).write({"end_day": 20})
        window.with_user(self.admin).write({"end_day": 13})
        self.assertEqual(window._rule().window(2026, 4)[1], date(2026, 4, 13))

    def test_impossible_rules_are_refused(self):
        """A window that ends before it begins, or a day 32, cannot be entered."""
        window = self.env.ref("task_reports.window_khanh_hoa_month")
        for vals in (
            {"end_day": 32},
            {"start_day": 0},
            {"end_offset": -2},
            {"start_offset": -13},
            {"per_year": 13},
            {"per_year": 0},
        ):
            with self.subTest(vals), self.assertRaises(ValidationError):
                window.write(vals)

    def test_a_half_year_may_be_the_first_only(self):
        """A regulation with both halves needs data only."""
        window = self.env.ref("task_reports.window_khanh_hoa_half_year")
        self.assertEqual(len(list(window._rule().periods(2026))), 1)
        window.per_year = 2
        self.assertEqual(
            window._rule().window(2026, 2), (date(2026, 6, 15), date(2026, 12, 14))
        )

    def test_calendar_on_the_page_of_the_text(self):
        """Whoever reads the text finds each report under Điều 20: its days, to whom it
        goes, the text's own words; what the text leaves open is told as our reading."""
        khanh_hoa = self.env.ref("task_tracking.regulation_khanh_hoa")
        page = html.fromstring(str(khanh_hoa.with_user(self.officer).page))
        article = page.xpath("//*[@data-article='20']")[0].text_content()
        for window in khanh_hoa.report_window_ids:
            self.assertIn(window.example, article)
            self.assertIn(window.quote, article)
            self.assertIn(window.addressee, article)
            self.assertIn(window.output_ids.addressee, article)
        bac_giang = self.env.ref("task_tracking.regulation_bac_giang")
        page = html.fromstring(str(bac_giang.with_user(self.officer).page))
        lines = page.xpath("//*[contains(@class, 'o_task_regulation_line')]")
        window = self.env.ref("task_reports.window_bac_giang_month")
        (line,) = [one for one in lines if window.example in one.text_content()]
        self.assertTrue(line.xpath(".//*[contains(@class, 'text-bg-warning')]"))
