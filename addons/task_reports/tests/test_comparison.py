# SPDX-License-Identifier: LGPL-3.0-or-later
import io

from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, freeze_time, tagged

from .sent_common import SentCase

#: Three in the afternoon of the last day of May's figures, here.
AFTERNOON = "2026-05-14 08:00:00"


@tagged("post_install", "-at_install")
class TestComparison(SentCase):
    """As it was known when the report was sent, beside as it is known now: every
    difference is explained (DOMAIN section 3: “as known at m”)."""

    def setUp(self):
        super().setUp()
        self.period = self._open_may()

    def _compare(self, report, user=None, day="2026-05-25"):
        """The comparison opened by the button of the report."""
        with self._on(day):
            report = report.with_user(user or self.manager)
            action = report.action_compare()
            return (
                self.env[action["res_model"]]
                .with_user(report.env.user)
                .browse(action["res_id"])
            )

    def _line(self, comparison, code):
        line = comparison.line_ids.filtered(lambda one: one.code == code)
        return line.then, line.now, line.difference

    def _send_on_last_day(self, agency):
        """Sent at ten on 14 May: the day is not over."""
        return self._send(self.period, agency, "2026-05-14")

    def test_nothing_differs(self):
        """What was recorded since belongs to later days: it says so."""
        report = self._send(self.period, self.health)
        with self._on("2026-05-19"):
            self.made["waiting"].result_ids.with_user(self.specialist).action_accept()
        comparison = self._compare(report)
        self.assertFalse(comparison.row_ids)
        self.assertEqual(comparison.row_count, 0)
        self.assertFalse(any(comparison.line_ids.mapped("difference")))
        self.assertEqual(self._line(comparison, "total"), (2, 2, 0))

    def test_late_confirmation(self):
        """Confirmed in the afternoon, after the report was sent: from open, waiting, to
        completed on time (handed in on its deadline)."""
        report = self._send_on_last_day(self.health)
        with freeze_time(AFTERNOON):
            self.made["waiting"].result_ids.with_user(self.specialist).action_accept()
        comparison = self._compare(report)
        self.assertEqual(self._line(comparison, "completed_on_time"), (0, 1, 1))
        self.assertEqual(self._line(comparison, "open_in_time"), (1, 0, -1))
        self.assertEqual(self._line(comparison, "waiting"), (1, 0, -1))
        row = comparison.row_ids
        self.assertEqual(row.assignment_id, self.made["waiting"])
        self.assertEqual(row.fact_ids.mapped("kind"), ["confirmed"])
        self.assertIn("Result confirmed", row.why)
        self.assertIn(self.specialist.name, row.why)
        self.assertIn("Moved from line to line", row.what)

    def test_extension(self):
        """Granted in the afternoon: from overdue to extended, with another deadline."""
        overdue = self._of(self.made["three"], self.health)
        extension = self._submit(
            "2026-05-13", "task.extension", overdue, new_deadline="2026-05-30"
        )
        report = self._send_on_last_day(self.health)
        with freeze_time(AFTERNOON):
            extension.with_user(self.chairman).action_accept()
        comparison = self._compare(report)
        self.assertEqual(self._line(comparison, "open_overdue"), (1, 0, -1))
        self.assertEqual(self._line(comparison, "open_extended"), (0, 1, 1))
        row = comparison.row_ids
        self.assertEqual(row.fact_ids.mapped("kind"), ["extension_approved"])
        self.assertEqual(str(row.then_deadline), "2026-05-10")
        self.assertEqual(str(row.now_deadline), "2026-05-30")
        self.assertIn("Another deadline", row.what)

    def test_backdated_withdrawal(self):
        """Withdrawn on 12 May, entered on the 18th: it went out, entered later."""
        report = self._send(self.period, self.health)
        three = self._of(self.made["three"], self.health)
        with self._on("2026-05-18"):
            three.with_user(self.manager).withdraw(
                "Giao nhầm", day="2026-05-12", reference="9/UBND"
            )
        comparison = self._compare(report)
        self.assertEqual(self._line(comparison, "total"), (2, 1, -1))
        row = comparison.row_ids
        self.assertEqual((row.now, row.what), ("", "Counted then, not now"))
        self.assertIn("entered later", row.why)
        self.assertIn("Giao nhầm", row.why)

    def test_backdated_result(self):
        """A result on paper of 14 May that the Office enters on the 18th: it waits."""
        report = self._send(self.period, self.ward)
        task = self.made["last day"]
        with self._on("2026-05-18"):
            result = (
                self.env["task.result"]
                .with_user(self.specialist)
                .create(
                    {
                        "assignment_id": task.id,
                        "text": "Văn bản giấy",
                        "happened_on": "2026-05-14",
                    }
                )
            )
            result.action_submit()
        comparison = self._compare(report)
        self.assertEqual(self._line(comparison, "waiting"), (0, 1, 1))
        row = comparison.row_ids
        self.assertEqual(row.assignment_id, task)
        self.assertIn("handed_in", row.fact_ids.mapped("kind"))
        self.assertIn("entered later", row.why)

    def test_correction(self):
        """A wrongly entered deadline corrected on the 18th holds for every day: carried
        over in time, completed on time."""
        report = self._send(self.period, self.finance)
        task = self.made["late"].with_user(self.manager)
        with self._on("2026-05-18"):
            task.correct(task.fact_ids[:1], "Nhập nhầm hạn", deadline="2026-04-30")
        comparison = self._compare(report)
        self.assertEqual(self._line(comparison, "completed_late"), (1, 0, -1))
        self.assertEqual(self._line(comparison, "carried_overdue"), (1, 0, -1))
        self.assertEqual(self._line(comparison, "completed"), (3, 3, 0))
        changed = comparison.line_ids.filtered("changed").mapped("code")
        self.assertEqual(
            set(changed),
            {
                "carried_in_time",
                "carried_overdue",
                "completed_on_time",
                "completed_late",
            },
        )
        row = comparison.row_ids
        self.assertIn("Correction of “Assigned 01/04/2026”", row.why)
        self.assertIn("Nhập nhầm hạn", row.why)
        # the number leads to the task
        line = comparison.line_ids.filtered(lambda one: one.code == "completed_late")
        action = line.action_open()
        found = self.env[action["res_model"]].browse(action.get("res_id"))
        self.assertEqual(found or row, row)
        self.assertEqual(row.action_open_assignment()["res_id"], task.id)

    def test_succession(self):
        """BG Đ24: recorded on the 18th for 10 May, the successor carries what the
        agency reported; the Office is told by the fact, the successor reported less."""
        report = self._send(self.period, self.ward)
        other = self._send(self.period, self.health)
        with self._on("2026-05-18"):
            succession = (
                self.env["task.succession"]
                .with_user(self.manager)
                .create(
                    {
                        "predecessor_ids": [Command.set(self.ward.ids)],
                        "successor_id": self.health.id,
                        "day": "2026-05-10",
                        "reference": "1/NQ",
                        "reason": "Sáp nhập",
                    }
                )
            )
            succession.action_record()
        comparison = self._compare(report)
        self.assertEqual(self._line(comparison, "total")[1], 0)
        for row in comparison.row_ids:
            self.assertIn("Taken over by a successor", row.why)
        came = self._compare(other).row_ids
        self.assertEqual(set(came.mapped("what")), {"Counted now, not then"})

    def test_source_entered_anew(self):
        """What no fact tells is explained by its cause: the directive's source."""
        report = self._send(self.period, self.health)
        self.made["waiting"].document_id.sudo().source = "adhoc"
        row = self._compare(report).row_ids
        self.assertEqual(row.why, "The source of the directive was entered anew.")
        self.assertFalse(row.fact_ids)

    def test_the_offices_report(self):
        """Compiled from reports that were frozen before: what was recorded between an
        agency's sending and the Office's is a difference, and explained."""
        self._send(self.period, self.finance)
        task = self.made["late"].with_user(self.manager)
        with self._on("2026-05-18"):
            task.correct(task.fact_ids[:1], "Nhập nhầm hạn", deadline="2026-04-30")
        office = self.period.report_ids.filtered(lambda one: not one.agency_id)
        with self._on("2026-05-20"):
            office.with_user(self.manager).action_submit()
        comparison = self._compare(office)
        row = comparison.row_ids
        self.assertEqual(row.assignment_id, self.made["late"])
        self.assertIn("Nhập nhầm hạn", row.why)
        self.assertEqual(self._line(comparison, "completed_late"), (1, 0, -1))

    def test_who_compares(self):
        """Who sees every task counted: the agency, the Office, the leaders; not another
        agency, nor one that reads what the province published."""
        report = self._send(self.period, self.ward)
        office = self.period.report_ids.filtered(lambda one: not one.agency_id)
        with self._on("2026-05-20"):
            office.with_user(self.manager).action_submit()
            office.with_user(self.chairman).action_publish()
        for user in (self.heads[self.ward], self.specialist, self.chairman):
            self.assertTrue(report.with_user(user).can_compare)
            self.assertFalse(self._compare(report, user).row_ids)
        for one, user in (
            (report, self.heads[self.health]),
            (office, self.heads[self.ward]),
        ):
            with self.assertRaises(AccessError):
                self._compare(one, user)
        self.assertFalse(office.with_user(self.heads[self.ward]).can_compare)
        draft = self._report(self.period, self.health)
        with self.assertRaises(UserError):
            self._compare(draft)

    def test_ones_own_only(self):
        """Nobody reads the comparison another user made."""
        comparison = self._compare(self._send(self.period, self.ward))
        for records in (comparison, comparison.line_ids):
            with self.assertRaises(AccessError):
                records.with_user(self.heads[self.health]).read()

    def test_queries(self):
        """The same number of queries for one difference and for three."""
        report = self._send(self.period, self.finance)
        three = self._of(self.made["three"], self.finance)
        counts = []
        for day, wrong in (("16", ["late"]), ("18", ["in time", "three"])):
            with self._on(f"2026-05-{day}"):
                for name in wrong:
                    task = three if name == "three" else self.made[name]
                    task = task.with_user(self.manager)
                    task.correct(task.fact_ids[:1], "Nhầm", deadline="2026-04-25")
            self._compare(report)  # warms the caches of the registry up
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            comparison = self._compare(report)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(len(comparison.row_ids), 1 if day == "16" else 3)
        self.assertEqual(*counts)


