# SPDX-License-Identifier: LGPL-3.0-or-later
"""Working days: the cases worked out by hand, and a naive day-by-day count."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from logic.workdays import Exceptional, WorkCalendar

DAY = timedelta(days=1)

#: New Year 2026 as decided: Friday 02/01 is off, Saturday 10/01 is worked for it.
NEW_YEAR_2026 = WorkCalendar(
    [
        Exceptional(date(2026, 1, 1), "holiday", "Tết Dương lịch"),
        Exceptional(date(2026, 1, 2), "compensatory", "Nghỉ hoán đổi"),
        Exceptional(date(2026, 1, 10), "worked", "Làm bù ngày 02/01"),
    ]
)
#: Tết of 2026: five days off from Monday 16/02 to Friday 20/02.
TET_2026 = WorkCalendar(
    Exceptional(date(2026, 2, day), "holiday", "Tết Nguyên đán")
    for day in range(16, 21)
)


@pytest.mark.parametrize(
    ("event", "n", "due"),
    [
        (date(2025, 12, 31), 1, date(2026, 1, 5)),
        (date(2026, 1, 9), 1, date(2026, 1, 10)),
        (date(2026, 1, 14), 2, date(2026, 1, 16)),
        (date(2026, 1, 14), 5, date(2026, 1, 21)),
    ],
)
def test_working_days_after_an_event(event, n, due):
    """Wed 31/12/2025 + 1 = Mon 05/01; Fri 09/01 + 1 = Sat 10/01, worked; Wed 14/01
    + 2 = Fri 16/01 and + 5 = Wed 21/01, the two report dates of Khánh Hòa."""
    assert NEW_YEAR_2026.add(event, n) == due


def test_working_days_before_a_deadline():
    """Deadline Mon 12/01/2026, at least 2 working days before: Fri 09/01 is the last
    day (Sat 10 is worked and the first one counted, Fri 09 the second)."""
    assert NEW_YEAR_2026.before(date(2026, 1, 12), 2) == date(2026, 1, 9)


def test_event_on_a_day_off():
    """An event on Sat 03/01/2026: the first working day after it is Mon 05/01."""
    assert NEW_YEAR_2026.add(date(2026, 1, 3), 1) == date(2026, 1, 5)


def test_over_tet():
    """Fri 13/02/2026 + 1 = Mon 23/02: the nine days 14–22/02 are off."""
    assert TET_2026.add(date(2026, 2, 13), 1) == date(2026, 2, 23)
    assert TET_2026.before(date(2026, 2, 23), 1) == date(2026, 2, 13)


@pytest.mark.parametrize(
    ("written", "rolled"),
    [
        (date(2026, 1, 4), date(2026, 1, 5)),
        (date(2026, 2, 28), date(2026, 3, 2)),
        (date(2026, 1, 10), date(2026, 1, 10)),
        (date(2026, 1, 7), date(2026, 1, 7)),
    ],
)
def test_roll(written, rolled):
    """Sun 04/01 rolls to Mon 05/01, Sat 28/02 to Mon 02/03; the worked Sat 10/01 and
    a plain Wednesday stand."""
    assert NEW_YEAR_2026.roll(written) == rolled


def test_passage_names_each_day():
    """From 01/01 to 12/01/2026 each day off has its reason, and Sat 10/01 is named as
    a worked day; the year is a known one."""
    passage = NEW_YEAR_2026.passage(date(2026, 1, 1), date(2026, 1, 12))
    assert [(n.day.day, n.why, n.name) for n in passage.skipped] == [
        (1, "holiday", "Tết Dương lịch"),
        (2, "compensatory", "Nghỉ hoán đổi"),
        (3, "weekend", ""),
        (4, "weekend", ""),
        (11, "weekend", ""),
    ]
    assert [n.day.day for n in passage.worked] == [10]
    assert passage.unconfirmed == ()


def test_passage_tells_the_years_nobody_entered():
    """Days reckoned into a year without any exception are told: only its weekends
    could be skipped."""
    passage = NEW_YEAR_2026.passage(date(2026, 12, 30), date(2027, 1, 4))
    assert passage.unconfirmed == (2027,)


@pytest.mark.parametrize("n", [0, -1])
def test_count_below_one_is_refused(n):
    """ "0 working days" is not a count: same-day limits are another unit."""
    with pytest.raises(ValueError, match="at least 1"):
        NEW_YEAR_2026.add(date(2026, 1, 1), n)
    with pytest.raises(ValueError, match="at least 1"):
        NEW_YEAR_2026.before(date(2026, 1, 1), n)


def test_beyond_the_calendar_is_refused():
    """No date past the year 9999 or before the year 1: an error, no endless search."""
    with pytest.raises(OverflowError):
        NEW_YEAR_2026.add(date(9999, 12, 1), 30)
    with pytest.raises(OverflowError):
        NEW_YEAR_2026.before(date(1, 1, 10), 30)


def test_bad_exceptions_are_refused():
    """An unknown kind and a day given twice are errors, not silently dropped."""
    with pytest.raises(ValueError, match="kind"):
        WorkCalendar([Exceptional(date(2026, 1, 1), "feast")])
    with pytest.raises(ValueError, match="twice"):
        WorkCalendar([Exceptional(date(2026, 1, 1), "holiday")] * 2)


days = st.dates(date(2024, 6, 1), date(2028, 6, 1))
calendars = st.dictionaries(
    days, st.sampled_from(["holiday", "compensatory", "worked"]), max_size=60
)


def naive(kinds):
    def is_workday(day):
        return kinds.get(day, "worked" if day.weekday() < 5 else "off") == "worked"

    return is_workday


def naive_count(is_workday, day, n, step):
    while n:
        day += step
        n -= is_workday(day)
    return day


@given(kinds=calendars, day=days, n=st.integers(1, 400))
def test_agrees_with_a_naive_loop(kinds, day, n):
    """For any exceptions, both directions agree with a count day by day."""
    calendar = WorkCalendar(Exceptional(d, k) for d, k in kinds.items())
    is_workday = naive(kinds)
    assert calendar.add(day, n) == naive_count(is_workday, day, n, DAY)
    assert calendar.before(day, n) == naive_count(is_workday, day, n, -DAY)


@given(kinds=calendars, day=days)
def test_roll_is_the_first_working_day_not_before(kinds, day):
    """Rolling gives a working day with no working day between."""
    calendar = WorkCalendar(Exceptional(d, k) for d, k in kinds.items())
    is_workday = naive(kinds)
    rolled = calendar.roll(day)
    assert is_workday(rolled)
    between = range((rolled - day).days)
    assert not any(is_workday(day + i * DAY) for i in between)


@given(kinds=calendars, day=days, n=st.integers(1, 60))
def test_skipped_and_counted_days_add_up(kinds, day, n):
    """The days between event and due date are the N counted and those skipped, and a
    worked weekend day is named exactly when it is one of the counted."""
    calendar = WorkCalendar(Exceptional(d, k) for d, k in kinds.items())
    due = calendar.add(day, n)
    passage = calendar.passage(day + DAY, due)
    assert (due - day).days == n + len(passage.skipped)
    assert {x.day for x in passage.worked} == {
        d
        for d, kind in kinds.items()
        if kind == "worked" and d.weekday() >= 5 and day < d <= due
    }
