# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.tests import tagged

from .dossier_common import DossierCase


@tagged("post_install", "-at_install")
class TestDossierReports(DossierCase):
    """Periodic reports stand beside the report sent for the inspection, where
    task_reports keeps them; nothing is missed where it does not."""

    def _sent(self):
        """The report the finance department sent about March 2026, if any."""
        if "task.report" not in self.env:
            return []
        period = (
            self.env["task.report.period"]
            .with_user(self.manager)
            .create(
                {
                    "title": "Báo cáo phục vụ họp",
                    "date_from": "2026-03-01",
                    "date_to": "2026-03-31",
                    "asked_send_on": "2026-04-02",
                    "asked_compile_on": "2026-04-03",
                    "agency_ids": [Command.set((self.finance | self.ward).ids)],
                }
            )
        )
        period.action_open()
        for agency, head in (
            (self.finance, self.finance_head),
            (self.ward, self.ward_head),
        ):
            report = period.report_ids.filtered(
                lambda one, agency=agency: one.agency_id == agency
            ).with_user(head)
            report.action_prepare()
            report.action_submit()
        return period.sudo().report_ids.filtered(
            lambda one: one.agency_id == self.finance
        )

    def test_gathered_and_packed(self):
        """The inspected agency's report about the window, and no other's; the file in
        the ZIP is what was frozen."""
        sent = self._sent()
        inspection = self._complete()
        items = self._items(inspection, "reports").filtered(
            lambda item: item.source_model == "task.report"
        )
        self.assertEqual(items.mapped("source_id"), [one.id for one in sent])
        archive = self._zip(inspection)
        names = [name for name in archive.namelist() if name.startswith("04.")]
        # its own report and those of task_reports
        self.assertEqual(len(names), 1 + len(sent))
        for name in names:
            self.assertTrue(archive.read(name).startswith(b"%PDF"), name)

    def test_outside_the_window(self):
        """A report about a time before the scope is not gathered."""
        self._sent()
        inspection = self._issued(scope_from="2026-04-01")
        self.assertFalse(inspection.sudo()._periodic_reports())

    def test_fields_of_management(self):
        """An agency that inspects others within its fields of management does not get
        their reports, which tell of all fields; who inspects itself does."""
        sent = self._sent()
        inspection = self._inspection().sudo()
        inspection.write(
            {"inspector": "self", "inspecting_agency_id": self.agriculture.id}
        )
        self.assertFalse(inspection._periodic_reports())
        inspection.inspecting_agency_id = self.finance
        self.assertEqual(len(inspection._periodic_reports()), len(sent))
