# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import date

from odoo.tests import tagged

from .common import START
from .test_why import WhyCase


@tagged("post_install", "-at_install")
class TestKeptLimits(WhyCase):
    """The desk's table: how the limits of the last twelve months were kept. Under the
    text of WhyCase the Office answers a request within two working days."""

    def kept(self, user):
        told = self.env["task.desk"].with_user(user).get_kept_limits()
        parts = {
            part["key"]: {row["act"]: row for row in part["rows"]}
            for part in told["parts"]
        }
        return told, parts

    def figures(self, user, part, act):
        row = self.kept(user)[1][part][act]
        return [row[name] for name in ("in_time", "late", "missed", "running")]

    def answered(self, moment, user=None):
        """A request of Wed 01/04 (answer due Fri 03/04), answered at `moment`."""
        self._move_to(START)
        extension = self._ask_extension(self._released(), user=user)
        if moment:
            self._move_to(moment)
            extension.with_user(self.chairman).answer = "Không đồng ý"
            extension.with_user(self.chairman).action_refuse()
        return extension

    def test_the_offices_duties_are_counted(self):
        """Three answered on 02/04, one on 06/04, one never: on 03/04 it runs, on
        06/04 it is past due; the rate is 3 of 5, of what was judged."""
        for moment in ("2026-04-02 02:00:00",) * 3 + ("2026-04-06 02:00:00", None):
            self.answered(moment)
        self._move_to("2026-04-03 02:00:00")
        for user in (self.chairman, self.deputy, self.manager):
            figures = self.figures(user, "office", "extension_answer")
            self.assertEqual(figures, [3, 1, 0, 1])
        self._move_to("2026-04-06 02:00:00")
        figures = self.figures(self.chairman, "office", "extension_answer")
        self.assertEqual(figures, [3, 1, 1, 0])
        row = self.kept(self.chairman)[1]["office"]["extension_answer"]
        self.assertEqual(row["rate"], 0.6)

    def test_no_rate_of_nothing(self):
        """While nothing was judged there is no rate, rather than 0 or 100 %; a duty
        nothing ran for is named and has no row."""
        self.answered(None)
        told, parts = self.kept(self.chairman)
        self.assertIs(parts["office"]["extension_answer"]["rate"], False)
        self.assertEqual(parts["agencies"], {})
        agencies = next(part for part in told["parts"] if part["key"] == "agencies")
        self.assertEqual(agencies["quiet"], ["Hand a task back"])

    def test_every_number_opens_what_it_counts(self):
        """The part's domain with the duty and a state finds as many limits."""
        for moment in ("2026-04-02 02:00:00", "2026-04-06 02:00:00", None):
            self.answered(moment)
        told, parts = self.kept(self.manager)
        clocks = self.env["task.clock"].with_user(self.manager)
        for part in told["parts"]:
            for act, row in parts[part["key"]].items():
                for state in ("in_time", "late", "missed", "running"):
                    behind = [("act", "=", act), ("state", "=", state)]
                    found = clocks.search_count([*part["domain"], *behind])
                    self.assertEqual(found, row[state], (act, state))

    def test_a_head_sees_the_own_agency_alone(self):
        """Two agencies hand back, one late: each head is told of the own one, not of
        those in its fields of management, and nothing of the Office."""
        ours = self._released(lead=self.agriculture)
        other = self._released(field_id=self.farming.id)
        self._hand_back(ours, self.agriculture_head)
        other.with_user(self.finance_head).action_receive()
        self._move_to("2026-04-03 02:00:00")
        self._hand_back(other)
        told = self.env["task.clock"].with_user(self.agriculture_head)
        # the other one is in its field, and so it may read it
        self.assertEqual(told.search_count([("act", "=", "return")]), 2)
        for user, figures in (
            (self.agriculture_head, [1, 0, 0, 0]),
            (self.finance_head, [0, 1, 0, 0]),
        ):
            parts = self.kept(user)[1]
            self.assertEqual(list(parts), ["mine"])
            self.assertEqual(self.figures(user, "mine", "return"), figures)
        self.assertEqual(
            self.figures(self.chairman, "agencies", "return"), [1, 1, 0, 0]
        )

    def test_others_have_no_such_table(self):
        """A specialist, an officer and the administrator are told nothing."""
        self.answered(None)
        for user in (self.specialist, self.finance_officer, self.admin):
            self.assertEqual(self.kept(user)[0]["parts"], [])

    def test_twelve_months_end_today(self):
        """Due on Fri 03/04/2026 it counts until 02/04/2027, not from 03/04/2027 on;
        the first day is the one after the same day last year."""
        self.answered("2026-04-02 02:00:00")
        self._move_to("2027-04-02 02:00:00")
        told, parts = self.kept(self.chairman)
        self.assertEqual(told["date_from"], "2026-04-03")
        self.assertIn("extension_answer", parts["office"])
        self._move_to("2027-04-03 02:00:00")
        self.assertEqual(self.env["task.clock"]._kept_since(), date(2026, 4, 4))
        self.assertNotIn("extension_answer", self.kept(self.chairman)[1]["office"])

    def test_queries_do_not_grow(self):
        """The table costs the same with 2 limits and with 12."""
        spent = []
        for count in (2, 10):
            for _i in range(count):
                self.answered("2026-04-02 02:00:00")
            for _run in range(2):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.cr.sql_log_count
                self.kept(self.chairman)
            spent.append(self.cr.sql_log_count - before)
        self.assertEqual(*spent)
