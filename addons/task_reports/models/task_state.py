# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import timedelta

from odoo import api, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Date, Domain

from odoo.addons.task_tracking.logic.periods import LAST_DAY, Period
from odoo.addons.task_tracking.logic.windows import WindowRule
from odoo.addons.task_tracking.models.task_assignment import OPEN_STATES

from ..logic.figures import percent_text
from ..logic.form import FORM, RATE_FORMULAS, RATES

#: How many report months the trend goes back, the running one included.
MONTHS = 12
#: Classes of age of what is overdue: (key, classes of `task.assignment.ageing`).
AGES = (("1-7", ("1",)), ("8-30", ("2",)), ("31-90", ("3",)), ("90+", ("4", "5")))
#: What each rate is a share of, as codes of the form that exclude each other.
WHOLES = {
    "completion": ("completed", "open_overdue"),
    "on_time": ("completed",),
    "freshness": ("open",),
}
#: How many periods are told of, and how many of the agencies that have not sent.
PERIODS, NAMED = 2, 3
#: The calendar's own months, where a regulation cuts none.
CALENDAR_MONTH = WindowRule("month", 1, 0, LAST_DAY, 0, 12)


class TaskState(models.AbstractModel):
    """The state of the province in one screen, for those who lead.

    Whatever has a period is counted by `task.report.engine`, as Phụ lục I is; what
    stands today by the assignments' own fields. Every number comes with what finds
    exactly its assignments: a domain, or a code and a window for :meth:`action_open`.
    """

    _name = "task.state"
    _description = "State of the tasks"

    @api.model
    def _reader_agency(self):
        """The only agency whose state the reader sees; empty for the whole province.

        :raise AccessError: if the reader is told of none.
        """
        user = self.env.user
        if self.env["task.report.wizard"]._may_report_all():
            return user.env["res.partner"]
        agency = user.sudo().task_agency_id.sudo(self.env.su)
        if not agency or not user.has_group("task_tracking.group_agency_head"):
            raise AccessError(
                self.env._(
                    "This page is for the leaders, the Office and the heads of"
                    " agencies."
                )
            )
        return agency

    @api.model
    @api.readonly
    def get_state(self):
        """Return what the page draws.

        :return: a dict for JSON: `title`, `agency_id` (False for the province),
            `today`; `window` {date_from, date_to} of the completed ones and of the
            rates, the whole of the trend; `totals` and `domains` by key (open,
            overdue, due_soon, waiting); `rates` {code, label, formula, text,
            whole: of how many}; `trend` one {label, date_from, date_to, is_running,
            counts} a month, oldest first; `agencies` {id, name, overdue, due_soon,
            open, completed, rate, whole}, worst first; `ages` {key, count, domain};
            `days` {date, last, count, domain} of this week, and of the next one
            together; `reports` {id, name, sent, expected, missing, overdue, names,
            domain} of the last periods, the last first (`overdue` of the missing;
            `names` of the first agencies missing; `domain` of all agencies' reports).
            Days are ISO strings.
        """
        agency = self._reader_agency()
        today = self.env.company._task_today()
        months = self._months(today)
        first = months[0]["date_from"]
        figures = self.env["task.report.engine"]._figures(first, today, agency)
        standing = self._standing(agency)
        return {
            "title": agency.name or self.env.company.name,
            "agency_id": agency.id,
            "today": Date.to_string(today),
            "window": {
                "date_from": Date.to_string(first),
                "date_to": Date.to_string(today),
            },
            "totals": {
                key: sum(row[key] for row in standing.values())
                for key in ("open", "overdue", "due_soon", "waiting")
            },
            "domains": {
                key: list(domain & self._open_domain(agency))
                for key, domain in self._standing_domains().items()
            },
            "rates": [
                {
                    "code": code,
                    "label": RATES[code],
                    "formula": RATE_FORMULAS[code],
                    "text": percent_text(share),
                    "whole": self._whole(figures, code),
                }
                for code, share in figures.rates().items()
            ],
            "trend": self._trend(months, agency),
            "agencies": self._agencies(figures, standing),
            "ages": self._ages(standing, agency),
            "days": self._days(today, agency),
            "reports": self._reports(today, agency),
        }

    def _whole(self, figures, code, agency_id=None):
        """How many assignments a rate is a share of."""
        return sum(figures.count(one, agency_id) for one in WHOLES[code])

    # -- the report months ---------------------------------------------------------
    @api.model
    def _months(self, today):
        """The last report months as the regulation cuts them, or the calendar's:
        [{label, date_from, date_to, is_running}], the oldest first."""
        window = self.env.company._task_regulation()._report_window("month")
        rule = window._rule() if window else CALENDAR_MONTH
        begun = [
            (last, first, Period("month", year, number))
            for shift in (-2, -1, 0, 1)
            for year, number, first, last in rule.periods(today.year + shift)
            if first <= today
        ]
        return [
            {
                "label": f"{month.number}/{month.year}",
                "date_from": first,
                "date_to": min(last, today),
                "is_running": last >= today,
            }
            for last, first, month in sorted(begun)[-MONTHS:]
        ]

    def _trend(self, months, agency):
        counts = self.env["task.report.engine"]._trend_counts(
            [(month["date_from"], month["date_to"]) for month in months], agency
        )
        return [
            {
                **month,
                "date_from": Date.to_string(month["date_from"]),
                "date_to": Date.to_string(month["date_to"]),
                "counts": found,
            }
            for month, found in zip(months, counts, strict=True)
        ]

    # -- what stands today ---------------------------------------------------------
    def _open_domain(self, agency):
        """The lead assignments that are open now, as Phụ lục I counts them."""
        domain = (
            Domain("company_id", "=", self.env.company.id)
            & Domain("role", "=", "lead")
            & Domain("state", "in", OPEN_STATES)
        )
        return domain & Domain("agency_id", "=", agency.id) if agency else domain

    @api.model
    def _standing_domains(self):
        return {
            "open": Domain.TRUE,
            "overdue": Domain("is_overdue", "=", True),
            "due_soon": Domain("is_due_soon", "=", True),
            "waiting": Domain("state", "=", "submitted"),
        }

    def _standing(self, agency):
        """{agency: {open, overdue, due_soon, waiting, ages: {class: number}}} of the
        open ones, in one query."""
        standing = {}
        for one, state, overdue, due_soon, age, number in self.env[
            "task.assignment"
        ]._read_group(
            self._open_domain(agency),
            ["agency_id", "state", "is_overdue", "is_due_soon", "ageing"],
            ["__count"],
        ):
            row = standing.setdefault(
                one, {"open": 0, "overdue": 0, "due_soon": 0, "waiting": 0, "ages": {}}
            )
            row["open"] += number
            row["overdue"] += number if overdue else 0
            row["due_soon"] += number if due_soon else 0
            row["waiting"] += number if state == "submitted" else 0
            if age:
                row["ages"][age] = row["ages"].get(age, 0) + number
        return standing

    def _agencies(self, figures, standing):
        """The agencies with something open or completed, worst first."""
        nothing = {"open": 0, "overdue": 0, "due_soon": 0}
        agencies = self.env["res.partner"].browse(
            {*figures.agency_ids, *(one.id for one in standing)}
        )
        rank = self.env["task.report.list"]._agency_rank(agencies)
        rows = [
            {
                "id": agency.id,
                "name": agency.name,
                **{key: standing.get(agency, nothing)[key] for key in nothing},
                "completed": figures.count("completed", agency.id),
                "rate": percent_text(figures.rates(agency.id)["completion"]),
                "whole": self._whole(figures, "completion", agency.id),
            }
            for agency in agencies
        ]
        rows.sort(
            key=lambda row: (
                -row["overdue"],
                -row["due_soon"],
                -row["open"],
                rank[row["id"]],
            )
        )
        return rows

    def _ages(self, standing, agency):
        """What is overdue, by how long."""
        return [
            {
                "key": key,
                "count": sum(
                    row["ages"].get(one, 0)
                    for row in standing.values()
                    for one in classes
                ),
                "domain": list(
                    self._open_domain(agency) & Domain("ageing", "in", classes)
                ),
            }
            for key, classes in AGES
        ]

    def _days(self, today, agency):
        """What falls due on each day of this week, then in the whole of the next, of
        what has not been handed in."""
        monday = today - timedelta(days=today.weekday())
        one = timedelta(days=1)
        spans = [(monday + n * one, monday + n * one) for n in range(7)]
        spans.append((monday + 7 * one, monday + 13 * one))
        asked = self._open_domain(agency) & Domain("state", "!=", "submitted")
        counts = dict(
            self.env["task.assignment"]._read_group(
                asked
                & Domain("due_on", ">=", spans[0][0])
                & Domain("due_on", "<=", spans[-1][1]),
                ["due_on:day"],
                ["__count"],
            )
        )
        return [
            {
                "date": Date.to_string(first),
                "last": Date.to_string(last),
                "count": sum(
                    number for day, number in counts.items() if first <= day <= last
                ),
                "domain": list(
                    asked & Domain("due_on", ">=", first) & Domain("due_on", "<=", last)
                ),
            }
            for first, last in spans
        ]

    # -- who has sent the report ---------------------------------------------------
    def _reports(self, today, agency):
        """Who has sent the reports of the last periods that are over."""
        reports = self.env["task.report"]
        periods = self.env["task.report.period"].search(
            Domain("company_id", "=", self.env.company.id)
            & Domain("state", "=", "open")
            & Domain("topic", "=", "figures")
            & Domain("date_to", "<=", today),
            order="date_to desc, id desc",
            limit=PERIODS,
        )
        asked = (
            Domain("period_id", "in", periods.ids)
            & Domain("agency_id", "!=", False)
            & Domain("version", "=", 1)
        )
        if agency:
            asked &= Domain("agency_id", "=", agency.id)
        rows = {
            period: {
                "id": period.id,
                "name": period.display_name,
                **dict.fromkeys(("sent", "expected", "missing", "overdue"), 0),
                "names": [],
                "domain": list(asked & Domain("period_id", "=", period.id)),
            }
            for period in periods
        }
        for period, state, due_on, number in reports._read_group(
            asked, ["period_id", "state", "due_on:day"], ["__count"]
        ):
            row, missing = rows[period], state == "draft"
            row["expected"] += number
            row["missing" if missing else "sent"] += number
            row["overdue"] += number if missing and due_on and due_on < today else 0
        missing = reports.search(
            asked & Domain("state", "=", "draft"), order="due_on, agency_id"
        )
        for report in missing:
            names = rows[report.period_id]["names"]
            if len(names) < NAMED:
                names.append(report.agency_id.name)
        return [row for row in rows.values() if row["expected"]]

    # -- what is behind a number -----------------------------------------------------
    @api.model
    @api.readonly
    def action_open(self, code, date_from, date_to, agency_id=None):
        """Open exactly the assignments counted under a code of the form in a window.

        :param code: of a line of `logic.form`, or of a rate: what it is a share of.
        :param date_from: first day, ISO; `date_to` the last, included.
        :param agency_id: of one agency's row; the reader of one agency gets that one.
        :return: a window action.
        :raise ValidationError: for a code or days that are none.
        """
        agency = self._reader_agency()
        if agency_id and not agency:
            agency = self.env["res.partner"].browse(agency_id)
        labels = {line.code: line.label.rstrip(":") for line in FORM if line.code}
        labels |= {"assigned": self.env._("Assigned in the period"), **RATES}
        try:
            window = Date.to_date(date_from), Date.to_date(date_to)
        except (TypeError, ValueError):
            window = (None, None)
        if code not in labels or not all(window):
            raise ValidationError(self.env._("The form has no such line."))
        ids = [
            found
            for one in WHOLES.get(code, (code,))
            for found in self.env["task.report.engine"]._counted_ids(
                one, *window, agency
            )
        ]
        title = f"{labels[code]} ({agency.name})" if agency else labels[code]
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "task_tracking.action_task_assignment"
            ),
            "name": title,
            "display_name": title,
            "domain": [("id", "in", ids)],
            "context": {},
        }
