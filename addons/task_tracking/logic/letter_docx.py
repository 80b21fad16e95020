# SPDX-License-Identifier: LGPL-3.0-or-later
"""A letter as a Word document that can be edited: Nghị định 30/2020/NĐ-CP, Phụ lục I,
as paragraph styles."""

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm, Pt

from .docx_layout import (
    INDENT,
    MOMENT,
    WIDTH,
    add_line,
    add_rule,
    add_styles,
    add_table,
    blank,
    fill_head,
    put,
    written,
)
from .letter import laid_out

#: The heading's two columns; the motto as printed, 13 pt bold (its rule is as long).
HEAD_WIDTHS = (Mm(64), Mm(101))
MOTTO_WIDTH = Mm(57.5)
_BOLD = {"bold": True}
_LISTED = {"indent": Mm(-3.5), "after": Pt(3)}
_TEXT = {"indent": INDENT, "after": Pt(6)}
STYLES = (
    ("Tên loại, trích yếu", 14, ALIGN.CENTER, _BOLD),
    ("Trích yếu công văn", 12, ALIGN.CENTER, {"before": Pt(6)}),
    ("Thẩm quyền ban hành", 14, ALIGN.CENTER, {**_BOLD, "after": Pt(6)}),
    ("Căn cứ", 14, ALIGN.JUSTIFY, {**_TEXT, "italic": True}),
    ("Phần, chương", 14, ALIGN.CENTER, {**_BOLD, "after": Pt(6)}),
    ("Tiêu đề khoản", 14, ALIGN.JUSTIFY, {**_TEXT, **_BOLD}),
    ("Kính gửi các nơi", 14, ALIGN.LEFT, {"left": Mm(30)}),
    ("Nơi được gửi", 14, ALIGN.LEFT, {**_LISTED, "left": Mm(54)}),
    ("Ô phải", 11, ALIGN.RIGHT, {}),
)
ROLES = {
    "title": "Tên loại, trích yếu",
    "addressed": "Kính gửi",
    "addressees": "Kính gửi các nơi",
    "addressee": "Nơi được gửi",
    "authority": "Thẩm quyền ban hành",
    "ground": "Căn cứ",
    "chapter": "Phần, chương",
    "part": "Phần",
    "clause": "Tiêu đề khoản",
    "text": "Nội dung",
}
CELLS = {"left": "Ô chữ", "center": "Ô giữa", "right": "Ô phải"}


def write_letter(letter):
    """Return a letter as DOCX, bytes: equal letters give equal ones."""
    layout = laid_out(letter)
    document = blank()
    add_styles(document, STYLES)
    for name in ("Phần, chương", "Tiêu đề khoản"):
        document.styles[name].paragraph_format.keep_with_next = True
    _add_heading(document, layout)
    _add_lines(document, layout.lines)
    if layout.is_signed_together:
        _add_signatures(document, layout.signature_rows)
        for style, text in _recipients(layout):
            add_line(document, style, text)
    else:
        _add_foot(document, layout)
        # Word wants a paragraph after a table.
        add_line(document, "Đường kẻ")
    return written(
        document,
        layout.name,
        ", ".join(layout.issuing_body),
        letter.made_on or MOMENT,
    )


def _add_heading(document, layout):
    table = add_table(document, HEAD_WIDTHS, 2, is_ruled=False)
    left, right = table.rows[0].cells
    put(
        left,
        *(("Cơ quan chủ quản", text) for text in layout.parent_body),
        *(("Cơ quan ban hành", text) for text in layout.issuing_body),
    )
    add_rule(left, HEAD_WIDTHS[0] * 0.4, HEAD_WIDTHS[0])
    put(
        right,
        ("Quốc hiệu", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("Tiêu ngữ", "Độc lập - Tự do - Hạnh phúc"),
    )
    add_rule(right, MOTTO_WIDTH, HEAD_WIDTHS[1])
    left, right = table.rows[1].cells
    put(
        left,
        ("Số ký hiệu", layout.number),
        *(("Trích yếu công văn", text) for text in layout.about),
    )
    put(right, ("Địa danh ngày", layout.place_date))


def _add_lines(document, lines):
    last = add_line(document, "Đường kẻ")
    last.paragraph_format.space_after = Pt(10)
    before = None
    for line in lines:
        if before == "addressee" != line.role:
            last.paragraph_format.space_after = Pt(10)
        before = line.role
        if line.role == "table":
            _add_grid(document, line)
            # Two tables that follow one another would be one in Word.
            last = add_line(document, "Đường kẻ")
            last.paragraph_format.space_after = Pt(6)
        elif line.role == "rule":
            last = add_rule(document, WIDTH * 0.35, WIDTH)
            last.paragraph_format.space_after = Pt(8)
        else:
            last = add_line(document, ROLES[line.role])
            if line.lead:
                last.add_run(line.lead).bold = True
                last.add_run(" ")
            last.add_run(line.text)
    # The signature is never alone on its page.
    last.paragraph_format.keep_with_next = True


def _add_grid(document, grid):
    widths = [int(WIDTH * share / 100) for share in grid.shares]
    heads = 1 if grid.heads else 0
    table = add_table(document, widths, heads + len(grid.rows))
    rows = iter(table.rows)
    if grid.heads:
        fill_head(next(rows), ["\n".join(head) for head in grid.heads])
    styles = [CELLS[one] for one in grid.aligned]
    for row, texts in zip(rows, grid.rows, strict=True):
        for cell, style, lines in zip(row.cells, styles, texts, strict=True):
            put(cell, *((style, line) for line in lines or ("",)))


def _signer(signature):
    """The (style, text) lines above a signature."""
    yield from (("Chức vụ", line) for line in signature.title)
    if signature.note:
        yield "Cách ký", signature.note


def _recipients(layout):
    yield "Nơi nhận", "Nơi nhận:"
    yield from (("Danh sách nhận", line) for line in layout.recipients)


def _add_foot(document, layout):
    half = int(WIDTH / 2)
    table = add_table(document, (half, half), 1, is_ruled=False)
    left, right = table.rows[0].cells
    put(left, *_recipients(layout))
    signature = layout.signatures[-1]
    put(right, *_signer(signature), ("Họ tên", signature.name))


def _add_signatures(document, rows):
    columns = len(rows[0])
    widths = (int(WIDTH / columns),) * columns
    table = add_table(document, widths, 2 * len(rows), is_ruled=False)
    lines = iter(table.rows)
    for signatures in rows:
        above, below = next(lines), next(lines)
        for place, signature in enumerate(signatures):
            if signature:
                put(above.cells[place], *_signer(signature))
                # The names are level with each other.
                put(below.cells[place], ("Họ tên", signature.name))
        for cell in above.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True
    add_line(document, "Đường kẻ").paragraph_format.space_after = Pt(10)
