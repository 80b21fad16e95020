# SPDX-License-Identifier: LGPL-3.0-or-later
"""Taking a regulation's text apart, checked on texts made for the purpose."""

import unicodedata

from logic.regulation_text import article_number, parse

TEXT = """
QUYẾT ĐỊNH
Điều 1. Ban hành kèm theo Quyết định này Quy chế.
Điều 2. Quyết định có hiệu lực kể từ ngày ký.
Nơi nhận:
- Như Điều 2;
TM. ỦY BAN NHÂN DÂN
QUY CHẾ
Chương I
NHỮNG QUY ĐỊNH
CHUNG
Điều 1. Phạm vi
1. Một.
a) Hai;
UBND TỈNH VIẾT HOA
Chương trình công tác vẫn là lời văn.
Phụ lục I kèm theo là mẫu báo cáo.
Chương II. QUY ĐỊNH CỤ THỂ
Mục 1
CẬP NHẬT
Điều 2: Thời hạn
Điều 20 Quy chế này là lời văn.
Mục 2
BÁO CÁO
Điều 4.
Không có tên.
CHƯƠNG III
TỔ CHỨC
Điều 5. Hiệu lực
Hết./.
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Nguyễn Văn A
Phụ lục I
Điều 1. Của phụ lục
"""


def test_articles_with_chapter_and_section():
    """Chapter and section titles run over lines; a number left out stays left out."""
    found = [(a.number, a.title, a.chapter, a.section) for a in parse(TEXT)]
    assert found == [
        (1, "Phạm vi", "Chương I. NHỮNG QUY ĐỊNH CHUNG", ""),
        (2, "Thời hạn", "Chương II. QUY ĐỊNH CỤ THỂ", "Mục 1. CẬP NHẬT"),
        (4, "", "Chương II. QUY ĐỊNH CỤ THỂ", "Mục 2. BÁO CÁO"),
        (5, "Hiệu lực", "Chương III. TỔ CHỨC", ""),
    ]


def test_text_of_an_article():
    """Lines that only look like a heading stay; signatures and annexes do not."""
    first, second, _third, last = parse(TEXT)
    assert first.text == (
        "1. Một.\na) Hai;\nUBND TỈNH VIẾT HOA\nChương trình công tác vẫn là lời văn."
        "\nPhụ lục I kèm theo là mẫu báo cáo."
    )
    assert second.text == "Điều 20 Quy chế này là lời văn."
    assert last.text == "Hết./."


def test_decomposed_letters_and_odd_spaces():
    """A text typed with separate accents, Windows line ends, or a mark at its start."""
    text = "\ufeff" + unicodedata.normalize("NFD", "Điều 1. Phạm  vi\r\n\r\n Một ")
    (article,) = parse(text)
    assert (article.title, article.text) == ("Phạm vi", "Một")


def test_no_article():
    """A text without an article has none."""
    assert parse("") == parse("Điều thứ nhất\nKhông có") == []


def test_number_in_a_reference():
    """“Điểm a khoản 1 Điều 6” is in article 6; an annex is in none."""
    assert article_number("Điểm a khoản 1 Điều 6") == 6
    assert article_number(unicodedata.normalize("NFD", "Điều 20 khoản 1")) == 20
    assert article_number("Phụ lục I") == article_number(False) == 0
