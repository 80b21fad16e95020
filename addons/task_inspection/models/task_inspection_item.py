# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class TaskInspectionItem(models.Model):
    """One entry of an inspection's dossier, under one of the kinds the regulation
    prescribes (Điều 17, Điều 19).

    Gathered by the system: a reference to what arose elsewhere, whose files are those
    of the record it comes from until the dossier is closed. Or added by hand.
    """

    _name = "task.inspection.item"
    _inherit = ["task.inspection.part.mixin", "task.files.mixin"]
    _description = "Dossier entry"
    _order = "inspection_id, sequence, dated_on, id"
    _rec_names_search = ["name", "number"]
    _closed_fields = frozenset(
        ("source_model", "source_id", "source_file_ids", "is_printed", "is_gathered")
    )
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
    number = fields.Char(help="Number and notation of the paper, if it has one.")
    dated_on = fields.Date(string="Dated")
    attachment_ids = fields.Many2many(
        "ir.attachment",
        string="Files added",
        copy=False,
        bypass_search_access=True,
        help="Added to the dossier by hand.",
    )
    source_model = fields.Char(readonly=True)
    source_id = fields.Many2oneReference(
        string="Record", model_field="source_model", readonly=True, index=True
    )
    # Files of other records: read in sudo only, and given out by the dossier's own
    # route, which asks for the right to the dossier.
    source_file_ids = fields.Many2many(
        "ir.attachment",
        "task_inspection_item_source_file_rel",
        string="Files gathered",
        copy=False,
        bypass_search_access=True,
        groups=fields.NO_ACCESS,
    )
    is_printed = fields.Boolean(
        string="Printed",
        readonly=True,
        help="The system prints the paper from the record it keeps of it.",
    )
    is_gathered = fields.Boolean(
        string="Gathered by the system", readonly=True, copy=False
    )
    file_names = fields.Text(
        string="Files", compute="_compute_files", help="Names of all its files."
    )
    file_links = fields.Json(
        compute="_compute_files", help="[{name, url, size}], each read as the dossier."
    )
    is_empty = fields.Boolean(
        string="No file", compute="_compute_files", help="Nothing of it is here yet."
    )

    _source_uniq = models.UniqueIndex(
        "(inspection_id, prescription_id, source_model, source_id)"
        " WHERE source_id IS NOT NULL",
        "This was gathered already.",
    )

    @api.depends("attachment_ids", "source_file_ids", "is_printed")
    def _compute_files(self):
        for item in self:
            files = item._files()
            item.file_names = "\n".join(file.name for file in files)
            item.file_links = [
                {
                    "name": file.name,
                    "size": file.file_size,
                    "url": f"/task/inspection/item/{item._origin.id}/{file.id}",
                }
                for file in files
            ]
            item.is_empty = not files and not item.sudo().is_printed

    def _files(self):
        """The files of the entry, in sudo: gathered ones, then those added."""
        one = self.sudo()
        return one.source_file_ids.sorted("id") | one.attachment_ids.sorted("id")

    @api.constrains("prescription_id", "inspection_id")
    def _check_prescription(self):
        for item in self.sudo():
            kinds = item.inspection_id._dossier_kinds()
            if item.prescription_id not in kinds:
                raise ValidationError(
                    self.env._("The dossier of this inspection has no such kind.")
                )

    # -- who does what -----------------------------------------------------------------
    def _change_refusal(self):
        return self.inspection_id._gather_refusal()

    def write(self, vals):
        """Of what was gathered only files are added: the rest is its record's."""
        if not self.env.su and set(vals) - {"attachment_ids"}:
            self._check_by_hand()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_gathered(self):
        if not self.env.su:
            self._check_by_hand()

    def _check_by_hand(self):
        if self.filtered("is_gathered"):
            raise UserError(
                self.env._(
                    "What the system gathered is changed where it comes from; files may"
                    " be added to it."
                )
            )

    def _fixed_files(self):
        return self.filtered(lambda item: item.inspection_id.state == "closed")

    @api.model
    def _scope_domain(self):
        return self._through_inspection(self.env["task.inspection"]._dossier_domain())
