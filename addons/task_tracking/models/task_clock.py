# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import datetime

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import AccessError, ConcurrencyError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from . import explanation
from .task_mixins import boolean_domain

#: Who watches over all tasks of a company: the Office and the leaders.
OFFICE_GROUPS = "task_tracking.group_office_specialist,task_tracking.group_leader"


class TaskClock(models.Model):
    """A time limit running on a record: started by an event, stopped by an act.

    The due date and its reasons are fixed when the clock starts; all that happens
    to it afterwards is to be stopped, or cancelled, once. Only code starts and stops
    clocks (see task.clock.mixin), in sudo; nobody has the right to write one.
    """

    _name = "task.clock"
    _description = "Running Time Limit"
    _order = "due_on, id"
    _rec_name = "act"

    rule_id = fields.Many2one(
        "task.regulation.rule", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    act = fields.Selection(
        lambda self: self._rule_selection("act"),
        string="Duty",
        required=True,
        index=True,
    )
    actor = fields.Selection(
        lambda self: self._rule_selection("actor"), string="Whose", required=True
    )
    stop = fields.Selection(
        lambda self: self._rule_selection("stop"), string="Met by", required=True
    )
    res_model = fields.Char(string="Kind of record", required=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", required=True, index=True
    )
    record_name = fields.Char(string="Concerns", compute="_compute_record_name")
    started_on = fields.Date(
        string="Counted from",
        required=True,
        help="The day of the event. Of a periodic duty the last day of its period.",
    )
    period = fields.Char(
        help="Of a periodic duty: the kind of period (logic.periods) it belongs to."
    )
    due_on = fields.Date(required=True, index=True)
    due_at = fields.Datetime(help="Only of limits in hours.")
    stopped_on = fields.Date()
    stopped_at = fields.Datetime(help="Only of limits in hours.")
    is_late = fields.Boolean(compute="_compute_is_late", store=True)
    cancelled_on = fields.Date(
        help="The duty fell away, or was counted anew. What was past due by then stays"
        " missed."
    )
    note = fields.Char(string="Why cancelled")
    replaces_id = fields.Many2one(
        "task.clock",
        string="Instead of",
        ondelete="restrict",
        index="btree_not_null",
        help="The limit as it was before it was counted anew.",
    )
    old_due_on = fields.Date(related="replaces_id.due_on", string="Due before")
    reason = fields.Char(related="replaces_id.note", string="Reason")
    explanation = fields.Json(help="The reasons of the due date, as data.")
    why = fields.Html(string="Why this date?", compute="_compute_why", sanitize=False)
    state = fields.Selection(
        [
            ("running", "Running"),
            ("missed", "Past due"),
            ("in_time", "In time"),
            ("late", "Late"),
            ("cancelled", "Cancelled"),
        ],
        compute="_compute_state",
        search="_search_state",
    )
    in_my_scope = fields.Boolean(
        compute="_compute_in_my_scope",
        search="_search_in_my_scope",
        compute_sudo=False,
        export_string_translation=False,
    )

    _record_idx = models.Index("(res_id, res_model)")
    # A duty of a record is counted from one day once.
    _started_uniq = models.UniqueIndex(
        "(res_model, res_id, act, started_on) WHERE cancelled_on IS NULL"
    )

    def _rule_selection(self, name):
        """The words of the rules, so that an addon adds its own in one place."""
        field = self.env["task.regulation.rule"]._fields[name]
        return field._description_selection(self.env)

    @api.depends("due_on", "due_at", "stopped_on", "stopped_at")
    def _compute_is_late(self):
        """Hours are compared by the clock, days (or a day alone known) by the day."""
        for clock in self:
            if clock.due_at and clock.stopped_at:
                clock.is_late = clock.stopped_at > clock.due_at
            else:
                clock.is_late = bool(
                    clock.stopped_on and clock.stopped_on > clock.due_on
                )

    @api.depends("act")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["act"]._description_selection(self.env))
        for clock in self:
            clock.display_name = labels.get(clock.act, "")

    @api.depends("res_model", "res_id")
    def _compute_record_name(self):
        for model, clocks in self.grouped("res_model").items():
            names = {
                one.id: one.display_name
                for one in self.env[model].browse(clocks.mapped("res_id"))
            }
            for clock in clocks:
                clock.record_name = names[clock.res_id]

    @api.depends("explanation")
    @api.depends_context("lang", "company")
    def _compute_why(self):
        for clock in self:
            clock.why = explanation.html(self.env, clock.explanation)

    @api.depends("due_on", "due_at", "stopped_on", "cancelled_on", "is_late")
    def _compute_state(self):
        now = fields.Datetime.now()
        for company, clocks in self.grouped("company_id").items():
            today = company._task_today()
            for clock in clocks:
                clock.state = clock._state_on(now, today)

    def _state_on(self, now, today):
        """The state at the moment `now` (naive UTC) of the day `today`."""
        if self.cancelled_on:
            missed = not self.stopped_on and self.cancelled_on > self.due_on
            return "missed" if missed else "cancelled"
        if self.stopped_on:
            return "late" if self.is_late else "in_time"
        past = self.due_at < now if self.due_at else self.due_on < today
        return "missed" if past else "running"

    def _todays(self):
        """(today, companies) for each day that is today somewhere."""
        # archived ones too: what ran there is still somebody's past due
        companies = self.env["res.company"].sudo().with_context(active_test=False)
        companies = companies.search([("id", "!=", False)])
        return companies.grouped(lambda company: company._task_today()).items()

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        cancelled = Domain("cancelled_on", "!=", False)
        open_ = Domain("stopped_on", "=", False)
        missed_then = Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "%s > %s",
                model._field_to_sql(alias, "cancelled_on", query),
                model._field_to_sql(alias, "due_on", query),
            )
        )
        by_hour = Domain("due_at", "!=", False) & Domain(
            "due_at", "<", fields.Datetime.now()
        )
        by_day = Domain("due_at", "=", False) & Domain.OR(
            Domain("company_id", "in", companies.ids) & Domain("due_on", "<", today)
            for today, companies in self._todays()
        )
        past = by_hour | by_day
        live, lapsed = ~cancelled & open_, cancelled & open_ & missed_then
        domains = {
            "late": ~cancelled & ~open_ & Domain("is_late", "=", True),
            "in_time": ~cancelled & ~open_ & Domain("is_late", "=", False),
            "missed": (live & past) | lapsed,
            "running": live & ~past,
            "cancelled": cancelled & ~(open_ & missed_then),
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr != "state":
            return super()._field_to_sql(alias, field_expr, query)

        def column(name):
            return self._field_to_sql(alias, name, query)

        todays = SQL(" ").join(
            SQL("WHEN %s IN %s THEN %s", column("company_id"), companies._ids, today)
            for today, companies in self._todays()
        )
        return SQL(
            "CASE WHEN %(cancelled)s IS NOT NULL"
            " THEN CASE WHEN %(stopped)s IS NULL AND %(cancelled)s > %(due_on)s"
            " THEN 'missed' ELSE 'cancelled' END"
            " WHEN %(stopped)s IS NOT NULL"
            " THEN CASE WHEN %(late)s THEN 'late' ELSE 'in_time' END"
            " WHEN %(due_at)s < %(now)s"
            " OR %(due_at)s IS NULL AND %(due_on)s < (CASE %(todays)s END)::date"
            " THEN 'missed' ELSE 'running' END",
            cancelled=column("cancelled_on"),
            stopped=column("stopped_on"),
            late=column("is_late"),
            due_at=column("due_at"),
            due_on=column("due_on"),
            now=fields.Datetime.now(),
            todays=todays,
        )

    # -- who sees a clock: who sees its record; the Office's own, the Office and leaders
    @api.depends_context("uid")
    def _compute_in_my_scope(self):
        # searched in sudo: this is what decides who may read a clock
        seen = self.sudo().search(Domain("id", "in", self.ids) & self._scope_domain())
        for clock in self:
            clock.in_my_scope = clock in seen

    def _search_in_my_scope(self, operator, value):
        if operator != "in":
            return NotImplemented
        return boolean_domain(self._scope_domain(), value)

    def _scope_domain(self):
        me = self.with_user(self.env.user)
        return Domain.OR(
            Domain("res_model", "=", model._name) & model._clock_told_domain()
            for model in me._clock_models()
            if model.has_access("read")
        )

    def _clock_models(self):
        """The models that may have clocks."""
        names = self.env.registry.descendants(["task.clock.mixin"], "_inherit")
        models_ = (self.env[name] for name in names)
        return [model for model in models_ if not model._abstract]

    def _may_be_told(self, actor):
        """Whether the user is told the limits of `actor`: agencies only their own."""
        return actor == "agency" or self.env.user._task_is_office_or_leader()

    # -- started, stopped or cancelled, once ----
    def _start(self, vals_list):
        """Create clocks, in sudo.

        :raise ConcurrencyError: if another worker started one of them at the same
            moment; the server then does all of the user's act once more.
        """
        try:
            return self.create(vals_list)
        except UniqueViolation as error:
            raise ConcurrencyError("this time limit was started already") from error

    def write(self, vals):
        """Stop or cancel clocks; anything else is refused, whoever asks."""
        stopping = set(vals) <= {"stopped_on", "stopped_at"} and vals.get("stopped_on")
        ending = set(vals) == {"cancelled_on", "note"} and vals["cancelled_on"]
        if not (stopping or ending):
            raise UserError(self.env._("A time limit is never changed once it runs."))
        if self.filtered("cancelled_on") or (stopping and self.filtered("stopped_on")):
            raise UserError(self.env._("This time limit was judged already."))
        return super().write(vals)

    def _stop(self, when):
        """The duty was done on the day, or at the naive UTC datetime, `when`."""
        exact = isinstance(when, datetime)
        for (company, by_hour), clocks in self.grouped(
            lambda clock: (clock.company_id, bool(clock.due_at))
        ).items():
            local = company._task_moment(when)
            clocks.write(
                {
                    "stopped_on": local.date() if exact else local,
                    "stopped_at": when if exact and by_hour else False,
                }
            )

    def _cancel(self, reason, *, never=False):
        """The duty fell away today, for `reason`.

        :param never: it never was: what it was counted from had been entered wrongly,
            so that it does not stay missed either.
        """
        for company, clocks in self.grouped("company_id").items():
            today = company._task_today()
            for due_on, ones in clocks.grouped("due_on").items():
                day = min(today, due_on) if never else today
                ones.write({"cancelled_on": day, "note": reason})
        # the same duty may be counted from the same day again at once
        self.flush_recordset(["cancelled_on"])

    def _prepare_again_vals(self):
        """The values of a clock that runs again as this one did."""
        names = ("act", "actor", "stop", "res_model", "res_id", "started_on", "due_on")
        names += ("due_at", "explanation", "period")
        return {
            **{name: self[name] for name in names},
            "rule_id": self.rule_id.id,
            "company_id": self.company_id.id,
        }

    @api.ondelete(at_uninstall=False)
    def _unlink_except_record_exists(self):
        for model, clocks in self.grouped("res_model").items():
            if self.env[model].browse(clocks.mapped("res_id")).exists():
                raise UserError(
                    self.env._("A time limit is kept as long as its record.")
                )

    def action_open_record(self):
        """Open the record the limit runs on."""
        self.ensure_one()
        return self.env[self.res_model].browse(self.res_id)._get_records_action()

    def action_mark_done(self):
        """The Office has done a periodic duty of its own outside the system (a secret
        report, the report on the regulation): only the day is kept.

        :raise AccessError: if the caller is not an Office manager.
        """
        if not self.env.user._task_is_manager():
            raise AccessError(self.env._("An Office manager marks this as done."))
        self.check_access("read")
        for clock in self:
            if clock.res_model != "res.company":
                raise UserError(
                    self.env._("This time limit is met on the record it runs on.")
                )
            if clock.stopped_on or clock.cancelled_on:
                raise UserError(self.env._("This time limit was judged already."))
        self.sudo()._stop(fields.Datetime.now())
        return True

    # -- the daily job -----------------------------------------------------------------
    @api.model
    def _cron_start_due(self):
        """Start the clocks whose event comes by itself, batch by batch (bounded by the
        time Odoo gives a job; what is left is done in the next run)."""

        def commit(taken):
            return self.env["ir.cron"]._commit_progress(taken)

        companies = self.env["res.company"].search([("regulation_id", "!=", False)])
        if any(
            company._task_regulation().effective_on == company._task_today()
            for company in companies
        ):
            # the cached menus are those of the version before
            self.env.registry.clear_cache()
        for company in companies:
            for model in self._clock_models():
                if not model.sudo()._clock_start_due(company, commit):
                    self.env["ir.cron"]._commit_progress(remaining=1)
                    return
