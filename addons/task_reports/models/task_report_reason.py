# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.fields import Domain


class TaskReportReason(models.Model):
    """Why a task of a report was not done in time: one line for each task the
    regulation wants explained (late and overdue everywhere; KH Đ19.4: tasks without a
    deadline and results often refused too). The agency writes it; it goes into the
    list of Phụ lục II."""

    _name = "task.report.reason"
    _inherit = ["task.closed.mixin"]
    _description = "Explanation in a report"
    _order = "report_id, why, id"
    _rec_name = "task_id"

    _closed_fields = frozenset(("report_id", "task_id", "assignment_id", "why"))

    report_id = fields.Many2one(
        "task.report", required=True, ondelete="cascade", index=True
    )
    task_id = fields.Many2one(
        "task.task", required=True, ondelete="restrict", index=True
    )
    assignment_id = fields.Many2one(
        "task.assignment", ondelete="restrict", index="btree_not_null"
    )
    document_id = fields.Many2one(related="task_id.document_id")
    deadline = fields.Date(related="assignment_id.deadline")
    why = fields.Selection(
        [
            ("1_overdue", "Overdue, not completed"),
            ("2_late", "Completed late"),
            ("3_unsatisfactory", "Results refused repeatedly"),
            ("4_undated", "Without a deadline"),
        ],
        string="To be explained because",
        required=True,
    )
    reason = fields.Text(string="Explanation of the agency")

    _task_uniq = models.UniqueIndex(
        "(report_id, task_id, COALESCE(assignment_id, 0))",
        "This task is on the list already.",
    )

    def write(self, vals):
        if not self.env.su:
            for report in self.report_id:
                if refusal := report._edit_refusal():
                    raise refusal
        return super().write(vals)


class TaskReport(models.Model):
    _inherit = "task.report"

    reason_ids = fields.One2many(
        "task.report.reason", "report_id", string="Explanations", copy=False
    )
    unexplained_count = fields.Integer(
        string="Still to be explained", compute="_compute_unexplained_count"
    )

    @api.model
    def _is_closed(self, field):
        """The form writes the explanations of its lines through the report; that none
        is added, moved or removed that way, the lines see to themselves."""
        return field.name != "reason_ids" and super()._is_closed(field)

    @api.depends("reason_ids.reason")
    def _compute_unexplained_count(self):
        for report in self:
            report.unexplained_count = sum(
                not (one.reason or "").strip() for one in report.reason_ids
            )

    def _refresh_reasons(self):
        """Bring the list of what must be explained up to date; what the agency wrote
        already, here or of the same task in an earlier report, is kept."""
        for report in self:
            if report.state != "draft" or not report.agency_id:
                continue
            wanted = report._to_explain()
            lines = {
                (line.task_id.id, line.assignment_id.id or False): line
                for line in report.reason_ids
            }
            gone = [line.id for key, line in lines.items() if key not in wanted]
            report.reason_ids.browse(gone).sudo().unlink()
            before = report._reasons_before(wanted)
            vals_list = []
            for (task_id, assignment_id), why in wanted.items():
                line = lines.get((task_id, assignment_id))
                if line and line.why != why:
                    line.sudo().why = why
                elif not line:
                    vals_list.append(
                        {
                            "report_id": report.id,
                            "task_id": task_id,
                            "assignment_id": assignment_id,
                            "why": why,
                            "reason": before.get((task_id, assignment_id), False),
                        }
                    )
            self.env["task.report.reason"].sudo().create(vals_list)
            report.invalidate_recordset(["reason_ids"])

    def _to_explain(self):
        """Return {(task id, assignment id or False): why} of what this report has to
        explain, by the agency's own reading of its figures."""
        self.ensure_one()
        if self.period_id.topic != "figures":
            return {}
        report = self.with_company(self.company_id)
        regulation = self.period_id.regulation_id.sudo()
        to = report._counted_to()
        rows = report.env["task.report.engine"]._counted_rows(
            self.date_from, to, self.agency_id, scope=self.scope
        )
        refused = report._often_refused(
            [row["id"] for row in rows], to, regulation._policy("explain_refused")
        )
        wanted = {}
        for row in rows:
            key = (row["task_id"], row["id"])
            if row["exit"] == "open_overdue":
                wanted[key] = "1_overdue"
            elif row["exit"] == "completed_late":
                wanted[key] = "2_late"
            elif row["id"] in refused:
                wanted[key] = "3_unsatisfactory"
        if regulation._policy("explain_undated"):
            outside = report.env["task.report.list"]._outside_tasks(to, self.agency_id)
            wanted.update({(task.id, False): "4_undated" for task in outside})
        return wanted

    def _often_refused(self, assignment_ids, to, times):
        """The ids of those whose results were refused `times` times or more by the
        end of the day `to`; none where the regulation does not ask (0)."""
        if not times:
            return set()
        found = (
            self.env["task.fact"]
            .sudo()
            ._read_group(
                Domain("assignment_id", "in", assignment_ids)
                & Domain("kind", "=", "refused")
                & Domain("day", "<=", to),
                ["assignment_id"],
                ["__count"],
            )
        )
        return {assignment.id for assignment, number in found if number >= times}

    def _reasons_before(self, wanted):
        """What the agency wrote of the same tasks the last time."""
        lines = (
            self.env["task.report.reason"]
            .sudo()
            .search(
                Domain("report_id.agency_id", "=", self.agency_id.id)
                & Domain("report_id.company_id", "=", self.company_id.id)
                & Domain("task_id", "in", [task_id for task_id, _one in wanted])
                & Domain("reason", "!=", False),
                order="id",
            )
        )
        return {
            (line.task_id.id, line.assignment_id.id or False): line.reason
            for line in lines
        }
