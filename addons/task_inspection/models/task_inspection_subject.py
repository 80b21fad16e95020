# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from .parts import Parts


class TaskInspectionSubject(models.Model):
    """One inspected agency of an inspection: when the team comes, the report it is
    asked for, its figures as of that day, the result it is told."""

    _name = "task.inspection.subject"
    _inherit = ["task.inspection.part.mixin", "task.told.mixin"]
    _description = "Inspected agency"
    _order = "inspection_id, visit_from, id"
    _rec_names_search = ["agency_id.name", "inspection_id.name"]
    _closed_fields = frozenset(("asked_on", "figures", "figures_on", "report_ids"))
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
    report_ids = Parts(
        "task.inspection.report", "subject_id", string="Reports", copy=False
    )
    report_id = fields.Many2one("task.inspection.report", compute="_compute_report")
    report_sent_on = fields.Date(
        string="Report sent on", compute="_compute_report_sent", store=True
    )
    paper_ids = Parts("task.inspection.paper", "subject_id")
    finding_ids = Parts("task.inspection.finding", "subject_id")
    is_inspected = fields.Boolean(
        string="My agency is inspected", compute="_compute_is_inspected"
    )
    is_report_late = fields.Boolean(
        string="Report late", compute="_compute_is_report_late"
    )
    can_ask = fields.Boolean(compute="_compute_can_ask")
    can_report = fields.Boolean(compute="_compute_report")
    can_send = fields.Boolean(compute="_compute_report")

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

    def _standing_report(self):
        """The report that stands, or is being written."""
        reports = self.sudo().report_ids.filtered(lambda one: one.state != "returned")
        return reports[:1].sudo(self.env.su)

    @api.depends_context("uid")
    @api.depends("report_ids.state")
    def _compute_report(self):
        """As far as the reader may read it: a draft is the agency's."""
        standing = {subject: subject._standing_report() for subject in self}
        every = self.env["task.inspection.report"].concat(*standing.values())
        readable = every._filtered_access("read")
        for subject, report in standing.items():
            report = report.with_prefetch(every.ids)
            subject.report_id = report & readable
            subject.can_report = bool(report) and not report._change_refusal()
            subject.can_send = bool(report) and not report._send_refusal()

    @api.depends("report_ids.state", "report_ids.sent_on")
    def _compute_report_sent(self):
        for subject in self:
            subject.report_sent_on = subject._standing_report().sudo().sent_on

    @api.depends("report_sent_on", "asked_on", "report_due_on")
    def _compute_is_report_late(self):
        for subject in self:
            due = subject.report_due_on
            until = subject.report_sent_on or subject.company_id._task_today()
            subject.is_report_late = bool(due and subject.asked_on) and until > due

    @api.depends_context("uid")
    @api.depends("agency_id")
    def _compute_is_inspected(self):
        mine = self.env.user._inspected_agency()
        for subject in self:
            subject.is_inspected = bool(subject.agency_id) and subject.agency_id in mine

    @api.depends_context("uid")
    @api.depends("inspection_id.state", "asked_on")
    def _compute_can_ask(self):
        for subject in self:
            subject.can_ask = not subject._ask_refusal()

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
        """Who is inspected is not changed after the decision; the agency is told of
        another day for its report."""
        if not self.env.su and "agency_id" in vals:
            for subject in self:
                if refusal := subject.inspection_id._edit_refusal():
                    raise refusal
        before = {subject: subject.report_due_on for subject in self}
        result = super().write(vals)
        for subject, due in before.items():
            if subject.asked_on and subject.report_due_on != due:
                subject._check_due()
                subject._tell(subject.sudo().agency_id._task_heirs().task_user_ids)
        return result

    @api.constrains("agency_id", "inspection_id")
    def _check_agency(self):
        for subject in self.sudo():
            inspection = subject.inspection_id
            inspection._check_independent(
                inspection._standing_members().user_id | inspection.conductor_id,
                inspection._standing_members().agency_id
                | inspection.inspecting_agency_id,
            )

    # -- its report --------------------------------------------------------------------
    def _ask_refusal(self):
        """Why the caller does not ask this agency for its report, or None."""
        if self.asked_on:
            return UserError(self.env._("The agency was asked for its report already."))
        return self.inspection_id._paper_refusal()

    def action_ask(self):
        """Ask the agency for its report and files, by `report_due_on`; it is told.

        :raise AccessError: if the caller neither prepares the inspection nor is on
            its team.
        """
        self._lock()
        for subject in self:
            if refusal := subject._ask_refusal():
                raise refusal
            subject._ask()
            subject._tell(subject.sudo().agency_id._task_heirs().task_user_ids)
        return True

    def _ask(self):
        """Ask the agency for its report, unless it was asked already; the caller's
        right was checked."""
        for subject in self.sudo().filtered(lambda one: not one.asked_on):
            subject._check_due()
            subject.asked_on = subject.company_id._task_today()
            report = self.env["task.inspection.report"].sudo()
            report = report.create(
                {
                    "inspection_id": subject.inspection_id.id,
                    "subject_id": subject.id,
                }
            )
            self.env["task.inspection.text"].sudo()._prepare_report(report)

    def _check_due(self):
        """The agency has a day to report by.

        :raise UserError: if there is none, or it is past.
        """
        agency = self.sudo().agency_id.display_name
        if not self.report_due_on:
            raise UserError(
                self.env._(
                    "Enter first by which day %(agency)s reports.", agency=agency
                )
            )
        if self.report_due_on < self.company_id._task_today():
            raise UserError(
                self.env._("The day %(agency)s reports by is past.", agency=agency)
            )

    def _team_users(self):
        """Who is told of what the inspected agency does, in sudo."""
        team = self.inspection_id
        users = team._standing_members().user_id | team.conductor_id
        return users.filtered(lambda user: not team._is_partial(user))

    # -- who is told -------------------------------------------------------------------
    def _thread(self):
        return self.inspection_id

    def _told_words(self):
        return self.env._(
            "%(agency)s is asked to report by %(day)s.",
            agency=self.sudo().agency_id.name,
            day=format_date(self.env, self.report_due_on),
        )

    # -- who reads it ------------------------------------------------------------------
    @api.model
    def _own_domain(self):
        """The reader's agency's own place in inspections that were begun."""
        agencies = self.env.user._inspected_agency_ids()
        return Domain("agency_id", "in", agencies or ()) & Domain(
            "inspection_id.issued_on", "!=", False
        )

    @api.model
    def _scope_domain(self):
        inspections = self.env["task.inspection"]
        return self._own_domain() | self._through_inspection(
            inspections._dossier_domain()
        )
