# SPDX-License-Identifier: LGPL-3.0-or-later
from collections import namedtuple

from psycopg2.errors import SerializationFailure

from odoo import api, fields, models
from odoo.tools import SQL

#: A line of a digest that has not left: what it told, and its step.
OldLine = namedtuple("OldLine", "id model res_id step_id anchor")


class TaskNotice(models.Model):
    """A digest that could not be sent is replaced by the next one: when the mail server
    is back, nobody finds one mail for each day it was away."""

    _inherit = "task.notice"

    state = fields.Selection(
        selection_add=[("superseded", "Replaced by a later one")],
        ondelete={"superseded": lambda notices: notices.write({"state": "failed"})},
    )

    def _hold_unsent(self):
        """Hold those of the notices that were not sent, until the end of the
        transaction: nobody sends them meanwhile.

        One that another worker is sending at this moment, or sent since this
        transaction began, is left out.
        """
        try:
            return self._hold_all()
        except SerializationFailure:
            held = self.browse()
        for one in self:
            try:
                held |= one._hold_all()
            except SerializationFailure:
                continue
        return held

    def _hold_all(self):
        if not self:
            return self
        with self.env.cr.savepoint():
            self.env.cr.execute(
                SQL(
                    "SELECT notice.id FROM task_notice notice"
                    " JOIN mail_mail mail ON mail.id = notice.mail_mail_id"
                    " WHERE notice.id IN %s"
                    " AND notice.state IN ('queued', 'delayed', 'failed')"
                    " ORDER BY notice.id FOR NO KEY UPDATE SKIP LOCKED",
                    self._ids,
                ),
                log_exceptions=False,
            )
            return self.browse(id_ for (id_,) in self.env.cr.fetchall())

    def _set_superseded(self):
        """These, which are held, are not sent any more, nor shown."""
        self.mail_mail_id.write({"state": "cancel"})
        self.write({"state": "superseded", "next_try_at": False})
        self.env["mail.notification"].search(
            [("mail_message_id", "in", self.mail_mail_id.mail_message_id.ids)]
        ).unlink()


class TaskDigest(models.AbstractModel):
    """What the digests that have not left told, and the next ones tell instead."""

    _inherit = "task.digest"

    @api.model
    def _unsent(self, markers):
        """{user: their digests of earlier days that have not left}, held.

        :param markers: {user: the marker of today's digest}.
        """
        if not markers:
            return {}
        today = list(markers.values())
        by_partner = {user.partner_id: user for user in markers}
        found = self.env["task.notice"].search(
            [
                ("partner_id", "in", [partner.id for partner in by_partner]),
                ("state", "in", ("queued", "delayed", "failed")),
                ("marker", "=like", "digest/%"),
                ("marker", "not in", today),
            ],
            order="id",
        )
        return {
            by_partner[partner]: notices
            for partner, notices in found._hold_unsent().grouped("partner_id").items()
        }

    @api.model
    def _still_hold(self, unsent, wanted, readers):
        """{user: [(line id, item)]}: the lines of digests that have not left whose
        record runs to the same due date, which the user may read, and of which nothing
        newer is told now.

        :param unsent: {user: notices}.
        :param wanted: {user: [items]} told now.
        """
        lines = self._old_lines(unsent)
        items = self._items_of(lines, set(unsent))
        held = {}
        for user in unsent:
            anew = {item.key for item in wanted[user]}
            held[user] = []
            for line in lines.get(user, ()):
                item = items.get((line.model, line.res_id))
                if item and item.anchor == line.anchor and item.key not in anew:
                    step = self.env["task.reminder.step"].browse(line.step_id)
                    held[user].append((line.id, item.at(step)))
                    anew.add(item.key)
        readable = self._readable(
            {user: [item for _line, item in some] for user, some in held.items()},
            readers,
        )
        for user, some in held.items():
            keys = {item.key for item in readable[user]}
            held[user] = [(line, item) for line, item in some if item.key in keys]
        return held

    @api.model
    def _old_lines(self, unsent):
        """{user: [OldLine]}, the latest first."""
        if not unsent:
            return {}
        user_of = {
            notice.id: user for user, notices in unsent.items() for notice in notices
        }
        rows = self.env.execute_query(
            SQL(
                "SELECT urge.notice_id, line.id, line.marker"
                " FROM task_urge_line line"
                " JOIN task_urge urge ON urge.id = line.urge_id"
                " WHERE urge.notice_id IN %s AND line.marker IS NOT NULL"
                " ORDER BY line.anchor_on, line.id DESC",
                tuple(user_of),
            )
        )
        steps = set(
            self.env["task.reminder.step"]
            .with_context(active_test=False)
            .search([("id", "!=", False)])
            .ids
        )
        lines = {}
        for notice_id, id_, marker in rows:
            model, res_id, step_id, anchor, _partner = marker.split("/")
            if int(step_id) in steps and model in self.env:
                line = OldLine(
                    id_,
                    model,
                    int(res_id),
                    int(step_id),
                    fields.Date.to_date(anchor),
                )
                lines.setdefault(user_of[notice_id], []).append(line)
        return lines

    @api.model
    def _items_of(self, lines, users):
        """{(model, id): item} of what the lines told of, as far as it runs."""
        ids = {}
        for some in lines.values():
            for line in some:
                ids.setdefault(line.model, set()).add(line.res_id)
        if not ids:
            return {}
        companies = self.env["res.company"].union(*(user.company_ids for user in users))
        found = []
        for company in companies.filtered("regulation_id"):
            if ids.get("task.assignment"):
                found += self._assignment_items(company, ids["task.assignment"])
            if ids.get("task.clock"):
                found += self._clock_items(company, ids["task.clock"])
            found += self._awaited_items(company, ids)
        return {item.key: item for item in found}

    @api.model
    def _supersede(self, notices, urge_id, line_ids):
        """A new digest takes the place of `notices`: those of their lines that it tells
        are its own now, what it does not tell was never told."""
        old = self.env["task.urge"].search([("notice_id", "in", notices.ids)])
        notices._set_superseded()
        old._replaced_by(urge_id, line_ids)
