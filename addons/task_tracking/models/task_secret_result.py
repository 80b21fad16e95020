# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from .task_secret_document import CLEARANCE

#: What the result is today (BG Đ5.2g: "đã thực hiện; chưa thực hiện trong hạn hoặc
#: quá hạn"), without a word on what was done.
RESULTS = [
    ("done", "Done"),
    ("in_time", "Not done, within the deadline"),
    ("overdue", "Not done, overdue"),
]


class TaskSecretDocument(models.Model):
    """The result of a secret document: done, or not, by the province's today."""

    _inherit = "task.secret.document"

    result = fields.Selection(
        RESULTS, compute="_compute_result", search="_search_result"
    )
    can_mark_done = fields.Boolean(compute="_compute_can_mark")
    can_undo_done = fields.Boolean(compute="_compute_can_mark")

    # -- by the province's today ------------------------------------------------------
    @api.model
    def _overdue_until(self):
        """The last deadline that is overdue today.

        A deadline on a day off stands, or moves to the next working day: the same
        switch of the regulation as for every other task.
        """
        company = self.env.company
        today = company._task_today()
        if company._task_regulation()._policy("day_off") == "next_working_day":
            return company._task_calendar().before(today, 1)
        return today - timedelta(days=1)

    @api.depends("done_on", "deadline")
    @api.depends_context("company")
    def _compute_result(self):
        until = self._overdue_until()
        for document in self:
            if document.done_on:
                document.result = "done"
            elif document.deadline and document.deadline <= until:
                document.result = "overdue"
            else:
                document.result = "in_time"

    def _search_result(self, operator, value):
        if operator != "in":
            return NotImplemented
        undone = Domain("done_on", "=", False)
        overdue = Domain("deadline", "<=", self._overdue_until())
        domains = {
            "done": ~undone,
            "overdue": undone & overdue,
            "in_time": undone & (Domain("deadline", "=", False) | ~overdue),
        }
        return Domain.OR(domains[code] for code in domains if code in value)

    def _field_to_sql(self, alias, field_expr, query=None):
        """SQL of the result, so that it groups and sorts without being stored."""
        if field_expr == "result":
            return SQL(
                "CASE WHEN %s IS NOT NULL THEN 'done'"
                " WHEN %s <= %s THEN 'overdue' ELSE 'in_time' END",
                self._field_to_sql(alias, "done_on", query),
                self._field_to_sql(alias, "deadline", query),
                self._overdue_until(),
            )
        return super()._field_to_sql(alias, field_expr, query)

    # -- entering it -----------------------------------------------------------------
    @api.depends("done_on", "done_by_id", "done_at", "agency_ids")
    @api.depends_context("uid")
    def _compute_can_mark(self):
        for document in self:
            document.can_mark_done = not document._done_refusal()
            document.can_undo_done = not document._undo_refusal()

    def _done_refusal(self):
        """Why the user may not enter that it was done: an exception, or None."""
        if self.done_on:
            return UserError(self.env._("The result is entered already."))
        user = self.env.user
        if self.env.su or (user.has_group(CLEARANCE) and user._task_is_office()):
            return None
        regulation = self.company_id._task_regulation()
        if (
            user.has_group(CLEARANCE)
            and user.has_group("task_tracking.group_agency_officer")
            and user.sudo().task_agency_id in self.sudo().agency_ids
            and regulation._lets_submit(user)
        ):
            return None
        return AccessError(
            self.env._(
                "The Office enters the result, or the head of an agency assigned or"
                " an officer the head authorised, all with clearance."
            )
        )

    def _undo_refusal(self):
        """Why the current user may not take it back: an exception, or None."""
        if not self.done_on:
            return UserError(self.env._("No result is entered."))
        company = self.company_id
        if (
            self.done_by_id != self.env.user
            or company._task_local(self.done_at).date() != company._task_today()
        ):
            return UserError(
                self.env._("Only who entered the result takes it back, the same day.")
            )
        return None

    def action_mark_done(self, day=None):
        """Enter that the tasks of the documents are done (BG Đ5.2g, Đ6.2d).

        :param day: the day it was done; today by default. Only the Office states an
            earlier one, from the paper it holds.
        :raise AccessError: if it is neither the Office nor a named agency, cleared.
        :raise UserError: if it is entered already or the day cannot be.
        """
        self.check_access("read")
        self._lock()
        office = self.env.su or self.env.user._task_is_office()
        for document in self:
            if refusal := document._done_refusal():
                raise refusal
            today = document.company_id._task_today()
            done_on = fields.Date.to_date(day) or today
            if done_on > today or (done_on < today and not office):
                raise UserError(
                    self.env._(
                        "An agency enters what it did today; the Office may state an"
                        " earlier day, never a later one."
                    )
                )
            document.sudo().write(
                {
                    "done_on": done_on,
                    "done_by_id": self.env.uid,
                    "done_at": fields.Datetime.now(),
                }
            )

    def action_undo_done(self):
        """Take back a result entered by mistake: same person, same day.

        :raise UserError: otherwise.
        """
        self.check_access("read")
        self._lock()
        for document in self:
            if refusal := document._undo_refusal():
                raise refusal
        self.sudo().write({"done_on": False, "done_by_id": False, "done_at": False})

    # -- figures, apart --------------------------------------------------------------
    @api.model
    def _secret_counts(self, date_from, date_to, agency=None):
        """How many secret documents and tasks were entered, for who has clearance.

        They are in no other figure (DOMAIN.md section 3). Those of the current
        company issued within the days given, as far as the reader's rules go.

        :param agency: a res.partner; empty counts every agency.
        :return: {"documents": int, "tasks": int}, None without clearance or where
            the regulation keeps no register.
        """
        company = self.env.company
        if (
            not self.env.user.has_group(CLEARANCE)
            or company._task_regulation()._policy("secret") != "register"
        ):
            return None
        domain = (
            Domain("company_id", "=", company.id)
            & Domain("issued_on", ">=", date_from)
            & Domain("issued_on", "<=", date_to)
        )
        if agency:
            domain &= Domain("agency_ids", "in", agency.ids)
        [(documents, tasks)] = self.sudo(False)._read_group(
            domain, aggregates=["__count", "task_count:sum"]
        )
        return {"documents": documents, "tasks": tasks or 0}
