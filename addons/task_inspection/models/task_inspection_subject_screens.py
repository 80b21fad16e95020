# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.task_tracking.models.task_mixins import boolean_domain

from .parts import Parts


class TaskInspectionSubject(models.Model):
    """What the page of one inspected agency shows: to the team, and to the agency."""

    _inherit = "task.inspection.subject"

    is_inspected = fields.Boolean(search="_search_is_inspected")
    # asked as the reader: as the superuser everybody could
    can_work = fields.Boolean(related="inspection_id.can_work", related_sudo=False)
    reads_work = fields.Boolean(related="inspection_id.reads_work", related_sudo=False)
    minutes_ids = Parts(
        "task.inspection.paper",
        "subject_id",
        domain=[("kind", "=", "minutes")],
    )
    notice_ids = Parts(
        "task.inspection.paper",
        "subject_id",
        string="Notices of the result",
        domain=[("kind", "=", "notice")],
    )
    finding_count = fields.Integer(string="Findings", compute="_compute_finding_count")

    def _search_is_inspected(self, operator, value):
        if operator != "in":
            return NotImplemented
        mine = self.env.user._inspected_agency()
        return boolean_domain(Domain("agency_id", "in", mine.ids), value)

    @api.depends("finding_ids")
    def _compute_finding_count(self):
        found = dict(
            self.env["task.inspection.finding"]._read_group(
                [("subject_id", "in", self._origin.ids)], ["subject_id"], ["__count"]
            )
        )
        for one in self:
            one.finding_count = found.get(one._origin, 0)

    def action_open(self):
        """Open this inspected agency on a page of its own."""
        self.ensure_one()
        return self._get_records_action()

    def action_open_report(self):
        """Open the agency's report, the latest if one was sent back."""
        self.ensure_one()
        return self.report_id._get_records_action()

    def action_new_finding(self):
        """Open the form of a new finding at this agency."""
        self.ensure_one()
        return self.inspection_id._action_new_finding(self)

    def action_view_assignments(self):
        """The agency's tasks in the scope of the inspection."""
        self.ensure_one()
        domain = self.inspection_id._assignment_domain()
        domain &= self.inspection_id._carried_domain(self.agency_id)
        return self.inspection_id._action_assignments(domain, self.agency_id.name)

    def action_view_findings(self):
        """What was found at this agency."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "task_inspection.action_task_inspection_finding"
        )
        return {**action, "domain": [("subject_id", "=", self.id)], "context": {}}
