# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models, modules
from odoo.fields import Domain

from .task_digest_sources import RUNNING_STATES


class TaskAssignment(models.Model):
    """What a person is reminded of on the screen: computed, nothing is stored that
    would be out of date tomorrow, or told a second time."""

    _inherit = "task.assignment"

    reminder = fields.Selection(
        [("overdue", "Late"), ("today", "Due today"), ("planned", "Due soon")],
        compute="_compute_reminder",
        search="_search_reminder",
        help="Of what the reader's agency carries, or the reader follows, and is still"
        " to be done.",
    )

    @api.depends_context("uid", "company")
    @api.depends("state", "due_on", "agency_id", "specialist_id")
    def _compute_reminder(self):
        domains = self._reminder_domains()
        self.reminder = False
        for key, domain in domains.items():
            mine = Domain("id", "in", self.ids) & domain
            self.sudo().search(mine).with_env(self.env).reminder = key

    def _search_reminder(self, operator, value):
        if operator != "in":
            return NotImplemented
        domains = self._reminder_domains()
        found = Domain.OR(domains[key] for key in value if key in domains)
        if False in value:
            found |= ~Domain.OR(domains.values())
        return found

    @api.model
    def _reminder_domains(self):
        """Value of `reminder` → the assignments, by the ladder's steps on screen."""
        company, user = self.env.company, self.env.user
        today = company._task_today()
        mine = Domain("specialist_id", "=", user.id)
        agency = user.sudo().task_agency_id
        if user.has_group("task_tracking.group_agency_officer") and agency:
            mine |= Domain("agency_id", "=", agency.id)
        running = (
            mine
            & Domain("company_id", "=", company.id)
            & Domain("state", "in", RUNNING_STATES)
        )
        return {
            # as it is counted everywhere: of who leads
            "overdue": running & Domain("is_overdue", "=", True),
            "today": running & Domain("due_on", "=", today),
            "planned": running
            & Domain("due_on", ">", today)
            & Domain("due_on", "<=", self._reminder_until(company, today)),
        }

    @api.model
    def _reminder_until(self, company, today):
        """The last due date of which the reader is reminded today on the screen."""
        steps = company._task_regulation()._ladder("deadline").filtered("by_screen")
        office = self.env.user._task_is_office()
        steps = steps.filtered(
            lambda step: (
                step.to_specialist if office else step.to_officer or step.to_head
            )
        )
        return steps._told_until(company._task_calendar(), today)


class TaskReminderStep(models.Model):
    _inherit = "task.reminder.step"

    def _told_until(self, calendar, today):
        """The last due date of which these steps (in days) tell by `today`; today, if
        none of them tells before the date."""
        days = [
            calendar.add(today, -step.offset)
            for step in self
            if step.offset < 0 and step.unit == "working_day"
        ]
        days += [
            fields.Date.subtract(today, days=step.offset)
            for step in self
            if step.offset < 0 and step.unit == "calendar_day"
        ]
        return max(days, default=today)


class TaskClock(models.Model):
    _inherit = "task.clock"

    @api.model
    def _reminded_until(self, company):
        """The last due date of the Office's limits in days of which its people are
        reminded on the screen today."""
        steps = company._task_regulation()._ladder("office").filtered("by_screen")
        return steps._told_until(company._task_calendar(), company._task_today())


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model
    def _get_activity_groups(self):
        """Beside the activities somebody planned, what the ladder reminds of today."""
        groups = super()._get_activity_groups()
        assignments = self.env["task.assignment"]
        if not self.env.company.regulation_id or not assignments.has_access("read"):
            return groups
        if not self.env["task.desk"]._has_own_tasks():
            return groups
        counts = {
            key: assignments.search_count(domain)
            for key, domain in assignments._reminder_domains().items()
        }
        if not any(counts.values()):
            return groups
        mine = {
            "id": self.env["ir.model"]._get_id(assignments._name),
            "name": self.env._("Assigned tasks"),
            "model": assignments._name,
            "type": "activity",
            "icon": modules.module.get_module_icon("task_tracking"),
            "domain": [("reminder", "!=", False)],
            "overdue_count": counts["overdue"],
            "today_count": counts["today"],
            "planned_count": counts["planned"],
            # as Odoo counts: what is planned for later does not ring
            "total_count": counts["overdue"] + counts["today"],
            "view_type": "list",
        }
        return [*groups, mine]
