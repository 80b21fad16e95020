# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

#: How the two sides exchange it (BG Đ7.1b, KT Đ7.2b, QT Đ9.1a: by letter, telephone
#: or e-mail; KH Đ5.1b, Đ5.2c: in writing or in any other suitable form).
CHANNELS = [
    ("system", "On this system"),
    ("letter", "By letter"),
    ("phone", "By telephone"),
    ("email", "By e-mail"),
    ("meeting", "At a meeting"),
]


class TaskDiscrepancy(models.Model):
    """Data or figures that differ: found by one side, answered by the other.

    The Office finds that what an agency entered or reported is wrong and settles it
    with the agency (BG Đ7.2, KT Đ7.1, QT Đ9.1c, KH Đ5.1b); an agency finds that its
    own figures differ from the system's and tells the Office (BG Đ7.1b, KT Đ7.2b,
    QT Đ9.1a, KH Đ5.2c). Nothing is corrected here: who is wrong corrects with the
    acts there are, and the facts recorded meanwhile are shown beside it.

    Not a `task.submission.mixin`: that goes one way only, from an agency to the
    Office, and is always about an assignment. Who may do what is in
    `task_discrepancy_rights.py`.
    """

    _name = "task.discrepancy"
    _description = "Discrepancy"
    _inherit = [
        "task.closed.mixin",
        "task.files.mixin",
        "task.thread.mixin",
        "task.told.mixin",
        "task.mine.mixin",
        "task.clock.mixin",
    ]
    _mail_post_access = "read"
    _order = "id desc"
    _rec_names_search = ["about", "text", "task_id.name"]
    _closed_fields = frozenset(
        ("state", "reported_by_id", "reported_at", "answered_by_id", "answered_at")
    )

    side = fields.Selection(
        [("office", "The Office"), ("agency", "The agency")],
        string="Found by",
        required=True,
        default=lambda self: "office" if self.env.user._task_is_office() else "agency",
        help="The other side answers.",
    )
    company_id = fields.Many2one(
        "res.company", compute="_compute_company", store=True, precompute=True
    )
    agency_id = fields.Many2one(
        "res.partner",
        compute="_compute_agency",
        store=True,
        readonly=False,
        precompute=True,
        index=True,
        ondelete="restrict",
        domain=[("is_agency", "=", True)],
        help="Whose data it is, or who found it.",
    )
    assignment_id = fields.Many2one(
        "task.assignment", ondelete="restrict", index="btree_not_null"
    )
    task_id = fields.Many2one(related="assignment_id.task_id")
    content = fields.Text(related="assignment_id.content", string="Task content")
    document_id = fields.Many2one(
        "task.document",
        string="Directive",
        compute="_compute_document",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    followed_by_id = fields.Many2one(
        "res.users",
        string="Followed by",
        compute="_compute_followed_by",
        store=True,
        precompute=True,
        index="btree_not_null",
        help="The specialist of the Office who follows the task.",
    )
    about = fields.Text(
        string="Task or directive, in words",
        help="What it is about where the system has no such task.",
    )
    kind = fields.Selection(
        [
            ("deadline", "Deadline"),
            ("state", "State of the task"),
            ("completion", "Completion day"),
            ("result", "Result"),
            ("agency", "Agency the task is with"),
            ("listed", "Listed, but should not be"),
            ("missing", "Missing from the list"),
            ("other", "Something else"),
        ],
        string="What differs",
        required=True,
        default="deadline",
    )
    found_on = fields.Date(
        string="Found on",
        required=True,
        default=lambda self: self.env.company._task_today(),
        copy=False,
    )
    text = fields.Text(string="On what ground")
    channel = fields.Selection(
        CHANNELS, string="Told", required=True, default="system", copy=False
    )
    reference = fields.Char(string="Letter number", copy=False)
    reference_date = fields.Date(string="Date of the letter", copy=False)
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Files", copy=False, bypass_search_access=True
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("open", "To answer"),
            ("corrected", "Set right"),
            ("answered", "Explained, stands"),
            ("withdrawn", "Taken back"),
        ],
        required=True,
        default="draft",
        copy=False,
        index=True,
    )
    reported_by_id = fields.Many2one(
        "res.users", string="Reported by", copy=False, ondelete="restrict"
    )
    reported_at = fields.Datetime(string="Reported on", copy=False)
    answer = fields.Text(
        copy=False,
        help="What was corrected, why it stands, or why it is withdrawn.",
    )
    answered_by_id = fields.Many2one(
        "res.users", string="Answered by", copy=False, ondelete="restrict"
    )
    answered_at = fields.Datetime(string="Answered on", copy=False)
    _about_something = models.Constraint(
        "CHECK (assignment_id IS NOT NULL OR document_id IS NOT NULL"
        " OR COALESCE(about, '') != '')",
        "Say which task or directive it is about.",
    )
    _agency_known = models.Constraint(
        "CHECK (agency_id IS NOT NULL)", "Choose the agency it concerns."
    )

    # -- what it is about --------------------------------------------------------------
    @api.depends("assignment_id", "document_id")
    def _compute_company(self):
        for one in self:
            about = one.assignment_id or one.document_id
            one.company_id = about.company_id or one.company_id or self.env.company

    @api.depends("assignment_id.agency_id")
    def _compute_agency(self):
        user = self.env.user
        mine = user.sudo().task_agency_id
        if user._task_is_office():
            mine = mine.browse()
        for one in self:
            one.agency_id = one.assignment_id.agency_id or one.agency_id or mine

    @api.depends("assignment_id")
    def _compute_document(self):
        for one in self:
            one.document_id = one.assignment_id.document_id or one.document_id

    @api.depends("assignment_id.specialist_id", "document_id.specialist_id")
    def _compute_followed_by(self):
        for one in self:
            about = one.assignment_id or one.document_id
            one.followed_by_id = about.specialist_id

    def _found_moment(self):
        """When it was found: the moment it was reported (naive UTC), or the day alone
        where it had been found on an earlier one."""
        self.ensure_one()
        reported = self.company_id._task_local(self.reported_at)
        return self.found_on if self.found_on < reported.date() else self.reported_at

    @api.depends("kind", "assignment_id", "document_id", "about", "agency_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for one in self:
            named = one.assignment_id or one.document_id
            what = named.display_name or (one.about or "").partition("\n")[0]
            one.display_name = f"{kinds.get(one.kind, '')}: {what or ''}"

    # -- what may be written when ------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        found = super().create(vals_list)
        for one in found:
            one._check_draft()
            if one.answer and not self.env.su:
                raise AccessError(self.env._("You may not answer this."))
        return found

    def write(self, vals):
        if not self.env.su:
            for one in self:
                one._check_write(set(vals))
        result = super().write(vals)
        if not self.env.su and set(vals) != {"answer"}:
            for one in self:
                one._check_draft()
        return result

    def _check_write(self, names):
        """Who found it writes the draft; who closes it writes the answer."""
        if self.state == "draft" and "answer" not in names:
            refusal = self._report_refusal()
        elif self.state == "open" and names == {"answer"}:
            refusal = self._close_refusal()
        else:
            refusal = UserError(
                self.env._("What was submitted is not changed any more.")
            )
        if refusal:
            raise refusal

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if self.filtered(lambda one: one.state != "draft"):
            raise UserError(self.env._("What was reported is kept."))

    def _fixed_files(self):
        return self.filtered(lambda one: one.state != "draft")

    def _are_fixed(self, files):
        """Its own files are; those of the exchange beside it come and go."""
        return bool(self._fixed_files().attachment_ids & files)

    # -- acts --------------------------------------------------------------------------
    def action_submit(self):
        """Report it to the other side: from now on it is kept for ever.

        :raise AccessError: if the caller does not speak for the side that found it.
        :raise UserError: if the regulation does not know the act, or words are missing.
        """
        self.check_access("write")
        self._lock()
        for one in self:
            refusal = one._submit_refusal()
            if refusal:
                raise refusal
            one._check_complete()
            one.sudo().write(
                {
                    "state": "open",
                    "reported_by_id": self.env.uid,
                    "reported_at": fields.Datetime.now(),
                }
            )
            limited = one.sudo()
            limited._clock_start("discrepancy")
            limited._clock_stop("request")
        self._tell_answerer()
        return True

    def action_correct(self):
        """What differed was corrected, by the acts on the task or outside.

        :raise UserError: if neither a fact was recorded since nor words say what.
        """
        self._guard_closing("_answer_refusal", corrected=True)
        for one in self:
            if not (one._is_set_right() or (one.answer or "").strip()):
                raise UserError(
                    self.env._(
                        "Nothing was recorded on the task since: say in the answer"
                        " what was corrected."
                    )
                )
        self._close("corrected")
        self.sudo()._clock_stop("answer")
        self._tell_other_side()
        return True

    def _is_set_right(self):
        """Whether something was recorded since that speaks for itself."""
        return bool(self.fact_ids)

    def action_answer(self):
        """It is explained and stands as it is; `answer` says why."""
        self._guard_closing("_answer_refusal")
        self._check_answer()
        self._close("answered")
        self.sudo()._clock_stop("answer")
        self._tell_other_side()
        return True

    def action_withdraw(self):
        """Who found it was mistaken, or the explanation was given elsewhere."""
        self._guard_closing("_withdraw_refusal")
        self._check_answer()
        self._close("withdrawn")
        self.sudo()._clock_cancel(("discrepancy",), self.env._("It was withdrawn."))
        self._tell_answerer()
        return True

    def _close(self, state):
        now = fields.Datetime.now()
        for one in self:
            one.sudo().write(
                {"state": state, "answered_by_id": self.env.uid, "answered_at": now}
            )

    # -- its time limit ----------------------------------------------------------------
    def _clock_actor(self, act):
        """The text tells each side what to do when it finds one."""
        return self.side

    def _clock_events(self):
        return {"discovery": self._found_moment()} if self.reported_at else {}
