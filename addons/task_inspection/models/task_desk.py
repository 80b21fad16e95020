# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import timedelta

from odoo import models
from odoo.fields import Domain
from odoo.tools import format_date

from .task_inspection import WORKING

#: How many days ahead the Office prepares a planned inspection.
PREPARE_DAYS = 14
#: The days of a plan.
PERIOD = ("date_from", "date_to")
#: Models this addon's sections are of → the day shown of a record, if any.
DAYS = {
    "task.inspection.plan": None,
    "task.inspection.plan.line": "date_from",
    "task.inspection": "date_to",
    "task.inspection.subject": "report_due_on",
    "task.inspection.team.member": None,
    "task.inspection.paper": "issued_on",
    "task.inspection.recommendation": "deadline",
}
#: Sections whose day is one that can be missed.
DUE = (
    "task.inspection.subject",
    "task.inspection.recommendation",
)


class TaskDesk(models.AbstractModel):
    """What inspections have everybody do, each by role; nothing of it where the
    regulation knows no inspections."""

    _inherit = "task.desk"

    def _knows_inspections(self):
        regulation = self.env.company._task_regulation().sudo()
        return regulation._knows("inspection_conclusion")

    def _unknown_sections(self):
        unknown = super()._unknown_sections()
        if not self._knows_inspections():
            # shown only while something of an earlier text still waits in them
            unknown |= {
                f"inspection_{key}"
                for key in (
                    "plans",
                    "plans_returned",
                    "to_prepare",
                    "to_issue",
                    "running",
                    "late",
                    "due",
                    "overdue",
                    "open",
                    "mine",
                    "invitations",
                    "reports",
                    "minutes",
                )
            }
        return unknown

    # -- by role -----------------------------------------------------------------------
    def _leader_sections(self):
        sections = super()._leader_sections()
        if not self.env.user.has_group("task_tracking.group_leader"):
            return sections
        first = [self._plans_section()]
        if self.env.user.has_group("task_tracking.group_chairman"):
            first.append(self._to_issue_section(Domain("inspector", "!=", "self")))
        return [*first, *sections, *self._followed_sections()]

    def _office_sections(self, user):
        sections = [
            *super()._office_sections(user),
            (
                "inspection_plans_returned",
                self.env._("Inspection plans that were returned"),
                "task.inspection.plan",
                Domain("state", "=", "draft") & Domain("returned_reason", "!=", False),
                "id",
                "action",
            ),
            self._mine_section(),
        ]
        if not user._task_is_manager():
            return sections
        until = self.env.company._task_today() + timedelta(days=PREPARE_DAYS)
        return [
            *sections,
            (
                "inspection_to_prepare",
                self.env._("Planned inspections to prepare"),
                "task.inspection.plan.line",
                Domain("progress", "in", ("planned", "missed"))
                & Domain("date_from", "<=", until),
                "date_from, id",
                "warning",
            ),
            *self._followed_sections(),
        ]

    def _agency_sections(self):
        user = self.env.user
        sections = [
            (
                "inspection_reports",
                self.env._("Reports asked for an inspection"),
                "task.inspection.subject",
                Domain("is_inspected", "=", True)
                & Domain("asked_on", "!=", False)
                & Domain("report_sent_on", "=", False)
                & Domain("inspection_id.state", "in", WORKING),
                "report_due_on, id",
                "action",
            ),
            *super()._agency_sections(),
            self._mine_section(),
        ]
        if user._task_may_submit():
            sections.insert(1, self._invitations_section())
        if user.has_group("task_tracking.group_agency_head"):
            own = Domain("inspector", "=", "self") & Domain("is_mine", "=", True)
            sections[1:1] = [
                (
                    "inspection_minutes",
                    self.env._("Minutes of an inspection to answer"),
                    "task.inspection.paper",
                    Domain("kind", "=", "minutes")
                    & Domain("state", "=", "issued")
                    & Domain("answer", "=", False)
                    & Domain("subject_id.is_inspected", "=", True)
                    & Domain("inspection_id.state", "in", WORKING),
                    "issued_on, id",
                    "action",
                ),
                self._to_issue_section(own),
            ]
        return sections

    # -- the sections ------------------------------------------------------------------
    def _plans_section(self):
        return (
            "inspection_plans",
            self.env._("Inspection plans to approve"),
            "task.inspection.plan",
            Domain("state", "=", "submitted"),
            "date_from, id",
            "action",
        )

    def _invitations_section(self):
        """Who speaks for the invited agency says who comes, or why nobody does."""
        mine = self.env.user.sudo().task_agency_id
        return (
            "inspection_invitations",
            self.env._("Invitations to inspections"),
            "task.inspection.team.member",
            Domain("role", "=", "invited")
            & Domain("answer", "=", "asked")
            & Domain("agency_id", "=", mine.id)
            & Domain("inspection_id.state", "in", WORKING),
            "id",
            "action",
        )

    def _to_issue_section(self, domain):
        """Drafts with their signed paper, or that need none: what is still being
        prepared waits for nobody."""
        signed = (
            Domain("kind", "in", ("decision", "instruction"))
            & Domain("number", "!=", False)
            & Domain("attachment_ids", "!=", False)
        )
        without = Domain("has_team", "=", False) & (
            Domain("inspector", "=", "self")
            | Domain("conductor_id", "=", self.env.user.id)
        )
        return (
            "inspection_to_issue",
            self.env._("Inspection decisions to issue"),
            "task.inspection",
            domain
            & Domain("state", "=", "draft")
            & (without | Domain("paper_ids", "any", signed)),
            "date_from, id",
            "action",
        )

    def _mine_section(self):
        return (
            "inspection_mine",
            self.env._("My inspections"),
            "task.inspection",
            Domain("is_on_team", "=", True) & Domain("state", "in", WORKING),
            "date_from, id",
            "info",
        )

    def _followed_sections(self):
        """What the leaders and the Office follow, in the words of the page at a
        glance."""
        tones = {
            "late": "danger",
            "overdue": "danger",
            "due": "warning",
            "open": "info",
            "running": "info",
        }
        order = {
            "task.inspection": "date_to, id",
            "task.inspection.recommendation": "deadline, id",
        }
        glance = self.env["task.inspection.glance"]._parts()
        return [
            (
                f"inspection_{key}",
                glance[key].title,
                glance[key].model,
                glance[key].domain,
                order[glance[key].model],
                tone,
            )
            for key, tone in tones.items()
        ]

    # -- one line ----------------------------------------------------------------------
    def _item(self, record):
        if record._name not in DAYS:
            return super()._item(record)
        title, subtitle = self._inspection_words(record)
        name = DAYS[record._name]
        day, is_due = name and record[name], record._name in DUE
        if record._name == "task.inspection" and record.state == "ended":
            day, is_due = record.conclusion_due_on, True
        company = record.company_id
        days = (day - company._task_today()).days if day and is_due else 0
        return {
            "id": record.id,
            "title": title,
            "subtitle": subtitle,
            "date": day or False,
            "new_date": False,
            "days_overdue": max(0, -days),
            "days_left": days if day and is_due and days >= 0 else False,
        }

    def _inspection_words(self, record):
        """(title, subtitle) of a line of the desk."""
        kind = record._name
        if kind == "task.inspection.plan":
            days = (format_date(self.env, record[name]) for name in PERIOD)
            return record.name, " – ".join(days)
        if kind == "task.inspection.plan.line":
            return record.agency_id.name, record.plan_id.name
        if kind == "task.inspection":
            return record.name, record.subject_names
        if kind == "task.inspection.recommendation":
            return record.display_name, record.agency_id.name
        if kind == "task.inspection.paper":
            return record.display_name, record.inspection_id.name
        return record.inspection_id.name, record.agency_id.name
