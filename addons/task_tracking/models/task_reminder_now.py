# SPDX-License-Identifier: LGPL-3.0-or-later
from dataclasses import dataclass
from datetime import datetime, timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain

from ..logic.ladder import HOURS, OFFICE_HOURS, step_moment
from ..logic.limits import HOUR
from . import explanation
from .task_digest_mail import DigestWords
from .task_digest_sources import DUE, RUNNING_STATES, Item

#: Records looked at, and committed, at once.
BATCH = 100
CRON = "task_tracking.cron_reminder_hours"


@dataclass(slots=True)
class InHours:
    """A limit in hours that runs: a clock's, or a window that nobody used yet.

    `model`, `res_id`: whose it is (a clock, or the record with the window); `record`:
    what it is about; `end`: naive UTC; `data`: its reasons (explanation.record).
    """

    company: object
    model: str
    res_id: int
    record: object
    act: str
    actor: str
    end: datetime
    data: dict

    def steps(self):
        """[(step, moment)] of its ladder, in order."""
        start = self.end - timedelta(hours=self.data["amount"])
        kind = HOURS if self.actor == "agency" else OFFICE_HOURS
        return [
            (step, step_moment(step._as_step(), start, self.end))
            for step in self.company._task_regulation().sudo()._ladder(kind, self.act)
        ]

    def reached(self, now):
        """The last step reached by `now`, or None; those before it are history."""
        steps = [step for step, moment in self.steps() if moment <= now]
        return steps[-1] if steps else None

    def marker(self, step, partner):
        key = self.res_id
        if self.model != "task.clock":
            key = f"{self.model}-{self.res_id}-{self.act}"
        return f"hours/{key}/{step.id}/{partner.id}"


class TaskClock(models.Model):
    """Limits in hours do not wait for the digest: they are told at their event and on
    the way (half-time), at any hour and on any day, one mail each."""

    _inherit = "task.clock"

    _hours_idx = models.Index(
        "(due_at) WHERE due_at IS NOT NULL AND stopped_on IS NULL"
        " AND cancelled_on IS NULL"
    )

    def _start(self, vals_list):
        clocks = super()._start(vals_list)
        self._wake_for(clocks._in_hours())
        return clocks

    @api.model
    def _wake_for(self, limits):
        """Wake the job at each step of these limits (InHours).

        Also what is reached already is told by the job, after the commit: an act may
        start a limit and meet it at once.
        """
        now = fields.Datetime.now()
        moments = {
            max(moment, now)
            for one in limits
            if one.end > now
            for _step, moment in one.steps()
        }
        if moments:
            self.env.ref(CRON).sudo()._trigger(at=sorted(moments))

    def _in_hours(self):
        """Those of these clocks that are in hours, as InHours, in sudo."""
        found = []
        clocks = self.sudo().filtered("due_at")
        for model, ones in clocks.grouped("res_model").items():
            if not getattr(self.env[model], "_clock_is_reminded", False):
                continue
            records = self.env[model].sudo().browse(ones.mapped("res_id")).exists()
            there = {record.id: record for record in records}
            found += [
                InHours(
                    company=clock.company_id,
                    model=clock._name,
                    res_id=clock.id,
                    record=there[clock.res_id],
                    act=clock.act,
                    actor=clock.actor,
                    end=clock.due_at,
                    data=clock.explanation,
                )
                for clock in ones
                if clock.res_id in there
            ]
        return found

    # -- the job -----------------------------------------------------------------------
    @api.model
    def _cron_tell_hours(self):
        """Tell the limits in hours that reached a step and were not told of it.

        It may be killed and run again, or run twice at once: a mail and the record of
        it are one transaction, under a marker of their own.
        """
        commit = self.env["ir.cron"]._commit_progress
        system = self.with_env(self.env(user=SUPERUSER_ID, su=True, context={}))
        for model, domain in system._hours_sources():
            last = 0
            while records := model.search(
                domain & Domain("id", ">", last), order="id", limit=BATCH
            ):
                last = records[-1].id
                system._tell_hours(records._in_hours())
                if not commit(len(records)):
                    commit(remaining=1)
                    return

    @api.model
    def _hours_sources(self):
        """(model, Domain) of the records with limits in hours that may run now."""
        yield (
            self,
            Domain("due_at", ">", fields.Datetime.now())
            & Domain("stopped_on", "=", False)
            & Domain("cancelled_on", "=", False),
        )
        for company in self.env["res.company"].search([("regulation_id", "!=", False)]):
            if hours := company._task_regulation()._window_hours():
                yield (
                    self.env["task.assignment"],
                    self.env["task.assignment"]._window_domain(company, hours),
                )

    @api.model
    def _tell_hours(self, limits):
        """Queue the mails about these limits (InHours), in sudo; return the new
        notices."""
        digest, now = self.env["task.digest"], fields.Datetime.now()
        people, wanted = {}, {}
        for one in limits:
            step = one.reached(now) if one.end > now else None
            company = one.company
            if not (step and step.by_digest):
                continue
            if not company._task_regulation()._policy("urge_by_mail"):
                continue
            if company not in people:
                people[company] = company._task_people()
            item = self._hours_item(one, step)
            for user in digest._recipients(item, people[company]):
                wanted[one.marker(step, user.partner_id)] = (user, item, one)
        fresh, told = {}, {}
        words = DigestWords(self.env, self.env["res.company"])
        for marker in self.env["task.notice"]._unqueued(list(wanted)):
            user, item, one = wanted[marker]
            fresh.setdefault(user, []).append(item)
            told[user, item.key] = (marker, one)
        return self.env["task.urge"]._tell_at_once(
            [
                self._hours_mail(*told[user, item.key], item, user, words)
                for user, items in digest._readable(fresh, {}).items()
                for item in items
            ]
        )

    @api.model
    def _hours_item(self, one, step):
        """The limit as the digest has what it tells."""
        record = one.record
        return Item(
            company=one.company,
            model=one.model,
            res_id=one.res_id,
            anchor=one.company._task_local(one.end).date(),
            section=DUE,
            kind="agency" if one.actor == "agency" else "office",
            step=step,
            about=record,
            agency_id=record._clock_agency().id or None,
            specialist_id=record._clock_specialist().id or None,
            act=one.act,
        )

    @api.model
    def _hours_mail(self, marker, one, item, user, words):
        """One mail: what, until when, why; as `task.urge._tell_at_once` takes it."""
        env = self._speaking_to(user, one.company)
        record, data = one.record.with_env(env), one.data
        acts = dict(self._fields["act"]._description_selection(env))
        title = acts.get(one.act, one.act)
        until = explanation.due_label(env, data)
        sentences = [
            record.display_name,
            env._("Until: %(moment)s.", moment=until),
            env._("Reminded: %(when)s.", when=item.step.with_env(env)._words()),
            env._(
                "%(article)s of %(regulation)s: “%(quote)s”",
                article=data["article"],
                regulation=data["regulation"],
                quote=data["quote"],
            ),
        ]
        return {
            "marker": marker,
            "company": one.company,
            "partner": user.partner_id,
            "subject": env._("%(duty)s: until %(moment)s", duty=title, moment=until),
            "body": words.at_once(user, title, sentences, record),
            "record": one.record,
            "step": item.step,
            "anchor": item.anchor,
            "agency": env["res.partner"].browse(item.agency_id or ()),
        }

    @api.model
    def _speaking_to(self, user, company):
        """The system's environment in the user's language, with `company`'s dates."""
        installed = dict(self.env["res.lang"].get_installed())
        lang = user.lang if user.lang in installed else self.env.lang
        context = {"lang": lang, "allowed_company_ids": company.ids}
        return self.env(user=SUPERUSER_ID, su=True, context=context)


