# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from .parts import Parts
from .task_inspection import WORKING
from .task_inspection_team_member import ROLES

#: Who is invited is named by the team, not by a decision.
DECIDED_ROLES = [role for role in ROLES if role[0] != "invited"]


class TaskInspectionTeamChange(models.Model):
    """One change of the team that a supplementary decision makes: who leaves it, who
    takes the place or comes in addition. None of the texts knows such a decision by
    name: who set up the team changes it (BG Đ14, KT Đ13, QT Đ16, KH Đ15)."""

    _name = "task.inspection.team.change"
    _inherit = ["task.inspection.part.mixin"]
    _description = "Change of an inspection team"
    _order = "paper_id, sequence, id"
    _rec_name = "user_id"
    _scope_depends = ("paper_id.state",)

    paper_id = fields.Many2one(
        "task.inspection.paper",
        string="Supplementary decision",
        required=True,
        ondelete="cascade",
        index=True,
    )
    inspection_id = fields.Many2one(
        related="paper_id.inspection_id", store=True, precompute=True, index=True
    )
    sequence = fields.Integer(default=10)
    leaving_id = fields.Many2one(
        "task.inspection.team.member",
        string="Leaves the team",
        domain="[('inspection_id', '=', inspection_id), ('role', '!=', 'invited'),"
        " ('left_on', '=', False)]",
        ondelete="cascade",
        index="btree_not_null",
    )
    user_id = fields.Many2one(
        "res.users", string="Joins the team", ondelete="restrict", index=True
    )
    role = fields.Selection(
        DECIDED_ROLES,
        compute="_compute_role",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    position = fields.Char(help="As printed in the decision: Chánh Văn phòng …")
    duty = fields.Text(help="What this member does in the inspection.")

    @api.depends("leaving_id")
    def _compute_role(self):
        for change in self:
            change.role = change.sudo().leaving_id.role or change.role or "member"

    @api.constrains("paper_id", "leaving_id", "user_id")
    def _check_change_of_team(self):
        for change in self.sudo():
            leaving, inspection = change.leaving_id, change.inspection_id
            if change.paper_id.kind != "supplement":
                raise ValidationError(
                    self.env._("Only a supplementary decision changes the team.")
                )
            if not (leaving or change.user_id):
                raise ValidationError(
                    self.env._("Name who leaves the team, or who joins it.")
                )
            if leaving and (
                leaving.inspection_id != inspection or leaving.role == "invited"
            ):
                raise ValidationError(
                    self.env._("Only who the decision named leaves by a decision.")
                )
            inspection._check_independent(change.user_id)

    def _change_refusal(self):
        return self.paper_id._change_refusal()

    # -- who reads it ------------------------------------------------------------------
    @api.model
    def _scope_domain(self):
        papers = self.env["task.inspection.paper"]
        return Domain("paper_id", "in", papers.sudo()._search(papers._scope_domain()))


class TaskInspectionPaper(models.Model):
    """The supplementary decision: a member who falls out is replaced after the
    decision was issued. The former one's access ends the day it is issued, the new
    one's begins; both decisions are in the dossier."""

    _inherit = "task.inspection.paper"

    change_ids = Parts(
        "task.inspection.team.change", "paper_id", string="Changes of the team"
    )

    def _change_refusal(self):
        if self.kind != "supplement" or self.state != "draft":
            return super()._change_refusal()
        return self.inspection_id._supplement_refusal()

    def _issue_refusal(self):
        if self.kind != "supplement" or self.state != "draft":
            return super()._issue_refusal()
        return self.inspection_id._supplement_issue_refusal()

    def _missing_to_issue(self):
        if self.kind != "supplement":
            return super()._missing_to_issue()
        missing = self._missing_signed()
        if not self.sudo().change_ids:
            missing.insert(0, self.env._("who leaves the team, or joins it"))
        return missing

    def _issue(self):
        result = super()._issue()
        for paper in self.filtered(lambda one: one.kind == "supplement"):
            paper._change_team()
        return result

    def _change_team(self):
        """Those leaving leave, those joining join, from today on; in sudo.

        :raise UserError: if somebody left already, or the team were left without one
            leader.
        :raise ValidationError: if somebody may not be on the team.
        """
        self.ensure_one()
        inspection, today = self.inspection_id, self.company_id._task_today()
        changes, members = self.change_ids, self.inspection_id.member_ids
        former = changes.leaving_id
        if len(former) < len(changes.filtered("leaving_id")) or former.filtered(
            "left_on"
        ):
            raise UserError(
                self.env._(
                    "%(person)s left the team already.",
                    person=(former.filtered("left_on") or former)[:1].display_name,
                )
            )
        former.write({"left_on": today, "left_paper_id": self.id})
        # told to the database before the place is taken: one may take another role
        former.flush_recordset()
        for change in changes.filtered("user_id"):
            members |= members.create(
                {
                    "inspection_id": inspection.id,
                    "sequence": change.leaving_id.sequence or 100,
                    "role": change.role,
                    "user_id": change.user_id.id,
                    "position": change.position,
                    "duty": change.duty,
                    "decided_duty": change.duty,
                    "joined_on": today,
                    "joined_paper_id": self.id,
                }
            )
        if missing := inspection._missing_of_team():
            raise UserError(
                self.env._("The team needs %(what)s.", what=", ".join(missing))
            )
        inspection.subject_ids._follow_team()
        self._tell(
            former.user_id
            | inspection._standing_members().user_id
            | inspection.subject_ids.agency_id._task_heirs().task_user_ids
        )


class TaskInspection(models.Model):
    """Who changes the team after its decision."""

    _inherit = "task.inspection"

    supplement_ids = Parts(
        "task.inspection.paper",
        "inspection_id",
        string="Supplementary decisions",
        domain=[("kind", "=", "supplement")],
    )
    can_supplement = fields.Boolean(compute="_compute_can_supplement")

    @api.depends_context("uid")
    @api.depends("state", "has_team", "inspector", "inspecting_agency_id")
    def _compute_can_supplement(self):
        for one in self:
            one.can_supplement = not one._supplement_refusal()

    def _standing_members(self):
        """The places of the team but those that were left."""
        return self.member_ids.filtered(lambda member: not member.left_on)

    def _supplement_refusal(self):
        """Why the caller drafts no supplementary decision now, or None."""
        if self.state not in WORKING or not self.has_team:
            return UserError(
                self.env._("A team is changed by a decision while it works.")
            )
        return self._steward_refusal()

    def _supplement_issue_refusal(self):
        """Why the caller does not change the team now, or None: who set it up does."""
        if self.state not in WORKING or not self.has_team:
            return self._supplement_refusal()
        return self._head_refusal()

    def _write_refusal(self, names):
        names = names - {"supplement_ids"}
        return super()._write_refusal(names) if names else None
