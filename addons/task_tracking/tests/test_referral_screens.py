# SPDX-License-Identifier: LGPL-3.0-or-later
import io
from zipfile import ZipFile

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import TaskCase
from .referral_common import ReferralActs


class ReferralScreensCase(ReferralActs, TaskCase):
    def setUp(self):
        super().setUp()
        self._move_to("2026-04-01 02:00:00")
        self.lead = self._released(deadline="2026-04-10")
        self._move_to("2026-04-14 02:00:00")

    def _section(self, user, key):
        """The section of the user's desk, None where it is not there."""
        sections = self.env["task.desk"].with_user(user).get_sections()
        return next((one for one in sections if one["key"] == key), None)

    def _ids(self, user, key):
        return [item["id"] for item in self._section(user, key)["items"]]


@tagged("post_install", "-at_install")
class TestReferralDesk(ReferralScreensCase):
    """What waits for whom stands on the desk."""

    def test_leader(self):
        """What waits for a direction: the Chairman's own at the Chairman's only."""
        late = self._referred(self.lead)
        feedback = self._referred(self.lead, "feedback")
        self.assertEqual(self._ids(self.chairman, "referrals"), (late | feedback).ids)
        self.assertEqual(self._ids(self.deputy, "referrals"), late.ids)
        item = self._section(self.deputy, "referrals")["items"][0]
        self.assertIn("1 task(s)", item["subtitle"])
        self.assertIn("4 day(s) late", item["subtitle"])
        self._direct(late)
        self.assertEqual(self._ids(self.deputy, "referrals"), [])

    def test_office(self):
        """Explanations to answer, what a leader returned, what was directed since."""
        explanation = self._explained(self.lead)
        self.assertEqual(self._ids(self.specialist, "explanations"), explanation.ids)
        self.assertEqual(self._ids(self.specialist2, "explanations"), [])
        draft = self._draft_referral(self.lead)
        self.assertEqual(self._ids(self.manager, "referrals_drafts"), draft.ids)
        draft.action_submit()
        leader = draft.with_user(self.chairman)
        leader.return_reason = "Bổ sung"
        leader.action_return()
        self.assertEqual(self._ids(self.manager, "referrals_returned"), draft.ids)
        again = self.env["task.referral"].browse(draft.action_again()["res_id"])
        self.assertEqual(self._ids(self.manager, "referrals_returned"), [])
        again.with_user(self.manager).action_submit()
        self._direct(again)
        self.assertEqual(self._ids(self.specialist, "referrals_directed"), again.ids)
        self._move_to("2026-04-22 02:00:00")  # 8 days later
        self.assertEqual(self._ids(self.specialist, "referrals_directed"), [])

    def test_agency(self):
        """Opinions asked, drafts to send, answers and directions of these days."""
        draft = self._draft_explanation(self.lead, self.finance_officer)
        self.assertEqual(
            self._ids(self.finance_head, "draft_task.explanation"), draft.ids
        )
        asked = self.env["task.referral"].with_user(self.manager)
        asked = asked._draft_for(
            self.lead.with_user(self.manager), "opinions", "Hỏi ý kiến"
        )
        asked.write({"asked_agency_ids": self.ward.ids, "opinion_due_on": "2026-04-16"})
        asked.action_ask()
        opinion = self._section(self.ward_officer, "opinions")["items"][0]
        self.assertEqual(opinion["subtitle"], "Hỏi ý kiến")
        self.assertEqual(opinion["days_left"], 2)
        self.assertEqual(self._ids(self.finance_head, "opinions"), [])
        draft.with_user(self.finance_head).action_submit()
        one = self._referred(draft, "difficulty")
        self._direct(one)
        self.assertEqual(
            self._ids(self.finance_officer, "explanations_answered"), draft.ids
        )
        line = self._section(self.finance_officer, "directions")["items"][0]
        self.assertEqual(line["title"], "Hoàn thành trước 30/4")

    def test_unknown_kinds_are_not_there(self):
        """Cà Mau's text names neither tasks not done nor opinions (DOMAIN.md ∅)."""
        self.company.regulation_id = self.env.ref("task_tracking.regulation_ca_mau")
        self.assertIsNone(self._section(self.ward_officer, "opinions"))
        self.assertIsNotNone(self._section(self.chairman, "referrals"))
        referrals = self.env["task.referral"].with_user(self.manager)
        views = referrals.get_views([(False, "list"), (False, "search")])["views"]
        self.assertNotIn("action_new_not_done", views["list"]["arch"])
        self.assertNotIn('name="opinions"', views["search"]["arch"])
        self.assertIn('name="difficulty"', views["search"]["arch"])
        menus = self.env["ir.ui.menu"].with_user(self.ward_officer)
        hidden = menus._load_menus_blacklist()
        self.assertIn(self.env.ref("task_tracking.menu_task_opinions").id, hidden)
        self.company.regulation_id = self.regulation
        views = referrals.get_views([(False, "list"), (False, "search")])["views"]
        self.assertIn("action_new_not_done", views["list"]["arch"])
        self.assertIn('name="opinions"', views["search"]["arch"])


