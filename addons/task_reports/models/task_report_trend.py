# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..logic.form import SUMS

#: What the trend draws of each month, codes of the form.
TREND_CODES = (
    "assigned",
    "completed",
    "completed_on_time",
    "completed_late",
    "open_overdue",
)
#: What the trend asks of an assignment.
TREND_COLUMNS = (
    "id",
    "agency_id",
    "assigned_on",
    "withdrawn_on",
    "confirmed_on",
    "is_late",
)


class TaskReportEngine(models.AbstractModel):
    _inherit = "task.report.engine"

    @api.model
    def _trend_counts(self, windows, agency=None):
        """Return, for each window, {code: assignments} of `TREND_CODES`.

        What :meth:`_figures` says of each window, which a test holds it to; but a year
        of months would be as many passes over everything, and this is one.

        :param windows: list of (first day, last day) without a day in common, the
            earliest first.
        :param agency: a res.partner; empty counts every agency of the company.
        """
        assignment = self.env["task.assignment"]
        first, last = windows[0][0], windows[-1][1]
        domain = (
            Domain("company_id", "=", self.env.company.id)
            & Domain("role", "=", "lead")
            & Domain("assigned_on", "<=", last)
            & (Domain("confirmed_on", "=", False) | Domain("confirmed_on", ">=", first))
        )
        if agency:
            domain &= Domain("agency_id", "=", agency.id) | Domain(
                "tenure_ids.agency_id", "=", agency.id
            )
        query = assignment._search(domain)
        columns = SQL(", ").join(
            SQL(
                "%s AS %s",
                assignment._field_to_sql(query.table, name, query),
                SQL.identifier(name),
            )
            for name in TREND_COLUMNS
        )
        rows = self.env.execute_query(
            SQL(
                """
                WITH lead AS MATERIALIZED (%(leads)s),
                     win (nth, s, e) AS (VALUES %(windows)s),
                     late AS MATERIALIZED (
                         SELECT lead.id, lead.agency_id, span.day_to,
                                GREATEST(span.day_from, span.overdue_from) AS late_from
                           FROM lead
                           JOIN task_assignment_span span
                                ON span.assignment_id = lead.id
                          WHERE span.overdue_from <= %(last)s
                            AND (span.day_to > %(first)s OR span.day_to IS NULL))
                SELECT nth, 'assigned', COUNT(*)
                  FROM lead JOIN win ON nth = width_bucket(assigned_on, %(starts)s)
                 WHERE assigned_on <= e
                   AND (withdrawn_on > e OR withdrawn_on IS NULL) AND %(own)s
                 GROUP BY nth
                UNION ALL
                SELECT nth, CASE WHEN is_late THEN 'completed_late'
                                 ELSE 'completed_on_time' END, COUNT(*)
                  FROM lead JOIN win ON nth = width_bucket(confirmed_on, %(starts)s)
                 WHERE confirmed_on <= e
                   AND (withdrawn_on > e OR withdrawn_on IS NULL) AND %(own)s
                 GROUP BY 1, 2
                UNION ALL
                SELECT nth, 'open_overdue', COUNT(*)
                  FROM late AS lead
                  JOIN win ON late_from <= e AND (day_to > e OR day_to IS NULL)
                 WHERE %(own)s
                 GROUP BY nth
                """,
                leads=query.select(columns),
                windows=SQL(", ").join(
                    SQL("(%s, %s::date, %s::date)", nth, *window)
                    for nth, window in enumerate(windows, 1)
                ),
                starts=[window[0] for window in windows],
                first=first,
                last=last,
                own=self._carried_by(agency),
                to_flush=self.env["task.assignment.span"]._fields.values(),
            )
        )
        counts = [dict.fromkeys(TREND_CODES, 0) for _window in windows]
        for nth, code, count in rows:
            counts[nth - 1][code] = count
        for count in counts:
            count["completed"] = sum(count[code] for code in SUMS["completed"])
        return counts

    def _carried_by(self, agency):
        """SQL: the agency carried the assignment `lead` at the end of the day `e`."""
        if not agency:
            return SQL("TRUE")
        tenure = self.env["task.assignment.tenure"]
        return SQL(
            """%s = COALESCE((SELECT tenure.agency_id
                               FROM task_assignment_tenure tenure
                              WHERE tenure.assignment_id = lead.id
                                AND tenure.day_to > e
                              ORDER BY tenure.day_to, tenure.id LIMIT 1),
                            lead.agency_id)""",
            agency.id,
            to_flush=[tenure._fields[name] for name in ("agency_id", "day_to")],
        )
