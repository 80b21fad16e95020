# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import models


class IrUiMenu(models.Model):
    """Where no regulation of the user's companies knows inspections there is no menu
    for them ("∅", Cà Mau); nor for the summary where none prescribes it."""

    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        hidden = super()._load_menus_blacklist()
        regulations = [
            company._task_regulation().sudo()
            for company in self.env.user.sudo().company_ids
        ]
        known = {
            "menu_task_inspection": any(
                one._knows("inspection_conclusion") for one in regulations
            ),
            "menu_task_inspection_summary": any(
                one._prescribes("summary", "monthly_meeting") for one in regulations
            ),
        }
        for name, is_known in known.items():
            menu = self.env.ref(f"task_inspection.{name}", raise_if_not_found=False)
            if menu and not is_known:
                # what stands below a menu that is gone goes with it
                hidden = [*hidden, menu.id]
        return hidden
