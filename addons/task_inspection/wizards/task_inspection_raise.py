# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..models.task_inspection_raise import RAISED


class TaskInspectionRaise(models.TransientModel):
    """The choice of assignments that a member of the team makes findings of."""

    _name = "task.inspection.raise"
    _description = "Findings from Tasks"

    subject_id = fields.Many2one(
        "task.inspection.subject", string="Inspected agency", required=True
    )
    reason = fields.Selection(
        [
            ("open_overdue", "Overdue"),
            ("completed_late", "Completed late"),
            ("refused", "Results refused"),
            ("stale", "Not updated"),
        ],
        help="Empty: for any of these reasons.",
    )
    candidate_ids = fields.Many2many(
        "task.assignment", compute="_compute_candidates", string="To choose from"
    )
    assignment_ids = fields.Many2many(
        "task.assignment",
        string="Tasks",
        compute="_compute_assignments",
        store=True,
        readonly=False,
        domain="[('id', 'in', candidate_ids)]",
    )

    @api.constrains("subject_id", "assignment_ids")
    def _check_readable(self):
        """Naming a record here shows its name: only those the user reads."""
        for wizard in self.sudo(False):
            wizard.subject_id.check_access("read")
            wizard.assignment_ids.check_access("read")

    @api.depends_context("uid")
    @api.depends("subject_id", "reason")
    def _compute_candidates(self):
        for wizard in self:
            subject = wizard.subject_id
            codes = (wizard.reason,) if wizard.reason else RAISED
            # read as the member: what is out of the reader's sight is not offered
            found = self.env["task.assignment"].search(
                Domain("id", "in", list(subject._to_raise(codes)) if subject else [])
            )
            wizard.candidate_ids = found

    @api.depends("candidate_ids")
    def _compute_assignments(self):
        """All of them are chosen; the member takes out what is not to be raised."""
        for wizard in self:
            wizard.assignment_ids = [Command.set(wizard.candidate_ids.ids)]

    def action_raise(self):
        """Make the findings and show them.

        :raise AccessError: if the caller is not on the team.
        """
        self.ensure_one()
        if not self.assignment_ids:
            raise UserError(self.env._("Choose at least one task."))
        findings = self.subject_id._raise_findings(self.assignment_ids)
        return {
            "type": "ir.actions.act_window",
            "res_model": "task.inspection.finding",
            "name": self.env._("Findings"),
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", findings.ids)],
        }
