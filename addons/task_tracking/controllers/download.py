# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo.http import content_disposition, request

OFFICE = "application/vnd.openxmlformats-officedocument"
#: By the ending of a file's name.
TYPES = {
    "pdf": "application/pdf",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
}


def download(content, name, size=None):
    """Return the response that downloads a file.

    :param content: bytes, or an iterable of them with their `size` told.
    :param name: of the file, with its ending.
    """
    return request.make_response(
        content,
        headers=[
            ("Content-Type", TYPES[name.rpartition(".")[2]]),
            ("Content-Length", len(content) if size is None else size),
            ("Content-Disposition", content_disposition(name)),
        ],
    )
