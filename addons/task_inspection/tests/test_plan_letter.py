# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.exceptions import AccessError

from odoo.addons.task_tracking.logic.letter import Heading, Paragraph, Table

from .test_plan import PlanCase


class TestPlanLetter(PlanCase):
    """The plan on paper (Nghị định 30/2020, Mẫu 1.4)."""

    def _table(self, letter):
        return next(one for one in letter.blocks if isinstance(one, Table))

    def test_plan(self):
        """Number, day, purpose and one row for each agency, in Vietnamese."""
        self.company.city = "Khánh Hòa"
        plan = self._plan(
            number="45/KH-UBND",
            dated_on="2026-04-01",
            purpose="Nâng cao kỷ luật hành chính.",
            signer_name="Nguyễn Văn A",
        )
        letter = plan._letter()
        self.assertEqual(letter.kind, "plan")
        self.assertEqual(letter.number, "45/KH-UBND")
        self.assertEqual(letter.abstract, "Kiểm tra năm 2026")
        self.assertEqual(letter.issuing_body, "Ủy ban nhân dân tỉnh")
        self.assertIn("26/2026/QĐ-UBND", letter.grounds[0])
        self.assertEqual(letter.blocks[0], Heading("I. Mục đích, yêu cầu"))
        self.assertEqual(letter.blocks[1], Paragraph("Nâng cao kỷ luật hành chính."))
        rows = self._table(letter).rows
        self.assertEqual([row[1] for row in rows], ["Sở Tài chính", "Sở Xây dựng"])
        self.assertEqual(rows[0][3], "Kiểm tra thường xuyên, định kỳ")
        self.assertEqual(rows[0][4], "Từ 04/05/2026 đến 06/05/2026")
        self.assertEqual(len(rows[0][2].splitlines()), 3)  # KH Đ14.1 a, b, c

    def test_files(self):
        """Both files can be made, and say the same names."""
        plan = self._plan()
        self.assertEqual(plan._letter_pdf()[:5], b"%PDF-")
        self.assertEqual(plan._letter_docx()[:2], b"PK")

    def test_plan_of_a_team(self):
        """A team's plan is the team's paper and names the decision it follows."""
        inspection = self._issued()
        plan = self._plan(
            user=self.manager,
            inspection_id=inspection.id,
            line_ids=[
                Command.create(self._line(self.finance, "2026-04-08", "2026-04-08"))
            ],
        )
        letter = plan._letter()
        self.assertEqual(letter.issuing_body, inspection.body_name)
        self.assertEqual(letter.parent_body, "Ủy ban nhân dân tỉnh")
        self.assertIn("12/QĐ-UBND ngày 01/04/2026", letter.grounds[1])
        self.assertEqual(self._table(letter).rows[0][4], "08/04/2026")

    def test_not_for_agencies(self):
        """Who does not read the plan does not print it."""
        plan = self._plan().with_user(self.finance_head)
        with self.assertRaises(AccessError):
            plan.action_letter_pdf()
