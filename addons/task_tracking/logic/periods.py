# SPDX-License-Identifier: LGPL-3.0-or-later
"""The calendar periods that reports and periodic duties belong to. No Odoo.

A period is a month, a quarter, a half-year or a year of the calendar; where a
regulation cuts its *data* elsewhere is another matter (task_reports' windows).
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

#: Months in a period of each kind.
KIND_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
#: A day of the month that stands for the month's last day.
LAST_DAY = 31


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The `number`-th (from 1) period of `kind` in `year`."""

    kind: str
    year: int
    number: int = 1

    @property
    def start(self):
        """Its first day."""
        return day_of_month(self.year, (self.number - 1) * KIND_MONTHS[self.kind] + 1)

    @property
    def end(self):
        """Its last day."""
        return day_of_month(self.year, self.number * KIND_MONTHS[self.kind], LAST_DAY)

    def next(self):
        """The period of the same kind that begins the day after."""
        return period_of(self.kind, self.end + timedelta(days=1))


def period_of(kind, day):
    """The Period of `kind` that `day` lies in. KeyError for an unknown kind."""
    return Period(kind, day.year, (day.month - 1) // KIND_MONTHS[kind] + 1)


def next_to_end(kinds, day):
    """Of the periods of `kinds` that `day` lies in, the one that ends first; the
    longest of those that end together (a quarter's end may be a half-year's too).
    None without any kind."""
    periods = [period_of(kind, day) for kind in kinds]
    return min(periods, key=lambda one: (one.end, one.start), default=None)


def day_of_month(year, month, day=1):
    """A date where `month` may lie outside 1–12 and `day` beyond the month's end.

    The first counts on into the years before and after, the second is the last day.
    """
    years, month = divmod(month - 1, 12)
    year, month = year + years, month + 1
    return date(year, month, min(day, monthrange(year, month)[1]))
