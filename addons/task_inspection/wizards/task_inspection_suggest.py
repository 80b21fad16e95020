# SPDX-License-Identifier: LGPL-3.0-or-later
from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError

#: How far back the figures go unless the Office says otherwise.
MONTHS = 12


class TaskInspectionSuggest(models.TransientModel):
    """Agencies to inspect, ranked from the data, each with the reason in words; who is
    chosen comes into the draft of the plan with it (`task.inspection.plan.
    _suggestions` says how they are ranked)."""

    _name = "task.inspection.suggest"
    _description = "Agencies suggested for an inspection plan"

    plan_id = fields.Many2one("task.inspection.plan", required=True)
    date_from = fields.Date(
        string="Figures from",
        required=True,
        default=lambda self: (
            self.env.company._task_today() + relativedelta(months=-MONTHS, days=1)
        ),
    )
    date_to = fields.Date(
        string="Figures to",
        required=True,
        default=lambda self: self.env.company._task_today(),
    )
    visit_from = fields.Date(
        string="Inspected from",
        required=True,
        compute="_compute_visit",
        store=True,
        readonly=False,
        precompute=True,
    )
    visit_to = fields.Date(
        string="Inspected to",
        required=True,
        compute="_compute_visit",
        store=True,
        readonly=False,
        precompute=True,
    )
    has_reports = fields.Boolean(compute="_compute_has_reports")
    line_ids = fields.One2many(
        "task.inspection.suggest.line",
        "suggest_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
        precompute=True,
        string="Agencies",
    )

    @api.constrains("plan_id", "date_from", "date_to")
    def _check_window(self):
        for wizard in self.sudo(False):
            # naming a plan here shows its name
            wizard.plan_id.check_access("read")
            if wizard.date_to < wizard.date_from:
                raise ValidationError(self.env._("The last day is before the first."))

    @api.depends("plan_id")
    def _compute_visit(self):
        for wizard in self:
            wizard.visit_from = wizard.plan_id.date_from
            wizard.visit_to = wizard.plan_id.date_to

    def _compute_has_reports(self):
        self.has_reports = "task.report" in self.env

    @api.depends("plan_id", "date_from", "date_to")
    def _compute_line_ids(self):
        for wizard in self:
            # never in sudo, as stored computes run: the reader's own rules decide
            plan = wizard.plan_id.sudo(False)
            found = []
            if plan and wizard.date_from and wizard.date_to:
                plan._check_suggest()
                found = plan._suggestions(wizard.date_from, wizard.date_to)
            wizard.line_ids = [Command.clear()] + [
                Command.create({**row, "place": place})
                for place, row in enumerate(found, 1)
            ]

    def action_add(self):
        """Bring the chosen agencies into the plan, with the reason.

        :raise UserError: if none is chosen.
        :raise AccessError: if the caller does not draft the plan.
        """
        self.ensure_one()
        self.plan_id._check_suggest()
        chosen = self.line_ids.filtered("is_chosen")
        if not chosen:
            raise UserError(self.env._("Choose at least one agency."))
        self.plan_id.write(
            {
                "line_ids": [
                    Command.create(
                        {
                            "agency_id": line.agency_id.id,
                            "date_from": self.visit_from,
                            "date_to": self.visit_to,
                            "reason": line.reason,
                        }
                    )
                    for line in chosen
                ]
            }
        )
        return {"type": "ir.actions.act_window_close"}


class TaskInspectionSuggestLine(models.TransientModel):
    _name = "task.inspection.suggest.line"
    _description = "Agency suggested for an inspection plan"
    _order = "suggest_id, place, id"

    suggest_id = fields.Many2one(
        "task.inspection.suggest", required=True, ondelete="cascade"
    )
    place = fields.Integer(string="No.")
    agency_id = fields.Many2one("res.partner", required=True, ondelete="cascade")
    is_chosen = fields.Boolean(string="Choose")
    overdue = fields.Integer(
        string="Tasks overdue",
        help="Led by the agency: overdue now, or completed late in the window.",
    )
    overdue_open = fields.Integer(string="Overdue now")
    refused = fields.Integer(string="Results refused")
    late_reports = fields.Integer(
        string="Reports late", help="Due in the window: sent late, or not sent."
    )
    inspected_on = fields.Date(
        string="Last inspected on",
        help="The end of its last inspection ordered by the Committee.",
    )
    reason = fields.Text(string="Why")
