# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo.tests import tagged

from odoo.addons.task_tracking.logic.letter import Article, Table, laid_out

from .common import InspectionCase


class LetterCase(InspectionCase):
    def _letter(self, kind="decision", **vals):
        self.inspection = self._inspection(**vals)
        self.paper = self._paper(
            self.inspection, kind, signer_title="CHỦ TỊCH", body="Giả mạo"
        )
        return self.paper._letter()

    def _articles(self, letter):
        """(number, heading) of the articles that have one."""
        return [
            (block.number, block.title)
            for block in letter.blocks
            if isinstance(block, Article) and block.title
        ]

    def _text(self, letter):
        lines = []
        for line in laid_out(letter).lines:
            if isinstance(line, Table):
                lines += [" | ".join(sum(row, ())) for row in line.rows]
            else:
                lines.append(f"{line.lead} {line.text}".strip())
        return "\n".join(lines)


@tagged("post_install", "-at_install")
class TestLetterDecision(LetterCase):
    """The decision on paper (Nghị định 30/2020, Mẫu 1.2): Khánh Hòa."""

    def test_contents(self):
        """KH Đ15.2: basis, scope, contents, form, team, each in the text's words and
        order; then who carries it out."""
        letter = self._letter(document_ids=False)
        self.assertEqual(
            self._articles(letter),
            [
                (1, "Phạm vi, đối tượng, nhiệm vụ kiểm tra"),
                (2, "Nội dung kiểm tra"),
                (3, "Hình thức kiểm tra"),
                (4, "Thời hạn"),
                (5, "Thành lập Tổ công tác"),
            ],
        )
        text = self._text(letter)
        for words in (
            "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH",
            "Căn cứ Luật Tổ chức chính quyền địa phương;",
            "Quyết định số 26/2026/QĐ-UBND",
            "QUYẾT ĐỊNH:",
            "Đối tượng kiểm tra: Sở Tài chính",
            "Nhiệm vụ từ ngày 01/01/2026 đến ngày 31/12/2026",
            "Kiểm tra đột xuất",
            "Từ ngày 02/04/2026 đến ngày 17/04/2026",
            "Điều 6. Quyết định này có hiệu lực kể từ ngày ký",
            "chịu trách nhiệm thi hành Quyết định này./.",
        ):
            self.assertIn(words, text)
        self.assertIn("- Như Điều 6;", laid_out(letter).recipients)

    def test_members(self):
        """The team with roles, positions and duties; nobody who is only invited."""
        places = [
            {
                "role": "member",
                "user_id": self.building_officer.id,
                "position": "Chuyên viên",
                "duty": "Kiểm tra hồ sơ",
            },
            {"role": "leader", "user_id": self.manager.id, "position": "Chánh VP"},
            {"role": "invited", "agency_id": self.ward.id},
        ]
        letter = self._letter(members=places)
        [table] = [one for one in letter.blocks if isinstance(one, Table)]
        self.assertEqual(
            table.rows,
            (
                ("1", self.manager.name, "Chánh VP, Văn phòng", "Tổ trưởng", ""),
                (
                    "2",
                    self.building_officer.name,
                    "Chuyên viên, Sở Xây dựng",
                    "Thành viên",
                    "Kiểm tra hồ sơ",
                ),
            ),
        )

    def test_says_what_was_decided(self):
        """No text typed into the paper makes it say another thing than the fields."""
        letter = self._letter()
        self.assertNotIn("Giả mạo", self._text(letter))

    def test_duties_given_later(self):
        """Duties the leader gives out afterwards do not change the decision."""
        self._letter()
        self.inspection.with_user(self.chairman).action_issue()
        before = self._text(self.paper._letter())
        self.inspection.with_user(self.manager).member_ids.duty = "Việc khác"
        self.assertEqual(self._text(self.paper._letter()), before)

    def test_unknown_content(self):
        """A further content of a text stands under its own heading, in its place."""
        self.env["task.inspection.prescription"].create(
            {
                "regulation_id": self.regulation.id,
                "topic": "decision",
                "code": "funding",
                "name": "Kinh phí kiểm tra",
                "sequence": 1,
            }
        )
        letter = self._letter()
        self.inspection.text_ids.filtered(
            lambda one: one.code == "funding"
        ).body = "Do ngân sách tỉnh bảo đảm"
        letter = self.paper._letter()
        self.assertEqual(self._articles(letter)[0], (1, "Kinh phí kiểm tra"))
        self.assertIn("Do ngân sách tỉnh bảo đảm", self._text(letter))

    def test_files(self):
        """PDF and DOCX of the one letter."""
        self._letter()
        self.assertTrue(self.paper._letter_pdf().startswith(b"%PDF"))
        self.assertTrue(self.paper._letter_docx().startswith(b"PK"))

    def test_of_an_agency(self):
        """KH Đ15.4: an agency's decision is the agency's, under the Committee."""
        officer = self.agriculture_officer
        inspection = self._inspection(
            self.branch,
            officer,
            [{"role": "leader", "user_id": officer.id}],
            inspector="self",
            inspecting_agency_id=self.agriculture.id,
        )
        paper = self._paper(inspection, "decision", officer, signer_title="GIÁM ĐỐC")
        layout = laid_out(paper._letter())
        self.assertEqual(layout.parent_body, ("ỦY BAN NHÂN DÂN TỈNH",))
        self.assertEqual(layout.issuing_body, ("SỞ NÔNG NGHIỆP",))
        self.assertIn("GIÁM ĐỐC SỞ NÔNG NGHIỆP", self._text(paper._letter()))


@tagged("post_install", "-at_install")
class TestLetterBacGiang(LetterCase):
    text = "bac_giang"

    def test_contents(self):
        """BG Đ14.3: basis, scope, contents, time limit, members."""
        titles = [title for _number, title in self._articles(self._letter())]
        self.assertEqual(
            titles,
            [
                "Phạm vi, đối tượng, nhiệm vụ kiểm tra",
                "Nội dung kiểm tra",
                "Thời hạn kiểm tra",
                "Hình thức kiểm tra",
                "Thành lập Đoàn kiểm tra",
            ],
        )


@tagged("post_install", "-at_install")
class TestLetterInstruction(LetterCase):
    text = "kon_tum"

    def test_instruction(self):
        """KT Đ12.3: the Director gives the inspection to a deputy."""
        letter = self._letter(
            "instruction", members=[], has_team=False, conductor_id=self.deputy.id
        )
        text = self._text(letter)
        name = self.deputy.name
        self.assertIn(f"Kính gửi: {name}", text)
        self.assertIn(
            f"Giao đồng chí {name} chủ trì kiểm tra việc thực hiện nhiệm vụ tại"
            " Sở Tài chính.",
            text,
        )
        self.assertIn("Thời hạn kiểm tra: Từ ngày 02/04/2026", text)
        self.assertIn("V/v kiểm tra việc thực hiện nhiệm vụ", laid_out(letter).about)
        self.assertTrue(self.paper._letter_pdf().startswith(b"%PDF"))
