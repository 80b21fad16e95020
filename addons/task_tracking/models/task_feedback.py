# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .task_clock import OFFICE_GROUPS
from .task_discrepancy import CHANNELS

#: Who reads what the Office found out and does about it: not who reported.
OFFICE = OFFICE_GROUPS
#: What the Office writes while it verifies; no agency brings it along.
OFFICE_FIELDS = frozenset(
    ("assignment_ids", "finding", "told_text", "draft_answer", "followed_by_id")
)
#: What the Office says of a feedback that reached it outside the system.
PAPER_FIELDS = frozenset(("reference", "reference_date", "received_on"))


class TaskFeedback(models.Model):
    """An agency tells the Office that another one is late with what it was assigned,
    or does it otherwise than required (BG Đ19.4; KH Đ19.3).

    It says so in words: it may name no assignment, which it may not even read. The
    Office links the assignments, verifies, and issues a letter of urging, or asks the
    Chairman, in 10 or 2 working days (BG, KH Đ18.5), or finds it unfounded and says so.

    The reported agency reads nothing of this record, and so not who reported it: what
    concerns it is a record of its own (`task.feedback.share`). Who may do what is in
    `task_feedback_rights.py`, how it is answered in `task_feedback_answer.py`.
    """

    _name = "task.feedback"
    _description = "Feedback"
    _inherit = [
        "task.closed.mixin",
        "task.files.mixin",
        "task.thread.mixin",
        "task.told.mixin",
        "task.mine.mixin",
        "task.clock.mixin",
        "task.awaited.mixin",
    ]
    _mail_post_access = "read"
    _order = "id desc"
    _rec_names_search = ["about", "text", "reported_name", "reported_id.name"]
    _awaited_since = "received_on"
    _closed_fields = frozenset(
        (
            "company_id",
            "state",
            "submitted_by_id",
            "submitted_at",
            "answer",
            "answered_by_id",
            "answered_on",
            "answer_file_ids",
            "referral_id",
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
    agency_id = fields.Many2one(
        "res.partner",
        string="Feedback from",
        index=True,
        ondelete="restrict",
        domain=[("is_agency", "=", True)],
        default=lambda self: self._default_agency(),
        help="The agency that gives the feedback.",
    )
    reported_id = fields.Many2one(
        "res.partner",
        string="Agency reported",
        index="btree_not_null",
        ondelete="restrict",
        domain=[("is_agency", "=", True)],
        help="The agency that is late, or does not do what is required.",
    )
    reported_name = fields.Char(
        string="Agency reported, in words",
        help="Where it is not in the list, or not known exactly.",
    )
    about = fields.Text(
        string="Task or directive, in words",
        required=True,
        help="Number and date of the directive, what was to be done: as far as known.",
    )
    kind = fields.Selection(
        [
            ("late", "Not in time"),
            ("wrong", "Not as required"),
            ("both", "Neither in time nor as required"),
        ],
        string="What is wrong",
        required=True,
        default="late",
    )
    text = fields.Text(string="What was seen", required=True)
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Files", copy=False, bypass_search_access=True
    )
    channel = fields.Selection(
        CHANNELS,
        string="Received by way of",
        required=True,
        default="system",
        copy=False,
    )
    reference = fields.Char(string="Letter number", copy=False)
    reference_date = fields.Date(string="Date of the letter", copy=False)
    received_on = fields.Date(
        string="Received on",
        copy=False,
        help="The day the Office received it: the limit counts from it. Empty: the day"
        " it is sent on this system.",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("open", "Being verified"),
            ("referred", "Put to a leader"),
            ("urged", "Urged by a letter"),
            ("directed", "Leader's direction"),
            ("unfounded", "Unfounded"),
            ("withdrawn", "Taken back"),
        ],
        required=True,
        default="draft",
        copy=False,
        index=True,
    )
    submitted_by_id = fields.Many2one(
        "res.users", string="Sent by", copy=False, ondelete="restrict"
    )
    submitted_at = fields.Datetime(string="Sent at", copy=False)
    # of the Office
    followed_by_id = fields.Many2one(
        "res.users",
        string="Followed by",
        compute="_compute_followed_by",
        store=True,
        readonly=False,
        index="btree_not_null",
        domain=lambda self: [
            (
                "all_group_ids",
                "in",
                self.env.ref("task_tracking.group_office_specialist").ids,
            )
        ],
        help="Who of the Office verifies it; nobody yet: anybody of the Office may.",
    )
    assignment_ids = fields.Many2many(
        "task.assignment",
        string="Tasks it is about",
        copy=False,
        groups=OFFICE,
        help="Linked by the Office; who reported does not see them.",
    )
    finding = fields.Text(
        string="What verification found",
        copy=False,
        groups=OFFICE,
        help="For the Office and the leaders.",
    )
    told_text = fields.Text(
        string="Words to the reported agency",
        copy=False,
        groups=OFFICE,
        help="What the reported agency reads. Empty: that a feedback on its task was"
        " received. Say nothing here by which it knows who reported.",
    )
    draft_answer = fields.Text(
        string="Answer in preparation",
        copy=False,
        groups=OFFICE,
        help="Required to find it unfounded; of a letter or a direction the number,"
        " the day and the words are added. Who reported reads it once it is given.",
    )
    answer = fields.Text(string="Answer to who reported", copy=False)
    answer_file_ids = fields.Many2many(
        "ir.attachment",
        "task_feedback_answer_file_rel",
        string="Files of the answer",
        copy=False,
        bypass_search_access=True,
    )
    answered_by_id = fields.Many2one(
        "res.users", string="Answered by", copy=False, ondelete="restrict"
    )
    answered_on = fields.Date(string="Answered on", copy=False)

    def _default_agency(self):
        user = self.env.user
        return False if user._task_is_office() else user.sudo().task_agency_id

    @api.depends("assignment_ids.specialist_id")
    def _compute_followed_by(self):
        for one in self:
            followers = one.sudo().assignment_ids.specialist_id
            one.followed_by_id = one.followed_by_id or followers[:1]

    @api.depends("reported_id", "reported_name", "about")
    def _compute_display_name(self):
        for one in self:
            what = (one.about or "").partition("\n")[0]
            parts = filter(None, (one._reported_words(), what))
            one.display_name = ": ".join(parts) or False

    def _reported_words(self):
        return self.reported_id.name or self.reported_name or ""

    # -- what may be written when ------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        found = super().create(vals_list)
        for one in found:
            one._check_draft()
            one._check_nothing_brought()
        return found

    def write(self, vals):
        if not self.env.su:
            for one in self:
                one._check_write(vals)
        result = super().write(vals)
        if not self.env.su:
            for one in self:
                if one.state == "draft":
                    one._check_draft()
                    one._check_nothing_brought()
                elif "assignment_ids" in vals:
                    one._check_linked()
        return result

    def _check_write(self, vals):
        """Who reports writes the draft; the Office writes what it finds."""
        names = set(vals)
        if self.state == "draft":
            refusal = self._report_refusal()
        elif self.state == "open" and names <= OFFICE_FIELDS:
            refusal = self._handle_refusal()
            if not refusal and "followed_by_id" in names:
                self._check_follower_change("followed_by_id")
        else:
            refusal = UserError(
                self.env._("What was submitted is not changed any more.")
            )
        if refusal:
            raise refusal

    def _check_nothing_brought(self):
        """Who reports brings no answer along, nor a day of receipt."""
        if self.env.su:
            return
        one = self.sudo()
        brought = any(one[name] for name in OFFICE_FIELDS)
        if not self.env.user._task_is_office():
            brought = brought or one.channel != "system"
            brought = brought or any(one[name] for name in PAPER_FIELDS)
        if brought:
            raise AccessError(self.env._("You may not answer this."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if self.filtered(lambda one: one.state != "draft"):
            raise UserError(self.env._("What was reported is kept."))

    def _fixed_files(self):
        return self.filtered(lambda one: one.state != "draft")

    def _are_fixed(self, files):
        """What was reported and what it was answered with; files of the exchange
        beside it come and go."""
        fixed = self._fixed_files()
        return bool((fixed.attachment_ids | fixed.answer_file_ids) & files)

    # -- acts of who reports -----------------------------------------------------------
    def action_submit(self):
        """Report it to the Office: from now on it is kept, and the limit runs.

        :raise AccessError: if the caller does not speak for the agency.
        :raise UserError: if the regulation does not know the act, words are missing,
            or the same waits already.
        """
        self.check_access("write")
        self._lock()
        for one in self:
            refusal = one._submit_refusal()
            if refusal:
                raise refusal
            one._check_complete()
            one.sudo().write(
                {
                    "state": "open",
                    "received_on": one.received_on or one.company_id._task_today(),
                    "submitted_by_id": self.env.uid,
                    "submitted_at": fields.Datetime.now(),
                }
            )
            one.sudo()._clock_start("feedback_answer")
            one._tell(one._office_users())
        return True

    def action_withdraw(self):
        """Who reported takes it back: nothing is verified any more."""
        self.check_access("write")
        self._lock()
        for one in self:
            refusal = one._withdraw_refusal()
            if refusal:
                raise refusal
            one.sudo().state = "withdrawn"
        self.sudo()._clock_cancel(("feedback_answer",), self.env._("It was withdrawn."))
        for one in self:
            one._tell(one._office_users())
        return True

    # -- its time limit ----------------------------------------------------------------
    def _receipt(self):
        """When the Office received it: the moment it was sent (naive UTC), or the day
        of a paper that came before."""
        sent = self.company_id._task_local(self.submitted_at).date()
        return self.received_on if self.received_on < sent else self.submitted_at

    def _clock_events(self):
        return {"receipt": self._receipt()} if self.submitted_at else {}

    def _clock_agency(self):
        """The limit is the Office's: no agency is reminded of it."""
        return self.env["res.partner"]

    def _clock_specialist(self):
        return self.followed_by_id

    # -- whom it waits for -------------------------------------------------------------
    @api.model
    def _awaited_domain(self, company):
        return Domain("company_id", "=", company.id) & Domain("state", "=", "open")

    def _awaited_by(self):
        """Who verifies it, or the managers."""
        nobody = self.filtered(lambda one: not one.followed_by_id.active)
        managers = nobody._managers() if nobody else self.env["res.users"]
        return {
            one: one.followed_by_id.filtered("active")
            or managers.filtered(
                lambda user, one=one: one.company_id in user.company_ids
            )
            for one in self
        }

    def _office_users(self):
        """Who of the Office is told."""
        return self.followed_by_id.filtered("active") or self._managers()

    def _managers(self):
        managers = self.env.ref("task_tracking.group_office_manager").sudo()
        return managers.all_user_ids.filtered("active")
