# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import UserError


class TaskOrder(models.TransientModel):
    """An act on assignments that needs a reason: the form before the act.

    Thin: the acts of `task.assignment` check the right and do the work.
    """

    _name = "task.order"
    _description = "Act on assignments"

    act = fields.Selection(
        [
            ("withdraw", "Withdraw"),
            ("reassign", "Reassign"),
            ("change_deadline", "Change the deadline"),
            ("set_first_deadline", "Set the first deadline"),
            ("correct", "Correct an entry"),
        ],
        required=True,
    )
    assignment_ids = fields.Many2many("task.assignment")
    task_id = fields.Many2one(
        "task.task", help="A task outside the register gets its first deadline."
    )
    reason = fields.Text(required=True)
    reference = fields.Char(string="Document", help="Number and date of the paper.")
    deadline = fields.Date(string="New deadline")
    agency_ids = fields.Many2many(
        "res.partner", string="Agencies", domain=[("is_agency", "=", True)]
    )
    fact_id = fields.Many2one(
        "task.fact",
        string="Entry to correct",
        domain="[('assignment_id', 'in', assignment_ids),"
        " ('kind', '!=', 'correction')]",
    )
    fact_kind = fields.Selection(related="fact_id.kind")
    new_day = fields.Date(string="Right day")
    stated_day = fields.Date(string="Right completion day")

    @api.constrains("assignment_ids", "task_id", "fact_id")
    def _check_readable(self):
        """Naming a record here shows its name: only those the user reads."""
        for records in (self.assignment_ids, self.task_id, self.fact_id):
            records.sudo(False).check_access("read")

    def action_apply(self):
        """Do the act; its own checks and messages hold."""
        self.ensure_one()
        assignments = self.assignment_ids
        if self.act == "withdraw":
            assignments.withdraw(self.reason, reference=self.reference)
        elif self.act == "reassign":
            assignments.reassign(self.agency_ids, self.reason)
        elif self.act == "change_deadline":
            assignments.change_deadline(
                self.deadline, self.reason, reference=self.reference
            )
        elif self.act == "set_first_deadline" and self.task_id:
            self.task_id.action_set_first_deadline(self.deadline)
        elif self.act == "set_first_deadline":
            assignments.set_first_deadline(
                self.deadline, self.reason, reference=self.reference
            )
        elif not self.fact_id or len(assignments) != 1:
            raise UserError(self.env._("Choose the entry to correct."))
        else:
            assignments.correct(
                self.fact_id,
                self.reason,
                new_day=self.new_day,
                deadline=self.deadline,
                stated_day=self.stated_day,
            )
        return {"type": "ir.actions.act_window_close"}
