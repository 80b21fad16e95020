# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import models

from odoo.addons.task_tracking.logic.letter import Heading, Letter, Paragraph, Table

#: Of a form the regulation has no words for.
FORM_WORDS = {"regular": "Thường xuyên, định kỳ", "adhoc": "Đột xuất"}
#: Widths of the table's columns, in proportion.
WIDTHS = (9, 45, 65, 30, 36)


class TaskInspectionPlan(models.Model):
    """The plan on paper: Nghị định 30/2020, Phụ lục III, Mẫu 1.4, with a table of what
    is inspected. Its words are the paper's, Vietnamese whatever the reader's language.
    """

    _name = "task.inspection.plan"
    _inherit = ["task.inspection.plan", "task.letter.mixin"]

    def _letter(self):
        self.ensure_one()
        one = self.sudo()
        company, team = one.company_id, one.inspection_id
        blocks = []
        if (one.purpose or "").strip():
            blocks += [Heading("I. Mục đích, yêu cầu"), Paragraph(one.purpose)]
        number = "II" if blocks else "I"
        title = f"{number}. Đối tượng, nội dung, thời gian kiểm tra"
        blocks += [Heading(title), one._letter_table()]
        return Letter(
            kind="plan",
            parent_body=company.name if team else "",
            issuing_body=team.body_name or company.name,
            number=one.number or "",
            place=company.city or "",
            dated_on=one.dated_on or None,
            abstract=one._letter_abstract(),
            grounds=one._letter_grounds(),
            blocks=tuple(blocks),
            recipients=(f"Các cơ quan, đơn vị có tên tại mục {number}",),
            filed="VT",
            signer_title=one.signer_title or "",
            signer_name=one.signer_name or "",
        )

    def _letter_abstract(self):
        """The plan's name without the word that the title is."""
        name = " ".join((self.name or "").split())
        title = "kế hoạch "
        if name.lower().startswith(title):
            name = name[len(title) :]
        return name[:1].upper() + name[1:]

    def _letter_grounds(self):
        """The regulation, and the decision a team's plan is made after."""
        regulation = self.regulation_id
        ground = f"Căn cứ {regulation.name}"
        if "QĐ" in (regulation.number or ""):
            ground += f" ban hành kèm theo Quyết định số {regulation.number}"
        grounds = [ground]
        for paper in self.inspection_id.paper_ids:
            if paper.kind == "decision" and paper.number and paper.dated_on:
                day = f"{paper.dated_on:%d/%m/%Y}"
                grounds.append(f"Căn cứ Quyết định số {paper.number} ngày {day}")
        return tuple(grounds)

    def _letter_table(self):
        forms = {
            one.code: one.name for one in self.regulation_id._prescriptions("form")
        }
        rows = []
        for number, line in enumerate(self.line_ids, 1):
            words = [*line.content_ids.mapped("name"), line.content or ""]
            first, last = f"{line.date_from:%d/%m/%Y}", f"{line.date_to:%d/%m/%Y}"
            rows.append(
                (
                    str(number),
                    line.agency_id.name or "",
                    "\n".join(filter(None, words)),
                    forms.get(line.form) or FORM_WORDS.get(line.form, ""),
                    first if first == last else f"Từ {first} đến {last}",
                )
            )
        return Table(
            (
                "STT",
                "Cơ quan, đơn vị được kiểm tra",
                "Nội dung kiểm tra",
                "Hình thức",
                "Thời gian",
            ),
            tuple(rows),
            widths=WIDTHS,
            align=("center", "left", "left", "left", "left"),
        )
