# SPDX-License-Identifier: LGPL-3.0-or-later
"""The evaluation of agencies: numbers worked out by hand, and what always holds."""

import importlib
import sys
from fractions import Fraction
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

ADDON = Path(__file__).resolve().parents[2] / "addons" / "task_reports"
# a package of its own name: `logic` is task_tracking's here
package = ModuleType("task_reports_logic")
package.__path__ = [str(ADDON / "logic")]
sys.modules["task_reports_logic"] = package
ev = importlib.import_module("task_reports_logic.evaluation")

counts = st.dictionaries(st.sampled_from(sorted(ev.PARTS)), st.integers(0, 500))
weights = st.integers(0, 1000).map(lambda tenths: Fraction(tenths, 10))


@st.composite
def drawn_criteria(draw):
    codes = draw(st.lists(st.sampled_from(sorted(ev.MEASURES)), unique=True))
    return [ev.Criterion(code, draw(weights), draw(st.booleans())) for code in codes]


@st.composite
def possible_counts(draw):
    """Counts in which what stands above the line is among what stands below."""
    n = draw(st.lists(st.integers(0, 300), min_size=20, max_size=20))
    return {
        "completed": n[0] + n[1],
        "completed_on_time": n[0],
        "open_overdue": n[2],
        "open": n[2] + n[3],
        "fresh": min(n[4], n[2] + n[3]),
        "dated": n[5] + n[6],
        "extension_asked": n[5],
        "extension_granted": n[6],
        "rated": n[7] + n[8],
        "rated_well": n[7],
        "result_accepted": n[9],
        "result_refused": n[10],
        "return_accepted": n[11],
        "return_refused": n[12],
        "report_in_time": n[13],
        "report_late": n[14],
        **{f"late_{times}": n[15 + times] for times in range(5)},
        **{f"failed_{times}": n[times] for times in range(5)},
    }


def value(code, **numbers):
    return ev.evaluate(numbers, [ev.Criterion.of(code, 1)]).values[0]


# -- by hand -------------------------------------------------------------------------
def test_completion_shows_its_numbers():
    """18 completed, 2 open and overdue: 18 ÷ 20 = 90 %."""
    one = value("completion", completed=18, open_overdue=2)
    assert one.text == "18 ÷ (18 + 2) = 90,0 %"
    assert one.share == Fraction(9, 10)


def test_the_government_offices_own_figures():
    """2017: 16,051 completed, 223 overdue, 14,068 on time: 98.6 % and 87.6 %."""
    numbers = {"completed": 16051, "open_overdue": 223, "completed_on_time": 14068}
    assert value("completion", **numbers).text == "16051 ÷ (16051 + 223) = 98,6 %"
    assert value("on_time", **numbers).text == "14068 ÷ 16051 = 87,6 %"


def test_each_delay_costs_a_quarter_and_never_more_than_all():
    """16 without delay, 2 late once, 1 twice, 1 four times or more:
    (16 + 2 × ¾ + ½ + 0) ÷ 20 = 18 ÷ 20 = 90 %."""
    one = value("progress_335", late_0=16, late_1=2, late_2=1, late_4=1)
    assert one.share == Fraction(18, 20)
    assert one.text == (
        "(16 + 2 × 75 % + 1 × 50 % + 1 × 0 %) ÷ (16 + 2 + 1 + 1) = 90,0 %"
    )


def test_nothing_by_nothing_is_a_dash_and_weighs_nothing():
    """0 ÷ 0 is "–" and the other weights share the score."""
    criteria = [ev.Criterion.of("completion", 30), ev.Criterion.of("freshness", 70)]
    line = ev.evaluate({"completed": 3, "open_overdue": 1}, criteria)
    assert line.values[1].text == "0 ÷ 0 = –"
    assert line.score == Fraction(3, 4)
    assert line.score_formula == "30 × 75,0 % ÷ 30 = 75,00"
    empty = ev.evaluate({}, criteria)
    assert empty.score is None
    assert empty.score_formula == "–"


def test_the_score_is_the_weighted_mean():
    """30 × 90 % + 20 × 75 % + 10 × (100 % − 20 %) = 27 + 15 + 8 = 50 of 60: 83.33."""
    criteria = [
        ev.Criterion.of("completion", 30),
        ev.Criterion.of("on_time", 20),
        ev.Criterion.of("extensions_granted", 10),
    ]
    numbers = {
        "completed": 36,
        "open_overdue": 4,
        "completed_on_time": 27,
        "dated": 40,
        "extension_granted": 8,
    }
    line = ev.evaluate(numbers, criteria)
    assert line.score == Fraction(50, 60)
    assert line.score_formula == (
        "(30 × 90,0 % + 20 × 75,0 % + 10 × 80,0 %) ÷ (30 + 20 + 10) = 83,33"
    )


def test_a_weight_of_nothing_is_shown_only():
    """The measure has its share; the score does not know it."""
    criteria = [ev.Criterion.of("completion", 1), ev.Criterion.of("on_time", 0)]
    line = ev.evaluate({"completed": 2, "completed_on_time": 0}, criteria)
    assert line.values[1].share == 0
    assert line.score == 1


