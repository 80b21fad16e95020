# SPDX-License-Identifier: LGPL-3.0-or-later
import base64
import io
import re
from contextlib import nullcontext

from openpyxl import load_workbook
from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from odoo.addons.task_reports.logic.form import EXIT_CODES, FORM, GROUPS, ROMAN
from odoo.addons.task_reports.logic.workbook import workbook_bytes

from .docx_common import lines, list_rows, opened, task_rows, with_paragraph
from .sent_common import SentCase

CODES = [line for line in FORM if line.code]


class FilesCase(SentCase):
    """Reads a report back from each of its three files."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.labels = {line.text: line.code for line in CODES}

    def _files(self, report):
        """{ending: bytes} of the three files, as the report's user gets them."""
        printer = self.env["ir.actions.report"].with_user(report.env.user)
        pdf, kind = printer.with_context(force_report_rendering=True)._render_qweb_pdf(
            "task_reports.report_task_report", report.ids
        )
        self.assertEqual(kind, "pdf")
        return {
            "pdf": pdf,
            "docx": report._docx(),
            "xlsx": workbook_bytes(report._sheet()),
        }

    def _read(self, files):
        """{ending: ({code: figure}, [(head of a group, its tasks)])}."""
        return {ending: getattr(self, f"_{ending}")(files[ending]) for ending in files}

    def _docx(self, content):
        document = opened(content)
        told = dict(line.rpartition(" ")[::2] for line in lines(document))
        figures = {self.labels[one]: int(told[one]) for one in self.labels}
        groups = []
        for row in list_rows(document):
            if row[0].isdigit():
                groups[-1][1].append(row[2])
            elif row[0] != "Không có nhiệm vụ trong kỳ báo cáo":
                groups.append((re.sub(r"^\w+\. | \(\d+\)$", "", row[0]), []))
        return figures, groups

    def _xlsx(self, content):
        book = load_workbook(io.BytesIO(content))
        figures = {
            self.labels[row[0]]: row[1]
            for row in book["Phụ lục I"].iter_rows(values_only=True)
            if row[0] in self.labels
        }
        head, *rows = book["Phụ lục II"].iter_rows(values_only=True)
        columns = {name: place for place, name in enumerate(head)}
        groups = []
        for row in rows:
            if not groups or groups[-1][0] != row[columns["Nhóm"]]:
                groups.append((row[columns["Nhóm"]], []))
            groups[-1][1].append(row[columns["Nội dung nhiệm vụ"]])
        return figures, groups

    def _pdf(self, content):
        """The text of a PDF has no rows: tasks are counted by the group's head."""
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
        text = " ".join(" ".join(pages).split())
        figures = {
            code: int(re.search(rf"{re.escape(label)} (\d+)", text).group(1))
            for label, code in self.labels.items()
        }
        heads = re.findall(
            rf"(?:{'|'.join(ROMAN)})\. ({'|'.join(GROUPS.values())}) \((\d+)\)", text
        )
        return figures, [(head, int(count)) for head, count in heads]

    def _check_same(self, report):
        """All three files say what the sheet says; return it."""
        sheet = report._sheet()
        figures = {line.code: sheet.figures.count(line.code) for line in CODES}
        groups = [
            (group.head, [row.content for row in group.rows]) for group in sheet.groups
        ]
        read = self._read(self._files(report))
        self.assertEqual(read["docx"], (figures, groups))
        self.assertEqual(read["xlsx"], (figures, groups))
        counted = [(head, len(rows)) for head, rows in groups]
        self.assertEqual(read["pdf"], (figures, counted))
        return figures


