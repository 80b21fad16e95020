# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import date

import holidays

from odoo import api, fields, models
from odoo.exceptions import UserError

COUNTRY = "VN"


class TaskCalendarPropose(models.TransientModel):
    """Propose the days off of a year from the `holidays` library.

    The library knows the law and the swaps published so far, not every decision of
    the Government: it proposes, the administrator confirms and corrects.
    """

    _name = "task.calendar.propose"
    _description = "Propose Days Off"

    year = fields.Integer(
        required=True, default=lambda self: self.env.company._task_today().year
    )

    @api.model
    def _proposals(self, year):
        """Values of the calendar days the library proposes for `year`."""
        found = holidays.country_holidays(COUNTRY, years=year, language="vi")
        source = f"holidays {holidays.__version__}"
        proposals = {
            day: {"name": name, "kind": self._kind(day, name, found)}
            for day, name in found.items()
        }
        for day in found.weekend_workdays:
            if day.year == year:
                proposals[day] = {"name": self.env._("Worked"), "kind": "worked"}
        return [
            {"date": day, "source": source, **values}
            for day, values in sorted(proposals.items())
        ]

    @api.model
    def _kind(self, day, name, found):
        """A day off in lieu of another is compensatory, any other a holiday."""
        observed = name.endswith(found.tr(found.observed_label).removeprefix("%s"))
        label = found.tr(found.substituted_label).split("%s")[0]
        return "compensatory" if observed or name.startswith(label) else "holiday"

    def action_propose(self):
        """Add the proposals that are missing and show the year's calendar.

        :raise UserError: if the library knows nothing of the year.
        """
        self.ensure_one()
        days = self.env["task.calendar.day"]
        days.check_access("create")
        if not 1900 < self.year < 2100:
            raise UserError(self.env._("Enter a year between 1901 and 2099."))
        span = [
            ("date", ">=", date(self.year, 1, 1)),
            ("date", "<=", date(self.year, 12, 31)),
        ]
        known = days.search([*span, ("company_id", "=", False)]).mapped("date")
        days.create(
            [vals for vals in self._proposals(self.year) if vals["date"] not in known]
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "task_tracking.action_task_calendar_day"
        )
        return {**action, "domain": span, "context": {}}
