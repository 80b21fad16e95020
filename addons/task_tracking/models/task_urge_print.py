# SPDX-License-Identifier: LGPL-3.0-or-later
"""The letter of urging on paper: Nghị định 30/2020/NĐ-CP, Phụ lục III, Mẫu 1.5, with a
table of the tasks. Its words are Vietnamese whatever the reader's language."""

from odoo import models

from ..logic.letter import Letter, Paragraph, Table

#: Widths of the table's columns, in proportion.
WIDTHS = (10, 44, 66, 24, 21)
WIDTHS_OF_AGENCIES = (10, 75, 30, 27, 23)
#: Kinds of agency that stand under the Committee; localities and organisations issue
#: under their own name alone.
UNDER_COMMITTEE = (
    "office",
    "office_unit",
    "department",
    "board",
    "public_service_unit",
)
ROLES = {"lead": "Chủ trì", "support": "Phối hợp"}


def _joined(text):
    return " ".join((text or "").split()).rstrip(".;")


def count_words(number):
    """A number as letters write it: 03, 12."""
    return f"{number:02}"


class TaskUrge(models.Model):
    _name = "task.urge"
    _inherit = ["task.urge", "task.letter.mixin"]

    def _letter(self):
        self.ensure_one()
        one = self.sudo()
        signer = (one.signer_authority, one.signer_title)
        return Letter(
            kind="letter",
            parent_body=one._parent_body(),
            issuing_body=one.issuing_body or one.company_id.name,
            number=one.number or "",
            place=one.place or "",
            dated_on=one.day or None,
            abstract=one.subject or "",
            addressees=tuple(one._addressees()),
            blocks=(
                Paragraph(one.body or ""),
                one._task_table(),
                Paragraph(one.request or ""),
                Paragraph(one._answer_words()),
            ),
            recipients=one.recipients or (),
            filed=one.filed or "",
            signer_title="\n".join(filter(None, signer)),
            signer_name=one.signer_name or "",
            made_on=one.issued_at or None,
        )

    def _letter_pdf(self):
        """The letter as it was issued; a draft as it is now."""
        self.ensure_one()
        kept = self.sudo().pdf_id
        return kept.raw if kept else super()._letter_pdf()

    def _parent_body(self):
        """The body above who issues it, as the letter's head prints it."""
        agency, company = self.sender_agency_id, self.company_id.name
        if agency and agency.agency_kind not in UNDER_COMMITTEE:
            return ""
        above = agency.parent_id.name if agency.parent_id.is_agency else company
        return "" if above == (self.issuing_body or company) else above

    def _addressees(self):
        """Who is written to: each agency once, leads first."""
        return list(filter(None, self._printed_lines().agency_id.mapped("name")))

    def _printed_lines(self):
        """What the letter is about, leads first, the longest overdue first; of a draft
        only what is still to urge."""
        lines = self._kept_lines()
        if self.state == "draft":
            assignments = lines.assignment_id._to_urge()
            lines = lines.filtered(lambda line: line.assignment_id in assignments)
        day = self.company_id._task_today()
        return lines.sorted(
            lambda line: (
                line.assignment_id.role != "lead",
                line.anchor_on or day,
                line.id,
            )
        )

    # -- what is drafted ---------------------------------------------------------------
    def _drafted_words(self):
        """The words of the letter as officials write them: {field: text}; in sudo."""
        lines = self._printed_lines()
        tasks = lines.assignment_id.task_id
        # a letter that is just begun is about something
        several = max(1, len(tasks))
        # a support is never late
        lead = lines.filtered(lambda line: line.assignment_id.role == "lead")
        late = lead.filtered("days_late")
        is_late = bool(late) and late == lead
        if is_late:
            state = "đã quá hạn nhưng chưa hoàn thành"
        elif late:
            state = "chưa hoàn thành, trong đó có nhiệm vụ đã quá hạn"
        else:
            state = "chưa hoàn thành"
        company, body = self.company_id.name, self.issuing_body or self.company_id.name
        agencies, opening = lines.agency_id, "Qua theo dõi tình hình thực hiện"
        if len(agencies) > 1:
            whom, task = "các cơ quan, đơn vị", lines.assignment_id[:1]
            told = (
                f"{opening} nhiệm vụ do {company} giao tại"
                f" {task.document_id._urge_words()} (“{_joined(task.content)}”), đến"
                f" nay nhiệm vụ {state}. Các cơ quan, đơn vị được giao thực hiện gồm:"
            )
        else:
            whom = agencies.name or "cơ quan, đơn vị"
            told = (
                f"{opening} nhiệm vụ do {company} giao, {whom} còn"
                f" {count_words(several)} nhiệm vụ {state}, cụ thể như sau:"
            )
        late_words = " quá hạn" if is_late else " được giao"
        return {
            "subject": f"đôn đốc thực hiện nhiệm vụ{late_words}",
            "body": told,
            "request": (
                f"Để bảo đảm tiến độ, chất lượng thực hiện nhiệm vụ, {body} đề nghị"
                f" {whom} tập trung chỉ đạo, khẩn trương hoàn thành nhiệm vụ nêu trên;"
                " cập nhật kết quả trên Hệ thống theo dõi nhiệm vụ theo quy định."
            ),
        }

    def _answer_words(self):
        """What is asked by which day; empty where no answer is."""
        if not self.answer_by:
            return ""
        day = f"{self.answer_by:%d/%m/%Y}"
        late = self._printed_lines().filtered("days_late")
        cause = "khó khăn, vướng mắc"
        if late:
            cause = f"nguyên nhân chậm, {cause}"
        return (
            f"Báo cáo tình hình, kết quả thực hiện, nêu rõ {cause} và đề xuất, kiến"
            f" nghị (nếu có) gửi {self.issuing_body or self.company_id.name} chậm nhất"
            f" ngày {day} để tổng hợp, báo cáo cấp có thẩm quyền."
        )

    def _task_table(self):
        """The tasks urged: of one agency its tasks, of one task its agencies."""
        lines = self._printed_lines()
        day = self.day or self.company_id._task_today()
        late = f"Số ngày quá hạn (tính đến {day:%d/%m/%Y})"
        several = len(lines.agency_id) > 1
        heads = ("STT", "Văn bản giao", "Nội dung nhiệm vụ")
        if several:
            heads = ("STT", "Cơ quan, đơn vị", "Vai trò")
        rows = []
        for number, line in enumerate(lines, 1):
            one, due = line.assignment_id, line.anchor_on
            told = (one.document_id._urge_words(), one.content or "")
            if several:
                told = (line.agency_id.name, ROLES[one.role])
            days = str(line.days_late) if line.days_late else "Chưa quá hạn"
            rows.append(
                (
                    str(number),
                    *told,
                    f"{due:%d/%m/%Y}" if due else "Không xác định",
                    "–" if one.role == "support" else days,
                )
            )
        return Table(
            (*heads, "Thời hạn", late),
            tuple(rows),
            widths=WIDTHS_OF_AGENCIES if several else WIDTHS,
            align=("center", "left", "left", "center", "center"),
        )


class TaskDocument(models.Model):
    _inherit = "task.document"

    def _urge_words(self):
        """The directive as a letter names it: kind, number and day."""
        self.ensure_one()
        if self.is_oral:
            return f"Chỉ đạo ngày {self.issued_on:%d/%m/%Y}"
        kind = self.type_id.with_context(lang="vi_VN").name or "Văn bản"
        kind = kind.partition("(")[0].strip()
        number = f" số {self.reference}" if self.reference else ""
        return f"{kind}{number} ngày {self.issued_on:%d/%m/%Y}"
