# SPDX-License-Identifier: LGPL-3.0-or-later
"""Phụ lục I and II as an XLSX workbook: real dates and numbers, text stays text."""

import io

import xlsxwriter

from .figures import percent_text
from .form import (
    ENTRY_CODES,
    EXIT_CODES,
    FORM,
    GROUPS,
    HEADS,
    NOTES,
    NOTES_HEAD,
    PART_CAUSES,
    PART_DIFFICULTIES,
    RATES,
    day_text,
)

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
)
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


def workbook_bytes(sheet):
    """Return the workbook of a :class:`Sheet` as bytes.

    Sheets: Phụ lục I, Phụ lục II, Theo cơ quan (the province only) and the tasks kept
    outside the register, where there are any.
    """
    return _Writer(sheet).bytes()


class _Writer:
    """Writes one workbook row by row, so that memory does not grow with the rows."""

    def __init__(self, sheet):
        self.sheet = sheet
        self.buffer = io.BytesIO()
        self.book = xlsxwriter.Workbook(
            self.buffer,
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

    def bytes(self):
        self._write_form()
        self._write_list()
        if self.sheet.agencies:
            self._write_agencies()
        if self.sheet.outside:
            self._write_outside()
        self.book.close()
        return self.buffer.getvalue()

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
        page = self._list_page("Phụ lục II", LIST_COLUMNS)
        row = 0
        for row, one in enumerate(self.sheet.rows(), 1):
            self._write_row(page, row, LIST_COLUMNS, one, GROUPS[one.exit])
        page.autofilter(0, 0, row, len(LIST_COLUMNS) - 1)
        page.set_landscape()

    def _write_outside(self):
        page = self._list_page("Không xác định thời hạn", OUTSIDE_COLUMNS)
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
        whole = self.sheet.figures
        for row, one in enumerate(self.sheet.agencies, 1):
            self._cell(page, row, 0, row, "number")
            self._cell(page, row, 1, one.name, "text")
            self._write_counts(page, row, one.counts, one.rates, "number")
        row = len(self.sheet.agencies) + 1
        self._cell(page, row, 1, "Toàn tỉnh", "bold")
        self._write_counts(page, row, whole.as_dict(), self.sheet.rates, "bold_number")
        page.set_landscape()

    def _write_counts(self, page, row, counts, rates, style):
        for column, code in enumerate(AGENCY_CODES, 2):
            self._cell(page, row, column, counts[code], style)
        for column, code in enumerate(RATES, 2 + len(AGENCY_CODES)):
            self._rate(page, row, column, rates[code])


AGENCY_HEADS = {
    **HEADS,
    "assigned": "Giao trong kỳ",
    "carried_in_time": "Kỳ trước, còn trong hạn",
    "carried_extended": "Kỳ trước, được gia hạn",
    "carried_overdue": "Kỳ trước, quá hạn",
    "completed_late": "Hoàn thành quá hạn",
    "completed_on_time": "Hoàn thành đúng hạn, sớm hạn",
    "open_extended": "Chưa hoàn thành, được gia hạn",
    "open_in_time": "Chưa hoàn thành, còn trong hạn",
    "open_overdue": "Chưa hoàn thành quá hạn",
}
