# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import SQL


class IrAttachment(models.Model):
    """Files that hang on an inspection itself are its chatter's and its archive: who
    only reads its head, the inspected agency, reads none of them."""

    _inherit = "ir.attachment"

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if operation != "read" or self.env.su or not self:
            return result
        forbidden, error = result or (self.browse(), None)
        notes = (self - forbidden)._notes_on_inspections()
        if not notes:
            return result
        return forbidden | notes, error or (
            lambda: AccessError(self.env._("You may not read this file."))
        )

    def _notes_on_inspections(self):
        """Those of the files that hang on inspections whose notes the user does not
        read."""
        inspections = self.env["task.inspection"]
        files = self.sudo().filtered(
            lambda file: file.res_model == inspections._name and file.res_id
        )
        if not files:
            return self.browse()
        owners = inspections.browse(set(files.mapped("res_id"))).exists()
        read = set(owners._reads_notes().ids)
        return files.filtered(lambda file: file.res_id not in read).sudo(self.env.su)

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
        inspections = self.env["task.inspection"]
        if bypass_access or query.is_empty() or inspections._reads_all_notes():
            return query
        # the search by model asks for the right to read the inspection only
        read = inspections.sudo()._search(inspections._work_domain())
        query.add_where(
            SQL(
                "(%(model)s IS DISTINCT FROM %(name)s OR COALESCE(%(owner)s, 0) = 0"
                " OR %(owner)s IN %(read)s)",
                model=SQL.identifier(query.table, "res_model"),
                name=inspections._name,
                owner=SQL.identifier(query.table, "res_id"),
                read=read.subselect(),
            )
        )
        return query
