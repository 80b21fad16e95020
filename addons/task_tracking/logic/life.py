# SPDX-License-Identifier: LGPL-3.0-or-later
"""The life of one assignment: from its facts to every date, verdict and figure.

Plain Python, no Odoo: `replay` reads the facts of one assignment and gives its
:class:`Life`. The same function refuses an act that could not have happened
(:class:`Impossible`), so what is allowed and what is counted cannot drift apart.

Words (DOMAIN.md section 3): A assigned, X withdrawn, H handed in, C completed,
K confirmed, D(t) deadline in force on t, E(t) a later date was granted by t,
S(t) stated completion day of the result that waits on t.

A deadline has two days: the one *written*, which is printed, and the *effective* one,
which is compared. They differ only where the regulation moves a day off to the next
working day, and the effective day is fixed when the fact is recorded.
"""

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

ONE_DAY = timedelta(days=1)

#: Every kind of fact, in the order of an ordinary life.
KINDS = (
    "released",
    "received",
    "progress",
    "contributed",
    "handed_in",
    "refused",
    "confirmed",
    "confirm_undone",
    "extension_asked",
    "extension_approved",
    "extension_refused",
    "extension_cancelled",
    "deadline_changed",
    "deadline_set",
    "correction",
    "return_asked",
    "return_kept",
    "return_refused",
    "return_cancelled",
    "withdrawn",
    "succeeded",
    "entered_elsewhere",
)
#: Facts by which the agency or the Office tells how the work goes (freshness).
ENTRY_KINDS = (
    "progress",
    "contributed",
    "handed_in",
    "extension_asked",
    "return_asked",
)
#: Facts that may come after the completion.
AFTER_COMPLETION = ("confirm_undone", "entered_elsewhere")


class Impossible(Exception):
    """The facts cannot have happened in this order; `code` says which rule broke."""

    def __init__(self, code, fact=None):
        super().__init__(code)
        self.code = code
        self.fact = fact


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact. `id` is the order of recording; `day` the day it happened.

    `deadline`: the deadline a released/deadline_set/deadline_changed/
    extension_approved fact brings, as written (None in `released`: undated).
    `stated`: the completion day stated with a handed_in fact, or accepted with a
    confirmed fact (None: the day of handing in counts).
    `corrects`: for a correction the id of the corrected fact, whose `new_day`,
    `deadline`, `stated` and `agency` then hold where they are given.
    `due`: the effective day of `deadline` where it is another (None: the same).
    `agency`: with succeeded whoever carries it from then on (any id), `old_agency`
    whoever carried it before. `system`: with entered_elsewhere the other system.
    """

    id: int
    kind: str
    day: date
    deadline: date | None = None
    stated: date | None = None
    corrects: int | None = None
    new_day: date | None = None
    due: date | None = None
    agency: int | None = None
    old_agency: int | None = None
    system: str | None = None


@dataclass(frozen=True, slots=True)
class Tenure:
    """An agency that carried the assignment up to, not including, `day_to`."""

    agency: int
    day_to: date


@dataclass(frozen=True, slots=True)
class Span:
    """A run of days [day_from, day_to) at whose end the assignment is open and alike.

    `deadline`: as written; `due_on`: its effective day.
    `overdue_from`: the first day of the span on which it is overdue, None if never.
    """

    day_from: date
    day_to: date | None
    deadline: date | None
    due_on: date | None
    overdue_from: date | None
    is_extended: bool
    is_waiting: bool
    is_returned: bool


@dataclass(slots=True)
class Life:
    """What the facts of one assignment say, all of it independent of today."""

    assigned_on: date | None = None
    received_on: date | None = None
    withdrawn_on: date | None = None
    handed_in_on: date | None = None
    stated_on: date | None = None
    completed_on: date | None = None
    confirmed_on: date | None = None
    first_deadline: date | None = None
    deadline: date | None = None
    due_on: date | None = None
    extended: bool = False
    late: bool | None = None
    extension_pending: bool = False
    return_pending: bool = False
    last_entry_on: date | None = None
    overdue_from: date | None = None
    late_days: int = 0
    spans: list[Span] = field(default_factory=list)
    #: who carries it, None where there never was a succession
    agency: int | None = None
    #: who carried it before, in order; who held it for no whole day is left out
    tenures: list[Tenure] = field(default_factory=list)
    #: {system: the day the assignment was entered there}
    elsewhere: dict[str, date] = field(default_factory=dict)

    @property
    def waiting(self):
        """A result waits for the Office's answer."""
        return self.handed_in_on is not None and self.confirmed_on is None

    @property
    def state(self):
        """The state word of the assignment, a selection value."""
        if self.withdrawn_on:
            return "withdrawn"
        if self.confirmed_on:
            return "done"
        if self.waiting:
            return "submitted"
        if self.return_pending:
            return "returned"
        return "doing" if self.received_on else "released"


def replay(facts, *, confirmation=True):
    """Return the :class:`Life` the facts tell.

    :param facts: iterable of :class:`Fact`, in any order.
    :param confirmation: whether the regulation requires the Office to confirm; if
        not, handing in completes (K = H).
    :raise Impossible: when the facts break a rule of DOMAIN.md section 3.
    """
    return _Replay(confirmation).run(facts)


