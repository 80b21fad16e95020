# SPDX-License-Identifier: LGPL-3.0-or-later
from collections import Counter

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..logic.evaluation import MOST_FAULTS, PART_BITS, PARTS, SOURCES
from ..logic.form import FRESH_CODE, MASKS

#: Parts that are a line of Phụ lục I, by the code of the line.
LINES = {
    "completed": "completed",
    "completed_on_time": "completed_on_time",
    "open": "open",
    "open_overdue": "open_overdue",
    "fresh": FRESH_CODE,
}


class TaskEvaluationEngine(models.AbstractModel):
    """Counts what agencies are measured by, in a window.

    Each source (assignments, results, hand-backs, reports) is one query that gives
    (id, agency_id, parts): `parts` are the `logic.evaluation.PART_BITS` the record is
    counted in. The same query gives the counts, the records behind a figure and what
    is kept of them on publication, so the three cannot differ. Assignments are those
    of Phụ lục I, classified by `task.report.engine` within the reader's record rules.
    """

    _name = "task.evaluation.engine"
    _description = "Counts for the evaluation of agencies"

    # -- its uses ------------------------------------------------------------------
    @api.model
    def _counts(self, date_from, date_to, agency=None):
        """Return {agency id: {part: number}}, only agencies with something to count.

        A query for each source, however many agencies and assignments there are.

        :param agency: a res.partner; empty counts every agency of the company.
        """
        counts = {}
        for model, parts in SOURCES.items():
            source = self._source(model, date_from, date_to, agency)
            if source is None:
                continue
            rows = self.env.execute_query(
                SQL(
                    "SELECT agency_id, parts, COUNT(*) FROM (%s) AS counted"
                    " WHERE parts <> 0 GROUP BY agency_id, parts",
                    source,
                )
            )
            for agency_id, bits, number in rows:
                its = counts.setdefault(agency_id, Counter())
                for part in parts:
                    if bits & PART_BITS[part]:
                        its[part] += number
        return {agency_id: dict(its) for agency_id, its in counts.items()}

    @api.model
    def _part_ids(self, part, date_from, date_to, agencies):
        """Return the ids of the records counted in a part, of `agencies`.

        :param part: a key of `logic.evaluation.PARTS`, whose value is their model.
        :param agencies: res.partner records.
        """
        agency = agencies if len(agencies) == 1 else None
        source = self._source(PARTS[part], date_from, date_to, agency)
        if source is None:
            return []
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM (%s) AS counted WHERE parts & %s <> 0"
                " AND agency_id IN %s ORDER BY id",
                source,
                PART_BITS[part],
                tuple(agencies.ids) or (0,),
            )
        )
        return [row[0] for row in rows]

    @api.model
    def _rows(self, date_from, date_to):
        """Yield (model, [(id, agency id, parts), …]) of everything counted, for the
        record that is kept of a published evaluation."""
        for model in SOURCES:
            source = self._source(model, date_from, date_to)
            if source is not None:
                yield (
                    model,
                    self.env.execute_query(
                        SQL(
                            "SELECT id, agency_id, parts FROM (%s) AS counted"
                            " WHERE parts <> 0 ORDER BY id",
                            source,
                        )
                    ),
                )

    # -- the sources -----------------------------------------------------------------
    def _source(self, model, date_from, date_to, agency=None):
        """SQL (id, agency_id, parts) of one model; None where it does not exist."""
        if model not in self.env:
            return None
        make = {
            "task.assignment": self._assignments,
            "task.result": self._results,
            "task.return": self._returns,
            "task.report": self._reports,
        }[model]
        return make(date_from, date_to, agency)

    def _classified(self, date_from, date_to, agency):
        return self.env["task.report.engine"]._classified(date_from, date_to, agency)

    def _bits(self, conditions):
        """SQL of the bits of {part: SQL condition}."""
        return SQL(" + ").join(
            SQL("CASE WHEN %s THEN %s ELSE 0 END", condition, PART_BITS[part])
            for part, condition in conditions.items()
        )

    def _assignments(self, date_from, date_to, agency=None):
        """The lead assignments of Phụ lục I.

        A *product* has a verdict: completed in the window, or overdue on its last
        day. It is *late* as many times as it fell overdue up to its completion (or
        the last day): a run of overdue days is one delay, however long. An objective
        cause confirmed for the assignment takes all of them away.
        """
        self._flush_sources()
        conditions = {
            part: SQL("mask & %s <> 0", MASKS[code]) for part, code in LINES.items()
        }
        conditions["dated"] = SQL("due_on IS NOT NULL")
        conditions["extension_asked"] = SQL("due_on IS NOT NULL AND asked")
        conditions["extension_granted"] = SQL("due_on IS NOT NULL AND granted")
        is_product = SQL("mask & %s <> 0", MASKS["completed"] | MASKS["open_overdue"])
        for name, column in (("late", "delays"), ("failed", "refusals")):
            for times in range(MOST_FAULTS + 1):
                conditions[f"{name}_{times}"] = SQL(
                    "%s AND LEAST(%s, %s) = %s",
                    is_product,
                    SQL.identifier(column),
                    MOST_FAULTS,
                    times,
                )
        return SQL(
            """
            WITH counted AS MATERIALIZED (
                SELECT counted.*, assignment.completed_on AS done_on,
                       LEAST(%(date_to)s, CASE WHEN counted.mask & %(completed)s <> 0
                             THEN assignment.completed_on END) AS until
                  FROM (%(classified)s) AS counted
                  JOIN task_assignment assignment ON assignment.id = counted.id
            ),
            run AS (
                SELECT span.assignment_id, span.day_from, span.day_to,
                       span.overdue_from, counted.until,
                       span.overdue_from = span.day_from
                       AND LAG(span.day_to) OVER life = span.day_from
                       AND LAG(span.overdue_from) OVER life IS NOT NULL AS goes_on
                  FROM task_assignment_span span
                  JOIN counted ON counted.id = span.assignment_id
                WINDOW life AS (PARTITION BY span.assignment_id ORDER BY span.day_from)
            ),
            overdue AS (
                SELECT assignment_id,
                       COUNT(*) FILTER (WHERE goes_on IS NOT TRUE) AS falls,
                       BOOL_OR(day_to IS NULL OR day_to >= until) AS to_the_end
                  FROM run WHERE overdue_from <= until GROUP BY assignment_id
            ),
            fault AS (
                SELECT counted.id,
                       COALESCE(overdue.falls, 0)
                       -- on the day of completion itself no span may be left
                       + CASE WHEN counted.mask & %(completed_late)s <> 0
                               AND counted.due_on < counted.done_on
                               AND overdue.to_the_end IS NOT TRUE
                              THEN 1 ELSE 0 END AS delays,
                       (SELECT COUNT(*) FROM task_fact fact
                         WHERE fact.assignment_id = counted.id
                           AND fact.kind = 'refused' AND fact.day <= %(date_to)s
                       ) AS refusals,
                       EXISTS (SELECT 1 FROM task_objective_cause cause
                                WHERE cause.assignment_id = counted.id
                                  AND cause.cancelled_on IS NULL) AS is_excused
                  FROM counted LEFT JOIN overdue ON overdue.assignment_id = counted.id
            ),
            judged AS (
                SELECT counted.id, counted.agency_id, counted.mask, counted.due_on,
                       CASE WHEN is_excused THEN 0 ELSE delays END AS delays,
                       CASE WHEN is_excused THEN 0 ELSE refusals END AS refusals,
                       EXISTS (SELECT 1 FROM task_extension extension
                                WHERE extension.assignment_id = counted.id
                                  AND extension.state IN
                                      ('waiting', 'accepted', 'refused')
                                  AND extension.submitted_on
                                      BETWEEN %(date_from)s AND %(date_to)s) AS asked,
                       EXISTS (SELECT 1 FROM task_extension extension
                                WHERE extension.assignment_id = counted.id
                                  AND extension.state = 'accepted'
                                  AND extension.decided_on
                                      BETWEEN %(date_from)s AND %(date_to)s) AS granted
                  FROM counted JOIN fault USING (id)
            )
            SELECT id, agency_id, %(bits)s AS parts FROM judged
            """,
            classified=self._classified(date_from, date_to, agency),
            completed=MASKS["completed"],
            completed_late=MASKS["completed_late"],
            date_from=date_from,
            date_to=date_to,
            bits=self._bits(conditions),
        )

    def _results(self, date_from, date_to, agency=None):
        """Results of those assignments: accepted where the assignment was completed
        in the window, refused where they were refused in it. Nothing is refused
        where the regulation requires no confirmation."""
        self._flush_sources()
        accepted = SQL("state = 'accepted' AND mask & %s <> 0", MASKS["completed"])
        rated = SQL("%s AND rated_on IS NOT NULL", accepted)
        conditions = {
            "rated": rated,
            "rated_well": SQL(
                "%s AND rating_quality IN ('good', 'fair')"
                " AND rating_effect IN ('good', 'fair')",
                rated,
            ),
            "result_accepted": SQL("needs_confirmation AND %s", accepted),
            "result_refused": SQL(
                "needs_confirmation AND state = 'refused'"
                " AND decided_on BETWEEN %s AND %s",
                date_from,
                date_to,
            ),
        }
        return SQL(
            """
            SELECT id, agency_id, %s AS parts FROM (
                SELECT result.id, counted.agency_id, counted.mask, result.state,
                       result.decided_on, result.rated_on, result.rating_quality,
                       result.rating_effect, assignment.needs_confirmation
                  FROM (%s) AS counted
                  JOIN task_assignment assignment ON assignment.id = counted.id
                  JOIN task_result result ON result.assignment_id = counted.id
            ) AS result
            """,
            self._bits(conditions),
            self._classified(date_from, date_to, agency),
        )

    def _returns(self, date_from, date_to, agency=None):
        """Hand-backs answered in the window; “a task is missing” hands nothing back.

        They are of no window's assignments: one that is accepted is withdrawn.
        """
        returns = self.env["task.return"]
        query = returns._search(
            Domain("document_id.company_id", "=", self.env.company.id)
            & Domain("kind", "!=", "missing")
            & Domain("assignment_id.role", "=", "lead")
            & Domain("state", "in", ("accepted", "refused"))
            & Domain("decided_on", ">=", date_from)
            & Domain("decided_on", "<=", date_to)
        )

        def column(name):
            return returns._field_to_sql(query.table, name, query)

        query.add_join(
            "LEFT JOIN",
            "taken_over",
            SQL("(%s)", self.env["task.report.engine"]._taken_over(date_to)),
            SQL("taken_over.assignment_id = %s", column("assignment_id")),
        )
        state = column("state")
        found = query.select(
            SQL("%s AS id", SQL.identifier(query.table, "id")),
            SQL("COALESCE(taken_over.agency_id, %s) AS agency_id", column("agency_id")),
            SQL(
                "%s AS parts",
                self._bits(
                    {
                        "return_accepted": SQL("%s = 'accepted'", state),
                        "return_refused": SQL("%s = 'refused'", state),
                    }
                ),
            ),
        )
        return self._of_agency(found, agency)

    def _reports(self, date_from, date_to, agency=None):
        """Agencies' periodic reports whose limit for sending fell due in the window,
        judged as the limit was: sent in time, or late or not at all."""
        reports = self.env["task.report"]
        query = reports._search(
            Domain("company_id", "=", self.env.company.id)
            & Domain("agency_id", "!=", False)
        )
        found = query.select(
            SQL("%s AS id", SQL.identifier(query.table, "id")),
            SQL(
                "%s AS agency_id",
                reports._field_to_sql(query.table, "agency_id", query),
            ),
        )
        self.env["task.clock"].flush_model()
        source = SQL(
            """
            SELECT DISTINCT ON (report.id) report.id, report.agency_id,
                   CASE WHEN clock.stopped_on IS NOT NULL AND NOT clock.is_late
                        THEN %(in_time)s ELSE %(late)s END AS parts
              FROM (%(found)s) AS report
              JOIN task_clock clock
                ON clock.res_model = 'task.report' AND clock.res_id = report.id
             WHERE clock.act = 'report_send'
               AND clock.due_on BETWEEN %(date_from)s AND %(date_to)s
               -- judged: met, or past due before it was cancelled or still running
               AND (clock.cancelled_on IS NULL OR clock.stopped_on IS NULL
                    AND clock.cancelled_on > clock.due_on)
               AND (clock.stopped_on IS NOT NULL OR clock.due_on < %(today)s)
             ORDER BY report.id, clock.cancelled_on IS NOT NULL
            """,
            found=found,
            in_time=PART_BITS["report_in_time"],
            late=PART_BITS["report_late"],
            date_from=date_from,
            date_to=date_to,
            today=self.env.company._task_today(),
        )
        return self._of_agency(source, agency)

    def _of_agency(self, source, agency):
        if not agency:
            return source
        return SQL("SELECT * FROM (%s) AS one WHERE agency_id = %s", source, agency.id)

    def _flush_sources(self):
        """The tables that the queries name themselves."""
        for model in (
            "task.assignment",
            "task.assignment.span",
            "task.fact",
            "task.extension",
            "task.result",
            "task.objective.cause",
        ):
            self.env[model].flush_model()
