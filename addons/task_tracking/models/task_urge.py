# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ..logic.words import text_lines

KINDS = [
    ("automatic", "Automatic reminder"),
    ("letter", "Letter"),
    ("call", "Telephone call"),
    ("meeting", "Meeting"),
]
#: What somebody does: the rest the system sends.
MANUAL = ("letter", "call", "meeting")
#: Kept as it was as soon as it is entered: there is no draft of a conversation.
ENTRIES = ("call", "meeting")


class TaskUrge(models.Model):
    """One act of urging, kept with everything it was about.

    The Office follows and urges (BG Đ8–10, KT Đ8–10, QT Đ10–12, CM Đ7–9, KH Đ10–11);
    a lead agency urges its supports, a sector body the others in its fields. What the
    system sends by itself (`automatic`: one mail to one person, `task.notice`) stands
    in the same place as letters, calls and meetings, so that one list tells what was
    done to urge.

    Who may do what is in `task_urge_rights.py`, the letter in `task_urge_letter.py`.
    """

    _name = "task.urge"
    _description = "Urging"
    _inherit = [
        "task.begun.mixin",
        "task.closed.mixin",
        "task.files.mixin",
        "task.scope.mixin",
        "task.mine.mixin",
        "task.thread.mixin",
    ]
    _mail_post_access = "read"
    _order = "day desc, id desc"
    _rec_names_search = ["number", "subject"]
    _scope_depends = ("state", "kind", "sender_agency_id", "partner_id")
    _closed_fields = frozenset(
        (
            "state",
            "company_id",
            "sender_agency_id",
            "partner_id",
            "notice_id",
            "issued_by_id",
            "issued_at",
            "cancelled_by_id",
            "cancelled_on",
            "by_ladder",
            "pdf_id",
            "origin_model",
            "origin_id",
            "own_subject",
            "own_body",
            "own_request",
        )
    )

    kind = fields.Selection(KINDS, required=True, default="letter")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        ondelete="restrict",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("done", "Done"), ("cancelled", "Cancelled")],
        required=True,
        default="draft",
        copy=False,
        index=True,
    )
    day = fields.Date(
        copy=False,
        default=lambda self: self._default_day(),
        help="The day it was done; of a letter the day it is dated.",
    )
    sender_agency_id = fields.Many2one(
        "res.partner",
        string="Urging agency",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        domain=[("is_agency", "=", True)],
        default=lambda self: self._own_sender(),
        help="The agency that urges others; empty: the Office.",
    )
    line_ids = fields.One2many("task.urge.line", "urge_id", string="About")
    # of what the system sends
    partner_id = fields.Many2one(
        "res.partner",
        string="Recipient",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The person an automatic reminder went to.",
    )
    notice_id = fields.Many2one(
        "task.notice",
        string="E-mail",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    # of what somebody did
    issued_by_id = fields.Many2one(
        "res.users", string="Done by", copy=False, ondelete="restrict"
    )
    issued_at = fields.Datetime(string="Recorded at", copy=False)
    # of calls and meetings
    participants = fields.Text(
        string="With whom", help="Who was spoken to: name and position."
    )
    agreed = fields.Text(string="What was agreed")
    attachment_ids = fields.Many2many(
        "ir.attachment",
        string="Files",
        copy=False,
        bypass_search_access=True,
        help="The signed letter, or the minutes.",
    )
    # told from what it is about
    agency_ids = fields.Many2many(
        "res.partner",
        string="Agencies urged",
        compute="_compute_agencies",
        search="_search_agency_ids",
        compute_sudo=True,
    )
    sent_by = fields.Char(
        compute="_compute_words", compute_sudo=True, string="Urged by"
    )
    told_to = fields.Char(compute="_compute_words", compute_sudo=True, string="Sent to")
    task_count = fields.Integer(
        string="Tasks urged", compute="_compute_agencies", compute_sudo=True
    )

    @api.model
    def _default_day(self):
        """A letter is dated when it is signed."""
        kind = self.env.context.get("default_kind")
        return self.env.company._task_today() if kind in ENTRIES else False

    @api.depends("kind", "number", "day", "partner_id", "state")
    @api.depends_context("lang")
    def _compute_display_name(self):
        """Tells nothing of the tasks: it stands where the urging itself is not read."""
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for one in self:
            kind = kinds.get(one.kind, "")
            if one.kind == "letter" and one.state == "draft":
                kind = self.env._("Draft letter of urging")
            words = [kind, one.number or ""]
            if one.day:
                words.append(format_date(self.env, one.day))
            one.display_name = " ".join(filter(None, words))

    # -- what it is about --------------------------------------------------------------
    @api.depends("line_ids.agency_id", "line_ids.is_left_out")
    def _compute_agencies(self):
        for one in self:
            lines = one._kept_lines()
            one.agency_ids = lines.agency_id.sorted(lambda agency: agency.name or "")
            one.task_count = len(lines)

    def _search_agency_ids(self, operator, value):
        lines = Domain("agency_id", operator, value) & Domain("is_left_out", "=", False)
        return Domain("line_ids", "any", lines)

    @api.depends("sender_agency_id", "partner_id", "kind", "agency_ids")
    @api.depends_context("lang")
    def _compute_words(self):
        for one in self:
            if one.kind == "automatic":
                one.sent_by = self.env._("The system")
                one.told_to = one.partner_id.name
            else:
                one.sent_by = one.sender_agency_id.name or self.env._("The Office")
                one.told_to = ", ".join(filter(None, one.agency_ids.mapped("name")))

    def _kept_lines(self):
        """What it is about, without what was left out."""
        return self.line_ids.filtered(lambda line: not line.is_left_out)

    # -- what may be written when ------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        """Calls and meetings are kept as entered; letters begin as drafts."""
        # nothing is told in the chatter of thousands of automatic reminders
        quiet = self.with_context(
            mail_create_nolog=True, mail_create_nosubscribe=True, tracking_disable=True
        )
        urges = super(TaskUrge, quiet).create(vals_list).with_env(self.env)
        if not self.env.su:
            for one in urges:
                one._check_draft()
            urges.filtered(lambda one: one.kind in ENTRIES)._enter()
        return urges

    def write(self, vals):
        if not self.env.su:
            for one in self:
                if refusal := one._change_refusal():
                    raise refusal
                if vals.get("kind", one.kind) != one.kind:
                    raise UserError(self.env._("What kind it is, is not changed."))
        result = super().write(vals)
        if not self.env.su:
            for one in self:
                one._check_draft()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        """What the system drafted is discarded: it would draft it again."""
        for one in self:
            if one.state != "draft" or one.by_ladder or one.kind == "automatic":
                raise UserError(
                    self.env._("What was done is kept; a draft can be discarded.")
                )
            if not self.env.su and (refusal := one._change_refusal()):
                raise refusal

    def _fixed_files(self):
        return self.filtered(lambda one: one.state != "draft")

    def _are_fixed(self, files):
        """The letter and what came with it; files of the exchange come and go."""
        fixed = self._fixed_files()
        return bool((fixed.attachment_ids | fixed.pdf_id) & files)

    def _check_draft(self):
        """Refuse what the caller may not urge, and a letter that would tell one agency
        of another one's tasks.

        :raise AccessError, UserError: saying why.
        """
        self.ensure_one()
        if self.kind == "automatic":
            raise AccessError(self.env._("The system alone sends automatic reminders."))
        if refusal := self._form_refusal():
            raise refusal
        lines = self.line_ids.sudo(self.env.su)
        assignments = lines.assignment_id
        assignments.check_access("read")
        if assignments.sudo().company_id - self.company_id:
            raise UserError(self.env._("The tasks are of another level."))
        kept = self.sudo()._kept_lines()
        several = len(kept.agency_id) > 1 and len(kept.assignment_id.task_id) > 1
        if self.kind != "meeting" and several:
            raise UserError(
                self.env._(
                    "One letter or call is about one agency, or about one task: an"
                    " agency is not told of the tasks of others."
                )
            )
        if self.day and self.day > self.company_id._task_today():
            raise UserError(self.env._("The day is in the future."))

    # -- calls and meetings ------------------------------------------------------------
    def _enter(self):
        """Keep what was spoken, as its writer entered it."""
        for one in self:
            if refusal := one._issue_refusal():
                raise refusal
            if not one.line_ids:
                raise UserError(self.env._("Say which tasks it was about."))
            if not (text_lines(one.participants) and text_lines(one.agreed)):
                raise UserError(
                    self.env._("Write with whom you spoke and what was agreed.")
                )
            if not one.day:
                raise UserError(self.env._("Give the day."))
            one.sudo()._close()

    def _close(self):
        """It is done from now on; in sudo, the caller's right was checked."""
        self.write(
            {
                "state": "done",
                "issued_by_id": self.env.uid,
                "issued_at": fields.Datetime.now(),
            }
        )

    def action_cancel(self):
        """Discard a draft: it is kept, so that it is not drafted again.

        :raise AccessError, UserError: if the caller may not, or it is none.
        """
        self.check_access("write")
        self._lock()
        for one in self:
            if refusal := one._change_refusal():
                raise refusal
            one.sudo().state = "cancelled"
        return True
