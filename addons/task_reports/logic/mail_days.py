# SPDX-License-Identifier: LGPL-3.0-or-later
"""On which days a report is written about, before and after it is due."""

from datetime import timedelta

#: A step that was missed (a server that stood still) is caught up so many days later;
#: older ones are history.
CATCH_UP = timedelta(days=7)
#: Nobody is written to earlier or later than so many working days.
MOST_DAYS = 60


def parse_days(text):
    """The working days written as "3, 1", each once.

    Raises ValueError for what is no list of numbers from 0 to MOST_DAYS.
    """
    days = {int(word) for word in text.split(",")}
    if not all(0 <= day <= MOST_DAYS for day in days):
        raise ValueError(text)
    return tuple(sorted(days))


def step_before(calendar, due_on, days, today):
    """The step reached `today` of those so many working days before `due_on`: the
    nearest one, or None before the first and after the due day itself.

    0 is the due day, or the last working day before it.
    """
    if today > due_on:
        return None
    for step in sorted(days):
        day = calendar.before(due_on, step) if step else due_on
        if not step and not calendar.is_workday(due_on):
            day = calendar.before(due_on, 1)
        if day <= today:
            return step
    return None


def step_after(calendar, due_on, days, today):
    """The last step reached `today` of those so many working days after `due_on`, or
    None; none that was reached more than CATCH_UP ago. 0 is the day after."""
    for step in sorted(days, reverse=True):
        day = calendar.add(due_on, step or 1)
        if day <= today:
            return step if today - day <= CATCH_UP else None
    return None


def workdays_between(calendar, day, other):
    """How many working days lie after the earlier of two days, up to the later."""
    first, last = sorted((day, other))
    return sum(
        calendar.is_workday(first + timedelta(days=number))
        for number in range(1, (last - first).days + 1)
    )
