# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import models
from odoo.exceptions import UserError

from .task_inquiry import MISSING


class TaskInquiry(models.Model):
    """What the Office does while answers come in."""

    _inherit = "task.inquiry"

    def action_close(self):
        """No answer is waited for any more; those that came stay."""
        self._guard("_follow_refusal")
        for one in self:
            today = one.company_id._task_today()
            one.sudo().write({"state": "closed", "closed_on": today})
        return True

    def action_reopen(self):
        """Let answers come in again."""
        self._guard("_follow_refusal", "closed")
        self.sudo().write({"state": "sent", "closed_on": False})
        return True

    def _missing(self):
        """The answers still to come, in sudo."""
        return (
            self.env["task.inquiry.answer"]
            .sudo()
            .search(
                [("inquiry_id", "in", self.ids), ("state", "in", MISSING)], order="id"
            )
        )

    def action_remind(self):
        """Remind those who have not answered: here and by e-mail, once a day.

        :raise UserError: if all answered.
        """
        self._guard("_follow_refusal")
        missing = self._missing()
        if not missing:
            raise UserError(self.env._("All agencies have answered."))
        missing._tell_asked(f"reminded/{self.env.company._task_today()}")
        return True

    def action_urge(self):
        """Draft letters of urging to those who have not answered, about their tasks,
        and open them.

        :raise UserError: if all answered, or none was asked about a task.
        """
        self.ensure_one()
        self._guard("_follow_refusal")
        tasks = self._missing().line_ids.assignment_id.sudo(False)
        if not tasks:
            raise UserError(
                self.env._("There is no task to urge about: remind them instead.")
            )
        return (
            self.env["task.urge"]
            ._draft_letter(tasks, origin=self)
            ._get_records_action()
        )

    def action_view_answers(self):
        """Open the answers: who answered, who not, who late."""
        return self._action_of("action_task_inquiry_answer", "inquiry_id")

    def action_view_lines(self):
        """Open what was answered task by task, to read or to take along as a file."""
        return self._action_of("action_task_inquiry_line", "answer_id.inquiry_id")

    def _action_of(self, xmlid, path):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(f"task_tracking.{xmlid}")
        action["domain"] = [(path, "=", self.id)]
        action["context"] = {}
        return action
