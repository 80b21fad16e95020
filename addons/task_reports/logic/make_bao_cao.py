# SPDX-License-Identifier: LGPL-3.0-or-later
"""Makes the Word templates as shipped, in `data/`; not run at run time.

    echo "from odoo.addons.task_reports.logic import make_bao_cao as it; it.write()" \
        | bin/odoo shell -d DATABASE --no-http

Layout: Nghị định 30/2020/NĐ-CP, Phụ lục I and Mẫu 1.4. Words: those of the PDF
(`report/phu_luc_templates.xml`), the form's lines from `logic.form`.
"""

from pathlib import Path

from docx.enum.section import WD_SECTION
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Mm, Pt

from odoo.addons.task_tracking.logic.docx_layout import (
    LONG,
    SHORT,
    WIDTH,
    add_line,
    add_rule,
    add_table,
    blank,
    fill_head,
    fill_whole,
    put,
    set_up,
    written,
)

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

DATA = Path(__file__).parents[1] / "data"
#: The heading's two columns; the motto as printed, 13 pt bold (its rule is as long).
HEAD_WIDTHS = (Mm(64), Mm(101))
MOTTO_WIDTH = Mm(57.5)
#: Phụ lục II: the width of each column in mm.
LIST_WIDTHS = (9, 34, 42, 22, 22, 20, 20, 31, 27, 25)
LIST_NAMES = (
    *("stt", "van_ban", "noi_dung", "chu_tri", "phoi_hop", "thoi_han", "gia_han_den"),
    *("ket_qua", "tinh_trang", "ghi_chu"),
)
DIFFICULTIES_HEAD = "Khó khăn, vướng mắc và kiến nghị, đề xuất"
OUTSIDE_HEAD = (
    "Nhiệm vụ không xác định thời hạn hoàn thành cụ thể, không cập nhật trên Hệ thống"
)


def make():
    """Return the report with Phụ lục I and II, bytes: the same ones each time."""
    document = blank()
    _add_heading(document)
    _add_title(
        document, "Tình hình, kết quả thực hiện nhiệm vụ", "do {{ noi_giao }} giao"
    )
    window = "Số liệu từ ngày {{ tu_ngay }} đến hết ngày {{ den_ngay }}."
    add_line(document, "Ghi chú", window)
    _add_form(document)
    _add_outside(document)
    _add_signature(document)
    _add_list(document)
    return written(document, "Báo cáo")


def make_text():
    """Return the report in words, on carrying out the regulation, bytes."""
    document = blank()
    _add_heading(document)
    _add_title(document, "Tình hình, kết quả thực hiện Quy chế")
    _add_lines(document, "nguyen_nhan")
    add_line(document, "Nội dung", "{%p if kho_khan %}")
    add_line(document, "Phần", DIFFICULTIES_HEAD)
    add_line(document, "Nội dung", "{%p endif %}")
    _add_lines(document, "kho_khan")
    add_line(document, "Nội dung")
    _add_signature(document)
    return written(document, "Báo cáo")


