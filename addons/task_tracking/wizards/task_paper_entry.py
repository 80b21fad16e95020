# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import UserError


class TaskPaperEntry(models.TransientModel):
    """The form of what an agency answered on paper; the record checks the right and
    does the work (`task.paper.mixin`)."""

    _name = "task.paper.entry"
    _description = "Answer from paper"

    referral_id = fields.Many2one("task.referral", string="Opinions on")
    answer_id = fields.Many2one("task.inquiry.answer", string="Answer to")
    missing_agency_ids = fields.Many2many(
        "res.partner", string="Awaited", compute="_compute_missing_agencies"
    )
    agency_id = fields.Many2one("res.partner", required=True)
    text = fields.Text(string="What it says", required=True)
    number = fields.Char(string="Number, notation", required=True)
    dated_on = fields.Date(string="Date of the paper", required=True)
    received_on = fields.Date(
        string="Received on",
        required=True,
        default=lambda self: self.env.company._task_today(),
    )
    attachment_ids = fields.Many2many("ir.attachment", string="Scanned paper")

    @api.constrains("referral_id", "answer_id")
    def _check_readable(self):
        """Naming a record here shows its name: only to who reads it."""
        for name in ("referral_id", "answer_id"):
            self[name].sudo(False).check_access("read")

    @api.depends("referral_id", "answer_id")
    def _compute_missing_agencies(self):
        for one in self:
            asked = one.referral_id.missing_agency_ids
            one.missing_agency_ids = asked | one.answer_id.agency_id

    def action_apply(self):
        """Enter it.

        :raise AccessError, UserError: saying why not.
        """
        self.ensure_one()
        asked = self.answer_id.sudo()
        if self.referral_id:
            asked = self.referral_id.sudo().opinion_ids
            asked = asked.filtered(lambda one: one.state == "asked")
        record = asked.filtered(lambda one: one.agency_id == self.agency_id)
        if not record:
            raise UserError(self.env._("Nothing is waited for of this agency."))
        record._enter_paper(
            self.text,
            self.number,
            self.dated_on,
            self.received_on,
            self.attachment_ids,
        )
        return {"type": "ir.actions.act_window_close"}
