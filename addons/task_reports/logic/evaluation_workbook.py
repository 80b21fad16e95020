# SPDX-License-Identifier: LGPL-3.0-or-later
"""The evaluation of agencies as an XLSX workbook: real numbers, text stays text."""

import xlsxwriter

from .evaluation_form import MEASURE_FORMULAS, MEASURE_HEADS, SCORE_FORMULA

FONT = "Times New Roman"
#: The sheets: name, key of the figures, whether its lines have a place.
SHEETS = (
    ("Theo cơ quan", "agencies", True),
    ("Theo khối", "groups", False),
    ("Theo người đứng đầu", "heads", True),
)


def write_evaluation(figures, title, file):
    """Write the workbook of an evaluation.

    :param figures: what the screen draws (`task.evaluation.board`, `_values`).
    :param title: of the pages.
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
        name: book.add_format({"font_name": FONT, "valign": "top", **values})
        for name, values in {
            "text": {"text_wrap": True},
            "number": {"num_format": "0"},
            "percent": {"num_format": "0.0%"},
            "score": {"num_format": "0.00", "bold": True},
            "head": {"bold": True, "text_wrap": True, "border": 1, "align": "center"},
            "title": {"bold": True, "font_size": 14},
        }.items()
    }
    for name, key, has_place in SHEETS:
        if figures[key]:
            _write_lines(
                book.add_worksheet(name), styles, figures, key, has_place, title
            )
    _write_formulas(book.add_worksheet("Cách tính"), styles, figures)
    book.close()


def _write_lines(page, styles, figures, key, has_place, title):
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.freeze_panes(3, 2)
    page.repeat_rows(2)
    page.set_column(0, 0, 8)
    page.set_column(1, 1, 46)
    page.set_column(2, 2 + len(figures["criteria"]), 14)
    page.set_column(3 + len(figures["criteria"]), 3 + len(figures["criteria"]), 80)
    page.write_string(0, 0, title, styles["title"])
    heads = ["Hạng" if has_place else "Số cơ quan", "Tên"]
    heads += [
        f"{MEASURE_HEADS[one['measure']]} (× {one['weight']})"
        for one in figures["criteria"]
    ]
    heads += ["Điểm", "Cách tính điểm"]
    for column, head in enumerate(heads):
        page.write_string(2, column, head, styles["head"])
    for row, line in enumerate(figures[key], 3):
        first = line["place"] if has_place else line["number"]
        if first is not None:
            page.write_number(row, 0, first, styles["number"])
        name = line["name"]
        if line.get("agencies"):
            name = f"{name} ({line['agencies']})"
        page.write_string(row, 1, name, styles["text"])
        for column, value in enumerate(line["values"], 2):
            _write_share(page, row, column, value["share"], styles["percent"], styles)
        score = None if line["score"] is None else line["score"] * 100
        column = 2 + len(line["values"])
        _write_share(page, row, column, score, styles["score"], styles)
        page.write_string(row, column + 1, line["score_formula"], styles["text"])


def _write_share(page, row, column, number, style, styles):
    if number is None:
        page.write_string(row, column, "–", styles["text"])
    else:
        page.write_number(row, column, number, style)


def _write_formulas(page, styles, figures):
    """Every formula of every agency with its numbers, for who recalculates."""
    page.set_column(0, 0, 46)
    page.set_column(1, 1, 26)
    page.set_column(2, 3, 60)
    heads = ("Tên", "Chỉ tiêu", "Cách tính", "Số liệu")
    for column, head in enumerate(heads):
        page.write_string(0, column, head, styles["head"])
    row = 1
    for line in figures["agencies"]:
        for value in line["values"]:
            numbers = "".join(
                token.get("text") or str(token["count"]) for token in value["formula"]
            )
            cells = (
                line["name"],
                MEASURE_HEADS[value["measure"]],
                MEASURE_FORMULAS[value["measure"]],
                f"{numbers} = {value['text']}",
            )
            for column, cell in enumerate(cells):
                page.write_string(row, column, cell, styles["text"])
            row += 1
    page.write_string(row + 1, 0, SCORE_FORMULA, styles["text"])
