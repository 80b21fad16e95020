# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..logic.form import FORM, NOTES

#: Code of a line → its label, in the words and the order of the form.
LINES = [(line.code, line.label.rstrip(":")) for line in (*FORM, *NOTES) if line.code]


class TaskDiscrepancy(models.Model):
    """A discrepancy found in a report: a figure of it, or a task of its list (KH
    Đ5.1b, Đ5.2c: "số liệu trong các báo cáo")."""

    _inherit = "task.discrepancy"

    report_id = fields.Many2one(
        "task.report",
        string="Found in the report",
        ondelete="restrict",
        index="btree_not_null",
        copy=False,
    )
    period_id = fields.Many2one(
        related="report_id.period_id", store=True, index="btree_not_null"
    )
    line_code = fields.Selection(
        lambda self: LINES,
        string="Line of the report",
        copy=False,
        export_string_translation=False,
    )
    new_report_id = fields.Many2one(
        "task.report",
        string="The report was corrected by",
        compute="_compute_new_report",
    )
    kind = fields.Selection(
        selection_add=[("figure", "A figure of the report"), ("other",)],
        ondelete={"figure": "set default"},
    )

    @api.depends("report_id.replaced_by_ids.state")
    @api.depends_context("uid")
    def _compute_new_report(self):
        """The last version of the report, if another one than that it was found in."""
        reports = self.report_id
        later = self.env["task.report"].search(
            Domain("period_id", "in", reports.period_id.ids)
            & Domain("is_current", "=", True)
            & Domain("state", "=", "submitted")
            & Domain("version", ">", 1)
        )
        by_owner = {one._owner_key(): one for one in later}
        for one in self:
            found = by_owner.get(one.report_id._owner_key(), later.browse())
            one.new_report_id = found - one.report_id

    @api.depends("report_id")
    def _compute_company(self):
        # pylint: disable=missing-return
        super()._compute_company()
        for one in self.filtered("report_id"):
            one.company_id = one.report_id.company_id

    # -- the figures of both sides -----------------------------------------------------
    def _value_depends(self):
        return [*super()._value_depends(), "report_id", "line_code", "agency_id"]

    def _value_of(self, side):
        if self.kind != "figure":
            return super()._value_of(side)
        if not (self.report_id and self.line_code and self.state == "draft"):
            return ""
        number = self._figure_of(side)
        return "" if number is None else str(number)

    def _figure_of(self, side):
        """The figure of the line that `side` has: an agency what its report says, the
        Office what its own report says of the agency or, of an agency's report, what
        the system counts now; None where that is not known."""
        report, agency = self.report_id, self.agency_id
        sheet = report._sheet()
        if not report.agency_id:
            known = side == "office" and agency
            return sheet.figures.count(self.line_code, agency.id) if known else None
        if side == "agency":
            return sheet.figures.count(self.line_code)
        engine = self.env["task.report.engine"].with_company(report.company_id)
        figures = engine._figures(
            sheet.date_from, sheet.date_to, report.agency_id, report.scope
        )
        return figures.count(self.line_code)

    # -- what must hold ----------------------------------------------------------------
    def _check_draft(self):
        # pylint: disable=missing-return
        super()._check_draft()
        report = self.report_id
        if not report:
            return
        if not self.env.su:
            report.check_access("read")
        if report.state != "submitted":
            raise UserError(
                self.env._("Only a report that was submitted is found to differ.")
            )
        if report.agency_id and report.agency_id != self.agency_id:
            raise UserError(self.env._("It concerns the agency of the report."))

    def _check_complete(self):
        # pylint: disable=missing-return
        super()._check_complete()
        if self.kind == "figure" and not (self.report_id and self.line_code):
            raise UserError(self.env._("Choose the report and the line of the figure."))

    def _is_set_right(self):
        return super()._is_set_right() or bool(self.new_report_id)


