# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.task_tracking.logic.life import ENTRY_KINDS

from ..logic.figures import Figures

ONE_DAY = timedelta(days=1)


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
    def _counted_domain(self, date_from, date_to, agency=None):
        """Lead assignments with A ≤ e, not X ≤ e, not K < s; secret ones in none.

        :param agency: a res.partner; empty counts every agency of the company.
        """
        domain = (
            Domain("company_id", "=", self.env.company.id)
            & Domain("role", "=", "lead")
            & Domain("secrecy", "=", "open")
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
        if agency:
            domain &= Domain("agency_id", "=", agency.id)
        return domain

    @api.model
    def _classified(self, date_from, date_to, agency=None):
        """Return SQL of the counted assignments, each with its two lines.

        Columns: id, task_id, agency_id, entry and exit (codes of `logic.form`),
        waiting, returned, fresh (on the window's last day), extended, deadline (in
        force on it, or at the end of the assignment).
        """
        assignment = self.env["task.assignment"]
        query = assignment._search(self._counted_domain(date_from, date_to, agency))
        before = self._join_span(query, "span_before", date_from - ONE_DAY)
        last = self._join_span(query, "span_last", date_to)

        def column(name):
            return assignment._field_to_sql(query.table, name, query)

        entry = SQL(
            """CASE WHEN %(assigned)s >= %(first_day)s THEN
                         CASE WHEN %(source)s IN ('programme', 'conclusion')
                              THEN %(source)s ELSE 'adhoc' END
                    WHEN %(before)s.overdue_from <= %(day_before)s
                    THEN 'carried_overdue'
                    WHEN %(before)s.is_extended THEN 'carried_extended'
                    ELSE 'carried_in_time' END""",
            assigned=column("assigned_on"),
            source=column("source"),
            first_day=date_from,
            day_before=date_from - ONE_DAY,
            before=before,
        )
        exit_ = SQL(
            """CASE WHEN %(confirmed)s <= %(last_day)s THEN
                         CASE WHEN %(is_late)s THEN 'completed_late'
                              ELSE 'completed_on_time' END
                    WHEN %(last)s.overdue_from <= %(last_day)s THEN 'open_overdue'
                    WHEN %(last)s.is_extended THEN 'open_extended'
                    ELSE 'open_in_time' END""",
            confirmed=column("confirmed_on"),
            is_late=column("is_late"),
            last_day=date_to,
            last=last,
        )
        is_open = SQL("%s.id IS NOT NULL", last)
        return query.select(
            SQL("%s AS id", column("id")),
            SQL("%s AS task_id", column("task_id")),
            SQL("%s AS agency_id", column("agency_id")),
            SQL("%s AS entry", entry),
            SQL("%s AS exit", exit_),
            SQL("COALESCE(%s.is_waiting, FALSE) AS waiting", last),
            SQL("COALESCE(%s.is_returned, FALSE) AS returned", last),
            SQL("%s AND %s AS fresh", is_open, self._fresh_sql(column("id"), date_to)),
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
    def _figures(self, date_from, date_to, agency=None):
        """Return the :class:`Figures` of a window, of one agency or of all.

        :param date_from: first day, a date.
        :param date_to: last day, included.
        """
        rows = self.env.execute_query(
            SQL(
                """
                WITH counted AS (%s)
                SELECT agency_id, code, COUNT(*), COUNT(DISTINCT task_id)
                  FROM counted
                  CROSS JOIN LATERAL unnest(ARRAY[
                      'total', entry, exit,
                      CASE WHEN entry LIKE 'carried%%' THEN 'carried'
                           ELSE 'assigned' END,
                      CASE WHEN exit LIKE 'completed%%' THEN 'completed'
                           ELSE 'open' END,
                      CASE WHEN waiting THEN 'waiting' END,
                      CASE WHEN returned THEN 'returned' END,
                      CASE WHEN fresh THEN 'fresh' END
                  ]) AS line (code)
                 WHERE code IS NOT NULL
                 GROUP BY GROUPING SETS ((agency_id, code), (code))
                """,
                self._classified(date_from, date_to, agency),
            )
        )
        return Figures(rows)

    @api.model
    def _counted_ids(self, code, date_from, date_to, agency=None):
        """Return the ids of the assignments counted in one line of the form."""
        return [
            row[0]
            for row in self.env.execute_query(
                SQL(
                    """
                    WITH counted AS (%(counted)s)
                    SELECT id FROM counted
                     WHERE %(code)s IN ('total', entry, exit)
                        OR (%(code)s = 'carried' AND entry LIKE 'carried%%')
                        OR (%(code)s = 'assigned' AND entry NOT LIKE 'carried%%')
                        OR (%(code)s = 'completed' AND exit LIKE 'completed%%')
                        OR (%(code)s = 'open' AND exit LIKE 'open%%')
                        OR (%(code)s = 'waiting' AND waiting)
                        OR (%(code)s = 'returned' AND returned)
                        OR (%(code)s = 'fresh' AND fresh)
                     ORDER BY id
                    """,
                    counted=self._classified(date_from, date_to, agency),
                    code=code,
                )
            )
        ]

    @api.model
    def _counted_rows(self, date_from, date_to, agency=None):
        """Return every counted assignment as a dict, see :meth:`_classified`."""
        return self.env.execute_query_dict(
            SQL(
                "WITH counted AS (%s) SELECT * FROM counted",
                self._classified(date_from, date_to, agency),
            )
        )
