# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import SQL

from .insert_rows import insert_rows


class TaskUrge(models.Model):
    """What the system tells by itself, kept like any other act of urging.

    A digest of a day may tell thousands of people of tens of thousands of records:
    rows are inserted, in the transaction of the notices they belong to.
    """

    _inherit = "task.urge"

    @api.model
    def _insert_automatic(self, told):
        """Keep what notices told.

        :param told: list of (notice, lines): lines are dicts of `marker`, `anchor`
            (date), and as far as known `res_model`, `res_id`, `assignment_id`,
            `agency_id`.
        :return: {notice id: urge id}.
        """
        told = [(notice, lines) for notice, lines in told if lines]
        if not told:
            return {}
        lines_model = self.env["task.urge.line"]
        now = fields.Datetime.now()
        days = {
            company: company._task_today()
            for company in {notice.company_id for notice, _lines in told}
        }
        log = {
            "create_uid": SUPERUSER_ID,
            "write_uid": SUPERUSER_ID,
            "create_date": now,
            "write_date": now,
        }
        heads = [
            {
                "kind": "automatic",
                "state": "done",
                "company_id": notice.company_id.id,
                "day": days[notice.company_id],
                "partner_id": notice.partner_id.id,
                "notice_id": notice.id,
                "issued_at": now,
                **log,
            }
            for notice, _lines in told
        ]
        urge_of = dict(self._insert_rows(self, heads, SQL("RETURNING notice_id, id")))
        rows = []
        for (notice, lines), head in zip(told, heads, strict=True):
            of_urge = {
                "urge_id": urge_of[notice.id],
                "kind": head["kind"],
                "state": head["state"],
                "company_id": head["company_id"],
                "day": head["day"],
            }
            rows += [
                {
                    **of_urge,
                    "res_model": line["res_model"],
                    "res_id": line["res_id"],
                    "assignment_id": line.get("assignment_id"),
                    "agency_id": line.get("agency_id"),
                    "anchor_on": line["anchor"],
                    "marker": line["marker"],
                }
                for line in lines
            ]
        self._insert_rows(
            lines_model,
            rows,
            SQL("ON CONFLICT (marker) WHERE marker IS NOT NULL DO NOTHING"),
        )
        self.invalidate_model()
        lines_model.invalidate_model()
        return urge_of

    @api.model
    def _insert_rows(self, model, rows, ending):
        """Insert rows of an urging or of its lines (`insert_rows`)."""
        return insert_rows(model, rows, ending)

    @api.model
    def _tell_at_once(self, wanted):
        """Queue one mail for each of `wanted` that was not told yet, and keep it as
        urging, in one transaction.

        :param wanted: list of dicts of what `task.notice._queue` takes, and of `anchor`
            (date); if need be `record` (what it is about), `agency` (res.partner).
        :return: the new notices, in sudo.
        """
        wanted = {one["marker"]: one for one in wanted}
        missing = self.env["task.notice"]._unqueued(list(wanted))
        notices = self.env["task.notice"]._queue([wanted[one] for one in missing])
        about = self.env["task.digest"].sudo()._about
        told = []
        for notice in notices:
            one = wanted[notice.marker]
            record = one["record"].sudo()
            told.append(
                (
                    notice,
                    [
                        {
                            "marker": notice.marker,
                            "anchor": one["anchor"],
                            "res_model": record._name,
                            "res_id": record.id,
                            "assignment_id": about(record)["assignment"].id or None,
                            "agency_id": one["agency"].id or None
                            if one.get("agency")
                            else None,
                        }
                    ],
                )
            )
        self.sudo()._insert_automatic(told)
        notices._show_in_inbox({marker: one["body"] for marker, one in wanted.items()})
        return notices

    def _replaced_by(self, urge_id, line_ids):
        """A later digest took the place of these, which did not leave: it has the
        lines it tells; of the others nobody was told, and may be again."""
        if line_ids:
            self.env.cr.execute(
                SQL(
                    "UPDATE task_urge_line line SET urge_id = urge.id, day = urge.day,"
                    " company_id = urge.company_id, state = urge.state"
                    " FROM task_urge urge"
                    " WHERE urge.id = %s AND line.id IN %s AND line.urge_id IN %s",
                    urge_id,
                    tuple(line_ids),
                    self._ids,
                )
            )
        self.env.cr.execute(
            SQL(
                "UPDATE task_urge_line SET marker = NULL, state = 'cancelled'"
                " WHERE urge_id IN %s",
                self._ids,
            )
        )
        self.env.cr.execute(
            SQL("UPDATE task_urge SET state = 'cancelled' WHERE id IN %s", self._ids)
        )
        self.env["task.urge"].invalidate_model()
        self.env["task.urge.line"].invalidate_model()
