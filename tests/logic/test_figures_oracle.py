"""The figures against a second, simple implementation (DOMAIN.md section 3).

Three parts: examples worked out by hand; the identities the figures must satisfy, on
random histories; the product's plain logic (`logic.life`) against the oracle, day by
day and line by line, on random histories.
"""

import sys
from collections import Counter
from datetime import date, datetime, time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "oracle"), str(ROOT / "addons" / "task_tracking")]

import histories as chance  # noqa: E402
import oracle  # noqa: E402
from examples import (  # noqa: E402
    AS_KNOWN,
    EXAMPLES,
    IMPOSSIBLE,
    RELEASED,
    UNCONFIRMED,
    assignment,
    day,
)
from logic import life as product  # noqa: E402
from oracle import ONE_DAY  # noqa: E402

many = settings(
    max_examples=500,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)

# --- the product's answers ---------------------------------------------------------


def product_life(facts, confirmation, known_at=None):
    """What the product makes of the facts recorded by `known_at`; None if of none."""
    known = [f for f in facts if known_at is None or f.recorded_at <= known_at]
    return (
        product.replay(
            [
                product.Fact(
                    id=f.id,
                    kind=f.kind,
                    day=f.day,
                    deadline=f.deadline,
                    stated=f.stated,
                    corrects=f.corrects,
                    new_day=f.new_day,
                    due=f.due,
                    agency=f.agency,
                    old_agency=f.old_agency,
                    system=f.system,
                )
                for f in known
            ],
            confirmation=confirmation,
        )
        if known
        else None
    )


def span_on(life, t):
    """The span in which t lies, None if it is not open on t; never two."""
    spans = [
        p for p in life.spans if p.day_from <= t and (p.day_to is None or t < p.day_to)
    ]
    assert len(spans) <= 1, f"{t} lies in two spans"
    return spans[0] if spans else None


def carrier_on(life, t, first):
    """Who carries it on t, as the reports' SQL asks; `first` if nobody took over."""
    for tenure in life.tenures:
        if tenure.day_to > t:
            return tenure.agency
    return life.agency or first


def overdue_on(span, t):
    return span.overdue_from is not None and span.overdue_from <= t


def product_lines(assignment, s, e, confirmation, known_at=None):
    """Phụ lục I from the product's verdict and spans, as its SQL counts."""
    life = product_life(assignment.facts, confirmation, known_at)
    if assignment.role != "lead" or life is None or life.assigned_on > e:
        return []
    withdrawn, done = life.withdrawn_on, life.confirmed_on
    if (withdrawn and withdrawn <= e) or (done and done < s):
        return []

    def status(t):
        span = span_on(life, t)
        if overdue_on(span, t):
            return "overdue"
        return "extended" if span.is_extended else "in_time"

    lines = []
    if s <= life.assigned_on:
        lines.append("assigned_" + assignment.source)
    else:
        lines.append("carried_" + status(s - ONE_DAY))
    if done and done <= e:
        lines.append("completed_late" if life.late else "completed_on_time")
    else:
        span = span_on(life, e)
        lines.append("open_" + status(e))
        lines += ["open_waiting"] * span.is_waiting
        lines += ["open_returned"] * span.is_returned
    return lines


# --- examples worked out by hand ---------------------------------------------------


def check(acts, s, e, expected, confirmation, known_at=None):
    """Oracle and product both count the assignment in the expected lines."""
    one = assignment(*acts)
    known_at = (
        datetime.combine(day(known_at), time.max) if known_at is not None else None
    )
    for lines_of in (oracle.lines_of, product_lines):
        lines = lines_of(one, day(s), day(e), confirmation, known_at)
        assert lines == expected.split(), lines_of.__module__


@pytest.mark.parametrize("acts,s,e,expected", EXAMPLES.values(), ids=EXAMPLES)
def test_example(acts, s, e, expected):
    """The lines of the window, worked out by hand (Office confirms)."""
    assert chance.broken_rule(assignment(*acts).facts, True) is None
    check(acts, s, e, expected, confirmation=True)


@pytest.mark.parametrize("acts,m,s,e,expected", AS_KNOWN.values(), ids=AS_KNOWN)
def test_example_as_known_at(acts, m, s, e, expected):
    """As known at m uses only what was recorded by m."""
    check(acts, s, e, expected, confirmation=True, known_at=m)


@pytest.mark.parametrize("acts,s,e,expected", UNCONFIRMED.values(), ids=UNCONFIRMED)
def test_example_without_confirmation(acts, s, e, expected):
    """Where the regulation requires no confirmation, K = H."""
    check(acts, s, e, expected, confirmation=False)


def test_a_task_of_three_leads_counts_three_times():
    """The number of distinct tasks is shown beside; agencies sum to the province."""
    three = [
        assignment(RELEASED, key=agency, agency=agency, source="programme")
        for agency in ("Sở A", "Sở B", "Sở C")
    ]
    numbers = oracle.count(three, day(1), day(5), confirmation=True)
    assert (numbers["assigned_programme"], numbers["tasks"]) == (3, 1)
    by_agency = oracle.figures(three, day(1), day(5), confirmation=True)
    assert [own["assigned_programme"] for own in by_agency.values()] == [1, 1, 1]


