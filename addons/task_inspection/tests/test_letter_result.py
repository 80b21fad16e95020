# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo.addons.task_tracking.logic.letter import laid_out

from .test_conclusion import ConclusionCase


class LetterCase(ConclusionCase):
    def _lines(self, paper):
        """The document as its reader gets it: a text of all its lines."""
        layout = laid_out(paper._letter())
        lines = [
            f"{line.lead} {line.text}".strip()
            for line in layout.lines
            if line.role != "table"
        ]
        return layout, "\n".join(lines)


class TestLetterOfResult(LetterCase):
    """The report of the result (Mẫu 1.4) and the notice of it (Khánh Hòa)."""

    def _concluded_with(self):
        inspection = self._ended(subjects=self.finance + self.ward)
        self._finding(inspection)
        self._finding(inspection, self.ward, text="Phường chưa báo cáo")
        self._recommendation(inspection)
        self._write_conclusion(inspection)
        notices = inspection.paper_ids.filtered(lambda one: one.kind == "notice")
        for notice in notices.with_user(self.manager):
            notice.body = "\n".join(notice.subject_id.sudo()._notice_lines())
        inspection.with_user(self.manager).action_conclude()
        return inspection

    def test_report(self):
        """The report names the decision and the day of the end, has the prescribed
        parts in their order with findings and recommendations under them, goes to the
        recipients of the text and bears number, day and signer."""
        inspection = self._concluded_with()
        paper = inspection.paper_ids.filtered(lambda one: one.kind == "conclusion")
        layout, text = self._lines(paper.with_user(self.chairman))
        self.assertEqual(layout.number, "Số: 34/BC-ĐKT")
        self.assertEqual(layout.issuing_body, ("TỔ CÔNG TÁC",))
        places = [
            text.index(words)
            for words in (
                "BÁO CÁO",
                "Kết quả kiểm tra việc thực hiện nhiệm vụ",
                "Ủy ban nhân dân tỉnh",
                "Chủ tịch Ủy ban nhân dân tỉnh",
                "Thực hiện Quyết định số 12/QĐ-UBND ngày 01/04/2026",
                "kết thúc ngày 01/04/2026",
                "I. ĐÁNH GIÁ VIỆC TỔ CHỨC",
                "II. KẾT LUẬN NỘI DUNG KIỂM TRA",
                "1. Sở Tài chính",
                "Chậm cập nhật kết quả; tính chất: Vi phạm chế độ cập nhật; mức độ:"
                " nghiêm trọng; nguyên nhân: Chưa phân công đầu mối; trách nhiệm: Thủ"
                " trưởng cơ quan",
                "2. UBND phường Nha Trang",
                "III. KIẾN NGHỊ",
                "Sở Tài chính: Phân công đầu mối cập nhật, hoàn thành chậm nhất ngày"
                " 29/05/2026",
            )
        ]
        self.assertEqual(places, sorted(places))
        self.assertTrue(paper._letter_pdf().startswith(b"%PDF"))
        self.assertTrue(paper._letter_docx().startswith(b"PK"))

    def test_notice(self):
        """The notice to an agency says nothing of another one, and is read by it."""
        inspection = self._concluded_with()
        paper = inspection.paper_ids.filtered(
            lambda one: (
                one.kind == "notice" and one.subject_id.agency_id == self.finance
            )
        )
        _layout, text = self._lines(paper.with_user(self.finance_officer))
        for words in (
            "THÔNG BÁO",
            "Kính gửi: Sở Tài chính",
            "đã tiến hành kiểm tra tại Sở Tài chính",
            "Chậm cập nhật kết quả",
        ):
            self.assertIn(words, text)
        self.assertNotIn("hường", text)

    def test_own_report(self):
        """An agency that inspects another in its scope issues under its own name, a
        copy to the Office is printed (KH Đ17.1)."""
        inspection = self._inspection(
            inspector="agency",
            inspecting_agency_id=self.building.id,
            members=[{"role": "leader", "user_id": self.building_head.id}],
        )
        inspection.sudo().write({"state": "issued", "issued_on": "2026-04-01"})
        inspection.with_user(self.building_head).action_end()
        paper = self._paper(inspection, "conclusion", self.building_head)
        layout, _text = self._lines(paper.with_user(self.building_head))
        self.assertEqual(layout.parent_body, ("SỞ XÂY DỰNG",))
        self.assertIn(
            "Văn phòng Ủy ban nhân dân tỉnh", " ".join(map(str, layout.recipients))
        )
