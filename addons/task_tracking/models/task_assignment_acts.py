# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from .task_assignment import OPEN_STATES

#: act -> what the regulation must know of agencies for it to exist here ("∅": hidden).
KNOWN_AS = {"ask_extension": "extension_ask", "hand_back": "return"}
#: act -> (states in which it is possible, who may).
ACTS = {
    "receive": (("released",), "agency"),
    "report": (("released", "doing", "submitted", "returned"), "agency"),
    "hand_in": (("released", "doing"), "agency"),
    "ask_extension": (("released", "doing"), "agency"),
    "hand_back": (("released", "doing"), "agency"),
    "withdraw": (OPEN_STATES, "manager"),
    "reassign": (OPEN_STATES, "manager"),
    "change_deadline": (OPEN_STATES, "decider"),
    "set_first_deadline": (OPEN_STATES, "office"),
    "undo_confirmation": (("done",), "follower"),
    "correct": ((*OPEN_STATES, "done"), "manager"),
}


class TaskAssignment(models.Model):
    """The acts: each checks the caller's right, then records a fact."""

    _inherit = "task.assignment"

    can_receive = fields.Boolean(compute="_compute_can")
    can_report = fields.Boolean(compute="_compute_can")
    can_hand_in = fields.Boolean(compute="_compute_can")
    can_ask_extension = fields.Boolean(compute="_compute_can")
    can_hand_back = fields.Boolean(compute="_compute_can")
    can_withdraw = fields.Boolean(compute="_compute_can")
    can_reassign = fields.Boolean(compute="_compute_can")
    can_change_deadline = fields.Boolean(compute="_compute_can")
    can_set_first_deadline = fields.Boolean(compute="_compute_can")
    can_undo_confirmation = fields.Boolean(compute="_compute_can")
    can_correct = fields.Boolean(compute="_compute_can")
    knows_extension = fields.Boolean(compute="_compute_knows")
    knows_return = fields.Boolean(compute="_compute_knows")
    knows_external = fields.Boolean(compute="_compute_knows")

    # -- rights ----------------------------------------------------------------------
    @api.depends_context("uid")
    @api.depends("state", "agency_id", "specialist_id", "deadline", "role")
    def _compute_can(self):
        for act in ACTS:
            for one in self:
                one[f"can_{act}"] = not one._refusal(act)

    @api.depends("regulation_id")
    def _compute_knows(self):
        """What the text does not know is not on the screen either."""
        for one in self:
            regulation = one.regulation_id.sudo()
            one.knows_extension = regulation._knows("extension_ask", "agency")
            one.knows_return = regulation._knows("return", "agency")
            one.knows_external = regulation._knows("external_entry")

    def _is_allowed(self, who):
        """Whether the current user has the role `who` towards this assignment.

        agency: an officer of the assigned agency, or the Office entering a paper in
        its name; follower: the specialist who follows it, or an Office manager.
        """
        self.ensure_one()
        user = self.env.user
        if self.env.su:
            return True
        if who == "agency":
            return self._is_officer() or user._task_is_office()
        if who == "office":
            return user._task_is_office()
        if who == "manager":
            return user._task_is_manager()
        if who == "follower":
            return user._task_is_manager() or (
                user._task_is_office() and self.specialist_id == user
            )
        return user._task_may_decide(self.company_id)

    def _refusal(self, act):
        """Why the current user may not do `act` here: an exception, or None if so.

        The buttons (`can_…`) and the acts ask this same function.
        """
        self.ensure_one()
        states, who = ACTS[act]
        if act in KNOWN_AS:
            refusal = self.regulation_id.sudo()._agency_refusal(KNOWN_AS[act])
            if refusal:
                return refusal
        if not self._is_allowed(who):
            return AccessError(
                self.env._(
                    "You may not do this on the assignment of %(agency)s.",
                    agency=self.agency_id.display_name,
                )
            )
        if self.state not in states:
            return UserError(self.env["task.fact"]._impossible_message(self._why(act)))
        if self.role == "support" and act in ("hand_in", "ask_extension"):
            return UserError(
                self.env._("Only the lead agency hands in results or asks for time.")
            )
        if act in ("ask_extension", "change_deadline") and not self.deadline:
            return UserError(self.env["task.fact"]._impossible_message("undated"))
        if act == "set_first_deadline" and self.deadline:
            return UserError(self.env["task.fact"]._impossible_message("already_dated"))
        if act == "undo_confirmation" and not self._confirmed_today_by_me():
            return UserError(self.env["task.fact"]._impossible_message("undo_too_late"))
        return None

    def _confirmed_today_by_me(self):
        """Same day, same person: the one case in which a confirmation is undone."""
        return self.confirmed_on == self.company_id._task_today() and (
            self.env.user
            in self.result_ids.filtered(
                lambda result: result.state == "accepted"
            ).decided_by_id
        )

    def _why(self, act):
        """The code of the rule that the assignment's state breaks for `act`."""
        return {
            "withdrawn": "withdrawn",
            "done": "completed",
            "submitted": "result_waiting",
            "returned": "return_pending",
            "doing": "received_twice",
            "released": "not_confirmed",
        }[self.state if act != "undo_confirmation" else "released"]

    def _guard(self, act):
        """Check the right and the state for `act`, after locking the records.

        :raise AccessError, UserError: naming the reason; nothing is changed then.
        """
        self.check_access("read")
        self._lock()
        for one in self:
            refusal = one._refusal(act)
            if refusal:
                raise refusal

    def _check_office(self):
        if not self.env.su and not self.env.user._task_is_office():
            raise AccessError(self.env._("Only the Office of the Committee does this."))

    # -- acts ------------------------------------------------------------------------
    def action_receive(self):
        """The agency receives the task, having checked it against the directive
        (KH Đ5.2a)."""
        self._guard("receive")
        self._record("received")
        return True

    def _receive_if_needed(self, day=None):
        """Who acts on a task has received it."""
        new = self.filtered(lambda one: one.state == "released")
        new._record("received", day=day, is_implied=True)

    def withdraw(self, reason, day=None, reference=None):
        """Take the assignments away (X). What is confirmed cannot be withdrawn.

        :raise AccessError: if the caller is not an Office manager.
        """
        self._guard("withdraw")
        self._check_reason(reason)
        self._record("withdrawn", day=day, note=reason, reference=reference)
        self._cancel_pending()
        return True

    def reassign(self, agencies, reason):
        """Take the assignment away and give it to other agencies, in one step.

        The new assignments keep the role and the deadline in force, and are linked.

        :raise AccessError: if the caller is not an Office manager.
        :return: the new assignments.
        """
        self._guard("reassign")
        self._check_reason(reason)
        return self._move_to(agencies, reason)

    def _move_to(self, agencies, reason):
        """Withdraw and assign to `agencies`; rights are the caller's affair."""
        if isinstance(agencies, (int, list, tuple)):
            agencies = self.env["res.partner"].browse(agencies).exists()
        if not agencies or not all(agencies.mapped("is_agency")):
            raise UserError(self.env._("Choose the agency the task goes to."))
        vals_list = []
        for one in self:
            taken = one.task_id.sudo().assignment_ids.filtered(
                lambda other: other.state != "withdrawn"
            )
            twice = taken.agency_id & agencies
            if twice:
                raise UserError(
                    self.env._(
                        "%(agency)s has this task already.",
                        agency=twice[0].display_name,
                    )
                )
            regulation = one.company_id._task_regulation()
            vals_list += [
                {
                    "task_id": one.task_id.id,
                    "agency_id": agency.id,
                    "role": one.role,
                    "regulation_id": regulation.id,
                    "origin_assignment_id": one.id,
                }
                for agency in agencies
            ]
        self._record("withdrawn", note=reason)
        self._cancel_pending()
        new = self._release(vals_list)
        new.document_id._notify_agencies(new)
        return new

    def change_deadline(self, deadline, reason, reference=None, day=None):
        """The leader's own change of the deadline, earlier or later.

        :raise AccessError: if the caller does not decide deadlines.
        """
        self._guard("change_deadline")
        self._check_reason(reason)
        deadline = self._check_new_deadline(deadline)
        self._record(
            "deadline_changed",
            deadline=deadline,
            note=reason,
            reference=reference,
            day=day,
        )
        return True

    def set_first_deadline(self, deadline, reason, reference=None):
        """Set the first deadline of an undated assignment."""
        self._guard("set_first_deadline")
        deadline = self._check_new_deadline(deadline)
        self._record(
            "deadline_set", deadline=deadline, note=reason, reference=reference
        )
        # dated from now on, for an agency added later too; what waits for its event
        # goes on waiting
        self.filtered(lambda one: one.role == "lead").task_id.filtered(
            lambda task: not task.deadline and not task.relative_unit
        ).sudo()._write_fixed({"is_dated": True, "deadline": deadline})
        return True

    def undo_confirmation(self):
        """Undo one's own confirmation on the same day; afterwards it stands."""
        self._guard("undo_confirmation")
        self._record("confirm_undone")
        self.sudo().result_ids.filtered(lambda one: one.state == "accepted")._reopen()
        return True

    def correct(self, fact, reason, new_day=None, deadline=None, stated_day=None):
        """Correct a wrongly entered fact (đính chính): it then holds for every day.

        :param fact: the `task.fact` (or its id) of this assignment.
        :raise AccessError: if the caller is not an Office manager.
        """
        self.ensure_one()
        self._guard("correct")
        self._check_reason(reason)
        fact = self.env["task.fact"].browse(fact) if isinstance(fact, int) else fact
        if fact.assignment_id != self or fact.kind == "correction":
            raise UserError(
                self.env["task.fact"]._impossible_message("nothing_to_correct")
            )
        deadline = self._check_new_deadline(deadline) if deadline else False
        new_day = fields.Date.to_date(new_day)
        if new_day and new_day > self.company_id._task_today():
            raise UserError(self.env._("The day is in the future."))
        wrong = fact
        if stated_day and fact.kind == "handed_in":
            # The day was confirmed as it was stated: both entries are wrong then.
            wrong |= self.fact_ids.filtered(
                lambda one: one.kind == "confirmed" and one.stated_day
            )[-1:]
        for one in wrong:
            self._record(
                "correction",
                corrects_id=one.id,
                note=reason,
                new_day=new_day if one == fact else False,
                deadline=deadline if one == fact else False,
                stated_day=stated_day,
            )
        return True

    # -- helpers ---------------------------------------------------------------------
    def _check_reason(self, reason):
        if not (reason or "").strip():
            raise UserError(self.env._("Give the reason."))

    def _check_new_deadline(self, deadline):
        """A new deadline is a date not before the directive was issued."""
        deadline = fields.Date.to_date(deadline)
        if not deadline:
            raise UserError(self.env._("Give the new deadline."))
        for document in self.document_id:
            if deadline < document.issued_on:
                raise UserError(
                    self.env._(
                        "The deadline is before the day the directive was issued"
                        " (%(issued)s).",
                        issued=format_date(self.env, document.issued_on),
                    )
                )
        return deadline

    def _cancel_pending(self):
        """What waited on a closed assignment waits no more."""
        for name in ("result_ids", "extension_ids", "return_ids"):
            self.sudo()[name].filtered(
                lambda one: one.state in ("draft", "waiting")
            )._lapse()
