# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

#: Kind → the policy by which the text knows it.
KNOWN_BY = {"not_done": "refer_not_done", "opinions": "refer_opinions"}
#: Kind → the acts of which the text must know one.
ACTS_OF = {"feedback": ("feedback",), "difficulty": ("difficulty", "explanation")}
#: Kind → the policy that says whose direction it is; of others any leader's.
DIRECTED_BY = {"feedback": "direct_feedback", "difficulty": "direct_difficulty"}
#: What the leader writes while it waits.
LEADER_FIELDS = frozenset(("direction", "direction_attachment_ids", "return_reason"))
#: What the Office notes once it was directed.
AFTER_FIELDS = frozenset(("document_id",))


class TaskReferral(models.Model):
    """Who drafts a referral, who puts it forward, who directs.

    A specialist drafts; a manager puts it to the leader (KH Đ5.3d: the officer who
    follows reports to the heads of the Office and proposes; in all texts it is the
    Office that reports). Whose direction it is, is a policy where the text names the
    Chairman; else any leader's.
    """

    _inherit = "task.referral"

    can_edit = fields.Boolean(compute="_compute_can")
    can_fill = fields.Boolean(compute="_compute_can")
    can_ask = fields.Boolean(compute="_compute_can")
    can_submit = fields.Boolean(compute="_compute_can")
    can_direct = fields.Boolean(compute="_compute_can")
    can_again = fields.Boolean(compute="_compute_can")
    can_cancel = fields.Boolean(compute="_compute_can")
    can_follow_up = fields.Boolean(compute="_compute_can")

    @api.depends_context("uid")
    @api.depends("state", "kind", "company_id", "submitted_by_id", "next_ids")
    def _compute_can(self):
        office = self.env.user._task_is_office()
        for one in self:
            one.can_edit = not one._edit_refusal()
            one.can_fill = one.can_edit and not one._fill_refusal()
            one.can_ask = not one._ask_refusal()
            one.can_submit = not one._submit_refusal()
            one.can_direct = not one._direct_refusal()
            one.can_again = not one._again_refusal()
            one.can_cancel = not one._cancel_refusal()
            one.can_follow_up = office and one.state == "directed"

    # -- why not -----------------------------------------------------------------------
    def _kind_refusal(self):
        """Why no such thing is put to a leader under the text: an exception, or None.

        The regulation in force here, or one that a task in it was assigned under.
        """
        regulation = self.company_id._task_regulation()
        if self.kind in KNOWN_BY:
            known = regulation._policy(KNOWN_BY[self.kind])
        else:
            texts = regulation | self.line_ids.assignment_id.sudo().regulation_id
            known = any(
                text.sudo()._knows(act) for text in texts for act in ACTS_OF[self.kind]
            )
        if known:
            return None
        return UserError(
            self.env._(
                "%(regulation)s does not know this act.",
                regulation=regulation.display_name,
            )
        )

    def _write_refusal(self):
        """Why the current user does not work on it: an exception, or None."""
        user = self.env.user
        if self.env.su or user._task_is_manager():
            return None
        if not user._task_is_office():
            return AccessError(
                self.env._("Only the Office of the Committee does this.")
            )
        if self._origin and self.create_uid != user:
            return AccessError(
                self.env._("Only who drafted it changes it, or an Office manager.")
            )
        return None

    def _edit_refusal(self):
        """Why the current user may not change it: an exception, or None."""
        if self.state not in ("draft", "collecting"):
            return UserError(self.env._("What was submitted is not changed any more."))
        return self._write_refusal()

    def _ask_refusal(self):
        """Why the current user may not ask agencies: an exception, or None."""
        if self.kind != "opinions":
            return UserError(self.env._("No opinions are collected for this."))
        return self._edit_refusal() or self._kind_refusal()

    def _submit_refusal(self):
        """Why the current user may not put it to a leader: an exception, or None."""
        refusal = self._edit_refusal() or self._kind_refusal()
        if refusal or self.env.su:
            return refusal
        if not self.env.user._task_is_manager():
            return AccessError(
                self.env._(
                    "A manager of the Office puts this to the leader. Your draft is"
                    " kept."
                )
            )
        return None

    def _direct_refusal(self):
        """Why the current user may not direct or return it: an exception, or None."""
        if self.state != "submitted":
            return UserError(self.env._("This does not wait for an answer (any more)."))
        if self.env.su:
            return None
        if self.env.user not in self._directors():
            if self._is_chairmans():
                return AccessError(
                    self.env._(
                        "The text wants the direction of the Chairman: only the"
                        " Chairman gives it, or a deputy within an authorisation."
                    )
                )
            return AccessError(self.env._("Only a leader directs."))
        if self.submitted_by_id == self.env.user:
            return AccessError(
                self.env._("You submitted this yourself: somebody else must answer it.")
            )
        return None

    def _again_refusal(self):
        """Why the current user may not draft it again: an exception, or None."""
        if self.state != "returned" or self.sudo().next_ids:
            return UserError(self.env._("It was not returned, or was put again."))
        return self._write_refusal()

    def _cancel_refusal(self):
        """Why the current user may not give it up: an exception, or None."""
        open_states = ("collecting", "submitted", "returned")
        if self.state not in open_states or self.sudo().next_ids:
            return UserError(self.env._("There is nothing to give up."))
        return self._write_refusal()

    def _guard(self, refusal_of):
        """Lock and check before an act; the second of two people is told."""
        self.check_access("read")
        self._lock()
        for one in self:
            refusal = getattr(one, refusal_of)()
            if refusal:
                raise refusal

    # -- whose direction it is ---------------------------------------------------------
    def _is_chairmans(self):
        """Whether the text wants the Chairman's own direction."""
        policy = DIRECTED_BY.get(self.kind)
        regulation = self.company_id._task_regulation()
        return bool(policy) and regulation._policy(policy) == "chairman"

    def _directors(self):
        """The users whose direction it waits for."""
        self.ensure_one()
        company = self.company_id
        leaders = self.env.ref("task_tracking.group_leader").sudo().all_user_ids
        leaders = leaders.filtered(lambda user: company in user.company_ids)
        if self._is_chairmans():
            chairmen = self.env.ref("task_tracking.group_chairman").sudo().all_user_ids
            leaders &= chairmen | leaders._task_authorised(company)
        return leaders.sudo(self.env.su)

    # -- what may be written when ------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        referrals = super().create(vals_list)
        for one in referrals:
            refusal = one._write_refusal() or one._kind_refusal()
            if refusal:
                raise refusal
            if not self.env.su and any(one[name] for name in LEADER_FIELDS):
                raise AccessError(self.env._("You may not answer this."))
        return referrals

    def write(self, vals):
        if not self.env.su:
            for one in self:
                one._check_write(set(vals))
        result = super().write(vals)
        if not self.env.su and "kind" in vals:
            for one in self:
                refusal = one._kind_refusal()
                if refusal:
                    raise refusal
        return result

    def _check_write(self, names):
        """The Office writes its draft, the leader the answer while it waits, the
        Office afterwards what was issued on it."""
        if names <= LEADER_FIELDS and self.state == "submitted":
            refusal = self._direct_refusal()
        elif names <= AFTER_FIELDS and self.state == "directed":
            refusal = None
            if not self.env.user._task_is_office():
                refusal = AccessError(
                    self.env._("Only the Office of the Committee does this.")
                )
        elif names & LEADER_FIELDS:
            refusal = AccessError(self.env._("You may not answer this."))
        else:
            refusal = self._edit_refusal()
        if not refusal and "kind" in names and self.state != "draft":
            refusal = UserError(
                self.env._("What was submitted is not changed any more.")
            )
        if not refusal and "text" in names and self.state == "collecting":
            refusal = UserError(
                self.env._("The agencies were asked already: the question stands.")
            )
        if refusal:
            raise refusal

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        for one in self:
            if one.state != "draft":
                raise UserError(self.env._("What was submitted is kept."))
            refusal = one._write_refusal()
            if refusal:
                raise refusal

    def _are_fixed(self, files):
        """Its own files once it was put forward, those of the direction once it was
        given; those of the chatter come and go."""
        put = self.filtered(lambda one: one.state not in ("draft", "collecting"))
        ended = put.filtered(lambda one: one.state != "submitted")
        fixed = put.attachment_ids | ended.direction_attachment_ids
        return bool(fixed.sudo() & files.sudo())
