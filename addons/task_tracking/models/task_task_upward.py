# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .task_assignment import OPEN_STATES
from .task_clock import OFFICE_GROUPS

#: act → (model of the record it makes above, act of `task.assignment` it is).
UPWARD_ACTS = {
    "result": ("task.result", "hand_in"),
    "progress": ("task.progress", "report"),
    "extension": ("task.extension", "ask_extension"),
    "return": ("task.return", "hand_back"),
}


class TaskTask(models.Model):
    """Whether a task from above may be answered upward, and the buttons for it."""

    _inherit = "task.task"

    upward_ids = fields.One2many(
        "task.upward", "task_id", string="Sent upward", groups=OFFICE_GROUPS
    )
    can_upward_result = fields.Boolean(compute="_compute_can_upward")
    can_upward_progress = fields.Boolean(compute="_compute_can_upward")
    can_upward_extension = fields.Boolean(compute="_compute_can_upward")
    can_upward_return = fields.Boolean(compute="_compute_can_upward")

    @api.depends_context("uid")
    @api.depends("is_from_above", "above_state", "above_deadline")
    def _compute_can_upward(self):
        for act in UPWARD_ACTS:
            for task in self:
                task[f"can_upward_{act}"] = not task._upward_refusal(act)

    def _upward_refusal(self, act):
        """Why the current user may not do `act` upward: an exception, or None.

        Who may: the leaders and the Office of this company, which speak for it. What
        may be done is the superior body's regulation's and its assignment's affair.
        """
        self.ensure_one()
        if not (self.env.su or self.env.user._task_is_office_or_leader()):
            return AccessError(
                self.env._("The Office and the leaders answer the superior body.")
            )
        if not self.is_from_above:
            return UserError(
                self.env._("This task does not come from a superior body.")
            )
        above = self._above()
        if not above:
            return UserError(
                self.env._("The superior body gave this task to another agency.")
            )
        return above._in_own_company()._refusal(UPWARD_ACTS[act][1])

    def action_upward(self):
        """Open the form of an act towards the superior body (`act` in the context)."""
        self.ensure_one()
        acts = dict(
            self.env["task.upward"]._fields["act"]._description_selection(self.env)
        )
        act = self.env.context.get("act")
        if act not in acts:
            raise UserError(self.env._("There is no such act."))
        return self.env["task.assignment"]._action_new_form(
            "task.upward", acts[act], act=act, task_id=self.id
        )

    def action_fetch_from_above(self):
        """Receive what is open above from before this company had its register here.

        :raise AccessError: if the caller is not a manager of the Office.
        """
        if not self.env.user._task_is_manager():
            raise AccessError(self.env._("A manager of the Office does this."))
        company = self.env.company.sudo()
        self.env["task.assignment"].sudo().search(
            [
                ("agency_id", "=", company.partner_id.id),
                ("company_id", "!=", company.id),
                ("state", "in", OPEN_STATES),
                ("cascade_task_ids", "not any", [("company_id", "=", company.id)]),
            ]
        )._cascade()
        return True
