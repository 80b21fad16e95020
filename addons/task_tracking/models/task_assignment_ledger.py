# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import UserError

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


class TaskAssignment(models.Model):
    """The ledger of an assignment: facts are appended, everything else is derived."""

    _inherit = "task.assignment"

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
        """Keep the days of each lead assignment, whose lives are given in order; where
        they are as before, nothing is written."""
        spans = self.env["task.assignment.span"].sudo()
        before = spans.search([("assignment_id", "in", self.ids)], order="id")
        before = before.grouped("assignment_id")
        gone, made = spans.browse(), []
        for one, told in zip(self.sudo(), lives, strict=True):
            old = before.get(one, spans)
            new = [
                {name: getattr(span, name) for name in span.__slots__}
                for span in (told.spans if one.role == "lead" else ())
            ]
            if len(old) != len(new) or any(
                (there[name] or False) != (value or False)
                for there, values in zip(old, new, strict=True)
                for name, value in values.items()
            ):
                gone |= old
                made += [{"assignment_id": one.id, **values} for values in new]
        gone.unlink()
        spans.create(made)

    def _close_supports(self):
        """A support has nothing left to do once its task is done."""
        siblings = self.sudo().task_id.assignment_ids
        for support in siblings.filtered(lambda one: one.role == "support"):
            if support.state == "done" and support.task_id.state != "done":
                support.state = "doing" if support.received_on else "released"
            elif support.state in OPEN_STATES and support.task_id.state == "done":
                support.state = "done"
