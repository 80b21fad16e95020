# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..logic import prescriptions

TOPICS = [(topic.key, topic.label) for topic in prescriptions.TOPICS.values()]


class TaskInspectionPrescription(models.Model):
    """One point of what a regulation prescribes of inspections, as data.

    Code asks `task.regulation._prescriptions(topic)` and never knows whose text it is:
    `code` is what it acts on, `name` are the text's own words, `sequence` its order.
    """

    _name = "task.inspection.prescription"
    _inherit = ["task.cached.mixin", "task.regulation.cited"]
    _description = "Prescription on Inspections"
    _order = "regulation_id, sequence, id"

    regulation_id = fields.Many2one(
        "task.regulation", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=100)
    topic = fields.Selection(TOPICS, required=True)
    code = fields.Char(
        required=True,
        help="What the system knows it by. A code it does not know is a heading under"
        " which somebody writes.",
    )
    name = fields.Char(
        string="In the text's words", required=True, help="Short, as it is printed."
    )
    requirement = fields.Selection(
        list(prescriptions.REQUIREMENTS.items()),
        string="Binds",
        required=True,
        default="required",
    )
    inspector = fields.Selection(
        list(prescriptions.INSPECTORS.items()),
        string="If inspected by",
        help="Empty: whoever inspects.",
    )
    article = fields.Char()
    quote = fields.Text(help="The sentence of the text, word for word.")
    is_interpretation = fields.Boolean(
        string="Our reading", help="The text leaves it open: this is how it is read."
    )
    note = fields.Text()

    _code_uniq = models.UniqueIndex(
        "(regulation_id, topic, code, COALESCE(inspector, ''))",
        "The regulation prescribes this already.",
    )

    @api.constrains("topic", "code")
    def _check_code(self):
        labels = dict(self._fields["topic"]._description_selection(self.env))
        for line in self:
            try:
                prescriptions.check(line.topic, line.code)
            except prescriptions.BadCode as bad:
                raise ValidationError(
                    self.env._(
                        "%(topic)s: “%(code)s” is not known. Known: %(expected)s.",
                        topic=labels[line.topic],
                        code=line.code,
                        expected=bad.expected,
                    )
                ) from bad

    @api.constrains("regulation_id", "topic", "code", "inspector")
    def _check_inspector(self):
        """A line for whoever inspects leaves no room for another of one inspector:
        the same thing would be asked of that one twice."""
        for regulation, lines in self.grouped("regulation_id").items():
            for line in lines:
                same = regulation.prescription_ids.filtered(
                    lambda one, line=line: (
                        (one.topic, one.code) == (line.topic, line.code)
                    )
                )
                if len(same) > 1 and not all(same.mapped("inspector")):
                    raise ValidationError(
                        self.env._(
                            "“%(name)s” holds whoever inspects: there cannot be"
                            " another line of it for one inspector.",
                            name=line.name,
                        )
                    )
