# SPDX-License-Identifier: LGPL-3.0-or-later
from collections import Counter
from datetime import datetime

from odoo.fields import Command

from ..logic.form import ENTRY_CODES, EXIT_CODES
from .calendar_common import AFTERNOON, EVENING, ONE_DAY
from .calendar_identities import WORDS, CalendarIdentities, lines_of


class CalendarChecks(CalendarIdentities):
    """What must be true of every place's year; see also `CalendarIdentities`."""

    allow_inherited_tests_method = True  # the tests below run for each text

    # -- the calendar ------------------------------------------------------------------
    def test_periods(self):
        """Exactly the periods of the table exist, with the days of their figures."""
        periods = self.env["task.report.period"].search(
            [("company_id", "=", self.env.company.id)]
        )
        found = {
            (one.topic, one.kind, one.year, one.number): (one.date_from, one.date_to)
            for one in periods
            if one.kind != "adhoc"
        }
        self.assertEqual(found, {one.key: (one.first, one.last) for one in self.TABLE})

    def test_opening_days(self):
        """Each was opened on its day; the job had run the day before and left it."""
        for one in self.TABLE:
            period = self._period(one)
            opened = max(one.opens, self.first_day)
            self.assertEqual(period.opened_on, opened, one)
            self.assertIn(opened, self.job_days)
            self.assertTrue(
                opened == self.first_day or opened - ONE_DAY in self.job_days
            )

    def test_due_days(self):
        """Every report's day is the table's, and the clock's; the first day it can be
        sent too."""
        for one in self.TABLE:
            period = self._period(one)
            of_agencies = period.report_ids.filtered("agency_id")
            of_office = period.report_ids - of_agencies
            for reports, due in ((of_agencies, one.send), (of_office, one.compile)):
                self.assertEqual(
                    [report.due_on or None for report in reports],
                    [due] * len(reports),
                    one,
                )
                clocks = reports.sudo().clock_ids
                self.assertEqual(clocks.mapped("due_on"), [due] * len(clocks), one)
                self.assertEqual(len(clocks), len(reports) if due else 0, one)
            for report in of_agencies:
                self.assertEqual(report.first_send_on, one.ready, one)

    def test_who_reports(self):
        """Each agency of each period, and the Office once for each it goes to."""
        for one in self.TABLE:
            period = self._period(one)
            agencies = {agency.id for agency in self.reporting}
            if one.topic == "regulation":
                agencies = set()
            first = period.report_ids.filtered(lambda report: report.version == 1)
            self.assertEqual(set(first.agency_id.ids), agencies, one)
            office = first.filtered(lambda report: not report.agency_id)
            wanted = self.OUTPUTS.get((one.topic, one.kind))
            if wanted is None:
                wanted = self.OUTPUTS[one.topic]
            self.assertEqual(office.sorted("id").mapped("scope"), list(wanted), one)

    def test_verdicts(self):
        """In time or late by the day it was sent; nothing is late without a day."""
        late = 0
        for one in self.TABLE:
            for report in self._period(one).report_ids:
                self.assertEqual(report.state, "submitted", one)
                due = one.send if report.agency_id else one.compile
                expected = bool(due and report.sent_on > due)
                self.assertEqual(report.is_late, expected, one)
                self.assertEqual(
                    report.sudo().clock_ids.mapped("state"),
                    [["in_time", "late"][expected]] if due else [],
                )
                late += expected
        self.assertTrue(late)

    # -- the figures -------------------------------------------------------------------
    def test_all_kinds_of_act(self):
        """What makes reports hard did happen: late entries, withdrawals, corrections,
        changed deadlines, results waiting long."""
        wanted = {"assign", "hand_in", "paper", "withdraw", "correct", "change"}
        if self.ledger.confirmation:
            wanted |= {"confirm", "refuse"}
        self.assertLessEqual(wanted, set(self.acts.done), self.acts.refused)
        facts = [fact for one in self.ledger.assignments.values() for fact in one.facts]
        self.assertTrue(any(fact.day < fact.recorded_at.date() for fact in facts))

    def test_where_windows_meet(self):
        """Some task was due on the last day of a window and carried into the next, in
        time; some was assigned, completed or taken away on a first or last day."""
        oracle, due, acts = self.ledger.oracle, set(), set()
        first = {one.first for one in self._plain_rows()}
        last = {one.last for one in self._plain_rows()}
        for one in self._plain_rows():
            for id_, lines in self.ledger.lines(one.first, one.last).items():
                facts = oracle.as_recorded(self.ledger.assignments[id_].facts)
                acts |= {fact.kind for fact in facts if fact.day in first | last}
                day_before = one.first - ONE_DAY
                if oracle.D(facts, day_before) == day_before:
                    due |= set(lines)
        self.assertIn("carried_in_time", due)
        self.assertLessEqual({"released", "handed_in"}, acts)

    def _figure_rows(self):
        return [one for one in self.TABLE if one.topic != "regulation"]

    def test_frozen_as_known_then(self):
        """Each agency's frozen list and figures are the oracle's, who knows what was
        recorded by then."""
        for one in self._figure_rows():
            for report in self._frozen(one):
                expected = self.ledger.lines(
                    one.first,
                    one.last,
                    self._moment(report),
                    report.agency_id.id,
                    report.scope,
                )
                self._assert_tells(report, expected)

    def _assert_tells(self, report, expected):
        rows = self._rows(report)
        noted = ("open_waiting", "open_returned")
        self.assertEqual(
            {id_: lines_of(row) for id_, row in rows.items()},
            {id_: set(lines) - set(noted) for id_, lines in expected.items()},
            report.display_name,
        )
        sheet = report._sheet()
        whole = Counter(line for lines in expected.values() for line in lines)
        for code in (*ENTRY_CODES, *EXIT_CODES):
            self.assertEqual(sheet.figures.count(code), whole[WORDS.get(code, code)])
        for code in ("waiting", "returned"):
            self.assertEqual(sheet.figures.count(code), whole[f"open_{code}"])
        self.assertEqual(sheet.figures.broken_identities(), [])

    def test_province_is_the_sum(self):
        """The Office's frozen report: the agencies' as each was frozen by then, those
        that had not sent as known at that moment."""
        compared = 0
        for one in self._figure_rows():
            reports = self._period(one).report_ids
            sent = self._frozen(one)
            for report in reports.filtered(lambda report: not report.agency_id):
                moment, expected = self._moment(report), {}
                for agency in self.reporting:
                    theirs = self._of_agency(sent, agency)
                    known = min(self._moment(theirs), moment)
                    expected |= self.ledger.lines(
                        one.first, one.last, known, agency.id, report.scope
                    )
                self._assert_tells(report, expected)
                compared += bool(expected)
        if any(self.OUTPUTS.values()):
            self.assertTrue(compared)

    def test_ad_hoc(self):
        """Asked of two agencies for a window of its own: due on the days asked for (as
        every text has it: "theo yêu cầu"), one late; the Office's counts what these two
        sent."""
        today = self.last_day
        vals = {
            "title": "Báo cáo phục vụ họp",
            "date_from": self.first_day + 40 * ONE_DAY,
            "date_to": today - ONE_DAY,
            "asked_send_on": today,
            "asked_compile_on": today + 2 * ONE_DAY,
            "agency_ids": [Command.set((self.finance | self.ward).ids)],
        }
        period = self.env["task.report.period"].with_user(self.manager).create(vals)
        period.action_open()
        reports = period.sudo().report_ids
        self.assertEqual(reports.agency_id, self.finance | self.ward)
        for day, agency in ((today, self.finance), (today + ONE_DAY, self.ward)):
            self._at(datetime.combine(day, AFTERNOON))
            report = self._of_agency(reports, agency).with_user(self.heads[agency])
            self._explain_and_send(report)
            self.assertEqual(report.due_on, today)
            self.assertEqual(report.is_late, day > today)
            window = vals["date_from"], vals["date_to"]
            self._assert_tells(report, self.ledger.lines(*window, None, agency.id))
        office = (reports - reports.filtered("agency_id")).with_user(self.manager)
        office.action_submit()
        self.assertEqual(office.due_on, vals["asked_compile_on"])
        self.assertFalse(office.is_late)
        self._at(datetime.combine(today, EVENING))
        expected = {}
        for agency in (self.finance, self.ward):
            expected |= self.ledger.lines(*window, None, agency.id)
        self._assert_tells(office, expected)

    def test_the_chain_is_whole(self):
        """After the year nothing is altered, and the chain of the company holds."""
        chain = self.env["task.report.snapshot"].search(
            [("company_id", "=", self.env.company.id)]
        )
        self.assertFalse(chain._verify())
        self.assertEqual(sorted(chain.mapped("sequence")), [*range(1, len(chain) + 1)])
