# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ..logic import life
from .task_mixins import boolean_domain

STATES = [
    ("released", "To receive"),
    ("doing", "In progress"),
    ("submitted", "Waiting for confirmation"),
    ("returned", "Handed back"),
    ("done", "Completed"),
    ("withdrawn", "Withdrawn"),
]
OPEN_STATES = ("released", "doing", "submitted", "returned")
#: Repeated from the task, so that rules and figures read one table.
TASK_COLUMNS = ("document_id", "company_id", "field_id", "specialist_id")
#: (key, first day, last day) of the classes of age, in days after the deadline.
AGEING = [
    ("1", 1, 7),
    ("2", 8, 30),
    ("3", 31, 90),
    ("4", 91, 120),
    ("5", 121, None),
]


class TaskAssignment(models.Model):
    """One agency's share of a task. The lead one is the unit of all accounting.

    Every stored date and state here is derived from the ledger (`task.fact`) by
    `logic.life.replay`; nobody has write access, the acts in
    `task_assignment_acts.py` check the caller and record a fact. What depends on
    today (overdue, due soon, days left, age) is computed and never stored.
    """

    _name = "task.assignment"
    _description = "Assignment"
    _inherit = ["task.closed.mixin", "task.thread.mixin"]
    _mail_post_access = "read"
    _order = "deadline, id"
    _rec_names_search = ["task_id", "document_id.reference", "agency_id.name"]
    _check_company_auto = True

    task_id = fields.Many2one(
        "task.task", required=True, ondelete="restrict", index=True, check_company=True
    )
    agency_id = fields.Many2one(
        "res.partner", required=True, ondelete="restrict", index=True
    )
    role = fields.Selection(
        [("lead", "Lead"), ("support", "Support")], required=True, default="lead"
    )
    regulation_id = fields.Many2one(
        "task.regulation",
        required=True,
        ondelete="restrict",
        help="The regulation in force on the day of the assignment.",
    )
    needs_confirmation = fields.Boolean(
        string="The Office confirms",
        help="As the regulation was when the task was assigned: a later change judges"
        " nothing anew.",
    )
    document_id = fields.Many2one(
        related="task_id.document_id", store=True, index=True, string="Directive"
    )
    company_id = fields.Many2one(related="task_id.company_id", store=True)
    source = fields.Selection(related="document_id.source", store=True)
    field_id = fields.Many2one(
        related="task_id.field_id", store=True, index="btree_not_null", string="Field"
    )
    specialist_id = fields.Many2one(
        related="task_id.specialist_id", store=True, index=True, string="Specialist"
    )
    urgency = fields.Selection(related="document_id.urgency")
    content = fields.Text(related="task_id.name", string="Content")
    follow_up = fields.Text(related="task_id.follow_up")
    product_kind = fields.Selection(related="task_id.product_kind")
    product_to = fields.Char(related="task_id.product_to")
    deadline_text = fields.Char(related="task_id.deadline_text")
    agency_kind = fields.Selection(related="agency_id.agency_kind")

    # Derived from the ledger (DOMAIN.md section 3: A, H, S, C, K, X, D, E).
    state = fields.Selection(
        STATES, required=True, default="released", index=True, group_expand=True
    )
    assigned_on = fields.Date(string="Assigned on")
    received_on = fields.Date(string="Received on")
    handed_in_on = fields.Date(string="Handed in on")
    stated_on = fields.Date(string="Stated completion day")
    completed_on = fields.Date(string="Completed on")
    confirmed_on = fields.Date(string="Confirmed on")
    withdrawn_on = fields.Date(string="Withdrawn on")
    first_deadline = fields.Date(string="First deadline")
    deadline = fields.Date(index=True)
    due_on = fields.Date(
        string="Due on",
        index=True,
        help="The deadline, or the working day to which it moves from a day off.",
    )
    is_extended = fields.Boolean(string="Extended")
    is_late = fields.Boolean(
        string="Completed late",
        help="Overdue on some day up to its completion; a later extension does not"
        " wash it clean.",
    )
    extension_pending = fields.Boolean(string="Extension asked")
    return_pending = fields.Boolean(string="Handed back")
    last_entry_on = fields.Date(string="Last entry")
    overdue_from = fields.Date(
        index="btree_not_null", help="The first day that ends overdue, while open."
    )
    late_days = fields.Integer(
        help="Days late of a waiting result: the clock stood still when it came."
    )
    origin_assignment_id = fields.Many2one(
        "task.assignment",
        string="Reassigned from",
        ondelete="restrict",
        index="btree_not_null",
    )
    predecessor_id = fields.Many2one(
        "res.partner",
        string="Taken over from",
        ondelete="restrict",
        index="btree_not_null",
        help="The agency that carried it before the last succession (BG Đ24).",
    )
    agency_since = fields.Date(
        string="Taken over on", help="The day of the last succession."
    )
    tenure_ids = fields.One2many("task.assignment.tenure", "assignment_id")
    span_ids = fields.One2many("task.assignment.span", "assignment_id")
    fact_ids = fields.One2many("task.fact", "assignment_id", string="Facts")
    progress_ids = fields.One2many("task.progress", "assignment_id", string="Entries")
    result_ids = fields.One2many("task.result", "assignment_id", string="Results")
    extension_ids = fields.One2many(
        "task.extension", "assignment_id", string="Extensions"
    )
    return_ids = fields.One2many("task.return", "assignment_id", string="Hand-backs")

    # Depends on the reader or on today: computed, searched in SQL, never stored.
    in_scope = fields.Boolean(compute="_compute_in_scope", search="_search_in_scope")
    is_mine = fields.Boolean(
        string="Of my agency", compute="_compute_is_mine", search="_search_is_mine"
    )
    is_overdue = fields.Boolean(
        string="Overdue", compute="_compute_today", search="_search_is_overdue"
    )
    is_due_soon = fields.Boolean(
        string="Due soon", compute="_compute_today", search="_search_is_due_soon"
    )
    days_left = fields.Integer(compute="_compute_today", search="_search_days_left")
    days_overdue = fields.Integer(
        compute="_compute_today", search="_search_days_overdue"
    )
    ageing = fields.Selection(
        [
            ("1", "1–7 days"),
            ("2", "8–30 days"),
            ("3", "31–90 days"),
            ("4", "91–120 days"),
            ("5", "Over 120 days"),
        ],
        string="Overdue by",
        compute="_compute_today",
        search="_search_ageing",
    )
    contribution_ids = fields.One2many(
        "task.progress",
        compute="_compute_contributions",
        string="Contributions of supports",
    )
    other_agencies = fields.Text(
        string="With", compute="_compute_other_agencies", compute_sudo=True
    )

    _agency_uniq = models.UniqueIndex(
        # a successor may have had the task itself: what it took over stays apart
        "(task_id, agency_id) WHERE state != 'withdrawn' AND predecessor_id IS NULL",
        "The agency has this task already.",
    )
    # With task_id the rule of agencies finds the tasks they lead in the index alone.
    _lead_idx = models.Index("(agency_id, state, task_id) WHERE role = 'lead'")

    @api.depends("task_id", "agency_id", "predecessor_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for one in self:
            one.display_name = f"{one.task_id.display_name} ({one._carrier()})"

    def _carrier(self):
        """The agency's name; of one that took over, with whom it took over from: it
        may have the same task twice."""
        if not self.predecessor_id:
            return self.agency_id.name
        return self.env._(
            "%(agency)s, taken over from %(predecessor)s",
            agency=self.agency_id.name,
            predecessor=self.predecessor_id.name,
        )

    @api.depends("task_id.assignment_ids.state", "task_id.assignment_ids.deadline")
    def _compute_other_agencies(self):
        """Who else works on the task, with state and due date (DOMAIN.md section 5:
        a support sees the lead's state and due date)."""
        states = dict(self._fields["state"]._description_selection(self.env))
        for one in self:
            lines = []
            # no subtraction: it would read the others task by task
            for other in one.task_id.assignment_ids:
                if other == one or other.state == "withdrawn":
                    continue
                role = (
                    self.env._("lead")
                    if other.role == "lead"
                    else self.env._("support")
                )
                due = format_date(self.env, other.deadline) or "–"
                lines.append(
                    f"{other._carrier()} ({role}): {states[other.state]}, {due}"
                )
            one.other_agencies = "\n".join(lines)

    @api.depends("task_id.assignment_ids.progress_ids")
    @api.depends_context("uid")
    def _compute_contributions(self):
        """What the supports of the same task contributed, as far as the reader sees."""
        entries = self.env["task.progress"].search(
            Domain("assignment_id.task_id", "in", self.task_id.ids)
            & Domain("assignment_id.role", "=", "support")
        )
        by_task = entries.grouped(lambda entry: entry.assignment_id.task_id)
        for one in self:
            one.contribution_ids = by_task.get(one.task_id, entries.browse())

    # -- who sees it -----------------------------------------------------------------
    @api.model
    def _scope_domain(self):
        """What an agency user reads (DOMAIN.md section 5): the assignments of the
        agency and its units, the supports of what they lead, and those of others in
        the fields the agency manages (KH Đ10.2b)."""
        user = self.env.user
        agencies = user._task_agency_ids()
        if not agencies:
            return Domain.FALSE
        led = self.sudo()._search(
            [
                ("role", "=", "lead"),
                ("agency_id", "in", agencies),
                ("state", "!=", "withdrawn"),
            ]
        )
        domain = Domain("agency_id", "in", agencies) | (
            Domain("role", "=", "support")
            & Domain("task_id", "in", led.subselect("task_id"))
        )
        managed = user.sudo().task_agency_id._task_managed_fields()
        if managed:
            domain |= Domain("field_id", "in", managed.ids)
        return domain

    @api.depends_context("uid")
    @api.depends("agency_id", "role", "task_id", "field_id", "state")
    def _compute_in_scope(self):
        seen = self.sudo().search(
            Domain("id", "in", self._origin.ids) & self._scope_domain()
        )
        for one in self:
            one.in_scope = one._origin in seen

    def _search_in_scope(self, operator, value):
        if operator != "in":
            return NotImplemented
        return boolean_domain(self._scope_domain(), value)

    @api.depends_context("uid")
    @api.depends("agency_id")
    def _compute_is_mine(self):
        mine = self.env.user.sudo().task_agency_id
        for one in self:
            one.is_mine = bool(mine) and one.agency_id == mine

    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        mine = self.env.user.sudo().task_agency_id
        positive = Domain("agency_id", "=", mine.id) if mine else Domain.FALSE
        return boolean_domain(positive, value)

    # -- what depends on today -------------------------------------------------------
    @api.model
    def _today(self):
        """Today in the province, never the server's or the reader's."""
        return self.env.company._task_today()

    @api.model
    def _due_soon_until(self):
        """The last day that counts as due soon, by the regulation's policy."""
        days = self.env.company._task_regulation()._policy("due_soon_days")
        return self._today() + timedelta(days=days)

    @api.depends_context("company", "uid")
    @api.depends("overdue_from", "due_on", "state", "late_days", "role")
    def _compute_today(self):
        today, until = self._today(), self._due_soon_until()
        for one in self:
            running = one.state in OPEN_STATES and one.state != "submitted"
            dated = running and bool(one.due_on)
            overdue = bool(one.overdue_from) and one.overdue_from <= today
            late = (one.late_days or (today - one.due_on).days) if overdue else 0
            one.is_overdue = overdue
            one.days_overdue = late
            one.days_left = (one.due_on - today).days if dated else 0
            one.is_due_soon = dated and today <= one.due_on <= until
            one.ageing = next(
                (
                    key
                    for key, first, last in AGEING
                    if first <= late and (last is None or late <= last)
                ),
                False,
            )

    def _field_to_sql(self, alias, field_expr, query=None):
        """SQL of what depends on today, so that it groups, sorts and aggregates."""

        def column(name):
            return self._field_to_sql(alias, name, query)

        if field_expr == "is_overdue":
            return SQL(
                "COALESCE(%s <= %s, FALSE)", column("overdue_from"), self._today()
            )
        if field_expr == "is_due_soon":
            return SQL(
                "COALESCE(%s BETWEEN %s AND %s AND %s IN %s, FALSE)",
                column("due_on"),
                self._today(),
                self._due_soon_until(),
                column("state"),
                tuple(set(OPEN_STATES) - {"submitted"}),
            )
        if field_expr == "days_left":
            return SQL(
                "CASE WHEN %s IN %s THEN COALESCE(%s - %s, 0) ELSE 0 END",
                column("state"),
                tuple(set(OPEN_STATES) - {"submitted"}),
                column("due_on"),
                self._today(),
            )
        if field_expr == "days_overdue":
            return SQL(
                "CASE WHEN %s <= %s THEN COALESCE(NULLIF(%s, 0), %s - %s) ELSE 0 END",
                column("overdue_from"),
                self._today(),
                column("late_days"),
                self._today(),
                column("due_on"),
            )
        if field_expr == "ageing":
            days = column("days_overdue")
            cases = SQL(" ").join(
                SQL("WHEN %s >= %s THEN %s", days, first, key)
                for key, first, _last in reversed(AGEING)
            )
            return SQL("CASE %s END", cases)
        return super()._field_to_sql(alias, field_expr, query)

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        return boolean_domain(Domain("overdue_from", "<=", self._today()), value)

    def _search_is_due_soon(self, operator, value):
        if operator != "in":
            return NotImplemented
        positive = (
            Domain("due_on", ">=", self._today())
            & Domain("due_on", "<=", self._due_soon_until())
            & Domain("state", "in", OPEN_STATES)
            & Domain("state", "!=", "submitted")
        )
        return boolean_domain(positive, value)

    def _search_number(self, name, operator, value):
        """Compare a number that depends on today, in SQL."""
        operators = {
            "in": SQL("IN"),
            "<": SQL("<"),
            "<=": SQL("<="),
            ">": SQL(">"),
            ">=": SQL(">="),
        }
        if operator not in operators:
            return NotImplemented
        right = tuple(one or 0 for one in value) if operator == "in" else value or 0
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "%s %s %s",
                model._field_to_sql(alias, name, query),
                operators[operator],
                right,
            )
        )

    def _search_days_left(self, operator, value):
        return self._search_number("days_left", operator, value)

    def _search_days_overdue(self, operator, value):
        return self._search_number("days_overdue", operator, value)

    def _search_ageing(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = Domain.FALSE
        for key, first, last in AGEING:
            if key in value:
                one = Domain("days_overdue", ">=", first)
                domain |= one & Domain("days_overdue", "<=", last) if last else one
        if False in value:
            domain |= ~Domain("is_overdue", "=", True)
        return domain

    # -- release ---------------------------------------------------------------------
    def _task_vals(self, task):
        """What an assignment repeats of its task: computing it later costs a write."""
        repeated = {name: task[name] for name in TASK_COLUMNS}
        repeated["source"] = task.document_id.source
        return self._convert_to_write(repeated)

    @api.model
    def _release(self, vals_list):
        """Create the assignments and record that they were released today.

        Called by the release of directives and by a reassignment, in one batch: the
        one fact of a new assignment is known before it, and so is what it tells.
        """
        self.env["res.partner"].sudo().browse(
            {vals["agency_id"] for vals in vals_list}
        )._check_may_be_assigned()
        facts, lives, columns, rolls = [], [], {}, self._rolls()
        for vals in vals_list:
            task = self.env["task.task"].sudo().browse(vals["task_id"])
            origin = self.sudo().browse(vals.get("origin_assignment_id"))
            if task not in columns:
                columns[task] = self._task_vals(task)
            deadline = origin.deadline or task.deadline or None
            # what is handed on keeps the deadline in force, its effective day too
            due = origin._due_vals() or rolls(vals["regulation_id"], task, deadline)
            fact = life.Fact(
                0,
                "released",
                task.company_id._task_today(),
                deadline,
                due=due.get("due_on"),
            )
            facts.append((fact, due))
            lives.append(life.replay([fact]))
            vals.update(columns[task])
            vals["needs_confirmation"] = (
                self.env["task.regulation"]
                .browse(vals["regulation_id"])
                ._policy("confirmation_required")
            )
        quiet = self.sudo().with_context(
            mail_create_nolog=True, mail_create_nosubscribe=True, tracking_disable=True
        )
        assignments = quiet.create(
            [
                {**vals, **self._life_vals(told, vals["role"])}
                for vals, told in zip(vals_list, lives, strict=True)
            ]
        )
        self.env["task.fact"].sudo().create(
            [
                one._fact_vals(fact.kind, fact.day, deadline=fact.deadline, **due)
                for one, (fact, due) in zip(assignments, facts, strict=True)
            ]
        )
        assignments._make_spans(lives)
        assignments._close_supports()
        return self.browse(assignments.ids)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("An assignment is never deleted; withdraw it."))


class TaskAssignmentSpan(models.Model):
    """A run of days at whose end an open assignment is alike: the ledger, indexed.

    Rebuilt from the facts whenever one is added and never edited. Open on t ⇔ a span
    has day_from ≤ t < day_to; overdue on t ⇔ its overdue_from ≤ t.
    """

    _name = "task.assignment.span"
    _description = "Days of an open assignment"
    _order = "assignment_id, day_from"

    assignment_id = fields.Many2one(
        "task.assignment", required=True, ondelete="cascade", index=True
    )
    day_from = fields.Date(required=True)
    day_to = fields.Date(help="The first day after the span; empty: still open.")
    deadline = fields.Date()
    due_on = fields.Date(help="The effective day of the deadline.")
    overdue_from = fields.Date()
    is_extended = fields.Boolean()
    is_waiting = fields.Boolean()
    is_returned = fields.Boolean()

    _days_idx = models.Index("(day_from, day_to)")
