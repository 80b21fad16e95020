# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models

from . import deadline_reason


class TaskAssignment(models.Model):
    """The effective day of a deadline that falls on a day off (DOMAIN.md section 2).

    The regulation has one switch: a date stands as written, or moves to the next
    working day. The written deadline is printed; the effective day is fixed with its
    reason in the fact that brings the deadline, and no later calendar moves it.
    """

    _inherit = "task.assignment"

    due_why = fields.Html(
        string="Why it moves", compute="_compute_due_why", compute_sudo=True
    )

    deadline_why = fields.Html(related="task_id.deadline_why")

    @api.depends("deadline", "due_on")
    @api.depends_context("lang")
    def _compute_due_why(self):
        for one in self:
            reason = one._due_vals().get("due_reason")
            one.due_why = reason and deadline_reason.html(self.env, reason)

    def _due_vals(self):
        """Where the deadline in force moves to and why, as values of a fact; {} where
        it stands as written."""
        if not self.due_on or self.due_on == self.deadline:
            return {}
        brought = self.fact_ids.filtered(
            lambda fact: (
                (fact.deadline, fact.due_on) == (self.deadline, self.due_on)
                and fact.due_reason
            )
        )
        return {
            "due_on": self.due_on,
            "due_reason": brought.sorted("id")[-1:].due_reason,
        }

    @api.model
    def _rolls(self):
        """A function (regulation id, record of a company, deadline) → where the
        deadline moves, as values of a fact; {} where it stands as written.

        For one batch: regulations and calendars are asked once each.
        """
        regulations, calendars = {}, {}

        def roll(regulation_id, record, deadline):
            if not deadline:
                return {}
            moves = regulations.get(regulation_id)
            if moves is None:
                regulation = self.env["task.regulation"].browse(regulation_id)
                moves = regulation._policy("day_off") == "next_working_day"
                regulations[regulation_id] = moves
            if not moves:
                return {}
            company = record.company_id
            calendar = calendars.get(company)
            if calendar is None:
                calendar = calendars[company] = company._task_calendar()
            deadline = fields.Date.to_date(deadline)
            due = calendar.roll(deadline)
            if due == deadline:
                return {}
            regulation = self.env["task.regulation"].browse(regulation_id).sudo()
            reason = deadline_reason.rolled(calendar, deadline, due, regulation)
            return {"due_on": due, "due_reason": reason}

        return roll
