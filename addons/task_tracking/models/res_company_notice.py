# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    """How long a notice that did not arrive is tried again, and kept."""

    _inherit = "res.company"

    task_notice_pauses = fields.Char(
        string="Pauses between tries",
        required=True,
        default="5, 15, 60, 240, 720",
        help="Minutes after the first, the second, … failed try of a mail; the last"
        " pause is repeated.",
    )
    task_notice_days = fields.Integer(
        string="Days of trying",
        required=True,
        default=5,
        help="After so many days without success a mail is shown as failed.",
    )
    task_notice_keep_days = fields.Integer(
        string="Days mails are kept",
        required=True,
        default=90,
        help="So many days after it was sent, the text and files of a mail are deleted;"
        " that it was sent, to whom and when is kept.",
    )

    _task_notice_days_positive = models.Constraint(
        "CHECK (task_notice_days > 0 AND task_notice_keep_days > 0)",
        "The number of days must be at least 1.",
    )

    @api.constrains("task_notice_pauses")
    def _check_task_notice_pauses(self):
        for company in self:
            try:
                pauses = company._task_notice_minutes()
            except ValueError:
                pauses = []
            if not pauses or min(pauses) < 1:
                raise ValidationError(
                    self.env._("Write the pauses as minutes with commas, as in 5, 60.")
                )

    def _task_notice_minutes(self):
        return [int(word) for word in self.task_notice_pauses.split(",")]

    def _task_notice_pause(self, tries):
        """The pause (timedelta) before the next try, after `tries` earlier failures."""
        pauses = self._task_notice_minutes()
        return timedelta(minutes=pauses[min(tries, len(pauses) - 1)])

    def _task_notice_given_up(self, since):
        """The moment from which a notice tried since then is given up."""
        return since + timedelta(days=self.task_notice_days)
