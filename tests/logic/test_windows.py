# SPDX-License-Identifier: LGPL-3.0-or-later
"""The windows of periodic reports, checked by hand against the regulations' words."""

from datetime import date, timedelta

import pytest
from logic import windows
from logic.periods import LAST_DAY

KHANH_HOA = {
    kind: windows.WindowRule(kind, 15, -1, 14, 0, per_year)
    for kind, per_year in (("month", 12), ("quarter", 4), ("half_year", 1), ("year", 1))
}
CALENDAR = windows.WindowRule("month", 1, 0, LAST_DAY, 0, 12)


@pytest.mark.parametrize(
    ("kind", "year", "number", "first", "last"),
    [
        ("month", 2026, 4, date(2026, 3, 15), date(2026, 4, 14)),
        ("month", 2026, 1, date(2025, 12, 15), date(2026, 1, 14)),
        ("month", 2026, 12, date(2026, 11, 15), date(2026, 12, 14)),
        ("quarter", 2026, 1, date(2025, 12, 15), date(2026, 3, 14)),
        ("quarter", 2026, 2, date(2026, 3, 15), date(2026, 6, 14)),
        ("quarter", 2026, 4, date(2026, 9, 15), date(2026, 12, 14)),
        ("half_year", 2026, 1, date(2025, 12, 15), date(2026, 6, 14)),
        ("year", 2026, 1, date(2025, 12, 15), date(2026, 12, 14)),
    ],
)
def test_khanh_hoa(kind, year, number, first, last):
    """KH Đ20.1: each kind's first and last day, read from the article."""
    assert KHANH_HOA[kind].window(year, number) == (first, last)


@pytest.mark.parametrize("kind", ["month", "quarter", "year"])
def test_windows_of_a_kind_tile(kind):
    """A period begins the day after the one before it of its kind ended."""
    rule = KHANH_HOA[kind]
    periods = [one for year in range(2024, 2029) for one in rule.periods(year)]
    for before, after in zip(periods, periods[1:], strict=False):
        assert after[2] == before[3] + timedelta(days=1)


@pytest.mark.parametrize("kind", ["quarter", "half_year", "year"])
def test_months_tile_longer_windows(kind):
    """KH: the months of a quarter, half-year or year fill it exactly."""
    for year, number, first, last in KHANH_HOA[kind].periods(2026):
        months = windows.KIND_MONTHS[kind]
        parts = [
            KHANH_HOA["month"].window(year, (number - 1) * months + one)
            for one in range(1, months + 1)
        ]
        assert (parts[0][0], parts[-1][1]) == (first, last)


def test_month_end_is_clipped():
    """The last day of the month stands for 31 in every month, leap years included."""
    assert CALENDAR.window(2026, 2) == (date(2026, 2, 1), date(2026, 2, 28))
    assert CALENDAR.window(2028, 2) == (date(2028, 2, 1), date(2028, 2, 29))
    assert CALENDAR.window(2026, 4)[1] == date(2026, 4, 30)


def test_offset_over_more_than_a_year():
    """CM Đ12.1: a year that closes on 10/11 begins on 11/11 of the year before."""
    year = windows.WindowRule("year", 11, -2, 10, -1, 1)
    assert year.window(2026) == (date(2025, 11, 11), date(2026, 11, 10))


@pytest.mark.parametrize("number", [0, 2, 13])
def test_no_such_period(number):
    """KH knows the first half of a year only; another number is refused."""
    with pytest.raises(ValueError, match="half_year"):
        KHANH_HOA["half_year"].window(2026, number)


@pytest.mark.parametrize(
    ("kind", "day", "expected"),
    [
        ("month", date(2026, 4, 14), (2026, 3)),
        ("month", date(2026, 4, 15), (2026, 4)),
        ("month", date(2026, 12, 31), (2026, 12)),
        ("month", date(2027, 1, 14), (2026, 12)),
        ("quarter", date(2026, 3, 15), (2026, 1)),
        ("half_year", date(2026, 6, 14), (2025, 1)),
        ("half_year", date(2026, 6, 15), (2026, 1)),
        ("half_year", date(2026, 12, 31), (2026, 1)),
        ("year", date(2026, 12, 14), (2025, 1)),
        ("year", date(2026, 12, 15), (2026, 1)),
    ],
)
def test_last_closed(kind, day, expected):
    """The period to report on is the latest one whose last day has passed."""
    assert KHANH_HOA[kind].last_closed(day) == expected
