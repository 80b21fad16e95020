# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..logic import prescriptions
from .parts import Parts

STATES = [
    ("draft", "Being prepared"),
    ("issued", "Under way"),
    ("ended", "Ended, to be concluded"),
    ("concluded", "Concluded"),
    ("closed", "Dossier closed"),
    ("cancelled", "Cancelled"),
]
#: While the team works: from the decision until the conclusion is handed in.
WORKING = ("issued", "ended")
#: Once the conclusion was handed in.
CONCLUDED = ("concluded", "closed")
INSPECTORS = list(prescriptions.INSPECTORS.items())
FORMS = list(prescriptions.TOPICS["form"].codes.items())


class TaskInspection(models.Model):
    """One inspection of how assigned tasks are carried out, from its decision to its
    closed dossier. What must be in it is said by the regulation
    (`task.inspection.prescription`), when its conclusion is due by its clock."""

    _name = "task.inspection"
    _inherit = [
        "task.closed.mixin",
        "task.scope.mixin",
        "task.mine.mixin",
        "task.clock.mixin",
        "task.told.mixin",
        "task.thread.mixin",
    ]
    _description = "Inspection"
    _order = "issued_on desc, id desc"

    _closed_fields = frozenset(
        (
            "company_id",
            "regulation_id",
            "state",
            "issued_on",
            "ended_on",
            "end_recorded_on",
            "concluded_on",
            "closed_on",
            "cancelled_on",
            "close_reason",
            "cancel_reason",
            "archive_id",
            "digest",
            "sector_body_ids",
        )
    )
    _scope_depends = (
        "state",
        "inspecting_agency_id",
        "conductor_id",
        "subject_ids.agency_id",
        "member_ids.user_id",
        "member_ids.left_on",
        "sector_body_ids",
    )

    name = fields.Char(
        string="Subject",
        required=True,
        help="As in the decision: “kiểm tra việc thực hiện nhiệm vụ …”.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
        copy=False,
    )
    regulation_id = fields.Many2one(
        "task.regulation",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env.company._task_regulation(),
        copy=False,
        help="The version in force when the decision is issued.",
    )
    body_name = fields.Char(
        string="Inspection body",
        compute="_compute_body_name",
        help="The regulation's word: Đoàn kiểm tra, Tổ công tác.",
    )
    state = fields.Selection(
        STATES, required=True, default="draft", index=True, copy=False
    )
    inspector = fields.Selection(
        INSPECTORS, string="Who inspects", required=True, default="office"
    )
    inspecting_agency_id = fields.Many2one(
        "res.partner",
        string="Inspecting agency",
        domain=[("is_agency", "=", True)],
        ondelete="restrict",
        index="btree_not_null",
    )
    has_team = fields.Boolean(
        string="By a team",
        default=True,
        help="Without: one person conducts it, by the leader's instruction (KT Đ12.3),"
        " or the head of the agency that inspects itself.",
    )
    conductor_id = fields.Many2one(
        "res.users",
        string="Conducted by",
        ondelete="restrict",
        index="btree_not_null",
        help="Who conducts an inspection without a team.",
    )
    form = fields.Selection(FORMS, string="Form of inspection", default="regular")
    plan_line_id = fields.Many2one(
        "task.inspection.plan.line",
        string="Line of the plan",
        ondelete="restrict",
        index="btree_not_null",
        copy=False,
    )
    legal_basis = fields.Text(
        string="Legal basis", help="One ground a line, as printed after “Căn cứ”."
    )
    scope = fields.Text(
        string="Scope and object",
        help="In words, as in the decision; what the team reads is told by the dates,"
        " agencies and directives.",
    )
    scope_from = fields.Date(
        string="Tasks from", help="Assignments completed before it are out of scope."
    )
    scope_to = fields.Date(
        string="Tasks up to", help="Assignments made after it are out of scope."
    )
    document_ids = fields.Many2many(
        "task.document", string="Directives", help="Empty: all of them."
    )
    content_ids = fields.Many2many(
        "task.inspection.prescription",
        string="Contents inspected",
        domain="[('regulation_id', '=', regulation_id), ('topic', '=', 'content')]",
        # a copy goes by the version in force
        copy=False,
    )
    date_from = fields.Date(string="Inspected from")
    date_to = fields.Date(string="Inspected to", help="Time limit of the inspection.")
    subject_ids = Parts(
        "task.inspection.subject", "inspection_id", string="Inspected agencies"
    )
    member_ids = Parts("task.inspection.team.member", "inspection_id", string="Team")
    paper_ids = Parts("task.inspection.paper", "inspection_id")
    text_ids = Parts("task.inspection.text", "inspection_id")
    finding_ids = Parts("task.inspection.finding", "inspection_id")
    recommendation_ids = Parts("task.inspection.recommendation", "inspection_id")
    item_ids = Parts("task.inspection.item", "inspection_id")
    issued_on = fields.Date(string="Issued on", copy=False, index="btree_not_null")
    ended_on = fields.Date(
        string="Ended on",
        copy=False,
        help="The day the inspection ended: the conclusion is due from it.",
    )
    end_recorded_on = fields.Date(string="End recorded on", copy=False)
    concluded_on = fields.Date(string="Concluded on", copy=False)
    closed_on = fields.Date(string="Dossier closed on", copy=False)
    cancelled_on = fields.Date(string="Cancelled on", copy=False)
    # said among those who make the inspection: `close_words`, `cancel_words`
    close_reason = fields.Text(copy=False, groups=fields.NO_ACCESS)
    cancel_reason = fields.Text(copy=False, groups=fields.NO_ACCESS)
    archive_id = fields.Many2one(
        "ir.attachment", copy=False, ondelete="restrict", groups=fields.NO_ACCESS
    )
    digest = fields.Char(
        string="Check code", copy=False, help="SHA-256 of the closed dossier's ZIP."
    )

    @api.depends("regulation_id")
    def _compute_body_name(self):
        for inspection in self:
            inspection.body_name = inspection.regulation_id.sudo()._policy(
                "inspection_body"
            )

    # -- what may be entered -----------------------------------------------------------
    @api.onchange("inspector", "inspecting_agency_id")
    def _onchange_inspector(self):
        if self.inspector == "office":
            self.inspecting_agency_id = False

    @api.model
    def default_get(self, fields):
        """An agency's user begins an inspection of the agency itself."""
        values = super().default_get(fields)
        user = self.env.user
        if not user._task_is_office() and user.sudo().task_agency_id:
            values.update(
                inspector="self", inspecting_agency_id=user.sudo().task_agency_id.id
            )
        return values

    @api.model_create_multi
    def create(self, vals_list):
        """Begin inspections: with the texts the regulation asks of the decision.

        :raise UserError: if the regulation in force knows no inspections.
        """
        if not self.env.su:
            for vals in vals_list:
                # who names a line of a plan, a directive, is shown its name
                self.browse()._check_form_names_readable(vals)
        inspections = super().create(vals_list)
        for inspection in inspections:
            if refusal := inspection._begin_refusal():
                raise refusal
        inspections.sudo()._prepare_texts()
        return inspections

    @api.constrains("inspector", "inspecting_agency_id", "subject_ids")
    def _check_inspector(self):
        for inspection in self:
            agency = inspection.inspecting_agency_id
            if (inspection.inspector == "office") == bool(agency):
                raise ValidationError(
                    self.env._(
                        "Name the inspecting agency unless the Committee's own body"
                        " inspects."
                    )
                )

    @api.constrains("inspector", "conductor_id", "has_team", "inspecting_agency_id")
    def _check_conductor(self):
        for inspection in self.sudo():
            if inspection.conductor_id and inspection.has_team:
                raise ValidationError(
                    self.env._("A team has a leader: nobody else conducts it.")
                )
            inspection._check_independent(inspection.conductor_id)
            members = inspection._standing_members()
            inspection._check_independent(
                members.user_id, members.agency_id | inspection.inspecting_agency_id
            )

    def _check_independent(self, users, agencies=()):
        """Nobody inspects the agency he or she works for, unless it inspects itself;
        nor is it, or a unit of it, invited to.

        :raise ValidationError: naming the person, or the agency.
        """
        self.ensure_one()
        if self.inspector == "self":
            return
        inspected = self.sudo().subject_ids.agency_id
        inspected |= inspected._task_heirs()
        for invited in agencies:
            if any(invited._is_within(agency) for agency in inspected):
                raise ValidationError(
                    self.env._(
                        "%(agency)s is inspected, or a unit of who is: it takes no"
                        " part in the team.",
                        agency=invited.sudo().display_name,
                    )
                )
        for user in users.sudo():
            own = user.task_agency_id
            if own and any(own._is_within(agency) for agency in inspected):
                raise ValidationError(
                    self.env._(
                        "%(person)s works for %(agency)s, which is inspected: nobody"
                        " inspects the own agency.",
                        person=user.name,
                        agency=own.display_name,
                    )
                )

    @api.constrains("date_from", "date_to", "scope_from", "scope_to")
    def _check_dates(self):
        for inspection in self:
            for first, last in (
                (inspection.date_from, inspection.date_to),
                (inspection.scope_from, inspection.scope_to),
            ):
                if first and last and last < first:
                    raise ValidationError(
                        self.env._("The last day is before the first.")
                    )

    @api.constrains("content_ids", "document_ids")
    def _check_links(self):
        for inspection in self.sudo():
            contents = inspection.content_ids
            if contents.filtered(lambda line: line.topic != "content"):
                raise ValidationError(self.env._("This is no content of inspection."))
            if contents.regulation_id - inspection.regulation_id:
                raise ValidationError(
                    self.env._("A content belongs to another regulation.")
                )
            if inspection.document_ids.company_id - inspection.company_id:
                raise ValidationError(
                    self.env._("A directive belongs to another organisation.")
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if self.filtered(lambda one: one.state != "draft"):
            raise UserError(self.env._("An inspection that was begun is kept."))
        for one in self:
            if refusal := one._steward_refusal():
                raise refusal

    def unlink(self):
        """The files of its papers go with a draft: the database takes the papers away
        and knows nothing of files."""
        drafts = self.sudo()
        parts = (drafts.paper_ids, drafts.subject_ids, drafts.item_ids)
        owners = [(part._name, part.ids) for part in parts]
        result = super().unlink()
        files = self.env["ir.attachment"].sudo()
        for model, ids in owners:
            files |= files.search([("res_model", "=", model), ("res_id", "in", ids)])
        files.unlink()
        return result

    def _prepare_texts(self):
        """Have a text for each prescribed heading that no field holds."""
        self.env["task.inspection.text"]._prepare(self)
