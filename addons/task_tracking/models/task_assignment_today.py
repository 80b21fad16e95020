# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .task_assignment import OPEN_STATES
from .task_mixins import boolean_domain

#: (key, first day, last day) of the classes of age, in days after the deadline.
AGEING = [
    ("1", 1, 7),
    ("2", 8, 30),
    ("3", 31, 90),
    ("4", 91, 120),
    ("5", 121, None),
]


class TaskAssignment(models.Model):
    """What depends on today: computed, searched and grouped in SQL, never stored."""

    _inherit = "task.assignment"

    is_overdue = fields.Boolean(
        string="Overdue", compute="_compute_today", search="_search_is_overdue"
    )
    is_due_soon = fields.Boolean(
        string="Due soon", compute="_compute_today", search="_search_is_due_soon"
    )
    days_left = fields.Integer(compute="_compute_today", search="_search_days_left")
    days_overdue = fields.Integer(
        compute="_compute_today", search="_search_days_overdue"
    )
    ageing = fields.Selection(
        [
            ("1", "1–7 days"),
            ("2", "8–30 days"),
            ("3", "31–90 days"),
            ("4", "91–120 days"),
            ("5", "Over 120 days"),
        ],
        string="Overdue by",
        compute="_compute_today",
        search="_search_ageing",
    )

    @api.model
    def _today(self):
        """Today in the province, never the server's or the reader's."""
        return self.env.company._task_today()

    @api.model
    def _due_soon_until(self):
        """The last day that counts as due soon, by the regulation's policy."""
        days = self.env.company._task_regulation()._policy("due_soon_days")
        return self._today() + timedelta(days=days)

    @api.depends_context("company", "uid")
    @api.depends("overdue_from", "due_on", "state", "late_days", "role")
    def _compute_today(self):
        today, until = self._today(), self._due_soon_until()
        for one in self:
            running = one.state in OPEN_STATES and one.state != "submitted"
            dated = running and bool(one.due_on)
            overdue = bool(one.overdue_from) and one.overdue_from <= today
            late = (one.late_days or (today - one.due_on).days) if overdue else 0
            one.is_overdue = overdue
            one.days_overdue = late
            one.days_left = (one.due_on - today).days if dated else 0
            one.is_due_soon = dated and today <= one.due_on <= until
            one.ageing = next(
                (
                    key
                    for key, first, last in AGEING
                    if first <= late and (last is None or late <= last)
                ),
                False,
            )

    def _field_to_sql(self, alias, field_expr, query=None):
        """SQL of what depends on today, so that it groups, sorts and aggregates."""

        def column(name):
            return self._field_to_sql(alias, name, query)

        if field_expr == "is_overdue":
            return SQL(
                "COALESCE(%s <= %s, FALSE)", column("overdue_from"), self._today()
            )
        if field_expr == "is_due_soon":
            return SQL(
                "COALESCE(%s BETWEEN %s AND %s AND %s IN %s, FALSE)",
                column("due_on"),
                self._today(),
                self._due_soon_until(),
                column("state"),
                tuple(set(OPEN_STATES) - {"submitted"}),
            )
        if field_expr == "days_left":
            return SQL(
                "CASE WHEN %s IN %s THEN COALESCE(%s - %s, 0) ELSE 0 END",
                column("state"),
                tuple(set(OPEN_STATES) - {"submitted"}),
                column("due_on"),
                self._today(),
            )
        if field_expr == "days_overdue":
            return SQL(
                "CASE WHEN %s <= %s THEN COALESCE(NULLIF(%s, 0), %s - %s) ELSE 0 END",
                column("overdue_from"),
                self._today(),
                column("late_days"),
                self._today(),
                column("due_on"),
            )
        if field_expr == "ageing":
            days = column("days_overdue")
            cases = SQL(" ").join(
                SQL("WHEN %s >= %s THEN %s", days, first, key)
                for key, first, _last in reversed(AGEING)
            )
            return SQL("CASE %s END", cases)
        return super()._field_to_sql(alias, field_expr, query)

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        return boolean_domain(Domain("overdue_from", "<=", self._today()), value)

    def _search_is_due_soon(self, operator, value):
        if operator != "in":
            return NotImplemented
        positive = (
            Domain("due_on", ">=", self._today())
            & Domain("due_on", "<=", self._due_soon_until())
            & Domain("state", "in", OPEN_STATES)
            & Domain("state", "!=", "submitted")
        )
        return boolean_domain(positive, value)

    def _search_number(self, name, operator, value):
        """Compare a number that depends on today, in SQL."""
        operators = {
            "in": SQL("IN"),
            "<": SQL("<"),
            "<=": SQL("<="),
            ">": SQL(">"),
            ">=": SQL(">="),
        }
        if operator not in operators:
            return NotImplemented
        right = tuple(one or 0 for one in value) if operator == "in" else value or 0
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "%s %s %s",
                model._field_to_sql(alias, name, query),
                operators[operator],
                right,
            )
        )

    def _search_days_left(self, operator, value):
        return self._search_number("days_left", operator, value)

    def _search_days_overdue(self, operator, value):
        return self._search_number("days_overdue", operator, value)

    def _search_ageing(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = Domain.FALSE
        for key, first, last in AGEING:
            if key in value:
                one = Domain("days_overdue", ">=", first)
                domain |= one & Domain("days_overdue", "<=", last) if last else one
        if False in value:
            domain |= ~Domain("is_overdue", "=", True)
        return domain
