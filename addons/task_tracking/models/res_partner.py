# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

#: Kinds of agency (KH Đ1.2; districts: BG, QT, CM).
AGENCY_KINDS = [
    ("office", "Office of the Committee"),
    ("office_unit", "Unit of the Office"),
    ("department", "Department"),
    ("board", "Board"),
    ("public_service_unit", "Public service unit"),
    ("state_enterprise", "State enterprise"),
    ("district", "District"),
    ("ward", "Ward"),
    ("commune", "Commune"),
    ("special_zone", "Special zone"),
    ("organisation", "Organisation"),
    ("person", "Person"),
]
#: What makes a contact an agency, and of which fields.
AGENCY_FIELDS = frozenset(("is_agency", "agency_kind", "task_field_ids"))


class ResPartner(models.Model):
    _inherit = "res.partner"

    is_agency = fields.Boolean(
        help="Tasks can be assigned to it: an agency, unit, locality, organisation"
        " or person.",
    )
    agency_kind = fields.Selection(AGENCY_KINDS, index="btree_not_null")
    task_field_ids = fields.Many2many(
        "task.field",
        string="Fields managed",
        help="The sector body reads and urges the assignments of others in these"
        " fields.",
    )
    task_user_ids = fields.One2many(
        "res.users", "task_agency_id", string="Users of the agency"
    )
    task_open_count = fields.Integer(
        string="Open tasks", compute="_compute_task_counts"
    )
    task_overdue_count = fields.Integer(
        string="Overdue tasks", compute="_compute_task_counts"
    )
    task_done_count = fields.Integer(
        string="Completed tasks", compute="_compute_task_counts"
    )

    def _has_field_access(self, field, operation):
        """Who is an agency, and of which field, decides who reads what: the
        administrator says so, not everybody who keeps contacts."""
        if (
            operation == "write"
            and field.name in AGENCY_FIELDS
            and not self._keeps_agencies()
        ):
            return False
        return super()._has_field_access(field, operation)

    @api.model
    def _keeps_agencies(self):
        return self.env.su or self.env.user.has_group("task_tracking.group_admin")

    def write(self, vals):
        moved = "parent_id" in vals and not self._keeps_agencies()
        if moved and any(self.sudo().mapped("is_agency")):
            raise AccessError(
                self.env._("Only the administrator moves an agency under another.")
            )
        return super().write(vals)

    @api.depends_context("uid")
    def _compute_task_counts(self):
        """Count the lead assignments the reader may see, in three totals."""
        self.task_open_count = self.task_overdue_count = self.task_done_count = 0
        agencies = self.filtered("is_agency")
        assignment = self.env["task.assignment"]
        if not agencies or not assignment.has_access("read"):
            return
        for agency, state, is_overdue, count in assignment._read_group(
            Domain("agency_id", "in", agencies.ids)
            & Domain("role", "=", "lead")
            & Domain("state", "!=", "withdrawn"),
            ["agency_id", "state", "is_overdue"],
            ["__count"],
        ):
            if state == "done":
                agency.task_done_count += count
            else:
                agency.task_open_count += count
                if is_overdue:
                    agency.task_overdue_count += count

    def action_view_assignments(self):
        """Open the agency's assignments; the context may carry a default filter."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "task_tracking.action_task_assignment"
        )
        action["domain"] = [("agency_id", "=", self.id), ("role", "=", "lead")]
        action["context"] = {
            f"search_default_{name}": 1
            for name in ("open", "overdue", "done")
            if self.env.context.get("show") == name
        }
        return action
