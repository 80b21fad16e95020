# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models


class TaskInspectionItem(models.Model):
    """One entry of an inspection's dossier: a file, under one of the kinds the
    regulation prescribes (Điều 17, Điều 19)."""

    _name = "task.inspection.item"
    _inherit = ["task.inspection.part.mixin", "task.files.mixin"]
    _description = "Dossier entry"
    _order = "inspection_id, sequence, dated_on, id"
    _closed_fields = frozenset(("source_model", "source_id", "is_gathered"))
    _scope_depends = ("inspection_id",)

    prescription_id = fields.Many2one(
        "task.inspection.prescription",
        string="Kind",
        required=True,
        domain="[('topic', '=', 'dossier')]",
        ondelete="restrict",
    )
    code = fields.Char(related="prescription_id.code")
    sequence = fields.Integer(related="prescription_id.sequence", store=True)
    name = fields.Char(required=True)
    dated_on = fields.Date(string="Dated")
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Files", copy=False, bypass_search_access=True
    )
    source_model = fields.Char(readonly=True)
    source_id = fields.Many2oneReference(
        string="Record", model_field="source_model", readonly=True
    )
    is_gathered = fields.Boolean(
        string="Gathered by the system", readonly=True, copy=False
    )

    def _change_refusal(self):
        inspection = self.inspection_id
        if inspection.state == "concluded":
            return inspection._close_refusal()
        return inspection._paper_refusal()

    def _fixed_files(self):
        return self.filtered(lambda item: item.inspection_id.state == "closed")

    @api.model
    def _scope_domain(self):
        return self._through_inspection(self.env["task.inspection"]._dossier_domain())
