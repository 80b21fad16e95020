# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from . import explanation

OFFICE_GROUPS = "task_tracking.group_office_specialist,task_tracking.group_leader"


class TaskClock(models.Model):
    """A time limit running on a record: started by an event, stopped by an act.

    The due date and its reasons are fixed when the clock starts; all that happens
    to it afterwards is to be stopped, once. Only code starts and stops clocks (see
    task.clock.mixin), in sudo; nobody has the right to write one.
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
    started_on = fields.Date(required=True)
    due_on = fields.Date(required=True, index=True)
    due_at = fields.Datetime(help="Only of limits in hours.")
    stopped_on = fields.Date()
    stopped_at = fields.Datetime(help="Only of limits in hours.")
    is_late = fields.Boolean(compute="_compute_is_late", store=True)
    explanation = fields.Json(help="The reasons of the due date, as data.")
    why = fields.Html(string="Why this date?", compute="_compute_why", sanitize=False)
    state = fields.Selection(
        [
            ("running", "Running"),
            ("missed", "Past due"),
            ("in_time", "In time"),
            ("late", "Late"),
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
    # A record has at most one clock of a duty at a time.
    _running_uniq = models.UniqueIndex(
        "(res_model, res_id, act) WHERE stopped_on IS NULL"
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

    @api.depends("due_on", "due_at", "stopped_on", "is_late")
    @api.depends_context("company")
    def _compute_state(self):
        now, today = self._now()
        for clock in self:
            if clock.stopped_on:
                clock.state = "late" if clock.is_late else "in_time"
            elif clock.due_at:
                clock.state = "missed" if clock.due_at < now else "running"
            else:
                clock.state = "missed" if clock.due_on < today else "running"

    def _now(self):
        """The moment (naive UTC) and the day of the company at work."""
        return fields.Datetime.now(), self.env.company._task_today()

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        now, today = self._now()
        stopped = Domain("stopped_on", "!=", False)
        by_hour = Domain("due_at", "!=", False) & Domain("due_at", "<", now)
        by_day = Domain("due_at", "=", False) & Domain("due_on", "<", today)
        past = by_hour | by_day
        domains = {
            "late": stopped & Domain("is_late", "=", True),
            "in_time": stopped & Domain("is_late", "=", False),
            "missed": ~stopped & past,
            "running": ~stopped & ~past,
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr != "state":
            return super()._field_to_sql(alias, field_expr, query)
        now, today = self._now()
        due_at = self._field_to_sql(alias, "due_at", query)
        return SQL(
            "CASE WHEN %(stopped)s IS NOT NULL"
            " THEN CASE WHEN %(late)s THEN 'late' ELSE 'in_time' END"
            " WHEN %(due_at)s < %(now)s"
            " OR %(due_at)s IS NULL AND %(due_on)s < %(today)s"
            " THEN 'missed' ELSE 'running' END",
            stopped=self._field_to_sql(alias, "stopped_on", query),
            late=self._field_to_sql(alias, "is_late", query),
            due_at=due_at,
            due_on=self._field_to_sql(alias, "due_on", query),
            now=now,
            today=today,
        )

    # -- who sees a clock: who sees its record; the Office's own, the Office and leaders
    @api.depends_context("uid")
    def _compute_in_my_scope(self):
        # what a clock says is read in sudo: it is what decides who may read it
        env, clocks = self.with_user(self.env.user).env, self.sudo()
        readable = {
            model: set(
                env[model]
                .browse(found.mapped("res_id"))
                .exists()
                ._filtered_access("read")
                .ids
            )
            for model, found in clocks.grouped("res_model").items()
        }
        everyone = self._sees_office()
        for clock, known in zip(self, clocks, strict=True):
            clock.in_my_scope = (
                everyone or known.actor == "agency"
            ) and known.res_id in readable[known.res_model]

    def _search_in_my_scope(self, operator, value):
        if operator != "in":
            return NotImplemented
        mine = self._scope_domain()
        found = Domain.FALSE
        if True in value:
            found |= mine
        if False in value:
            found |= ~mine
        return found

    def _scope_domain(self):
        me = self.with_user(self.env.user)
        domain = Domain.OR(
            Domain("res_model", "=", model._name)
            & Domain("res_id", "in", model._search([]))
            for model in me._clock_models()
            if model.has_access("read")
        )
        return domain if me._sees_office() else domain & Domain("actor", "=", "agency")

    def _clock_models(self):
        """The models that may have clocks."""
        names = self.env.registry.descendants(["task.clock.mixin"], "_inherit")
        models_ = (self.env[name] for name in names)
        return [model for model in models_ if not model._abstract]

    def _sees_office(self):
        return self.env.user.has_groups(OFFICE_GROUPS)

    # -- nothing but stopping, once ----
    def write(self, vals):
        """Stop clocks; anything else is refused, whoever asks."""
        if not set(vals) <= {"stopped_on", "stopped_at"} or not vals.get("stopped_on"):
            raise UserError(self.env._("A time limit is never changed once it runs."))
        if self.filtered("stopped_on"):
            raise UserError(self.env._("This time limit was judged already."))
        return super().write(vals)

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
