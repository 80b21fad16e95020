# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import ValidationError

ROLES = [
    ("leader", "Leader"),
    ("deputy", "Deputy leader"),
    ("secretary", "Secretary"),
    ("member", "Member"),
    ("invited", "Invited"),
]


class TaskInspectionTeamMember(models.Model):
    """A place in the team of an inspection: of a person, or of an invited agency that
    has yet to name its own."""

    _name = "task.inspection.team.member"
    _inherit = ["task.inspection.part.mixin"]
    _description = "Member of an inspection team"
    _order = "inspection_id, sequence, id"
    _closed_fields = frozenset(("answer", "answered_on", "event_id"))
    _scope_depends = ("inspection_id",)

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
    answered_on = fields.Date(string="Answered on", copy=False)
    event_id = fields.Many2one(
        "calendar.event", string="Meeting", copy=False, ondelete="set null"
    )

    _person_uniq = models.UniqueIndex(
        "(inspection_id, user_id) WHERE user_id IS NOT NULL",
        "This person is on the team already.",
    )

    @api.depends("user_id")
    def _compute_agency(self):
        for member in self:
            member.agency_id = member.user_id.sudo().task_agency_id or member.agency_id

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

    @api.constrains("inspection_id", "user_id", "agency_id", "role")
    def _check_member(self):
        for member in self.sudo():
            if not (member.user_id or (member.role == "invited" and member.agency_id)):
                raise ValidationError(
                    self.env._("Name the person, or the agency that is invited.")
                )
            member.inspection_id._check_independent(member.user_id)

    def _change_refusal(self):
        """The team is the decision's; its leader gives out duties and invites others
        while it works (Đ15.2, Đ14.2, Đ17.2, KH Đ16)."""
        if self.inspection_id.state == "draft":
            return self.inspection_id._edit_refusal()
        return self.inspection_id._leader_refusal()

    def write(self, vals):
        """After the decision nobody takes a place in the team or leaves it."""
        if not self.env.su and set(vals) - {"duty", "sequence"}:
            for member in self:
                if member.role == "invited" and member.inspection_id.state != "draft":
                    continue
                if refusal := member.inspection_id._edit_refusal():
                    raise refusal
        return super().write(vals)

    @api.model_create_multi
    def create(self, vals_list):
        members = super().create(vals_list)
        if not self.env.su:
            for member in members:
                # the others are the decision's
                if member.role != "invited" and (
                    refusal := member.inspection_id._edit_refusal()
                ):
                    raise refusal
        return members

    @api.model
    def _scope_domain(self):
        return self._through_inspection(self.env["task.inspection"]._scope_domain())
