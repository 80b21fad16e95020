# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import datetime, timedelta

from pytz import timezone, utc

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import clean_context

from .task_inspection import WORKING

#: The working day of a visit in the province's time, hours as Odoo's floats, until
#: somebody chooses others.
DAY_BEGINS, DAY_ENDS = 7.5, 17.0
#: What marks an event of ours (`calendar_event.py`).
MARK = "task.inspection.subject"
#: What an invitation tells.
VISIT = frozenset(
    ("visit_from", "visit_to", "visit_begins", "visit_ends", "visit_place")
)
DAY, MINUTES = 24, 60


class TaskInspection(models.Model):
    """The invitations of an inspection, through Odoo's own calendar."""

    _inherit = "task.inspection"

    def action_invite(self):
        """Invite the members, and whom the leader asks to come, to the visits: one
        event of the calendar for each inspected agency that is visited. Odoo sends the
        invitations and takes the answers.

        Doing it again invites who was added since.

        :raise AccessError: if the caller neither leads the team nor prepares it.
        :raise UserError: if no day of a visit is entered.
        """
        self.ensure_one()
        self._lock()
        if refusal := self._invite_refusal():
            raise refusal
        one = self.sudo()
        visited = one.subject_ids.filtered("visit_from")
        if not visited:
            raise UserError(
                self.env._("Enter first on which days which agency is visited.")
            )
        one._standing_members().filtered(
            lambda member: not member.answer
        ).answer = "asked"
        visited._hold_meetings()
        return True

    def action_cancel(self, reason):
        """The visits are called off with the inspection."""
        result = super().action_cancel(reason)
        self.sudo().subject_ids._call_off_meetings()
        return result


