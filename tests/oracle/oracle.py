"""The second, simple implementation of the figures (DOMAIN.md section 3).

README. This folder holds what the product is compared with. It shares no code with
the addons and is naive on purpose: every question is answered for one day by walking
through the facts again, every line of Phụ lục I by looping over assignments.

* ``oracle.py`` (this file): what a list of facts means.
* ``histories.py``: random valid histories (hypothesis) and the rules of validity.
* ``examples.py``: small histories whose lines were worked out by hand.
* ``urging.py``: who is reminded of what on which day, walked through day by day; it is
  tried on hand-worked cases in ``tests/logic/test_urging_oracle.py`` and compared with
  the job in the addon's ``test_urging_year``.

The data::

    Fact(id, kind, day, recorded_at, deadline, stated, corrects, new_day, due,
         agency, old_agency, system)
    Assignment(key, agency, task, source, facts, role)
    History(assignments, confirmation, cuts, windows)

``id`` is the order of recording (unique in the history, ascending within an
assignment); ``recorded_at`` is the province's clock, without zone; ``day`` is the day
it happened, earlier than ``recorded_at.date()`` only where the Office stated so.
``deadline``: brought by released (None: undated), deadline_set, deadline_changed,
extension_approved; wished by extension_asked. ``due``: the day that deadline moves to
where it falls on a day off and the regulation moves it (None: it stands as written);
the written one is printed, the moved one decides what is late. ``stated``: with
handed_in the completion day the agency states; with confirmed the one the Office
confirms (None: it confirms none, so the day of handing in counts). A correction names
the corrected fact in ``corrects`` and gives ``new_day``, ``deadline``, ``stated``,
``agency`` where they differ. ``agency``, ``old_agency``: with succeeded who carries the
assignment from that day and who did before; ``Assignment.agency`` is the one it was
released to. ``system``: with entered_elsewhere the other system's name.

To use it elsewhere (for instance against the SQL of the reports): put this folder on
``sys.path``; draw ``histories()``; replay ``history.in_order()`` under a frozen clock
of each ``recorded_at``; compare with ``figures(history.assignments, s, e,
confirmation=history.confirmation)``. ``known_at`` asks for the figures as known at a
moment.

The functions of one assignment take ``facts`` as ``as_recorded`` returns them.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise

ONE_DAY = timedelta(days=1)

SOURCES = ("programme", "conclusion", "adhoc")

LINES = (
    "assigned_programme",
    "assigned_conclusion",
    "assigned_adhoc",
    "carried_overdue",
    "carried_extended",
    "carried_in_time",
    "completed_on_time",
    "completed_late",
    "open_overdue",
    "open_extended",
    "open_in_time",
    "open_waiting",
    "open_returned",
)  # the last two are the note under "chưa hoàn thành", not lines of their own
ASSIGNED, CARRIED, COMPLETED, NOT_COMPLETED, NOTES = (
    LINES[0:3],
    LINES[3:6],
    LINES[6:8],
    LINES[8:11],
    LINES[11:13],
)


@dataclass(frozen=True)
class Fact:
    """ "Each fact has the day it happened and the moment it was recorded." """

    id: int
    kind: str
    day: date
    recorded_at: datetime
    deadline: date | None = None
    stated: date | None = None
    corrects: int | None = None
    new_day: date | None = None
    due: date | None = None
    agency: str | None = None
    old_agency: str | None = None
    system: str | None = None


@dataclass(frozen=True)
class Assignment:
    """ "The unit of all accounting is the lead assignment." """

    key: str
    agency: str
    task: str
    source: str
    facts: tuple[Fact, ...]
    role: str = "lead"


@dataclass(frozen=True)
class History:
    """Assignments under one regulation, and windows to ask figures for.

    ``cuts``: ascending days; the windows between them tile the time (see `tiles`).
    ``windows``: some windows (s, e) that lie anyhow.
    """

    assignments: tuple[Assignment, ...]
    confirmation: bool
    cuts: tuple[date, ...] = ()
    windows: tuple[tuple[date, date], ...] = ()

    def in_order(self):
        """All (assignment, fact) in the order of recording."""
        pairs = [(a, f) for a in self.assignments for f in a.facts]
        return sorted(pairs, key=lambda pair: (pair[1].recorded_at, pair[1].id))

    def tiles(self):
        """The windows (s, e) that tile the time between the cuts."""
        return [(before + ONE_DAY, cut) for before, cut in pairwise(self.cuts)]

    def days(self):
        """Every day from before the first fact to well after the last."""
        known = [
            d
            for a in self.assignments
            for f in a.facts
            for d in (f.day, f.deadline, f.due, f.new_day)
            if d
        ]
        return list(days_between(min(known) - 3 * ONE_DAY, max(known) + 3 * ONE_DAY))


def days_between(first, last):
    """Every day from the first to the last, both counted."""
    day = first
    while day <= last:
        yield day
        day += ONE_DAY


def as_recorded(facts, known_at=None):
    """ "The figures are as recorded now; as known at m uses only what was recorded by
    m." "A correction of a wrongly entered fact holds for every t from its recording":
    the corrected fact is as if it had always held the new values, and where several
    correct the same value the last one recorded wins.

    :return: the facts without the corrections, in the order they happened; "within a
        day the order of acts decides".
    """
    known = [f for f in facts if known_at is None or f.recorded_at <= known_at]
    held = {f.id: f for f in known if f.kind != "correction"}
    for fact in sorted(known, key=lambda f: f.id):
        if fact.kind == "correction":
            wrong = held[fact.corrects]
            held[wrong.id] = replace(
                wrong,
                day=fact.new_day or wrong.day,
                deadline=fact.deadline or wrong.deadline,
                due=fact.due if fact.deadline else wrong.due,
                stated=fact.stated or wrong.stated,
                agency=fact.agency or wrong.agency,
            )
    return sorted(held.values(), key=lambda f: (f.day, f.id))


def A(facts):
    """ "A assigned: the day it was released to the agency." """
    for fact in facts:
        if fact.kind == "released":
            return fact.day
    return None


def X(facts):
    """ "X withdrawn: taken away, or handed back and accepted (asking alone changes
    nothing)." """
    for fact in facts:
        if fact.kind == "withdrawn":
            return fact.day
    return None


