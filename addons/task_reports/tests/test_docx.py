# SPDX-License-Identifier: LGPL-3.0-or-later
import io
import zipfile
from unittest.mock import patch

from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from odoo.addons.task_reports.logic import make_bao_cao
from odoo.addons.task_reports.logic.form import FORM, LIST_COLUMNS, NOTES
from odoo.addons.task_reports.models import task_report_template
from odoo.addons.task_reports.models.task_report_template import SHIPPED

from .common import MAY, HistoryCase
from .docx_common import lines, list_rows, opened, task_rows


class DocxCase(HistoryCase):
    """With what makes a DOCX of the report on screen."""

    def _docx(self, user=None, **vals):
        wizard = self._wizard(user, **vals)
        templates = wizard.env["task.report.template"]
        return templates._current()._docx(wizard._sheet())

    def _document(self, user=None, **vals):
        return opened(self._docx(user, **vals))


@tagged("post_install", "-at_install")
class TestDocx(DocxCase):
    """The report as DOCX: the form's words, the engine's figures, the layout of Nghị
    định 30/2020/NĐ-CP measured in the file."""

    # -- words and figures -----------------------------------------------------------
    def test_figures(self):
        """The form's lines word for word, each followed by the engine's number."""
        for agency in (None, self.finance):
            figures = self._figures(MAY, agency)
            told = lines(self._document(agency_id=agency and agency.id))
            for line in FORM:
                number = f" {figures.count(line.code)}" if line.code else ""
                self.assertIn(line.text + number, told)
            note = next(line for line in told if line.startswith("Ghi chú"))
            for line in NOTES:
                self.assertIn(f"{line.label[1:]} {figures.count(line.code)}", note)

    def test_lines_once(self):
        """No line of Phụ lục I is printed twice, and the window is told."""
        told = [line for line in lines(self._document(causes="a")) if line.strip("\t")]
        self.assertEqual(len(set(told)), len(told))
        self.assertIn("Số liệu từ ngày 15/04/2026 đến hết ngày 14/05/2026.", told)

    def test_list(self):
        """Phụ lục II: the rows of the sheet, in its order, cell by cell."""
        wizard = self._wizard()
        sheet = wizard._sheet()
        printed = task_rows(self._document())
        rows = list(sheet.rows())
        self.assertEqual(len(printed), 8)
        self.assertEqual(
            [(row[0], row[1], row[2], row[3], row[8]) for row in printed],
            [
                (str(row.number), row.document, row.content, row.lead, row.status)
                for row in rows
            ],
        )
        late = next(row for row in printed if row[2] == "=1+1")
        self.assertEqual(late[5:7], ["10/04/2026", ""])

    def test_groups(self):
        """Each group of the list with its number of tasks, as in the PDF."""
        heads = [row[0] for row in list_rows(self._document()) if not row[0].isdigit()]
        self.assertEqual(heads[0], "I. Nhiệm vụ hoàn thành đúng hạn, sớm hạn (2)")
        self.assertEqual(len(heads), len(self._wizard()._sheet().groups))

    def test_heading(self):
        """Parent and issuing body; a commune's letter bears no parent body."""
        left = self._document(agency_id=self.health.id).tables[0].cell(0, 0)
        self.assertEqual(
            [one.text for one in left.paragraphs if one.text],
            ["ỦY BAN NHÂN DÂN TỈNH KHÁNH HÒA (THỬ)", "SỞ Y TẾ"],
        )
        ward = self._document(agency_id=self.ward.id).tables[0].cell(0, 0)
        self.assertEqual(
            [one.text for one in ward.paragraphs if one.text],
            ["ỦY BAN NHÂN DÂN PHƯỜNG NHA TRANG"],
        )

    def test_parts_to_write(self):
        """Text given is a paragraph a line, as written; else there are dotted lines."""
        told = lines(
            self._document(
                causes="Thiếu <b>vốn</b> & {{ ky_bao_cao }}\nMưa \x0cbão\x01 {_{",
                difficulties="=1",
            )
        )
        for text in ("Thiếu <b>vốn</b> & {{ ky_bao_cao }}", "Mưa bão {_{", "=1"):
            self.assertIn(text, told)
        self.assertNotIn("\t", told)
        self.assertEqual(lines(self._document()).count("\t"), 6)

    def test_outside_the_register(self):
        """Undated tasks are listed in their agency's report only."""
        finance = self._document(agency_id=self.finance.id)
        self.assertIn("Tăng cường kỷ luật", finance.tables[1].cell(1, 2).text)
        self.assertEqual(len(finance.tables), 4)
        self.assertEqual(len(self._document(agency_id=self.health.id).tables), 3)

    def test_nothing_to_report(self):
        """A period without tasks prints the form with zeros and says so."""
        document = self._document(
            kind="free", free_from="2026-03-15", free_to="2026-03-16"
        )
        self.assertIn("Tổng số nhiệm vụ được giao trong kỳ báo cáo: 0", lines(document))
        self.assertEqual(
            list_rows(document)[0][0], "Không có nhiệm vụ trong kỳ báo cáo"
        )

    def test_too_long_for_word(self):
        """A list that Word opens too slowly is refused on screen, with what to do."""
        with patch.object(task_report_template, "DOCX_ROWS_MAX", 5):
            with self.assertRaisesRegex(UserError, "XLSX"):
                self._wizard().action_word()
            with self.assertRaisesRegex(UserError, "XLSX"):
                self._docx()

    def test_same_bytes(self):
        """The same sheet and template give the same bytes, all of one moment."""
        content = self._docx(agency_id=self.finance.id)
        self.assertEqual(self._docx(agency_id=self.finance.id), content)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            times = {one.date_time for one in archive.infolist()}
        self.assertEqual(times, {(2026, 5, 20, 3, 0, 0)})
        about = opened(content).core_properties
        self.assertEqual(about.title, "Báo cáo tháng 5 năm 2026 - SỞ TÀI CHÍNH")
        self.assertEqual(about.author, "SỞ TÀI CHÍNH")
        self.assertEqual(str(about.modified), "2026-05-20 03:00:00+00:00")

    # -- layout ------------------------------------------------------------------------
    def test_shipped_template(self):
        """The files kept in the repository are those their script makes."""
        made = {
            "figures": make_bao_cao.make(),
            "text": make_bao_cao.make_text(),
        }
        for kind, (path, _name) in SHIPPED.items():
            with (
                zipfile.ZipFile(path) as kept,
                zipfile.ZipFile(io.BytesIO(made[kind])) as again,
            ):
                self.assertEqual(kept.namelist(), again.namelist())
                for name in again.namelist():
                    self.assertEqual(kept.read(name), again.read(name), name)

    def test_paper(self):
        """A4; 20 mm above and below, 30 left, 15 right; Phụ lục II lies."""
        first, second = self._document().sections
        self.assertEqual(_mm(first.page_width, first.page_height), [210, 297])
        self.assertEqual(_mm(second.page_width, second.page_height), [297, 210])
        for section in (first, second):
            self.assertEqual(
                _mm(
                    section.top_margin,
                    section.bottom_margin,
                    section.left_margin,
                    section.right_margin,
                ),
                [20, 20, 30, 15],
            )

    def test_page_numbers(self):
        """A field of 13 pt, centred in the top margin, not on a section's first page,
        and each section counts from 1."""
        first, second = self._document().sections
        for section in (first, second):
            self.assertTrue(section.different_first_page_header_footer)
            self.assertLess(section.header_distance, Mm(20))
            start = section._sectPr.find(qn("w:pgNumType")).get(qn("w:start"))
            self.assertEqual(start, "1")
            number = section.header.paragraphs[0]
            codes = [node.text for node in number._p.iter(qn("w:instrText"))]
            self.assertEqual(codes, [" PAGE "])
            self.assertEqual(str(number.style.paragraph_format.alignment), "CENTER (1)")
            self.assertEqual(number.style.font.size, Pt(13))
            self.assertEqual(
                [one.text for one in section.first_page_header.paragraphs], [""]
            )

    def test_fonts(self):
        """Times New Roman alone; the sizes and weights of Phụ lục I, Nghị định 30."""
        document = self._document(agency_id=self.health.id)
        fonts = {
            node.get(key)
            for part in (document.styles.element, document.element)
            for node in part.iter(qn("w:rFonts"))
            for key in node.attrib
        }
        self.assertEqual(fonts, {"Times New Roman"})
        head, foot = document.tables[0], document.tables[-2]
        paragraphs = [
            *(
                one
                for row in (*head.rows, *foot.rows)
                for cell in row.cells
                for one in cell.paragraphs
            ),
            *document.paragraphs,
        ]
        found = {one.text: _look(one) for one in paragraphs}
        for text, look in (
            ("ỦY BAN NHÂN DÂN TỈNH KHÁNH HÒA (THỬ)", (12, False, False)),
            ("SỞ Y TẾ", (12, True, False)),
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", (12, True, False)),
            ("Độc lập - Tự do - Hạnh phúc", (13, True, False)),
            ("Số: ………/BC-………", (13, False, False)),
            ("Khánh Hòa, ngày …… tháng …… năm 2026", (13, False, True)),
            ("BÁO CÁO", (14, True, False)),
            ("Kèm theo danh mục nhiệm vụ cụ thể", (14, False, False)),
            ("I. TỔNG QUAN", (14, True, False)),
            ("THỦ TRƯỞNG CƠ QUAN/ĐƠN VỊ", (14, True, False)),
            ("Nơi nhận:", (12, True, True)),
            ("- Lưu: VT, ………", (11, False, False)),
            ("Phụ lục II", (14, True, False)),
        ):
            self.assertEqual(found.get(text), look, text)

    def test_body(self):
        """Justified, first line 12.7 mm in, 6 pt between paragraphs, single lines."""
        document = self._document()
        body = next(
            one.style.paragraph_format
            for one in document.paragraphs
            if one.text == "Kèm theo danh mục nhiệm vụ cụ thể"
        )
        self.assertEqual(str(body.alignment), "JUSTIFY (3)")
        self.assertAlmostEqual(body.first_line_indent.mm, 12.7, 1)
        self.assertEqual(body.space_after, Pt(6))
        self.assertEqual(body.line_spacing, 1.0)

    def test_table_over_pages(self):
        """The head of Phụ lục II is repeated, and no row is cut in two."""
        table = self._document().tables[-1]
        self.assertEqual(
            [cell.text for cell in table.rows[0].cells], list(LIST_COLUMNS)
        )
        self.assertIsNotNone(table.rows[0]._tr.trPr.find(qn("w:tblHeader")))
        for row in table.rows:
            self.assertIsNotNone(row._tr.trPr.find(qn("w:cantSplit")))


