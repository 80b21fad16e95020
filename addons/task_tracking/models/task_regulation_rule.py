# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..logic import limits

ACTS = [
    ("register", "Register a directive"),
    ("forward_superior", "Forward a superior body's task"),
    ("return", "Hand a task back"),
    ("extension_ask", "Ask for an extension"),
    ("extension_answer", "Answer a request for extension"),
    ("result", "Enter the result"),
    ("external_entry", "Enter the result in another system"),
    ("confirm", "Confirm the result"),
    ("discrepancy", "Settle a discrepancy of figures"),
    ("undated_report", "Report on undated tasks"),
    ("year_end_list", "List dated tasks without a product"),
    ("secret_report", "Report on tasks of secret documents"),
    ("feedback", "Give feedback on another agency"),
    ("feedback_answer", "Act on a feedback"),
    ("difficulty", "Report difficulties"),
    ("explanation", "Explain tasks not done in time"),
    ("inspection_plan", "Plan an inspection"),
    ("inspection_conclusion", "Conclude an inspection"),
    ("inspection_dossier", "Keep the dossier of an inspection"),
    ("report_send", "Send the periodic report"),
    ("report_compile", "Compile the periodic report"),
    ("regulation_report", "Report on the regulation itself"),
]
ACTORS = [
    ("office", "The Office"),
    ("agency", "The agency"),
    ("leader", "The leader"),
    ("team", "The inspection team"),
]
EVENTS = [
    ("issue", "Issue of the directive"),
    ("despatch", "Despatch of the directive"),
    ("receipt", "Receipt"),
    ("arising", "The task arising"),
    ("release", "Assignment to the agency"),
    ("deadline", "The task's deadline"),
    ("handing_in", "Handing in of the result"),
    ("discovery", "Discovery"),
    ("decision", "Decision to inspect"),
    ("inspection_end", "End of the inspection"),
    ("window_end", "End of the period's figures"),
    ("period_end", "Last day of the period"),
]
STOPS = [
    ("registration", "Registration on the system"),
    ("release", "Assignment to the agency"),
    ("request", "Request sent"),
    ("answer", "Answer given"),
    ("handing_in", "Result entered"),
    ("external_entry", "Entered in the other system"),
    ("entry", "Progress or result entered"),
    ("confirmation", "Result confirmed"),
    ("report", "Report sent"),
    ("urge", "Reminder sent, or the leader asked"),
    ("conclusion", "Conclusion reported"),
    ("plan", "Plan made"),
]
UNITS = [
    ("working_day", "Working days"),
    ("calendar_day", "Calendar days"),
    ("hour", "Hours"),
    ("same_day", "The same day"),
    ("day_of_month", "A day of a month"),
]


class TaskRegulationCircumstance(models.Model):
    """Something a time limit may depend on; its meaning is in logic.limits."""

    _name = "task.regulation.circumstance"
    _description = "Circumstance of a Time Limit"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Selection(
        [(code, code) for code in limits.CIRCUMSTANCES], required=True
    )
    sequence = fields.Integer(default=100)

    _code_uniq = models.Constraint("UNIQUE (code)", "This circumstance exists already.")


