# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from .task_inspection_subject import TaskInspectionSubject as Subject


class TaskInspectionSubject(models.Model):
    _inherit = "task.inspection.subject"

    _closed_fields = Subject._closed_fields | {"plan_line_id"}

    plan_line_id = fields.Many2one(
        "task.inspection.plan.line",
        string="Line of the plan",
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        help="The line this inspection of the agency was made from: one inspection may"
        " be made from several.",
    )


class TaskInspection(models.Model):
    """A regular inspection and the plan it goes by."""

    _inherit = "task.inspection"

    def _missing_of_form(self):
        """Besides an approved plan: that it plans these agencies."""
        missing = super()._missing_of_form()
        plan = self.plan_line_id.plan_id
        if missing or self.form != "regular" or not plan:
            return missing
        planned = plan.line_ids.agency_id
        return [
            self.env._(
                "%(agency)s in the plan it goes by (or make it an ad hoc inspection)",
                agency=agency.display_name,
            )
            for agency in self.subject_ids.agency_id
            if not any(agency._is_within(one) for one in planned)
        ]

    def action_issue(self):
        """As it begins, each agency of the plan it goes by is under way, however the
        draft was made."""
        result = super().action_issue()
        for subject in self.sudo().subject_ids:
            line = subject.inspection_id.plan_line_id
            if line and not subject.plan_line_id:
                subject.plan_line_id = line.plan_id.line_ids.filtered(
                    lambda one, of=subject.agency_id: one.agency_id == of
                )[:1]
        return result


class TaskInspectionPlanLine(models.Model):
    """From the lines of an approved plan to the draft of an inspection."""

    _inherit = "task.inspection.plan.line"

    @api.depends_context("uid")
    @api.depends("plan_state")
    def _compute_can_make(self):
        for line in self:
            line.can_make = not line._make_refusal()

    def _make_refusal(self):
        """Why the caller makes no inspection of this line, or None."""
        if self.plan_state != "approved" or self.plan_id.inspection_id:
            return UserError(
                self.env._("An inspection is prepared by a line of an approved plan.")
            )
        if self.sudo().made_ids:
            return UserError(
                self.env._(
                    "%(agency)s: an inspection was made from this line already.",
                    agency=self.agency_id.display_name,
                )
            )
        return self.plan_id._drafter_refusal()

    def action_make_inspection(self):
        """Prepare one inspection of these lines, with their agencies, contents and
        days, and open it.

        :raise UserError: if the lines are of several plans, days or forms, or one has
            its inspection already.
        :raise AccessError: if the caller prepares no inspections.
        """
        self.plan_id._lock()
        for line in self:
            if refusal := line._make_refusal():
                raise refusal
        kinds = {
            (line.plan_id, line.form, line.date_from, line.date_to) for line in self
        }
        if len(kinds) != 1 or len(self.agency_id) != len(self):
            raise UserError(
                self.env._(
                    "One inspection is made from lines of one plan with the same form"
                    " and the same days, each of another agency."
                )
            )
        company = self.plan_id.company_id
        inspections = self.env["task.inspection"].with_company(company)
        inspection = inspections.create(self._inspection_vals())
        lines = {line.agency_id: line for line in self}
        # closed to users; the right was asked above
        for subject in inspection.sudo().subject_ids:
            subject.plan_line_id = lines[subject.agency_id]
        return self._action_open_inspections(inspection)

    def _inspection_vals(self):
        """Values of the draft; what the decision prints is Vietnamese."""
        first = self[0]
        regulation = first.company_id._task_regulation().sudo()
        codes = set(self.sudo().content_ids.mapped("code"))
        agencies = self.agency_id
        names = ", ".join(agencies.mapped("name"))
        words = dict.fromkeys(filter(None, self.mapped("content")))
        return {
            "name": f"Kiểm tra việc thực hiện nhiệm vụ được giao của {names}",
            "form": first.form,
            "plan_line_id": first.id,
            "scope": "\n".join(words),
            # the plan may have been made under an earlier version of the regulation
            "content_ids": [
                Command.set(
                    regulation._prescriptions("content")
                    .filtered(lambda content: content.code in codes)
                    .ids
                )
            ],
            "date_from": first.date_from,
            "date_to": first.date_to,
            "subject_ids": [
                Command.create(
                    {
                        "agency_id": agency.id,
                        "visit_from": first.date_from,
                        "visit_to": first.date_to,
                    }
                )
                for agency in agencies
            ],
        }

    def action_open_inspections(self):
        """Open what was made from this line."""
        self.ensure_one()
        return self._action_open_inspections(self.made_ids)

    def _action_open_inspections(self, inspections):
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Inspections"),
            "res_model": "task.inspection",
        }
        if len(inspections) == 1:
            return {
                **action,
                "res_id": inspections.id,
                "views": [(False, "form")],
            }
        return {
            **action,
            "domain": [("id", "in", inspections.ids)],
            "views": [(False, "list"), (False, "form")],
        }
