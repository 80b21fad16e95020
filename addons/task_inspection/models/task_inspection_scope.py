# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain


class TaskInspection(models.Model):
    """What is inspected."""

    _inherit = "task.inspection"

    def _assignment_domain(self):
        """The assignments in scope: of the inspected agencies and their units, also
        those that went over to who took their place since (BG Đ24), assigned up to
        `scope_to`, not completed before `scope_from`, of `document_ids` if any.

        An agency that inspects another one within its fields of management (BG Đ11.2,
        KT Đ15.2b) sees those fields only.
        """
        self.ensure_one()
        one = self.sudo()
        agencies = one.subject_ids.agency_id
        domain = Domain("company_id", "=", one.company_id.id)
        domain &= self._carried_domain(agencies)
        if one.scope_to:
            domain &= Domain("assigned_on", "<=", one.scope_to)
        if one.scope_from:
            domain &= Domain("completed_on", "=", False) | Domain(
                "completed_on", ">=", one.scope_from
            )
        if one.document_ids:
            domain &= Domain("document_id", "in", one.document_ids.ids)
        if one.inspector == "self":
            fields_managed = one.inspecting_agency_id._task_managed_fields()
            domain &= self._carried_domain(one.inspecting_agency_id) | Domain(
                "field_id", "in", fields_managed.ids
            )
        return domain

    @api.model
    def _carried_domain(self, agencies):
        """Domain of the assignments that `agencies` and their units carry, or carried
        until another agency took their place."""
        return Domain("agency_id", "child_of", agencies.ids) | Domain(
            "predecessor_id", "child_of", agencies.ids
        )

    # -- what an agency may inspect by itself ------------------------------------------
    def _is_decided_by_heads(self):
        """Whether heads of agencies decide on inspections, with a team (BG Đ14.2, QT
        Đ16.2, KH Đ15.4): where they do not (KT) their own check needs no decision."""
        return self.regulation_id.sudo()._prescribes("authority", "agency_head")

    def _scope_refusal(self):
        """Why the agency does not inspect these agencies, or None: its own units and
        those with tasks in a field it manages are its scope."""
        one = self.sudo()
        agency = one.inspecting_agency_id
        others = one.subject_ids.agency_id.filtered(
            lambda other: not other._is_within(agency)
        )
        if others and not one.has_team and self._is_decided_by_heads():
            return UserError(
                self.env._(
                    "Without a decision an agency inspects itself and its units only:"
                    " set up a team to inspect %(agency)s.",
                    agency=others[0].display_name,
                )
            )
        managed = agency._task_managed_fields()
        domain = Domain("agency_id", "in", others.ids)
        domain &= Domain("company_id", "=", one.company_id.id)
        domain &= Domain("field_id", "in", managed.ids)
        assignments = one.env["task.assignment"]
        within = [row[0].id for row in assignments._read_group(domain, ["agency_id"])]
        outside = others.filtered(lambda other: other.id not in within)
        if not outside:
            return None
        return AccessError(
            self.env._(
                "%(agency)s is outside the scope your agency manages.",
                agency=outside[0].display_name,
            )
        )
