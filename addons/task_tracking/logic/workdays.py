# SPDX-License-Identifier: LGPL-3.0-or-later
"""Working days of a Vietnamese authority, counted the way the law counts them.

Plain Python, no Odoo. Monday to Friday are working days, but for three kinds of
exception: a public *holiday*, a *compensatory* day off, and a weekend day that is
*worked* (làm bù).

"N working days from an event" leaves the event's own day out and ends at the end of
the Nth day (Bộ luật Dân sự 2015, Điều 147 khoản 2 and Điều 148). "At least N working
days before a deadline" counts backwards and leaves the deadline out.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date

SATURDAY = 5

HOLIDAY = "holiday"
COMPENSATORY = "compensatory"
WORKED = "worked"
#: The kinds of exception to the ordinary week.
KINDS = (HOLIDAY, COMPENSATORY, WORKED)
#: Why a day without any exception is off.
WEEKEND = "weekend"

AT_LEAST_ONE = "the number of working days must be at least 1"


@dataclass(frozen=True, slots=True)
class Exceptional:
    """One day that differs from the ordinary week; `kind` is one of KINDS."""

    day: date
    kind: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Noted:
    """A day worth naming in an explanation: why it was skipped, or was worked."""

    day: date
    why: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """What the days between two dates were.

    `skipped`: the days off, each with its reason; `worked`: weekend days that count
    because they are worked; `unconfirmed`: the years without any known exception,
    for which only weekends could be skipped.
    """

    skipped: tuple[Noted, ...] = ()
    worked: tuple[Noted, ...] = ()
    unconfirmed: tuple[int, ...] = ()


class WorkCalendar:
    """The working days that follow from `exceptions` (an iterable of Exceptional).

    One calendar is made for many questions: the working days of each year asked
    about are laid out once and then found by bisection. It may be shared between
    threads, since a year once laid out never changes.

    Raises ValueError for an unknown kind or for a day given twice.
    """

    def __init__(self, exceptions=()):
        self._exceptions = {}
        for item in exceptions:
            if item.kind not in KINDS:
                raise ValueError(f"unknown kind of day: {item.kind!r}")
            if item.day in self._exceptions:
                raise ValueError(f"day given twice: {item.day}")
            self._exceptions[item.day] = item
        self.years = frozenset(day.year for day in self._exceptions)
        self._laid_out = {}  # year → its working days, in order

    def is_workday(self, day):
        """Whether `day` is a working day."""
        item = self._exceptions.get(day)
        if item:
            return item.kind == WORKED
        return day.weekday() < SATURDAY

    def add(self, event_day, n):
        """The Nth working day after `event_day`, whose own day does not count.

        `n` is at least 1 (ValueError). OverflowError past the year 9999.
        """
        if n < 1:
            raise ValueError(AT_LEAST_ONE)
        year = event_day.year
        days = self._laid_out.get(year) or self._working_days(year)
        index = bisect_right(days, event_day) + n - 1
        while index >= len(days):
            index -= len(days)
            year += 1
            days = self._working_days(year)
        return days[index]

    def before(self, deadline, n):
        """The last day that still leaves `n` working days before `deadline`.

        Counted backwards with the deadline left out. `n` is at least 1 (ValueError).
        """
        if n < 1:
            raise ValueError(AT_LEAST_ONE)
        year = deadline.year
        days = self._laid_out.get(year) or self._working_days(year)
        index = bisect_left(days, deadline) - n
        while index < 0:
            year -= 1
            days = self._working_days(year)
            index += len(days)
        return days[index]

    def roll(self, day):
        """`day` itself if it is a working day, else the next working day."""
        return day if self.is_workday(day) else self.add(day, 1)

    def passage(self, first, last):
        """The Passage of the days from `first` to `last`, both included.

        Either order is accepted; the days are always given in the calendar's order.
        """
        first, last = min(first, last), max(first, last)
        skipped, worked = [], []
        for ordinal in range(first.toordinal(), last.toordinal() + 1):
            day = date.fromordinal(ordinal)
            item = self._exceptions.get(day)
            if not self.is_workday(day):
                why, name = (item.kind, item.name) if item else (WEEKEND, "")
                skipped.append(Noted(day, why, name))
            elif item and day.weekday() >= SATURDAY:
                worked.append(Noted(day, WORKED, item.name))
        years = set(range(first.year, last.year + 1)) - self.years
        return Passage(tuple(skipped), tuple(worked), tuple(sorted(years)))

    def _working_days(self, year):
        """The working days of `year`; OverflowError outside the calendar."""
        days = self._laid_out.get(year)
        if days is None:
            if not MINYEAR <= year <= MAXYEAR:
                raise OverflowError("no such working day in the calendar")
            first = date(year, 1, 1).toordinal()
            last = date(year, 12, 31).toordinal()
            every = map(date.fromordinal, range(first, last + 1))
            days = self._laid_out[year] = [d for d in every if self.is_workday(d)]
        return days
