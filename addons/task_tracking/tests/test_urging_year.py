# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import date

from odoo.tests import tagged

from .urging_common import UrgingCase


@tagged("post_install", "-at_install")
class TestUrgingYear(UrgingCase):
    """A simulated year of 400 assignments queues exactly the digests and drafts exactly
    the letters that an independent calculation predicts, under each of the five."""

    def _check_place(self, place, seed, *acts):
        """`acts`: those of which the year must have had some."""
        year = self._simulate(place, seed)
        self.assertGreaterEqual(len(year.items), 400)
        for act in ("hand_in", "withdraw", "change_deadline", "hand_over", *acts):
            self.assertGreater(year.done[act], 0, act)
        told = self._check_year()
        self._check_mails()
        self._check_worth(told)

    def _check_worth(self, told):
        """The year was one in which something could have gone wrong."""
        steps = {step for lines in told.digests.values() for _key, step in lines}
        offsets = {offset for kind, offset in steps if kind == "deadline"}
        self.assertEqual(offsets, {-7, -3, -1, 0, 1, 7, 30})
        self.assertGreater(len(told.digests), 500)
        self.assertGreater(len(told.letters), 50)
        days = {day for day, _person in told.digests}
        self.assertIn(date(2026, 1, 10), days, "a Saturday that is worked")
        self.assertIn(date(2026, 8, 22), days, "a Saturday that is worked")
        self.assertIn(date(2026, 2, 23), days, "the first day after Tết")
        self.assertFalse(
            [day for day in days if date(2026, 2, 14) <= day <= date(2026, 2, 22)]
        )

    def test_bac_giang(self):
        """BG Đ8–10: with limits of agencies and of the Office, and hand-backs."""
        acts = ("ask_extension", "answer_extension", "hand_back", "first_deadline")
        self._check_place("bac_giang", 1, *acts)

    def test_kon_tum(self):
        """KT Đ8–10: the Office's limits on entering it in the province's system."""
        self._check_place("kon_tum", 2, "enter", "first_deadline")

    def test_quang_tri(self):
        """QT Đ10–12."""
        self._check_place("quang_tri", 3, "hand_back", "first_deadline")

    def test_ca_mau(self):
        """CM Đ7–9: with directives left lying as drafts."""
        acts = ("ask_extension", "hand_back", "draft", "release_draft")
        self._check_place("ca_mau", 4, *acts)

    def test_khanh_hoa(self):
        """KH Đ10–11: results wait for the Office."""
        acts = ("answer_result", "ask_extension", "answer_extension", "hand_back")
        self._check_place("khanh_hoa", 5, *acts)
