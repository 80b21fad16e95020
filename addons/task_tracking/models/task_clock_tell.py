# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models

from ..logic.limits import ACTS
from . import explanation


class TaskClock(models.Model):
    """A time limit as `task.clock.mixin.get_time_limits` tells it."""

    _inherit = "task.clock"

    def _tell(self):
        """This clock as `task.clock.mixin.get_time_limits` tells it."""
        self.ensure_one()
        states = dict(self._fields["state"]._description_selection(self.env))
        return {
            **self._tell_explained(self.explanation, self.actor),
            "id": self.id,
            "state": self.state,
            "state_label": states[self.state],
            "stopped_on": fields.Date.to_string(self.stopped_on) or False,
        }

    @api.model
    def _tell_ahead(self, rule, due, company):
        """A limit no clock runs for yet, in the same shape. Where its day has passed
        already, a window is over and a duty (which the daily job will find) missed."""
        now = company._task_local(fields.Datetime.now())
        past = due.due_at < now if due.due_at else due.due_on < now.date()
        state, label = "ahead", self.env._("Ahead")
        if past and ACTS[rule.act].is_window:
            state, label = "over", self.env._("Over")
        elif past:
            states = dict(self._fields["state"]._description_selection(self.env))
            state, label = "missed", states["missed"]
        return {
            **self._tell_explained(explanation.record(due, rule), rule.actor),
            "id": False,
            "state": state,
            "state_label": label,
            "stopped_on": False,
        }

    def _tell_explained(self, data, actor):
        rules = self.env["task.regulation.rule"]._fields
        labels = {
            name: dict(rules[name]._description_selection(self.env))
            for name in ("act", "actor")
        }
        return {
            "act": data["act"],
            "label": labels["act"].get(data["act"], data["act"]),
            "whose": labels["actor"].get(actor, actor),
            "due_on": data["due_on"],
            "due_at": data["due_at"] or False,
            "due_label": explanation.due_label(self.env, data),
            "why": explanation.sentences(self.env, data),
            "explanation": data,
        }
