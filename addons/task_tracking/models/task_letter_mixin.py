# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import models

from ..logic.letter_docx import write_letter


class TaskLetterMixin(models.AbstractModel):
    """Records that are printed as an administrative document (Nghị định
    30/2020/NĐ-CP), PDF and DOCX of one `logic.letter.Letter`.

    The controller serves it to whoever may read the record; a model says in its record
    rules who that is.
    """

    _name = "task.letter.mixin"
    _description = "Printed as an administrative document"

    def _letter(self):
        """Return what the record says as a document, a `Letter`: override."""
        raise NotImplementedError

    def _letter_file_name(self, ending):
        """Return the name of the record's file.

        :param ending: "pdf" or "docx".
        """
        self.ensure_one()
        return f"{(self.display_name or self._description).replace('/', '-')}.{ending}"

    def _letter_pdf(self):
        """Return the document as PDF, bytes. The caller checks the right to it."""
        self.ensure_one()
        return self.env["ir.actions.report"]._letter_pdf(self._letter())

    def _letter_docx(self):
        """Return the document as DOCX, bytes. The caller checks the right to it."""
        self.ensure_one()
        return write_letter(self._letter())

    # -- buttons ------------------------------------------------------------------
    def action_letter_pdf(self):
        """Download the document as PDF."""
        return self._letter_download("pdf")

    def action_letter_docx(self):
        """Download the document as DOCX, to be finished in Word."""
        return self._letter_download("docx")

    def _letter_download(self, ending):
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/task/letter/{self._name}/{self.id}.{ending}",
            # A download leaves the page as it is; a new window may be blocked.
            "target": "self",
        }
