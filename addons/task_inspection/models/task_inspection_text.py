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
        ("prescription_id", "subject_id", "topic", "name", "sequence")
    )
    _scope_depends = ("inspection_id", "subject_id")

    subject_id = fields.Many2one(
        "task.inspection.subject",
        ondelete="cascade",
        index="btree_not_null",
        help="Of the inspected agency's report.",
    )
    prescription_id = fields.Many2one(
        "task.inspection.prescription", required=True, ondelete="restrict"
    )
    topic = fields.Selection(related="prescription_id.topic", store=True)
    code = fields.Char(related="prescription_id.code")
    sequence = fields.Integer(default=100)
    # kept: the regulation's words may be corrected later
    name = fields.Char(string="Heading", required=True)
    body = fields.Text(string="Text")

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
    def _prepare_report(self, subjects):
        """Have an empty text for each heading of the inspected agencies' reports."""
        vals_list = []
        for subject in subjects:
            one = subject.inspection_id
            lines = one.regulation_id._prescriptions("self_report", one.inspector)
            known = subject.text_ids.prescription_id
            vals_list += self._vals_of(one, lines - known, subject)
        return self.create(vals_list)

    @api.model
    def _vals_of(self, inspection, lines, subject=None):
        return [
            {
                "inspection_id": inspection.id,
                "subject_id": subject.id if subject else False,
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
            return self.subject_id._report_refusal()
        if self.topic == "conclusion":
            return inspection._work_refusal()
        return UserError(self.env._("Nothing is written under this heading."))

    @api.model
    def _scope_domain(self):
        inspections = self.env["task.inspection"]
        subjects = self.env["task.inspection.subject"]
        read = self._through_inspection(inspections._dossier_domain())
        decision = Domain("topic", "=", "decision") & self._through_inspection(
            inspections._scope_domain()
        )
        own = Domain("topic", "=", "self_report") & Domain(
            "subject_id", "in", subjects.sudo()._search(subjects._own_domain())
        )
        return read | decision | own
