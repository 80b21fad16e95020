# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import fields, models


class ResCompany(models.Model):
    """Who is told what: the people of a company by role, and from which hour."""

    _inherit = "res.company"

    task_digest_hour = fields.Integer(
        string="Hour of the daily digest",
        required=True,
        default=7,
        help="The hour of the province's day from which each person is sent the one"
        " e-mail of the day, on working days.",
    )

    _task_digest_hour_of_day = models.Constraint(
        "CHECK (task_digest_hour BETWEEN 0 AND 23)",
        "The hour of the digest is one from 0 to 23.",
    )

    def _task_people(self):
        """The company's active users by role: {"heads", "officers"}: {agency: users},
        {"managers", "leaders"}: users. A head is not among the officers."""
        self.ensure_one()

        def having(group):
            users = self.env.ref(f"task_tracking.{group}").sudo().all_user_ids
            return users.filtered(lambda user: user.active and self in user.company_ids)

        heads = having("group_agency_head")
        officers = having("group_agency_officer") - heads
        return {
            "heads": heads.grouped("task_agency_id"),
            "officers": officers.grouped("task_agency_id"),
            "managers": having("group_office_manager"),
            "leaders": having("group_leader"),
        }

    def _task_writes_now(self):
        """Whether the day's digest may be sent here now: not on days off, nor before
        the hour."""
        self.ensure_one()
        now = self._task_local(fields.Datetime.now())
        return now.hour >= self.task_digest_hour and self._task_calendar().is_workday(
            now.date()
        )

    def _task_writes_later(self):
        """Whether today's digest is still ahead here."""
        self.ensure_one()
        now = self._task_local(fields.Datetime.now())
        return now.hour < self.task_digest_hour and self._task_calendar().is_workday(
            now.date()
        )
