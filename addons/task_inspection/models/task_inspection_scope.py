# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, models
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
