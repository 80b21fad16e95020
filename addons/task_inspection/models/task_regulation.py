# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.tools import ormcache

from odoo.addons.task_tracking.logic import limits


class TaskRegulation(models.Model):
    _inherit = "task.regulation"

    prescription_ids = fields.One2many(
        "task.inspection.prescription",
        "regulation_id",
        string="Prescriptions on inspections",
        copy=True,
    )
    knows_inspection = fields.Boolean(compute="_compute_knows_inspection")

    @api.depends("rule_ids.act", "rule_ids.stated")
    def _compute_knows_inspection(self):
        for regulation in self:
            # as `_knows` says, also of a regulation that is only being entered
            regulation.knows_inspection = any(
                rule.act == "inspection_conclusion" and rule.stated != limits.ABSENT
                for rule in regulation.rule_ids
            )

    # -- what code asks ----------------------------------------------------------------
    def _prescriptions(self, topic, inspector=None):
        """What the text prescribes under `topic` (a key of logic.prescriptions.TOPICS),
        in the text's order; empty where it prescribes nothing, or `self` is empty.

        :param inspector: what holds if this one inspects (a code of INSPECTORS), the
            lines for whoever inspects among them; None: every line of the topic.
        """
        lines = self._prescription_values() if self else ()
        return self.env["task.inspection.prescription"].browse(
            id_
            for id_, of_topic, _code, whose in lines
            if of_topic == topic
            and (inspector is None or not whose or whose == inspector)
        )

    def _prescribes(self, topic, code, inspector=None):
        """Whether the text prescribes `code` under `topic`; see `_prescriptions`."""
        lines = self._prescription_values() if self else ()
        return any(
            (of_topic, known) == (topic, code)
            and (inspector is None or not whose or whose == inspector)
            for _id, of_topic, known, whose in lines
        )

    @ormcache("self.id")
    def _prescription_values(self):
        """((id, topic, code, inspector), …) of the text, in its order."""
        # searched, since the order by sequence is the text's
        lines = (
            self.env["task.inspection.prescription"]
            .sudo()
            .search([("regulation_id", "=", self.id)], order="sequence, id")
        )
        return tuple((line.id, line.topic, line.code, line.inspector) for line in lines)

    @api.model
    def _inherit_prescriptions(self):
        """Give versions without any prescription those of the version they replace.

        For the installation: versions the administrator made before were copied when
        there was nothing of this to copy.
        """
        versions = self.with_context(active_test=False)
        without = versions.search(
            [("prescription_ids", "=", False), ("replaces_id", "!=", False)]
        )
        # the earlier first, since the later ones copy from them
        for version in without.sorted("effective_on"):
            for line in version.replaces_id.prescription_ids:
                line.copy({"regulation_id": version.id})
