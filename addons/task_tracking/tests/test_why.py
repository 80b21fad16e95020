# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import START, TaskCase


def api_key(user):
    """A bearer key of `user` for the JSON-2 API."""
    keys = user.env["res.users.apikeys"].with_user(user).sudo()
    return keys._generate("rpc", "test", user.env.cr.now() + timedelta(days=1))


class WhyCase(TaskCase):
    """Under a text made for the test: a task not ours goes back within 24 hours of
    receipt; the Office answers requests within two working days; a deadline on a day
    off moves."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.text = cls.env["task.regulation"].create(
            {"code": "WHY", "name": "Quy chế thử"}
        )
        base = {"regulation_id": cls.text.id, "quote": "Đúng như văn bản."}
        cls.env["task.regulation.rule"].create(
            [
                {
                    **base,
                    "act": "return",
                    "actor": "agency",
                    "event": "receipt",
                    "unit": "hour",
                    "amount": 24,
                    "stop": "request",
                    "article": "Điều 1",
                },
                {
                    **base,
                    "act": "extension_ask",
                    "actor": "agency",
                    "stated": "none",
                    "article": "Điều 2",
                },
                {
                    **base,
                    "act": "extension_answer",
                    "event": "receipt",
                    "unit": "working_day",
                    "amount": 2,
                    "stop": "answer",
                    "article": "Điều 3",
                },
                {
                    **base,
                    "act": "register",
                    "event": "issue",
                    "unit": "working_day",
                    "amount": 1,
                    "stop": "release",
                    "article": "Điều 4",
                },
            ]
        )
        cls.env["task.regulation.policy"].create(
            {
                "regulation_id": cls.text.id,
                "key": "day_off",
                "value": "next_working_day",
                "article": "Điều 9",
                "quote": "Chuyển sang ngày làm việc tiếp theo.",
            }
        )
        cls.company.regulation_id = cls.text

    def setUp(self):
        super().setUp()
        self._move_to(START)


@tagged("post_install", "-at_install")
class TestWhy(WhyCase):
    def told(self, record, user):
        limits = record.with_user(user).get_time_limits()
        return {one["act"]: one for one in limits}

    def test_a_window_ahead_is_told_from_its_event_on(self):
        """Received Wed 01/04 at 09:00, 24 hours: hand back until Thu 02/04 at 09:00,
        told to the agency before anything is handed back; not before receipt."""
        assignment = self._released()
        self.assertNotIn("return", self.told(assignment, self.finance_head))
        assignment.with_user(self.finance_head).action_receive()
        told = self.told(assignment, self.finance_head)["return"]
        self.assertEqual(told["state"], "ahead")
        self.assertEqual(told["due_at"], "2026-04-02 02:00:00")
        self.assertEqual(told["due_label"], "09:00 02/04/2026")
        self.assertIn("Điều 1", " ".join(told["why"]))
        self._move_to("2026-04-02 02:00:01")
        self.assertEqual(
            self.told(assignment, self.finance_head)["return"]["state"], "over"
        )

    def test_a_duty_whose_day_has_passed_is_not_ahead(self):
        """The result is due with the deadline, 10/04: ahead until the end of that day,
        past due from the next on, before the daily job starts its clock."""
        self.env["task.regulation.rule"].create(
            {
                "regulation_id": self.text.id,
                "act": "result",
                "actor": "agency",
                "event": "deadline",
                "unit": "same_day",
                "stop": "handing_in",
                "article": "Điều 5",
            }
        )
        assignment = self._released()
        for moment, state in (
            ("2026-04-10 16:59:59", "ahead"),
            ("2026-04-10 17:00:00", "missed"),
        ):
            self._move_to(moment)
            told = self.told(assignment, self.finance_head)["result"]
            self.assertEqual(told["state"], state)

    def test_a_running_limit_is_told_with_its_day(self):
        """Asked Wed 01/04, two working days: the answer is due on Fri 03/04; the
        Office is told, the agency is not."""
        extension = self._ask_extension(self._released())
        told = self.told(extension, self.specialist)["extension_answer"]
        self.assertEqual(told["due_on"], "2026-04-03")
        self.assertEqual(told["due_label"], "03/04/2026")
        self.assertEqual(told["state"], "running")
        self.assertNotIn("extension_answer", self.told(extension, self.finance_head))

    def test_why_a_clock_is_due_when_it_is(self):
        """The button beside the date tells the same sentences as the API."""
        extension = self._ask_extension(self._released())
        clock = extension.sudo().clock_ids.with_user(self.manager)
        told = self.told(extension, self.manager)["extension_answer"]
        self.assertEqual(clock.get_why("due_on"), told["why"])
        self.assertTrue(told["why"])

    def test_why_a_deadline_moves(self):
        """Sat 18/04 moves to Mon 20/04, with the policy's article; a deadline that
        stands as written has no reasons."""
        moved = self._released(deadline="2026-04-18").with_user(self.finance_head)
        self.assertTrue(moved.due_moves)
        why = " ".join(moved.get_why("due_on"))
        self.assertIn("20/04/2026", why)
        self.assertIn("Điều 9", why)
        stands = self._released(deadline="2026-04-17").with_user(self.finance_head)
        self.assertFalse(stands.due_moves)
        self.assertEqual(stands.get_why("due_on"), [])

    def test_only_who_reads_the_record_is_told(self):
        """Another agency gets an error, not the reasons, and no field but a date is
        told."""
        moved = self._released(deadline="2026-04-18")
        for method, args in (("get_why", ("due_on",)), ("get_time_limits", ())):
            with self.subTest(method), self.assertRaises(AccessError):
                getattr(moved.with_user(self.ward_head), method)(*args)
        for name in ("content", "nothing"):
            with self.subTest(name), self.assertRaises(UserError):
                moved.with_user(self.finance_head).get_why(name)


@tagged("post_install", "-at_install")
class TestWhyApi(WhyCase, HttpCase):
    def call(self, user, method, record, **kwargs):
        return self.url_open(
            f"/json/2/task.assignment/{method}",
            json={"ids": record.ids, **kwargs},
            headers={"Authorization": f"Bearer {api_key(user)}"},
        )

    def test_time_limits_over_the_api(self):
        """An agency gets the limits of its own assignment as JSON; who may not read
        it gets an error and none of it."""
        assignment = self._released(deadline="2026-04-18")
        assignment.with_user(self.finance_head).action_receive()
        answer = self.call(self.finance_head, "get_time_limits", assignment)
        self.assertEqual(answer.status_code, 200, answer.text)
        self.assertEqual([one["act"] for one in answer.json()], ["return"])
        self.assertEqual(answer.json()[0]["explanation"]["article"], "Điều 1")
        why = self.call(self.finance_head, "get_why", assignment, name="due_on")
        self.assertIn("20/04/2026", " ".join(why.json()))
        with mute_logger("odoo.http"):
            refused = self.call(self.ward_head, "get_time_limits", assignment)
        self.assertEqual(refused.status_code, 403)
        self.assertNotIn("Điều 1", refused.text)
