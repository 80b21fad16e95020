# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import datetime, time

from pytz import timezone, utc

from odoo import fields, models
from odoo.tools import ormcache

from odoo.addons.base.models.res_partner import _tz_get

from ..logic.workdays import Exceptional, WorkCalendar


class ResCompany(models.Model):
    """A company is one level that assigns tasks: a province, or a department."""

    _inherit = "res.company"

    regulation_id = fields.Many2one(
        "task.regulation",
        string="Regulation on tasks",
        ondelete="restrict",
        help="The regulation that new directives follow.",
    )
    task_tz = fields.Selection(
        _tz_get,
        string="Time zone of tasks",
        required=True,
        default="Asia/Ho_Chi_Minh",
        help="Deadlines are days of this time zone, whatever the user's or the"
        " server's is.",
    )

    def _task_regulation(self, day=None):
        """The version of the chosen regulation in force here on `day` (today).

        Empty where none was chosen.
        """
        chosen = self.sudo().regulation_id
        if not chosen:
            return chosen.sudo(self.env.su)
        return chosen._version_on(day or self._task_today()).sudo(self.env.su)

    def _task_local(self, moment):
        """`moment` (naive UTC datetime) as an aware datetime of this time zone."""
        zone = timezone(self.sudo().task_tz or "Asia/Ho_Chi_Minh")
        return utc.localize(moment).astimezone(zone)

    def _task_today(self):
        """Today's date here (never the server's, UTC's or the user's)."""
        return self._task_local(fields.Datetime.now()).date()

    def _task_moment(self, when, *, exact=False):
        """`when` as an aware datetime of this time zone; a date is returned as is.

        :param when: a date, or a naive UTC datetime as Odoo stores it.
        :param exact: a moment is wanted: of a date alone the day's last second, which
            wrongs nobody.
        """
        if isinstance(when, datetime):
            return self._task_local(when)
        if exact:
            zone = timezone(self.sudo().task_tz or "Asia/Ho_Chi_Minh")
            return zone.localize(datetime.combine(when, time(23, 59, 59)))
        return when

    @ormcache("self.id")
    def _task_calendar(self):
        """The WorkCalendar of this company: confirmed days, its own before shared.

        Cached until a calendar day is changed. It is shared: never change it.
        """
        days = {}
        found = (
            self.env["task.calendar.day"]
            .sudo()
            .search(
                [("state", "=", "confirmed"), ("company_id", "in", (False, self.id))]
            )
        )
        for day in found.sorted(lambda one: bool(one.company_id)):
            days[day.date] = Exceptional(day.date, day.kind, day.name)
        return WorkCalendar(days.values())
