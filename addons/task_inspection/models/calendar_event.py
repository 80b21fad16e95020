# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import models


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """The core reads the event to say who reads its messages; who does not attend
        a visit of an inspection does not read the event, hence none of them."""
        hidden = self - self._filtered_access("read")
        result = super(
            CalendarEvent, self - hidden
        )._mail_get_operation_for_mail_message_operation(message_operation)
        return {**result, **dict.fromkeys(hidden, "read")}
