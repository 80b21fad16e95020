# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.fields import Date
from odoo.tests import tagged

from .common import START, TaskCase
from .feedback_common import FeedbackActs


class FeedbackCase(FeedbackActs, TaskCase):
    def setUp(self):
        super().setUp()
        self._move_to(START)

    def inbox(self, user):
        """The subjects of what `user` was told in Odoo."""
        return (
            self.env["mail.notification"]
            .sudo()
            .search([("res_partner_id", "=", user.partner_id.id)])
            .mail_message_id
        )


@tagged("post_install", "-at_install")
class TestFeedback(FeedbackCase):
    """BG Đ18.5, Đ19.4; KH Đ18.5, Đ19.3."""

    def test_limit_of_khanh_hoa(self):
        """KH Đ18.5: two working days from the receipt: Wednesday 1 April → Friday 3."""
        one = self._feedback()
        self.assertEqual(one.state, "open")
        self.assertEqual(one.received_on, Date.to_date("2026-04-01"))
        clock = self._clock_of(one, "feedback_answer")
        self.assertEqual(clock.due_on, Date.to_date("2026-04-03"))
        self.assertEqual(clock.rule_id.article, "Khoản 5 Điều 18")
        told = one.with_user(self.specialist).get_time_limits()
        self.assertEqual([limit["due_on"] for limit in told], ["2026-04-03"])

    def test_limit_of_bac_giang(self):
        """BG Đ18.5: ten working days: Wednesday 1 → Wednesday 15 April, and no day off
        but the week-ends between."""
        self.company.regulation_id = self.env.ref("task_tracking.regulation_bac_giang")
        clock = self._clock_of(self._feedback(), "feedback_answer")
        self.assertEqual(clock.due_on, Date.to_date("2026-04-15"))

    def test_limit_of_a_letter(self):
        """What came as a letter counts from the day it was received."""
        one = self._draft_feedback(
            self.specialist,
            agency_id=self.ward.id,
            channel="letter",
            reference="15/UBND",
            reference_date="2026-03-27",
            received_on="2026-03-30",
        )
        one.action_submit()
        # Monday 30 March, two working days: Wednesday 1 April
        clock = self._clock_of(one, "feedback_answer")
        self.assertEqual(clock.due_on, Date.to_date("2026-04-01"))

    def test_office_limit_is_told_to_no_agency(self):
        """The limit is the Office's: who reported is not told of it."""
        one = self._feedback()
        self.assertEqual(one.with_user(self.ward_head).get_time_limits(), [])
        self.assertFalse(one._clock_agency())

    def test_unknown(self):
        """Kon Tum, Quảng Trị and Cà Mau do not know it: refused, no menu, no section
        of the desk."""
        menu = self.env.ref("task_tracking.menu_task_feedback")
        shares = self.env.ref("task_tracking.menu_task_feedback_shares")

        def blocked():
            menus = self.env["ir.ui.menu"].with_user(self.ward_head)
            return {menu.id, shares.id} & set(menus._load_menus_blacklist())

        def sections(user):
            desk = self.env["task.desk"].with_user(user).get_sections()
            return {"feedback", "draft_task.feedback"} & {one["key"] for one in desk}

        self.assertFalse(blocked())
        self.assertEqual(sections(self.ward_head), {"draft_task.feedback"})
        self.assertEqual(sections(self.specialist), {"feedback"})
        for code in ("kon_tum", "quang_tri", "ca_mau"):
            text = self.env.ref(f"task_tracking.regulation_{code}")
            self.company.regulation_id = text
            for user in (self.ward_officer, self.specialist):
                with self.assertRaises(UserError) as refused:
                    self._draft_feedback(user, agency_id=self.ward.id)
                self.assertIn("does not know this act", str(refused.exception))
            self.assertEqual(blocked(), {menu.id, shares.id})
            self.assertFalse(sections(self.ward_head) | sections(self.specialist))

    def test_head_submits(self):
        """The officer drafts, the head submits, or whom the head authorised."""
        one = self._draft_feedback()
        with self.assertRaisesRegex(AccessError, "Your draft is kept"):
            one.action_submit()
        self.ward_officer.task_may_submit = True
        one.action_submit()
        self.assertEqual(one.submitted_by_id, self.ward_officer)

    def test_about_itself(self):
        """An agency reports another one, not itself, nor by its name in words."""
        for vals in (
            {"reported_id": self.ward.id},
            {"reported_id": False, "reported_name": " ubnd PHƯỜNG  nha trang"},
        ):
            with self.assertRaisesRegex(UserError, "no feedback on itself"):
                self._draft_feedback(**vals)

    def test_nobody_reported(self):
        """It says whom it is about, from the list or in words."""
        with self.assertRaisesRegex(UserError, "which agency"):
            self._draft_feedback(reported_id=False)
        one = self._feedback(reported_id=False, reported_name="Sở nào đó")
        self.assertIn("Sở nào đó", one.display_name)

    def test_twice_the_same(self):
        """The same again while it is dealt with is refused; afterwards it is not, nor
        is another matter or another agency's."""
        first = self._feedback()
        again = self._draft_feedback(about="chỉ thị 12/CT-UBND:  Báo cáo kết quả")
        with self.assertRaisesRegex(UserError, "reported the same"):
            again.with_user(self.ward_head).action_submit()
        self._feedback(about="Việc khác")
        other = self._draft_feedback(self.building_head)
        other.action_submit()
        office = first.with_user(self.manager)
        office.draft_answer = "Sở đã báo cáo đúng hạn"
        office.action_unfounded()
        again.with_user(self.ward_head).action_submit()
        self.assertEqual(again.state, "open")

    def test_kept(self):
        """What was sent is not changed or deleted, nor are its files."""
        file = (
            self.env["ir.attachment"]
            .with_user(self.ward_head)
            .create({"name": "anh.jpg", "raw": b"x"})
        )
        one = self._feedback(self.ward_head, attachment_ids=[Command.link(file.id)])
        with self.assertRaisesRegex(UserError, "not changed any more"):
            one.with_user(self.ward_head).text = "Khác"
        with self.assertRaisesRegex(UserError, "is kept"):
            one.with_user(self.ward_head).unlink()
        with self.assertRaisesRegex(UserError, "files"):
            file.with_user(self.ward_head).raw = b"y"
        draft = self._draft_feedback(about="Việc khác")
        draft.unlink()

    def test_take_back(self):
        """Who reported takes it back while it is verified: the limit falls away."""
        one = self._feedback()
        clock = self._clock_of(one, "feedback_answer")
        one.with_user(self.ward_head).action_withdraw()
        self.assertEqual(one.state, "withdrawn")
        self.assertEqual(clock.state, "cancelled")
        with self.assertRaises(UserError):
            one.with_user(self.manager).action_unfounded()

    def test_office_is_told(self):
        """The managers are told of what nobody follows yet."""
        self._feedback()
        self.assertIn("Phường chưa nhận", str(self.inbox(self.manager).mapped("body")))

    def test_waits_for_the_office(self):
        """It waits for who follows it, else for the managers."""
        one = self._feedback()
        model = self.env["task.feedback"]
        self.assertEqual(model.search(model._awaited_domain(self.company)), one)
        self.assertEqual(one._awaited_by(), {one: self.manager})
        self._verified(one, self._released())
        self.assertEqual(one._awaited_by(), {one: self.specialist})


