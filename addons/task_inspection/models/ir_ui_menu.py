# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import models


class IrUiMenu(models.Model):
    """Where no regulation of the user's companies knows inspections there is no menu
    for them ("∅", Cà Mau)."""

    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        hidden = super()._load_menus_blacklist()
        companies = self.env.user.sudo().company_ids
        menu = self.env.ref(
            "task_inspection.menu_task_inspection", raise_if_not_found=False
        )
        if menu and not any(
            company._task_regulation().sudo()._knows("inspection_conclusion")
            for company in companies
        ):
            # what stands below a menu that is gone goes with it
            hidden = [*hidden, menu.id]
        return hidden
