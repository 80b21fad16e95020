# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import UserError

from . import deadline_reason, explanation


class TaskWhyMixin(models.AbstractModel):
    """Records with computed dates whose reasons can be asked for ("Why this date?").

    The web client asks when its reader does (widget `task_why`), so that lists cost
    nothing more.
    """

    _name = "task.why.mixin"
    _description = "Record that tells why its dates are what they are"

    def get_why(self, name):
        """Tell why the date in the field `name` of this record is what it is.

        Public: POST /json/2/task.clock/get_why {"ids": [1], "name": "due_on"}.

        :return: list of sentences in the caller's language; empty where the date was
            written and not computed.
        :raise AccessError: if the caller may not read the record.
        :raise UserError: if the record has no such date.
        """
        self.ensure_one()
        self.check_access("read")
        field = self._fields.get(name)
        if field is None or field.type not in ("date", "datetime"):
            raise UserError(self.env._("There is no such date here."))
        return self.sudo()._why(name)

    def _why(self, name):
        """The sentences of `get_why`; rights were checked."""
        return []


class TaskClock(models.Model):
    _name = "task.clock"
    _inherit = ["task.clock", "task.why.mixin"]

    def _why(self, name):
        if name in ("due_on", "due_at"):
            return explanation.sentences(self.env, self.explanation)
        if name == "old_due_on":
            return explanation.sentences(self.env, self.replaces_id.explanation)
        return super()._why(name)


class TaskAssignment(models.Model):
    _name = "task.assignment"
    _inherit = ["task.assignment", "task.why.mixin"]

    due_moves = fields.Boolean(
        compute="_compute_due_moves",
        help="The deadline is a day off and moves to the next working day.",
    )

    deadline_counted = fields.Boolean(
        compute="_compute_counted",
        compute_sudo=True,
        help="The deadline in force was counted from an event.",
    )
    first_deadline_counted = fields.Boolean(
        compute="_compute_counted", compute_sudo=True
    )

    @api.depends("deadline", "due_on")
    def _compute_due_moves(self):
        for one in self:
            one.due_moves = one.due_on != one.deadline

    @api.depends("deadline", "first_deadline", "task_id.deadline_explanation")
    def _compute_counted(self):
        for one in self:
            one.deadline_counted = one._is_counted("deadline")
            one.first_deadline_counted = one._is_counted("first_deadline")

    def _is_counted(self, name):
        """Whether the day in the field `name` is the one counted from the event: an
        extension is not."""
        counted = (self.task_id.deadline_explanation or {}).get("due_on")
        return bool(counted) and counted == fields.Date.to_string(self[name])

    def _why(self, name):
        if name in ("deadline", "first_deadline") and self._is_counted(name):
            return deadline_reason.sentences(
                self.env, self.task_id.deadline_explanation
            )
        if name == "due_on":
            return deadline_reason.sentences(
                self.env, self._due_vals().get("due_reason")
            )
        return super()._why(name)


class TaskTask(models.Model):
    _name = "task.task"
    _inherit = ["task.task", "task.why.mixin"]

    def _why(self, name):
        if name == "deadline":
            return deadline_reason.sentences(self.env, self.deadline_explanation)
        return super()._why(name)
