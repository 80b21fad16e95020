# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import models


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _shared(self):
        """The files of a question go with it to who is asked, those of a direction to
        who reads it on an assignment or an opinion."""
        shared = super()._shared()
        hidden = (self - shared).sudo()
        hidden = hidden.filtered(lambda file: file.res_model == "task.referral")
        if not hidden:
            return shared
        rounds = self.env["task.referral"].sudo()
        for one in rounds.browse(hidden.mapped("res_id")).exists():
            rounds |= one._rounds()
        told = self.env["ir.attachment"].sudo()
        for records in (rounds.line_ids, rounds.opinion_ids):
            read = records.sudo(self.env.su)._filtered_access("read")
            told |= read.sudo().direction_attachment_ids
            if read._name == "task.referral.opinion":
                told |= read.sudo().question_attachment_ids
        return shared | (told & hidden).sudo(self.env.su)
