# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..logic.comparison import Standing


class TaskReport(models.Model):
    """What a frozen report said, and what is known of the same window now."""

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
            or user._task_is_office_or_leader()
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
