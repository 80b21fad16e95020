# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import models, tools
from odoo.tools import frozendict

#: Window actions offered on every record that has a chatter.
CHATTER_ACTIONS = (
    "task_tracking.action_task_start",
    "task_tracking.action_task_of_record",
)
OFFICE = "task_tracking.group_office_specialist"


class IrActionsActions(models.Model):
    _inherit = "ir.actions.actions"

    @tools.ormcache("model_name", "self.env.lang")
    def _get_bindings(self, model_name):
        """Offer the Office “Assign as task” on every record that has a chatter.

        A binding names one model; this one holds for all with a chatter, also of
        addons installed later, so it is added where bindings are read.
        """
        bindings = super()._get_bindings(model_name)
        model = self.env.get(model_name)
        if (
            model is None
            or "message_ids" not in model._fields
            or model_name.startswith("task.")
        ):
            return bindings
        extra = []
        for xmlid in CHATTER_ACTIONS:
            action = self.env.ref(xmlid, raise_if_not_found=False)
            if action:
                values = action.sudo().read(["name", "res_model"])[0]
                extra.append(
                    frozendict(values, group_ids=[OFFICE], binding_view_types="form")
                )
        return frozendict({**bindings, "action": (*bindings.get("action", ()), *extra)})
