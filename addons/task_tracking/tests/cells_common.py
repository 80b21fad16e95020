# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import date, datetime, timedelta
from types import MappingProxyType

from pytz import timezone

from odoo.exceptions import UserError
from odoo.fields import Date

from ..logic import limits
from ..logic.periods import period_of
from .common import TaskCase

#: What is known of a plain case, for every fact an act may depend on.
PLAIN = {
    "urgency": "normal",
    "tasks": 1,
    "agencies": 1,
    "opinions": False,
    "adhoc": False,
    "superior": False,
    "dated": True,
    "inspector": "office",
    "period": "month",
}
PROVINCE = timezone("Asia/Ho_Chi_Minh")
LEVELS = {"government", "ministry", "committee", "chairman", "deputy", "director"}


def told(rule):
    """A rule in the words of the tables below; "∅" where there is none."""
    if rule.stated != "limit":
        cell = "–" if rule.stated == "none" else "∅"
    elif rule.unit == "same_day":
        cell = f"same day as {rule.event}, until {rule.stop}"
    elif rule.unit == "day_of_month":
        before = "before " if rule.direction == "before" else ""
        cell = f"{before}day {rule.amount} of month {rule.months:+d} of {rule.event}"
        cell += f", until {rule.stop}"
    else:
        least = "≥ " if rule.direction == "before" else ""
        cell = f"{least}{rule.amount} {rule.unit} {rule.direction} {rule.event}"
        cell += f", until {rule.stop}"
    return f"{cell} (Int)" if rule.is_interpretation and cell != "∅" else cell


