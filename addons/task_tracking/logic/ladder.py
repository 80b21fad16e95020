# SPDX-License-Identifier: LGPL-3.0-or-later
"""The ladder of reminders: on which day which step of it is told.

Plain Python, no Odoo. A ladder is a few steps, each so many days before or after an
*anchor*: the day something is due, or the day it began to wait for somebody's answer.
None of the regulations names such days (they say that it is urged, not when), so steps
are data; what is fixed here is what a step means:

* every step has one day, and it is a working day;
* of a ladder only the last step reached is told, and only within CATCH_UP days: what
  was reached earlier is history, not news;
* another anchor (a deadline that was moved) is another ladder, told anew.
"""

from dataclasses import dataclass
from datetime import timedelta

from .limits import CALENDAR_DAY, WORKING_DAY

#: Percent of the time from the event to the end of a limit in hours.
SHARE = "share"
UNITS = (WORKING_DAY, CALENDAR_DAY, SHARE)

DEADLINE, AGENCY, OFFICE = "deadline", "agency", "office"
HOURS, OFFICE_HOURS, DECISION = "hours", "office_hours", "decision"
#: What a ladder is for: the deadline of an assignment, another limit of an agency, a
#: limit of the Office (or of others than agencies), the same two in hours, something
#: that waits for somebody's answer.
KINDS = (DEADLINE, AGENCY, OFFICE, HOURS, OFFICE_HOURS, DECISION)
#: The kinds whose steps are in SHARE.
IN_HOURS = (HOURS, OFFICE_HOURS)

#: Days for which a step reached is still news: a job that did not run over a long
#: holiday tells it late, one that did not run for a week does not tell it any more.
CATCH_UP = timedelta(days=7)
DAY = timedelta(days=1)

#: Farthest step, in its unit.
MAX_OFFSET = 366


@dataclass(frozen=True, slots=True)
class Step:
    """One rung: `offset` of `unit` from the anchor, negative before it.

    `offset` is in days, of SHARE in percent (0: at the event, 50: at half-time).
    `kind` is one of KINDS; `ref` is whatever the caller wants back (a record's id).
    """

    kind: str
    offset: int
    unit: str = WORKING_DAY
    ref: object = None


def step_day(step, anchor, calendar):
    """The day on which `step` is told of what is due, or began to wait, on `anchor`.

    Always a working day. Before: so many working days back, the anchor left out (or
    calendar days, and if that is a day off the working day before it). 0: the anchor,
    if that is a day off the working day before it, since later would be too late.
    After: working days on, or calendar days on and then the next working day. Who is
    waited for (DECISION) has all of the first day: 0 is the first working day after it.

    Raises ValueError for a step in SHARE; OverflowError outside the calendar.
    """
    if step.unit == SHARE:
        raise ValueError("a share of a limit in hours has a moment, not a day")
    offset = step.offset
    if step.kind == DECISION and offset == 0:
        return calendar.add(anchor, 1)
    if offset > 0:
        if step.unit == WORKING_DAY:
            return calendar.add(anchor, offset)
        return calendar.roll(anchor + offset * DAY)
    if offset < 0 and step.unit == WORKING_DAY:
        return calendar.before(anchor, -offset)
    # the last working day not after the day itself
    day = anchor + offset * DAY
    return day if calendar.is_workday(day) else calendar.before(day, 1)


def step_moment(step, start, end):
    """The moment of a step in SHARE of a limit in hours from `start` to `end`.

    Both are datetimes of one kind (naive UTC, or aware). Raises ValueError for a step
    in days.
    """
    if step.unit != SHARE:
        raise ValueError("a step in days has a day, not a moment")
    return start + (end - start) * step.offset / 100


def reached(steps, anchor, calendar, today):
    """The step of the ladder `steps` to tell on `today` about `anchor`; None if no step
    is reached, or the last one was reached CATCH_UP ago or earlier.

    The last one is that of the greatest offset. Whether it was told before, and that
    `today` is a working day, is for the caller to know.
    """
    last = None
    for step in steps:
        if last and step.offset < last.offset:
            continue
        # nothing after an anchor that is still ahead: no need to count
        if step.offset > 0 and anchor > today:
            continue
        if step_day(step, anchor, calendar) <= today:
            last = step
    if last and step_day(last, anchor, calendar) > today - CATCH_UP:
        return last
    return None


def anchors(steps, calendar, today):
    """{anchor: step} of every anchor about which `reached` gives a step on `today`.

    A few dozen days at most, so that what is to be told is found by an index on the due
    date, without going through all that is open.
    """
    found = {}
    for step in steps:
        anchor = _last_anchor(step, calendar, today)
        while step_day(step, anchor, calendar) > today - CATCH_UP:
            if anchor not in found:
                found[anchor] = reached(steps, anchor, calendar, today)
            anchor -= DAY
    return {anchor: found[anchor] for anchor in sorted(found) if found[anchor]}


def _last_anchor(step, calendar, today):
    """The last anchor whose `step` is reached by `today`."""
    offset = step.offset
    if step.kind == DECISION and offset == 0:
        offset, unit = 1, WORKING_DAY
    else:
        unit = step.unit
    if offset > 0 and unit == WORKING_DAY:
        # `offset` working days must lie after the anchor, today among them
        return calendar.before(today + DAY, offset) - DAY
    if offset > 0:
        return calendar.before(today + DAY, 1) - offset * DAY
    if offset < 0 and unit == WORKING_DAY:
        return calendar.add(today, -offset)
    # the day before the next working day is still told today
    return calendar.add(today, 1) - (offset + 1) * DAY
