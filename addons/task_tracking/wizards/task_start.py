# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class TaskStart(models.TransientModel):
    """“Assign as task”: start a directive from any record that has a chatter.

    The directive links to the record; the files ticked are shared through it, without
    a copy, and nothing else of the record is.
    """

    _name = "task.start"
    _description = "Assign as task"

    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True)
    record_name = fields.Char(string="Record", compute="_compute_record_name")
    available_ids = fields.Many2many(
        "ir.attachment", compute="_compute_available", string="Files of the record"
    )
    shared_ids = fields.Many2many(
        "ir.attachment",
        "task_start_attachment_rel",
        string="Files to share",
        bypass_search_access=True,
        domain="[('id', 'in', available_ids)]",
    )
    abstract = fields.Text(required=True)

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        model = self.env.context.get("active_model")
        record_id = self.env.context.get("active_id")
        if model and record_id and "res_model" in fields:
            record = self._get_record(model, record_id)
            values.update(
                res_model=model, res_id=record_id, abstract=record.display_name
            )
        return values

    @api.model
    def _get_record(self, model, record_id):
        """The record, if it has a chatter and the user reads it.

        :raise UserError, AccessError: if not.
        """
        threads = self.env.registry["mail.thread"]
        records = self.env.get(model)
        if not isinstance(records, threads) or records._abstract:
            raise UserError(self.env._("Tasks start from records with a chatter only."))
        record = self.env[model].browse(record_id).exists()
        if not record:
            raise UserError(self.env._("The record does not exist any more."))
        record.check_access("read")
        return record

    @api.depends("res_model", "res_id")
    def _compute_record_name(self):
        for wizard in self:
            record = wizard._get_record(wizard.res_model, wizard.res_id)
            wizard.record_name = record.display_name

    @api.depends("res_model", "res_id")
    @api.depends_context("uid")
    def _compute_available(self):
        for wizard in self:
            wizard.available_ids = self.env["ir.attachment"].search(
                [("res_model", "=", wizard.res_model), ("res_id", "=", wizard.res_id)]
            )

    @api.constrains("shared_ids", "res_model", "res_id")
    def _check_shared(self):
        """Only files of the record itself, which the user reads, are shared."""
        for wizard in self.sudo(False):  # constraints run in sudo
            if wizard.shared_ids - wizard.available_ids:
                raise UserError(self.env._("Share files of this record only."))

    def action_start(self):
        """Create the directive as a draft, linked to the record, and open it."""
        self.ensure_one()
        record = self._get_record(self.res_model, self.res_id)
        document = self.env["task.document"].create(
            {
                "abstract": self.abstract,
                "issued_on": self.env.company._task_today(),
                "shared_attachment_ids": [Command.set(self.shared_ids.ids)],
            }
        )
        document.sudo().write({"origin_model": record._name, "origin_id": record.id})
        return document._get_records_action(target="current")
