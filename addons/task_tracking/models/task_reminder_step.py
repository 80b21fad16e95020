# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..logic import ladder

KINDS = [
    (ladder.DEADLINE, "Deadlines of tasks"),
    (ladder.AGENCY, "Other limits of agencies"),
    (ladder.OFFICE, "Limits of the Office"),
    (ladder.HOURS, "Limits in hours of agencies"),
    (ladder.OFFICE_HOURS, "Limits in hours of the Office"),
    (ladder.DECISION, "What waits for somebody's answer"),
]
UNITS = [
    (ladder.WORKING_DAY, "Working days"),
    (ladder.CALENDAR_DAY, "Calendar days"),
    (ladder.SHARE, "Percent of the time"),
]
#: The persons a step may tell, in the order they are named.
RECIPIENTS = (
    "to_officer",
    "to_head",
    "to_specialist",
    "to_decider",
    "to_manager",
    "to_leader",
)
CHANNELS = ("by_screen", "by_digest", "by_letter")
#: The kinds that are an agency's; the others concern no agency's people.
OF_AGENCIES = (ladder.DEADLINE, ladder.AGENCY, ladder.HOURS)


class TaskReminderStep(models.Model):
    """One rung of a ladder of reminders: when, whom and how.

    None of the regulations says on which days it is urged (BG Đ10, KT Đ9, QT Đ12, CM
    Đ8, KH Đ11.2 name the forms only): the days are a reading of the province. What a
    step means is said once, in logic/ladder.py. Steps without a regulation are the
    default ladder, for every regulation without one of its own of that kind.
    """

    _name = "task.reminder.step"
    _inherit = ["task.cached.mixin", "task.regulation.cited"]
    _description = "Step of the Reminders"
    _order = "kind, act, offset, id"

    regulation_id = fields.Many2one(
        "task.regulation",
        ondelete="cascade",
        index="btree_not_null",
        help="Empty: the default, for every regulation without such steps of its own.",
    )
    kind = fields.Selection(KINDS, string="Reminds of", required=True)
    act = fields.Selection(
        lambda self: self._act_selection(),
        string="Only of",
        help="Steps of one duty take the place of the general ones for that duty.",
    )
    offset = fields.Integer(
        string="Days or percent",
        required=True,
        help="Days after the due date, or after the day it began to wait; below zero"
        " before it. Of a limit in hours: percent of its time.",
    )
    unit = fields.Selection(
        UNITS,
        string="Counted in",
        compute="_compute_unit",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    to_officer = fields.Boolean(
        string="Officers", help="The officers of the agency, its head left out."
    )
    to_head = fields.Boolean(string="Head of the agency")
    to_specialist = fields.Boolean(
        string="Specialist",
        help="The specialist of the Office who follows it; where there is none, the"
        " managers.",
    )
    to_decider = fields.Boolean(string="Who is to answer")
    to_manager = fields.Boolean(string="Office managers")
    to_leader = fields.Boolean(string="Leaders")
    by_screen = fields.Boolean(
        string="On screen",
        default=True,
        help="Among the activities at the top of the screen.",
    )
    by_digest = fields.Boolean(
        string="By e-mail",
        default=True,
        help="In the one e-mail of the day; of limits in hours in an e-mail at once.",
    )
    by_letter = fields.Boolean(
        string="Draft letter",
        help="A letter to the lead agency is drafted; the Office completes and issues"
        " it, or discards it.",
    )
    active = fields.Boolean(default=True)
    words = fields.Char(string="Step", compute="_compute_words")
    to_words = fields.Char(string="Told to", compute="_compute_to_words")
    by_words = fields.Char(string="Told by", compute="_compute_to_words")
    article = fields.Char(help="Where the text itself names the day.")
    quote = fields.Text(help="The sentence of the text, word for word.")
    is_interpretation = fields.Boolean(
        string="Our reading",
        default=True,
        help="The text leaves it open: this is how it is read.",
    )
    note = fields.Text()

    # one step a day: which of two would be the last one reached?
    _offset_uniq = models.UniqueIndex(
        "(COALESCE(regulation_id, 0), kind, COALESCE(act, ''), \"offset\")"
        " WHERE active",
        "There is a step for this day already.",
    )

    def _act_selection(self):
        """The words of the rules, so that an addon adds its own in one place."""
        field = self.env["task.regulation.rule"]._fields["act"]
        return field._description_selection(self.env)

    @api.depends("kind")
    def _compute_unit(self):
        for step in self:
            in_hours = step.kind in ladder.IN_HOURS
            if in_hours != (step.unit == ladder.SHARE) or not step.unit:
                step.unit = ladder.SHARE if in_hours else ladder.WORKING_DAY

    @api.depends("kind", "offset", "unit")
    @api.depends_context("lang")
    def _compute_words(self):
        for step in self:
            step.words = step._words()

    @api.depends("words")
    def _compute_display_name(self):
        for step in self:
            step.display_name = step.words

    @api.depends(*RECIPIENTS, *CHANNELS)
    @api.depends_context("lang")
    def _compute_to_words(self):
        def named(step, names):
            told = step.fields_get(names, ["string"])
            return ", ".join(told[name]["string"] for name in names if step[name])

        for step in self:
            step.to_words = named(step, RECIPIENTS)
            step.by_words = named(step, CHANNELS)

    def _words(self):
        """When the step is told, in the reader's language: "3 working day(s) before
        the due date"."""
        self.ensure_one()
        count, kind = abs(self.offset), self.kind
        if self.unit == ladder.SHARE:
            if not count:
                return self.env._("when the time begins")
            if count == 50:
                return self.env._("at half-time")
            return self.env._("when %(percent)s%% of the time is over", percent=count)
        in_working_days = self.unit == ladder.WORKING_DAY
        if kind == ladder.DECISION:
            if not count:
                return self.env._("the first working day after it came")
            if in_working_days:
                return self.env._("%(count)s working day(s) after it came", count=count)
            return self.env._("%(count)s day(s) after it came", count=count)
        if not count:
            return self.env._("on the due date")
        if self.offset < 0:
            if in_working_days:
                return self.env._(
                    "%(count)s working day(s) before the due date", count=count
                )
            return self.env._("%(count)s day(s) before the due date", count=count)
        if in_working_days:
            return self.env._(
                "%(count)s working day(s) after the due date", count=count
            )
        return self.env._("%(count)s day(s) after the due date", count=count)

    def _as_step(self):
        """This step as a logic.ladder.Step whose `ref` is its id."""
        self.ensure_one()
        return ladder.Step(self.kind, self.offset, self.unit, self.id)

    # -- what makes no sense -----------------------------------------------------------
    @api.constrains("kind", "act", "offset", "unit", *RECIPIENTS, *CHANNELS)
    def _check_step(self):
        for step in self:
            mistake = step._mistake()
            if mistake:
                raise ValidationError(
                    self.env._(
                        "%(step)s: %(mistake)s", step=step.words, mistake=mistake
                    )
                )

    def _mistake(self):
        """What is wrong with this step alone, as a sentence; None if nothing is."""
        in_hours = self.kind in ladder.IN_HOURS
        if in_hours != (self.unit == ladder.SHARE):
            return self.env._(
                "limits in hours are reminded of at a percentage of their time, all"
                " others in days."
            )
        if in_hours and not 0 <= self.offset <= 100:
            return self.env._("the percentage is from 0 to 100.")
        if abs(self.offset) > ladder.MAX_OFFSET:
            return self.env._("at most %(days)s days.", days=ladder.MAX_OFFSET)
        if self.kind == ladder.DECISION and self.offset < 0:
            return self.env._("nothing waits before it came.")
        if self.kind in (ladder.DEADLINE, ladder.DECISION) and self.act:
            return self.env._("this kind of reminder is not of one duty.")
        if self.kind not in OF_AGENCIES and (self.to_officer or self.to_head):
            return self.env._("this concerns no agency's officers or head.")
        if self.kind != ladder.DECISION and self.to_decider:
            return self.env._("nobody is to answer here.")
        if self.kind != ladder.DEADLINE and self.by_letter:
            return self.env._("letters are drafted about the deadlines of tasks only.")
        if not any(self[name] for name in CHANNELS):
            return self.env._("choose how it is told, or archive the step.")
        if not (self.by_letter or any(self[name] for name in RECIPIENTS)):
            return self.env._("choose whom it is told to, or archive the step.")
        return None

    @api.constrains("regulation_id", "kind", "act", "offset", "unit", "active")
    def _check_one_unit(self):
        """The greatest offset reached is the last one in time only if all steps on
        one side of the date are counted alike."""
        for (regulation, kind, act), _steps in self.grouped(
            lambda step: (step.regulation_id, step.kind, step.act)
        ).items():
            steps = self.search(
                [
                    ("regulation_id", "=", regulation.id),
                    ("kind", "=", kind),
                    ("act", "=", act),
                    ("offset", "!=", 0),
                ]
            )
            for side in steps.grouped(lambda step: step.offset > 0).values():
                if len(set(side.mapped("unit"))) > 1:
                    raise ValidationError(
                        self.env._(
                            "Steps on the same side of the due date are all counted in"
                            " working days, or all in calendar days: %(steps)s.",
                            steps=", ".join(side.mapped("words")),
                        )
                    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_default(self):
        if self.filtered(lambda step: not step.regulation_id):
            raise UserError(
                self.env._("A step of the default ladder is archived, not deleted.")
            )
