# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import models
from odoo.fields import Domain

from .task_inspection_gather import Source

#: What the papers are called in the dossier: a legal form, in Vietnamese.
URGE_WORDS = {
    "letter": "Văn bản đôn đốc",
    "call": "Tài liệu trao đổi qua điện thoại",
    "meeting": "Biên bản, tài liệu làm việc",
}


class TaskInspection(models.Model):
    """What was written to urge the inspected agencies, in the dossier (“Văn bản theo
    dõi, đôn đốc”): issued letters, and the papers of meetings and calls where there
    are any. Automatic reminders are no papers."""

    _inherit = "task.inspection"

    def _urges(self):
        """The letters, meetings and calls about assignments in scope, in sudo.

        The dossier's reader is given the whole letter. Of an agency that inspects
        others within its fields of management, or without the Office's team, only
        letters are taken that are about nothing outside the scope.
        """
        self.ensure_one()
        inspected = self._assignment_domain() & Domain("assigned_on", "!=", False)
        lines = self.env["task.urge.line"].sudo()
        kept = (
            Domain("state", "=", "done")
            & Domain("kind", "in", list(URGE_WORDS))
            & Domain("is_left_out", "=", False)
        )
        if self.scope_from:
            kept &= Domain("day", ">=", self.scope_from)
        last = min(filter(None, (self.scope_to, self.ended_on)), default=None)
        if last:
            kept &= Domain("day", "<=", last)
        within = lines.search(kept & Domain("assignment_id", "any", inspected))
        urges = within.urge_id
        if self.inspector != "office":
            urges = urges.filtered(lambda urge: urge._kept_lines() <= within)
        return urges.filtered(
            lambda urge: urge.kind == "letter" or urge.attachment_ids
        ).sorted(lambda urge: (urge.day, urge.id))

    def _dossier_urges(self):
        for urge in self._urges():
            words = filter(None, (URGE_WORDS[urge.kind], urge.number, urge.told_to))
            yield Source(
                "urging",
                urge,
                " ".join(words),
                urge.attachment_ids or urge.pdf_id,
                number=urge.number,
                dated_on=urge.day,
            )