class TaskReport(models.Model):
    """The discrepancies found in a report."""

    _inherit = "task.report"

    discrepancy_ids = fields.One2many(
        "task.discrepancy", "report_id", string="Discrepancies", readonly=True
    )
    discrepancy_count = fields.Integer(
        string="Number of discrepancies", compute="_compute_discrepancy_counts"
    )
    open_discrepancy_count = fields.Integer(
        string="Discrepancies to answer", compute="_compute_discrepancy_counts"
    )
    can_report_discrepancy = fields.Boolean(compute="_compute_can_report_discrepancy")

    def _owner_key(self):
        """What the versions of one report have in common."""
        return self.period_id, self.agency_id, self.output_id

    @api.depends("discrepancy_ids.state")
    @api.depends_context("uid")
    def _compute_discrepancy_counts(self):
        counts = self.env["task.discrepancy"]._count_by("report_id", self.ids)
        for report in self:
            found = counts.get(report._origin, {})
            report.discrepancy_count = sum(found.values())
            report.open_discrepancy_count = found.get("open", 0)

    @api.depends_context("uid")
    @api.depends("state", "agency_id", "published_on")
    def _compute_can_report_discrepancy(self):
        user, side = self.env.user, self._discrepancy_side()
        is_officer = user.has_group("task_tracking.group_agency_officer")
        for report in self:
            regulation = report.period_id.regulation_id.sudo()
            published = not report.agency_id and report.published_on
            report.can_report_discrepancy = (
                report.state == "submitted"
                and regulation._knows("discrepancy", side)
                and (
                    side == "office"
                    or (is_officer and (report.is_mine or bool(published)))
                )
            )

    def _discrepancy_side(self):
        return self.env["task.assignment"]._discrepancy_side()

    def action_new_discrepancy(self):
        """Open the form by which a difference in this report is reported: the Office of
        an agency's, an agency of what the province published, or of its own."""
        self.ensure_one()
        agency = self.agency_id or self.env.user.sudo().task_agency_id
        if not self.agency_id and self._discrepancy_side() == "office":
            agency = agency.browse()
        return self.env["task.assignment"]._action_new_form(
            "task.discrepancy",
            self.env._("Report a discrepancy"),
            report_id=self.id,
            agency_id=agency.id,
            side=self._discrepancy_side(),
            kind="figure",
            about=self.display_name,
        )

    def action_view_discrepancies(self):
        """Open the discrepancies found in this report."""
        self.ensure_one()
        return self._action_discrepancies([("report_id", "=", self.id)])

    @api.model
    def _action_discrepancies(self, domain):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "task_tracking.action_task_discrepancy"
        )
        return {**action, "domain": domain, "context": {}}

    def action_open_line(self, code, agency_id=None):
        """As before; who finds one of the assignments to differ says so of this report
        (see `task.assignment.action_new_discrepancy`)."""
        action = super().action_open_line(code, agency_id)
        return {**action, "context": {"task_report_id": self.id}}


class TaskReportPeriod(models.Model):
    """The discrepancies found in the reports of a period."""

    _inherit = "task.report.period"

    discrepancy_count = fields.Integer(
        string="Number of discrepancies", compute="_compute_discrepancy_count"
    )

    @api.depends_context("uid")
    def _compute_discrepancy_count(self):
        counts = self.env["task.discrepancy"]._count_by("period_id", self.ids)
        for period in self:
            found = counts.get(period._origin, {})
            period.discrepancy_count = sum(found.values())

    def action_view_discrepancies(self):
        """Open the discrepancies found in the reports of this period."""
        self.ensure_one()
        return self.env["task.report"]._action_discrepancies(
            [("period_id", "=", self.id)]
        )


class TaskAssignment(models.Model):
    _inherit = "task.assignment"

    def action_new_discrepancy(self):
        """Opened from a line of a report (`task_report_id` in the context), it is found
        in that report."""
        action = super().action_new_discrepancy()
        report = self.env.context.get("task_report_id")
        reports = self.env["task.report"]
        if isinstance(report, int) and reports.search_count([("id", "=", report)]):
            action["context"]["default_report_id"] = report
        return action
