# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import UserError


class TaskProgress(models.Model):
    """A dated entry on how it goes (a support: its contribution); never a result.

    Written once: creating it records the fact, afterwards it is kept as it is.
    """

    _name = "task.progress"
    _description = "Progress entry"
    _inherit = ["task.closed.mixin", "task.files.mixin"]
    _order = "day desc, id desc"
    _rec_name = "text"
    _closed_fields = frozenset(("day", "user_id"))

    assignment_id = fields.Many2one(
        "task.assignment", required=True, ondelete="restrict", index=True
    )
    agency_id = fields.Many2one(related="assignment_id.agency_id")
    role = fields.Selection(related="assignment_id.role")
    text = fields.Text(string="Content", required=True)
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Files", copy=False, bypass_search_access=True
    )
    day = fields.Date(readonly=True, copy=False)
    user_id = fields.Many2one(
        "res.users", string="By", readonly=True, copy=False, ondelete="restrict"
    )

    @api.model_create_multi
    def create(self, vals_list):
        entries = super().create(vals_list)
        for one in entries:
            assignment = one.assignment_id
            assignment._guard("report")
            one.sudo().write(
                {
                    "day": assignment.company_id._task_today(),
                    "user_id": self.env.uid,
                }
            )
            assignment._receive_if_needed()
            kind = "progress" if assignment.role == "lead" else "contributed"
            assignment._record(
                kind, note=one.text, submission_model=self._name, submission_id=one.id
            )
        return entries

    def write(self, vals):
        if not self.env.su:
            raise UserError(self.env._("An entry is kept as it was written."))
        return super().write(vals)

    def _fixed_files(self):
        return self

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("An entry is kept as it was written."))
