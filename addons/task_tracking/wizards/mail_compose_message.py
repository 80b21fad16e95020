# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import models


class MailComposeMessage(models.TransientModel):
    """A mail is not begun on a secret document either."""

    _name = "mail.compose.message"
    _inherit = ["mail.compose.message", "task.secret.channel.mixin"]
    _model_field = "model"
