# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from .task_submission import TaskSubmission


class TaskExtension(models.Model):
    """A request for a later deadline; no extension until a leader has decided
    (KH Đ5.2đ)."""

    _name = "task.extension"
    _description = "Extension"
    _inherit = ["task.submission.mixin", "task.clock.mixin"]
    _act = "ask_extension"
    _answer_fields = frozenset(("answer", "granted_deadline"))
    _closed_fields = TaskSubmission._closed_fields | {"old_deadline", "old_due_on"}

    new_deadline = fields.Date(string="Deadline asked for", required=True)
    old_deadline = fields.Date(string="Deadline then", copy=False)
    granted_deadline = fields.Date(
        compute="_compute_granted_deadline", store=True, readonly=False, copy=False
    )
    old_due_on = fields.Date(
        string="Due then", copy=False, help="Where that deadline had moved to."
    )
    asked_late = fields.Boolean(
        compute="_compute_asked_late",
        compute_sudo=True,
        help="Asked later than the regulation allows, or after the deadline.",
    )

    _waiting_uniq = models.UniqueIndex(
        "(assignment_id) WHERE state = 'waiting'", "An extension waits already."
    )

    @api.depends("new_deadline")
    def _compute_granted_deadline(self):
        for one in self:
            one.granted_deadline = one.new_deadline

    @api.depends("submitted_on", "old_deadline", "old_due_on", "clock_ids.is_late")
    def _compute_asked_late(self):
        for one in self:
            due = one.old_due_on or one.old_deadline
            asked = one.clock_ids.filtered(lambda clock: clock.act == "extension_ask")
            one.asked_late = bool(
                due
                and one.submitted_on
                and (one.submitted_on > due or any(asked.mapped("is_late")))
            )

    # -- its time limits -------------------------------------------------------------
    def _clock_company(self):
        return self._company()

    def _clock_events(self):
        """Asked before the deadline then in force (BG Đ6.2a), received by the Office
        the day it was submitted (BG Đ6.1b)."""
        due = self.old_due_on or self.old_deadline
        events = {"deadline": due, "receipt": self.submitted_on}
        return {name: day for name, day in events.items() if day}

    def _answer_before(self):
        return {"granted_deadline": self.new_deadline}

    def _decider(self):
        return "decider"

    def _check_later(self, deadline):
        """The new deadline is later than the one in force and than today."""
        self.ensure_one()
        in_force = self.assignment_id.deadline
        today = self.assignment_id.company_id._task_today()
        if not deadline or deadline <= max(in_force, today):
            raise UserError(
                self.env._(
                    "The new deadline must be later than the deadline in force"
                    " (%(deadline)s) and than today.",
                    deadline=format_date(self.env, in_force),
                )
            )

    def _check_policy(self):
        regulation = self.assignment_id.regulation_id.sudo()
        most = regulation._policy("extension_max")
        granted = self.assignment_id.sudo().extension_ids.filtered(
            lambda one: one.state == "accepted"
        )
        if most and len(granted) >= most:
            raise UserError(
                self.env._(
                    "The deadline was extended %(count)s times already.", count=most
                )
            )
        if self.asked_late and regulation._policy("extension_late") == "refused":
            raise UserError(
                self.env._("It is too late to ask: %(article)s.", article=self._limit())
            )

    def _limit(self):
        """The article and limit for asking, in words."""
        rule = self.assignment_id.company_id._task_regulation()._rule("extension_ask")
        label = rule.sudo().limit_label if rule else self.env._("before the deadline")
        return " – ".join(filter(None, (rule.sudo().article, label)))

    def action_submit(self):
        """Ask for the extension: reason and new date are required."""
        for one in self:
            refusal = one._submit_refusal()
            if refusal:
                raise refusal
            one._check_later(one.new_deadline)
            in_force = one.assignment_id
            one.sudo().write(
                {"old_deadline": in_force.deadline, "old_due_on": in_force.due_on}
            )
            one._submit("extension_asked")
            limited = one.sudo()
            limited._clock_meet("extension_ask", one._moment())
            limited._clock_start("extension_answer")
            one._check_policy()
        return True

    def action_accept(self):
        """Grant `granted_deadline`, the date asked for unless the leader wrote another.

        :raise AccessError: if the caller is neither the Chairman nor a deputy within a
            recorded authorisation, or asked for it.
        """
        self._guard_decision()
        for one in self:
            one._check_later(one.granted_deadline)
            one._decide("accepted", "extension_approved", deadline=one.granted_deadline)
        self.sudo()._clock_stop("answer")
        return True

    def action_refuse(self):
        """Refuse the extension with the reason in `answer`; the deadline stands."""
        self._guard_decision()
        self._decide("refused", "extension_refused")
        self.sudo()._clock_stop("answer")
        return True

    def action_cancel(self):
        """Take the request back before it is decided."""
        self._cancel("extension_cancelled")
        return True

    def _end(self):
        """Taken back, or the assignment closed: nobody need answer any more."""
        self.sudo()._clock_cancel(
            ("extension_answer",), self.env._("The request fell away.")
        )
        return super()._end()

    def _tell_decider(self):
        """The Office passes requests to the leader: both are told."""
        for one in self:
            chairmen = self.env.ref("task_tracking.group_chairman").sudo().all_user_ids
            company = one.assignment_id.company_id
            one._tell(
                one.assignment_id.specialist_id
                | chairmen.filtered(
                    lambda user, company=company: company in user.company_ids
                )
            )
