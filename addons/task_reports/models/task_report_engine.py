# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import timedelta
from itertools import count

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.task_tracking.logic.life import ENTRY_KINDS
from odoo.addons.task_tracking.models.res_partner import AGENCY_KINDS

from ..logic.figures import Figures
from ..logic.form import (
    BITS,
    ENTRY_CODES,
    EXIT_BITS,
    EXIT_CODES,
    FRESH_CODE,
    MASKS,
    NOTE_CODES,
    SUMS,
    mask_codes,
)

ONE_DAY = timedelta(days=1)
#: The tasks a report is on: all, those a body above this level assigned, those dated
#: that ask for no product (QT Đ4.1).
SCOPES = ("all", "superior", "year_end")
#: Assignments read at a time where a list is made: memory does not grow with it.
BATCH = 500
#: The kinds of agency in the order of lists.
KINDS = [kind for kind, _label in AGENCY_KINDS]
_cursor_numbers = count(1)


class TaskReportEngine(models.AbstractModel):
    """Counts the lead assignments of a window, line by line (DOMAIN: section 3).

    One classification in SQL serves the counts, the list of Phụ lục II and the
    assignments behind a number, so the three cannot differ. It is built on the
    reader's own search of assignments: whom the record rules hide is not counted.
    """

    _name = "task.report.engine"
    _description = "Figures of Phụ lục I and II"

    # -- what is counted ---------------------------------------------------------
    @api.model
    def _counted_domain(self, date_from, date_to, agency=None, scope="all"):
        """Lead assignments with A ≤ e, not X ≤ e, not K < s (none secret).

        :param agency: a res.partner; empty counts every agency of the company.
        :param scope: one of `SCOPES`.
        """
        return (
            self._lead_domain(date_to, agency, scope)
            & Domain("assigned_on", "<=", date_to)
            & (
                Domain("withdrawn_on", "=", False)
                | Domain("withdrawn_on", ">", date_to)
            )
            & (
                Domain("confirmed_on", "=", False)
                | Domain("confirmed_on", ">=", date_from)
            )
        )

    @api.model
    def _lead_domain(self, date_to, agency=None, scope="all"):
        """The lead assignments of an agency, as of the end of `date_to`, or of all."""
        domain = Domain("company_id", "=", self.env.company.id) & Domain(
            "role", "=", "lead"
        )
        if agency:
            domain &= self._agency_domain(agency, date_to)
        return domain & self._scope_domain(scope)

    @api.model
    def _scope_domain(self, scope):
        """The assignments of tasks in a scope, one of `SCOPES`."""
        if scope == "superior":
            return self.env["task.document"]._superior_domain("document_id.")
        if scope == "year_end":
            return Domain("deadline", "!=", False) & Domain(
                "task_id.product_kind", "=", "complete"
            )
        return Domain.TRUE

    # -- whose it is ---------------------------------------------------------------
    @api.model
    def _taken_over(self, day):
        """SQL (assignment_id, agency_id) of the assignments that another agency than
        today's carried on `day` (BG Đ24): no row where nothing was taken over."""
        tenure = self.env["task.assignment.tenure"]
        return SQL(
            """SELECT DISTINCT ON (assignment_id) assignment_id, agency_id
                 FROM task_assignment_tenure WHERE day_to > %s
                ORDER BY assignment_id, day_to, id""",
            day,
            to_flush=[tenure._fields[name] for name in ("agency_id", "day_to")],
        )

    @api.model
    def _agency_domain(self, agency, day):
        """Assignments whose agency at the end of `day` is `agency`."""
        now = Domain("agency_id", "=", agency.id)
        tenure = self.env["task.assignment.tenure"].sudo()
        if not tenure.search_count([("day_to", ">", day)], limit=1):
            return now
        before = self._taken_over(day)
        moved = SQL("(SELECT assignment_id FROM (%s) AS moved)", before)
        its = SQL(
            "(SELECT assignment_id FROM (%s) AS moved WHERE agency_id = %s)",
            before,
            agency.id,
        )
        return (now & ~Domain("id", "in", moved)) | Domain("id", "in", its)

    @api.model
    def _classified(self, date_from, date_to, agency=None, scope="all"):
        """Return SQL of the counted assignments, each with its lines.

        Columns: id, task_id, agency_id (of the last day), mask (the
        `logic.form.BITS` of how it came in, how it stands at the end, and of the
        notes), extended, deadline and due_on, its effective day (in force on the last
        day, or at the end of the assignment).
        """
        assignment = self.env["task.assignment"]
        query = assignment._search(
            self._counted_domain(date_from, date_to, agency, scope)
        )
        before = self._join_span(query, "span_before", date_from - ONE_DAY)
        last = self._join_span(query, "span_last", date_to)
        agency_sql = self._join_agency(query, date_to)

        def column(name):
            return assignment._field_to_sql(query.table, name, query)

        entry = SQL(
            """CASE WHEN %(assigned)s >= %(first_day)s THEN
                         CASE %(source)s WHEN 'programme' THEN %(programme)s
                                         WHEN 'conclusion' THEN %(conclusion)s
                                         ELSE %(adhoc)s END
                    WHEN %(before)s.overdue_from <= %(day_before)s
                    THEN %(carried_overdue)s
                    WHEN %(before)s.is_extended THEN %(carried_extended)s
                    ELSE %(carried_in_time)s END""",
            assigned=column("assigned_on"),
            source=column("source"),
            first_day=date_from,
            day_before=date_from - ONE_DAY,
            before=before,
            **{code: BITS[code] for code in ENTRY_CODES},
        )
        exit_ = SQL(
            """CASE WHEN %(confirmed)s <= %(last_day)s THEN
                         CASE WHEN %(is_late)s THEN %(completed_late)s
                              ELSE %(completed_on_time)s END
                    WHEN %(last)s.overdue_from <= %(last_day)s THEN %(open_overdue)s
                    WHEN %(last)s.is_extended THEN %(open_extended)s
                    ELSE %(open_in_time)s END""",
            confirmed=column("confirmed_on"),
            is_late=column("is_late"),
            last_day=date_to,
            last=last,
            **{code: BITS[code] for code in EXIT_CODES},
        )
        is_open = SQL("%s.id IS NOT NULL", last)
        notes = SQL(
            """CASE WHEN %(last)s.is_waiting THEN %(waiting)s ELSE 0 END
               | CASE WHEN %(last)s.is_returned THEN %(returned)s ELSE 0 END
               | CASE WHEN %(is_open)s AND %(is_fresh)s THEN %(fresh)s ELSE 0 END""",
            last=last,
            is_open=is_open,
            is_fresh=self._fresh_sql(column("id"), date_to),
            **{code: BITS[code] for code in (*NOTE_CODES, FRESH_CODE)},
        )
        return query.select(
            SQL("%s AS id", column("id")),
            SQL("%s AS task_id", column("task_id")),
            SQL("%s AS agency_id", agency_sql),
            SQL("%s | %s | %s AS mask", entry, exit_, notes),
            SQL(
                "CASE WHEN %s THEN %s.is_extended ELSE %s END AS extended",
                is_open,
                last,
                column("is_extended"),
            ),
            SQL(
                "CASE WHEN %s THEN %s.deadline ELSE %s END AS deadline",
                is_open,
                last,
                column("deadline"),
            ),
            SQL(
                "CASE WHEN %s THEN %s.due_on ELSE %s END AS due_on",
                is_open,
                last,
                column("due_on"),
            ),
        )

    def _join_span(self, query, alias, day):
        """Join the span of each assignment that is open on `day`, if it is open."""
        span = self.env["task.assignment.span"]
        name = SQL.identifier(alias)
        query.add_join(
            "LEFT JOIN",
            alias,
            span._table,
            SQL(
                "%(span)s.assignment_id = %(assignment)s AND %(span)s.day_from <= "
                "%(day)s AND (%(span)s.day_to > %(day)s OR %(span)s.day_to IS NULL)",
                span=name,
                assignment=SQL.identifier(query.table, "id"),
                day=day,
                to_flush=span._fields.values(),
            ),
        )
        return name

    def _join_agency(self, query, day):
        """SQL of the agency that carried each assignment at the end of `day`."""
        now = self.env["task.assignment"]._field_to_sql(query.table, "agency_id", query)
        query.add_join(
            "LEFT JOIN",
            "taken_over",
            SQL("(%s)", self._taken_over(day)),
            SQL("taken_over.assignment_id = %s", SQL.identifier(query.table, "id")),
        )
        return SQL("COALESCE(taken_over.agency_id, %s)", now)

    def _fresh_sql(self, assignment_id, date_to):
        """Whether there was an entry, result or request in the regulation's days."""
        days = self.env.company._task_regulation()._policy("freshness_days")
        fact = self.env["task.fact"]
        return SQL(
            """EXISTS (SELECT 1 FROM task_fact fact
                        WHERE fact.assignment_id = %s AND fact.kind IN %s
                          AND fact.day > %s AND fact.day <= %s)""",
            assignment_id,
            ENTRY_KINDS,
            date_to - timedelta(days=days),
            date_to,
            to_flush=[fact._fields[name] for name in ("assignment_id", "kind", "day")],
        )

    # -- its uses ----------------------------------------------------------------
    @api.model
    def _figures(self, date_from, date_to, agency=None, scope="all"):
        """Return the :class:`Figures` of a window, of one agency or of all.

        :param date_from: first day, a date.
        :param date_to: last day, included.
        :param scope: one of `SCOPES`.
        """
        lines = SQL(", ").join(SQL("(%s, %s)", *line) for line in MASKS.items())
        rows = self.env.execute_query(
            SQL(
                """
                WITH counted AS MATERIALIZED (%s),
                line (code, bits) AS (VALUES %s),
                agency AS (
                    SELECT agency_id, mask, COUNT(*) AS n
                      FROM counted GROUP BY agency_id, mask
                ),
                task AS (
                    SELECT mask, COUNT(*) AS n
                      FROM (SELECT bit_or(mask) AS mask
                              FROM counted GROUP BY task_id) AS one
                     GROUP BY mask
                ),
                tasks AS (
                    SELECT code, SUM(n) AS n FROM task
                      JOIN line ON mask & bits <> 0 GROUP BY code
                )
                SELECT agency_id, code, SUM(agency.n)::int, MAX(tasks.n)::int
                  FROM agency
                  JOIN line ON mask & bits <> 0
                  JOIN tasks USING (code)
                 GROUP BY GROUPING SETS ((agency_id, code), (code))
                """,
                self._classified(date_from, date_to, agency, scope),
                lines,
            )
        )
        return Figures(rows)

    @api.model
    def _carried_over(self, date_from, date_to, agency=None, scope="all"):
        """Return {carried code: [open in that line on the day before the window, of
        these withdrawn on a day of it]}: what the window should have been handed.

        It is counted without the window's own classification, to be held against it.
        """
        day = date_from - ONE_DAY
        assignment = self.env["task.assignment"]
        query = assignment._search(
            self._lead_domain(date_to, agency, scope) & Domain("assigned_on", "<=", day)
        )
        before = self._join_span(query, "span_before", day)
        query.add_where(SQL("%s.id IS NOT NULL", before))
        withdrawn = assignment._field_to_sql(query.table, "withdrawn_on", query)
        query.groupby = SQL("1")
        rows = self.env.execute_query(
            query.select(
                SQL(
                    """CASE WHEN %(before)s.overdue_from <= %(day)s
                            THEN 'carried_overdue'
                            WHEN %(before)s.is_extended THEN 'carried_extended'
                            ELSE 'carried_in_time' END""",
                    before=before,
                    day=day,
                ),
                SQL("COUNT(*)"),
                SQL("COUNT(*) FILTER (WHERE %s <= %s)", withdrawn, date_to),
            )
        )
        found = {code: [opened, gone] for code, opened, gone in rows}
        return {code: found.get(code, [0, 0]) for code in SUMS["carried"]}

    @api.model
    def _counted_ids(self, code, date_from, date_to, agency=None, scope="all"):
        """Return the ids of the assignments counted under one code of the form."""
        rows = self.env.execute_query(
            SQL(
                "WITH counted AS (%s) SELECT id FROM counted WHERE mask & %s <> 0"
                " ORDER BY id",
                self._classified(date_from, date_to, agency, scope),
                MASKS[code],
            )
        )
        return [row[0] for row in rows]

    @api.model
    def _counted_rows(self, date_from, date_to, agency=None, scope="all"):
        """Return every counted assignment as a dict, in the order of print.

        To the columns of :meth:`_classified` come `entry` and `exit`, the codes of its
        two lines, and `waiting` and `returned`: whether it is in the note.
        """
        batches = self._counted_batches(date_from, date_to, agency, scope)
        return [row for rows in batches for row in rows]

    @api.model
    def _counted_batches(self, date_from, date_to, agency=None, scope="all"):
        """Yield the rows of :meth:`_counted_rows` in lists of at most `BATCH`.

        The database keeps the sorted rows behind a cursor of this transaction: all
        batches are of one moment, and the memory taken here is that of one.
        """
        name = SQL.identifier(f"task_report_rows_{next(_cursor_numbers)}")
        self.env.execute_query(
            SQL(
                """
                DECLARE %s NO SCROLL CURSOR FOR
                WITH counted AS MATERIALIZED (%s)
                SELECT counted.* FROM counted
                  LEFT JOIN res_partner agency ON agency.id = counted.agency_id
                 ORDER BY mask & %s, %s, deadline NULLS LAST, counted.id
                """,
                name,
                self._classified(date_from, date_to, agency, scope),
                EXIT_BITS,
                self._agency_order("agency"),
            )
        )
        while rows := self.env.execute_query_dict(
            SQL("FETCH FORWARD %s FROM %s", BATCH, name)
        ):
            for row in rows:
                mask = row["mask"]
                row["entry"], row["exit"] = mask_codes(mask)
                row.update((code, bool(mask & BITS[code])) for code in NOTE_CODES)
            yield rows
        # One left half read goes with the transaction: closing it where a reader
        # stops could fall into a transaction that has failed.
        self.env.cr.execute(SQL("CLOSE %s", name))

    @api.model
    def _agency_order(self, alias):
        """SQL of the order of agencies in lists: by kind, then by name."""
        partner = self.env["res.partner"]
        alias = SQL.identifier(alias)
        return SQL(
            "array_position(%(kinds)s, %(alias)s.agency_kind::text) NULLS LAST,"
            " %(alias)s.name, %(alias)s.id",
            kinds=KINDS,
            alias=alias,
            to_flush=[partner._fields[name] for name in ("agency_kind", "name")],
        )
