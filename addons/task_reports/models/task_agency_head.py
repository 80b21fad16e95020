# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class TaskAgencyHead(models.Model):
    """Who headed an agency from when until when, so that an evaluation of a past
    window names who was responsible then. Where nothing is kept for an agency, its
    only user in the group of heads is taken."""

    _name = "task.agency.head"
    _description = "Head of an agency"
    _order = "agency_id, date_from desc, id desc"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    agency_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("is_agency", "=", True)],
    )
    user_id = fields.Many2one(
        "res.users", string="Head", required=True, ondelete="restrict"
    )
    date_from = fields.Date(string="From", required=True)
    date_to = fields.Date(string="To", help="The last day; empty: still the head.")
    note = fields.Char(string="Decision", help="The decision of appointment.")

    _dates_order = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "Nobody ceases to be the head before becoming it.",
    )

    @api.depends("agency_id", "user_id")
    def _compute_display_name(self):
        for one in self:
            one.display_name = f"{one.agency_id.name} – {one.user_id.name}"

    @api.constrains("company_id", "agency_id", "date_from", "date_to")
    def _check_one_head(self):
        """An agency has one head on a day."""
        for one in self:
            others = (
                Domain("id", "!=", one.id)
                & Domain("company_id", "=", one.company_id.id)
                & Domain("agency_id", "=", one.agency_id.id)
                & (
                    Domain("date_to", "=", False)
                    | Domain("date_to", ">=", one.date_from)
                )
            )
            if one.date_to:
                others &= Domain("date_from", "<=", one.date_to)
            if self.search_count(others, limit=1):
                raise ValidationError(
                    self.env._(
                        "%(agency)s has another head on some of these days.",
                        agency=one.agency_id.name,
                    )
                )

    @api.model
    def _heads_on(self, day, agencies):
        """Return {agency: its head (res.users) on `day`}; agencies whose head is not
        known are left out: none, or several users called so and nothing kept."""
        company = self.env.company
        kept = self.sudo().search(
            Domain("company_id", "=", company.id)
            & Domain("agency_id", "in", agencies.ids)
        )
        heads = {
            one.agency_id: one.user_id
            for one in kept
            if one.date_from <= day and (not one.date_to or one.date_to >= day)
        }
        group = self.env.ref("task_tracking.group_agency_head")
        users = (
            self.env["res.users"]
            .sudo()
            .search(
                Domain("task_agency_id", "in", (agencies - kept.agency_id).ids)
                & Domain("all_group_ids", "in", group.ids)
                & Domain("company_ids", "in", company.ids)
            )
        )
        for agency, its in users.grouped("task_agency_id").items():
            if len(its) == 1:
                heads[agency] = its
        return {agency.sudo(False): user for agency, user in heads.items()}
