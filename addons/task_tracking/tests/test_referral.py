# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TaskCase
from .referral_common import ReferralActs


class ReferralCase(ReferralActs, TaskCase):
    def setUp(self):
        super().setUp()
        self._move_to("2026-04-01 02:00:00")
        self.lead = self._released(deadline="2026-04-10")
        self.other = self._released(lead=self.building, deadline="2026-04-14")

    def _set_policy(self, key, value):
        line = self.regulation.policy_ids.filtered(lambda one: one.key == key)
        line.value = value


@tagged("post_install", "-at_install")
class TestReferral(ReferralCase):
    """The Office's submission about what is due and not done (KH Đ18.3)."""

    def test_filled_with_what_is_due_and_not_done(self):
        """On 14/4/2026 the task of 10/4 is 4 days late, that of 14/4 is due; what is
        not due yet, handed in or a support's is left out."""
        self._released(lead=self.agriculture, deadline="2026-04-15")
        handed_in = self._released(lead=self.ward, deadline="2026-04-09")
        self._hand_in(handed_in, self.ward_head)
        self._move_to("2026-04-14 02:00:00")
        self._explained(self.lead)
        referrals = self.env["task.referral"].with_user(self.manager)
        draft = referrals.browse(referrals.action_new_not_done()["res_id"])
        found = draft.line_ids.sorted("due_on")
        self.assertEqual(found.assignment_id, self.lead | self.other)
        self.assertEqual(found.mapped("days_late"), [4, 0])
        self.assertEqual(found[0].reason, "Chưa có hướng dẫn của Bộ")
        self.assertEqual(
            (draft.task_count, draft.agency_count, draft.most_days_late), (2, 2, 4)
        )

    def test_filled_again_for_some_agencies(self):
        """Filling again takes out what no longer belongs, and keeps the words."""
        self._move_to("2026-04-14 02:00:00")
        draft = self._draft_referral(self.lead | self.other)
        draft.line_ids[0].reason = "Đã giải thích qua điện thoại"
        draft.filter_agency_ids = self.finance
        draft.action_fill()
        self.assertEqual(draft.line_ids.assignment_id, self.lead)
        self.assertEqual(draft.line_ids.reason, "Đã giải thích qua điện thoại")

    def test_specialist_drafts_manager_puts_forward(self):
        """The officer proposes, the Office reports (KH Đ5.3d)."""
        self._move_to("2026-04-14 02:00:00")
        draft = self._draft_referral(self.lead, user=self.specialist)
        with self.assertRaises(AccessError):
            draft.action_submit()
        draft.with_user(self.manager).action_submit()
        self.assertEqual(draft.submitted_by_id, self.manager)
        self.assertEqual(str(draft.submitted_on), "2026-04-14")

    def test_measures_are_wanted(self):
        """KH Đ18.3: the Office proposes measures."""
        self._move_to("2026-04-14 02:00:00")
        draft = self._draft_referral(self.lead, measures=False)
        with self.assertRaises(UserError):
            draft.action_submit()

    def test_done_meanwhile_is_not_put_forward(self):
        """A task that was handed in after the draft is named and taken out."""
        self._move_to("2026-04-14 02:00:00")
        draft = self._draft_referral(self.lead | self.other)
        self._hand_in(self.lead)
        with self.assertRaisesRegex(UserError, "Sở Tài chính"):
            draft.action_submit()
        draft.line_ids.filtered(lambda line: line.assignment_id == self.lead).unlink()
        draft.action_submit()
        self.assertEqual(draft.state, "submitted")

    def test_figures_stand_as_put_forward(self):
        """4 days late on 14/4/2026 is what the leader was told, also on 20/4."""
        self._move_to("2026-04-14 02:00:00")
        one = self._referred(self.lead)
        self._move_to("2026-04-20 02:00:00")
        self.env.invalidate_all()
        self.assertEqual(one.line_ids.days_late, 4)
        self.assertEqual(self.lead.days_overdue, 10)

    def test_direction_stays_with_the_task(self):
        """The leader directs; the agency is told and reads it on its task."""
        self._move_to("2026-04-14 02:00:00")
        one = self._referred(self.lead | self.other)
        self._direct(one, self.deputy)
        self.assertEqual(one.state, "directed")
        self.assertEqual(one.directed_by_id, self.deputy)
        for lead, head in (
            (self.lead, self.finance_head),
            (self.other, self.building_head),
        ):
            self.assertEqual(
                lead.with_user(head).direction_ids.direction, "Hoàn thành trước 30/4"
            )
            self.assertIn(head.partner_id, self._told_on(lead))

    def test_direction_needs_words(self):
        """A leader who presses the button without a word is told."""
        self._move_to("2026-04-14 02:00:00")
        one = self._referred(self.lead).with_user(self.chairman)
        with self.assertRaises(UserError):
            one.action_direct()
        with self.assertRaises(UserError):
            one.action_return()

    def test_returned_and_put_again(self):
        """The leader sends it back with words; what was put forward stays as it was,
        it is drafted again as another one."""
        self._move_to("2026-04-14 02:00:00")
        one = self._referred(self.lead)
        leader = one.with_user(self.chairman)
        leader.return_reason = "Làm rõ nguyên nhân"
        leader.action_return()
        self.assertEqual(one.state, "returned")
        with self.assertRaises(UserError):
            one.measures = "Khác"
        again = self.env["task.referral"].browse(one.action_again()["res_id"])
        self.assertEqual(again.sudo().previous_id, one.sudo())
        self.assertEqual(again.sudo().line_ids.assignment_id, self.lead)
        self.assertFalse(again.sudo().return_reason)
        with self.assertRaises(UserError):
            one.action_again()
        again.with_user(self.manager).action_submit()
        self._direct(again)
        self.assertEqual(again.sudo().state, "directed")

    def test_explanation_follows_what_is_put_again(self):
        """The direction on the second referral answers it; a draft thrown away leaves
        the returned one to be put again."""
        self._move_to("2026-04-14 02:00:00")
        explanation = self._explained(self.lead)
        one = self._referred(explanation, "difficulty")
        leader = one.with_user(self.chairman)
        leader.return_reason = "Làm rõ"
        leader.action_return()
        referrals = self.env["task.referral"].with_user(self.manager)
        referrals.browse(one.action_again()["res_id"]).unlink()
        again = referrals.browse(one.action_again()["res_id"])
        again.action_submit()
        self._direct(again)
        self.assertEqual(explanation.state, "answered")

    def test_nothing_changes_once_directed(self):
        """Only the directive issued on it is noted afterwards, by the Office."""
        self._move_to("2026-04-14 02:00:00")
        one = self._referred(self.lead)
        self._direct(one)
        for user, vals in (
            (self.chairman, {"direction": "Khác"}),
            (self.manager, {"direction": "Khác"}),
            (self.manager, {"text": "Khác"}),
            (self.manager, {"state": "draft"}),
        ):
            with self.assertRaises(UserError):
                one.with_user(user).write(vals)
        with self.assertRaises(UserError):
            one.unlink()
        with self.assertRaises(UserError):
            one.line_ids.unlink()
        one.document_id = self.lead.document_id
        self.assertEqual(one.document_id, self.lead.document_id)

    def test_unknown_kinds(self):
        """Cà Mau's text names neither: they are refused, difficulties are not."""
        self.company.regulation_id = self.env.ref("task_tracking.regulation_ca_mau")
        for kind in ("not_done", "opinions"):
            with self.assertRaises(UserError):
                self._draft_referral(self.lead, kind)
        self.assertTrue(self._draft_referral(self.lead, "difficulty"))

    def test_taken_back_before_the_direction(self):
        """The Office gives it up; the leader directs it no more."""
        self._move_to("2026-04-14 02:00:00")
        one = self._referred(self.lead)
        one.action_cancel()
        with self.assertRaises(UserError):
            one.with_user(self.chairman).action_direct()


