# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

#: What is entered of the signed plan, from its draft until it is recorded as signed.
SIGNED = frozenset(
    ("number", "dated_on", "signer_title", "signer_name", "attachment_ids")
)


class TaskInspectionPlan(models.Model):
    """A yearly or ad hoc plan of inspections, drafted by the Office (BG Đ11.1a, KT
    Đ15.1a, QT Đ13.1a, KH Đ13.1a), or by the team after its decision (KH Đ15.3), and
    approved by a leader.

    Approving is the leader's act here; the paper is often numbered and scanned days
    later, so that number, day, signer and file may follow, until
    :meth:`action_register` fixes them. An approved plan is changed by a further
    version only (`replaces_id`).
    """

    _name = "task.inspection.plan"
    _inherit = [
        "task.closed.mixin",
        "task.files.mixin",
        "task.scope.mixin",
        "task.thread.mixin",
        "task.told.mixin",
    ]
    _description = "Inspection plan"
    _order = "date_from desc, id desc"
    _closed_fields = frozenset(
        (
            "state",
            "company_id",
            "submitted_by_id",
            "returned_reason",
            "approved_on",
            "approved_by_id",
            "registered_on",
            "replaces_id",
            "replaced_by_ids",
        )
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
        copy=False,
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
    date_from = fields.Date(
        string="From",
        required=True,
        default=lambda self: self.env.company._task_today().replace(month=1, day=1),
    )
    date_to = fields.Date(
        string="To",
        required=True,
        default=lambda self: self.env.company._task_today().replace(month=12, day=31),
    )
    purpose = fields.Text(string="Purpose and requirements")
    number = fields.Char(
        copy=False, help="Number and notation, for example 45/KH-UBND."
    )
    dated_on = fields.Date(string="Dated", copy=False)
    signer_title = fields.Char(help="Authority and position, for example CHỦ TỊCH.")
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
            ("replaced", "Replaced by an adjusted plan"),
        ],
        required=True,
        default="draft",
        copy=False,
        index=True,
    )
    submitted_by_id = fields.Many2one(
        "res.users", string="Submitted by", copy=False, ondelete="restrict"
    )
    returned_reason = fields.Text(string="Why it was returned", copy=False)
    approved_on = fields.Date(string="Approved on", copy=False)
    approved_by_id = fields.Many2one(
        "res.users", string="Approved by", copy=False, ondelete="restrict"
    )
    registered_on = fields.Date(
        string="Signed plan recorded on",
        copy=False,
        help="From then on number, day, signer and file are fixed.",
    )
    replaces_id = fields.Many2one(
        "task.inspection.plan",
        string="Adjusts the plan",
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    replaced_by_ids = fields.One2many(
        "task.inspection.plan", "replaces_id", string="Adjusted by"
    )
    adjust_reason = fields.Text(string="Why it is adjusted", copy=False)
    regulation_id = fields.Many2one(
        "task.regulation", compute="_compute_regulation", string="Regulation in force"
    )
    knows_team_plan = fields.Boolean(compute="_compute_regulation")
    line_count = fields.Integer(
        string="Number of inspections", compute="_compute_lines"
    )
    can_edit = fields.Boolean(compute="_compute_can")
    can_submit = fields.Boolean(compute="_compute_can")
    can_approve = fields.Boolean(compute="_compute_can")
    can_sign = fields.Boolean(compute="_compute_can")
    can_adjust = fields.Boolean(compute="_compute_can")
    can_suggest = fields.Boolean(compute="_compute_can")

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for plan in self:
            if plan.date_to < plan.date_from:
                raise ValidationError(self.env._("The last day is before the first."))

    @api.constrains("inspection_id", "line_ids")
    def _check_team(self):
        """The decision names who is inspected (KH Đ15.2b): the team's plan orders the
        visits, it adds nobody."""
        for plan in self.filtered("inspection_id").sudo():
            if plan.inspection_id.company_id != plan.company_id:
                raise ValidationError(
                    self.env._("The inspection belongs to another organisation.")
                )
            named = plan.inspection_id.subject_ids.agency_id
            if strange := plan.line_ids.agency_id - named:
                raise ValidationError(
                    self.env._(
                        "The decision does not name %(agencies)s: the team's plan adds"
                        " no agency to it.",
                        agencies=", ".join(strange.mapped("display_name")),
                    )
                )

    @api.depends("company_id")
    def _compute_regulation(self):
        for plan in self:
            regulation = plan.company_id._task_regulation()
            plan.regulation_id = regulation
            plan.knows_team_plan = regulation.sudo()._knows("inspection_plan", "team")

    @api.depends("line_ids")
    def _compute_lines(self):
        for plan in self:
            plan.line_count = len(plan.line_ids)

    # -- who does what -----------------------------------------------------------------
    @api.depends_context("uid")
    @api.depends("state", "inspection_id", "registered_on")
    def _compute_can(self):
        for plan in self:
            plan.can_edit = not plan._edit_refusal()
            plan.can_submit = not plan._submit_refusal()
            plan.can_approve = not plan._approve_refusal()
            plan.can_sign = not plan._sign_refusal()
            plan.can_adjust = not plan._adjust_refusal()
            plan.can_suggest = plan.can_edit and not plan.inspection_id

    def _edit_refusal(self):
        """Why the caller does not draft this plan, or None."""
        if self.state != "draft":
            return UserError(
                self.env._(
                    "Only a draft of a plan is changed: ask to have it returned, or"
                    " adjust the approved one."
                )
            )
        return self._drafter_refusal()

    def _drafter_refusal(self):
        """Why the caller keeps no such plan at all, or None."""
        regulation = self.company_id._task_regulation().sudo()
        if not regulation._knows("inspection_plan"):
            return UserError(
                self.env._(
                    "%(regulation)s does not know inspections.",
                    regulation=regulation.display_name,
                )
            )
        if self.inspection_id and not regulation._knows("inspection_plan", "team"):
            return UserError(
                self.env._(
                    "%(regulation)s has no team plan after the decision.",
                    regulation=regulation.display_name,
                )
            )
        if self.env.su:
            return None
        if self.inspection_id:
            return self.inspection_id._work_refusal()
        if self.env.user._task_is_office():
            return None
        return AccessError(self.env._("The Office drafts the inspection plan."))

    def _submit_refusal(self):
        """Why the caller does not put this plan to the leader, or None."""
        if refusal := self._edit_refusal():
            return refusal
        return self.inspection_id._leader_refusal() if self.inspection_id else None

    def _approve_refusal(self):
        if self.state != "submitted":
            return UserError(self.env._("This plan does not wait for approval."))
        if self.env.su or self.env.user.has_group("task_tracking.group_leader"):
            return None
        return AccessError(self.env._("A leader approves the plan."))

    def _sign_refusal(self):
        """Why the caller does not enter the signed paper of an approved plan."""
        if self.state != "approved" or self.registered_on:
            return UserError(
                self.env._("Number, day, signer and file of this plan are fixed.")
            )
        if self.env.user.has_group("task_tracking.group_leader"):
            return None
        return self._drafter_refusal()

    def _adjust_refusal(self):
        """Why the caller makes no adjusted version of this plan, or None."""
        if self.state != "approved":
            return UserError(self.env._("Only an approved plan is adjusted."))
        return self._drafter_refusal()

    def _write_refusal(self, names):
        """Why the caller may not write the fields `names`, or None."""
        if self.state == "submitted" and names <= SIGNED:
            return self._approve_refusal()
        if self.state == "approved" and names <= SIGNED:
            return self._sign_refusal()
        return self._edit_refusal()

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
                if refusal := plan._write_refusal(set(vals)):
                    raise refusal
        result = super().write(vals)
        if not self.env.su and "inspection_id" in vals:
            # whose plan it became must be the caller's to draft as well
            for plan in self:
                if refusal := plan._edit_refusal():
                    raise refusal
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        for plan in self:
            if refusal := plan._edit_refusal():
                raise refusal

    def _fixed_files(self):
        return self.filtered(lambda plan: plan.registered_on)

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
