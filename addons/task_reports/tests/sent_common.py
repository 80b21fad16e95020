# SPDX-License-Identifier: LGPL-3.0-or-later
from .common import ReportCase


class SentCase(ReportCase):
    """The history of :class:`ReportCase`, and the reports of May opened and sent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # followed from the start: else the month of May would be before it
        cls.env.company.sudo().task_since = "2026-03-20"
        cls.env["res.partner"].search(
            [("company_id", "=", False), ("is_agency", "=", True)]
        ).task_reports = False
        cls._make_history()

    def _open_may(self, day="2026-05-14"):
        with self._on(day), self.enter_registry_test_mode():
            self.env.ref("task_reports.cron_report_open").method_direct_trigger()
        self.env.invalidate_all()
        return self.env["task.report.period"].search(
            [
                ("company_id", "=", self.env.company.id),
                ("kind", "=", "month"),
                ("number", "=", 5),
            ]
        )

    def _report(self, period, agency):
        return period.report_ids.filtered(lambda one: one.agency_id == agency)

    def _explain(self, report):
        report.reason_ids.reason = "Chờ ý kiến của bộ chủ quản"

    def _send(self, period, agency, day="2026-05-15"):
        report = self._report(period, agency).with_user(self.heads[agency])
        with self._on(day):
            report.action_prepare()
            self._explain(report)
            report.action_submit()
        return report
