# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import ValidationError
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
        default=lambda self: self.env.user,
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
            words = " ".join((finding.text or "").split())
            finding.display_name = words if len(words) <= 90 else words[:89] + "…"

    @api.constrains("subject_id", "inspection_id", "assignment_id")
    def _check_links(self):
        for finding in self.sudo():
            if finding.subject_id.inspection_id != finding.inspection_id:
                raise ValidationError(
                    self.env._("This agency is inspected in another inspection.")
                )
            assignment = finding.assignment_id
            if assignment and not assignment.filtered_domain(
                finding.inspection_id._assignment_domain()
            ):
                raise ValidationError(
                    self.env._("This task is not in the scope of the inspection.")
                )

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
        return self.inspection_id._work_refusal()

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
