# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from .task_inspection import FORMS, WORKING

#: What became of a line of an approved plan, never stored: it depends on today.
PROGRESS = [
    ("planned", "Planned"),
    ("running", "Under way"),
    ("held", "Held"),
    ("missed", "Not held"),
]
#: States of an inspection that was held.
HELD = ("concluded", "closed")


class TaskInspectionPlanLine(models.Model):
    """One agency of a plan: what is inspected there, how and when."""

    _name = "task.inspection.plan.line"
    _inherit = ["task.closed.mixin", "task.scope.mixin"]
    _description = "Line of an inspection plan"
    _order = "plan_id, date_from, id"
    _rec_names_search = ["agency_id.name", "plan_id.name"]
    _closed_fields = frozenset(("root_id", "version_ids", "subject_ids"))
    _scope_depends = ("plan_id",)

    plan_id = fields.Many2one(
        "task.inspection.plan", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        related="plan_id.company_id", store=True, precompute=True
    )
    plan_state = fields.Selection(
        related="plan_id.state", store=True, string="State of the plan"
    )
    agency_id = fields.Many2one(
        "res.partner",
        required=True,
        domain=[("is_agency", "=", True)],
        ondelete="restrict",
        index=True,
    )
    content_ids = fields.Many2many(
        "task.inspection.prescription",
        string="Contents",
        domain="[('topic', '=', 'content')]",
        default=lambda self: (
            self.env.company._task_regulation().sudo()._prescriptions("content").ids
        ),
    )
    content = fields.Text(string="Content in words")
    form = fields.Selection(FORMS, required=True, default="regular")
    date_from = fields.Date(string="From", required=True)
    date_to = fields.Date(string="To", required=True)
    reason = fields.Text(
        string="Why this agency",
        help="What the data said when the agency was suggested; may be completed.",
    )
    inspection_ids = fields.One2many("task.inspection", "plan_line_id")
    subject_ids = fields.One2many("task.inspection.subject", "plan_line_id")
    root_id = fields.Many2one(
        "task.inspection.plan.line",
        string="Line of the first version",
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        help="An adjusted plan takes the line over: the same planned inspection.",
    )
    version_ids = fields.One2many("task.inspection.plan.line", "root_id")
    made_ids = fields.Many2many(
        "task.inspection", string="Inspections made from it", compute="_compute_made"
    )
    progress = fields.Selection(
        PROGRESS,
        string="What became of it",
        compute="_compute_made",
        search="_search_progress",
        help="Of an approved plan: held is what was concluded; not held, what no"
        " decision was issued for by its last day.",
    )
    can_make = fields.Boolean(compute="_compute_can_make")

    @api.depends("agency_id", "plan_id.name")
    def _compute_display_name(self):
        for line in self:
            line.display_name = (
                f"{line.agency_id.display_name or ''} – {line.plan_id.name or ''}"
            )

    @api.constrains("date_from", "date_to", "plan_id")
    def _check_dates(self):
        for line in self:
            plan = line.plan_id
            if not plan.date_from <= line.date_from <= line.date_to <= plan.date_to:
                raise ValidationError(
                    self.env._(
                        "%(agency)s: the days must lie in order within the plan.",
                        agency=line.agency_id.display_name,
                    )
                )

    @api.constrains("agency_id", "plan_id")
    def _check_team(self):
        self.plan_id._check_team()

    @api.constrains("content_ids")
    def _check_contents(self):
        for line in self:
            if set(line.sudo().content_ids.mapped("topic")) - {"content"}:
                raise ValidationError(
                    self.env._("Choose among the regulation's contents of inspection.")
                )

    # -- who changes it ----------------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_change()
        return lines

    def write(self, vals):
        self._check_change()
        result = super().write(vals)
        self._check_change()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        self._check_change()

    def _check_change(self):
        for plan in self.plan_id:
            if not self.env.su and (refusal := plan._edit_refusal()):
                raise refusal

    # -- what became of it -------------------------------------------------------------
    def _root(self):
        """The line of the first version of the plan that this one goes on from."""
        self.ensure_one()
        return self.root_id or self

    def _made(self):
        """{line: inspections made from it or from its earlier versions, those
        cancelled left out}, in as many queries for one line as for all."""
        lines = self.sudo()
        roots = lines.root_id | lines.filtered(lambda line: not line.root_id)
        family = roots | self.sudo().search(Domain("root_id", "in", roots.ids))
        inspections = (
            self.env["task.inspection"]
            .sudo()
            .search(
                Domain("state", "!=", "cancelled")
                & (
                    Domain("plan_line_id", "in", family.ids)
                    | Domain("subject_ids.plan_line_id", "in", family.ids)
                )
            )
        )
        made = dict.fromkeys(roots, inspections.browse())
        for inspection in inspections:
            of = inspection.plan_line_id | inspection.subject_ids.plan_line_id
            for line in of & family:
                made[line._root()] |= inspection
        return {
            line: line.plan_id.inspection_id or made[line._root()] for line in lines
        }

    @api.depends(
        "plan_state",
        "date_to",
        "inspection_ids.state",
        "subject_ids.inspection_id.state",
        "root_id.version_ids.inspection_ids.state",
        "root_id.version_ids.subject_ids.inspection_id.state",
    )
    def _compute_made(self):
        made = self._origin._made()
        for line in self:
            inspections = made.get(line._origin.sudo(), self.env["task.inspection"])
            line.made_ids = inspections.sudo(self.env.su)
            states = set(inspections.mapped("state"))
            if line.plan_state != "approved":
                line.progress = False
            elif states & set(WORKING):
                line.progress = "running"
            elif states & set(HELD):
                line.progress = "held"
            elif line.date_to and line.date_to < line.company_id._task_today():
                line.progress = "missed"
            else:
                line.progress = "planned"

    def _search_progress(self, operator, value):
        if operator != "in":
            return NotImplemented
        running = self._with_inspection(WORKING)
        held = self._with_inspection(HELD) & ~running
        over = Domain.OR(
            Domain("company_id", "in", companies.ids) & Domain("date_to", "<", today)
            for today, companies in self.env["task.clock"]._todays()
        )
        approved = Domain("plan_state", "=", "approved")
        domains = {
            "running": approved & running,
            "held": approved & held,
            "missed": approved & ~running & ~held & over,
            "planned": approved & ~running & ~held & ~over,
            False: ~approved,
        }
        return Domain.OR(domains[one] for one in value if one in domains)

    @api.model
    def _with_inspection(self, states):
        """Domain of the lines with an inspection in one of `states`, made from them or
        from another version of them."""
        own = Domain("inspection_ids", "any!", Domain("state", "in", states)) | Domain(
            "subject_ids", "any!", Domain("inspection_id.state", "in", states)
        )
        family = own | Domain("version_ids", "any!", own)
        return (
            family
            | Domain("root_id", "any!", family)
            | Domain("plan_id.inspection_id.state", "in", states)
        )

    # -- who reads it ------------------------------------------------------------------
    @api.model
    def _scope_domain(self):
        plans = self.env["task.inspection.plan"]
        return Domain("plan_id", "in", plans.sudo()._search(plans._scope_domain()))
