# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo.tests import tagged

from odoo.addons.task_reports.logic.form import ENTRY_CODES, EXIT_CODES, NOTE_CODES

from .common import APRIL, MAY, HistoryCase

CODES = (*ENTRY_CODES, *EXIT_CODES, *NOTE_CODES)


@tagged("post_install", "-at_install")
class TestFigures(HistoryCase):
    """Phụ lục I by hand: DOMAIN section 3 on the history of `common`."""

    def assertLines(self, figures, expected, agency=None):
        """Compare every line; those `expected` does not name are 0."""
        agency_id = agency.id if agency else None
        found = {code: figures.count(code, agency_id) for code in CODES}
        self.assertEqual({code: n for code, n in found.items() if n}, expected)

    def test_april(self):
        """What was assigned, done and left over in the first month."""
        figures = self._figures(APRIL)
        self.assertLines(
            figures,
            {
                "programme": 1,
                "conclusion": 1,
                "adhoc": 2,
                "completed_on_time": 1,
                "open_in_time": 1,
                "open_extended": 1,
                "open_overdue": 1,
            },
        )

    def test_may(self):
        """Carried, assigned, completed and left over in the second month; the
        withdrawn, the supports, the undated and the day after are in no line."""
        figures = self._figures(MAY)
        self.assertLines(
            figures,
            {
                "programme": 1,
                "adhoc": 4,
                "carried_in_time": 1,
                "carried_extended": 1,
                "carried_overdue": 1,
                "completed_on_time": 2,
                "completed_late": 1,
                "open_extended": 1,
                "open_in_time": 2,
                "open_overdue": 2,
                "waiting": 1,
                "returned": 1,
            },
        )
        self.assertEqual(figures.count("total"), 8)
        self.assertEqual(figures.count("assigned"), 5)

    def test_may_by_agency(self):
        """Each agency's own lines; the support's agency has none for it."""
        figures = self._figures(MAY)
        self.assertLines(
            figures,
            {
                "adhoc": 1,
                "carried_in_time": 1,
                "carried_extended": 1,
                "carried_overdue": 1,
                "completed_on_time": 2,
                "completed_late": 1,
                "open_extended": 1,
            },
            self.finance,
        )
        self.assertLines(
            figures,
            {
                "programme": 1,
                "adhoc": 1,
                "open_in_time": 1,
                "open_overdue": 1,
                "waiting": 1,
            },
            self.health,
        )
        self.assertLines(
            figures,
            {"adhoc": 2, "open_in_time": 1, "open_overdue": 1, "returned": 1},
            self.ward,
        )

    def test_distinct_tasks(self):
        """A task of three leads counts three times; the tasks stand beside."""
        figures = self._figures(MAY)
        self.assertEqual((figures.count("total"), figures.tasks("total")), (8, 6))
        self.assertEqual((figures.count("adhoc"), figures.tasks("adhoc")), (4, 2))

    def test_one_agency_asked_alone(self):
        """An agency's own report says what the province's says of it."""
        whole = self._figures(MAY)
        for agency in (self.finance, self.health, self.ward):
            alone = self._figures(MAY, agency)
            self.assertEqual(alone.as_dict(), whole.as_dict(agency.id))
            self.assertEqual(alone.rates(), whole.rates(agency.id))

    def test_identities(self):
        """Sums, agencies and assigned + carried = completed + not completed."""
        for window in (APRIL, MAY, (APRIL[0], MAY[1])):
            self.assertEqual(self._figures(window).broken_identities(), [])

    def test_identities_are_really_checked(self):
        """A figure that does not add up is found."""
        figures = self._figures(MAY)
        figures._counts[None, "adhoc"] += 1
        self.assertEqual(
            figures.broken_identities(),
            [(None, "total"), (None, "assigned"), (None, "adhoc")],
        )

    def test_months_follow(self):
        """Carried over in May = left over in April, less those withdrawn in May;
        completed in both months = completed in the two together."""
        april, may = self._figures(APRIL), self._figures(MAY)
        for status in ("in_time", "extended", "overdue"):
            self.assertEqual(
                may.count(f"carried_{status}"), april.count(f"open_{status}")
            )
        both = self._figures((APRIL[0], MAY[1]))
        for code in ("completed_on_time", "completed_late"):
            self.assertEqual(both.count(code), april.count(code) + may.count(code))

    def test_rates(self):
        """Three rates, never one as another; 0 ÷ 0 is none."""
        rates = self._figures(MAY).rates()
        self.assertAlmostEqual(rates["completion"], 3 / 5)
        self.assertAlmostEqual(rates["on_time"], 2 / 3)
        self.assertAlmostEqual(rates["freshness"], 2 / 5)
        before = self._figures((APRIL[0], APRIL[0])).rates()
        self.assertEqual(set(before.values()), {None})

    def test_behind_every_number(self):
        """A number opens exactly the assignments counted in it."""
        engine = self.env["task.report.engine"].with_user(self.manager)
        made = self.made
        expected = {
            "carried_overdue": made["late"],
            "completed_late": made["late"],
            "open_extended": made["extended"],
            "waiting": made["waiting"],
            "returned": self._of(made["three"], self.ward),
            "completed_on_time": made["in time"]
            + self._of(made["three"], self.finance),
            "fresh": made["waiting"] + self._of(made["three"], self.ward),
        }
        for code, assignments in expected.items():
            self.assertEqual(
                engine._counted_ids(code, *MAY), assignments.sorted("id").ids
            )
        figures = self._figures(MAY)
        for code in (*CODES, "total", "assigned", "carried", "completed", "open"):
            for agency in (None, self.finance, self.health, self.ward):
                self.assertEqual(
                    len(engine._counted_ids(code, *MAY, agency)),
                    figures.count(code, agency.id if agency else None),
                )

    def test_one_query_whatever_the_number(self):
        """The figures are one query, for one assignment or for many."""
        self._figures(MAY)  # warms the caches of rights and policies
        self.env.flush_all()
        with self.assertQueryCount(1):
            self._figures(MAY)
        for _nr in range(5):
            self._assign("2026-05-02", "adhoc", [self.finance], "2026-05-09")
        self.env.flush_all()
        with self.assertQueryCount(1):
            figures = self._figures(MAY)
        self.assertEqual(figures.count("adhoc"), 9)
