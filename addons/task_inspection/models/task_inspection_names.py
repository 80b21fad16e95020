# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import SUPERUSER_ID, api, models


class TaskInspectionFinding(models.Model):
    """A finding is named by its words, which Odoo shows to whoever reads a record that
    points to it: a recommendation to another agency."""

    _inherit = "task.inspection.finding"

    @api.depends_context("uid")
    @api.depends("text")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        known = self.filtered("id")
        if known and self.env.uid != SUPERUSER_ID:
            hidden = known - known.sudo(False)._filtered_access("read").sudo(
                self.env.su
            )
            hidden.display_name = self.env._("Finding")
        return result
