# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .task_inquiry import MISSING


class TaskInquiryAnswer(models.Model):
    """Answers that came on paper."""

    _name = "task.inquiry.answer"
    _inherit = ["task.inquiry.answer", "task.paper.mixin"]

    can_enter = fields.Boolean(compute="_compute_can")

    @api.depends("asked_by_id")
    def _compute_can(self):
        for one in self:
            one.can_enter = not one._enter_refusal()
        return super()._compute_can()

    def _enter_refusal(self):
        """Who asks, or an Office manager, while it is waited for."""
        if self.state not in MISSING or self.inquiry_state != "sent":
            return UserError(self.env._("The Office does not wait for it any more."))
        if not self.sudo().inquiry_id.sudo(self.env.su)._is_own():
            return AccessError(
                self.env._("Only who asks, or an Office manager, does this.")
            )
        return None

    def action_enter_paper(self):
        """Open the form by which the Office enters the answer from paper.

        :raise AccessError, UserError: if the caller may not, or it is not waited for.
        """
        self.ensure_one()
        self.check_access("write")
        if refusal := self._enter_refusal():
            raise refusal
        return self.env["task.assignment"]._action_new_form(
            "task.paper.entry",
            self.env._("Answer from paper"),
            answer_id=self.id,
            agency_id=self.agency_id.id,
        )

    def _no_paper(self):
        """Sent by the agency itself, after a paper was sent back."""
        return {"paper_number": False, "paper_date": False, "entered_by_id": False}

    def _enter_values(self, text, received_on):
        # the words drafted for the tasks were not sent
        for line in self.line_ids:
            line._send(False)
        return {
            "state": "sent",
            "text": text,
            "sent_by_id": False,
            "sent_on": self.sent_on or received_on,
            "last_sent_on": received_on,
        }