class TaskRegulation(models.Model):
    _inherit = "task.regulation"

    def _window_hours(self):
        """The most hours within which a task may be handed back; 0 where the text does
        not count it in hours."""
        rules = self._rule_values() if self else ()
        return max(
            (r.amount for r in rules if r.act == "return" and r.unit == HOUR), default=0
        )


class TaskAssignment(models.Model):
    """A window has no clock before it is used: the hours within which a task may be
    handed back (BG Đ6.2c) are told from its receipt."""

    _inherit = "task.assignment"

    @api.model
    def _window_domain(self, company, hours):
        """Those that were received within the last `hours`, and may be handed back; not
        those that the agency acts on without having received them."""
        since = fields.Datetime.now() - timedelta(hours=hours)
        return (
            Domain("company_id", "=", company.id)
            & Domain("state", "in", RUNNING_STATES)
            & Domain(
                "fact_ids",
                "any",
                Domain("kind", "=", "received")
                & Domain("is_implied", "=", False)
                & Domain("recorded_at", ">", since),
            )
        )

    def _in_hours(self):
        """The windows in hours on these, as InHours, in sudo."""
        found = []
        for one in self.sudo():
            rule, due = one._clock_reckon("return")
            if due and due.due_at:
                found.append(
                    InHours(
                        company=one.company_id,
                        model=one._name,
                        res_id=one.id,
                        record=one,
                        act=rule.act,
                        actor=rule.actor,
                        end=explanation.naive_utc(due.due_at),
                        data=explanation.record(due, rule),
                    )
                )
        return found

    def _clock_follow(self, kind, fact):
        result = super()._clock_follow(kind, fact)
        if kind == "received" and not fact.is_implied:
            known = self.filtered(
                lambda one: one.company_id._task_regulation()._window_hours()
            )
            self.env["task.clock"]._wake_for(known._in_hours())
        return result


class TaskFact(models.Model):
    _inherit = "task.fact"

    _received_idx = models.Index("(recorded_at) WHERE kind = 'received'")
