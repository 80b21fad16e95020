# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, models
from odoo.fields import Domain

from ..logic import limits
from ..logic.periods import next_to_end
from .task_assignment import OPEN_STATES

#: Facts by which the agency says how it goes: they meet what a period asks for.
ENTRIES = ("progress", "contributed", "handed_in")
#: Facts after which a deadline may be another one.
DEADLINE_KINDS = (
    "extension_approved",
    "deadline_changed",
    "deadline_set",
    "correction",
)
#: Duties counted from the deadline.
FROM_DEADLINE = ("result", "external_entry", "explanation")


class TaskAssignment(models.Model):
    """The time limits of an assignment, besides its own deadline: entering the
    result, reporting on undated ones, entering it in another system.

    They follow the ledger: every fact that matters to them passes `_record`.
    """

    _name = "task.assignment"
    _inherit = ["task.assignment", "task.clock.mixin"]

    def _clock_events(self):
        """When the limits of this assignment begin; a deadline may lie ahead."""
        self.ensure_one()
        events = {
            "release": self.assigned_on,
            "receipt": self._received_moment(),
            "deadline": self.due_on,
            "handing_in": self.handed_in_on,
        }
        return {name: day for name, day in events.items() if day}

    def _clock_facts(self):
        return {
            "dated": bool(self.deadline),
            "superior": self.document_id._is_superior(),
        }

    def _received_moment(self):
        """When the agency received it: the moment, or the day of a paper entered
        later; False as long as it has not.

        Who acts on a task without having received it had it from its assignment on:
        else a limit counted from receipt would begin with the act it limits.
        """
        facts = self.sudo().fact_ids
        fact = facts.filtered(lambda one: one.kind == "received")[-1:]
        if fact.is_implied:
            fact = facts.filtered(lambda one: one.kind == "released")[:1]
        return fact._moment() if fact else False

    def _clock_ahead(self):
        if self.state not in OPEN_STATES:
            return ()
        acts = ("return", "external_entry")
        return (*acts, "extension_ask", "result") if self.role == "lead" else acts

    # -- the daily job -----------------------------------------------------------------
    @api.model
    def _clock_due(self, company):
        """Deadlines that have come, and periods in which undated ones are reported on
        (BG Đ6.2b)."""
        regulation, today = company._task_regulation(), company._task_today()
        mine = [("company_id", "=", company.id), ("role", "=", "lead")]
        arrived = [*mine, ("due_on", "<=", today)]
        if regulation._limited("result"):
            yield "result", None, [*arrived, ("state", "in", OPEN_STATES)]
        entered = self._elsewhere_domain(regulation, (limits.LIMIT,))
        if not entered.is_false():
            # what was entered before it had a deadline is entered already
            wanted = entered & Domain("elsewhere_on", "=", False)
            wanted &= Domain("state", "!=", "withdrawn")
            if company.task_since:
                wanted &= Domain("due_on", ">=", company.task_since)
            yield "external_entry", None, wanted & Domain(arrived)
        period = next_to_end(regulation._period_kinds("undated_report"), today)
        if period:
            undated = [("deadline", "=", False), ("state", "in", OPEN_STATES)]
            yield "undated_report", period, [*mine, *undated]

    @api.model
    def _release(self, vals_list):
        """Undated ones are reported on from the period they are assigned in."""
        new = super()._release(vals_list)
        undated = new.filtered(lambda one: one.role == "lead" and not one.deadline)
        for company, ones in undated.grouped("company_id").items():
            kinds = company._task_regulation()._period_kinds("undated_report")
            period = next_to_end(kinds, company._task_today())
            if period:
                ones.sudo()._clock_start("undated_report", period)
        return new

    # -- following the ledger ----------------------------------------------------------
    def _record(self, kind, **vals):
        facts = super()._record(kind, **vals)
        for fact in facts.grouped("day").values():
            fact.assignment_id.sudo()._clock_follow(kind, fact[0])
        return facts

    def _clock_follow(self, kind, fact):
        """Stop, cancel or reopen clocks after a fact of `kind` was recorded."""
        when = fact._moment()
        if kind in ENTRIES:
            self._clock_stop("entry", when)
        if kind == "handed_in":
            self._clock_meet("result", when)
        elif kind == "refused":
            self._clock_reopen("handing_in", self.env._("The result was refused."))
            # the deadline may have been changed while the result waited
            self._clock_follow_deadline()
        elif kind == "withdrawn":
            acts = (*FROM_DEADLINE, "undated_report")
            self._clock_cancel(acts, self.env._("The assignment was withdrawn."))
        elif kind in DEADLINE_KINDS:
            if fact.corrects_id.kind == "handed_in" and fact.new_day:
                self._clock_judge_again(
                    "handing_in", fact.new_day, self.env._("The day was corrected.")
                )
            self._clock_follow_deadline(never=kind == "correction")

    def _clock_follow_deadline(self, *, never=False):
        """A deadline was set or changed: what was counted from another ends; `never`:
        the other had been entered wrongly."""
        moved = self._clocks_running([("act", "in", FROM_DEADLINE)]).filtered(
            lambda clock: clock.started_on != self.browse(clock.res_id).due_on
        )
        reason = self.env._("The deadline was changed.")
        if never:
            reason = self.env._("The deadline was corrected.")
        moved._cancel(reason, never=never)
        self.filtered("deadline")._clock_cancel(
            ("undated_report",), self.env._("The task has a deadline now.")
        )
