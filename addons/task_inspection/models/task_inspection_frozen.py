# SPDX-License-Identifier: LGPL-3.0-or-later
"""The dossier follows the steps of the inspection, and nothing follows its closing."""

from odoo import models
from odoo.exceptions import UserError


class TaskInspection(models.Model):
    _inherit = "task.inspection"

    def action_issue(self):
        """The leader's written instruction, where a team has one besides its decision,
        holds from the same moment: the dossier wants it, or a plan."""
        result = super().action_issue()
        signed = self.sudo().paper_ids.filtered(
            lambda paper: (
                (paper.kind, paper.state) == ("instruction", "draft")
                and not paper._missing_signed()
            )
        )
        signed._issue()
        self._gather()
        return result

    def action_end(self, ended_on=None):
        result = super().action_end(ended_on)
        self._gather()
        return result

    def action_conclude(self):
        result = super().action_conclude()
        self._gather()
        return result


class TaskInspectionPaper(models.Model):
    _inherit = "task.inspection.paper"

    def action_issue(self):
        result = super().action_issue()
        self.inspection_id._gather()
        return result

    def _answer(self, answer):
        result = super()._answer(answer)
        self.inspection_id._gather()
        return result

    def _own_later_files(self):
        result = super()._own_later_files()
        self.inspection_id._gather()
        return result

    def _answer_refusal(self):
        if self.inspection_state == "closed":
            return UserError(self.env._("A closed dossier is not changed."))
        return super()._answer_refusal()

    def _fixed_files(self):
        return super()._fixed_files() | self.filtered(
            lambda paper: paper.inspection_state == "closed"
        )


class TaskInspectionReport(models.Model):
    _inherit = "task.inspection.report"

    def action_send(self):
        """The report belongs in the dossier as soon as it is sent."""
        result = super().action_send()
        self.inspection_id._gather()
        return result

    def action_return(self, reason=None):
        result = super().action_return(reason)
        self.inspection_id._gather()
        return result
