# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import NO_ACCESS
from odoo.tools import format_date

from .task_task_upward import UPWARD_ACTS


class TaskUpward(models.Model):
    """What a company sends to the superior body about a task that came from it.

    Written and kept in the company that sends it; sending makes the result, entry or
    request on the superior body's assignment, in the name of the user and of the
    agency. It is the one bridge upwards: who sends reads nothing up there but the
    answer shown here.
    """

    _name = "task.upward"
    _description = "Answer to the superior body"
    _inherit = ["task.closed.mixin", "task.files.mixin"]
    _order = "id desc"
    _closed_fields = frozenset(("state", "sent_by_id", "sent_on", "missing_note"))

    task_id = fields.Many2one(
        "task.task",
        required=True,
        ondelete="restrict",
        index=True,
        domain=[("is_from_above", "=", True)],
    )
    document_id = fields.Many2one(related="task_id.document_id")
    content = fields.Text(related="task_id.name", string="Task content")
    above_deadline = fields.Date(related="task_id.above_deadline")
    company_id = fields.Many2one(related="task_id.company_id", store=True, index=True)
    act = fields.Selection(
        [
            ("result", "Hand in the result"),
            ("progress", "Report progress"),
            ("extension", "Ask for an extension"),
            ("return", "Hand back"),
        ],
        required=True,
        default="result",
    )
    text = fields.Text(
        string="Content",
        compute="_compute_text",
        store=True,
        readonly=False,
        precompute=True,
    )
    reply_number = fields.Char(string="Reply document")
    reply_date = fields.Date(string="Reply dated")
    stated_day = fields.Date(string="Completed on")
    new_deadline = fields.Date(string="Deadline asked for")
    return_kind = fields.Selection(
        [
            ("not_ours", "Not within our functions"),
            ("inaccurate", "Not accurate"),
        ],
        string="Reason",
        default="not_ours",
    )
    proposed_agency_id = fields.Many2one(
        "res.partner",
        string="Proposed agency",
        ondelete="restrict",
        domain=[("is_agency", "=", True)],
    )
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Files", copy=False, bypass_search_access=True
    )
    gathered_ids = fields.Many2many(
        "task.result", compute="_compute_gathered", string="Results of the units"
    )
    available_file_ids = fields.Many2many("ir.attachment", compute="_compute_gathered")
    unit_file_ids = fields.Many2many(
        "ir.attachment",
        "task_upward_unit_file_rel",
        string="Files of the units to send along",
        copy=False,
        bypass_search_access=True,
        domain="[('id', 'in', available_file_ids)]",
    )
    missing_units = fields.Text(related="task_id.missing_units")
    accept_missing = fields.Boolean(
        string="Hand in without the units that are missing", copy=False
    )
    missing_note = fields.Text(string="Missing when sent", copy=False)
    state = fields.Selection(
        [("draft", "Draft"), ("sent", "Sent")],
        required=True,
        default="draft",
        copy=False,
    )
    sent_by_id = fields.Many2one(
        "res.users", string="Sent by", copy=False, ondelete="restrict"
    )
    sent_on = fields.Date(string="Sent on", copy=False)
    above_model = fields.Char(
        copy=False, groups=NO_ACCESS, export_string_translation=False
    )
    above_id = fields.Many2oneReference(
        model_field="above_model",
        copy=False,
        groups=NO_ACCESS,
        export_string_translation=False,
    )
    above_state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("accepted", "Accepted"),
            ("refused", "Refused"),
            ("cancelled", "Taken back"),
        ],
        string="Answer",
        compute="_compute_above",
        compute_sudo=True,
    )
    above_answer = fields.Text(
        string="Answer from above", compute="_compute_above", compute_sudo=True
    )
    can_send = fields.Boolean(compute="_compute_can")
    can_take_back = fields.Boolean(compute="_compute_can")

    @api.depends("act", "task_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        acts = dict(self._fields["act"]._description_selection(self.env))
        for one in self:
            one.display_name = f"{acts.get(one.act)}: {one.task_id.display_name or ''}"

    # -- what the units handed in --------------------------------------------------
    @api.depends("task_id", "act")
    @api.depends_context("uid")
    def _compute_gathered(self):
        for one in self:
            results = self.env["task.result"]
            if one.act == "result" and one.task_id:
                results = results.union(
                    *(result for _, _, result in one.task_id._unit_shares())
                )
            one.gathered_ids = results
            one.available_file_ids = results.attachment_ids

    @api.depends("task_id", "act")
    def _compute_text(self):
        """The results of the units, unit by unit, as a first draft."""
        for one in self:
            if one.text or one.act != "result" or not one.task_id:
                one.text = one.text
                continue
            one.text = "\n\n".join(
                f"{agency.name} – {part.name}:\n{result._gathered_text()}"
                for part, agency, result in one.task_id._unit_shares()
                if result
            )

    # -- the answer ----------------------------------------------------------------
    @api.depends("state")
    def _compute_above(self):
        for one in self:
            above = one._record_above()
            answered = "state" in above._fields
            one.above_state = above.state if answered and above else False
            one.above_answer = above.answer if answered and above else False

    def _record_above(self):
        """The record this made above (in sudo), empty before it is sent."""
        model = self.sudo().above_model or UPWARD_ACTS[self.act or "result"][0]
        return self.env[model].sudo().browse(self.sudo().above_id or ())

    # -- rights --------------------------------------------------------------------
    @api.depends_context("uid")
    @api.depends("state", "task_id", "act")
    def _compute_can(self):
        for one in self:
            one.can_send = bool(one.task_id) and not one._send_refusal()
            one.can_take_back = not one._take_back_refusal()

    def _send_refusal(self):
        """Why the current user may not send this: an exception, or None."""
        self.ensure_one()
        if self.state != "draft":
            return UserError(self.env._("This was sent already."))
        return self._speaker_refusal() or self.task_id._upward_refusal(self.act)

    def _speaker_refusal(self):
        """Only the leader or a manager of the Office speaks for the agency, or any of
        the Office where the superior body's regulation lets officers submit."""
        user = self.env.user
        regulation = self.task_id._above().regulation_id
        if (
            self.env.su
            or user._task_is_manager()
            or user.has_group("task_tracking.group_leader")
            or (user._task_is_office() and regulation._policy("submitter") == "officer")
        ):
            return None
        return AccessError(
            self.env._(
                "The leader or a manager of the Office sends this. Your draft is kept."
            )
        )

    def _take_back_refusal(self):
        self.ensure_one()
        if self.act not in ("extension", "return") or self.above_state != "waiting":
            return UserError(
                self.env._("Only a request that waits for its answer is taken back.")
            )
        return self._speaker_refusal()

    # -- what may be written when --------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        drafts = super().create(vals_list)
        for one in drafts:
            refusal = one.task_id._upward_refusal(one.act)
            if refusal:
                raise refusal
        return drafts

    def write(self, vals):
        if not self.env.su and self.filtered(lambda one: one.state != "draft"):
            raise UserError(self.env._("What was submitted is not changed any more."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if self.filtered(lambda one: one.state != "draft"):
            raise UserError(self.env._("What was submitted is kept."))

    @api.constrains("unit_file_ids", "task_id", "act")
    def _check_unit_files(self):
        """Only files that the units handed in, and the user reads, are sent along."""
        for one in self.sudo(False):  # constraints run in sudo
            if one.unit_file_ids - one.available_file_ids:
                raise UserError(
                    self.env._("Send along files of the units' results only.")
                )

    def _fixed_files(self):
        return self.filtered(lambda one: one.state != "draft")

    # -- acts ----------------------------------------------------------------------
    def action_send(self):
        """Send this to the superior body, in the name of the user.

        :raise AccessError: if the caller does not speak for the agency.
        :raise UserError: if units are missing and that is not ticked, or the superior
            body's regulation or the state of its assignment refuses the act.
        """
        self.check_access("write")
        self._lock()
        for one in self:
            refusal = one._send_refusal()
            if refusal:
                raise refusal
            if not (one.text or "").strip():
                raise UserError(self.env._("Write the content first."))
            missing = one.act == "result" and one.missing_units
            if missing and not one.accept_missing:
                raise UserError(
                    self.env._(
                        "These units have not handed in their result yet:\n%(units)s\n"
                        "Tick that the result is handed in without them, or wait.",
                        units=missing,
                    )
                )
            record = one._make_above()
            one.sudo().write(
                {
                    "state": "sent",
                    "sent_by_id": self.env.uid,
                    "sent_on": one.company_id._task_today(),
                    "missing_note": missing,
                    "above_model": record._name,
                    "above_id": record.id,
                }
            )
            one._mark_entered()
        return True

    def _mark_entered(self):
        """What units did is hereby entered in the superior body's system (KT Đ6.3b)."""
        if self.act != "result":
            return
        entered = self.gathered_ids.assignment_id.sudo().filtered(
            lambda one: not one._elsewhere_refusal()
        )
        entered.mark_entered_elsewhere(self.company_id._task_today())

    def action_take_back(self):
        """Take back a request that the superior body has not answered."""
        self.check_access("write")
        for one in self:
            refusal = one._take_back_refusal()
            if refusal:
                raise refusal
            above = one.task_id._above()._in_own_company()
            one._record_above().with_env(above.env).action_cancel()
            one.invalidate_recordset(["above_state", "above_answer"])
        return True

    def _make_above(self):
        """Make and submit the record on the superior body's assignment (in sudo)."""
        self.ensure_one()
        above = self.task_id._above()._in_own_company()
        model, _act = UPWARD_ACTS[self.act]
        files = (self.attachment_ids | self.unit_file_ids).sudo()
        copies = files.with_env(above.env).copy(
            {"res_model": False, "res_id": False, "access_token": False}
        )
        record = above.env[model].create(
            {
                "assignment_id": above.id,
                "text": self.text,
                "attachment_ids": [Command.set(copies.ids)],
                **self._act_vals(),
            }
        )
        if self.act != "progress":
            record.action_submit()
        return record

    def _act_vals(self):
        """What the record above holds besides the text and the files."""
        if self.act == "result":
            names = ("reply_number", "reply_date", "stated_day")
            return {name: self[name] for name in names}
        if self.act == "extension":
            if not self.new_deadline:
                raise UserError(self.env._("Give the new deadline."))
            return {"new_deadline": self.new_deadline}
        if self.act == "return":
            return {
                "kind": self.return_kind,
                "proposed_agency_id": self.proposed_agency_id.id,
            }
        return {}


class TaskResult(models.Model):
    _inherit = "task.result"

    def _gathered_text(self):
        """The result in the words of a gathering one: text and reply document."""
        self.ensure_one()
        reply = " ".join(
            filter(
                None,
                (
                    self.reply_number,
                    self.reply_date and format_date(self.env, self.reply_date),
                ),
            )
        )
        return f"{self.text} ({reply})" if reply else self.text
