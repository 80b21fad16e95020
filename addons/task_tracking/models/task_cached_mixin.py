# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, models


class TaskCachedMixin(models.AbstractModel):
    """Settings that cached answers are made from (calendar, policies, limits).

    Whatever changes drops the cached answers, in every worker.
    """

    _name = "task.cached.mixin"
    _description = "Settings behind cached answers"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env.registry.clear_cache()
        return records

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result
