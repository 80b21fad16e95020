# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.tools import format_datetime

from ..logic.comparison import differences, line_counts
from ..logic.form import ENTRIES, FRESH_CODE, GROUPS
from ..models.task_discrepancy import LINES

#: The lines that are compared; the last one is ours, freshness has none in the form.
COMPARED = [*LINES, (FRESH_CODE, "Chưa hoàn thành, gần đây có cập nhật")]


class TaskReportComparison(models.TransientModel):
    """What a frozen report said, beside what the same window shows now.

    Made for one reader by `task.report.action_compare`, and not kept.
    """

    _name = "task.report.comparison"
    _description = "Report then and now"
    _rec_name = "report_id"

    report_id = fields.Many2one("task.report", required=True, ondelete="cascade")
    submitted_at = fields.Datetime(related="report_id.submitted_at")
    compared_at = fields.Datetime(
        string="Known at", default=lambda self: fields.Datetime.now(), readonly=True
    )
    line_ids = fields.One2many("task.report.comparison.line", "comparison_id")
    row_ids = fields.One2many(
        "task.report.comparison.row", "comparison_id", string="Differences"
    )
    row_count = fields.Integer(
        string="Number of differences", compute="_compute_row_count"
    )

    @api.depends("row_ids")
    def _compute_row_count(self):
        for comparison in self:
            comparison.row_count = len(comparison.row_ids)

    @api.model
    def _compare(self, report):
        """Return the comparison of `report`; who may make it is the caller's affair."""
        sheet = report._sheet()
        then = report._standings_then(sheet.rows())
        now = report._standings_now(sheet)
        found = differences(then, now)
        # nobody else makes one: who named any record in it would read its name
        comparison = self.sudo().create({"report_id": report.id}).sudo(self.env.su)
        counts = line_counts(then.values()), line_counts(now.values())
        self.env["task.report.comparison.line"].sudo().create(
            [
                {
                    "comparison_id": comparison.id,
                    "code": code,
                    "name": label,
                    "then": counts[0][code],
                    "now": counts[1][code],
                    "changed": sum(one.touches(code) for one in found),
                }
                for code, label in COMPARED
            ]
        )
        wanted = {one.assignment_id for one in found if one.then}
        frozen = {
            row.assignment_id: row
            for row in sheet.rows()
            if row.assignment_id in wanted
        }
        self.env["task.report.comparison.row"]._add(
            comparison, found, frozen, sheet.date_to
        )
        return comparison

    # -- as a workbook -----------------------------------------------------------------
    def action_export(self):
        """Download the comparison as XLSX."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/task_reports/comparison/{self.id}.xlsx",
            "target": "self",
        }

    def _workbook_values(self):
        """What `logic.comparison_workbook` writes."""
        self.ensure_one()
        zone = self.report_id.company_id.sudo().task_tz
        then, now = (
            format_datetime(self.env, moment, tz=zone)
            for moment in (self.submitted_at, self.compared_at)
        )
        return {
            "title": self.report_id.display_name,
            "moments": self.env._(
                "Then: as known at %(then)s. Now: as known at %(now)s.",
                then=then,
                now=now,
            ),
            "lines": [
                (line.name, line.then, line.now, line.difference, line.changed)
                for line in self.line_ids
            ],
            "rows": [
                (
                    row.content,
                    row.agency,
                    row.what,
                    row.then,
                    row.now,
                    row.then_deadline,
                    row.now_deadline,
                    row.why,
                )
                for row in self.row_ids
            ],
        }


class TaskReportComparisonLine(models.TransientModel):
    """One line of the form, then and now."""

    _name = "task.report.comparison.line"
    _description = "Line of a report then and now"
    _order = "id"

    comparison_id = fields.Many2one(
        "task.report.comparison", required=True, ondelete="cascade", index=True
    )
    code = fields.Char(required=True, readonly=True)
    name = fields.Char(string="Line", required=True, readonly=True)
    then = fields.Integer(readonly=True)
    now = fields.Integer(readonly=True)
    changed = fields.Integer(
        string="Tasks that changed",
        readonly=True,
        help="Added to the line or gone from it; they may make up for each other.",
    )
    difference = fields.Integer(compute="_compute_difference")

    @api.depends("then", "now")
    def _compute_difference(self):
        for line in self:
            line.difference = line.now - line.then

    def action_open(self):
        """Open the assignments that were added to this line, or left it."""
        self.ensure_one()
        rows = self.comparison_id.row_ids
        rows = rows.filtered(lambda row: self.code in (row.touched or "").split())
        return rows._get_records_action(name=self.name, views=[(False, "list")])


def line_words(standing):
    """The two lines an assignment is counted in, as the list names them."""
    if not standing:
        return ""
    entry, exit_ = standing.lines
    return f"{ENTRIES[entry]} → {GROUPS[exit_]}"
