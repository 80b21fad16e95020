# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import models
from odoo.fields import Domain

from odoo.addons.task_tracking.logic.letter import (
    Heading,
    Items,
    Letter,
    Paragraph,
    Table,
)

#: Widths of the list's columns, in proportion.
WIDTHS = (12, 50, 47, 26, 26, 26)


class TaskInspectionSummary(models.TransientModel):
    """The summary on paper (Nghị định 30/2020, Phụ lục III, Mẫu 1.4), with the screen's
    numbers. Its words are the paper's, Vietnamese whatever the reader's language."""

    _inherit = "task.inspection.summary"

    def _letter(self):
        self.ensure_one()
        company, office = self.company_id, self._office()
        first, last = self.date_from, self.date_to
        counts = self._counts()
        failings = sum(counts[key] for key in ("slight", "serious", "grave"))
        month = f"tháng {first.month}/{first.year}"
        opening = f"Số liệu từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}."
        regulation = company._task_regulation().sudo()
        line = regulation._prescriptions("summary")[:1]
        if line.article:
            opening = (
                f"Thực hiện {line.article} {regulation.name}, {office.name} báo cáo kết"
                f" quả kiểm tra việc thực hiện nhiệm vụ {month}. {opening}"
            )
        blocks = [
            Paragraph(opening),
            Heading("I. Tình hình kiểm tra"),
            Items(
                (
                    f"Theo kế hoạch trong tháng: {counts['planned']} lượt cơ quan;",
                    f"Quyết định kiểm tra ban hành trong tháng: {counts['issued']};",
                    f"Đang tiến hành kiểm tra: {counts['under_way']};",
                    f"Kết thúc kiểm tra trong tháng: {counts['ended']};",
                    f"Đã báo cáo kết quả trong tháng: {counts['concluded']};",
                    f"Báo cáo kết quả chậm so với quy định: {counts['late']};",
                    f"Hủy bỏ trong tháng: {counts['cancelled']}.",
                )
            ),
            Heading("II. Kết quả kiểm tra"),
            Paragraph(
                "Trong các cuộc kiểm tra đã báo cáo kết quả trong tháng, có"
                f" {failings} nội dung chưa thực hiện hoặc thực hiện không đúng, gồm:"
                f" {counts['slight']} ít nghiêm trọng, {counts['serious']} nghiêm"
                f" trọng, {counts['grave']} rất nghiêm trọng."
            ),
            Heading("III. Thực hiện kiến nghị sau kiểm tra"),
            Items(
                (
                    f"Đã thực hiện: {counts['done']};",
                    f"Đang thực hiện, đã giao thành nhiệm vụ: {counts['assigned']};",
                    f"Chưa giao thành nhiệm vụ: {counts['open']};",
                    f"Quá hạn: {counts['overdue']};",
                    f"Nhiệm vụ đã rút: {counts['withdrawn']}.",
                )
            ),
        ]
        if self.inspection_ids:
            blocks += [Heading("IV. Các cuộc kiểm tra"), self._letter_table()]
        return Letter(
            kind="report",
            parent_body=company.name if office != company.partner_id else "",
            issuing_body=office.name,
            place=office.city or company.city or "",
            dated_on=company._task_today(),
            abstract=f"Kết quả kiểm tra việc thực hiện nhiệm vụ {month}",
            addressees=(company.name,),
            blocks=tuple(blocks),
            filed="VT",
        )

    def _office(self):
        """The Office of the Committee; the company itself where there is none."""
        company = self.company_id
        found = self.env["res.partner"].search(
            Domain("agency_kind", "=", "office")
            & Domain("company_id", "in", (company.id, False)),
            order="company_id, id",
            limit=1,
        )
        return found or company.sudo().partner_id

    def _letter_table(self):
        def day(value):
            return f"{value:%d/%m/%Y}" if value else ""

        rows = [
            (
                str(number),
                one.name,
                ", ".join(one.subject_ids.agency_id.mapped("name")),
                day(one.issued_on),
                day(one.ended_on)
                + (f"\n(hủy ngày {day(gone)})" if (gone := one.cancelled_on) else ""),
                day(one.concluded_on)
                + ("\n(chậm)" if one.concluded_on and one.is_conclusion_late else ""),
            )
            for number, one in enumerate(self.inspection_ids, start=1)
        ]
        heads = (
            "STT",
            "Cuộc kiểm tra",
            "Cơ quan, đơn vị được kiểm tra",
            "Ngày ban hành",
            "Ngày kết thúc",
            "Ngày báo cáo kết quả",
        )
        align = ("center", "left", "left", "center", "center", "center")
        return Table(heads, tuple(rows), widths=WIDTHS, align=align)
