# SPDX-License-Identifier: LGPL-3.0-or-later
import io

from docx import Document
from pypdf import PdfReader

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.fields import Date
from odoo.tests import tagged

from .common import START, TaskCase


class InquiryCase(TaskCase):
    """The finance department leads two tasks, the building department one."""

    def setUp(self):
        super().setUp()
        self._move_to(START)
        self.first = self._released()
        self.second = self._released(deadline="2026-05-20")
        self.third = self._released(lead=self.building)

    def _draft_inquiry(self, user=None, **vals):
        values = {
            "name": "Tình hình quý I",
            "text": "Báo cáo tiến độ từng nhiệm vụ",
            "due_on": "2026-04-08",
        }
        return (
            self.env["task.inquiry"]
            .with_user(user or self.specialist)
            .create({**values, **vals})
        )

    def _sent(self, user=None, **vals):
        """A request to all agencies with open tasks, sent."""
        one = self._draft_inquiry(user, **vals)
        if one.scope in ("open", "overdue") and not one.agency_ids:
            one.action_add_agencies()
        one.action_send()
        return one

    def _answer_of(self, inquiry, user):
        """The answer of the user's agency, as the user sees it."""
        answers = self.env["task.inquiry.answer"].with_user(user)
        return answers.search([("name", "=", inquiry.name)])

    def _notices(self, user):
        return self.env["task.notice"].search(
            [
                ("partner_id", "=", user.partner_id.id),
                ("res_model", "=", "task.inquiry.answer"),
            ]
        )

    def _answered(self, inquiry, user, words="Đang triển khai", **vals):
        answer = self._answer_of(inquiry, user)
        answer.write({"draft_text": words, **vals})
        answer.action_send()
        return answer


