# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, models
from odoo.exceptions import AccessError, LockError, UserError
from odoo.fields import Domain


def boolean_domain(positive, value):
    """Domain of a searchable boolean for the values asked ({True}, {False}, both)."""
    domain = Domain.FALSE
    if True in value:
        domain |= positive
    if False in value:
        domain |= ~positive
    return domain


class TaskClosedMixin(models.AbstractModel):
    """Fields of the workflow that nobody writes but the model's own actions."""

    _name = "task.closed.mixin"
    _description = "Closed workflow fields"

    #: Names of the fields closed to every user; actions write them in sudo after
    #: having checked the caller's right.
    _closed_fields = frozenset()

    def _has_field_access(self, field, operation):
        if (
            operation == "write"
            and field.name in self._closed_fields
            and not self.env.su
        ):
            return False
        return super()._has_field_access(field, operation)

    def _lock(self):
        """Two people acting at once: the second one is told, nothing is half done.

        :raise UserError: if somebody else holds the records.
        """
        try:
            self.sudo().lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._(
                    "Somebody else is acting on this at the moment. Reload and look"
                    " again."
                )
            ) from error


class TaskFilesMixin(models.AbstractModel):
    """Records with an `attachment_ids` many2many that own the files put there.

    The web client uploads a file before its record exists; the record then takes
    the uploader's own loose files, so that who reads the record reads its files.
    """

    _name = "task.files.mixin"
    _description = "Owner of attached files"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._own_files()
        return records

    def write(self, vals):
        result = super().write(vals)
        if "attachment_ids" in vals:
            self._own_files()
        return result

    def _own_files(self):
        """Link the loose files of the current user; refuse those of anybody else."""
        for record in self.filtered("attachment_ids"):
            files = record.sudo().attachment_ids
            loose = files.filtered(
                lambda file: not file.res_id and file.create_uid == self.env.user
            )
            loose.write({"res_model": record._name, "res_id": record.id})
            strange = files.filtered(
                lambda file, record=record: (
                    (file.res_model, file.res_id) != (record._name, record.id)
                )
            )
            if strange:
                raise AccessError(
                    self.env._(
                        "The file %(name)s belongs to another record and cannot be"
                        " attached here.",
                        name=strange[0].name,
                    )
                )
