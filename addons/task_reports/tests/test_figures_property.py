# SPDX-License-Identifier: LGPL-3.0-or-later
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

from odoo.tests import tagged

from ..logic.evaluation import PART_BITS
from .common import ReportCase

ORACLE = Path(__file__).resolve().parents[3] / "tests" / "oracle"
HISTORIES = 520
#: The months of the regulation and windows that lie anyhow, a single day among them.
WINDOWS = [
    (date(2025, 12, 15), date(2026, 1, 14)),
    (date(2026, 1, 15), date(2026, 2, 14)),
    (date(2026, 2, 15), date(2026, 3, 14)),
    (date(2026, 3, 15), date(2026, 4, 14)),
    (date(2026, 4, 15), date(2026, 5, 14)),
    (date(2025, 12, 15), date(2026, 3, 14)),
    (date(2026, 1, 10), date(2026, 1, 10)),
    (date(2026, 1, 20), date(2026, 1, 26)),
    (date(2026, 2, 2), date(2026, 2, 2)),
    (date(2026, 2, 5), date(2026, 2, 20)),
    (date(2026, 3, 1), date(2026, 3, 3)),
    (date(2026, 1, 1), date(2026, 12, 31)),
]
#: The oracle's words for lines that the form's code calls otherwise.
WORDS = {
    "programme": "assigned_programme",
    "conclusion": "assigned_conclusion",
    "adhoc": "assigned_adhoc",
    "waiting": "open_waiting",
    "returned": "open_returned",
}


def oracle_word(code):
    return WORDS.get(code, code)


