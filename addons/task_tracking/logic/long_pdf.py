# SPDX-License-Identifier: LGPL-3.0-or-later
"""A document with a table of thousands of rows as PDF, in a share of the time.

WeasyPrint takes a core for minutes, and memory for all pages at once. A section that
says so (`data-pdf-long`, the name of its CSS page) is cut into pieces that several
processes lay out beside each other; its pages are numbered through. The cuts depend on
the document alone, so that its bytes do not depend on the machine.

Such a section begins on a page of its own, holds one table of its own rows, and what
stands after it begins a new page.
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from threading import Condition

from lxml import html as lxml_html
from pypdf import PdfReader, PdfWriter

from . import pdf_worker
from .pdf_worker import ROW_PLACE

#: What marks a section that may be cut: the name of its CSS page.
LONG = "data-pdf-long"
#: Rows of a piece, at most; a table of fewer is not cut.
PIECE_ROWS = 500
#: Processes at a time.
PROCESSES = min(os.cpu_count() or 1, 4)


def write_pdf(html):
    """Return the PDF of a complete HTML document, as bytes.

    :param html: text.
    :raise RuntimeError: when a process could not print its piece.
    """
    pieces = split(html) if LONG in html else []
    if len(pieces) < 2:
        return pdf_worker.lay_out(html).write_pdf()
    with tempfile.TemporaryDirectory(prefix="task_pdf_") as folder:
        return _join(_print_pieces(pieces, Path(folder)))


# -- cutting ---------------------------------------------------------------------------
def split(html):
    """Return the pieces of a document, in order, each as `pdf_worker` wants it; one
    piece or none where nothing is long enough to be cut."""
    page = lxml_html.document_fromstring(html)
    head, body = page.find("head"), page.find("body")
    long_ones = [one for one in body.iterchildren() if _is_long(one)]
    if not long_ones:
        return []
    head_text = f"<!DOCTYPE html>{_opening(page)}{_text(head).removesuffix('</head>')}"
    body_open, body_close = _opening(body), "</body></html>"
    pieces, between = [], []

    def end_between():
        if any(part.strip() for part in between):
            text = "".join((head_text, "</head>", body_open, *between, body_close))
            pieces.append({"html": text})
        between.clear()

    between.append(body.text or "")
    for one in body.iterchildren():
        if one in long_ones:
            end_between()
            pieces += _cut(one, head_text, body_close)
            between.append(one.tail or "")
        else:
            between.append(_text(one, with_tail=True))
    end_between()
    return pieces


def _is_long(element):
    rows = element.get(LONG) and _rows(element)
    return bool(rows) and len(rows) > PIECE_ROWS


def _rows(section):
    return section.xpath("./table/tbody/tr")


def _cut(section, head, body_close):
    """Return the pieces of one long section."""
    rows = _rows(section)
    body = rows[0].getparent()
    table = body.getparent()
    before = table.xpath("preceding-sibling::node()")
    after = table.xpath("following-sibling::node()")
    table_open = _opening(table) + "".join(
        _text(one) for one in table if one.tag in ("colgroup", "caption", "thead")
    )
    common = {
        "head": head,
        "opening": _opening(section),
        "table": table_open + _opening(body),
        "page": section.get(LONG),
    }
    close_table = "</tbody></table>"
    close = f"</{section.tag}>{body_close}"
    starts = _starts(rows)
    pieces = []
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        for place, row in enumerate(rows[start:end]):
            row.set(ROW_PLACE, str(place))
        is_last = end == len(rows)
        pieces.append(
            {
                **common,
                "lead": "" if start else _nodes(before),
                "rows": [_text(row) for row in rows[start:end]],
                "closing": close_table + (_nodes(after) if is_last else "") + close,
                "goes_on": not is_last,
            }
        )
    return pieces


def _starts(rows):
    """The places at which pieces begin, of about as many rows each; their number is
    even, for two processes to end together. A group's head begins a piece rather than
    end one."""
    number = -(-len(rows) // PIECE_ROWS)
    number += number % 2
    starts = [0]
    for nth in range(1, number):
        start = nth * len(rows) // number
        while start > starts[-1] + 1 and len(rows[start - 1]) == 1:
            start -= 1
        starts.append(start)
    return starts


def _opening(element):
    """The opening tag alone."""
    text = lxml_html.tostring(_bare(element), encoding="unicode")
    return text.removesuffix(f"</{element.tag}>")


def _bare(element):
    return element.makeelement(element.tag, dict(element.attrib))


def _text(element, *, with_tail=False):
    return lxml_html.tostring(element, encoding="unicode", with_tail=with_tail)


def _nodes(nodes):
    """The HTML of sibling nodes: elements, and texts between them."""
    return "".join(
        lxml_html.tostring(node, encoding="unicode", with_tail=False)
        if not isinstance(node, str)
        else node.replace("&", "&amp;").replace("<", "&lt;")
        for node in nodes
    )


# -- printing --------------------------------------------------------------------------
class _Numbering:
    """Tells each piece the number of its first page, once all before it are counted."""

    def __init__(self, pieces):
        self._pieces = pieces
        self._counts = {}
        self._changed = Condition()

    def first(self, nth, pages):
        """Say how many pages the piece has; return the number of its first one.

        It waits for the pieces before it in its section, which were begun before it.
        """
        with self._changed:
            self._counts[nth] = pages
            self._changed.notify_all()
            before = []
            while nth and self._pieces[nth - 1].get("goes_on"):
                nth -= 1
                before.append(nth)
            self._changed.wait_for(
                lambda: None in self._counts or all(b in self._counts for b in before)
            )
            if None in self._counts:
                raise RuntimeError("Another piece could not be printed.")
            return 1 + sum(self._counts[one] for one in before)

    def fail(self):
        """Let nobody wait any longer."""
        with self._changed:
            self._counts[None] = 0
            self._changed.notify_all()


def _print_pieces(pieces, folder):
    """Print every piece into the folder; return the paths, in order."""
    numbering = _Numbering(pieces)
    paths = []
    for nth, piece in enumerate(pieces):
        path = folder / f"{nth}.json"
        path.write_text(json.dumps(piece), encoding="utf-8")
        paths.append(path)
    queue = SimpleQueue()
    number = min(PROCESSES, len(pieces))
    for one in (*enumerate(paths), *[None] * number):
        queue.put(one)
    with ThreadPoolExecutor(number) as threads:
        asked = [threads.submit(_work, queue, pieces, numbering) for _ in range(number)]
    for one in asked:
        one.result()
    return [path.with_suffix(".pdf") for path in paths]


def _work(queue, pieces, numbering):
    """Let one process print pieces until none is left."""
    try:
        with _process() as ask:
            for nth, path in iter(queue.get_nowait, None):
                answer = ask(piece=str(path), out=str(path.with_suffix(".pdf")))
                if "html" not in pieces[nth]:
                    ask(first=numbering.first(nth, answer["pages"]))
    except BaseException:
        numbering.fail()
        raise


@contextlib.contextmanager
def _process():
    """A process of `pdf_worker`, as the function that asks it and gives its answer."""
    # The server's own packages, in its own order; no site of the user's.
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "PYTHONHASHSEED": "0",
    }
    process = subprocess.Popen(
        [sys.executable, pdf_worker.__file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
        text=True,
        encoding="utf-8",
    )

    def ask(**message):
        process.stdin.write(json.dumps(message) + "\n")
        process.stdin.flush()
        answer = process.stdout.readline()
        if not answer:
            raise RuntimeError("A process that prints a PDF has ended.")
        return json.loads(answer)

    try:
        yield ask
    finally:
        # At the end of its input it ends by itself; after a failure it may not.
        process.kill()
        process.communicate()


def _join(paths):
    """Return one PDF of several, as bytes, with the first one's title."""
    writer = PdfWriter()
    for path in paths:
        writer.append(PdfReader(path), import_outline=False)
    title = PdfReader(paths[0]).metadata
    if title:
        writer.add_metadata(title)
    with tempfile.TemporaryFile() as file:
        writer.write(file)
        file.seek(0)
        return file.read()
