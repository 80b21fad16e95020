# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class TaskDiscrepancy(models.Model):
    """Who reports a discrepancy, who answers it, who is told."""

    _inherit = "task.discrepancy"

    can_submit = fields.Boolean(compute="_compute_can")
    can_correct = fields.Boolean(compute="_compute_can")
    can_answer = fields.Boolean(compute="_compute_can")
    can_withdraw = fields.Boolean(compute="_compute_can")

    @api.depends_context("uid")
    @api.depends(
        "state",
        "side",
        "agency_id",
        "assignment_id",
        "followed_by_id",
        "reported_by_id",
    )
    def _compute_can(self):
        for one in self:
            one.can_submit = not one._submit_refusal()
            one.can_correct = not one._answer_refusal(corrected=True)
            one.can_answer = not one._answer_refusal()
            one.can_withdraw = not one._withdraw_refusal()

    # -- who speaks for whom -----------------------------------------------------------
    def _regulation(self):
        """The text it is settled under: the one the task was assigned under."""
        assigned = self.assignment_id.sudo().regulation_id
        return (assigned or self.company_id._task_regulation()).sudo()

    def _speaks_for_office(self):
        """The specialist who follows the task, anybody of the Office where nobody
        does, or an Office manager."""
        user = self.env.user
        if not user._task_is_office():
            return False
        nobody = user.browse()
        return user._task_is_manager() or self.followed_by_id in (user, nobody)

    # -- why not -----------------------------------------------------------------------
    def _report_refusal(self):
        """Why the current user may not write this down: an exception, or None.

        The Office also writes down what an agency told it by telephone or letter.
        """
        regulation = self._regulation()
        if not regulation._knows("discrepancy", self.side):
            words = {"regulation": regulation.display_name}
            return UserError(
                self.env._("%(regulation)s does not know this act.", **words)
            )
        if self.env.su or self.env.user._task_is_office():
            return None
        if self.side == "office" or not self._is_officer():
            return AccessError(
                self.env._("An agency reports what differs in its own data only.")
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

    def _answer_refusal(self, corrected=False):
        """Why the current user may not answer this: an exception, or None.

        :param corrected: the answer is that it was corrected: the Office, which
            corrects what agencies cannot, says so of what it found itself as well.
        """
        if self.state != "open":
            return UserError(self.env._("This does not wait for an answer (any more)."))
        if self.side == "agency":
            allowed = self._speaks_for_office()
        else:
            allowed = self._speaks_for_agency() or (
                corrected and self._speaks_for_office()
            )
        if not (self.env.su or allowed):
            return AccessError(self.env._("You may not answer this."))
        return None

    def _withdraw_refusal(self):
        """Why the current user may not withdraw this: an exception, or None."""
        if self.state != "open":
            return UserError(self.env._("This does not wait for an answer (any more)."))
        user = self.env.user
        if self.side == "agency":
            allowed = self._speaks_for_agency() or (
                self.reported_by_id == user and user._task_is_office()
            )
        else:
            allowed = self._speaks_for_office() or self.reported_by_id == user
        if not (self.env.su or allowed):
            return AccessError(self.env._("Only who found it withdraws it."))
        return None

    def _close_refusal(self):
        """Why the user may write no closing words: there is no way to close it."""
        refusal = self._answer_refusal(corrected=True)
        return refusal and self._withdraw_refusal() and refusal

    def _guard_closing(self, refusal_of, **kwargs):
        """Lock and check before it is closed; the second of two people is told."""
        self.check_access("write")
        self._lock()
        for one in self:
            refusal = getattr(one, refusal_of)(**kwargs)
            if refusal:
                raise refusal

    # -- what must hold ----------------------------------------------------------------
    def _check_draft(self):
        """Refuse what the caller may not write down, or about another's task."""
        self.ensure_one()
        refusal = self._report_refusal()
        if refusal:
            raise refusal
        assignment = self.assignment_id
        if not self.env.su:
            assignment.check_access("read")
            self.document_id.check_access("read")
        if assignment and (
            assignment.agency_id != self.agency_id
            or assignment.document_id != self.document_id
        ):
            raise UserError(
                self.env._("It concerns the agency and the directive of the task.")
            )
        if self.found_on > self.company_id._task_today():
            raise UserError(self.env._("The day is in the future."))
        if self.document_id and not assignment:
            self._check_document_of_agency()

    def _check_document_of_agency(self):
        """A directive is named to an agency only where the agency has a task in it;
        another one is described in words."""
        tasks = self.document_id.sudo().assignment_ids
        agencies = tasks.filtered(lambda one: one.state != "withdrawn").agency_id
        if self.agency_id not in agencies:
            raise UserError(
                self.env._(
                    "%(agency)s has no task in this directive: name it in words.",
                    agency=self.agency_id.display_name,
                )
            )

    def _check_complete(self):
        """What is reported says what differs, and why."""
        if not all((words or "").strip() for words in (self.finder_value, self.text)):
            raise UserError(
                self.env._("Write what you have, and on what ground it is right.")
            )
        if self.channel == "letter" and not (self.reference and self.reference_date):
            raise UserError(self.env._("Give the number and the date of the letter."))

    def _check_answer(self):
        for one in self:
            if not (one.answer or "").strip():
                raise UserError(self.env._("Write the reason in the answer first."))

    # -- who is told -------------------------------------------------------------------
    def _tell_answerer(self):
        """Tell the side that answers."""
        for one in self:
            one._tell_side("agency" if one.side == "office" else "office")

    def _tell_other_side(self):
        """Tell the side that the caller does not speak for."""
        other = "agency" if self.env.user._task_is_office() else "office"
        for one in self:
            one._tell_side(other)

    def _tell_side(self, side):
        if side == "agency":
            self._tell(self.agency_id.sudo().task_user_ids)
        else:
            self._tell(self.followed_by_id or self._managers())

    def _managers(self):
        """The Office managers here: who is told where nobody follows it."""
        managers = self.env.ref("task_tracking.group_office_manager").sudo()
        return managers.all_user_ids