# -- the report ------------------------------------------------------------------------
def _add_heading(document):
    table = add_table(document, HEAD_WIDTHS, 2, is_ruled=False)
    left, right = table.rows[0].cells
    put(
        left,
        ("Cơ quan chủ quản", "{%p if co_quan_chu_quan %}"),
        ("Cơ quan chủ quản", "{{ co_quan_chu_quan }}"),
        ("Cơ quan chủ quản", "{%p endif %}"),
        ("Cơ quan ban hành", "{{ co_quan }}"),
    )
    add_rule(left, HEAD_WIDTHS[0] * 0.4, HEAD_WIDTHS[0])
    put(
        right,
        ("Quốc hiệu", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("Tiêu ngữ", "Độc lập - Tự do - Hạnh phúc"),
    )
    add_rule(right, MOTTO_WIDTH, HEAD_WIDTHS[1])
    left, right = table.rows[1].cells
    put(left, ("Số ký hiệu", "Số: {{ so_ky_hieu }}"))
    put(
        right,
        (
            "Địa danh ngày",
            "{{ dia_danh }}, ngày {{ ngay }} tháng {{ thang }} năm {{ nam }}",
        ),
    )


def _add_title(document, *titles):
    add_line(document, "Tên báo cáo", "BÁO CÁO").paragraph_format.space_before = Pt(12)
    for title in titles:
        add_line(document, "Tên báo cáo", title)
    add_line(document, "Kèm theo", "(Kỳ báo cáo {{ ky_bao_cao }})")
    rule = add_rule(document, WIDTH * 0.35, WIDTH)
    rule.paragraph_format.space_after = Pt(8)
    add_line(document, "Kính gửi", "Kính gửi: {{ kinh_gui }}")


def _add_form(document):
    for line in FORM:
        if not line.code:
            add_line(document, "Nội dung" if line.level else "Phần", line.text)
            continue
        paragraph = add_line(document, "Nội dung", f"{line.text}\N{NO-BREAK SPACE}")
        paragraph.add_run(_figure(line)).bold = True
    add_line(document, "Nội dung", LIST_ATTACHED)
    notes = "; ".join(
        f"{line.label[:1].lower()}{line.label[1:]} {_figure(line)}" for line in NOTES
    )
    add_line(
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
    add_line(document, "Phần", head)
    _add_lines(document, name)
    add_line(document, "Nội dung", f"{{%p if not {name} %}}")
    for _number in range(3):
        paragraph = add_line(document, "Nội dung", "\t")
        paragraph.paragraph_format.first_line_indent = 0
        paragraph.paragraph_format.tab_stops.add_tab_stop(
            WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
        )
    add_line(document, "Nội dung", "{%p endif %}")


def _add_lines(document, name):
    add_line(document, "Nội dung", f"{{%p for dong in {name} %}}")
    add_line(document, "Nội dung", "{{ dong }}")
    add_line(document, "Nội dung", "{%p endfor %}")


def _add_outside(document):
    add_line(document, "Nội dung", "{%p if ngoai_he_thong %}")
    add_line(document, "Phần", OUTSIDE_HEAD)
    table = add_table(document, (Mm(12), Mm(44), Mm(75), Mm(34)), 4)
    head, first, row, last = table.rows
    fill_head(head, ("STT", "Văn bản giao", "Nội dung nhiệm vụ", "Tình hình thực hiện"))
    fill_whole(first, "Ô chữ", "{%tr for viec in ngoai_he_thong %}")
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
        put(cell, (style, text))
    fill_whole(last, "Ô chữ", "{%tr endfor %}")
    add_line(document, "Nội dung", "{%p endif %}")
    # Two tables that follow one another would be one in Word.
    add_line(document, "Nội dung")


def _add_signature(document):
    half = WIDTH / 2
    table = add_table(document, (int(half), int(half)), 1, is_ruled=False)
    left, right = table.rows[0].cells
    put(
        left,
        ("Nơi nhận", "Nơi nhận:"),
        ("Danh sách nhận", "- Như trên;"),
        ("Danh sách nhận", "- ……………………;"),
        ("Danh sách nhận", "- Lưu: VT, ………"),
    )
    put(
        right,
        ("Chức vụ", "{{ chuc_vu }}"),
        ("Cách ký", "{%p if not nguoi_ky %}"),
        ("Cách ký", "Ký, đóng dấu và ghi rõ họ, tên"),
        ("Cách ký", "{%p endif %}"),
        ("Họ tên", "{{ nguoi_ky }}"),
    )


# -- Phụ lục II ------------------------------------------------------------------------
def _add_list(document):
    set_up(document.add_section(WD_SECTION.NEW_PAGE), LONG, SHORT)
    add_line(document, "Tên báo cáo", "Phụ lục II")
    add_line(document, "Tên báo cáo", "DANH MỤC")
    add_line(document, "Tên báo cáo", "Nhiệm vụ do {{ noi_giao }} giao")
    add_line(
        document,
        "Kèm theo",
        "(Kèm theo Báo cáo số {{ so_ky_hieu }} ngày {{ ngay_ky }} của {{ co_quan }})",
    ).paragraph_format.space_after = Pt(6)
    table = add_table(document, [Mm(width) for width in LIST_WIDTHS], 10)
    rows = list(table.rows)
    fill_head(rows[0], LIST_COLUMNS)
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
        fill_whole(row, style, text)
    for cell, name in zip(rows[4].cells, LIST_NAMES, strict=True):
        style = "Ô giữa" if name in ("stt", "thoi_han", "gia_han_den") else "Ô chữ"
        put(cell, (style, f"{{{{ viec.{name} }}}}"))


def write():
    """Put the templates in their place."""
    (DATA / "bao_cao.docx").write_bytes(make())
    (DATA / "bao_cao_quy_che.docx").write_bytes(make_text())
