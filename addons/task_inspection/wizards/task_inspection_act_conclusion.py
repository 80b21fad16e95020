# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command, api, fields, models


class TaskInspectionAct(models.TransientModel):
    """The acts about the conclusion and what follows it."""

    _inherit = "task.inspection.act"

    act = fields.Selection(
        selection_add=[
            ("correct_end", "Correct the day of the end"),
            ("done", "Mark as done"),
            ("complete", "Complete the notice"),
            ("enter_report", "Enter a report received on paper"),
        ],
        ondelete={
            "correct_end": "cascade",
            "done": "cascade",
            "complete": "cascade",
            "enter_report": "cascade",
        },
    )
    subject_id = fields.Many2one("task.inspection.subject")
    dated_on = fields.Date(string="Dated")
    recommendation_ids = fields.Many2many(
        "task.inspection.recommendation", "task_inspection_act_recommendation_rel"
    )
    number = fields.Char(help="Number and notation, for example 123/TB-VP.")
    signer_title = fields.Char(help="Authority and position, for example CHỦ TỊCH.")
    signer_name = fields.Char()
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "task_inspection_act_attachment_rel",
        string="Signed files",
        bypass_search_access=True,
    )

    @api.constrains("recommendation_ids")
    def _check_recommendations_readable(self):
        self.sudo(False).recommendation_ids.check_access("read")

    @api.constrains("subject_id")
    def _check_subject_readable(self):
        self.sudo(False).subject_id.check_access("read")

    def action_apply(self):
        self.ensure_one()
        if self.act == "correct_end":
            self.inspection_id.action_correct_end(self.day, self.reason)
        elif self.act == "done":
            self.recommendation_ids.action_done(self.day, self.reason)
        elif self.act == "complete":
            self._complete_notice()
        elif self.act == "enter_report":
            names = ("number", "dated_on", "signer_title", "signer_name")
            self.subject_id.action_enter_report(
                self.day, {name: self[name] for name in names}, self._loose_files().ids
            )
        else:
            return super().action_apply()
        return {"type": "ir.actions.act_window_close"}

    def _complete_notice(self):
        names = ("number", "signer_title", "signer_name")
        vals = {name: self[name] for name in names if self[name]}
        if files := self._loose_files():
            vals["attachment_ids"] = [Command.set(files.ids)]
        self.paper_id.write(vals)

    def _loose_files(self):
        """What was uploaded for this form: papers take loose files only."""
        files = self.sudo().attachment_ids
        files.filtered(
            lambda file: (
                file.res_model == self._name and file.create_uid == self.env.user
            )
        ).write({"res_model": False, "res_id": 0})
        return files
