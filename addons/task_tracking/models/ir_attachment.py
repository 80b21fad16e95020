# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import human_size

#: Default limit of one file, in bytes, where the administrator set none.
DEFAULT_LIMIT = 25 * 1024 * 1024
LIMIT_PARAMETER = "task_tracking.max_file_size"


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    @api.model
    def _task_file_limit(self):
        """The largest file accepted on task records, in bytes (system parameter)."""
        value = self.env["ir.config_parameter"].sudo().get_param(LIMIT_PARAMETER)
        return int(value) if value else DEFAULT_LIMIT

    @api.model_create_multi
    def create(self, vals_list):
        attachments = super().create(vals_list)
        attachments._check_task_files()
        return attachments

    def write(self, vals):
        if {"datas", "raw", "res_model", "res_id"} & set(vals):
            self._check_task_files_open()
        result = super().write(vals)
        if {"name", "datas", "raw", "res_model"} & set(vals):
            self._check_task_files()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_task_files(self):
        self._check_task_files_open()

    def _task_files(self):
        return self.filtered(lambda file: (file.res_model or "").startswith("task."))

    def _check_task_files(self):
        """Refuse a file that is too large or whose name leads out of its folder.

        :raise UserError: naming the file.
        """
        files = self.sudo()._task_files()
        if not files:
            return
        limit = self._task_file_limit()
        for file in files:
            if file.file_size > limit:
                raise UserError(
                    self.env._(
                        "The file %(name)s (%(size)s) is larger than the limit of"
                        " %(limit)s.",
                        name=file.name,
                        size=human_size(file.file_size),
                        limit=human_size(limit),
                    )
                )
            name = file.name or ""
            if (
                any(mark in name for mark in ("/", "\\"))
                or name.strip(". ") == ""
                or not name.isprintable()
            ):
                raise UserError(
                    self.env._("The file name “%(name)s” is not allowed.", name=name)
                )

    def _check_task_files_open(self):
        """What was handed in with a submission, or released, is kept as it was."""
        if self.env.su:
            return
        for model, files in self.sudo()._task_files().grouped("res_model").items():
            if model not in self.env or "state" not in self.env[model]._fields:
                continue
            owners = self.env[model].sudo().browse(files.mapped("res_id")).exists()
            kept = owners.filtered(lambda owner: owner.state != "draft")
            if model != "task.document" and kept:
                raise UserError(
                    self.env._("The files of what was submitted are not changed.")
                )

    # -- files of other records, shared through a directive ----------------------------
    def _check_access(self, operation):
        """Who reads a directive reads the files ticked for it, and nothing else of
        the record they belong to."""
        result = super()._check_access(operation)
        if operation != "read" or not result or self.env.su:
            return result
        forbidden, error = result
        shared = self._shared_by_directive(forbidden)
        forbidden -= shared
        return (forbidden, error) if forbidden else None

    def _shared_by_directive(self, attachments):
        """The attachments that a directive the user reads shares."""
        if not self.env["task.document"].has_access("read"):
            return self.browse()
        documents = self.env["task.document"].search(
            Domain("shared_attachment_ids", "in", attachments.ids)
        )
        return documents.sudo().shared_attachment_ids.sudo(self.env.su) & attachments
