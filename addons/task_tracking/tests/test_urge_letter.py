# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import START, TaskCase
from .urge_common import UrgeActs


@tagged("post_install", "-at_install")
class TestUrgeLetter(UrgeActs, TaskCase):
    """The letter of urging (Nghị định 30/2020, Mẫu 1.5), from its draft to the mail."""

    def setUp(self):
        super().setUp()
        self._move_to(START)
        self.task = self._released(support=self.ward)
        self.support = self.task.task_id.assignment_ids - self.task
        self.second = self._released(name="Rà soát quy hoạch", deadline="2026-04-14")
        self.other = self._released(lead=self.building)
        # Thursday 16 April
        self._move_to("2026-04-16 02:00:00")

    def _notices(self, letter):
        return (
            self.env["task.notice"]
            .sudo()
            .search([("marker", "=like", f"urge/{letter.id}/%")])
        )

    # -- drafting ----------------------------------------------------------------------
    def test_one_to_each_agency(self):
        """Of several tasks each agency gets a letter about its own alone; of one task
        all its agencies get one."""
        drafts = self._draft(self.task | self.second | self.other)
        self.assertEqual(len(drafts), 2)
        to_finance = drafts.filtered(lambda one: one.agency_ids == self.finance)
        self.assertEqual(to_finance.line_ids.assignment_id, self.task | self.second)
        one = self._draft(self.task | self.support)
        self.assertEqual(one.agency_ids, self.finance | self.ward)

    def test_no_letter_about_others(self):
        """A task of another agency cannot be added to an agency's letter."""
        letter = self._draft(self.task | self.second)
        with self.assertRaises(UserError):
            letter.write({"line_ids": letter.line_ids._commands(self.other)})

    def test_prefilled(self):
        """A draft names the agency, the tasks and what is asked; an answer in five
        working days from Thursday 16/4: Thursday 23/4. Its words follow its tasks until
        somebody writes others, and again when these are emptied."""
        letter = self._draft(self.task | self.second)
        self.assertEqual(letter.answer_by, date(2026, 4, 23))
        self.assertFalse(letter.day)
        self.assertEqual(letter.subject, "đôn đốc thực hiện nhiệm vụ quá hạn")
        self.assertIn("Sở Tài chính còn 02 nhiệm vụ đã quá hạn", letter.body)
        self.assertEqual(letter.issuing_body, "Văn phòng")
        letter.line_ids[0].unlink()
        self.assertIn("còn 01 nhiệm vụ", letter.body)
        letter.body = "Lời khác"
        letter.write({"line_ids": letter.line_ids._commands(self.second)})
        self.assertEqual(letter.body, "Lời khác")
        letter.body = False
        self.assertIn("nhiệm vụ đã quá hạn", letter.body)

    def test_begins_as_the_last_one(self):
        """The next letter begins with the signer and recipients of the last one."""
        self._issue(self.task, recipients="Chủ tịch UBND tỉnh (để b/c)", filed="VT, TH")
        letter = self._draft(self.second)
        self.assertEqual(letter.signer_name, "Trần Văn B")
        self.assertEqual(letter.recipients, "Chủ tịch UBND tỉnh (để b/c)")
        self.assertFalse(letter.number)

    def test_nothing_to_urge(self):
        """What waits for the Office's answer, or is done, is not the agency's to do."""
        self._hand_in(self.task)
        with self.assertRaises(UserError):
            self._draft(self.task)
        self.assertEqual(
            self._draft(self.task | self.second).line_ids.assignment_id, self.second
        )

    def test_all_overdue_of_an_agency(self):
        """The button on the agency drafts one letter about all that is overdue there:
        lead assignments, not what is due later; a second press on the system's draft
        adds what is missing there instead."""
        later = self._released(deadline="2026-05-20")
        agency = self.finance.with_user(self.specialist)
        action = agency.action_urge_overdue()
        letter = self.env["task.urge"].browse(action["res_id"])
        self.assertEqual(letter.line_ids.assignment_id, self.task | self.second)
        self.assertNotIn(later, letter.line_ids.assignment_id)
        letter.action_cancel()
        draft = self.env["task.urge"]._draft_by_ladder(
            [(self.task, self.task.due_on, "letter/1")]
        )
        action = agency.action_urge_overdue()
        self.assertEqual(action["res_id"], draft.id)
        self.assertEqual(draft.line_ids.assignment_id, self.task | self.second)

    # -- by the ladder -----------------------------------------------------------------
    def test_ladder_drafts_once(self):
        """One open draft an agency; what was drafted is not drafted again, also if it
        was taken out or the draft discarded."""
        urges = self.env["task.urge"]
        due = self.task.due_on
        wanted = [(self.task, due, "letter/a"), (self.other, due, "letter/b")]
        drafts = urges._draft_by_ladder(wanted)
        self.assertEqual(len(drafts), 2)
        self.assertTrue(all(drafts.mapped("by_ladder")))
        self.assertEqual(set(drafts.mapped("state")), {"draft"})
        self.assertFalse(urges._draft_by_ladder(wanted))
        more = urges._draft_by_ladder([(self.second, self.second.due_on, "letter/c")])
        self.assertIn(more, drafts)
        self.assertEqual(len(more.line_ids), 2)
        mine = more.with_user(self.manager)
        line = mine.line_ids.filtered(lambda one: one.assignment_id == self.task)
        line.unlink()
        self.assertTrue(line.exists().is_left_out)
        self.assertEqual(more.task_count, 1)
        mine.action_cancel()
        self.assertFalse(
            urges._draft_by_ladder([*wanted, (self.second, due, "letter/c")])
        )
        with self.assertRaises(UserError):
            mine.unlink()

    def test_ladder_begins_anew_after_issuing(self):
        """What the ladder asks for after a letter was issued goes into a new draft."""
        urges = self.env["task.urge"]
        first = urges._draft_by_ladder([(self.task, self.task.due_on, "letter/a")])
        self._complete(first.with_user(self.manager)).action_issue()
        second = urges._draft_by_ladder([(self.task, self.task.due_on, "letter/d")])
        self.assertNotEqual(first, second)
        self.assertEqual(second.signer_name, "Trần Văn B")

    # -- issuing -----------------------------------------------------------------------
    def test_issue_needs(self):
        """Number, day, signer and a task: without them a letter is not issued."""
        for missing in ("number", "day", "signer_name"):
            letter = self._complete(self._draft(self.task), **{missing: False})
            with self.assertRaises(UserError):
                letter.action_issue()
            self.assertEqual(letter.state, "draft")
        empty = self._complete(self._draft(self.task))
        empty.line_ids.unlink()
        with self.assertRaises(UserError):
            empty.action_issue()
        with self.assertRaises(UserError):
            self._complete(self._draft(self.task), day="2026-04-17")

    def test_issued_is_kept(self):
        """An issued letter is kept as it was, with its PDF, and nobody writes it: not
        its words, not its lines, not its file."""
        letter = self._issue(self.task | self.second)
        self.assertEqual((letter.state, letter.issued_by_id), ("done", self.specialist))
        before = letter._letter_pdf()
        self.finance.name = "Tên mới"
        self.assertEqual(letter.with_user(self.manager)._letter_pdf(), before)
        self.assertIn("Sở Tài chính", letter.body)
        for act in (
            lambda: letter.with_user(self.manager).write({"body": "Khác"}),
            lambda: letter.line_ids.with_user(self.manager).unlink(),
            lambda: letter.pdf_id.with_user(self.manager).unlink(),
            lambda: letter.with_user(self.manager).action_cancel(),
            lambda: letter.with_user(self.manager).action_issue(),
        ):
            with self.assertRaises(UserError):
                act()

    def test_done_meanwhile_is_left_out(self):
        """What was handed in since drops out of the letter with a word, and its agency
        is not told of it; a moved deadline is urged as it is now."""
        letter = self._complete(self._draft(self.task | self.second))
        self._hand_in(self.task)
        extended = self.second.with_user(self.chairman)
        extended.change_deadline("2026-04-15", "Điều chỉnh")
        self.env.invalidate_all()
        self.assertEqual(letter.over_count, 1)
        self.assertIn("còn 01 nhiệm vụ", letter.body)
        letter.action_issue()
        gone = letter.line_ids.filtered("is_left_out")
        self.assertEqual(gone.assignment_id, self.task)
        self.assertEqual(gone.left_out_why, "Waiting for confirmation")
        kept = letter.line_ids - gone
        self.assertEqual((kept.anchor_on, kept.days_late), (date(2026, 4, 15), 1))
        self.assertFalse(self.task.with_user(self.finance_head).urge_line_ids)
        words = self._pdf_words(letter._letter_pdf())
        self.assertNotIn("Báo cáo kết quả thực hiện", words)

    def test_all_done_meanwhile(self):
        """Where nothing is left to urge the letter is not issued, and stays a draft."""
        letter = self._complete(self._draft(self.task))
        self._hand_in(self.task)
        with self.assertRaises(UserError):
            letter.action_issue()

    def test_same_number_is_told(self):
        """The same number in the same year is told, not refused: one paper may be kept
        as several letters. Another year's is no matter."""
        self._issue(self.task, number="12/VP-TH")
        letter = self._complete(self._draft(self.second), number="12/vp-th ")
        self.assertTrue(letter.same_number_id)
        letter.number = "13/VP-TH"
        self.assertFalse(letter.same_number_id)
        letter.number = "12/VP-TH"
        letter.action_issue()
        self.assertEqual(letter.state, "done")
        self._move_to("2027-01-05 02:00:00")
        self.assertFalse(
            self._complete(self._draft(self.other), number="12/VP-TH").same_number_id
        )

    # -- who is told -------------------------------------------------------------------
    def test_mail_to_the_agency(self):
        """The heads and officers of the agency urged get the letter, once, with the
        PDF; nobody else does."""
        letter = self._issue(self.task)
        notices = self._notices(letter)
        people = (self.finance_head | self.finance_officer).partner_id
        self.assertEqual(notices.partner_id, people)
        self.assertEqual(len(notices), 2)
        self.assertIn("12/VP-TH", notices[0].subject)
        self.assertIn("12-VP-TH", notices[0].file_names)
        body = notices[0].sudo().body_html
        self.assertIn(f"model=task.urge&amp;res_id={letter.id}", body)

    def test_signed_file_goes_out(self):
        """Where the signed file is here, it is what is sent."""
        letter = self._complete(self._draft(self.task))
        signed = (
            self.env["ir.attachment"]
            .with_user(self.specialist)
            .create({"name": "vb-da-ky.pdf", "raw": b"%PDF-1.4 signed"})
        )
        letter.attachment_ids = signed
        letter.action_issue()
        self.assertEqual(self._notices(letter)[0].file_names, "vb-da-ky.pdf")

    def test_mail_names_own_tasks(self):
        """A letter to several agencies of one task: each is told its own share, and a
        reply lands on its own assignment."""
        letter = self._issue(self.task | self.support)
        by_agency = {
            notice.partner_id: notice.res_id for notice in self._notices(letter)
        }
        self.assertEqual(by_agency[self.ward_head.partner_id], self.support.id)
        self.assertEqual(by_agency[self.finance_head.partner_id], self.task.id)

    # -- on paper ----------------------------------------------------------------------
    def test_pdf_and_docx(self):
        """Head, number, abstract, addressee, table of directive, content, deadline and
        days overdue on the letter's day, what is asked by when, recipients, signer."""
        letter = self._issue(
            self.task | self.second,
            recipients="Chủ tịch UBND tỉnh (để b/c)",
            filed="VT, TH",
            place="Khánh Hòa",
        )
        for words in (
            self._pdf_words(letter._letter_pdf()),
            self._docx_words(letter._letter_docx()),
        ):
            for part in (
                "ỦY BAN NHÂN DÂN TỈNH",
                "VĂN PHÒNG",
                "Số: 12/VP-TH",
                "V/v đôn đốc thực hiện nhiệm vụ quá hạn",
                "Khánh Hòa, ngày 16 tháng 4 năm 2026",
                "Kính gửi: Sở Tài chính",
                "còn 02 nhiệm vụ đã quá hạn",
                "10/04/2026",
                "14/04/2026",
                "Rà soát quy hoạch",
                "chậm nhất ngày 23/04/2026",
                "- Như trên;",
                "- Chủ tịch UBND tỉnh (để b/c);",
                "- Lưu: VT, TH.",
                "TL. CHỦ TỊCH",
                "Trần Văn B",
            ):
                self.assertIn(part, words)
        table = letter.sudo()._task_table()
        self.assertEqual([row[-1] for row in table.rows], ["6", "2"])

    def test_paper_to_several(self):
        """One task's letter is addressed to all its agencies, the lead first, and its
        table has a row for each."""
        letter = self._draft(self.task | self.support).sudo()
        self.assertEqual(
            letter._addressees(), ["Sở Tài chính", "UBND phường Nha Trang"]
        )
        self.assertEqual(
            [row[1:] for row in letter._task_table().rows],
            [
                ("Sở Tài chính", "Chủ trì", "10/04/2026", "6"),
                ("UBND phường Nha Trang", "Phối hợp", "10/04/2026", "–"),
            ],
        )
        self.assertIn("“Báo cáo kết quả thực hiện”", letter.body)

    # -- what brought it about ---------------------------------------------------------
    def test_origin(self):
        """A letter keeps what brought it about, and only in the caller's own name."""
        origin = self.task.document_id
        urges = self.env["task.urge"].with_user(self.specialist)
        letter = urges._draft_letter(
            self.task.with_user(self.specialist), origin=origin
        )
        self.assertFalse(urges._issued_for(origin))
        self._complete(letter).action_issue()
        self.assertEqual(urges._issued_for(origin).sudo(False), letter)
        with self.assertRaises(AccessError):
            urges._draft_letter(
                self.second.with_user(self.specialist), sender=self.finance
            )
