# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import date

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.task_tracking.logic import limits
from odoo.addons.task_tracking.models.task_mixins import boolean_domain

from ..logic.calendar import ADHOC
from .task_report_window import SCOPES, TOPIC_ACTS

#: What may still be told of a report after it was frozen.
AFTERWARDS = frozenset(("is_current", "published_on", "published_by_id", "due_on"))


class TaskReport(models.Model):
    """One report of a period: an agency's, or the one the Office compiles.

    A draft is figures as they are known now and what its author writes; submitted, it
    is frozen (`task.report.snapshot`) and corrected by a further version only.
    """

    _name = "task.report"
    _inherit = [
        "task.closed.mixin",
        "task.scope.mixin",
        "task.mine.mixin",
        "task.files.mixin",
        "task.clock.mixin",
    ]
    _description = "Periodic report"
    _order = "date_to desc, period_id desc, version desc, id"
    _rec_names_search = ["period_id.name", "agency_id.name"]
    #: Its own mailings tell of it.
    _clock_is_reminded = False

    _closed_fields = frozenset(
        (
            "period_id",
            "agency_id",
            "output_id",
            "scope",
            "version",
            "replaces_id",
            "is_current",
            "state",
            "due_on",
            "submitted_by_id",
            "submitted_at",
            "submitted_on",
            "sent_on",
            "snapshot_id",
            "template_id",
            "digest",
            "published_on",
            "published_by_id",
        )
    )
    _scope_depends = ("agency_id", "published_on")

    period_id = fields.Many2one(
        "task.report.period", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(
        related="period_id.company_id", store=True, precompute=True, index=True
    )
    topic = fields.Selection(related="period_id.topic")
    kind = fields.Selection(related="period_id.kind", store=True, precompute=True)
    date_from = fields.Date(related="period_id.date_from", string="Figures from")
    date_to = fields.Date(
        related="period_id.date_to", store=True, precompute=True, string="To the end of"
    )
    agency_id = fields.Many2one(
        "res.partner",
        ondelete="restrict",
        index="btree_not_null",
        help="Empty: the report the Office compiles.",
    )
    agency_kind = fields.Selection(related="agency_id.agency_kind", store=True)
    output_id = fields.Many2one(
        "task.report.output", ondelete="restrict", index="btree_not_null"
    )
    scope = fields.Selection(
        SCOPES, string="Of which tasks", required=True, default="all"
    )
    state = fields.Selection(
        [("draft", "Being written"), ("submitted", "Submitted")],
        required=True,
        default="draft",
        index=True,
        copy=False,
    )
    version = fields.Integer(required=True, default=1)
    replaces_id = fields.Many2one(
        "task.report",
        string="Corrects",
        ondelete="restrict",
        index="btree_not_null",
        copy=False,
    )
    replaced_by_ids = fields.One2many(
        "task.report", "replaces_id", string="Corrected by", readonly=True
    )
    is_current = fields.Boolean(
        default=True, copy=False, help="No later version of it was submitted."
    )
    correction_reason = fields.Text(string="Why it is corrected", copy=False)
    reference = fields.Char(
        string="Number", help="Number and notation on paper, for example 12/BC-STC."
    )
    addressee = fields.Char(help="As printed after “Kính gửi”.")
    causes = fields.Text(string="III. Causes of work not done, or done late")
    difficulties = fields.Text(string="IV. Difficulties and proposals")
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Files", copy=False, bypass_search_access=True
    )
    signer_title = fields.Char(
        help="Authority and position of who signs, for example GIÁM ĐỐC.",
    )
    signer_name = fields.Char()
    submitted_by_id = fields.Many2one(
        "res.users", string="Submitted by", copy=False, ondelete="restrict"
    )
    submitted_at = fields.Datetime(string="Submitted at", copy=False)
    submitted_on = fields.Date(string="Submitted on", copy=False)
    sent_on = fields.Date(
        string="First sent on",
        copy=False,
        help="The day the first version was submitted: being late is judged by it.",
    )
    due_on = fields.Date(
        copy=False, index="btree_not_null", help="Empty: no day is prescribed."
    )
    is_late = fields.Boolean(
        string="Sent late", compute="_compute_is_late", store=True, precompute=True
    )
    is_overdue = fields.Boolean(
        compute="_compute_is_overdue", search="_search_is_overdue"
    )
    first_send_on = fields.Date(
        string="Can be sent from", compute="_compute_first_send_on"
    )
    snapshot_id = fields.Many2one(
        "task.report.snapshot",
        ondelete="restrict",
        copy=False,
        groups=fields.NO_ACCESS,
    )
    digest = fields.Char(
        string="Check code",
        copy=False,
        help="SHA-256 of the frozen report and of all that were frozen before it.",
    )
    published_on = fields.Date(string="Published on", copy=False)
    published_by_id = fields.Many2one(
        "res.users", string="Published by", copy=False, ondelete="restrict"
    )

    _version_uniq = models.UniqueIndex(
        "(period_id, agency_id, version) WHERE agency_id IS NOT NULL",
        "The agency has this report already.",
    )
    _output_uniq = models.UniqueIndex(
        "(period_id, COALESCE(output_id, 0), version) WHERE agency_id IS NULL",
        "The Office has this report already.",
    )

    @api.depends("period_id", "agency_id", "version")
    def _compute_display_name(self):
        for report in self:
            words = [report.period_id.display_name or ""]
            words.append(report.agency_id.name or report.company_id.name or "")
            name = " - ".join(filter(None, words))
            if report.version > 1:
                name = self.env._(
                    "%(report)s (version %(version)s)",
                    report=name,
                    version=report.version,
                )
            report.display_name = name

    @api.depends("sent_on", "due_on")
    def _compute_is_late(self):
        for report in self:
            report.is_late = bool(
                report.sent_on and report.due_on and report.sent_on > report.due_on
            )

    @api.depends("state", "due_on", "version")
    def _compute_is_overdue(self):
        for report in self:
            today = report.company_id._task_today()
            report.is_overdue = bool(
                report.state == "draft"
                and report.version == 1
                and report.due_on
                and report.due_on < today
            )

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        days = self.env["task.clock"]._todays()
        positive = (
            Domain("state", "=", "draft")
            & Domain("version", "=", 1)
            & Domain.OR(
                Domain("company_id", "in", companies.ids) & Domain("due_on", "<", today)
                for today, companies in days
            )
        )
        return boolean_domain(positive, value)

    @api.depends("period_id.date_to", "due_on")
    def _compute_first_send_on(self):
        for report in self:
            report.first_send_on = report.period_id._first_send_day(report.due_on)

    # -- who sees it -----------------------------------------------------------
    @api.model
    def _scope_domain(self):
        """What an agency reads: its own, its units', and what was published."""
        agencies = self.env.user._task_agency_ids()
        published = Domain("agency_id", "=", False) & Domain(
            "published_on", "!=", False
        )
        if not agencies:
            return published
        return Domain("agency_id", "in", agencies) | published

    # -- what may be written when ----------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(
                self.env._("Reports are opened with their period, not one by one.")
            )
        return super().create(vals_list)

    def write(self, vals):
        """Frozen is frozen: not even the system changes what was submitted."""
        if not set(vals) <= AFTERWARDS:
            for report in self:
                if report.state != "draft":
                    raise report._edit_refusal()
                if not self.env.su and (refusal := report._edit_refusal()):
                    raise refusal
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if self.filtered(lambda report: report.state != "draft"):
            raise UserError(self.env._("What was submitted is kept."))

    def _fixed_files(self):
        return self.filtered(lambda report: report.state != "draft")

    def _are_fixed(self, files):
        """A draft's files are its author's, as its words are."""
        for report in self.with_user(self.env.uid):
            if refusal := report._author_refusal():
                raise refusal
        return super()._are_fixed(files)

    # -- time limits -----------------------------------------------------------
    def _act(self):
        """The duty that submitting this report is, a code of limits.ACTS."""
        self.ensure_one()
        of_agency, of_office = TOPIC_ACTS[self.period_id.topic]
        return of_agency if self.agency_id else of_office

    def _asked_on(self):
        """The day an ad hoc report was asked for by; None of a periodic one."""
        period = self.period_id
        if period.kind != ADHOC:
            return None
        return period.asked_send_on if self.agency_id else period.asked_compile_on

    def _clock_company(self):
        return self.period_id.company_id

    def _clock_events(self):
        return {"window_end": self.period_id.date_to}

    def _clock_facts(self):
        return {"period": self.period_id.kind}

    def _clock_reckon(self, act, period=None):
        """An ad hoc report is due on the day it was asked for by (BG Đ20.1)."""
        asked = self._asked_on()
        if not asked:
            return super()._clock_reckon(act, period)
        regulation = self._clock_company()._task_regulation()
        rule = regulation._rule(act, **self._clock_facts()).sudo()
        if not rule:
            return rule, None
        told = limits.Rule(act, rule.actor, event="window_end", ref=rule.id)
        return rule, limits.Due(told, self.period_id.date_to, asked)

    def _prepare_clock_vals(self, rule, due, period=None):
        vals = super()._prepare_clock_vals(rule, due, period)
        if self._asked_on():
            vals["explanation"]["is_asked"] = True
        # a rule that states no limit is met by nothing: an ad hoc report is, by itself
        return {**vals, "stop": "report"}

    def _reckoned_days(self):
        """The days the agencies and the Office are to have their reports ready by, of
        a period that is not opened yet; None where none is prescribed."""
        self.ensure_one()
        acts = filter(None, TOPIC_ACTS[self.period_id.topic])
        period = self.period_id._logic_period()
        dues = [self._clock_reckon(act, period)[1] for act in acts]
        return [due.due_on if due else None for due in dues]

    def _start_clocks(self):
        """Start the clocks of new reports; none whose day had passed before the
        company began to follow a regulation."""
        for (act, period), reports in self.grouped(
            lambda report: (report._act(), report.period_id)
        ).items():
            since = period.company_id.task_since or date.min
            of_one = reports[:1]._clock_reckon(act, period._logic_period())[1]
            if of_one and of_one.due_on >= since:
                reports._clock_start(act, period._logic_period())
            elif not of_one:
                for report in reports.filtered(lambda one: one._asked_on()):
                    report.due_on = report._asked_on()


class TaskClock(models.Model):
    _inherit = "task.clock"

    @api.model_create_multi
    def create(self, vals_list):
        """A report shows the day its clock ends, also when it was counted anew."""
        clocks = super().create(vals_list)
        reports = self.env["task.report"].sudo()
        for clock in clocks.filtered(lambda one: one.res_model == reports._name):
            reports.browse(clock.res_id).due_on = clock.due_on
        return clocks
