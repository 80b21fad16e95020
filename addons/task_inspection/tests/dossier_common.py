# SPDX-License-Identifier: LGPL-3.0-or-later
import base64
import io
import json
from zipfile import ZipFile

from pypdf import PdfReader

from odoo import Command

from .common import InspectionCase

NAMES = {"index": "Mục lục hồ sơ.pdf", "manifest": "muc-luc.json"}


class DossierCase(InspectionCase):
    """An inspection under Bắc Giang, whose Điều 17 wants eight kinds of papers."""

    text = "bac_giang"

    def setUp(self):
        super().setUp()
        self.assignment = self._with_directive()

    def _attach(self, name, content=b"content", user=None):
        return (
            self.env["ir.attachment"]
            .with_user(user or self.specialist)
            .create({"name": name, "datas": base64.b64encode(content)})
        )

    def _with_directive(self, number="123"):
        """A task of the finance department, by a directive with a file."""
        document = self._document(
            [self._task_vals()],
            notation="UBND-TH",
            number=number,
            attachment_ids=[Command.set(self._attach("Chỉ đạo.pdf").ids)],
        )
        document.action_release()
        return document.sudo().assignment_ids

    def _reported(self, inspection, user=None):
        """The finance department was asked and sent its report."""
        paper = self._paper(
            inspection,
            "request",
            number="15/YC-ĐKT",
            subject_id=inspection.subject_ids[:1].id,
        )
        paper.action_issue()
        report = inspection.subject_ids[:1].sudo().report_id
        head = next(
            user
            for user in report.agency_id.sudo().task_user_ids
            if user.has_group("task_tracking.group_agency_head")
        )
        for text in report.with_user(head).text_ids:
            text.body = f"Nội dung {text.name}"
        report.with_user(head).action_send()
        return report

    def _minuted(self, inspection):
        paper = self._paper(
            inspection,
            "minutes",
            user=self.manager,
            number="16/BB-ĐKT",
            subject_id=inspection.subject_ids[:1].id,
        )
        paper.action_issue()
        return paper

    def _complete(self, **vals):
        """A concluded inspection whose dossier lacks nothing, as its leader sees it."""
        inspection = self._inspection(**vals)
        self._paper(inspection, "decision")
        self._paper(inspection, "instruction", number="9/UBND-TH")
        inspection.with_user(self.chairman).action_issue()
        self._reported(inspection)
        self._minuted(inspection)
        leader = inspection.with_user(self.manager)
        leader.action_end()
        self._write_conclusion(inspection)
        leader.action_conclude()
        leader.invalidate_recordset()
        return leader

    def _items(self, inspection, code):
        return inspection.sudo().item_ids.filtered(lambda item: item.code == code)

    def _zip(self, inspection):
        with inspection._open_dossier() as file:
            return ZipFile(io.BytesIO(file.read()))

    def _index(self, archive):
        """The words of the index, without its line breaks."""
        pages = PdfReader(io.BytesIO(archive.read(NAMES["index"]))).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())

    def _manifest(self, archive):
        return json.loads(archive.read(NAMES["manifest"]))