@tagged("post_install", "-at_install")
class TestFeedbackAnswer(FeedbackCase):
    """How the Office answers, and who reads which answer."""

    def test_unfounded(self):
        """In words; both are told, each on its own record; the limit is kept."""
        lead = self._released()
        one = self._verified(self._feedback(), lead)
        with self.assertRaisesRegex(UserError, "reason"):
            one.action_unfounded()
        one.draft_answer = "Sở đã gửi báo cáo ngày 31/3"
        self._move_to("2026-04-02 02:00:00")
        one.action_unfounded()
        self.assertEqual(one.state, "unfounded")
        self.assertEqual(one.answered_on, Date.to_date("2026-04-02"))
        clock = self._clock_of(one, "feedback_answer")
        self.assertEqual(clock.state, "in_time")
        reporter = one.with_user(self.ward_officer)
        self.assertEqual(reporter.answer, "Sở đã gửi báo cáo ngày 31/3")
        self.assertIn("ngày 31/3", str(self.inbox(self.ward_head).mapped("body")))
        share = self.env["task.feedback.share"].with_user(self.finance_head).search([])
        self.assertEqual(share.assignment_ids, lead.with_user(self.finance_head))
        self.assertIn("Báo cáo kết quả thực hiện", share.text)
        self.assertIn("không có cơ sở", share.result)
        self.assertIn(
            "không có cơ sở", str(self.inbox(self.finance_head).mapped("body"))
        )
        with self.assertRaises(UserError):
            one.action_unfounded()

    def test_words_to_the_reported(self):
        """The Office says in its own words what the reported agency reads."""
        one = self._verified(self._feedback(), told_text="Đề nghị Sở lưu ý tiến độ")
        one.draft_answer = "Không đúng"
        one.action_unfounded()
        share = self.env["task.feedback.share"].with_user(self.finance_head).search([])
        self.assertEqual(share.text, "Đề nghị Sở lưu ý tiến độ")

    def test_own_task_linked(self):
        """The reporter's own task is not what it is about."""
        own = self._released(lead=self.ward)
        with self.assertRaisesRegex(UserError, "own task"):
            self._verified(self._feedback(), own)

    def test_other_specialist(self):
        """Who follows answers, or a manager; nobody else of the Office once somebody
        does."""
        one = self._verified(self._feedback(), self._released())
        with self.assertRaises(AccessError):
            one.with_user(self.specialist2).finding = "Khác"
        one.with_user(self.manager).finding = "Khác"

    def test_remark(self):
        """A closed task, and one of another agency than was reported, stand out."""
        done, other = self._released(), self._released(lead=self.building)
        self._hand_in(done).with_user(self.specialist).action_accept()
        one = self._verified(self._feedback(), done, other)
        self.assertIn("Completed", one.remark)
        self.assertIn("Sở Xây dựng", one.remark)

    def test_successor(self):
        """BG Đ24: who takes an agency's place reads its feedback and the answer."""
        one = self._feedback()
        succession = (
            self.env["task.succession"]
            .with_user(self.manager)
            .create(
                {
                    "predecessor_ids": [Command.link(self.ward.id)],
                    "successor_id": self.building.id,
                    "reference": "NQ 01",
                    "reason": "Sáp nhập",
                }
            )
        )
        succession.action_record()
        self.assertEqual(one.agency_id, self.building)
        self.assertTrue(one.with_user(self.building_head).has_access("read"))
        self.assertFalse(one.with_user(self.ward_head).has_access("read"))
