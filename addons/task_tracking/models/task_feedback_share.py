# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models

from .task_feedback import OFFICE


class TaskFeedbackShare(models.Model):
    """What a reported agency reads of a feedback on it: which of its tasks, what the
    Office tells it, and how it ended (BG, KH Đ18.5).

    A record of its own, made by the Office's act, so that nothing of the feedback (its
    writer, files, messages, wording) leads to who reported. Who that was stands here
    only under the policy `feedback_names_reporter`.
    """

    _name = "task.feedback.share"
    _description = "Feedback on an agency"
    _inherit = ["task.thread.mixin", "task.told.mixin", "task.mine.mixin"]
    _mail_post_access = "read"
    _order = "id desc"
    _rec_names_search = ["text", "agency_id.name"]

    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="restrict"
    )
    feedback_id = fields.Many2one(
        "task.feedback",
        index=True,
        required=True,
        ondelete="restrict",
        groups=OFFICE,
    )
    agency_id = fields.Many2one(
        "res.partner",
        string="Agency reported",
        required=True,
        index=True,
        ondelete="restrict",
    )
    reporter_id = fields.Many2one(
        "res.partner",
        string="Feedback from",
        ondelete="restrict",
        help="Only where the regulation lets the reported agency know.",
    )
    assignment_ids = fields.Many2many("task.assignment", string="Tasks it is about")
    text = fields.Text(string="What was reported", required=True)
    outcome = fields.Selection(
        [
            ("urged", "Urged by a letter"),
            ("directed", "Leader's direction"),
            ("unfounded", "Unfounded"),
        ],
        required=True,
    )
    result = fields.Text(string="How it ended")
    day = fields.Date(string="Answered on")

    @api.depends("agency_id", "outcome")
    @api.depends_context("lang")
    def _compute_display_name(self):
        outcomes = dict(self._fields["outcome"]._description_selection(self.env))
        for one in self:
            one.display_name = self.env._(
                "Feedback on %(agency)s: %(outcome)s",
                agency=one.agency_id.name,
                outcome=outcomes.get(one.outcome, ""),
            )

    def _told_words(self):
        return "\n".join(filter(None, (self.text, self.result)))


class TaskSuccession(models.Model):
    """What waits in the name of an agency that ended goes on in its successor's."""

    _inherit = "task.succession"

    def _pass_missing_tasks(self):
        result = super()._pass_missing_tasks()
        here = [
            ("company_id", "=", self.company_id.id),
            ("agency_id", "in", self.predecessor_ids.ids),
        ]
        heir = {"agency_id": self.successor_id.id}
        # answered ones as well: the successor reads what its predecessor was told
        self.env["task.feedback"].sudo().search(here).write(heir)
        self.env["task.feedback.share"].sudo().search(here).write(heir)
        return result
