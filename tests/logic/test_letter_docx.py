# SPDX-License-Identifier: LGPL-3.0-or-later
"""A letter in Word: what stands in the file, and that equal letters are equal files."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from logic.letter import Heading, Letter, Paragraph, Table
from logic.letter_docx import write_letter

ONE = Letter(
    kind="letter",
    parent_body="Ủy ban nhân dân tỉnh",
    issuing_body="Văn phòng",
    abstract="báo cáo <b>gấp</b> & {{ x }}",
    addressees=("Sở Y tế", "Sở <i>Tài chính</i>"),
    blocks=(
        Heading("I. Chung"),
        Paragraph("Một\nHai {% if x %} \x01&amp;"),
        Table(("A", "B\nb"), (("1", "{{ y }}"),), (1, 3), ("left", "right")),
    ),
    signer_title="Chánh Văn phòng",
    made_on=datetime(2026, 5, 20, 3, 0, tzinfo=UTC),
)


def opened(letter=ONE):
    """The document of a letter, as read back."""
    return Document(io.BytesIO(write_letter(letter)))


def test_same_bytes():
    """Equal letters give equal bytes, all of the moment it was made; others do not."""
    content = write_letter(ONE)
    assert write_letter(replace(ONE)) == content
    assert write_letter(replace(ONE, number="1/VP")) != content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        times = {one.date_time for one in archive.infolist()}
    assert times == {(2026, 5, 20, 3, 0, 0)}
    about = opened().core_properties
    assert about.author == "VĂN PHÒNG"
    assert about.title.startswith("V/v báo cáo <b>gấp</b>")


def test_text_is_text():
    """Markup and placeholders of users stay words."""
    told = [one.text for one in opened().paragraphs]
    assert "Hai {% if x %} &amp;" in told
    assert "- Sở <i>Tài chính</i>." in told
    table = opened().tables[1]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["A", "B\nb"],
        ["1", "{{ y }}"],
    ]


def test_layout():
    """A4, margins 20, 20, 30, 15 mm; Times New Roman alone; the page number 13 pt in
    the top margin from page 2 on; text 14 pt, first line 12.7 mm in, justified."""
    document = opened()
    (section,) = document.sections
    lengths = [
        *(section.page_width, section.page_height, section.top_margin),
        *(section.bottom_margin, section.left_margin, section.right_margin),
    ]
    assert [round(one.mm) for one in lengths] == [210, 297, 20, 20, 30, 15]
    assert section.different_first_page_header_footer
    number = section.header.paragraphs[0]
    assert [one.text for one in number._p.iter(qn("w:instrText"))] == [" PAGE "]
    assert number.style.font.size == Pt(13)
    assert [one.text for one in section.first_page_header.paragraphs] == [""]
    fonts = {
        node.get(key)
        for part in (document.styles.element, document.element)
        for node in part.iter(qn("w:rFonts"))
        for key in node.attrib
    }
    assert fonts == {"Times New Roman"}
    text = next(one for one in document.paragraphs if one.text == "Một").style
    assert text.font.size == Pt(14)
    assert abs(text.paragraph_format.first_line_indent - Mm(12.7)) < Mm(0.1)
    assert str(text.paragraph_format.alignment) == "JUSTIFY (3)"


def test_table():
    """Columns in their proportion; the head is repeated, no row is cut."""
    table = opened().tables[1]
    assert [round(column.width.mm) for column in table.columns] == [41, 124]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    for row in table.rows:
        assert row._tr.trPr.find(qn("w:cantSplit")) is not None
    assert str(table.cell(1, 1).paragraphs[0].style.paragraph_format.alignment) == (
        "RIGHT (2)"
    )
