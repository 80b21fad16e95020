# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ..logic import life

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


class TaskAssignment(models.Model):
    """One agency's share of a task. The lead one is the unit of all accounting.

    Every stored date and state here is derived from the ledger (`task.fact`) by
    `logic.life.replay` (`task_assignment_ledger.py`); nobody has write access, the
    acts in `task_assignment_acts.py` check the caller and record a fact. What depends
    on today (`task_assignment_today.py`) is computed and never stored.
    """

    _name = "task.assignment"
    _description = "Assignment"
    _inherit = [
        "task.closed.mixin",
        "task.thread.mixin",
        "task.scope.mixin",
        "task.mine.mixin",
    ]
    _mail_post_access = "read"
    _order = "deadline, id"
    _scope_depends = ("agency_id", "role", "task_id", "field_id", "state")
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
