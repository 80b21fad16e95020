# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _is_within(self, agency):
        """Whether this is `agency` or one of its units, at any depth."""
        self.ensure_one()
        one = self.sudo()
        while one:
            if one == agency:
                return True
            one = one.parent_id
        return False
