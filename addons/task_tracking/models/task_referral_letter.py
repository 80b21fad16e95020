# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import models

from ..logic.letter import Heading, Items, Letter, Paragraph, Table

#: Kind → the heading over the table of tasks.
TASKS = {
    "not_done": "Nhiệm vụ đến hạn chưa thực hiện",
    "opinions": "Nhiệm vụ có liên quan",
    "feedback": "Nhiệm vụ được phản ánh",
    "difficulty": "Nhiệm vụ có khó khăn, vướng mắc",
}
ROMAN = ("I", "II", "III", "IV", "V")
HEADS = (
    "STT",
    "Cơ quan, đơn vị",
    "Nội dung nhiệm vụ",
    "Thời hạn",
    "Số ngày quá hạn",
    "Nguyên nhân do cơ quan, đơn vị nêu",
)
WIDTHS = (11, 32, 56, 26, 17, 45)


class TaskReferral(models.Model):
    """The referral on paper: a report (Nghị định 30/2020, Phụ lục III, Mẫu 1.4) with
    the table of the tasks and the measures proposed. Its words are the paper's,
    Vietnamese whatever the reader's language; a table of a hundred tasks is one query
    per model."""

    _name = "task.referral"
    _inherit = ["task.referral", "task.letter.mixin"]

    def _letter(self):
        self.ensure_one()
        opinions = self._all_opinions()
        one = self.sudo()
        company = one.company_id
        parts = [("Vấn đề xin ý kiến", (Paragraph(one.text),))]
        if one.kind == "not_done":
            parts = [("Tình hình chung", (Paragraph(one.text),))]
        if one.line_ids:
            parts.append((TASKS[one.kind], one._letter_tasks()))
        if one.kind == "opinions":
            blocks = opinions.sudo()._letter_blocks() + one._letter_missing()
            parts.append(("Ý kiến của các cơ quan, đơn vị", blocks))
            parts.append(("Tổng hợp ý kiến", (Paragraph(one.summary),)))
        parts.append(("Đề xuất, kiến nghị", (Paragraph(one.measures),)))
        blocks = []
        told = [part for part in parts if _says(part[1])]
        for number, (title, said) in zip(ROMAN, told, strict=False):
            blocks += [Heading(f"{number}. {title}"), *said]
        return Letter(
            kind="report",
            parent_body=company.name,
            issuing_body=one._letter_office(),
            number=one.number or "",
            place=company.city or "",
            dated_on=one.dated_on or one.submitted_on or None,
            abstract=" ".join((one.name or "").split()),
            addressees=(one._letter_addressee(),),
            blocks=tuple(blocks),
            signer_title=one.signer_title or "",
            signer_name=one.signer_name or "",
        )

    def _letter_office(self):
        """The body that reports: the Office, by the name it is registered with."""
        office = self.env["res.partner"].search(
            [("agency_kind", "=", "office"), ("is_agency", "=", True)], limit=1
        )
        return office.name or "Văn phòng"

    def _letter_addressee(self):
        """Whose direction is asked: the Chairman's where the text names the Chairman;
        in a department the Director's."""
        regulation = self.company_id._task_regulation()
        if regulation._policy("issuer_level") == "department":
            return f"Lãnh đạo {self.company_id.name}"
        if self._is_chairmans():
            return f"Chủ tịch {self.company_id.name}"
        return f"Lãnh đạo {self.company_id.name}"

    def _letter_tasks(self):
        rows = []
        for number, line in enumerate(self.line_ids, 1):
            rows.append(
                (
                    str(number),
                    line.agency_id.name or "",
                    f"{line.content}\n({line.document_id.display_name})",
                    f"{line.deadline:%d/%m/%Y}" if line.deadline else "",
                    str(line.days_late or ""),
                    line.reason or "",
                )
            )
        align = ("center", "left", "left", "center", "center", "left")
        return (Table(HEADS, tuple(rows), widths=WIDTHS, align=align),)

    def _letter_missing(self):
        """Who was asked and gave no opinion."""
        silent = self._rounds().opinion_ids.filtered(
            lambda opinion: opinion.state in ("asked", "lapsed")
        )
        gave = self._all_opinions().agency_id
        names = ", ".join((silent.agency_id - gave).mapped("name"))
        return (Items((f"Chưa có ý kiến: {names}",)),) if names else ()


class TaskReferralOpinion(models.Model):
    _inherit = "task.referral.opinion"

    def _letter_blocks(self):
        """The opinions given, as a table: who, when, what."""
        rows = tuple(
            (
                str(number),
                one.agency_id.name or "",
                f"{one.given_on:%d/%m/%Y}" if one.given_on else "",
                one.text or "",
            )
            for number, one in enumerate(self, 1)
        )
        if not rows:
            return ()
        heads = ("STT", "Cơ quan, đơn vị", "Ngày", "Ý kiến")
        align = ("center", "left", "center", "left")
        return (Table(heads, rows, widths=(11, 42, 26, 108), align=align),)


def _says(blocks):
    """Whether a part of the paper has any words."""
    return any(
        not isinstance(one, Paragraph) or (one.text or "").strip() for one in blocks
    )
