# SPDX-License-Identifier: LGPL-3.0-or-later
import io
from unittest.mock import patch
from urllib.request import OpenerDirector

from lxml import html
from pypdf import PdfReader

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.task_reports.logic.form import FORM
from odoo.addons.task_reports.report import phu_luc
from odoo.addons.task_tracking.logic import long_pdf

from .common import MAY, HistoryCase

REPORT = "task_reports.report_phu_luc"
MM = 72 / 25.4
A4 = (210, 297)


@tagged("post_install", "-at_install")
class TestPdf(HistoryCase):
    """The printed report: the form's words, the engine's figures, the layout of Nghị
    định 30/2020/NĐ-CP measured in the PDF itself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Enough for Phụ lục II to run over several pages.
        cls._assign("2026-05-02", "adhoc", [cls.health], "2026-05-09", count=30)
        cls.env.flush_all()

    def _html(self, user=None, **vals):
        wizard = self._wizard(user, **vals)
        report = self.env["ir.actions.report"].with_user(user or self.manager)
        return report._render_qweb_html(REPORT, wizard.ids)[0].decode()

    def _pdf(self, user=None, **vals):
        wizard = self._wizard(user, **vals)
        report = self.env["ir.actions.report"].with_user(user or self.manager)
        content, kind = report.with_context(
            force_report_rendering=True
        )._render_qweb_pdf(REPORT, wizard.ids)
        self.assertEqual(kind, "pdf")
        return PdfReader(io.BytesIO(content))

    # -- words and figures -----------------------------------------------------------
    def test_figures(self):
        """The form's lines word for word, each followed by the engine's number."""
        figures = self._figures(MAY)
        page = html.fromstring(self._html())
        lines = {
            line.get("data-code"): " ".join(line.text_content().split())
            for line in page.xpath("//p[@data-code]")
        }
        for line in FORM:
            if line.code:
                self.assertEqual(
                    lines[line.code], f"{line.text} {figures.count(line.code)}"
                )

    def test_list(self):
        """Phụ lục II prints every counted assignment once."""
        page = html.fromstring(self._html())
        printed = [int(row) for row in page.xpath("//tr/@data-assignment")]
        engine = self.env["task.report.engine"].with_user(self.manager)
        self.assertEqual(sorted(printed), engine._counted_ids("total", *MAY))

    def test_heading(self):
        """Parent and issuing body; a commune's letter bears no parent body."""
        health = html.fromstring(self._html(agency_id=self.health.id))
        self.assertEqual(
            health.xpath("//*[@class='nd30_parent']/text()"),
            ["ỦY BAN NHÂN DÂN TỈNH KHÁNH HÒA (THỬ)"],
        )
        self.assertEqual(health.xpath("//*[@class='nd30_body']/text()"), ["SỞ Y TẾ"])
        ward = html.fromstring(self._html(agency_id=self.ward.id))
        self.assertFalse(ward.xpath("//*[@class='nd30_parent']"))

    def test_parts_to_write(self):
        """Text given is printed as text, a line a paragraph; else dotted lines."""
        empty = html.fromstring(self._html())
        self.assertEqual(len(empty.xpath("//*[@class='nd30_dots']")), 6)
        written = html.fromstring(
            self._html(causes="Thiếu <b>vốn</b>\nMưa bão", difficulties="=1")
        )
        self.assertFalse(written.xpath("//*[@class='nd30_dots']"))
        paragraphs = [p.text for p in written.xpath("//p") if p.text]
        self.assertIn("Thiếu <b>vốn</b>", paragraphs)
        self.assertIn("Mưa bão", paragraphs)

    def test_outside_the_register(self):
        """Undated tasks are listed after part IV of their agency's report."""
        page = self._html(agency_id=self.finance.id)
        self.assertLess(page.index("IV. KHÓ KHĂN"), page.index("Tăng cường kỷ luật"))
        self.assertNotIn("Tăng cường kỷ luật", self._html(agency_id=self.health.id))

    def test_nothing_to_report(self):
        """A period without tasks prints the form with zeros and says so."""
        page = self._html(kind="free", free_from="2026-03-15", free_to="2026-03-16")
        self.assertIn("Không có nhiệm vụ trong kỳ báo cáo", page)

    def test_too_long_for_a_pdf(self):
        """A list that would take minutes is refused, with what to do instead."""
        with patch.object(phu_luc, "PDF_ROWS_MAX", 5), self.assertRaises(UserError):
            self._html()

    # -- layout -----------------------------------------------------------------------
    def test_pages(self):
        """Phụ lục I upright, Phụ lục II lying, both A4."""
        pages = self._pdf().pages
        sizes = [
            (round(page.mediabox.width / MM), round(page.mediabox.height / MM))
            for page in pages
        ]
        upright = sizes.count(A4)
        self.assertEqual(sizes[:upright], [A4] * upright)
        self.assertEqual(sizes[upright:], [A4[::-1]] * (len(sizes) - upright))
        self.assertGreaterEqual(upright, 2)
        self.assertGreaterEqual(len(sizes) - upright, 3)

    def test_page_numbers(self):
        """Centred in the top margin from page 2; Phụ lục II begins again."""
        numbers = [self._number(page) for page in self._pdf().pages]
        second = numbers.index(None, 1)
        self.assertEqual(numbers[:second], [None, *range(2, second + 1)])
        self.assertEqual(numbers[second:], [None, *range(2, len(numbers) - second + 1)])

    def _number(self, page):
        """The number in the top margin, None if there is none."""
        text = self._top_text(page)
        return int(text) if text else None

    def _top_text(self, page):
        top = float(page.mediabox.height) - 20 * MM
        found = []

        def visit(text, cm, tm, _font, _size):
            x, y = _position(cm, tm)
            if text.strip() and y > top:
                middle = float(page.mediabox.width) / 2
                self.assertLess(abs(x - middle), 20 * MM)
                found.append(text.strip())

        page.extract_text(visitor_text=visit)
        return "".join(found)

    def test_margins(self):
        """Left margin 30 mm upright: no text begins left of it."""
        first = self._pdf().pages[0]
        lefts = []

        def visit(text, cm, tm, _font, _size):
            if text.strip():
                lefts.append(_position(cm, tm)[0])

        first.extract_text(visitor_text=visit)
        self.assertGreaterEqual(min(lefts), 30 * MM - 1)
        self.assertLess(min(lefts), 30 * MM + 30)

    def test_heads_repeat(self):
        """The head of Phụ lục II's table stands on every one of its pages."""
        for page in self._pdf().pages:
            if page.mediabox.width > page.mediabox.height:
                self.assertIn("Nội dung nhiệm vụ", page.extract_text())

    def test_font(self):
        """Times New Roman's metric twin is embedded, and nothing else."""
        fonts = {
            str(font.get_object()["/BaseFont"])
            for page in self._pdf().pages
            for font in page["/Resources"]["/Font"].values()
        }
        self.assertTrue(fonts)
        for font in fonts:
            self.assertRegex(font, "Liberation-?Serif|Times-?New-?Roman")

    def test_long_list_in_pieces(self):
        """Printed in pieces, Phụ lục II is numbered through and lists the same."""
        whole = self._pdf().pages
        with patch.object(long_pdf, "PIECE_ROWS", 12):
            pages = self._pdf().pages
        numbers = [self._number(page) for page in pages]
        second = numbers.index(None, 1)
        self.assertEqual(numbers[second:], [None, *range(2, len(numbers) - second + 1)])
        self.assertEqual(numbers[:second], [self._number(p) for p in whole[:second]])
        for page in pages[second:]:
            self.assertIn("Nội dung nhiệm vụ", page.extract_text())
        texts = [
            " ".join("".join(page.extract_text() for page in some).split())
            for some in (whole, pages)
        ]
        # 8 assignments of the history, 30 of one directive; one task outside.
        for text in texts:
            self.assertEqual(text.count("V/v triển khai nhiệm vụ"), 39)
        self.assertIn("V. Nhiệm vụ chưa hoàn thành quá hạn (32)", texts[1])

    # -- the engine
    def test_nothing_is_fetched(self):
        """No address and no file is opened for a document, whatever stands in it."""
        report = self.env["ir.actions.report"]
        pixel = (
            "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlE"
            "QVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
        )
        opened = []

        def spy(opener, request, *args, **kwargs):
            opened.append(request.full_url)
            return original(opener, request, *args, **kwargs)

        original = OpenerDirector.open
        document = (
            "<style>@import url(http://127.0.0.1:9/a.css)</style>"
            '<img src="http://127.0.0.1:9/a.png"><img src="file:///etc/hostname">'
            f'<link rel="stylesheet" href="ftp://127.0.0.1/a"><img src="{pixel}">'
        )
        with (
            patch.object(OpenerDirector, "open", spy),
            self.assertLogs("weasyprint", "ERROR") as logs,
        ):
            content = report._weasyprint_pdf(document)
        self.assertTrue(content.startswith(b"%PDF"))
        self.assertEqual(opened, [pixel])
        self.assertEqual(len(logs.records), 4)

    def test_other_reports_keep_their_engine(self):
        """A report that does not ask for WeasyPrint is rendered as ever."""
        report = self.env["ir.actions.report"].create(
            {"name": "x", "model": "res.partner", "report_name": "base.report_x"}
        )
        self.assertEqual(report.pdf_engine, "wkhtmltopdf")

    def test_the_client_learns_the_engine(self):
        """Both ways in which the client gets a report's action tell the engine."""
        action = self.env.ref("task_reports.action_report_phu_luc")
        self.assertIn("pdf_engine", action._get_readable_fields())
        printed = self._wizard().action_print()
        self.assertEqual(printed["pdf_engine"], "weasyprint")
        self.assertEqual(printed["report_type"], "qweb-pdf")

    def test_several_records_are_several_documents(self):
        """Each record's pages are numbered on their own."""
        wizards = self._wizard() + self._wizard(month="4")
        report = self.env["ir.actions.report"].with_user(self.manager)
        content, _kind = report.with_context(
            force_report_rendering=True
        )._render_qweb_pdf(REPORT, wizards.ids)
        numbers = [self._number(page) for page in PdfReader(io.BytesIO(content)).pages]
        # Two of each: Phụ lục I and II begin without a number.
        self.assertEqual(numbers.count(None), 4)


def _position(cm, tm):
    """Return where a text begins on its page, in points from the bottom left."""
    x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
    y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
    return float(x), float(y)
