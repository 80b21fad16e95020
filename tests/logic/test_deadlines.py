"""Deadlines counted from an event and recurring ones, dates worked out by hand."""

import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "addons" / "task_tracking"))

from logic.deadlines import (  # noqa: E402
    RECURRENCES,
    add_months,
    counted,
    next_occurrence,
)
from logic.workdays import Exceptional, WorkCalendar  # noqa: E402

TET = WorkCalendar(
    [
        *(Exceptional(date(2026, 2, day), "holiday", "Tết") for day in range(16, 21)),
        Exceptional(date(2026, 1, 1), "holiday", "Tết Dương lịch"),
        Exceptional(date(2026, 1, 2), "compensatory", "Nghỉ hoán đổi"),
        Exceptional(date(2026, 1, 10), "worked", "Làm bù"),
    ]
)
dates = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    "event,unit,amount,due",
    [
        # Thursday 12/02, then Friday 13/02, Tết and weekends, Monday 23/02 …
        ((2026, 2, 12), "working_day", 1, (2026, 2, 13)),
        ((2026, 2, 12), "working_day", 2, (2026, 2, 23)),
        ((2026, 2, 12), "working_day", 5, (2026, 2, 26)),
        # an event on a day off: counted from the first working day after it
        ((2026, 2, 18), "working_day", 5, (2026, 2, 27)),
        # Friday 09/01: the worked Saturday 10/01 is the first
        ((2026, 1, 9), "working_day", 2, (2026, 1, 12)),
        # Wednesday 31/12/2025: Friday 02/01 is off, Monday 05/01 is the first
        ((2025, 12, 31), "working_day", 1, (2026, 1, 5)),
        ((2026, 2, 12), "calendar_day", 5, (2026, 2, 17)),
        ((2026, 2, 27), "calendar_day", 2, (2026, 3, 1)),
        ((2026, 1, 31), "month", 1, (2026, 2, 28)),
        ((2028, 1, 31), "month", 1, (2028, 2, 29)),
        ((2026, 8, 31), "month", 1, (2026, 9, 30)),
        ((2026, 11, 15), "month", 3, (2027, 2, 15)),
        ((2026, 12, 31), "month", 12, (2027, 12, 31)),
    ],
)
def test_counted_by_hand(event, unit, amount, due):
    """The event's own day does not count; months clamp to the month's end."""
    assert counted(TET, date(*event), unit, amount)[0] == date(*due)


def test_counted_names_what_was_skipped():
    """Every day off between the event and the deadline, with its reason."""
    passage = counted(TET, date(2026, 2, 12), "working_day", 2)[1]
    assert [note.day.day for note in passage.skipped] == list(range(14, 23))
    assert counted(TET, date(2026, 2, 12), "calendar_day", 9)[1].skipped == ()


@pytest.mark.parametrize("amount", [0, -1])
def test_at_least_one(amount):
    with pytest.raises(ValueError, match="at least 1"):
        counted(TET, date(2026, 2, 12), "month", amount)


def test_unknown_unit():
    with pytest.raises(ValueError, match="unknown unit"):
        counted(TET, date(2026, 2, 12), "fortnight", 1)


def test_no_month_past_the_calendar():
    with pytest.raises(OverflowError):
        add_months(date(9999, 12, 1), 1)


@pytest.mark.parametrize(
    "first,recurrence,days",
    [
        ((2026, 1, 31), "month", [(2026, 2, 28), (2026, 3, 31), (2026, 4, 30)]),
        ((2026, 3, 31), "quarter", [(2026, 6, 30), (2026, 9, 30), (2026, 12, 31)]),
        ((2026, 6, 15), "half_year", [(2026, 12, 15), (2027, 6, 15)]),
        ((2028, 2, 29), "year", [(2029, 2, 28), (2030, 2, 28), (2031, 2, 28)]),
    ],
)
def test_series_by_hand(first, recurrence, days):
    """The first deadline gives the day; 31 is the last day of a short month only."""
    last, first = date(*first), date(*first)
    for day in days:
        last = next_occurrence(first, recurrence, last)
        assert last == date(*day)


@given(dates, st.sampled_from(sorted(RECURRENCES)), st.integers(0, 4000))
def test_next_occurrence_is_the_first_one_later(first, recurrence, days):
    """Whatever the last day was, no occurrence between it and the next is left out."""
    last = first + timedelta(days=days)
    step = RECURRENCES[recurrence]
    found = next_occurrence(first, recurrence, last)
    every = [add_months(first, nth * step) for nth in range(1, 200)]
    assert found == min(day for day in every if day > last)
