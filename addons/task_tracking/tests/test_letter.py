# SPDX-License-Identifier: LGPL-3.0-or-later
import io
from dataclasses import replace

from docx import Document
from pypdf import PdfReader

from odoo import models
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, TransactionCase, tagged

from ..logic.letter import Article, Items, Letter, Paragraph
from ..logic.letter_docx import write_letter
from .common import TaskCase
from .letter_common import ALL, DECISION, LETTER, MINUTES, REPORT, STRANGE

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
OFFICE = ("ỦY BAN NHÂN DÂN TỈNH KHÁNH HÒA", "VĂN PHÒNG", STATE, MOTTO)
RECEIVERS = "Nơi nhận:"
SIGNER = ("KT. CHỦ TỊCH PHÓ CHỦ TỊCH", "Trần Thị B")
#: The parts of each kind, in the order of its model in Phụ lục III.
PARTS = {
    # Mẫu 1.2
    "decision": (
        *("ỦY BAN NHÂN DÂN TỈNH KHÁNH HÒA", STATE, MOTTO, "Số: 05/QĐ-UBND"),
        *("Khánh Hòa, ngày 05 tháng 02 năm 2026", "QUYẾT ĐỊNH", "Về việc thành lập"),
        *("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH", "Căn cứ Luật", "ngày 16 tháng 6 năm 2025;"),
        *("Căn cứ Quyết định số 26/2026/QĐ-UBND", "Theo đề nghị của Chánh Văn phòng"),
        *("QUYẾT ĐỊNH:", "Điều 1. Thành lập", "STT", "Trưởng đoàn"),
        *("Điều 2. Nội dung, thời hạn", "Điều 3. Chánh Văn phòng", "Quyết định này./."),
        *(RECEIVERS, "- Như Điều 3;", "- Lưu: VT, TH.", *SIGNER),
    ),
    # Mẫu 1.4
    "report": (
        *(*OFFICE, "Số: 12/BC-VP", "Khánh Hòa, ngày 15 tháng 10 năm 2026"),
        *("BÁO CÁO", "Kết quả kiểm tra", "Kính gửi: Chủ tịch Ủy ban nhân dân tỉnh"),
        *("Phần thứ nhất", "I. KẾT QUẢ THỰC HIỆN", "1. Việc cập nhật", STRANGE),
        *("- Cập nhật chậm", "II. KIẾN NGHỊ", "Trân trọng./."),
        *(RECEIVERS, "- Như trên;", "- Lưu: VT.", "CHÁNH VĂN PHÒNG", "(Ký, đóng dấu"),
    ),
    "plan": (
        *(*OFFICE, "Số: ………/KH-………", "Khánh Hòa, ngày …… tháng …… năm ……"),
        *(
            "KẾ HOẠCH",
            "Kiểm tra năm 2026",
            "Căn cứ Quyết định",
            "I. ĐỐI TƯỢNG KIỂM TRA",
        ),
        *("Cơ quan", "Sở Tài chính", "Sở Xây dựng", "./."),
        *(RECEIVERS, "- Các cơ quan có tên tại mục I;", "- Lưu: VT.", *SIGNER),
    ),
    # Mẫu 1.5
    "letter": (
        *(*OFFICE, "Số: ………/VP-TH", "V/v yêu cầu báo cáo việc thực hiện"),
        *("Khánh Hòa, ngày", "Kính gửi:", "- Sở Tài chính;", "- Sở Xây dựng;"),
        *("- Ủy ban nhân dân phường Nha Trang.", "Văn phòng đề nghị", "10/3/2026./."),
        *(RECEIVERS, "- Như trên;", "- Lưu: VT.", *SIGNER),
    ),
    "notice": (
        *(*OFFICE, "Số: 07/TB-VP", "Khánh Hòa, ngày 25 tháng 12 năm 2026"),
        *("THÔNG BÁO", "Kết luận kiểm tra", "Kết luận như sau: đạt yêu cầu./."),
        *(RECEIVERS, "- Sở Tài chính;", "- Lưu: VT.", *SIGNER),
    ),
    # Mẫu 1.9
    "minutes": (
        *(*OFFICE, "Số: 03/BB-ĐKT", "BIÊN BẢN", "Kiểm tra tại Sở Tài chính"),
        *("Thời gian bắt đầu", "kết thúc vào", "ngày 09 tháng 3 năm 2026./."),
        *("THƯ KÝ", "ĐẠI DIỆN CƠ QUAN ĐƯỢC KIỂM TRA", "TRƯỞNG ĐOÀN KIỂM TRA"),
        *("Lê Văn C", "Phạm D", "Trần Thị B", RECEIVERS, "- Lưu: VT, hồ sơ."),
    ),
}


