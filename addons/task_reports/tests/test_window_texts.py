# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import date

from odoo.tests import tagged

from odoo.addons.task_tracking.logic.regulation_text import article_number

from .common import ReportCase

#: Kinds of report each text asks for (KH Đ18.2, BG Đ18.2, KT Đ18.2, QT Đ20.2, CM Đ10).
KINDS = {
    "khanh_hoa": ["month", "quarter", "half_year", "year"],
    "bac_giang": ["month", "quarter", "half_year", "year"],
    "kon_tum": ["month", "half_year", "year"],
    "quang_tri": ["quarter"],
    "ca_mau": ["month", "quarter", "half_year", "year"],
}

#: Worked out by hand: each cut-off is the last day agencies may send, or the period's
#: end where none is stated; a window begins the day after the one before it.
#: (text, kind, year, number, first day, last day)
WINDOWS = (
    ("bac_giang", "month", 2026, 2, "2026-02-01", "2026-02-28"),
    ("bac_giang", "month", 2028, 2, "2028-02-01", "2028-02-29"),
    ("bac_giang", "quarter", 2026, 2, "2026-04-01", "2026-06-30"),
    # agencies send by 30/6 and 30/12 (Đ20.1)
    ("bac_giang", "half_year", 2026, 1, "2025-12-31", "2026-06-30"),
    ("bac_giang", "year", 2026, 1, "2025-12-31", "2026-12-30"),
    # the 19th; 10/6 and 10/12 (Đ20)
    ("kon_tum", "month", 2026, 1, "2025-12-20", "2026-01-19"),
    ("kon_tum", "month", 2026, 3, "2026-02-20", "2026-03-19"),
    ("kon_tum", "half_year", 2026, 1, "2025-12-11", "2026-06-10"),
    ("kon_tum", "year", 2026, 1, "2025-12-11", "2026-12-10"),
    # the 25th of the quarter's last month (Đ21.1)
    ("quang_tri", "quarter", 2026, 1, "2025-12-26", "2026-03-25"),
    ("quang_tri", "quarter", 2026, 3, "2026-06-26", "2026-09-25"),
    # before the 20th, the 15th of the last month, 10/11 (Đ12.1)
    ("ca_mau", "month", 2026, 1, "2025-12-20", "2026-01-19"),
    ("ca_mau", "quarter", 2026, 1, "2025-12-16", "2026-03-15"),
    ("ca_mau", "half_year", 2026, 1, "2025-12-16", "2026-06-15"),
    ("ca_mau", "year", 2026, 1, "2025-11-11", "2026-11-10"),
)


@tagged("post_install", "-at_install")
class TestWindowTexts(ReportCase):
    """The data windows of the five regulations against their texts."""

    def _regulation(self, name):
        return self.env.ref(f"task_tracking.regulation_{name}")

    def test_the_kinds_each_text_asks_for(self):
        """A report the text does not know has no window."""
        for name, kinds in KINDS.items():
            with self.subTest(name):
                windows = self._regulation(name).report_window_ids
                figures = windows.filtered(lambda one: one.topic == "figures")
                self.assertEqual(figures.mapped("kind"), kinds)

    def test_windows_by_hand(self):
        """Where the text states none: from cut-off to cut-off, over the year's end and
        through February of a leap year."""
        for name, kind, year, number, first, last in WINDOWS:
            with self.subTest(name, kind=kind, number=number, year=year):
                window = self._regulation(name)._report_window(kind)
                self.assertEqual(
                    window._rule().window(year, number),
                    (date.fromisoformat(first), date.fromisoformat(last)),
                )

    def test_quotes_are_the_texts_own_words(self):
        """Each window quotes the article it names, word for word."""
        for name in KINDS:
            regulation = self._regulation(name)
            articles = {one.number: one.text for one in regulation.article_ids}
            for window in regulation.report_window_ids:
                with self.subTest(name, kind=window.kind):
                    self.assertTrue(window.quote)
                    self.assertIn(
                        window.quote, articles[article_number(window.article)]
                    )

    def test_only_khanh_hoa_states_its_windows(self):
        """Where the text states no cut-off, the window is marked as our reading."""
        for name in KINDS:
            read = self._regulation(name).report_window_ids.mapped("is_interpretation")
            with self.subTest(name):
                self.assertEqual(set(read), {name != "khanh_hoa"})

    def test_the_report_opens_on_a_kind_the_text_knows(self):
        """Under Quảng Trị's text, with no monthly report, it opens on the quarter."""
        for name, kinds in KINDS.items():
            self.env.company.sudo().regulation_id = self._regulation(name)
            wizard = self.env["task.report.wizard"].with_user(self.manager).create({})
            with self.subTest(name):
                self.assertEqual(wizard.kind, kinds[0])
