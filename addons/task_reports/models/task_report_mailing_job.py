# SPDX-License-Identifier: LGPL-3.0-or-later
import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..logic.mail_days import CATCH_UP, step_after, step_before
from .task_report_mailing import DAYS_EVENTS, KIND_FIELDS

_logger = logging.getLogger(__name__)

#: Nobody is written to before this hour of the province's day.
FIRST_HOUR = 7
#: A report is looked at when it is due within so many days, or was.
FAR = timedelta(days=120)


class TaskReportMailing(models.Model):
    """The job that queues the mails of the schedule.

    It may run as often as it likes, be killed and run again: each mail has a marker
    (`task.notice`), which names the report, the step and the recipient, so that nobody
    is written to twice about the same, whatever lines name them.
    """

    _inherit = "task.report.mailing"

    @api.model
    def _cron_queue(self):
        """Queue what is to be written today, company by company, committing after each
        report; not on days off, nor at night."""
        companies = self.env["res.company"].search([("regulation_id", "!=", False)])
        for company in companies.filtered(lambda one: self._writes_now(one)):
            for mails in self.with_company(company)._due_mails(company):
                self.env["task.notice"]._queue(mails)
                if not self.env["ir.cron"]._commit_progress(len(mails)):
                    self.env["ir.cron"]._commit_progress(remaining=1)
                    return

    @api.model
    def _writes_now(self, company):
        now = company._task_local(fields.Datetime.now())
        calendar = company._task_calendar()
        return now.hour >= FIRST_HOUR and calendar.is_workday(now.date())

    @api.model
    def _due_mails(self, company):
        """Yield lists of mails (values of `task.notice._queue`) not queued yet."""
        lines = self.sudo().search([("company_id", "=", company.id)])
        if not lines:
            return
        for event in DAYS_EVENTS:
            of_event = lines.filtered(lambda line, event=event: line.event == event)
            if of_event:
                yield from of_event._mails_about_days(event, company)
        yield from lines.filtered(
            lambda line: line.event not in DAYS_EVENTS
        )._mails_about_compiled(company)

    # -- due and late ------------------------------------------------------------------
    def _mails_about_days(self, event, company):
        """Yield the mails about reports that fall due or are late, an agency's to the
        agency, the Office's own and a list of who is late to the Office."""
        today = company._task_today()
        reports = self.env["task.report"].sudo()
        near = (
            Domain("due_on", ">=", today) & Domain("due_on", "<=", today + FAR)
            if event == "due"
            else Domain("due_on", "<", today) & Domain("due_on", ">=", today - FAR)
        )
        found = reports.search(
            Domain("company_id", "=", company.id)
            & Domain("state", "=", "draft")
            & Domain("version", "=", 1)
            & Domain("period_id.state", "=", "open")
            & near,
            order="due_on, id",
        )
        people = company._task_people()
        wanted = {}
        for report in found:
            for person, step in self._steps(event, report, people, today).items():
                if report.agency_id and report.agency_id != person.task_agency_id:
                    key = ("reports", report.period_id, step)
                elif report.agency_id:
                    key = ("report", report, step)
                else:
                    key = ("office", report.period_id, step)
                marker = f"{key[0]}-{event}/{key[1].id}/{step}/{person.partner_id.id}"
                wanted.setdefault(key, {})[marker] = person
        yield from self._missing(
            wanted, lambda key, some: self._day_mails(event, key, some)
        )

    def _steps(self, event, report, people, today):
        """Recipient → the step reached today for this report; of several lines that
        name somebody, the nearest to the present."""
        calendar = report.company_id._task_calendar()
        reached = step_before if event == "due" else step_after
        steps = {}
        for line in self.filtered(lambda one: one._is_about(report.period_id)):
            step = reached(calendar, report.due_on, line._step_days(), today)
            if step is None:
                continue
            nearest = min if event == "due" else max
            for person in line._recipients(event, report, people):
                steps[person] = nearest(step, steps.get(person, step))
        return steps

    def _is_about(self, period):
        return self[KIND_FIELDS[period.kind]]

    def _recipients(self, event, report, people):
        """Who is told by this line about a report.

        An agency's people of their agency's report only; the Office's side of the
        Office's own, and of the agencies' when they are late.
        """
        told = self.env["res.users"]
        if report.agency_id:
            if self.to_officers:
                told |= people["officers"].get(report.agency_id, told.browse())
            if self.to_heads:
                told |= people["heads"].get(report.agency_id, told.browse())
        if not report.agency_id or event == "late":
            told |= self._office_side(people)
        return told

    def _office_side(self, people):
        told = self._readers_of_all(self.user_ids)
        if self.to_managers:
            told |= people["managers"]
        if self.to_leaders:
            told |= people["leaders"]
        return told

    def _missing(self, wanted, make):
        """Yield the mails of each occasion that are not queued yet.

        :param wanted: occasion → {marker: user}.
        :param make: called with an occasion and its missing {marker: user}: nothing is
            made of what is queued already. What fails is logged, stops no other
            occasion, and is made again in the next run.
        """
        markers = [marker for some in wanted.values() for marker in some]
        missing = set(self.env["task.notice"]._unqueued(markers))
        for key, some in wanted.items():
            some = {marker: user for marker, user in some.items() if marker in missing}
            if not some:
                continue
            try:
                with self.env.cr.savepoint():
                    mails = make(key, some)
            except Exception:
                _logger.exception("The mails about %s cannot be made", key)
                continue
            yield mails

    def _day_mails(self, event, key, some):
        what, record, _step = key
        if what == "report":
            return record._agency_mails(event, some)
        return record._office_mails(event, some, own=what == "office")

    # -- the compiled report -----------------------------------------------------------
    def _mails_about_compiled(self, company):
        """Yield the mails about the reports the Office submitted lately: one to each,
        whether the report, the summary or both are meant for them."""
        today = company._task_today()
        submitted = (
            self.env["task.report"]
            .sudo()
            .search(
                Domain("company_id", "=", company.id)
                & Domain("agency_id", "=", False)
                & Domain("state", "=", "submitted")
                & Domain("is_current", "=", True)
                & Domain("submitted_on", ">=", today - CATCH_UP)
                & Domain("period_id.topic", "=", "figures"),
                order="id",
            )
        )
        people = company._task_people()
        wanted, parts = {}, {}
        for report in submitted:
            for line in self.filtered(
                lambda one, report=report: one._is_about(report.period_id)
            ):
                for person in line._office_side(people):
                    marker = f"report-compiled/{report.id}/{person.partner_id.id}"
                    wanted.setdefault(report, {})[marker] = person
                    parts.setdefault(marker, set()).add(line.event)
        yield from self._missing(
            wanted, lambda report, some: report._compiled_mails(some, parts)
        )


class TaskReport(models.Model):
    _inherit = "task.report"

    def _submit(self):
        """Who waits for the Office's report gets it soon."""
        result = super()._submit()
        if self.filtered(lambda report: not report.agency_id):
            self.env.ref("task_reports.cron_report_mailing").sudo()._trigger()
        return result
