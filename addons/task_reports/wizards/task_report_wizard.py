# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from odoo.addons.task_tracking.models.task_secret_document import CLEARANCE

from ..logic.form import period_name
from ..models.task_report_window import KINDS

MONTHS = [(str(number), str(number)) for number in range(1, 13)]
QUARTERS = [("1", "I"), ("2", "II"), ("3", "III"), ("4", "IV")]
HALVES = [("1", "First"), ("2", "Second")]
#: Which field holds the number of a period within its year.
NUMBER_FIELDS = {"month": "month", "quarter": "quarter", "half_year": "half"}
#: A PDF of more assignments takes minutes and much memory; XLSX does not.
PDF_ROWS_MAX = 5000


class WindowProblem(UserError):
    """What is chosen is no window that can be counted; the screen tells it."""


class TaskReportWizard(models.TransientModel):
    """Phụ lục I and II of a chosen agency, or of the whole province, in a window.

    The figures are computed each time they are shown and stored nowhere.
    """

    _name = "task.report.wizard"
    _inherit = ["task.report.lines.mixin"]
    _description = "Phụ lục I and II"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    kind = fields.Selection(
        [*KINDS, ("free", "From day to day")],
        string="Report",
        required=True,
        default=lambda self: self._default_kind(),
    )
    year = fields.Integer(required=True, default=lambda self: self._default_period()[0])
    month = fields.Selection(
        MONTHS, default=lambda self: str(self._default_period()[1])
    )
    quarter = fields.Selection(QUARTERS, default="1")
    half = fields.Selection(HALVES, string="Half of the year", default="1")
    free_from = fields.Date(string="From")
    free_to = fields.Date(string="To")
    may_choose_agency = fields.Boolean(compute="_compute_may_choose_agency")
    agency_id = fields.Many2one(
        "res.partner",
        domain=[("is_agency", "=", True)],
        default=lambda self: self._default_agency(),
        help="Leave empty for the whole province.",
    )
    date_from = fields.Date(string="First day", compute="_compute_window")
    date_to = fields.Date(string="Last day", compute="_compute_window")
    counted_to = fields.Date(
        compute="_compute_window",
        help="The last day counted: today while the window is not over.",
    )
    period = fields.Char(compute="_compute_window")
    problem = fields.Char(compute="_compute_window")
    # Apart from every figure, on this screen only: no print and no file holds them.
    has_secret_register = fields.Boolean(
        compute="_compute_secret_counts", groups=CLEARANCE
    )
    secret_documents = fields.Integer(
        string="Secret documents entered",
        compute="_compute_secret_counts",
        groups=CLEARANCE,
    )
    secret_tasks = fields.Integer(
        string="Their tasks", compute="_compute_secret_counts", groups=CLEARANCE
    )
    addressee = fields.Char(
        compute="_compute_addressee", store=True, readonly=False, precompute=True
    )
    causes = fields.Text(string="III. Causes of work not done, or done late")
    difficulties = fields.Text(string="IV. Difficulties and proposals")

    # -- who may report on whom --------------------------------------------------
    @api.model
    def _may_report_all(self):
        """The Office and the leaders; an agency reports on itself only."""
        return self.env.user._task_is_office_or_leader()

    @api.model
    def _default_agency(self):
        return False if self._may_report_all() else self.env.user.task_agency_id

    @api.depends_context("uid")
    def _compute_may_choose_agency(self):
        self.may_choose_agency = self._may_report_all()

    def _check_scope(self, agency):
        """Refuse figures the user is not to see.

        :raise AccessError: for the whole province or another agency than one's own,
            unless of the Office or a leader. Sector oversight shows single
            assignments of others, not their figures.
        """
        own = self.env.user.task_agency_id
        if not self._may_report_all() and (not own or agency != own):
            raise AccessError(
                self.env._("You can only report on the agency you work for.")
            )

    @api.constrains("agency_id")
    def _check_agency(self):
        for wizard in self:
            wizard._check_scope(wizard.agency_id)

    # -- the window ---------------------------------------------------------------
    @api.model
    def _default_kind(self):
        """The report the regulation asks for most often (QT has no monthly one)."""
        windows = self.env.company._task_regulation().report_window_ids.filtered(
            lambda window: window.topic == "figures"
        )
        return windows[:1].kind or "month"

    @api.model
    def _default_period(self):
        """Return (year, month) of the last month that is closed, the one to report."""
        company = self.env.company
        today = company._task_today()
        window = company._task_regulation()._report_window("month")
        if not window:
            return today.year, today.month
        return window._rule().last_closed(today)

    @api.depends(
        "company_id", "kind", "year", "month", "quarter", "half", "free_from", "free_to"
    )
    def _compute_window(self):
        for wizard in self:
            wizard.date_from = wizard.date_to = wizard.counted_to = False
            wizard.period = False
            try:
                first, last = wizard._window()
                today = wizard.company_id._task_today()
                wizard._check_window(first, last, today)
            except WindowProblem as problem:
                wizard.problem = str(problem)
                continue
            wizard.problem = False
            wizard.date_from, wizard.date_to = first, last
            wizard.counted_to = min(last, today)
            wizard.period = period_name(
                wizard.kind, wizard.year, wizard._number(), first, last
            )

    def _number(self):
        return (
            int(self[NUMBER_FIELDS[self.kind]] or 1)
            if (self.kind in NUMBER_FIELDS)
            else 1
        )

    def _window(self):
        """Return (first day, last day) of what is chosen.

        :raise WindowProblem: when it is not chosen in full, or the regulation has no
            such report.
        """
        self.ensure_one()
        if self.kind == "free":
            if not self.free_from or not self.free_to:
                raise WindowProblem(self.env._("Choose the first and the last day."))
            return self.free_from, self.free_to
        regulation = self.company_id._task_regulation()
        window = regulation._report_window(self.kind)
        number = self._number()
        if not window or number > window.per_year:
            raise WindowProblem(
                self.env._(
                    "The regulation in force (%(regulation)s) does not know this"
                    " report. Choose another, or a window from day to day.",
                    regulation=regulation.display_name or "–",
                )
            )
        if not 2000 <= self.year <= 2100:
            raise WindowProblem(self.env._("Give the year in four digits."))
        first, last = window._rule().window(self.year, number)
        effective = regulation.effective_on
        if effective and last < effective:
            raise WindowProblem(
                self.env._(
                    "%(regulation)s took effect on %(day)s; this period ended before.",
                    regulation=regulation.display_name,
                    day=format_date(self.env, effective),
                )
            )
        return first, last

    def _check_window(self, first, last, today):
        if first > last:
            raise WindowProblem(self.env._("The last day is before the first."))
        if first > today:
            raise WindowProblem(
                self.env._(
                    "This period begins on %(day)s: there is nothing to count yet.",
                    day=format_date(self.env, first),
                )
            )

    @api.depends("period", "agency_id")
    def _compute_display_name(self):
        for wizard in self:
            wizard.display_name = wizard._file_name()

    @api.depends("agency_id", "company_id")
    def _compute_addressee(self):
        """An agency reports to the Office, the Office to the Committee (KH Đ20.2–3)."""
        for wizard in self:
            office = self.env["task.report.sheet"]._office()
            wizard.addressee = (
                office.name if wizard.agency_id and office else wizard.company_id.name
            )

    # -- the figures ----------------------------------------------------------------
    @api.depends("company_id", "agency_id", "date_from", "counted_to")
    @api.depends_context("uid", "lang")
    def _compute_figures(self):
        return super()._compute_figures()

    @api.depends("company_id", "agency_id", "date_from", "counted_to")
    @api.depends_context("uid")
    def _compute_secret_counts(self):
        """The entered number of secret documents and of their tasks (BG Đ5.2đ), of
        what the reader's clearance lets through."""
        self.has_secret_register = False
        self.secret_documents = self.secret_tasks = 0
        for wizard in self.filtered("date_from"):
            self._check_scope(wizard.agency_id)
            counts = (
                self.env["task.secret.document"]
                .with_company(wizard.company_id)
                ._secret_counts(wizard.date_from, wizard.counted_to, wizard.agency_id)
            )
            if counts:
                wizard.has_secret_register = True
                wizard.secret_documents = counts["documents"]
                wizard.secret_tasks = counts["tasks"]

    def _checked_window(self):
        """Return the wizard ready to print, for its own company.

        :raise WindowProblem: when the window is not one that can be counted.
        """
        self.ensure_one()
        self.check_access("read")
        if self.problem:
            raise WindowProblem(self.problem)
        self._check_scope(self.agency_id)
        return self.with_company(self.company_id)

    def _sheet(self):
        """Return the :class:`Sheet` of the chosen agency and window."""
        wizard = self._checked_window()
        return wizard.env["task.report.sheet"]._sheet(
            wizard.date_from,
            wizard.counted_to,
            wizard.agency_id,
            period=wizard.period,
            addressee=wizard.addressee or "",
            causes=wizard.causes or "",
            difficulties=wizard.difficulties or "",
        )

    def _file_name(self):
        """Return the name of the printed file, without its extension."""
        whom = self.agency_id.name or self.company_id.name
        words = filter(None, ("Phụ lục I, II", whom, self.period))
        return " - ".join(words).replace("/", "-")

    # -- buttons ------------------------------------------------------------------
    def _line_sheet(self):
        return self._sheet() if self.date_from else None

    def _line_ids(self, codes, agency_id):
        wizard = self._checked_window()
        agency = wizard.agency_id
        if agency_id and not agency:
            agency = wizard.env["res.partner"].browse(agency_id)
        engine = wizard.env["task.report.engine"]
        ids = set()
        for code in codes:
            ids.update(
                engine._counted_ids(code, wizard.date_from, wizard.counted_to, agency)
            )
        return sorted(ids)

    def action_print(self):
        """Print Phụ lục I and II as PDF."""
        wizard = self._checked_window()
        return self.env.ref("task_reports.action_report_phu_luc").report_action(wizard)

    def action_export(self):
        """Download Phụ lục I and II as XLSX."""
        return self._download("xlsx")

    def action_word(self):
        """Download the report as DOCX, to be finished in Word."""
        wizard = self._checked_window()
        figures = wizard.env["task.report.engine"]._figures(
            wizard.date_from, wizard.counted_to, wizard.agency_id
        )
        # Refused here, where the screen can tell it, and not on a page of its own.
        wizard.env["task.report.template"]._check_length(figures.count("total"))
        return self._download("docx")

    def _download(self, ending):
        self._checked_window()
        return {
            "type": "ir.actions.act_url",
            "url": f"/task_reports/phu_luc/{self.id}.{ending}",
            # A download leaves the page as it is; a new window may be blocked.
            "target": "self",
        }