@tagged("post_install", "-at_install")
class TestReferralDirector(ReferralCase):
    """Whose direction a text wants."""

    def test_chairman_for_a_feedback(self):
        """KH Đ18.5: of the Chairman; a deputy needs an authorisation."""
        one = self._referred(self.lead, "feedback")
        with self.assertRaises(AccessError):
            one.with_user(self.deputy).direction = "Đôn đốc"
        self.env["task.authorisation"].create(
            {
                "user_id": self.deputy.id,
                "number": "01/UQ",
                "signed_on": "2026-04-01",
                "date_from": "2026-04-01",
                "date_to": "2026-04-30",
            }
        )
        self._direct(one, self.deputy)
        self.assertEqual(one.directed_by_id, self.deputy)

    def test_any_leader_elsewhere(self):
        """KH Đ18.3, Đ19.2 name the Committee too: a deputy directs."""
        self._move_to("2026-04-14 02:00:00")
        one = self._referred(self.lead, "difficulty")
        self._direct(one, self.deputy)
        self.assertEqual(one.state, "directed")

    def test_waits_for_who_may_direct(self):
        """The digest asks whose answer it waits for: the same people."""
        self._move_to("2026-04-14 02:00:00")
        feedback = self._referred(self.lead, "feedback")
        late = self._referred(self.lead)
        referrals = self.env["task.referral"]
        waiting = referrals.search(referrals._awaited_domain(self.company))
        self.assertEqual(waiting, (feedback | late).with_env(waiting.env))
        by = waiting._awaited_by()
        self.assertEqual(by[feedback.with_env(waiting.env)], self.chairman)
        self.assertEqual(by[late.with_env(waiting.env)], self.chairman | self.deputy)


