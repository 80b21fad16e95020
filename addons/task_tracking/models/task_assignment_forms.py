# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, models
from odoo.exceptions import UserError


class TaskAssignment(models.Model):
    """The forms that begin an act."""

    _inherit = "task.assignment"

    @api.model
    def _action_new_form(self, model, name, **defaults):
        """The action of an empty form of `model` in a dialog."""
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {f"default_{key}": value for key, value in defaults.items()},
        }

    def _action_new(self, model, name):
        self.ensure_one()
        return self._action_new_form(model, name, assignment_id=self.id)

    def action_new_result(self):
        """Open the form of a result for this assignment."""
        return self._action_new("task.result", self.env._("Hand in the result"))

    def action_new_progress(self):
        """Open the form of a progress entry, or of a support's contribution."""
        name = (
            self.env._("Report progress")
            if self.role == "lead"
            else self.env._("Contribute")
        )
        return self._action_new("task.progress", name)

    def action_new_extension(self):
        """Open the form of a request for a later deadline."""
        return self._action_new("task.extension", self.env._("Ask for an extension"))

    def action_new_return(self):
        """Open the form by which the agency hands the task back."""
        return self._action_new("task.return", self.env._("Hand back"))

    def action_open_waiting(self):
        """Open what waits for an answer here (`waiting` in the context names it)."""
        self.ensure_one()
        titles = {
            "result_ids": self.env._("Answer the result"),
            "extension_ids": self.env._("Decide the extension"),
            "return_ids": self.env._("Answer the hand-back"),
        }
        name = self.env.context.get("waiting")
        if name not in titles:
            raise UserError(self.env._("There is no such act."))
        waiting = self[name].filtered(lambda one: one.state == "waiting")
        return waiting[:1]._get_records_action(target="new", name=titles[name])

    def action_order(self):
        """Open the form of an act that needs a reason (`act` in the context)."""
        acts = dict(
            self.env["task.order"]._fields["act"]._description_selection(self.env)
        )
        act = self.env.context.get("act")
        if act not in acts:
            raise UserError(self.env._("There is no such act."))
        return self._action_new_form(
            "task.order", acts[act], act=act, assignment_ids=self.ids
        )
