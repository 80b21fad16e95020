# SPDX-License-Identifier: LGPL-3.0-or-later
from unittest.mock import patch

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .sent_common import SentCase


@tagged("post_install", "-at_install")
class TestReportTogether(SentCase):
    """What the Office compiles where agencies change, or only some are asked."""

    def _succeed(self, on, day, predecessor, successor):
        with self._on(on):
            succession = (
                self.env["task.succession"]
                .with_user(self.manager)
                .create(
                    {
                        "predecessor_ids": [Command.set(predecessor.ids)],
                        "successor_id": successor.id,
                        "day": day,
                        "reference": "12/NQ-HĐND",
                        "reason": "Hợp nhất",
                    }
                )
            )
            succession.action_record()
        self.env.flush_all()
        self.env.invalidate_all()

    def _compiled(self, period, day):
        report = self._report(period, self.env["res.partner"])
        with self._on(day):
            sheet = report.with_user(self.manager)._sheet()
            return sheet, [row.assignment_id for row in sheet.rows()]

    def _ids(self, report):
        return {row.assignment_id for row in report._sheet().rows()}

    def test_succession_recorded_after_the_report(self):
        """Finance sent its report; the merger of 12 May was recorded on the 18th. Its
        tasks are in its report and, since then, the health department's: the Office
        counts each once, before and after the latter sends."""
        period = self._open_may()
        finance = self._ids(self._send(period, self.finance))
        self.assertTrue(finance)
        whole, _ids = self._compiled(period, "2026-05-18")
        self._succeed("2026-05-18", "2026-05-12", self.finance, self.health)
        for sends in (False, True):
            if sends:
                health = self._send(period, self.health, "2026-05-18")
                self.assertTrue(finance & self._ids(health))
            sheet, ids = self._compiled(period, "2026-05-18")
            self.assertEqual(len(ids), len(set(ids)), sends)
            self.assertEqual(sheet.figures.count("total"), len(ids))
            self.assertEqual(
                sheet.figures.count("total"), whole.figures.count("total"), sends
            )

    def _asked(self, agencies, send_on="2026-05-18"):
        with self._on("2026-05-10"):
            period = (
                self.env["task.report.period"]
                .with_user(self.manager)
                .create(
                    {
                        "title": "Báo cáo đột xuất",
                        "date_from": "2026-04-15",
                        "date_to": "2026-05-14",
                        "asked_send_on": send_on,
                        "asked_compile_on": "2026-05-20",
                        "agency_ids": [Command.set(agencies.ids)],
                    }
                )
            )
            period.action_open()
        return self.env["task.report.period"].browse(period.id)

    def test_undated_tasks_of_who_is_asked(self):
        """An ad hoc report of the ward names no undated task of another agency; that
        of the finance department names its own."""
        for agency, number in ((self.ward, 0), (self.finance, 1)):
            sheet, _ids = self._compiled(self._asked(agency), "2026-05-15")
            self.assertEqual(len(sheet.outside), number, agency.name)

    def test_figures_of_days_to_come(self):
        """Asked for before their last day, they would call overdue on the 12th what
        falls due on the 13th: no such report is asked for."""
        with self.assertRaisesRegex(ValidationError, "on or after the last day"):
            self._asked(self.ward, send_on="2026-05-12")
        self.assertTrue(self._asked(self.ward, send_on="2026-05-14"))

    def test_asked_of_an_agency_that_was_merged(self):
        """Who takes the place of an agency asked before the last day reports for it."""
        period = self._asked(self.finance)
        self._succeed("2026-05-12", "2026-05-12", self.finance, self.health)
        self._open_may("2026-05-13")
        self.assertEqual(period.report_ids.filtered("agency_id").agency_id, self.health)
        _sheet, ids = self._compiled(period, "2026-05-14")
        self.assertTrue(ids)

    def test_a_period_that_cannot_be_opened(self):
        """It stops no other one."""
        model = self.env.registry["task.report.period"]
        opened, refused = model._open, []

        def _open(periods):
            if not refused:
                refused.append(periods.window_id)
                raise UserError(str(periods))
            return opened(periods)

        with (
            patch.object(model, "_open", _open),
            mute_logger("odoo.addons.task_reports.models.task_report_period_job"),
            self._on("2026-12-05"),
            self.enter_registry_test_mode(),
        ):
            self.env.ref("task_reports.cron_report_open").method_direct_trigger()
        self.env.invalidate_all()
        found = self.env["task.report.period"].search(
            [("company_id", "=", self.env.company.id)]
        )
        self.assertTrue(refused)
        self.assertTrue(found)
