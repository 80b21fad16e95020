# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.fields import Domain

#: Kinds of agency that owe no periodic report unless the administrator says so: the
#: Office compiles, its units are part of it, a person is not an agency.
NOT_REPORTING = ("office", "office_unit", "person")


class ResPartner(models.Model):
    _inherit = "res.partner"

    task_reports = fields.Boolean(
        string="Sends periodic reports",
        compute="_compute_task_reports",
        store=True,
        readonly=False,
        help="Owes the periodic reports on its tasks, a nil report too.",
    )

    @api.depends("is_agency", "agency_kind", "parent_id.is_agency")
    def _compute_task_reports(self):
        """What is a unit of another agency is reported on by that agency."""
        for partner in self:
            partner.task_reports = (
                partner.is_agency
                and partner.agency_kind not in NOT_REPORTING
                and not partner.parent_id.is_agency
            )

    def _has_field_access(self, field, operation):
        if (
            operation == "write"
            and field.name == "task_reports"
            and not self._keeps_agencies()
        ):
            return False
        return super()._has_field_access(field, operation)

    @api.model
    def _reporting_agencies(self, company, day):
        """The agencies of `company` that owe reports on `day`, those included whose
        place another one takes later. A department is an agency of the province above
        it, not of its own."""
        owing = (
            Domain("task_reports", "=", True)
            & Domain("company_id", "in", (company.id, False))
            & Domain("id", "!=", company.partner_id.id)
        )
        found = self.sudo().search(owing & Domain("is_agency", "=", True))
        gone = (
            self.sudo()
            .with_context(active_test=False)
            .search(owing & Domain("succeeded_on", ">", day))
        )
        return (found.filtered(lambda one: one._task_heir(day) == one) | gone).sudo(
            self.env.su
        )
