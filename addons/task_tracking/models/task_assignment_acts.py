# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ..logic import life
from .task_assignment import OPEN_STATES

#: The Life's values that are columns of the assignment.
LIFE_COLUMNS = (
    "state",
    "assigned_on",
    "received_on",
    "handed_in_on",
    "stated_on",
    "completed_on",
    "confirmed_on",
    "withdrawn_on",
    "first_deadline",
    "deadline",
    "due_on",
    "extension_pending",
    "return_pending",
    "last_entry_on",
    "late_days",
)
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
            return (
                user.has_group("task_tracking.group_agency_officer") and self.is_mine
            ) or user._task_is_office()
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

    # -- the ledger ------------------------------------------------------------------
    def _record(self, kind, *, day=None, by_id=None, **vals):
        """Append a fact of `kind` to each assignment and derive its columns again.

        The caller has checked the right. A user's act happens on the day it is
        recorded; only the Office may state an earlier `day`, and it shows.

        :param day: the day it happened; today in the province if not given.
        :param by_id: {assignment id: further values of its fact}.
        :raise UserError: if the fact cannot have happened; nothing is kept then.
        """
        by_id = by_id or {}
        facts, rolls = [], self._rolls()
        for company, assignments in self.grouped("company_id").items():
            today = company._task_today()
            happened = fields.Date.to_date(day) or today
            if happened > today:
                raise UserError(self.env._("The day is in the future."))
            if happened < today:
                self._check_office()
            for one in assignments:
                values = {**vals, **by_id.get(one.id, {})}
                due = rolls(one.regulation_id.id, one, values.get("deadline"))
                values.update(due, is_backdated=happened < today)
                facts.append(one._fact_vals(kind, happened, **values))
        facts = self.env["task.fact"].sudo().create(facts)
        self._derive()
        return facts

    def _fact_vals(self, kind, day, **vals):
        """The values of a fact that the current user records now."""
        return {
            "assignment_id": self.id,
            "kind": kind,
            "day": day,
            "recorded_at": fields.Datetime.now(),
            "user_id": self.env.uid,
            **vals,
        }

    def _derive(self):
        """Replay the ledger of the assignments into their columns and spans."""
        facts = (
            self.env["task.fact"]
            .sudo()
            .search([("assignment_id", "in", self.ids)], order="id")
            .grouped("assignment_id")
        )
        lives = []
        for one in self.sudo():
            try:
                told = life.replay(
                    facts[one]._as_logic(),
                    confirmation=one.needs_confirmation,
                )
            except life.Impossible as error:
                raise UserError(
                    self.env["task.fact"]._impossible_message(error.code)
                ) from error
            one.write(
                {
                    **self._life_vals(told, one.role),
                    **one._tenure_vals(told),
                    **self._elsewhere_vals(told),
                }
            )
            lives.append(told)
        spans = self.env["task.assignment.span"].sudo()
        spans.search([("assignment_id", "in", self.ids)]).unlink()
        self._make_spans(lives)
        self._make_tenures(lives)
        self._close_supports()

    @api.model
    def _life_vals(self, told, role):
        """The columns of an assignment whose ledger tells the life `told`."""
        return {
            **{name: getattr(told, name) for name in LIFE_COLUMNS},
            "is_extended": told.extended,
            "is_late": bool(told.late),
            # a support has no delay of its own
            "overdue_from": told.overdue_from if role == "lead" else False,
        }

    def _make_spans(self, lives):
        """Keep the days of each lead assignment, whose lives are given in order."""
        self.env["task.assignment.span"].sudo().create(
            [
                {
                    "assignment_id": one.id,
                    **{name: getattr(span, name) for name in span.__slots__},
                }
                for one, told in zip(self, lives, strict=True)
                if one.role == "lead"
                for span in told.spans
            ]
        )

    def _close_supports(self):
        """A support has nothing left to do once its task is done."""
        siblings = self.sudo().task_id.assignment_ids
        for support in siblings.filtered(lambda one: one.role == "support"):
            if support.state == "done" and support.task_id.state != "done":
                support.state = "doing" if support.received_on else "released"
            elif support.state in OPEN_STATES and support.task_id.state == "done":
                support.state = "done"

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

    # -- forms that begin an act -------------------------------------------------------
    @api.model
    def _action_new_form(self, model, name, **defaults):
        """The action of an empty form of `model` in a dialog."""
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {f"default_{key}": value for key, value in defaults.items()},
        }

    def _action_new(self, model, name):
        self.ensure_one()
        return self._action_new_form(model, name, assignment_id=self.id)

    def action_new_result(self):
        """Open the form of a result for this assignment."""
        return self._action_new("task.result", self.env._("Hand in the result"))

    def action_new_progress(self):
        """Open the form of a progress entry, or of a support's contribution."""
        name = (
            self.env._("Report progress")
            if self.role == "lead"
            else self.env._("Contribute")
        )
        return self._action_new("task.progress", name)

    def action_new_extension(self):
        """Open the form of a request for a later deadline."""
        return self._action_new("task.extension", self.env._("Ask for an extension"))

    def action_new_return(self):
        """Open the form by which the agency hands the task back."""
        return self._action_new("task.return", self.env._("Hand back"))

    def action_open_waiting(self):
        """Open what waits for an answer here (`waiting` in the context names it)."""
        self.ensure_one()
        titles = {
            "result_ids": self.env._("Answer the result"),
            "extension_ids": self.env._("Decide the extension"),
            "return_ids": self.env._("Answer the hand-back"),
        }
        name = self.env.context.get("waiting")
        if name not in titles:
            raise UserError(self.env._("There is no such act."))
        waiting = self[name].filtered(lambda one: one.state == "waiting")
        return waiting[:1]._get_records_action(target="new", name=titles[name])

    def action_order(self):
        """Open the form of an act that needs a reason (`act` in the context)."""
        acts = dict(
            self.env["task.order"]._fields["act"]._description_selection(self.env)
        )
        act = self.env.context.get("act")
        if act not in acts:
            raise UserError(self.env._("There is no such act."))
        return self._action_new_form(
            "task.order", acts[act], act=act, assignment_ids=self.ids
        )

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
