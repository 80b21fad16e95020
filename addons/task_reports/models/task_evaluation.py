# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import format_date

from odoo.addons.task_tracking.models.task_clock import OFFICE_GROUPS

from ..logic.evaluation import PARTS
from ..logic.form import period_name
from .task_report_window import KINDS

#: How many periods before its own an evaluation looks back on.
PERIODS_BEFORE = 5


class TaskEvaluation(models.Model):
    """The evaluation of the agencies in a window (KH Đ12, Đ22; BG Đ8.1a, Đ23; QT
    Đ25.1; KT Đ25.2).

    A draft is computed anew each time it is looked at, from the same classification as
    Phụ lục I. Until it is published an agency sees its own line only, without a place.
    """

    _name = "task.evaluation"
    _inherit = ["task.closed.mixin"]
    _description = "Evaluation of agencies"
    _order = "date_to desc, id desc"

    _closed_fields = frozenset(("company_id", "regulation_id", "state"))

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
    )
    regulation_id = fields.Many2one(
        "task.regulation",
        compute="_compute_regulation",
        store=True,
        ondelete="restrict",
        help="The version in force on the last day.",
    )
    kind = fields.Selection(
        [*KINDS, ("free", "From day to day")],
        string="Period",
        required=True,
        default=lambda self: self._default_window().kind or "free",
    )
    year = fields.Integer(default=lambda self: self._default_period()[0])
    number = fields.Integer(
        string="Number in the year",
        default=lambda self: self._default_period()[1],
        help="Of a month 1–12, of a quarter 1–4, of 6 months or a year 1.",
    )
    date_from = fields.Date(
        string="First day",
        compute="_compute_window",
        store=True,
        precompute=True,
        readonly=False,
    )
    date_to = fields.Date(
        string="Last day",
        compute="_compute_window",
        store=True,
        precompute=True,
        readonly=False,
        help="The last day counted.",
    )
    counted_to = fields.Date(
        compute="_compute_counted_to",
        help="The last day counted: today while the window is not over.",
    )
    note = fields.Text(
        help="Written by the Office, printed under the table.",
        groups=OFFICE_GROUPS,
    )
    shown_note = fields.Text(
        string="Remarks",
        compute="_compute_shown_note",
        compute_sudo=True,
        help="The Office's note, for agencies from the publication on.",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("published", "Published")],
        required=True,
        default="draft",
        copy=False,
        index=True,
    )
    figures = fields.Json(compute="_compute_figures", string="Evaluation")

    _days_order = models.Constraint(
        "CHECK (date_to >= date_from)", "The last day is before the first."
    )

    @api.depends("kind", "year", "number", "date_from", "date_to")
    def _compute_display_name(self):
        for one in self:
            one.display_name = self.env._(
                "Evaluation of agencies, %(period)s", period=one._period_name()
            )

    @api.depends("company_id", "date_to")
    def _compute_regulation(self):
        for one in self:
            one.regulation_id = one.company_id._task_regulation(one.date_to)

    @api.depends("company_id", "date_to")
    def _compute_counted_to(self):
        for one in self:
            today = one.company_id._task_today()
            one.counted_to = min(one.date_to, today) if one.date_to else False

    @api.depends_context("uid")
    @api.depends("note", "state")
    def _compute_shown_note(self):
        sees_all = self._sees_all()
        for one in self:
            shows = sees_all or one.state == "published"
            one.shown_note = one.note if shows else False

    # -- the window ------------------------------------------------------------------
    @api.model
    def _default_window(self):
        return self.env.company._task_regulation().report_window_ids[:1]

    @api.model
    def _default_period(self):
        """(year, number) of the last period that is over, of the kind asked most."""
        window, today = self._default_window(), self.env.company._task_today()
        if not window:
            return today.year, 1
        return window._rule().last_closed(today)

    @api.depends("company_id", "kind", "year", "number")
    def _compute_window(self):
        for one in self:
            window = one._calendar_window()
            if window:
                one.date_from, one.date_to = window
            else:
                is_free = one.kind == "free"
                one.date_from = is_free and one.date_from
                one.date_to = is_free and one.date_to

    def _calendar_window(self):
        """(first day, last day) of the chosen period; None where there is none."""
        line = self.company_id._task_regulation()._report_window(self.kind)
        if not line or not 2000 <= self.year <= 2100:
            return None
        if not 1 <= self.number <= line.per_year:
            return None
        return line._rule().window(self.year, self.number)

    @api.constrains("company_id", "kind", "year", "number", "date_from", "date_to")
    def _check_window(self):
        for one in self:
            if not one.regulation_id.sudo()._evaluates():
                raise ValidationError(
                    self.env._(
                        "The regulation in force has no criterion of evaluation: the"
                        " administrator adds them on its page."
                    )
                )
            if one.kind == "free":
                if not one.date_from or not one.date_to:
                    raise ValidationError(
                        self.env._("Choose the first and the last day.")
                    )
                continue
            window = one._calendar_window()
            if not window:
                raise ValidationError(
                    self.env._("The regulation in force does not know this period.")
                )
            if (one.date_from, one.date_to) != window:
                raise ValidationError(
                    self.env._(
                        "This period runs from %(first)s to %(last)s. For other days"
                        " choose “From day to day”.",
                        first=format_date(self.env, window[0]),
                        last=format_date(self.env, window[1]),
                    )
                )

    def _period_name(self):
        if not self.date_from or not self.date_to:
            return ""
        return period_name(
            self.kind, self.year, self.number, self.date_from, self.date_to
        )

    def _periods_before(self):
        """The periods of the same kind before this one, the latest first: (words,
        first day, last day). None before the regulation took effect."""
        line = self.company_id._task_regulation()._report_window(self.kind)
        if self.kind == "free" or not line:
            return []
        rule = line._rule()
        found = [
            (year, number, first, last)
            for year in range(self.year - PERIODS_BEFORE, self.year + 1)
            for year, number, first, last in rule.periods(year)
            if last < self.date_to
        ]
        effective = self.regulation_id.effective_on
        return [
            (period_name(self.kind, year, number, first, last), first, last)
            for year, number, first, last in sorted(
                found, key=lambda one: one[3], reverse=True
            )[:PERIODS_BEFORE]
            if not effective or last >= effective
        ]

    # -- who sees what ---------------------------------------------------------------
    @api.model
    def _sees_all(self):
        """The Office and the leaders see every line at any time."""
        return self.env.user._task_is_office_or_leader()

    def _is_ranking_shown(self):
        """Whether agencies see all lines and the ranking of this evaluation."""
        policy = self.regulation_id.sudo()._policy
        return self.state == "published" and policy("ranking_published")

    def _own_agency(self):
        """The reader's agency, to whose line the figures are kept; empty: all lines.

        :raise AccessError: for who is neither of the Office, a leader nor an agency.
        """
        if self._sees_all():
            return self.env["res.partner"]
        agency = self.env.user.sudo().task_agency_id
        if not agency or not self.env.user.has_group(
            "task_tracking.group_agency_officer"
        ):
            raise AccessError(self.env._("You may not see how agencies are evaluated."))
        return agency.sudo(False)

    # -- the figures -----------------------------------------------------------------
    @api.depends("company_id", "regulation_id", "date_from", "counted_to", "state")
    @api.depends_context("uid", "lang")
    def _compute_figures(self):
        for one in self:
            one.figures = (
                one._figures_values() if one.date_from and one.date_to else False
            )

    def _figures_values(self):
        """What the screen draws, a dict for JSON, as far as the reader may see it."""
        self.ensure_one()
        own = self._own_agency()
        shows_all = not own or self._is_ranking_shown()
        board = self.env["task.evaluation.board"].with_company(self.company_id)
        return board._values(self._data(own if not shows_all else None), own, shows_all)

    def _data(self, agency=None):
        """What was counted, as plain data (see `task.evaluation.board`).

        :param agency: a res.partner whose line alone is asked for.
        """
        board = self.env["task.evaluation.board"].with_company(self.company_id)
        return board._count(self, agency)

    # -- what is behind a figure -----------------------------------------------------
    def action_open_part(self, part, agency_ids):
        """Open exactly the records counted in one number of a formula.

        :param part: a key of `logic.evaluation.PARTS`.
        :param agency_ids: ids of the agencies of the line.
        :return: a window action.
        :raise AccessError: for other agencies than one's own, unless of the Office or
            a leader.
        """
        self.ensure_one()
        self.check_access("read")
        if part not in PARTS:
            raise ValidationError(self.env._("The evaluation has no such figure."))
        agencies = self.env["res.partner"].browse(agency_ids)
        own = self._own_agency()
        if own and agencies != own:
            raise AccessError(
                self.env._("You can only open the figures of your own agency.")
            )
        model = PARTS[part]
        return {
            "type": "ir.actions.act_window",
            "name": self.env["task.evaluation.board"]._part_labels()[part],
            "res_model": model,
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", self._part_ids(part, agencies))],
            "context": {"active_test": False},
        }

    def _part_ids(self, part, agencies):
        """Ids of the records counted in a part, of these agencies."""
        engine = self.env["task.evaluation.engine"].with_company(self.company_id)
        return engine._part_ids(part, self.date_from, self.counted_to, agencies)

    # -- drafts are the Office's -----------------------------------------------------
    def write(self, vals):
        if not self.env.su and any(one.state != "draft" for one in self):
            raise UserError(self.env._("What was published is not changed any more."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if self.filtered(lambda one: one.state != "draft"):
            raise UserError(self.env._("What was published is kept."))
