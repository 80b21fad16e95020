# SPDX-License-Identifier: LGPL-3.0-or-later
"""Phụ lục I and II as an XLSX workbook: real dates and numbers, text stays text."""

import io
from collections import Counter

import xlsxwriter

from .figures import percent_text
from .form import (
    BITS,
    ENTRY_CODES,
    EXIT_CODES,
    FORM,
    GROUPS,
    NOTES,
    NOTES_HEAD,
    PART_CAUSES,
    PART_DIFFICULTIES,
    RATES,
    day_text,
)
from .identities import LINE_NAMES

FONT = "Times New Roman"
#: Phụ lục II: (head, attribute of a row, width, format); cells that the printed form
#: puts together stand apart here, so that they can be sorted and filtered.
LIST_COLUMNS = (
    ("STT", "number", 6, "number"),
    ("Nhóm", "group", 24, "text"),
    ("Số, ký hiệu văn bản giao", "reference", 18, "text"),
    ("Ngày văn bản giao", "issued_on", 12, "date"),
    ("Trích yếu văn bản giao", "abstract", 36, "text"),
    ("Nội dung nhiệm vụ", "content", 48, "text"),
    ("Chủ trì", "lead", 26, "text"),
    ("Phối hợp", "support", 26, "text"),
    ("Thời hạn", "deadline", 12, "date"),
    ("Gia hạn đến", "extended_to", 12, "date"),
    ("Kết quả", "result", 36, "text"),
    ("Số văn bản báo cáo", "reply_number", 16, "text"),
    ("Ngày văn bản báo cáo", "reply_date", 12, "date"),
    ("Tình trạng", "status", 36, "text"),
    ("Nguyên nhân, ghi chú", "remark", 26, "text"),
)
OUTSIDE_COLUMNS = tuple(
    column
    for column in LIST_COLUMNS
    if column[1] in ("number", "reference", "issued_on", "abstract", "content", "lead")
) + (("Tình hình thực hiện", "reason", 36, "text"),)
AGENCY_CODES = (
    "total",
    "assigned",
    *ENTRY_CODES[:3],
    "carried",
    *ENTRY_CODES[3:],
    "completed",
    *EXIT_CODES[:2],
    "open",
    *EXIT_CODES[2:],
)
FORMATS = {
    "text": {"text_wrap": True, "valign": "top"},
    "number": {"num_format": "0", "valign": "top"},
    "date": {"num_format": "dd/mm/yyyy", "valign": "top"},
    "percent": {"num_format": "0.0%", "valign": "top"},
    "head": {
        "bold": True,
        "text_wrap": True,
        "align": "center",
        "valign": "vcenter",
        "border": 1,
        "bg_color": "#E8E8E8",
    },
    "title": {"bold": True, "font_size": 14},
    "bold": {"bold": True, "valign": "top", "text_wrap": True},
    "bold_number": {"bold": True, "num_format": "0", "valign": "top"},
}


def write_workbook(sheet, target):
    """Write the workbook of a :class:`Sheet`; memory does not grow with its rows.

    Sheets: Phụ lục I, Phụ lục II, Theo cơ quan (the province only), Đối chiếu and the
    tasks kept outside the register, where there are any. The same sheet gives the
    same bytes.

    :param target: a path, or a file open for binary writing.
    """
    _Writer(sheet, target).fill()


def workbook_bytes(sheet):
    """Return the workbook as bytes: for a mail, or a list that is short."""
    buffer = io.BytesIO()
    write_workbook(sheet, buffer)
    return buffer.getvalue()


