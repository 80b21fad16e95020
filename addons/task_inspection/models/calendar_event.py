# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import models

from .task_inspection_meeting import MARK


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    def write(self, vals):
        """The hours of a visit are the same on the inspection as in the calendar."""
        result = super().write(vals)
        if {"start", "stop", "duration", "start_date", "stop_date"} & set(vals):
            visits = self.env[MARK].sudo()
            visits.search([("event_id", "in", self.ids)])._follow_event()
        return result

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """The core reads the event to say who reads its messages; who does not attend
        a visit of an inspection does not read the event, hence none of them."""
        hidden = self - self._filtered_access("read")
        result = super(
            CalendarEvent, self - hidden
        )._mail_get_operation_for_mail_message_operation(message_operation)
        return {**result, **dict.fromkeys(hidden, "read")}
