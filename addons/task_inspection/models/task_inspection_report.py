# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .parts import Parts
from .task_inspection import WORKING

#: Headings written although the text does not always want them.
IF_ANY = ("if_any", "offered")


class TaskInspectionReport(models.Model):
    """The inspected agency's own report to the team, under the headings the
    regulation prescribes (BG Đ19.1; KH Đ19.4; KT Đ14.3, Đ16.1; QT Đ17.3).

    An officer drafts it, the head or an authorised officer sends it; what was sent
    stands. The team may send it back with its reason: the agency then goes on with a
    copy, and what it had sent is kept.
    """

    _name = "task.inspection.report"
    _inherit = [
        "task.inspection.part.mixin",
        "task.files.mixin",
        "task.told.mixin",
    ]
    _description = "Report of an inspected agency"
    _order = "inspection_id, subject_id, id desc"
    _rec_names_search = ["agency_id.name", "inspection_id.name"]
    _closed_fields = frozenset(
        (
            "subject_id",
            "state",
            "sent_on",
            "sent_by_id",
            "returned_on",
            "returned_by_id",
        )
    )
    _scope_depends = ("inspection_id", "state", "agency_id")

    subject_id = fields.Many2one(
        "task.inspection.subject",
        string="Inspected agency",
        required=True,
        ondelete="cascade",
        index=True,
    )
    agency_id = fields.Many2one(related="subject_id.agency_id", store=True, index=True)
    due_on = fields.Date(related="subject_id.report_due_on")
    number = fields.Char(help="Number and notation, for example 45/BC-STC.")
    signer_title = fields.Char(help="Authority and position, for example GIÁM ĐỐC.")
    signer_name = fields.Char()
    state = fields.Selection(
        [("draft", "Draft"), ("sent", "Sent"), ("returned", "Sent back")],
        required=True,
        default="draft",
        copy=False,
        index=True,
    )
    text_ids = Parts("task.inspection.text", "report_id", string="Report")
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Files", copy=False, bypass_search_access=True
    )
    sent_on = fields.Date(string="Sent on", copy=False)
    sent_by_id = fields.Many2one(
        "res.users", string="Sent by", copy=False, ondelete="restrict"
    )
    returned_on = fields.Date(string="Sent back on", copy=False)
    returned_by_id = fields.Many2one(
        "res.users", string="Sent back by", copy=False, ondelete="restrict"
    )
    return_reason = fields.Text(
        string="Why it is sent back", copy=False, help="Read by the agency."
    )
    can_send = fields.Boolean(compute="_compute_can_act")
    can_return = fields.Boolean(compute="_compute_can_act")

    _draft_uniq = models.UniqueIndex(
        "(subject_id) WHERE state != 'returned'", "The agency has its report already."
    )

    @api.depends("agency_id", "inspection_id.name")
    def _compute_display_name(self):
        for report in self:
            report.display_name = (
                f"{report.agency_id.display_name or ''} – "
                f"{report.inspection_id.name or ''}"
            )

    # -- who does what -----------------------------------------------------------------
    @api.model
    def _is_closed(self, field):
        # the form writes under the headings through this list; which texts are in it
        # is closed at their own end (`report_id`)
        return field.name != "text_ids" and super()._is_closed(field)

    def _change_refusal(self):
        """Why the caller does not write the report, or None."""
        if self.state != "draft":
            return UserError(self.env._("The report was sent already."))
        if self.inspection_id.state not in WORKING:
            return UserError(self.env._("No report is asked for (any more)."))
        if not (self.env.su or self.subject_id.is_inspected):
            return AccessError(
                self.env._("Only the inspected agency writes its report.")
            )
        return None

    def _send_refusal(self):
        """Why the caller does not send the report, or None."""
        if refusal := self._change_refusal():
            return refusal
        regulation = self.inspection_id.sudo().regulation_id
        if not (self.env.su or regulation._lets_submit(self.env.user)):
            return AccessError(
                self.env._(
                    "The head of the agency sends the report, or an officer whom the"
                    " head authorised. Your draft is kept."
                )
            )
        return None

    def _return_refusal(self):
        """Why the caller does not send the report back, or None."""
        if self.state != "sent":
            return UserError(self.env._("Only a report that was sent is sent back."))
        return self.inspection_id._paper_refusal()

    @api.depends_context("uid")
    @api.depends("state", "inspection_id.state", "subject_id")
    def _compute_can_act(self):
        for report in self:
            report.can_send = not report._send_refusal()
            report.can_return = not report._return_refusal()

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(
                self.env._("The report is there once the agency is asked for it.")
            )
        return super().create(vals_list)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        if not self.env.su:
            raise UserError(self.env._("The report that was asked for is kept."))

    def write(self, vals):
        """Who may send a sent report back writes why; nobody else does."""
        if not self.env.su and "return_reason" in vals:
            if set(vals) != {"return_reason"}:
                raise AccessError(self.env._("The team writes why it sends it back."))
            for report in self:
                if refusal := report._return_refusal():
                    raise refusal
            return super(TaskInspectionReport, self.sudo()).write(vals)
        return super().write(vals)

    def _fixed_files(self):
        return self.filtered(lambda report: report.state != "draft")

    # -- the acts ----------------------------------------------------------------------
    def _missing(self):
        """What the report lacks, in words: the prescribed headings, and those that
        were begun with the agency's tasks and say nothing on them."""
        self.ensure_one()
        missing = []
        for text in self.sudo().text_ids:
            body = (text.body or "").strip()
            required = text.prescription_id.requirement not in IF_ANY
            if (required and not body) or (
                text.prefill and body in ("", text.prefill.strip())
            ):
                missing.append(text.name)
        return missing

    def action_send(self):
        """Send the report to the team: it stands as it is from now on.

        :raise AccessError: if the caller does not speak for the agency.
        :raise UserError: naming the headings under which nothing is written.
        """
        self._lock()
        for report in self:
            if refusal := report._send_refusal():
                raise refusal
            if missing := report._missing():
                raise UserError(
                    self.env._(
                        "The report cannot be sent yet. Missing:\n%(missing)s",
                        missing="\n".join(f"– {words}" for words in missing),
                    )
                )
            report.sudo().write(
                {
                    "state": "sent",
                    "sent_on": report.company_id._task_today(),
                    "sent_by_id": self.env.uid,
                }
            )
            report._tell(report.sudo().subject_id._team_users())
        return True

    def action_return(self, reason=None):
        """Send the report back: the agency goes on with a copy of it.

        :param reason: why; that written in `return_reason` if none is given.
        :raise AccessError: if the caller is neither on the team nor prepares the
            inspection.
        """
        self._lock()
        for report in self:
            if refusal := report._return_refusal():
                raise refusal
            why = (reason or report.return_reason or "").strip()
            if not why:
                raise UserError(self.env._("Write why the report is sent back."))
            report.sudo().write(
                {
                    "state": "returned",
                    "return_reason": why,
                    "returned_on": report.company_id._task_today(),
                    "returned_by_id": self.env.uid,
                }
            )
            # one at a time is not sent back: told to the database before the next
            report.flush_recordset(["state"])
            report.sudo()._begin_again()
            report._tell(report.sudo().agency_id._task_heirs().task_user_ids)
        return True

    def _begin_again(self):
        """Have a draft that says what this report says, with its files; in sudo."""
        self.ensure_one()
        draft = self.create(
            {
                "inspection_id": self.inspection_id.id,
                "subject_id": self.subject_id.id,
                "number": self.number,
                "signer_title": self.signer_title,
                "signer_name": self.signer_name,
            }
        )
        for text in self.text_ids:
            text.copy({"report_id": draft.id, "body": text.body})
        files = self.attachment_ids.browse()
        for file in self.attachment_ids:
            files |= file.copy({"res_model": draft._name, "res_id": draft.id})
        draft.attachment_ids = files
        return draft

    # -- who is told -------------------------------------------------------------------
    def _thread(self):
        return self.inspection_id

    def _told_words(self):
        if self.state == "sent":
            return self.env._(
                "%(agency)s sent its report.", agency=self.sudo().agency_id.name
            )
        return self.env._(
            "The report was sent back: %(reason)s", reason=self.return_reason
        )

    # -- who reads it ------------------------------------------------------------------
    @api.model
    def _scope_domain(self):
        """Its own agency; from the sending on the agencies above it and the team."""
        user = self.env.user
        mine = user._inspected_agency()
        above = Domain("agency_id", "in", user._inspected_agency_ids() or ())
        team = self._through_inspection(self.env["task.inspection"]._dossier_domain())
        sent = Domain("state", "!=", "draft") & (above | team)
        return sent | Domain("agency_id", "in", mine.ids)
