# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..logic.policies import YES
from .task_result import RATINGS
from .task_submission import TaskSubmission


class TaskResult(models.Model):
    """Rating progress, quality and effect (BG Đ8.1a) of a result that counts already.

    Where results are confirmed they are rated with the confirmation. Where nothing is
    confirmed, who follows the task rates afterwards, once; an Office manager may
    change a rating, and it shows in the assignment's messages.
    """

    _inherit = "task.result"
    _closed_fields = TaskSubmission._closed_fields | {"rated_by_id", "rated_on"}

    rated_by_id = fields.Many2one(
        "res.users", string="Rated by", copy=False, ondelete="restrict"
    )
    rated_on = fields.Date(string="Rated on", copy=False)
    needs_confirmation = fields.Boolean(related="assignment_id.needs_confirmation")
    can_rate = fields.Boolean(compute="_compute_can_rate")

    @api.depends_context("uid")
    @api.depends("state", "rated_on", "assignment_id", "submitted_by_id")
    def _compute_can_rate(self):
        for one in self:
            one.can_rate = not one._rate_refusal()

    def _rate_refusal(self):
        """Why the current user may not rate this: an exception, or None."""
        if not self.rates:
            return UserError(self.env._("The regulation asks for no rating."))
        if self.state != "accepted":
            return UserError(self.env._("Only a result that counts is rated."))
        assignment, user = self.assignment_id, self.env.user
        if not assignment._is_allowed("follower"):
            return AccessError(self.env._("Who follows the task rates its result."))
        if self.submitted_by_id == user and not self.env.su:
            return AccessError(
                self.env._("You submitted this yourself: somebody else must answer it.")
            )
        if self.rated_on and not assignment._is_allowed("manager"):
            return UserError(
                self.env._("It was rated already: an Office manager may change it.")
            )
        return None

    @api.model
    def _to_rate_domain(self):
        """Results that count under a regulation that rates, and nobody rated."""
        rating = [("key", "=", "rating"), ("value", "=", YES)]
        regulations = self.env["task.regulation"].search(
            [("policy_ids", "any", rating)]
        )
        return (
            Domain("state", "=", "accepted")
            & Domain("rated_on", "=", False)
            & Domain("assignment_id.regulation_id", "in", regulations.ids)
        )

    def action_rate(self):
        """Open the form of the rating."""
        self.ensure_one()
        refusal = self._rate_refusal()
        if refusal:
            raise refusal
        return self.assignment_id._action_new_form(
            "task.rating",
            self.env._("Rate the result"),
            result_id=self.id,
            progress=self.rating_progress,
            quality=self.rating_quality,
            effect=self.rating_effect,
        )

    def rate(self, progress, quality, effect):
        """Rate results that count: each "good", "fair" or "poor".

        :raise AccessError: if the caller neither follows the task nor manages.
        :raise UserError: if the regulation asks for no rating, the result does not
            count, or it was rated already and the caller is no manager.
        """
        self.check_access("read")
        self._lock()
        labels = dict(self._fields["rating_progress"]._description_selection(self.env))
        ratings = (progress, quality, effect)
        if any(one not in dict(RATINGS) for one in ratings):
            raise UserError(self.env._("Rate progress, quality and effect."))
        for one in self:
            refusal = one._rate_refusal()
            if refusal:
                raise refusal
            one.sudo().write(
                {
                    "rating_progress": progress,
                    "rating_quality": quality,
                    "rating_effect": effect,
                    **one._rated_vals(),
                }
            )
            one.assignment_id.sudo()._message_log(
                body=self.env._(
                    "Rated: progress – %(progress)s, quality – %(quality)s, effect –"
                    " %(effect)s.",
                    progress=labels[progress],
                    quality=labels[quality],
                    effect=labels[effect],
                )
            )
        return True

    def action_accept(self):
        """Confirm the result; where the text rates, with its rating."""
        result = super().action_accept()
        for one in self.filtered("rates"):
            one.sudo().write(one._rated_vals())
        return result

    def _rated_vals(self):
        return {
            "rated_by_id": self.env.uid,
            "rated_on": self._company()._task_today(),
        }

    def _reopen(self):
        self.sudo().write({"rated_by_id": False, "rated_on": False})
        return super()._reopen()
