# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .sent_common import SentCase


@tagged("post_install", "-at_install")
class TestReport(SentCase):
    """From the opening of a month to its frozen reports (Khánh Hòa Đ20)."""

    def test_periods_open_by_themselves(self):
        """A month opens ten days before the cut-off, with a report for each agency and
        one of the Office; KH Đ20.2–3: due 2 and 5 working days after 14/5/2026 (a
        Thursday): Mon 18/5 and Thu 21/5."""
        period = self._open_may("2026-05-04")
        self.assertEqual(
            (period.date_from, period.date_to), (date(2026, 4, 15), date(2026, 5, 14))
        )
        self.assertEqual(
            period.report_ids.agency_id, self.finance | self.health | self.ward
        )
        self.assertEqual(period.send_due_on, date(2026, 5, 18))
        self.assertEqual(period.compile_due_on, date(2026, 5, 21))

    def test_a_department_does_not_report_to_itself(self):
        """KT Đ1: what stands below a province is its agency, and none of its own; units
        kept as the department's do not report to the province."""
        own = self.env.company.partner_id
        own.sudo().write({"is_agency": True, "agency_kind": "department"})
        self.assertTrue(own.task_reports)
        period = self._open_may("2026-05-04")
        self.assertNotIn(own, period.report_ids.agency_id)
        other = self.env.ref("base.main_company")
        self.assertIn(own, own._reporting_agencies(other, date(2026, 5, 4)))

    def test_not_too_early(self):
        """Eleven days before the cut-off the month is not open yet."""
        self.assertFalse(self._open_may("2026-05-03"))

    def test_opening_again_changes_nothing(self):
        """The job is idempotent."""
        period = self._open_may()
        reports = period.report_ids
        self.assertEqual(self._open_may("2026-05-15"), period)
        self.assertEqual(period.report_ids, reports)

    def test_not_before_the_cut_off(self):
        """The figures run to the end of the 14th: nothing is sent on the 13th."""
        report = self._report(self._open_may("2026-05-13"), self.ward)
        report = report.with_user(self.heads[self.ward])
        with (
            self._on("2026-05-13"),
            self.assertRaisesRegex(UserError, "14/05/2026|05/14"),
        ):
            report.action_submit()

    def test_late_tasks_must_be_explained(self):
        """Đ19.4: finance completed one task late on 22/4; without its reason the report
        is not sent."""
        report = self._report(self._open_may(), self.finance)
        report = report.with_user(self.heads[self.finance])
        with self._on("2026-05-15"):
            report.action_prepare()
            self.assertIn("2_late", report.reason_ids.mapped("why"))
            with self.assertRaises(UserError):
                report.action_submit()
            self._explain(report)
            report.action_submit()
        self.assertEqual(report.state, "submitted")
        self.assertEqual(report.submitted_on, date(2026, 5, 15))
        self.assertFalse(report.is_late)

    def test_undated_task_is_explained_and_printed(self):
        """Đ7.2, Đ9, Đ19.4: the undated task stands after part IV in the agency's
        words."""
        report = self._send(self._open_may(), self.finance)
        self.assertEqual(
            [row.reason for row in report._sheet().outside],
            ["Chờ ý kiến của bộ chủ quản"],
        )

    def test_figures_are_frozen(self):
        """What is recorded after the submission does not change the report."""
        period = self._open_may()
        report = self._send(period, self.health)
        before = (
            report._sheet().head_data(),
            [row.as_data() for row in report._sheet().rows()],
        )
        with self._on("2026-05-19"):
            self.made["waiting"].result_ids.with_user(self.specialist).action_accept()
        self.env.invalidate_all()
        after = (
            report._sheet().head_data(),
            [row.as_data() for row in report._sheet().rows()],
        )
        self.assertEqual(after, before)
        self.assertFalse(report.altered)

    def test_alteration_in_the_database_is_shown(self):
        """A figure, a row, the record, a removed link: each is detected."""
        period = self._open_may()
        reports = [
            self._send(period, one) for one in (self.finance, self.health, self.ward)
        ]
        snapshots = [one.sudo().snapshot_id for one in reports]
        for statement, wrong in (
            (
                "UPDATE task_report_snapshot SET head = replace(head, '2026', '2027')"
                " WHERE id = %s",
                [0],
            ),
            (
                "UPDATE task_report_snapshot_part SET content ="
                " replace(content, '2026', '2025') WHERE snapshot_id = %s",
                [0],
            ),
            ("DELETE FROM task_report_snapshot_part WHERE snapshot_id = %s", [0]),
            # whoever also puts the digests right breaks the next link
            (
                "UPDATE task_report_snapshot SET digest = repeat('0', 64)"
                " WHERE id = %s",
                [0, 1],
            ),
            (
                "UPDATE task_report SET causes = 'khác' WHERE snapshot_id = %s",
                [0],
            ),
        ):
            self.env.flush_all()
            self.env.cr.execute("SAVEPOINT altered")
            self.env.cr.execute(statement, (snapshots[0].id,))
            self.assertTrue(self.env.cr.rowcount, statement)
            self.env.invalidate_all()
            self.assertEqual(
                [nr for nr, one in enumerate(reports) if one.altered], wrong, statement
            )
            self.env.cr.execute("ROLLBACK TO altered")
            self.env.invalidate_all()

    def test_nothing_changes_what_was_sent(self):
        """Not even the system writes a submitted report, nor its snapshot."""
        report = self._send(self._open_may(), self.ward)
        with self.assertRaises(UserError):
            report.sudo().causes = "khác"
        with self.assertRaises(UserError):
            report.sudo().snapshot_id.head = "{}"
        with self.assertRaises(UserError):
            report.sudo().snapshot_id.unlink()
        with self.assertRaises(UserError):
            report.sudo().unlink()

    def test_correction_is_a_new_version(self):
        """A correction names the old report; the first sending decides on lateness."""
        report = self._send(self._open_may(), self.ward)
        with self._on("2026-05-22"):
            new = report.action_correct("Nhầm số liệu")
            new.action_prepare()
            self._explain(new)
            new.action_submit()
        self.assertEqual((new.version, new.replaces_id), (2, report))
        self.assertFalse(new.is_late)
        self.assertTrue(new.is_current)
        self.assertFalse(report.is_current)
        self.assertEqual(report.state, "submitted")
        self.assertFalse(report.altered)

    def test_correction_begun_by_mistake_is_dropped(self):
        """The sent report stands, and another correction can be begun; what was sent
        is not dropped, nor by another agency."""
        report = self._send(self._open_may(), self.ward)
        with self._on("2026-05-22"):
            new = report.action_correct("Nhầm")
            with self.assertRaises(AccessError):
                new.with_user(self.heads[self.health]).action_discard()
            new.action_discard()
            self.assertFalse(new.exists())
            self.assertTrue(report.is_current)
            with self.assertRaises(UserError):
                report.action_discard()
            self.assertTrue(report.action_correct("Sai số liệu"))

    def test_late_report(self):
        """Sent on Tue 19/5, a day after its day."""
        report = self._send(self._open_may(), self.ward, "2026-05-19")
        self.assertTrue(report.is_late)
        clock = report.sudo().clock_ids
        self.assertEqual((clock.act, clock.state), ("report_send", "late"))

    def test_officer_fills_in_the_form(self):
        """The form answers while an explanation is written, though nobody reads the
        frozen reports a report is bound to."""
        report = self._report(self._open_may(), self.finance).with_user(self.officer)
        with self._on("2026-05-15"):
            report.action_prepare()
            line = report.reason_ids[0]
            answer = report.onchange(
                {"reason_ids": [[1, line.id, {"reason": "Chờ ý kiến"}]]},
                ["reason_ids"],
                {"reason_ids": {"fields": {"reason": {}}}, "unexplained_count": {}},
            )
        self.assertEqual(
            answer["value"]["unexplained_count"], len(report.reason_ids) - 1
        )

    def test_explanations_are_written_through_the_report(self):
        """As the form does it; no line is added, moved from elsewhere or removed."""
        period = self._open_may()
        mine = self._report(period, self.finance).with_user(self.officer)
        others = self._report(period, self.health)
        with self._on("2026-05-15"):
            mine.action_prepare()
            others.with_user(self.heads[self.health]).action_prepare()
            line, task = mine.reason_ids[0], mine.reason_ids[0].task_id
            mine.write({"reason_ids": [[1, line.id, {"reason": "Chờ ý kiến"}]]})
            self.assertEqual(line.reason, "Chờ ý kiến")
            vals = {"task_id": task.id, "why": "2_late", "reason": "x"}
            for command in (
                [0, 0, vals],
                [1, line.id, {"task_id": others.reason_ids[:1].task_id.id}],
                [1, others.reason_ids[0].id, {"reason": "x"}],
                [2, line.id],
                [3, line.id],
                [4, others.reason_ids[0].id],
                [5],
                [6, 0, []],
            ):
                with self.assertRaises(UserError, msg=command):  # or AccessError
                    mine.write({"reason_ids": [command]})

    def test_only_the_head_signs(self):
        """An officer drafts, the head sends; another agency does neither."""
        report = self._report(self._open_may(), self.finance)
        with self._on("2026-05-15"):
            mine = report.with_user(self.officer)
            mine.causes = "Nháp"
            with self.assertRaises(AccessError):
                mine.action_submit()
            with self.assertRaises(AccessError):
                report.with_user(self.heads[self.health]).read(["causes"])

    def test_compiled_from_what_was_sent(self):
        """The Office's figures are the sums of the agencies', those that have not sent
        counted as they are known now; who sent what is told."""
        period = self._open_may()
        for agency in (self.finance, self.health):
            self._send(period, agency)
        office = period.report_ids.filtered(lambda one: not one.agency_id)
        with self._on("2026-05-20"):
            sheet = office.with_user(self.manager)._sheet()
            whole = self._figures((date(2026, 4, 15), date(2026, 5, 14)))
            self.assertEqual(sheet.figures.as_data(), whole.as_data())
            self.assertFalse(sheet.figures.broken_identities())
            rows = list(sheet.rows())
            self.assertEqual(len(rows), sheet.row_count)
            self.assertEqual([row.number for row in rows], [*range(1, len(rows) + 1)])
            self.assertEqual(
                {one["name"]: one["state"] for one in sheet.received},
                {
                    "Sở Tài chính": "sent",
                    "Sở Y tế": "sent",
                    "Ủy ban nhân dân phường Nha Trang": "overdue",
                },
            )
            office.with_user(self.manager).action_submit()
        self.assertEqual(office._sheet().figures.as_data(), sheet.figures.as_data())

    def test_published_tells_an_agency_its_own_list(self):
        """Đ18.2: figures of all agencies, the list of one's own tasks."""
        period = self._open_may()
        office = period.report_ids.filtered(lambda one: not one.agency_id)
        head = self.heads[self.ward]
        with self._on("2026-05-20"):
            office.with_user(self.manager).action_submit()
            with self.assertRaises(AccessError):
                office.with_user(head).read(["figures"])
            office.with_user(self.chairman).action_publish()
        sheet = office.with_user(head)._sheet()
        self.assertEqual(len(sheet.agencies), 3)
        self.assertEqual({row.agency_id for row in sheet.rows()}, {self.ward.id})

    def test_nil_report_in_one_click(self):
        """An agency without any task sends a nil report; one with tasks does not."""
        empty = self._agency("Sở Ngoại vụ", "department")
        self.heads[empty] = self._user("head of nothing", "group_agency_head", empty)
        period = self._open_may()
        report = self._report(period, empty).with_user(self.heads[empty])
        with self._on("2026-05-15"):
            report.action_submit_nil()
            self.assertEqual(report.state, "submitted")
            with self.assertRaises(UserError):
                self._report(period, self.ward).with_user(
                    self.heads[self.ward]
                ).action_submit_nil()

    def test_ad_hoc(self):
        """Đ18.4: the Office asks some agencies, with days of its own; late is late."""
        with self._on("2026-05-12"):
            period = (
                self.env["task.report.period"]
                .with_user(self.manager)
                .create(
                    {
                        "title": "Báo cáo phục vụ họp",
                        "date_from": "2026-01-01",
                        "date_to": "2026-05-10",
                        "asked_send_on": "2026-05-13",
                        "asked_compile_on": "2026-05-14",
                        "agency_ids": [(6, 0, self.ward.ids)],
                    }
                )
            )
            period.action_open()
        self.assertEqual(period.report_ids.agency_id, self.ward)
        # Đ20.2, Đ20.3: to whom the periodic ones go too
        of_agency = self._report(period, self.ward)
        self.assertIn("Văn phòng", of_agency.addressee)
        self.assertIn("Chủ tịch", (period.report_ids - of_agency).addressee)
        report = self._send(period, self.ward, "2026-05-14")
        self.assertEqual(report.due_on, date(2026, 5, 13))
        self.assertTrue(report.is_late)
        self.assertEqual(period.compile_due_on, date(2026, 5, 14))
        office = period.report_ids.filtered(lambda one: not one.agency_id)
        with self._on("2026-05-14"):
            sheet = office.with_user(self.manager)._sheet()
        self.assertEqual(sheet.figures.agency_ids, self.ward.ids)

    def test_found_by_its_name(self):
        """A period and its reports are found by the words the forms call them."""
        self._open_may()
        periods = self.env["task.report.period"].with_user(self.manager)
        found = periods.name_search("tháng 5 năm 2026")
        self.assertEqual([name for _id, name in found], ["Báo cáo tháng 5 năm 2026"])

    def test_reports_are_not_made_by_hand(self):
        """Nobody makes a report, changes its state or its day by RPC."""
        period = self._open_may()
        head = self.heads[self.ward]
        with self.assertRaises(AccessError):
            self.env["task.report"].with_user(head).create({"period_id": period.id})
        with self.assertRaises(AccessError):
            self._report(period, self.ward).with_user(head).state = "submitted"
        with self.assertRaises(AccessError):
            self._report(period, self.ward).with_user(head).due_on = "2027-01-01"

    def test_every_number_of_the_reconciliation_opens_its_tasks(self):
        """Both sides of each identity count exactly what they open (DOMAIN: section
        3), on a draft, a frozen report and the Office's."""
        period = self._open_may()
        self._send(period, self.finance)
        office = period.report_ids.filtered(lambda one: not one.agency_id)
        for report in (
            self._report(period, self.finance),
            self._report(period, self.ward),
            office,
        ):
            report = report.with_user(self.manager)
            with self._on("2026-05-20"):
                found = report.reconciliation
                self.assertFalse(found["broken"])
                for row in found["whole"] + found["agencies"]:
                    self._assert_opens(report, row)

    def _assert_opens(self, report, row):
        left = report.action_open_lines(row["left_codes"], row["agency_id"])
        self.assertEqual(len(left["domain"][0][2]), row["left"], row["text"])
        if row["before"]:
            right = report.action_open_before(row["before"])
            # what was withdrawn in the window is among them
            self.assertGreaterEqual(len(right["domain"][0][2]), row["right"])
        else:
            right = report.action_open_lines(row["right_codes"], row["agency_id"])
            self.assertEqual(len(right["domain"][0][2]), row["right"], row["text"])
