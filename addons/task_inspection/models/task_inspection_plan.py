# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from .task_inspection import FORMS

#: What is entered of the signed plan while it waits for approval.
SIGNED = frozenset(
    ("number", "dated_on", "signer_title", "signer_name", "attachment_ids")
)


class TaskInspectionPlan(models.Model):
    """A yearly or ad hoc plan of inspections, drafted by the Office (BG Đ11.1a, KT
    Đ15.1a, QT Đ13.1a, KH Đ13.1a), or by the team after its decision (KH Đ15.3), and
    approved by a leader."""

    _name = "task.inspection.plan"
    _inherit = ["task.closed.mixin", "task.files.mixin", "task.scope.mixin"]
    _description = "Inspection plan"
    _order = "date_from desc, id desc"
    _closed_fields = frozenset(
        ("state", "company_id", "approved_on", "approved_by_id", "returned_reason")
    )
    _scope_depends = ("inspection_id",)

    name = fields.Char(required=True)
    kind = fields.Selection(
        [("yearly", "Yearly"), ("adhoc", "Ad hoc")], required=True, default="yearly"
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
    )
    inspection_id = fields.Many2one(
        "task.inspection",
        string="Made by the team of",
        ondelete="restrict",
        index="btree_not_null",
        help="Where the team makes its plan after the decision (KH Đ15.3).",
    )
    date_from = fields.Date(string="From", required=True)
    date_to = fields.Date(string="To", required=True)
    purpose = fields.Text(string="Purpose and requirements")
    number = fields.Char(help="Number and notation, for example 45/KH-UBND.")
    dated_on = fields.Date(string="Dated")
    signer_title = fields.Char()
    signer_name = fields.Char()
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Signed files", copy=False, bypass_search_access=True
    )
    line_ids = fields.One2many(
        "task.inspection.plan.line", "plan_id", string="Inspections", copy=True
    )
    state = fields.Selection(
        [
            ("draft", "Being drafted"),
            ("submitted", "Submitted to the leader"),
            ("approved", "Approved"),
        ],
        required=True,
        default="draft",
        copy=False,
        index=True,
    )
    returned_reason = fields.Text(string="Why it was returned", copy=False)
    approved_on = fields.Date(string="Approved on", copy=False)
    approved_by_id = fields.Many2one(
        "res.users", string="Approved by", copy=False, ondelete="restrict"
    )
    can_edit = fields.Boolean(compute="_compute_can")
    can_approve = fields.Boolean(compute="_compute_can")

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for plan in self:
            if plan.date_to < plan.date_from:
                raise ValidationError(self.env._("The last day is before the first."))

    # -- who does what -----------------------------------------------------------------
    @api.depends_context("uid")
    @api.depends("state", "inspection_id")
    def _compute_can(self):
        for plan in self:
            plan.can_edit = not plan._edit_refusal()
            plan.can_approve = not plan._approve_refusal()

    def _edit_refusal(self):
        """Why the caller does not draft this plan, or None."""
        if self.state != "draft":
            return UserError(
                self.env._(
                    "Only a draft of a plan is changed; ask to have it returned."
                )
            )
        return self._drafter_refusal()

    def _drafter_refusal(self):
        regulation = self.company_id._task_regulation()
        if not regulation._knows("inspection_plan"):
            return UserError(
                self.env._(
                    "%(regulation)s does not know inspections.",
                    regulation=regulation.display_name,
                )
            )
        if self.env.su or self.env.user._task_is_office():
            return None
        if self.inspection_id and regulation._knows("inspection_plan", "team"):
            return self.inspection_id._work_refusal()
        return AccessError(self.env._("The Office drafts the inspection plan."))

    def _approve_refusal(self):
        if self.state != "submitted":
            return UserError(self.env._("This plan does not wait for approval."))
        if self.env.su or self.env.user.has_group("task_tracking.group_leader"):
            return None
        return AccessError(self.env._("A leader approves the plan."))

    @api.model_create_multi
    def create(self, vals_list):
        plans = super().create(vals_list)
        for plan in plans:
            if refusal := plan._edit_refusal():
                raise refusal
        return plans

    def write(self, vals):
        if not self.env.su:
            for plan in self:
                refusal = plan._edit_refusal()
                if refusal and not (plan.can_approve and set(vals) <= SIGNED):
                    raise refusal
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        for plan in self:
            if refusal := plan._edit_refusal():
                raise refusal

    def _fixed_files(self):
        return self.filtered(lambda plan: plan.state == "approved")

    # -- acts --------------------------------------------------------------------------
    def action_submit(self):
        """Put the plan to the leader.

        :raise AccessError: if the caller does not draft it.
        """
        self._lock()
        for plan in self:
            if refusal := plan._edit_refusal():
                raise refusal
            if not plan.line_ids:
                raise UserError(self.env._("Enter first which agencies are inspected."))
            plan.sudo().write({"state": "submitted", "returned_reason": False})
        return True

    def action_approve(self):
        """Approve the plan: regular inspections go by it.

        :raise AccessError: if the caller is no leader.
        """
        self._lock()
        for plan in self:
            if refusal := plan._approve_refusal():
                raise refusal
            plan.sudo().write(
                {
                    "state": "approved",
                    "approved_on": plan.company_id._task_today(),
                    "approved_by_id": self.env.uid,
                }
            )
        return True

    def action_return(self, reason):
        """Give the plan back to who drafted it, with the reason.

        :raise AccessError: if the caller is no leader.
        """
        self._lock()
        if not (reason or "").strip():
            raise UserError(self.env._("Write why the plan is returned."))
        for plan in self:
            if refusal := plan._approve_refusal():
                raise refusal
            plan.sudo().write({"state": "draft", "returned_reason": reason})
        return True

    # -- who reads it ------------------------------------------------------------------
    @api.model
    def _scope_domain(self):
        """A team reads the plan it makes; the others are the Office's."""
        inspections = self.env["task.inspection"]
        return Domain(
            "inspection_id",
            "in",
            inspections.sudo()._search(inspections._dossier_domain()),
        )


