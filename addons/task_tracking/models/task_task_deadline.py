# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ..logic import deadlines
from . import deadline_reason

#: What a deadline counted from an event is made of.
RELATIVE_FIELDS = (
    "relative_amount",
    "relative_unit",
    "relative_event",
    "relative_event_on",
)
#: Days an event may have: a slip of the keyboard lies outside.
FIRST_YEAR, LAST_YEAR = 1990, 2100


class TaskTask(models.Model):
    """A deadline counted from an event: "05 ngày làm việc kể từ …".

    It is computed when the event's day is entered; until then the task is undated and
    its words are kept. The deadline and its reasons are fixed then (DOMAIN.md
    section 2): a calendar corrected afterwards moves neither.
    """

    _inherit = "task.task"

    relative_amount = fields.Integer(string="Time allowed")
    relative_unit = fields.Selection(
        [
            ("working_day", "Working days"),
            ("calendar_day", "Days"),
            ("month", "Months"),
        ],
        string="Counted from an event in",
    )
    relative_event = fields.Char(
        string="Event",
        help="What the time is counted from, in the directive's words.",
    )
    relative_event_on = fields.Date(
        string="Day of the event",
        copy=False,
        help="Entered when it is known; that day itself does not count.",
    )
    deadline_explanation = fields.Json(
        compute="_compute_deadline_explanation", store=True, precompute=True
    )
    deadline_why = fields.Html(
        string="How the deadline was counted", compute="_compute_deadline_why"
    )

    # Three methods: where one value is written the others are still computed.
    @api.depends("relative_amount", "relative_unit", "relative_event_on")
    def _compute_is_dated(self):
        """Dated unless it waits for its event or was marked undated."""
        for task in self:
            if task.relative_unit:
                task.is_dated = bool(task._count()[0])
            else:
                task.is_dated = task.is_dated or not task._origin

    @api.depends("relative_amount", "relative_unit", "relative_event_on")
    def _compute_deadline(self):
        """Count the deadline where it is given from an event; else keep what was
        entered."""
        for task in self:
            task.deadline = task._count()[0] if task.relative_unit else task.deadline

    @api.depends("relative_amount", "relative_unit", "relative_event_on")
    def _compute_deadline_explanation(self):
        for task in self:
            due, passage = task._count() if task.relative_unit else (False, None)
            task.deadline_explanation = due and deadline_reason.counted(
                due,
                passage,
                unit=task.relative_unit,
                amount=task.relative_amount,
                event=task.relative_event or "",
                event_day=task.relative_event_on,
                words=task.deadline_text or "",
                directive=task.document_id.display_name or "",
            )

    def _count(self):
        """The (deadline, passage) counted from the event; (False, None) as long as
        something is missing or amiss, which `_check_relative` names."""
        self.ensure_one()
        event_day = self.relative_event_on
        most = deadlines.MOST[self.relative_unit]
        if (
            not event_day
            or not 1 <= self.relative_amount <= most
            or not FIRST_YEAR <= event_day.year <= LAST_YEAR
        ):
            return False, None
        company = self.company_id or self.document_id.company_id or self.env.company
        return deadlines.counted(
            company._task_calendar(),
            event_day,
            self.relative_unit,
            self.relative_amount,
        )

    @api.depends("deadline_explanation")
    @api.depends_context("lang")
    def _compute_deadline_why(self):
        for task in self:
            reason = task.deadline_explanation
            task.deadline_why = reason and deadline_reason.html(self.env, reason)

    @api.constrains(*RELATIVE_FIELDS, "deadline", "is_dated")
    def _check_relative(self):
        for task in self:
            refusal = task._relative_refusal()
            if refusal:
                raise ValidationError(refusal)

    def _relative_refusal(self):
        """Why the deadline cannot be counted so: a sentence, or None."""
        if not self.relative_unit:
            if self.relative_amount or self.relative_event or self.relative_event_on:
                return self.env._(
                    "“%(task)s”: say whether the time counted from the event is in"
                    " working days, days or months.",
                    task=self.display_name,
                )
            return None
        most = deadlines.MOST[self.relative_unit]
        if not 1 <= self.relative_amount <= most:
            return self.env._(
                "“%(task)s”: the time counted from the event is a number from 1 to"
                " %(most)s.",
                task=self.display_name,
                most=most,
            )
        if not (self.relative_event or "").strip():
            return self.env._(
                "“%(task)s”: say which event the deadline is counted from.",
                task=self.display_name,
            )
        day = self.relative_event_on
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            return self._strange_day(day)
        if not day:
            if self.is_dated or self.deadline:
                return self.env._(
                    "The deadline of “%(task)s” is counted from an event: enter the"
                    " event's day, not a deadline.",
                    task=self.display_name,
                )
            return None
        fixed = (self.deadline_explanation or {}).get("due_on")
        if fields.Date.to_string(self.deadline) != fixed:
            return self.env._(
                "The deadline of “%(task)s” is counted from the event's day"
                " (%(deadline)s): it is not entered as another day.",
                task=self.display_name,
                deadline=format_date(self.env, fixed),
            )
        return None

    def _strange_day(self, day):
        return self.env._(
            "The event's day %(day)s cannot be right.", day=format_date(self.env, day)
        )

    def copy_data(self, default=None):
        """A copy is counted from an event of its own, so it is not dated yet."""
        vals_list = super().copy_data(default)
        for vals in vals_list:
            if vals.get("relative_unit"):
                for name in ("deadline", "is_dated"):
                    vals.pop(name, None)
        return vals_list

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._without_empty_date(vals) for vals in vals_list])

    def write(self, vals):
        if "relative_unit" in vals and not vals["relative_unit"]:
            # a date after all: nothing of the event is left behind
            vals = {**dict.fromkeys(RELATIVE_FIELDS, False), **vals}
        return super().write(self._without_empty_date(vals))

    @api.model
    def _without_empty_date(self, vals):
        """`vals` without an empty deadline beside an event: it is to be counted."""
        if not any(vals.get(name) for name in RELATIVE_FIELDS):
            return vals
        return {
            name: value
            for name, value in vals.items()
            if value or name not in ("deadline", "is_dated")
        }

    # -- acts ------------------------------------------------------------------------
    def _event_day_refusal(self):
        """Why the event's day cannot be entered by the act: a sentence, or None."""
        if not self.relative_unit:
            return self.env._(
                "The deadline of “%(task)s” is not counted from an event.",
                task=self.display_name,
            )
        if self.relative_event_on:
            return self.env._(
                "The event's day of “%(task)s” is entered already (%(day)s). A wrong"
                " deadline is corrected on the assignment.",
                task=self.display_name,
                day=format_date(self.env, self.relative_event_on),
            )
        return None

    def action_set_event_day(self, day, reference=None):
        """Enter the day of the event: the first deadline is counted and recorded.

        A task outside the register comes into it; assignments that wait undated get
        their first deadline in the ledger.

        :param day: the event's day, a date; it does not count itself.
        :param reference: number and date of the paper that tells it.
        :raise AccessError: if the caller is not of the Office.
        :raise UserError: if the deadline is not counted from an event, or has its day.
        """
        self.env["task.assignment"]._check_office()
        self.check_access("write")
        self._lock()
        day = fields.Date.to_date(day)
        if not day:
            raise UserError(self.env._("Enter the day of the event."))
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise UserError(self._strange_day(day))
        for task in self:
            refusal = task._event_day_refusal()
            if refusal:
                raise UserError(refusal)
            task._set_event_day(day, reference)
        return True

    def _set_event_day(self, day, reference):
        """Date the task; rights and the day were checked."""
        if self.is_outside:
            self.sudo().write({"is_outside": False, "released_on": False})
            self.write({"relative_event_on": day, **self._successor_vals()})
            self._release_and_tell()
            return
        if not self.released_on:
            self.write({"relative_event_on": day})
            return
        undated = self.assignment_ids.filtered(
            lambda one: not one.deadline and one.state not in ("done", "withdrawn")
        )
        if not undated:
            raise UserError(
                self.env._(
                    "No assignment of “%(task)s” waits for a deadline.",
                    task=self.display_name,
                )
            )
        self.sudo()._write_fixed({"relative_event_on": day})
        undated.set_first_deadline(
            self.deadline,
            self.env._(
                "%(event)s: %(day)s.",
                event=self.relative_event,
                day=format_date(self.env, day),
            ),
            reference=reference,
        )

    def action_order_deadline(self):
        """Open the form of an act on the task's deadline (`act` in the context)."""
        self.ensure_one()
        acts = dict(
            self.env["task.deadline.order"]
            ._fields["act"]
            ._description_selection(self.env)
        )
        act = self.env.context.get("act")
        if act not in acts:
            raise UserError(self.env._("There is no such act."))
        return self.env["task.assignment"]._action_new_form(
            "task.deadline.order", acts[act], act=act, task_id=self.id
        )
