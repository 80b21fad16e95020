# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import START, TaskCase

GOOD = ("good", "fair", "poor")


@tagged("post_install", "-at_install")
class TestRating(TaskCase):
    """Rating without confirmation (BG Đ8.1a): who follows rates what counts already."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.text = cls.env["task.regulation"].create({"code": "RATE", "name": "Thử"})
        cls.env["task.regulation.policy"].create(
            {"regulation_id": cls.text.id, "key": "rating", "value": "yes"}
        )
        cls.company.regulation_id = cls.text

    def setUp(self):
        super().setUp()
        self._move_to(START)
        self.result = self._hand_in(self._released())

    def rated(self, user, ratings=GOOD):
        self.result.with_user(user).rate(*ratings)
        one = self.result.sudo()
        return one.rating_progress, one.rating_quality, one.rating_effect

    def test_who_follows_rates_what_counts(self):
        """The result counts at once; the specialist rates it by the form of the
        button, and it shows who did, when, and in the messages."""
        self.assertEqual(self.result.state, "accepted")
        followed = self.result.with_user(self.specialist)
        self.assertTrue(followed.can_rate)
        action = followed.action_rate()
        form = (
            self.env[action["res_model"]]
            .with_user(self.specialist)
            .with_context(**action["context"])
            .create({"progress": "good", "quality": "fair", "effect": "poor"})
        )
        form.action_apply()
        self.assertEqual(followed.rating_quality, "fair")
        self.assertEqual(followed.rated_by_id, self.specialist)
        self.assertEqual(str(followed.rated_on), "2026-04-01")
        messages = self.result.sudo().assignment_id.message_ids
        self.assertIn("Satisfactory", messages[0].body)

    def test_once_and_the_manager_changes(self):
        """Who follows rates once; an Office manager may change it."""
        self.assertEqual(self.rated(self.specialist), GOOD)
        self.assertFalse(self.result.with_user(self.specialist).can_rate)
        with self.assertRaises(UserError):
            self.rated(self.specialist, ("poor",) * 3)
        self.assertEqual(self.rated(self.manager, ("poor",) * 3), ("poor",) * 3)

    def test_nobody_else_rates(self):
        """Neither the agency, nor who follows other tasks, nor a leader, by the act,
        by writing or by the form."""
        for user in (self.finance_head, self.specialist2, self.chairman):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.rated(user)
            with self.subTest(user.login), self.assertRaises(UserError):
                self.result.with_user(user).write({"rating_progress": "good"})
        with self.assertRaises(UserError):
            self.result.with_user(self.specialist).write({"rated_on": "2026-04-01"})
        self.assertFalse(self.result.sudo().rating_progress)

    def test_not_ones_own(self):
        """Who entered the result in the agency's name does not rate it."""
        self.result = self._hand_in(self._released(), user=self.specialist)
        with self.assertRaises(AccessError):
            self.rated(self.specialist)
        self.assertEqual(self.rated(self.manager), GOOD)

    def test_only_complete_and_known_ratings(self):
        """All three are given, each one of the three words."""
        for ratings in (("good", "good", False), ("good", "good", "excellent")):
            with self.subTest(ratings=ratings), self.assertRaises(UserError):
                self.rated(self.specialist, ratings)

    def test_only_where_the_text_rates(self):
        """A draft is not rated, nor a result under a text that rates nothing."""
        draft = (
            self.env["task.result"]
            .with_user(self.finance_head)
            .create({"assignment_id": self._released().id, "text": "Nháp"})
        )
        with self.assertRaises(UserError):
            draft.with_user(self.specialist).rate(*GOOD)
        self.text.policy_ids.unlink()
        self.assertFalse(self.result.with_user(self.specialist).can_rate)
        with self.assertRaises(UserError):
            self.rated(self.specialist)

    def test_the_desk_tells_what_is_to_rate(self):
        """Until it is rated, who follows finds it on the desk; others do not."""

        def count(user):
            told = self.env["task.desk"].with_user(user).get_sections()
            return {one["key"]: one["count"] for one in told}["to_rate"]

        self.assertEqual(count(self.specialist), 1)
        self.assertEqual(count(self.specialist2), 0)
        self.rated(self.specialist)
        self.assertEqual(count(self.specialist), 0)

    def test_rated_with_the_confirmation(self):
        """Where results are confirmed the rating comes with it and is the one; undoing
        the confirmation undoes it."""
        self.env["task.regulation.policy"].create(
            {
                "regulation_id": self.text.id,
                "key": "confirmation_required",
                "value": "yes",
            }
        )
        result = self._hand_in(self._released()).with_user(self.specialist)
        with self.assertRaises(UserError):
            result.rate(*GOOD)
        names = ("rating_progress", "rating_quality", "rating_effect")
        result.write(dict(zip(names, GOOD, strict=True)))
        result.action_accept()
        self.assertEqual(result.rated_by_id, self.specialist)
        self.assertFalse(result.can_rate)
        result.assignment_id.undo_confirmation()
        self.assertFalse(result.rated_by_id)
