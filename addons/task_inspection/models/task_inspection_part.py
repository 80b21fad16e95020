# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import UserError


class TaskInspectionPart(models.AbstractModel):
    """A record that belongs to an inspection and is changed by who may, while it may.

    Each model says who (`_change_refusal`); creating, writing and deleting ask it, so
    that the form and an RPC are refused alike.
    """

    _name = "task.inspection.part.mixin"
    _description = "Part of an inspection"
    _inherit = ["task.closed.mixin", "task.scope.mixin"]

    inspection_id = fields.Many2one(
        "task.inspection", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        related="inspection_id.company_id", store=True, precompute=True, index=True
    )
    inspection_state = fields.Selection(
        related="inspection_id.state", string="State of the inspection"
    )
    can_edit = fields.Boolean(compute="_compute_can_edit")

    def _change_refusal(self):
        """Why the caller does not change this, an exception, or None: override."""
        raise NotImplementedError

    @api.depends_context("uid")
    @api.depends("inspection_id.state")
    def _compute_can_edit(self):
        for part in self:
            part.can_edit = not part._change_refusal()

    def _check_change(self):
        for part in self:
            if refusal := part._change_refusal():
                raise refusal

    def _check_access(self, operation):
        """Who may not change a part may not touch its files either: Odoo asks for
        them whether the record they hang on may be written."""
        result = super()._check_access(operation)
        if result or self.env.su or operation not in ("write", "unlink"):
            return result
        refusals = {part: part._touch_refusal() for part in self if part._origin}
        refused = self.browse().concat(*(one for one in refusals if refusals[one]))
        return (refused, lambda: refusals[refused[0]]) if refused else None

    def _touch_refusal(self):
        """Why the caller changes nothing at all of this part, or None."""
        return self._change_refusal()

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            for vals in vals_list:
                # who names a record is shown its name
                self.browse()._check_form_names_readable(vals)
        parts = super().create(vals_list)
        if not self.env.su:
            parts._check_change()
        return parts

    def write(self, vals):
        if not self.env.su:
            if "inspection_id" in vals:
                raise UserError(
                    self.env._(
                        "What belongs to one inspection is not moved to another."
                    )
                )
            self._check_change()
            self._check_form_names_readable(vals)
        result = super().write(vals)
        if not self.env.su:
            # what it was made into must be the caller's to change as well
            self._check_change()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_changeable(self):
        if not self.env.su:
            self._check_change()

    # -- who reads it ------------------------------------------------------------------
    @api.model
    def _through_inspection(self, domain):
        """Domain of the parts whose inspection is in `domain`."""
        inspections = self.env["task.inspection"].sudo()
        return fields.Domain("inspection_id", "in", inspections._search(domain))
