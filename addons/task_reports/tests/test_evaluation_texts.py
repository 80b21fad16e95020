# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo.tests import TransactionCase, tagged

from odoo.addons.task_tracking.logic.regulation_text import article_number

#: What each text evaluates by (the four that do), beside Decree 335.
MEASURES = {
    "khanh_hoa": [
        "completion",
        "on_time",
        "freshness",
        "not_refused",
        "reports_on_time",
        "extensions_asked",
        "extensions_granted",
        "returns_refused",
    ],
    # results are rated (Đ8.1a), nothing is confirmed or refused
    "bac_giang": [
        "completion",
        "on_time",
        "freshness",
        "quality",
        "reports_on_time",
        "extensions_asked",
        "extensions_granted",
        "returns_refused",
    ],
    # no extension (∅)
    "quang_tri": [
        "completion",
        "on_time",
        "freshness",
        "reports_on_time",
        "returns_refused",
    ],
    # no extension (∅); the Office hands back, not the units (Đ6.2)
    "kon_tum": ["completion", "on_time", "freshness", "reports_on_time"],
    # says nothing of evaluating agencies
    "ca_mau": [],
}
#: (ranking shown to all agencies, heads evaluated by name)
POLICIES = {
    "khanh_hoa": (True, True),
    "bac_giang": (False, True),
    "quang_tri": (False, True),
    "kon_tum": (False, False),
    "ca_mau": (False, False),
}


@tagged("post_install", "-at_install")
class TestEvaluationTexts(TransactionCase):
    """The criteria that come with the five texts."""

    def _regulation(self, name):
        return self.env.ref(f"task_tracking.regulation_{name}")

    def test_measures_of_each_text(self):
        """Each text's own, then the decree's: progress on, what could not be verified
        off."""
        for name, measures in MEASURES.items():
            decree = ["progress_335", "quality_335"] if measures else []
            criteria = self._regulation(name).evaluation_criterion_ids
            with self.subTest(name):
                self.assertEqual(criteria.mapped("measure"), measures + decree)
                off = criteria.filtered(lambda one: not one.active)
                self.assertEqual(off.mapped("measure"), decree[1:])

    def test_quotes_are_the_texts_own_words(self):
        """Each criterion quotes the article it names, word for word; the decree's have
        no quote, since its text is not kept here."""
        for name in MEASURES:
            regulation = self._regulation(name)
            articles = {one.number: one.text for one in regulation.article_ids}
            for one in regulation.evaluation_criterion_ids:
                with self.subTest(name, measure=one.measure):
                    if one.measure.endswith("_335"):
                        self.assertFalse(one.quote)
                        self.assertIn("335/2025", one.article)
                    else:
                        text = articles[article_number(one.article)]
                        self.assertIn(one.quote, text)

    def test_weights_are_our_reading(self):
        """No text states a weight: every criterion is marked, with a note."""
        criteria = self.env["task.evaluation.criterion"].search([])
        self.assertTrue(criteria)
        for one in criteria:
            self.assertTrue(one.is_interpretation and one.note, one.display_name)

    def test_who_is_shown_what(self):
        """Khánh Hòa publishes to all agencies (Đ12, Đ18.2); heads: KH Đ22.2, QT Đ25.1,
        BG Đ23.2 (“cá nhân”)."""
        for name, (ranking, heads) in POLICIES.items():
            regulation = self._regulation(name)
            with self.subTest(name):
                self.assertEqual(regulation._policy("ranking_published"), ranking)
                self.assertEqual(regulation._policy("heads_evaluated"), heads)
        source = self._regulation("khanh_hoa")._policy_source("ranking_published")
        self.assertIn("công bố công khai đến các cơ quan", source.quote)

    def test_a_new_version_keeps_the_criteria(self):
        """A copy of a regulation measures the same."""
        regulation = self._regulation("khanh_hoa")
        self.assertEqual(
            regulation.copy().evaluation_criterion_ids.mapped("measure"),
            regulation.evaluation_criterion_ids.mapped("measure"),
        )
