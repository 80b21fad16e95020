# SPDX-License-Identifier: LGPL-3.0-or-later
import hashlib
import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import consteq

from ..logic.feed import Event, write_feed
from .task_assignment import OPEN_STATES
from .task_secret_channels import REGISTER

#: Bytes of randomness in a link: 256 bits.
TOKEN_BYTES = 32
#: The first and the last day told, counted from today, and the most events.
DAYS_BEFORE, DAYS_AFTER = 90, 400
EVENTS = 1000
#: Characters of an assignment's content in the event's title.
TITLE_LENGTH = 100
#: How a record tells the specialist who follows it, the first it has.
FOLLOWED_BY = (
    "specialist_id",
    "followed_by_id",
    "assignment_id.specialist_id",
    "document_id.specialist_id",
)


class ResUsers(models.Model):
    """A person's deadlines as a calendar that calendar programs subscribe to.

    Such programs cannot log in: who has the link reads the calendar. So the link holds
    256 random bits, of which only a hash is kept (a fast one will do: there is nothing
    to guess), is shown once, and ends when it is revoked, made anew, or the person
    leaves. What it tells is read with that person's rights at that moment.
    """

    _inherit = "res.users"

    task_feed_hash = fields.Char(
        copy=False, groups=fields.NO_ACCESS, export_string_translation=False
    )
    task_feed_since = fields.Datetime(
        string="Link made on", copy=False, readonly=True, help="Empty: there is none."
    )

    _task_feed_hash_uniq = models.UniqueIndex(
        "(task_feed_hash) WHERE task_feed_hash IS NOT NULL"
    )

    def write(self, vals):
        """Whoever leaves has no link any more, not even after coming back."""
        result = super().write(vals)
        if "active" in vals and not vals["active"]:
            self._task_feed_end()
        return result

    # -- the link ----------------------------------------------------------------------
    def action_task_feed_make(self):
        """Make the link of one's own calendar; an earlier one ends.

        :return: the window that shows it, this once.
        :raise AccessError: for somebody else's.
        """
        self._check_task_feed_own()
        token = secrets.token_urlsafe(TOKEN_BYTES)
        self.sudo().write(
            {
                "task_feed_hash": _hash(token),
                "task_feed_since": fields.Datetime.now(),
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Link of your calendar"),
            "res_model": "task.calendar.link",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_url": f"{self.get_base_url()}/task/calendar/{token}.ics"
            },
        }

    def action_task_feed_revoke(self):
        """End the link; programs that subscribed to it read nothing any more.

        :raise AccessError: if it is another's and the caller does not manage users.
        """
        if not self.env.user.has_group("base.group_erp_manager"):
            self._check_task_feed_own()
        self._task_feed_end()
        return True

    def _check_task_feed_own(self):
        if self != self.env.user:
            raise AccessError(self.env._("The link of a calendar is one's own."))

    def _task_feed_end(self):
        self.sudo().write({"task_feed_hash": False, "task_feed_since": False})

    @api.model
    def _task_feed_user(self, token):
        """The active user whose link holds `token`, with that user's rights; empty if
        none: after the same work, so that the time tells nothing."""
        wanted = _hash(token)
        user = self.sudo().search(
            Domain("task_feed_hash", "=", wanted) & Domain("share", "=", False), limit=1
        )
        if not consteq(user.task_feed_hash or _hash(""), wanted):
            return self.browse()
        return self.with_env(
            self.env(
                user=user.id,
                su=False,
                context={
                    "allowed_company_ids": user.company_ids.ids,
                    "lang": user.lang,
                    "tz": user.tz,
                },
            )
        ).browse(user.id)

    # -- what it tells -----------------------------------------------------------------
    def _task_feed(self):
        """This user's calendar, bytes; the user must be the one of the environment."""
        self.ensure_one()
        events = []
        for source in (
            self._task_feed_assignments,
            self._task_feed_clocks,
            self._task_feed_awaited,
        ):
            events += source(EVENTS - len(events))
        events.sort(key=lambda event: (event.day, event.uid))
        return write_feed(self.env._("Task deadlines"), events)

    def _task_feed_search(self, model, domain, due, limit):
        """Records of `domain` due within the window, at most `limit`: what is to come
        before what is past."""
        today = self.env.company._task_today()
        model = self.env[model]
        ahead = Domain(due, ">=", today) & Domain(
            due, "<=", today + timedelta(days=DAYS_AFTER)
        )
        records = model.search(domain & ahead, limit=limit, order=f"{due}, id")
        if len(records) < limit:
            past = Domain(due, "<", today) & Domain(
                due, ">=", today - timedelta(days=DAYS_BEFORE)
            )
            records |= model.search(
                domain & past, limit=limit - len(records), order=f"{due} desc, id"
            )
        return records

    def _task_feed_event(self, record, day, summary, lines, category, changed, at=None):
        """The event of a record.

        :param at: the record that the link opens, if another one.
        """
        at = record if at is None else at
        uuid = self.env["ir.config_parameter"].sudo().get_param("database.uuid")
        url = self.get_base_url()
        if at._name != "res.company":
            url += f"/mail/view?model={at._name}&res_id={at.id}"
        return Event(
            uid=f"{record._name}-{record.id}@{uuid}",
            day=day,
            summary=summary,
            description="\n".join([*filter(None, lines), url]),
            url=url,
            category=category,
            changed=max(changed),
        )

    def _task_feed_assignments(self, limit):
        """What the own agency has to do, and what a specialist follows."""
        mine = Domain.FALSE
        if self.has_group("task_tracking.group_agency_officer"):
            mine |= Domain("is_mine", "=", True)
        if self._task_is_office():
            mine |= Domain("role", "=", "lead") & Domain("specialist_id", "=", self.id)
        running = tuple(set(OPEN_STATES) - {"submitted"})
        domain = mine & Domain("state", "in", running)
        found = self._task_feed_search("task.assignment", domain, "due_on", limit)
        roles = dict(found._fields["role"]._description_selection(self.env))
        events = []
        for one in found:
            content = " ".join((one.content or "").split())
            if len(content) > TITLE_LENGTH:
                content = content[:TITLE_LENGTH].rstrip() + "…"
            # the day and the name it goes by, whether its reader reads the directive
            document = one.document_id.sudo()
            events.append(
                self._task_feed_event(
                    one,
                    one.due_on,
                    self.env._("Due: %(content)s", content=content),
                    [
                        document.display_name,
                        f"{one.agency_id.sudo().name} ({roles[one.role]})",
                        one.deadline_text,
                    ],
                    self.env._("Deadlines of tasks"),
                    (one.write_date, one.task_id.sudo().write_date),
                )
            )
        return events

    def _task_feed_clocks(self, limit):
        """The running limits that are this user's: the own agency's, the Office's of
        what a specialist follows (all, for a manager), a leader's."""
        mine = Domain.FALSE
        if self.has_group("task_tracking.group_agency_officer"):
            # the deadline's own event tells of what is counted from it
            mine |= (
                Domain("actor", "=", "agency")
                & Domain("is_mine", "=", True)
                & ~(
                    Domain("res_model", "=", "task.assignment")
                    & Domain("rule_id.event", "=", "deadline")
                )
            )
        if self._task_is_manager():
            mine |= Domain("actor", "not in", ("agency", "leader"))
        elif self._task_is_office():
            mine |= Domain("actor", "not in", ("agency", "leader")) & (
                self._task_feed_followed()
            )
        if self.has_group("task_tracking.group_leader"):
            mine |= Domain("actor", "=", "leader")
        domain = (
            mine
            & Domain("stopped_on", "=", False)
            & Domain("cancelled_on", "=", False)
            & Domain("res_model", "!=", REGISTER)
        )
        if not self.env["task.clock"].has_access("read"):
            return []
        found = self._task_feed_search("task.clock", domain, "due_on", limit)
        changed = {}
        for model, clocks in found.grouped("res_model").items():
            for record in self.env[model].browse(clocks.mapped("res_id")).sudo():
                changed[model, record.id] = record.write_date
        events = []
        for clock in found:
            at = self.env[clock.res_model].browse(clock.res_id)
            hour = clock.due_at and clock.company_id._task_local(clock.due_at)
            events.append(
                self._task_feed_event(
                    clock,
                    clock.due_on,
                    f"{clock.display_name}: {clock.record_name}",
                    [
                        hour
                        and self.env._(
                            "Until %(time)s", time=hour.strftime("%H:%M %d/%m/%Y")
                        )
                    ],
                    self.env._("Time limits"),
                    (clock.write_date, changed[clock.res_model, clock.res_id]),
                    at=at,
                )
            )
        return events

    def _task_feed_followed(self):
        """The limits of the records that this specialist follows."""
        followed = Domain.FALSE
        for model in self.env["task.clock"]._clock_models():
            path = next(
                (one for one in FOLLOWED_BY if one.split(".")[0] in model._fields), None
            )
            if path and model.with_env(self.env).has_access("read"):
                records = model.with_env(self.env)._search([(path, "=", self.id)])
                followed |= Domain("res_model", "=", model._name) & Domain(
                    "res_id", "in", records
                )
        return followed

    def _task_feed_awaited(self, limit):
        """What must be answered by a day and waits for this user."""
        events = []
        for model in self.env["task.awaited.mixin"]._awaited_models():
            due = model._awaited_due
            if not due or not model.has_access("read"):
                continue
            waiting = Domain.OR(
                model._awaited_domain(company) for company in self.company_ids
            )
            found = self._task_feed_search(
                model._name, waiting, due, limit - len(events)
            )
            for record, users in found.sudo()._awaited_by().items():
                if self in users:
                    title = record.with_env(self.env)._awaited_title()
                    events.append(
                        self._task_feed_event(
                            record,
                            record[due],
                            title,
                            [],
                            self.env._("Time limits"),
                            (record.write_date,),
                        )
                    )
        return events


class TaskCalendarLink(models.AbstractModel):
    """Shows the link of a calendar, this once: it is kept nowhere."""

    _name = "task.calendar.link"
    _description = "Link of a Calendar"

    # without it the form is not filled in
    id = fields.Id()
    url = fields.Char(string="Link", readonly=True)


def _hash(token):
    return hashlib.sha256(token.encode()).hexdigest()
