# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TaskCase
from .referral_common import ReferralActs


@tagged("post_install", "-at_install")
class TestExplanation(ReferralActs, TaskCase):
    def setUp(self):
        super().setUp()
        self._move_to("2026-04-01 02:00:00")
        self.lead = self._released(deadline="2026-04-10")

    def _overdue(self):
        self._move_to("2026-04-13 02:00:00")  # Monday, 3 days after the deadline
        return self.lead

    def test_explain_once_the_deadline_has_come(self):
        """An explanation is for a deadline that came; before it, difficulties are
        reported (KH Đ19.2, Đ19.4)."""
        with self.assertRaises(UserError):
            self._draft_explanation(self.lead)
        self.assertEqual(self._explained(self.lead, kind="difficulty").state, "waiting")
        self.assertEqual(self._explained(self._overdue()).state, "waiting")

    def test_undated_task_may_be_explained(self):
        """KH Đ19.4 names tasks without a deadline too."""
        line = self.regulation.policy_ids.filtered(lambda one: one.key == "undated")
        line.value = "tracked"
        self.lead = self._released(deadline=False, is_dated=False)
        self.assertEqual(self._explained(self.lead).state, "waiting")

    def test_words_are_wanted(self):
        """The cause, and of a difficulty what is proposed."""
        draft = self._draft_explanation(self._overdue(), cause=" ")
        with self.assertRaises(UserError):
            draft.action_submit()
        difficulty = self._draft_explanation(
            self.lead, kind="difficulty", proposal=False
        )
        with self.assertRaises(UserError):
            difficulty.action_submit()
        difficulty.proposal = "Bổ sung kinh phí"
        difficulty.action_submit()
        self.assertEqual(str(difficulty.submitted_on), "2026-04-13")

    def test_officer_drafts_head_submits(self):
        """The head submits what leaves the agency, or who is authorised."""
        draft = self._draft_explanation(self._overdue(), self.finance_officer)
        with self.assertRaises(AccessError):
            draft.action_submit()
        self.finance_officer.task_may_submit = True
        draft.action_submit()
        self.assertEqual(draft.submitted_by_id, self.finance_officer)

    def test_kept_once_submitted(self):
        """What was submitted is neither changed nor deleted."""
        one = self._explained(self._overdue())
        for user in (self.finance_head, self.manager):
            with self.assertRaises(UserError):
                one.with_user(user).cause = "Khác"
            with self.assertRaises(UserError):
                one.with_user(user).unlink()

    def test_office_answers_in_words(self):
        """The specialist who follows answers, with words; the agency is told."""
        one = self._explained(self._overdue()).with_user(self.specialist)
        with self.assertRaises(UserError):
            one.action_answer()
        one.draft_answer = "Đã rõ, yêu cầu hoàn thành trong tháng"
        one.action_answer()
        self.assertEqual(one.state, "answered")
        self.assertEqual(one.answered_by_id, self.specialist)
        self.assertIn(self.finance_head.partner_id, self._told_on(self.lead))

    def test_answered_by_who_follows_only(self):
        """Another specialist does not answer, nor the agency."""
        one = self._explained(self._overdue())
        for user in (self.specialist2, self.finance_head, self.chairman):
            with self.assertRaises(AccessError):
                one.with_user(user).action_answer()

    def test_direction_is_the_answer(self):
        """Several are collected into a referral; the leader's direction answers each
        and stays with the task (KH Đ19.2)."""
        second = self._released(lead=self.building, deadline="2026-04-10")
        ones = self._explained(self._overdue())
        ones |= self._explained(second, self.building_head).with_env(ones.env)
        action = ones.with_user(self.manager).action_refer()
        referral = self.env["task.referral"].with_user(self.manager)
        referral = referral.browse(action["res_id"])
        self.assertEqual(referral.kind, "difficulty")
        self.assertEqual(referral.line_ids.assignment_id, self.lead | second)
        self.assertEqual(
            set(referral.line_ids.mapped("reason")), {"Chưa có hướng dẫn của Bộ"}
        )
        self.assertEqual(set(ones.mapped("state")), {"waiting"})
        referral.action_submit()
        self.assertEqual(set(ones.mapped("state")), {"referred"})
        self._direct(referral, self.deputy)
        self.assertEqual(set(ones.mapped("answer")), {"Hoàn thành trước 30/4"})
        self.assertEqual(ones.answered_by_id, self.deputy)
        mine = self.lead.with_user(self.finance_head)
        self.assertEqual(mine.direction_ids.direction, "Hoàn thành trước 30/4")

    def test_given_up_referral_gives_them_back(self):
        """A referral given up leaves the explanation waiting for the Office."""
        one = self._explained(self._overdue())
        referral = self._referred(one, "difficulty")
        referral.action_cancel()
        self.assertEqual(one.state, "waiting")
        self.assertFalse(one.sudo().referral_id)

    def test_withdrawn_task(self):
        """What waited on a task that is withdrawn falls away, drafts are gone."""
        waiting = self._explained(self._overdue())
        draft = self._draft_explanation(self.lead)
        self.lead.with_user(self.manager).withdraw("Giao cơ quan khác")
        self.assertEqual(waiting.state, "cancelled")
        self.assertFalse(draft.exists())

    def test_unknown_act(self):
        """What the regulation of the task does not know is refused."""
        rules = self.regulation.rule_ids
        rules.filtered(lambda rule: rule.act == "difficulty").stated = "absent"
        with self.assertRaises(UserError):
            self._draft_explanation(self.lead, kind="difficulty")
        self.assertFalse(self.lead.with_user(self.finance_head).can_report_difficulty)

    def test_successor_answers(self):
        """Who takes the agency's place owns what it explained (BG Đ24)."""
        one = self._explained(self._overdue())
        draft = self._draft_explanation(self.lead)
        new = self._agency("Sở Kinh tế", "department")
        head = self._user("new_head", "group_agency_head", new)
        succession = (
            self.env["task.succession"]
            .with_user(self.manager)
            .create(
                {
                    "predecessor_ids": [(6, 0, self.finance.ids)],
                    "successor_id": new.id,
                    "day": "2026-04-13",
                    "reference": "01/NQ",
                    "reason": "Hợp nhất",
                }
            )
        )
        succession.action_record()
        self.assertEqual((one | draft).sudo().agency_id, new)
        draft.with_user(head).action_submit()
        self.assertEqual(draft.submitted_by_id, head)
        with self.assertRaises(AccessError):
            draft.with_user(self.finance_head).read(["cause"])


