# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models


class TaskElsewhereMark(models.TransientModel):
    """The mark that an assignment was entered in another system: the form before the
    act of `task.assignment`, which checks the right and does the work."""

    _name = "task.elsewhere.mark"
    _description = "Entry in another system"

    assignment_ids = fields.Many2many("task.assignment", required=True)
    day = fields.Date(
        string="Entered on",
        required=True,
        default=lambda self: self.env.company._task_today(),
    )
    system = fields.Char(required=True)
    note = fields.Text()

    @api.constrains("assignment_ids")
    def _check_readable(self):
        """Naming a record here shows its name: only those the user reads."""
        self.assignment_ids.sudo(False).check_access("read")

    def action_apply(self):
        """Mark the entry; the act's own checks and messages hold."""
        self.ensure_one()
        self.assignment_ids.mark_entered_elsewhere(self.day, self.system, self.note)
        return {"type": "ir.actions.act_window_close"}
