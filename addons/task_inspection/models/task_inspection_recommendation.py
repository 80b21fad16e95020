# SPDX-License-Identifier: LGPL-3.0-or-later
from textwrap import shorten

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain


class TaskInspectionRecommendation(models.Model):
    """What the conclusion recommends, and what became of it: a task that is assigned
    and followed like any other."""

    _name = "task.inspection.recommendation"
    _inherit = ["task.inspection.part.mixin"]
    _description = "Recommendation of an inspection"
    _order = "inspection_id, sequence, id"
    _rec_names_search = ["text"]
    _closed_fields = frozenset(("task_id", "done_on", "done_note"))
    _scope_depends = ("inspection_id", "agency_id")

    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [
            ("urge", "Urge, direct"),
            ("adjust", "Adjust the task"),
            ("violation", "Handle a violation"),
        ],
        required=True,
        default="urge",
        help="Measures of urging and directing; adjusting the task (if needed);"
        " handling violations (if any): Đ16.3c, Đ18.3c, Đ17.3c.",
    )
    text = fields.Text(string="Recommendation", required=True)
    agency_id = fields.Many2one(
        "res.partner",
        string="To be carried out by",
        required=True,
        domain=[("is_agency", "=", True)],
        ondelete="restrict",
        index=True,
    )
    deadline = fields.Date()
    finding_id = fields.Many2one(
        "task.inspection.finding",
        domain="[('inspection_id', '=', inspection_id)]",
        ondelete="set null",
        index="btree_not_null",
    )
    assignment_id = fields.Many2one(
        related="finding_id.assignment_id",
        string="Task concerned",
        help="What an adjustment is proposed of.",
    )
    task_id = fields.Many2one(
        "task.task", copy=False, ondelete="set null", index="btree_not_null"
    )
    done_on = fields.Date(string="Done on", copy=False)
    done_note = fields.Text(string="How it was done", copy=False)

    @api.depends("text")
    def _compute_display_name(self):
        for one in self:
            one.display_name = shorten(one.text or "", 90, placeholder=" …")

    @api.constrains("finding_id", "inspection_id")
    def _check_finding(self):
        for one in self.sudo():
            if one.finding_id.inspection_id - one.inspection_id:
                raise ValidationError(
                    self.env._("The finding belongs to another inspection.")
                )

    def _missing(self):
        """What the recommendation still has to tell, in words, one line each."""
        self.ensure_one()
        if self.kind != "adjust" or self.assignment_id:
            return []
        return [
            self.env._(
                "the finding about the task that “%(recommendation)s” would adjust",
                recommendation=self.display_name,
            )
        ]

    def _change_refusal(self):
        if not self.inspection_id.has_access("read"):
            # an agency that carries it out and is not inspected
            return AccessError(self.env._("Only the team does this."))
        return self.inspection_id._work_refusal()

    @api.model
    def _scope_domain(self):
        """The team's; the agency that carries it out, once the inspection concluded,
        unless it stands on a finding that this agency does not read."""
        inspections = self.env["task.inspection"]
        findings = self.env["task.inspection.finding"]
        agencies = self.env.user._inspected_agency_ids()
        own = Domain("agency_id", "in", agencies or ()) & Domain(
            "inspection_id.concluded_on", "!=", False
        )
        told = findings.sudo()._search(findings._scope_domain())
        own &= Domain("finding_id", "=", False) | Domain("finding_id", "in", told)
        return self._through_inspection(inspections._dossier_domain()) | own
