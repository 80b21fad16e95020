# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import models


class IrUiMenu(models.Model):
    """Where no regulation of the user's companies evaluates agencies there is no menu
    for it ("∅", Cà Mau)."""

    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        hidden = super()._load_menus_blacklist()
        companies = self.env.user.sudo().company_ids
        menu = self.env.ref(
            "task_reports.menu_task_evaluation", raise_if_not_found=False
        )
        if menu and not any(
            company._task_regulation().sudo()._evaluates() for company in companies
        ):
            hidden = [*hidden, menu.id]
        return hidden
