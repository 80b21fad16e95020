# SPDX-License-Identifier: LGPL-3.0-or-later
import json
from datetime import UTC, date, datetime
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.task_reports.logic.figures import Figures
from odoo.addons.task_reports.logic.form import EXIT_CODES, GROUPS
from odoo.addons.task_reports.logic.rows import ListRow, print_key
from odoo.addons.task_reports.logic.sheet import Sheet
from odoo.addons.task_reports.logic.workbook import workbook_bytes
from odoo.addons.task_reports.models import task_report_engine
from odoo.addons.task_reports.wizards.task_report_wizard import TaskReportWizard

from .common import APRIL, MAY, HistoryCase

MADE_ON = datetime.fromisoformat("2026-05-20T03:00:00")


@tagged("post_install", "-at_install")
class TestSheet(HistoryCase):
    """One source of every output: rows in batches, and a head that can be kept."""

    def _sheet(self, window=MAY, agency=None, user=None, **words):
        sheets = self.env["task.report.sheet"].with_user(user or self.manager)
        texts = dict.fromkeys(("period", "addressee", "causes", "difficulties"), "")
        return sheets._sheet(*window, agency, **(texts | words))

    def _frozen(self, sheet):
        """The sheet, made anew from what JSON keeps of it."""
        head = json.loads(json.dumps(sheet.head_data()))
        rows = json.loads(json.dumps([row.as_data() for row in sheet.rows()]))
        return Sheet.from_frozen(head, lambda: map(ListRow.from_data, rows))

    # -- rows ------------------------------------------------------------------------
    def test_order_of_rows(self):
        """By line, agency, deadline in force and id; numbered through."""
        rows = list(self._sheet().rows())
        rank = {self.finance.id: 0, self.health.id: 1, self.ward.id: 2}
        self.assertEqual(rows, sorted(rows, key=print_key(rank)))
        self.assertEqual([row.number for row in rows], list(range(1, 9)))
        self.assertEqual(
            [(row.exit, row.agency_id) for row in rows[:4]],
            [
                ("completed_on_time", self.finance.id),
                ("completed_on_time", self.finance.id),
                ("completed_late", self.finance.id),
                ("open_extended", self.finance.id),
            ],
        )

    def test_batches_change_nothing(self):
        """Read three at a time, the rows and their numbers are the same."""
        whole = list(self._sheet().rows())
        with patch.object(task_report_engine, "BATCH", 3):
            self.assertEqual(list(self._sheet().rows()), whole)

    def test_rows_begin_anew(self):
        """Each asking for the rows begins at the first, whoever else is reading."""
        sheet = self._sheet()
        first = sheet.rows()
        begun = next(first)
        self.assertEqual(next(sheet.rows()), begun)
        self.assertEqual(len(list(first)), 7)
        self.assertEqual(len(list(sheet.rows())), 8)

    def test_batches_are_forgotten(self):
        """What one batch read is not in memory while the next is read."""
        name = self.env["task.task"]._fields["name"]
        with patch.object(task_report_engine, "BATCH", 2):
            rows = self._sheet().rows()
            self.env.invalidate_all()
            for row in rows:
                cached = list(name._get_all_cache_ids(self.env))
                self.assertTrue(cached)
                self.assertLessEqual(len(cached), 2, row.number)

    def test_groups(self):
        """Phụ lục II's groups in the form's order; their sizes are the figures."""
        sheet = self._sheet()
        groups = sheet.groups
        self.assertEqual([group.code for group in groups], list(EXIT_CODES))
        for group in groups:
            self.assertEqual(group.head, GROUPS[group.code])
            self.assertEqual(len(group.rows), sheet.figures.count(group.code))
        self.assertEqual(sheet.row_count, 8)

    def test_reason_before_the_note(self):
        """The agency's reason stands before our note in "Nguyên nhân, ghi chú"."""
        late = self.made["late"]
        sheet = self._sheet(reasons={late.id: "Chờ ý kiến Bộ Tài chính"})
        row = next(row for row in sheet.rows() if row.assignment_id == late.id)
        self.assertEqual(row.reason, "Chờ ý kiến Bộ Tài chính")
        self.assertEqual(row.remark, "Chờ ý kiến Bộ Tài chính")
        noted = ListRow.from_data(row.as_data() | {"note": "Ghi chú"})
        self.assertEqual(noted.remark, "Chờ ý kiến Bộ Tài chính; Ghi chú")

    # -- figures -----------------------------------------------------------------------
    def test_figures_of_masks(self):
        """The figures added up from the rows are those of SQL, tasks included."""
        for window in (APRIL, MAY, (APRIL[0], MAY[1])):
            rows = self._sheet(window).rows()
            figures = Figures.from_masks(
                (row.agency_id, row.task_id, row.mask) for row in rows
            )
            self.assertEqual(figures.as_data(), self._figures(window).as_data())

    def test_sums_by_group(self):
        """Finance 4 and health 2 are the departments, 2 of the ward; as printed."""
        groups = self._sheet().group_rows
        self.assertEqual(
            [(one.kind, one.name, one.counts["total"]) for one in groups],
            [
                ("department", "Các sở, cơ quan tương đương", 6),
                ("ward", "Các phường", 2),
            ],
        )
        # Completed: 3 of finance; open and overdue: health's of the three. 3 ÷ (3 + 1)
        self.assertAlmostEqual(groups[0].rates["completion"], 3 / 4)
        # Open: finance's extended one (asked 36 days before), health's two, of which
        # one was handed in on 5 May.
        self.assertAlmostEqual(groups[0].rates["freshness"], 1 / 3)

    # -- what superior bodies assigned -------------------------------------------------
    def test_superior_only(self):
        """Scope "superior": only what Government or a ministry assigned, in figures,
        rows and numbers behind them (QT Đ22)."""
        three = self.made["three"]
        three.document_id.sudo().assigner_level = "government"
        self.made["late"].document_id.sudo().assigner_level = "committee"
        sheet = self._sheet(scope="superior")
        self.assertEqual(
            sorted(row.assignment_id for row in sheet.rows()), sorted(three.ids)
        )
        self.assertEqual(sheet.row_count, 3)
        self.assertEqual(sheet.figures.tasks("total"), 1)
        self.assertIn("Chính phủ", sheet.assigned_by)
        self.assertFalse(sheet.outside)
        engine = self.env["task.report.engine"].with_user(self.manager)
        self.assertEqual(
            engine._counted_ids("total", *MAY, scope="superior"), sorted(three.ids)
        )

    def test_superior_of_a_department(self):
        """For a department the Committee is above too (KT Đ1.1, Đ20.2)."""
        self.env.company.regulation_id = self.env.ref(
            "task_tracking.regulation_kon_tum"
        )
        self.made["late"].document_id.sudo().assigner_level = "committee"
        sheet = self._sheet(scope="superior")
        self.assertIn(self.made["late"].id, [row.assignment_id for row in sheet.rows()])
        for row in sheet.rows():
            assignment = self.env["task.assignment"].browse(row.assignment_id)
            self.assertTrue(assignment.document_id._is_superior())

    # -- kept and read back --------------------------------------------------------
    def test_head_and_rows_round_trip(self):
        """What JSON keeps of a sheet is the sheet."""
        sheet = self._sheet(
            period="tháng 5",
            causes="a\nb",
            number="12/BC-VP",
            signer_name="Nguyễn Văn A",
            signed_on=date(2026, 5, 18),
            agency_texts=[{"agency_id": self.ward.id, "causes": "x"}],
            received=[
                {
                    "agency_id": self.ward.id,
                    "name": self.ward.name,
                    "state": "late",
                    "sent_on": date(2026, 5, 19),
                    "due_on": date(2026, 5, 18),
                    "version": 2,
                    "digest": "ab",
                },
                {
                    "agency_id": self.health.id,
                    "name": self.health.name,
                    "state": "missing",
                    "sent_on": None,
                    "due_on": None,
                    "version": 0,
                    "digest": "",
                },
            ],
        )
        again = self._frozen(sheet)
        self.assertEqual(again, sheet)
        self.assertEqual(list(again.rows()), list(sheet.rows()))
        self.assertEqual(again.group_rows, sheet.group_rows)
        self.assertEqual(again.head_data(), sheet.head_data())

    def test_same_bytes_from_what_was_kept(self):
        """The workbook and the PDF of the sheet read back are the same bytes."""
        sheet = self._sheet(made_on=MADE_ON, period="tháng 5 năm 2026")
        again = self._frozen(sheet)
        self.assertEqual(workbook_bytes(again), workbook_bytes(sheet))
        self.assertEqual(self._pdf(again), self._pdf(sheet))

    def _pdf(self, sheet):
        report = self.env["ir.actions.report"].with_user(self.manager)
        with patch.object(TaskReportWizard, "_sheet", lambda _self: sheet):
            html = report._render_qweb_html(
                "task_reports.report_phu_luc", self._wizard().ids
            )[0]
        return report._weasyprint_pdf(html)

    def test_moment(self):
        """An aware moment is kept in UTC; without one it is now."""
        noon = datetime(2026, 5, 20, 12, 0, 0, 7, tzinfo=UTC)
        self.assertEqual(
            self._sheet(made_on=noon).made_on,
            datetime.fromisoformat("2026-05-20T12:00:00"),
        )
        self.assertEqual(self._sheet().made_on, MADE_ON)