def test_no_place_without_a_required_measure():
    """Nothing completed or overdue: a score of what is left, and no place."""
    criteria = [
        ev.Criterion.of("completion", 30, is_required=True),
        ev.Criterion.of("freshness", 10),
    ]
    idle = ev.evaluate({"open": 1, "fresh": 1}, criteria)
    assert (idle.score, idle.placed_score) == (1, None)
    busy = ev.evaluate({"completed": 1, "open": 1, "fresh": 0}, criteria)
    assert busy.placed_score == busy.score == Fraction(3, 4)


def test_ranks_leave_a_gap_after_a_tie():
    """1, 2, 2, 4 and nothing for nothing; equal as printed is equal."""
    scores = {
        "a": Fraction(9, 10),
        "b": Fraction(8, 10),
        "c": Fraction(8, 10) + Fraction(1, 10**6),
        "d": Fraction(1, 10),
        "e": None,
    }
    assert ev.ranks(scores) == {"a": 1, "b": 2, "c": 2, "d": 4, "e": None}


@pytest.mark.parametrize(
    ("score", "text"),
    [(None, "–"), (0, "0,00"), (1, "100,00"), (Fraction(5, 6), "83,33")],
)
def test_score_text(score, text):
    assert ev.score_text(score) == text


def test_change_is_what_the_reader_sees():
    assert ev.change(Fraction(1, 2), Fraction(1, 3)) == 1
    assert ev.change(Fraction(1, 3), Fraction(1, 2)) == -1
    assert ev.change(Fraction(1, 2), Fraction(1, 2) + Fraction(1, 10**7)) == 0
    assert ev.change(None, Fraction(1, 2)) is None


# -- always --------------------------------------------------------------------------
@given(possible_counts(), drawn_criteria())
def test_bounds(numbers, criteria):
    """Every share, point and score lies between 0 and 1, or is none at all."""
    line = ev.evaluate(numbers, criteria)
    for one in line.values:
        assert one.share is None or 0 <= one.share <= 1
        assert (one.share is None) == (one.points is None)
    assert line.score is None or 0 <= line.score <= 1
    assert (line.score is None) == (not any(one.weight for one in line.values))


@given(possible_counts(), drawn_criteria())
def test_the_score_lies_between_its_best_and_its_worst(numbers, criteria):
    line = ev.evaluate(numbers, criteria)
    points = [one.points for one in line.values if one.weight]
    if points:
        assert min(points) <= line.score <= max(points)


@given(possible_counts(), drawn_criteria(), st.integers(0, 10), weights)
def test_monotone_in_weights(numbers, criteria, place, more):
    """More weight on a criterion draws the score towards its points."""
    line = ev.evaluate(numbers, criteria)
    if not criteria or line.score is None:
        return
    place %= len(criteria)
    points = line.values[place].points
    heavier = list(criteria)
    old = criteria[place]
    heavier[place] = ev.Criterion(old.measure, old.weight + more, old.higher_is_better)
    score = ev.evaluate(numbers, heavier).score
    if points is None:
        assert score == line.score
    elif points >= line.score:
        assert line.score <= score <= points
    else:
        assert points <= score <= line.score


@given(possible_counts(), drawn_criteria(), st.integers(1, 50))
def test_scaling_all_weights_changes_nothing(numbers, criteria, factor):
    heavier = [
        ev.Criterion(one.measure, one.weight * factor, one.higher_is_better)
        for one in criteria
    ]
    assert ev.evaluate(numbers, heavier).score == ev.evaluate(numbers, criteria).score


@given(st.lists(possible_counts(), min_size=1, max_size=4))
def test_a_sum_has_a_share_between_those_of_its_agencies(agencies):
    """Heads and groups are summed, not averaged: parts and wholes add up."""
    total = ev.summed(agencies)
    for measure in ev.MEASURES.values():
        shares = [ev.share_of(measure, one) for one in agencies]
        known = [one for one in shares if one is not None]
        share = ev.share_of(measure, total)
        assert (share is None) == (not known)
        if known:
            assert min(known) <= share <= max(known)


@given(counts)
def test_the_formula_names_only_parts_of_its_measure(numbers):
    for measure in ev.MEASURES.values():
        tokens = ev.formula(measure, numbers)
        named = {one[0] for one in tokens if not isinstance(one, str)}
        assert named <= set(measure.parts)
        for one in tokens:
            assert isinstance(one, str) or one[1] == numbers.get(one[0], 0)


@given(st.dictionaries(st.integers(0, 20), st.none() | st.fractions(0, 1)))
def test_ranks_follow_the_scores(scores):
    places = ev.ranks(scores)
    for one, score in scores.items():
        assert (places[one] is None) == (score is None)
        for other, other_score in scores.items():
            if score is None or other_score is None:
                continue
            if places[one] < places[other]:
                assert score > other_score


def test_bits_are_distinct_within_a_model():
    for parts in ev.SOURCES.values():
        bits = [ev.PART_BITS[part] for part in parts]
        assert len(set(bits)) == len(bits)
        assert sum(bits) == (1 << len(bits)) - 1
