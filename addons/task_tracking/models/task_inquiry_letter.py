# SPDX-License-Identifier: LGPL-3.0-or-later
"""What agencies answered, printed (Nghị định 30/2020/NĐ-CP, Mẫu 1.4): each agency's
own report, and the Office's summary of all. Vietnamese whatever the reader's language;
a summary of many answers is one query per model."""

from odoo import models

from ..logic.letter import Heading, Letter, Paragraph, Table

STATES = {
    "released": "Chưa tiếp nhận",
    "doing": "Đang thực hiện",
    "submitted": "Chờ xác nhận",
    "returned": "Trả lại",
    "done": "Hoàn thành",
    "withdrawn": "Thu hồi",
}
OVERVIEW_HEADS = ("STT", "Cơ quan, đơn vị", "Ngày trả lời", "Tình trạng", "Số nhiệm vụ")
TASK_HEADS = ("STT", "Nội dung nhiệm vụ", "Thời hạn", "Trạng thái", "Tình hình")


def _day(day):
    return f"{day:%d/%m/%Y}" if day else ""


class TaskInquiry(models.Model):
    _name = "task.inquiry"
    _inherit = ["task.inquiry", "task.letter.mixin"]

    def _letter(self):
        """The summary of all answers, of those that came by now; agencies, who do not
        read the request, print none."""
        self.ensure_one()
        one = self.sudo()
        answers = one.answer_ids.sorted(
            lambda answer: (answer.agency_id.name, answer.id)
        )
        came = answers.filtered("sent_on")
        late = came.filtered("is_late")
        blocks = [
            Paragraph(
                f"Thực hiện yêu cầu báo cáo “{one.name}” (ngày {_day(one.sent_on)}, hạn"
                f" trả lời {_day(one.due_on)}), đến nay {len(came)}/{len(answers)} cơ"
                f" quan, đơn vị đã trả lời, trong đó {len(late)} trả lời sau thời hạn."
            ),
            Heading("I. Tổng hợp chung"),
            Table(
                OVERVIEW_HEADS,
                tuple(
                    (
                        str(number),
                        answer.agency_id.name or "",
                        _day(answer.last_sent_on),
                        answer._state_words(),
                        str(len(answer.line_ids)),
                    )
                    for number, answer in enumerate(answers, 1)
                ),
                widths=(8, 60, 26, 36, 20),
                align=("center", "left", "center", "left", "center"),
            ),
        ]
        if came:
            blocks.append(Heading("II. Nội dung trả lời"))
        for number, answer in enumerate(came, 1):
            blocks.append(Heading(f"{number}. {answer.agency_id.name}", 2))
            blocks += answer._letter_blocks(answer.text, "text")
        company = one.company_id
        office = self.env["task.referral"].sudo()._letter_office()
        return Letter(
            kind="report",
            parent_body=company.name,
            issuing_body=office,
            place=company.city or "",
            abstract=f"Tổng hợp trả lời của các cơ quan, đơn vị: {one.name}",
            addressees=(f"Lãnh đạo {company.name}",),
            blocks=tuple(blocks),
        )


class TaskInquiryAnswer(models.Model):
    _name = "task.inquiry.answer"
    _inherit = ["task.inquiry.answer", "task.letter.mixin"]

    def _letter(self):
        """The agency's report; before it is sent the agency prints what it prepares."""
        self.ensure_one()
        one = self.sudo()
        drafting = self.is_mine and one.state != "sent"
        name = "draft_text" if drafting else "text"
        agency, company = one.agency_id, one.company_id
        return Letter(
            kind="report",
            issuing_body=agency.name,
            number=one.number or "",
            place=agency.city or company.city or "",
            dated_on=one.last_sent_on or None,
            abstract=one.name,
            addressees=(self.env["task.referral"].sudo()._letter_office(),),
            blocks=tuple(one._letter_blocks(one[name], name)),
            signer_title=one.signer_title or "",
            signer_name=one.signer_name or "",
        )

    def _letter_blocks(self, words, name):
        """The answer's words and the table of its tasks; in sudo.

        :param name: the field of the lines that holds theirs.
        """
        blocks = [Paragraph(words)] if (words or "").strip() else []
        rows = []
        for number, line in enumerate(self.line_ids, 1):
            state = STATES[line.told_state or line.state]
            overdue = line.told_overdue if line.told_state else False
            rows.append(
                (
                    str(number),
                    f"{line.content}\n({line.document_id.display_name})",
                    _day(line.told_deadline if line.told_state else line.deadline),
                    f"{state}, quá hạn" if overdue else state,
                    line[name] or "",
                )
            )
        if rows:
            blocks.append(
                Table(
                    TASK_HEADS,
                    tuple(rows),
                    widths=(8, 60, 24, 26, 62),
                    align=("center", "left", "center", "left", "left"),
                )
            )
        return blocks

    def _state_words(self):
        if self.state == "returned":
            return "Yêu cầu báo cáo lại"
        if self.sent_on:
            return "Trả lời sau thời hạn" if self.is_late else "Đúng thời hạn"
        return "Quá hạn, chưa trả lời" if self.is_overdue else "Chưa trả lời"
