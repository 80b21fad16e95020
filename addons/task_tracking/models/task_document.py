# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

SOURCES = [
    ("programme", "Work programme"),
    ("conclusion", "Conclusion of the regular meeting"),
    ("adhoc", "Ad hoc direction"),
]
ASSIGNER_LEVELS = [
    ("government", "Government, Prime Minister"),
    ("ministry", "Ministry, sector"),
    ("committee", "People's Committee"),
    ("chairman", "Chairman"),
    ("deputy", "Deputy chairman"),
    ("director", "Director"),
]
URGENCIES = [
    ("normal", "Normal"),
    ("urgent", "Urgent"),
    ("very_urgent", "Very urgent"),
    ("express", "Express"),
]
SECRECIES = [
    ("open", "Not secret"),
    ("secret", "Secret"),
    ("top_secret", "Top secret"),
    ("ultra_secret", "Ultra secret"),
]


class TaskDocument(models.Model):
    """A directive that assigns tasks, or a direction given without a document.

    Office specialists write it; agencies read the directives of their assignments.
    Its chatter is the Office's own. Source of the fields: BG Đ5, KT Đ5, QT Đ6, CM Đ4,
    KH Đ4.
    """

    _name = "task.document"
    _description = "Directive"
    _inherit = [
        "task.closed.mixin",
        "task.files.mixin",
        "task.clock.mixin",
        "task.thread.mixin",
        "task.scope.mixin",
    ]
    _order = "issued_on desc, id desc"
    _scope_depends = ("task_ids.assignment_ids.agency_id",)
    _rec_names_search = ["reference", "abstract", "name"]
    _closed_fields = frozenset(
        ("state", "registered_on", "released_on", "origin_model", "origin_id")
    )
    _check_company_auto = True

    name = fields.Char(
        string="Title",
        help="Title of the document where it has one besides its abstract.",
    )
    is_oral = fields.Boolean(
        string="Given orally",
        help="A direction given at a meeting or in person, without a document.",
    )
    number = fields.Char(index="btree_not_null", copy=False, tracking=True)
    notation = fields.Char(help="For example UBND-KT.", tracking=True)
    reference_key = fields.Char(
        compute="_compute_reference", store=True, export_string_translation=False
    )
    reference = fields.Char(
        string="Number, notation",
        compute="_compute_reference",
        store=True,
        index="trigram",
    )
    type_id = fields.Many2one("task.document.type", ondelete="restrict")
    abstract = fields.Text(index="trigram", tracking=True)
    issued_on = fields.Date(
        string="Issued on",
        required=True,
        index=True,
        tracking=True,
        default=lambda self: self.env.company._task_today(),
    )
    issue_year = fields.Integer(compute="_compute_issue_year", store=True)
    despatched_on = fields.Date(
        string="Despatched on",
        tracking=True,
        compute="_compute_despatched_on",
        store=True,
        readonly=False,
        precompute=True,
        help="The day of issue unless another is entered.",
    )
    received_on = fields.Date(string="Received on", tracking=True)
    signer = fields.Char()
    signer_position = fields.Char(string="Position of the signer")
    issuer_id = fields.Many2one(
        "res.partner",
        string="Issuing body",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env.company.partner_id,
        tracking=True,
    )
    drafter_id = fields.Many2one(
        "res.partner",
        string="Drafting agency",
        ondelete="restrict",
        domain=[("is_agency", "=", True)],
    )
    source = fields.Selection(SOURCES, required=True, default="adhoc", tracking=True)
    assigner_level = fields.Selection(
        ASSIGNER_LEVELS, string="Assigned by", required=True, default="chairman"
    )
    urgency = fields.Selection(URGENCIES, required=True, default="normal")
    is_adhoc = fields.Boolean(
        string="Sudden matter",
        help="To be done at once; some regulations shorten the time to register it.",
    )
    asks_opinions = fields.Boolean(
        string="Opinions to ask",
        help="Several agencies must be asked before its tasks are assigned; some"
        " regulations then allow more time to register it.",
    )
    secrecy = fields.Selection(
        SECRECIES,
        required=True,
        default="open",
        help="Anything but “Not secret” is refused: secret documents are no directives"
        " of this system.",
    )
    full_text = fields.Text(string="Full text")
    specialist_id = fields.Many2one(
        "res.users",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
        index=True,
        tracking=True,
        domain=lambda self: [
            (
                "all_group_ids",
                "in",
                self.env.ref("task_tracking.group_office_specialist").ids,
            )
        ],
        help="Follows the directive's tasks unless a task names another.",
    )
    office_unit_id = fields.Many2one(
        "res.partner",
        string="Unit of the Office",
        ondelete="restrict",
        domain=[("agency_kind", "=", "office_unit")],
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    state = fields.Selection(
        [("draft", "Draft"), ("released", "Assigned")],
        required=True,
        default="draft",
        copy=False,
        index=True,
    )
    registered_on = fields.Date(
        string="Registered on",
        copy=False,
        readonly=True,
        help="The day the directive and its first task were entered.",
    )
    released_on = fields.Date(string="Assigned on", copy=False, readonly=True)
    task_ids = fields.One2many("task.task", "document_id", string="Tasks", copy=True)
    assignment_ids = fields.One2many("task.assignment", "document_id")
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "task_document_attachment_rel",
        string="Files",
        copy=False,
        bypass_search_access=True,
    )
    shared_attachment_ids = fields.Many2many(
        "ir.attachment",
        "task_document_shared_rel",
        string="Shared files",
        copy=False,
        bypass_search_access=True,
        help="Files of the record this directive came from, shared and not copied.",
    )
    origin_model = fields.Char(copy=False, readonly=True, index="btree_not_null")
    origin_id = fields.Many2oneReference(
        model_field="origin_model", copy=False, readonly=True
    )
    task_count = fields.Integer(compute="_compute_counts")
    overdue_count = fields.Integer(compute="_compute_counts")
    to_release = fields.Boolean(compute="_compute_to_release", compute_sudo=True)
    can_release = fields.Boolean(compute="_compute_to_release", compute_sudo=True)
    knows_adhoc = fields.Boolean(compute="_compute_knows")
    knows_opinions = fields.Boolean(compute="_compute_knows")
    knows_return = fields.Boolean(compute="_compute_knows")

    # NULL numbers never collide: two without a number are never duplicates.
    _reference_uniq = models.UniqueIndex(
        "(company_id, issuer_id, issue_year, reference_key) WHERE number IS NOT NULL",
        "A directive with this number, notation, issuing body and year exists.",
    )
    _origin_idx = models.Index(
        "(origin_model, origin_id) WHERE origin_model IS NOT NULL"
    )

    @api.depends("company_id")
    def _compute_knows(self):
        """What makes no difference under the regulation is not on the screen."""
        for document in self:
            regulation = document.company_id._task_regulation().sudo()
            document.knows_adhoc = regulation._depends_on("adhoc")
            document.knows_opinions = regulation._depends_on("opinions")
            document.knows_return = regulation._knows("return", "agency")

    @api.depends("number", "notation")
    def _compute_reference(self):
        for document in self:
            document.reference = "/".join(
                filter(None, (document.number, document.notation))
            )
            document.reference_key = self._normal_reference(
                document.number, document.notation
            )

    @api.depends("issued_on")
    def _compute_issue_year(self):
        for document in self:
            document.issue_year = document.issued_on.year if document.issued_on else 0

    @api.depends("issued_on")
    def _compute_despatched_on(self):
        for document in self:
            document.despatched_on = document.despatched_on or document.issued_on

    @api.depends("reference", "type_id", "abstract", "name", "issued_on")
    def _compute_display_name(self):
        for document in self:
            title = document.reference or document.name or document.abstract or ""
            # "Quyết định (quy phạm pháp luật)" is told apart where it matters.
            kind = (document.type_id.name or "").split(" (")[0]
            document.display_name = f"{kind} {title}".strip()[:120]

    @api.depends("task_ids", "assignment_ids.state")
    @api.depends_context("uid")
    def _compute_counts(self):
        tasks = dict(
            self.env["task.task"]._read_group(
                [("document_id", "in", self.ids)], ["document_id"], ["__count"]
            )
        )
        overdue = dict(
            self.env["task.assignment"]._read_group(
                [("document_id", "in", self.ids), ("is_overdue", "=", True)],
                ["document_id"],
                ["__count"],
            )
        )
        for document in self:
            document.task_count = tasks.get(document, 0)
            document.overdue_count = overdue.get(document, 0)

    @api.depends("state", "task_ids.to_release")
    @api.depends_context("uid")
    def _compute_to_release(self):
        office = self.env.user._task_is_office()
        for document in self:
            document.to_release = document.state == "draft" or any(
                document.task_ids.mapped("to_release")
            )
            document.can_release = office and document.to_release

    # -- who sees it ---------------------------------------------------------------
    def _scope_domain(self):
        """What an agency user reads: the directives of the tasks it reads."""
        tasks = self.env["task.task"]
        return Domain(
            "id",
            "in",
            tasks.sudo()._search(tasks._scope_domain()).subselect("document_id"),
        )

    # -- what is refused -----------------------------------------------------------
    @api.constrains("issued_on", "despatched_on", "received_on")
    def _check_dates(self):
        for document in self:
            for day in (document.despatched_on, document.received_on):
                if day and day < document.issued_on:
                    raise ValidationError(
                        self.env._(
                            "The directive was issued on %(issued)s: it cannot have"
                            " been despatched or received before.",
                            issued=format_date(self.env, document.issued_on),
                        )
                    )
            if document.issued_on > document.company_id._task_today():
                raise ValidationError(self.env._("The day of issue is in the future."))
        self.task_ids._check_deadline()

    @api.constrains("abstract", "name", "is_oral", "number")
    def _check_title(self):
        for document in self:
            if not (document.abstract or document.name):
                raise ValidationError(
                    self.env._("Give the directive an abstract or a title.")
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_released(self):
        if self.filtered(lambda document: document.state == "released"):
            raise UserError(
                self.env._(
                    "A directive whose tasks are assigned is kept. Withdraw the"
                    " assignments instead."
                )
            )

    # -- the Office's own chatter ----------------------------------------------------
    @api.model
    def _reads_notes(self):
        """Whether the user reads what the Office notes on directives."""
        return self.env.su or self.env.user._task_is_office_or_leader()

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """The chatter is the Office's: reading it needs the right to write here, or
        to be a leader."""
        if message_operation == "read" and self._reads_notes():
            return dict.fromkeys(self, "read")
        return dict.fromkeys(self, "write")

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Who may not read the chatter does not follow it either."""
        if not self._reads_notes():
            return False
        return super().message_subscribe(partner_ids, subtype_ids)
