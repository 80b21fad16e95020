# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import date

from odoo.fields import Command
from odoo.tests import tagged

from .common import APRIL, MAY, HistoryCase

#: The window in which the ward takes the place of the health department, on 12 May.
JUNE = (date(2026, 5, 15), date(2026, 6, 14))


@tagged("post_install", "-at_install")
class TestSuccessionFigures(HistoryCase):
    """The agency of an assignment in a window is the one on its last day (BG Đ24)."""

    def _succeed(self, day, predecessor, successor):
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

    def _lines(self, window, agency=None):
        figures = self._figures(window)
        self.assertEqual(figures.broken_identities(), [])
        return {code: n for code, n in figures.as_dict(agency).items() if n}

    def test_earlier_windows_stay(self):
        """A window that ended before the day says the same, agency by agency."""
        before = [self._lines(APRIL, one.id) for one in (self.finance, self.health)]
        province = [self._lines(window) for window in (APRIL, MAY)]
        self._succeed("2026-04-15", self.finance, self.health)
        after = [self._lines(APRIL, one.id) for one in (self.finance, self.health)]
        self.assertEqual(after, before)
        self.assertTrue(before[0])
        self.assertEqual([self._lines(window) for window in (APRIL, MAY)], province)

    def test_window_of_the_day(self):
        """What was completed before the day is the predecessor's, the rest the
        successor's; the province's sums are as they were."""
        province = self._lines(MAY)
        self._succeed("2026-05-10", self.finance, self.health)
        # completed by then: "late" on 22 April and "in time" on 4 May
        self.assertEqual(
            self._lines(MAY, self.finance.id),
            {
                "carried": 2,
                "carried_in_time": 1,
                "carried_overdue": 1,
                "completed": 2,
                "completed_on_time": 1,
                "completed_late": 1,
                "total": 2,
            },
        )
        # its own two; "extended" carried; its third of "three", completed on 11 May
        found = self._lines(MAY, self.health.id)
        self.assertEqual(found["total"], 4)
        self.assertEqual(found["carried_extended"], 1)
        self.assertEqual(found["completed_on_time"], 1)
        self.assertEqual(self._lines(MAY), province)

    def test_asked_alone_and_behind_a_number(self):
        """An agency's own report and the assignments behind a number agree with the
        province's table, for windows before and after the day."""
        self._succeed("2026-05-12", self.health, self.ward)
        engine = self.env["task.report.engine"].with_user(self.manager)
        for window in (APRIL, MAY, JUNE):
            whole = self._figures(window)
            for agency in (self.finance, self.health, self.ward):
                alone = self._figures(window, agency)
                self.assertEqual(alone.as_dict(), whole.as_dict(agency.id))
                ids = engine._counted_ids("total", *window, agency)
                self.assertEqual(len(ids), whole.count("total", agency.id))

    def test_list_names_the_agency_of_the_last_day(self):
        """Phụ lục II: lead and support under the name of who carries it on the last
        day of the window."""
        first = self.made["in time"]
        self._succeed("2026-04-20", self.health, self.ward)
        self._succeed("2026-05-15", self.finance, self.ward)

        def named(window):
            rows = self.env["task.report.list"].with_user(self.manager)._rows(*window)
            return {row.assignment_id: (row.lead, row.support) for row in rows}

        self.assertEqual(named(APRIL)[first.id], (self.finance.name, self.health.name))
        self.assertEqual(named(MAY)[first.id], (self.finance.name, self.ward.name))
        extended = self.made["extended"]
        self.assertEqual(named(MAY)[extended.id][0], self.finance.name)
        self.assertEqual(named(JUNE)[extended.id][0], self.ward.name)

    def test_outside_the_register(self):
        """An undated task kept out is listed under who has it on the day."""
        self._succeed("2026-05-01", self.finance, self.health)
        lists = self.env["task.report.list"].with_user(self.manager)

        def leads(day, agency=None):
            return [row.lead for row in lists._outside_rows(day, agency)]

        self.assertEqual(leads(date(2026, 4, 30)), [self.finance.name])
        self.assertEqual(leads(date(2026, 5, 1)), [self.health.name])
        self.assertEqual(leads(date(2026, 4, 30), self.finance), [self.finance.name])
        self.assertEqual(leads(date(2026, 4, 30), self.health), [])
        self.assertEqual(leads(date(2026, 5, 1), self.finance), [])
        self.assertEqual(leads(date(2026, 5, 1), self.health), [self.health.name])

    def test_successor_reports_on_itself(self):
        """The successor's head counts what was taken over, from the day on."""
        self._succeed("2026-05-12", self.health, self.ward)
        figures = self._figures(MAY, self.ward, user=self.heads[self.ward])
        self.assertEqual(figures.as_dict(), self._figures(MAY).as_dict(self.ward.id))
        self.assertTrue(figures.count("waiting"))
