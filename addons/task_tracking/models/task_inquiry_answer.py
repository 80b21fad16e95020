# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import plaintext2html

from .task_clock import OFFICE_GROUPS
from .task_inquiry import MISSING
from .task_mixins import boolean_domain

#: What the Office and the leaders read, and agencies do not.
OFFICE = OFFICE_GROUPS
#: What an agency works on until it is sent: nobody else reads it.
AGENCY = "task_tracking.group_agency_officer"
#: What the agency writes.
ANSWER_FIELDS = frozenset(
    (
        "draft_text",
        "draft_attachment_ids",
        "line_ids",
        "enters_progress",
        "number",
        "signer_title",
        "signer_name",
    )
)


class TaskInquiryAnswer(models.Model):
    """What one agency answers to a request for a report.

    The agency works on `draft_text`, `draft_attachment_ids` and the words of its lines;
    sending copies them to what the Office reads and keeps. The Office may send it back
    with words: what it has read stays until the agency sends it again. A file that was
    not sent is opened by the agency alone (`ir_attachment_inquiry.py`).
    """

    _name = "task.inquiry.answer"
    _description = "Answer to a request for a report"
    _inherit = [
        "task.closed.mixin",
        "task.files.mixin",
        "task.thread.mixin",
        "task.told.mixin",
        "task.mine.mixin",
        "task.awaited.mixin",
    ]
    _mail_post_access = "read"
    _order = "due_on desc, agency_id, id"
    _file_fields = ("draft_attachment_ids", "attachment_ids")
    _rec_names_search = ["name", "agency_id.name"]
    _awaited_since = "asked_on"
    #: An agency's duty: the Date field that holds its day.
    _awaited_due = "due_on"
    _closed_fields = frozenset(
        (
            "inquiry_id",
            "agency_id",
            "asked_as_id",
            "asked_on",
            "state",
            "text",
            "attachment_ids",
            "sent_by_id",
            "sent_on",
            "last_sent_on",
            "returned_by_id",
            "returned_on",
        )
    )

    inquiry_id = fields.Many2one(
        "task.inquiry",
        string="Request",
        required=True,
        index=True,
        ondelete="cascade",
        groups=OFFICE,
    )
    company_id = fields.Many2one(related="inquiry_id.company_id", store=True)
    name = fields.Char(related="inquiry_id.name", store=True, string="Subject")
    question = fields.Text(related="inquiry_id.text", string="What is to be reported")
    question_attachment_ids = fields.Many2many(
        "ir.attachment",
        string="Files of the request",
        compute="_compute_question_files",
        compute_sudo=True,
    )
    due_on = fields.Date(
        related="inquiry_id.due_on", store=True, index=True, string="Answer by"
    )
    inquiry_state = fields.Selection(
        related="inquiry_id.state", store=True, string="State of the request"
    )
    asked_by_id = fields.Many2one(related="inquiry_id.user_id", string="Asked by")
    agency_id = fields.Many2one(
        "res.partner", required=True, index=True, ondelete="restrict"
    )
    asked_as_id = fields.Many2one(
        "res.partner",
        string="Asked as",
        ondelete="restrict",
        help="The agency that was asked, whose place this one took (BG Đ24).",
    )
    asked_on = fields.Date(string="Report asked on", required=True)
    state = fields.Selection(
        [
            ("asked", "To answer"),
            ("returned", "Sent back"),
            ("sent", "Answered"),
        ],
        required=True,
        default="asked",
        index=True,
    )
    is_late = fields.Boolean(
        string="Answered late", compute="_compute_is_late", store=True
    )
    is_overdue = fields.Boolean(
        string="Overdue",
        compute="_compute_is_overdue",
        search="_search_is_overdue",
        help="Not answered though the day has passed.",
    )
    draft_text = fields.Text(string="Answer in preparation", groups=AGENCY)
    text = fields.Text(string="Answer")
    draft_attachment_ids = fields.Many2many(
        "ir.attachment",
        "task_inquiry_answer_draft_file_rel",
        string="Files of the answer in preparation",
        copy=False,
        bypass_search_access=True,
        groups=AGENCY,
    )
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Files", copy=False, bypass_search_access=True
    )
    line_ids = fields.One2many("task.inquiry.line", "answer_id", string="Tasks")
    enters_progress = fields.Boolean(
        string="Enter the words as progress too",
        default=True,
        help="What is new on a task becomes an entry on it as well.",
    )
    number = fields.Char(string="Number, notation", help="For example 123/BC-STC.")
    signer_title = fields.Char(string="Position")
    signer_name = fields.Char(string="Name of the signer")
    sent_by_id = fields.Many2one("res.users", string="Sent by", ondelete="restrict")
    sent_on = fields.Date(string="Answered on", help="The first time.")
    last_sent_on = fields.Date(string="Last sent on")
    return_reason = fields.Text(
        string="Why it is sent back", help="Required to send it back."
    )
    returned_by_id = fields.Many2one(
        "res.users", string="Sent back by", ondelete="restrict"
    )
    returned_on = fields.Date(string="Sent back on")
    can_edit = fields.Boolean(compute="_compute_can")
    can_send = fields.Boolean(compute="_compute_can")
    can_return = fields.Boolean(compute="_compute_can")

    @api.depends("name", "agency_id")
    def _compute_display_name(self):
        for one in self:
            one.display_name = f"{one.name}: {one.agency_id.name}"

    @api.depends("inquiry_id.attachment_ids")
    def _compute_question_files(self):
        for one in self:
            one.question_attachment_ids = one.inquiry_id.attachment_ids

    @api.depends("sent_on", "due_on")
    def _compute_is_late(self):
        for one in self:
            one.is_late = bool(one.sent_on and one.due_on and one.sent_on > one.due_on)

    @api.depends("state", "due_on", "inquiry_state")
    def _compute_is_overdue(self):
        for one in self:
            waits = one.state in MISSING and one.inquiry_state == "sent"
            today = one.company_id._task_today()
            one.is_overdue = waits and bool(one.due_on) and one.due_on < today

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        past = Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("due_on", "<", company._task_today())
            for company in self.env.companies
        )
        waits = Domain("state", "in", MISSING) & Domain("inquiry_state", "=", "sent")
        return boolean_domain(waits & past, value)

    @api.depends_context("uid")
    @api.depends("state", "agency_id", "inquiry_state")
    def _compute_can(self):
        for one in self:
            one.can_edit = not one._edit_refusal()
            one.can_send = not one._send_refusal()
            one.can_return = not one._return_refusal()

    # -- why not -----------------------------------------------------------------------
    def _edit_refusal(self):
        """Why the current user may not write the answer: an exception, or None."""
        if self.inquiry_state != "sent":
            return UserError(self.env._("The Office does not wait for it any more."))
        if self.state not in MISSING:
            return UserError(self.env._("What was sent is not changed any more."))
        if not (self.env.su or self._is_officer()):
            return AccessError(self.env._("Only the agency asked answers."))
        return None

    def _send_refusal(self):
        """Why the current user may not send the answer: an exception, or None."""
        return self._edit_refusal() or self._sender_refusal()

    def _return_refusal(self):
        """Why the current user may not send it back: an exception, or None."""
        if self.state != "sent" or self.inquiry_state != "sent":
            return UserError(self.env._("There is no answer to send back."))
        if not self.sudo().inquiry_id.sudo(self.env.su)._is_own():
            return AccessError(
                self.env._("Only who asks, or an Office manager, does this.")
            )
        return None

    @api.model
    def _drafted_by_user(self):
        """The answers that the user writes for their agency, a Domain."""
        user = self.env.user
        agency = user.sudo().task_agency_id
        if not agency or not user.has_group("task_tracking.group_agency_officer"):
            return Domain.FALSE
        return Domain("agency_id", "=", agency.id)

    def _guard(self, refusal_of):
        """Lock and check before an act; the second of two people is told."""
        self.check_access("write")
        self._lock()
        for one in self:
            refusal = getattr(one, refusal_of)()
            if refusal:
                raise refusal

    def write(self, vals):
        """The agency writes its answer until it is sent, the Office why it comes
        back."""
        if not self.env.su:
            for one in self:
                names = set(vals)
                if names <= ANSWER_FIELDS:
                    refusal = one._edit_refusal()
                elif names == {"return_reason"}:
                    refusal = one._return_refusal()
                else:
                    refusal = AccessError(self.env._("This is not yours to write."))
                if refusal:
                    raise refusal
        return super().write(vals)

    def _are_fixed(self, files):
        """What the Office has read stays, sent back or not; nothing is added to what is
        not worked on."""
        own = self.sudo()
        return bool((own.attachment_ids | own._kept().draft_attachment_ids) & files)

    def _kept(self):
        """Those whose answer is not worked on: sent, or not waited for."""
        return self.filtered(
            lambda one: one.state not in MISSING or one.inquiry_state != "sent"
        )

    # -- acts --------------------------------------------------------------------------
    def action_send(self):
        """Send the answer to the Office: it is kept from now on.

        :raise AccessError: if the caller does not speak for the agency.
        :raise UserError: if it says nothing, or is not waited for.
        """
        self._guard("_send_refusal")
        for one in self:
            own = one.sudo()
            lines = own.line_ids
            said = [own.draft_text, *lines.mapped("draft_text")]
            if not any((words or "").strip() for words in said):
                raise UserError(self.env._("Write the answer first."))
            today = one.company_id._task_today()
            # first, since who enters progress has received the task
            if one.enters_progress:
                lines.sudo(self.env.su)._enter_progress()
            for line in lines:
                line._send(line.draft_text)
            own.write(
                {
                    "state": "sent",
                    "text": own.draft_text,
                    "attachment_ids": [Command.set(own.draft_attachment_ids.ids)],
                    "sent_by_id": self.env.uid,
                    **own._no_paper(),
                    "sent_on": own.sent_on or today,
                    "last_sent_on": today,
                }
            )
            one._tell(one.asked_by_id)
        return True

    def action_return(self):
        """Send the answer back to the agency with `return_reason`.

        :raise UserError: without a reason.
        """
        self._guard("_return_refusal")
        for one in self:
            if not (one.return_reason or "").strip():
                raise UserError(self.env._("Write why it is sent back first."))
            one.sudo().write(
                {
                    "state": "returned",
                    "returned_by_id": self.env.uid,
                    "returned_on": one.company_id._task_today(),
                }
            )
            # what was answered is kept, whatever is sent later
            one.sudo().message_post(
                body=plaintext2html(one._sent_words()),
                attachment_ids=one.sudo().attachment_ids.ids,
            )
            one._tell(one.agency_id.sudo().task_user_ids)
        return True

    def _sent_words(self):
        """The answer as it was sent, in plain words."""
        parts = [self.env._("Sent back:"), self.return_reason]
        parts += [self.env._("The answer was:"), self.text]
        parts += [
            f"– {line.content}: {line.text}" for line in self.line_ids if line.text
        ]
        return "\n".join(filter(None, parts))

    # -- who is told -------------------------------------------------------------------
    def _told_words(self):
        if self.state == "sent":
            return self.text or self.display_name
        return self.return_reason if self.state == "returned" else self.question

    @api.model
    def _awaited_domain(self, company):
        return (
            Domain("company_id", "=", company.id)
            & Domain("state", "in", MISSING)
            & Domain("inquiry_state", "=", "sent")
        )

    def _awaited_by(self):
        """The people of the agency asked."""
        return {one: one._people() for one in self}

    def _people(self):
        group = self.env.ref("task_tracking.group_agency_officer")
        return self.agency_id.sudo().task_user_ids.filtered(
            lambda user: (
                user.active
                and group in user.all_group_ids
                and self.company_id in user.company_ids
            )
        )
