# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.fields import Domain

#: Field → what of the frozen sheet it was printed as.
PRINTED = {
    "addressee": "addressee",
    "causes": "causes",
    "difficulties": "difficulties",
    "reference": "number",
    "signer_title": "signer_title",
    "signer_name": "signer_name",
}
#: Of what is frozen with a report, what may be called otherwise later.
LIVE_KEYS = frozenset(("period", "submitted_by", "sources", "due_on"))


class TaskReport(models.Model):
    """Is a report still what was frozen of it?"""

    _inherit = "task.report"

    altered = fields.Char(
        string="Altered since it was frozen", compute="_compute_altered"
    )

    @api.depends("state", "digest")
    def _compute_altered(self):
        for report in self:
            report.altered = " ".join(report._altered())

    def _altered(self):
        """What of a frozen report is not as it was frozen, in words; usually empty."""
        self.ensure_one()
        report = self.sudo()
        snapshot = report.snapshot_id
        # a report has one link of the chain once it was sent, none before
        strange = (
            snapshot.search(
                Domain("res_model", "=", self._name) & Domain("res_id", "=", self.id)
            )
            - snapshot
        )
        if strange and len(strange._verify()) < len(strange):
            return [self.env._("What was frozen was removed or exchanged.")]
        if self.state != "submitted" and not (snapshot or self.digest):
            return []
        if not snapshot or snapshot.digest != report.digest:
            return [self.env._("What was frozen was removed or exchanged.")]
        problems = [
            problem for found in snapshot._verify().values() for problem in found
        ]
        if not problems and not report._agrees(snapshot._head()):
            problems.append(self.env._("The report's own data were altered."))
        return problems

    def _agrees(self, head):
        """Whether the record still says what was frozen of it."""
        told, sheet = head["report"], head["sheet"]
        mine = self._report_data()
        told = {key: value for key, value in told.items() if key not in LIVE_KEYS}
        if any(mine[key] != value for key, value in told.items()):
            return False
        return self.state == "submitted" and all(
            (self[name] or "") == sheet[printed] for name, printed in PRINTED.items()
        )
