# SPDX-License-Identifier: LGPL-3.0-or-later
"""From which day to which day a periodic report counts: date arithmetic, no Odoo.

A regulation gives for each kind of report the first and the last day of its data
window as a day of a month, counted from the period's own months (for example
Quyết định 26/2026/QĐ-UBND Khánh Hòa Đ20.1: a month runs from the 15th of the month
before to the 14th of its own).
"""

from dataclasses import dataclass

from .periods import KIND_MONTHS, day_of_month


@dataclass(frozen=True, slots=True)
class WindowRule:
    """How one kind of report cuts its window.

    `start_day` of the month `start_offset` months from the period's first month, to
    `end_day` of the month `end_offset` months from the period's last month, both
    included. A day the month does not have is its last one. `per_year`: how many
    periods of the kind a year has (a regulation may want the first half-year only).
    """

    kind: str
    start_day: int
    start_offset: int
    end_day: int
    end_offset: int
    per_year: int

    def window(self, year, number=1):
        """Return (first day, last day) of the `number`-th period of `year`.

        :raise ValueError: when the kind has no such period in a year.
        """
        if not 1 <= number <= self.per_year:
            raise ValueError(f"no {self.kind} number {number} in a year")
        months = KIND_MONTHS[self.kind]
        first_month = (number - 1) * months + 1
        last_month = first_month + months - 1
        return (
            day_of_month(year, first_month + self.start_offset, self.start_day),
            day_of_month(year, last_month + self.end_offset, self.end_day),
        )

    def periods(self, year):
        """Yield (year, number, first day, last day) of each period of `year`."""
        for number in range(1, self.per_year + 1):
            yield year, number, *self.window(year, number)

    def last_closed(self, day):
        """Return (year, number) of the latest period that ended before `day`."""
        return max(
            (end, year, number)
            for offset in (-2, -1, 0, 1)
            for year, number, _start, end in self.periods(day.year + offset)
            if end < day
        )[1:]
