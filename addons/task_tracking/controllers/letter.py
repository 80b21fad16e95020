# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import http
from odoo.exceptions import AccessError
from odoo.http import request

from .download import download


class Letter(http.Controller):
    @http.route(
        "/task/letter/<string:model>/<int:record_id>.<any(pdf,docx):ending>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def letter(self, model, record_id, ending):
        """Download a record's document, with the rights its reader has now. What is no
        document, is not there or is not for the reader is all the same: not found."""
        record = self._readable(model, record_id)
        content = record._letter_pdf() if ending == "pdf" else record._letter_docx()
        return download(content, record._letter_file_name(ending))

    def _readable(self, model, record_id):
        records = request.env.get(model)
        mixin = request.env.registry["task.letter.mixin"]
        if not isinstance(records, mixin) or records._abstract:
            raise request.not_found()
        # No id of PostgreSQL is greater.
        record = records.browse(min(record_id, 2**31 - 1)).exists()
        if not record:
            raise request.not_found()
        try:
            record.check_access("read")
        except AccessError:
            raise request.not_found() from None
        return record
