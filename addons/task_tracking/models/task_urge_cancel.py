# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..logic.words import text_lines
from .task_urge import ENTRIES


class TaskUrge(models.Model):
    """A call or a meeting that was entered wrongly is cancelled with a reason and stays
    where it was, readable by who read it; it was no urging, so that no dossier takes
    it. The right one is entered anew.

    A letter that was issued is out: it is not cancelled.
    """

    _inherit = "task.urge"

    cancel_reason = fields.Text(string="Why it is cancelled", copy=False)
    cancelled_by_id = fields.Many2one(
        "res.users", string="Cancelled by", copy=False, ondelete="restrict"
    )
    cancelled_on = fields.Date(string="Cancelled on", copy=False)
    can_cancel_entry = fields.Boolean(compute="_compute_can")

    def _compute_can(self):
        for one in self:
            one.can_cancel_entry = not one._cancel_entry_refusal()
        return super()._compute_can()

    def _cancel_entry_refusal(self):
        """Why the current user may not cancel this entry, an exception, or None.

        Who entered it; of the Office's own a manager too, of an agency's its head.
        """
        if self.kind not in ENTRIES or self.state != "done":
            return UserError(
                self.env._("Only a call or a meeting that was entered is cancelled.")
            )
        user = self.env.user
        if self.env.su or (self.issued_by_id == user and self._is_of_sender()):
            return None
        if self.sudo().sender_agency_id:
            is_over = self._is_of_sender() and user._task_may_submit()
        else:
            is_over = user._task_is_manager()
        if is_over:
            return None
        return AccessError(
            self.env._("Only who entered it cancels it, a manager, or the head.")
        )

    def _check_draft(self):
        if self.cancel_reason and self.state == "draft":
            raise UserError(self.env._("This was not entered yet."))
        return super()._check_draft()

    def write(self, vals):
        """Who may cancel an entry writes why, and nothing else."""
        if self.env.su or set(vals) != {"cancel_reason"}:
            return super().write(vals)
        self.check_access("write")
        for one in self:
            if refusal := one._cancel_entry_refusal():
                raise refusal
        return super(TaskUrge, self.sudo()).write(vals)

    def action_cancel_entry(self):
        """Cancel these calls or meetings, for the reason in `cancel_reason`: they stay,
        shown as cancelled.

        :raise AccessError: if the caller neither entered them nor is over who did.
        :raise UserError: without a reason, or of what is no entry.
        """
        self.check_access("write")
        self._lock()
        for one in self:
            if refusal := one._cancel_entry_refusal():
                raise refusal
            if not text_lines(one.cancel_reason):
                raise UserError(self.env._("Write why it is cancelled first."))
            one.sudo().write(
                {
                    "state": "cancelled",
                    "cancelled_by_id": self.env.uid,
                    "cancelled_on": one.company_id._task_today(),
                }
            )
        return True


class TaskUrgeLine(models.Model):
    _inherit = "task.urge.line"

    def _compute_summary(self):
        """Of a cancelled entry also that, and why."""
        result = super()._compute_summary()
        for line in self:
            reason = line.summary and line.urge_id.cancel_reason
            if reason and line.state == "cancelled":
                line.summary = self.env._(
                    "Cancelled: %(reason)s\n%(words)s",
                    reason=reason,
                    words=line.summary,
                )
        return result
