# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import UserError

#: What an assignment is raised for: codes of `task_inspection_figures`.
RAISED = ("open_overdue", "completed_late", "refused", "stale")


class TaskInspectionSubject(models.Model):
    """Findings begun from the agency's assignments."""

    _inherit = "task.inspection.subject"

    can_find = fields.Boolean(compute="_compute_can_find")

    @api.depends_context("uid")
    @api.depends("inspection_id.state")
    def _compute_can_find(self):
        for subject in self:
            subject.can_find = not subject.inspection_id._work_refusal()

    def action_raise_findings(self):
        """Open the choice of assignments to make findings of.

        :raise AccessError: if the caller is not on the team.
        """
        self.ensure_one()
        if refusal := self.inspection_id._work_refusal():
            raise refusal
        return {
            "type": "ir.actions.act_window",
            "res_model": "task.inspection.raise",
            "name": self.env._("Findings from tasks"),
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_subject_id": self.id},
        }

    def _to_raise(self, codes=RAISED):
        """The `Standing` of the assignments in scope that give reason for a finding as
        of today and have none in this inspection, by assignment id."""
        self.ensure_one()
        known = set(self.sudo().inspection_id.finding_ids.assignment_id.ids)
        return {
            one.id: one
            for one in self._standings_today()
            if one.codes & {*codes} and one.id not in known
        }

    def _raise_findings(self, assignments):
        """Make a finding of each of `assignments`, by the caller; one that has a
        finding in this inspection gets no second one.

        :return: the new findings.
        :raise AccessError: if the caller is not on the team.
        :raise UserError: for an assignment that is not in scope, or gives no reason.
        """
        self.ensure_one()
        if refusal := self.inspection_id._work_refusal():
            raise refusal
        # two members choosing the same at once make one finding
        self._lock()
        standings = self._to_raise()
        known = self.sudo().inspection_id.finding_ids.assignment_id
        chosen = assignments.sudo() - known
        if any(task.id not in standings for task in chosen):
            raise UserError(
                self.env._(
                    "Choose among the overdue, late, refused or not updated tasks of"
                    " the inspected agency."
                )
            )
        return self.env["task.inspection.finding"].create(
            [self._raised_vals(task, standings[task.id]) for task in chosen]
        )

    def _raised_vals(self, task, standing):
        """The values of the finding of one assignment. Vietnamese: its words go into
        the minutes and the conclusion."""
        day = f"{self.company_id._task_today():%d/%m/%Y}"
        words = task._inspected_words(standing)
        if "stale" in standing.codes:
            days = self.inspection_id.sudo().regulation_id._policy("freshness_days")
            words += f", không cập nhật tình hình trong {days} ngày gần nhất"
        code = "updating" if standing.codes.isdisjoint(RAISED[:3]) else "organising"
        contents = self.sudo().inspection_id.content_ids
        return {
            "inspection_id": self.inspection_id.id,
            "subject_id": self.id,
            "assignment_id": task.id,
            "content_id": contents.filtered(lambda one: one.code == code)[:1].id,
            "text": f"{words}; tính đến ngày {day}.",
            "is_failing": True,
        }