class CellsCase(TaskCase):
    """One of the five regulations, cell by cell of DOMAIN.md section 4.

    The tables are written from the text and by hand, never from the data:

    - `IN_FORCE`: number, day signed, day in force;
    - `POLICIES`: key → (value, article, words of its sentence or None: our reading);
    - `CELLS`: (act, facts, whose, limit, article, words of the sentence);
    - `DISCREPANCY`: article and words, of the Office's side and of the agency's;
    - `SUPERIOR`: the levels that stand above the company;
    - `DATES`: (act, facts, counted from, due, the working);
    - `REGISTRATIONS`: (directive, further tasks, entered, assigned, due, verdict);
    - `RESULTS`: (deadline, handed in, due, verdict).

    Moments are the province's.
    """

    allow_inherited_tests_method = True  # the tests below run for each text

    NAME = ""
    SECRET_ARTICLE = ""
    YEAR_END_LIST = False
    IN_FORCE = (False, False, False)
    POLICIES = MappingProxyType({})
    SUPERIOR = frozenset()
    CELLS = DISCREPANCY = DATES = REGISTRATIONS = RESULTS = ()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.text = cls.env.ref(f"task_tracking.regulation_{cls.NAME}")
        cls.company.regulation_id = cls.text
        # the swap of 31/8 for Saturday 22/8 is proposed; the administrator confirms it
        cls.env["task.calendar.day"].with_user(cls.admin).search(
            [("date", "in", ("2026-08-22", "2026-08-31"))]
        ).state = "confirmed"
        cls.words = {one.number: one.text for one in cls.text.article_ids}

    def setUp(self):
        super().setUp()
        self._at("2026-04-01 09:00")

    # -- helpers -----------------------------------------------------------------------
    def _at(self, local):
        """Set the clock to a moment of the province."""
        self._move_to(datetime.fromisoformat(local) - timedelta(hours=7))

    def _find(self, act, facts):
        known = {name: PLAIN[name] for name in limits.ACTS[act].facts}
        return self.text._rule(act, **{**known, **facts})

    def _clocks(self, record, act=None):
        self.env.invalidate_all()
        return record.sudo().clock_ids.filtered(lambda one: act in (None, one.act))

    def assertClock(self, record, act, due, state):
        """One clock of `act` ran on the record; `due` None: none did."""
        clock = self._clocks(record, act)
        if due is None:
            self.assertFalse(clock)
        else:
            self.assertEqual(
                [(one.due_on, one.state) for one in clock],
                [(Date.to_date(due), state)],
            )

    def assertQuoted(self, line, article, words):
        """The line names the article and quotes the sentence, which stands there."""
        self.assertEqual(line.article or "", article)
        self.assertIn(words, line.quote or "")
        if article:
            self.assertIn(words, self.words[line.article_id.number])

    # -- the cells ---------------------------------------------------------------------
    def test_in_force(self):
        """Number, the day it was signed, the day it took effect."""
        text = self.text
        found = text.number, text.issued_on, text.effective_on
        self.assertEqual(tuple(value and str(value) for value in found), self.IN_FORCE)

    def test_policies(self):
        """What the text decides besides limits, with its sentence or as our reading."""
        for key, (value, article, words) in self.POLICIES.items():
            with self.subTest(key):
                self.assertEqual(self.text._policy(key), value)
                line = self.text._policy_source(key)
                if article:
                    self.assertQuoted(line, article, words)
                else:
                    self.assertTrue(line.is_interpretation)
                    self.assertFalse(line.article)

    def test_cells(self):
        """Each act under each circumstance: whose, limit, article and sentence; no rule
        of the text is left unread."""
        walked = self.env["task.regulation.rule"]
        for act, facts, whose, cell, article, words in self.CELLS:
            with self.subTest(act, **facts):
                rule = self._find(act, facts)
                walked |= rule
                self.assertEqual(told(rule), cell)
                if cell != "∅":
                    self.assertEqual(rule.actor, whose)
                    self.assertQuoted(rule, article, words)
        both = self.text.rule_ids.filtered(lambda one: one.act == "discrepancy")
        self.assertEqual(walked | both, self.text.rule_ids)
        self.assertEqual(
            {row[0] for row in self.CELLS}, set(limits.ACTS) - {"discrepancy"}
        )

    def test_discrepancy_both_ways(self):
        """Figures that differ are settled by the Office and by the agency, no limit."""
        rules = self.text.rule_ids.filtered(lambda one: one.act == "discrepancy")
        self.assertEqual(rules.mapped("actor"), ["office", "agency"])
        for rule, (article, words) in zip(rules, self.DISCREPANCY, strict=True):
            self.assertEqual(rule.stated, "none")
            self.assertQuoted(rule, article, words)

    def test_dates(self):
        """Due dates worked out by hand; the working stands beside each."""
        calendar = self.company._task_calendar()
        for act, facts, event, due, working in self.DATES:
            with self.subTest(act, event=event, working=working):
                rule = self._find(act, facts)
                start = datetime.fromisoformat(event)
                if rule.unit == "hour":
                    start = PROVINCE.localize(start)
                elif rule.event == "period_end":
                    start = period_of(facts["period"], start.date()).end
                else:
                    start = start.date()
                found = limits.reckon(rule._as_rule(), start, calendar)
                if rule.unit == "hour":
                    self.assertEqual(f"{found.due_at:%Y-%m-%d %H:%M}", due)
                else:
                    self.assertEqual(found.due_on, date.fromisoformat(due))

    # -- on records, as users ----------------------------------------------------------
    def test_who_stands_above(self):
        """Whose directives come from a superior body."""
        directive = self._document()
        above = set()
        for level in LEVELS:
            directive.assigner_level = level
            if directive._is_superior():
                above.add(level)
        self.assertEqual(above, self.SUPERIOR)

    def test_registering(self):
        """Entered and assigned by the specialist: due when, in time or late."""
        for vals, more, entered, assigned, due, state in self.REGISTRATIONS:
            with self.subTest(entered=entered, assigned=assigned, tasks=more, **vals):
                self._at(entered)
                tasks = [self._task_vals(deadline="2026-12-31")]
                tasks += [self._task_vals(deadline="2026-12-31", **one) for one in more]
                directive = self._document(tasks, **vals)
                self._at(assigned)
                directive.action_release()
                self.assertClock(directive, "register", due, state)

    def test_entering_results(self):
        """The head hands in at 23:30 or 00:30; where the text states no limit nothing
        is judged. The daily job starts the clocks of deadlines that have come."""
        for deadline, handed_in, due, state in self.RESULTS:
            with self.subTest(handed_in=handed_in):
                self._at("2026-04-01 09:00")
                assignment = self._released(deadline=deadline)
                self._at(f"{deadline} 08:00")
                assignment._clock_start_due(self.company, lambda taken: True)
                self._at(handed_in)
                self._hand_in(assignment)
                self.assertClock(assignment, "result", due, state)

    def test_secret_documents_are_no_directives(self):
        """Refused with the article, whatever the text does with them instead."""
        for secrecy in ("secret", "top_secret", "ultra_secret"):
            with self.subTest(secrecy):
                with self.assertRaises(UserError) as caught:
                    self._document(secrecy=secrecy, number="99", notation="MĐ")
                self.assertIn(self.SECRET_ARTICLE, str(caught.exception))
        self.assertFalse(self.env["task.document"].search([("number", "=", "99")]))

    def test_year_end_list(self):
        """Only Quảng Trị lists dated tasks without a product (Đ4.1)."""
        assignments = self.env["task.assignment"].with_user(self.finance_officer)
        if self.YEAR_END_LIST:
            self.assertTrue(assignments.action_year_end_list())
        else:
            with self.assertRaises(UserError):
                assignments.action_year_end_list()

    # -- what several texts have in common ---------------------------------------------
    def _check_no_extension(self):
        """∅: no button for the agency nor for the Office, refused to both."""
        assignment = self._released()
        for user in (self.finance_head, self.specialist):
            seen = assignment.with_user(user)
            self.assertFalse(seen.can_ask_extension or seen.knows_extension)
            with self.assertRaises(UserError):
                self._ask_extension(assignment, user=user)
        menus = self.env["ir.ui.menu"].with_user(self.finance_head)
        hidden = menus._load_menus_blacklist()
        self.assertIn(self.env.ref("task_tracking.menu_task_extensions").id, hidden)

    def _check_free_extension(self, decider):
        """–: asked for on the last day, answered weeks later: nothing is breached."""
        assignment = self._released(deadline="2026-04-10")
        self._at("2026-04-10 23:30")
        self.assertTrue(assignment.with_user(self.finance_head).can_ask_extension)
        extension = self._ask_extension(assignment, new_deadline="2026-06-01")
        self.assertFalse(extension.asked_late)
        self._at("2026-05-20 09:00")
        extension.with_user(decider).action_accept()
        self.assertFalse(self._clocks(extension))
        self.assertEqual(assignment.deadline, date(2026, 6, 1))

    def _check_free_return(self):
        """–: handed back three weeks after receipt, nothing is breached."""
        assignment = self._released(deadline="2026-06-01")
        assignment.with_user(self.finance_head).action_receive()
        self._at("2026-04-22 09:00")
        self.assertTrue(assignment.with_user(self.finance_head).can_hand_back)
        handed_back = self._hand_back(assignment)
        self.assertEqual(handed_back.state, "waiting")
        self.assertFalse(handed_back.returned_late or self._clocks(handed_back))

    def _check_done_by_handing_in(self):
        """Nothing is confirmed: handed in is completed."""
        assignment = self._released()
        self._hand_in(assignment)
        self.assertEqual(assignment.state, "done")

    def _check_undated_is_tracked(self):
        """Tracked, and no day by which it must be reported on."""
        assignment = self._released(deadline=False, is_dated=False)
        assignment._clock_start_due(self.company, lambda taken: True)
        self.assertEqual(assignment.state, "released")
        self.assertFalse(self._clocks(assignment))

    def _check_no_entry_elsewhere(self):
        """∅: results are entered in no other system, whoever gave the task."""
        directive = self._document(assigner_level="government")
        directive.action_release()
        followed = directive.sudo().assignment_ids.with_user(self.specialist)
        self.assertFalse(followed.can_mark_elsewhere)
        with self.assertRaises(UserError):
            followed.mark_entered_elsewhere("2026-04-01")

    def _check_no_forwarding(self):
        """A superior body's task has no limit of its own for passing it on."""
        directive = self._document(
            assigner_level="government",
            issuer_id=self.ward.id,
            issued_on="2026-03-02",
            received_on="2026-03-03",
        )
        directive.action_release()
        self.assertTrue(directive._is_superior())
        self.assertFalse(self._clocks(directive, "forward_superior"))
