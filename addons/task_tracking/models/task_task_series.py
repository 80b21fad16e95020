# SPDX-License-Identifier: LGPL-3.0-or-later
import logging
from datetime import timedelta

from psycopg2 import Error as DatabaseError

from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ..logic.deadlines import next_occurrence

_logger = logging.getLogger(__name__)
#: Series whose next occurrence is released before each commit.
BATCH = 40


class TaskTask(models.Model):
    """A recurring duty: a series of tasks, one for each occurrence (DOMAIN.md §2).

    The first task says how often. The day after an occurrence fell due the next one
    is released, with its own assignments, and is counted like any other task. The
    agencies are those that had the occurrence before: what was reassigned stays so.
    """

    _inherit = "task.task"

    recurrence = fields.Selection(
        [
            ("none", "Once"),
            ("month", "Every month"),
            ("quarter", "Every quarter"),
            ("half_year", "Every half-year"),
            ("year", "Every year"),
        ],
        required=True,
        default="none",
        help="The deadline is the first one; 31 is the last day of a shorter month.",
    )
    recurrence_until = fields.Date(
        string="Recurs until", help="No occurrence is due later; empty: until ended."
    )
    series_id = fields.Many2one(
        "task.task",
        string="First of the series",
        ondelete="restrict",
        index="btree_not_null",
        copy=False,
    )
    occurrence_ids = fields.One2many("task.task", "series_id", string="Occurrences")
    series_next_on = fields.Date(
        string="Next one assigned on",
        index="btree_not_null",
        copy=False,
        help="The day after the last occurrence's deadline; empty: no more follow.",
    )
    series_ended_on = fields.Date(string="Series ended on", copy=False)

    _series_uniq = models.UniqueIndex(
        "(series_id, deadline) WHERE series_id IS NOT NULL",
        "This occurrence of the series is there already.",
    )

    @api.constrains(
        "recurrence", "recurrence_until", "is_dated", "relative_unit", "deadline"
    )
    def _check_recurrence(self):
        for task in self:
            until = task.recurrence_until
            if task.recurrence == "none":
                if until:
                    raise ValidationError(
                        self.env._(
                            "“%(task)s” is due once: it does not recur until a day.",
                            task=task.display_name,
                        )
                    )
                continue
            if not task.is_dated or task.relative_unit:
                raise ValidationError(
                    self.env._(
                        "“%(task)s” recurs: give its first deadline as a date.",
                        task=task.display_name,
                    )
                )
            if until and task.deadline and until < task.deadline:
                raise ValidationError(
                    self.env._(
                        "“%(task)s” cannot recur until a day before its first"
                        " deadline.",
                        task=task.display_name,
                    )
                )

    # -- the plan --------------------------------------------------------------------
    def _release(self):
        assignments = super()._release()
        self.filtered(
            lambda task: task.recurrence != "none" and not task.series_ended_on
        )._plan_next()
        return assignments

    def _next_deadline(self):
        """The deadline of the next occurrence; None if no more follow."""
        self.ensure_one()
        last = max((self | self.occurrence_ids).mapped("deadline"))
        due = next_occurrence(self.deadline, self.recurrence, last)
        until = self.recurrence_until
        return None if until and due > until else due

    def _plan_next(self):
        """Note when the next occurrence of each series is to be released."""
        for first in self.sudo():
            last = max((first | first.occurrence_ids).mapped("deadline"))
            follows = first._next_deadline() and last + timedelta(days=1)
            first.series_next_on = follows or False

    # -- the next occurrence -----------------------------------------------------------
    @api.model
    def _cron_release_occurrences(self):
        """Release every occurrence whose day has come, those missed too.

        Committed in batches and free to stop between two: what is left is found again
        by `series_next_on`, and no occurrence is made twice (unique index). A series
        that cannot be released does not hold up the others.
        """
        cron = self.env["ir.cron"]
        failed = self.browse()
        while True:
            due = self._due_series(failed)
            batch = self.search(due, limit=BATCH, order="series_next_on, id")
            if not batch:
                break
            failed |= batch._release_next_safely()
            self.env.flush_all()
            if not cron._commit_progress(
                len(batch), remaining=self.search_count(self._due_series(failed))
            ):
                break

    @api.model
    def _due_series(self, failed):
        """Domain of the series whose next occurrence is to be released by now, in the
        time zone of each company, but for those that `failed`."""
        companies = self.env["res.company"].search([("active", "=", True)])
        return Domain("id", "not in", failed.ids) & Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("series_next_on", "<=", company._task_today())
            for company in companies
        )

    def _release_next_safely(self):
        """Release the next occurrence of each series; return those that failed."""
        locked = self.try_lock_for_update()
        try:
            with self.env.cr.savepoint():
                locked._release_next()
                return self - locked
        except (UserError, DatabaseError):
            self.env.invalidate_all()
        failed = self - locked
        for first in locked:
            try:
                with self.env.cr.savepoint():
                    first._release_next()
            except (UserError, DatabaseError):
                self.env.invalidate_all()
                failed |= first
                _logger.exception("the next occurrence of task %s failed", first.id)
        return failed

    def _release_next(self):
        """Make and release the next occurrence of each of these series.

        A series without a lead left is ended, and the directive's chatter says so.
        """
        vals_list, going = [], self.browse()
        # read in one go what is asked of each series below
        (self | self.occurrence_ids).assignment_ids.agency_id.mapped("active")
        for first, content in zip(self, self.copy_data(), strict=True):
            leads, supports = first._series_agencies()
            if not leads:
                first._end_series(self.env._("no lead agency is left"))
                continue
            going |= first
            vals_list.append(content | first._occurrence_vals(leads, supports))
        self.create(vals_list)._release_and_tell()
        going._plan_next()

    def _series_agencies(self):
        """The (lead, supporting) agencies of the next occurrence: those that have the
        one before, or took the place of one that has; none where the first task or
        that one has no lead left."""
        empty = self.env["res.partner"]
        latest = (self | self.occurrence_ids).sorted("deadline")[-1]
        if not (self._leads_left() and latest._leads_left()):
            return empty, empty
        held = latest.assignment_ids.filtered(lambda one: one.state != "withdrawn")
        leads, everyone = (
            ones.agency_id.sudo()._task_heirs().filtered("active")
            for ones in (held.filtered(lambda one: one.role == "lead"), held)
        )
        return leads.sudo(self.env.su), (everyone - leads).sudo(self.env.su)

    def _leads_left(self):
        return self.assignment_ids.filtered(
            lambda one: one.role == "lead" and one.state != "withdrawn"
        )

    def _occurrence_vals(self, leads, supports):
        """What the next occurrence has of its own, beside the first task's content."""
        return {
            "recurrence": "none",
            "recurrence_until": False,
            "series_id": self.id,
            "is_dated": True,
            "deadline": self._next_deadline(),
            "lead_agency_ids": [Command.set(leads.ids)],
            "support_agency_ids": [Command.set(supports.ids)],
        }

    # -- acts --------------------------------------------------------------------------
    def _guard_series(self):
        """Check that the caller may change the series and that there is one.

        :raise AccessError: if the caller is not of the Office.
        :raise UserError: on an occurrence, a task due once or a series that ended.
        """
        self.env["task.assignment"]._check_office()
        self.check_access("write")
        self._lock()
        for task in self:
            if task.series_id:
                raise UserError(
                    self.env._(
                        "“%(task)s” is one occurrence: a series is changed on its first"
                        " task, due on %(deadline)s.",
                        task=task.display_name,
                        deadline=format_date(self.env, task.series_id.deadline),
                    )
                )
            if task.recurrence == "none" or not task.released_on:
                raise UserError(
                    self.env._(
                        "“%(task)s” is not a series that was assigned.",
                        task=task.display_name,
                    )
                )
            if task.series_ended_on:
                raise UserError(
                    self.env._(
                        "The series of “%(task)s” ended on %(day)s.",
                        task=task.display_name,
                        day=format_date(self.env, task.series_ended_on),
                    )
                )

    def action_end_series(self, reason):
        """End the series: what was assigned stays, no occurrence follows.

        :raise AccessError: if the caller is not of the Office.
        """
        self._guard_series()
        self.env["task.assignment"]._check_reason(reason)
        for first in self:
            first._end_series(reason)
        return True

    def _end_series(self, reason):
        self.sudo().write(
            {
                "series_ended_on": self.company_id._task_today(),
                "series_next_on": False,
            }
        )
        self.document_id._message_log(
            body=self.env._(
                "The series of “%(task)s” was ended: %(reason)s",
                task=self.display_name,
                reason=reason,
            )
        )

    def action_set_series_until(self, until, reason):
        """Set the last day of the series, or none; occurrences assigned already stay.

        :param until: a date not before the first deadline; None: until it is ended.
        :raise AccessError: if the caller is not of the Office.
        """
        self._guard_series()
        self.env["task.assignment"]._check_reason(reason)
        until = fields.Date.to_date(until) or False
        for first in self:
            first.sudo()._write_fixed({"recurrence_until": until})
            first._plan_next()
            first.document_id._message_log(
                body=self.env._(
                    "“%(task)s” recurs until %(day)s: %(reason)s",
                    task=first.display_name,
                    day=format_date(self.env, until) if until else "–",
                    reason=reason,
                )
            )
        return True


class TaskDocument(models.Model):
    _inherit = "task.document"

    def copy_data(self, default=None):
        """A copy has the first task of a series, not the occurrences made of it."""
        vals_list = super().copy_data(default)
        for document, vals in zip(self, vals_list, strict=True):
            if "task_ids" in (default or {}) or "task_ids" not in vals:
                continue
            tasks = document.task_ids.sorted("id")  # the order in which they are copied
            vals["task_ids"] = [
                command
                for task, command in zip(tasks, vals["task_ids"], strict=True)
                if not task.series_id
            ]
        return vals_list
