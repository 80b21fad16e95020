# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain

#: How long a report of the Office stays on the leaders' desks, in days.
READ_DAYS = 30


class TaskDesk(models.AbstractModel):
    """The reports that wait for the reader."""

    _inherit = "task.desk"

    def _agency_sections(self):
        return [
            (
                "reports",
                self.env._("Reports to send"),
                "task.report",
                Domain("is_mine", "=", True) & Domain("state", "=", "draft"),
                "due_on, id",
                "action",
            ),
            *super()._agency_sections(),
        ]

    def _leader_sections(self):
        since = self.env.company._task_today() - timedelta(days=READ_DAYS)
        return [
            *super()._leader_sections(),
            (
                "reports_submitted",
                self.env._("Reports the Office has submitted"),
                "task.report",
                Domain("agency_id", "=", False)
                & Domain("is_current", "=", True)
                & Domain("submitted_on", ">=", fields.Date.to_string(since)),
                "submitted_on desc, id",
                "info",
            ),
        ]

    def _office_sections(self, user):
        if not user._task_is_manager():
            return super()._office_sections(user)
        return [
            *super()._office_sections(user),
            (
                "reports_to_compile",
                self.env._("Reports to compile"),
                "task.report",
                Domain("agency_id", "=", False) & Domain("state", "=", "draft"),
                "due_on, id",
                "action",
            ),
            (
                "reports_overdue",
                self.env._("Reports the agencies have not sent in time"),
                "task.report",
                Domain("agency_id", "!=", False) & Domain("is_overdue", "=", True),
                "due_on, id",
                "warning",
            ),
        ]

    def _item(self, record):
        if record._name != "task.report":
            return super()._item(record)
        days = 0
        if record.due_on:
            days = (record.due_on - record.company_id._task_today()).days
        return {
            "id": record.id,
            "title": record.period_id.display_name,
            "subtitle": record.author,
            "date": record.due_on,
            "new_date": False,
            "days_overdue": max(0, -days),
            "days_left": days if record.due_on and days >= 0 else False,
            # its explanations are brought up to date as it opens
            "open": "action_prepare",
        }
