# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models

from ..logic.evaluation import MEASURES

#: What can be measured; the code is a key of `logic.evaluation.MEASURES`.
MEASURE_LABELS = [
    ("completion", "Completion"),
    ("on_time", "On time"),
    ("freshness", "Freshness"),
    ("quality", "Quality as rated"),
    ("not_refused", "Results not refused"),
    ("reports_on_time", "Reports on time"),
    ("extensions_asked", "Extensions asked"),
    ("extensions_granted", "Extensions granted"),
    ("returns_refused", "Hand-backs refused"),
    ("progress_335", "Progress (Decree 335/2025)"),
    ("quality_335", "Quality (Decree 335/2025)"),
]


class TaskEvaluationCriterion(models.Model):
    """What the evaluation of agencies measures under a regulation, and with what
    weight; a regulation without any evaluates nobody."""

    _name = "task.evaluation.criterion"
    _inherit = ["task.regulation.cited"]
    _description = "Criterion of the evaluation of agencies"
    _order = "regulation_id, sequence, id"
    _rec_name = "measure"

    regulation_id = fields.Many2one(
        "task.regulation", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=100)
    active = fields.Boolean(default=True)
    measure = fields.Selection(MEASURE_LABELS, required=True)
    formula = fields.Char(compute="_compute_formula")
    weight = fields.Float(
        digits=(6, 1),
        required=True,
        default=10.0,
        help="How much it counts in the score beside the other weights. 0: it is shown"
        " and counts in no score.",
    )
    direction = fields.Selection(
        [("up", "More is better"), ("down", "Less is better")],
        compute="_compute_direction",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    is_required = fields.Boolean(
        string="Needed for a place",
        compute="_compute_is_required",
        store=True,
        readonly=False,
        precompute=True,
        help="Who has nothing to measure here (0 ÷ 0) has a score, but no place among"
        " the others.",
    )
    article = fields.Char(help="Where the regulation says so.")
    quote = fields.Text(help="The regulation's own words.")
    is_interpretation = fields.Boolean(
        string="Our reading",
        help="The text leaves it open; this is how it is read here.",
    )
    note = fields.Text()

    _measure_uniq = models.Constraint(
        "UNIQUE (regulation_id, measure)",
        "The regulation measures this already.",
    )
    _weight_positive = models.Constraint(
        "CHECK (weight >= 0)", "A weight is not below 0."
    )

    @api.depends("measure")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = self._measure_labels()
        for one in self:
            one.display_name = labels.get(one.measure, "")

    @api.depends("measure")
    def _compute_direction(self):
        for one in self:
            measure = MEASURES.get(one.measure)
            one.direction = "up" if not measure or measure.higher_is_better else "down"

    @api.depends("measure")
    def _compute_is_required(self):
        """Without anything completed or overdue there is nothing to compare."""
        for one in self:
            one.is_required = one.measure == "completion"

    @api.depends("measure")
    @api.depends_context("lang")
    def _compute_formula(self):
        formulas = self._formulas()
        for one in self:
            one.formula = formulas.get(one.measure, "")

    @api.model
    def _measure_labels(self):
        return dict(self._fields["measure"]._description_selection(self.env))

    @api.model
    def _formulas(self):
        """How each measure is made, in words."""
        return {
            "completion": self.env._(
                "completed ÷ (completed + not completed and overdue)"
            ),
            "on_time": self.env._("completed on time ÷ completed"),
            "freshness": self.env._(
                "not completed with an entry lately ÷ not completed"
            ),
            "quality": self.env._(
                "rated at least satisfactory in quality and effect ÷ rated results"
            ),
            "not_refused": self.env._("results confirmed ÷ (confirmed + refused)"),
            "reports_on_time": self.env._(
                "reports sent on time ÷ reports that were due"
            ),
            "extensions_asked": self.env._(
                "tasks for which more time was asked in the period ÷ tasks with a"
                " deadline"
            ),
            "extensions_granted": self.env._(
                "tasks given more time in the period ÷ tasks with a deadline"
            ),
            "returns_refused": self.env._(
                "hand-backs refused ÷ hand-backs answered in the period"
            ),
            "progress_335": self.env._(
                "each product 100%, less 25% for each delay without a confirmed"
                " objective cause, at least 0 ÷ products completed or overdue"
            ),
            "quality_335": self.env._(
                "each product 100%, less 25% for each time its result was refused"
                " without a confirmed objective cause, at least 0 ÷ products completed"
                " or overdue"
            ),
        }


class TaskRegulation(models.Model):
    _inherit = "task.regulation"

    evaluation_criterion_ids = fields.One2many(
        "task.evaluation.criterion",
        "regulation_id",
        string="Evaluation of agencies",
        context={"active_test": False},
        copy=True,
    )

    def _evaluates(self):
        """Whether this text evaluates agencies at all (Cà Mau does not)."""
        return bool(self.evaluation_criterion_ids.filtered("active"))
