# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError


class TaskUrgeLine(models.Model):
    """What an act of urging was about: an assignment, or another dated record."""

    _name = "task.urge.line"
    _description = "Subject of an urging"
    _inherit = ["task.scope.mixin"]
    _order = "id desc"
    # who and when stands on the urging: a digest writes tens of thousands of lines
    _log_access = False
    _scope_depends = ("state", "assignment_id", "agency_id")

    urge_id = fields.Many2one(
        "task.urge", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(related="urge_id.kind", store=True)
    day = fields.Date(related="urge_id.day", store=True)
    state = fields.Selection(related="urge_id.state", store=True)
    company_id = fields.Many2one(related="urge_id.company_id", store=True)
    res_model = fields.Char(string="Kind of record", required=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", required=True
    )
    assignment_id = fields.Many2one(
        "task.assignment", index="btree_not_null", ondelete="restrict"
    )
    agency_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        ondelete="restrict",
        help="The agency urged, as it was then.",
    )
    anchor_on = fields.Date(string="Due", help="The date it was urged about.")
    marker = fields.Char(
        help="What was told, to whom and on what occasion: never twice.",
        index=False,
    )
    is_left_out = fields.Boolean(
        string="Left out",
        help="Not urged after all: taken out of the draft, or done meanwhile.",
    )
    left_out_why = fields.Char(string="Why left out")
    # as the assignment tells it
    content = fields.Text(related="assignment_id.content", string="Content")
    document_id = fields.Many2one(related="assignment_id.document_id")
    assignment_state = fields.Selection(
        related="assignment_id.state", string="State of the task"
    )
    days_late = fields.Integer(
        string="Days overdue",
        compute="_compute_days_late",
        compute_sudo=True,
        help="On the day of the letter; of a draft today.",
    )
    # as the urging tells it
    number = fields.Char(related="urge_id.number")
    sent_by = fields.Char(related="urge_id.sent_by", string="Urged by")
    told_to = fields.Char(compute="_compute_told", compute_sudo=True, string="Sent to")
    summary = fields.Text(compute="_compute_summary", string="What it says")

    _marker_uniq = models.UniqueIndex(
        "(marker) WHERE marker IS NOT NULL", "This was told already."
    )

    @api.depends("urge_id", "agency_id", "kind")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.sudo().urge_id.display_name

    @api.depends("anchor_on", "day", "state", "assignment_id.role")
    def _compute_days_late(self):
        """A support is never late (DOMAIN.md section 3)."""
        for line in self:
            day = line.day or line.company_id._task_today()
            due = line.assignment_id.role != "support" and line.anchor_on
            line.days_late = max(0, (day - due).days) if due else 0

    @api.depends("kind", "agency_id", "urge_id.partner_id")
    def _compute_told(self):
        for line in self:
            person = line.urge_id.partner_id
            line.told_to = person.name if person else line.agency_id.name

    @api.depends_context("uid")
    @api.depends("urge_id")
    def _compute_summary(self):
        """What a letter or a talk says is told to its readers alone: who follows the
        assignment otherwise knows that there was one."""
        read = self.urge_id._filtered_access("read")
        for line in self:
            urge = line.urge_id
            told = urge in read
            line.summary = told and (urge.agreed or urge.subject) or False

    # -- what may be written when ------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        """A line about an assignment names it both ways.

        A user names the assignment and nothing else; the rest is told by it.
        """
        if not self.env.su:
            vals_list = [self._user_values(vals) for vals in vals_list]
            self.check_access("create")
            lines = super(TaskUrgeLine, self.sudo()).create(vals_list)
            lines = lines.sudo(False)
            lines._check_change()
            return lines
        for vals in vals_list:
            if vals.get("assignment_id"):
                vals.setdefault("res_model", "task.assignment")
                vals.setdefault("res_id", vals["assignment_id"])
            elif vals.get("res_model") == "task.assignment":
                vals["assignment_id"] = vals["res_id"]
        return super().create(vals_list)

    @api.model
    def _user_values(self, vals):
        """The values of a line as a user adds it.

        :raise AccessError: if the user gives more than the assignment, or one that
            the user does not read.
        """
        if set(vals) - {"urge_id", "assignment_id"} or not vals.get("assignment_id"):
            raise AccessError(
                self.env._("A line names an assignment and nothing else.")
            )
        assignment = self.env["task.assignment"].browse(vals["assignment_id"])
        assignment.check_access("read")
        if not assignment._urged_by_user():
            raise AccessError(
                self.env._(
                    "You may not urge %(agency)s about this task.",
                    agency=assignment.agency_id.display_name,
                )
            )
        return {**vals, **assignment.sudo()._urge_line_values()}

    def write(self, vals):
        """Only the system writes lines; a user adds and takes out."""
        if not self.env.su:
            raise AccessError(self.env._("A line is added or taken out, not changed."))
        return super().write(vals)

    def unlink(self):
        """What the ladder drafted is left out and stays, so that it is not drafted
        again; what somebody added is gone."""
        if self.env.su:
            return super().unlink()
        self._check_change()
        kept = self.sudo().filtered("marker")
        kept.write({"is_left_out": True})
        return super(TaskUrgeLine, self - kept.sudo(False)).unlink()

    def _check_change(self):
        """Refuse a change of what is no draft of the caller's.

        :raise AccessError, UserError: saying why.
        """
        for urge in self.sudo().urge_id.sudo(False):
            urge.check_access("write")
            if refusal := urge._change_refusal():
                raise refusal
            urge._check_draft()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if self.filtered(lambda line: line.state != "draft"):
            raise UserError(self.env._("What was done is kept."))

    def action_open_urge(self):
        """Open the urging (the reader's rights apply there)."""
        self.ensure_one()
        return self.urge_id._get_records_action()

    @api.model
    def _commands(self, assignments):
        """Commands that add lines about `assignments`."""
        return [
            Command.create({"assignment_id": assignment.id})
            for assignment in assignments
        ]
