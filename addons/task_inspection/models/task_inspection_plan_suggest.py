# SPDX-License-Identifier: LGPL-3.0-or-later
from collections import defaultdict

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.task_tracking.models.task_assignment import OPEN_STATES

#: Who is never suggested: what the Office itself carries out is not the plan's matter.
LEFT_OUT = ("office", "office_unit")


class TaskInspectionPlan(models.Model):
    """Which agencies the data suggests, and why."""

    _inherit = "task.inspection.plan"

    def action_suggest(self):
        """Open the suggestions for this draft."""
        self.ensure_one()
        self._check_suggest()
        return self.env["task.assignment"]._action_new_form(
            "task.inspection.suggest",
            self.env._("Suggest agencies from the data"),
            plan_id=self.id,
        )

    def _check_suggest(self):
        """:raise UserError, AccessError: if agencies are not suggested to the caller
        for this plan."""
        if refusal := self._edit_refusal():
            raise refusal
        if self.inspection_id:
            raise UserError(
                self.env._("The decision names who is inspected: nobody is suggested.")
            )

    def _suggestions(self, date_from, date_to):
        """The agencies with tasks between two days (included), the first to inspect
        first.

        Compared in this order, the next only where the one before is equal, without
        weights: tasks overdue (open ones as of today, and those completed late in the
        window), results refused in the window, reports of the window late or not sent,
        how long ago the last inspection was (never: longest), the name. What each
        number counts is told in the reason. As many queries for one agency as for all.

        :return: list of dicts: agency_id, overdue, overdue_open, refused,
            late_reports, inspected_on, reason.
        """
        self.ensure_one()
        rows = self._suggest_tasks(date_from, date_to)
        agencies = (
            self.env["res.partner"]
            .browse(rows)
            .filtered(lambda agency: agency.agency_kind not in LEFT_OUT)
        )
        refused = self._suggest_refused(agencies, date_from, date_to)
        late = self._suggest_late_reports(agencies, date_from, date_to)
        inspected = self._suggest_inspected(agencies)
        found = []
        for agency in agencies - self.line_ids.agency_id:
            row = {
                "agency_id": agency.id,
                **rows[agency.id],
                "refused": refused.get(agency.id, 0),
                "late_reports": late.get(agency.id, 0),
                "inspected_on": inspected.get(agency.id, False),
            }
            found.append({**row, "reason": self._suggest_words(row)})
        never = fields.Date.to_date("0001-01-01")
        names = {agency.id: agency.name for agency in agencies}
        return sorted(
            found,
            key=lambda row: (
                -row["overdue"],
                -row["refused"],
                -row["late_reports"],
                row["inspected_on"] or never,
                names[row["agency_id"]],
                row["agency_id"],
            ),
        )

    def _suggest_tasks(self, date_from, date_to):
        """{agency id: {overdue, overdue_open}} of the agencies that led a task."""
        open_ = Domain("state", "in", OPEN_STATES) & Domain(
            "assigned_on", "<=", date_to
        )
        done = (
            Domain("state", "=", "done")
            & Domain("completed_on", ">=", date_from)
            & Domain("completed_on", "<=", date_to)
        )
        rows = defaultdict(lambda: {"overdue": 0, "overdue_open": 0})
        assignments = self.env["task.assignment"].with_company(self.company_id)
        for agency, state, is_overdue, is_late, number in assignments._read_group(
            Domain("company_id", "=", self.company_id.id)
            & Domain("role", "=", "lead")
            & (open_ | done),
            ["agency_id", "state", "is_overdue", "is_late"],
            ["__count"],
        ):
            row = rows[agency.id]
            if state == "done":
                row["overdue"] += number if is_late else 0
            elif is_overdue:
                row["overdue"] += number
                row["overdue_open"] += number
        return rows

    def _suggest_refused(self, agencies, date_from, date_to):
        """{agency id: results refused in the window}."""
        counted = self.env["task.result"]._read_group(
            Domain("assignment_id.company_id", "=", self.company_id.id)
            & Domain("agency_id", "in", agencies.ids)
            & Domain("assignment_id.role", "=", "lead")
            & Domain("state", "=", "refused")
            & Domain("decided_on", ">=", date_from)
            & Domain("decided_on", "<=", date_to),
            ["agency_id"],
            ["__count"],
        )
        return {agency.id: number for agency, number in counted}

    def _suggest_late_reports(self, agencies, date_from, date_to):
        """{agency id: reports due in the window that were sent late, or are not sent
        and past due}; empty where there are no periodic reports."""
        if "task.report" not in self.env:
            return {}
        counted = self.env["task.report"]._read_group(
            Domain("company_id", "=", self.company_id.id)
            & Domain("agency_id", "in", agencies.ids)
            & Domain("version", "=", 1)
            & Domain("due_on", ">=", date_from)
            & Domain("due_on", "<=", date_to)
            & (Domain("is_late", "=", True) | Domain("is_overdue", "=", True)),
            ["agency_id"],
            ["__count"],
        )
        return {agency.id: number for agency, number in counted}

    def _suggest_inspected(self, agencies):
        """{agency id: the day its last inspection ended, or began}; what an agency
        inspected within its own scope is not the Committee's inspection of it."""
        subjects = (
            self.env["task.inspection.subject"]
            .sudo()
            .search(
                Domain("company_id", "=", self.company_id.id)
                & Domain("agency_id", "in", agencies.ids)
                & Domain("inspection_id.issued_on", "!=", False)
                & Domain("inspection_id.state", "!=", "cancelled")
                & Domain("inspection_id.inspector", "!=", "self")
            )
        )
        inspected = {}
        for subject in subjects:
            inspection, agency = subject.inspection_id, subject.agency_id.id
            day = inspection.ended_on or inspection.issued_on
            inspected[agency] = max(day, inspected.get(agency, day))
        return inspected

    def _suggest_words(self, row):
        """Why this agency, in words: what the figures of `row` are of."""
        words = []
        if row["overdue"]:
            words.append(
                self.env._(
                    "%(count)s tasks overdue (%(open)s not completed)",
                    count=row["overdue"],
                    open=row["overdue_open"],
                )
            )
        if row["refused"]:
            words.append(self.env._("%(count)s results refused", count=row["refused"]))
        if row["late_reports"]:
            words.append(
                self.env._("%(count)s reports late", count=row["late_reports"])
            )
        if row["inspected_on"]:
            words.append(
                self.env._(
                    "last inspected on %(day)s",
                    day=format_date(self.env, row["inspected_on"]),
                )
            )
        else:
            words.append(self.env._("never inspected"))
        return "; ".join(words)
