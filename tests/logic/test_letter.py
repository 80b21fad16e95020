# SPDX-License-Identifier: LGPL-3.0-or-later
"""An administrative document's lines: Nghị định 30/2020/NĐ-CP, Phụ lục I and III."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from logic.letter import (
    KINDS,
    Article,
    Heading,
    Items,
    Letter,
    Paragraph,
    Signature,
    Table,
    laid_out,
)
from logic.words import day_words, number_words, text_lines


def letter(kind="notice", **values):
    """A letter with a text."""
    values = {"blocks": (Paragraph("Nội dung"),), **values}
    return Letter(kind=kind, issuing_body="Văn phòng", **values)


def told(one):
    """(role, lead and text) of a letter's lines."""
    return [
        (line.role, f"{line.lead} {line.text}".strip()) for line in laid_out(one).lines
    ]


# -- days and numbers ------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 2, 9), "ngày 09 tháng 02 năm 2026"),
        (date(2026, 1, 10), "ngày 10 tháng 01 năm 2026"),
        (date(2026, 3, 1), "ngày 01 tháng 3 năm 2026"),
        (date(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
        (None, "ngày …… tháng …… năm ……"),
    ],
)
def test_day(day, words):
    """A leading 0 for days below 10 and for January and February alone."""
    assert day_words(day) == words


@pytest.mark.parametrize(
    ("number", "code", "words"),
    [
        ("5/QĐ-UBND", "QĐ", "05/QĐ-UBND"),
        ("05/QĐ-UBND", "QĐ", "05/QĐ-UBND"),
        ("12/QĐ-UBND", "QĐ", "12/QĐ-UBND"),
        ("120/QĐ-UBND", "QĐ", "120/QĐ-UBND"),
        ("/QĐ-UBND", "QĐ", "………/QĐ-UBND"),
        ("", "QĐ", "………/QĐ-………"),
        ("", "", "………/………"),
    ],
)
def test_number(number, code, words):
    """A number below 10 has a leading 0; dots where there is none yet."""
    assert number_words(number, code) == words


def test_text_lines():
    """Blanks run together, lines are kept, what cannot be printed is left out."""
    assert text_lines(" a\t b \r\n\n\x0cc\x01\N{NO-BREAK SPACE}d\r") == (
        "a b",
        "c\N{NO-BREAK SPACE}d",
    )
    assert text_lines(("a\nb", "", "c")) == ("a", "b", "c")


# -- kinds -----------------------------------------------------------------------------
@pytest.mark.parametrize("kind", KINDS)
def test_title(kind):
    """Every kind but the công văn begins with its title, abstract and rule; the công
    văn has the abstract under its number (Mẫu 1.5)."""
    one = letter(kind, abstract="Kiểm tra")
    lines, layout = told(one), laid_out(one)
    if kind == "letter":
        assert layout.about == ("V/v Kiểm tra",)
        assert lines == [("text", "Nội dung./.")]
    else:
        assert layout.about == ()
        assert lines[:3] == [
            ("title", KINDS[kind][0]),
            ("title", "Kiểm tra"),
            ("rule", ""),
        ]
        assert lines[-1] == ("text", "Nội dung./.")


def test_about_once():
    """Whoever wrote "V/v" does not read it twice."""
    assert laid_out(letter("letter", abstract="V/v báo cáo")).about == ("V/v báo cáo",)


def test_place_and_day():
    """Beside the number; minutes have them in their text (Mẫu 1.9)."""
    values = {"place": "Huế", "dated_on": date(2026, 2, 3)}
    assert laid_out(letter(**values)).place_date == "Huế, ngày 03 tháng 02 năm 2026"
    assert laid_out(letter("minutes", **values)).place_date == ""
    assert laid_out(letter()).place_date == "…………, ngày …… tháng …… năm ……"


def test_decision():
    """Mẫu 1.2: authority, grounds that end with ";" and at last ".", "QUYẾT ĐỊNH:",
    articles."""
    one = letter(
        "decision",
        authority="Chủ tịch Ủy ban nhân dân tỉnh",
        grounds="Căn cứ Luật A.\nCăn cứ Quyết định B;",
        proposer="Theo đề nghị của Chánh Văn phòng;",
        blocks=(
            Article(1, "Thành lập Đoàn.\nGồm 05 người."),
            Article(2, "Trong tháng 5.", title="Thời hạn"),
        ),
    )
    assert told(one) == [
        ("title", "QUYẾT ĐỊNH"),
        ("rule", ""),
        ("authority", "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH"),
        ("ground", "Căn cứ Luật A;"),
        ("ground", "Căn cứ Quyết định B;"),
        ("ground", "Theo đề nghị của Chánh Văn phòng."),
        ("authority", "QUYẾT ĐỊNH:"),
        ("text", "Điều 1. Thành lập Đoàn."),
        ("text", "Gồm 05 người."),
        ("clause", "Điều 2. Thời hạn"),
        ("text", "Trong tháng 5./."),
    ]


