# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, models


class TaskAssignment(models.Model):
    _inherit = "task.assignment"

    @api.model
    def _scope_domain(self):
        """A member of an inspection team also reads what the decision puts in scope,
        until the conclusion is handed in."""
        domain = super()._scope_domain()
        return domain | self.env["task.inspection"]._assignments_in_scope()
