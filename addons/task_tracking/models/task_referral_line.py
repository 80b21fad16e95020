# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from .task_clock import OFFICE_GROUPS

#: What agencies, who read the direction on their tasks, do not read with it.
OURS = OFFICE_GROUPS


class TaskReferralLine(models.Model):
    """A task that a referral is about, as it stood when it was put forward; the
    direction on it, which stays with the assignment."""

    _name = "task.referral.line"
    _description = "Task put to a leader"
    _inherit = ["task.closed.mixin", "task.told.mixin"]
    _order = "id"
    _closed_fields = frozenset(
        ("told_agency_id", "told_deadline", "told_due_on", "told_days_late")
    )

    referral_id = fields.Many2one(
        "task.referral", required=True, index=True, ondelete="cascade", groups=OURS
    )
    assignment_id = fields.Many2one(
        "task.assignment", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="referral_id.company_id", store=True)
    state = fields.Selection(related="referral_id.state", store=True)
    kind = fields.Selection(related="referral_id.kind", store=True)
    content = fields.Text(related="assignment_id.content", string="Task content")
    document_id = fields.Many2one(related="assignment_id.document_id")
    reason = fields.Text(
        string="Reason given by the agency",
        help="Its latest explanation.",
        groups=OURS,
    )
    told_agency_id = fields.Many2one("res.partner", ondelete="restrict")
    told_deadline = fields.Date()
    told_due_on = fields.Date()
    told_days_late = fields.Integer()
    agency_id = fields.Many2one(
        "res.partner", compute="_compute_told", compute_sudo=True
    )
    deadline = fields.Date(compute="_compute_told", compute_sudo=True)
    due_on = fields.Date(string="Due on", compute="_compute_told", compute_sudo=True)
    days_late = fields.Integer(
        string="Days late",
        compute="_compute_told",
        compute_sudo=True,
        help="As put forward; of a draft as of today.",
    )
    direction = fields.Text(
        related="referral_id.direction", string="The leader's direction"
    )
    directed_on = fields.Date(related="referral_id.directed_on", store=True)
    directed_by = fields.Char(
        related="referral_id.directed_by_id.name", string="Directed by"
    )
    direction_attachment_ids = fields.Many2many(
        "ir.attachment",
        string="Files of the direction",
        compute="_compute_direction_files",
        compute_sudo=True,
    )

    _once = models.UniqueIndex(
        "(referral_id, assignment_id)", "The task is in it already."
    )

    @api.depends("assignment_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for one in self:
            one.display_name = self.env._(
                "Direction: %(task)s", task=one.assignment_id.display_name
            )

    @api.depends(
        "state",
        "told_agency_id",
        "assignment_id.agency_id",
        "assignment_id.deadline",
        "assignment_id.due_on",
        "assignment_id.days_overdue",
    )
    @api.depends_context("company")
    def _compute_told(self):
        for one in self:
            now, is_told = one.assignment_id, bool(one.told_agency_id)
            one.agency_id = one.told_agency_id if is_told else now.agency_id
            one.deadline = one.told_deadline if is_told else now.deadline
            one.due_on = one.told_due_on if is_told else now.due_on
            one.days_late = one.told_days_late if is_told else now.days_overdue

    @api.depends("referral_id.direction_attachment_ids", "state")
    def _compute_direction_files(self):
        for one in self:
            directed = one.state == "directed"
            files = one.referral_id.direction_attachment_ids
            one.direction_attachment_ids = files if directed else files.browse()

    def _freeze(self):
        """Keep how the tasks stand as they are put to the leader."""
        for one in self.sudo():
            now = one.assignment_id
            one.write(
                {
                    "told_agency_id": now.agency_id.id,
                    "told_deadline": now.deadline,
                    "told_due_on": now.due_on,
                    "told_days_late": now.days_overdue,
                }
            )

    def _check_still(self):
        """
        :raise UserError: if the task was withdrawn, or is not due and undone any more.
        """
        now = self.assignment_id.sudo()
        done = self.kind == "not_done" and (
            now.state not in ("released", "doing")
            or not now.due_on
            or now.due_on > self.company_id._task_today()
        )
        if now.state == "withdrawn" or done:
            states = dict(now._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "%(task)s is not to be put forward any more (%(state)s, due on"
                    " %(due)s). Take it out.",
                    task=now.display_name,
                    state=states[now.state],
                    due=format_date(self.env, now.due_on) or "–",
                )
            )

    # -- what may be written when ------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_editable()
        if not self.env.su:
            lines.assignment_id.check_access("read")
        for line in lines:
            if line.assignment_id.company_id != line.company_id:
                raise UserError(self.env._("The task belongs to another authority."))
        return lines

    def write(self, vals):
        self._check_editable()
        result = super().write(vals)
        if "referral_id" in vals:
            self._check_editable()
        if "assignment_id" in vals and not self.env.su:
            self.assignment_id.check_access("read")
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        self._check_editable()

    def _check_editable(self):
        """Lines are changed with the draft they are part of."""
        if self.env.su:
            return
        for referral in self.sudo().referral_id.sudo(False):
            refusal = referral._edit_refusal()
            if refusal:
                raise refusal

    # -- who is told -------------------------------------------------------------------
    def _thread(self):
        return self.assignment_id

    def _told_words(self):
        return self.direction
