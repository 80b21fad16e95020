# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from .task_inspection import WORKING

ROLES = [
    ("leader", "Leader"),
    ("deputy", "Deputy leader"),
    ("secretary", "Secretary"),
    ("member", "Member"),
    ("invited", "Invited"),
]
#: What the leader still arranges after the decision.
ARRANGED = frozenset(("duty", "sequence"))
#: What the invited agency writes with its answer.
ANSWERED = frozenset(("user_id", "decline_reason"))


class TaskInspectionTeamMember(models.Model):
    """A place in the team of an inspection: of a person, or of an invited agency that
    has yet to name its own.

    The places are the decision's. Afterwards the leader gives out duties and invites
    others; an invited agency answers for itself, and by the text joins the team with
    its answer (BG, KT, QT) or attends beside it (KH).
    """

    _name = "task.inspection.team.member"
    _inherit = ["task.inspection.part.mixin", "task.told.mixin"]
    _description = "Member of an inspection team"
    _order = "inspection_id, sequence, id"
    _closed_fields = frozenset(
        (
            "answer",
            "answered_on",
            "answered_by_id",
            "decided_duty",
            "joined_on",
            "joined_paper_id",
            "left_on",
            "left_paper_id",
        )
    )
    _scope_depends = ("inspection_id", "answer", "user_id", "agency_id")

    sequence = fields.Integer(default=10)
    role = fields.Selection(ROLES, required=True, default="member")
    user_id = fields.Many2one(
        "res.users", string="Person", ondelete="restrict", index="btree_not_null"
    )
    agency_id = fields.Many2one(
        "res.partner",
        compute="_compute_agency",
        store=True,
        readonly=False,
        precompute=True,
        domain=[("is_agency", "=", True)],
        ondelete="restrict",
        index="btree_not_null",
    )
    position = fields.Char(help="As printed in the decision: Chánh Văn phòng …")
    duty = fields.Text(help="What this member does in the inspection.")
    decided_duty = fields.Text(
        string="Duty in the decision",
        copy=False,
        help="As it stood when the decision was issued; its leader gives out others.",
    )
    joins = fields.Boolean(
        string="Joins the team",
        compute="_compute_joins",
        store=True,
        precompute=True,
        help="Under the regulation an invited agency joins the team, or only attends.",
    )
    answer = fields.Selection(
        [
            ("asked", "Invited"),
            ("accepted", "Accepted"),
            ("declined", "Declined"),
        ],
        copy=False,
    )
    decline_reason = fields.Text(copy=False)
    answered_on = fields.Date(string="Answered on", copy=False)
    answered_by_id = fields.Many2one(
        "res.users", string="Answered by", copy=False, ondelete="restrict"
    )
    joined_on = fields.Date(
        string="Joined on", copy=False, help="By a supplementary decision."
    )
    joined_paper_id = fields.Many2one(
        "task.inspection.paper",
        string="Joined by",
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    left_on = fields.Date(
        string="Left on",
        copy=False,
        help="By a supplementary decision: the access to what is inspected ended.",
    )
    left_paper_id = fields.Many2one(
        "task.inspection.paper",
        string="Left by",
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    can_answer = fields.Boolean(compute="_compute_can_answer")

    _person_uniq = models.UniqueIndex(
        "(inspection_id, user_id) WHERE user_id IS NOT NULL AND left_on IS NULL",
        "This person is on the team already.",
    )

    @api.depends("user_id")
    def _compute_agency(self):
        for member in self:
            own = member.user_id.sudo().task_agency_id
            # who represents an invited agency does not make it another one
            if member.role != "invited" or not member.agency_id:
                member.agency_id = own or member.agency_id

    @api.depends("inspection_id.regulation_id", "role")
    def _compute_joins(self):
        for member in self:
            regulation = member.inspection_id.sudo().regulation_id
            member.joins = member.role != "invited" or regulation._prescribes(
                "invitation", "join"
            )

    @api.depends("user_id", "agency_id")
    def _compute_display_name(self):
        for member in self:
            member.display_name = (
                member.sudo().user_id.name or member.sudo().agency_id.name or ""
            )

    @api.depends_context("uid")
    @api.depends("role", "answer", "agency_id", "user_id", "inspection_id.state")
    def _compute_can_answer(self):
        for member in self:
            member.can_answer = not member._answer_refusal()

    @api.constrains("inspection_id", "user_id", "agency_id", "role")
    def _check_member(self):
        for member in self.sudo():
            if not (member.user_id or (member.role == "invited" and member.agency_id)):
                raise ValidationError(
                    self.env._("Name the person, or the agency that is invited.")
                )
            own = member.user_id.task_agency_id
            if member.user_id and member.agency_id and member.agency_id != own:
                raise ValidationError(
                    self.env._(
                        "%(person)s does not work for %(agency)s.",
                        person=member.user_id.name,
                        agency=member.agency_id.display_name,
                    )
                )
            inspection = member.inspection_id
            if inspection.company_id not in (
                member.user_id.company_ids or inspection.company_id
            ):
                raise ValidationError(
                    self.env._("This person belongs to another organisation.")
                )
            inspection._check_independent(member.user_id, member.agency_id)

    def _is_joined(self):
        """Whether who is invited takes part in the work: by the text, and by having
        accepted."""
        self.ensure_one()
        return self.joins and self.answer == "accepted"

    # -- who changes the team ----------------------------------------------------------
    def _change_refusal(self):
        """The team is the decision's; its leader gives out duties and invites others
        while it works (Đ15.2, Đ14.2, Đ17.2, KH Đ16)."""
        if self.inspection_id.state == "draft":
            return self.inspection_id._edit_refusal()
        if self.left_on:
            return UserError(self.env._("Who left the team stays recorded."))
        return self.inspection_id._leader_refusal()

    def _touch_refusal(self):
        """Who answers for an invited agency writes who comes, or why nobody does."""
        refusal = super()._touch_refusal()
        return refusal if refusal and self._answer_refusal() else None

    def _decided_refusal(self):
        """Why this place is not given or taken any more, or None: after the decision
        only who is invited may be named, and until the answer taken back."""
        if self.inspection_id.state == "draft":
            return None
        if self.role != "invited":
            return self.inspection_id._edit_refusal()
        if self.answer in ("accepted", "declined"):
            return UserError(self.env._("Who answered an invitation stays recorded."))
        return None

    @api.model_create_multi
    def create(self, vals_list):
        members = super().create(vals_list)
        if not self.env.su:
            members._check_decided()
        return members

    def write(self, vals):
        """After the decision nobody takes a place in the team or leaves it, whatever
        is written; the invited agency names who comes, or why nobody does."""
        if self.env.su:
            return super().write(vals)
        names = set(vals)
        if names <= ANSWERED and all(not one._answer_refusal() for one in self):
            # checked here: the mixin asks who changes the team
            return super(TaskInspectionTeamMember, self.sudo()).write(vals)
        if "decline_reason" in names:
            raise AccessError(self.env._("Only who is invited answers."))
        if names - ARRANGED:
            self._check_decided()
        if "role" in names:
            for member in self:
                if refusal := member.inspection_id._edit_refusal():
                    raise refusal
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        if not self.env.su:
            self._check_decided()

    def _check_decided(self):
        for member in self:
            if refusal := member._decided_refusal():
                raise refusal

    # -- the answer of who is invited --------------------------------------------------
    def _answer_refusal(self):
        """Why the caller does not answer this invitation, or None: the head of the
        invited agency does, or an officer whom the head authorised; for one who has no
        user here, who sent the invitation."""
        if self.role != "invited" or not self.answer:
            return UserError(self.env._("Nobody is invited here."))
        if self.inspection_id.sudo().state not in WORKING:
            return UserError(self.env._("The inspection is over."))
        if self.env.su:
            return None
        user, one = self.env.user, self.sudo()
        if one.agency_id:
            able = user.sudo().task_agency_id == one.agency_id
            able = able and user._task_may_submit()
            if not able and not one.agency_id.task_user_ids.filtered("active"):
                able = not self.inspection_id._invite_refusal()
        else:
            able = one.user_id == user
        if able:
            return None
        return AccessError(
            self.env._(
                "The head of the invited agency answers, or an officer whom the head"
                " authorised."
            )
        )

    def action_accept(self):
        """The invited agency comes; `user_id`, written before, is who represents it.

        :raise AccessError: if the caller does not answer for it.
        :raise UserError: if nobody was named.
        """
        for member in self:
            if refusal := member._answer_refusal():
                raise refusal
            one = member.sudo()
            if not one.user_id and one.agency_id.task_user_ids.filtered("active"):
                raise UserError(self.env._("Name first who represents your agency."))
            one._answer("accepted")
        return True

    def action_decline(self):
        """The invited agency does not come, for the reason written before.

        :raise AccessError: if the caller does not answer for it.
        :raise UserError: if no reason was written.
        """
        for member in self:
            if refusal := member._answer_refusal():
                raise refusal
            if not (member.decline_reason or "").strip():
                raise UserError(
                    self.env._("Write first why your agency does not come.")
                )
            member.sudo()._answer("declined")
        return True

    def _answer(self, answer):
        """Record the answer and tell the leader; the caller's right was checked, in
        sudo."""
        for member in self:
            values = {
                "answer": answer,
                "answered_on": member.company_id._task_today(),
                "answered_by_id": self.env.uid,
            }
            if answer == "accepted":
                values["decline_reason"] = False
            member.write(values)
            team = member.inspection_id
            leaders = team._standing_members().filtered(
                lambda one: one.role == "leader"
            )
            member._tell(leaders.user_id | team.conductor_id)

    def _take_answer(self, user, answer):
        """`user` answered in the calendar; in sudo. One's own place holds what one says
        of it, an invitation what its agency says."""
        for member in self:
            if member.role == "invited" and member.agency_id:
                entitled = (
                    user.task_agency_id == member.agency_id and user._task_may_submit()
                )
            else:
                entitled = member.user_id == user
            if not entitled or member.left_on or member.answer in (False, answer):
                continue
            if member.role == "invited" and answer == "accepted":
                member.user_id = member.user_id or user
            member.with_user(user).sudo()._answer(answer)

    def _thread(self):
        return self.inspection_id

    def _told_words(self):
        return " ".join(filter(None, (self.display_name, self.decline_reason)))

    # -- who reads it ------------------------------------------------------------------
    @api.model
    def _scope_domain(self):
        """The team and who prepares it read all; others whom the decision names and
        who came, and their own invitation."""
        inspections = self.env["task.inspection"]
        user = self.env.user
        named = Domain("role", "!=", "invited") | Domain("answer", "=", "accepted")
        own = Domain("user_id", "=", user.id)
        if agency := user.sudo().task_agency_id:
            own |= Domain("agency_id", "=", agency.id)
        return self._through_inspection(inspections._dossier_domain()) | (
            self._through_inspection(inspections._scope_domain()) & (named | own)
        )


class TaskInspection(models.Model):
    _inherit = "task.inspection"

    def _invited_partners(self):
        """The people a visit is told to, partners: the team, who conducts it, and of
        who is invited the person named, else those who may answer for the agency. Who
        declined is left out."""
        self.ensure_one()
        users = self.conductor_id
        standing = self._standing_members()
        for member in standing.filtered(lambda one: one.answer != "declined"):
            users |= member.user_id or member.agency_id.task_user_ids.filtered(
                lambda user: user._task_may_submit()
            )
        return users.filtered("active").partner_id
