# SPDX-License-Identifier: LGPL-3.0-or-later
"""Prints HTML to PDF by WeasyPrint; as a script, the pieces of a long document.

As a script it is no part of the server: it imports nothing of Odoo, so that a process
begins in half a second and its memory ends with it. `long_pdf` splits a document and
asks by JSON, a message a line: {"piece": path of a JSON file, "out": path of the PDF}.
A piece is either {"html": a document} or some rows of a long section, see `SECTION`;
this one is answered by {"pages": how many} and wants {"first": number of its first
page}. Each ends with {"done": true}.
"""

import gc
import json
import logging
import sys
from pathlib import Path

from weasyprint import HTML
from weasyprint.urls import URLFetcher

#: What a piece of a long section holds: all HTML up to the end of the head; what opens
#: the section; what stands in it before the table; what opens the table, with its
#: head; the rows, each with its place in `ROW_PLACE`; all that closes; the name of its
#: CSS page; whether the section goes on in a further piece.
SECTION = ("head", "opening", "lead", "table", "rows", "closing", "page", "goes_on")
ROW_PLACE = "data-row"
#: The last pages of a piece that goes on share their rows, so that no page in the
#: middle of the section is nearly empty: how much emptier than the others they may
#: look (a share of what a page holds on average), and how many share at most.
EMPTIER = 0.12
SHARED_AT_MOST = 12

# WeasyPrint tells every step at INFO; only what is wrong with a document matters.
logging.getLogger("weasyprint").setLevel(logging.WARNING)
logging.getLogger("fontTools").setLevel(logging.WARNING)


def lay_out(html):
    """Return the WeasyPrint document of a complete HTML text.

    Nothing is fetched: an image stands in the document as a data: URI. So text that
    users wrote cannot make the server call an address or read a file.
    """
    fetcher = URLFetcher(allowed_protocols=("data",), allow_redirects=False)
    return HTML(string=html, url_fetcher=fetcher).render()


# -- a piece of a long section ---------------------------------------------------------
def lay_out_piece(piece):
    """Return the WeasyPrint document of a piece, its pages without numbers."""
    document = lay_out(_piece_html(piece, piece["lead"], piece["rows"]))
    if not piece["goes_on"]:
        return document
    pages = [_rows_of(page) for page in document.pages]
    shared = shared_pages([sum(row[2] for row in rows) for rows in pages])
    if not shared:
        return document
    if not all(pages[-shared:]):
        return document
    first = pages[-shared][0][0]
    rows = [row for page in pages[-shared:] for row in page]
    room = max(sum(row[2] for row in page) for page in pages)
    units = _units(rows)
    if not units or max(height for _place, height in units) > room:
        return document
    starts = even_pages([height for _place, height in units], shared)
    breaks = {units[start][0] for start in starts}
    again = [
        row.replace("<tr", '<tr style="break-before: page"', 1)
        if first + place in breaks
        else row
        for place, row in enumerate(piece["rows"][first:])
    ]
    tail = lay_out(_piece_html(piece, "", again))
    if len(tail.pages) != shared:
        return document
    return document.copy(document.pages[:-shared] + tail.pages)


def _piece_html(piece, lead, rows):
    rule = f"@page {piece['page']} {{ @top-center {{ content: none }} }}"
    return "".join(
        (
            piece["head"],
            f"<style>{rule}</style></head><body>",
            piece["opening"],
            lead,
            piece["table"],
            *rows,
            piece["closing"],
        )
    )


def _rows_of(page):
    """Return (place, whether it stays with the next, height) of a page's rows."""
    return [
        (
            int(box.element.get(ROW_PLACE)),
            box.style["break_after"] == "avoid",
            box.height,
        )
        for box in page._page_box.descendants()
        if box.element_tag == "tr" and box.element.get(ROW_PLACE)
    ]


def _units(rows):
    """Return [(place of the first row, height)] of rows that stay together; nothing
    where a row stands on two pages."""
    places = [place for place, _stays, _height in rows]
    if len(set(places)) != len(places):
        return []
    units, joined = [], False
    for place, stays, height in rows:
        if joined:
            units[-1] = units[-1][0], units[-1][1] + height
        else:
            units.append((place, height))
        joined = stays
    return units


def shared_pages(heights):
    """Return how many of the last pages are to share their rows, 0 for none.

    :param heights: of the rows of each page of a piece.
    """
    most = min(SHARED_AT_MOST, len(heights) - 1)
    if most < 2:
        return 0
    usual = sum(heights[:-1]) / (len(heights) - 1)
    if heights[-1] >= usual * (1 - EMPTIER):
        return 0
    for number in range(2, most):
        if sum(heights[-number:]) / number >= usual * (1 - EMPTIER):
            return number
    return most


def even_pages(heights, number):
    """Return the places at which `number` pages begin, after the first, so that the
    fullest of them is as empty as can be.

    :param heights: of what cannot be cut, in order.
    """

    def starts(most):
        found, used = [], 0
        for place, height in enumerate(heights):
            if used and used + height > most:
                found.append(place)
                used = 0
            used += height
        return found

    low, high = max(heights), sum(heights)
    while high - low > 1:
        middle = (low + high) / 2
        if len(starts(middle)) < number:
            high = middle
        else:
            low = middle
    return starts(high)


# -- page numbers ----------------------------------------------------------------------
class _Numbered:
    """A page with the margins of another one, which bears its number."""

    def __init__(self, page, number):
        self._page, self._number = page, number

    def __getattr__(self, name):
        return getattr(self._page, name)

    def paint(self, stream, scale=1):
        self._page.paint(stream, scale)
        self._number.paint(stream, scale)


def number_pages(document, piece, first):
    """Return the document of a piece with its page numbers, from `first` on.

    They are laid out on empty pages and painted over its own: how many pages come
    before is known only when all pieces before are laid out, which happens beside.
    """
    rule = ""
    if first > 1:
        rule = (
            f"@page :nth(1 of {piece['page']}) {{ counter-set: page {first};"
            " @top-center { content: counter(page) } }"
        )
    blank = '<p style="break-before: page">&#160;</p>'
    numbers = lay_out(
        f"{piece['head']}<style>{rule}</style></head><body>"
        f'<section style="page: {piece["page"]}">{blank * len(document.pages)}'
        "</section></body></html>"
    )
    pages = zip(document.pages, numbers.pages, strict=True)
    return document.copy([_Numbered(*pair) for pair in pages])


# -- as a script -----------------------------------------------------------------------
def main(lines, answer):
    """Print what is asked for, line by line, until there are no more lines."""
    # A piece is laid out once and all of it lives to its end: looking for garbage
    # meanwhile takes a third of the time and finds none.
    gc.disable()
    # Beside this script, whose folder a script finds its modules in.
    import pdf_cells

    pdf_cells.remember()
    for line in lines:
        asked = json.loads(line)
        piece = json.loads(Path(asked["piece"]).read_text(encoding="utf-8"))
        if "html" in piece:
            document = lay_out(piece["html"])
        else:
            document = lay_out_piece(piece)
            answer({"pages": len(document.pages)})
            first = json.loads(next(lines))["first"]
            document = number_pages(document, piece, first)
        document.write_pdf(asked["out"])
        answer({"done": True})
        del document, piece
        pdf_cells.forget()
        gc.collect()


def _answer(message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(iter(sys.stdin.readline, ""), _answer)
