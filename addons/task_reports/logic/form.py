# SPDX-License-Identifier: LGPL-3.0-or-later
"""Phụ lục I as a form: its lines, word for word and in its order.

Source: Phụ lục I kèm theo Quyết định số 26/2026/QĐ-UBND ngày 20/3/2026 của Ủy ban
nhân dân tỉnh Khánh Hòa; the default form elsewhere. A legal text: it stays in
Vietnamese whatever the reader's language.
"""

from dataclasses import dataclass
from functools import lru_cache

#: How an assignment came into the window; each counted one has exactly one.
ENTRY_CODES = (
    "programme",
    "conclusion",
    "adhoc",
    "carried_in_time",
    "carried_extended",
    "carried_overdue",
)
#: How it stood at the window's end; each counted one has exactly one.
EXIT_CODES = (
    "completed_on_time",
    "completed_late",
    "open_extended",
    "open_in_time",
    "open_overdue",
)
#: Totals of the form, each the sum of the codes it names.
SUMS = {
    "total": ENTRY_CODES,
    "assigned": ENTRY_CODES[:3],
    "carried": ENTRY_CODES[3:],
    "completed": EXIT_CODES[:2],
    "open": EXIT_CODES[2:],
}
#: Of the open ones, told in a note under the form (DOMAIN: section 3).
NOTE_CODES = ("waiting", "returned")
#: Of the open ones, those with an entry, result or request lately (freshness).
FRESH_CODE = "fresh"

#: One bit for each thing an assignment can be counted as, and for each code of the
#: form the bits that put an assignment in it.
BITS = {
    code: 1 << place
    for place, code in enumerate((*ENTRY_CODES, *EXIT_CODES, *NOTE_CODES, FRESH_CODE))
}
MASKS = BITS | {code: sum(BITS[part] for part in parts) for code, parts in SUMS.items()}

#: The bits of the exit codes, which rise in the order of Phụ lục II's groups.
EXIT_BITS = sum(BITS[code] for code in EXIT_CODES)

#: Who assigned the tasks reported, in the heads of the forms.
ASSIGNED_BY = "Ủy ban nhân dân tỉnh, Chủ tịch Ủy ban nhân dân tỉnh"
#: The same of a report on what bodies above the level assigned only, by the policy
#: `issuer_level` (QT Đ22; KT Đ20.2).
ASSIGNED_ABOVE = {
    "province": "Chính phủ, Thủ tướng Chính phủ, các bộ, ngành Trung ương",
    "department": ASSIGNED_BY,
}
#: The kinds of agency as groups of the table by agency.
AGENCY_GROUPS = {
    "office": "Văn phòng Ủy ban nhân dân",
    "office_unit": "Đơn vị thuộc Văn phòng",
    "department": "Các sở, cơ quan tương đương",
    "board": "Các ban quản lý",
    "public_service_unit": "Các đơn vị sự nghiệp công lập",
    "state_enterprise": "Các doanh nghiệp nhà nước",
    "district": "Các huyện, thị xã, thành phố",
    "ward": "Các phường",
    "commune": "Các xã",
    "special_zone": "Các đặc khu",
    "organisation": "Các tổ chức",
    "person": "Cá nhân",
    "": "Khác",
}

PART_OVERVIEW = "I. TỔNG QUAN"
PART_PROGRESS = "II. TÌNH HÌNH THỰC HIỆN NHIỆM VỤ"
PART_CAUSES = (
    "III. NGUYÊN NHÂN KHÔNG HOÀN THÀNH NHIỆM VỤ HOẶC HOÀN THÀNH NHIỆM VỤ QUÁ HẠN"
)
PART_DIFFICULTIES = "IV. KHÓ KHĂN, VƯỚNG MẮC VÀ KIẾN NGHỊ, ĐỀ XUẤT"


@dataclass(frozen=True, slots=True)
class FormLine:
    """One line of the form. `code` is None where the line carries no figure.

    `level`: 0 the part's heading, 1 without a mark, 2 "-", 3 "+".
    """

    code: str | None
    level: int
    label: str

    @property
    def text(self):
        """The line as printed, with its mark."""
        return {2: "- ", 3: "+ "}.get(self.level, "") + self.label


