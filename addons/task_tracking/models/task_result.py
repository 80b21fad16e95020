# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

RATINGS = [("good", "Good"), ("fair", "Satisfactory"), ("poor", "Unsatisfactory")]


class TaskResult(models.Model):
    """What the lead agency hands in; the Office confirms or refuses it."""

    _name = "task.result"
    _description = "Result"
    _inherit = ["task.submission.mixin"]
    _act = "hand_in"
    _answer_fields = frozenset(
        (
            "answer",
            "rating_progress",
            "rating_quality",
            "rating_effect",
            "accept_stated_day",
        )
    )

    reply_number = fields.Char(string="Reply document")
    reply_date = fields.Date(string="Reply dated")
    stated_day = fields.Date(
        string="Completed on",
        help="The completion day the agency states (QT Đ6.3), where it counts.",
    )
    states_day = fields.Boolean(compute="_compute_states_day")
    accept_stated_day = fields.Boolean(
        string="The stated completion day is right", default=True
    )
    rating_progress = fields.Selection(RATINGS, string="Progress")
    rating_quality = fields.Selection(RATINGS, string="Quality")
    rating_effect = fields.Selection(RATINGS, string="Effect")
    rates = fields.Boolean(compute="_compute_states_day")

    _waiting_uniq = models.UniqueIndex(
        "(assignment_id) WHERE state = 'waiting'", "A result waits already."
    )

    @api.depends("assignment_id")
    def _compute_states_day(self):
        for one in self:
            regulation = one.assignment_id.regulation_id.sudo()
            one.states_day = regulation._policy("completion_day") == "stated"
            one.rates = regulation._policy("rating")

    @api.constrains("reply_date", "stated_day")
    def _check_days(self):
        for one in self:
            today = one.assignment_id.company_id._task_today()
            if any(day and day > today for day in (one.reply_date, one.stated_day)):
                raise ValidationError(self.env._("The day is in the future."))

    def _answer_before(self):
        return {"accept_stated_day": True}

    def action_submit(self):
        """Hand the result in (H); where nothing is confirmed this completes (K = H)."""
        for one in self:
            one._submit("handed_in", stated_day=one._counting_day())
            if one.assignment_id.state == "done":
                one.sudo().state = "accepted"
                # what else was asked is answered by the result
                one.assignment_id._cancel_pending()
        return True

    def _counting_day(self):
        """The stated day, if it may count as C: the regulation says so and, where
        nothing is confirmed, a reply document of that date is attached."""
        if not self.states_day or not self.stated_day:
            return False
        if self.assignment_id.needs_confirmation:
            return self.stated_day
        attached = self.attachment_ids and self.reply_date == self.stated_day
        return self.stated_day if attached else False

    def action_accept(self):
        """Confirm the result (K): never one's own, and rated where the text asks.

        :raise AccessError: if the caller does not follow the task or handed it in.
        """
        self._guard_decision()
        for one in self:
            ratings = (one.rating_progress, one.rating_quality, one.rating_effect)
            if one.rates and not all(ratings):
                raise UserError(
                    self.env._("Rate progress, quality and effect before confirming.")
                )
            day = one._counting_day() if one.accept_stated_day else False
            one._decide("accepted", "confirmed", stated_day=day)
            one.assignment_id._cancel_pending()
        return True

    def action_refuse(self):
        """Refuse the result with the reason in `answer`; the clock runs on."""
        self._guard_decision()
        self._decide("refused", "refused")
        return True

    def _reopen(self):
        """The confirmation was undone: the result waits again."""
        self.sudo().write(
            {"state": "waiting", "decided_by_id": False, "decided_on": False}
        )
