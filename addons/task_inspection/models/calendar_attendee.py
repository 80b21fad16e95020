# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import models

from .task_inspection_meeting import MARK

ANSWERS = ("accepted", "declined")


class CalendarAttendee(models.Model):
    _inherit = "calendar.attendee"

    def write(self, vals):
        """What a member of a team answers in the calendar holds for the inspection."""
        result = super().write(vals)
        if vals.get("state") in ANSWERS:
            # anybody who attends may write here: only one's own answer counts, or the
            # one given through the link that was mailed (Odoo checks its token)
            own = self.filtered(lambda one: one.partner_id == self.env.user.partner_id)
            (self if self.env.su else own).sudo()._tell_inspection()
        return result

    def _tell_inspection(self):
        """Take the answers over to the places of the team; in sudo.

        For an invited agency only the answer of who may give it counts: its head, or an
        officer whom the head authorised. Who comes to one of several visits comes.
        """
        attendees = self.filtered(lambda one: one.event_id.res_model == MARK)
        subjects = self.env[MARK].browse(attendees.event_id.mapped("res_id")).exists()
        for inspection in subjects.inspection_id:
            if inspection.state not in ("issued", "ended"):
                continue
            own = inspection.subject_ids
            events = own.event_id
            for partner in attendees.filtered(
                lambda one, own=own: one.event_id.res_id in own.ids
            ).partner_id:
                states = events.attendee_ids.filtered(
                    lambda one, partner=partner: one.partner_id == partner
                ).mapped("state")
                answer = next((one for one in ANSWERS if one in states), None)
                if answer:
                    inspection.member_ids._take_answer(partner.user_ids[:1], answer)
