# SPDX-License-Identifier: LGPL-3.0-or-later
"""Reading a report back from DOCX, and making templates that are wrong."""

import io
import zipfile

from docx import Document

from odoo.addons.task_reports.models import task_report_template

SHIPPED = task_report_template.SHIPPED["figures"][0]


def opened(content):
    """The document of DOCX bytes."""
    return Document(io.BytesIO(content))


def lines(document):
    """The text of every paragraph outside tables, no-break spaces as spaces."""
    return [one.text.replace("\N{NO-BREAK SPACE}", " ") for one in document.paragraphs]


def list_rows(document):
    """The rows of Phụ lục II as lists of texts, without its head."""
    rows = document.tables[-1].rows[1:]
    return [[cell.text for cell in row.cells] for row in rows]


def task_rows(document):
    """Those rows of Phụ lục II that are assignments."""
    return [row for row in list_rows(document) if row[0].isdigit()]


def with_paragraph(*texts):
    """The shipped template with paragraphs added at its end, bytes."""
    document = Document(str(SHIPPED))
    for text in texts:
        document.add_paragraph(text)
    return _saved(document)


def _saved(document):
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def with_parts(changes):
    """The shipped template with parts put in the place of its own, or added.

    :param changes: {name: bytes, or a function of the bytes that are there}.
    """
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(SHIPPED) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            part = source.read(name)
            change = changes.get(name, part)
            target.writestr(name, change(part) if callable(change) else change)
        for name in changes.keys() - {*source.namelist()}:
            target.writestr(name, changes[name])
    return packed.getvalue()


def with_relation(kind, target, *, mode="External"):
    """The shipped template with one more relationship of its document."""
    relation = (
        '<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/'
        f'officeDocument/2006/relationships/{kind}" Target="{target}"'
        f' TargetMode="{mode}"/></Relationships>'
    )
    return with_parts(
        {
            "word/_rels/document.xml.rels": lambda part: part.replace(
                b"</Relationships>", relation.encode()
            )
        }
    )
