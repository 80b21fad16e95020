# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, models
from odoo.tools import SQL


class IrAttachment(models.Model):
    """Files of requests for a report and of their answers.

    The files of a request go with it to who is asked. Those of an answer are the
    agency's until it sends it, from their upload on: nobody else opens, finds, changes
    or deletes them, though the Office reads the answer itself.
    """

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

    @api.model
    def _let_through(self, operation):
        answers = self.env["task.inquiry.answer"].sudo()
        own = answers._search(answers._drafted_by_user()).subselect()
        sent = self._among(answers, "attachment_ids")
        messages = self.env["mail.message"]
        posted = messages._fields["attachment_ids"]

        def shown(owner, file):
            return SQL(
                "(%s IN %s OR %s OR EXISTS (SELECT FROM %s message"
                " JOIN %s posted ON posted.%s = message.id AND posted.%s = %s"
                " WHERE message.model = %s AND message.res_id = %s))",
                owner,
                own,
                sent(owner, file),
                SQL.identifier(messages._table),
                SQL.identifier(posted.relation),
                SQL.identifier(posted.column1),
                SQL.identifier(posted.column2),
                file,
                answers._name,
                owner,
            )

        return super()._let_through(operation) & self._unless_on(answers, shown)
