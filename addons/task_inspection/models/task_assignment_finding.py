# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .task_inspection import WORKING


class TaskAssignment(models.Model):
    """The button by which a member of a team records a finding about a task."""

    _inherit = "task.assignment"

    can_find = fields.Boolean(string="I inspect this", compute="_compute_can_find")

    @api.depends_context("uid")
    def _compute_can_find(self):
        found = self.browse()
        if inspections := self._inspected_in():
            domain = Domain.OR(one._assignment_domain() for one in inspections)
            found = self.search(Domain("id", "in", self.ids) & domain)
        for one in self:
            one.can_find = one in found

    @api.model
    def _inspected_in(self):
        """The inspections in whose team the reader works now."""
        inspections = self.env["task.inspection"]
        return inspections.search(
            inspections._team_domain() & Domain("state", "in", WORKING)
        )

    def action_new_finding(self):
        """Open the form of a new finding about this task, in the inspection the
        context names (`inspection_id`), or else the latest that has it in scope.

        :raise UserError: if the reader inspects this task in none.
        """
        self.ensure_one()
        inspections = self._inspected_in().filtered(
            lambda one: self.filtered_domain(one._assignment_domain())
        )
        named = inspections.browse(self.env.context.get("inspection_id"))
        inspection = (inspections & named) or inspections[:1]
        if not inspection:
            raise UserError(self.env._("You inspect this task in no inspection now."))
        subject = inspection.subject_ids.filtered(
            lambda one: self.agency_id._is_within(one.agency_id)
        )[:1]
        return inspection._action_new_finding(subject, self)
