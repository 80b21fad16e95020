# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, models
from odoo.tools import SQL


class IrAttachment(models.Model):
    """Files that hang on an inspection itself are its chatter's and its archive: who
    only reads its head, the inspected agency, reads none of them."""

    _inherit = "ir.attachment"

    @api.model
    def _let_through(self, operation):
        open_ones = super()._let_through(operation)
        inspections = self.env["task.inspection"]
        if operation != "read" or inspections._reads_all_notes():
            return open_ones
        read = inspections.sudo()._search(inspections._work_domain()).subselect()
        return open_ones & self._unless_on(
            inspections, lambda owner, _file: SQL("%s IN %s", owner, read)
        )
