# SPDX-License-Identifier: LGPL-3.0-or-later
from dataclasses import dataclass
from datetime import date

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.task_tracking.models.res_partner import AGENCY_KINDS

from ..logic.form import EXIT_CODES, FORM_WORDS, GROUPS, day_text, status_text


@dataclass(frozen=True, slots=True)
class ListRow:
    """One assignment of Phụ lục II, ready to print; dates are dates or None."""

    number: int
    assignment_id: int
    reference: str
    issued_on: date | None
    abstract: str
    content: str
    lead: str
    support: str
    deadline: date | None
    extended_to: date | None
    result: str
    reply_number: str
    reply_date: date | None
    status: str
    note: str

    @property
    def document(self):
        """The directive in one cell: number, notation, day, abstract."""
        head = self.reference
        if self.issued_on:
            head = f"{head} ngày {day_text(self.issued_on)}".strip()
        return "; ".join(filter(None, (head, self.abstract)))

    @property
    def reply(self):
        """The result and its document in one cell."""
        document = ""
        if self.reply_number:
            document = f"Số {self.reply_number}"
            if self.reply_date:
                document += f" ngày {day_text(self.reply_date)}"
        return "; ".join(filter(None, (document, self.result)))


@dataclass(frozen=True, slots=True)
class OutsideRow:
    """A task the regulation keeps off the system for want of a deadline."""

    number: int
    reference: str
    issued_on: date | None
    abstract: str
    content: str
    lead: str

    document = ListRow.document


class TaskReportList(models.AbstractModel):
    """Phụ lục II: every counted assignment once, grouped as it stood at the end."""

    _name = "task.report.list"
    _description = "List of Phụ lục II"

    @api.model
    def _groups(self, date_from, date_to, agency=None):
        """Return [(head of the group, [ListRow, …])], in the form's order.

        A group without assignments is left out; numbers run through all groups.
        """
        counted = self.env["task.report.engine"]._counted_rows(
            date_from, date_to, agency
        )
        assignments = self.env["task.assignment"].browse(row["id"] for row in counted)
        agencies = self.env["res.partner"].browse({row["agency_id"] for row in counted})
        rank = self._agency_rank(agencies)
        names = {agency.id: agency.name for agency in agencies}
        supports = self._supports(assignments.task_id, date_to)
        by_id = dict(zip(assignments.ids, assignments, strict=True))
        counted.sort(
            key=lambda row: (
                EXIT_CODES.index(row["exit"]),
                rank[row["agency_id"]],
                row["deadline"] or date.max,
                row["id"],
            )
        )
        results = self._results(assignments)
        groups = {}
        for number, row in enumerate(counted, 1):
            assignment = by_id[row["id"]]
            groups.setdefault(row["exit"], []).append(
                self._row(
                    number,
                    row,
                    assignment,
                    results.get(assignment),
                    date_to,
                    lead=names[row["agency_id"]],
                    support=supports[assignment.task_id],
                )
            )
        return [(GROUPS[code], rows) for code, rows in groups.items()]

    @api.model
    def _agency_rank(self, agencies):
        """Return {agency id: place in a list}: by kind, then by name."""
        kinds = [kind for kind, _label in AGENCY_KINDS]
        ordered = agencies.with_context(active_test=False).search(
            Domain("id", "in", agencies.ids), order="name, id"
        )
        ordered = ordered.sorted(
            lambda agency: (
                kinds.index(agency.agency_kind) if agency.agency_kind else len(kinds)
            )
        )
        return {agency.id: place for place, agency in enumerate(ordered)}

    def _results(self, assignments):
        """Return {assignment: its accepted or waiting result}."""
        found = self.env["task.result"].search(
            Domain("assignment_id", "in", assignments.ids)
            & Domain("state", "in", ("waiting", "accepted")),
            order="id",
        )
        return {result.assignment_id: result for result in found}

    def _supports(self, tasks, date_to):
        """Return {task: names of the agencies that support it at the end of the day},
        each under the name of who carries its share then."""
        taken_over = (
            self.env["task.assignment.tenure"]
            .sudo()
            .search(
                Domain("assignment_id.task_id", "in", tasks.ids)
                & Domain("assignment_id.role", "=", "support")
            )
        ).assignment_id
        by_task = taken_over.grouped("task_id")
        names = {}
        for task in tasks.with_context(active_test=False):
            named = task.support_agency_ids
            agencies = list(named)
            for share in by_task.get(task.sudo(), ()):
                first = share.tenure_ids[0].agency_id.sudo(named.env.su)
                if first in agencies:
                    agencies[agencies.index(first)] = share._agency_on(date_to)
            names[task] = "; ".join(agency.sudo().name for agency in agencies)
        return names

    def _row(self, number, row, assignment, result, date_to, *, lead, support):
        document = assignment.document_id
        first = assignment.first_deadline or None
        deadline = row["deadline"]
        completed = row["exit"] not in ("open_extended", "open_in_time", "open_overdue")
        # What came after the window's end is not told in it.
        result = result if completed or row["waiting"] else None
        until = assignment.completed_on if completed else date_to
        return ListRow(
            number=number,
            assignment_id=assignment.id,
            reference=document.reference or "",
            issued_on=document.issued_on or None,
            abstract=document.abstract or document.name or "",
            content=assignment.task_id.name or "",
            lead=lead or "",
            support=support,
            deadline=first if row["extended"] else deadline,
            extended_to=deadline if row["extended"] else None,
            result=(result.text or "") if result else "",
            reply_number=(result.reply_number or "") if result else "",
            reply_date=(result.reply_date or None) if result else None,
            status=status_text(
                row["exit"],
                row["entry"],
                waiting=row["waiting"],
                returned=row["returned"],
                completed_on=assignment.completed_on,
                days_late=(until - row["due_on"]).days if deadline else 0,
                words=self._words(assignment.regulation_id),
                begun=bool(
                    assignment.received_on and assignment.received_on <= date_to
                ),
            ),
            note=(
                f"Thời hạn ban đầu: {day_text(first)}"
                if first and deadline and not row["extended"] and first != deadline
                else ""
            ),
        )

    @api.model
    def _words(self, regulation):
        """The regulation's own words for how a task stands; None where they are the
        form's."""
        words = {key: regulation.sudo()._policy(key) for key in FORM_WORDS}
        return None if words == FORM_WORDS else words

    # -- tasks outside the register ----------------------------------------------
    @api.model
    def _outside_rows(self, date_to, agency=None):
        """Return the undated tasks kept off the system (KH Đ7.2), in no figure.

        :param date_to: only those assigned on or before this day.
        """
        domain = (
            Domain("company_id", "=", self.env.company.id)
            & Domain("state", "=", "outside")
            & Domain("released_on", "<=", date_to)
        )
        if agency:
            named = agency.sudo()._task_names() | agency
            domain &= Domain("lead_agency_ids", "in", named.ids)
        tasks = self.env["task.task"].search(domain, order="released_on, id")
        leads = {
            task: [
                one.sudo()._task_heir(date_to)
                for one in task.with_context(active_test=False).lead_agency_ids
            ]
            for task in tasks
        }
        if agency:
            tasks = tasks.filtered(lambda task: agency.sudo() in leads[task])
        return [
            OutsideRow(
                number=number,
                reference=task.document_id.reference or "",
                issued_on=task.document_id.issued_on or None,
                abstract=task.document_id.abstract or task.document_id.name or "",
                content=task.name or "",
                lead="; ".join(one.name for one in leads[task]),
            )
            for number, task in enumerate(tasks, 1)
        ]
