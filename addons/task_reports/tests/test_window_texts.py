# SPDX-License-Identifier: LGPL-3.0-or-later
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
                self.assertEqual(windows.mapped("kind"), kinds)

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