@tagged("post_install", "-at_install")
class TestDocxDownload(DocxCase, HttpCase):
    """The route, with the rights of the reader."""

    def _get(self, user, wizard):
        self.authenticate(user.login, user.login)
        return self.url_open(f"/task_reports/phu_luc/{wizard.id}.docx")

    def test_download(self):
        """An agency's officer downloads the agency's report in its own name."""
        wizard = self._wizard(self.officer, agency_id=self.finance.id)
        self.assertEqual(
            wizard.action_word()["url"], f"/task_reports/phu_luc/{wizard.id}.docx"
        )
        answer = self._get(self.officer, wizard)
        self.assertEqual(answer.status_code, 200)
        self.assertIn("wordprocessingml", answer.headers["Content-Type"])
        self.assertIn(".docx", answer.headers["Content-Disposition"])
        figures = self._figures(MAY, self.finance)
        self.assertIn(
            f"Tổng số nhiệm vụ được giao trong kỳ báo cáo: {figures.count('total')}",
            lines(opened(answer.content)),
        )

    def test_of_another(self):
        """Nobody downloads what another put together."""
        wizard = self._wizard(agency_id=self.finance.id)
        self.assertEqual(self._get(self.officer, wizard).status_code, 403)
        self.assertEqual(
            self._get(self.officer, wizard.browse(wizard.id + 999)).status_code, 404
        )


def _mm(*lengths):
    return [round(length.mm) for length in lengths]


def _look(paragraph):
    """(size in pt, bold, italic) of a paragraph's style."""
    font = paragraph.style.font
    return font.size.pt, bool(font.bold), bool(font.italic)
