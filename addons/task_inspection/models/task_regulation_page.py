# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, models


class TaskRegulation(models.Model):
    """On the readable page of a regulation, what it prescribes of inspections."""

    _inherit = "task.regulation"

    @api.depends("prescription_ids")
    def _compute_page(self):
        return super()._compute_page()

    def _page_values(self):
        return {**super()._page_values(), "inspections": self._page_inspections()}

    def _page_inspections(self):
        """[{topic, name, lines}] in the order the text's lines have; none where the
        text knows no inspection."""
        if not self.knows_inspection:
            return []
        lines = self.prescription_ids.sorted(lambda line: (line.sequence, line.id))
        return [
            {
                "topic": topic,
                "name": self._page_label(same[0], "topic"),
                "lines": [self._page_prescription(line) for line in same],
            }
            for topic, same in lines.grouped("topic").items()
        ]

    def _page_prescription(self, line):
        binds = line.requirement != "required" and self._page_label(line, "requirement")
        inspector = line.inspector and self.env._(
            "inspected by: %(who)s", who=self._page_label(line, "inspector")
        )
        return {
            "name": line.name,
            "more": "; ".join(filter(None, (binds, inspector))),
            "article": line.article or "",
            "quote": line.quote or "",
            "is_interpretation": line.is_interpretation,
            "note": line.note or "",
        }
