# SPDX-License-Identifier: LGPL-3.0-or-later
"""The oracle of urging, on cases worked out with a calendar of 2026 at hand.

Tết: Saturday 14/02 to Sunday 22/02. Friday 02/01 is off and Saturday 10/01 worked for
it; Monday 27/04, Thursday 30/04 and Friday 01/05 are off; Saturday 22/08 is worked for
Monday 31/08.
"""

import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests" / "oracle"))

import urging
from urging import Event, Person, Record, Step, World

OFF = [(1, 1), (1, 2), *((2, day) for day in range(16, 21)), (4, 27), (4, 30), (5, 1)]
OFF += [(8, 31), (9, 1), (9, 2)]
WORKED = [(1, 10), (8, 22)]
OFFICER = Person("officer", ("officer",), "finance")
HEAD = Person("head", ("head",), "finance")
SPECIALIST = Person("specialist", ("specialist",))
MANAGER = Person("manager", ("specialist", "manager"))
CHAIRMAN = Person("chairman", ("leader",))
EVERYBODY = [OFFICER, HEAD, SPECIALIST, MANAGER, CHAIRMAN]
STEPS = {step.name: step for step in urging.LADDER}


def day(number, month):
    return date(2026, month, number)


def at(number, month, hour=9):
    return datetime.combine(day(number, month), time(hour))


NEW_YEARS_EVE = day(31, 12)
MARCH = at(2, 3)


def world(*records, hours=(7,), last=NEW_YEARS_EVE, **more):
    """The job runs on every day from 1 January to `last`."""
    days = (last - day(1, 1)).days + 1
    runs = [
        at(1, 1, hour) + timedelta(days=nth) for nth in range(days) for hour in hours
    ]
    return World(
        days_off={day(number, month) for month, number in OFF},
        days_worked={day(number, month) for month, number in WORKED},
        people=more.pop("people", EVERYBODY),
        records=list(records),
        runs=runs,
        **more,
    )


def assignment(due, *events, key="a", released=MARCH, **more):
    return Record(
        key,
        "assignment",
        agency="finance",
        specialist="specialist",
        events=[Event(released, "released", due), *events],
        **more,
    )


def days_of(told, person):
    """Day → offsets told to the person on it."""
    return {
        when: sorted(offset for _key, (_kind, offset) in lines)
        for (when, who), lines in told.digests.items()
        if who == person
    }


@pytest.mark.parametrize(
    ("offset", "due", "expected"),
    [
        # around Tết: 13/02 is the last working day before, 23/02 the first after it
        (-1, day(23, 2), day(13, 2)),
        (-3, day(24, 2), day(12, 2)),
        (-7, day(24, 2), day(6, 2)),
        (0, day(18, 2), day(13, 2)),
        (1, day(13, 2), day(23, 2)),
        (7, day(13, 2), day(23, 2)),
        (30, day(19, 1), day(23, 2)),
        # Saturday 10/01 is worked for Friday 02/01
        (-1, day(12, 1), day(10, 1)),
        (0, day(10, 1), day(10, 1)),
        (0, day(11, 1), day(10, 1)),
        (1, day(9, 1), day(10, 1)),
        (1, day(1, 1), day(5, 1)),
        # 30/04 and 01/05, before a weekend
        (0, day(3, 5), day(29, 4)),
        (-1, day(4, 5), day(29, 4)),
        (-3, day(4, 5), day(24, 4)),
        (1, day(29, 4), day(4, 5)),
        (7, day(23, 4), day(4, 5)),
        # Saturday 22/08 is worked for Monday 31/08
        (-1, day(24, 8), day(22, 8)),
        (-7, day(31, 8), day(21, 8)),
        (0, day(31, 8), day(28, 8)),
        (7, day(15, 8), day(22, 8)),
        (1, day(28, 8), day(3, 9)),
    ],
)
def test_the_day_of_a_step_of_a_deadline(offset, due, expected):
    step = STEPS["deadline", offset]
    assert urging.day_of_step(world(), step, due) == expected


@pytest.mark.parametrize(
    ("offset", "since", "expected"),
    [
        (0, day(2, 4), day(3, 4)),
        (0, day(13, 2), day(23, 2)),
        (0, day(14, 2), day(23, 2)),
        (3, day(12, 2), day(24, 2)),
        (7, day(20, 8), day(28, 8)),
    ],
)
def test_what_waits_is_told_of_from_the_next_working_day(offset, since, expected):
    step = STEPS["decision", offset]
    assert urging.day_of_step(world(), step, since) == expected


def test_steps_after_the_day_may_be_counted_in_working_days():
    step = Step("deadline", 2, "working_day", ("officer",))
    assert urging.day_of_step(world(), step, day(29, 4)) == day(5, 5)


