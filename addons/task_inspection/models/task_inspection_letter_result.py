# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import models

from odoo.addons.task_tracking.logic.letter import Heading, Items, Paragraph

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


class TaskInspectionPaper(models.Model):
    """The report of the result (Mẫu 1.4) and the notice of it."""

    _inherit = "task.inspection.paper"

    def _letter_conclusion(self):
        """The report of the result: the parts the regulation prescribes in its order,
        with the findings under the conclusion and what is recommended."""
        inspection = self.inspection_id
        blocks = [Paragraph(inspection._letter_opening("báo cáo"))]
        texts = inspection.text_ids.filtered(lambda text: text.topic == "conclusion")
        for place, text in enumerate(texts.sorted("sequence")):
            number = ROMAN[place] if place < len(ROMAN) else str(place + 1)
            blocks.append(Heading(f"{number}. {text.name}"))
            blocks.append(Paragraph(text.body or ""))
            if text.code == "conclusion":
                blocks += inspection._letter_findings()
            elif text.code == "recommendation":
                words = [one._words() for one in inspection.recommendation_ids]
                blocks.append(Items(tuple(words)))
        if (self.body or "").strip():
            blocks.append(Paragraph(self.body))
        return {
            "abstract": self.abstract or f"Kết quả {inspection._words()}",
            "addressees": inspection._addressees(),
            "blocks": tuple(blocks),
            "recipients": inspection._copied(),
        }

    def _letter_notice(self):
        """The notice of the result to the inspected agency."""
        inspection = self.inspection_id
        agency = self.subject_id.agency_id.name
        opening = inspection._letter_opening("thông báo", agency)
        return {
            "abstract": self.abstract or f"Kết quả {inspection._words()}",
            "addressees": (agency,),
            "blocks": (Paragraph(opening), Paragraph(self.body or "")),
            "recipients": tuple(
                f"{name} (để báo cáo)" for name in inspection._addressees()
            ),
        }


class TaskInspection(models.Model):
    _inherit = "task.inspection"

    def _letter_opening(self, verb, agency=""):
        """By what was inspected, whom and until when; then what follows.

        :param verb: "báo cáo" or "thông báo".
        :param agency: the one it is about; by default all inspected.
        """
        names = agency or ", ".join(self.subject_ids.agency_id.mapped("name"))
        decided = self._decided_words()
        body = self._issuing_bodies()[1]
        words = f"Thực hiện {decided}, {body}" if decided else body
        words += f" đã tiến hành kiểm tra tại {names}"
        if self.ended_on:
            words += f", kết thúc ngày {self.ended_on:%d/%m/%Y}"
        return f"{words}. {body} {verb} kết quả kiểm tra như sau:"

    def _letter_findings(self):
        """What was found, under each agency's name where there are several."""
        blocks = []
        several = len(self.subject_ids) > 1
        found = self.subject_ids.filtered("finding_ids")
        for place, subject in enumerate(found, start=1):
            if several:
                blocks.append(Heading(f"{place}. {subject.agency_id.name}", level=2))
            blocks.append(Items(tuple(one._words() for one in subject.finding_ids)))
        return blocks
