# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.fields import Domain


class TaskDiscrepancy(models.Model):
    _inherit = "task.discrepancy"

    @api.model
    def _count_by(self, name, ids):
        """{record: {state: number}} of the discrepancies that the user sees on the
        records `ids` of the field `name`; one query. Drafts are not counted."""
        counts = {}
        if self.has_access("read"):
            for record, state, number in self._read_group(
                Domain(name, "in", ids) & Domain("state", "!=", "draft"),
                [name, "state"],
                ["__count"],
            ):
                counts.setdefault(record, {})[state] = number
        return counts


class TaskAssignment(models.Model):
    """The discrepancies of an assignment, counted; the button that reports one."""

    _inherit = "task.assignment"

    discrepancy_ids = fields.One2many(
        "task.discrepancy", "assignment_id", string="Discrepancies"
    )
    discrepancy_count = fields.Integer(
        string="Number of discrepancies", compute="_compute_discrepancy_counts"
    )
    open_discrepancy_count = fields.Integer(
        string="Discrepancies to answer", compute="_compute_discrepancy_counts"
    )
    can_report_discrepancy = fields.Boolean(compute="_compute_can_report_discrepancy")

    @api.depends("discrepancy_ids.state")
    @api.depends_context("uid")
    def _compute_discrepancy_counts(self):
        counts = self.env["task.discrepancy"]._count_by("assignment_id", self.ids)
        for one in self:
            found = counts.get(one._origin, {})
            one.discrepancy_count = sum(found.values())
            one.open_discrepancy_count = found.get("open", 0)

    @api.depends_context("uid")
    @api.depends("agency_id", "regulation_id")
    def _compute_can_report_discrepancy(self):
        side = self._discrepancy_side()
        for one in self:
            known = one.regulation_id.sudo()._knows("discrepancy", side)
            one.can_report_discrepancy = known and one._is_allowed("agency")

    def _discrepancy_side(self):
        return "office" if self.env.user._task_is_office() else "agency"

    def action_new_discrepancy(self):
        """Open the form by which a difference about this task is reported."""
        self.ensure_one()
        return self._action_new_form(
            "task.discrepancy",
            self.env._("Report a discrepancy"),
            assignment_id=self.id,
            side=self._discrepancy_side(),
        )

    def action_view_discrepancies(self):
        """Open the discrepancies of this assignment."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "task_tracking.action_task_discrepancy"
        )
        action["domain"] = [("assignment_id", "=", self.id)]
        action["context"] = {}
        return action


class TaskDesk(models.AbstractModel):
    """What must be answered, and what waits to be sent, on the desk."""

    _inherit = "task.desk"

    def _office_sections(self, user):
        asked = Domain("side", "=", "agency") & Domain("state", "=", "open")
        if not user._task_is_manager():
            asked &= Domain("followed_by_id", "in", (user.id, False))
        first, *others = super()._office_sections(user)
        return [first, self._discrepancy_section(asked), *others]

    def _agency_sections(self):
        asked = Domain("side", "=", "office") & Domain("state", "=", "open")
        asked &= Domain("is_mine", "=", True)
        first, *others = super()._agency_sections()
        drafts = (
            "draft_task.discrepancy",
            self.env._("Discrepancies to report"),
            "task.discrepancy",
            Domain("state", "=", "draft"),
            "id",
            "action",
        )
        return [first, self._discrepancy_section(asked), drafts, *others]

    def _discrepancy_section(self, asked):
        return (
            "discrepancies",
            self.env._("Discrepancies to answer"),
            "task.discrepancy",
            asked,
            "found_on, id",
            "action",
        )

    def _unknown_sections(self):
        unknown = super()._unknown_sections()
        if not self.env.company._task_regulation()._knows("discrepancy"):
            unknown |= {"discrepancies", "draft_task.discrepancy"}
        return unknown

    def _item(self, record):
        item = super()._item(record)
        if record._name == "task.discrepancy":
            item["title"] = record.display_name
            agency = record.agency_id.display_name
            item["subtitle"] = " · ".join(
                filter(None, (agency, record.document_id.display_name))
            )
        return item
