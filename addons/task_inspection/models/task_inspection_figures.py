# SPDX-License-Identifier: LGPL-3.0-or-later
from dataclasses import dataclass
from datetime import date, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from odoo.addons.task_tracking.logic.life import ENTRY_KINDS

#: From how many refusals on results are "often" not as they should be (KH Đ19.4; the
#: text gives no number: our reading).
OFTEN = 2
#: The figures that add up to those assigned.
PARTITION = (
    "completed_on_time",
    "completed_late",
    "open_in_time",
    "open_overdue",
    "open_undated",
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How one assignment stood at the end of a day: `codes`, the figures it is in.

    overdue_from: the first day it was overdue; refusals: how often a result was
    refused up to the day.
    """

    id: int
    codes: frozenset
    overdue_from: date | None
    refusals: int


class TaskInspectionSubject(models.Model):
    """The figures of an inspected agency's assignments in scope, as of a day.

    They are told by the ledger (`task.fact`, its spans) and kept with the ids they
    count: what happens later changes nothing of what the team had before it.
    """

    _inherit = "task.inspection.subject"

    figures = fields.Json(copy=False, export_string_translation=False)
    figures_on = fields.Date(string="Figures as of", copy=False)
    figures_table = fields.Json(compute="_compute_figures_table")
    can_take_figures = fields.Boolean(compute="_compute_can_take_figures")

    @api.depends("figures")
    @api.depends_context("lang")
    def _compute_figures_table(self):
        """The figures in their order: [{code, label, count, is_part}, …]."""
        for subject in self:
            figures = subject.figures or {}
            labels = subject._figure_labels(figures.get("freshness_days", 0))
            subject.figures_table = [
                {
                    "code": code,
                    "label": label,
                    "count": len(figures["ids"].get(code, ())),
                    "is_part": code in PARTITION,
                }
                for code, label in labels.items()
                if figures
            ]

    @api.depends_context("uid")
    @api.depends("inspection_id.state")
    def _compute_can_take_figures(self):
        for subject in self:
            subject.can_take_figures = not subject.inspection_id._paper_refusal()

    @api.model
    def _figure_labels(self, days):
        """{code: label} in the order of the table; `days` of the policy."""
        return {
            "assigned": self.env._("Assigned as lead"),
            "completed_on_time": self.env._("Completed on time"),
            "completed_late": self.env._("Completed late"),
            "open_in_time": self.env._("Not completed, in time"),
            "open_overdue": self.env._("Not completed, overdue"),
            "open_undated": self.env._("Not completed, without deadline"),
            "extended": self.env._("Extended, of those assigned"),
            "refused": self.env._("Results refused, of those assigned"),
            "often_refused": self.env._("Results refused more than once"),
            "stale": self.env._(
                "Nothing entered for %(days)s days, of those not completed", days=days
            ),
            "support": self.env._("Assigned as support"),
            "contributed": self.env._("Contributed to, of those as support"),
        }

    # -- taking them -------------------------------------------------------------------
    def action_take_figures(self, day=None):
        """Take the figures of the agency's assignments in scope and keep them.

        :param day: as of the end of this day, a date or ISO string; today by default.
        :raise AccessError: if the caller neither prepares the inspection nor is on
            its team.
        :raise UserError: for a day the ledger cannot tell of.
        """
        self._lock()
        for inspection, subjects in self.grouped("inspection_id").items():
            if refusal := inspection._paper_refusal():
                raise refusal
            today = inspection.company_id._task_today()
            on = fields.Date.to_date(day) or today
            inspection._check_figures_day(on)
            standings = inspection._standings(on)
            days = inspection.sudo().regulation_id._policy("freshness_days")
            for subject in subjects.sudo():
                own = standings.get(subject.agency_id.id, ())
                subject.figures = {
                    "day": fields.Date.to_string(on),
                    "freshness_days": days,
                    "ids": {
                        code: [one.id for one in own if code in one.codes]
                        for code in self._figure_labels(days)
                    },
                }
                subject.figures_on = on
        return True

    def action_open_figure(self, code):
        """Return the action that shows the assignments one number counts, as far as
        the caller reads them.

        :param code: of `figures_table`.
        """
        self.ensure_one()
        self.check_access("read")
        figures = self.figures or {}
        labels = self._figure_labels(figures.get("freshness_days", 0))
        if code not in labels:
            raise UserError(self.env._("There is no such figure."))
        return {
            "type": "ir.actions.act_window",
            "res_model": "task.assignment",
            "name": f"{labels[code]} ({format_date(self.env, self.figures_on)})",
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", figures.get("ids", {}).get(code, []))],
        }

    def _standings_today(self):
        """The `Standing` of each assignment of this agency in scope, as of today."""
        self.ensure_one()
        one = self.inspection_id.sudo()
        standings = one._standings(one.company_id._task_today())
        return standings.get(self.sudo().agency_id.id, [])

    def _assignment_domain(self):
        """The assignments in scope of this agency and its units."""
        self.ensure_one()
        one = self.sudo()
        whole = one.inspection_id._assignment_domain()
        return whole & one.inspection_id._carried_domain(one.agency_id)

    def _explained_tasks(self, codes):
        """Return {code: words} of the tasks an agency explains (KH Đ19.4), a line
        each, as they stand today; no words where there is none of the kind.

        :param codes: the headings of the regulation; those known here: undated, late,
            refused (often, see OFTEN).
        """
        counted = {
            "undated": ("open_undated",),
            "late": ("open_overdue", "completed_late"),
            "refused": ("often_refused",),
        }
        wanted = [code for code in codes if code in counted]
        if not wanted:
            return {}
        standings = self._standings_today()
        lines = {
            code: self._task_lines(
                [one for one in standings if one.codes & {*counted[code]}]
            )
            for code in wanted
        }
        if "undated" in lines:
            lines["undated"] += self._outside_lines()
        # Vietnamese: it is the wording of the agency's own paper
        day = f"{self.company_id._task_today():%d/%m/%Y}"
        return {
            code: "\n".join((f"(Theo số liệu trên hệ thống đến ngày {day})", *found))
            for code, found in lines.items()
            if found
        }

    def _outside_lines(self):
        """A line on each undated task the text keeps out of the register (KH Đ7.2),
        which has no assignment."""
        one = self.sudo()
        inspection = one.inspection_id
        domain = (
            Domain("company_id", "=", one.company_id.id)
            & Domain("state", "=", "outside")
            # a task names whom it was given to, though another took its place since
            & Domain(
                "lead_agency_ids",
                "child_of",
                (one.agency_id | one.agency_id._task_names()).ids,
            )
        )
        if inspection.scope_to:
            domain &= Domain("released_on", "<=", inspection.scope_to)
        if inspection.document_ids:
            domain &= Domain("document_id", "in", inspection.document_ids.ids)
        tasks = self.env["task.task"].sudo().search(domain, order="released_on, id")
        return [f"- {_outside_words(task)}: " for task in tasks]

    def _task_lines(self, standings):
        """A line of words on each assignment, in Vietnamese, for papers."""
        tasks = self.env["task.assignment"].sudo()
        tasks = tasks.browse([one.id for one in standings])
        return [
            f"- {task._inspected_words(one)}: "
            for task, one in zip(tasks, standings, strict=True)
        ]


class TaskInspection(models.Model):
    _inherit = "task.inspection"

    def _check_figures_day(self, day):
        """Whether the ledger tells of the assignments in scope on `day`.

        :raise UserError: for a day to come, one before the time inspected, or one
            since when tasks went over from one agency to another.
        """
        one = self.sudo()
        if day > one.company_id._task_today():
            raise UserError(self.env._("The day is in the future."))
        if one.scope_from and day < one.scope_from:
            raise UserError(self.env._("The day is before the time that is inspected."))
        # what was handed over is counted with whom carries it now
        agencies = one.subject_ids.agency_id.ids
        moved = (
            self.env["task.assignment.tenure"]
            .sudo()
            .search_count(
                Domain("day_to", ">", day)
                & Domain("assignment_id.company_id", "=", one.company_id.id)
                & (
                    Domain("agency_id", "child_of", agencies)
                    | Domain("assignment_id.agency_id", "child_of", agencies)
                ),
                limit=1,
            )
        )
        if moved:
            raise UserError(
                self.env._(
                    "Tasks went over from one agency to another after this day: take a"
                    " later one."
                )
            )

    def _standings(self, day):
        """Return {id of the inspected agency: its list of `Standing`} at the end of
        `day`, in one query; a task of a unit is its nearest inspected agency's."""
        self.ensure_one()
        assignments = self.env["task.assignment"].sudo()
        query = assignments._search(
            self._assignment_domain()
            & Domain("assigned_on", "<=", day)
            & (Domain("withdrawn_on", "=", False) | Domain("withdrawn_on", ">", day))
        )
        days = self.sudo().regulation_id._policy("freshness_days")
        rows = self.env.execute_query_dict(
            self._standings_sql(query, day, day - timedelta(days=days))
        )
        nearest = self._nearest_subjects({row["agency_id"] for row in rows})
        standings = {}
        for row in rows:
            if agency := nearest[row["agency_id"]]:
                standings.setdefault(agency, []).append(_standing(row))
        return standings

    def _standings_sql(self, query, day, since):
        """SQL of what the ledger tells of each assignment of `query` on `day`."""
        assignments = self.env["task.assignment"]
        span = self.env["task.assignment.span"]
        fact = self.env["task.fact"]

        def column(name):
            return assignments._field_to_sql(query.table, name, query)

        query.add_join(
            "LEFT JOIN",
            "span",
            span._table,
            SQL(
                "span.assignment_id = %(id)s AND span.day_from <= %(day)s"
                " AND (span.day_to > %(day)s OR span.day_to IS NULL)",
                id=SQL.identifier(query.table, "id"),
                day=day,
                to_flush=span._fields.values(),
            ),
        )
        query.add_join(
            "LEFT JOIN",
            "told",
            SQL(
                """LATERAL (SELECT COUNT(*) FILTER (WHERE kind = 'refused') AS refusals,
                           MAX(day) FILTER (WHERE kind IN %(kinds)s) AS entered_on,
                           bool_or(kind = 'contributed') AS has_contributed
                      FROM task_fact
                     WHERE assignment_id = %(id)s AND day <= %(day)s)""",
                kinds=ENTRY_KINDS,
                id=SQL.identifier(query.table, "id"),
                day=day,
                to_flush=[
                    fact._fields[name] for name in ("assignment_id", "kind", "day")
                ],
            ),
            SQL("TRUE"),
        )
        query.order = SQL("%s, %s", column("assigned_on"), column("id"))
        return query.select(
            SQL("%s AS id", column("id")),
            SQL("%s AS agency_id", column("agency_id")),
            SQL("%s AS role", column("role")),
            SQL("%s AS is_late", column("is_late")),
            SQL(
                "COALESCE(%s <= %s, FALSE) AS is_completed",
                column("confirmed_on"),
                day,
            ),
            SQL(
                "CASE WHEN span.id IS NULL THEN %s ELSE span.is_extended END"
                " AS is_extended",
                column("is_extended"),
            ),
            SQL("span.deadline IS NOT NULL AS is_dated"),
            SQL(
                "CASE WHEN span.overdue_from <= %s THEN span.overdue_from END"
                " AS overdue_from",
                day,
            ),
            SQL("told.refusals AS refusals"),
            SQL("COALESCE(told.has_contributed, FALSE) AS has_contributed"),
            # what was assigned within the days is not stale
            SQL(
                "%s <= %s AND COALESCE(told.entered_on <= %s, TRUE) AS is_stale",
                column("assigned_on"),
                since,
                since,
            ),
        )

    def _nearest_subjects(self, agency_ids):
        """{agency id: id of the inspected agency nearest above it, itself first, or
        whose place it took}."""
        own = self.sudo().subject_ids.agency_id
        inspected = {one._task_heir().id: one.id for one in own}
        inspected |= {one.id: one.id for one in own}
        nearest = {}
        for agency in self.env["res.partner"].sudo().browse(agency_ids):
            one = agency
            while one and one.id not in inspected:
                one = one.parent_id
            nearest[agency.id] = inspected.get(one.id)
        return nearest


def _outside_words(task):
    """What papers say of a task without deadline, in Vietnamese."""
    directive = task.document_id.reference or task.document_id.abstract
    words = " ".join((task.name or "").split())
    return f"{words} (văn bản {directive}; không có thời hạn)"


def _standing(row):
    """The `Standing` a row of `_standings_sql` tells."""
    if row["role"] == "support":
        codes = {"support"}
        if row["has_contributed"]:
            codes.add("contributed")
        return Standing(row["id"], frozenset(codes), None, 0)
    codes = {"assigned"}
    if row["is_completed"]:
        codes.add("completed_late" if row["is_late"] else "completed_on_time")
    elif row["overdue_from"]:
        codes.add("open_overdue")
    else:
        codes.add("open_in_time" if row["is_dated"] else "open_undated")
    if row["is_extended"]:
        codes.add("extended")
    if row["refusals"]:
        codes.add("refused")
    if row["refusals"] >= OFTEN:
        codes.add("often_refused")
    if row["is_stale"] and not row["is_completed"]:
        codes.add("stale")
    return Standing(row["id"], frozenset(codes), row["overdue_from"], row["refusals"])
