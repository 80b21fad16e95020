# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models


class TaskAssignment(models.Model):
    """How an assignment stands, in the regulation's own words (policies `word_…`)."""

    _inherit = "task.assignment"

    status_word = fields.Char(
        string="Status by the regulation",
        compute="_compute_status_word",
        help="How it stands today, in the words of the regulation.",
    )

    @api.depends_context("lang", "company", "uid")
    @api.depends("state", "is_late", "overdue_from", "regulation_id")
    def _compute_status_word(self):
        states = dict(self._fields["state"]._description_selection(self.env))
        for one in self:
            key = one._status_key()
            regulation = one.regulation_id.sudo()
            one.status_word = regulation._policy(key) if key else states[one.state]

    def _status_key(self):
        """The policy that names how it stands today; None once it was withdrawn.

        "Not begun" is what the agency has not even received: who reports or hands in
        has received. A support is never late, so never overdue (DOMAIN.md section 3).
        """
        self.ensure_one()
        if self.state == "withdrawn":
            return None
        if self.state == "done":
            late = self.is_late and self.role == "lead"
            return "word_done_late" if late else "word_done"
        if self.is_overdue:
            return "word_overdue"
        return "word_not_started" if self.state == "released" else "word_doing"
