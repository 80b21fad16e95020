# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import fields, models


class TaskAssignment(models.Model):
    """Who carries an assignment, as a dated fact (DOMAIN.md section 3, BG Đ24).

    `agency_id` is who carries it now, by which rights and acts go; who carried it
    before is in the ledger (`succeeded`) and, for SQL, in `task.assignment.tenure`.
    """

    _inherit = "task.assignment"

    def _carriers(self):
        """Every agency that carries or ever carried one of the assignments."""
        return self.agency_id | self.tenure_ids.agency_id

    def _agency_on(self, day):
        """The agency that carries this assignment at the end of `day`."""
        self.ensure_one()
        later = self.tenure_ids.filtered(lambda tenure: tenure.day_to > day)
        return later[:1].agency_id or self.agency_id

    def _tenure_vals(self, told):
        """The columns that the life `told` gives, if a succession is in it."""
        if told.agency is None:
            return {}
        before = told.tenures[-1] if told.tenures else None
        moved = told.agency != self.agency_id.id
        return {
            **({"agency_id": told.agency} if moved else {}),
            "predecessor_id": before.agency if before else False,
            "agency_since": before.day_to if before else False,
        }

    def _make_tenures(self, lives):
        """Keep who carried the assignments before; lives are given in order."""
        passed_on = [
            (one, told)
            for one, told in zip(self, lives, strict=True)
            if told.agency is not None
        ]
        if not passed_on:
            return
        tenures = self.env["task.assignment.tenure"].sudo()
        tenures.search(
            [("assignment_id", "in", [one.id for one, _told in passed_on])]
        ).unlink()
        tenures.create(
            [
                {
                    "assignment_id": one.id,
                    "agency_id": tenure.agency,
                    "day_to": tenure.day_to,
                }
                for one, told in passed_on
                for tenure in told.tenures
            ]
        )


class TaskAssignmentTenure(models.Model):
    """An agency that carried an assignment up to a day: the ledger, indexed.

    Rebuilt from the facts whenever one is added and never edited. The agency on day
    t is that of the first row with day_to > t, else the assignment's own: where
    nothing was ever taken over there is no row.
    """

    _name = "task.assignment.tenure"
    _description = "Agency that carried an assignment before"
    _order = "assignment_id, day_to, id"

    assignment_id = fields.Many2one(
        "task.assignment", required=True, ondelete="cascade", index=True
    )
    agency_id = fields.Many2one(
        "res.partner", required=True, ondelete="restrict", index=True
    )
    day_to = fields.Date(
        required=True, index=True, help="The first day it carried it no longer."
    )
