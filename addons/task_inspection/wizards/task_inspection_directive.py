# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class TaskInspectionDirective(models.TransientModel):
    """Makes one draft directive of what an inspection recommends, a task for each; the
    Office then releases it like any other."""

    _name = "task.inspection.directive"
    _description = "Directive on the recommendations"

    inspection_id = fields.Many2one("task.inspection", required=True)
    recommendation_ids = fields.Many2many(
        "task.inspection.recommendation",
        "task_inspection_directive_recommendation_rel",
        string="Recommendations",
        domain="[('inspection_id', '=', inspection_id), ('task_id', '=', False),"
        " ('done_on', '=', False), ('kind', '!=', 'adjust')]",
        compute="_compute_recommendations",
        store=True,
        readonly=False,
        precompute=True,
    )
    number = fields.Char(help="May be entered on the directive later.")
    notation = fields.Char(help="For example UBND-KT.")
    issued_on = fields.Date(
        string="Issued on",
        required=True,
        default=lambda self: self.env.company._task_today(),
    )
    abstract = fields.Text(
        required=True,
        compute="_compute_abstract",
        store=True,
        readonly=False,
        precompute=True,
    )
    shares_conclusion = fields.Boolean(
        string="Share the conclusion's signed file",
        help="Every agency given a task then reads all of the conclusion, also what was"
        " found elsewhere.",
    )

    @api.constrains("inspection_id", "recommendation_ids")
    def _check_readable(self):
        """Naming a record here shows its name: only those the user reads."""
        for records in (self.inspection_id, self.recommendation_ids):
            records.sudo(False).check_access("read")

    @api.depends("inspection_id")
    def _compute_recommendations(self):
        for wizard in self:
            found = wizard.inspection_id.recommendation_ids
            wizard.recommendation_ids = found.filtered_domain(found._to_assign_domain())

    @api.depends("inspection_id")
    def _compute_abstract(self):
        for wizard in self:
            inspection = wizard.inspection_id
            words = inspection._words() if inspection else ""
            wizard.abstract = f"Về việc thực hiện kiến nghị sau {words}"

    def action_make(self):
        """Make the directive, link each recommendation to its task, open it.

        :raise AccessError: if the caller is not of the Office.
        :raise UserError: if one of the recommendations has a task already.
        """
        self.ensure_one()
        inspection = self.inspection_id
        inspection.check_access("read")
        # two at once: the second one finds the tasks of the first
        inspection._lock()
        inspection.recommendation_ids.invalidate_recordset()
        if refusal := inspection._directive_refusal():
            raise refusal
        recommendations = self.recommendation_ids.sorted()
        possible = recommendations.filtered_domain(
            recommendations._to_assign_domain()
            & Domain("inspection_id", "=", inspection.id)
        )
        if not recommendations or recommendations != possible:
            raise UserError(
                self.env._(
                    "Choose recommendations that have no task yet, at least one."
                )
            )
        document = self._make(recommendations)
        return document._get_records_action(target="current")

    def _make(self, recommendations):
        inspection = self.inspection_id
        tasks = [one._prepare_task_vals(self.issued_on) for one in recommendations]
        drafter = inspection.inspecting_agency_id or self.env.user.sudo().task_agency_id
        shared = self.env["ir.attachment"]
        if self.shares_conclusion:
            shared = inspection._conclusion_paper().attachment_ids
        document = self.env["task.document"].create(
            {
                "number": self.number,
                "notation": self.notation,
                "issued_on": self.issued_on,
                "abstract": self.abstract,
                "source": "adhoc",
                "company_id": inspection.company_id.id,
                "drafter_id": drafter.id if drafter.is_agency else False,
                "shared_attachment_ids": [Command.set(shared.ids)],
                "task_ids": [
                    Command.create({**vals, "sequence": 10 * place})
                    for place, vals in enumerate(tasks, start=1)
                ],
            }
        )
        document.sudo().write(
            {"origin_model": inspection._name, "origin_id": inspection.id}
        )
        made = document.task_ids.sorted("sequence")
        for one, task in zip(recommendations.sudo(), made, strict=True):
            one.task_id = task
        return document
