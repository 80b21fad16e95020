# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..logic.words import text_lines
from .task_clock import OFFICE_GROUPS

#: Field → what is stored of it once it is not the drafted text.
WORDS = {"subject": "own_subject", "body": "own_body", "request": "own_request"}


class TaskUrge(models.Model):
    """The letter of urging (công văn, Mẫu 1.5): drafted by somebody or by the ladder,
    completed, issued with number, day and signer, sent to who is urged, kept.

    Its words are drafted anew from what it is about until somebody writes others.
    """

    _inherit = "task.urge"

    by_ladder = fields.Boolean(
        string="Drafted by the system",
        copy=False,
        readonly=True,
        help="A step of the ladder asks for a letter; it is not sent by itself.",
    )
    subject = fields.Text(
        compute="_compute_letter_words",
        inverse="_inverse_subject",
        search="_search_subject",
        string="Abstract",
        help="What the letter is about (“V/v …”).",
    )
    number = fields.Char(
        string="Number, notation",
        copy=False,
        index="btree_not_null",
        help="For example 123/VP-TH.",
    )
    issuing_body = fields.Char(
        help="Who issues the letter, as its head prints it.",
    )
    place = fields.Char()
    body = fields.Text(
        compute="_compute_letter_words",
        inverse="_inverse_body",
        string="Text before the table",
    )
    request = fields.Text(
        compute="_compute_letter_words",
        inverse="_inverse_request",
        string="What is asked of the agency",
    )
    own_subject = fields.Text(export_string_translation=False)
    own_body = fields.Text(export_string_translation=False)
    own_request = fields.Text(export_string_translation=False)
    answer_by = fields.Date(
        string="Answer by", copy=False, help="The day by which the agency reports."
    )
    signer_authority = fields.Text(
        string="Signed on behalf of",
        help="For example TL. CHỦ TỊCH; one a line where there are several.",
    )
    signer_title = fields.Char(string="Position", help="For example CHÁNH VĂN PHÒNG.")
    signer_name = fields.Char(string="Name of the signer")
    recipients = fields.Text(
        help="“Nơi nhận”, one a line, besides the agencies urged.",
    )
    filed = fields.Char(string="Filed with", help="For example VT, TH.")
    pdf_id = fields.Many2one(
        "ir.attachment",
        string="Letter as issued",
        copy=False,
        readonly=True,
        ondelete="restrict",
    )
    # the Office's: who reported another agency is not told by a letter to that agency
    origin_model = fields.Char(copy=False, readonly=True, groups=OFFICE_GROUPS)
    origin_id = fields.Many2oneReference(
        string="Brought about by",
        model_field="origin_model",
        copy=False,
        readonly=True,
        groups=OFFICE_GROUPS,
    )
    over_count = fields.Integer(
        string="Not to urge any more",
        compute="_compute_over",
        compute_sudo=True,
        help="Handed in, completed, handed back or withdrawn since it was drafted.",
    )
    same_number_id = fields.Many2one(
        "task.urge", compute="_compute_same_number", string="Has this number too"
    )

    _drafted_idx = models.Index("(company_id) WHERE by_ladder AND state = 'draft'")
    _begun_uniq = models.UniqueIndex(
        "(begun_key) WHERE state = 'draft'", "This is being drafted already."
    )
    _origin_idx = models.Index("(origin_id, origin_model) WHERE origin_id IS NOT NULL")

    # -- its words ---------------------------------------------------------------------
    @api.depends(
        "own_subject",
        "own_body",
        "own_request",
        "kind",
        "issuing_body",
        "line_ids.is_left_out",
        "line_ids.assignment_id",
    )
    def _compute_letter_words(self):
        for one in self:
            drafted = one.sudo()._drafted_words() if one.kind == "letter" else {}
            for name, own in WORDS.items():
                one[name] = one[own] or drafted.get(name, False)

    def _inverse_subject(self):
        self._keep_words("subject")

    def _inverse_body(self):
        self._keep_words("body")

    def _inverse_request(self):
        self._keep_words("request")

    def _keep_words(self, name):
        """Keep what was written; the drafted text, or none, is drafted anew."""
        for one in self.sudo():
            written = one[name]
            drafted = one._drafted_words()[name]
            is_own = text_lines(written) and text_lines(written) != text_lines(drafted)
            one[WORDS[name]] = written if is_own else False

    def write(self, vals):
        result = super().write(vals)
        # what was emptied is drafted anew
        self.invalidate_recordset([name for name in WORDS if name in vals])
        return result

    def _search_subject(self, operator, value):
        return Domain("own_subject", operator, value)

    @api.depends("number", "day", "sender_agency_id")
    def _compute_same_number(self):
        """Another letter of the same sender and year with this number: told, not
        refused, since one paper may be kept as several letters."""
        for one in self:
            number = " ".join((one.number or "").split())
            one.same_number_id = False
            if not number or one.kind != "letter":
                continue
            day = one.day or one.company_id._task_today()
            one.same_number_id = self.search(
                Domain("company_id", "=", one.company_id.id)
                & Domain("sender_agency_id", "=", one.sender_agency_id.id)
                & Domain("kind", "=", "letter")
                & Domain("state", "!=", "cancelled")
                & Domain("number", "=ilike", number.replace("%", r"\%"))
                & Domain("day", ">=", day.replace(month=1, day=1))
                & Domain("day", "<=", day.replace(month=12, day=31))
                & Domain("id", "!=", one._origin.id),
                limit=1,
            )

    @api.depends("line_ids.is_left_out", "line_ids.assignment_id.state", "state")
    def _compute_over(self):
        for one in self:
            urged = one.state == "draft" and one._kept_lines().assignment_id
            one.over_count = len(urged - urged._to_urge()) if urged else 0

    # -- issuing -----------------------------------------------------------------------
    def action_issue(self):
        """Issue the letters: from now on they are kept as they are and sent to the
        agencies urged. What is no more to urge is left out, with a word.

        :raise AccessError: if the caller may not.
        :raise UserError: if something is missing.
        """
        self.check_access("write")
        self._lock()
        for one in self:
            if one.kind != "letter":
                raise UserError(self.env._("Only a letter is issued."))
            if refusal := one._issue_refusal():
                raise refusal
            one.sudo()._leave_out()
            # the tasks of one agency may be those of two by now
            one._check_draft()
            if missing := one._missing_to_issue():
                raise UserError(
                    self.env._(
                        "The letter cannot be issued yet. Missing:\n%(missing)s",
                        missing="\n".join(f"– {words}" for words in missing),
                    )
                )
            one.sudo()._issue()
        return True

    def _missing_to_issue(self):
        """What the letter lacks, in words."""
        one, missing = self.sudo(), []
        if not one._kept_lines():
            missing.append(self.env._("a task that is the agency's to do now"))
        if not text_lines(one.number):
            missing.append(self.env._("the letter's number"))
        if not one.day:
            missing.append(self.env._("the letter's day"))
        if not text_lines(one.signer_name):
            missing.append(self.env._("who signed it"))
        if not text_lines(one.subject):
            missing.append(self.env._("the abstract"))
        return missing

    def _leave_out(self):
        """Leave out what is not to urge any more, saying why; the rest is urged about
        the date that holds now, of the agency that carries it now. In sudo."""
        for line in self._kept_lines().filtered("assignment_id"):
            assignment = line.assignment_id
            if assignment not in assignment._to_urge():
                states = assignment._fields["state"]._description_selection(self.env)
                why = dict(states)[assignment.state]
                line.write({"is_left_out": True, "left_out_why": why})
                continue
            if line.anchor_on != assignment.due_on:
                line.anchor_on = assignment.due_on
            if line.agency_id != assignment.agency_id:
                line.agency_id = assignment.agency_id

    def _issue(self):
        """In sudo; the caller's right was checked."""
        self.ensure_one()
        # the words as they are now, whatever would be drafted later
        self.write({own: self[name] for name, own in WORDS.items()})
        self._close()
        self.pdf_id = self.env["ir.attachment"].create(
            {
                "name": self._letter_file_name("pdf"),
                "raw": self._letter_pdf(),
                "mimetype": "application/pdf",
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        self._send_letter()
        origin = self._origin_record()
        if origin and hasattr(origin, "_urge_issued"):
            origin._urge_issued(self)

    # -- what brought it about ---------------------------------------------------------
    def _origin_record(self):
        """The record that brought the letter about, in sudo, or None."""
        self.ensure_one()
        one = self.sudo()
        records = self.env.get(one.origin_model or "")
        if records is None:
            return None
        return records.sudo().browse(one.origin_id).exists()

    @api.model
    def _issued_for(self, origin):
        """The letters issued because of a record, in sudo."""
        return self.sudo().search(
            Domain("origin_model", "=", origin._name)
            & Domain("origin_id", "=", origin.id)
            & Domain("kind", "=", "letter")
            & Domain("state", "=", "done")
        )