def bare(text):
    """A text without blanks: where lines break is nobody's word."""
    return "".join(text.split())


def docx_words(content):
    """All words of a DOCX, in the order of reading, without blanks."""
    texts = []
    for one in Document(io.BytesIO(content)).iter_inner_content():
        rows = getattr(one, "rows", None)
        if rows is None:
            texts.append(one.text)
        else:
            texts += [cell.text for row in rows for cell in row.cells]
    return bare("".join(texts))


@tagged("post_install", "-at_install")
class TestLetter(TransactionCase):
    """PDF and DOCX of one letter of each kind."""

    def pdf(self, letter):
        return self.env["ir.actions.report"]._letter_pdf(letter)

    def pages(self, letter):
        """The words of each page of a PDF without blanks, with its page number."""
        reader = PdfReader(io.BytesIO(self.pdf(letter)))
        return [bare(page.extract_text()) for page in reader.pages]

    def pdf_words(self, letter):
        first, *others = self.pages(letter)
        for number, words in enumerate(others, 2):
            self.assertTrue(words.endswith(str(number)), words)
            first += words.removesuffix(str(number))
        return first

    def test_parts(self):
        """Each kind has the parts of its model in Phụ lục III, in their order."""
        for letter in ALL:
            words, start = self.pdf_words(letter), 0
            for part in PARTS[letter.kind]:
                found = words.find(bare(part), start)
                self.assertGreaterEqual(found, 0, (letter.kind, part, words[start:]))
                start = found + len(bare(part))
            if letter.kind != "minutes":
                self.assertNotIn("BIÊNBẢN", words)
        self.assertNotIn("KhánhHòa,ngày", self.pdf_words(MINUTES))

    def test_same_words(self):
        """PDF and DOCX say the same, word for word."""
        for letter in ALL:
            self.assertEqual(docx_words(write_letter(letter)), self.pdf_words(letter))

    def test_text_is_text(self):
        """What users write is printed as written: no markup, no placeholder."""
        words = bare(STRANGE)
        for letter in (
            DECISION,
            REPORT,
            replace(LETTER, abstract=STRANGE),
            replace(LETTER, addressees=STRANGE),
            replace(LETTER, recipients=STRANGE),
            replace(LETTER, signer_name=STRANGE),
            replace(MINUTES, signer_note=STRANGE),
        ):
            self.assertIn(words, self.pdf_words(letter))
            self.assertIn(words, docx_words(write_letter(letter)))

    def test_same_bytes(self):
        """Equal letters give equal files, others give others."""
        for letter in ALL:
            again = replace(letter)
            self.assertEqual(self.pdf(again), self.pdf(letter))
            self.assertEqual(write_letter(again), write_letter(letter))
            other = replace(letter, signer_name="Ai khác")
            self.assertNotEqual(self.pdf(other), self.pdf(letter))
            self.assertNotEqual(write_letter(other), write_letter(letter))

    def test_signature_not_alone(self):
        """Wherever a page ends, the last text stands with the signature."""
        for count in range(24, 44, 2):
            lines = "\n".join(f"Dòng {number}" for number in range(count))
            pages = self.pages(replace(LETTER, blocks=(Paragraph(lines),)))
            last = f"Dòng{count - 1}./."
            (page,) = (words for words in pages if last in words)
            self.assertIn("TrầnThịB", page)

    def test_long_word(self):
        """A word longer than a line is broken: nothing is printed beyond the paper."""
        word = "x" * 300
        for letter in (
            replace(LETTER, abstract=word, addressees=word),
            replace(LETTER, blocks=(Paragraph(word),), signer_title=word),
            replace(DECISION, blocks=(Article(1, word), Items((word,)))),
            replace(MINUTES, parent_body=word, signer_name=word),
        ):
            page = PdfReader(io.BytesIO(self.pdf(letter))).pages[0]
            self.assertLess(max(map(len, page.extract_text().splitlines())), 110)
            self.assertIn(word.upper(), self.pdf_words(letter).upper())

    def test_title_of_the_file(self):
        """The PDF tells what it is."""
        about = PdfReader(io.BytesIO(self.pdf(REPORT))).metadata
        self.assertEqual(about.title, "BÁO CÁO 12/BC-VP")