@pytest.mark.parametrize("acts", IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_what_cannot_have_happened_is_refused(acts):
    """ "An act that would break this is refused": the last one of these is."""
    facts = assignment(*acts).facts
    assert chance.broken_rule(facts[:-1], True) is None
    product_life(facts[:-1], True)
    assert chance.broken_rule(facts, True)
    with pytest.raises(product.Impossible):
        product_life(facts, True)


# --- identities, on random histories -----------------------------------------------


def total(numbers, lines):
    return sum(numbers[line] for line in lines)


def test_the_histories_are_valid_and_hold_every_kind_of_fact():
    """Every prefix in order of recording is valid; every kind of fact occurs often,
    corrected, back-dated, and several on one day."""
    seen, corrected, others = Counter(), Counter(), Counter()

    # Which examples come differs a little between machines: enough of them for rare
    # kinds to be frequent on each.
    @settings(many, max_examples=1500)
    @given(chance.histories(late_letters=True))
    def run(history):
        for one in history.assignments:
            for nr, fact in enumerate(one.facts):
                assert (
                    chance.broken_rule(one.facts[: nr + 1], history.confirmation)
                    is None
                )
                seen[fact.kind] += 1
                others["back-dated"] += fact.day < fact.recorded_at.date()
                others["same day"] += nr and one.facts[nr - 1].day == fact.day
                others["rolled"] += fact.due is not None
                if fact.kind == "correction":
                    corrected.update(
                        name
                        for name in ("deadline", "stated", "new_day", "agency")
                        if getattr(fact, name)
                    )

    run()
    assert min(seen[kind] for kind in chance.KINDS) >= 20, seen
    for name in ("deadline", "stated", "new_day", "agency"):
        assert corrected[name] >= 20
    assert min(others.values()) >= 100


@many
@given(chance.histories())
def test_identities(history):
    """The sums DOMAIN.md section 3 promises, for every agency and window."""

    def ask(s, e):
        return oracle.figures(
            history.assignments, s, e, confirmation=history.confirmation
        )

    tiles = history.tiles()
    for s, e in (*tiles, *history.windows):
        by_agency = ask(s, e)
        province = oracle.count(
            history.assignments, s, e, confirmation=history.confirmation
        )
        for line in oracle.LINES:
            assert province[line] == sum(n[line] for n in by_agency.values())
        for numbers in (*by_agency.values(), province):
            assert total(numbers, oracle.ASSIGNED) + total(
                numbers, oracle.CARRIED
            ) == total(numbers, oracle.COMPLETED) + total(numbers, oracle.NOT_COMPLETED)
        for earlier in (s - 7 * ONE_DAY, s - 40 * ONE_DAY):
            for agency, numbers in ask(earlier, e).items():
                for line in (*oracle.NOT_COMPLETED, *oracle.NOTES):
                    assert numbers[line] == by_agency[agency][line]
    whole = ask(tiles[0][0], tiles[-1][1])
    for agency, numbers in whole.items():
        for line in oracle.COMPLETED:
            assert numbers[line] == sum(ask(s, e)[agency][line] for s, e in tiles)


@many
@given(chance.histories())
def test_carried_is_what_the_period_before_left(history):
    """carried of [s, e] = not completed of the period that ended on s-1, less those
    withdrawn on a day of [s, e]; assignment by assignment."""

    def ask(s, e):
        return oracle.listing(
            history.assignments, s, e, confirmation=history.confirmation
        )

    tiles = history.tiles()
    for before, (s, e) in pairwise(tiles):
        withdrawn = {
            one.key
            for one in history.assignments
            if s <= (oracle.X(oracle.as_recorded(one.facts)) or date.min) <= e
        }
        left, carried = ask(*before), ask(s, e)
        for status in ("overdue", "extended", "in_time"):
            assert carried["carried_" + status] == left["open_" + status] - withdrawn


# --- the product against the oracle ------------------------------------------------


@many
@given(chance.histories(late_letters=True))
def test_the_product_says_the_same_of_every_day(history):
    """Open, overdue, extended, waiting, handed back, the deadline in force on every
    day; A, X, H, C, K and the verdict."""
    confirmation = history.confirmation
    for one in history.assignments:
        facts = oracle.as_recorded(one.facts)
        life = product_life(one.facts, confirmation)
        assert life.assigned_on == oracle.A(facts)
        assert life.withdrawn_on == oracle.X(facts)
        assert life.confirmed_on == oracle.K(facts, confirmation)
        assert life.completed_on == oracle.C(facts, confirmation)
        assert life.late is oracle.completed_late(facts, confirmation)
        if life.confirmed_on:
            assert life.handed_in_on == oracle.H(facts, confirmation)
        for t in history.days():
            if t >= life.assigned_on:
                assert carrier_on(life, t, one.agency) == oracle.carrier(one, t), t
            span = span_on(life, t)
            assert bool(span) == oracle.is_open(facts, t, confirmation), t
            if span:
                said = (
                    overdue_on(span, t),
                    span.is_extended,
                    span.is_waiting,
                    span.is_returned,
                    span.deadline,
                    span.due_on,
                )
                assert said == (
                    oracle.is_overdue(facts, t, confirmation),
                    oracle.E(facts, t),
                    oracle.is_waiting(facts, t, confirmation),
                    oracle.is_returned(facts, t, confirmation),
                    oracle.D(facts, t),
                    oracle.effective(facts, t),
                ), t


@many
@given(chance.histories(late_letters=True))
def test_the_product_counts_the_same(history):
    """Every agency's lines of every window, as recorded now and as known on its last
    day and a week later."""
    for s, e in (*history.tiles(), *history.windows):
        for known_at in (None, e, e + 7 * ONE_DAY):
            moment = known_at and datetime.combine(known_at, time.max)
            for one in history.assignments:
                assert sorted(
                    product_lines(
                        one,
                        s,
                        e,
                        history.confirmation,
                        moment,
                    )
                ) == sorted(oracle.lines_of(one, s, e, history.confirmation, moment)), (
                    one.key,
                    s,
                    e,
                )
