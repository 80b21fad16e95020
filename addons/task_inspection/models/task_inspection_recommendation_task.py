# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from .task_inspection import CONCLUDED

#: States of a task that is not, or not yet, carried out.
UNASSIGNED = (False, "draft")


class TaskInspectionRecommendation(models.Model):
    """What became of a recommendation: told by its task as that stands today, or by
    whoever follows what no task of this system carries out."""

    _inherit = "task.inspection.recommendation"

    state = fields.Selection(
        [
            ("open", "Not assigned yet"),
            ("assigned", "Assigned as a task"),
            ("overdue", "Overdue"),
            ("done", "Done"),
            ("withdrawn", "Task withdrawn"),
        ],
        compute="_compute_state",
        search="_search_state",
    )
    can_be_done = fields.Boolean(compute="_compute_can_be_done")

    # -- as it stands today ------------------------------------------------------------
    @api.depends("done_on", "deadline", "task_id.state", "task_id.assignment_ids.state")
    def _compute_state(self):
        overdue = self.sudo().search(self._overdue_domain() & self._ids_domain())
        for one in self:
            of_task = one.sudo().task_id.state
            if one.done_on or of_task == "done":
                one.state = "done"
            elif of_task == "to_reassign":
                one.state = "withdrawn"
            elif one._origin in overdue:
                one.state = "overdue"
            else:
                one.state = "open" if of_task in UNASSIGNED else "assigned"

    def _ids_domain(self):
        return Domain("id", "in", self._origin.ids)

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        overdue = self._overdue_domain()
        done = Domain("done_on", "!=", False) | Domain("task_id.state", "=", "done")
        withdrawn = ~done & Domain("task_id.state", "=", "to_reassign")
        unassigned = Domain("task_id", "=", False) | Domain(
            "task_id.state", "=", "draft"
        )
        running = Domain("task_id.state", "in", ("open", "outside"))
        domains = {
            "done": done,
            "withdrawn": withdrawn,
            "overdue": ~done & ~withdrawn & overdue,
            "open": ~done & unassigned & ~overdue,
            "assigned": ~done & running & ~overdue,
        }
        return Domain.OR(domains[one] for one in value if one in domains)

    @api.model
    def _overdue_domain(self):
        """What is not done though its day has passed: the task's where there is one,
        else its own."""
        assignments = self.env["task.assignment"].sudo()
        late = assignments._search(
            Domain("role", "=", "lead") & Domain("is_overdue", "=", True)
        )
        unassigned = Domain("task_id", "=", False) | Domain(
            "task_id.state", "=", "draft"
        )
        past = Domain.OR(
            Domain("company_id", "in", companies.ids) & Domain("deadline", "<", today)
            for today, companies in self.env["task.clock"]._todays()
        )
        return Domain("done_on", "=", False) & (
            (unassigned & past) | Domain("task_id", "in", late.subselect("task_id"))
        )

    def _field_to_sql(self, alias, field_expr, query=None):
        """SQL of the state, so that it groups; one reading of it, the search's."""
        if field_expr != "state":
            return super()._field_to_sql(alias, field_expr, query)
        every = self.sudo()
        return SQL(
            "CASE %s ELSE 'open' END",
            SQL(" ").join(
                SQL(
                    "WHEN %s IN %s THEN %s",
                    every._field_to_sql(alias, "id", query),
                    every._search(every._search_state("in", [state])).subselect(),
                    state,
                )
                for state in ("done", "withdrawn", "overdue", "assigned")
            ),
        )

    # -- done without a task -----------------------------------------------------------
    @api.depends_context("uid")
    @api.depends("done_on", "task_id.state", "inspection_id.state")
    def _compute_can_be_done(self):
        for one in self:
            one.can_be_done = not one._done_refusal()

    def _done_refusal(self):
        """Why the caller does not say that this was done, or None."""
        inspection = self.inspection_id
        if inspection.sudo().state not in CONCLUDED:
            return UserError(
                self.env._("What was recommended is followed after the conclusion.")
            )
        if self.done_on:
            return UserError(self.env._("This was done already."))
        if self.sudo().task_id.state not in (*UNASSIGNED, "to_reassign"):
            return UserError(
                self.env._("A task carries this out: its result says when it is done.")
            )
        if self.env.su or (
            inspection.has_access("read")
            and (inspection._is_steward() or inspection._is_on_team("leader"))
        ):
            return None
        return AccessError(
            self.env._("Who prepares the inspection, or leads its team, follows this.")
        )

    def action_done(self, day, note):
        """What no task of this system carries out was done: an agency's own measures,
        a violation handled by a body outside, a task that was adjusted.

        :param day: between the conclusion and today.
        :param note: how, or by which document.
        :raise AccessError: if the caller neither prepares the inspection nor leads it.
        """
        self.check_access("read")
        day = fields.Date.to_date(day)
        note = (note or "").strip()
        for one in self:
            one._lock()
            if refusal := one._done_refusal():
                raise refusal
            first = one.sudo().inspection_id.concluded_on
            today = one.company_id._task_today()
            if not (day and first <= day <= today):
                raise UserError(
                    self.env._("It was done between the conclusion and today.")
                )
            if not note:
                raise UserError(
                    self.env._("Write how it was done, or by which document.")
                )
            one.sudo().write({"done_on": day, "done_note": note})
        return True

    # -- carried out by a task ---------------------------------------------------------
    def _to_assign_domain(self):
        """Those no task carries out yet; an adjustment is made to the task there is."""
        return (
            Domain("inspection_id.state", "in", CONCLUDED)
            & Domain("task_id", "=", False)
            & Domain("done_on", "=", False)
            & Domain("kind", "!=", "adjust")
        )

    def _prepare_task_vals(self, issued_on):
        """The task that carries this out. Without a day that can still be met the
        Office enters one before it assigns the task."""
        self.ensure_one()
        one = self.sudo()
        agency = one.agency_id.with_context(active_test=False)._task_heirs()
        deadline = one.deadline
        return {
            "name": one.text,
            "lead_agency_ids": [Command.set(agency.ids)],
            "is_dated": True,
            "deadline": deadline and deadline >= issued_on and deadline,
        }

    def action_open_task(self):
        """Open the task that carries it out; of an adjustment, the one to adjust."""
        self.ensure_one()
        if self.task_id:
            return self.task_id._get_records_action()
        return self.assignment_id._get_records_action()

    def action_mark_done(self):
        """Open the form that says when and how these were done."""
        return (
            self.env["task.inspection.act"]
            .with_context(act="done")
            ._action_ask(recommendation_ids=[Command.set(self.ids)])
        )
