# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.task_tracking.logic.periods import Period

from ..logic.calendar import ADHOC, period_words, report_name
from .task_report_window import KINDS, TOPIC_ACTS, TOPICS

ONE_DAY = timedelta(days=1)


class TaskReportPeriod(models.Model):
    """One occurrence of a periodic report: its figures run from day to day, each
    agency owes its report, the Office compiles.

    Periodic ones open by themselves (`_cron_open`); an ad hoc one is prepared and
    opened by an Office manager with days of its own (KH Đ18.4, Đ19.1).
    """

    _name = "task.report.period"
    _inherit = ["task.closed.mixin"]
    _description = "Period of reports"
    _order = "date_to desc, date_from desc, id desc"

    _closed_fields = frozenset(
        (
            "company_id",
            "regulation_id",
            "window_id",
            "topic",
            "kind",
            "year",
            "number",
            "state",
            "opened_on",
        )
    )
    #: What an Office manager says of an ad hoc report, until it is opened.
    _asked_fields = frozenset(
        (
            "title",
            "request",
            "date_from",
            "date_to",
            "asked_send_on",
            "asked_compile_on",
            "agency_ids",
        )
    )

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        ondelete="restrict",
    )
    regulation_id = fields.Many2one(
        "task.regulation",
        ondelete="restrict",
        index="btree_not_null",
        default=lambda self: self.env.company._task_regulation(),
        help="The version in force on the last day of the figures.",
    )
    window_id = fields.Many2one(
        "task.report.window",
        string="By the calendar's line",
        ondelete="restrict",
        index="btree_not_null",
        help="Empty for an ad hoc report.",
    )
    topic = fields.Selection(TOPICS, string="About", required=True, default="figures")
    kind = fields.Selection(
        [*KINDS, (ADHOC, "Ad hoc")], string="Report", required=True, default=ADHOC
    )
    year = fields.Integer()
    number = fields.Integer(help="The period's number within its year.")
    title = fields.Char(help="What the ad hoc report is called.")
    name = fields.Char(
        compute="_compute_name",
        store=True,
        precompute=True,
        help="As the forms call it: “Báo cáo tháng 3 năm 2026”.",
    )
    request = fields.Char(
        string="Asked by", help="Number and date of the paper that asks for it."
    )
    date_from = fields.Date(string="Figures from", required=True)
    date_to = fields.Date(
        string="To the end of", required=True, help="The cut-off; the day is counted."
    )
    asked_send_on = fields.Date(
        string="Agencies send by", help="Of an ad hoc report: as it was asked for."
    )
    asked_compile_on = fields.Date(
        string="The Office compiles by",
        help="Of an ad hoc report: as it was asked for.",
    )
    agency_ids = fields.Many2many(
        "res.partner",
        string="Asked of",
        domain=[("is_agency", "=", True)],
        help="Of an ad hoc report. Empty: every agency that reports.",
    )
    state = fields.Selection(
        [("draft", "Being prepared"), ("open", "Opened")],
        required=True,
        default="draft",
        copy=False,
    )
    opened_on = fields.Date(string="Opened on", copy=False)
    report_ids = fields.One2many(
        "task.report", "period_id", string="Reports", readonly=True
    )
    send_due_on = fields.Date(
        string="Agencies' day", compute="_compute_due", compute_sudo=True
    )
    compile_due_on = fields.Date(
        string="Office's day", compute="_compute_due", compute_sudo=True
    )
    expected_count = fields.Integer(string="Expected", compute="_compute_counts")
    sent_count = fields.Integer(string="Sent", compute="_compute_counts")
    late_count = fields.Integer(string="Sent late", compute="_compute_counts")
    missing_count = fields.Integer(string="Not sent", compute="_compute_counts")
    can_open = fields.Boolean(compute="_compute_can_open")

    _window_uniq = models.UniqueIndex(
        "(company_id, window_id, year, number) WHERE window_id IS NOT NULL",
        "This period was opened already.",
    )

    @api.depends("topic", "kind", "year", "number", "date_from", "date_to", "title")
    def _compute_name(self):
        for period in self:
            period.name = (
                report_name(
                    period.topic,
                    period.kind,
                    period.year,
                    period.number,
                    period.date_from,
                    period.date_to,
                    period.title,
                )
                if period.date_from and period.date_to
                else period.title
            )

    @api.depends("report_ids.due_on", "asked_send_on", "asked_compile_on")
    def _compute_due(self):
        for period in self:
            of_agencies = period.report_ids.filtered("agency_id")
            of_office = period.report_ids - of_agencies
            period.send_due_on = of_agencies[:1].due_on or period.asked_send_on
            period.compile_due_on = of_office[:1].due_on or period.asked_compile_on

    @api.depends("report_ids.state", "report_ids.due_on", "report_ids.is_late")
    @api.depends_context("uid")
    def _compute_counts(self):
        """Of the agencies' reports that the reader may see; one query."""
        counts = {}
        for period, state, is_late, number in self.env["task.report"]._read_group(
            Domain("period_id", "in", self.ids)
            & Domain("agency_id", "!=", False)
            & Domain("version", "=", 1),
            ["period_id", "state", "is_late"],
            ["__count"],
        ):
            row = counts.setdefault(period.id, {"draft": 0, "sent": 0, "late": 0})
            if state == "draft":
                row["draft"] += number
            else:
                row["sent"] += number
                row["late"] += number if is_late else 0
        for period in self:
            row = counts.get(period.id, {"draft": 0, "sent": 0, "late": 0})
            period.expected_count = row["draft"] + row["sent"]
            period.sent_count, period.late_count = row["sent"], row["late"]
            period.missing_count = row["draft"]

    @api.depends_context("uid")
    @api.depends("state")
    def _compute_can_open(self):
        for period in self:
            period.can_open = period.state == "draft" and not period._open_refusal()

    @api.constrains("date_from", "date_to", "asked_send_on", "asked_compile_on")
    def _check_days(self):
        for period in self:
            if period.date_from > period.date_to:
                raise ValidationError(self.env._("The last day is before the first."))
            send, compile_ = period.asked_send_on, period.asked_compile_on
            if send and send < period.date_to:
                raise ValidationError(
                    self.env._(
                        "The agencies send on or after the last day of the figures."
                    )
                )
            if send and compile_ and compile_ < send:
                raise ValidationError(
                    self.env._(
                        "The Office compiles on or after the day the agencies send."
                    )
                )

    def write(self, vals):
        if not self.env.su and set(vals) & self._asked_fields:
            for period in self:
                if period.state != "draft":
                    raise UserError(
                        self.env._("A period that was opened is not changed any more.")
                    )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if self.filtered(lambda period: period.state != "draft"):
            raise UserError(self.env._("A period that was opened is kept."))

    # -- words and days --------------------------------------------------------
    def _words(self):
        """The period in the form's words, for "(Kỳ báo cáo …)"."""
        self.ensure_one()
        return period_words(
            self.kind, self.year, self.number, self.date_from, self.date_to
        )

    def _logic_period(self):
        """The calendar period (logic.periods) a periodic duty belongs to; None of an
        ad hoc report."""
        self.ensure_one()
        if self.kind == ADHOC:
            return None
        return Period(self.kind, self.year, self.number)

    def _first_send_day(self, due_on):
        """The first day a report may be sent: the last day of its figures; where all
        days from there to the day it is due are days off, the last working day before
        (the figures then tell what is known of days nobody works on)."""
        if not due_on:
            return self.date_to
        calendar, day = self.company_id._task_calendar(), due_on
        while not calendar.is_workday(day):
            day -= ONE_DAY
        return min(day, self.date_to)

    def action_view_reports(self):
        """Open the agencies' reports of the period; `show` in the context filters."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "task_reports.action_task_report"
        )
        action["domain"] = [("period_id", "=", self.id), ("agency_id", "!=", False)]
        action["context"] = {
            "search_default_current": 1,
            f"search_default_{self.env.context.get('show')}": 1,
        }
        return action

    # -- opening ---------------------------------------------------------------
    def _open_refusal(self):
        if not (self.env.su or self.env.user._task_is_manager()):
            return AccessError(self.env._("An Office manager opens a report."))
        return None

    def action_open(self):
        """Open an ad hoc report: each agency asked finds it on its desk.

        :raise AccessError: if the caller is not an Office manager.
        """
        self.check_access("write")
        self._lock()
        for period in self:
            if refusal := period._open_refusal():
                raise refusal
            if period.state != "draft":
                raise UserError(self.env._("This period was opened already."))
            if not period.asked_send_on:
                raise UserError(self.env._("Say by which day the agencies send."))
        self.sudo()._open()
        return True

    def _open(self):
        """Make the reports of the period and start their clocks."""
        for period in self:
            period.write(
                {"state": "open", "opened_on": period.company_id._task_today()}
            )
            period._make_reports()

    def _make_reports(self):
        """Make the reports that are not there yet: of each agency that reports, and
        those the Office compiles. Agencies may have been added since."""
        self.ensure_one()
        reports = self.env["task.report"].sudo()
        of_agency, of_office = TOPIC_ACTS[self.topic]
        there = self.report_ids
        vals_list = []
        if of_agency:
            missing = self._expected_agencies() - there.agency_id
            addressee = self._usual_windows()[:1].addressee or False
            vals_list += [
                {
                    "period_id": self.id,
                    "agency_id": agency.id,
                    "addressee": addressee,
                    "scope": "year_end" if self.topic == "year_end_list" else "all",
                }
                for agency in missing
            ]
        if of_office and not there.filtered(lambda report: not report.agency_id):
            # of an ad hoc report there is one, of all tasks
            outputs = self.window_id.output_ids or [self.env["task.report.output"]]
            usual = self._usual_windows().output_ids[:1]
            vals_list += [
                {
                    "period_id": self.id,
                    "output_id": output.id,
                    "addressee": output.addressee or usual.addressee or False,
                    "scope": output.scope or "all",
                }
                for output in outputs
            ]
        new = reports.create(vals_list)
        new._start_clocks()
        return new

    def _usual_windows(self):
        """The line of the calendar; of an ad hoc report those that tell to whom the
        periodic ones go."""
        return self.window_id or self.regulation_id.report_window_ids.filtered(
            lambda window: window.topic == self.topic
        )

    def _expected_agencies(self):
        """The agencies that owe a report of this period."""
        asked = self._asked_agencies()
        if asked:
            return asked
        return self.env["res.partner"]._reporting_agencies(
            self.company_id, self.date_to
        )

    def _asked_agencies(self):
        """The agencies an ad hoc report is asked of, or who took their place by its
        last day; empty: every one that reports."""
        asked = self.sudo().with_context(active_test=False).agency_ids
        heirs = [agency._task_heir(self.date_to).id for agency in asked]
        return self.env["res.partner"].browse(dict.fromkeys(heirs))
