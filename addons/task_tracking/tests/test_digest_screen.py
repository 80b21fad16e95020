# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo.tests import tagged

from .test_digest import DigestCase


@tagged("post_install", "-at_install")
class TestDigestScreen(DigestCase):
    """The activities at the top of the screen: computed from the ladder, not stored."""

    def _group(self, user):
        groups = self.env["res.users"].with_user(user)._get_activity_groups()
        # without the sections of the desk (`test_desk_bar`)
        found = [
            one
            for one in groups
            if one["model"] == "task.assignment" and one["type"] == "activity"
        ]
        return found[0] if found else None

    def _counts(self, user):
        group = self._group(user)
        return group and tuple(
            group[f"{name}_count"] for name in ("overdue", "today", "planned", "total")
        )

    def test_counts_by_the_ladder(self):
        """On Thursday 9 April: one overdue, one due today, one due tomorrow and one
        within the officers' 7 working days; the head is reminded from 3 days before
        on, so that the fourth is none of the head's yet."""
        for deadline in ("2026-04-08", "2026-04-09", "2026-04-10", "2026-04-20"):
            self._released(name=deadline, deadline=deadline)
        self._released(lead=self.building, deadline="2026-04-09")
        self._move_to("2026-04-09 02:00:00")
        self.assertEqual(self._counts(self.finance_officer), (1, 1, 2, 2))
        self.assertEqual(self._counts(self.specialist), (1, 2, 1, 3))
        self.assertEqual(self._counts(self.building_head), (0, 1, 0, 1))
        self.assertIsNone(self._group(self.chairman))

    def test_the_filters_find_what_was_counted(self):
        """What the systray opens is what it counted: the search of each filter."""
        overdue = self._released(name="A", deadline="2026-04-08")
        today = self._released(name="B", deadline="2026-04-09")
        soon = self._released(name="C", deadline="2026-04-10")
        later = self._released(name="D", deadline="2026-06-30")
        self._move_to("2026-04-09 02:00:00")
        seen = self.env["task.assignment"].with_user(self.finance_head)
        for value, expected in (
            ("overdue", overdue),
            ("today", today),
            ("planned", soon),
            (False, later),
        ):
            self.assertEqual(seen.search([("reminder", "=", value)]).ids, expected.ids)
            self.assertEqual(seen.browse(expected.id).reminder, value)
        self.assertEqual(
            seen.search(self._group(self.finance_head)["domain"]).ids,
            (overdue | today | soon).ids,
        )

    def test_without_doubles(self):
        """What was handed in is not reminded of, and no activity is stored."""
        one = self._released(deadline="2026-04-10")
        self._move_to("2026-04-09 02:00:00")
        self.assertEqual(self._counts(self.finance_head), (0, 0, 1, 0))
        self._hand_in(one)
        self.assertIsNone(self._group(self.finance_head))
        self.assertFalse(
            self.env["mail.activity"].search([("res_model", "=", "task.assignment")])
        )
