# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .task_assignment import OPEN_STATES


class TaskAssignment(models.Model):
    """Explanations and directions on an assignment."""

    _inherit = "task.assignment"

    explanation_ids = fields.One2many(
        "task.explanation", "assignment_id", string="Explanations"
    )
    direction_ids = fields.One2many(
        "task.referral.line",
        "assignment_id",
        string="Directions",
        domain=[("state", "=", "directed")],
    )
    can_explain = fields.Boolean(compute="_compute_can_explain")
    can_report_difficulty = fields.Boolean(compute="_compute_can_explain")

    @api.depends_context("uid")
    @api.depends("state", "agency_id", "due_on", "regulation_id")
    def _compute_can_explain(self):
        for one in self:
            one.can_explain = not one._explain_refusal("explanation")
            one.can_report_difficulty = not one._explain_refusal("difficulty")

    def _explain_refusal(self, kind):
        """Why the current user may not explain or report difficulties (`kind`) of this
        assignment: an exception, or None."""
        self.ensure_one()
        refusal = self.regulation_id.sudo()._agency_refusal(kind)
        if refusal:
            return refusal
        if not self._is_allowed("agency"):
            return AccessError(
                self.env._(
                    "You may not do this on the assignment of %(agency)s.",
                    agency=self.agency_id.display_name,
                )
            )
        states = OPEN_STATES if kind == "difficulty" else (*OPEN_STATES, "done")
        if self.state not in states:
            why = "withdrawn" if self.state == "withdrawn" else "completed"
            return UserError(self.env["task.fact"]._impossible_message(why))
        if (
            kind == "explanation"
            and self.due_on
            and self.due_on > self.company_id._task_today()
        ):
            return UserError(
                self.env._(
                    "The deadline has not come yet: report difficulties instead."
                )
            )
        return None

    def action_new_explanation(self):
        """Open the form by which the agency explains why it is not done."""
        return self._action_new_explanation(
            "explanation", self.env._("Explain the delay")
        )

    def action_new_difficulty(self):
        """Open the form by which the agency reports difficulties."""
        return self._action_new_explanation(
            "difficulty", self.env._("Report difficulties")
        )

    def _action_new_explanation(self, kind, name):
        self.ensure_one()
        return self._action_new_form(
            "task.explanation", name, assignment_id=self.id, kind=kind
        )

    def _latest_explanations(self):
        """{assignment: the latest explanation submitted on it} where there is one."""
        latest = {}
        for one in self.env["task.explanation"].search(
            Domain("assignment_id", "in", self.ids)
            & Domain("state", "not in", ("draft", "cancelled")),
            order="id",
        ):
            latest[one.assignment_id] = one
        return latest

    def _cancel_pending(self):
        """What waited on a closed assignment waits no more."""
        result = super()._cancel_pending()
        # why a completed task was late is still worth an answer
        ended = self.sudo().explanation_ids.filtered(
            lambda one: (
                one.kind == "difficulty" or one.assignment_id.state == "withdrawn"
            )
        )
        ended.filtered(lambda one: one.state == "draft").unlink()
        ended.exists().filtered(lambda one: one.state == "waiting")._fall_away()
        return result

    # -- the limit for explaining ------------------------------------------------------
    @api.model
    def _clock_due(self, company):
        """A deadline that has come asks for an explanation, where the text limits
        it."""
        yield from super()._clock_due(company)
        if company._task_regulation()._limited("explanation"):
            yield (
                "explanation",
                None,
                [
                    ("company_id", "=", company.id),
                    ("role", "=", "lead"),
                    ("due_on", "<", company._task_today()),
                    ("state", "in", ("released", "doing")),
                ],
            )
