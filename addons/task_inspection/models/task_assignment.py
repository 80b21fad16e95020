# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, models


class TaskAssignment(models.Model):
    _inherit = "task.assignment"

    @api.model
    def _scope_domain(self):
        """A member of an inspection team also reads what the decision puts in scope,
        until the conclusion is handed in."""
        domain = super()._scope_domain()
        return domain | self.env["task.inspection"]._assignments_in_scope()

    def _inspected_words(self, standing):
        """What papers of an inspection say of the assignment as it stood, in
        Vietnamese: the task, its directive, its deadline, what is wrong with it.

        :param standing: a `task_inspection_figures.Standing` of this assignment.
        """
        self.ensure_one()
        document = self.document_id
        directive = document.reference or document.abstract
        told = [f"văn bản {directive}" if directive else ""]
        if self.deadline:
            told.append(f"thời hạn {self.deadline:%d/%m/%Y}")
        if standing.overdue_from:
            told.append(f"quá hạn từ ngày {standing.overdue_from:%d/%m/%Y}")
        if "completed_late" in standing.codes:
            told.append(f"hoàn thành ngày {self.completed_on:%d/%m/%Y}, quá hạn")
        if standing.refusals:
            told.append(f"kết quả chưa đạt yêu cầu {standing.refusals} lần")
        if "open_undated" in standing.codes:
            told.append("không có thời hạn")
        words = " ".join((self.content or "").split())
        return f"{words} ({'; '.join(filter(None, told))})"
