# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import models

from .task_known_views import WHOSE

#: Menu → the act the regulation must know (of agencies, or of anybody: WHOSE) for it
#: to be there.
KNOWN_BY = {
    "task_tracking.menu_task_extensions": "extension_ask",
    "task_tracking.menu_task_returns": "return",
    "task_tracking.menu_task_discrepancies": "discrepancy",
    "task_tracking.menu_task_feedback": "feedback",
    "task_tracking.menu_task_feedback_shares": "feedback",
    "task_tracking.menu_task_explanations": "explanation",
}
#: Menu → the policy and its answer without which it is not there.
KEPT_BY = {
    "task_tracking.menu_task_secret": ("secret", "register"),
    "task_tracking.menu_task_opinions": ("refer_opinions", True),
    "task_tracking.menu_task_year_end": ("no_product", "year_end_list"),
}


class IrUiMenu(models.Model):
    """What no regulation of the user's companies knows ("∅") has no menu."""

    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        companies = self.env.user.sudo().company_ids
        regulations = [company._task_regulation() for company in companies]
        unknown = [
            self.env.ref(xmlid, raise_if_not_found=False)
            for xmlid, act in KNOWN_BY.items()
            if not any(regulation._knows(act, WHOSE[act]) for regulation in regulations)
        ] + [
            self.env.ref(xmlid, raise_if_not_found=False)
            for xmlid, (key, answer) in KEPT_BY.items()
            if not any(regulation._policy(key) == answer for regulation in regulations)
        ]
        return [
            *super()._load_menus_blacklist(),
            *(menu.id for menu in unknown if menu),
        ]
