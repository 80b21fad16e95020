# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError


class TaskObjectiveCause(models.Model):
    """An objective cause of delay that the competent authority confirmed for one
    assignment (Nghị định 335/2025): its delays then cost nothing.

    A leader or an Office manager records who confirmed it, when and by which document.
    Nothing in it is changed afterwards; what was entered wrongly is cancelled, with
    the reason, and stays.
    """

    _name = "task.objective.cause"
    _inherit = ["task.closed.mixin"]
    _description = "Confirmed objective cause of delay"
    _order = "id desc"

    #: Everything: it is written once.
    _closed_fields = frozenset(
        (
            "recorded_by_id",
            "recorded_on",
            "cancelled_by_id",
            "cancelled_on",
        )
    )

    assignment_id = fields.Many2one(
        "task.assignment", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(related="assignment_id.company_id", store=True)
    agency_id = fields.Many2one(related="assignment_id.agency_id")
    text = fields.Text(string="Cause", required=True)
    authority = fields.Char(
        string="Confirmed by",
        required=True,
        help="The competent authority, with the name and position of who signed.",
    )
    reference = fields.Char(
        string="Document", required=True, help="Number and notation of the paper."
    )
    confirmed_on = fields.Date(string="Dated", required=True)
    recorded_by_id = fields.Many2one(
        "res.users",
        string="Recorded by",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    recorded_on = fields.Date(string="Recorded on", readonly=True, copy=False)
    cancel_reason = fields.Text(string="Why cancelled", copy=False)
    cancelled_by_id = fields.Many2one(
        "res.users",
        string="Cancelled by",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    cancelled_on = fields.Date(string="Cancelled on", readonly=True, copy=False)

    _valid_uniq = models.UniqueIndex(
        "(assignment_id) WHERE cancelled_on IS NULL",
        "An objective cause is confirmed for this assignment already.",
    )

    @api.depends("reference", "confirmed_on")
    def _compute_display_name(self):
        for one in self:
            day = one.confirmed_on and one.confirmed_on.strftime("%d/%m/%Y")
            one.display_name = ", ".join(filter(None, (one.reference, day)))

    @api.constrains("confirmed_on")
    def _check_day(self):
        for one in self:
            company = one.assignment_id.sudo().company_id
            if one.confirmed_on > company._task_today():
                raise ValidationError(self.env._("The day is in the future."))

    @api.model
    def _check_recorder(self):
        """:raise AccessError: unless the user is a leader or an Office manager."""
        user = self.env.user
        if not (
            self.env.su
            or user._task_is_manager()
            or user.has_group("task_tracking.group_leader")
        ):
            raise AccessError(
                self.env._(
                    "A leader or an Office manager records that an objective cause was"
                    " confirmed."
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Record confirmations, by the current user and today.

        :raise AccessError: unless the user is a leader or an Office manager who reads
            the assignment.
        """
        self._check_recorder()
        causes = super().create(
            [{**vals, "cancel_reason": False} for vals in vals_list]
        )
        causes.assignment_id.sudo(self.env.su).check_access("read")
        for one in causes:
            if one.assignment_id.role != "lead":
                raise UserError(self.env._("Only the lead agency's delay is judged."))
            one.sudo().write(
                {
                    "recorded_by_id": self.env.uid,
                    "recorded_on": one.company_id._task_today(),
                }
            )
            one.assignment_id.sudo()._message_log(
                body=self.env._(
                    "Objective cause of delay confirmed by %(authority)s"
                    " (%(document)s): %(text)s",
                    authority=one.authority,
                    document=one.display_name,
                    text=one.text,
                )
            )
        return causes

    def write(self, vals):
        """Only the reason for cancelling is written, before `action_cancel`.

        :raise UserError: for anything else: what was recorded stays as it is.
        """
        if not self.env.su:
            self._check_recorder()
            if set(vals) - {"cancel_reason"} or any(self.mapped("cancelled_on")):
                raise UserError(
                    self.env._(
                        "What was recorded is not changed any more: cancel it and"
                        " record it anew."
                    )
                )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What was recorded is kept: cancel it."))

    def action_cancel(self):
        """Cancel what was entered wrongly; the reason is required.

        :raise AccessError: unless the user is a leader or an Office manager.
        :raise UserError: without a reason, or if it is cancelled already.
        """
        self._check_recorder()
        self.check_access("write")
        self._lock()
        for one in self:
            if one.cancelled_on:
                raise UserError(self.env._("This is cancelled already."))
            if not (one.cancel_reason or "").strip():
                raise UserError(self.env._("Write the reason first."))
            one.sudo().write(
                {
                    "cancelled_by_id": self.env.uid,
                    "cancelled_on": one.company_id._task_today(),
                }
            )
            one.assignment_id.sudo()._message_log(
                body=self.env._(
                    "Confirmed objective cause %(document)s cancelled: %(reason)s",
                    document=one.display_name,
                    reason=one.cancel_reason,
                )
            )
        return True


class TaskAssignment(models.Model):
    _inherit = "task.assignment"

    objective_cause_ids = fields.One2many(
        "task.objective.cause",
        "assignment_id",
        string="Objective causes confirmed",
        readonly=True,
    )
    can_confirm_cause = fields.Boolean(compute="_compute_can_confirm_cause")

    @api.depends_context("uid")
    @api.depends("objective_cause_ids.cancelled_on", "role", "is_late", "overdue_from")
    def _compute_can_confirm_cause(self):
        """A lead assignment that is or was overdue, with no cause confirmed yet."""
        user = self.env.user
        may = user._task_is_manager() or user.has_group("task_tracking.group_leader")
        for one in self:
            confirmed = one.objective_cause_ids.filtered(
                lambda cause: not cause.cancelled_on
            )
            has_fallen = any(one.sudo().span_ids.mapped("overdue_from")) or one.is_late
            one.can_confirm_cause = bool(
                may and one.role == "lead" and has_fallen and not confirmed
            )

    def action_confirm_cause(self):
        """Open the form of a confirmed objective cause of this assignment's delay."""
        self.env["task.objective.cause"]._check_recorder()
        return self._action_new(
            "task.objective.cause", self.env._("Confirmed objective cause of delay")
        )