@tagged("post_install", "-at_install")
class TestReferralFollowUp(ReferralScreensCase):
    """What is done on a direction."""

    def test_chosen_tasks(self):
        """From a list of tasks: those that are due and not done are taken."""
        ahead = self._released(lead=self.building, deadline="2026-05-29")
        action = (self.lead | ahead).with_user(self.manager).action_refer()
        draft = self.env["task.referral"].browse(action["res_id"])
        self.assertEqual(draft.line_ids.assignment_id, self.lead)
        with self.assertRaises(UserError):
            ahead.with_user(self.manager).action_refer()

    def test_letters_that_urge(self):
        """The direction becomes drafts of letters, one to each agency."""
        other = self._released(lead=self.building, deadline="2026-04-14")
        one = self._referred(self.lead | other)
        with self.assertRaises(UserError):
            one.action_draft_urges()
        self._direct(one)
        one.action_draft_urges()
        letters = self.env["task.urge"].search([("origin_id", "=", one.id)])
        self.assertEqual(len(letters), 2)
        self.assertEqual(letters.line_ids.assignment_id, self.lead | other)


@tagged("post_install", "-at_install")
class TestReferralLetter(ReferralScreensCase):
    """The referral on paper (Nghị định 30/2020/NĐ-CP, Mẫu 1.4)."""

    def _words(self, referral):
        """The document as one text."""
        with ZipFile(io.BytesIO(referral._letter_docx())) as docx:
            return docx.read("word/document.xml").decode()

    def test_tasks_not_done(self):
        """Agency, content, due day, days late, reason given, measures proposed."""
        self._explained(self.lead)
        one = self._referred(self.lead, number="12/BC-VP")
        words = self._words(one)
        for part in (
            "BÁO CÁO",
            "12/BC-VP",
            "Sở Tài chính",
            "Báo cáo kết quả thực hiện",
            "10/04/2026",
            "Chưa có hướng dẫn của Bộ",
            "Đôn đốc bằng văn bản",
            "Lãnh đạo Ủy ban nhân dân tỉnh",
        ):
            self.assertIn(part, words)
        self.assertEqual(one._letter().blocks[-3].rows[0][4], "4")
        self.assertTrue(one._letter_pdf().startswith(b"%PDF"))

    def test_same_referral_same_file(self):
        """What was put forward prints the same bytes later."""
        one = self._referred(self.lead)
        before = one._letter_docx()
        self._move_to("2026-05-14 02:00:00")
        self.env.invalidate_all()
        self.assertEqual(one._letter_docx(), before)

    def test_opinions(self):
        """Each opinion with its agency, who gave none, the summary."""
        asked = self._draft_referral(
            self.lead,
            "opinions",
            asked_agency_ids=(self.finance | self.ward).ids,
            opinion_due_on="2026-04-20",
        )
        asked.action_ask()
        self._give(asked, self.finance_head, "Không thống nhất")
        asked.action_submit()
        words = self._words(asked)
        for part in (
            "Không thống nhất",
            "Chưa có ý kiến: UBND phường Nha Trang",
            "Hai ý kiến khác nhau",
        ):
            self.assertIn(part, words)

    def test_addressed_to_the_chairman(self):
        """KH Đ18.5: a feedback is put to the Chairman."""
        one = self._referred(self.lead, "feedback")
        self.assertIn("Chủ tịch Ủy ban nhân dân tỉnh", self._words(one))
