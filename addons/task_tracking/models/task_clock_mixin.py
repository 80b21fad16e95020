# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import datetime

from odoo import fields, models

from ..logic import limits
from . import explanation


class TaskClockMixin(models.AbstractModel):
    """Records that time limits of the regulation run on.

    A record tells what happened to it (`_clock_events`) and its circumstances
    (`_clock_facts`); the regulation says which limit follows. Code then only names
    duties and events: `_clock_start("register")`, `_clock_stop("release")`. It needs
    a `company_id`; a `regulation_id` of its own goes before the company's.
    """

    _name = "task.clock.mixin"
    _description = "Record with time limits"

    clock_ids = fields.One2many(
        "task.clock",
        "res_id",
        string="Time limits",
        domain=lambda self: [("res_model", "=", self._name)],
        readonly=True,
        copy=False,
    )

    # -- what the record tells: override ----------------------------------------------
    def _clock_events(self):
        """Event code → the date it happened, or the naive UTC datetime.

        Leave out what has not happened. A duty whose limit counts from an event
        that is left out gets no clock yet.
        """
        self.ensure_one()
        return {}

    def _clock_facts(self):
        """Fact name → value, for every fact of the acts started on this record."""
        self.ensure_one()
        return {}

    def _clock_regulation(self):
        """The regulation whose limits run on this record."""
        self.ensure_one()
        own = self.regulation_id if "regulation_id" in self._fields else None
        return own or self.company_id._task_regulation()

    # -- what code calls ----
    def _clock_reckon(self, act):
        """(rule, logic.limits.Due) of `act` on this record, nothing stored.

        (rule or empty, None) where no limit is stated or its event has not happened.
        """
        self.ensure_one()
        regulation = self._clock_regulation()
        rule = regulation._rule(act, **self._clock_facts()).sudo()
        event = self._clock_events().get(rule.event)
        if rule.stated != limits.LIMIT or not event:
            return rule, None
        company = self.company_id
        roll = regulation._policy("day_off") == "next_working_day"
        due = limits.reckon(
            rule._as_rule(),
            company._task_moment(event),
            company._task_calendar(),
            roll=roll,
        )
        return rule, due

    def _clock_start(self, act):
        """Start the clock of `act` on each record whose regulation states a limit.

        A record is left alone while its clock of this act runs, and if one was
        started from the same day before. Returns the new clocks.
        """
        clocks = self.env["task.clock"].sudo()
        domain = self._clock_domain() + [("act", "=", act)]
        before = clocks.search(domain).grouped("res_id")
        vals_list = []
        for record in self:
            rule, due = record._clock_reckon(act)
            if due and not before.get(record.id, clocks).filtered(
                lambda clock, due=due: (
                    not clock.stopped_on or clock.started_on == due.event_day
                )
            ):
                vals_list.append(record._prepare_clock_vals(rule, due))
        return clocks.create(vals_list).sudo(self.env.su)

    def _clock_stop(self, event, when=None):
        """`event` (a code of STOPS) happened: stop the clocks it meets, if any run.

        :param when: the day, or the naive UTC datetime, it happened; now by default.
        """
        when = when or fields.Datetime.now()
        exact = isinstance(when, datetime)
        running = (
            self.env["task.clock"]
            .sudo()
            .search(
                self._clock_domain()
                + [("stop", "=", event), ("stopped_on", "=", False)]
            )
        )
        for (company, by_hour), clocks in running.grouped(
            lambda clock: (clock.company_id, bool(clock.due_at))
        ).items():
            local = company._task_moment(when)
            clocks.write(
                {
                    "stopped_on": local.date() if exact else local,
                    "stopped_at": when if exact and by_hour else False,
                }
            )

    def _clock_domain(self):
        return [("res_model", "=", self._name), ("res_id", "in", self.ids)]

    def _prepare_clock_vals(self, rule, due):
        return {
            "rule_id": rule.id,
            "company_id": self.company_id.id,
            "act": rule.act,
            "actor": rule.actor,
            "stop": rule.stop,
            "res_model": self._name,
            "res_id": self.id,
            "started_on": due.event_day,
            "due_on": due.due_on,
            "due_at": explanation.naive_utc(due.due_at),
            "explanation": explanation.record(due, rule),
        }

    def unlink(self):
        clocks = self.env["task.clock"].sudo().search(self._clock_domain())
        result = super().unlink()
        clocks.unlink()
        return result