@tagged("post_install", "-at_install")
class TestExplanationLimits(ReferralActs, TaskCase):
    """A sixth text may state limits for explaining."""

    def setUp(self):
        super().setUp()
        self._move_to("2026-04-01 02:00:00")

    def _limit(self, act, event, amount):
        rules = self.regulation.rule_ids.filtered(lambda rule: rule.act == act)
        rules[1:].unlink()
        rules[:1].write(
            {
                "stated": "limit",
                "event": event,
                "amount": amount,
                "unit": "working_day",
                "stop": "report",
                "article": "Điều 19",
            }
        )

    def _clocks(self, record, act):
        return self.env["task.clock"].search(
            [
                ("res_model", "=", record._name),
                ("res_id", "=", record.id),
                ("act", "=", act),
            ]
        )

    def test_explanation_counts_from_the_deadline(self):
        """5 working days from Friday 10/4/2026: Friday 17/4; missed on 20/4; what is
        sent on 16/4 meets it."""
        self._limit("explanation", "deadline", 5)
        first, second = self._released(), self._released(lead=self.building)
        self._move_to("2026-04-11 02:00:00")
        self.env["task.assignment"]._clock_start_due(self.company, lambda taken: True)
        clock = self._clocks(first, "explanation")
        self.assertEqual(str(clock.due_on), "2026-04-17")
        self.assertEqual(clock.state, "running")
        self._move_to("2026-04-16 02:00:00")
        self._explained(first)
        self.assertEqual(clock.state, "in_time")
        self._move_to("2026-04-20 02:00:00")
        self.assertEqual(self._clocks(second, "explanation").state, "missed")

    def test_later_deadline_ends_it(self):
        """A deadline moved to a later day: nothing is to be explained yet."""
        self._limit("explanation", "deadline", 5)
        lead = self._released()
        self._move_to("2026-04-11 02:00:00")
        self.env["task.assignment"]._clock_start_due(self.company, lambda taken: True)
        lead.with_user(self.chairman).change_deadline("2026-05-29", "Gia hạn")
        self.assertEqual(self._clocks(lead, "explanation").state, "cancelled")

    def test_difficulty_counts_from_the_day_it_was_found(self):
        """3 working days from Wednesday 1/4/2026: Monday 6/4."""
        self._limit("difficulty", "discovery", 3)
        lead = self._released()
        self._move_to("2026-04-07 02:00:00")
        late = self._explained(lead, kind="difficulty", found_on="2026-04-01")
        clock = self._clocks(late, "difficulty")
        self.assertEqual(str(clock.due_on), "2026-04-06")
        self.assertEqual(clock.state, "late")
        soon = self._explained(lead, kind="difficulty", found_on="2026-04-06")
        self.assertEqual(self._clocks(soon, "difficulty").state, "in_time")

    def test_no_limit_no_clock(self):
        """KH states none: nothing runs and nothing is breached."""
        lead = self._released()
        one = self._explained(lead, kind="difficulty")
        self.assertFalse(self._clocks(one, "difficulty"))
