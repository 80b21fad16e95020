# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..logic.comparison import Standing, differences, line_counts
from ..logic.form import ENTRIES, FRESH_CODE, GROUPS
from .task_discrepancy import LINES

#: The lines that are compared; the last one is ours, freshness has none in the form.
COMPARED = [*LINES, (FRESH_CODE, "Chưa hoàn thành, gần đây có cập nhật")]


class TaskReport(models.Model):
    _inherit = "task.report"

    can_compare = fields.Boolean(compute="_compute_can_compare")

    @api.depends_context("uid")
    @api.depends("state", "agency_id")
    def _compute_can_compare(self):
        for report in self:
            report.can_compare = not report._compare_refusal()

    def _compare_refusal(self):
        """Why the reader cannot compare the report with what is known now, or None: it
        is not frozen, or counts tasks that the reader does not see."""
        if self.state != "submitted" or self.topic == "regulation":
            return UserError(
                self.env._("Only figures that were submitted are compared.")
            )
        user = self.env.user
        if not (
            self.env.su
            or user._task_is_office()
            or user.has_group("task_tracking.group_leader")
            or self.agency_id.id in user._task_agency_ids()
        ):
            return AccessError(
                self.env._("You do not see every task that this report counts.")
            )
        return None

    def action_compare(self):
        """Open, beside what the report said, what is known of it now, with the reason
        of every difference.

        :raise AccessError: if the caller does not see every task counted.
        :raise UserError: if the report was not submitted.
        """
        self.ensure_one()
        self.check_access("read")
        if refusal := self._compare_refusal():
            raise refusal
        comparison = self.env["task.report.comparison"]._compare(self)
        return comparison._get_records_action(name=self.env._("Then and now"))

    # -- the two sides -----------------------------------------------------------------
    def _standings_then(self, rows):
        """{assignment id: Standing} of frozen rows."""
        return {
            row.assignment_id: Standing(row.agency_id, row.mask, row.in_force)
            for row in rows
        }

    def _standings_now(self, sheet):
        """{assignment id: Standing} as the same window is known now."""
        engine = self.env["task.report.engine"].with_company(self.company_id)
        rows = engine._counted_rows(
            sheet.date_from, sheet.date_to, self.agency_id, self.scope
        )
        return {
            row["id"]: Standing(row["agency_id"], row["mask"], row["deadline"])
            for row in rows
        }

    def _known_moments(self):
        """{agency id: naive UTC moment} what the report tells of an agency was known
        at, where that is not the moment it was itself submitted: the Office's was
        compiled from reports frozen before."""
        sources = self.sudo().snapshot_id._head()["report"]["sources"]
        reports = self.sudo().browse(report_id for _agency, report_id, _d in sources)
        return {report.agency_id.id: report.submitted_at for report in reports}


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
        comparison = self.create({"report_id": report.id})
        counts = line_counts(then.values()), line_counts(now.values())
        self.env["task.report.comparison.line"].create(
            [
                {
                    "comparison_id": comparison.id,
                    "code": code,
                    "name": label,
                    "then": counts[0][code],
                    "now": counts[1][code],
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
    then = fields.Integer(string="Then", readonly=True)
    now = fields.Integer(string="Now", readonly=True)
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
