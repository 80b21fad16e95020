# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .task_clock import OFFICE_GROUPS

#: Who writes and reads an answer before it is given.
OFFICE = OFFICE_GROUPS


class TaskExplanation(models.Model):
    """What an agency says about a task of its own: why its deadline passed, or that
    it is beyond its means (BG Đ19.1, Đ19.3; KT Đ19.2; QT Đ13.2a, Đ21.2; CM Đ11.2; KH
    Đ19.2, Đ19.4).

    An officer drafts it, the head submits it. The Office answers itself, or collects
    several into a referral: the leader's direction is the answer then. It stays with
    the task. It is no submission (`task.submission.mixin`): nothing of the task's
    life depends on it, so nothing is entered into the ledger.
    """

    _name = "task.explanation"
    _description = "Explanation"
    _inherit = [
        "task.closed.mixin",
        "task.files.mixin",
        "task.told.mixin",
        "task.mine.mixin",
        "task.clock.mixin",
        "task.awaited.mixin",
    ]
    _order = "id desc"
    _closed_fields = frozenset(
        (
            "state",
            "submitted_by_id",
            "submitted_on",
            "answered_by_id",
            "answered_on",
            "referral_id",
            "answer",
        )
    )

    kind = fields.Selection(
        [
            ("explanation", "The deadline has passed"),
            ("difficulty", "Difficulties, beyond our means"),
        ],
        required=True,
        default="explanation",
    )
    assignment_id = fields.Many2one(
        "task.assignment", required=True, index=True, ondelete="restrict"
    )
    task_id = fields.Many2one(related="assignment_id.task_id")
    content = fields.Text(related="assignment_id.content", string="Task content")
    document_id = fields.Many2one(
        related="assignment_id.document_id", store=True, string="Directive"
    )
    company_id = fields.Many2one(related="assignment_id.company_id", store=True)
    agency_id = fields.Many2one(
        related="assignment_id.agency_id", store=True, index=True, string="Agency"
    )
    specialist_id = fields.Many2one(
        related="assignment_id.specialist_id",
        store=True,
        index="btree_not_null",
        string="Specialist",
    )
    deadline = fields.Date(related="assignment_id.deadline")
    days_overdue = fields.Integer(related="assignment_id.days_overdue")
    cause = fields.Text()
    proposal = fields.Text(help="How the agency proposes to deal with it.")
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Files", copy=False, bypass_search_access=True
    )
    found_on = fields.Date(
        string="Known since",
        required=True,
        default=lambda self: self.env.company._task_today(),
        help="The day the agency found the difficulty: a limit counts from it, where"
        " the text states one.",
        copy=False,
    )
    reference = fields.Char(string="Letter number", copy=False)
    happened_on = fields.Date(
        string="Dated",
        copy=False,
        help="The day of the agency's paper, where the Office enters it afterwards.",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("waiting", "Waiting"),
            ("referred", "Put to a leader"),
            ("answered", "Answered"),
            ("cancelled", "Fell away"),
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
    draft_answer = fields.Text(
        string="Answer in preparation",
        copy=False,
        groups=OFFICE,
        help="The agency reads it once it is given.",
    )
    answer = fields.Text(copy=False)
    answered_by_id = fields.Many2one(
        "res.users", string="Answered by", copy=False, ondelete="restrict"
    )
    answered_on = fields.Date(string="Answered on", copy=False)
    referral_id = fields.Many2one(
        "task.referral",
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups=OFFICE,
    )
    _assignment_submitted_idx = models.Index(
        "(assignment_id, id) WHERE state != 'draft'"
    )

    @api.depends("kind", "assignment_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for one in self:
            one.display_name = (
                f"{kinds.get(one.kind)}: {one.assignment_id.display_name or ''}"
            )

    # -- what may be written when ------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        explanations = super().create(vals_list)
        for one in explanations:
            one._check_draft()
            if one.sudo().draft_answer and not self.env.su:
                raise AccessError(self.env._("You may not answer this."))
        return explanations

    def write(self, vals):
        if not self.env.su:
            for one in self:
                one._check_write(set(vals))
        result = super().write(vals)
        if not self.env.su and {"kind", "assignment_id", "found_on"} & set(vals):
            for one in self:
                one._check_draft()
        return result

    def _check_write(self, names):
        """The agency writes its draft; who answers writes the answer while it waits."""
        if names == {"draft_answer"} and self.state == "waiting":
            refusal = self._answer_refusal()
        elif self.state == "draft" and "draft_answer" not in names:
            refusal = None
            if not self.assignment_id._is_allowed("agency"):
                refusal = AccessError(self.env._("Only the agency changes its draft."))
        else:
            refusal = UserError(
                self.env._("What was submitted is not changed any more.")
            )
        if refusal:
            raise refusal

    def _check_draft(self):
        """Refuse a draft on an assignment where the caller may not explain."""
        refusal = self.assignment_id._explain_refusal(self.kind)
        if refusal:
            raise refusal
        if not self.env.su:
            self.assignment_id.check_access("read")
        today = self.company_id._task_today()
        if max(self.found_on, self.happened_on or self.found_on) > today:
            raise UserError(self.env._("The day is in the future."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if self.filtered(lambda one: one.state != "draft"):
            raise UserError(self.env._("What was submitted is kept."))

    def _fixed_files(self):
        return self.filtered(lambda one: one.state != "draft")

    # -- acts --------------------------------------------------------------------------
    def action_submit(self):
        """Send it to the Office: from now on it is kept with the task.

        :raise AccessError: if the caller does not speak for the agency.
        :raise UserError: if the regulation does not know the act, or words are missing.
        """
        self.check_access("write")
        self._guard("_submit_refusal")
        for one in self:
            if not (one.cause or "").strip():
                raise UserError(self.env._("Write the cause first."))
            if one.kind == "difficulty" and not (one.proposal or "").strip():
                raise UserError(self.env._("Write what you propose."))
            one.sudo().write(
                {
                    "state": "waiting",
                    "submitted_by_id": self.env.uid,
                    "submitted_on": one.happened_on or one.company_id._task_today(),
                }
            )
            one.sudo()._meet_limit()
            one._tell(one.specialist_id.filtered("active") or one._managers())
        return True

    def action_answer(self):
        """The Office answers it with the words in `draft_answer`.

        :raise AccessError: if the caller does not follow the task, or submitted it.
        """
        self._guard("_answer_refusal")
        for one in self:
            words = one.sudo().draft_answer
            if not (words or "").strip():
                raise UserError(self.env._("Write the answer first."))
            one._close(words, self.env.user)
        self.sudo().referral_id = False
        return True

    def action_cancel(self):
        """Take it back before it is answered; it is kept."""
        self._guard("_cancel_refusal")
        self._fall_away()
        return True

    def action_refer(self):
        """Collect these into one draft to a leader, and open it, or the one they are
        in already.

        :raise AccessError: if the caller does not follow the tasks.
        """
        if opened := self._reopen_referral():
            return opened
        self._guard("_refer_refusal")
        words = "\n".join(
            f"- {one.agency_id.name}: {one.proposal or one.cause}" for one in self
        )
        draft = self.env["task.referral"]._draft_for(self, "difficulty", words)
        return draft._get_records_action()

    def _reopen_referral(self):
        """The action that opens the draft that all of these are collected in, if the
        user writes it."""
        self.check_access("read")
        referrals = self.sudo().mapped("referral_id")
        if not all(one.referral_id for one in self.sudo()):
            return None
        return referrals.sudo(self.env.su)._reopened()

    def _close(self, answer, user, day=None, told=()):
        """
        :param told: the agencies that are told otherwise.
        """
        for one in self:
            one.sudo().write(
                {
                    "state": "answered",
                    "answer": answer,
                    "answered_by_id": user.id,
                    "answered_on": day or one.company_id._task_today(),
                }
            )
            if one.agency_id not in told:
                one._tell(one.agency_id.sudo().task_user_ids)

    def _fall_away(self):
        """It ends without an answer."""
        self.sudo().write({"state": "cancelled", "referral_id": False})

    # -- what becomes of the referral it is in -----------------------------------------
    def _referral_submitted(self, referral):
        self.filtered(lambda one: one.state == "waiting").sudo().state = "referred"

    def _referral_directed(self, referral):
        """The leader's direction is the answer."""
        referred = self.filtered(lambda one: one.state == "referred")
        referred._close(
            referral.direction,
            referral.directed_by_id,
            referral.directed_on,
            # the agencies of its tasks are told of the direction itself
            told=referral.sudo().line_ids.assignment_id.agency_id,
        )

    def _referral_cancelled(self, referral):
        """It waits for the Office again."""
        self.filtered(lambda one: one.state == "referred").sudo().state = "waiting"

    # -- its time limits ---------------------------------------------------------------
    def _clock_actor(self, act):
        return "agency"

    def _clock_events(self):
        return {"discovery": self.found_on} if self.submitted_on else {}

    def _meet_limit(self):
        """A difficulty is judged from the day it was found; an explanation meets the
        limit that runs on the assignment from its deadline."""
        self.ensure_one()
        today = self.company_id._task_today()
        earlier = self.happened_on and self.happened_on < today
        when = self.happened_on if earlier else fields.Datetime.now()
        if self.kind == "difficulty":
            self._clock_meet("difficulty", when)
        else:
            self.assignment_id._clock_meet("explanation", when)

    # -- who is told, whose answer it waits for ----------------------------------------
    def _thread(self):
        return self.assignment_id

    def _told_words(self):
        return self.answer or self.cause

    def _managers(self):
        managers = self.env.ref("task_tracking.group_office_manager").sudo()
        return managers.all_user_ids

    @api.model
    def _awaited_domain(self, company):
        return [
            ("company_id", "=", company.id),
            ("state", "=", "waiting"),
        ]

    def _awaited_by(self):
        managers = self._managers()
        return {
            one: one.specialist_id.filtered("active")
            or managers.filtered(
                lambda user, one=one: one.company_id in user.company_ids
            )
            for one in self
        }
