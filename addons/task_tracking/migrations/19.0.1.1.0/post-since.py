# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Limits that begin by themselves are followed from the day of the update on: what
    ended before is nobody's fault here."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    companies = env["res.company"].with_context(active_test=False)
    companies.search([("regulation_id", "!=", False)])._note_task_since()
