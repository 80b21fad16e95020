# SPDX-License-Identifier: LGPL-3.0-or-later
"""A report then and now as an XLSX workbook: real numbers, text stays text."""

import xlsxwriter

FONT = "Times New Roman"
STYLES = {
    "text": {"text_wrap": True},
    "number": {"num_format": "0"},
    "date": {"num_format": "dd/mm/yyyy"},
    "head": {"bold": True, "text_wrap": True, "border": 1, "align": "center"},
    "title": {"bold": True, "font_size": 14},
}
#: The pages: (name, key of the values, columns as (head, width, style)).
PAGES = (
    (
        "Theo từng dòng",
        "lines",
        (
            ("Dòng", 60, "text"),
            ("Khi gửi", 10, "number"),
            ("Hiện nay", 10, "number"),
            ("Chênh lệch", 12, "number"),
            ("Số nhiệm vụ thay đổi", 14, "number"),
        ),
    ),
    (
        "Chênh lệch",
        "rows",
        (
            ("Nội dung nhiệm vụ", 48, "text"),
            ("Cơ quan", 26, "text"),
            ("Nội dung chênh lệch", 24, "text"),
            ("Khi gửi", 36, "text"),
            ("Hiện nay", 36, "text"),
            ("Thời hạn đã báo cáo", 13, "date"),
            ("Thời hạn hiện nay", 13, "date"),
            ("Lý do", 60, "text"),
        ),
    ),
)
FIRST_ROW = 4


def write_comparison(values, file):
    """Write the workbook of a comparison.

    :param values: {title, moments, lines, rows}: `moments` says as of when either side
        is known; lines and rows are tuples in the order of the columns of `PAGES`.
    :param file: a writable binary file.
    """
    book = xlsxwriter.Workbook(
        file,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    styles = {
        name: book.add_format({"font_name": FONT, "valign": "top", **style})
        for name, style in STYLES.items()
    }
    for name, key, columns in PAGES:
        page = book.add_worksheet(name)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.freeze_panes(FIRST_ROW, 1)
        page.repeat_rows(FIRST_ROW - 1)
        page.write_string(0, 0, values["title"], styles["title"])
        page.write_string(1, 0, values["moments"], styles["text"])
        for place, (head, width, _style) in enumerate(columns):
            page.set_column(place, place, width)
            page.write_string(FIRST_ROW - 1, place, head, styles["head"])
        for number, row in enumerate(values[key], FIRST_ROW):
            for place, (value, column) in enumerate(zip(row, columns, strict=True)):
                _write(page, number, place, value, styles[column[2]])
    book.close()


def _write(page, row, place, value, style):
    if value is None or value is False or value == "":
        return
    if isinstance(value, str):
        page.write_string(row, place, value, style)
    elif isinstance(value, int):
        page.write_number(row, place, value, style)
    else:
        page.write_datetime(row, place, value, style)