def confirming_fact(facts, confirmation):
    """The fact that completes: the confirmation, "never undone (same day, same person
    excepted)"; "where the regulation requires none, K = H": the handing in."""
    found = None
    for fact in facts:
        if fact.kind == ("confirmed" if confirmation else "handed_in"):
            found = fact
        if fact.kind == "confirm_undone":
            found = None
    return found


def K(facts, confirmation):
    """ "K the day of confirmation; where the regulation requires none, K = H." """
    fact = confirming_fact(facts, confirmation)
    return fact.day if fact else None


def final_result(facts, confirmation):
    """The result later confirmed: the last one handed in before the confirmation."""
    confirming = confirming_fact(facts, confirmation)
    if not confirming:
        return None
    up_to = facts[: facts.index(confirming) + 1]
    return [f for f in up_to if f.kind == "handed_in"][-1]


def H(facts, confirmation):
    """ "H the day the result later confirmed was handed in." """
    result = final_result(facts, confirmation)
    return result.day if result else None


def C(facts, confirmation):
    """ "C the completion day stated with it: counts only if the Office confirms it or,
    where nothing is confirmed, a reply document of that date is attached; else
    C = H." """
    confirming = confirming_fact(facts, confirmation)
    if not confirming:
        return None
    return confirming.stated or H(facts, confirmation)


def waiting_result(facts, t, confirmation):
    """ "The result waiting on t, if one is (at most one is; a refused one is not)",
    as the day's end sees it. Where nothing is confirmed no result ever waits."""
    waiting = answered = None
    for fact in facts:
        if fact.day > t or not confirmation:
            continue
        if fact.kind == "handed_in":
            waiting = fact
        elif fact.kind == "confirmed":
            waiting, answered = None, waiting
        elif fact.kind == "confirm_undone":
            waiting = answered
        elif fact.kind in ("refused", "withdrawn"):
            waiting = None
    return waiting


def S(facts, t, confirmation):
    """ "S(t) the stated completion day of the result waiting on t"; where none is
    stated the day of handing in stands for it, as C = H."""
    result = waiting_result(facts, t, confirmation)
    return result and (result.stated or result.day)


def D(facts, t):
    """ "D(t) the deadline in force on t: none if undated; the first one; then as
    changed by facts dated <= t: extension approved; leader's own change, earlier or
    later; first deadline set on an undated one." """
    deadline = None
    for fact in facts:
        if fact.day <= t and fact.kind in (
            "released",
            "extension_approved",
            "deadline_changed",
            "deadline_set",
        ):
            deadline = fact.deadline
    return deadline


def effective(facts, t):
    """ "A calendar date that falls on a day off stands as written, or rolls to the next
    working day": the day by which D(t) must really be kept."""
    day = None
    for fact in facts:
        if fact.day <= t and fact.kind in (
            "released",
            "extension_approved",
            "deadline_changed",
            "deadline_set",
        ):
            day = fact.deadline if fact.due is None else fact.due
    return day


def E(facts, t):
    """ "E(t) some later date was granted by t (a first deadline or a correction is not
    one)": by an extension or by the leader's own change to later."""
    deadline = None
    for fact in facts:
        if fact.day > t:
            continue
        if fact.kind in ("extension_approved", "deadline_changed"):
            if fact.deadline > deadline:
                return True
            deadline = fact.deadline
        if fact.kind in ("released", "deadline_set"):
            deadline = fact.deadline
    return False


def carrier(assignment, t, known_at=None):
    """ "The agency of an assignment is a dated fact: on a merger the successor carries
    the open ones from day t; periods that ended before t stay with the predecessor."
    """
    agency = assignment.agency
    for fact in as_recorded(assignment.facts, known_at):
        if fact.kind == "succeeded" and fact.day <= t:
            agency = fact.agency
    return agency


def passed(deadline, day):
    """ "Due on t is not overdue on t"; an undated one has nothing to pass."""
    return deadline is not None and deadline < day


