# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import fields, models
from odoo.exceptions import UserError

from .task_feedback import OFFICE


class TaskFeedback(models.Model):
    """A feedback that is put to the leader (BG, KH Đ18.5)."""

    _inherit = "task.feedback"

    referral_id = fields.Many2one(
        "task.referral",
        string="Submission to the leader",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        groups=OFFICE,
    )

    def _answer_refusal(self):
        refusal = super()._answer_refusal()
        if not refusal and self.sudo().referral_id:
            return UserError(
                self.env._(
                    "This is being put to a leader: submit that or give it up first."
                )
            )
        return refusal

    def action_refer(self):
        """Draft the submission that puts this to the leader, and open it, or the draft
        that is there.

        :raise AccessError: if the caller does not follow this.
        :raise UserError: if nothing was found out yet, or another way was begun.
        """
        self.ensure_one()
        self.check_access("read")
        if opened := self.sudo().referral_id.sudo(self.env.su)._reopened():
            return opened
        self._guard("_answer_refusal")
        self._check_linked()
        if not (self.finding or "").strip():
            raise UserError(self.env._("Write what verification found first."))
        self._take_over()
        referral = self.env["task.referral"]._draft_for(self, "feedback", self.finding)
        return referral._get_records_action()

    def _referral_submitted(self, referral):
        """It was put to the leader: that keeps the limit, on the day it was done."""
        waiting = self.filtered(lambda one: one.state == "open")
        waiting._clock_stop("urge")
        waiting.write({"state": "referred"})

    def _referral_directed(self, referral):
        """The leader's direction is the answer, to both."""
        for one in self.filtered(lambda one: one.state == "referred"):
            day = one._day_words(referral.directed_on)
            words = f"Ý kiến chỉ đạo ngày {day}: {referral.direction}"
            one._finish("directed", referral.directed_on, words, words)

    def _referral_returned(self, referral):
        """The leader sent it back: it was put to the leader in time all the same, and
        is again."""

    def _referral_cancelled(self, referral):
        """The Office gave that up: it must be answered otherwise, by the same day."""
        again = self.filtered(lambda one: one.state == "referred")
        again.write({"state": "open"})
        again._clock_reopen("urge", self.env._("It was not put to the leader."))


class TaskReferral(models.Model):
    """A submission to the leader that was made from feedback."""

    _inherit = "task.referral"

    feedback_ids = fields.One2many("task.feedback", "referral_id")

    def _origins(self):
        return [*super()._origins(), self.feedback_ids]
