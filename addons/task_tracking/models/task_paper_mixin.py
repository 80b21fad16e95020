# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import fields, models
from odoo.exceptions import UserError


class TaskPaperMixin(models.AbstractModel):
    """What an agency answers, which may come on paper: the Office enters it on the
    agency's behalf, with number, date and file of the paper, and who entered it stays
    with it.

    The agency's own draft is not touched by that, and stays the agency's.
    """

    _name = "task.paper.mixin"
    _description = "Answer that may come on paper"

    paper_number = fields.Char(string="Number of the paper", copy=False, readonly=True)
    paper_date = fields.Date(string="Date of the paper", copy=False, readonly=True)
    entered_by_id = fields.Many2one(
        "res.users",
        string="Entered from paper by",
        copy=False,
        readonly=True,
        ondelete="restrict",
    )

    def _has_field_access(self, field, operation):
        closed = ("paper_number", "paper_date", "entered_by_id")
        if operation == "write" and field.name in closed and not self.env.su:
            return False
        return super()._has_field_access(field, operation)

    def _enter_refusal(self):
        """Why the current user may not enter the paper: an exception, or None;
        override."""
        raise NotImplementedError

    def _enter_values(self, text, received_on):
        """What is written besides the paper itself: override."""
        raise NotImplementedError

    def _enter_paper(self, text, number, dated_on, received_on, files):
        """Enter what came on paper; in sudo, the caller's right is checked here.

        :param dated_on: the day of the paper.
        :param received_on: the day the Office received it, on which it was given.
        :param files: the scanned paper.
        :raise AccessError, UserError: if it is not the caller's to enter, something is
            missing, or the days cannot be.
        """
        self.ensure_one()
        self._lock()
        if refusal := self.sudo(False)._enter_refusal():
            raise refusal
        if not all((words or "").strip() for words in (text, number)) or not files:
            raise UserError(
                self.env._("Enter the words, the number and the file of the paper.")
            )
        if not self.asked_on <= received_on <= self.company_id._task_today():
            raise UserError(
                self.env._("It is received between the day it was asked and today.")
            )
        if dated_on > received_on:
            raise UserError(self.env._("The paper is dated after it was received."))
        self.write(
            {
                **self._enter_values(text, received_on),
                "attachment_ids": [fields.Command.set(files.ids)],
                "paper_number": number,
                "paper_date": dated_on,
                "entered_by_id": self.env.uid,
            }
        )
        self.sudo(False)._tell(self.agency_id.task_user_ids)
