# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import split_every

from odoo.addons.task_tracking.models.task_clock import OFFICE_GROUPS

from ..logic.evaluation import PART_BITS, PARTS
from .task_evaluation import TaskEvaluation as Evaluation

#: Rows in one piece of what is frozen.
ROWS_IN_PART = 1000


class TaskEvaluation(models.Model):
    """Publication: the lines and every record they count are frozen in the hash chain
    of the reports; what comes afterwards changes nothing of them (KH Đ12, Đ18.2)."""

    _inherit = "task.evaluation"

    _closed_fields = Evaluation._closed_fields | {
        "snapshot_id",
        "digest",
        "published_on",
        "published_by_id",
    }

    snapshot_id = fields.Many2one(
        "task.report.snapshot",
        copy=False,
        ondelete="restrict",
        groups=fields.NO_ACCESS,
    )
    digest = fields.Char(
        string="Fingerprint",
        copy=False,
        readonly=True,
        help="Of what was frozen; it is in the chain of the reports.",
    )
    published_on = fields.Date(string="Published on", copy=False, readonly=True)
    published_by_id = fields.Many2one(
        "res.users",
        string="Published by",
        copy=False,
        readonly=True,
        ondelete="restrict",
        groups=OFFICE_GROUPS,
    )
    can_publish = fields.Boolean(compute="_compute_can_publish")
    altered = fields.Char(
        compute="_compute_altered",
        help="What was changed since in the database itself, around the system.",
    )

    @api.depends_context("uid")
    @api.depends("state", "date_to")
    def _compute_can_publish(self):
        for one in self:
            one.can_publish = not one._publish_refusal()

    @api.depends("state", "digest")
    def _compute_altered(self):
        for one in self:
            one.altered = " ".join(one._altered())

    def _altered(self):
        """What is not as it was frozen, in words; usually empty."""
        self.ensure_one()
        if self.state != "published":
            return []
        snapshot = self.sudo().snapshot_id
        if not snapshot or snapshot.digest != self.digest:
            return [self.env._("What was frozen was removed or exchanged.")]
        problems = [
            problem for found in snapshot._verify().values() for problem in found
        ]
        if not problems:
            head = snapshot._head()
            told = head["evaluation"]["date_from"], head["note"]
            if told != (self.date_from.isoformat(), self.sudo().note or ""):
                problems.append(self.env._("The evaluation's own data were altered."))
        return problems

    def _publish_refusal(self):
        """Why the current user may not publish this: an exception, or None."""
        user = self.env.user
        if not (
            user._task_is_manager() or user.has_group("task_tracking.group_leader")
        ):
            return AccessError(
                self.env._("An Office manager or a leader publishes the evaluation.")
            )
        if self.state != "draft":
            return UserError(self.env._("This evaluation is published already."))
        if not self.date_to or self.date_to >= self.company_id._task_today():
            return UserError(
                self.env._("The period is not over: its figures would still change.")
            )
        return None

    def action_publish(self):
        """Freeze the evaluation and show it: to all agencies where the regulation
        publishes the ranking, else to each its own line.

        :raise AccessError: if the caller is neither an Office manager nor a leader.
        :raise UserError: before the period is over, or if it is published already.
        """
        self.check_access("read")
        self._lock()
        for one in self:
            refusal = one._publish_refusal()
            if refusal:
                raise refusal
            data = one._data()
            snapshot = self.env["task.report.snapshot"]._freeze(
                one,
                one.company_id,
                {
                    "evaluation": data,
                    "regulation": one.regulation_id.display_name,
                    "note": one.sudo().note or "",
                },
                one._frozen_parts(),
            )
            one.sudo().write(
                {
                    "state": "published",
                    "snapshot_id": snapshot.id,
                    "digest": snapshot.digest,
                    "published_on": one.company_id._task_today(),
                    "published_by_id": self.env.uid,
                }
            )
        return True

    def _frozen_parts(self):
        """Every record that is counted, as [id, agency id, parts], by its model."""
        engine = self.env["task.evaluation.engine"].with_company(self.company_id)
        for model, rows in engine._rows(self.date_from, self.counted_to):
            for some in split_every(ROWS_IN_PART, rows):
                yield model, [list(row) for row in some]

    def _data(self, agency=None):
        """What was counted: as it was frozen, once it is published."""
        snapshot = self.sudo().snapshot_id
        if not snapshot:
            return super()._data(agency)
        return snapshot._head()["evaluation"]

    def _part_ids(self, part, agencies):
        """The records behind a published figure are those it was made of."""
        snapshot = self.sudo().snapshot_id
        if not snapshot:
            return super()._part_ids(part, agencies)
        its = set(agencies.ids)
        return [
            id_
            for id_, agency_id, bits in snapshot._rows(PARTS[part])
            if agency_id in its and bits & PART_BITS[part]
        ]