class TaskRegulationRule(models.Model):
    """One time limit: who must do what, how long after which event.

    Rules of the same act are tried in order; the first whose circumstances hold
    applies. "No limit" and "not known" are rules too: the text was read.
    """

    _name = "task.regulation.rule"
    _inherit = ["task.cached.mixin", "task.regulation.cited"]
    _description = "Time Limit of a Regulation"
    _order = "regulation_id, sequence, id"
    _rec_name = "act"

    regulation_id = fields.Many2one(
        "task.regulation", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=100)
    act = fields.Selection(ACTS, string="Duty", required=True)
    actor = fields.Selection(ACTORS, string="Whose", required=True, default="office")
    circumstance_ids = fields.Many2many(
        "task.regulation.circumstance",
        string="Only if",
        help="Circumstances of one kind are alternatives; of different kinds, all"
        " must hold.",
    )
    stated = fields.Selection(
        [
            ("limit", "A limit"),
            ("none", "No limit stated"),
            ("absent", "Not known to the text"),
        ],
        string="The text states",
        required=True,
        default="limit",
    )
    amount = fields.Integer(
        string="Within",
        default=1,
        help="How many; of a day of a month its number, 31 being the last day.",
    )
    unit = fields.Selection(UNITS, required=True, default="working_day")
    months = fields.Integer(
        string="Months from the event's month",
        help="Of a day of a month: 0 is the month of the event, 1 the next one, -1 the"
        " one before.",
    )
    direction = fields.Selection(
        [("after", "After"), ("before", "At least before")],
        required=True,
        default="after",
        help="Before a day of a month: that day itself is too late.",
    )
    event = fields.Selection(EVENTS, string="Counted from")
    stop = fields.Selection(STOPS, string="Met by")
    article = fields.Char()
    quote = fields.Text(help="The sentence of the text, word for word.")
    is_interpretation = fields.Boolean(
        string="Our reading", help="The text leaves it open: this is how it is read."
    )
    note = fields.Text()
    limit_label = fields.Char(string="Limit", compute="_compute_limit_label")

    @api.depends("act")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["act"]._description_selection(self.env))
        for rule in self:
            rule.display_name = labels.get(rule.act, "")

    @api.depends("stated", "amount", "unit", "months", "direction", "event")
    @api.depends_context("lang")
    def _compute_limit_label(self):
        for rule in self:
            rule.limit_label = rule._get_limit_label()

    def _get_limit_label(self):
        """The limit in words, in the reader's language."""
        self.ensure_one()
        if self.stated != "limit":
            stated = self._fields["stated"]._description_selection(self.env)
            return dict(stated)[self.stated]
        events = dict(self._fields["event"]._description_selection(self.env))
        return limit_text(
            self.env,
            self.unit,
            self.amount,
            events.get(self.event, ""),
            months=self.months,
            backwards=self.direction == "before",
        )

    def _as_rule(self):
        """This line as a logic.limits.Rule whose `ref` is its id."""
        self.ensure_one()
        return limits.Rule(
            act=self.act,
            actor=self.actor,
            stated=self.stated,
            event=self.event or "",
            amount=self.amount,
            unit=self.unit,
            months=self.months,
            backwards=self.direction == "before",
            circumstances=tuple(self.circumstance_ids.mapped("code")),
            ref=self.id,
        )

    @api.constrains(
        "act",
        "amount",
        "article",
        "circumstance_ids",
        "direction",
        "event",
        "months",
        "stated",
        "stop",
        "unit",
    )
    def _check_rule(self):
        for rule in self:
            try:
                limits.check(rule._as_rule())
            except ValueError as error:
                raise ValidationError(rule._get_mistake(error.args[0])) from error
            if rule.stated == "limit" and not (rule.article and rule.stop):
                raise ValidationError(
                    self.env._(
                        "%(duty)s: name the article that states the limit, and what"
                        " meets it.",
                        duty=rule._get_act_label(),
                    )
                )

    def _get_act_label(self):
        acts = self._fields["act"]._description_selection(self.env)
        return dict(acts)[self.act]

    def _get_mistake(self, code):
        """The sentence for a code of limits.check."""
        duty = self._get_act_label()
        if code == "circumstance_not_known":
            return self.env._(
                "%(duty)s: this duty does not depend on such circumstances.", duty=duty
            )
        if code == "unknown_event":
            return self.env._(
                "%(duty)s: this duty cannot be counted from this event.", duty=duty
            )
        if code == "amount":
            return self.env._(
                "%(duty)s: the limit must be from 1 to %(most)s.",
                duty=duty,
                most=limits.MAX_AMOUNT,
            )
        if code == "day_of_month":
            return self.env._(
                "%(duty)s: a day of a month is from 1 to %(last)s, at most %(months)s"
                " months from the event.",
                duty=duty,
                last=limits.LAST_DAY,
                months=limits.MAX_MONTHS,
            )
        if code == "hours_backwards":
            return self.env._("%(duty)s: hours are counted forwards only.", duty=duty)
        return self.env._(
            "%(duty)s: the limit makes no sense (%(code)s).", duty=duty, code=code
        )


def limit_text(env, unit, amount, event, *, months=0, backwards=False):
    """A limit in words: "1 working day(s) after: Despatch of the directive"."""
    values = {"amount": amount, "event": event}
    if unit == "working_day" and backwards:
        return env._("At least %(amount)s working day(s) before: %(event)s", **values)
    if unit == "working_day":
        return env._("%(amount)s working day(s) after: %(event)s", **values)
    if unit == "calendar_day" and backwards:
        return env._("At least %(amount)s day(s) before: %(event)s", **values)
    if unit == "calendar_day":
        return env._("%(amount)s day(s) after: %(event)s", **values)
    if unit == "hour":
        return env._("%(amount)s hour(s) after: %(event)s", **values)
    if unit == "day_of_month":
        return _day_of_month_text(env, amount, months, event, backwards=backwards)
    return env._("The same day as: %(event)s", event=event)


def _day_of_month_text(env, amount, months, event, *, backwards):
    """ "Before day 20 of the month of: Last day of the period"."""
    if months == 0:
        month = env._("the month of")
    elif months > 0:
        month = env._("month %(count)s after that of", count=months)
    else:
        month = env._("month %(count)s before that of", count=-months)
    if backwards:
        return env._(
            "Before day %(day)s of %(month)s: %(event)s",
            day=amount,
            month=month,
            event=event,
        )
    if amount >= limits.LAST_DAY:
        return env._("The last day of %(month)s: %(event)s", month=month, event=event)
    return env._(
        "Day %(day)s of %(month)s: %(event)s", day=amount, month=month, event=event
    )