@tagged("post_install", "-at_install")
class TestInquiry(InquiryCase):
    """BG Đ8.1d, Đ18.4; KT Đ18.2; QT Đ20.4; CM Đ10; KH Đ10.1d, Đ18.4."""

    def test_all_with_open_tasks(self):
        """Those with open lead tasks are asked, each about its own."""
        one = self._sent()
        self.assertEqual(one.agency_ids, self.finance | self.building)
        by_agency = one.sudo().answer_ids.grouped("agency_id")
        self.assertEqual(
            by_agency[self.finance].line_ids.assignment_id, self.first | self.second
        )
        self.assertEqual(by_agency[self.building].line_ids.assignment_id, self.third)
        self.assertEqual(one.counted, "0 of 2")

    def test_overdue_kind_and_field(self):
        """Only those with overdue tasks; of a kind; of a field."""
        self._move_to("2026-04-20 02:00:00")
        one = self._sent(scope="overdue", due_on="2026-04-27")
        lines = one.sudo().answer_ids.line_ids
        self.assertEqual(lines.assignment_id, self.first | self.third)
        draft = self._draft_inquiry(agency_kind="ward", due_on="2026-04-27")
        with self.assertRaisesRegex(UserError, "No agency has such a task"):
            draft.action_add_agencies()
        field = self._released(lead=self.ward, field_id=self.farming.id)
        of_field = self._sent(field_id=self.farming.id, due_on="2026-04-27")
        self.assertEqual(of_field.agency_ids, self.ward)
        self.assertEqual(of_field.sudo().answer_ids.line_ids.assignment_id, field)

    def test_chosen_tasks(self):
        """The agencies of the tasks chosen are asked about these alone."""
        one = self._sent(scope="chosen", assignment_ids=[Command.set(self.second.ids)])
        self.assertEqual(one.agency_ids, self.finance)
        self.assertEqual(one.sudo().answer_ids.line_ids.assignment_id, self.second)

    def test_in_words(self):
        """An agency may be asked about no task at all."""
        one = self._sent(scope="none", agency_ids=[Command.set(self.ward.ids)])
        answer = self._answered(one, self.ward_head)
        self.assertFalse(answer.line_ids)
        self.assertEqual(one.counted, "1 of 1")

    def test_nobody_or_past(self):
        """It asks somebody, by a day to come."""
        with self.assertRaisesRegex(UserError, "Choose the agencies"):
            self._draft_inquiry().action_send()
        past = self._draft_inquiry(due_on="2026-03-31")
        past.action_add_agencies()
        with self.assertRaisesRegex(UserError, "has passed"):
            past.action_send()

    def test_told_at_once(self):
        """Each person of the agencies asked: in Odoo and by one mail each."""
        one = self._sent()
        for user in (self.finance_head, self.finance_officer, self.building_head):
            self.assertEqual(len(self._notices(user)), 1)
            inbox = (
                self.env["mail.notification"]
                .sudo()
                .search([("res_partner_id", "=", user.partner_id.id)])
            )
            self.assertIn(one.text, str(inbox.mail_message_id.mapped("body")))
        self.assertIn("Tình hình quý I", self._notices(self.finance_head).subject)
        self.assertFalse(self._notices(self.ward_head))

    def test_prefilled(self):
        """The words of each task begin with its latest progress entry."""
        for words in ("Mới bắt đầu", "Đã xong dự thảo"):
            self.env["task.progress"].with_user(self.finance_officer).create(
                {"assignment_id": self.first.id, "text": words}
            )
        one = self._sent()
        lines = self._answer_of(one, self.finance_officer).line_ids
        self.assertEqual(lines.mapped("draft_text"), ["Đã xong dự thảo", False])

    def test_answer(self):
        """The officer drafts, the head sends; the Office reads it then, not before."""
        one = self._sent()
        answer = self._answer_of(one, self.finance_officer)
        answer.draft_text = "Chung: tốt"
        answer.line_ids[0].draft_text = "Đang trình"
        with self.assertRaisesRegex(AccessError, "Your draft is kept"):
            answer.action_send()
        office = answer.with_user(self.specialist)
        self.assertFalse(office.text)
        with self.assertRaises(AccessError):
            office.read(["draft_text"])
        with self.assertRaises(AccessError):
            office.line_ids.read(["draft_text"])
        answer.with_user(self.finance_head).action_send()
        self.assertEqual(office.text, "Chung: tốt")
        self.assertEqual(office.line_ids.mapped("text"), ["Đang trình", False])
        self.assertEqual(office.line_ids[0].told_state, "doing")
        self.assertEqual(one.counted, "1 of 2")
        self.assertEqual(one.progress, 50)

    def test_progress_entries(self):
        """Ticked, what is new becomes progress on the tasks; unticked, nothing; what
        was prefilled is not entered again."""
        self.env["task.progress"].with_user(self.finance_officer).create(
            {"assignment_id": self.first.id, "text": "Đã xong dự thảo"}
        )
        one = self._sent()
        answer = self._answer_of(one, self.finance_head)
        answer.line_ids[1].draft_text = "Đang lấy ý kiến"
        answer.action_send()
        entries = self.env["task.progress"].search([])
        self.assertEqual(entries.mapped("assignment_id.id").count(self.first.id), 1)
        new = entries.filtered(lambda entry: entry.assignment_id == self.second)
        self.assertEqual(new.text, "Đang lấy ý kiến")
        self.assertEqual(self.second.state, "doing")
        other = self._answer_of(one, self.building_head)
        other.enters_progress = False
        other.line_ids.draft_text = "Chưa làm"
        other.action_send()
        self.assertFalse(self.third.progress_ids)

    def test_nothing_said(self):
        """An empty answer is not sent."""
        answer = self._answer_of(self._sent(), self.building_head)
        with self.assertRaisesRegex(UserError, "Write the answer"):
            answer.action_send()

    def test_kept_once_sent(self):
        """What was sent is not changed, nor a request that was sent."""
        one = self._sent()
        answer = self._answered(one, self.building_head)
        with self.assertRaisesRegex(UserError, "not changed any more"):
            answer.draft_text = "Khác"
        with self.assertRaisesRegex(UserError, "not changed any more"):
            answer.line_ids.draft_text = "Khác"
        for vals in ({"name": "Khác"}, {"due_on": "2026-12-31"}):
            with self.assertRaises(UserError):
                one.write(vals)
        with self.assertRaises(UserError):
            one.unlink()

    def test_sent_back(self):
        """With words; what was answered is kept and read until it is sent again."""
        one = self._sent()
        answer = self._answered(one, self.building_head, "Lần một")
        office = answer.with_user(self.specialist)
        with self.assertRaisesRegex(UserError, "why it is sent back"):
            office.action_return()
        office.return_reason = "Thiếu số liệu"
        office.action_return()
        self.assertEqual(one.counted, "0 of 2")
        self.assertIn("Lần một", str(answer.sudo().message_ids.mapped("body")))
        answer.draft_text = "Lần hai"
        self.assertEqual(office.text, "Lần một")
        self._move_to("2026-04-10 02:00:00")
        answer.action_send()
        self.assertEqual(office.text, "Lần hai")
        # in time by the first answer
        self.assertFalse(answer.is_late)
        self.assertEqual(answer.last_sent_on, Date.to_date("2026-04-10"))

    def test_late_and_overdue(self):
        """By the province's day, never stored: the day itself is in time."""
        one = self._sent()
        answers = self.env["task.inquiry.answer"].with_user(self.manager)
        self._move_to("2026-04-08 10:00:00")
        self.assertFalse(answers.search([("is_overdue", "=", True)]))
        # 00:30 of 9 April in the province
        self._move_to("2026-04-08 17:30:00")
        self.env.invalidate_all()
        overdue = answers.search([("is_overdue", "=", True)])
        self.assertEqual(overdue.agency_id, self.finance | self.building)
        self.assertTrue(all(overdue.mapped("is_overdue")))
        self.assertEqual(one.late_count, 2)
        answer = self._answered(one, self.building_head)
        self.assertTrue(answer.is_late)
        self.assertEqual(answers.search([("is_overdue", "=", True)]), overdue - answer)
        self.assertEqual((one.late_count, one.missing_count), (2, 1))

    def test_reminding(self):
        """Those missing are told again, once a day; the others are not."""
        one = self._sent()
        self._answered(one, self.building_head)
        self._move_to("2026-04-07 02:00:00")
        one.action_remind()
        one.action_remind()
        self.assertEqual(len(self._notices(self.finance_head)), 2)
        self.assertEqual(len(self._notices(self.building_head)), 1)
        self._answered(one, self.finance_head)
        with self.assertRaisesRegex(UserError, "All agencies have answered"):
            one.action_remind()

    def test_letter_to_the_missing(self):
        """A letter of urging is drafted to who has not answered."""
        one = self._sent()
        self._answered(one, self.building_head)
        action = one.action_urge()
        letter = self.env["task.urge"].browse(action["res_id"])
        self.assertEqual(letter.agency_ids, self.finance)
        self.assertEqual(letter.line_ids.assignment_id, self.first | self.second)

    def test_close(self):
        """Closed, nothing comes in; opened again, it does."""
        one = self._sent()
        one.action_close()
        answer = self._answer_of(one, self.finance_head)
        with self.assertRaisesRegex(UserError, "does not wait"):
            answer.draft_text = "Muộn"
        self.assertFalse(answer.is_overdue)
        one.action_reopen()
        answer.draft_text = "Muộn"
        answer.action_send()
        with self.assertRaises(UserError):
            one.action_reopen()

    def test_reminded_by_the_ladder(self):
        """It waits for the agency's people until its day (ladder of agencies)."""
        one = self._sent()
        model = self.env["task.inquiry.answer"]
        self.assertEqual(model._awaited_due, "due_on")
        waiting = model.search(model._awaited_domain(self.company))
        self.assertEqual(waiting, one.sudo().answer_ids)
        people = waiting._awaited_by()
        mine = waiting.filtered(lambda answer: answer.agency_id == self.finance)
        self.assertEqual(people[mine], self.finance_head | self.finance_officer)
        one.action_close()
        self.assertFalse(model.search(model._awaited_domain(self.company)))

    def test_successor(self):
        """BG Đ24: who takes an agency's place answers."""
        one = self._sent()
        succession = (
            self.env["task.succession"]
            .with_user(self.manager)
            .create(
                {
                    "predecessor_ids": [Command.link(self.finance.id)],
                    "successor_id": self.building.id,
                    "reference": "NQ 01",
                    "reason": "Sáp nhập",
                }
            )
        )
        succession.action_record()
        answers = self._answer_of(one, self.building_head)
        self.assertEqual(len(answers), 2)
        taken = answers.filtered("asked_as_id")
        self.assertEqual(taken.asked_as_id, self.finance)
        taken.draft_text = "Thay mặt"
        taken.action_send()
        self.assertFalse(self._answer_of(one, self.finance_head))

    def test_desk(self):
        """The agency finds what is asked of it, the Office what still comes in."""

        def counts(user):
            told = self.env["task.desk"].with_user(user).get_sections()
            return {section["key"]: section["count"] for section in told}

        one = self._sent()
        self.assertEqual(counts(self.finance_officer)["inquiry_answers"], 1)
        self.assertEqual(counts(self.ward_head)["inquiry_answers"], 0)
        self.assertEqual(counts(self.specialist)["inquiries"], 1)
        self.assertEqual(counts(self.specialist2)["inquiries"], 0)
        self._answered(one, self.finance_head)
        self.assertEqual(counts(self.finance_officer)["inquiry_answers"], 0)

    def test_queries_do_not_grow(self):
        """The counts of many requests take no query for each."""
        self._sent()
        for _number in range(3):
            self._sent()
        inquiries = self.env["task.inquiry"].search([])

        def count(records):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.mapped("counted")
            return self.env.cr.sql_log_count - before

        count(inquiries)
        self.assertEqual(count(inquiries), count(inquiries[:1]))