class TaskInspectionPlanLine(models.Model):
    """One agency of a plan: what is inspected there, how and when."""

    _name = "task.inspection.plan.line"
    _inherit = ["task.scope.mixin"]
    _description = "Line of an inspection plan"
    _order = "plan_id, date_from, id"
    _rec_names_search = ["agency_id.name", "plan_id.name"]
    _scope_depends = ("plan_id",)

    plan_id = fields.Many2one(
        "task.inspection.plan", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        related="plan_id.company_id", store=True, precompute=True
    )
    plan_state = fields.Selection(
        related="plan_id.state", store=True, string="State of the plan"
    )
    agency_id = fields.Many2one(
        "res.partner",
        required=True,
        domain=[("is_agency", "=", True)],
        ondelete="restrict",
        index=True,
    )
    content_ids = fields.Many2many(
        "task.inspection.prescription",
        string="Contents",
        domain="[('topic', '=', 'content')]",
    )
    content = fields.Text(string="Content in words")
    form = fields.Selection(FORMS, required=True, default="regular")
    date_from = fields.Date(string="From", required=True)
    date_to = fields.Date(string="To", required=True)
    reason = fields.Text(help="Why this agency: shown when it was suggested from data.")
    inspection_ids = fields.One2many("task.inspection", "plan_line_id")

    @api.depends("agency_id", "plan_id.name")
    def _compute_display_name(self):
        for line in self:
            line.display_name = (
                f"{line.agency_id.display_name or ''} – {line.plan_id.name or ''}"
            )

    @api.constrains("date_from", "date_to", "plan_id")
    def _check_dates(self):
        for line in self:
            plan = line.plan_id
            if not plan.date_from <= line.date_from <= line.date_to <= plan.date_to:
                raise ValidationError(
                    self.env._(
                        "%(agency)s: the days must lie in order within the plan.",
                        agency=line.agency_id.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_change()
        return lines

    def write(self, vals):
        self._check_change()
        result = super().write(vals)
        self._check_change()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        self._check_change()

    def _check_change(self):
        for plan in self.plan_id:
            if not self.env.su and (refusal := plan._edit_refusal()):
                raise refusal

    @api.model
    def _scope_domain(self):
        plans = self.env["task.inspection.plan"]
        return Domain("plan_id", "in", plans.sudo()._search(plans._scope_domain()))
