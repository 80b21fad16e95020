# SPDX-License-Identifier: LGPL-3.0-or-later
"""The ladder of reminders: days worked out by hand over Tết 2026, and what holds for
every ladder, calendar and day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from logic.ladder import (
    CATCH_UP,
    DECISION,
    IN_HOURS,
    KINDS,
    SHARE,
    Step,
    anchors,
    reached,
    step_day,
    step_moment,
)
from logic.workdays import Exceptional, WorkCalendar

DAY = timedelta(days=1)

#: Tết of 2026: Mon 16/02 to Fri 20/02 are off; Saturday 28/02 is worked.
TET_2026 = WorkCalendar(
    [
        *(
            Exceptional(date(2026, 2, day), "holiday", "Tết Nguyên đán")
            for day in range(16, 21)
        ),
        Exceptional(date(2026, 2, 28), "worked", "Làm bù"),
    ]
)


def feb(day):
    return date(2026, 2, day)


#: The ladder of an assignment's deadline as the addon brings it.
DEADLINE = [
    Step("deadline", -7),
    Step("deadline", -3),
    Step("deadline", -1),
    Step("deadline", 0),
    Step("deadline", 1, "calendar_day"),
    Step("deadline", 7, "calendar_day"),
    Step("deadline", 30, "calendar_day"),
]
DECIDE = [Step(DECISION, 0), Step(DECISION, 3), Step(DECISION, 7)]


@pytest.mark.parametrize(
    ("offset", "unit", "anchor", "day"),
    [
        # Mon 23/02 is the first working day after Tết, Fri 13/02 the last before it
        (-1, "working_day", feb(23), feb(13)),
        (-3, "working_day", feb(23), feb(11)),
        (-1, "calendar_day", feb(23), feb(13)),
        (-3, "working_day", feb(18), feb(11)),
        (0, "working_day", feb(13), feb(13)),
        (0, "working_day", feb(18), feb(13)),
        (0, "calendar_day", feb(22), feb(13)),
        (1, "calendar_day", feb(13), feb(23)),
        (7, "calendar_day", feb(13), feb(23)),
        (10, "calendar_day", feb(13), feb(23)),
        (11, "calendar_day", feb(13), feb(24)),
        (1, "working_day", feb(13), feb(23)),
        (2, "working_day", feb(18), feb(24)),
        # Fri 27/02: Saturday 28/02 is worked
        (1, "calendar_day", feb(27), feb(28)),
        (-2, "working_day", date(2026, 3, 2), feb(27)),
    ],
)
def test_days_over_tet(offset, unit, anchor, day):
    """Counted by hand on the calendar of February 2026."""
    assert step_day(Step("deadline", offset, unit), anchor, TET_2026) == day


@pytest.mark.parametrize(
    ("offset", "began", "day"),
    [(0, 12, 13), (0, 13, 23), (0, 18, 23), (1, 13, 23), (3, 13, 25), (7, 12, 28)],
)
def test_days_of_what_waits(offset, began, day):
    """Who is waited for is told from the first working day after it came; 7 working
    days after Thu 12/02 are 13, 23, 24, 25, 26, 27 and the worked Sat 28/02."""
    assert step_day(Step(DECISION, offset), feb(began), TET_2026) == feb(day)


def test_the_last_step_reached_is_told():
    """A deadline of Fri 13/02: on Mon 23/02 both +1 and +7 are reached: +7 is told,
    until 30/03, when +30 (Sun 15/03, moved to Mon 16/03) is history too."""
    on = {day: reached(DEADLINE, feb(13), TET_2026, feb(day)) for day in range(1, 29)}
    # -7 working days: 12, 11, 10, 9, 6, 5, 4; -3: 12, 11, 10; -1: 12
    assert [on[day] and on[day].offset for day in (3, 4, 9, 10, 11, 12)] == [
        None,
        -7,
        -7,
        -3,
        -3,
        -1,
    ]
    assert [on[day] and on[day].offset for day in (13, 19, 20, 22, 23, 28)] == [
        0,
        0,
        None,
        None,
        7,
        7,
    ]
    march = {
        day: reached(DEADLINE, feb(13), TET_2026, date(2026, 3, day))
        for day in range(1, 32)
    }
    assert march[1].offset == 7
    assert march[2] is None and march[15] is None
    assert march[16].offset == march[22].offset == 30
    assert march[23] is None


def test_the_anchors_of_a_day():
    """On Mon 23/02, the first working day after Tết. Ahead: due today, tomorrow (-1),
    on 26/02 (3 working days: 25, 24, 23) and on 03/03 (7: 02/03, 28, 27, 26, 25, 24,
    23/02); what is due on 25/02 was told on 13/02 and is told again tomorrow. Behind:
    the day after 17-22/02, a week after 07-16/02, 30 days after 15-24/01 all fell on
    days off, or fall on today."""
    told = {}
    for anchor, step in anchors(DEADLINE, TET_2026, feb(23)).items():
        told.setdefault(step.offset, []).append(anchor)
    assert told == {
        30: [date(2026, 1, day) for day in range(15, 25)],
        7: [feb(day) for day in range(7, 17)],
        1: [feb(day) for day in range(17, 23)],
        0: [feb(23)],
        -1: [feb(24)],
        -3: [feb(26)],
        -7: [date(2026, 3, 3)],
    }


def test_what_is_due_at_the_end_of_time():
    """A deadline nobody can count beyond is simply not reached."""
    assert reached(DEADLINE, date.max, TET_2026, feb(23)) is None


def test_half_time_of_hours():
    """Of 24 hours from 16:00, half-time is 04:00 in the night."""
    start = datetime(2026, 2, 13, 16, tzinfo=UTC)
    end = start + timedelta(hours=24)
    half = datetime(2026, 2, 14, 4, tzinfo=UTC)
    assert step_moment(Step("hours", 50, SHARE), start, end) == half
    assert step_moment(Step("hours", 0, SHARE), start, end) == start


def test_days_and_moments_are_not_mixed_up():
    """A share of hours has no day, a step in days no moment."""
    now = datetime(2026, 2, 13, 16, tzinfo=UTC)
    with pytest.raises(ValueError, match="a moment"):
        step_day(Step("hours", 50, SHARE), feb(13), TET_2026)
    with pytest.raises(ValueError, match="a day"):
        step_moment(Step("deadline", 1), now, now)


# --- whatever the ladder, the calendar and the day ------------------------------------

DAYS = st.dates(date(2026, 1, 1), date(2026, 4, 30))


@st.composite
def calendars(draw):
    """Calendars with long holidays and worked weekends anywhere."""
    kinds = {}
    for first, length in draw(st.lists(st.tuples(DAYS, st.integers(1, 9)), max_size=3)):
        for number in range(length):
            kinds[first + number * DAY] = "holiday"
    for day in draw(st.lists(DAYS, max_size=3)):
        if day.weekday() >= 5:
            kinds[day] = "worked"
    return WorkCalendar(Exceptional(day, kind) for day, kind in kinds.items())


@st.composite
def ladders(draw):
    """A ladder of one kind, each offset once; before and after in one unit each."""
    kind = draw(st.sampled_from([one for one in KINDS if one not in IN_HOURS]))
    unit = st.sampled_from(["working_day", "calendar_day"])
    before, after = draw(unit), draw(unit)
    lowest = 0 if kind == DECISION else -20
    offsets = draw(st.sets(st.integers(lowest, 40), min_size=1, max_size=6))
    return [Step(kind, one, before if one < 0 else after) for one in offsets]


@given(calendars(), ladders(), DAYS)
def test_a_day_of_a_step_is_worked(calendar, ladder, anchor):
    """Nobody is reminded on a day off; before stays before, after comes after."""
    for step in ladder:
        day = step_day(step, anchor, calendar)
        assert calendar.is_workday(day)
        if step.offset < 0:
            assert day < anchor
        elif step.offset > 0 or step.kind == DECISION:
            assert day > anchor
        else:
            assert day <= anchor


@given(calendars(), ladders(), DAYS)
def test_later_steps_are_told_later(calendar, ladder, anchor):
    """The greatest offset reached is the latest one in time too."""
    ladder.sort(key=lambda step: step.offset)
    days = [step_day(step, anchor, calendar) for step in ladder]
    assert days == sorted(days)


@given(calendars(), ladders(), DAYS)
def test_anchors_and_steps_agree(calendar, ladder, today):
    """`anchors` finds exactly the days about which `reached` gives a step."""
    found = anchors(ladder, calendar, today)
    first = today - 80 * DAY
    for number in range(160):
        anchor = first + number * DAY
        assert found.pop(anchor, None) == reached(ladder, anchor, calendar, today)
    assert not found


@given(calendars(), ladders(), DAYS)
def test_every_step_is_told_or_overtaken(calendar, ladder, anchor):
    """Where the job runs every day, each step is told on its own day, unless a later
    one of the same day takes its place."""
    for step in ladder:
        day = step_day(step, anchor, calendar)
        told = reached(ladder, anchor, calendar, day)
        assert told == step or (
            told.offset > step.offset and step_day(told, anchor, calendar) == day
        )
        assert reached([step], anchor, calendar, day + CATCH_UP) is None
        assert reached([step], anchor, calendar, day - DAY) is None