@tagged("post_install", "-at_install")
class TestComparisonWorkbook(HttpCase, SentCase):
    """The comparison as a workbook, for who made it."""

    def test_workbook(self):
        """The same numbers and reasons as on the screen; "=1+1" stays text; another
        user is refused."""
        period = self._open_may()
        report = self._send(period, self.finance)
        task = self.made["late"].with_user(self.manager)
        self.assertEqual(task.task_id.name, "=1+1")
        with self._on("2026-05-18"):
            task.correct(task.fact_ids[:1], "Nhập nhầm hạn", deadline="2026-04-30")
        with self._on("2026-05-25"):
            action = report.with_user(self.manager).action_compare()
        comparison = self.env[action["res_model"]].browse(action["res_id"])
        comparison = comparison.with_user(self.manager)
        address = comparison.action_export()["url"]
        self.env.flush_all()
        self.authenticate(self.manager.login, self.manager.login)
        answer = self.url_open(address)
        self.assertEqual(answer.status_code, 200)
        book = load_workbook(io.BytesIO(answer.content))
        lines = list(book["Theo từng dòng"].iter_rows(min_row=5, values_only=True))
        told = comparison.line_ids
        self.assertEqual([row[0] for row in lines], told.mapped("name"))
        self.assertEqual([row[3] for row in lines], told.mapped("difference"))
        (row,) = book["Chênh lệch"].iter_rows(min_row=5)
        self.assertEqual((row[0].value, row[0].data_type), ("=1+1", "s"))
        self.assertEqual(str(row[5].value.date()), "2026-04-10")
        self.assertIn("Nhập nhầm hạn", row[7].value)
        other = self.heads[self.health]
        self.authenticate(other.login, other.login)
        self.assertEqual(self.url_open(address).status_code, 403)
