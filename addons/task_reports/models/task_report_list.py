# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..logic.form import FORM_WORDS, day_text, status_text
from ..logic.rows import ListRow, OutsideRow

#: What of each model Phụ lục II prints: nothing else is read.
READ = {
    "task.assignment": (
        "task_id",
        "document_id",
        "regulation_id",
        "first_deadline",
        "completed_on",
        "received_on",
    ),
    "task.document": ("reference", "issued_on", "abstract", "name"),
    "task.task": ("name",),
}


class TaskReportList(models.AbstractModel):
    """Phụ lục II: every counted assignment once, grouped as it stood at the end."""

    _name = "task.report.list"
    _description = "List of Phụ lục II"

    @api.model
    def _rows(self, date_from, date_to, agency=None, scope="all", reasons=None):
        """Yield a :class:`ListRow` for every counted assignment, in the form's order:
        line, agency, deadline, id; numbered through.

        They are read some hundred at a time, and forgotten before the next.

        :param scope: one of the engine's `SCOPES`.
        :param reasons: {assignment id: what the agency wrote on it}.
        """
        batches = self.env["task.report.engine"]._counted_batches(
            date_from, date_to, agency, scope
        )
        done = 0
        for counted in batches:
            if done:
                self._forget()
            read = self._read_batch(counted, date_to)
            for number, row in enumerate(counted, done + 1):
                reason = (reasons or {}).get(row["id"], "")
                yield self._row(number, row, date_to, reason, **read(row))
            done += len(counted)

    @api.model
    def _read_batch(self, counted, date_to):
        """Read what the rows print, each model once.

        :return: a function that gives what :meth:`_row` wants of a row, a dict.
        """
        assignments = self.env["task.assignment"].browse(row["id"] for row in counted)
        assignments.fetch(READ["task.assignment"])
        assignments.document_id.fetch(READ["task.document"])
        assignments.task_id.fetch(READ["task.task"])
        agencies = self.env["res.partner"].browse({row["agency_id"] for row in counted})
        names = {agency.id: agency.name or "" for agency in agencies}
        by_id = dict(zip(assignments.ids, assignments, strict=True))
        results = self._results(assignments)
        supports = self._supports(assignments.task_id, date_to)
        words = {one: self._words(one) for one in assignments.regulation_id}
        # of a time before any regulation
        words.setdefault(self.env["task.regulation"], None)

        def read(row):
            assignment = by_id[row["id"]]
            return {
                "assignment": assignment,
                "result": results.get(assignment),
                "lead": names[row["agency_id"]],
                "support": supports[assignment.task_id],
                "words": words[assignment.regulation_id],
            }

        return read

    @api.model
    def _forget(self):
        """Drop from the cache what a batch has read."""
        for model in (*READ, "task.result", "task.assignment.tenure"):
            self.env[model].invalidate_model()

    @api.model
    def _agency_rank(self, agencies):
        """Return {agency id: place in a list}: by kind, then by name."""
        if not agencies:
            return {}
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM res_partner agency WHERE id IN %s ORDER BY %s",
                agencies._ids,
                self.env["task.report.engine"]._agency_order("agency"),
            )
        )
        return {agency_id: place for place, (agency_id,) in enumerate(rows)}

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

    def _row(
        self,
        number,
        row,
        date_to,
        reason,
        *,
        assignment,
        result,
        lead,
        support,
        words,
    ):
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
            lead=lead,
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
                words=words,
                begun=bool(
                    assignment.received_on and assignment.received_on <= date_to
                ),
            ),
            note=(
                f"Thời hạn ban đầu: {day_text(first)}"
                if first and deadline and not row["extended"] and first != deadline
                else ""
            ),
            task_id=row["task_id"],
            agency_id=row["agency_id"],
            mask=row["mask"],
            entry=row["entry"],
            exit=row["exit"],
            reason=reason,
        )

    @api.model
    def _words(self, regulation):
        """The regulation's own words for how a task stands; None where they are the
        form's."""
        words = {key: regulation.sudo()._policy(key) for key in FORM_WORDS}
        return None if words == FORM_WORDS else words

    # -- tasks outside the register ----------------------------------------------
    @api.model
    def _outside_rows(self, date_to, agency=None, scope="all"):
        """Return the undated tasks kept off the system (KH Đ7.2), in no figure.

        :param date_to: only those assigned on or before this day.
        """
        leads = self._outside_tasks(date_to, agency, scope)
        return [
            OutsideRow(
                number=number,
                reference=task.document_id.reference or "",
                issued_on=task.document_id.issued_on or None,
                abstract=task.document_id.abstract or task.document_id.name or "",
                content=task.name or "",
                lead="; ".join(agency.name for agency in agencies),
                task_id=task.id,
            )
            for number, (task, agencies) in enumerate(leads.items(), 1)
        ]

    @api.model
    def _outside_tasks(self, date_to, agency=None, scope="all"):
        """Return {task kept off the system: its lead agencies at the end of the day}.

        :param date_to: only those assigned on or before this day.
        """
        domain = (
            Domain("company_id", "=", self.env.company.id)
            & Domain("state", "=", "outside")
            & Domain("released_on", "<=", date_to)
        )
        if scope == "superior":
            domain &= self.env["task.document"]._superior_domain("document_id.")
        elif scope == "year_end":
            return {}
        if agency:
            named = agency.sudo()._task_names() | agency
            domain &= Domain("lead_agency_ids", "in", named.ids)
        leads = {
            task: [
                one.sudo()._task_heir(date_to)
                for one in task.with_context(active_test=False).lead_agency_ids
            ]
            for task in self.env["task.task"].search(domain, order="released_on, id")
        }
        if not agency:
            return leads
        return {
            task: agencies
            for task, agencies in leads.items()
            if agency.sudo() in agencies
        }
