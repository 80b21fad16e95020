# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class TaskReport(models.Model):
    """Who writes a report, signs it off, corrects and publishes it."""

    _inherit = "task.report"

    can_edit = fields.Boolean(compute="_compute_can")
    can_submit = fields.Boolean(compute="_compute_can")
    can_correct = fields.Boolean(compute="_compute_can")
    can_publish = fields.Boolean(compute="_compute_can")

    @api.depends_context("uid")
    @api.depends("state", "agency_id", "is_current", "published_on")
    def _compute_can(self):
        for report in self:
            report.can_edit = not report._edit_refusal()
            report.can_submit = not report._submit_refusal()
            report.can_correct = not report._correct_refusal()
            report.can_publish = not report._publish_refusal()

    def _regulation(self):
        """The text its period is reported under."""
        return self.period_id.regulation_id.sudo()

    def _author_refusal(self):
        """Why the caller does not write this report, or None."""
        if self.env.su:
            return None
        if self.agency_id:
            if not self.is_mine:
                return AccessError(self.env._("Only the agency writes its report."))
        elif not self.env.user._task_is_office():
            return AccessError(self.env._("The Office writes this report."))
        return None

    def _edit_refusal(self):
        if self.state != "draft":
            return UserError(
                self.env._(
                    "What was submitted is not changed any more; submit a correction."
                )
            )
        return self._author_refusal()

    def _signer_refusal(self):
        """Why the caller does not sign the report off, or None."""
        if refusal := self._author_refusal():
            return refusal
        user = self.env.user
        if self.env.su:
            return None
        if self.agency_id:
            if not self._regulation()._lets_submit(user):
                return AccessError(
                    self.env._(
                        "The head of the agency signs the report off, or an officer"
                        " whom the head authorised. Your draft is kept."
                    )
                )
        elif not user._task_is_manager():
            return AccessError(self.env._("An Office manager submits this report."))
        return None

    def _submit_refusal(self):
        return self._edit_refusal() or self._signer_refusal()

    def _correct_refusal(self):
        if self.state != "submitted" or not self.is_current:
            return UserError(
                self.env._("Only the last version that was submitted is corrected.")
            )
        if any(report.state == "draft" for report in self.replaced_by_ids):
            return UserError(self.env._("A correction is being written already."))
        return self._author_refusal()

    def _publish_refusal(self):
        if self.agency_id or self.state != "submitted" or self.published_on:
            return UserError(
                self.env._("Only a report the Office has submitted is published, once.")
            )
        return self._publisher_refusal()

    def _publisher_refusal(self):
        """Why the caller neither publishes reports nor takes them back, or None."""
        user = self.env.user
        if not (
            self.env.su
            or user._task_is_manager()
            or user.has_group("task_tracking.group_leader")
        ):
            return AccessError(
                self.env._("An Office manager or a leader publishes the report.")
            )
        return None
