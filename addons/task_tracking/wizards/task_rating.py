# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models

from ..models.task_result import RATINGS


class TaskRating(models.TransientModel):
    """The form of a rating; `task.result.rate` checks the right and does the work."""

    _name = "task.rating"
    _description = "Rating of a result"

    result_id = fields.Many2one("task.result", required=True)
    progress = fields.Selection(RATINGS, required=True)
    quality = fields.Selection(RATINGS, required=True)
    effect = fields.Selection(RATINGS, required=True)

    @api.constrains("result_id")
    def _check_readable(self):
        """Naming a result here shows its name: only to who reads it."""
        self.result_id.sudo(False).check_access("read")

    def action_apply(self):
        """Rate the result."""
        self.ensure_one()
        self.result_id.rate(self.progress, self.quality, self.effect)
        return {"type": "ir.actions.act_window_close"}
