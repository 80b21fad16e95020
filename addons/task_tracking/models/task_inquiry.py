# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import format_date

from .res_partner import AGENCY_KINDS
from .task_assignment import OPEN_STATES

#: An answer that is still to come.
MISSING = ("asked", "returned")


class TaskInquiry(models.Model):
    """The Office asks agencies how their tasks stand, by a day (BG Đ8.1d, Đ18.4; KT
    Đ18.2; QT Đ20.4; CM Đ10; KH Đ10.1d, Đ18.4).

    Each agency asked gets an answer of its own (`task.inquiry.answer`) with its tasks
    and reads nothing of this record, so not who else was asked either.
    """

    _name = "task.inquiry"
    _description = "Request for a report"
    _inherit = ["task.closed.mixin", "task.files.mixin", "task.thread.mixin"]
    _mail_post_access = "read"
    _order = "due_on desc, id desc"
    _rec_names_search = ["name", "text"]
    _closed_fields = frozenset(
        (
            "company_id",
            "user_id",
            "state",
            "sent_by_id",
            "sent_on",
            "closed_on",
            "answer_ids",
        )
    )

    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Asked by",
        required=True,
        readonly=True,
        copy=False,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    name = fields.Char(string="Subject", required=True)
    text = fields.Text(string="What is to be reported", required=True)
    due_on = fields.Date(
        string="Answer by", required=True, copy=False, help="The last day to answer."
    )
    reference = fields.Char(
        string="Letter number",
        copy=False,
        help="Where the request is sent on paper as well.",
    )
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Files", copy=False, bypass_search_access=True
    )
    state = fields.Selection(
        [("draft", "Draft"), ("sent", "Sent"), ("closed", "Closed")],
        required=True,
        default="draft",
        copy=False,
        index=True,
    )
    sent_by_id = fields.Many2one(
        "res.users", string="Sent by", copy=False, ondelete="restrict"
    )
    sent_on = fields.Date(string="Sent on", copy=False)
    closed_on = fields.Date(string="Closed on", copy=False)
    # whom, about what
    scope = fields.Selection(
        [
            ("open", "All open tasks"),
            ("overdue", "Overdue tasks"),
            ("chosen", "Tasks chosen here"),
            ("none", "No task, in words"),
        ],
        string="Which tasks",
        required=True,
        default="open",
    )
    assignment_ids = fields.Many2many(
        "task.assignment", string="Tasks", copy=False, help="Their agencies are asked."
    )
    field_id = fields.Many2one(
        "task.field", string="Of the field", ondelete="restrict", index="btree_not_null"
    )
    agency_kind = fields.Selection(AGENCY_KINDS, string="Of the kind")
    agency_ids = fields.Many2many(
        "res.partner",
        "task_inquiry_agency_rel",
        string="Agencies",
        domain=[("is_agency", "=", True), ("succeeded_by_id", "=", False)],
        help="Chosen one by one, or by “Add the agencies”.",
    )
    # what comes in
    answer_ids = fields.One2many("task.inquiry.answer", "inquiry_id", string="Answers")
    asked_count = fields.Integer(string="Asked", compute="_compute_counts")
    answered_count = fields.Integer(string="Answered", compute="_compute_counts")
    missing_count = fields.Integer(string="Not answered yet", compute="_compute_counts")
    late_count = fields.Integer(
        string="Late",
        compute="_compute_counts",
        help="Answered late, or not yet though the day has passed.",
    )
    progress = fields.Float(
        string="Share answered", compute="_compute_counts", aggregator=None
    )
    counted = fields.Char(string="Answers of agencies", compute="_compute_counts")
    can_edit = fields.Boolean(compute="_compute_can")
    can_follow = fields.Boolean(compute="_compute_can")
    can_reopen = fields.Boolean(compute="_compute_can")

    @api.depends("answer_ids.state", "answer_ids.is_late", "due_on")
    @api.depends_context("lang")
    def _compute_counts(self):
        rows = (
            self.env["task.inquiry.answer"]
            .sudo()
            ._read_group(
                Domain("inquiry_id", "in", self.ids),
                ["inquiry_id", "state", "is_late"],
                ["__count"],
            )
        )
        counts = {}
        for inquiry, state, is_late, number in rows:
            kind = "late" if is_late else "sent"
            key = "missing" if state in MISSING else kind
            one = counts.setdefault(inquiry.id, dict.fromkeys(("sent", "late"), 0))
            one[key] = one.get(key, 0) + number
        for one in self:
            found = counts.get(one._origin.id, {})
            missing = found.get("missing", 0)
            answered = found.get("sent", 0) + found.get("late", 0)
            today = one.company_id._task_today()
            overdue = missing if one.due_on and one.due_on < today else 0
            one.asked_count = missing + answered
            one.answered_count = answered
            one.missing_count = missing
            one.late_count = found.get("late", 0) + overdue
            one.progress = 100 * answered / (missing + answered or 1)
            one.counted = self.env._(
                "%(answered)s of %(asked)s",
                answered=answered,
                asked=missing + answered,
            )

    @api.depends_context("uid")
    @api.depends("state", "user_id")
    def _compute_can(self):
        for one in self:
            one.can_edit = not one._edit_refusal()
            one.can_follow = not one._follow_refusal()
            one.can_reopen = not one._follow_refusal("closed")

    # -- why not -----------------------------------------------------------------------
    def _is_own(self):
        """Who asks, or an Office manager."""
        user = self.env.user
        return (
            self.env.su
            or user._task_is_manager()
            or (user._task_is_office() and self.user_id == user)
        )

    def _edit_refusal(self):
        """Why the current user may not change or send this: an exception, or None."""
        if self.state != "draft":
            return UserError(self.env._("What was sent is not changed any more."))
        if not self._is_own():
            return AccessError(
                self.env._("Only who asks, or an Office manager, does this.")
            )
        return None

    def _follow_refusal(self, state="sent"):
        """Why the current user may not remind, close, or (`state` "closed") open it
        again: an exception, or None."""
        if self.state != state:
            return UserError(self.env._("This is not possible in this state."))
        if not self._is_own():
            return AccessError(
                self.env._("Only who asks, or an Office manager, does this.")
            )
        return None

    def _guard(self, refusal_of, *args):
        """Lock and check before an act; the second of two people is told."""
        self.check_access("write")
        self._lock()
        for one in self:
            refusal = getattr(one, refusal_of)(*args)
            if refusal:
                raise refusal

    # -- what may be written when ------------------------------------------------------
    def write(self, vals):
        if not self.env.su:
            for one in self:
                refusal = one._edit_refusal()
                if refusal:
                    raise refusal
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if self.filtered(lambda one: one.state != "draft"):
            raise UserError(self.env._("What was sent is kept."))

    def _fixed_files(self):
        return self.filtered(lambda one: one.state != "draft")

    def _are_fixed(self, files):
        return bool(self._fixed_files().attachment_ids & files)

    # -- whom it asks about what -------------------------------------------------------
    def _task_domain(self):
        """The tasks it is about, of whichever agency."""
        if self.scope == "none":
            return Domain.FALSE
        if self.scope == "chosen":
            return Domain("id", "in", self.assignment_ids.ids)
        domain = Domain("company_id", "=", self.company_id.id)
        domain &= Domain("role", "=", "lead") & Domain("state", "in", OPEN_STATES)
        if self.scope == "overdue":
            domain &= Domain("is_overdue", "=", True)
        if self.field_id:
            domain &= Domain("field_id", "=", self.field_id.id)
        return domain

    def action_add_agencies(self):
        """Add every agency that has such tasks, of the kind chosen, to those asked.

        :raise UserError: if there is none.
        """
        self.ensure_one()
        self._guard("_edit_refusal")
        domain = self._task_domain()
        if self.agency_kind:
            domain &= Domain("agency_id.agency_kind", "=", self.agency_kind)
        groups = self.env["task.assignment"]._read_group(domain, ["agency_id"])
        agencies = self.env["res.partner"].union(*(agency for (agency,) in groups))
        if not agencies:
            raise UserError(self.env._("No agency has such a task."))
        self.agency_ids |= agencies
        return True

    # -- acts --------------------------------------------------------------------------
    def action_send(self):
        """Ask the agencies: each gets its answer page and is told at once, here and
        by e-mail.

        :raise AccessError: if the caller neither wrote it nor manages the Office.
        :raise UserError: if nobody is asked, or by a day that has passed.
        """
        self._guard("_edit_refusal")
        for one in self:
            one._check_complete()
            tasks = self.env["task.assignment"].search(one._task_domain(), order="id")
            agencies = one.agency_ids._task_heirs()
            if one.scope == "chosen":
                agencies |= tasks.agency_id
            if not agencies:
                raise UserError(self.env._("Choose the agencies that are to report."))
            today = one.company_id._task_today()
            answers = one._ask(agencies, tasks, today)
            one.sudo().write(
                {
                    "state": "sent",
                    "sent_by_id": self.env.uid,
                    "sent_on": today,
                    "agency_ids": agencies.ids,
                }
            )
            answers._tell_asked("asked")
        return True

    def _check_complete(self):
        if not all((words or "").strip() for words in (self.name, self.text)):
            raise UserError(self.env._("Write what is to be reported first."))
        if self.due_on < self.company_id._task_today():
            raise UserError(
                self.env._(
                    "%(day)s has passed: give a day to come.",
                    day=format_date(self.env, self.due_on),
                )
            )
        if self.scope == "chosen" and not self.assignment_ids:
            raise UserError(self.env._("Choose the tasks."))
        strange = self.assignment_ids.filtered(
            lambda task: task.company_id != self.company_id
        )
        if strange:
            raise UserError(self.env._("These are tasks of another company."))

    def _ask(self, agencies, tasks, today):
        """The answers to give, each with the agency's own tasks; in sudo."""
        by_agency = tasks.sudo().grouped("agency_id")
        latest = tasks._latest_words()
        quiet = self.env["task.inquiry.answer"].with_context(
            mail_create_nolog=True, mail_create_nosubscribe=True
        )
        return quiet.sudo().create(
            [
                {
                    "inquiry_id": self.id,
                    "agency_id": agency.id,
                    "asked_on": today,
                    "line_ids": [
                        fields.Command.create(
                            {
                                "assignment_id": task.id,
                                "draft_text": latest.get(task.id, False),
                            }
                        )
                        for task in by_agency.get(agency, ())
                    ],
                }
                for agency in agencies.sorted("name")
            ]
        )


class TaskAssignment(models.Model):
    _inherit = "task.assignment"

    def _latest_words(self):
        """{id: words of the latest progress entry}; one query."""
        entries = (
            self.env["task.progress"]
            .sudo()
            .search([("assignment_id", "in", self.ids)], order="day, id")
        )
        return {entry.assignment_id.id: entry.text for entry in entries}
