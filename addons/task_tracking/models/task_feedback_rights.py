# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import format_date

from .task_assignment import OPEN_STATES
from .task_feedback import OFFICE

#: While it is in one of these, the same is not reported again.
WAITING = ("open", "referred")


def _same(words):
    """`words` as they are compared: no matter how they are spaced or capitalised."""
    return " ".join((words or "").casefold().split())


class TaskFeedback(models.Model):
    """Who reports, who verifies and answers, and what is refused in clear words."""

    _inherit = "task.feedback"

    can_submit = fields.Boolean(compute="_compute_can")
    can_withdraw = fields.Boolean(compute="_compute_can")
    can_handle = fields.Boolean(compute="_compute_can")
    can_answer = fields.Boolean(compute="_compute_can")
    remark = fields.Text(
        string="To note",
        compute="_compute_remark",
        groups=OFFICE,
        help="What stands out in the tasks linked.",
    )

    @api.depends_context("uid")
    @api.depends("state", "agency_id", "followed_by_id", "submitted_by_id")
    def _compute_can(self):
        for one in self:
            one.can_submit = not one._submit_refusal()
            one.can_withdraw = not one._withdraw_refusal()
            one.can_handle = not one._handle_refusal()
            one.can_answer = not one._answer_refusal()

    # -- why not -----------------------------------------------------------------------
    def _report_refusal(self):
        """Why the current user may not write this down: an exception, or None.

        The Office writes down what an agency told it by letter or telephone.
        """
        refusal = self._regulation()._agency_refusal("feedback")
        if refusal or self.env.su or self.env.user._task_is_office():
            return refusal
        if not self._is_officer():
            return AccessError(
                self.env._("An agency gives feedback in its own name only.")
            )
        return None

    def _submit_refusal(self):
        """Why the current user may not report this draft: an exception, or None."""
        if self.state != "draft":
            return UserError(self.env._("This was submitted already."))
        refusal = self._report_refusal()
        if refusal or self.env.su or self.env.user._task_is_office():
            return refusal
        return self._sender_refusal()

    def _withdraw_refusal(self):
        """Why the current user may not take this back: an exception, or None."""
        if self.state != "open":
            return UserError(self.env._("This does not wait for an answer (any more)."))
        user = self.env.user
        wrote_it_down = self.submitted_by_id == user and user._task_is_office()
        if not (self.env.su or self._speaks_for_agency() or wrote_it_down):
            return AccessError(self.env._("Only who reported it takes it back."))
        return None

    def _handle_refusal(self):
        """Why the current user may not verify and answer this: an exception, or None.

        The one who follows it, anybody of the Office where nobody does yet, or an
        Office manager.
        """
        if self.state != "open":
            return UserError(self.env._("This does not wait for an answer (any more)."))
        user = self.env.user
        if self.env.su or user._task_is_manager():
            return None
        nobody = user.browse()
        if user._task_is_office() and self.followed_by_id in (user, nobody):
            return None
        return AccessError(self.env._("You may not answer this."))

    def _answer_refusal(self):
        """Why no way of answering is open to the user now: an exception, or None.

        One of them only: while a letter or a submission to a leader is being drafted,
        no other is begun.
        """
        refusal = self._handle_refusal()
        if refusal:
            return refusal
        if self._letters("draft"):
            return UserError(
                self.env._(
                    "A letter of urging about this is being drafted: issue it or"
                    " discard it first."
                )
            )
        return None

    def _guard(self, refusal_of):
        """Lock and check before an act; the second of two people is told."""
        self.check_access("write")
        self._lock()
        for one in self:
            refusal = getattr(one, refusal_of)()
            if refusal:
                raise refusal

    # -- what must hold ----------------------------------------------------------------
    def _check_draft(self):
        """Refuse what the caller may not write down."""
        refusal = self._report_refusal()
        if refusal:
            raise refusal
        if not self.agency_id:
            raise UserError(self.env._("Choose the agency that gives the feedback."))
        if not (self.reported_id or (self.reported_name or "").strip()):
            raise UserError(self.env._("Say which agency it is about."))
        if self.reported_id and not self.reported_id.sudo().is_agency:
            raise UserError(self.env._("Choose an agency."))
        if self._is_about_itself():
            raise UserError(
                self.env._(
                    "An agency gives no feedback on itself. About a task of its own it"
                    " reports difficulties, explains, or reports a discrepancy."
                )
            )
        if self.received_on and self.received_on > self.company_id._task_today():
            raise UserError(self.env._("The day is in the future."))

    def _is_about_itself(self):
        own = self.agency_id.sudo()
        if self.reported_id:
            return self.reported_id.sudo()._task_heir() == own._task_heir()
        return _same(self.reported_name) == _same(own.name)

    def _check_complete(self):
        """What is reported says what it is about and what was seen; and not twice what
        still waits."""
        if not all((words or "").strip() for words in (self.about, self.text)):
            raise UserError(
                self.env._("Write which task it is about and what was seen.")
            )
        if self.channel == "letter" and not (self.reference and self.reference_date):
            raise UserError(self.env._("Give the number and the date of the letter."))
        twin = self._twin()
        if twin:
            raise UserError(
                self.env._(
                    "%(agency)s reported the same on %(day)s, and it is still being"
                    " dealt with. Add what is new there, as a message.",
                    agency=self.agency_id.name,
                    day=format_date(self.env, twin.received_on),
                )
            )

    def _twin(self):
        """The feedback of this agency that says the same and is not answered yet."""
        waiting = self.sudo().search(
            Domain("company_id", "=", self.company_id.id)
            & Domain("agency_id", "=", self.agency_id.id)
            & Domain("state", "in", WAITING)
            & Domain("id", "!=", self.id)
        )
        return waiting.filtered(
            lambda one: (
                _same(one._reported_words()) == _same(self._reported_words())
                and _same(one.about) == _same(self.about)
            )
        )[:1]

    def _check_linked(self):
        """The tasks are of this company, and none is the reporter's own."""
        linked = self.assignment_ids
        if any(one.company_id != self.company_id for one in linked):
            raise UserError(self.env._("These are tasks of another company."))
        if self.agency_id in linked.agency_id:
            raise UserError(
                self.env._(
                    "%(agency)s reported this: its own task is not what it is about.",
                    agency=self.agency_id.name,
                )
            )

    @api.depends("assignment_ids.state", "assignment_ids.agency_id", "reported_id")
    def _compute_remark(self):
        """What an eye should fall on before it is answered."""
        for one in self:
            linked, remarks = one.assignment_ids, []
            closed = linked.filtered(lambda task: task.state not in OPEN_STATES)
            for task in closed:
                states = dict(task._fields["state"]._description_selection(self.env))
                remarks.append(f"{task.display_name}: {states[task.state]}")
            strange = linked.agency_id - one.reported_id
            if one.reported_id and strange:
                remarks.append(
                    self.env._(
                        "Not the agency reported: %(agencies)s",
                        agencies=", ".join(strange.mapped("name")),
                    )
                )
            one.remark = "\n".join(remarks)