def is_open(facts, t, confirmation):
    """ "Open on t: A <= t, not X <= t, not K <= t." """
    a, x, k = A(facts), X(facts), K(facts, confirmation)
    if a is None or a > t:
        return False
    if x is not None and x <= t:
        return False
    return k is None or k > t


def is_overdue(facts, t, confirmation):
    """ "Overdue on t: open on t and (a result waits: D(S(t)) < S(t); none waits:
    D(t) < t)." """
    if not is_open(facts, t, confirmation):
        return False
    s = S(facts, t, confirmation)
    if s is not None:
        return passed(effective(facts, s), s)
    return passed(effective(facts, t), t)


def is_waiting(facts, t, confirmation):
    """Of these waiting for confirmation: open, and a result waits at t's end."""
    return (
        is_open(facts, t, confirmation)
        and waiting_result(facts, t, confirmation) is not None
    )


def is_returned(facts, t, confirmation):
    """ "Handed back, unanswered": open, asked to be taken back and not answered (kept,
    refused) nor cancelled by the end of t."""
    asked = False
    for fact in facts:
        if fact.day <= t and fact.kind == "return_asked":
            asked = True
        if fact.day <= t and fact.kind in (
            "return_kept",
            "return_refused",
            "return_cancelled",
        ):
            asked = False
    return asked and is_open(facts, t, confirmation)


def completed_late(facts, confirmation):
    """ "Completed late: overdue on some day t <= C; else on time. An extension granted
    after the date does not wash it clean."

    Reading of the project where this leaves a hole: on the day C itself the
    assignment may already be closed (K = C, confirmed the same day), so C is judged
    as if it were still open: late if overdue on some open day t <= C or D(C) < C.

    :return: None while it is not completed.
    """
    c = C(facts, confirmation)
    if c is None:
        return None
    return passed(effective(facts, c), c) or any(
        is_overdue(facts, t, confirmation) for t in days_between(A(facts), c)
    )


def status(facts, t, confirmation):
    """ "Quá hạn if overdue; else gia hạn if E; else trong hạn." """
    if is_overdue(facts, t, confirmation):
        return "overdue"
    return "extended" if E(facts, t) else "in_time"


def lines_of(assignment, s, e, confirmation, known_at=None):
    """The lines of Phụ lục I for [s, e] in which this assignment is counted.

    "Phụ lục I for the window [s, e], over lead assignments with A <= e, not X <= e,
    not K < s"; "supports are in no line".
    """
    facts = as_recorded(assignment.facts, known_at)
    a, x, k = A(facts), X(facts), K(facts, confirmation)
    if assignment.role != "lead" or a is None or a > e:
        return []
    if (x is not None and x <= e) or (k is not None and k < s):
        return []
    lines = []
    if s <= a <= e:  # "by source (anything else is đột xuất)"
        known = assignment.source in SOURCES
        lines.append("assigned_" + (assignment.source if known else "adhoc"))
    if a < s:  # "A < s; on s-1: quá hạn if overdue; ..."
        lines.append("carried_" + status(facts, s - ONE_DAY, confirmation))
    if k is not None and s <= k <= e:  # "s <= K <= e, by 'completed late'"
        late = completed_late(facts, confirmation)
        lines.append("completed_late" if late else "completed_on_time")
    if is_open(facts, e, confirmation):  # "open on e: quá hạn if overdue; ..."
        lines.append("open_" + status(facts, e, confirmation))
        if is_waiting(facts, e, confirmation):
            lines.append("open_waiting")
        if is_returned(facts, e, confirmation):
            lines.append("open_returned")
    return lines


def listing(assignments, s, e, *, confirmation, known_at=None):
    """ "Phụ lục II lists every assignment counted, grouped by line."

    :return: {line: set of assignment keys}, every line of `LINES` present.
    """
    listed = {line: set() for line in LINES}
    for assignment in assignments:
        for line in lines_of(assignment, s, e, confirmation, known_at):
            listed[line].add(assignment.key)
    return listed


def count(assignments, s, e, *, confirmation, known_at=None):
    """The figures of these assignments taken together: {line: number}, and "tasks":
    "a task given to three leads counts three times, the number of distinct tasks is
    shown beside it"."""
    listed = listing(assignments, s, e, confirmation=confirmation, known_at=known_at)
    counted = set().union(*listed.values())
    numbers = {line: len(keys) for line, keys in listed.items()}
    numbers["tasks"] = len({a.task for a in assignments if a.key in counted})
    return numbers


def figures(assignments, s, e, *, confirmation, known_at=None):
    """The figures of every agency: {agency: {line: number, "tasks": number}}.

    The agency is the one that carries the assignment on the window's last day. One
    whose lines are all 0 is present as well.
    """
    by_agency = defaultdict(list)
    for assignment in assignments:
        for name in (assignment.agency, *(f.agency for f in assignment.facts)):
            if name:
                by_agency[name] += []
        by_agency[carrier(assignment, e, known_at)].append(assignment)
    return {
        agency: count(own, s, e, confirmation=confirmation, known_at=known_at)
        for agency, own in by_agency.items()
    }
