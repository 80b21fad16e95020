# SPDX-License-Identifier: LGPL-3.0-or-later
from textwrap import shorten

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

#: What must be told of each failing (BG, KT Đ16.3b; QT Đ18.3b; KH Đ17.3b).
OF_FAILING = ("nature", "degree", "cause", "responsibility")


class TaskInspectionFinding(models.Model):
    """What the team found at an inspected agency, about one assignment or in general.

    Of what was not done, or not rightly, the texts want nature, degree, cause and
    responsibility.
    """

    _name = "task.inspection.finding"
    _inherit = ["task.inspection.part.mixin", "task.files.mixin"]
    _description = "Finding of an inspection"
    _order = "inspection_id, subject_id, id"
    _rec_names_search = ["text"]
    _closed_fields = frozenset(("found_by_id",))
    _scope_depends = ("inspection_id", "subject_id")

    subject_id = fields.Many2one(
        "task.inspection.subject",
        string="Inspected agency",
        required=True,
        domain="[('inspection_id', '=', inspection_id)]",
        ondelete="cascade",
        index=True,
    )
    agency_id = fields.Many2one(related="subject_id.agency_id", store=True, index=True)
    content_id = fields.Many2one(
        "task.inspection.prescription",
        string="Content inspected",
        domain="[('topic', '=', 'content')]",
        ondelete="restrict",
    )
    assignment_id = fields.Many2one(
        "task.assignment",
        string="Task",
        ondelete="restrict",
        index="btree_not_null",
        help="Empty: about the agency's work in general.",
    )
    text = fields.Text(string="Finding", required=True)
    is_failing = fields.Boolean(
        string="Not done, or not rightly",
        help="Nature, degree, cause and responsibility must then be told.",
    )
    nature = fields.Text()
    degree = fields.Selection(
        [("slight", "Slight"), ("serious", "Serious"), ("grave", "Very serious")]
    )
    cause = fields.Text()
    responsibility = fields.Text(help="Whose it is: the agency's, a person's.")
    found_on = fields.Date(
        string="Found on", default=lambda self: self.env.company._task_today()
    )
    found_by_id = fields.Many2one(
        "res.users",
        string="Found by",
        required=True,
        default=lambda self: self.env.user,
        copy=False,
        ondelete="restrict",
    )
    attachment_ids = fields.Many2many(
        "ir.attachment",
        string="Pictures and files",
        copy=False,
        bypass_search_access=True,
    )

    @api.depends("text")
    def _compute_display_name(self):
        for finding in self:
            finding.display_name = shorten(finding.text or "", 90, placeholder=" …")

    @api.constrains("subject_id", "inspection_id", "assignment_id", "content_id")
    def _check_links(self):
        for subject, findings in self.sudo().grouped("subject_id").items():
            inspection = subject.inspection_id
            if findings.inspection_id - inspection:
                raise ValidationError(
                    self.env._("This agency is inspected in another inspection.")
                )
            if findings.content_id - inspection.content_ids:
                raise ValidationError(
                    self.env._("The decision does not name this content.")
                )
            tasks = findings.assignment_id
            if tasks - tasks.filtered_domain(subject._assignment_domain()):
                raise ValidationError(
                    self.env._(
                        "This task is not in the scope of the inspection of"
                        " %(agency)s.",
                        agency=subject.agency_id.display_name,
                    )
                )

    @api.constrains("found_on")
    def _check_found(self):
        for finding in self:
            if finding.found_on and (
                finding.found_on > finding.company_id._task_today()
            ):
                raise ValidationError(self.env._("The day is in the future."))

    def _missing(self):
        """What the finding still has to tell, in words, one line each."""
        self.ensure_one()
        if not self.is_failing:
            return []
        labels = self.fields_get(OF_FAILING, ["string"])
        return [
            self.env._(
                "%(what)s of “%(finding)s”",
                what=labels[name]["string"],
                finding=self.display_name,
            )
            for name in OF_FAILING
            if not self[name]
        ]

    def _change_refusal(self):
        """Who made a finding changes it, and who answers for the team's papers: its
        leader, deputies and secretary."""
        if refusal := self.inspection_id._work_refusal():
            return refusal
        if (
            self.env.su
            or self.found_by_id == self.env.user
            or self.inspection_id._is_on_team("leader", "deputy", "secretary")
        ):
            return None
        return AccessError(
            self.env._(
                "Who made the finding changes it, or the team's leader, deputies or"
                " secretary."
            )
        )

    def _fixed_files(self):
        return self.filtered(
            lambda finding: finding.inspection_id.state not in ("issued", "ended")
        )

    @api.model
    def _scope_domain(self):
        """The team's; the inspected agency reads its own with the notice."""
        inspections = self.env["task.inspection"]
        notices = self.env["task.inspection.paper"].sudo()
        subjects = self.env["task.inspection.subject"]
        told = notices._search(
            [
                ("kind", "=", "notice"),
                ("state", "=", "issued"),
                ("subject_id", "in", subjects.sudo()._search(subjects._own_domain())),
            ]
        )
        return self._through_inspection(inspections._dossier_domain()) | Domain(
            "subject_id", "in", told.subselect("subject_id")
        )
