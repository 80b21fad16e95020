# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

KINDS = [
    ("instruction", "Instruction to inspect"),
    ("decision", "Decision"),
    ("supplement", "Supplementary decision"),
    ("request", "Request for a report"),
    ("minutes", "Minutes"),
    ("conclusion", "Report of the result"),
    ("notice", "Notice of the result"),
]
#: What the inspected agency reads once it is issued.
TOLD = ("instruction", "decision", "supplement", "request", "minutes", "notice")
#: Of one inspected agency each.
OF_SUBJECT = ("request", "minutes", "notice")


class TaskInspectionPaper(models.Model):
    """One official document that arises in an inspection, from its draft to the signed
    file: the dossier is made of these."""

    _name = "task.inspection.paper"
    _inherit = ["task.inspection.part.mixin", "task.files.mixin", "task.told.mixin"]
    _description = "Paper of an inspection"
    _order = "inspection_id, dated_on, id"
    _rec_names_search = ["number", "abstract", "inspection_id.name"]
    _closed_fields = frozenset(
        (
            "state",
            "issued_on",
            "issued_by_id",
            "answer",
            "answered_on",
            "answered_by_id",
            "replied_on",
            "replied_by_id",
        )
    )
    _scope_depends = ("inspection_id", "state", "subject_id")

    kind = fields.Selection(KINDS, required=True, index=True)
    subject_id = fields.Many2one(
        "task.inspection.subject",
        string="Inspected agency",
        domain="[('inspection_id', '=', inspection_id)]",
        ondelete="cascade",
        index="btree_not_null",
    )
    number = fields.Char(help="Number and notation, for example 123/QĐ-UBND.")
    dated_on = fields.Date(string="Dated")
    place = fields.Char(help="Where minutes were taken.")
    abstract = fields.Char()
    body = fields.Text(string="Text")
    present = fields.Text(help="Who was present, one a line, the inspected first.")
    signer_title = fields.Char(help="Authority and position, for example CHỦ TỊCH.")
    signer_name = fields.Char()
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Signed files", copy=False, bypass_search_access=True
    )
    state = fields.Selection(
        [("draft", "Draft"), ("issued", "Issued")],
        required=True,
        default="draft",
        copy=False,
        index=True,
    )
    issued_on = fields.Date(string="Issued on", copy=False)
    issued_by_id = fields.Many2one(
        "res.users", string="Issued by", copy=False, ondelete="restrict"
    )
    can_issue = fields.Boolean(compute="_compute_can_act")

    _single_uniq = models.UniqueIndex(
        "(inspection_id, kind) WHERE kind IN ('instruction', 'decision', 'conclusion')",
        "The inspection has this paper already.",
    )

    @api.depends("kind", "number", "subject_id")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for paper in self:
            words = [kinds.get(paper.kind), paper.number]
            words.append(paper.sudo().subject_id.agency_id.name)
            paper.display_name = " ".join(filter(None, words))

    @api.constrains("kind", "subject_id", "inspection_id")
    def _check_subject(self):
        for paper in self:
            if (paper.kind in OF_SUBJECT) != bool(paper.subject_id):
                raise ValidationError(
                    self.env._(
                        "Name the inspected agency of the request, minutes or"
                        " notice, and of these alone."
                    )
                )
            if paper.subject_id and (
                paper.subject_id.inspection_id != paper.inspection_id
            ):
                raise ValidationError(
                    self.env._("This agency is inspected in another inspection.")
                )

    @api.constrains("dated_on")
    def _check_dated(self):
        for paper in self:
            if paper.dated_on and paper.dated_on > paper.company_id._task_today():
                raise ValidationError(self.env._("The paper's day is in the future."))

    # -- who does what -----------------------------------------------------------------
    def _change_refusal(self):
        if self.state != "draft":
            return UserError(self.env._("A paper that was issued is not changed."))
        inspection = self.inspection_id
        if self.kind in ("decision", "instruction"):
            return inspection._edit_refusal()
        if self.kind == "request":
            return inspection._paper_refusal()
        return inspection._work_refusal()

    def _issue_refusal(self):
        """Why the caller does not issue this paper by itself, or None."""
        if self.state != "draft":
            return UserError(self.env._("This paper was issued already."))
        if self.kind not in ("request", "minutes", "supplement"):
            return UserError(
                self.env._("This paper is issued with its step of the inspection.")
            )
        if self.kind == "minutes":
            return self.inspection_id._leader_refusal()
        return self.inspection_id._paper_refusal()

    @api.depends_context("uid")
    @api.depends("state", "kind", "inspection_id.state")
    def _compute_can_act(self):
        for paper in self:
            paper.can_issue = not paper._issue_refusal()

    def _missing_signed(self):
        """What a signed paper needs and this one lacks, in words."""
        self.ensure_one()
        one, missing = self.sudo(), []
        if not (one.number or "").strip():
            missing.append(self.env._("the paper's number"))
        if not one.dated_on:
            missing.append(self.env._("the paper's day"))
        if not (one.signer_name or "").strip():
            missing.append(self.env._("who signed it"))
        if not one.attachment_ids:
            missing.append(self.env._("the signed file"))
        return missing

    def _missing_to_issue(self):
        """What a paper that is issued by itself lacks, in words."""
        missing = [] if (self.body or "").strip() else [self.env._("the text")]
        if self.kind == "minutes":
            return missing + self._missing_of_minutes()
        return missing + self._missing_signed()

    def _issue(self):
        """The papers hold from now on; the caller's right was checked, in sudo."""
        for paper in self:
            today = paper.company_id._task_today()
            paper.write(
                {
                    "state": "issued",
                    "issued_on": today,
                    "issued_by_id": self.env.uid,
                    "dated_on": paper.dated_on or today,
                }
            )

    def action_issue(self):
        """Issue a request, or confirm minutes as the leader of the team; the inspected
        agency is told and reads it from now on.

        :raise AccessError: if the caller may not.
        """
        self._lock()
        for paper in self:
            if refusal := paper._issue_refusal():
                raise refusal
            if missing := paper._missing_to_issue():
                raise UserError(
                    self.env._(
                        "The paper cannot be issued yet. Missing:\n%(missing)s",
                        missing="\n".join(f"– {words}" for words in missing),
                    )
                )
            paper.sudo()._issue()
            if paper.kind == "request":
                paper.subject_id._ask()
            paper._tell(paper.sudo().subject_id.agency_id._task_heirs().task_user_ids)
        return True

    def _fixed_files(self):
        return self.filtered(lambda paper: paper.state != "draft")

    # -- who is told -------------------------------------------------------------------
    def _thread(self):
        return self.inspection_id

    def _told_words(self):
        return self.abstract or self.display_name

    # -- who reads it ------------------------------------------------------------------
    @api.model
    def _scope_domain(self):
        inspections = self.env["task.inspection"]
        subjects = self.env["task.inspection.subject"]
        issued = Domain("state", "=", "issued")
        told = issued & Domain("kind", "in", TOLD)
        # beside a decision it is the leader's word to who prepares the inspection
        told &= Domain("kind", "!=", "instruction") | Domain(
            "inspection_id.has_team", "=", False
        )
        of_all = Domain("subject_id", "=", False) & self._through_inspection(
            inspections._inspected_domain() | inspections._invited_domain()
        )
        own = Domain(
            "subject_id", "in", subjects.sudo()._search(subjects._own_domain())
        )
        return self._through_inspection(inspections._dossier_domain()) | (
            told & (of_all | own)
        )
