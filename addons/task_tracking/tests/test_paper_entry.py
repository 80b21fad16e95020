# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import START
from .referral_common import ReferralActs
from .rights_common import RightsCase


@tagged("post_install", "-at_install")
class TestPaperEntry(ReferralActs, RightsCase):
    """An opinion or an answer that came on paper is entered by the Office on behalf of
    the agency; who entered it stays visible."""

    def setUp(self):
        super().setUp()
        self._move_to(START)
        self.lead = self._shared_task()
        self.referral = self._asked(
            self.lead, self.finance | self.building, self.specialist
        )
        inquiry = (
            self.env["task.inquiry"]
            .with_user(self.specialist)
            .create(
                {
                    "name": "Hỏi tiến độ",
                    "text": "Tiến độ?",
                    "due_on": "2026-04-08",
                    "agency_ids": [Command.set(self.finance.ids)],
                }
            )
        )
        inquiry.action_send()
        self.answer = inquiry.sudo().answer_ids
        # received on Thursday 2 April, entered on Monday
        self._move_to("2026-04-06 02:00:00")

    def _entry(self, user, **vals):
        scan = (
            self.env["ir.attachment"]
            .with_user(user)
            .create({"name": "Cong van.pdf", "raw": b"%PDF scan"})
        )
        values = {
            "number": "45/STC-VP",
            "dated_on": "2026-04-01",
            "received_on": "2026-04-02",
            "text": "Thống nhất",
            "attachment_ids": [Command.set(scan.ids)],
            **vals,
        }
        return self.env["task.paper.entry"].with_user(user).create(values)

    def _of_opinion(self, user=None, **vals):
        about = {"referral_id": self.referral.id, "agency_id": self.finance.id}
        return self._entry(user or self.specialist, **{**about, **vals})

    def _of_answer(self, user=None, **vals):
        about = {"answer_id": self.answer.id, "agency_id": self.finance.id}
        return self._entry(user or self.specialist, **about, **vals)

    def test_opinion(self):
        """It is given on the day the paper was received, with number, day and file;
        the agency reads who entered it."""
        self._of_opinion().action_apply()
        opinion = self.referral.all_opinion_ids
        self.assertEqual(
            (opinion.agency_id, opinion.text), (self.finance, "Thống nhất")
        )
        self.assertEqual(
            (opinion.paper_number, str(opinion.paper_date), str(opinion.given_on)),
            ("45/STC-VP", "2026-04-01", "2026-04-02"),
        )
        self.assertEqual(self.referral.missing_agency_ids, self.building)
        mine = opinion.with_user(self.finance_head)
        self.assertEqual(mine.entered_by_id, self.specialist)
        self.assertFalse(mine.given_by_id)
        self.assertEqual(mine.attachment_ids.raw, b"%PDF scan")
        with self.assertRaises(UserError):
            mine.text = "Khác"

    def test_opinion_leaves_the_draft_to_the_agency(self):
        """What the agency prepared on the system and did not give is read by nobody."""
        mine = self._opinion(self.referral, self.finance_head)
        file = (
            self.env["ir.attachment"]
            .with_user(self.finance_head)
            .create({"name": "Nhap.txt", "raw": b"nhap"})
        )
        mine.write({"text": "Nháp", "attachment_ids": [Command.link(file.id)]})
        self._of_opinion().action_apply()
        opinion = self.referral.all_opinion_ids
        self.assertEqual(opinion.text, "Thống nhất")
        self.assertNotIn(file, opinion.attachment_ids)
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            file.with_user(self.specialist).read(["raw"])

    def test_answer(self):
        """An answer counts on the day the paper was received; what the agency drafted
        for its tasks is not sent with it."""
        mine = self.answer.with_user(self.finance_head)
        mine.line_ids.draft_text = "Nháp"
        self._of_answer().action_apply()
        office = self.answer.with_user(self.specialist)
        self.assertEqual((office.state, office.text), ("sent", "Thống nhất"))
        self.assertEqual(str(office.sent_on), "2026-04-02")
        self.assertEqual(office.entered_by_id, self.specialist)
        self.assertFalse(office.line_ids.text)
        self.assertEqual(office.line_ids.told_state, self.lead.state)
        self.assertEqual(office.attachment_ids.raw, b"%PDF scan")

    def test_answer_again_by_the_agency(self):
        """Sent back, the agency answers itself: it is no paper any more."""
        self._of_answer().action_apply()
        office = self.answer.with_user(self.specialist)
        office.return_reason = "Thiếu"
        office.action_return()
        mine = self.answer.with_user(self.finance_head)
        mine.draft_text = "Đủ"
        mine.action_send()
        self.assertEqual((mine.text, mine.paper_number), ("Đủ", False))
        self.assertEqual(mine.sent_by_id, self.finance_head)

    def test_who(self):
        """Who asks, or an Office manager."""
        able = {"follows", "manager"}
        refusals = UserError
        entered = self._who_can(
            lambda user: self._of_opinion(user).action_apply(), refusals
        )
        self.assertEqual(entered, able)
        entered = self._who_can(
            lambda user: self._of_answer(user).action_apply(), refusals
        )
        self.assertEqual(entered, able)

    def test_needs(self):
        """The number, the words, the file; days that can be; an agency that is asked
        and has not answered."""
        for vals in (
            {"number": " "},
            {"text": " "},
            {"attachment_ids": False},
            {"received_on": "2026-03-31"},
            {"received_on": "2026-04-07"},
            {"dated_on": "2026-04-03"},
        ):
            with self.assertRaises(UserError, msg=str(vals)):
                self._of_opinion(**vals).action_apply()
        with self.assertRaises(UserError):
            self._of_opinion(agency_id=self.ward.id).action_apply()
        self._of_opinion().action_apply()
        with self.assertRaises(UserError):
            self._of_opinion().action_apply()

    def test_closed_fields(self):
        """Nobody writes that something came on paper."""
        for record, user in (
            (self._opinion(self.referral, self.finance_head), self.finance_head),
            (self.answer, self.specialist),
        ):
            for vals in (
                {"paper_number": "1"},
                {"paper_date": "2026-04-01"},
                {"entered_by_id": user.id},
            ):
                with self.assertRaises(UserError):
                    record.with_user(user).write(vals)

    def test_buttons(self):
        """The forms open with what they are about."""
        action = self.referral.with_user(self.manager).action_enter_paper()
        self.assertEqual(action["context"]["default_referral_id"], self.referral.id)
        answer = self.answer.with_user(self.specialist)
        self.assertTrue(answer.can_enter)
        self.assertEqual(
            answer.action_enter_paper()["context"]["default_answer_id"], answer.id
        )
        self.assertFalse(self.answer.with_user(self.finance_head).can_enter)