@tagged("post_install", "-at_install")
class TestReportFiles(FilesCase):
    """Three outputs, one source: drafts and what is frozen, an agency's and the
    province's."""

    def _office_report(self, period):
        return period.report_ids.filtered(lambda one: not one.agency_id)[:1]

    def test_draft_of_an_agency(self):
        """Finance in May 2026, by hand: 3 counted (done in time twice, the late one)
        and the extended one; its three files say so."""
        report = self._report(self._open_may(), self.finance).with_user(self.officer)
        with self._on("2026-05-15"):
            figures = self._check_same(report)
        self.assertEqual(
            {code: figures[code] for code in ("total", *EXIT_CODES)},
            {
                "total": 4,
                "completed_on_time": 2,
                "completed_late": 1,
                "open_extended": 1,
                "open_in_time": 0,
                "open_overdue": 0,
            },
        )

    def test_draft_of_the_province(self):
        """Compiled from what was sent, with what is known of those who have not."""
        period = self._open_may()
        self._send(period, self.finance)
        with self._on("2026-05-19"):
            figures = self._check_same(
                self._office_report(period).with_user(self.manager)
            )
        self.assertEqual(figures["total"], 8)

    def test_frozen(self):
        """Sent, an agency's and the province's are the same bytes after further facts,
        another template, another name of the agency."""
        period = self._open_may()
        reports = [
            self._send(period, one) for one in (self.finance, self.health, self.ward)
        ]
        office = self._office_report(period).with_user(self.manager)
        office.write({"signer_title": "CHÁNH VĂN PHÒNG", "signer_name": "Lê Thị B"})
        with self._on("2026-05-20"):
            office.action_submit()
        reports.append(office)
        with self._on("2026-05-20"):
            before = [self._files(report) for report in reports]
            for report in reports:
                self._check_same(report)
        with self._on("2026-06-10"):
            self.made["waiting"].result_ids.with_user(self.specialist).action_accept()
            self._assign("2026-06-09", "adhoc", [self.finance], "2026-06-20", count=3)
            self.env["task.report.template"].with_user(self.manager).create(
                {"file": base64.b64encode(with_paragraph("Mẫu mới"))}
            )
            self.finance.name = "Sở Tài chính và Kế hoạch"
            self.env.company.name = "Tên khác"
            self.env.flush_all()
            self.env.invalidate_all()
            for report, files in zip(reports, before, strict=True):
                after = self._files(report)
                for ending, content in files.items():
                    self.assertEqual(after[ending], content, (report.id, ending))
            draft = self._report(period, self.finance).action_correct("Nhầm")
            self.assertIn("Mẫu mới", lines(opened(draft._docx())))

    def test_signature(self):
        """The signer, the number and the day of a report that was sent are printed in
        both documents."""
        report = self._report(self._open_may(), self.ward)
        report = report.with_user(self.heads[self.ward])
        report.write(
            {
                "reference": "05/BC-UBND",
                "signer_title": "CHỦ TỊCH",
                "signer_name": "Trần Văn C",
                "addressee": "Văn phòng Ủy ban nhân dân tỉnh",
            }
        )
        self._send(report.period_id, self.ward, "2026-05-18")
        files = self._files(report)
        document = opened(files["docx"])
        cells = [
            cell.text
            for table in document.tables[:-1]
            for row in table.rows
            for cell in row.cells
        ]
        pdf = PdfReader(io.BytesIO(files["pdf"])).pages[0].extract_text()
        pdf += PdfReader(io.BytesIO(files["pdf"])).pages[1].extract_text()
        for text in ("Số: 05/BC-UBND", "ngày 18 tháng 5 năm 2026", "CHỦ TỊCH"):
            self.assertTrue(any(text in cell for cell in cells), text)
            self.assertIn(text, " ".join(pdf.split()))
        self.assertTrue(any("Trần Văn C" in cell for cell in cells))
        self.assertFalse(any("Ký, đóng dấu" in cell for cell in cells))
        self.assertNotIn("Ký, đóng dấu", pdf)
        self.assertIn("Kính gửi: Văn phòng Ủy ban nhân dân tỉnh", lines(document))

    def test_explanations(self):
        """What the agency wrote on a task is printed in its row, and on an undated
        one in the list of those outside."""
        report = self._send(self._open_may(), self.finance)
        document = opened(report._docx())
        late = next(row for row in task_rows(document) if row[2] == "=1+1")
        self.assertIn("Chờ ý kiến của bộ chủ quản", late[9])
        outside = document.tables[1].rows[1].cells
        self.assertEqual(outside[3].text, "Chờ ý kiến của bộ chủ quản")

    def test_published_to_an_agency(self):
        """An agency that reads the province's report gets its own rows in each file,
        and no file of another agency."""
        period = self._open_may()
        theirs = self._send(period, self.finance)
        office = self._office_report(period).with_user(self.manager)
        with self._on("2026-05-20"):
            office.action_submit()
            office.action_publish()
            mine = office.with_user(self.heads[self.ward])
            files = self._files(mine)
        leads = {row[3] for row in task_rows(opened(files["docx"]))}
        self.assertEqual(leads, {self.ward.name})
        for ending in ("docx", "xlsx"):
            self.assertNotIn(
                self.finance.name, str(self._read({ending: files[ending]})[ending][1])
            )
        with self.assertRaises(AccessError):
            theirs.with_user(self.heads[self.ward])._docx()

    def test_report_in_words(self):
        """The report on carrying out the regulation is its text: no figures, no list,
        in Word the template of its own."""
        period = self._open_may()
        report = self._office_report(period)
        report.period_id.sudo().topic = "regulation"
        report = report.with_user(self.manager)
        report.write({"causes": "Kết quả triển khai\nTồn tại", "difficulties": "Vốn"})
        own = with_paragraph("Mẫu riêng")
        self.env["task.report.template"].with_user(self.manager).create(
            {"name": "Mẫu", "file": base64.b64encode(own), "kind": "text"}
        )
        document = opened(report._docx())
        told = lines(document)
        self.assertIn("Mẫu riêng", told)
        self.env["task.report.template"].search(
            [("company_id", "!=", False)]
        ).active = False
        document = opened(report._docx())
        told = lines(document)
        for text in ("Kết quả triển khai", "Tồn tại", "Vốn"):
            self.assertIn(text, told)
        self.assertFalse([line for line in told if line.startswith("Số liệu")])
        self.assertEqual(len(document.tables), 2)
        self.assertEqual(len(document.sections), 1)
        pdf, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.manager)
            .with_context(force_report_rendering=True)
            ._render_qweb_pdf("task_reports.report_task_report", report.ids)
        )
        pages = PdfReader(io.BytesIO(pdf)).pages
        text = pages[0].extract_text()
        self.assertEqual(len(pages), 1)
        self.assertIn("Tình hình, kết quả thực hiện Quy chế", text)
        self.assertIn("Kết quả triển khai", text)
        self.assertNotIn("Phụ lục II", text)

    def test_names_of_files(self):
        """“Báo cáo tháng 5 năm 2026 - Sở Tài chính”."""
        report = self._report(self._open_may(), self.finance)
        self.assertEqual(report._file_name(), "Báo cáo tháng 5 năm 2026 - Sở Tài chính")

    def test_template_is_not_chosen_by_hand(self):
        """The template of what was sent is written by nobody."""
        report = self._report(self._open_may(), self.ward)
        template = report.env["task.report.template"]._current()
        with self.assertRaises(AccessError):
            report.with_user(self.heads[self.ward]).template_id = template
        sent = self._send(report.period_id, self.ward)
        with self.assertRaises(UserError):
            sent.sudo().template_id = False


