# SPDX-License-Identifier: LGPL-3.0-or-later
import io
from dataclasses import replace
from datetime import date, datetime

from openpyxl import load_workbook

from odoo.tests import tagged

from odoo.addons.task_reports.logic.form import FORM, NOTES
from odoo.addons.task_reports.logic.workbook import workbook_bytes

from .common import MAY, HistoryCase


@tagged("post_install", "-at_install")
class TestXlsx(HistoryCase):
    """The workbook, read back with another library."""

    def setUp(self):
        super().setUp()
        self.book = self._open()

    def _open(self, **vals):
        return load_workbook(io.BytesIO(workbook_bytes(self._wizard(**vals)._sheet())))

    def _list(self):
        """The rows of Phụ lục II as {head: cell}."""
        head, *rows = self.book["Phụ lục II"].iter_rows()
        heads = [cell.value for cell in head]
        return [dict(zip(heads, row, strict=True)) for row in rows]

    def test_sheets(self):
        """Phụ lục I, Phụ lục II, by agency, and the tasks kept outside."""
        self.assertEqual(
            self.book.sheetnames,
            ["Phụ lục I", "Phụ lục II", "Theo cơ quan", "Đối chiếu", "Ngoài hệ thống"],
        )
        self.assertEqual(
            self._open(agency_id=self.health.id).sheetnames,
            ["Phụ lục I", "Phụ lục II", "Đối chiếu"],
        )

    def test_figures(self):
        """Each line of the form beside its number, a number and not a text."""
        figures = self._figures(MAY)
        found = {
            row[0].value: (row[1].value, row[2].value)
            for row in self.book["Phụ lục I"].iter_rows()
            if row[0].value
        }
        for line in (*FORM, *NOTES):
            if line.code:
                self.assertEqual(
                    found[line.text],
                    (figures.count(line.code), figures.tasks(line.code)),
                )
        self.assertAlmostEqual(found["Tỷ lệ hoàn thành"][0], 3 / 5)

    def test_no_rate_is_a_dash(self):
        """0 ÷ 0 is "–", not 0 %."""
        sheet = self._open(kind="free", free_from="2026-03-15", free_to="2026-03-16")[
            "Phụ lục I"
        ]
        rates = [
            row[1].value
            for row in sheet.iter_rows()
            if (row[0].value or "").startswith("Tỷ lệ")
        ]
        self.assertEqual(rates, ["–", "–", "–"])

    def test_by_agency(self):
        """The agencies' lines and their sum are those of the engine."""
        figures = self._figures(MAY)
        head, *lines = self.book["Theo cơ quan"].iter_rows(values_only=True)
        rows = [row for row in lines if row[0]] + [lines[-1]]
        column = {name: place for place, name in enumerate(head)}
        names = (self.finance, self.health, self.ward)
        for row, agency in zip(rows[:-1], names, strict=True):
            self.assertEqual(row[column["Cơ quan, đơn vị, địa phương"]], agency.name)
            for head_text, code in (
                ("Tổng số", "total"),
                ("Hoàn thành quá hạn", "completed_late"),
                ("Chưa hoàn thành quá hạn", "open_overdue"),
                ("Kỳ trước, được gia hạn", "carried_extended"),
            ):
                self.assertEqual(row[column[head_text]], figures.count(code, agency.id))
        for place in range(2, column["Tỷ lệ hoàn thành"]):
            self.assertEqual(rows[-1][place], sum(row[place] for row in rows[:-1]))

    def test_sums_by_group(self):
        """Each kind of agency has its sum above its agencies: departments 4 + 2."""
        _head, *rows = self.book["Theo cơ quan"].iter_rows(values_only=True)
        self.assertEqual(
            [row[:3] for row in rows],
            [
                (None, "Các sở, cơ quan tương đương", 6),
                (1, self.finance.name, 4),
                (2, self.health.name, 2),
                (None, "Các phường", 2),
                (3, self.ward.name, 2),
                (None, "Tổng cộng", 8),
            ],
        )

    def test_identities(self):
        """Đối chiếu: every identity of DOMAIN section 3 with both its sides."""
        _head, *rows = self.book["Đối chiếu"].iter_rows(values_only=True)
        found = {row[:2]: row[2:5] for row in rows}
        first = "Giao trong kỳ + Kỳ trước chuyển sang = Hoàn thành + Chưa hoàn thành"
        self.assertEqual(found["Toàn bộ", first], (8, 8, "khớp"))
        self.assertEqual(found[self.finance.name, first], (4, 4, "khớp"))
        # Carried into May: late (overdue), extended, in time; none withdrawn.
        before = "vào ngày liền trước kỳ báo cáo − số đã rút trong kỳ"
        carried = [row[2:5] for row in rows if before in row[1]]
        self.assertEqual(carried, [(1, 1, "khớp")] * 3)
        listed = [row[2:5] for row in rows if "số dòng tại Phụ lục II" in row[1]]
        self.assertEqual(len(listed), 11)
        self.assertEqual({row[4] for row in rows}, {"khớp"})

    def test_a_difference_is_told(self):
        """A sheet whose figures do not add up says so, and where."""
        sheet = self._wizard()._sheet()
        sheet.figures._counts[self.ward.id, "adhoc"] += 1
        book = load_workbook(io.BytesIO(workbook_bytes(sheet)))
        _head, *rows = book["Đối chiếu"].iter_rows(values_only=True)
        wrong = [row[:4] for row in rows if row[4] == "lệch"]
        self.assertEqual(
            wrong,
            [
                ("Toàn bộ", "Đột xuất = tổng của các cơ quan", 4, 5),
                (
                    self.ward.name,
                    "Tổng số = Chương trình công tác + Thông báo kết luận + Đột xuất +"
                    " Kỳ trước chuyển sang, còn trong hạn + Kỳ trước chuyển sang, được"
                    " gia hạn + Kỳ trước chuyển sang, quá hạn",
                    2,
                    3,
                ),
                (
                    self.ward.name,
                    "Giao trong kỳ = Chương trình công tác + Thông báo kết luận +"
                    " Đột xuất",
                    2,
                    3,
                ),
            ],
        )

    def test_received_reports(self):
        """Below stand the agencies' reports: sent, late, missing; and the digest."""
        received = [
            {
                "agency_id": self.finance.id,
                "name": self.finance.name,
                "state": "late",
                "sent_on": date(2026, 5, 19),
                "due_on": date(2026, 5, 18),
                "version": 2,
                "digest": "ab12",
            },
            {
                "agency_id": self.ward.id,
                "name": self.ward.name,
                "state": "overdue",
                "sent_on": None,
                "due_on": date(2026, 5, 18),
                "version": 0,
                "digest": "",
            },
        ]
        sheet = replace(
            self._wizard()._sheet(), received=received, frozen_digest="cd34"
        )
        book = load_workbook(io.BytesIO(workbook_bytes(sheet)))
        rows = list(book["Đối chiếu"].iter_rows(values_only=True))
        self.assertEqual(
            rows[-4:-2],
            [
                (
                    self.finance.name,
                    "Đã gửi, quá hạn",
                    datetime.fromisoformat("2026-05-19"),
                    datetime.fromisoformat("2026-05-18"),
                    2,
                    "ab12",
                ),
                (
                    self.ward.name,
                    "Chưa gửi, đã quá hạn",
                    None,
                    datetime.fromisoformat("2026-05-18"),
                    None,
                    None,
                ),
            ],
        )
        self.assertEqual(rows[-1][:2], ("Mã kiểm tra của báo cáo đã gửi", "cd34"))

    def test_dates_are_dates(self):
        """Dates sort and filter as dates; a day that is not there is empty."""
        rows = {row["Nội dung nhiệm vụ"].value: row for row in self._list()}
        late = rows["=1+1"]
        self.assertEqual(late["Thời hạn"].value.date(), date(2026, 4, 10))
        self.assertTrue(late["Thời hạn"].is_date)
        self.assertEqual(late["Thời hạn"].number_format, "dd/mm/yyyy")
        self.assertIsNone(late["Gia hạn đến"].value)
        extended = [row for row in self._list() if row["Gia hạn đến"].value]
        self.assertEqual(
            [row["Gia hạn đến"].value.date() for row in extended],
            [date(2026, 5, 20)],
        )

    def test_text_stays_text(self):
        """What users wrote is never a formula, a number or a link."""
        rows = self._list()
        found = [
            cell
            for row in rows
            for cell in row.values()
            if str(cell.value or "").startswith("=")
        ]
        self.assertEqual(sorted(cell.value for cell in found), ["=1+1", "=88/BC-STC"])
        self.assertEqual({cell.data_type for cell in found}, {"s"})

    def test_heads_stay_in_view(self):
        """The head is frozen, repeated in print, and the list can be filtered."""
        for name, cell in (
            ("Phụ lục I", "A6"),
            ("Phụ lục II", "A2"),
            ("Theo cơ quan", "A2"),
        ):
            self.assertEqual(self.book[name].freeze_panes, cell)
        self.assertEqual(self.book["Phụ lục II"].print_title_rows, "$1:$1")
        self.assertTrue(self.book["Phụ lục II"].auto_filter.ref)

    def test_one_row_each(self):
        """The list has one row for each assignment counted, numbered through."""
        numbers = [row["STT"].value for row in self._list()]
        self.assertEqual(numbers, list(range(1, 9)))
