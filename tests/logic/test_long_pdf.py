# SPDX-License-Identifier: LGPL-3.0-or-later
"""A long section printed in pieces: numbered through, no seam, the same bytes."""

import io
import re

import pytest
from logic import long_pdf, pdf_worker
from pypdf import PdfReader

STYLE = """
@page { size: A5; margin: 20mm; @top-center { content: counter(page); } }
@page :first { @top-center { content: none; } }
@page list { size: A5 landscape; margin: 20mm; }
@page :nth(1 of list) { counter-set: page 1; @top-center { content: none; } }
.list { page: list; break-before: page; }
table { width: 100%; table-layout: fixed; border-collapse: collapse; }
tr { break-inside: avoid; }
.group { break-after: avoid; }
td { font: 10pt 'Liberation Serif'; border: 1px solid; }
"""
ROWS = 130


def document(rows=ROWS, groups=(0, 64)):
    """A letter, a list of rows of one to four lines, and a letter."""
    body = []
    for place in range(rows):
        if place in groups:
            body.append(f'<tr class="group"><td colspan="2">Nhóm {place}</td></tr>')
        text = "Nội dung nhiệm vụ được giao " * (1 + place * 7 % 4 * 2)
        body.append(f"<tr><td>[{place}] &amp; &lt;b&gt;</td><td>{text}</td></tr>")
    return (
        f"<!DOCTYPE html><html lang='vi'><head><title>Báo cáo</title><style>{STYLE}"
        "</style></head><body><p>Thư thứ nhất</p>"
        "<section class='list' data-pdf-long='list'><h1>Danh mục</h1><table>"
        "<colgroup><col style='width: 30%'><col></colgroup>"
        "<thead><tr><th>Số</th><th>Nhiệm vụ</th></tr></thead>"
        f"<tbody>{''.join(body)}</tbody></table><p>Hết danh mục</p></section>"
        "</body></html>"
    )


def pages_of(content):
    """[(the number in the top margin or None, the text below)] of each page."""
    found = []
    for page in PdfReader(io.BytesIO(content)).pages:
        top, below = [], []
        limit = float(page.mediabox.height) - 20 * 72 / 25.4

        def visit(text, cm, tm, _font, _size, top=top, below=below, limit=limit):
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            (top if float(y) > limit else below).append(text)

        page.extract_text(visitor_text=visit)
        number = "".join(top).strip()
        found.append((int(number) if number else None, "".join(below)))
    return found


@pytest.fixture
def short_pieces(monkeypatch):
    monkeypatch.setattr(long_pdf, "PIECE_ROWS", 40)


@pytest.fixture(scope="module")
def printed():
    """The document, printed once in pieces."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(long_pdf, "PIECE_ROWS", 40)
        return long_pdf.write_pdf(document())


def test_short_lists_are_not_cut():
    assert len(long_pdf.split(document())) == 0


def test_pieces(short_pieces):
    """The letter, then an even number of pieces; a group's head begins one."""
    letter, *pieces = long_pdf.split(document())
    assert "Thư thứ nhất" in letter["html"]
    assert "Danh mục" not in letter["html"]
    assert [len(piece["rows"]) for piece in pieces] == [33, 32, 34, 33]
    assert "Nhóm 64" in pieces[2]["rows"][0]
    assert [piece["goes_on"] for piece in pieces] == [True, True, True, False]
    assert ["Danh mục" in piece["lead"] for piece in pieces] == [
        True,
        False,
        False,
        False,
    ]
    assert "Hết danh mục" in pieces[3]["closing"]


def test_numbered_through(printed):
    """Page numbers run through the pieces as WeasyPrint alone counts them."""
    pages = pages_of(printed)
    numbers = [number for number, _text in pages]
    assert numbers[:2] == [None, None]
    assert numbers[2:] == list(range(2, len(pages)))
    alone = pages_of(pdf_worker.lay_out(document()).write_pdf())
    assert [number for number, _text in alone][:4] == numbers[:4]


def test_every_row_once_in_order(printed):
    text = " ".join(text for _nr, text in pages_of(printed))
    assert [int(one) for one in re.findall(r"\[(\d+)\]", text)] == list(range(ROWS))
    assert text.count("Danh mục") == text.count("Hết danh mục") == 1
    assert text.count("& <b>") == ROWS


def test_says_what_weasyprint_alone_says(printed):
    """Every word of every cell, heads of pages apart, which repeat by the page."""
    alone = pdf_worker.lay_out(document()).write_pdf()
    words = [
        re.sub(r"Số\s+Nhiệm vụ", "", " ".join(text for _nr, text in pages_of(content)))
        for content in (printed, alone)
    ]
    assert words[0].split() == words[1].split()


def test_no_page_is_nearly_empty(printed):
    """Where pieces meet, the pages hold about as many lines as elsewhere."""
    pages = pages_of(printed)
    lines = [len(text.split("\n")) for _nr, text in pages[1:-1]]
    usual = sum(lines) / len(lines)
    assert min(lines) > usual / 2
    alone = pdf_worker.lay_out(document())
    assert len(pages) <= len(alone.pages) + 4  # one for each piece


def test_heads_of_groups_stay_with_their_rows(printed):
    for _nr, text in pages_of(printed):
        assert not re.search(r"Nhóm \d+\s*$", text)


def test_same_bytes(printed, short_pieces, monkeypatch):
    """However many processes share the work."""
    monkeypatch.setattr(long_pdf, "PROCESSES", 1)
    assert long_pdf.write_pdf(document()) == printed


def test_a_process_that_fails_is_told(short_pieces, monkeypatch, tmp_path):
    """One that ends before its piece is done is an error, and nobody waits for it."""
    script = tmp_path / "ends.py"
    script.write_text("import sys; sys.stdin.readline()")
    monkeypatch.setattr(pdf_worker, "__file__", str(script))
    with pytest.raises(RuntimeError):
        long_pdf.write_pdf(document())


@pytest.mark.parametrize(
    ("heights", "shared"),
    [
        ([100, 100, 95], 0),  # full enough
        ([100, 10], 0),  # no page to share with, but the first
        ([100, 100, 100, 10], 3),  # the best there is: 70 each
        ([100] * 20 + [10], 8),  # (700 + 10) / 8 = 88.75 of 100; of 7: 87.1
        ([100] * 20 + [70], 3),  # (200 + 70) / 3 = 90; of 2: 85
    ],
)
def test_shared_pages(heights, shared):
    assert pdf_worker.shared_pages(heights) == shared


def test_even_pages():
    """Ten rows of 10 on three pages: 40, 40, 20 → at most 40 each."""
    assert pdf_worker.even_pages([10] * 9, 3) == [3, 6]
    assert pdf_worker.even_pages([30, 10, 10, 10, 30], 3) == [1, 4]