@tagged("post_install", "-at_install")
class TestInquiryPrint(InquiryCase):
    """The summary of all answers and each agency's report, on paper."""

    def _words(self, record):
        pages = PdfReader(io.BytesIO(record._letter_pdf())).pages
        pdf = " ".join(" ".join(page.extract_text() for page in pages).split())
        document = Document(io.BytesIO(record._letter_docx()))
        texts = [one.text for one in document.paragraphs]
        for table in document.tables:
            texts += [cell.text for row in table.rows for cell in row.cells]
        return pdf, " ".join(" ".join(texts).split())

    def test_summary(self):
        """Who answered when, who not, each agency's words and tasks."""
        one = self._sent()
        answer = self._answer_of(one, self.finance_head)
        answer.line_ids[0].draft_text = "Đang trình ký"
        self._answered(one, self.finance_head, "Cơ bản đúng tiến độ")
        for words in self._words(one):
            for told in (
                "1/2 cơ quan, đơn vị đã trả lời",
                "Sở Xây dựng",
                "Chưa trả lời",
                "Cơ bản đúng tiến độ",
                "Đang trình ký",
            ):
                self.assertIn(told, words)

    def test_report_of_the_agency(self):
        """The agency prints what it prepares; the Office what it sent."""
        one = self._sent()
        answer = self._answer_of(one, self.finance_head)
        answer.draft_text = "Bản nháp"
        self.assertIn("Bản nháp", self._words(answer)[0])
        self.assertNotIn("Bản nháp", self._words(answer.with_user(self.specialist))[0])
