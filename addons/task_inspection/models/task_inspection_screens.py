# SPDX-License-Identifier: LGPL-3.0-or-later
from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain

from .parts import Parts

#: One2many fields below: each shows a part of what the inspection holds.
SHOWN_PARTS = {
    "begin_paper_ids": ("decision", "instruction"),
    "request_ids": ("request",),
    "minutes_ids": ("minutes",),
    "conclusion_paper_ids": ("conclusion",),
    "notice_ids": ("notice",),
}
SHOWN_TEXTS = ("decision_text_ids", "conclusion_text_ids")


def _papers(name, string):
    return Parts(
        "task.inspection.paper",
        "inspection_id",
        string=string,
        domain=[("kind", "in", SHOWN_PARTS[name])],
    )


class TaskInspection(models.Model):
    """What the form of an inspection shows, page by page, and to whom."""

    _inherit = "task.inspection"

    begin_paper_ids = _papers("begin_paper_ids", "Signed decision")
    request_ids = _papers("request_ids", "Requests for reports")
    minutes_ids = _papers("minutes_ids", "Minutes")
    conclusion_paper_ids = _papers("conclusion_paper_ids", "Signed report")
    notice_ids = _papers("notice_ids", "Notices of the result")
    decision_text_ids = Parts(
        "task.inspection.text",
        "inspection_id",
        string="Further headings of the decision",
        domain=[("topic", "=", "decision")],
    )
    conclusion_text_ids = Parts(
        "task.inspection.text",
        "inspection_id",
        string="Text of the conclusion",
        domain=[("topic", "=", "conclusion")],
    )
    decision_codes = fields.Char(
        compute="_compute_decision_codes",
        export_string_translation=False,
        help="Codes of what the regulation prescribes of the decision, for the form.",
    )
    authority_codes = fields.Char(
        compute="_compute_decision_codes",
        export_string_translation=False,
        help="Codes of who may decide under the regulation, for the form.",
    )
    decision_check = fields.Html(
        string="What the regulation prescribes of the decision",
        compute="_compute_decision_check",
        sanitize=False,
    )
    dossier_check = fields.Html(
        string="What the dossier holds",
        compute="_compute_dossier_check",
        sanitize=False,
    )
    reads_work = fields.Boolean(compute="_compute_reads_work")
    my_subject_id = fields.Many2one(
        "task.inspection.subject",
        string="My agency's place",
        compute="_compute_my_subject",
    )
    subject_names = fields.Char(string="Agencies", compute="_compute_subject_names")
    finding_count = fields.Integer(string="Findings", compute="_compute_finding_count")

    @api.depends("regulation_id", "inspector")
    def _compute_decision_codes(self):
        for one in self:
            lines = one.regulation_id.sudo()._prescriptions("decision", one.inspector)
            one.decision_codes = ",".join(lines.mapped("code"))
            lines = one.regulation_id.sudo()._prescriptions("authority")
            one.authority_codes = ",".join(lines.mapped("code"))

    @api.depends("regulation_id", "inspector")
    def _compute_decision_check(self):
        """The text's own words in its order, each with whether the draft holds it."""
        for one in self:
            regulation = one.regulation_id.sudo()
            lines = regulation._prescriptions("decision", one.inspector)
            one.decision_check = one._check_list(
                (line.name, line.article or "", bool(one.sudo()._holds(line)), True)
                for line in lines
            )

    @api.depends("dossier_overview")
    def _compute_dossier_check(self):
        """The same of the dossier: a kind that is only offered is never missing."""
        for one in self:
            one.dossier_check = one._check_list(
                (
                    line["name"],
                    ", ".join(filter(None, (line["article"], line["requirement"]))),
                    bool(line["count"]) and not line["is_missing"],
                    line["is_missing"],
                )
                for line in one.dossier_overview or ()
            )

    def _check_list(self, lines):
        """HTML of `lines`, each (words, source, is it there, is it missed); every word
        escaped."""
        marks = {
            (True, True): ("fa-check-circle text-success", self.env._("entered")),
            (True, False): ("fa-check-circle text-success", self.env._("entered")),
            (False, True): ("fa-circle-o text-danger", self.env._("still missing")),
            (False, False): ("fa-circle-o text-muted", self.env._("none")),
        }
        items = Markup("").join(
            Markup(
                '<li><i class="fa %s me-1" role="img" aria-label="%s" title="%s"></i>%s'
                ' <span class="text-muted small">(%s)</span></li>'
            )
            % (icon, label, label, words, source)
            for words, source, there, missed in lines
            for icon, label in (marks[there, bool(missed)],)
        )
        return items and (
            Markup('<ol class="o_task_prescribed mb-0 ps-3">%s</ol>') % items
        )

    @api.depends_context("uid")
    @api.depends("state", "member_ids.user_id", "conductor_id")
    def _compute_reads_work(self):
        if self.env.user._task_is_office_or_leader():
            self.reads_work = True
            return
        read = self.sudo().search(
            Domain("id", "in", self._origin.ids) & self._dossier_domain()
        )
        for one in self:
            # a draft that is being written is its writer's
            one.reads_work = not one._origin or one._origin in read

    @api.depends_context("uid")
    @api.depends("subject_ids.agency_id", "issued_on")
    def _compute_my_subject(self):
        mine = self.env.user._inspected_agency()
        for one in self:
            subjects = one.subject_ids.filtered(
                lambda subject: subject.agency_id in mine
            )
            one.my_subject_id = one.issued_on and subjects[:1]

    @api.depends("subject_ids.agency_id.name")
    def _compute_subject_names(self):
        for one in self:
            # who reads the inspection reads whom it is about
            names = one.sudo().subject_ids.agency_id.mapped("name")
            one.subject_names = ", ".join(names)

    @api.depends("finding_ids")
    def _compute_finding_count(self):
        found = dict(
            self.env["task.inspection.finding"]._read_group(
                [("inspection_id", "in", self._origin.ids)],
                ["inspection_id"],
                ["__count"],
            )
        )
        for one in self:
            one.finding_count = found.get(one._origin, 0)

    def _write_refusal(self, names):
        names = names - set(SHOWN_PARTS) - set(SHOWN_TEXTS)
        return super()._write_refusal(names) if names else None

    # -- what the buttons open ---------------------------------------------------------
    def action_open_mine(self):
        """Open the place of the reader's agency: its report, its minutes."""
        self.ensure_one()
        return self.my_subject_id._get_records_action()

    def action_new_finding(self):
        """Open the form of a new finding, of the only inspected agency if it is one."""
        self.ensure_one()
        subject = self.subject_ids if len(self.subject_ids) == 1 else None
        return self._action_new_finding(subject)

    def _action_new_finding(self, subject=None, assignment=None):
        """The form of a new finding in a dialog; the record's own checks hold."""
        return self.env["task.assignment"]._action_new_form(
            "task.inspection.finding",
            self.env._("New finding"),
            inspection_id=self.id,
            subject_id=subject.id if subject else False,
            assignment_id=assignment.id if assignment else False,
        )

    def action_view_assignments(self):
        """The tasks in the scope of the inspection, as the reader may read them."""
        self.ensure_one()
        return self._action_assignments(self._assignment_domain(), self.name)

    def _action_assignments(self, domain, name):
        view = self.env.ref("task_inspection.task_assignment_view_kanban_inspected")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Tasks in scope: %(name)s", name=name),
            "res_model": "task.assignment",
            "views": [(view.id, "kanban"), (False, "list"), (False, "form")],
            "domain": list(domain),
            "context": {"inspection_id": self.id},
        }

    def action_ask(self):
        """Open the form of an act that needs a day or a reason (`act` in the
        context)."""
        self.ensure_one()
        if self.env.context.get("act") == "close" and self.can_gather:
            # the form tells what is missing: of the dossier as it stands now
            self._gather()
        return self.env["task.inspection.act"]._action_ask(inspection_id=self.id)


class TaskInspectionPlan(models.Model):
    _inherit = "task.inspection.plan"

    def action_ask(self):
        """Open the form that asks why the plan is returned."""
        self.ensure_one()
        return self.env["task.inspection.act"]._action_ask(plan_id=self.id)


class TaskInspectionPaper(models.Model):
    _inherit = "task.inspection.paper"

    def action_ask(self):
        """Open the form that asks for the objection to the minutes."""
        self.ensure_one()
        return self.env["task.inspection.act"]._action_ask(paper_id=self.id)
