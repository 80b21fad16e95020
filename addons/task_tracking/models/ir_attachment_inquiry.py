# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, models
from odoo.exceptions import AccessError
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

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if self.env.su or not self:
            return result
        forbidden, error = result or (self.browse(), None)
        unsent = (self - forbidden)._unsent_of_others()
        if not unsent:
            return result
        return forbidden | unsent, error or (
            lambda: AccessError(self.env._("You may not read this file."))
        )

    def _unsent_of_others(self):
        """Those of the files that hang on an answer and were neither sent with it nor
        posted beside it, if it is not the user's own agency's to write."""
        files = self.sudo().filtered(
            lambda file: file.res_model == "task.inquiry.answer" and file.res_id
        )
        if not files:
            return self.browse()
        answers = self.env["task.inquiry.answer"].sudo()
        answers = answers.browse(set(files.mapped("res_id"))).exists()
        own = set(answers.filtered_domain(answers._drafted_by_user()).ids)
        others = files.filtered(lambda file: file.res_id not in own)
        posted = (
            self.env["mail.message"]
            .sudo()
            .search(
                [
                    ("model", "=", answers._name),
                    ("res_id", "in", others.mapped("res_id")),
                    ("attachment_ids", "in", others.ids),
                ]
            )
        )
        read = answers.attachment_ids | posted.attachment_ids
        return (others - read).sudo(self.env.su)

    @api.model
    def _search(
        self,
        domain,
        offset=0,
        limit=None,
        order=None,
        *,
        active_test=True,
        bypass_access=False,
    ):
        query = super()._search(
            domain,
            offset,
            limit,
            order,
            active_test=active_test,
            bypass_access=bypass_access,
        )
        if self.env.su or bypass_access or query.is_empty():
            return query
        answers = self.env["task.inquiry.answer"].sudo()
        sent = answers._fields["attachment_ids"]
        posted = self.env["mail.message"]._fields["attachment_ids"]
        query.add_where(
            SQL(
                "(%(model)s IS DISTINCT FROM %(name)s OR COALESCE(%(owner)s, 0) = 0"
                " OR %(owner)s IN %(own)s"
                " OR %(id)s IN (SELECT %(sent_column)s FROM %(sent)s)"
                " OR %(id)s IN (SELECT %(posted_column)s FROM %(posted)s))",
                model=SQL.identifier(query.table, "res_model"),
                name=answers._name,
                owner=SQL.identifier(query.table, "res_id"),
                own=answers._search(answers._drafted_by_user()).subselect(),
                id=SQL.identifier(query.table, "id"),
                sent_column=SQL.identifier(sent.column2),
                sent=SQL.identifier(sent.relation),
                posted_column=SQL.identifier(posted.column2),
                posted=SQL.identifier(posted.relation),
            )
        )
        return query
