# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.fields import Domain

from ..logic import limits
from . import explanation

#: Records the daily job takes at once.
BATCH = 200


class TaskClockMixin(models.AbstractModel):
    """Records that time limits of the regulation run on.

    A record tells what happened to it (`_clock_events`) and its circumstances
    (`_clock_facts`); the regulation says which limit follows. Code then only names
    duties and events: `_clock_start("register")`, `_clock_stop("release")`. It needs
    a `company_id`, or `_clock_company`.

    A duty's clock starts with its event and is missed when its day passes. A window
    (limits.Act.is_window) has a clock only once it was used: `_clock_meet`.
    """

    _name = "task.clock.mixin"
    _description = "Record with time limits"

    #: Whether the digest reminds of the limits on these records.
    _clock_is_reminded = True

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

    def _clock_actor(self, act):
        """Whose limit on `act` runs here, where the text has one for each side; None:
        the first that holds."""

    def _clock_company(self):
        """The company whose calendar and time zone count."""
        self.ensure_one()
        return self.company_id

    def _clock_agency(self):
        """The agency (res.partner) that is reminded of the limits on this record."""
        self.ensure_one()
        for name in ("agency_id", "assignment_id"):
            if name in self._fields and self[name]:
                about = self[name]
                return about if name == "agency_id" else about.agency_id
        return self.env["res.partner"]

    def _clock_specialist(self):
        """Who of the Office (res.users) follows this record; empty: the managers."""
        self.ensure_one()
        for name in ("specialist_id", "followed_by_id"):
            if name in self._fields:
                return self[name]
        for name in ("assignment_id", "document_id"):
            if name in self._fields and self[name].specialist_id:
                return self[name].specialist_id
        return self.env["res.users"]

    @api.model
    def _clock_due(self, company):
        """What begins by itself today in `company`: deadlines passed, periods begun.

        The daily job starts these clocks. Yield (act, period or None, domain of the
        records): records that have the clock are left out by the job itself.
        """
        return ()

    # -- what code calls ----
    def _clock_reckon(self, act, period=None):
        """(rule, logic.limits.Due) of `act` on this record, nothing stored.

        (rule or empty, None) where no limit is stated or its event has not happened.

        :param period: the logic.periods.Period of a periodic duty.
        """
        self.ensure_one()
        company = self._clock_company()
        # a clock goes by the version in force on the day it starts
        regulation = company._task_regulation()
        facts, events = self._clock_facts(), self._clock_events()
        if period:
            facts = {**facts, "period": period.kind}
            events = {**events, "period_end": period.end}
        rule = regulation._rule(act, self._clock_actor(act), **facts).sudo()
        event = events.get(rule.event)
        if rule.stated != limits.LIMIT or not event:
            return rule, None
        due = limits.reckon(
            rule._as_rule(),
            company._task_moment(event, exact=rule.unit == limits.HOUR),
            company._task_calendar(),
            roll=regulation._policy("day_off") == "next_working_day",
        )
        return rule, due

    def _clock_start(self, act, period=None):
        """Start the clock of `act` on each record whose regulation states a limit.

        A record is left alone if a clock of this act was counted from the same day
        already, and, but for periodic duties, while one runs. Returns the new clocks.
        """
        clocks = self.env["task.clock"].sudo()
        before = self._clocks_of(act)
        vals_list = []
        for record in self:
            rule, due = record._clock_reckon(act, period)
            if due and not before.get(record.id, clocks).filtered(
                lambda clock, due=due: (
                    clock.started_on == due.event_day
                    or not (period or clock.stopped_on)
                )
            ):
                vals_list.append(record._prepare_clock_vals(rule, due, period))
        return clocks._start(vals_list).sudo(self.env.su)

    def _clock_meet(self, act, when=None):
        """`act` was done: its limit is judged, whether or not its clock ran before.

        For windows, and for duties done before their event came. What runs is met,
        whatever the text of today says. Returns the clocks.
        """
        self._clock_start(act)
        clocks = self.env["task.clock"].sudo().union(*self._clocks_of(act).values())
        running = clocks.filtered(lambda clock: not clock.stopped_on)
        running._stop(when or fields.Datetime.now())
        return clocks.sudo(self.env.su)

    def _clock_stop(self, event, when=None):
        """`event` (a code of STOPS) happened: stop the clocks it meets, if any run.

        :param when: the day, or the naive UTC datetime, it happened; now by default.
        """
        self._clocks_running([("stop", "=", event)])._stop(
            when or fields.Datetime.now()
        )

    def _clock_cancel(self, acts, reason):
        """The duties `acts` fell away or were counted from another day: their
        running clocks end. What was past due by then stays missed."""
        self._clocks_running([("act", "in", acts)])._cancel(reason)

    def _clock_reopen(self, event, reason):
        """What stopped the clocks did not hold (a result was refused): the same
        limits run again, to the same day and for the same reasons as before."""
        stopped = self.env["task.clock"].sudo()
        for clocks in self._clocks_of(stop=event).values():
            last = clocks.filtered("stopped_on")[-1:]
            if clocks.filtered(lambda clock: not clock.stopped_on) or not last:
                continue
            stopped |= last
        stopped._cancel(reason)
        return stopped._start([clock._prepare_again_vals() for clock in stopped])

    def _clock_judge_again(self, event, when, reason):
        """What stopped the clocks happened at another time than was entered: they are
        judged by `when`; the former judgement is kept, cancelled for `reason`."""
        stopped = self.env["task.clock"].sudo()
        for clocks in self._clocks_of(stop=event).values():
            stopped |= clocks.filtered("stopped_on")[-1:]
        stopped._cancel(reason)
        stopped._start([clock._prepare_again_vals() for clock in stopped])._stop(when)

    # -- the daily job ----
    @api.model
    def _clock_start_due(self, company, commit):
        """Start the clocks of `_clock_due`, a batch at a time.

        A job that is killed goes on where it stopped: who has the clock is left out.

        :param commit: called with the number of records after each batch; a false
            answer ends the job (no time is left).
        :return: whether all is done.
        """
        clock = self.env["task.clock"].sudo()
        for act, period, domain in self._clock_due(company):
            had = Domain("act", "=", act) & Domain("res_model", "=", self._name)
            had &= Domain("cancelled_on", "=", False)
            if period:
                had &= Domain("started_on", "=", period.end)
            started = clock._search(had).subselect("res_id")
            wanted, after = Domain(domain) & Domain("id", "not in", started), 0
            while batch := self.search(
                wanted & Domain("id", ">", after), order="id", limit=BATCH
            ):
                batch._clock_start(act, period)
                after = batch[-1].id
                if not commit(len(batch)):
                    return False
        return True

    # -- helpers ----
    def _clocks_of(self, act=None, stop=None):
        """The clocks of `act` (or met by `stop`) that were not cancelled, by id of
        their record, in the order they were started."""
        domain = [*self._clock_domain(), ("cancelled_on", "=", False)]
        domain += [("act", "=", act)] if act else [("stop", "=", stop)]
        found = self.env["task.clock"].sudo().search(domain, order="id")
        return found.grouped("res_id")

    def _clocks_running(self, domain):
        return (
            self.env["task.clock"]
            .sudo()
            .search(
                [
                    *self._clock_domain(),
                    *domain,
                    ("stopped_on", "=", False),
                    ("cancelled_on", "=", False),
                ]
            )
        )

    def _clock_domain(self):
        return [("res_model", "=", self._name), ("res_id", "in", self.ids)]

    def _prepare_clock_vals(self, rule, due, period=None):
        return {
            "rule_id": rule.id,
            "company_id": self._clock_company().id,
            "act": rule.act,
            "actor": rule.actor,
            "stop": rule.stop,
            "res_model": self._name,
            "res_id": self.id,
            "period": period.kind if period else False,
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

    # -- "why this date?" --------------------------------------------------------------
    def get_time_limits(self):
        """Tell every limit of this record: those that run or ran, and those still
        ahead, each with its reasons.

        Public: POST /json/2/task.assignment/get_time_limits {"ids": [1]}, and so on
        every model that inherits this one. One record at a time. The limits of the
        Office are told to the Office and the leaders only.

        :return: list of {id, act, label, whose, state, state_label, due_on, due_at,
            due_label, stopped_on, why, explanation}: `why` as sentences in the
            caller's language, `explanation` as data (see models/explanation.py).
            `state` is one of task.clock's, or, where no clock runs yet (`id` is
            false), "ahead", "over" (a window that is over) or "missed". Dates are ISO
            strings, `due_at` UTC; `due_label` is the due date as it is written.
        :raise AccessError: if the caller may not read the record.
        """
        self.ensure_one()
        self.check_access("read")
        clocks = self.env["task.clock"].search(self._clock_domain(), order="due_on, id")
        told = [clock._tell() for clock in clocks]
        known = set(clocks.mapped("act"))
        for act in self._clock_ahead():
            rule, due = self.sudo()._clock_reckon(act)
            if due and act not in known and self._clock_may_be_told(rule.actor):
                told.append(clocks._tell_ahead(rule, due, self._clock_company()))
        return told

    @api.model
    def _clock_told_domain(self):
        """The limits on these records that the user is told of, a Domain of task.clock:
        of the records one reads, and to agencies their own only. Override, with
        `_clock_may_be_told`, where it takes more than reading the record."""
        read = Domain("res_id", "in", self._search([]))
        if self.env.user._task_is_office_or_leader():
            return read
        return read & Domain("actor", "=", "agency")

    def _clock_may_be_told(self, actor):
        """Whether the user, who reads this record, is told a limit of `actor` on it."""
        return self.env["task.clock"]._may_be_told(actor)

    def _clock_ahead(self):
        """The acts whose limit is worth telling before any clock runs."""
        return ()
