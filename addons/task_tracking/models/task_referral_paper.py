# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import models
from odoo.exceptions import UserError


class TaskReferral(models.Model):
    """Opinions that came on paper."""

    _inherit = "task.referral"

    def action_enter_paper(self):
        """Open the form by which the Office enters an agency's opinion from paper.

        :raise AccessError: if the caller neither wrote this nor manages the Office.
        :raise UserError: if no opinion is waited for.
        """
        self.ensure_one()
        self.check_access("read")
        if refusal := self._enter_refusal():
            raise refusal
        return self.env["task.assignment"]._action_new_form(
            "task.paper.entry",
            self.env._("Opinion from paper"),
            referral_id=self.id,
        )

    def _enter_refusal(self):
        """Why the current user enters no opinion: an exception, or None."""
        if not self.missing_agency_ids:
            return UserError(self.env._("No opinion is waited for."))
        return self._edit_refusal()


class TaskReferralOpinion(models.Model):
    _name = "task.referral.opinion"
    _inherit = ["task.referral.opinion", "task.paper.mixin"]

    def _enter_refusal(self):
        """The Office does not read what is not given: its referral says who may."""
        own = self.sudo()
        if own.state != "asked":
            return UserError(self.env._("What was submitted is not changed any more."))
        return own.referral_id.sudo(self.env.su)._enter_refusal()

    def _enter_values(self, text, received_on):
        # what the agency uploaded and did not send is its own
        self.attachment_ids.write({"res_model": False, "res_id": 0})
        return {"state": "given", "text": text, "given_on": received_on}