class TaskInspectionSubject(models.Model):
    """When and where the team comes, as an event of the calendar."""

    _inherit = "task.inspection.subject"

    visit_place = fields.Char(
        string="Place", help="Where the team meets the agency; empty: its own seat."
    )
    visit_begins = fields.Float(
        string="From hour",
        default=DAY_BEGINS,
        help="In the province's time, on the first day of the visit.",
    )
    visit_ends = fields.Float(
        string="To hour",
        default=DAY_ENDS,
        help="In the province's time, on the last day of the visit.",
    )
    event_id = fields.Many2one(
        "calendar.event",
        string="Meeting",
        copy=False,
        ondelete="set null",
        index="btree_not_null",
        groups=fields.NO_ACCESS,
    )

    @api.constrains("visit_from", "visit_to")
    def _check_visit(self):
        for subject in self:
            first, last = subject.visit_from, subject.visit_to
            if last and (not first or last < first):
                raise UserError(self.env._("The last day is before the first."))

    @api.constrains("visit_from", "visit_to", "visit_begins", "visit_ends")
    def _check_hours(self):
        for subject in self:
            first, last = subject.visit_begins, subject.visit_ends
            if not (0 <= first < DAY and 0 <= last < DAY):
                raise UserError(self.env._("An hour is between 00:00 and 23:59."))
            one_day = (subject.visit_to or subject.visit_from) == subject.visit_from
            if one_day and last <= first:
                raise UserError(self.env._("The visit ends after it begins."))

    def write(self, vals):
        """Whoever was invited is told of another day, hour or place."""
        result = super().write(vals)
        if VISIT & set(vals):
            held = self.sudo().filtered("event_id")
            held.filtered("visit_from")._hold_meetings()
            held.filtered(lambda one: not one.visit_from)._call_off_meetings()
        return result

    def _hold_meetings(self):
        """Have an event for each visit as it is entered now; in sudo. Who may see it
        and what it tells: the team, whom it visits, where and when; nothing else."""
        for subject in self:
            values = subject._prepare_event_vals()
            event = subject.event_id
            if event.active:
                event.write(subject._changed(event, values))
            else:
                events = self.env["calendar.event"].with_context(
                    **clean_context(self.env.context),
                    # no addresses in the description
                    skip_contact_description=True,
                )
                subject.event_id = events.create(values)
            # who invites has accepted in the calendar
            subject.event_id.attendee_ids._tell_inspection()

    def _prepare_event_vals(self):
        self.ensure_one()
        inspection, agency = self.inspection_id, self.agency_id
        leader = inspection._standing_members().filtered(
            lambda one: one.role == "leader"
        )
        organiser = leader.user_id[:1] or inspection.conductor_id or self.env.user
        return {
            "name": self.env._(
                "%(body)s at %(agency)s",
                body=inspection.body_name or self.env._("Inspection"),
                agency=agency.name,
            ),
            "location": self.visit_place or agency.name,
            "start": self._visit_moment(self.visit_from, self.visit_begins),
            "stop": self._visit_moment(
                self.visit_to or self.visit_from, self.visit_ends
            ),
            "allday": False,
            "description": False,
            "privacy": "private",
            "user_id": organiser.id,
            "partner_ids": [Command.set(inspection._invited_partners().ids)],
            "res_model_id": self.env["ir.model"]._get_id(MARK),
            "res_id": self.id,
        }

    def _follow_team(self):
        """Who joined the team is invited to the visits it holds, who left it is not
        any more; in sudo."""
        held = self.filtered(lambda one: one.event_id.active and one.visit_from)
        if held:
            members = held.inspection_id._standing_members()
            members.filtered(lambda one: not one.answer).answer = "asked"
            held._hold_meetings()

    def _visit_moment(self, day, hour):
        """`hour` of `day` in the province, as the naive UTC datetime Odoo stores."""
        midnight = datetime.combine(day, datetime.min.time())
        local = self._zone().localize(
            midnight + timedelta(minutes=round(hour * MINUTES))
        )
        return local.astimezone(utc).replace(tzinfo=None)

    def _zone(self):
        return timezone(self.company_id.task_tz or "Asia/Ho_Chi_Minh")

    def _follow_event(self):
        """The hours moved in the calendar on the days of the visit are the visit's; in
        sudo. Other days stay the inspection's: who moved them is not who sets them."""
        for subject in self.filtered(lambda one: one.inspection_id.state in WORKING):
            event, zone = subject.event_id, subject._zone()
            start, stop = (
                utc.localize(moment).astimezone(zone)
                for moment in (event.start, event.stop)
            )
            days = [subject.visit_from, subject.visit_to or subject.visit_from]
            hours = {
                "visit_begins": start.hour + start.minute / MINUTES,
                "visit_ends": stop.hour + stop.minute / MINUTES,
            }
            if [start.date(), stop.date()] == days and any(
                round(subject[name] * MINUTES) != round(hour * MINUTES)
                for name, hour in hours.items()
            ):
                subject.write(hours)

    def _changed(self, event, values):
        """Those of `values` that differ from the event, so that nobody is told of
        nothing."""
        changed = {}
        if (event.start, event.stop) != (values["start"], values["stop"]):
            changed.update(start=values["start"], stop=values["stop"])
        for name in ("name", "location"):
            if event[name] != values[name]:
                changed[name] = values[name]
        organiser = event.user_id
        if organiser in self.inspection_id.member_ids.filtered("left_on").user_id:
            changed["user_id"] = values["user_id"]
        wanted = set(values["partner_ids"][0][2])
        if wanted != set(event.partner_ids.ids):
            changed["partner_ids"] = values["partner_ids"]
        return changed

    def _call_off_meetings(self):
        """The visits do not take place; who was invited is told, in sudo."""
        events = self.event_id.filtered("active")
        template = self.env.ref(
            "calendar.calendar_template_delete_event", raise_if_not_found=False
        )
        coming = events.filtered(lambda event: event.stop > fields.Datetime.now())
        for event in coming if template else ():
            template.send_mail(
                event.id, email_layout_xmlid="mail.mail_notification_light"
            )
        events.active = False
