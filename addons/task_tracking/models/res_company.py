# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import datetime

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

    def _task_regulation(self):
        """The regulation in force here; empty where none was chosen."""
        return self.sudo().regulation_id.sudo(self.env.su)

    def _task_local(self, moment):
        """`moment` (naive UTC datetime) as an aware datetime of this time zone."""
        zone = timezone(self.sudo().task_tz or "Asia/Ho_Chi_Minh")
        return utc.localize(moment).astimezone(zone)

    def _task_today(self):
        """Today's date here (never the server's, UTC's or the user's)."""
        return self._task_local(fields.Datetime.now()).date()

    def _task_moment(self, when):
        """`when` as an aware datetime of this time zone; a date is returned as is.

        :param when: a date, or a naive UTC datetime as Odoo stores it.
        """
        return self._task_local(when) if isinstance(when, datetime) else when

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