def _effective(facts):
    """Apply the corrections: a corrected fact is as if it had always held so."""
    by_id = {fact.id: fact for fact in facts if fact.kind != "correction"}
    for fact in sorted(facts, key=lambda one: one.id):
        if fact.kind != "correction":
            continue
        wrong = by_id.get(fact.corrects)
        if wrong is None:
            raise Impossible("nothing_to_correct", fact)
        # a corrected deadline comes with its own effective day
        dated = fact if fact.deadline else wrong
        by_id[wrong.id] = replace(
            wrong,
            day=fact.new_day or wrong.day,
            deadline=dated.deadline,
            due=dated.due,
            stated=fact.stated or wrong.stated,
            agency=fact.agency or wrong.agency,
        )
    return sorted(by_id.values(), key=lambda one: (one.day, one.id))


class _Replay:
    """The fold of the facts in the order they happened; one method per kind."""

    def __init__(self, confirmation):
        self.confirmation = confirmation
        self.life = Life()
        self.dues = []  # (day, effective deadline in force from the end of that day)
        self.days = []  # (day, snapshot at its end)
        self.last_refusal = None
        self.holders = []  # (day, who carries it from the end of that day)

    def run(self, facts):
        facts = _effective(list(facts))
        passed_on = [fact for fact in facts if fact.kind == "succeeded"]
        if passed_on:
            # the first one recorded says to whom it was released
            first = min(passed_on, key=lambda fact: fact.id)
            self.life.agency = first.old_agency
        for fact in facts:
            self._check_open(fact)
            getattr(self, f"_on_{fact.kind}")(fact)
            if fact.kind in ENTRY_KINDS:
                self.life.last_entry_on = fact.day
            self._snapshot(fact.day)
        self._build_spans()
        self._build_tenures()
        self._judge()
        return self.life

    # -- what each fact does, and when it cannot be ------------------------------
    def _check_open(self, fact):
        life = self.life
        if fact.kind == "released":
            return
        if life.assigned_on is None:
            raise Impossible("before_release", fact)
        if life.withdrawn_on:
            raise Impossible("withdrawn", fact)
        if life.confirmed_on and fact.kind not in AFTER_COMPLETION:
            raise Impossible("completed", fact)

    def _on_released(self, fact):
        if self.life.assigned_on is not None:
            raise Impossible("released_twice", fact)
        self.life.assigned_on = fact.day
        if fact.deadline:
            self.life.first_deadline = fact.deadline
            self._set_deadline(fact)

    def _on_received(self, fact):
        if self.life.received_on:
            raise Impossible("received_twice", fact)
        self.life.received_on = fact.day

    def _on_progress(self, fact):
        """An entry on how it goes is always possible while the assignment is open."""

    _on_contributed = _on_progress

    def _on_handed_in(self, fact):
        life = self.life
        self._check_not_waiting(fact)
        if life.return_pending:
            raise Impossible("return_pending", fact)
        self._check_stated(fact, fact.day)
        life.handed_in_on = fact.day
        life.stated_on = fact.stated or fact.day
        if not self.confirmation:
            self._complete(fact.day, life.stated_on)

    def _on_refused(self, fact):
        self._check_waiting(fact)
        self.life.handed_in_on = self.life.stated_on = None
        self.last_refusal = fact.day

    def _on_confirmed(self, fact):
        self._check_waiting(fact)
        self._check_stated(fact, self.life.handed_in_on)
        self._complete(fact.day, fact.stated or self.life.handed_in_on)

    def _on_confirm_undone(self, fact):
        life = self.life
        if not self.confirmation or not life.confirmed_on:
            raise Impossible("not_confirmed", fact)
        if life.confirmed_on != fact.day:
            raise Impossible("undo_too_late", fact)
        life.confirmed_on = life.completed_on = None

    def _on_extension_asked(self, fact):
        life = self.life
        self._check_not_waiting(fact)
        if life.extension_pending:
            raise Impossible("extension_pending", fact)
        if not life.deadline:
            raise Impossible("undated", fact)
        life.extension_pending = True

    def _on_extension_approved(self, fact):
        self._check_extension_decision(fact)
        if fact.deadline <= self.life.deadline:
            raise Impossible("extension_not_later", fact)
        self.life.extended = True
        self._set_deadline(fact)

    def _on_extension_refused(self, fact):
        self._check_extension_decision(fact)

    def _on_extension_cancelled(self, fact):
        if not self.life.extension_pending:
            raise Impossible("no_extension", fact)
        self.life.extension_pending = False

    def _on_deadline_changed(self, fact):
        life = self.life
        if not life.deadline:
            raise Impossible("undated", fact)
        if fact.deadline == life.deadline:
            raise Impossible("same_deadline", fact)
        if fact.deadline > life.deadline:
            life.extended = True
        self._set_deadline(fact)

    def _on_deadline_set(self, fact):
        if self.life.deadline:
            raise Impossible("already_dated", fact)
        self.life.first_deadline = fact.deadline
        self._set_deadline(fact)

    def _on_return_asked(self, fact):
        self._check_not_waiting(fact)
        if self.life.return_pending:
            raise Impossible("return_pending", fact)
        self.life.return_pending = True

    def _on_return_kept(self, fact):
        if not self.life.return_pending:
            raise Impossible("no_return", fact)
        self.life.return_pending = False

    _on_return_refused = _on_return_cancelled = _on_return_kept

    def _on_withdrawn(self, fact):
        self.life.withdrawn_on = fact.day
        self.life.extension_pending = self.life.return_pending = False

    def _on_succeeded(self, fact):
        """The successor carries it from that day; the work and its time run on."""
        life = self.life
        if life.agency != fact.old_agency:
            raise Impossible("not_its_agency", fact)
        if not self.holders:
            self.holders = [(life.assigned_on, life.agency)]
        life.agency = fact.agency
        if self.holders[-1][0] == fact.day and len(self.holders) > 1:
            self.holders.pop()
        self.holders.append((fact.day, fact.agency))

    def _on_entered_elsewhere(self, fact):
        """A mark of what was done in another system; nothing here depends on it."""
        if fact.system in self.life.elsewhere:
            raise Impossible("entered_twice", fact)
        self.life.elsewhere[fact.system] = fact.day

    # -- shared rules ------------------------------------------------------------
    def _check_waiting(self, fact):
        if not self.life.waiting:
            raise Impossible("no_result_waiting", fact)

    def _check_not_waiting(self, fact):
        if self.life.waiting:
            raise Impossible("result_waiting", fact)

    def _check_extension_decision(self, fact):
        if not self.life.extension_pending:
            raise Impossible("no_extension", fact)
        self._check_not_waiting(fact)
        self.life.extension_pending = False

    def _check_stated(self, fact, handed_in):
        """A ≤ C ≤ H, and not before the last refusal."""
        if not fact.stated:
            return
        if fact.stated < self.life.assigned_on:
            raise Impossible("stated_before_release", fact)
        if fact.stated > handed_in:
            raise Impossible("stated_after_hand_in", fact)
        if self.last_refusal and fact.stated < self.last_refusal:
            raise Impossible("stated_before_refusal", fact)

    def _complete(self, day, completed):
        self.life.confirmed_on = day
        self.life.completed_on = completed
        self.life.extension_pending = False

    def _set_deadline(self, fact):
        self.life.deadline = fact.deadline
        self.life.due_on = fact.due or fact.deadline
        self.dues.append((fact.day, self.life.due_on))

    # -- the days' ends ----------------------------------------------------------
    def _snapshot(self, day):
        life = self.life
        is_open = not life.withdrawn_on and not life.confirmed_on
        status = (
            is_open,
            life.deadline,
            life.due_on,
            life.extended,
            life.stated_on if life.waiting else None,
            life.return_pending,
        )
        if self.days and self.days[-1][0] == day:
            self.days.pop()
        self.days.append((day, status))

    def _due_on(self, day):
        """D(day), effective: in force at the end of the day, None if undated."""
        known = bisect_right(self.dues, day, key=lambda one: one[0])
        return self.dues[known - 1][1] if known else None

    def _days_late(self, day):
        """How many days after what was then due `day` falls (0: in time)."""
        due = self._due_on(day)
        return max(0, (day - due).days) if due else 0

    def _build_spans(self):
        runs = []
        for day, status in self.days:
            if not runs or runs[-1][1] != status:
                runs.append((day, status))
        ends = [day for day, _status in runs[1:]] + [None]
        for (day_from, status), day_to in zip(runs, ends, strict=True):
            is_open, deadline, due, extended, stated, returned = status
            if not is_open:
                continue
            self.life.spans.append(
                Span(
                    day_from,
                    day_to,
                    deadline,
                    due,
                    self._overdue_from(day_from, day_to, due, stated),
                    extended,
                    stated is not None,
                    returned,
                )
            )

    def _build_tenures(self):
        """Who carried it before: an agency that follows itself gave nothing away."""
        for (_since, agency), (day_to, heir) in pairwise(self.holders):
            if agency != heir:
                self.life.tenures.append(Tenure(agency, day_to))

    def _overdue_from(self, day_from, day_to, due, stated):
        """The first day in [day_from, day_to) that ends overdue.

        While a result waits the clock stands still: what was stated in time stays
        in time however long the Office looks. Due on t is not overdue on t.
        """
        if stated:
            return day_from if self._days_late(stated) else None
        if not due:
            return None
        first = max(day_from, due + ONE_DAY)
        return first if day_to is None or first < day_to else None

    def _judge(self):
        life = self.life
        if life.confirmed_on:
            # On C itself the assignment may be closed already (confirmed the same
            # day), so C is judged by its own deadline besides the open days before.
            life.late = self._days_late(life.completed_on) > 0 or any(
                span.overdue_from and span.overdue_from <= life.completed_on
                for span in life.spans
            )
        elif life.spans and life.spans[-1].day_to is None:
            life.overdue_from = life.spans[-1].overdue_from
            life.late_days = self._days_late(life.stated_on) if life.waiting else 0
