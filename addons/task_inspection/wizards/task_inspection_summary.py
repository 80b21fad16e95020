# SPDX-License-Identifier: LGPL-3.0-or-later
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

#: What is counted of inspections, in the order told.
OF_INSPECTIONS = ("issued", "under_way", "ended", "concluded", "late", "cancelled")
DEGREES = ("slight", "serious", "grave")
RECOMMENDATION_STATES = ("open", "assigned", "overdue", "done", "withdrawn")


class TaskInspectionSummary(models.TransientModel):
    """The inspections of one month, for the Committee's regular monthly meeting (BG
    Đ11.1d). Every number is counted by the domain of the records it opens."""

    _name = "task.inspection.summary"
    _inherit = ["task.letter.mixin"]
    _description = "Summary of inspections"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    month = fields.Date(
        required=True,
        default=lambda self: self.env.company._task_today().replace(day=1),
        help="Any day of the month that is summed up.",
    )
    date_from = fields.Date(string="From", compute="_compute_dates")
    date_to = fields.Date(
        string="As of",
        compute="_compute_dates",
        help="The last day of the month, or today while it runs.",
    )
    planned_count = fields.Integer(
        string="Planned in the month",
        compute="_compute_counts",
        help="Lines of approved plans with a day in the month.",
    )
    issued_count = fields.Integer(string="Issued", compute="_compute_counts")
    under_way_count = fields.Integer(
        string="Under way",
        compute="_compute_counts",
        help="Issued and not yet ended on the last day counted.",
    )
    ended_count = fields.Integer(string="Ended", compute="_compute_counts")
    concluded_count = fields.Integer(string="Concluded", compute="_compute_counts")
    late_count = fields.Integer(
        string="Conclusions late",
        compute="_compute_counts",
        help="Handed in late in the month, or past due on the last day counted.",
    )
    cancelled_count = fields.Integer(
        string="Cancelled",
        compute="_compute_counts",
        help="Issued before, given up in the month.",
    )
    slight_count = fields.Integer(string="Slight failings", compute="_compute_counts")
    serious_count = fields.Integer(string="Serious failings", compute="_compute_counts")
    grave_count = fields.Integer(
        string="Very serious failings", compute="_compute_counts"
    )
    open_count = fields.Integer(
        string="Recommendations open", compute="_compute_counts"
    )
    assigned_count = fields.Integer(
        string="Recommendations assigned as tasks", compute="_compute_counts"
    )
    overdue_count = fields.Integer(
        string="Recommendations overdue", compute="_compute_counts"
    )
    done_count = fields.Integer(
        string="Recommendations done", compute="_compute_counts"
    )
    withdrawn_count = fields.Integer(
        string="Recommendations whose task was withdrawn", compute="_compute_counts"
    )
    inspection_ids = fields.Many2many(
        "task.inspection",
        string="Inspections of the month",
        compute="_compute_inspections",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """
        :raise UserError: if the regulation asks for no summary.
        """
        summaries = super().create(vals_list)
        for company in summaries.company_id:
            if (
                not company._task_regulation()
                .sudo()
                ._prescribes("summary", "monthly_meeting")
            ):
                raise UserError(
                    self.env._(
                        "%(regulation)s asks for no summary of inspections.",
                        regulation=company._task_regulation().sudo().display_name,
                    )
                )
        return summaries

    @api.depends("month", "company_id")
    def _compute_display_name(self):
        for summary in self:
            first = summary.date_from
            summary.display_name = first and (
                f"Tổng hợp kết quả kiểm tra tháng {first.month}/{first.year}"
            )

    @api.depends("month", "company_id")
    def _compute_dates(self):
        for summary in self:
            first = summary.month and summary.month.replace(day=1)
            last = first and first + relativedelta(months=1, days=-1)
            today = summary.company_id._task_today()
            summary.date_from = first
            # a month to come has no day yet that could be counted up to
            summary.date_to = last and max(min(last, today), first)

    # -- what is counted ---------------------------------------------------------------
    def _records_of(self, key):
        """(model, domain) of the records that the number `key` counts."""
        first, last = self.date_from, self.date_to
        own = Domain("company_id", "=", self.company_id.id)
        within = lambda name: Domain(name, ">=", first) & Domain(name, "<=", last)  # noqa: E731
        if key == "planned":
            month_end = first + relativedelta(months=1, days=-1)
            return "task.inspection.plan.line", own & Domain(
                "plan_state", "=", "approved"
            ) & Domain("date_from", "<=", month_end) & Domain("date_to", ">=", first)
        if key in DEGREES:
            return "task.inspection.finding", own & self._failing_domain() & Domain(
                "degree", "=", key
            )
        if key in RECOMMENDATION_STATES:
            return "task.inspection.recommendation", (
                own & self._recommended_domain() & Domain("state", "=", key)
            )
        domains = {
            "issued": lambda: within("issued_on"),
            "ended": lambda: within("ended_on"),
            "concluded": lambda: within("concluded_on"),
            "under_way": lambda: (
                Domain("issued_on", "<=", last)
                & (
                    Domain("state", "!=", "cancelled")
                    | Domain("cancelled_on", ">", last)
                )
                & (Domain("ended_on", "=", False) | Domain("ended_on", ">", last))
            ),
            "late": self._late_domain,
            "cancelled": lambda: (
                within("cancelled_on") & Domain("issued_on", "!=", False)
            ),
        }
        return "task.inspection", own & domains[key]()

    def _failing_domain(self):
        """Failings told by the conclusions of the month."""
        return (
            Domain("is_failing", "=", True)
            & Domain("inspection_id.concluded_on", ">=", self.date_from)
            & Domain("inspection_id.concluded_on", "<=", self.date_to)
        )

    def _recommended_domain(self):
        """All that was recommended up to the last day counted, as it stands today."""
        return Domain("inspection_id.concluded_on", "<=", self.date_to)

    def _late_domain(self):
        """Conclusions handed in late in the month, or past due on its last day."""
        late = Domain("stopped_on", ">=", self.date_from)
        late &= Domain("stopped_on", "<=", self.date_to)
        late &= Domain("is_late", "=", True)
        waiting = Domain("stopped_on", "=", False)
        waiting |= Domain("stopped_on", ">", self.date_to)
        clocks = self.env["task.clock"]._search(
            Domain("res_model", "=", "task.inspection")
            & Domain("act", "=", "inspection_conclusion")
            & Domain("cancelled_on", "=", False)
            & (late | (waiting & Domain("due_on", "<", self.date_to)))
        )
        return Domain("id", "in", clocks.subselect("res_id"))

    @api.depends("month", "company_id")
    def _compute_counts(self):
        for summary in self:
            for key, number in summary._counts().items():
                summary[f"{key}_count"] = number

    def _counts(self):
        """{key: number}; as many queries for many inspections as for few."""
        self.ensure_one()
        keys = ("planned", *OF_INSPECTIONS, *DEGREES, *RECOMMENDATION_STATES)
        counts = dict.fromkeys(keys, 0)
        if not self.date_from:
            return counts
        for key in ("planned", *OF_INSPECTIONS):
            model, domain = self._records_of(key)
            counts[key] = self.env[model].search_count(domain)
        own = Domain("company_id", "=", self.company_id.id)
        for model, domain, name in (
            ("task.inspection.finding", self._failing_domain(), "degree"),
            ("task.inspection.recommendation", self._recommended_domain(), "state"),
        ):
            groups = self.env[model]._read_group(own & domain, [name], ["__count"])
            counts.update({key: number for key, number in groups if key in counts})
        return counts

    @api.depends("month", "company_id")
    def _compute_inspections(self):
        for summary in self:
            domain = Domain.FALSE
            if summary.date_from:
                domain = Domain.OR(
                    summary._records_of(key)[1] for key in OF_INSPECTIONS
                )
            summary.inspection_ids = self.env["task.inspection"].search(
                domain, order="issued_on, id"
            )

    def action_open(self):
        """Open the records of one number, `key` in the context of its button."""
        self.ensure_one()
        key = self.env.context.get("key")
        if f"{key}_count" not in self._fields:
            raise UserError(self.env._("Choose a number to open."))
        model, domain = self._records_of(key)
        return {
            "type": "ir.actions.act_window",
            "name": self._fields[f"{key}_count"]._description_string(self.env),
            "res_model": model,
            "view_mode": "list,form",
            "domain": [("id", "in", self.env[model].search(domain).ids)],
        }
