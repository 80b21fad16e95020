# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import models


class ResUsers(models.Model):
    """In whose place a user stands: what was inspected under the name of an agency
    that ended goes on with the one that took its place (BG Đ24)."""

    _inherit = "res.users"

    def _inspected_agency(self):
        """The user's own agency and those whose place it took, in sudo; none once
        another took its own."""
        self.ensure_one()
        return self.sudo().task_agency_id._task_names()

    def _inspected_agency_ids(self):
        """Ids of the same, with the units, at any depth."""
        agencies = self.env["res.partner"].sudo().browse(self._task_agency_ids())
        return agencies._task_names().ids

    def _agencies_above(self):
        """The user's agency, those above it, and all whose place these took: who
        inspects one of them does not belong to it, in sudo."""
        self.ensure_one()
        one = self.sudo().task_agency_id
        found = one
        while one := one.parent_id:
            found |= one
        return found | found._task_names()
