# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.fields import Domain

from .task_feedback import OFFICE


class TaskAssignment(models.Model):
    """The feedback on an assignment, of which its agency sees what it is told."""

    _inherit = "task.assignment"

    feedback_ids = fields.Many2many("task.feedback", groups=OFFICE)
    feedback_count = fields.Integer(
        string="Number of feedback", compute="_compute_feedback_count"
    )

    @api.model
    def _feedback_model(self):
        """What the user reads of feedback: the feedback, or what the agency is told."""
        office = self.env.user._task_is_office_or_leader()
        return self.env["task.feedback" if office else "task.feedback.share"]

    @api.depends_context("uid")
    def _compute_feedback_count(self):
        self.feedback_count = 0
        model = self._feedback_model()
        if not model.has_access("read"):
            return
        for one, number in model._read_group(
            Domain("assignment_ids", "in", self.ids), ["assignment_ids"], ["__count"]
        ):
            if one in self:
                one.feedback_count = number

    def action_view_feedback(self):
        """Open the feedback on this assignment, as far as the user reads it."""
        self.ensure_one()
        share = self._feedback_model()._name == "task.feedback.share"
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"task_tracking.action_task_feedback{'_share' if share else ''}"
        )
        action["domain"] = [("assignment_ids", "in", self.ids)]
        action["context"] = {}
        return action


class TaskDesk(models.AbstractModel):
    """Feedback to verify, and to send, on the desk."""

    _inherit = "task.desk"

    def _office_sections(self, user):
        waiting = Domain("state", "=", "open")
        if not user._task_is_manager():
            waiting &= Domain("followed_by_id", "in", (user.id, False))
        first, *others = super()._office_sections(user)
        return [
            first,
            (
                "feedback",
                self.env._("Feedback to verify"),
                "task.feedback",
                waiting,
                "received_on, id",
                "action",
            ),
            *others,
        ]

    def _agency_sections(self):
        return [
            *super()._agency_sections(),
            (
                "draft_task.feedback",
                self.env._("Feedback to send"),
                "task.feedback",
                Domain("is_mine", "=", True) & Domain("state", "=", "draft"),
                "id",
                "action",
            ),
        ]

    def _unknown_sections(self):
        unknown = super()._unknown_sections()
        if not self.env.company._task_regulation()._knows("feedback", "agency"):
            unknown |= {"feedback", "draft_task.feedback"}
        return unknown

    def _item(self, record):
        if record._name != "task.feedback":
            return super()._item(record)
        return {
            "id": record.id,
            "title": record.display_name,
            "subtitle": record.agency_id.display_name,
            "date": record.received_on,
            "new_date": False,
            "days_overdue": 0,
            "days_left": False,
        }
