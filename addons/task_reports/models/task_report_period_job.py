# SPDX-License-Identifier: LGPL-3.0-or-later
import logging
from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

_logger = logging.getLogger(__name__)

#: No report is due earlier than this before the last day of its figures.
A_QUARTER = timedelta(days=92)


class TaskReportPeriod(models.Model):
    """The job that opens the periods whose time has come."""

    _inherit = "task.report.period"

    @api.model
    def _cron_open(self):
        """Open the periods whose time has come, one at a time; what is open already is
        left alone, so that a job that was killed goes on where it stopped."""
        for company in self.env["res.company"].search([("regulation_id", "!=", False)]):
            for vals in self.with_company(company)._due_periods(company):
                self._open_alone({**vals, "company_id": company.id})
                if not self.env["ir.cron"]._commit_progress(1):
                    self.env["ir.cron"]._commit_progress(remaining=1)
                    return
            running = self.sudo().search(
                Domain("company_id", "=", company.id)
                & Domain("state", "=", "open")
                & Domain("date_to", ">=", company._task_today())
            )
            for period in running:
                period._follow_agencies()
                if not self.env["ir.cron"]._commit_progress(1):
                    return

    @api.model
    def _open_alone(self, vals):
        """Open one period; if it cannot be, the others are all the same."""
        try:
            with self.env.cr.savepoint():
                self.sudo().create(vals)._open()
        except (IntegrityError, UserError):
            _logger.exception("The period of reports %s cannot be opened", vals)

    def _follow_agencies(self):
        """An agency that came during the period reports, one that was taken over by
        another before its last day no longer does."""
        self._make_reports()
        gone = self.report_ids.filtered(
            lambda report: (
                report.state == "draft"
                and report.agency_id
                and report.agency_id._task_heir(self.date_to) != report.agency_id
            )
        )
        gone.with_context(active_test=False).unlink()

    @api.model
    def _due_periods(self, company):
        """Yield the values of the periods of `company` to be opened today.

        A period exists when its last day is on or after the day its regulation took
        effect, and on or after the day the company began to follow one.
        """
        today = company._task_today()
        chosen = company.sudo().regulation_id
        opened = self.sudo().search_fetch(
            Domain("company_id", "=", company.id)
            & Domain("year", ">=", today.year - 1),
            ["window_id", "year", "number"],
        )
        opened = {(one.window_id.id, one.year, one.number) for one in opened}
        for _start, id_ in chosen._version_days() if chosen else ():
            regulation = self.env["task.regulation"].sudo().browse(id_)
            for window in regulation.report_window_ids:
                for year in range(today.year - 1, today.year + 2):
                    for found in window._rule().periods(year):
                        vals = self._period_vals(regulation, window, *found)
                        if (window.id, year, vals["number"]) in opened:
                            continue
                        if self._is_due(company, regulation, vals, today):
                            yield vals

    @api.model
    def _period_vals(self, regulation, window, year, number, date_from, date_to):
        return {
            "regulation_id": regulation.id,
            "window_id": window.id,
            "topic": window.topic,
            "kind": window.kind,
            "year": year,
            "number": number,
            "date_from": date_from,
            "date_to": date_to,
        }

    @api.model
    def _is_due(self, company, regulation, vals, today):
        date_to, since = vals["date_to"], company._reports_since()
        if since and date_to < since:
            return False
        if regulation.effective_on and date_to < regulation.effective_on:
            return False
        if company._task_regulation(date_to).id != regulation.id:
            return False
        window = self.env["task.report.window"].browse(vals["window_id"])
        if today < date_to - timedelta(days=window.open_days) - A_QUARTER:
            return False
        # the day it is due may come before the last day of its figures
        draft = (
            self.env["task.report"]
            .sudo()
            .new({"period_id": self.sudo().new({**vals, "company_id": company.id})})
        )
        first = min(filter(None, (date_to, *draft._reckoned_days())))
        return today >= first - timedelta(days=window.open_days)
