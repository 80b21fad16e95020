# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models


class TaskDeadlineOrder(models.TransientModel):
    """An act on a task's deadline: the form before the act.

    Thin: the acts of `task.task` check the right and do the work.
    """

    _name = "task.deadline.order"
    _description = "Act on a deadline"

    act = fields.Selection(
        [
            ("set_event_day", "Enter the event's day"),
            ("set_series_until", "Change the end of the series"),
            ("end_series", "End the series"),
        ],
        required=True,
    )
    task_id = fields.Many2one("task.task", required=True, ondelete="cascade")
    deadline_text = fields.Char(related="task_id.deadline_text")
    relative_event = fields.Char(related="task_id.relative_event")
    event_day = fields.Date(string="Day of the event")
    until = fields.Date(string="Recurs until")
    reason = fields.Text()
    reference = fields.Char(string="Document", help="Number and date of the paper.")

    @api.constrains("task_id")
    def _check_readable(self):
        """Naming a task here shows its words: only those the user reads."""
        self.task_id.sudo(False).check_access("read")

    def action_apply(self):
        """Do the act; its own checks and messages hold."""
        self.ensure_one()
        if self.act == "set_event_day":
            self.task_id.action_set_event_day(self.event_day, reference=self.reference)
        elif self.act == "set_series_until":
            self.task_id.action_set_series_until(self.until, self.reason)
        else:
            self.task_id.action_end_series(self.reason)
        return {"type": "ir.actions.act_window_close"}