def test_one_assignment_from_its_release_to_a_month_after_its_day():
    told = urging.told(world(assignment(day(10, 4))))
    assert days_of(told, "officer") == {
        day(1, 4): [-7],
        day(7, 4): [-3],
        day(9, 4): [-1],
        day(10, 4): [0],
        day(13, 4): [1],
        day(17, 4): [7],
        day(11, 5): [30],
    }
    assert list(days_of(told, "specialist")) == list(days_of(told, "officer"))[1:]
    assert days_of(told, "manager") == {
        day(13, 4): [1],
        day(17, 4): [7],
        day(11, 5): [30],
    }
    assert list(days_of(told, "chairman")) == [day(17, 4), day(11, 5)]
    assert told.letters == {
        (day(17, 4), "finance"): {("a", ("deadline", 7))},
        (day(11, 5), "finance"): {("a", ("deadline", 30))},
    }


def test_two_steps_on_the_first_day_after_tet_are_one():
    told = urging.told(world(assignment(day(13, 2), released=at(2, 2))))
    assert days_of(told, "officer")[day(23, 2)] == [7]
    assert (day(23, 2), "chairman") in told.digests
    assert list(told.letters) == [(day(23, 2), "finance"), (day(16, 3), "finance")]
    assert not any(day(14, 2) <= when <= day(22, 2) for when, _ in told.digests)


def test_a_support_is_reminded_but_gets_no_letter():
    told = urging.told(world(assignment(day(10, 4), role="support")))
    assert days_of(told, "officer")[day(17, 4)] == [7]
    assert not told.letters


def test_a_release_within_the_last_days_tells_the_last_step_only():
    """Released on Wednesday after the morning's run, due on Friday."""
    told = urging.told(world(assignment(day(10, 4), released=at(8, 4))))
    assert list(days_of(told, "officer").items())[:2] == [
        (day(9, 4), [-1]),
        (day(10, 4), [0]),
    ]


def test_a_result_that_waits_is_silent_and_a_refused_one_speaks_again():
    """Refused three days after +7 was reached: that is told now, and a letter made.
    A day that was reached a week ago is history."""
    told = urging.told(
        world(
            assignment(
                day(10, 4), Event(at(9, 4), "handed_in"), Event(at(20, 4), "refused")
            )
        )
    )
    assert list(days_of(told, "officer")) == [
        *(day(1, 4), day(7, 4), day(9, 4)),
        *(day(21, 4), day(11, 5)),
    ]
    assert days_of(told, "officer")[day(21, 4)] == [7]
    assert list(told.letters) == [(day(21, 4), "finance"), (day(11, 5), "finance")]
    told = urging.told(
        world(
            assignment(
                day(10, 4), Event(at(9, 4), "handed_in"), Event(at(23, 4), "refused")
            )
        )
    )
    assert list(days_of(told, "officer"))[-1] == day(11, 5)
    assert day(24, 4) not in days_of(told, "officer")


def test_a_moved_deadline_is_told_anew():
    told = urging.told(
        world(assignment(day(10, 4), Event(at(9, 4), "deadline", day(16, 4))))
    )
    assert list(days_of(told, "officer").items())[:5] == [
        (day(1, 4), [-7]),
        (day(7, 4), [-3]),
        (day(9, 4), [-1]),
        (day(10, 4), [-7]),
        (day(13, 4), [-3]),
    ]


def test_what_is_undated_is_never_told_until_it_has_a_day():
    told = urging.told(world(assignment(None)))
    assert not told.digests
    told = urging.told(world(assignment(None, Event(at(1, 6), "deadline", day(3, 6)))))
    assert list(days_of(told, "officer"))[:2] == [day(2, 6), day(3, 6)]


def test_withdrawn_or_done_is_not_told():
    for kind in ("withdrawn", "done", "accepted"):
        told = urging.told(world(assignment(day(10, 4), Event(at(8, 4), kind))))
        assert list(days_of(told, "officer")) == [day(1, 4), day(7, 4)]


def test_many_lines_are_one_digest():
    several = [assignment(day(10, 4), key=key) for key in "abc"]
    told = urging.told(world(*several, assignment(day(16, 4), key="d")))
    assert told.digests[day(7, 4), "head"] == {(k, ("deadline", -3)) for k in "abc"}
    assert told.letters[day(17, 4), "finance"] == {
        (key, ("deadline", 7)) for key in "abc"
    }


def test_a_second_run_tells_only_who_has_no_digest_yet():
    """Released at nine with a deadline tomorrow: the run at three tells it, but not to
    whom the morning's digest told something else."""
    new = assignment(day(10, 4), key="new", released=at(9, 4))
    old = assignment(day(20, 4), key="old")  # its −7 is on 9/4, to the officer alone
    told = urging.told(world(new, old, hours=(7, 15)))
    assert told.digests[day(9, 4), "officer"] == {("old", ("deadline", -7))}
    assert told.digests[day(9, 4), "head"] == {("new", ("deadline", -1))}
    assert told.digests[day(10, 4), "officer"] == {("new", ("deadline", 0))}


def test_nothing_is_told_before_the_hour():
    assert not urging.told(world(assignment(day(10, 4)), hours=(6,))).digests


