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
        ],
        ondelete={
            "correct_end": "cascade",
            "done": "cascade",
            "complete": "cascade",
        },
    )
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

    def action_apply(self):
        self.ensure_one()
        if self.act == "correct_end":
            self.inspection_id.action_correct_end(self.day, self.reason)
        elif self.act == "done":
            self.recommendation_ids.action_done(self.day, self.reason)
        elif self.act == "complete":
            self._complete_notice()
        else:
            return super().action_apply()
        return {"type": "ir.actions.act_window_close"}

    def _complete_notice(self):
        names = ("number", "signer_title", "signer_name")
        vals = {name: self[name] for name in names if self[name]}
        files = self.sudo().attachment_ids
        # uploaded for this form: a notice takes loose files only
        files.filtered(
            lambda file: (
                file.res_model == self._name and file.create_uid == self.env.user
            )
        ).write({"res_model": False, "res_id": 0})
        if files:
            vals["attachment_ids"] = [Command.set(files.ids)]
        self.paper_id.write(vals)
