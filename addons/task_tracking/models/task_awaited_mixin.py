# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, models
from odoo.fields import Domain


class TaskAwaitedMixin(models.AbstractModel):
    """Records that wait for somebody's answer, of which the digest tells that person.

    Only what the ladder of kind "decision" says is told, from the day it began to wait
    (`_awaited_since`).
    """

    _name = "task.awaited.mixin"
    _description = "Waits for an answer"

    #: The Date field that holds the day since when it waits.
    _awaited_since = "submitted_on"

    @api.model
    def _awaited_domain(self, company):
        """The records that wait in `company`, a Domain: override."""
        return Domain.FALSE

    def _awaited_by(self):
        """Record → the users (res.users) whose answer it waits for: override.

        Asked for many records at once: no query for each.
        """
        return {}