@tagged("post_install", "-at_install")
class TestReportDownload(FilesCase, HttpCase):
    """The routes, with the rights of the reader."""

    def enter_registry_test_mode(self):
        """An HttpCase is in it already."""
        return nullcontext()

    def test_routes(self):
        """Who reads the report downloads it; nobody else does."""
        report = self._send(self._open_may(), self.finance)
        for user, status in ((self.officer, 200), (self.heads[self.ward], 403)):
            self.authenticate(user.login, user.login)
            for ending in ("docx", "xlsx"):
                answer = self.url_open(f"/task_reports/report/{report.id}.{ending}")
                self.assertEqual(answer.status_code, status, ending)
        self.authenticate(self.officer.login, self.officer.login)
        answer = self.url_open(report.with_user(self.officer).action_word()["url"])
        self.assertIn("S%E1%BB%9F", answer.headers["Content-Disposition"])
        self.assertEqual(answer.content, report.with_user(self.officer)._docx())
        missing = self.url_open(f"/task_reports/report/{report.id + 9999}.docx")
        self.assertEqual(missing.status_code, 404)

    def test_buttons(self):
        """The form's buttons give the files of the report."""
        report = self._report(self._open_may(), self.finance).with_user(self.officer)
        self.assertEqual(
            report.action_export()["url"], f"/task_reports/report/{report.id}.xlsx"
        )
        printed = report.action_print()
        self.assertEqual(printed["report_name"], "task_reports.report_task_report")
        self.assertEqual(printed["pdf_engine"], "weasyprint")
