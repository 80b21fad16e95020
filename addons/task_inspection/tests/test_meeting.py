# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .test_team import TeamCase


@tagged("post_install", "-at_install")
class TestMeeting(TeamCase):
    """Invitations through Odoo's own calendar."""

    def _event(self, inspection):
        return inspection.subject_ids.sudo().event_id

    def _attendee(self, inspection, user):
        attendees = self._event(inspection).attendee_ids
        return attendees.filtered(lambda one: one.partner_id == user.partner_id)

    def _told(self, event, since=None):
        """Whom Odoo told of the event, by which messages."""
        messages = self.env["mail.message"].sudo()
        messages = messages.search(
            [("model", "=", event._name), ("res_id", "=", event.id)]
        )
        messages -= since or messages.browse()
        return messages, messages.notified_partner_ids | messages.partner_ids

    def test_event(self):
        """One event a visit: on its day in the province's working hours (07:30 to 17:00
        there is 00:30 to 10:00 UTC), private, with team and invited as attendees."""
        inspection, _guest = self._asked()
        event = self._event(inspection)
        self.assertEqual(len(event), 1)
        self.assertEqual(str(event.start), "2026-04-03 00:30:00")
        self.assertEqual(str(event.stop), "2026-04-03 10:00:00")
        self.assertEqual(event.location, "Phòng họp số 2")
        self.assertEqual(event.privacy, "private")
        self.assertEqual(event.user_id, self.manager)
        users = self.manager | self.specialist | self.building_officer | self.ward_head
        self.assertEqual(event.partner_ids, users.partner_id)
        self.assertFalse(event.description)

    def test_several_days(self):
        """A visit of several days ends on the evening of its last."""
        inspection = self._begun()
        inspection.subject_ids.with_user(self.manager).visit_to = "2026-04-06"
        inspection.with_user(self.manager).action_invite()
        self.assertEqual(str(self._event(inspection).stop), "2026-04-06 10:00:00")

    def test_mails(self):
        """Odoo's invitation goes to each attendee but who sends it, once."""
        inspection, _guest = self._asked()
        event = self._event(inspection)
        before, told = self._told(event)
        users = self.specialist | self.building_officer | self.ward_head
        self.assertEqual(told, users.partner_id)
        inspection.with_user(self.manager).action_invite()
        self.assertEqual(self._event(inspection), event)
        self.assertEqual(self._told(event)[0], before)

    def test_no_day(self):
        """Without the day of a visit nobody is invited."""
        inspection = self._issued()
        with self.assertRaises(UserError):
            inspection.with_user(self.manager).action_invite()

    def test_answer(self):
        """What a member answers in the calendar stands at the member's place."""
        inspection, _guest = self._asked()
        places = {member.user_id: member for member in inspection.member_ids}
        self.assertEqual(places[self.manager].answer, "accepted")  # who invited
        self.assertEqual(places[self.building_officer].answer, "asked")
        attendee = self._attendee(inspection, self.building_officer)
        attendee.with_user(self.building_officer).do_decline()
        self.assertEqual(places[self.building_officer].answer, "declined")
        self.assertEqual(places[self.specialist].answer, "asked")

    def test_answer_of_the_head(self):
        """The head of the invited agency accepts in the calendar: the agency comes."""
        inspection, guest = self._asked()
        attendee = self._attendee(inspection, self.ward_head)
        attendee.with_user(self.ward_head).do_accept()
        self.assertEqual(guest.answer, "accepted")
        self.assertEqual(guest.user_id, self.ward_head)

    def test_answer_of_others(self):
        """An answer that another attendee writes for somebody counts nothing."""
        inspection, guest = self._asked()
        attendee = self._attendee(inspection, self.ward_head)
        attendee.with_user(self.building_officer).write({"state": "accepted"})
        self.assertEqual(guest.answer, "asked")

    def test_moved(self):
        """Another day of the visit moves the event; who attends is told of it."""
        inspection, _guest = self._asked()
        event = self._event(inspection)
        before = self._told(event)[0]
        inspection.subject_ids.with_user(self.manager).visit_from = "2026-04-07"
        self.assertEqual(str(event.start), "2026-04-07 00:30:00")
        self.assertEqual(str(event.stop), "2026-04-07 10:00:00")
        _messages, told = self._told(event, before)
        self.assertIn(self.building_officer.partner_id, told)

    def test_hours_stay(self):
        """Hours that were moved in the calendar stay while the day is the same."""
        inspection, _guest = self._asked()
        event = self._event(inspection)
        event.with_user(self.manager).write(
            {"start": "2026-04-03 02:00:00", "stop": "2026-04-03 04:00:00"}
        )
        inspection.subject_ids.with_user(self.manager).visit_place = "Phòng họp số 5"
        self.assertEqual(str(event.start), "2026-04-03 02:00:00")
        self.assertEqual(event.location, "Phòng họp số 5")

    def test_hours_followed(self):
        """Hours moved in the calendar are told by the inspection: 02:00 to 04:30 UTC is
        09:00 to 11:30 in the province."""
        inspection, _guest = self._asked()
        self._event(inspection).with_user(self.manager).write(
            {"start": "2026-04-03 02:00:00", "stop": "2026-04-03 04:30:00"}
        )
        subject = inspection.subject_ids
        self.assertEqual((subject.visit_begins, subject.visit_ends), (9.0, 11.5))

    def test_hours_chosen(self):
        """The leader chooses the hours, before inviting or after: 13:30 to 16:00 there
        is 06:30 to 09:00 UTC; who attends is told."""
        inspection = self._begun()
        subject = inspection.subject_ids.with_user(self.manager)
        subject.write({"visit_begins": 13.5, "visit_ends": 16})
        inspection.with_user(self.manager).action_invite()
        event = self._event(inspection)
        self.assertEqual(str(event.start), "2026-04-03 06:30:00")
        self.assertEqual(str(event.stop), "2026-04-03 09:00:00")
        before = self._told(event)[0]
        subject.visit_begins = 14.25
        self.assertEqual(str(event.start), "2026-04-03 07:15:00")
        self.assertIn(self.building_officer.partner_id, self._told(event, before)[1])

    def test_hours_make_sense(self):
        """A visit of one day ends after it begins, within the day."""
        subject = self._begun().subject_ids.with_user(self.manager)
        for vals in (
            {"visit_begins": 17.5},
            {"visit_ends": 7},
            {"visit_ends": 24.5},
            {"visit_begins": -1},
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                subject.write(vals)
        subject.write({"visit_to": "2026-04-06", "visit_begins": 13, "visit_ends": 11})

    def test_cancelled(self):
        """The visits are called off with the inspection, and who was invited told."""
        inspection, _guest = self._asked()
        event = self._event(inspection)
        before = self._told(event)[0]
        inspection.with_user(self.chairman).action_cancel("Hoãn theo chỉ đạo")
        self.assertFalse(event.active)
        _messages, told = self._told(event, before)
        self.assertIn(self.ward_head.partner_id, told)
        self.assertIn(self.building_officer.partner_id, told)

    def test_day_taken_back(self):
        """So is a visit whose day is taken back."""
        inspection, _guest = self._asked()
        event = self._event(inspection)
        inspection.subject_ids.with_user(self.manager).visit_from = False
        self.assertFalse(event.active)

    def test_not_told(self):
        """Who does not attend learns nothing of the visit: not the inspected agency,
        another agency, or the Office."""
        inspection, _guest = self._asked()
        event = self._event(inspection)
        attendees = event.attendee_ids
        for user in (self.finance_head, self.branch_head, self.specialist2):
            events = self.env["calendar.event"].with_user(user)
            self.env.invalidate_all()
            self.assertFalse(events.search([("id", "=", event.id)]))
            self.assertFalse(events.search([("location", "ilike", "Phòng họp")]))
            self.assertFalse(events.search([("name", "ilike", "Sở Tài chính")]))
            self.assertFalse(
                events.search(
                    [("attendee_ids.partner_id", "in", attendees.partner_id.ids)]
                )
            )
            self.assertFalse(
                attendees.with_user(user).search([("id", "in", attendees.ids)])
            )
            self.assertFalse(
                self.env["mail.message"]
                .with_user(user)
                .search([("model", "=", "calendar.event"), ("res_id", "=", event.id)])
            )
            with self.assertRaises(AccessError):
                events.browse(event.id).read(["name", "location"])
            with self.assertRaises(AccessError):
                events.browse(event.id).write({"partner_ids": [Command.link(1)]})
        self.assertTrue(self._reads(event, self.building_officer))