@tagged("post_install", "-at_install")
class TestOpinions(ReferralCase):
    """Differing opinions, collected and put to the leader (KH Đ10.1c)."""

    def setUp(self):
        super().setUp()
        self.asked = self._asked(self.lead, self.finance | self.ward)

    def test_asked_agencies_answer(self):
        """Each asked agency finds its question, gives its opinion; the Office sees who
        has not."""
        self.assertEqual(self.asked.state, "collecting")
        self.assertEqual(self.asked.missing_agency_ids, self.finance | self.ward)
        given = self._give(self.asked, self.finance_head, "Không đồng ý")
        self.assertEqual(given.question, "Xin ý kiến chỉ đạo")
        self.assertEqual(given.state, "given")
        self.env.invalidate_all()
        self.assertEqual(self.asked.missing_agency_ids, self.ward)
        self.assertEqual(self.asked.all_opinion_ids.text, "Không đồng ý")

    def test_question_stands_once_asked(self):
        """Agencies answer the question they read: it is not changed under them."""
        with self.assertRaises(UserError):
            self.asked.text = "Câu hỏi khác"

    def test_asked_later(self):
        """A further agency may be asked; nobody is asked twice."""
        self.asked.asked_agency_ids |= self.building
        self.asked.action_ask()
        self.assertEqual(len(self.asked.sudo().opinion_ids), 3)
        with self.assertRaises(UserError):
            self.asked.action_ask()

    def test_put_forward_without_all(self):
        """Who gave none is told to the leader as such, and answers no more."""
        self._give(self.asked, self.finance_head)
        waiting = self._opinion(self.asked, self.ward_head)
        self.asked.action_submit()
        self.assertEqual(waiting.state, "lapsed")
        waiting = waiting.with_user(self.ward_head)
        with self.assertRaises(UserError):
            waiting.text = "Muộn"

    def test_direction_is_told_to_who_was_asked(self):
        """Also to an agency that has no part of the task, on its opinion."""
        given = self._give(self.asked, self.ward_head)
        self.asked.action_submit()
        self.assertFalse(given.direction)
        self._direct(self.asked)
        self.env.invalidate_all()
        self.assertEqual(given.direction, "Hoàn thành trước 30/4")
        self.assertIn(self.ward_head.partner_id, self._told_on(given))

    def test_opinions_stay_when_put_again(self):
        """What was collected before it was returned is with what is put again."""
        given = self._give(self.asked, self.ward_head)
        self.asked.action_submit()
        leader = self.asked.with_user(self.chairman)
        leader.return_reason = "Hỏi thêm Sở Xây dựng"
        leader.action_return()
        referrals = self.env["task.referral"].with_user(self.manager)
        again = referrals.browse(self.asked.action_again()["res_id"])
        again.write(
            {"asked_agency_ids": self.building.ids, "opinion_due_on": "2026-04-20"}
        )
        again.action_ask()
        self._give(again, self.building_head, "Đề nghị lùi")
        self.assertEqual(
            set(again.all_opinion_ids.mapped("text")), {"Đồng ý", "Đề nghị lùi"}
        )
        again.action_submit()
        self._direct(again)
        self.env.invalidate_all()
        self.assertEqual(given.direction, "Hoàn thành trước 30/4")

    def test_given_up(self):
        """Nobody need answer a question that was given up."""
        waiting = self._opinion(self.asked, self.ward_head)
        self.asked.action_cancel()
        self.assertEqual(waiting.state, "cancelled")

    def test_withdrawn_task(self):
        """A task that was withdrawn is not put forward; the rest is."""
        self._give(self.asked, self.ward_head)
        self.lead.with_user(self.manager).withdraw("Không còn phù hợp")
        with self.assertRaises(UserError):
            self.asked.action_submit()

    def test_day_and_agencies_are_wanted(self):
        """A question without agencies, or with a day that is past, is not asked."""
        draft = self._draft_referral(self.lead, "opinions")
        with self.assertRaises(UserError):
            draft.action_ask()
        draft.write({"asked_agency_ids": self.ward.ids, "opinion_due_on": "2026-03-31"})
        with self.assertRaises(UserError):
            draft.action_ask()

    def test_successor_is_asked(self):
        """Who takes the place of an asked agency answers (BG Đ24)."""
        new = self._agency("Sở Kinh tế", "department")
        head = self._user("new_head", "group_agency_head", new)
        waiting = self._opinion(self.asked, self.finance_head).sudo()
        succession = (
            self.env["task.succession"]
            .with_user(self.manager)
            .create(
                {
                    "predecessor_ids": [(6, 0, self.finance.ids)],
                    "successor_id": new.id,
                    "day": "2026-04-01",
                    "reference": "01/NQ",
                    "reason": "Hợp nhất",
                }
            )
        )
        succession.action_record()
        self.assertEqual(waiting.agency_id, new)
        self._give(self.asked, head)
        self.assertEqual(waiting.state, "given")
        self.assertFalse(self._opinion(self.asked, self.finance_head))
