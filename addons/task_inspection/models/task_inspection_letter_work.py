# SPDX-License-Identifier: LGPL-3.0-or-later
"""The papers of the team's work (Nghị định 30/2020/NĐ-CP): the request for a report
(Mẫu 1.5), the minutes (Mẫu 1.9), the inspected agency's report (Mẫu 1.4). Their words
are the papers' own, Vietnamese whatever the reader's language."""

from odoo import models

from odoo.addons.task_tracking.logic.letter import (
    Heading,
    Items,
    Letter,
    Paragraph,
    Signature,
)
from odoo.addons.task_tracking.logic.words import day_words, text_lines

DOTS = "……"
ANSWERS = {
    "agreed": "Đồng ý với nội dung biên bản.",
    "objected": "Không đồng ý, có ý kiến bằng văn bản như sau:",
}


class TaskInspectionPaper(models.Model):
    """The request and the minutes: see `_letter` of the papers."""

    _inherit = "task.inspection.paper"

    def _letter_request(self):
        return {
            "abstract": self.abstract or f"báo cáo phục vụ {self.inspection_id.name}",
            "addressees": (self.subject_id.agency_id.name,),
        }

    def _letter_minutes(self):
        inspection, agency = self.inspection_id, self.subject_id.agency_id
        leads = inspection._standing_members().filtered(
            lambda member: member.role == "leader"
        )
        leader, title = leads.user_id, "TRƯỞNG ĐOÀN KIỂM TRA"
        if not inspection.has_team:
            leader, title = inspection.conductor_id, "NGƯỜI KIỂM TRA"
        elif (inspection.body_name or "").lower().startswith("tổ"):
            title = f"TỔ TRƯỞNG {inspection.body_name.upper()}"
        return {
            "blocks": tuple(self._minutes_blocks()),
            "recipients": (agency.name,),
            "filed": "VT, hồ sơ",
            "signatures": (
                Signature(
                    f"ĐẠI DIỆN\n{agency.name}", name=self.answered_by_id.name or ""
                ),
            ),
            "signer_title": self.signer_title or title,
            "signer_name": self.signer_name or leader.name or "",
        }

    def _minutes_blocks(self):
        """Times, place, who was present, what was said, what the inspected answered."""
        yield Paragraph(f"Thời gian bắt đầu: {self._minutes_moment(self.begun_at)}")
        yield Paragraph(f"Địa điểm: {self.place or DOTS}")
        yield Paragraph("Thành phần tham dự:")
        yield Items(text_lines(self.present))
        yield Paragraph("Nội dung:")
        yield Paragraph(self.body or "")
        if self.answer:
            agency = self.subject_id.agency_id.name
            day = f"{self.answered_on:%d/%m/%Y}"
            yield Paragraph(f"Ý kiến của {agency} (ngày {day}): {ANSWERS[self.answer]}")
        if self.answer == "objected":
            yield Paragraph(self.objection or "")
        if self.replied_on:
            day = f"{self.replied_on:%d/%m/%Y}"
            yield Paragraph(f"Trả lời của người chủ trì kiểm tra (ngày {day}):")
            yield Paragraph(self.reply or "")
        yield Paragraph(
            f"Buổi làm việc kết thúc vào {self._minutes_moment(self.ended_at)}"
        )

    def _minutes_moment(self, moment):
        """“08 giờ 30, ngày 01 tháng 4 năm 2026” in the province's time."""
        if not moment:
            return f"{DOTS} giờ {DOTS}, {day_words(None)}"
        local = self.company_id._task_local(moment)
        return f"{local:%H} giờ {local:%M}, {day_words(local.date())}"


class TaskInspectionReport(models.Model):
    _name = "task.inspection.report"
    _inherit = ["task.inspection.report", "task.letter.mixin"]

    def _letter(self):
        """The report under its headings; what was not filled in is left out."""
        self.ensure_one()
        one, blocks = self.sudo(), []
        written = one.text_ids.filtered(lambda text: (text.body or "").strip())
        for number, text in enumerate(written, 1):
            blocks += [Heading(f"{number}. {text.name}", 2), Paragraph(text.body)]
        return Letter(
            kind="report",
            issuing_body=one.agency_id.name,
            number=one.number or "",
            place=one.agency_id.city or one.company_id.city or "",
            dated_on=one.sent_on or None,
            abstract=f"Phục vụ {one.inspection_id.name}",
            addressees=(one.inspection_id.body_name or one.company_id.name,),
            blocks=tuple(blocks),
            signer_title=one.signer_title or "",
            signer_name=one.signer_name or "",
        )
