# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import models

from odoo.addons.task_tracking.logic.letter import Letter, Paragraph

#: Kind of paper → kind of document (logic.letter.KINDS).
LETTER_KINDS = {
    "instruction": "letter",
    "decision": "decision",
    "supplement": "decision",
    "request": "letter",
    "minutes": "minutes",
    "conclusion": "report",
    "notice": "notice",
}


class TaskInspectionPaper(models.Model):
    """The papers of an inspection as administrative documents (Nghị định 30/2020). What
    each kind says is told by `_letter_<kind>`; what it is printed with is the same for
    all of them. The words are the paper's, Vietnamese whatever the reader's language.
    """

    _name = "task.inspection.paper"
    _inherit = ["task.inspection.paper", "task.letter.mixin"]

    def _letter(self):
        self.ensure_one()
        one = self.sudo()
        of_kind = getattr(one, f"_letter_{one.kind}", dict)
        return Letter(**{**one._letter_values(), **of_kind()})

    def _letter_values(self):
        """What every kind prints, as keywords of Letter; in sudo."""
        inspection = self.inspection_id
        parent_body, issuing_body = inspection._issuing_bodies()
        return {
            "kind": LETTER_KINDS[self.kind],
            "parent_body": parent_body,
            "issuing_body": issuing_body,
            "number": self.number or "",
            "place": inspection.company_id.city or "",
            "dated_on": self.dated_on or None,
            "abstract": self.abstract or "",
            "blocks": (Paragraph(self.body or ""),),
            "filed": "VT",
            "signer_title": self.signer_title or "",
            "signer_name": self.signer_name or "",
        }


class TaskInspection(models.Model):
    _inherit = "task.inspection"

    def _issuing_bodies(self):
        """(body above, body that issues) of what the inspection issues: the team, under
        who set it up; where one person inspects, who that is."""
        one = self.sudo()
        above = one.company_id.name
        agency = one.inspecting_agency_id.name
        if one.has_team:
            return agency or above, one.body_name
        return (above, agency) if agency else ("", above)

    def _decided_words(self):
        """By what it was begun, as a paper says it; empty where there was no paper."""
        papers = self.sudo().paper_ids.filtered(
            lambda paper: (
                paper.kind in ("decision", "instruction") and paper.state == "issued"
            )
        )
        paper = papers.sorted(lambda one: one.kind != "decision")[:1]
        if not paper:
            return ""
        kind = "Quyết định" if paper.kind == "decision" else "Văn bản chỉ đạo"
        words = f"{kind} số {paper.number}" if paper.number else kind
        if paper.dated_on:
            words += f" ngày {paper.dated_on:%d/%m/%Y}"
        return words
