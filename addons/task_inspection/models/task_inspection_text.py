# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

#: Headings of the decision that fields of the inspection hold.
HELD = frozenset(("legal_basis", "scope", "content", "time_limit", "form", "members"))


class TaskInspectionText(models.Model):
    """What is written under a heading the regulation prescribes: of the decision, of
    the inspected agency's report, of the conclusion."""

    _name = "task.inspection.text"
    _inherit = ["task.inspection.part.mixin"]
    _description = "Text of an inspection"
    _order = "inspection_id, subject_id, sequence, id"
    _closed_fields = frozenset(
        (
            "prescription_id",
            "subject_id",
            "report_id",
            "topic",
            "name",
            "sequence",
            "prefill",
        )
    )
    _scope_depends = ("inspection_id", "report_id.state")

    report_id = fields.Many2one(
        "task.inspection.report",
        ondelete="cascade",
        index="btree_not_null",
        help="The inspected agency's report it stands in.",
    )
    subject_id = fields.Many2one(related="report_id.subject_id", store=True)
    prescription_id = fields.Many2one(
        "task.inspection.prescription", required=True, ondelete="restrict"
    )
    topic = fields.Selection(related="prescription_id.topic", store=True)
    code = fields.Char(related="prescription_id.code")
    sequence = fields.Integer(default=100)
    # kept: the regulation's words may be corrected later
    name = fields.Char(string="Heading", required=True)
    body = fields.Text(string="Text")
    prefill = fields.Text(
        string="As begun",
        help="What the system put there for the writer to go on from.",
    )

    @api.model
    def _prepare(self, inspections):
        """Have an empty text for each heading of the decision no field holds, and for
        each part of the conclusion; in sudo."""
        vals_list = []
        for one in inspections:
            regulation = one.regulation_id
            lines = regulation._prescriptions("conclusion", one.inspector)
            lines |= regulation._prescriptions("decision", one.inspector).filtered(
                lambda line: line.code not in HELD
            )
            known = one.text_ids.prescription_id
            vals_list += self._vals_of(one, lines - known)
        return self.create(vals_list)

    def _follow(self, regulation):
        """Move the texts of a draft to the same headings of another version; in sudo.

        :return: list of str, the words written under headings that it does not have:
            they are dropped here.
        """
        dropped = []
        for text in self:
            old = text.prescription_id
            new = regulation._prescriptions(
                old.topic, text.inspection_id.inspector
            ).filtered(lambda line, old=old: line.code == old.code)[:1]
            if new:
                text.write(
                    {
                        "prescription_id": new.id,
                        "name": new.name,
                        "sequence": new.sequence,
                    }
                )
                continue
            if (text.body or "").strip():
                dropped.append(f"{text.name}: {text.body}")
            text.unlink()
        return dropped

    @api.model
    def _prepare_report(self, report):
        """Have a text for each heading of an inspected agency's report, those on its
        tasks begun with the tasks as they are today."""
        one = report.inspection_id
        lines = one.regulation_id._prescriptions("self_report", one.inspector)
        begun = report.subject_id._explained_tasks(lines.mapped("code"))
        vals_list = self._vals_of(one, lines)
        for vals, line in zip(vals_list, lines, strict=True):
            words = begun.get(line.code)
            vals.update(report_id=report.id, body=words, prefill=words)
        return self.create(vals_list)

    @api.model
    def _vals_of(self, inspection, lines):
        return [
            {
                "inspection_id": inspection.id,
                "prescription_id": line.id,
                "name": line.name,
                "sequence": line.sequence,
            }
            for line in lines
        ]

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(
                self.env._("The headings are the regulation's; none is added.")
            )
        return super().create(vals_list)

    def _change_refusal(self):
        inspection = self.inspection_id
        if self.topic == "decision":
            return inspection._edit_refusal()
        if self.topic == "self_report":
            return self.report_id._change_refusal()
        if self.topic == "conclusion":
            return inspection._work_refusal()
        return UserError(self.env._("Nothing is written under this heading."))

    @api.model
    def _scope_domain(self):
        inspections = self.env["task.inspection"]
        reports = self.env["task.inspection.report"]
        team = Domain("report_id", "=", False) & self._through_inspection(
            inspections._dossier_domain()
        )
        decision = Domain("topic", "=", "decision") & self._through_inspection(
            inspections._scope_domain()
        )
        own = Domain("report_id", "in", reports.sudo()._search(reports._scope_domain()))
        return team | decision | own
