# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import UserError

ACTS = [
    ("end", "Record the end"),
    ("cancel", "Cancel the inspection"),
    ("close", "Close the dossier"),
    ("object", "Object to the minutes"),
    ("return", "Return the plan"),
]


class TaskInspectionAct(models.TransientModel):
    """The form before an act that needs a day or a reason; the act itself checks the
    right and does the work."""

    _name = "task.inspection.act"
    _description = "Act on an inspection"

    act = fields.Selection(ACTS, required=True)
    inspection_id = fields.Many2one("task.inspection")
    paper_id = fields.Many2one("task.inspection.paper")
    plan_id = fields.Many2one("task.inspection.plan")
    day = fields.Date(
        string="Day of the end", default=lambda self: self.env.company._task_today()
    )
    reason = fields.Text()
    # asked as the reader: the inspected agency reads the head, not the dossier
    missing = fields.Text(
        related="inspection_id.missing_item_names", related_sudo=False
    )

    @api.constrains("inspection_id", "paper_id", "plan_id")
    def _check_readable(self):
        """Naming a record here shows its name: only those the user reads."""
        for one in self.sudo(False):
            for record in (one.inspection_id, one.paper_id, one.plan_id):
                record.check_access("read")

    @api.model
    def _action_ask(self, **defaults):
        """The action of this form for the act that the context names (`act`).

        :raise UserError: if there is no such act.
        """
        acts = dict(self._fields["act"]._description_selection(self.env))
        act = self.env.context.get("act")
        if act not in acts:
            raise UserError(self.env._("There is no such act."))
        return self.env["task.assignment"]._action_new_form(
            self._name, acts[act], act=act, **defaults
        )

    def action_apply(self):
        """Do it; the act's own checks and messages hold."""
        self.ensure_one()
        if self.act == "end":
            self.inspection_id.action_end(self.day)
        elif self.act == "cancel":
            self.inspection_id.action_cancel(self.reason)
        elif self.act == "close":
            self.inspection_id.action_close(self.reason)
        elif self.act == "return":
            self.plan_id.action_return(self.reason)
        else:
            self.paper_id.objection = self.reason
            self.paper_id.action_object()
        return {"type": "ir.actions.act_window_close"}