def test_what_waits_for_a_decision():
    """Asked on Thursday 2/4: told on 3/4, 7/4 and 13/4, then to the manager too."""
    waits = Record(
        "w",
        "waiting",
        deciders=("chairman",),
        events=[Event(at(2, 4), "begins", day(2, 4))],
    )
    told = urging.told(world(waits))
    assert days_of(told, "chairman") == {
        day(3, 4): [0],
        day(7, 4): [3],
        day(13, 4): [7],
    }
    assert days_of(told, "manager") == {day(13, 4): [7]}
    waits.events.append(Event(at(6, 4), "ends"))
    assert list(days_of(urging.told(world(waits)), "chairman")) == [day(3, 4)]


def test_a_result_waits_for_its_specialist_or_else_the_managers():
    waits = Record("w", "waiting", events=[Event(at(2, 4), "begins", day(2, 4))])
    assert (day(3, 4), "manager") in urging.told(world(waits)).digests
    waits.specialist = "specialist"
    told = urging.told(world(waits))
    assert (day(3, 4), "specialist") in told.digests
    assert (day(3, 4), "manager") not in told.digests
    gone = Person("specialist", ("specialist",), until=at(1, 4))
    told = urging.told(world(waits, people=[gone, MANAGER]))
    assert (day(3, 4), "manager") in told.digests


def test_limits_of_an_agency_and_of_the_office():
    """Due on Thursday 2/4."""
    begins = [Event(at(2, 3), "begins", day(2, 4))]
    theirs = Record("t", "clock", "finance", specialist="specialist", events=begins)
    ours = Record("o", "clock", actor="office", specialist="specialist", events=begins)
    told = urging.told(world(theirs, ours))
    assert days_of(told, "head") == {day(1, 4): [-1], day(2, 4): [0], day(3, 4): [1]}
    assert days_of(told, "manager") == days_of(told, "head")
    assert told.digests[day(2, 4), "specialist"] == {("o", ("office", 0))}
    assert told.digests[day(3, 4), "specialist"] == {
        ("o", ("office", 1)),
        ("t", ("agency", 1)),
    }
    assert days_of(told, "chairman") == {day(3, 4): [1]}
    assert not told.letters


def test_a_person_of_two_roles_has_one_line():
    both = Person("both", ("specialist", "manager"))
    record = assignment(day(10, 4))
    record.specialist = "both"
    told = urging.told(world(record, people=[both]))
    assert told.digests[day(13, 4), "both"] == {("a", ("deadline", 1))}


def test_a_task_may_get_another_specialist():
    other = Person("other", ("specialist",))
    change = Event(at(8, 4), "specialist", who="other")
    told = urging.told(
        world(assignment(day(10, 4), change), people=[*EVERYBODY, other])
    )
    assert list(days_of(told, "specialist")) == [day(7, 4)]
    assert list(days_of(told, "other"))[0] == day(9, 4)


def test_an_outage_of_two_days_loses_nothing_and_floods_nobody():
    """Nothing leaves on Thursday 9/4 and Friday 10/4; on Monday the queue goes after
    the run. Friday's digest takes the place of Thursday's, Monday's that of Friday's.
    What was handed in meanwhile is not told; who has nothing new keeps the old one."""
    first = assignment(day(10, 4), key="first")
    handed_in = assignment(
        day(10, 4), Event(at(9, 4), "done"), key="handed in", released=at(2, 3)
    )
    later = assignment(day(13, 4), key="later")
    plan = world(first, handed_in, later, mail_works=False)
    plan.left = [at(1, 1, 8) + timedelta(days=nth) for nth in range(98)]
    assert plan.left[-1] == at(8, 4, 8)
    plan.left.append(at(13, 4, 8))
    told = urging.told(plan)
    assert told.digests[day(9, 4), "officer"] == {
        ("first", ("deadline", -1)),
        ("handed in", ("deadline", -1)),
    }
    assert told.digests[day(10, 4), "officer"] == {
        ("first", ("deadline", 0)),
        ("later", ("deadline", -1)),
    }
    assert told.digests[day(13, 4), "officer"] == {
        ("first", ("deadline", 1)),
        ("later", ("deadline", 0)),
    }
    replaced = {when for when, who in told.replaced if who == "officer"}
    assert replaced >= {day(9, 4), day(10, 4)}
    assert (day(8, 4), "officer") not in told.replaced
    assert not any(who == "manager" for when, who in told.replaced if when < day(14, 4))


def test_lines_that_did_not_leave_are_told_with_the_next():
    """Only the second assignment has a step on Friday: the first one's line of
    Thursday goes with it."""
    first = assignment(day(16, 4), key="first")  # −7 on 7/4, −3 on 13/4
    second = assignment(day(17, 4), key="second")  # −7 on 8/4
    plan = world(first, second, last=day(8, 4), mail_works=False)
    told = urging.told(plan)
    assert told.digests[day(8, 4), "officer"] == {
        ("first", ("deadline", -7)),
        ("second", ("deadline", -7)),
    }
    assert told.replaced == {(day(7, 4), "officer")}
