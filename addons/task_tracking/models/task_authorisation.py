# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models


class TaskAuthorisation(models.Model):
    """A written authorisation by which a deputy decides in the Chairman's place."""

    _name = "task.authorisation"
    _description = "Authorisation of a deputy"
    _order = "date_from desc, id desc"

    user_id = fields.Many2one(
        "res.users", string="Deputy", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    number = fields.Char(string="Number, notation", required=True)
    signed_on = fields.Date(required=True)
    date_from = fields.Date(string="From", required=True)
    date_to = fields.Date(string="To")
    note = fields.Text(string="Scope")

    _dates_order = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "The authorisation cannot end before it begins.",
    )

    @api.depends("number", "user_id")
    def _compute_display_name(self):
        for one in self:
            one.display_name = f"{one.number} – {one.user_id.name}"
