# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.tools import format_date


class TaskDiscrepancy(models.Model):
    """What either side has, and what was recorded on the task meanwhile."""

    _inherit = "task.discrepancy"

    finder_value = fields.Text(
        string="Who found it has",
        compute="_compute_finder_value",
        store=True,
        readonly=False,
        precompute=True,
    )
    other_value = fields.Text(
        string="The other side has",
        compute="_compute_other_value",
        store=True,
        readonly=False,
        precompute=True,
    )
    fact_ids = fields.Many2many(
        "task.fact",
        string="Recorded on the task since",
        compute="_compute_facts",
        help="What was recorded on the task from the day it was found until it was"
        " answered.",
    )

    def _value_depends(self):
        """What the values known to the system follow from."""
        return ["assignment_id", "kind", "side"]

    @api.depends(lambda self: self._value_depends())
    def _compute_finder_value(self):
        for one in self:
            one.finder_value = one._value_of(one.side) or one.finder_value

    @api.depends(lambda self: self._value_depends())
    def _compute_other_value(self):
        for one in self:
            other = "agency" if one.side == "office" else "office"
            one.other_value = one._value_of(other) or one.other_value

    def _value_of(self, side):
        """What `side` has of what differs, as far as it is known; in words."""
        return self._system_value() if side == "office" else ""

    def _system_value(self):
        """What the system, and so the Office, has of what differs; in words."""
        assignment = self.assignment_id
        if not assignment or self.state != "draft":
            return ""
        if self.kind == "deadline":
            return format_date(self.env, assignment.deadline) or self.env._("undated")
        if self.kind == "completion":
            done = format_date(self.env, assignment.completed_on)
            return done or self.env._("not completed")
        if self.kind == "state":
            states = assignment._fields["state"]._description_selection(self.env)
            return dict(states)[assignment.state]
        if self.kind == "result":
            results = assignment.sudo().result_ids
            last = results.filtered(lambda result: result.state != "draft")[:1]
            return last.reply_number or last.text or self.env._("no result")
        if self.kind == "agency":
            return assignment.agency_id.name
        return ""

    @api.depends("state", "found_on", "reported_at", "answered_at")
    @api.depends("assignment_id.fact_ids")
    @api.depends_context("uid")
    def _compute_facts(self):
        """Those the reader may read, of all discrepancies in one search."""
        reported = self.filtered(lambda one: one.assignment_id and one.reported_at)
        self.fact_ids = False
        facts = self.env["task.fact"].search(
            [("assignment_id", "in", reported.assignment_id.ids)], order="id"
        )
        by_assignment = facts.grouped("assignment_id")
        for one in reported:
            one.fact_ids = by_assignment.get(
                one.assignment_id, facts.browse()
            ).filtered(one._is_recorded_since)

    def _is_recorded_since(self, fact):
        """Whether `fact` was recorded between the finding and the answer."""
        found = self._found_moment()
        if found == self.reported_at:
            since = fact.recorded_at >= found
        else:
            since = self.company_id._task_local(fact.recorded_at).date() >= found
        return since and fact.recorded_at <= (self.answered_at or fact.recorded_at)
