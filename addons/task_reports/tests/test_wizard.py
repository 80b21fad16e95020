# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from odoo.addons.task_reports.logic.form import FORM, NOTES

from .common import APRIL, MAY, HistoryCase


@tagged("post_install", "-at_install")
class TestWizard(HistoryCase):
    """The report on screen, from the choice of a period to the list behind a number."""

    def test_opens_on_the_month_to_report(self):
        """The last closed month, counted by the province's date, not by UTC's."""
        for moment, month in (
            ("2026-05-14 16:30:00", "4"),  # 23:30 of the 14th in the province
            ("2026-05-14 17:30:00", "5"),  # 00:30 of the 15th
        ):
            with freeze_time(moment):
                form = Form(self.env["task.report.wizard"].with_user(self.manager))
                self.assertEqual((form.year, form.month), (2026, month))
        self.assertEqual((form.date_from, form.date_to), MAY)
        self.assertFalse(form.problem)

    def test_same_lines_as_the_form(self):
        """Every line of the form in its order, with the figures of the engine."""
        figures = self._figures(MAY)
        shown = self._wizard().figures
        self.assertEqual(
            [line["label"] for line in shown["lines"]], [line.text for line in FORM]
        )
        for line in (*shown["lines"], *shown["notes"]):
            if line["code"]:
                self.assertEqual(line["count"], figures.count(line["code"]))
                self.assertEqual(line["tasks"], figures.tasks(line["code"]))
        self.assertEqual(
            [rate["text"] for rate in shown["rates"]], ["60,0 %", "66,7 %", "40,0 %"]
        )

    def test_changes_as_one_chooses(self):
        """Another period or agency shows its figures at once, before any saving."""
        form = Form(self.env["task.report.wizard"].with_user(self.manager))
        self.assertEqual(self._count(form.figures, "total"), 8)
        form.month = "4"
        self.assertEqual(self._count(form.figures, "total"), 4)
        form.agency_id = self.health
        self.assertEqual(self._count(form.figures, "total"), 1)
        self.assertFalse(form.figures["agencies"])
        form.agency_id = self.env["res.partner"]
        form.kind = "free"
        self.assertTrue(form.problem)
        form.free_from, form.free_to = date(2026, 3, 15), date(2026, 5, 14)
        self.assertFalse(form.problem)
        self.assertEqual(self._count(form.figures, "total"), 9)

    def _count(self, figures, code):
        return next(line["count"] for line in figures["lines"] if line["code"] == code)

    def test_by_agency(self):
        """Departments before wards, each by name, with what the form says of it."""
        rows = self._wizard().figures["agencies"]
        self.assertEqual(
            [row["name"] for row in rows],
            [self.finance.name, self.health.name, self.ward.name],
        )
        self.assertEqual([row["counts"]["total"] for row in rows], [4, 2, 2])

    def test_a_number_opens_its_list(self):
        """The action lists exactly the assignments counted, of all or of one agency."""
        wizard = self._wizard()
        overdue = wizard.action_open_line("open_overdue")
        found = self.env["task.assignment"].search(overdue["domain"])
        three = self.made["three"]
        self.assertEqual(
            found, self._of(three, self.health) + self._of(three, self.ward)
        )
        self.assertEqual(overdue["res_model"], "task.assignment")
        of_ward = wizard.action_open_line("open_overdue", self.ward.id)
        self.assertEqual(
            self.env["task.assignment"].search(of_ward["domain"]),
            self._of(three, self.ward),
        )
        self.assertIn(self.ward.name, of_ward["name"])

    def test_every_line_opens(self):
        """No line of the form or of the note is a dead end."""
        wizard = self._wizard()
        figures = self._figures(MAY)
        for line in (*FORM, *NOTES):
            if line.code:
                domain = wizard.action_open_line(line.code)["domain"]
                self.assertEqual(
                    self.env["task.assignment"].search_count(domain),
                    figures.count(line.code),
                )

    def test_unknown_line(self):
        """A line the form does not have is refused, not counted as empty."""
        with self.assertRaises(ValidationError):
            self._wizard().action_open_line("1=1")

    def test_what_cannot_be_counted_is_said(self):
        """Each impossible choice is told on screen and refused by every button."""
        for vals in (
            {"month": "3"},  # ended on 14/3, before the regulation took effect
            {"month": "7"},  # begins on 15/6, today is 20/5
            {"kind": "half_year", "half": "2"},  # Khánh Hòa reports the first half
            {"kind": "free"},
            {"kind": "free", "free_from": "2026-05-02", "free_to": "2026-05-01"},
            {"year": 26},
        ):
            wizard = self._wizard(**vals)
            self.assertTrue(wizard.problem, vals)
            self.assertFalse(wizard.figures)
            for button in (wizard.action_print, wizard.action_export):
                with self.assertRaises(UserError):
                    button()
            with self.assertRaises(UserError):
                wizard.action_open_line("total")

    def test_first_period_of_the_regulation(self):
        """A period exists when its last day is on or after the day of effect."""
        wizard = self._wizard(month="4")
        self.assertFalse(wizard.problem)
        self.assertEqual((wizard.date_from, wizard.date_to), APRIL)

    def test_a_regulation_without_such_a_report(self):
        """Without a window of the kind there is none to report on."""
        self.env.ref("task_reports.window_khanh_hoa_quarter").unlink()
        self.assertTrue(self._wizard(kind="quarter", quarter="2").problem)

    def test_a_period_that_is_not_over(self):
        """It is counted to the end of today; what is due later is not overdue yet."""
        wizard = self._wizard(month="6")
        self.assertEqual(wizard.date_to, date(2026, 6, 14))
        self.assertEqual(wizard.counted_to, date(2026, 5, 20))
        # Due on 20/5, the very day: in time today, overdue if counted to 14/6.
        self.assertEqual(self._count(wizard.figures, "open_overdue"), 2)
        self.assertEqual(self._count(wizard.figures, "open_in_time"), 3)

    def test_addressee(self):
        """An agency reports to the Office, the Office to the Committee; the words may
        be changed."""
        wizard = self._wizard()
        self.assertEqual(wizard.addressee, self.env.company.name)
        wizard.agency_id = self.health
        self.assertEqual(wizard.addressee, self.office.name)
        wizard.addressee = "Chủ tịch Ủy ban nhân dân tỉnh"
        self.assertEqual(wizard._sheet().addressee, "Chủ tịch Ủy ban nhân dân tỉnh")

    def test_list_of_phu_luc_2(self):
        """Every counted assignment once, in the group it is counted in at the end."""
        sheet = self._wizard()._sheet()
        listed = list(sheet.rows())
        engine = self.env["task.report.engine"].with_user(self.manager)
        self.assertEqual(
            sorted(row.assignment_id for row in listed),
            engine._counted_ids("total", *MAY),
        )
        self.assertEqual([row.number for row in listed], list(range(1, 9)))
        self.assertEqual([len(group.rows) for group in sheet.groups], [2, 1, 1, 2, 2])

    def test_row_of_an_extended_one(self):
        """First deadline and the date it was extended to stand in their own columns."""
        row = self._row(self.made["extended"])
        self.assertEqual(row.deadline, date(2026, 4, 20))
        self.assertEqual(row.extended_to, date(2026, 5, 20))
        self.assertIn("gia hạn", row.status)

    def test_row_of_a_late_one(self):
        """How late it was handed in, and that it was carried overdue."""
        row = self._row(self.made["late"])
        self.assertEqual(row.deadline, date(2026, 4, 10))
        self.assertFalse(row.extended_to)
        self.assertEqual(
            row.status,
            "Hoàn thành 20/04/2026, quá hạn 10 ngày. Kỳ trước chuyển sang (quá hạn).",
        )

    def test_row_tells_nothing_after_the_window(self):
        """A result handed in after the window's end is not in its list."""
        april = self._wizard(month="4")
        row = self._row(self.made["late"], april)
        self.assertEqual(row.result, "")
        self.assertIn("Quá hạn 4 ngày", row.status)
        self.assertEqual(self._row(self.made["late"]).result, "Nội dung")

    def test_row_names_the_supports(self):
        """The supporting agencies stand beside the lead."""
        row = self._row(self.made["in time"])
        self.assertEqual((row.lead, row.support), (self.finance.name, self.health.name))
        self.assertEqual(row.reply_date, date(2026, 4, 27))

    def _row(self, assignment, wizard=None):
        rows = (wizard or self._wizard())._sheet().rows()
        return next(row for row in rows if row.assignment_id == assignment.id)

    def test_tasks_outside_the_register(self):
        """The undated ones are listed for their agency and are in no figure."""
        self.assertEqual(len(self.outside), 1)
        self.assertFalse(self.outside.assignment_ids)
        sheet = self._wizard(self.heads[self.finance])._sheet()
        self.assertEqual([row.content for row in sheet.outside], [self.outside.name])
        self.assertFalse(self._wizard(agency_id=self.health.id)._sheet().outside)
        self.assertFalse(self._wizard(month="4")._sheet().outside)

    def test_queries_do_not_grow(self):
        """The whole sheet takes as many queries for 8 assignments as for 48."""
        self._queries()  # warms the caches
        few = self._queries()
        self._assign("2026-05-02", "adhoc", [self.health], "2026-05-09", count=40)
        self.env.flush_all()
        self.assertEqual(self._queries(), few)

    def _queries(self):
        wizard = self._wizard()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.assertTrue(list(wizard._sheet().rows()))
        return self.env.cr.sql_log_count - before
