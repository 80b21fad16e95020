# SPDX-License-Identifier: LGPL-3.0-or-later
"""Makes `data/bao_cao.docx`, the report's template as shipped; not run at run time.

    cd addons/task_reports && ../../bin/odoo --python -m logic.make_bao_cao

Layout: Nghị định 30/2020/NĐ-CP, Phụ lục I and Mẫu 1.4. Words: those of the PDF
(`report/phu_luc_templates.xml`), the form's lines from `logic.form`.
"""

import io
from datetime import UTC, datetime
from pathlib import Path

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from .docx_file import sealed
from .docx_values import FIGURES
from .form import (
    FORM,
    LIST_ATTACHED,
    LIST_COLUMNS,
    NOTES,
    NOTES_HEAD,
    PART_CAUSES,
    PART_DIFFICULTIES,
)

TARGET = Path(__file__).parents[1] / "data" / "bao_cao.docx"
MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
FONT = "Times New Roman"
TOP, BOTTOM, LEFT, RIGHT = Mm(20), Mm(20), Mm(30), Mm(15)
#: From the paper's edge to the page number: in the middle of the top margin.
NUMBER_AT = Mm(8)
LONG, SHORT = Mm(297), Mm(210)
INDENT = Mm(12.7)
#: The heading's two columns; the motto as printed, 13 pt bold (its rule is as long).
HEAD_WIDTHS = (Mm(64), Mm(101))
MOTTO_WIDTH = Mm(57.5)
#: Phụ lục II: the width of each column in mm.
LIST_WIDTHS = (9, 34, 42, 22, 22, 20, 20, 31, 27, 25)
LIST_NAMES = (
    *("stt", "van_ban", "noi_dung", "chu_tri", "phoi_hop", "thoi_han", "gia_han_den"),
    *("ket_qua", "tinh_trang", "ghi_chu"),
)
OUTSIDE_HEAD = (
    "Nhiệm vụ không xác định thời hạn hoàn thành cụ thể, không cập nhật trên Hệ thống"
)


def make():
    """Return the template, bytes: the same ones each time."""
    document = Document()
    _clear(document)
    _add_styles(document)
    _set_up(document.sections[0], SHORT, LONG)
    _add_page_number(document.sections[0])
    _add_heading(document)
    _add_title(document)
    _add_form(document)
    _add_outside(document)
    _add_signature(document)
    _add_list(document)
    about = document.core_properties
    about.title, about.author, about.last_modified_by = "Báo cáo", "", ""
    about.comments, about.created, about.modified = "", MOMENT, MOMENT
    written = io.BytesIO()
    document.save(written)
    return sealed(written.getvalue(), MOMENT)


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
    normal = styles["Normal"]
    _shape(normal, 14)
    _shape(styles["Header"], 13, ALIGN.CENTER)
    for name, size, align, words in (
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
    ):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.quick_style = True
        _shape(style, size, align, **words)
    for name in ("Phần", "Ô nhóm"):
        styles[name].paragraph_format.keep_with_next = True


def _fonts():
    fonts = OxmlElement("w:rFonts")
    for one in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{one}"), FONT)
    return fonts


def _shape(style, size, align=None, *, bold=False, italic=False, **space):
    """Give a style its size, place and spaces (before, after, indent)."""
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
    layout.widow_control = True


def _set_up(section, width, height):
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
def _put(cell, *lines):
    """Fill a cell with (style, text) paragraphs."""
    for place, (style, text) in enumerate(lines):
        paragraph = cell.paragraphs[0] if not place else cell.add_paragraph()
        paragraph.style = style
        paragraph.add_run(text)
    return cell


def _add_rule(owner, width, space, paragraph=None):
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


def _table(document, widths, rows, *, is_ruled=True):
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


def _head_row(row, heads):
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, head in zip(row.cells, heads, strict=True):
        _put(cell, ("Đầu bảng", head))
        middle = OxmlElement("w:vAlign")
        middle.set(qn("w:val"), "center")
        cell._tc.get_or_add_tcPr().append(middle)


