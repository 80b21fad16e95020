# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models

ADDON = "task_inspection"


class BaseModuleUninstall(models.TransientModel):
    """Uninstalling this addon deletes its inspections: that is said first, and their
    dossiers are offered."""

    _inherit = "base.module.uninstall"

    inspection_count = fields.Integer(compute="_compute_inspection_counts")
    open_inspection_count = fields.Integer(compute="_compute_inspection_counts")

    @api.depends("module_ids")
    def _compute_inspection_counts(self):
        for wizard in self:
            found = wizard._inspections_with_dossier()
            wizard.inspection_count = len(found)
            wizard.open_inspection_count = len(
                found.filtered(lambda one: one.state != "closed")
            )

    def _inspections_with_dossier(self):
        """The inspections whose dossier would be lost, in sudo: every one that was
        begun, also where nobody closed its dossier yet."""
        inspections = self.env["task.inspection"].sudo()
        if ADDON not in self._get_modules().mapped("name"):
            return inspections
        return inspections.search([("issued_on", "!=", False)], order="issued_on, id")

    def _may_take_dossiers(self):
        """Whether the caller may have the dossiers: who opened this form and may
        uninstall. Such a user may delete them all and take the database's backup;
        nobody else gets them here."""
        self.ensure_one()
        return self.create_uid == self.env.user and self.env.user.has_group(
            "base.group_system"
        )

    def action_download_dossiers(self):
        """Download one ZIP of all dossiers."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/task/inspection/uninstall/{self.id}/dossiers.zip",
            "target": "self",
        }
