# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.task_tracking.models.task_mixins import boolean_domain

from .task_inspection import WORKING


class TaskInspection(models.Model):
    """Who reads an inspection and who does what in it."""

    _inherit = "task.inspection"
    _mine_field = "inspecting_agency_id"

    is_mine = fields.Boolean(string="My agency's")
    is_on_team = fields.Boolean(
        string="I am on the team",
        compute="_compute_is_on_team",
        search="_search_on_team",
    )
    can_edit = fields.Boolean(compute="_compute_can")
    can_issue = fields.Boolean(compute="_compute_can")
    can_work = fields.Boolean(compute="_compute_can")
    can_end = fields.Boolean(compute="_compute_can")
    can_conclude = fields.Boolean(compute="_compute_can")
    can_close = fields.Boolean(compute="_compute_can")
    can_cancel = fields.Boolean(compute="_compute_can")
    can_invite = fields.Boolean(compute="_compute_can")
    close_words = fields.Text(
        string="Why it was closed incomplete", compute="_compute_words"
    )
    cancel_words = fields.Text(string="Why it was cancelled", compute="_compute_words")

    # -- who reads it ------------------------------------------------------------------
    @api.model
    def _own_domain(self):
        """The inspections the reader's agency, or one of its units, makes itself."""
        agencies = self.env.user._inspected_agency_ids()
        return Domain("inspecting_agency_id", "in", agencies or ())

    @api.model
    def _team_domain(self):
        """The inspections the reader has a place in, whatever their state; not once
        the reader belongs to who is inspected (`_is_partial`)."""
        user = self.env.user
        place = Domain("role", "!=", "invited") | Domain("answer", "=", "accepted")
        place &= Domain("user_id", "=", user.id) & Domain("joins", "=", True)
        place &= Domain("left_on", "=", False)
        mine = Domain("has_team", "=", False) & Domain("conductor_id", "=", user.id)
        mine |= Domain("has_team", "=", True) & Domain("member_ids", "any!", place)
        above = user._agencies_above()
        if not above:
            return mine
        inspected = Domain("agency_id", "in", above.ids)
        return mine & (
            Domain("inspector", "=", "self") | ~Domain("subject_ids", "any!", inspected)
        )

    @api.model
    def _work_domain(self):
        """Whose work the reader reads: findings, drafts, reports of the inspected. A
        team's from the decision until its conclusion is handed in."""
        return self._own_domain() | (
            self._team_domain() & Domain("state", "in", WORKING)
        )

    @api.model
    def _dossier_domain(self):
        """Whose dossier the reader reads: a team's until it is closed."""
        return self._work_domain() | (
            self._team_domain() & Domain("state", "=", "concluded")
        )

    @api.model
    def _inspected_domain(self):
        """The inspections of the reader's agency, from the decision on."""
        agencies = self.env.user._inspected_agency_ids()
        return Domain("issued_on", "!=", False) & Domain(
            "subject_ids", "any!", [("agency_id", "in", agencies or ())]
        )

    @api.model
    def _invited_domain(self):
        """The inspections the reader, or the reader's agency, is invited to, while
        they run."""
        user = self.env.user
        mine = user.sudo().task_agency_id
        invited = Domain("user_id", "=", user.id)
        if mine:
            invited |= Domain("agency_id", "=", mine.id)
        return Domain("state", "in", WORKING) & Domain(
            "member_ids",
            "any!",
            Domain("role", "=", "invited")
            & Domain("answer", "in", ("asked", "accepted"))
            & invited,
        )

    @api.model
    def _scope_domain(self):
        return (
            self._dossier_domain() | self._inspected_domain() | self._invited_domain()
        )

    @api.model
    def _assignments_in_scope(self):
        """The assignments the reader inspects now, a Domain of task.assignment."""
        # asked of every agency's user at each reading: most are on no team, and two
        # questions of an index tell it sooner than what being on one takes
        inspections, mine = self.sudo(), [("user_id", "=", self.env.uid)]
        if not inspections.member_ids.search_count(mine, limit=1) and not (
            inspections.search_count([("conductor_id", "=", self.env.uid)], limit=1)
        ):
            return Domain.FALSE
        working = inspections.search(
            self._team_domain() & Domain("state", "in", WORKING)
        )
        return Domain.OR(one._assignment_domain() for one in working)

    @api.model
    def _own_agencies(self):
        return self.env.user._inspected_agency()

    @api.depends_context("uid")
    @api.depends("conductor_id", "member_ids.user_id", "member_ids.left_on", "has_team")
    def _compute_is_on_team(self):
        for one in self:
            one.is_on_team = one._is_on_team()

    def _search_on_team(self, operator, value):
        if operator != "in":
            return NotImplemented
        return boolean_domain(self._team_domain(), value)

    @api.depends_context("uid")
    @api.depends("state")
    def _compute_words(self):
        """What is said among those who make the inspection; the inspected agency, which
        reads its head, does not."""
        readers = self._reads_notes()
        for one in self:
            told = one.sudo() if one in readers else one.browse().sudo()
            one.close_words = told.close_reason
            one.cancel_words = told.cancel_reason

    # -- who may do what ---------------------------------------------------------------
    @api.depends_context("uid")
    @api.depends(
        "state",
        "inspector",
        "inspecting_agency_id",
        "has_team",
        "member_ids.user_id",
        "member_ids.answer",
        "member_ids.left_on",
    )
    def _compute_can(self):
        for one in self:
            one.can_edit = not one._edit_refusal()
            one.can_issue = not one._issue_refusal()
            one.can_work = not one._work_refusal()
            one.can_end = not one._end_refusal()
            one.can_conclude = not one._conclude_refusal()
            one.can_close = not one._close_refusal()
            one.can_cancel = not one._cancel_refusal()
            one.can_invite = not one._invite_refusal()

    def _is_on_team(self, *roles):
        """Whether the caller has a place in this team, in one of `roles` if given."""
        user = self.env.user
        one = self.sudo()
        if one._is_partial(user):
            return False
        if not one.has_team:
            return one.conductor_id == user and (not roles or "leader" in roles)
        return any(
            member.user_id == user
            and not member.left_on
            and (not roles or member.role in roles)
            and (member.role != "invited" or member._is_joined())
            for member in one.member_ids
        )

    def _is_partial(self, user):
        """Whether `user` belongs to who is inspected, also since the decision: moved
        there, or its place was taken. Nobody inspects the own agency."""
        one = self.sudo()
        if one.inspector == "self":
            return False
        return bool(one.subject_ids.agency_id & user._agencies_above())

    def _is_led(self):
        """Whether the team has a leader who can still act."""
        leader = self.sudo()._standing_members()
        leader = leader.filtered(lambda one: one.role == "leader")
        return any(
            user.active and not self._is_partial(user) for user in leader.user_id
        )

    def _is_steward(self):
        """Whether the caller prepares this inspection and keeps its papers: the Office,
        or the inspecting agency where it inspects itself."""
        if self.inspector == "self":
            return self.is_mine
        return self.env.user._task_is_office()

    def _begin_refusal(self):
        """Why the caller begins no such inspection, or None."""
        return self._regulation_refusal(self.regulation_id) or self._steward_refusal()

    @api.model
    def _regulation_refusal(self, regulation):
        """Why there is no inspection under `regulation`, or None."""
        if regulation.sudo()._knows("inspection_conclusion"):
            return None
        return UserError(
            self.env._(
                "%(regulation)s does not know inspections.",
                regulation=regulation.sudo().display_name,
            )
        )

    def _steward_refusal(self):
        if self.env.su or self._is_steward():
            return None
        if self.inspector == "self":
            return AccessError(
                self.env._("Only the agency prepares an inspection of its own.")
            )
        return AccessError(self.env._("The Office prepares this inspection."))

    def _edit_refusal(self):
        """Why the caller does not change what the decision says, or None."""
        if self.state != "draft":
            return UserError(
                self.env._("What the decision says is not changed once it is issued.")
            )
        return self._steward_refusal()

    def _issue_refusal(self):
        """Why the caller does not issue the decision now, or None."""
        if self.state != "draft":
            return UserError(self.env._("This inspection was begun already."))
        return self._authority_refusal() or self._decider_refusal()

    def _authority_refusal(self):
        """Why the text knows no such decision, or None: of an agency within its own
        scope (BG Đ14.2, QT Đ16.2, KH Đ15.4; not KT), of one leader without a team (KT
        Đ12.3, Đ12.4), of an agency itself without a decision."""
        if self.inspector == "self":
            code = "agency_head" if self.has_team else "self"
        else:
            code = "chairman" if self.has_team else "single"
        regulation = self.regulation_id.sudo()
        if regulation._prescribes("authority", code):
            return None
        values = {"regulation": regulation.display_name}
        if code == "single":
            return UserError(
                self.env._(
                    "%(regulation)s knows no inspection by one person: it needs a"
                    " team.",
                    **values,
                )
            )
        return UserError(
            self.env._(
                "%(regulation)s lets no agency decide on such an inspection.", **values
            )
        )

    def _decider_refusal(self):
        """Why the caller does not decide on this, or None: the Chairman does (the
        Director under KT Đ13.1), or the head of the agency that inspects within its
        own scope."""
        if refusal := self._head_refusal():
            return refusal
        if self.env.su or self.inspector != "self":
            return None
        return self._scope_refusal()

    def _head_refusal(self):
        """Why the caller is not who decides on such an inspection, or None."""
        if self.env.su:
            return None
        user = self.env.user
        if self.inspector != "self":
            if not user.has_group("task_tracking.group_chairman"):
                return AccessError(
                    self.env._("The Chairman decides on this inspection.")
                )
            return None
        if not (self.is_mine and user.has_group("task_tracking.group_agency_head")):
            return AccessError(
                self.env._("The head of the inspecting agency decides on this.")
            )
        return None

    def _work_refusal(self):
        """Why the caller does no work of the team now, or None."""
        if self.state not in WORKING:
            return UserError(
                self.env._(
                    "The team works from the decision until it hands in its conclusion."
                )
            )
        if self.env.su or self._is_on_team("leader", "deputy", "secretary", "member"):
            return None
        if self._is_on_team("invited"):
            return None
        return AccessError(self.env._("Only the team does this."))

    def _paper_refusal(self):
        """Why the caller keeps no papers of this inspection now, or None."""
        if self.state in WORKING and self._is_steward():
            return None
        return self._work_refusal()

    def _leader_refusal(self):
        """Why the caller does not speak for the team, or None: its leader does; a
        deputy once the leader left, or went over to who is inspected."""
        if refusal := self._work_refusal():
            return refusal
        if self.env.su or self._is_on_team("leader"):
            return None
        if self._is_on_team("deputy") and not self._is_led():
            return None
        return AccessError(self.env._("The leader of the team does this."))

    def _invite_refusal(self):
        """Why the caller sends no invitations now, or None: the leader of the team
        does, or who prepares it (Đ15.2, Đ14.2, Đ17.2, KH Đ16.2)."""
        if self.state in WORKING and self._is_steward():
            return None
        return self._leader_refusal()

    def _end_refusal(self):
        if self.state != "issued":
            return UserError(self.env._("Only an inspection under way is ended."))
        return self._leader_refusal()

    def _conclude_refusal(self):
        if self.state != "ended":
            return UserError(
                self.env._("Record first the day the inspection ended, then conclude.")
            )
        return self._leader_refusal()

    def _close_refusal(self):
        if self.state != "concluded":
            return UserError(
                self.env._("A dossier is closed after its conclusion, once.")
            )
        if self.env.su or self._is_steward() or self._is_on_team("leader", "secretary"):
            return None
        return AccessError(
            self.env._("The team or who prepares it closes the dossier.")
        )

    def _cancel_refusal(self):
        if self.state not in ("draft", *WORKING):
            return UserError(self.env._("What was concluded is not cancelled."))
        if self.state == "draft":
            return self._steward_refusal()
        # also what went out of the agency's scope since
        return self._head_refusal()

    def write(self, vals):
        if not self.env.su:
            for one in self:
                if refusal := one._write_refusal(set(vals)):
                    raise refusal
            self._check_form_names_readable(vals)
        result = super().write(vals)
        if not self.env.su and {"inspector", "inspecting_agency_id"} & set(vals):
            for one in self:
                if refusal := one._steward_refusal():
                    raise refusal
        return result

    def _write_refusal(self, names):
        """Why the caller may not write the fields `names`; parts answer for
        themselves."""
        parts = {"member_ids", "subject_ids", "paper_ids", "text_ids", "finding_ids"}
        parts |= {"recommendation_ids", "item_ids"}
        if names <= parts:
            return None
        return self._edit_refusal()
