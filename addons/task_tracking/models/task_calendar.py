# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from ..logic.workdays import SATURDAY


class TaskCalendarDay(models.Model):
    """A day that differs from the ordinary week: off, or a weekend day worked.

    Only confirmed days count. A day without company holds for all companies; a
    company's own line for the same date takes its place.
    """

    _name = "task.calendar.day"
    _inherit = "task.cached.mixin"
    _description = "Day Off or Worked"
    _order = "date desc, company_id"
    _rec_names_search = ["name"]

    date = fields.Date(required=True, index=True)
    kind = fields.Selection(
        [
            ("holiday", "Public holiday"),
            ("compensatory", "Compensatory day off"),
            ("worked", "Worked day off"),
        ],
        required=True,
        default="holiday",
    )
    name = fields.Char(string="Occasion", required=True)
    source = fields.Char(
        string="According to",
        help="The document that decided it, or where the proposal comes from.",
    )
    state = fields.Selection(
        [("proposed", "To confirm"), ("confirmed", "Confirmed")],
        required=True,
        default="proposed",
        copy=False,
        help="Due dates are counted with confirmed days only.",
    )
    company_id = fields.Many2one(
        "res.company", ondelete="cascade", index=True, help="Empty: for everybody."
    )

    _date_company_uniq = models.UniqueIndex(
        "(date, company_id) WHERE company_id IS NOT NULL",
        "This day is in the calendar of this company already.",
    )
    _date_shared_uniq = models.UniqueIndex(
        "(date) WHERE company_id IS NULL", "This day is in the calendar already."
    )

    @api.depends("name", "date")
    def _compute_display_name(self):
        for day in self:
            parts = (day.date and format_date(self.env, day.date), day.name)
            day.display_name = " ".join(filter(None, parts))

    @api.constrains("kind", "date", "company_id")
    def _check_worked(self):
        """A shared worked day is a Saturday or Sunday: other days are worked anyhow.

        A company may declare a weekday worked, to take back a shared holiday."""
        for day in self:
            weekend = day.date.weekday() >= SATURDAY
            if day.kind == "worked" and not weekend and not day.company_id:
                raise ValidationError(
                    self.env._(
                        "%(day)s is a working day already: only a Saturday or a"
                        " Sunday is entered as worked.",
                        day=format_date(self.env, day.date),
                    )
                )

    def action_confirm(self):
        """Count due dates with these days from now on; clocks that run stay."""
        self.write({"state": "confirmed"})

    def action_unconfirm(self):
        """Leave these days out of the count from now on; clocks that run stay."""
        self.write({"state": "proposed"})
