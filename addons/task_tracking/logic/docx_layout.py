# SPDX-License-Identifier: LGPL-3.0-or-later
"""Pages, styles and tables of a Word document as Nghị định 30/2020/NĐ-CP, Phụ lục I,
wants them, and a writing of it that is always alike."""

import io
import zipfile
from datetime import UTC, datetime

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

#: What a file bears that was made at no moment in particular.
MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
TYPES_PART = "[Content_Types].xml"
FONT = "Times New Roman"
TOP, BOTTOM, LEFT, RIGHT = Mm(20), Mm(20), Mm(30), Mm(15)
#: From the paper's edge to the page number: in the middle of the top margin.
NUMBER_AT = Mm(8)
LONG, SHORT = Mm(297), Mm(210)
#: Of a line of an upright page.
WIDTH = SHORT - LEFT - RIGHT
INDENT = Mm(12.7)
#: Name, size in pt, place, the rest of what a style says of a paragraph.
STYLES = (
    ("Nội dung", 14, ALIGN.JUSTIFY, {"indent": INDENT, "after": Pt(6)}),
    ("Phần", 14, ALIGN.LEFT, {"indent": INDENT, "after": Pt(6), "bold": True}),
    ("Ghi chú", 14, ALIGN.JUSTIFY, {"after": Pt(6), "italic": True}),
    ("Kính gửi", 14, ALIGN.CENTER, {"after": Pt(6)}),
    ("Tên báo cáo", 14, ALIGN.CENTER, {"bold": True}),
    ("Kèm theo", 14, ALIGN.CENTER, {"italic": True}),
    ("Cơ quan chủ quản", 12, ALIGN.CENTER, {}),
    ("Cơ quan ban hành", 12, ALIGN.CENTER, {"bold": True}),
    ("Quốc hiệu", 12, ALIGN.CENTER, {"bold": True}),
    ("Tiêu ngữ", 13, ALIGN.CENTER, {"bold": True}),
    ("Số ký hiệu", 13, ALIGN.CENTER, {"before": Pt(6)}),
    ("Địa danh ngày", 13, ALIGN.CENTER, {"before": Pt(6), "italic": True}),
    ("Đường kẻ", 2, ALIGN.CENTER, {}),
    ("Chức vụ", 14, ALIGN.CENTER, {"bold": True}),
    ("Cách ký", 13, ALIGN.CENTER, {"italic": True}),
    ("Họ tên", 14, ALIGN.CENTER, {"bold": True, "before": Mm(24)}),
    ("Nơi nhận", 12, ALIGN.LEFT, {"bold": True, "italic": True}),
    ("Danh sách nhận", 11, ALIGN.LEFT, {}),
    ("Đầu bảng", 11, ALIGN.CENTER, {"bold": True}),
    ("Ô chữ", 11, ALIGN.LEFT, {}),
    ("Ô giữa", 11, ALIGN.CENTER, {}),
    ("Ô nhóm", 11, ALIGN.LEFT, {"bold": True}),
)


def blank():
    """Return a document of the decree's page and styles, without text."""
    document = Document()
    _clear(document)
    _add_styles(document)
    set_up(document.sections[0], SHORT, LONG)
    _add_page_number(document.sections[0])
    return document


def written(document, title, author="", moment=MOMENT):
    """Return its bytes, always the same for the same document.

    :param title: and `author`: what the file's properties tell.
    :param moment: datetime it was made at.
    """
    about = document.core_properties
    about.title, about.author, about.last_modified_by = title[:255], author[:255], ""
    about.comments, about.created, about.modified = "", moment, moment
    file = io.BytesIO()
    document.save(file)
    return sealed(file.getvalue(), moment)


# -- the ground ------------------------------------------------------------------------
def _clear(document):
    """Leave of python-docx's own document the bare frame."""
    for rels in (document.part.package.rels, document.part.rels):
        for key, rel in list(rels.items()):
            if rel.reltype.rpartition("/")[2] in (
                *("thumbnail", "stylesWithEffects", "customXml", "numbering"),
            ):
                del rels[key]
    kept = ("Normal", "Default Paragraph Font", "Normal Table", "No List", "header")
    styles = document.styles.element
    for style in list(styles.findall(qn("w:style"))):
        if style.find(qn("w:name")).get(qn("w:val")) not in kept:
            styles.remove(style)
    body = document.element.body
    for node in list(body):
        if node.tag != qn("w:sectPr"):
            body.remove(node)


def _add_styles(document):
    styles = document.styles
    defaults = styles.element.find(qn("w:docDefaults"))
    run = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for node in list(run):
        run.remove(node)
    run.append(_fonts())
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    language.set(qn("w:eastAsia"), "vi-VN")
    run.append(language)
    for node in list(defaults.find(qn("w:pPrDefault"))):
        node.getparent().remove(node)
    _shape(styles["Normal"], 14)
    _shape(styles["Header"], 13, ALIGN.CENTER)
    add_styles(document, STYLES)
    for name in ("Phần", "Ô nhóm"):
        styles[name].paragraph_format.keep_with_next = True


def add_styles(document, styles):
    """Add paragraph styles.

    :param styles: (name, size in pt, alignment, what :func:`_shape` takes besides).
    """
    for name, size, align, words in styles:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.quick_style = True
        _shape(style, size, align, **words)


