# SPDX-License-Identifier: LGPL-3.0-or-later
import base64
import binascii

from odoo import fields, models
from odoo.exceptions import UserError

#: Largest text accepted, in bytes; the longest of these regulations has 50,000.
MAX_SIZE = 2 * 1024 * 1024


class TaskRegulationUpload(models.TransientModel):
    """Give a regulation its full text, from a plain text file."""

    _name = "task.regulation.upload"
    _description = "Upload the Full Text of a Regulation"

    regulation_id = fields.Many2one("task.regulation", required=True)
    file = fields.Binary(string="Text file (.txt, UTF-8)", required=True)
    file_name = fields.Char()

    def action_upload(self):
        """Read the file into articles in place of those the regulation has.

        :raise UserError: if the file is too large, is no UTF-8 text, or has no
            article.
        """
        self.ensure_one()
        self.regulation_id.check_access("write")
        self.regulation_id._load_text(self._decoded(), self.file_name or None)
        return {"type": "ir.actions.act_window_close"}

    def _decoded(self):
        """The file's text."""
        # the encoded content, whatever size the client asks for
        content = self.with_context(bin_size=False).file or b""
        try:
            raw = base64.b64decode(content, validate=True)
        except (binascii.Error, ValueError):
            raw = b""
        if len(raw) > MAX_SIZE:
            raise UserError(
                self.env._("The text is larger than %s MB.", MAX_SIZE // 1024 // 1024)
            )
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise UserError(
                self.env._(
                    "The file is not plain text in UTF-8. Save it as “Plain text,"
                    " UTF-8” and upload it again."
                )
            ) from error
        # a null byte is valid UTF-8, but no text and nothing the database stores
        if "\0" in text:
            raise UserError(self.env._("The file is not plain text."))
        return text