@tagged("post_install", "-at_install")
class TestFiguresProperty(ReportCase):
    """The SQL against a second, simple implementation of DOMAIN section 3, on random
    histories with every kind of fact, for every agency and several windows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not ORACLE.is_dir():
            raise AssertionError(f"the oracle is part of the project: {ORACLE}")
        sys.path.insert(0, str(ORACLE))
        cls.addClassCleanup(sys.path.remove, str(ORACLE))
        cls.oracle, cls.histories = cls._draw()
        with cls._on("2027-01-05"):
            cls._load()

    @classmethod
    def _draw(cls):
        """Return the oracle module and the random histories."""
        import histories
        import oracle
        from hypothesis import HealthCheck, Phase, given, settings

        drawn = []

        @settings(
            max_examples=HISTORIES,
            derandomize=True,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(histories.histories(late_letters=True))
        def collect(history):
            drawn.append(history)

        collect()
        return oracle, drawn

    # -- from the histories to the ledger, in a few batches -------------------------
    @classmethod
    def _load(cls):
        confirmed = cls.env.company.regulation_id
        unconfirmed = confirmed.copy()
        unconfirmed.policy_ids.filtered(
            lambda one: one.key == "confirmation_required"
        ).value = "no"
        regulations = {True: confirmed.id, False: unconfirmed.id}
        everything = [
            (number, one, history.confirmation)
            for number, history in enumerate(cls.histories)
            for one in history.assignments
        ]
        tasks = cls._create_tasks(
            {(n, one.task, one.source) for n, one, _c in everything}
        )
        agencies = cls._create_agencies(
            {
                (number, name)
                for number, one, _c in everything
                for name in (one.agency, *(fact.agency for fact in one.facts))
                if name
            }
        )
        assignments = cls.env["task.assignment"].create(
            [
                {
                    "task_id": tasks[number, one.task, one.source],
                    "agency_id": agencies[number, one.agency],
                    "role": one.role,
                    "regulation_id": regulations[confirmation],
                    "needs_confirmation": confirmation,
                }
                for number, one, confirmation in everything
            ]
        )
        cls.agencies = agencies
        cls.loaded = {
            (number, one.key): assignment.id
            for (number, one, _c), assignment in zip(
                everything, assignments, strict=True
            )
        }
        cls._create_facts(
            [
                (cls.loaded[number, one.key], one, number)
                for number, one, _c in everything
            ]
        )
        assignments._derive()
        cls.env.flush_all()
        # What is not committed PostgreSQL never counts by itself: it would plan for
        # empty tables, and a query of a moment would take minutes.
        cls.env.cr.execute("ANALYZE task_task, task_assignment, task_fact")

    @classmethod
    def _create_tasks(cls, keys):
        """Return {(history, task, source): task id}; one directive for each source."""
        keys = sorted(keys)
        documents = {
            source: cls.env["task.document"].create(
                {
                    "abstract": source,
                    "issued_on": "2025-12-01",
                    "source": source,
                    "specialist_id": cls.specialist.id,
                }
            )
            for source in sorted({source for _n, _task, source in keys})
        }
        tasks = cls.env["task.task"].create(
            [
                {"document_id": documents[source].id, "name": f"{number} {task}"}
                for number, task, source in keys
            ]
        )
        return dict(zip(keys, tasks.ids, strict=True))

    @classmethod
    def _create_agencies(cls, keys):
        keys = sorted(keys)
        partners = cls.env["res.partner"].create(
            [{"name": f"{number} {name}", "is_agency": True} for number, name in keys]
        )
        return dict(zip(keys, partners.ids, strict=True))

    @classmethod
    def _create_facts(cls, assignments):
        """Write the ledgers as recorded; a correction names what it corrects."""
        real = {}
        rounds = max(len(one.facts) for _id, one, _number in assignments)
        # A correction needs the id of its fact: one batch for each place in a ledger.
        for place in range(rounds):
            batch = [
                (assignment_id, number, one.facts[place])
                for assignment_id, one, number in assignments
                if place < len(one.facts)
            ]
            facts = cls.env["task.fact"].create(
                [
                    {
                        "assignment_id": assignment_id,
                        "kind": fact.kind,
                        "day": fact.day,
                        "recorded_at": fact.recorded_at - timedelta(hours=7),
                        "user_id": cls.manager.id,
                        "deadline": fact.deadline,
                        "stated_day": fact.stated,
                        "due_on": fact.due,
                        "new_day": fact.new_day,
                        "agency_id": cls.agencies.get((number, fact.agency)),
                        "old_agency_id": cls.agencies.get((number, fact.old_agency)),
                        "reference": fact.system,
                        "corrects_id": real.get((assignment_id, fact.corrects)),
                    }
                    for assignment_id, number, fact in batch
                ]
            )
            for (assignment_id, _nr, fact), record in zip(batch, facts, strict=True):
                real[assignment_id, fact.id] = record.id

    # -- the comparison --------------------------------------------------------------
    def test_enough_histories_of_every_kind(self):
        """At least 500 histories, every kind of fact in them, many assignments."""
        self.assertGreaterEqual(len(self.histories), 500)
        kinds = Counter(
            fact.kind
            for history in self.histories
            for one in history.assignments
            for fact in one.facts
        )
        known = self.env["task.fact"]._fields["kind"].get_values(self.env)
        self.assertEqual(set(kinds), set(known))
        self.assertGreaterEqual(min(kinds.values()), 20)

    def test_every_agency_and_window(self):
        """The figures of each agency, and of all together, in each window."""
        compared = 0
        for window in WINDOWS:
            figures = self._figures(window)
            self.assertEqual(figures.broken_identities(), [])
            whole, tasks = Counter(), 0
            for number, history in enumerate(self.histories):
                expected = self.oracle.figures(
                    history.assignments, *window, confirmation=history.confirmation
                )
                for agency, lines in expected.items():
                    agency_id = self.agencies[number, agency]
                    codes = (*figures.as_dict(agency_id), "waiting", "returned")
                    found = {
                        oracle_word(code): figures.count(code, agency_id)
                        for code in codes
                        if oracle_word(code) in self.oracle.LINES
                    }
                    lines.pop("tasks")
                    self.assertEqual(found, lines, (window, number, agency))
                    whole.update(lines)
                    compared += 1
                tasks += self.oracle.count(
                    history.assignments, *window, confirmation=history.confirmation
                )["tasks"]
            for code in figures.as_dict():
                if oracle_word(code) in self.oracle.LINES:
                    self.assertEqual(figures.count(code), whole[oracle_word(code)])
            self.assertEqual(figures.tasks("total"), tasks)
        self.assertGreaterEqual(compared, 500 * len(WINDOWS))

    def test_an_agency_asked_alone(self):
        """Its own figures and the assignments behind them are the province's of it,
        also where it took over or lost assignments after the window."""
        manager = self.env["task.report.engine"].with_user(self.manager)
        moved = self._moved()
        self.assertGreaterEqual(len(moved), 100)
        for window in (WINDOWS[1], WINDOWS[7], WINDOWS[8]):
            whole = self._figures(window)
            for agency in self.env["res.partner"].browse(moved[:40]):
                alone = self._figures(window, agency)
                self.assertEqual(alone.as_dict(), whole.as_dict(agency.id))
                ids = manager._counted_ids("total", *window, agency)
                self.assertEqual(len(ids), whole.count("total", agency.id))

    def _moved(self):
        """The agencies that lost or took over a lead assignment."""
        return [
            self.agencies[number, name]
            for number, history in enumerate(self.histories)
            for one in history.assignments
            for fact in one.facts
            if fact.kind == "succeeded" and one.role == "lead"
            for name in (fact.old_agency, fact.agency)
        ]

    def test_trend_says_the_same(self):
        """The leader's trend is that of the form, window by window, of all agencies
        together and of those that took over or lost assignments."""
        months = WINDOWS[:5]
        engine = self.env["task.report.engine"].with_user(self.manager)
        agencies = self.env["res.partner"].browse(self._moved()[:40])
        for agency in (None, *agencies):
            found = engine._trend_counts(months, agency)
            for window, counts in zip(months, found, strict=True):
                form = self._figures(window, agency)
                self.assertEqual(counts, {code: form.count(code) for code in counts})

    def test_every_assignment_in_its_lines(self):
        """The list: each assignment in exactly the oracle's lines, with the deadline
        in force and the extension granted by the window's end."""
        oracle = self.oracle
        engine = self.env["task.report.engine"].with_user(self.manager)
        for window in WINDOWS[:6]:
            rows = {row["id"]: row for row in engine._counted_rows(*window)}
            for number, history in enumerate(self.histories):
                for one in history.assignments:
                    expected = oracle.lines_of(one, *window, history.confirmation)
                    row = rows.pop(self.loaded[number, one.key], None)
                    codes = [row["entry"], row["exit"]] if row else []
                    codes += [code for code in WORDS if row and row.get(code)]
                    found = [oracle_word(code) for code in codes]
                    self.assertEqual(found, expected, (window, number, one.key))
                    facts = oracle.as_recorded(one.facts)
                    if row and oracle.is_open(facts, window[1], history.confirmation):
                        self.assertEqual(row["deadline"], oracle.D(facts, window[1]))
                        due = oracle.effective(facts, window[1])
                        self.assertEqual(row["due_on"], due)
                        self.assertEqual(row["extended"], oracle.E(facts, window[1]))
                    if row:
                        carrier = oracle.carrier(one, window[1])
                        self.assertEqual(
                            row["agency_id"], self.agencies[number, carrier]
                        )
            self.assertFalse(rows)

    def test_every_delay(self):
        """The evaluation's delays of each product: how often it fell overdue up to its
        completion or the window's end, counted day by day."""
        engine = self.env["task.evaluation.engine"].with_user(self.manager)
        judged = Counter()
        for window in WINDOWS[:6]:
            found = {}
            for model, rows in engine._rows(*window):
                if model == "task.assignment":
                    found = {id_: bits for id_, _agency, bits in rows}
            for number, history in enumerate(self.histories):
                for one in history.assignments:
                    bits = found.get(self.loaded[number, one.key], 0)
                    times = [nr for nr in range(5) if bits & PART_BITS[f"late_{nr}"]]
                    expected = self._delays(one, window, history.confirmation)
                    self.assertEqual(times, expected, (window, number, one.key))
                    judged.update(expected)
        self.assertGreater(judged[2], 20)

    def _delays(self, one, window, confirmation):
        """[times it fell overdue, at most 4] of a product, [] of what is none."""
        oracle = self.oracle
        lines = oracle.lines_of(one, *window, confirmation)
        done = {"completed_on_time", "completed_late"} & set(lines)
        if not lines or not done | ({"open_overdue"} & set(lines)):
            return []
        facts = oracle.as_recorded(one.facts)
        until = oracle.C(facts, confirmation) if done else window[1]
        falls, before = 0, False
        for day in oracle.days_between(oracle.A(facts), until):
            overdue = oracle.is_overdue(facts, day, confirmation)
            if done and day == until and not overdue:
                overdue = oracle.passed(oracle.effective(facts, day), day)
            falls += overdue and not before
            before = overdue
        return [min(falls, 4)]
