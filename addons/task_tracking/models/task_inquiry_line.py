# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import fields, models
from odoo.exceptions import AccessError

from .task_assignment import STATES
from .task_inquiry import MISSING
from .task_inquiry_answer import AGENCY


class TaskInquiryLine(models.Model):
    """What an agency answers on one task."""

    _name = "task.inquiry.line"
    _description = "Answer on a task"
    _inherit = ["task.closed.mixin"]
    _order = "answer_id, id"
    _rec_name = "assignment_id"
    _closed_fields = frozenset(
        (
            "assignment_id",
            "text",
            "progress_id",
            "told_state",
            "told_deadline",
            "told_overdue",
        )
    )

    answer_id = fields.Many2one(
        "task.inquiry.answer", required=True, index=True, ondelete="cascade"
    )
    assignment_id = fields.Many2one(
        "task.assignment", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="answer_id.company_id", store=True)
    agency_id = fields.Many2one(related="answer_id.agency_id", store=True)
    answer_state = fields.Selection(related="answer_id.state", string="State")
    content = fields.Text(related="assignment_id.content", string="Task content")
    document_id = fields.Many2one(related="assignment_id.document_id")
    deadline = fields.Date(related="assignment_id.deadline")
    state = fields.Selection(
        related="assignment_id.state", string="State of the task now"
    )
    told_state = fields.Selection(STATES, string="State as answered")
    told_deadline = fields.Date(string="Deadline as answered")
    told_overdue = fields.Boolean(string="Overdue as answered")
    draft_text = fields.Text(string="How it stands", groups=AGENCY)
    text = fields.Text(string="How it stood")
    progress_id = fields.Many2one(
        "task.progress", ondelete="set null", index="btree_not_null"
    )

    def write(self, vals):
        """The agency writes its words, until they are sent, and nothing else."""
        if not self.env.su:
            if set(vals) - {"draft_text"}:
                raise AccessError(self.env._("This is not yours to write."))
            for answer in self.answer_id:
                refusal = answer._edit_refusal()
                if refusal:
                    raise refusal
        return super().write(vals)

    def _send(self, words):
        """Keep the words, and how the task stands now; in sudo."""
        now = self.assignment_id
        self.write(
            {
                "text": words,
                "told_state": now.state,
                "told_deadline": now.deadline,
                "told_overdue": now.is_overdue,
            }
        )

    def _enter_progress(self):
        """Enter what is new as progress on the tasks that still take entries, as the
        user."""
        latest = self.assignment_id._latest_words()
        for line in self:
            words = (line.sudo().draft_text or "").strip()
            task = line.assignment_id
            if not words or words == (latest.get(task.id) or "").strip():
                continue
            if not task._refusal("report"):
                entry = {"assignment_id": task.id, "text": words}
                line.sudo().progress_id = self.env["task.progress"].create(entry)


class TaskSuccession(models.Model):
    """Who takes the place of an agency that was asked answers."""

    _inherit = "task.succession"

    def _pass_missing_tasks(self):
        result = super()._pass_missing_tasks()
        waiting = (
            self.env["task.inquiry.answer"]
            .sudo()
            .search(
                [
                    ("company_id", "=", self.company_id.id),
                    ("agency_id", "in", self.predecessor_ids.ids),
                    ("state", "in", MISSING),
                ]
            )
        )
        for one in waiting:
            one.asked_as_id = one.asked_as_id or one.agency_id
            one.agency_id = self.successor_id
        return result
