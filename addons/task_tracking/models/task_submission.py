# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class TaskSubmission(models.AbstractModel):
    """What an agency sends to the Office about an assignment and waits to be answered:
    a result, a request for time, a hand-back.

    An officer drafts it; the head, or an officer so authorised, submits it; whoever
    decides writes `answer` on the waiting record and presses a button. The facts go to
    the ledger of the assignment, the words and files stay here.
    """

    _name = "task.submission.mixin"
    _description = "Submission of an agency"
    _inherit = [
        "task.closed.mixin",
        "task.files.mixin",
        "task.told.mixin",
        "task.mine.mixin",
        "task.awaited.mixin",
    ]
    _order = "id desc"

    #: The act of `task.assignment` that submitting is.
    _act = None
    _closed_fields = frozenset(
        (
            "state",
            "submitted_by_id",
            "submitted_on",
            "decided_by_id",
            "decided_on",
        )
    )
    #: Written by who decides, while the submission waits.
    _answer_fields = frozenset(("answer",))

    assignment_id = fields.Many2one(
        "task.assignment", ondelete="restrict", index=True, required=True
    )
    agency_id = fields.Many2one(
        "res.partner",
        compute="_compute_agency",
        store=True,
        index=True,
        precompute=True,
    )
    task_id = fields.Many2one(related="assignment_id.task_id")
    content = fields.Text(related="assignment_id.content", string="Task content")
    deadline = fields.Date(related="assignment_id.deadline")
    document_id = fields.Many2one(
        "task.document", compute="_compute_document", store=True, precompute=True
    )
    text = fields.Text(string="Content")
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Files", copy=False, bypass_search_access=True
    )
    happened_on = fields.Date(
        string="Dated",
        copy=False,
        help="The day of the agency's paper, where the Office enters it afterwards."
        " Others leave it empty: their act happens when it is recorded.",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("waiting", "Waiting"),
            ("accepted", "Accepted"),
            ("refused", "Refused"),
            ("cancelled", "Taken back"),
        ],
        required=True,
        default="draft",
        copy=False,
        index=True,
    )
    submitted_by_id = fields.Many2one(
        "res.users", string="Submitted by", copy=False, ondelete="restrict"
    )
    submitted_on = fields.Date(string="Submitted on", copy=False)
    decided_by_id = fields.Many2one(
        "res.users", string="Answered by", copy=False, ondelete="restrict"
    )
    decided_on = fields.Date(string="Answered on", copy=False)
    answer = fields.Text(copy=False, help="The reason is required to refuse.")
    can_submit = fields.Boolean(compute="_compute_can")
    can_decide = fields.Boolean(compute="_compute_can")
    can_cancel = fields.Boolean(compute="_compute_can")

    @api.depends("assignment_id")
    def _compute_document(self):
        for one in self:
            one.document_id = one.assignment_id.document_id or one.document_id

    @api.depends("assignment_id.agency_id")
    def _compute_agency(self):
        for one in self:
            one.agency_id = one.assignment_id.agency_id

    @api.depends("assignment_id", "state")
    @api.depends_context("lang")
    def _compute_display_name(self):
        states = dict(self._fields["state"]._description_selection(self.env))
        what = self.env["ir.model"]._get(self._name).name
        for one in self:
            one.display_name = (
                f"{what}: {one.assignment_id.display_name or ''}"
                f" ({states.get(one.state)})"
            )

    @api.depends_context("uid")
    @api.depends("state", "assignment_id", "submitted_by_id")
    def _compute_can(self):
        for one in self:
            one.can_submit = not one._submit_refusal()
            one.can_decide = not one._decide_refusal()
            one.can_cancel = not one._cancel_refusal()

    # -- rights ----------------------------------------------------------------------
    def _regulation(self):
        """The text the task was assigned under."""
        return self.assignment_id.regulation_id.sudo()

    def _submit_refusal(self):
        """Why the current user may not submit this: an exception, or None."""
        if self.state != "draft":
            return UserError(self.env._("This was submitted already."))
        refusal = self.assignment_id._refusal(self._act)
        if refusal or self.env.user._task_is_office():
            return refusal
        return self._sender_refusal()

    def _decide_refusal(self):
        """Why the current user may not answer this: an exception, or None."""
        if self.state != "waiting":
            return UserError(self.env._("This does not wait for an answer (any more)."))
        if not self.assignment_id._is_allowed(self._decider()):
            return AccessError(self.env._("You may not answer this."))
        if self.submitted_by_id == self.env.user:
            return AccessError(
                self.env._("You submitted this yourself: somebody else must answer it.")
            )
        return None

    def _cancel_refusal(self):
        if self.state != "waiting":
            return UserError(self.env._("This does not wait for an answer (any more)."))
        if self._name == "task.result":
            return UserError(
                self.env._("A result that was handed in is answered by the Office.")
            )
        user = self.env.user
        if not (
            self.env.su
            or (self.is_mine and user._task_may_submit())
            or self.submitted_by_id == user
        ):
            return AccessError(self.env._("Only the agency takes this back."))
        return None

    def _decider(self):
        """The role, in `task.assignment._is_allowed`, that answers."""
        return "follower"

    def _guard_decision(self):
        """Lock and check before an answer; the second of two people is told."""
        self._lock()
        self.assignment_id._lock()
        for one in self:
            refusal = one._decide_refusal()
            if refusal:
                raise refusal

    # -- what may be written when ----------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        submissions = super().create(vals_list)
        for one in submissions:
            one._check_draft()
            one._check_unanswered()
        return submissions

    def write(self, vals):
        if not self.env.su:
            for one in self:
                one._check_write(set(vals))
        result = super().write(vals)
        if not self.env.su and {"assignment_id", "document_id", "kind"} & set(vals):
            for one in self:
                one._check_draft()
        return result

    def _check_draft(self):
        """Refuse a draft on an assignment where the caller may not do the act."""
        refusal = self.assignment_id and self.assignment_id._refusal(self._act)
        if refusal:
            raise refusal

    def _check_unanswered(self):
        """Who asks does not bring the answer along: it would be taken for granted."""
        before = self._answer_before()
        brought = [
            name
            for name in self._answer_fields
            if (self[name] or False) != before.get(name, False)
        ]
        if brought and not self.env.su:
            raise AccessError(self.env._("You may not answer this."))

    def _answer_before(self):
        """Field name → what the answer holds before anybody answered, if not empty."""
        return {}

    def _fixed_files(self):
        return self.filtered(lambda one: one.state != "draft")

    def _check_write(self, names):
        """The agency writes its draft; who decides writes the answer while it waits."""
        if self.state == "draft" and not names & self._answer_fields:
            if self.assignment_id and not self.assignment_id._is_allowed("agency"):
                raise AccessError(self.env._("Only the agency changes its draft."))
            return
        if names <= self._answer_fields:
            refusal = self._decide_refusal()
            if refusal:
                raise refusal
            return
        raise UserError(self.env._("What was submitted is not changed any more."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if self.filtered(lambda one: one.state != "draft"):
            raise UserError(self.env._("What was submitted is kept."))

    # -- acts ------------------------------------------------------------------------
    def _submit(self, kind, **vals):
        """Record the fact `kind` and let the submission wait."""
        self.check_access("write")
        for one in self:
            one.assignment_id._lock()
            refusal = one._submit_refusal()
            if refusal:
                raise refusal
            if not (one.text or "").strip():
                raise UserError(self.env._("Write the content first."))
            day = one.happened_on or one._company()._task_today()
            one.sudo().write(
                {
                    "state": "waiting",
                    "submitted_by_id": self.env.uid,
                    "submitted_on": day,
                }
            )
            one.assignment_id._receive_if_needed(one.happened_on)
            one._record_on_assignment(kind, day=one.happened_on, **vals)
        self._tell_decider()

    def _decide(self, state, kind, **vals):
        """Record the answer `kind`; rights were checked by `_guard_decision`."""
        for one in self:
            if state == "refused" and not (one.answer or "").strip():
                raise UserError(self.env._("Write the reason in the answer first."))
            one.sudo().write(
                {
                    "state": state,
                    "decided_by_id": self.env.uid,
                    "decided_on": one._company()._task_today(),
                }
            )
            one._record_on_assignment(kind, note=one.answer, **vals)
        self._tell_agency()

    def _company(self):
        return self.assignment_id.company_id

    def _record_on_assignment(self, kind, **vals):
        self.ensure_one()
        return self.assignment_id._record(
            kind, submission_model=self._name, submission_id=self.id, **vals
        )

    def _cancel(self, kind):
        self._lock()
        for one in self:
            refusal = one._cancel_refusal()
            if refusal:
                raise refusal
            one._end()
            one._record_on_assignment(kind)

    def _lapse(self):
        """The assignment closed while this waited: nothing is left to answer."""
        self.filtered(lambda one: one.state == "draft").unlink()
        self.exists()._end()

    def _end(self):
        """It ends without an answer."""
        self.sudo().write({"state": "cancelled"})

    def _moment(self):
        """When it was submitted: the day of a paper entered later, else this moment
        (naive UTC)."""
        today = self._company()._task_today()
        if self.happened_on and self.happened_on < today:
            return self.happened_on
        return fields.Datetime.now()

    # -- who is told -----------------------------------------------------------------
    def _tell_decider(self):
        """Tell the specialist who follows; who decides finds it on the desk."""
        for one in self:
            one._tell(one.assignment_id.specialist_id or one.document_id.specialist_id)

    def _tell_agency(self):
        for one in self:
            one._tell(one.agency_id.sudo().task_user_ids)

    def _thread(self):
        return self.assignment_id
