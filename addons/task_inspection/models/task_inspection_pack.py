# SPDX-License-Identifier: LGPL-3.0-or-later
import logging
from datetime import date
from functools import partial

from odoo import models
from odoo.tools.pdf import PdfReader

from ..logic import dossier_zip

_logger = logging.getLogger(__name__)


def count_pages(content):
    """Return how many pages an open PDF has; None if it cannot be read: encrypted,
    damaged, or no PDF whatever it is called. The dossier is packed all the same."""
    content.seek(0)
    try:
        return len(PdfReader(content).pages)
    except Exception as error:  # a damaged PDF may raise anything
        _logger.info("a PDF of a dossier has no page count: %s", error)
        return None


class TaskInspection(models.Model):
    """The dossier as the values `logic.dossier_zip` packs, and its index."""

    _inherit = "task.inspection"

    def _pack(self, target):
        """Write the ZIP of the dossier as it stands to an open file.

        In sudo: the files of directives, reports and plans hang on records whose
        rights are others'. Who asks was found to read the dossier before
        (`_reads_dossier`), and what is in it is bounded when it is gathered
        (`_directives`, `_periodic_reports`); a directive that left the scope since is
        left out here as well.
        """
        self.ensure_one()
        kinds = self._packed_kinds()
        return dossier_zip.write_dossier(
            target,
            kinds,
            self._about(),
            partial(self._index_pdf, kinds),
            count_pages,
        )

    def _packed_kinds(self):
        entries = self._items_in_scope().grouped("prescription_id")
        return [
            dossier_zip.Kind(
                kind.name,
                kind.article or "",
                kind.requirement or "",
                tuple(item._entry() for item in entries.get(kind, ())),
            )
            for kind in self._dossier_kinds()
        ]

    def _items_in_scope(self):
        """The entries in the order of the index, without directives and letters that
        left the scope of the inspection."""
        items = self.item_ids._in_scope()
        return items.sorted(
            lambda item: (item.sequence, item.dated_on or date.max, item.id)
        )

    def _about(self):
        """What the manifest tells of the inspection; nothing that changes from one
        packing to the next."""

        def day(name):
            return self[name].isoformat() if self[name] else None

        return {
            "name": self.name,
            "regulation": self.regulation_id.display_name,
            "body": self.company_id.name,
            "inspected": self.subject_ids.agency_id.mapped("name"),
            "state": self.state,
            "issued_on": day("issued_on"),
            "ended_on": day("ended_on"),
            "concluded_on": day("concluded_on"),
            "closed_on": day("closed_on"),
            "close_reason": self.close_reason or "",
        }

    def _index_pdf(self, kinds, packed):
        """The index as PDF: kinds, entries, number, day, file, pages, size, SHA-256."""
        reports = self.env["ir.actions.report"]
        html = reports._render_template(
            "task_inspection.dossier_index",
            {
                "inspection": self,
                "agencies": ", ".join(self.subject_ids.agency_id.mapped("name")),
                "days": self._index_days(),
                "kinds": dossier_zip.by_entry(kinds, packed),
                "size_words": dossier_zip.size_words,
            },
        )
        return reports._weasyprint_pdf(html)

    def _index_days(self):
        days = (
            ("Bắt đầu", self.issued_on),
            ("kết thúc", self.ended_on),
            ("kết luận", self.concluded_on),
            ("đóng hồ sơ", self.closed_on),
        )
        return "; ".join(f"{words}: {day:%d/%m/%Y}" for words, day in days if day)


class TaskInspectionItem(models.Model):
    """What an entry is packed as."""

    _inherit = "task.inspection.item"

    def _in_scope(self):
        """Those of the entries of one inspection that may be given out; in sudo."""
        inspection = self.inspection_id
        known = {
            "task.document": set(inspection._directives().ids),
            "task.urge": set(inspection._urges().ids),
        }
        return self.filtered(
            lambda item: (
                item.source_model not in known
                or item.source_id in known[item.source_model]
            )
        )

    def _entry(self):
        files = [
            dossier_zip.File(file._packed_name(), file._open_content)
            for file in self._files()
        ]
        if self.is_printed:
            files.append(self._printed_file())
        return dossier_zip.Entry(
            self.name,
            self.number or "",
            self.dated_on or None,
            tuple(filter(None, files)),
        )

    def _printed_file(self):
        """The entry as the system prints it, or None if its record is gone. It is
        printed when it is packed: one at a time is in memory."""
        record = self.env[self.source_model].browse(self.source_id).exists()
        if not record:
            return None
        ending = ".pdf"
        if record._name == "task.report":
            ending, print_ = self._print_of_report(record)
        else:
            print_ = record._letter_pdf
        return dossier_zip.File(
            f"{self.name}{ending}", lambda: dossier_zip.opener(print_())()
        )

    def _print_of_report(self, report):
        """(ending, function that gives the bytes) of a submitted periodic report, as
        it was frozen: PDF, or its workbook where its list is too long to print."""
        # task_reports is not depended on: it is here where there is a report
        from odoo.addons.task_reports.logic.workbook import workbook_bytes
        from odoo.addons.task_reports.wizards.task_report_wizard import PDF_ROWS_MAX

        if report._sheet().row_count > PDF_ROWS_MAX:
            return ".xlsx", lambda: workbook_bytes(report._sheet())
        return ".pdf", lambda: report._pdf(report._sheet())
