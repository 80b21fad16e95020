# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import models

#: The degrees of a failing as a Vietnamese paper says them.
DEGREES = {
    "slight": "ít nghiêm trọng",
    "serious": "nghiêm trọng",
    "grave": "rất nghiêm trọng",
}


class TaskInspectionSubject(models.Model):
    """The notice of the result to one inspected agency."""

    _inherit = "task.inspection.subject"

    def _prepare_notice_vals(self):
        """The notice of the result to this agency, as drafted."""
        self.ensure_one()
        return {
            "inspection_id": self.inspection_id.id,
            "kind": "notice",
            "subject_id": self.id,
            "abstract": f"Kết quả {self.inspection_id._words()}",
            "body": "\n".join(self._notice_lines()),
        }

    def _notice_lines(self):
        """What is told to this agency, and of no other: what was concluded where it
        alone was inspected, what was found about it, what is recommended to it."""
        inspection, lines = self.inspection_id, []
        if inspection.subject_ids == self:
            texts = inspection.text_ids.filtered(
                lambda text: text.topic == "conclusion" and text.code == "conclusion"
            )
            lines += [text.body for text in texts if (text.body or "").strip()]
        if self.finding_ids:
            lines.append("Kết quả kiểm tra:")
            lines += [f"- {one._words()}" for one in self.finding_ids]
        recommended = inspection.recommendation_ids.filtered(
            lambda one: one.agency_id._is_within(self.agency_id)
        )
        if recommended:
            lines.append("Kiến nghị, yêu cầu:")
            lines += [f"- {one._words()}" for one in recommended]
        return lines


class TaskInspection(models.Model):
    _inherit = "task.inspection"

    def _words(self):
        """The subject inside a sentence: begins with a small letter."""
        return self.name[:1].lower() + self.name[1:]


class TaskInspectionFinding(models.Model):
    _inherit = "task.inspection.finding"

    def _words(self):
        """The finding as a Vietnamese paper says it."""
        self.ensure_one()
        told = {
            "tính chất": self.nature,
            "mức độ": DEGREES.get(self.degree),
            "nguyên nhân": self.cause,
            "trách nhiệm": self.responsibility,
        }
        words = [
            f"{label}: {_joined(value)}"
            for label, value in told.items()
            if value and self.is_failing
        ]
        return "; ".join([_joined(self.text), *words])


class TaskInspectionRecommendation(models.Model):
    _inherit = "task.inspection.recommendation"

    def _words(self):
        """The recommendation as a Vietnamese paper says it."""
        self.ensure_one()
        words = f"{self.sudo().agency_id.name}: {_joined(self.text)}"
        if self.deadline:
            words += f", hoàn thành chậm nhất ngày {self.deadline:%d/%m/%Y}"
        return words


def _joined(text):
    return " ".join((text or "").split())