def _whole(row, style, text):
    """A row that is one cell."""
    cell = row.cells[0].merge(row.cells[-1])
    for paragraph in cell.paragraphs[1:]:
        paragraph._p.getparent().remove(paragraph._p)
    _put(cell, (style, text))


def _line(document, style, text=""):
    return document.add_paragraph(text, style)


# -- the report ------------------------------------------------------------------------
def _add_heading(document):
    table = _table(document, HEAD_WIDTHS, 2, is_ruled=False)
    left, right = table.rows[0].cells
    _put(
        left,
        ("Cơ quan chủ quản", "{%p if co_quan_chu_quan %}"),
        ("Cơ quan chủ quản", "{{ co_quan_chu_quan }}"),
        ("Cơ quan chủ quản", "{%p endif %}"),
        ("Cơ quan ban hành", "{{ co_quan }}"),
    )
    _add_rule(left, HEAD_WIDTHS[0] * 0.4, HEAD_WIDTHS[0])
    _put(
        right,
        ("Quốc hiệu", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("Tiêu ngữ", "Độc lập - Tự do - Hạnh phúc"),
    )
    _add_rule(right, MOTTO_WIDTH, HEAD_WIDTHS[1])
    left, right = table.rows[1].cells
    _put(left, ("Số ký hiệu", "Số: {{ so_ky_hieu }}"))
    _put(
        right,
        (
            "Địa danh ngày",
            "{{ dia_danh }}, ngày {{ ngay }} tháng {{ thang }} năm {{ nam }}",
        ),
    )


def _add_title(document):
    _line(document, "Tên báo cáo", "BÁO CÁO").paragraph_format.space_before = Pt(12)
    _line(document, "Tên báo cáo", "Tình hình, kết quả thực hiện nhiệm vụ")
    _line(document, "Tên báo cáo", "do {{ noi_giao }} giao")
    _line(document, "Kèm theo", "(Kỳ báo cáo {{ ky_bao_cao }})")
    width = SHORT - LEFT - RIGHT
    rule = _add_rule(document, width * 0.35, width)
    rule.paragraph_format.space_after = Pt(8)
    _line(document, "Kính gửi", "Kính gửi: {{ kinh_gui }}")
    _line(
        document,
        "Ghi chú",
        "Số liệu từ ngày {{ tu_ngay }} đến hết ngày {{ den_ngay }}.",
    )


def _add_form(document):
    for line in FORM:
        if not line.code:
            _line(document, "Nội dung" if line.level else "Phần", line.text)
            continue
        paragraph = _line(document, "Nội dung", f"{line.text}\N{NO-BREAK SPACE}")
        paragraph.add_run(_figure(line)).bold = True
    _line(document, "Nội dung", LIST_ATTACHED)
    notes = "; ".join(
        f"{line.label[:1].lower()}{line.label[1:]} {_figure(line)}" for line in NOTES
    )
    _line(
        document,
        "Ghi chú",
        f"{NOTES_HEAD}: {notes}.{{% if toan_tinh %}} Tổng số nhiệm vụ tính theo cơ quan"
        " chủ trì; số đầu việc: {{ so_dau_viec }}.{% endif %}",
    )
    _add_text(document, PART_CAUSES, "nguyen_nhan")
    _add_text(document, PART_DIFFICULTIES, "kho_khan")


def _figure(line):
    return f"{{{{ so_lieu.{FIGURES[line.code]} }}}}"


def _add_text(document, head, name):
    """Parts III and IV: what was written, else lines to write on."""
    _line(document, "Phần", head)
    _line(document, "Nội dung", f"{{%p for dong in {name} %}}")
    _line(document, "Nội dung", "{{ dong }}")
    _line(document, "Nội dung", "{%p endfor %}")
    _line(document, "Nội dung", f"{{%p if not {name} %}}")
    for _number in range(3):
        paragraph = _line(document, "Nội dung", "\t")
        paragraph.paragraph_format.first_line_indent = 0
        paragraph.paragraph_format.tab_stops.add_tab_stop(
            SHORT - LEFT - RIGHT, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
        )
    _line(document, "Nội dung", "{%p endif %}")


def _add_outside(document):
    _line(document, "Nội dung", "{%p if ngoai_he_thong %}")
    _line(document, "Phần", OUTSIDE_HEAD)
    table = _table(document, (Mm(12), Mm(44), Mm(75), Mm(34)), 4)
    head, first, row, last = table.rows
    _head_row(head, ("STT", "Văn bản giao", "Nội dung nhiệm vụ", "Tình hình thực hiện"))
    _whole(first, "Ô chữ", "{%tr for viec in ngoai_he_thong %}")
    content = "{{ viec.noi_dung }}{% if toan_tinh %} ({{ viec.chu_tri }}){% endif %}"
    for cell, (style, text) in zip(
        row.cells,
        (
            ("Ô giữa", "{{ viec.stt }}"),
            ("Ô chữ", "{{ viec.van_ban }}"),
            ("Ô chữ", content),
            ("Ô chữ", "{{ viec.tinh_hinh }}"),
        ),
        strict=True,
    ):
        _put(cell, (style, text))
    _whole(last, "Ô chữ", "{%tr endfor %}")
    _line(document, "Nội dung", "{%p endif %}")
    # Two tables that follow one another would be one in Word.
    _line(document, "Nội dung")


def _add_signature(document):
    half = (SHORT - LEFT - RIGHT) / 2
    table = _table(document, (int(half), int(half)), 1, is_ruled=False)
    left, right = table.rows[0].cells
    _put(
        left,
        ("Nơi nhận", "Nơi nhận:"),
        ("Danh sách nhận", "- Như trên;"),
        ("Danh sách nhận", "- ……………………;"),
        ("Danh sách nhận", "- Lưu: VT, ………"),
    )
    _put(
        right,
        ("Chức vụ", "{{ chuc_vu }}"),
        ("Cách ký", "{%p if not nguoi_ky %}"),
        ("Cách ký", "Ký, đóng dấu và ghi rõ họ, tên"),
        ("Cách ký", "{%p endif %}"),
        ("Họ tên", "{{ nguoi_ky }}"),
    )


# -- Phụ lục II ------------------------------------------------------------------------
def _add_list(document):
    _set_up(document.add_section(WD_SECTION.NEW_PAGE), LONG, SHORT)
    _line(document, "Tên báo cáo", "Phụ lục II")
    _line(document, "Tên báo cáo", "DANH MỤC")
    _line(document, "Tên báo cáo", "Nhiệm vụ do {{ noi_giao }} giao")
    _line(
        document,
        "Kèm theo",
        "(Kèm theo Báo cáo số {{ so_ky_hieu }} ngày {{ ngay_ky }} của {{ co_quan }})",
    ).paragraph_format.space_after = Pt(6)
    table = _table(document, [Mm(width) for width in LIST_WIDTHS], 10)
    rows = list(table.rows)
    _head_row(rows[0], LIST_COLUMNS)
    for row, style, text in (
        (rows[1], "Ô chữ", "{%tr for n in nhom %}"),
        (rows[2], "Ô nhóm", "{{ n.so_la_ma }}. {{ n.ten }} ({{ n.so_luong }})"),
        (rows[3], "Ô chữ", "{%tr for viec in n.nhiem_vu %}"),
        (rows[5], "Ô chữ", "{%tr endfor %}"),
        (rows[6], "Ô chữ", "{%tr endfor %}"),
        (rows[7], "Ô chữ", "{%tr if not nhom %}"),
        (rows[8], "Ô giữa", "Không có nhiệm vụ trong kỳ báo cáo"),
        (rows[9], "Ô chữ", "{%tr endif %}"),
    ):
        _whole(row, style, text)
    for cell, name in zip(rows[4].cells, LIST_NAMES, strict=True):
        style = "Ô giữa" if name in ("stt", "thoi_han", "gia_han_den") else "Ô chữ"
        _put(cell, (style, f"{{{{ viec.{name} }}}}"))


if __name__ == "__main__":
    TARGET.write_bytes(make())
