# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .parts import Parts


class TaskInspectionSubject(models.Model):
    """One inspected agency of an inspection: when the team comes, the report it is
    asked for, its figures as of that day, the result it is told."""

    _name = "task.inspection.subject"
    _inherit = ["task.inspection.part.mixin", "task.files.mixin"]
    _description = "Inspected agency"
    _order = "inspection_id, visit_from, id"
    _rec_names_search = ["agency_id.name", "inspection_id.name"]
    _closed_fields = frozenset(
        ("asked_on", "report_sent_on", "report_sent_by_id", "figures", "figures_on")
    )
    _scope_depends = ("inspection_id", "agency_id")

    agency_id = fields.Many2one(
        "res.partner",
        required=True,
        domain=[("is_agency", "=", True)],
        ondelete="restrict",
        index=True,
    )
    visit_from = fields.Date(string="Visited from")
    visit_to = fields.Date(string="Visited to")
    report_due_on = fields.Date(
        string="Report due on",
        help="The day its own report and files are asked for by.",
    )
    asked_on = fields.Date(string="Asked on", copy=False)
    text_ids = Parts("task.inspection.text", "subject_id", string="Report")
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Files", copy=False, bypass_search_access=True
    )
    report_sent_on = fields.Date(string="Report sent on", copy=False)
    report_sent_by_id = fields.Many2one(
        "res.users", string="Report sent by", copy=False, ondelete="restrict"
    )
    figures = fields.Json(copy=False)
    figures_on = fields.Date(string="Figures as of", copy=False)
    paper_ids = Parts("task.inspection.paper", "subject_id")
    finding_ids = Parts("task.inspection.finding", "subject_id")
    is_inspected = fields.Boolean(
        string="My agency is inspected", compute="_compute_is_inspected"
    )
    is_report_late = fields.Boolean(
        string="Report late", compute="_compute_is_report_late"
    )
    can_report = fields.Boolean(compute="_compute_can_report")
    can_send = fields.Boolean(compute="_compute_can_report")

    _agency_uniq = models.Constraint(
        "UNIQUE (inspection_id, agency_id)", "This agency is inspected already."
    )

    @api.depends("agency_id", "inspection_id.name")
    def _compute_display_name(self):
        for subject in self:
            subject.display_name = (
                f"{subject.agency_id.display_name or ''} – "
                f"{subject.inspection_id.name or ''}"
            )

    @api.depends("report_due_on", "report_sent_on")
    def _compute_is_report_late(self):
        for subject in self:
            due = subject.report_due_on
            until = subject.report_sent_on or subject.company_id._task_today()
            subject.is_report_late = bool(due and subject.asked_on) and until > due

    @api.depends_context("uid")
    @api.depends("agency_id")
    def _compute_is_inspected(self):
        mine = self.env.user.sudo().task_agency_id
        for subject in self:
            subject.is_inspected = bool(mine) and subject.agency_id == mine

    @api.depends_context("uid")
    @api.depends("inspection_id.state", "asked_on", "report_sent_on")
    def _compute_can_report(self):
        for subject in self:
            subject.can_report = not subject._report_refusal()
            subject.can_send = not subject._send_refusal()

    # -- who does what -----------------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        subjects = super().create(vals_list)
        subjects._check_decided()
        return subjects

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        self._check_decided()

    def _check_decided(self):
        """Whom the decision names is inspected, nobody else, to the end."""
        for inspection in self.inspection_id:
            if inspection.state != "draft":
                raise UserError(
                    self.env._(
                        "Who is inspected is not changed once the decision is issued."
                    )
                )

    def _change_refusal(self):
        """Who prepares the inspection changes a draft; the team arranges the visits."""
        if self.inspection_id.state == "draft":
            return self.inspection_id._edit_refusal()
        return self.inspection_id._paper_refusal()

    def write(self, vals):
        """The agency adds the files of its report; who is inspected is not changed
        after the decision."""
        if self.env.su:
            return super().write(vals)
        if "agency_id" in vals:
            for subject in self:
                if refusal := subject.inspection_id._edit_refusal():
                    raise refusal
        if set(vals) <= {"attachment_ids", "text_ids"} and all(
            subject.is_inspected for subject in self
        ):
            for subject in self:
                if refusal := subject._report_refusal():
                    raise refusal
            # checked here: the mixin asks who changes the inspection
            return super(TaskInspectionSubject, self.sudo()).write(vals)
        return super().write(vals)

    def _report_refusal(self):
        """Why the caller does not write the inspected agency's report, or None."""
        if self.report_sent_on:
            return UserError(self.env._("The report was sent already."))
        if self.inspection_id.state not in ("issued", "ended") or not self.asked_on:
            return UserError(self.env._("No report is asked for (any more)."))
        if not (self.env.su or self.is_inspected):
            return AccessError(
                self.env._("Only the inspected agency writes its report.")
            )
        return None

    def _send_refusal(self):
        if refusal := self._report_refusal():
            return refusal
        user = self.env.user
        regulation = self.inspection_id.sudo().regulation_id
        if not (
            self.env.su
            or user._task_may_submit()
            or regulation._policy("submitter") == "officer"
        ):
            return AccessError(
                self.env._(
                    "The head of the agency sends the report, or an officer whom the"
                    " head authorised. Your draft is kept."
                )
            )
        return None

    @api.constrains("agency_id", "inspection_id")
    def _check_agency(self):
        for subject in self.sudo():
            inspection = subject.inspection_id
            inspection._check_independent(
                inspection.member_ids.user_id | inspection.conductor_id,
                inspection.member_ids.agency_id,
            )

    def _ask(self):
        """Ask the agency for its report; the caller's right was checked."""
        for subject in self.sudo():
            if not subject.report_due_on:
                raise UserError(
                    self.env._(
                        "Enter first by which day %(agency)s reports.",
                        agency=subject.agency_id.display_name,
                    )
                )
            subject.asked_on = subject.company_id._task_today()
        self.env["task.inspection.text"].sudo()._prepare_report(self.sudo())

    def _fixed_files(self):
        return self.filtered("report_sent_on")

    # -- who reads it ------------------------------------------------------------------
    @api.model
    def _own_domain(self):
        """The reader's agency's own place in inspections that were begun."""
        agencies = self.env.user._task_agency_ids()
        return Domain("agency_id", "in", agencies or ()) & Domain(
            "inspection_id.issued_on", "!=", False
        )

    @api.model
    def _scope_domain(self):
        inspections = self.env["task.inspection"]
        return self._own_domain() | self._through_inspection(
            inspections._dossier_domain()
        )
