# SPDX-License-Identifier: LGPL-3.0-or-later
"""Nothing hangs on a line of the register of secret documents.

Files, messages, activities and followers name the model of their record instead of
having a field for it, so the register's own model cannot refuse them: the models that
point do, whoever asks, in sudo and with defaults in the context too.
"""

from odoo import api, models
from odoo.exceptions import UserError

REGISTER = "task.secret.document"


def secret_channel_error(env):
    """What is said to whoever would hang something on a secret document."""
    return UserError(
        env._(
            "The register of secret documents holds no files, messages or activities."
            " Nothing was stored."
        )
    )


class IrAttachment(models.Model):
    """Refused on the values: the file is on the disk before its record is, and the
    route of the uploads commits after an error."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        default = self.default_get(["res_model"]).get("res_model")
        if any(vals.get("res_model", default) == REGISTER for vals in vals_list):
            raise secret_channel_error(self.env)
        return super().create(vals_list)

    def write(self, vals):
        if vals.get("res_model") == REGISTER:
            raise secret_channel_error(self.env)
        return super().write(vals)


class TaskSecretChannelMixin(models.AbstractModel):
    """What points at a record by the name of its model, never at a secret document."""

    _name = "task.secret.channel.mixin"
    _description = "Points at no secret document"

    #: The field that holds the name of the model.
    _model_field = "res_model"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._refuse_register()
        return records

    def write(self, vals):
        result = super().write(vals)
        self._refuse_register()
        return result

    def _refuse_register(self):
        """Roll back what points at the register.

        :raise UserError: if one of the records does.
        """
        if REGISTER in self.sudo().mapped(self._model_field):
            raise secret_channel_error(self.env)


class MailMessage(models.Model):
    _name = "mail.message"
    _inherit = ["mail.message", "task.secret.channel.mixin"]
    _model_field = "model"


class MailActivity(models.Model):
    _name = "mail.activity"
    _inherit = ["mail.activity", "task.secret.channel.mixin"]


class MailFollowers(models.Model):
    _name = "mail.followers"
    _inherit = ["mail.followers", "task.secret.channel.mixin"]
