# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import UserError

KINDS = [
    ("not_done", "Tasks due and not done"),
    ("opinions", "Differing opinions"),
    ("feedback", "Feedback about an agency"),
    ("difficulty", "Difficulties and explanations"),
]
#: What the paper is about, by kind: the paper's words, until somebody writes others.
SUBJECTS = {
    "not_done": "Về các nhiệm vụ đến hạn chưa thực hiện và biện pháp đôn đốc",
    "opinions": "Về vấn đề các cơ quan, đơn vị còn có ý kiến khác nhau",
    "feedback": "Về thông tin phản hồi việc thực hiện nhiệm vụ",
    "difficulty": "Về khó khăn, vướng mắc trong thực hiện nhiệm vụ",
}
STATES = [
    ("draft", "Draft"),
    ("collecting", "Opinions are collected"),
    ("submitted", "Waits for the direction"),
    ("directed", "Directed"),
    ("returned", "Returned to the Office"),
    ("cancelled", "Given up"),
]


class TaskReferral(models.Model):
    """What the Office puts to a leader, and the leader's direction on it.

    Tasks that are due and not done, with measures (BG, KT, KH Đ18.3; QT Đ20.3);
    differing opinions of agencies (BG Đ8.1c; KT, QT, KH Đ10.1c); a feedback (BG, KH
    Đ18.5); difficulties and explanations (BG Đ19.3, KT Đ19.2, QT Đ21.2, CM Đ11.2, KH
    Đ19.2). What was put to a leader is never changed: one that comes back is put
    again as another record (`previous_id`).

    Agencies do not read it: they read its direction on their own assignments
    (`task.referral.line`) and, where they are asked, their own opinion
    (`task.referral.opinion`). Who may do what is in `task_referral_rights.py`.
    """

    _name = "task.referral"
    _description = "Referral to a leader"
    _inherit = [
        "task.begun.mixin",
        "task.closed.mixin",
        "task.files.mixin",
        "task.thread.mixin",
        "task.told.mixin",
        "task.awaited.mixin",
    ]
    _mail_post_access = "read"
    _order = "id desc"
    _file_fields = ("attachment_ids", "direction_attachment_ids")
    _closed_fields = frozenset(
        (
            "state",
            "company_id",
            "asked_on",
            "submitted_by_id",
            "submitted_on",
            "directed_by_id",
            "directed_on",
            "returned_by_id",
            "returned_on",
            "previous_id",
        )
    )

    kind = fields.Selection(KINDS, required=True, default="not_done")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        ondelete="restrict",
    )
    state = fields.Selection(
        STATES, required=True, default="draft", copy=False, index=True
    )
    name = fields.Char(
        string="Subject",
        compute="_compute_name",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    line_ids = fields.One2many(
        "task.referral.line", "referral_id", string="Tasks", copy=False
    )
    text = fields.Text(
        string="What is asked",
        help="How it stands and what is to be decided. Agencies that are asked for"
        " their opinion read it.",
    )
    summary = fields.Text(
        string="Summary of the opinions", help="Where they agree and where they differ."
    )
    measures = fields.Text(string="Measures proposed")
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "task_referral_attachment_rel",
        string="Files",
        copy=False,
        bypass_search_access=True,
    )
    # of the paper
    number = fields.Char(string="Number, notation", copy=False)
    dated_on = fields.Date(string="Date of the paper", copy=False)
    signer_title = fields.Char(string="Title of the signer")
    signer_name = fields.Char(string="Signer")
    submitted_by_id = fields.Many2one(
        "res.users", string="Put forward by", copy=False, ondelete="restrict"
    )
    submitted_on = fields.Date(string="Put forward on", copy=False)
    # what the leader says
    direction = fields.Text(
        string="The leader's direction",
        copy=False,
        help="Told to the agencies concerned.",
    )
    direction_attachment_ids = fields.Many2many(
        "ir.attachment",
        "task_referral_direction_attachment_rel",
        string="Files of the direction",
        copy=False,
        bypass_search_access=True,
    )
    directed_by_id = fields.Many2one(
        "res.users", string="Directed by", copy=False, ondelete="restrict"
    )
    directed_on = fields.Date(string="Directed on", copy=False)
    return_reason = fields.Text(
        string="Why it is returned", copy=False, help="What the Office has to add."
    )
    returned_by_id = fields.Many2one(
        "res.users", string="Returned by", copy=False, ondelete="restrict"
    )
    returned_on = fields.Date(string="Returned on", copy=False)
    previous_id = fields.Many2one(
        "task.referral",
        string="Put again after",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    next_ids = fields.One2many("task.referral", "previous_id", string="Put again as")
    document_id = fields.Many2one(
        "task.document",
        string="Directive issued on it",
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    explanation_ids = fields.One2many(
        "task.explanation", "referral_id", string="Explanations"
    )
    # what a draft of "not done" is filled with
    filter_agency_ids = fields.Many2many(
        "res.partner",
        "task_referral_filter_agency_rel",
        string="Only of these agencies",
        domain=[("is_agency", "=", True)],
        copy=False,
    )
    task_count = fields.Integer(string="How many tasks", compute="_compute_figures")
    agency_count = fields.Integer(
        string="Number of agencies", compute="_compute_figures"
    )
    most_days_late = fields.Integer(
        string="Longest overdue, days", compute="_compute_figures"
    )

    figures = fields.Char(compute="_compute_figures_in_words")

    _begun_uniq = models.UniqueIndex(
        "(begun_key) WHERE state = 'draft'", "This is being drafted already."
    )

    @api.depends("kind")
    def _compute_name(self):
        for one in self:
            if not one.name or one.name in SUBJECTS.values():
                one.name = SUBJECTS.get(one.kind, "")

    @api.depends("line_ids.days_late", "line_ids.agency_id")
    def _compute_figures(self):
        for one in self:
            one.task_count = len(one.line_ids.assignment_id.task_id)
            one.agency_count = len(one.line_ids.agency_id)
            one.most_days_late = max(one.line_ids.mapped("days_late"), default=0)

    @api.depends("kind", "task_count", "agency_count", "most_days_late")
    @api.depends_context("lang")
    def _compute_figures_in_words(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for one in self:
            words = [kinds.get(one.kind, "")]
            if one.task_count:
                words.append(self.env._("%(count)s task(s)", count=one.task_count))
            if one.agency_count > 1:
                words.append(self.env._("%(count)s agencies", count=one.agency_count))
            if one.most_days_late:
                words.append(
                    self.env._("up to %(days)s day(s) late", days=one.most_days_late)
                )
            one.figures = " · ".join(words)

    # -- acts --------------------------------------------------------------------------
    def action_submit(self):
        """Put it to the leader: from now on it is kept as it is.

        :raise AccessError: if the caller is not a manager of the Office.
        :raise UserError: if the regulation does not know the kind, words are missing
            or a task has changed so that it is not to be put forward.
        """
        self._guard("_submit_refusal")
        for one in self:
            one._check_complete()
            one.line_ids._freeze()
            one.opinion_ids.sudo()._lapse()
            one.sudo().write(
                {
                    "state": "submitted",
                    "submitted_by_id": self.env.uid,
                    "submitted_on": one.company_id._task_today(),
                }
            )
            one._call_origins("_referral_submitted")
            one._tell(one._directors())
        return True

    def action_direct(self):
        """The leader's direction: kept, and told to the agencies concerned.

        :raise AccessError: if the caller may not give it.
        :raise UserError: if there are no words in `direction`.
        """
        self._guard("_direct_refusal")
        for one in self:
            if not (one.direction or "").strip():
                raise UserError(self.env._("Write the direction first."))
            one.sudo().write(
                {
                    "state": "directed",
                    "directed_by_id": self.env.uid,
                    "directed_on": one.company_id._task_today(),
                    "return_reason": False,
                }
            )
            one._call_origins("_referral_directed")
            one._tell_office()
            one._tell_agencies()
        return True

    def action_return(self):
        """Send it back to the Office, with what is wanted in `return_reason`."""
        self._guard("_direct_refusal")
        for one in self:
            if not (one.return_reason or "").strip():
                raise UserError(self.env._("Write why it is returned first."))
            one.sudo().write(
                {
                    "state": "returned",
                    "returned_by_id": self.env.uid,
                    "returned_on": one.company_id._task_today(),
                    "direction": False,
                }
            )
            one._call_origins("_referral_returned")
            one._tell_office()
        return True

    def action_cancel(self):
        """Give it up, before a leader has directed; it is kept.

        :raise AccessError: if the caller neither wrote it nor manages the Office.
        """
        self._guard("_cancel_refusal")
        for one in self:
            one.opinion_ids.sudo()._cancel()
            one.sudo().state = "cancelled"
            one._call_origins("_referral_cancelled")
            for origins in one._origins():
                origins.sudo().referral_id = False
        return True

    def unlink(self):
        """What was to be put again is as it was returned."""
        for one in self.sudo().filtered("previous_id"):
            for origins in one._origins():
                origins.referral_id = one.previous_id
        return super().unlink()

    # -- what it came from -------------------------------------------------------------
    def _origins(self):
        """Records this was made from, a list of recordsets with a `referral_id`; they
        are told by `_referral_submitted`, `_referral_directed`, `_referral_returned`
        and `_referral_cancelled`, each with the referral: extend."""
        return [self.explanation_ids]

    def _call_origins(self, hook):
        for records in self._origins():
            if records and hasattr(records, hook):
                getattr(records.sudo(), hook)(self)

    # -- who is told -------------------------------------------------------------------
    def _told_words(self):
        return self.direction or self.return_reason or self.text or self.name

    def _tell_office(self):
        self._tell(self.submitted_by_id | self.create_uid)

    def _tell_agencies(self):
        """Each agency concerned once, each that gave an opinion too."""
        by_agency = self.sudo().line_ids.grouped(
            lambda line: line.assignment_id.agency_id
        )
        for agency, theirs in by_agency.items():
            theirs[0].sudo(False)._tell(agency.task_user_ids)
        for opinion in self.sudo()._all_opinions():
            if opinion.agency_id not in by_agency:
                opinion.sudo(False)._tell(opinion.agency_id.task_user_ids)

    # -- whose answer it waits for -----------------------------------------------------
    @api.model
    def _awaited_domain(self, company):
        return [("company_id", "=", company.id), ("state", "=", "submitted")]

    def _awaited_by(self):
        directors = {}
        for one in self:
            key = (one.company_id, one._is_chairmans())
            if key not in directors:
                directors[key] = one._directors()
        return {one: directors[one.company_id, one._is_chairmans()] for one in self}

    def _check_complete(self):
        """What is put forward says what it is about, and what is wanted."""
        wanted = {"text": self.env._("Write what is asked first.")}
        if self.kind == "not_done":
            wanted = {"measures": self.env._("Write the measures you propose first.")}
        elif self.kind == "opinions":
            wanted["summary"] = self.env._("Sum up the opinions first.")
        for name, words in wanted.items():
            if not (self[name] or "").strip():
                raise UserError(words)
        if not self.line_ids and self.kind != "feedback":
            raise UserError(self.env._("Choose the tasks it is about."))
        for line in self.line_ids:
            line._check_still()
