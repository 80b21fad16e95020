# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from odoo.addons.task_tracking.logic.periods import KIND_MONTHS, LAST_DAY
from odoo.addons.task_tracking.logic.windows import WindowRule

#: Kinds of periodic report that have a data window (KH Đ20.1).
KINDS = [
    ("month", "Month"),
    ("quarter", "Quarter"),
    ("half_year", "6 months"),
    ("year", "Year"),
]


#: What a periodic report is about.
TOPICS = [
    ("figures", "Results of the tasks (Phụ lục I, II)"),
    ("year_end_list", "List of dated tasks that ask for no product"),
    ("regulation", "Carrying out the regulation itself"),
]
#: Of which tasks a report tells; see `task.report.engine`.
SCOPES = [
    ("all", "All tasks"),
    ("superior", "Tasks that a body above this level assigned"),
    ("year_end", "Dated tasks that ask for no product"),
]
#: Topic → (duty of each agency, duty of the Office), codes of limits.ACTS.
TOPIC_ACTS = {
    "figures": ("report_send", "report_compile"),
    "year_end_list": ("year_end_list", None),
    "regulation": (None, "regulation_report"),
}


class TaskReportWindow(models.Model):
    """One line of a regulation's reporting calendar: a kind of periodic report, from
    which day to which it counts, to whom it goes.

    When it is due is said by the time limits of the same regulation (TOPIC_ACTS).
    """

    _name = "task.report.window"
    _inherit = ["task.regulation.cited"]
    _description = "Periodic report of a regulation"
    _order = "regulation_id, sequence, id"

    regulation_id = fields.Many2one(
        "task.regulation", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    kind = fields.Selection(KINDS, string="Report", required=True)
    topic = fields.Selection(TOPICS, string="About", required=True, default="figures")
    addressee = fields.Char(
        string="Agencies send to", help="As printed after “Kính gửi”."
    )
    open_days = fields.Integer(
        string="Opens, days before",
        default=10,
        help="The report is opened so many days before the last day of its figures, or"
        " before the day it is due if that is earlier.",
    )
    output_ids = fields.One2many(
        "task.report.output",
        "window_id",
        string="Compiled by the Office",
        copy=True,
    )
    start_day = fields.Integer(
        string="From day", required=True, default=1, help="31 means the last day."
    )
    start_offset = fields.Integer(
        string="Months from the period's first month",
        help="-1 is the month before the period.",
    )
    end_day = fields.Integer(
        string="To day",
        required=True,
        default=LAST_DAY,
        help="31 means the last day. The day itself is counted.",
    )
    end_offset = fields.Integer(
        string="Months from the period's last month",
        help="0 is the period's last month itself.",
    )
    per_year = fields.Integer(
        string="Periods a year",
        required=True,
        compute="_compute_per_year",
        precompute=True,
        store=True,
        readonly=False,
        help="1 where the regulation wants the first half-year only.",
    )
    article = fields.Char(help="Where the regulation says so.")
    quote = fields.Text(help="The regulation's own words.")
    is_interpretation = fields.Boolean(
        string="Our reading",
        help="The text leaves it open; this is how it is read here.",
    )
    example = fields.Char(compute="_compute_example", string="First period")

    _kind_uniq = models.Constraint(
        "UNIQUE (regulation_id, topic, kind)",
        "A regulation has each kind of report once.",
    )

    @api.depends("kind")
    def _compute_per_year(self):
        for window in self:
            window.per_year = 12 // KIND_MONTHS.get(window.kind, 12)

    @api.depends(
        "kind", "start_day", "start_offset", "end_day", "end_offset", "per_year"
    )
    def _compute_example(self):
        """Show the year's first period, so that a wrong offset is seen at once."""
        for window in self:
            if not window.kind or window.per_year < 1:
                window.example = False
                continue
            year = window.env.company._task_today().year
            first, last = window._rule().window(year)
            window.example = (
                f"{format_date(window.env, first)} – {format_date(window.env, last)}"
            )

    @api.constrains(
        "kind",
        "start_day",
        "start_offset",
        "end_day",
        "end_offset",
        "per_year",
        "open_days",
    )
    def _check_rule(self):
        for window in self:
            if not (1 <= window.start_day <= 31 and 1 <= window.end_day <= 31):
                raise ValidationError(
                    self.env._("A day of the month lies between 1 and 31.")
                )
            if not 1 <= window.per_year <= 12 // KIND_MONTHS[window.kind]:
                raise ValidationError(
                    self.env._("A year does not have that many periods of this kind.")
                )
            if not 0 <= window.open_days <= 366:
                raise ValidationError(
                    self.env._("A report is opened within a year of its last day.")
                )
            if max(abs(window.start_offset), abs(window.end_offset)) > 12:
                raise ValidationError(
                    self.env._("A window begins and ends within a year of its period.")
                )
            first, last = window._rule().window(2026)
            if first > last:
                raise ValidationError(
                    self.env._("The window would end before it begins.")
                )

    def _rule(self):
        """Return the window's :class:`WindowRule`, for date arithmetic."""
        self.ensure_one()
        return WindowRule(
            self.kind,
            self.start_day,
            self.start_offset,
            self.end_day,
            self.end_offset,
            self.per_year,
        )


class TaskReportOutput(models.Model):
    """A report that the Office compiles from the agencies': to whom, of which tasks.

    Quảng Trị Đ22: one to the Committee, one with the tasks of superior bodies to the
    Government Office. Kon Tum Đ20.2: the Committee's tasks only, to its Office.
    """

    _name = "task.report.output"
    _description = "Report compiled by the Office"
    _order = "window_id, sequence, id"
    _rec_name = "addressee"

    window_id = fields.Many2one(
        "task.report.window", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    addressee = fields.Char(required=True, help="As printed after “Kính gửi”.")
    scope = fields.Selection(
        SCOPES,
        string="Of which tasks",
        required=True,
        default="all",
    )
    article = fields.Char(help="Where the regulation says so.")
