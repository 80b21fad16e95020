# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

#: What may still be missing when a notice is given with the conclusion.
COMPLETED = frozenset(
    ("number", "signer_title", "signer_name", "place", "attachment_ids")
)


class TaskInspectionPaper(models.Model):
    """The conclusion, and the notice of it to each inspected agency."""

    _inherit = "task.inspection.paper"

    can_complete = fields.Boolean(compute="_compute_can_complete")

    @api.depends_context("uid")
    @api.depends("state", "kind", "attachment_ids", "inspection_id.state", *COMPLETED)
    def _compute_can_complete(self):
        for paper in self:
            paper.can_complete = not paper._complete_refusal()

    def _complete_refusal(self):
        """Why the caller does not add what an issued notice still lacks, or None.

        The text wants the notice given together with the conclusion (BG, KT Đ16.2; QT
        Đ18.2; KH Đ17.2); its number and signed file may come after it. What it says is
        fixed.
        """
        if self.kind != "notice" or self.state != "issued" or not self._incomplete():
            return UserError(self.env._("A paper that was issued is not changed."))
        inspection = self.inspection_id
        if inspection.state == "closed":
            return UserError(self.env._("The dossier is closed: it is kept as it is."))
        if self.env.su or inspection._is_steward() or inspection._is_on_team("leader"):
            return None
        return AccessError(
            self.env._("Who prepares the inspection, or leads its team, completes it.")
        )

    def _incomplete(self):
        """The names of what may still be added."""
        return {name for name in COMPLETED if not self.sudo()[name]}

    def write(self, vals):
        """What an issued notice lacks is added once; nothing given is changed."""
        issued = self.filtered(
            lambda one: one.kind == "notice" and one.state != "draft"
        )
        if self.env.su or not vals or issued != self or not set(vals) <= COMPLETED:
            return super().write(vals)
        for paper in self:
            if refusal := paper._complete_refusal():
                raise refusal
            if given := set(vals) - paper._incomplete():
                labels = self.fields_get(given, ["string"])
                raise UserError(
                    self.env._(
                        "%(what)s of the notice is given already and stays.",
                        what=", ".join(one["string"] for one in labels.values()),
                    )
                )
        # checked here: the mixin asks who changes a draft
        return super(TaskInspectionPaper, self.sudo()).write(vals)

    @api.model
    def _scope_domain(self):
        """Bodies that manage the sector read the conclusion they were given."""
        inspections = self.env["task.inspection"]
        given = Domain("kind", "=", "conclusion") & Domain("state", "=", "issued")
        return super()._scope_domain() | (
            given & self._through_inspection(inspections._sector_domain())
        )

    def action_complete(self):
        """Open the form that adds what an issued notice still lacks."""
        self.ensure_one()
        return (
            self.env["task.inspection.act"]
            .with_context(act="complete")
            ._action_ask(paper_id=self.id)
        )