FORM = (
    FormLine(None, 0, PART_OVERVIEW),
    FormLine("total", 1, "Tổng số nhiệm vụ được giao trong kỳ báo cáo:"),
    FormLine("programme", 2, "Số nhiệm vụ được giao theo Chương trình công tác:"),
    FormLine(
        "conclusion",
        2,
        "Số nhiệm vụ được giao tại Thông báo kết luận cuộc họp Ủy ban nhân dân tỉnh"
        " thường kỳ:",
    ),
    FormLine(
        "adhoc",
        2,
        "Số nhiệm vụ được giao đột xuất tại các văn bản chỉ đạo, điều hành khác:",
    ),
    FormLine("carried", 2, "Số nhiệm vụ chuyển từ kỳ trước sang:"),
    FormLine("carried_in_time", 3, "Số nhiệm vụ còn trong hạn:"),
    FormLine("carried_extended", 3, "Số nhiệm vụ được gia hạn:"),
    FormLine("carried_overdue", 3, "Số nhiệm vụ quá hạn chưa hoàn thành:"),
    FormLine(None, 0, PART_PROGRESS),
    FormLine("completed", 2, "Tổng số nhiệm vụ hoàn thành trong kỳ báo cáo:"),
    FormLine("completed_on_time", 3, "Số nhiệm vụ hoàn thành đúng hạn, sớm hạn:"),
    FormLine(
        "completed_late",
        3,
        "Số nhiệm vụ hoàn thành quá hạn (bao gồm những nhiệm vụ quá hạn chuyển sang"
        " từ kỳ báo cáo trước):",
    ),
    FormLine("open", 2, "Tổng số nhiệm vụ chưa hoàn thành trong kỳ báo cáo:"),
    FormLine(None, 1, "Trong đó:"),
    FormLine("open_extended", 3, "Số nhiệm vụ được gia hạn chuyển sang kỳ sau:"),
    FormLine("open_in_time", 3, "Số nhiệm vụ chưa hoàn thành còn trong thời hạn:"),
    FormLine("open_overdue", 3, "Số nhiệm vụ chưa hoàn thành quá hạn:"),
)
LIST_ATTACHED = "Kèm theo danh mục nhiệm vụ cụ thể"

#: The note under the form: our words, the form has no line for them.
NOTES = (
    FormLine("waiting", 3, "Đã báo cáo kết quả, đang chờ xác nhận:"),
    FormLine("returned", 3, "Đã chuyển lại, chưa được trả lời:"),
)
NOTES_HEAD = "Ghi chú: trong số nhiệm vụ chưa hoàn thành"

#: What stands at the head of each group of Phụ lục II, by exit code.
GROUPS = {
    "completed_on_time": "Nhiệm vụ hoàn thành đúng hạn, sớm hạn",
    "completed_late": "Nhiệm vụ hoàn thành quá hạn",
    "open_extended": "Nhiệm vụ được gia hạn chuyển sang kỳ sau",
    "open_in_time": "Nhiệm vụ chưa hoàn thành còn trong thời hạn",
    "open_overdue": "Nhiệm vụ chưa hoàn thành quá hạn",
}
#: How a counted assignment came in, for the list.
ENTRIES = {
    "programme": "Giao trong kỳ (Chương trình công tác)",
    "conclusion": "Giao trong kỳ (Thông báo kết luận)",
    "adhoc": "Giao trong kỳ (đột xuất)",
    "carried_in_time": "Kỳ trước chuyển sang (còn trong hạn)",
    "carried_extended": "Kỳ trước chuyển sang (được gia hạn)",
    "carried_overdue": "Kỳ trước chuyển sang (quá hạn)",
}
#: Short heads of the form's lines, for the table by agency.
HEADS = {
    "total": "Tổng số",
    "programme": "Chương trình công tác",
    "conclusion": "Thông báo kết luận",
    "adhoc": "Đột xuất",
    "carried": "Kỳ trước chuyển sang",
    "completed": "Hoàn thành",
    "completed_on_time": "Đúng hạn, sớm hạn",
    "completed_late": "Quá hạn",
    "open": "Chưa hoàn thành",
    "open_extended": "Được gia hạn",
    "open_in_time": "Còn trong hạn",
    "open_overdue": "Quá hạn",
    "waiting": "Chờ xác nhận",
    "returned": "Chuyển lại, chưa trả lời",
}
RATES = {
    "completion": "Tỷ lệ hoàn thành",
    "on_time": "Tỷ lệ đúng hạn",
    "freshness": "Tỷ lệ có cập nhật",
}
#: How each rate is made, shown beside it.
RATE_FORMULAS = {
    "completion": "hoàn thành ÷ (hoàn thành + chưa hoàn thành quá hạn)",
    "on_time": "hoàn thành đúng hạn, sớm hạn ÷ hoàn thành",
    "freshness": "chưa hoàn thành có cập nhật trong những ngày gần đây"
    " ÷ chưa hoàn thành",
}
#: The form's own words for how a task stands, by the policy that holds a regulation's.
FORM_WORDS = {
    "word_done": "Hoàn thành đúng hạn, sớm hạn",
    "word_done_late": "Hoàn thành quá hạn",
    "word_doing": "Chưa hoàn thành còn trong thời hạn",
    "word_not_started": "Chưa hoàn thành còn trong thời hạn",
    "word_overdue": "Chưa hoàn thành quá hạn",
}
#: Phụ lục II's columns (DOMAIN: section 6; derived from Điều 4).
LIST_COLUMNS = (
    "STT",
    "Văn bản giao (số, ký hiệu, ngày, trích yếu)",
    "Nội dung nhiệm vụ",
    "Chủ trì",
    "Phối hợp",
    "Thời hạn",
    "Gia hạn đến",
    "Kết quả, văn bản báo cáo (số, ngày)",
    "Tình trạng",
    "Nguyên nhân, ghi chú",
)

