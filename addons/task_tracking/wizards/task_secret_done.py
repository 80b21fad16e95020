# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import fields, models


class TaskSecretDone(models.TransientModel):
    """Ask the Office for the day the tasks of a secret document were done."""

    _name = "task.secret.done"
    _description = "Tasks of a secret document done"

    document_id = fields.Many2one(
        "task.secret.document",
        required=True,
        ondelete="cascade",
        default=lambda self: self.env.context.get("active_id"),
    )
    day = fields.Date(
        string="Done on",
        required=True,
        default=lambda self: self.env.company._task_today(),
    )

    def action_confirm(self):
        """Enter the day; who may is checked there."""
        self.document_id.action_mark_done(self.day)
        return {"type": "ir.actions.act_window_close"}
