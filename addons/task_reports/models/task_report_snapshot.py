# SPDX-License-Identifier: LGPL-3.0-or-later
import json

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.task_tracking.logic.digests import canonical, digest

from ..logic import chain

#: Rows read at once where a snapshot is looked through.
PARTS_AT_ONCE = 10


class TaskReportSnapshot(models.Model):
    """What was reported, frozen: texts in a hash chain, one chain per company.

    Made by `_freeze` alone, never changed by anybody. `_verify` tells what was
    changed around the system, in the database itself.
    """

    _name = "task.report.snapshot"
    _description = "Frozen report"
    _order = "company_id, sequence"
    _rec_name = "digest"

    company_id = fields.Many2one(
        "res.company", required=True, ondelete="restrict", index=True
    )
    sequence = fields.Integer(required=True, help="Its place in the chain, from 1.")
    res_model = fields.Char(string="Kind of record", required=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", required=True, index=True
    )
    head = fields.Text(required=True, help="Everything but the list, as JSON.")
    part_ids = fields.One2many("task.report.snapshot.part", "snapshot_id")
    previous_digest = fields.Char(required=True)
    digest = fields.Char(required=True, index=True)

    _sequence_uniq = models.Constraint(
        "UNIQUE (company_id, sequence)", "The chain has this link already."
    )

    # Refusing is the whole point of these overrides.
    # pylint: disable-next=method-required-super
    def write(self, vals):
        raise UserError(self.env._("What was frozen is never changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What was frozen is never deleted."))

    # -- making one ------------------------------------------------------------
    @api.model
    def _freeze(self, record, company, head, parts):
        """Freeze what `record` reports as the next link of the company's chain.

        :param head: JSON-able data.
        :param parts: iterable of (code, list of JSON-able rows), in print order.
        :return: the snapshot, in sudo.
        """
        # one link after another, whoever is at work: who comes second waits, and is
        # begun anew by the server, since a link was added that it does not see yet
        self.env.cr.execute(
            SQL(
                "UPDATE res_company SET write_date = write_date WHERE id = %s",
                company.id,
            )
        )
        sudo = self.sudo()
        last = sudo.search(
            [("company_id", "=", company.id)], order="sequence desc", limit=1
        )
        texts = [(code, canonical(rows)) for code, rows in parts]
        head = canonical(head)
        vals = {
            "company_id": company.id,
            "sequence": last.sequence + 1,
            "res_model": record._name,
            "res_id": record.id,
            "head": head,
            "previous_digest": last.digest or chain.GENESIS,
        }
        digests = [digest(text) for _code, text in texts]
        vals["digest"] = chain.link(
            vals["previous_digest"], self._owner(vals), head, digests
        )
        snapshot = sudo.create(vals)
        self.env["task.report.snapshot.part"].sudo().create(
            [
                {
                    "snapshot_id": snapshot.id,
                    "sequence": number,
                    "code": code,
                    "content": text,
                    "digest": digest,
                }
                for number, ((code, text), digest) in enumerate(
                    zip(texts, digests, strict=True), 1
                )
            ]
        )
        return snapshot

    @api.model
    def _owner(self, vals):
        names = ("company_id", "sequence", "res_model", "res_id")
        return [vals[name] for name in names]

    # -- reading one -----------------------------------------------------------
    def _head(self):
        """Return the head as data."""
        self.ensure_one()
        return json.loads(self.sudo().head)

    def _rows(self, code=None):
        """Yield the rows as data, in print order, few in memory at a time.

        :param code: only the rows of the parts with this code.
        """
        self.ensure_one()
        parts = self.env["task.report.snapshot.part"].sudo()
        domain = Domain("snapshot_id", "=", self.id)
        if code:
            domain &= Domain("code", "=", code)
        for start in range(0, parts.search_count(domain), PARTS_AT_ONCE):
            batch = parts.search(domain, offset=start, limit=PARTS_AT_ONCE)
            for part in batch:
                yield from json.loads(part.content)
            batch.invalidate_recordset(["content"])

    # -- checking it -----------------------------------------------------------
    def _verify(self):
        """Return {snapshot: [what is wrong, in words]} of those altered in `self`.

        Each is checked by itself and against the link before it; an empty dict means
        that all stand as they were frozen.
        """
        found = {}
        # not what this transaction remembers: what stands in the database
        self.env.flush_all()
        self.invalidate_recordset()
        for snapshot in self.sudo():
            if problems := snapshot._problems():
                found[snapshot.sudo(self.env.su)] = problems
        return found

    def _problems(self):
        problems, digests = [], []
        parts = self.env["task.report.snapshot.part"]
        for part in parts.search([("snapshot_id", "=", self.id)], order="sequence"):
            part.invalidate_recordset()
            digests.append(digest(part.content))
            if digests[-1] != part.digest:
                problems.append(self.env._("The list was altered."))
        owner = self._owner(
            {
                "company_id": self.company_id.id,
                "sequence": self.sequence,
                "res_model": self.res_model,
                "res_id": self.res_id,
            }
        )
        made = chain.link(self.previous_digest, owner, self.head, digests)
        if made != self.digest and not problems:
            problems.append(self.env._("The figures or texts were altered."))
        before = self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("sequence", "=", self.sequence - 1),
            ]
        )
        if self.previous_digest != (before.digest or chain.GENESIS) or (
            self.sequence > 1 and not before
        ):
            problems.append(self.env._("The link before it was altered or removed."))
        return list(dict.fromkeys(problems))


class TaskReportSnapshotPart(models.Model):
    """A piece of the list of a frozen report: rows as JSON."""

    _name = "task.report.snapshot.part"
    _description = "Part of a frozen report"
    _order = "snapshot_id, sequence"

    snapshot_id = fields.Many2one(
        "task.report.snapshot", required=True, ondelete="restrict", index=True
    )
    sequence = fields.Integer(required=True)
    code = fields.Char(required=True, help="The group of the list its rows are in.")
    content = fields.Text(required=True)
    digest = fields.Char(required=True)

    # pylint: disable-next=method-required-super
    def write(self, vals):
        raise UserError(self.env._("What was frozen is never changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What was frozen is never deleted."))
