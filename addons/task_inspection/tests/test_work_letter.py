# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo.addons.task_tracking.logic.letter import Heading, Items, Paragraph, laid_out

from .common import InspectionCase


class TestWorkLetter(InspectionCase):
    """The papers of the team's work on paper (Nghị định 30/2020)."""

    def _texts(self, letter):
        return [one.text for one in letter.blocks if isinstance(one, Paragraph)]

    def _minutes(self):
        inspection = self._issued()
        return self._paper(
            inspection,
            "minutes",
            self.manager,
            subject_id=inspection.subject_ids.id,
            number="16/BB-TCT",
            signer_title=False,
            signer_name=False,
            present="Ông A\nBà B",
        )

    def test_request(self):
        """A request is a công văn to the inspected agency, with what it asks."""
        inspection = self._issued()
        request = self._paper(
            inspection,
            "request",
            subject_id=inspection.subject_ids.id,
            body="Đề nghị báo cáo trước ngày 06/4/2026",
        )
        letter = request._letter()
        self.assertEqual(letter.kind, "letter")
        self.assertEqual(letter.addressees, ("Sở Tài chính",))
        self.assertEqual(self._texts(letter), ["Đề nghị báo cáo trước ngày 06/4/2026"])
        self.assertEqual(request._letter_docx()[:2], b"PK")

    def test_minutes(self):
        """Mẫu 1.9: beginning, place, who was present, end, in local time (01:00
        UTC is 8:00), signed by both sides, the leader on the right."""
        minutes = self._minutes()
        letter = minutes._letter()
        texts = self._texts(letter)
        self.assertEqual(
            texts[0], "Thời gian bắt đầu: 08 giờ 00, ngày 01 tháng 4 năm 2026"
        )
        self.assertEqual(
            texts[-1], "Buổi làm việc kết thúc vào 08 giờ 30, ngày 01 tháng 4 năm 2026"
        )
        self.assertIn(Items(("Ông A", "Bà B")), letter.blocks)
        layout = laid_out(letter)
        self.assertEqual(len(layout.signatures), 2)
        self.assertEqual(layout.signatures[0].title[0], "ĐẠI DIỆN")
        self.assertEqual(layout.signatures[-1].name, self.manager.name)
        self.assertEqual(minutes._letter_pdf()[:5], b"%PDF-")

    def test_minutes_with_the_objection(self):
        """The objection and the reply are printed with the minutes."""
        minutes = self._minutes()
        minutes.with_user(self.manager).action_issue()
        head = minutes.with_user(self.finance_head)
        head.objection = "Số liệu chưa đúng"
        head.action_object()
        leader = minutes.with_user(self.manager)
        leader.reply = "Giữ nguyên"
        leader.action_reply()
        texts = self._texts(minutes._letter())
        place = texts.index("Số liệu chưa đúng")
        self.assertIn("Không đồng ý", texts[place - 1])
        self.assertEqual(texts[place + 2], "Giữ nguyên")

    def test_report_of_the_agency(self):
        """The agency's report is its own paper, under the prescribed headings; a
        heading that was not needed is left out (KH Đ19.4)."""
        inspection = self._issued()
        inspection.subject_ids.with_user(self.specialist).action_ask()
        report = inspection.subject_ids.sudo().report_id.with_user(self.finance_head)
        report.text_ids[0].body = "Đã thực hiện"
        report.action_send()
        letter = report._letter()
        self.assertEqual(letter.issuing_body, "Sở Tài chính")
        self.assertEqual(str(letter.dated_on), "2026-04-01")
        self.assertEqual(
            letter.blocks,
            (
                Heading("1. Tình hình thực hiện nhiệm vụ", 2),
                Paragraph("Đã thực hiện"),
            ),
        )
        self.assertEqual(report._letter_pdf()[:5], b"%PDF-")
