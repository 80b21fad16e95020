# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .sent_common import SentCase


@tagged("post_install", "-at_install")
class TestReportDiscrepancy(SentCase):
    """Figures of reports that differ, both ways (KH Đ5.1b, Đ5.2c; BG Đ7; QT Đ9.1)."""

    def setUp(self):
        super().setUp()
        self.period = self._open_may()
        self.report = self._send(self.period, self.finance)
        self.head = self.heads[self.finance]

    def _new(self, report, user, **vals):
        """A discrepancy begun with the button of the report, reported by `user`."""
        action = report.with_user(user).action_new_discrepancy()
        model = self.env["task.discrepancy"].with_user(user)
        with Form(model.with_context(**action["context"])) as form:
            for name, value in {"line_code": "completed", "text": "x", **vals}.items():
                form[name] = value
        form.record.action_submit()
        return form.record

    def _correct_in_ledger(self):
        """A manager corrects after the sending: finance's late task was handed in on
        12 May and not on 20 April (so it is still completed in May)."""
        task = self.made["late"].with_user(self.manager)
        fact = task.fact_ids.filtered(lambda one: one.kind == "released")
        with self._on("2026-05-18"):
            task.correct(fact, "Nhập nhầm hạn", deadline="2026-04-30")

    def test_office_finds_in_an_agencys_report(self):
        """The Office's button on an agency's report: what the report says stands beside
        what the system counts now, 0 completed late of finance after a correction."""
        self._correct_in_ledger()
        with self._on("2026-05-19"):
            found = self._new(self.report, self.specialist, line_code="completed_late")
        self.assertEqual((found.side, found.kind), ("office", "figure"))
        self.assertEqual((found.other_value, found.finder_value), ("1", "0"))
        self.assertEqual(found.agency_id, self.finance)
        self.assertEqual(found.period_id, self.period)
        # both know of it
        for user in (self.specialist, self.head, self.chairman):
            report = self.report.with_user(user)
            self.assertEqual(report.open_discrepancy_count, 1)
        self.assertEqual(self.period.with_user(self.manager).discrepancy_count, 1)
        action = self.period.with_user(self.manager).action_view_discrepancies()
        self.assertEqual(found.search(action["domain"]), found)

    def test_settled_by_a_new_version(self):
        """The agency corrects its report: the new version speaks for itself."""
        with self._on("2026-05-19"):
            found = self._new(self.report, self.specialist)
            answering = found.with_user(self.head)
            with self.assertRaises(UserError):
                answering.action_correct()
            new = self.report.action_correct("Nhầm số liệu")
            new.action_prepare()
            self._explain(new)
            new.action_submit()
            self.assertEqual(answering.new_report_id, new)
            answering.action_correct()
        self.assertEqual(found.state, "corrected")
        self.assertEqual(self.report.open_discrepancy_count, 0)
        self.assertEqual(self.report.discrepancy_count, 1)

    def test_agency_finds_in_the_provinces_figures(self):
        """An agency looks at what the province published: the figure told of it is the
        province's; not published, it is not read."""
        office = self.period.report_ids.filtered(lambda one: not one.agency_id)
        with self._on("2026-05-20"):
            office.with_user(self.manager).action_submit()
            with self.assertRaises(AccessError):
                self._new(office, self.head, finder_value="5")
            office.with_user(self.chairman).action_publish()
            self.assertTrue(office.with_user(self.head).can_report_discrepancy)
            # finance completed three in May: in time, late and one of three
            found = self._new(office, self.head, finder_value="4")
        self.assertEqual((found.side, found.agency_id), ("agency", self.finance))
        self.assertEqual((found.finder_value, found.other_value), ("4", "3"))
        # another agency is not told of it
        ward = office.with_user(self.heads[self.ward])
        self.assertEqual(ward.discrepancy_count, 0)
        self.assertEqual(office.with_user(self.manager).discrepancy_count, 1)

    def test_a_task_of_the_list(self):
        """From a number of the report to the task, and there the button: it is found in
        that report."""
        action = self.report.with_user(self.specialist).action_open_line("completed")
        task = self.made["late"].with_user(self.specialist)
        action = task.with_context(**action["context"]).action_new_discrepancy()
        self.assertEqual(action["context"]["default_report_id"], self.report.id)
        other = self.heads[self.ward]
        action = (
            self.made["last day"]
            .with_user(other)
            .with_context(task_report_id=self.report.id)
            .action_new_discrepancy()
        )
        self.assertNotIn("default_report_id", action["context"])

    def test_only_what_was_submitted(self):
        """A draft is nobody's figure yet, and an agency's report concerns that agency;
        another agency reads neither."""
        draft = self._report(self.period, self.ward)
        self.assertFalse(draft.with_user(self.specialist).can_report_discrepancy)
        vals = {"about": "x", "kind": "figure", "line_code": "total"}
        model = self.env["task.discrepancy"].with_user(self.specialist)
        with self.assertRaises(UserError):
            model.create({**vals, "report_id": draft.id, "agency_id": self.ward.id})
        with self.assertRaises(UserError):
            model.create(
                {**vals, "report_id": self.report.id, "agency_id": self.ward.id}
            )
        with self.assertRaises(AccessError):
            model.with_user(self.heads[self.ward]).create(
                {**vals, "report_id": self.report.id}
            )
        with self.assertRaises(AccessError):
            model.with_user(self.heads[self.ward]).onchange(
                {"report_id": self.report.id, "line_code": "total", "kind": "figure"},
                ["report_id"],
                {"other_value": {}},
            )

    def test_figure_needs_its_line(self):
        """What is said of a figure names the line."""
        one = self.env["task.discrepancy"].with_user(self.specialist)
        one = one.create(
            {
                "about": "x",
                "kind": "figure",
                "agency_id": self.finance.id,
                "finder_value": "1",
                "text": "x",
            }
        )
        with self.assertRaises(UserError):
            one.action_submit()

    def test_unknown_to_the_text(self):
        """Where the text does not know it the button is not there."""
        self.assertTrue(self.report.with_user(self.specialist).can_report_discrepancy)
        rules = self.env.company.regulation_id.rule_ids
        rules.filtered(lambda one: one.act == "discrepancy").stated = "absent"
        self.report.invalidate_recordset(["can_report_discrepancy"])
        self.assertFalse(self.report.with_user(self.specialist).can_report_discrepancy)

    def test_counts_in_one_query(self):
        """The counts of many reports cost one query."""
        reports = self.period.report_ids.with_user(self.manager)
        reports.mapped("state")
        reports.mapped("open_discrepancy_count")
        reports.invalidate_recordset(["open_discrepancy_count", "discrepancy_count"])
        with self.assertQueryCount(1):
            reports.mapped("open_discrepancy_count")