def _fonts():
    fonts = OxmlElement("w:rFonts")
    for one in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{one}"), FONT)
    return fonts


def _shape(style, size, align=None, *, bold=False, italic=False, **space):
    """Give a style its size, place and spaces (before, after, indent of the first
    line, left)."""
    # python-docx's own document has theme fonts there, which would win.
    for node in style.element.findall(qn("w:rPr")):
        style.element.remove(node)
    style.element.get_or_add_rPr().append(_fonts())
    style.font.size = Pt(size)
    style.font.bold, style.font.italic = bold or None, italic or None
    layout = style.paragraph_format
    layout.alignment = align
    layout.space_before = space.get("before", Pt(0))
    layout.space_after = space.get("after", Pt(0))
    layout.line_spacing = 1.0
    layout.first_line_indent = space.get("indent")
    layout.left_indent = space.get("left")
    layout.widow_control = True


def set_up(section, width, height):
    """Give a section its paper, margins and page numbers."""
    section.page_width, section.page_height = width, height
    section.orientation = WD_ORIENT.LANDSCAPE if width > height else WD_ORIENT.PORTRAIT
    section.top_margin, section.bottom_margin = TOP, BOTTOM
    section.left_margin, section.right_margin = LEFT, RIGHT
    section.header_distance = section.footer_distance = NUMBER_AT
    section.gutter = 0
    # The number begins again, and the first page bears none.
    section.different_first_page_header_footer = True
    numbers = OxmlElement("w:pgNumType")
    numbers.set(qn("w:start"), "1")
    section._sectPr.find(qn("w:pgMar")).addnext(numbers)


def _add_page_number(section):
    section.first_page_header.is_linked_to_previous = False
    header = section.header
    header.is_linked_to_previous = False
    paragraph = header.paragraphs[0]
    paragraph.style = "Header"
    for kind, text in (
        ("begin", None),
        (None, " PAGE "),
        ("separate", None),
        ("shown", "2"),
        ("end", None),
    ):
        run = paragraph.add_run()
        if kind == "shown":
            run.text = text
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        else:
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = text
            run._r.append(instruction)


# -- pieces ----------------------------------------------------------------------------
def put(cell, *lines):
    """Fill a cell with (style, text) paragraphs."""
    for place, (style, text) in enumerate(lines):
        paragraph = cell.paragraphs[0] if not place else cell.add_paragraph()
        paragraph.style = style
        paragraph.add_run(text)
    return cell


def add_rule(owner, width, space, paragraph=None):
    """A thin line of `width` in the middle of `space`."""
    paragraph = paragraph or owner.add_paragraph()
    paragraph.style = "Đường kẻ"
    layout = paragraph.paragraph_format
    layout.left_indent = layout.right_indent = int((space - width) / 2)
    layout.line_spacing, layout.space_before = Pt(4), Pt(2)
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for key, value in (
        ("val", "single"),
        ("sz", "6"),
        ("space", "1"),
        ("color", "000000"),
    ):
        top.set(qn(f"w:{key}"), value)
    borders.append(top)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, *("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
    )
    return paragraph


def add_table(document, widths, rows, *, is_ruled=True):
    """A table of fixed widths; its rows are not split."""
    table = document.add_table(rows, len(widths))
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    properties = table._tbl.tblPr
    if is_ruled:
        borders = OxmlElement("w:tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            line = OxmlElement(f"w:{side}")
            for key, value in (("val", "single"), ("sz", "4"), ("color", "000000")):
                line.set(qn(f"w:{key}"), value)
            borders.append(line)
        properties.find(qn("w:tblLayout")).addprevious(borders)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        one = OxmlElement(f"w:{side}")
        one.set(qn("w:w"), "40" if is_ruled else "0")
        one.set(qn("w:type"), "dxa")
        margins.append(one)
    properties.find(qn("w:tblLayout")).addnext(margins)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return table


def fill_head(row, heads):
    """Make a row the head of its table, repeated on every page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, head in zip(row.cells, heads, strict=True):
        put(cell, *(("Đầu bảng", line) for line in head.split("\n")))
        middle = OxmlElement("w:vAlign")
        middle.set(qn("w:val"), "center")
        cell._tc.get_or_add_tcPr().append(middle)


def fill_whole(row, style, text):
    """A row that is one cell."""
    cell = row.cells[0].merge(row.cells[-1])
    for paragraph in cell.paragraphs[1:]:
        paragraph._p.getparent().remove(paragraph._p)
    put(cell, (style, text))


def add_line(document, style, text=""):
    """Add a paragraph and return it."""
    return document.add_paragraph(text, style)


# -- writing ---------------------------------------------------------------------------
def sealed(content, moment):
    """Return the same archive with every entry in one order and of one moment: equal
    parts give equal bytes.

    :param moment: datetime the entries bear.
    """
    stamp = max(moment.timetuple()[:6], (1980, 1, 1, 0, 0, 0))
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target,
    ):
        for name in sorted(
            source.namelist(), key=lambda name: (name != TYPES_PART, name)
        ):
            entry = zipfile.ZipInfo(name, stamp)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            target.writestr(entry, source.read(name), compresslevel=6)
    return packed.getvalue()