class _Writer:
    """Writes one workbook row by row into temporary files, then into `target`."""

    def __init__(self, sheet, target):
        self.sheet = sheet
        self.book = xlsxwriter.Workbook(
            target,
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_numbers": False,
                "strings_to_urls": False,
            },
        )
        self.book.set_properties({"created": sheet.made_on})
        self.formats = {
            name: self.book.add_format({"font_name": FONT, **values})
            for name, values in FORMATS.items()
        }

    def fill(self):
        self._write_form()
        listed = self._write_list()
        if self.sheet.agencies:
            self._write_agencies()
        self._write_identities(listed)
        if self.sheet.outside:
            self._write_outside()
        self.book.close()

    def _cell(self, page, row, column, value, style):
        """Write one cell by its style; nothing is written for no value."""
        cell_format = self.formats[style]
        if value is None or value == "":
            return
        if style == "date":
            page.write_datetime(row, column, value, cell_format)
        elif isinstance(value, int | float):
            page.write_number(row, column, value, cell_format)
        else:
            page.write_string(row, column, str(value), cell_format)

    def _page(self, name, heads, widths, head_row=0):
        """Add a page with a head that stays in view."""
        page = self.book.add_worksheet(name)
        page.hide_gridlines(0)
        for column, width in enumerate(widths):
            page.set_column(column, column, width)
        page.freeze_panes(head_row + 1, 0)
        page.repeat_rows(head_row)
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        self.heads = heads, head_row
        return page

    def _write_heads(self, page):
        heads, row = self.heads
        for column, head in enumerate(heads):
            self._cell(page, row, column, head, "head")

    # -- Phụ lục I -------------------------------------------------------------
    def _write_form(self):
        sheet, figures = self.sheet, self.sheet.figures
        page = self._page(
            "Phụ lục I", ("Nội dung", "Số nhiệm vụ", "Số đầu việc"), (90, 14, 14), 4
        )
        titles = (
            sheet.issuing_body,
            f"Tình hình, kết quả thực hiện nhiệm vụ do {sheet.assigned_by} giao",
            f"Kỳ báo cáo: {sheet.period}",
            f"Số liệu từ ngày {day_text(sheet.date_from)} đến hết ngày"
            f" {day_text(sheet.date_to)}",
        )
        for row, title in enumerate(titles):
            self._cell(page, row, 0, title, "title" if row < 2 else "bold")
        self._write_heads(page)
        row = 5
        for line in (*FORM, None, *NOTES):
            if line is None:
                self._cell(page, row, 0, f"{NOTES_HEAD}:", "text")
            else:
                strong = line.level == 0 or line.code in ("total", "completed", "open")
                self._cell(page, row, 0, line.text, "bold" if strong else "text")
                if line.code:
                    style = "bold_number" if strong else "number"
                    self._cell(page, row, 1, figures.count(line.code), style)
                    self._cell(page, row, 2, figures.tasks(line.code), style)
            row += 1
        for code, label in RATES.items():
            self._cell(page, row, 0, label, "text")
            self._rate(page, row, 1, sheet.rates[code])
            row += 1
        for head, text in (
            (PART_CAUSES, sheet.causes),
            (PART_DIFFICULTIES, sheet.difficulties),
        ):
            self._cell(page, row, 0, head, "bold")
            self._cell(page, row + 1, 0, text, "text")
            row += 2

    def _rate(self, page, row, column, share):
        if share is None:
            self._cell(page, row, column, percent_text(share), "text")
        else:
            self._cell(page, row, column, share, "percent")

    # -- Phụ lục II and the tasks outside ------------------------------------------
    def _write_list(self):
        """Write Phụ lục II; return {code: rows in that line}."""
        page = self._list_page("Phụ lục II", LIST_COLUMNS)
        masks = Counter()
        row = 0
        for row, one in enumerate(self.sheet.rows(), 1):
            self._write_row(page, row, LIST_COLUMNS, one, GROUPS[one.exit])
            masks[one.mask] += 1
        page.autofilter(0, 0, row, len(LIST_COLUMNS) - 1)
        page.set_landscape()
        return {
            code: sum(count for mask, count in masks.items() if mask & BITS[code])
            for code in (*ENTRY_CODES, *EXIT_CODES)
        }

    def _write_outside(self):
        page = self._list_page("Ngoài hệ thống", OUTSIDE_COLUMNS)
        for row, one in enumerate(self.sheet.outside, 1):
            self._write_row(page, row, OUTSIDE_COLUMNS, one)

    def _list_page(self, name, columns):
        page = self._page(
            name,
            [head for head, _attribute, _width, _style in columns],
            [width for _head, _attribute, width, _style in columns],
        )
        self._write_heads(page)
        return page

    def _write_row(self, page, row, columns, one, group=None):
        for column, (_head, attribute, _width, style) in enumerate(columns):
            value = group if attribute == "group" else getattr(one, attribute)
            self._cell(page, row, column, value, style)

    # -- by agency -----------------------------------------------------------------
    def _write_agencies(self):
        heads = ["STT", "Cơ quan, đơn vị, địa phương"]
        heads += [AGENCY_HEADS[code] for code in AGENCY_CODES]
        heads += RATES.values()
        page = self._page("Theo cơ quan", heads, [6, 40] + [11] * (len(heads) - 2))
        self._write_heads(page)
        kinds = {one.kind: one for one in self.sheet.group_rows}
        row, number, kind = 0, 0, None
        for one in self.sheet.agencies:
            if one.kind != kind:
                kind = one.kind
                row += 1
                group = kinds[kind]
                self._cell(page, row, 1, group.name, "bold")
                self._write_counts(page, row, group.counts, group.rates, "bold_number")
            row, number = row + 1, number + 1
            self._cell(page, row, 0, number, "number")
            self._cell(page, row, 1, one.name, "text")
            self._write_counts(page, row, one.counts, one.rates, "number")
        whole = self.sheet.figures.as_dict()
        self._cell(page, row + 1, 1, "Tổng cộng", "bold")
        self._write_counts(page, row + 1, whole, self.sheet.rates, "bold_number")
        page.set_landscape()

    def _write_counts(self, page, row, counts, rates, style):
        for column, code in enumerate(AGENCY_CODES, 2):
            self._cell(page, row, column, counts[code], style)
        for column, code in enumerate(RATES, 2 + len(AGENCY_CODES)):
            self._rate(page, row, column, rates[code])

    # -- what must add up, and what was received ---------------------------------------
    def _write_identities(self, listed):
        """Each identity with its two sides; below, the agencies' reports."""
        widths = (34, 90, 16, 16, 12, 40)
        page = self._page("Đối chiếu", IDENTITY_HEADS, widths)
        self._write_heads(page)
        row = 0
        for row, one in enumerate(self.sheet.identities(listed), 1):
            self._cell(page, row, 0, one.whom, "text")
            self._cell(page, row, 1, one.text, "text")
            self._cell(page, row, 2, one.left, "number")
            self._cell(page, row, 3, one.right, "number")
            self._cell(page, row, 4, *(HOLDS if one.holds else DIFFERS))
        row += 2
        if self.sheet.received:
            for column, head in enumerate(RECEIVED_HEADS):
                self._cell(page, row, column, head, "head")
            for one in self.sheet.received:
                row += 1
                self._cell(page, row, 0, one["name"], "text")
                self._cell(page, row, 1, RECEIVED[one["state"]], "text")
                self._cell(page, row, 2, one["sent_on"], "date")
                self._cell(page, row, 3, one["due_on"], "date")
                self._cell(page, row, 4, one["version"] or None, "number")
                self._cell(page, row, 5, one["digest"], "text")
            row += 2
        if self.sheet.frozen_digest:
            self._cell(page, row, 0, "Mã kiểm tra của báo cáo đã gửi", "bold")
            self._cell(page, row, 1, self.sheet.frozen_digest, "text")
        page.set_landscape()


AGENCY_HEADS = {
    **LINE_NAMES,
    "carried_in_time": "Kỳ trước, còn trong hạn",
    "carried_extended": "Kỳ trước, được gia hạn",
    "carried_overdue": "Kỳ trước, quá hạn",
}
IDENTITY_HEADS = ("Phạm vi", "Nội dung đối chiếu", "Vế trái", "Vế phải", "Kết quả")
HOLDS, DIFFERS = ("khớp", "text"), ("lệch", "bold")
RECEIVED_HEADS = (
    "Cơ quan, đơn vị, địa phương",
    "Báo cáo",
    "Ngày gửi",
    "Hạn gửi",
    "Lần",
    "Mã kiểm tra",
)
#: How an agency's report stands, by the states of `Sheet.received`.
RECEIVED = {
    "sent": "Đã gửi đúng hạn",
    "late": "Đã gửi, quá hạn",
    "missing": "Chưa gửi",
    "overdue": "Chưa gửi, đã quá hạn",
}
