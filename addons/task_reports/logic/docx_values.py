# SPDX-License-Identifier: LGPL-3.0-or-later
"""What a DOCX template may print: the placeholders, their meaning and their values.

The names are Vietnamese words without marks, since clerks read and type them in Word;
the table is also the page of documentation they are shown.
"""

from dataclasses import dataclass

from odoo.addons.task_tracking.logic.words import printable

from .figures import percent_text
from .form import NOTE_CODES, ROMAN, day_text

#: What stands where a number or day is still to be written.
DOTS = "……"
NUMBER_DOTS = "………/BC-………"
ADDRESSEE_DOTS = "……………………………"
SIGNER_TITLE = "THỦ TRƯỞNG CƠ QUAN/ĐƠN VỊ"

#: Placeholders of the figures, by the line of the form.
FIGURES = {
    "total": "tong_so",
    "assigned": "giao_trong_ky",
    "programme": "chuong_trinh",
    "conclusion": "ket_luan",
    "adhoc": "dot_xuat",
    "carried": "chuyen_sang",
    "carried_in_time": "chuyen_sang_con_han",
    "carried_extended": "chuyen_sang_gia_han",
    "carried_overdue": "chuyen_sang_qua_han",
    "completed": "hoan_thanh",
    "completed_on_time": "hoan_thanh_dung_han",
    "completed_late": "hoan_thanh_qua_han",
    "open": "chua_hoan_thanh",
    "open_extended": "chua_hoan_thanh_gia_han",
    "open_in_time": "chua_hoan_thanh_con_han",
    "open_overdue": "chua_hoan_thanh_qua_han",
    "waiting": "cho_xac_nhan",
    "returned": "chuyen_lai",
}
RATES = {
    "completion": "hoan_thanh",
    "on_time": "dung_han",
    "freshness": "cap_nhat",
}


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One name a template may use.

    `sample` is a value of its kind; a group has its own names in `parts`, a list
    repeats them (or a text) with `{% for … in name %}`.
    """

    name: str
    meaning: str
    sample: object = ""
    parts: tuple = ()
    is_list: bool = False

    def value(self, is_empty=False):
        """A value to try a template with; lists and texts empty or not."""
        if not self.parts:
            one = type(self.sample)() if is_empty else self.sample
        else:
            one = {part.name: part.value(is_empty) for part in self.parts}
        if not self.is_list:
            return one
        return [] if is_empty else [one, one]


_FIGURE_MEANINGS = {
    "total": "Tổng số nhiệm vụ được giao trong kỳ",
    "assigned": "Số nhiệm vụ giao mới trong kỳ",
    "programme": "Giao theo Chương trình công tác",
    "conclusion": "Giao tại Thông báo kết luận",
    "adhoc": "Giao đột xuất",
    "carried": "Kỳ trước chuyển sang",
    "carried_in_time": "Kỳ trước chuyển sang, còn trong hạn",
    "carried_extended": "Kỳ trước chuyển sang, được gia hạn",
    "carried_overdue": "Kỳ trước chuyển sang, quá hạn chưa hoàn thành",
    "completed": "Tổng số nhiệm vụ hoàn thành trong kỳ",
    "completed_on_time": "Hoàn thành đúng hạn, sớm hạn",
    "completed_late": "Hoàn thành quá hạn",
    "open": "Tổng số nhiệm vụ chưa hoàn thành",
    "open_extended": "Chưa hoàn thành, được gia hạn chuyển sang kỳ sau",
    "open_in_time": "Chưa hoàn thành, còn trong hạn",
    "open_overdue": "Chưa hoàn thành, quá hạn",
    "waiting": "Đã báo cáo kết quả, đang chờ xác nhận",
    "returned": "Đã chuyển lại, chưa được trả lời",
}
_FIGURE_PARTS = tuple(
    Placeholder(name, _FIGURE_MEANINGS[code], 12) for code, name in FIGURES.items()
)
_RATE_PARTS = (
    Placeholder("hoan_thanh", "Tỷ lệ hoàn thành", "98,6 %"),
    Placeholder("dung_han", "Tỷ lệ đúng hạn", "95,0 %"),
    Placeholder("cap_nhat", "Tỷ lệ có cập nhật", "100,0 %"),
)
_ROW_PARTS = (
    Placeholder("stt", "Số thứ tự, đánh suốt cả danh mục", 1),
    Placeholder("van_ban", "Văn bản giao: số, ký hiệu, ngày, trích yếu", "Số 12/UBND"),
    Placeholder("noi_dung", "Nội dung nhiệm vụ", "Báo cáo kết quả"),
    Placeholder("chu_tri", "Cơ quan chủ trì", "Sở Tài chính"),
    Placeholder("phoi_hop", "Cơ quan phối hợp", "Sở Y tế"),
    Placeholder("thoi_han", "Thời hạn", "30/04/2026"),
    Placeholder("gia_han_den", "Gia hạn đến ngày", "20/05/2026"),
    Placeholder("ket_qua", "Kết quả, văn bản báo cáo", "Số 88/BC-STC"),
    Placeholder("tinh_trang", "Tình trạng", "Còn trong hạn."),
    Placeholder("ghi_chu", "Nguyên nhân, ghi chú", "Chờ ý kiến"),
)

#: Every placeholder, in the order of the page that tells them.
PLACEHOLDERS = (
    Placeholder(
        "co_quan_chu_quan",
        "Cơ quan chủ quản, chữ in hoa (trống nếu không có)",
        "ỦY BAN NHÂN DÂN TỈNH",
    ),
    Placeholder("co_quan", "Cơ quan ban hành, chữ in hoa", "SỞ TÀI CHÍNH"),
    Placeholder("so_ky_hieu", "Số và ký hiệu của báo cáo", "05/BC-STC"),
    Placeholder("dia_danh", "Địa danh", "Khánh Hòa"),
    Placeholder("ngay", "Ngày ký (hai chữ số)", "05"),
    Placeholder("thang", "Tháng ký", "4"),
    Placeholder("nam", "Năm", "2026"),
    Placeholder("ngay_ky", "Ngày ký, dạng số", "05/04/2026"),
    Placeholder("noi_giao", "Cấp giao nhiệm vụ, trong tên báo cáo", "Ủy ban nhân dân"),
    Placeholder("ky_bao_cao", "Kỳ báo cáo", "tháng 3 năm 2026"),
    Placeholder("kinh_gui", "Nơi nhận chính (Kính gửi)", "Ủy ban nhân dân tỉnh"),
    Placeholder("tu_ngay", "Ngày đầu của kỳ số liệu", "15/02/2026"),
    Placeholder("den_ngay", "Ngày cuối của kỳ số liệu", "14/03/2026"),
    Placeholder("so_lieu", "Số liệu Phụ lục I", parts=_FIGURE_PARTS),
    Placeholder("so_dau_viec", "Tổng số đầu việc (mỗi nhiệm vụ tính một lần)", 11),
    Placeholder("ty_le", "Các tỷ lệ", parts=_RATE_PARTS),
    Placeholder("toan_tinh", "Đúng khi là báo cáo chung của tỉnh", True),
    Placeholder(
        "nguyen_nhan", "Phần III, mỗi dòng một đoạn", "Thiếu vốn", is_list=True
    ),
    Placeholder("kho_khan", "Phần IV, mỗi dòng một đoạn", "Kiến nghị", is_list=True),
    Placeholder(
        "nhom",
        "Các nhóm của Phụ lục II",
        is_list=True,
        parts=(
            Placeholder("so_la_ma", "Số La Mã của nhóm", "I"),
            Placeholder("ten", "Tên nhóm", "Nhiệm vụ hoàn thành đúng hạn, sớm hạn"),
            Placeholder("so_luong", "Số nhiệm vụ của nhóm", 2),
            Placeholder(
                "nhiem_vu", "Các nhiệm vụ của nhóm", parts=_ROW_PARTS, is_list=True
            ),
        ),
    ),
    Placeholder(
        "ngoai_he_thong",
        "Nhiệm vụ không xác định thời hạn, không cập nhật trên Hệ thống",
        is_list=True,
        parts=(
            *_ROW_PARTS[:4],
            Placeholder("tinh_hinh", "Tình hình thực hiện", "Đang thực hiện"),
        ),
    ),
    Placeholder(
        "theo_co_quan",
        "Số liệu từng cơ quan (báo cáo chung của tỉnh)",
        is_list=True,
        parts=(
            Placeholder("ten", "Tên cơ quan", "Sở Tài chính"),
            Placeholder("so_lieu", "Số liệu của cơ quan", parts=_FIGURE_PARTS[:-2]),
            Placeholder("ty_le", "Các tỷ lệ của cơ quan", parts=_RATE_PARTS),
        ),
    ),
    Placeholder("chuc_vu", "Chức vụ người ký, chữ in hoa", "GIÁM ĐỐC"),
    Placeholder("nguoi_ky", "Họ và tên người ký (trống khi chưa ký)", "Nguyễn Văn A"),
)


def sample_values(is_empty=False):
    """Return values of every placeholder, to try a template with.

    :param is_empty: of a report in which nothing is filled in.
    """
    return {one.name: one.value(is_empty) for one in PLACEHOLDERS}


def sheet_values(sheet):
    """Return the values of a :class:`Sheet`: dicts, lists, texts and numbers only."""
    signed = sheet.signed_on
    return {
        "co_quan_chu_quan": printable(sheet.parent_body),
        "co_quan": printable(sheet.issuing_body),
        "so_ky_hieu": printable(sheet.number) or NUMBER_DOTS,
        "dia_danh": printable(sheet.place),
        "ngay": f"{signed.day:02}" if signed else DOTS,
        "thang": month_text(signed.month) if signed else DOTS,
        "nam": str(signed.year if signed else sheet.year),
        "ngay_ky": day_text(signed) or f"{DOTS}/{DOTS}/{sheet.year}",
        "noi_giao": printable(sheet.assigned_by),
        "ky_bao_cao": printable(sheet.period),
        "kinh_gui": printable(sheet.addressee) or ADDRESSEE_DOTS,
        "tu_ngay": day_text(sheet.date_from),
        "den_ngay": day_text(sheet.date_to),
        "so_lieu": {name: sheet.figures.count(code) for code, name in FIGURES.items()},
        "so_dau_viec": sheet.figures.tasks("total"),
        "ty_le": _rates(sheet.rates),
        "toan_tinh": bool(sheet.agencies),
        "nguyen_nhan": printable(sheet.causes).splitlines(),
        "kho_khan": printable(sheet.difficulties).splitlines(),
        "nhom": _groups(sheet),
        "ngoai_he_thong": [
            {
                "stt": row.number,
                "van_ban": printable(row.document),
                "noi_dung": printable(row.content),
                "chu_tri": printable(row.lead),
                "tinh_hinh": printable(row.reason),
            }
            for row in sheet.outside
        ],
        "theo_co_quan": [
            {
                "ten": printable(row.name),
                "so_lieu": {
                    FIGURES[code]: row.counts[code]
                    for code in FIGURES
                    if code not in NOTE_CODES
                },
                "ty_le": _rates(row.rates),
            }
            for row in sheet.agencies
        ],
        "chuc_vu": printable(sheet.signer_title) or SIGNER_TITLE,
        "nguoi_ky": printable(sheet.signer_name),
    }


def month_text(month):
    """A month as Nghị định 30/2020 writes it: a leading 0 for the first two only."""
    return f"{month:02}" if month < 3 else str(month)


def _rates(rates):
    return {name: percent_text(rates[code]) for code, name in RATES.items()}


def _groups(sheet):
    groups = []
    for group in sheet.groups:
        listed = [_row(row) for row in group.rows]
        groups.append(
            {
                "so_la_ma": ROMAN[len(groups)],
                "ten": group.head,
                "so_luong": len(listed),
                "nhiem_vu": listed,
            }
        )
    return groups


def _row(row):
    return {
        "stt": row.number,
        "van_ban": printable(row.document),
        "noi_dung": printable(row.content),
        "chu_tri": printable(row.lead),
        "phoi_hop": printable(row.support),
        "thoi_han": day_text(row.deadline),
        "gia_han_den": day_text(row.extended_to),
        "ket_qua": printable(row.reply),
        "tinh_trang": printable(row.status),
        "ghi_chu": printable(row.remark),
    }
