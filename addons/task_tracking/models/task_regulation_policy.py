# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..logic import policies

POLICY_KEYS = [(policy.key, policy.label) for policy in policies.POLICIES.values()]
#: Every choice of every policy; the form offers those of the chosen one.
CHOICES = list(
    dict(
        [(policies.YES, "Yes"), (policies.NO, "No")]
        + [
            choice
            for policy in policies.POLICIES.values()
            for choice in policy.choices.items()
        ]
    ).items()
)


class TaskRegulationPolicy(models.Model):
    """What a regulation decides on one question, with the article that says so.

    `value` is the stored truth (text read by logic.policies); `choice`, `number`
    and `words` show and set it in the form that suits its kind.
    """

    _name = "task.regulation.policy"
    _inherit = ["task.cached.mixin", "task.regulation.cited"]
    _description = "Policy of a Regulation"
    _order = "regulation_id, sequence, id"
    _rec_name = "key"

    regulation_id = fields.Many2one(
        "task.regulation", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=100)
    key = fields.Selection(POLICY_KEYS, string="Question", required=True)
    value = fields.Char(
        compute="_compute_value",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    kind = fields.Char(compute="_compute_kind")
    available_choices = fields.Json(compute="_compute_kind")
    choice = fields.Selection(
        CHOICES, string="Answer", compute="_compute_answer", inverse="_inverse_choice"
    )
    number = fields.Integer(compute="_compute_answer", inverse="_inverse_number")
    words = fields.Char(compute="_compute_answer", inverse="_inverse_words")
    value_label = fields.Char(string="Decided", compute="_compute_value_label")
    article = fields.Char()
    quote = fields.Text(help="The sentence of the text, word for word.")
    is_interpretation = fields.Boolean(
        string="Our reading", help="The text leaves it open: this is how it is read."
    )
    note = fields.Text()

    _key_uniq = models.Constraint(
        "UNIQUE (regulation_id, key)",
        "The regulation decides this question already.",
    )

    @api.depends("key")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["key"]._description_selection(self.env))
        for line in self:
            line.display_name = labels.get(line.key, "")

    @api.depends("key")
    def _compute_value(self):
        for line in self:
            policy = policies.POLICIES.get(line.key)
            line.value = policy.default if policy else False

    @api.depends("key")
    def _compute_kind(self):
        for line in self:
            policy = policies.POLICIES.get(line.key)
            line.kind = policy.kind if policy else False
            line.available_choices = list(policies.codes(policy)) if policy else []

    @api.depends("key", "value")
    def _compute_answer(self):
        for line in self:
            policy = policies.POLICIES.get(line.key)
            kind, value = policy and policy.kind, line.value or ""
            line.number = int(value) if kind == "int" and value.isdecimal() else 0
            line.words = value if kind == "text" else False
            chosen = kind in ("bool", "choice") and value in policies.codes(policy)
            line.choice = value if chosen else False

    def _inverse_choice(self):
        for line in self:
            if line.kind in ("bool", "choice") and line.choice:
                line.value = line.choice

    def _inverse_number(self):
        for line in self:
            if line.kind == "int":
                line.value = str(line.number)

    def _inverse_words(self):
        for line in self:
            if line.kind == "text":
                line.value = line.words

    @api.depends("key", "value")
    @api.depends_context("lang")
    def _compute_value_label(self):
        labels = dict(self._fields["choice"]._description_selection(self.env))
        for line in self:
            line.value_label = labels.get(line.choice) or line.value

    @api.constrains("key", "value")
    def _check_value(self):
        labels = dict(self._fields["key"]._description_selection(self.env))
        for line in self:
            try:
                policies.parse(line.key, line.value)
            except policies.BadValue as bad:
                raise ValidationError(
                    self.env._(
                        "%(question)s: “%(value)s” is not an answer. Possible:"
                        " %(expected)s.",
                        question=labels[line.key],
                        value=line.value or "",
                        expected=bad.expected,
                    )
                ) from bad
