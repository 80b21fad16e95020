# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.fields import Domain

from .task_urge_rights import KEPT, URGED_STATES

#: Lines shown on a page; the button shows all.
SHOWN = 80


class TaskUrgeLine(models.Model):
    _inherit = "task.urge.line"

    @api.model
    def _done_domain(self):
        """What was done to urge, or is drafted; not what was left out. A call or a
        meeting that was cancelled stays where it stood."""
        return Domain("is_left_out", "=", False) & (
            Domain("state", "in", ("draft", "done")) | KEPT
        )

    @api.model
    def _lines_by(self, name, ids):
        """{id: lines} of what was done to urge about the records `ids` of the field
        `name`, as far as the user reads it, the latest first."""
        if not self.has_access("read"):
            return {}
        order = "state desc, day desc, id desc"
        found = self.search(Domain(name, "in", ids) & self._done_domain(), order=order)
        lines = {}
        for line in found.sudo():
            lines.setdefault(line.mapped(name).id, []).append(line.id)
        return {key: self.browse(some[:SHOWN]) for key, some in lines.items()}


class TaskAssignment(models.Model):
    """What was done to urge an assignment, in one place, and the buttons to do it."""

    _inherit = "task.assignment"

    urge_line_ids = fields.One2many(
        "task.urge.line", compute="_compute_urge_lines", string="Urging"
    )
    can_urge = fields.Boolean(compute="_compute_can_urge")

    @api.depends_context("uid")
    @api.depends("state")
    def _compute_urge_lines(self):
        lines = self.env["task.urge.line"]._lines_by("assignment_id", self.ids)
        for one in self:
            one.urge_line_ids = lines.get(one._origin.id, False)

    @api.depends_context("uid")
    @api.depends("state", "agency_id", "role", "specialist_id", "field_id")
    def _compute_can_urge(self):
        urged = self._origin._urged_by_user()._to_urge()
        for one in self:
            one.can_urge = one._origin in urged

    # -- buttons -----------------------------------------------------------------------
    def action_urge_letter(self):
        """Draft a letter about these assignments, or one to each agency, and open it.

        :raise AccessError, UserError: if the caller may not, or nothing is to urge.
        """
        return (
            self.env["task.urge"]
            ._draft_letter(self)
            ._get_records_action(context=self._urge_context())
        )

    def action_urge_call(self):
        """Open the form of a telephone call about these assignments."""
        return self._action_urge_entry("call", self.env._("Enter a telephone call"))

    def action_urge_meeting(self):
        """Open the form of a meeting about these assignments."""
        return self._action_urge_entry("meeting", self.env._("Enter a meeting"))

    def _action_urge_entry(self, kind, name):
        self.check_access("read")
        lines = self.env["task.urge.line"]._commands(self)
        action = self._action_new_form("task.urge", name, kind=kind, line_ids=lines)
        view = self.env.ref("task_tracking.task_urge_view_form_entry")
        return {**action, "views": [(view.id, "form")]}

    def _urge_context(self):
        """The caller's context without the defaults of the screen it comes from."""
        return {
            key: value
            for key, value in self.env.context.items()
            if not key.startswith(("default_", "search_default_"))
        }


class TaskTask(models.Model):
    _inherit = "task.task"

    urge_line_ids = fields.One2many(
        "task.urge.line", compute="_compute_urge_lines", string="Urging"
    )
    can_urge = fields.Boolean(compute="_compute_can_urge")

    @api.depends_context("uid")
    @api.depends("assignment_ids.state")
    def _compute_urge_lines(self):
        lines = self.env["task.urge.line"]._lines_by("assignment_id.task_id", self.ids)
        for one in self:
            one.urge_line_ids = lines.get(one._origin.id, False)

    @api.depends_context("uid")
    @api.depends("assignment_ids.state")
    def _compute_can_urge(self):
        assignments = self._urge_assignments()
        urged = assignments._urged_by_user()._to_urge().sudo().task_id
        for one in self:
            one.can_urge = one._origin.sudo() in urged

    def _urge_assignments(self):
        """The assignments of these tasks that the user reads."""
        found = self.env["task.assignment"]
        if not found.has_access("read"):
            return found
        return found.search([("task_id", "in", self._origin.ids)])

    def action_urge_letter(self):
        """Draft one letter about the task to all its agencies, and open it."""
        assignments = self._urge_assignments()
        return (assignments._urged_by_user()._to_urge()).action_urge_letter()


class TaskDocument(models.Model):
    _inherit = "task.document"

    urge_line_ids = fields.One2many(
        "task.urge.line", compute="_compute_urge_lines", string="Urging"
    )

    @api.depends_context("uid")
    @api.depends("assignment_ids.state")
    def _compute_urge_lines(self):
        by_document = "assignment_id.document_id"
        lines = self.env["task.urge.line"]._lines_by(by_document, self.ids)
        for one in self:
            one.urge_line_ids = lines.get(one._origin.id, False)


class ResPartner(models.Model):
    _inherit = "res.partner"

    can_urge_overdue = fields.Boolean(compute="_compute_can_urge_overdue")

    @api.depends_context("uid", "company")
    @api.depends("is_agency")
    def _compute_can_urge_overdue(self):
        office = self.env.user._task_is_office_or_leader()
        for agency in self:
            agency.can_urge_overdue = office and agency.is_agency

    def action_urge_overdue(self):
        """Draft a letter about all that is overdue at the agency, as far as the caller
        follows it, and open it: the system's own draft where there is one.

        :raise AccessError, UserError: if the caller may not, or nothing is overdue.
        """
        self.ensure_one()
        overdue = self.env["task.assignment"].search(
            Domain("agency_id", "=", self.id)
            & Domain("company_id", "=", self.env.company.id)
            & Domain("role", "=", "lead")
            & Domain("is_overdue", "=", True)
            & Domain("state", "in", URGED_STATES)
        )
        urged = overdue._urged_by_user()
        draft = self.env["task.urge"].search(
            Domain("by_ladder", "=", True)
            & Domain("state", "=", "draft")
            & Domain("company_id", "=", self.env.company.id)
            & Domain("line_ids.agency_id", "=", self.id),
            limit=1,
        )
        if not urged or not draft.can_change:
            return urged.action_urge_letter()
        missing = urged - draft.line_ids.assignment_id
        if missing:
            draft.write({"line_ids": draft.line_ids._commands(missing)})
        return draft._get_records_action(context=urged._urge_context())
