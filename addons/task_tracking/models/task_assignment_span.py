# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import fields, models


class TaskAssignmentSpan(models.Model):
    """A run of days at whose end an open assignment is alike: the ledger, indexed.

    Rebuilt from the facts whenever one is added and never edited. Open on t ⇔ a span
    has day_from ≤ t < day_to; overdue on t ⇔ its overdue_from ≤ t.
    """

    _name = "task.assignment.span"
    _description = "Days of an open assignment"
    _order = "assignment_id, day_from"

    assignment_id = fields.Many2one(
        "task.assignment", required=True, ondelete="cascade", index=True
    )
    day_from = fields.Date(required=True)
    day_to = fields.Date(help="The first day after the span; empty: still open.")
    deadline = fields.Date()
    due_on = fields.Date(help="The effective day of the deadline.")
    overdue_from = fields.Date()
    is_extended = fields.Boolean()
    is_waiting = fields.Boolean()
    is_returned = fields.Boolean()

    _days_idx = models.Index("(day_from, day_to)")