ROMAN = ("I", "II", "III", "IV", "V")


def period_name(kind, year, number, date_from, date_to):
    """Return the period in the form's words, for "(Kỳ báo cáo …)"."""
    if kind == "month":
        # Nghị định 30/2020: a leading 0 for the first two months only.
        return f"tháng {f'0{number}' if number < 3 else number} năm {year}"
    if kind == "quarter":
        return f"quý {ROMAN[number - 1]} năm {year}"
    if kind == "half_year":
        return f"6 tháng {'đầu' if number == 1 else 'cuối'} năm {year}"
    if kind == "year":
        return f"năm {year}"
    return f"từ ngày {day_text(date_from)} đến ngày {day_text(date_to)}"


@lru_cache
def mask_codes(mask):
    """Return (entry code, exit code) of the mask of a counted assignment."""
    entry, exit_ = (code for code, bit in _LINE_BITS if mask & bit)
    return entry, exit_


_LINE_BITS = [(code, BITS[code]) for code in (*ENTRY_CODES, *EXIT_CODES)]


def day_text(day):
    """Return a date as officials write it, empty for none."""
    return day.strftime("%d/%m/%Y") if day else ""


def status_text(
    exit_code,
    entry_code,
    *,
    waiting,
    returned,
    completed_on,
    days_late,
    words=None,
    begun=True,
):
    """Return how an assignment stands, for Phụ lục II's column "Tình trạng".

    :param days_late: days after the deadline, 0 where it was or is in time.
    :param words: the regulation's own words, a dict with the keys of `FORM_WORDS`;
        by default the form's line is told shortly.
    :param begun: whether the agency had received it by the end of the window.
    """
    if words:
        parts = _own_words(exit_code, words, completed_on, days_late, begun)
    else:
        parts = _form_words(exit_code, completed_on, days_late)
    if exit_code not in SUMS["completed"]:
        parts += ["chờ xác nhận kết quả"] if waiting else []
        parts += ["đã chuyển lại, chưa được trả lời"] if returned else []
    return f"{', '.join(parts)}. {ENTRIES[entry_code]}."


def _late(days_late):
    return f"quá hạn {days_late} ngày" if days_late > 0 else "quá hạn"


def _form_words(exit_code, completed_on, days_late):
    late = _late(days_late)
    if exit_code in SUMS["completed"]:
        parts = [f"Hoàn thành {day_text(completed_on)}"]
        return parts + ([late] if exit_code == "completed_late" else [])
    return [
        {
            "open_overdue": late.capitalize(),
            "open_extended": "Được gia hạn",
            "open_in_time": "Còn trong hạn",
        }[exit_code]
    ]


def _own_words(exit_code, words, completed_on, days_late, begun):
    if exit_code in SUMS["completed"]:
        is_late = exit_code == "completed_late"
        done = words["word_done_late" if is_late else "word_done"]
        parts = [f"{done} (ngày {day_text(completed_on)})"]
        return parts + ([_late(days_late)] if is_late and days_late > 0 else [])
    if exit_code == "open_overdue":
        counted = f" ({days_late} ngày)" if days_late > 0 else ""
        return [words["word_overdue"] + counted]
    parts = [words["word_doing" if begun else "word_not_started"]]
    return parts + (["được gia hạn"] if exit_code == "open_extended" else [])
