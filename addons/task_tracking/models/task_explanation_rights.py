# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class TaskExplanation(models.Model):
    """Who submits an explanation, who answers it."""

    _inherit = "task.explanation"

    can_submit = fields.Boolean(compute="_compute_can")
    can_answer = fields.Boolean(compute="_compute_can")
    can_cancel = fields.Boolean(compute="_compute_can")
    can_refer = fields.Boolean(compute="_compute_can")

    @api.depends_context("uid")
    @api.depends("state", "kind", "assignment_id", "submitted_by_id", "specialist_id")
    def _compute_can(self):
        for one in self:
            one.can_submit = not one._submit_refusal()
            one.can_answer = not one._answer_refusal()
            one.can_cancel = not one._cancel_refusal()
            one.can_refer = not one._refer_refusal()

    # -- why not -----------------------------------------------------------------------
    def _regulation(self):
        """The text the task was assigned under."""
        return self.assignment_id.regulation_id.sudo()

    def _submit_refusal(self):
        """Why the current user may not submit this: an exception, or None."""
        if self.state != "draft":
            return UserError(self.env._("This was submitted already."))
        refusal = self.assignment_id._explain_refusal(self.kind)
        if refusal or self.env.user._task_is_office():
            return refusal
        return self._sender_refusal()

    def _answer_refusal(self):
        """Why the current user may not answer this: an exception, or None."""
        if self.state != "waiting":
            return UserError(self.env._("This does not wait for an answer (any more)."))
        if not self.assignment_id._is_allowed("follower"):
            return AccessError(self.env._("You may not answer this."))
        if self.submitted_by_id == self.env.user and not self.env.su:
            return AccessError(
                self.env._("You submitted this yourself: somebody else must answer it.")
            )
        return None

    def _refer_refusal(self):
        """Why the current user may not put this to a leader: an exception, or None."""
        if self.state != "waiting" or self.sudo().referral_id:
            return UserError(self.env._("This does not wait for an answer (any more)."))
        if not self.assignment_id._is_allowed("follower"):
            return AccessError(self.env._("You may not answer this."))
        return None

    def _cancel_refusal(self):
        """Why the current user may not take this back: an exception, or None."""
        if self.state != "waiting":
            return UserError(self.env._("This does not wait for an answer (any more)."))
        user = self.env.user
        if not (
            self.env.su
            or (self.is_mine and user._task_may_submit())
            or self.submitted_by_id == user
        ):
            return AccessError(self.env._("Only the agency takes this back."))
        return None

    def _guard(self, refusal_of):
        """Lock and check before an act; the second of two people is told."""
        self.check_access("read")
        self._lock()
        for one in self:
            refusal = getattr(one, refusal_of)()
            if refusal:
                raise refusal
