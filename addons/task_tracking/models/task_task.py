# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

#: What the release fixes: later changes are acts on the assignments.
RELEASED_FIELDS = frozenset(
    (
        "document_id",
        "deadline",
        "is_dated",
        "relative_amount",
        "relative_unit",
        "relative_event",
        "relative_event_on",
        "recurrence",
        "recurrence_until",
        "lead_agency_ids",
        "support_agency_ids",
    )
)
#: Words of the task; a change after the release is kept in the directive's chatter.
CONTENT_FIELDS = (
    "name",
    "follow_up",
    "product_kind",
    "product_to",
    "field_id",
    "directing_leader",
    "leader_opinion",
    "specialist_id",
    "office_unit_id",
    "part_of_id",
)


class TaskTask(models.Model):
    """One duty of a directive: what, by whom, by when.

    Agencies named together with no lead are all leads. The lead and supporting
    agencies chosen here become assignments when the directive is released.
    """

    _name = "task.task"
    _description = "Task"
    _inherit = ["task.closed.mixin", "task.scope.mixin"]
    _order = "document_id desc, sequence, id"
    _scope_depends = ("assignment_ids.agency_id", "is_outside")
    _rec_names_search = ["name", "document_id.reference"]
    _closed_fields = frozenset(
        (
            "released_on",
            "is_outside",
            "state",
            "series_id",
            "series_next_on",
            "series_ended_on",
        )
    )
    _check_company_auto = True

    document_id = fields.Many2one(
        "task.document",
        string="Directive",
        required=True,
        ondelete="cascade",
        index=True,
        check_company=True,
    )
    company_id = fields.Many2one(related="document_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    name = fields.Text(string="Content", required=True, index="trigram")
    follow_up = fields.Text(
        string="What to follow", help="What is to be followed (QT Đ6.2)."
    )
    product_kind = fields.Selection(
        [("submit", "Submit"), ("report", "Report"), ("complete", "Complete")],
        string="Product",
        required=True,
        default="complete",
        help="What the deadline is for: to submit, to report, to complete (KH Đ4.6).",
    )
    product_to = fields.Char(string="Product goes to")
    is_dated = fields.Boolean(
        string="Has a deadline",
        compute="_compute_is_dated",
        store=True,
        readonly=False,
        precompute=True,
    )
    deadline = fields.Date(
        index=True,
        compute="_compute_deadline",
        store=True,
        readonly=False,
        precompute=True,
    )
    deadline_text = fields.Char(
        string="Deadline in words", help="The directive's own words on the deadline."
    )
    field_id = fields.Many2one(
        "task.field", ondelete="restrict", index="btree_not_null"
    )
    directing_leader = fields.Char(help="Position of the leader who directs the task.")
    leader_opinion = fields.Text(string="Leader's opinion")
    office_unit_id = fields.Many2one(
        "res.partner",
        string="Unit of the Office",
        ondelete="restrict",
        domain=[("agency_kind", "=", "office_unit")],
        compute="_compute_followers",
        store=True,
        readonly=False,
        precompute=True,
    )
    specialist_id = fields.Many2one(
        "res.users",
        ondelete="restrict",
        index=True,
        compute="_compute_followers",
        store=True,
        readonly=False,
        precompute=True,
        domain=lambda self: [
            (
                "all_group_ids",
                "in",
                self.env.ref("task_tracking.group_office_specialist").ids,
            )
        ],
        help="Follows the task and confirms its results (KH Đ4.4, Đ5.3).",
    )
    lead_agency_ids = fields.Many2many(
        "res.partner",
        "task_task_lead_rel",
        string="Lead agencies",
        domain=[("is_agency", "=", True)],
    )
    support_agency_ids = fields.Many2many(
        "res.partner",
        "task_task_support_rel",
        string="Supporting agencies",
        domain=[("is_agency", "=", True)],
    )
    assignment_ids = fields.One2many("task.assignment", "task_id", copy=False)
    released_on = fields.Date(string="Assigned on", copy=False)
    is_outside = fields.Boolean(
        string="Outside the register",
        copy=False,
        help="Undated where the regulation keeps undated tasks off the system"
        " (KH Đ7.2): listed, in no figure.",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("open", "In progress"),
            ("to_reassign", "To reassign"),
            ("done", "Completed"),
            ("outside", "Outside the register"),
        ],
        compute="_compute_state",
        store=True,
        index=True,
    )
    is_late = fields.Boolean(string="Completed late", compute="_compute_is_late")
    to_release = fields.Boolean(compute="_compute_to_release", compute_sudo=True)
    knows_return = fields.Boolean(related="document_id.knows_return")

    @api.depends("document_id.specialist_id", "document_id.office_unit_id")
    def _compute_followers(self):
        """Follow the directive until the task is released or names its own."""
        for task in self:
            document = task.document_id
            task.specialist_id = task.specialist_id or document.specialist_id
            task.office_unit_id = task.office_unit_id or document.office_unit_id

    @api.depends(
        "released_on", "is_outside", "assignment_ids.state", "assignment_ids.role"
    )
    def _compute_state(self):
        """Completed when every lead not withdrawn is (DOMAIN.md section 3)."""
        for task in self:
            leads = task.assignment_ids.filtered(lambda one: one.role == "lead")
            states = set(leads.mapped("state")) - {"withdrawn"}
            if task.is_outside:
                task.state = "outside"
            elif not task.released_on:
                task.state = "draft"
            elif not states:
                task.state = "to_reassign"
            else:
                task.state = "done" if states == {"done"} else "open"

    @api.depends("assignment_ids.is_late", "assignment_ids.state")
    def _compute_is_late(self):
        for task in self:
            task.is_late = any(
                one.is_late for one in task.assignment_ids if one.state == "done"
            )

    @api.depends(
        "released_on",
        "is_outside",
        "is_dated",
        "lead_agency_ids",
        "support_agency_ids",
        "assignment_ids.agency_id",
        "assignment_ids.tenure_ids.agency_id",
    )
    def _compute_to_release(self):
        for task in self:
            named = task.lead_agency_ids | task.support_agency_ids
            served = task.assignment_ids._carriers()
            task.to_release = not task.released_on or (
                not task.is_outside and bool(named - served)
            )

    @api.depends("name")
    def _compute_display_name(self):
        for task in self:
            words = " ".join((task.name or "").split())
            task.display_name = words if len(words) <= 90 else words[:89] + "…"

    # -- who sees it -----------------------------------------------------------------
    def _scope_domain(self):
        """What an agency user reads: the tasks of its assignments, and those outside
        the register that name the agency."""
        user = self.env.user
        agencies = user._task_agency_ids()
        if not agencies:
            return Domain.FALSE
        # named once and never assigned: who takes over finds it under the old name
        named = self.env["res.partner"].sudo().browse(agencies)._task_names()
        assignments = self.env["task.assignment"]
        return Domain(
            "id",
            "in",
            assignments.sudo()
            ._search(assignments._scope_domain())
            .subselect("task_id"),
        ) | (
            Domain("is_outside", "=", True)
            & (
                Domain("lead_agency_ids", "in", named.ids)
                | Domain("support_agency_ids", "in", named.ids)
            )
        )

    # -- what is refused -------------------------------------------------------------
    @api.constrains("deadline", "document_id", "is_dated")
    def _check_deadline(self):
        for task in self:
            issued_on = task.document_id.issued_on
            if task.is_dated and task.deadline and task.deadline < issued_on:
                raise ValidationError(
                    self.env._(
                        "The deadline %(deadline)s of “%(task)s” is before the day"
                        " the directive was issued (%(issued)s).",
                        deadline=format_date(self.env, task.deadline),
                        task=task.display_name,
                        issued=format_date(self.env, issued_on),
                    )
                )
            if not task.is_dated and task.deadline:
                raise ValidationError(
                    self.env._(
                        "“%(task)s” is marked as having no deadline but has one.",
                        task=task.display_name,
                    )
                )

    @api.constrains("lead_agency_ids", "support_agency_ids")
    def _check_agencies(self):
        for task in self:
            twice = task.lead_agency_ids & task.support_agency_ids
            if twice:
                raise ValidationError(
                    self.env._(
                        "%(agency)s is named twice in “%(task)s”: as lead and as"
                        " support.",
                        agency=twice[0].display_name,
                        task=task.display_name,
                    )
                )
            strange = (task.lead_agency_ids | task.support_agency_ids).filtered(
                lambda partner: not partner.is_agency
            )
            if strange:
                raise ValidationError(
                    self.env._(
                        "%(name)s is not an agency: tasks cannot be assigned to it.",
                        name=strange[0].display_name,
                    )
                )
            if not task.is_outside:
                named = task.sudo().lead_agency_ids | task.sudo().support_agency_ids
                served = task.sudo().assignment_ids._carriers()
                (named - served)._check_may_be_assigned()

    def write(self, vals):
        if "specialist_id" in vals:
            self.filtered(
                lambda task: (
                    task.released_on or task.document_id.specialist_id != self.env.user
                )
            )._check_follower_change("specialist_id")
        released = self.filtered("released_on")
        if released and RELEASED_FIELDS & set(vals):
            released._check_released_write(vals)
        before = {
            task: {name: task[name] for name in CONTENT_FIELDS if name in vals}
            for task in released
        }
        result = super().write(vals)
        for task, old in before.items():
            task._log_changes(old)
        return result

    def _write_fixed(self, vals):
        """Write what the release fixed: for acts that have checked the right to."""
        # pylint: disable-next=super-method-mismatch
        return super().write(vals)

    def _check_released_write(self, vals):
        """After the release agencies may only be added; all else is an act."""
        if set(vals) & RELEASED_FIELDS <= {"lead_agency_ids", "support_agency_ids"}:
            for task in self:
                draft = task.new(vals, origin=task)
                kept = all(
                    task[name] <= draft[name]._origin
                    for name in set(vals) & RELEASED_FIELDS
                )
                if not kept or task.is_outside:
                    break
            else:
                return
        raise UserError(
            self.env._(
                "“%(task)s” is assigned already: its deadline and agencies change"
                " only through the assignment (change of deadline, withdrawal,"
                " reassignment). Further agencies may be added.",
                task=self[0].display_name,
            )
        )

    def _log_changes(self, old):
        """Keep what a corrected task said before, in the directive's chatter."""
        lines = []
        for name, before in old.items():
            if before == self[name]:
                continue
            field = self._fields[name]
            lines.append(
                "{}: {} → {}".format(
                    field._description_string(self.env),
                    field.convert_to_display_name(before, self) or "–",
                    field.convert_to_display_name(self[name], self) or "–",
                )
            )
        if lines:
            self.document_id.message_post(
                body=self.env._("Corrected: %(changes)s", changes="; ".join(lines))
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_released(self):
        if self.filtered("released_on"):
            raise UserError(
                self.env._(
                    "A task that was assigned is kept. Withdraw its assignments"
                    " instead."
                )
            )