class Printed(models.Model):
    """A directive that prints itself, for the test alone."""

    _module = None
    _name = "task.document"
    _inherit = ["task.document", "task.letter.mixin"]

    def _letter(self):
        text = Paragraph(self.abstract)
        return Letter(kind="letter", issuing_body="Văn phòng", blocks=(text,))


@tagged("post_install", "-at_install")
class TestLetterDownload(TaskCase, HttpCase):
    """The route, with the rights of the reader."""

    @classmethod
    def setUpClass(cls):
        # As Odoo's own tests do: nothing but a test makes a model this way.
        from odoo.orm.model_classes import add_to_registry

        super().setUpClass()
        directive = cls.registry["task.document"]
        before = directive._base_classes__
        cls.addClassCleanup(cls._set_up_models)
        children = cls.registry["task.letter.mixin"]._inherit_children
        cls.addClassCleanup(children.discard, "task.document")
        cls.addClassCleanup(setattr, directive, "_setup_done__", False)
        cls.addClassCleanup(setattr, directive, "_base_classes__", before)
        add_to_registry(cls.registry, Printed)
        cls._set_up_models()

    @classmethod
    def _set_up_models(cls):
        cls.registry._setup_models__(cls.env.cr, [])

    def setUp(self):
        super().setUp()
        self.directive = self._document(abstract="Về việc <b>thử</b>")

    def _get(self, user, model, record_id, ending):
        self.authenticate(user.login, user.login)
        return self.url_open(f"/task/letter/{model}/{record_id}.{ending}")

    def test_download(self):
        """Who reads the record downloads what it says, as PDF and as DOCX."""
        words = bare("Về việc <b>thử</b>./.")
        for ending, kind in (("pdf", "pdf"), ("docx", "wordprocessingml")):
            action = getattr(self.directive, f"action_letter_{ending}")()
            address = f"/task/letter/task.document/{self.directive.id}.{ending}"
            self.assertEqual(action["url"], address)
            answer = self._get(
                self.specialist, "task.document", self.directive.id, ending
            )
            self.assertEqual(answer.status_code, 200)
            self.assertIn(kind, answer.headers["Content-Type"])
            self.assertIn(f".{ending}", answer.headers["Content-Disposition"])
            if ending == "docx":
                self.assertIn(words, docx_words(answer.content))
            else:
                pages = PdfReader(io.BytesIO(answer.content)).pages
                self.assertIn(words, bare(pages[0].extract_text()))

    def test_not_for_the_reader(self):
        """A draft of the Office does not exist for an agency; nor does what is not
        there, nor a model that is no document, for anybody."""
        for user, model, record_id in (
            (self.finance_officer, "task.document", self.directive.id),
            (self.specialist, "task.document", self.directive.id + 999),
            (self.specialist, "task.document", 2**70),
            (self.specialist, "res.partner", self.finance.id),
            (self.specialist, "task.letter.mixin", 1),
            (self.specialist, "no.such.model", 1),
        ):
            for ending in ("pdf", "docx"):
                answer = self._get(user, model, record_id, ending)
                self.assertEqual(answer.status_code, 404, (model, record_id))
        with self.assertRaises(AccessError):
            self.directive.with_user(self.finance_officer).action_letter_pdf()

    def test_of_another_ending(self):
        """There is no other form of it."""
        answer = self._get(self.specialist, "task.document", self.directive.id, "html")
        self.assertEqual(answer.status_code, 404)

    def test_nobody(self):
        """Who is not logged in is asked to."""
        answer = self.url_open(
            f"/task/letter/task.document/{self.directive.id}.pdf", allow_redirects=False
        )
        self.assertEqual(answer.status_code, 303)
        self.assertIn("/web/login", answer.headers["Location"])
