# SPDX-License-Identifier: LGPL-3.0-or-later
"""Deadlines that are not written as a date: counted from an event, or recurring.

Plain Python, no Odoo. "N days from an event" leaves the event's own day out (Bộ luật
Dân sự 2015, Điều 147 khoản 2); N months end on the day of the same number of the last
month, or on that month's last day where it has none (Điều 148 khoản 3).
"""

from calendar import monthrange
from datetime import date, timedelta

from .workdays import Passage

WORKING_DAY = "working_day"
CALENDAR_DAY = "calendar_day"
MONTH = "month"
#: The largest amount of each unit that a directive could mean: ten years.
MOST = {WORKING_DAY: 2610, CALENDAR_DAY: 3660, MONTH: 120}

#: Months from one occurrence of a recurring duty to the next.
RECURRENCES = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


def add_months(day, months):
    """The day of the same number `months` later, or that month's last day.

    OverflowError past the year 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError("no such month in the calendar")
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def counted(calendar, event_day, unit, amount):
    """The deadline `amount` units after `event_day`, and the Passage of the days.

    :param calendar: workdays.WorkCalendar, used for working days only; the passage
        tells which days were skipped and is empty for the other units.
    :param unit: a key of MOST. `amount` is at least 1 (ValueError).
    """
    if amount < 1:
        raise ValueError("the amount must be at least 1")
    if unit == WORKING_DAY:
        due = calendar.add(event_day, amount)
        return due, calendar.passage(event_day + timedelta(days=1), due)
    if unit == CALENDAR_DAY:
        return event_day + timedelta(days=amount), Passage()
    if unit == MONTH:
        return add_months(event_day, amount), Passage()
    raise ValueError(f"unknown unit: {unit!r}")


def next_occurrence(first, recurrence, last):
    """The first deadline of a recurring duty that is later than `last`.

    Always reckoned from the `first` deadline, so that 31/01 gives 28/02 and then
    31/03: the clamped day of a short month is not carried on.

    :param recurrence: a key of RECURRENCES.
    """
    step = RECURRENCES[recurrence]
    apart = (last.year - first.year) * 12 + last.month - first.month
    nth = max(1, apart // step)
    while (due := add_months(first, nth * step)) <= last:
        nth += 1
    return due
