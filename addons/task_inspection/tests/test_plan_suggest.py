# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.fields import Date
from odoo.tests import tagged

from .test_plan import PlanCase

#: The wizard's window on 4 May 2026: twelve months up to that day.
WINDOW = (Date.to_date("2025-05-05"), Date.to_date("2026-05-04"))


# after the installation: periodic reports are counted where they are installed
@tagged("-at_install", "post_install")
class TestPlanSuggest(PlanCase):
    """Agencies suggested from a month of work that was worked out by hand:

    ============  ==================  =======  ==================
    agency        overdue (open now)  refused  last inspection
    ============  ==================  =======  ==================
    finance       2 (2)               0        never
    building      1 (0)               1        never
    ward          1 (1)               0        never
    agriculture   1 (1)               0        ended 2 April 2026
    branch        0                   0        never
    ============  ==================  =======  ==================

    The Office led an overdue task as well: it is never suggested.
    """

    def setUp(self):
        super().setUp()
        self._released(lead=self.finance)
        self._released(lead=self.finance)
        late = self._released(lead=self.building)
        refused = self._released(lead=self.building, deadline="2026-12-31")
        self._released(lead=self.agriculture)
        self._released(lead=self.ward)
        self._released(lead=self.branch, deadline="2026-12-31")
        self._released(lead=self.office)
        inspection = self._issued(subjects=self.agriculture)
        self._move_to("2026-04-02 02:00:00")
        inspection.with_user(self.manager).action_end("2026-04-02")
        self._move_to("2026-04-15 02:00:00")
        result = self._hand_in(late, user=self.building_head)
        result.with_user(self.specialist).action_accept()
        self._move_to("2026-04-20 02:00:00")
        result = self._hand_in(refused, user=self.building_head)
        result.with_user(self.specialist).answer = "Chưa đạt yêu cầu"
        result.with_user(self.specialist).action_refuse()
        self._move_to("2026-05-04 02:00:00")

    def _wizard(self, plan, **vals):
        wizards = self.env["task.inspection.suggest"].with_user(self.specialist)
        return wizards.create({"plan_id": plan.id, **vals})

    def _ranked(self, plan):
        return [
            (
                self.env["res.partner"].browse(row["agency_id"]),
                row["overdue"],
                row["overdue_open"],
                row["refused"],
                row["inspected_on"] and str(row["inspected_on"]),
            )
            for row in plan._suggestions(*WINDOW)
        ]

    def test_ranked(self):
        """Overdue first, then refused, then the longest without an inspection."""
        self.assertEqual(
            self._ranked(self._plan(line_ids=[])),
            [
                (self.finance, 2, 2, 0, False),
                (self.building, 1, 0, 1, False),
                (self.ward, 1, 1, 0, False),
                (self.agriculture, 1, 1, 0, "2026-04-02"),
                (self.branch, 0, 0, 0, False),
            ],
        )

    def test_window(self):
        """What was completed late or refused before the window counts no more."""
        plan = self._plan(line_ids=[])
        window = Date.to_date("2026-05-01"), WINDOW[1]
        rows = {row["agency_id"]: row for row in plan._suggestions(*window)}
        self.assertEqual(rows[self.building.id]["overdue"], 0)
        self.assertEqual(rows[self.building.id]["refused"], 0)
        self.assertEqual(rows[self.finance.id]["overdue"], 2)

    def test_reason_in_words(self):
        """The reason says what the figures are, and when it was inspected."""
        reasons = {
            row["agency_id"]: row["reason"]
            for row in self._plan(line_ids=[])._suggestions(*WINDOW)
        }
        self.assertEqual(
            reasons[self.building.id],
            "1 tasks overdue (0 not completed); 1 results refused; never inspected",
        )
        self.assertEqual(
            reasons[self.agriculture.id],
            "1 tasks overdue (1 not completed); last inspected on 04/02/2026",
        )

    def test_late_reports(self):
        """Where there are periodic reports, those past due count between what was
        refused and the last inspection: agriculture comes before the ward."""
        has_reports = "task.report" in self.env
        if has_reports:
            periods = self.env["task.report.period"].with_user(self.manager)
            period = periods.create(
                {
                    "title": "Báo cáo phục vụ họp",
                    "date_from": "2026-04-01",
                    "date_to": "2026-05-02",
                    "asked_send_on": "2026-05-04",
                    "asked_compile_on": "2026-05-06",
                    "agency_ids": [Command.set(self.agriculture.ids)],
                }
            )
            period.action_open()
            self._move_to("2026-05-05 02:00:00")
        plan = self._plan(line_ids=[])
        rows = plan._suggestions(*WINDOW)
        late = {row["agency_id"]: row["late_reports"] for row in rows}
        self.assertEqual(late[self.agriculture.id], 1 if has_reports else 0)
        self.assertFalse(late[self.ward.id])
        places = [row["agency_id"] for row in rows]
        before = places.index(self.agriculture.id) < places.index(self.ward.id)
        self.assertEqual(before, has_reports)

    def test_chosen_come_into_the_plan(self):
        """Who is chosen comes into the plan with the days and the reason; it is not
        suggested again."""
        plan = self._plan(line_ids=[])
        wizard = self._wizard(plan, visit_from="2026-06-01", visit_to="2026-06-03")
        self.assertEqual((wizard.date_from, wizard.date_to), WINDOW)
        self.assertEqual(wizard.line_ids.mapped("place"), [1, 2, 3, 4, 5])
        wizard.line_ids[0].is_chosen = True
        wizard.action_add()
        self.assertEqual(plan.line_ids.agency_id, self.finance)
        self.assertEqual(str(plan.line_ids.date_to), "2026-06-03")
        self.assertEqual(
            plan.line_ids.reason, "2 tasks overdue (2 not completed); never inspected"
        )
        self.assertNotIn(self.finance, self._wizard(plan).line_ids.agency_id)

    def test_only_for_a_draft(self):
        """Nobody is suggested for an approved plan, nor to who drafts none."""
        plan = self._plan(self.finance)
        with self.assertRaises(AccessError):
            plan.with_user(self.deputy).action_suggest()
        plan.action_submit()
        with self.assertRaises(UserError):
            plan.action_suggest()
        with self.assertRaises(UserError):
            self._wizard(plan)

    def test_queries_do_not_grow(self):
        """As many queries for thirty agencies more."""

        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            plan._suggestions(*WINDOW)
            return self.env.cr.sql_log_count - before

        plan = self._plan(line_ids=[])
        queries()
        few = queries()
        for number in range(30):
            self._released(lead=self._agency(f"UBND xã {number}", "commune"))
        self.assertEqual(len(plan._suggestions(*WINDOW)), 35)
        self.assertEqual(queries(), few)