def test_addressees():
    """One stands on the line of "Kính gửi"; several have a line each."""
    assert told(letter("letter", addressees="Sở Y tế."))[0] == (
        "addressed",
        "Kính gửi: Sở Y tế",
    )
    assert told(letter("letter", addressees=("Sở Y tế;", "Sở Tài chính")))[:3] == [
        ("addressees", "Kính gửi:"),
        ("addressee", "- Sở Y tế;"),
        ("addressee", "- Sở Tài chính."),
    ]


def test_recipients():
    """ "Như trên" first where there is "Kính gửi", "Lưu" last."""
    assert laid_out(letter(recipients="- Sở Y tế;", filed="VT, TH")).recipients == (
        "- Sở Y tế;",
        "- Lưu: VT, TH.",
    )
    assert laid_out(
        letter("letter", addressees="Sở Y tế", recipients=("Lãnh đạo",))
    ).recipients == ("- Như trên;", "- Lãnh đạo;", "- Lưu: VT.")


def test_headings():
    """A chapter, "I. …" in capitals, "1. …"."""
    blocks = (Heading("Phần 1", 0), Heading("I. Chung"), Heading("1. Riêng", 2))
    assert told(letter("plan", blocks=blocks))[2:] == [
        ("chapter", "Phần 1"),
        ("part", "I. CHUNG"),
        ("clause", "1. Riêng"),
        ("text", "./."),
    ]


@pytest.mark.parametrize(
    ("block", "end"),
    [
        (Paragraph("Hết."), "Hết./."),
        (Paragraph("Hết ;"), "Hết./."),
        (Paragraph("Hết./."), "Hết./."),
        (Paragraph("Còn..."), "Còn..../."),
        (Paragraph("Hết chưa?"), "Hết chưa?./."),
        (Items(("Một;", "Hai.")), "- Hai./."),
        (Table(("A",), (("b",),)), "./."),
    ],
)
def test_end(block, end):
    """The text ends with "./." once."""
    assert laid_out(letter(blocks=(block,))).lines[-1].text == end


def test_signatures():
    """The signer is the last one, on the right; up to three beside each other."""
    signer = {"signer_title": "Trưởng đoàn", "signer_name": "Z"}
    for others, rows in (
        ("", ["Z"]),
        ("A", ["AZ"]),
        ("AB", ["ABZ"]),
        ("ABC", ["AB", "CZ"]),
        ("ABCD", ["AB", "CD", "-Z"]),
    ):
        signatures = tuple(Signature("t", name=name) for name in others)
        one = letter("minutes", signatures=signatures, **signer)
        found = laid_out(one).signature_rows
        assert [
            "".join(one.name if one else "-" for one in row) for row in found
        ] == rows


def test_refused():
    """A kind that is not, a part that the kind has not, a table that is none."""
    for kind, part in (
        ("memo", {}),
        ("plan", {"authority": "Chủ tịch"}),
        ("letter", {"proposer": "Theo đề nghị"}),
        ("decision", {"addressees": "Sở Y tế"}),
        ("report", {"signatures": (Signature("Thư ký"),)}),
    ):
        with pytest.raises(ValueError):
            letter(kind, **part)
    with pytest.raises(ValueError):
        Table(("A", "B"), (("a",),))
    with pytest.raises(ValueError):
        Table(("A",), (("a",),), align=("justify",))
    with pytest.raises(ValueError):
        Heading("A", 3)


@given(st.text())
def test_any_text(text):
    """Whatever users write is laid out, word for word."""
    one = letter("report", abstract=text, addressees=text, blocks=(Paragraph(text),))
    words = " ".join(text_lines(text)).split()
    found = " ".join(line.text for line in laid_out(one).lines if line.role == "text")
    signs = " .;:,/"
    assert found.strip(signs).split() == " ".join(words).strip(signs).split()
