# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import SUPERUSER_ID, api

BATCH = 1000


def migrate(cr, version):
    """What the regulation wants confirmed is kept on the assignment from now on, and
    the columns derived from the ledger are derived again."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    assignments = env["task.assignment"].search([], order="id")
    for regulation, ones in assignments.grouped("regulation_id").items():
        if regulation._policy("confirmation_required"):
            ones.needs_confirmation = True
    for start in range(0, len(assignments), BATCH):
        assignments[start : start + BATCH]._derive()
        env.flush_all()
        env.invalidate_all()
