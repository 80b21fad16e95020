# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..logic.calendar import ADHOC
from ..logic.mail_days import parse_days
from .task_report_window import KINDS

#: The occasions on which mails are sent, and whether days belong to them.
EVENTS = [
    ("due", "A report falls due"),
    ("late", "A report is late"),
    ("compiled", "The compiled report was submitted: the report"),
    ("summary", "The compiled report was submitted: a one-page summary"),
]
DAYS_EVENTS = ("due", "late")
#: Kind of report → the field that says whether mails are sent about it.
KIND_FIELDS = {kind: f"for_{kind}" for kind, _label in (*KINDS, (ADHOC, ""))}


class TaskReportMailing(models.Model):
    """One line of the schedule of mails about reports: on what occasion, how many
    working days before or after, about which kinds of report, to whom.

    Each company has lines of its own, copied at its start from those without a
    company (data). A line is switched off, not deleted, so that no default returns.
    """

    _name = "task.report.mailing"
    _description = "Scheduled mail about reports"
    _inherit = ["task.closed.mixin"]
    _order = "company_id, sequence, id"
    _closed_fields = frozenset(("company_id",))

    company_id = fields.Many2one(
        "res.company",
        index=True,
        ondelete="cascade",
        copy=False,
        default=lambda self: self.env.company,
        help="Empty: what a new company starts with.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(string="On", default=True)
    event = fields.Selection(EVENTS, string="Occasion", required=True)
    days = fields.Char(
        string="Working days",
        default="3, 1",
        help="How many working days before the day it is due, or after it: one mail for"
        " each number. 0 is the day itself.",
    )
    for_month = fields.Boolean(string="Monthly", default=True)
    for_quarter = fields.Boolean(string="Quarterly", default=True)
    for_half_year = fields.Boolean(string="Of 6 months", default=True)
    for_year = fields.Boolean(string="Yearly", default=True)
    for_adhoc = fields.Boolean(string="Ad hoc", default=True)
    to_officers = fields.Boolean(
        string="Officers of the agency",
        help="Each agency's about its own report only.",
    )
    to_heads = fields.Boolean(
        string="Head of the agency",
        help="Each agency's about its own report only.",
    )
    to_managers = fields.Boolean(
        string="Office managers",
        help="About the Office's own reports, and of agencies that are late in one mail"
        " for all.",
    )
    to_leaders = fields.Boolean(string="Leaders")
    user_ids = fields.Many2many(
        "res.users",
        string="And by name",
        domain="[('company_ids', 'in', company_id), ('share', '=', False)]",
        help="People of the Office or the leadership, told what Office managers are.",
    )

    @api.depends("event", "days")
    @api.depends_context("lang")
    def _compute_display_name(self):
        events = dict(self._fields["event"]._description_selection(self.env))
        for line in self:
            days = line.days if line.event in DAYS_EVENTS else ""
            line.display_name = f"{events.get(line.event, '')} {days or ''}".strip()

    @api.constrains("event", "days")
    def _check_days(self):
        for line in self.filtered(lambda one: one.event in DAYS_EVENTS):
            try:
                line._step_days()
            except ValueError as error:
                raise ValidationError(
                    self.env._(
                        "Write the working days as numbers with commas, as in 3, 1."
                    )
                ) from error

    @api.constrains("user_ids", "company_id")
    def _check_users(self):
        """Whoever is named reads of all agencies: not a user of one of them."""
        for line in self:
            if strange := line.user_ids - line._readers_of_all(line.user_ids):
                raise ValidationError(
                    self.env._(
                        "%(user)s is neither of the Office nor of the leadership, and"
                        " may not read about all agencies.",
                        user=strange[0].name,
                    )
                )

    def _step_days(self):
        """The working days, as numbers."""
        return parse_days(self.days or "")

    def _readers_of_all(self, users):
        """Those of `users` who may read about every agency of the company."""
        return users.sudo().filtered(
            lambda user: (
                user.active
                and self.company_id in user.company_ids
                and user._task_is_office_or_leader()
            )
        )

    # -- what a company starts with ----------------------------------------------------
    @api.model
    def _provide(self, companies=None):
        """Give each company that has no line those it starts with."""
        lines = self.sudo().with_context(active_test=False)
        having = lines.search([("company_id", "!=", False)]).company_id
        if companies is None:
            companies = having.search([("id", "not in", having.ids)])
        defaults = lines.search([("company_id", "=", False)])
        for company in companies - having:
            for line in defaults:
                line.copy({"company_id": company.id})


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        self.env["task.report.mailing"]._provide(companies)
        return companies
