# SPDX-License-Identifier: LGPL-3.0-or-later
import io

from pypdf import PdfReader

from odoo.tests import tagged

from .common import HistoryCase

MM = 72 / 25.4


@tagged("post_install", "-at_install")
class TestNd30Pdf(HistoryCase):
    """Nghị định 30/2020/NĐ-CP, Phụ lục I, measured in the printed PDF: margins, sizes,
    weights and places, with the figures the decree gives."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Phụ lục II over several pages; parts III and IV over two of Phụ lục I.
        cls._assign("2026-05-02", "adhoc", [cls.health], "2026-05-09", count=30)
        cls.env.flush_all()
        wizard = cls.env["task.report.wizard"].with_user(cls.manager)
        wizard = wizard.create(
            {
                "kind": "month",
                "year": 2026,
                "month": "5",
                "agency_id": cls.health.id,
                "causes": "Nguyên nhân khách quan và chủ quan được nêu cụ thể. " * 60,
            }
        )
        content, _kind = (
            cls.env["ir.actions.report"]
            .with_user(cls.manager)
            .with_context(force_report_rendering=True)
            ._render_qweb_pdf("task_reports.report_phu_luc", wizard.ids)
        )
        cls.pages = [_texts(page) for page in PdfReader(io.BytesIO(content)).pages]

    def _found(self, text, page=0):
        """(left in mm, from the top in mm, size in pt, font) of a text of a page."""
        found = [one for one in self.pages[page][1] if one[0].startswith(text)]
        self.assertTrue(found, (text, [one[0] for one in self.pages[page][1]]))
        return found[0][1:]

    def _pages(self, *, upright):
        return [
            (number, page)
            for number, page in enumerate(self.pages)
            if (page[0][0] < page[0][1]) == upright
        ]

    def test_margins(self):
        """Nothing but the page number above 20 mm, nothing left of 30 mm (upright; 20
        of the lying annex), nothing below 20 mm."""
        for upright, left in ((True, 30), (False, 20)):
            pages = self._pages(upright=upright)
            self.assertGreaterEqual(len(pages), 2)
            for number, ((_width, height), texts) in pages:
                body = [one for one in texts if one[2] > 20]
                over = [one[0] for one in texts if one[2] <= 20]
                self.assertLessEqual(len(over), 1, over)
                self.assertGreaterEqual(min(one[1] for one in body), left - 0.2, number)
                self.assertLessEqual(max(one[2] for one in body), height - 20, number)
                lefts = [one[1] for one in body]
                self.assertLess(min(lefts), left + 15, number)

    def test_page_number(self):
        """13 or 14 pt, upright, in the middle of the lines and of the top margin, not
        on the first page; the annex counts from 1 again."""
        numbers = []
        for (width, height), texts in self.pages:
            middle = ((30 if width < height else 20) + width - 15) / 2
            top = [one for one in texts if one[2] <= 20]
            numbers.append(int(top[0][0]) if top else None)
            for text, left, down, size, font in top:
                half = len(text) * size / MM / 4
                self.assertLess(abs(left + half - middle), 0.5)
                self.assertLess(abs(down - 11.5), 3)
                self.assertIn(round(size), (13, 14))
                self.assertNotRegex(font, "Italic|Bold")
        annex = self._pages(upright=False)[0][0]
        expected = [None, *range(2, annex + 1)]
        expected += [None, *range(2, len(self.pages) - annex + 1)]
        self.assertEqual(numbers, expected)

    def test_sizes(self):
        """Each element in the size and weight of its row of the decree's table."""
        for text, sizes, bold, italic in (
            ("CỘNG HÒA XÃ HỘI", (12, 13), True, False),
            ("Độc lập - Tự do", (13, 14), True, False),
            ("ỦY BAN NHÂN DÂN TỈNH", (12, 13), False, False),
            ("SỞ Y TẾ", (12, 13), True, False),
            ("Số: ……", (13,), False, False),
            ("Khánh Hòa, ngày", (13, 14), False, True),
            ("BÁO CÁO", (13, 14), True, False),
            ("Kính gửi: ", (13, 14), False, False),
            ("I. TỔNG QUAN", (13, 14), True, False),
            ("Kèm theo danh mục", (13, 14), False, False),
        ):
            self._check_look(text, 0, sizes, bold, italic)
        last = self._pages(upright=False)[0][0] - 1
        for text, sizes, bold, italic in (
            ("THỦ TRƯỞNG CƠ QUAN", (13, 14), True, False),
            ("Nơi nhận:", (12,), True, True),
            ("- Như trên;", (11,), False, False),
        ):
            self._check_look(text, last, sizes, bold, italic)
        self._check_look("Phụ lục II", last + 1, (14,), True, False)
        self._check_look("(Kèm theo Báo cáo", last + 1, (13, 14), False, True)

    def _check_look(self, text, page, sizes, bold, italic):
        _left, _top, size, font = self._found(text, page)
        self.assertIn(round(size, 1), sizes, text)
        self.assertEqual("Bold" in font, bold, (text, font))
        self.assertEqual("Italic" in font, italic, (text, font))

    def test_places(self):
        """The state's name right of the issuing body, level with it; number and date on
        one line; the first line of a paragraph 1 or 1.27 cm in; who signs right of who
        receives, level with it."""
        state = self._found("CỘNG HÒA XÃ HỘI")
        parent = self._found("ỦY BAN NHÂN DÂN TỈNH")
        self.assertGreater(state[0], 90)
        self.assertAlmostEqual(state[1], parent[1], 0)
        number, place = self._found("Số: ……"), self._found("Khánh Hòa, ngày")
        self.assertAlmostEqual(number[1], place[1], 0)
        self.assertGreater(place[0], 90)
        first = self._found("Kèm theo danh mục")[0]
        self.assertTrue(30 + 10 - 0.3 <= first <= 30 + 12.7 + 0.3, first)
        last = self._pages(upright=False)[0][0] - 1
        signer = self._found("THỦ TRƯỞNG CƠ QUAN", last)
        recipients = self._found("Nơi nhận:", last)
        self.assertLess(recipients[0], 32)
        self.assertGreater(signer[0], 105)
        self.assertLess(abs(signer[1] - recipients[1]), 2)


def _texts(page):
    """((width, height), [(text, left, from the top, size, font)]) of a page; lengths
    in mm, sizes in points."""
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    found = []

    def visit(text, cm, tm, font, size):
        if not text.strip():
            return
        left = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        bottom = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        name = str((font or {}).get("/BaseFont", ""))
        scale = abs(tm[3] * cm[3])
        found.append(
            (text.strip(), left / MM, (height - bottom) / MM, size * scale, name)
        )

    page.extract_text(visitor_text=visit)
    return (width / MM, height / MM), found
