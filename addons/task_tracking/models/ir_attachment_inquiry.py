# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import models


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _shared(self):
        """The files of a request for a report go with it to who is asked."""
        shared = super()._shared()
        hidden = (self - shared).sudo()
        hidden = hidden.filtered(lambda file: file.res_model == "task.inquiry")
        if not hidden:
            return shared
        inquiries = self.env["task.inquiry"].sudo().browse(hidden.mapped("res_id"))
        answers = inquiries.exists().answer_ids.sudo(self.env.su)
        asked = answers._filtered_access("read").sudo().inquiry_id
        return shared | (asked.attachment_ids & hidden).sudo(self.env.su)
