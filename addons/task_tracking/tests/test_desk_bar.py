# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.fields import Domain
from odoo.tests import new_test_user, tagged

from ..models.task_desk_bar import TOLD_TONES
from .common import TaskCase
from .discrepancy_common import DiscrepancyActs
from .referral_common import ReferralActs
from .test_clocks_of_assignments import LimitsCase


class BarCase:
    """What the top bar tells a user: Odoo's groups, and those that are sections."""

    def _groups(self, user):
        return self.env["res.users"].with_user(user)._get_activity_groups()

    def _told(self, user):
        """{key of a section: its group}."""
        groups = self._groups(user)
        return {one["key"]: one for one in groups if one["type"] == "task_section"}

    def _rings(self, user):
        """{key of a section: how much it counts beside the bell}, of those that do."""
        told = self._told(user).items()
        return {key: one["total_count"] for key, one in told if one["total_count"]}


@tagged("post_install", "-at_install")
class TestDeskBar(BarCase, ReferralActs, TaskCase):
    """The top bar tells every role what the desk tells; nothing of it is stored."""

    def _much(self):
        """Something of each kind: late, due soon, handed in, asked, referred."""
        late = self._released(name="A", deadline="2026-04-08")
        self._released(name="B", deadline="2026-04-13")
        self._hand_in(self._released(name="C", deadline="2026-06-30"))
        asks = self._released(name="D", deadline="2026-06-30")
        self._ask_extension(asks, "2026-07-20")
        self._document()
        self._move_to("2026-04-09 02:00:00")
        self._referred(late)
        return late

    def test_each_role_as_on_the_desk(self):
        """Every section of the desk that is more than information is told, with the
        same number, and the list that it opens holds just so many records; what the
        line "Assigned tasks" tells by the ladder is not told twice."""
        self._much()
        for user, by_ladder in (
            (self.chairman, False),
            (self.deputy, False),
            (self.manager, False),
            (self.specialist, True),
            (self.finance_head, True),
            (self.finance_officer, True),
        ):
            with self.subTest(user=user.login):
                desk = self.env["task.desk"].with_user(user).get_sections()
                expected = {
                    one["key"]: one["count"]
                    for one in desk
                    if one["count"] and one["tone"] in TOLD_TONES
                }
                if by_ladder:
                    self.assertGreater(expected.pop("overdue"), 0)
                    expected.pop("due_soon")
                told = self._told(user)
                self.assertEqual(
                    {key: one["count"] for key, one in told.items()}, expected
                )
                for one in told.values():
                    found = self.env[one["model"]].with_user(user)
                    found = found.search_count(Domain(one["domain"]))
                    self.assertEqual(found, one["count"])
                own = [one for one in self._groups(user) if one["type"] == "activity"]
                self.assertEqual(
                    [one["model"] for one in own],
                    ["task.assignment"] if by_ladder else [],
                )

    def test_leaders_and_managers(self):
        """What waits for one's own act rings; what is late with the agencies is told
        without ringing. Under KH Đ5.2đ a deputy decides no deadline without an
        authorisation, and is not rung for one."""
        self._much()
        self.assertEqual(self._rings(self.chairman), {"referrals": 1, "extensions": 1})
        told = self._told(self.chairman)
        self.assertEqual(
            {key: one["count"] for key, one in told.items()},
            {
                "referrals": 1,
                "extensions": 1,
                "province_overdue": 1,
                "province_due": 1,
            },
        )
        self.assertNotIn("extensions", self._told(self.deputy))
        self.env["task.authorisation"].create(
            {
                "user_id": self.deputy.id,
                "company_id": self.company.id,
                "date_from": "2026-04-01",
                "number": "1/UQ",
                "signed_on": "2026-04-01",
            }
        )
        self.assertEqual(self._rings(self.deputy)["extensions"], 1)
        self.assertEqual(
            self._rings(self.manager), {"results": 1, "drafts": 1}, "not the decision"
        )
        told = self._told(self.manager)
        self.assertEqual((told["overdue"]["count"], told["due_soon"]["count"]), (1, 1))

    def test_answered_is_gone(self):
        """Once it is decided or directed the line is gone: nothing was kept."""
        self._much()
        # what waits for the Chairman of this province alone
        extensions = self.env["task.extension"].with_user(self.chairman)
        extensions.search([("state", "=", "waiting")]).action_accept()
        referrals = self.env["task.referral"].with_user(self.chairman)
        referral = referrals.search([("state", "=", "submitted")])
        self._direct(referral)
        self.assertEqual(self._rings(self.chairman), {})
        activities = self.env["mail.activity"]
        self.assertFalse(activities.search([("res_model", "=like", "task.%")]))

    def test_queries_do_not_grow(self):
        """Reading the bar takes as many queries for much as for little."""
        users = (self.chairman, self.manager, self.specialist, self.finance_head)
        self._much()

        def queries(user):
            self._groups(user)  # warm settings
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._groups(user)
            return self.env.cr.sql_log_count - before

        few = [queries(user) for user in users]
        for _nth in range(4):
            self._move_to("2026-04-01 02:00:00")
            self._much()
        for user, needed in zip(users, few, strict=True):
            self.assertLessEqual(queries(user), needed, user.login)

    def test_who_has_no_role(self):
        """Who works with no tasks is told of none."""
        stranger = new_test_user(
            self.env,
            "t_stranger",
            "base.group_user",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        self._much()
        self.assertEqual(self._told(stranger), {})


@tagged("post_install", "-at_install")
class TestAwaitedRings(BarCase, DiscrepancyActs, ReferralActs, TaskCase):
    """Whom the digest tells that something waits for them, the top bar rings for, and
    nobody else in the same office."""

    def _assert_rings(self, waiting, key):
        """The people waited for (`_awaited_by`), and no others, are rung for."""
        people = waiting.sudo()._awaited_by()[waiting.sudo()]
        self.assertTrue(people)
        everybody = (
            self.chairman
            | self.deputy
            | self.manager
            | self.specialist
            | self.finance_head
            | self.building_head
        )
        rung = [user.login for user in everybody if key in self._rings(user)]
        asked = [user.login for user in everybody & people]
        # a manager answers what specialists follow as well
        if self.manager.login in rung and self.manager.login not in asked:
            rung.remove(self.manager.login)
        self.assertEqual(rung, asked)

    def test_result(self):
        """A result handed in waits for who follows the task."""
        result = self._hand_in(self._released())
        self._assert_rings(result, "results")

    def test_hand_back(self):
        """A hand-back waits for who follows the task."""
        self._assert_rings(self._hand_back(self._released()), "returns")

    def test_extension(self):
        """A request for time waits for the Chairman (KH Đ5.2đ)."""
        self._move_to("2026-04-02 02:00:00")
        extension = self._ask_extension(self._released())
        self._assert_rings(extension, "extensions")

    def test_discrepancy(self):
        """What the agency found waits for the Office."""
        one = self._found(self.finance_head, self._released())
        self._assert_rings(one, "discrepancies")

    def test_discrepancy_of_the_office(self):
        """What the Office found waits for the agency."""
        other = self._released(lead=self.building)
        self._assert_rings(self._found(self.specialist, other), "discrepancies")

    def test_explanation_and_referral(self):
        """An explanation waits for the Office; what is put to a leader for the
        leader."""
        late = self._released(deadline="2026-04-08")
        self._move_to("2026-04-09 02:00:00")
        self._assert_rings(self._explained(late), "explanations")
        self._assert_rings(self._referred(late), "referrals")


@tagged("post_install", "-at_install")
class TestDutyRings(BarCase, LimitsCase):
    """The Office's periodic duties, that no other record stands for."""

    def test_a_duty_of_the_office(self):
        """The secret report of the period is due on Wednesday 10 June: told from the
        working day before on, as its ladder says; before that it is information."""
        self._daily_job()
        self._move_to("2026-06-08 02:00:00")
        self.assertNotIn("own_duties_due", self._rings(self.manager))
        self._move_to("2026-06-09 02:00:00")
        self.assertEqual(self._rings(self.manager)["own_duties_due"], 1)
        self.assertNotIn("own_duties_due", self._told(self.chairman))
        self._move_to("2026-06-12 02:00:00")
        self.assertEqual(self._rings(self.manager)["own_duties_due"], 1)
