# SPDX-License-Identifier: LGPL-3.0-or-later
from types import MappingProxyType

from odoo.tests import tagged

from .calendar_checks import CalendarChecks
from .calendar_common import row


@tagged("post_install", "-at_install")
class TestCalendarCaMau(CalendarChecks):
    """Quyết định of 8/2015, the twelve months of 2026. Đ10: month, quarter, 6 months,
    year; Đ14.2: periodically on the regulation itself (read as yearly)."""

    NAME = "ca_mau"
    START, END = "1/1/2026", "7/1/2027"
    LEAST = "quarter"
    #: 11 pairs of months, 3 of quarters; 15/6 ends a quarter and the half-year, which
    #: is 2 quarters; no month ends with a quarter, nothing with the year.
    COMPARED = (14, 1, 1)
    OUTPUTS = MappingProxyType({"figures": ("all",), "regulation": ("all",)})
    # Đ12.1: "trước ngày 20 hàng tháng" is the 19th; the 15th of the quarter's last
    # month (quarter, 6 months); 10/11 (year). Đ12.2: "trước ngày 25" is the 24th; the
    # 20th; 15/11 ("trước" is read with the month only). No window is stated: to the
    # last day to send, from the day after the last of that kind. As written on days
    # off; ready: the last working day up to the day to send, where that is a day off.
    TABLE = (
        row("month", "1/2026", "20/12/2025", "19/1/2026", "19/1/2026", "24/1/2026"),
        # Thu 19/2 is in Tết (16 to 20/2), 14 and 15/2 a weekend: from Fri 13/2
        row(
            "month",
            "2/2026",
            "20/1/2026",
            "19/2/2026",
            "19/2/2026",
            "24/2/2026",
            "13/2/2026",
        ),
        row("month", "3/2026", "20/2/2026", "19/3/2026", "19/3/2026", "24/3/2026"),
        # Sun 15/3: from Fri 13/3
        row(
            "quarter",
            "1/2026",
            "16/12/2025",
            "15/3/2026",
            "15/3/2026",
            "20/3/2026",
            "13/3/2026",
        ),
        # Sun 19/4: from Fri 17/4
        row(
            "month",
            "4/2026",
            "20/3/2026",
            "19/4/2026",
            "19/4/2026",
            "24/4/2026",
            "17/4/2026",
        ),
        row("month", "5/2026", "20/4/2026", "19/5/2026", "19/5/2026", "24/5/2026"),
        row("month", "6/2026", "20/5/2026", "19/6/2026", "19/6/2026", "24/6/2026"),
        row("quarter", "2/2026", "16/3/2026", "15/6/2026", "15/6/2026", "20/6/2026"),
        row("half_year", "1/2026", "16/12/2025", "15/6/2026", "15/6/2026", "20/6/2026"),
        # Sun 19/7: from Fri 17/7
        row(
            "month",
            "7/2026",
            "20/6/2026",
            "19/7/2026",
            "19/7/2026",
            "24/7/2026",
            "17/7/2026",
        ),
        row("month", "8/2026", "20/7/2026", "19/8/2026", "19/8/2026", "24/8/2026"),
        # Sat 19/9: from Fri 18/9
        row(
            "month",
            "9/2026",
            "20/8/2026",
            "19/9/2026",
            "19/9/2026",
            "24/9/2026",
            "18/9/2026",
        ),
        row("quarter", "3/2026", "16/6/2026", "15/9/2026", "15/9/2026", "20/9/2026"),
        row("month", "10/2026", "20/9/2026", "19/10/2026", "19/10/2026", "24/10/2026"),
        row("month", "11/2026", "20/10/2026", "19/11/2026", "19/11/2026", "24/11/2026"),
        row("year", "1/2026", "11/11/2025", "10/11/2026", "10/11/2026", "15/11/2026"),
        # Sat 19/12: from Fri 18/12
        row(
            "month",
            "12/2026",
            "20/11/2026",
            "19/12/2026",
            "19/12/2026",
            "24/12/2026",
            "18/12/2026",
        ),
        row("quarter", "4/2026", "16/9/2026", "15/12/2026", "15/12/2026", "20/12/2026"),
        # Đ14.2: "định kỳ", no period and no day
        row("year", "1/2026", "1/1/2026", "31/12/2026", topic="regulation"),
    )


@tagged("post_install", "-at_install")
class TestCalendarCaMauRolled(CalendarChecks):
    """The same twelve months where a report's day that is a day off moves to the next
    working day (DOMAIN.md section 2): what is counted stays, the days move."""

    NAME = "ca_mau"
    POLICIES = (("day_off", "next_working_day"),)
    START, END = "1/1/2026", "7/1/2027"
    LEAST = "quarter"
    COMPARED = TestCalendarCaMau.COMPARED
    OUTPUTS = TestCalendarCaMau.OUTPUTS
    ACTS, EVERY = 5, 21
    TABLE = (
        # compiled: Sat 24/1 → Mon 26/1
        row("month", "1/2026", "20/12/2025", "19/1/2026", "19/1/2026", "26/1/2026"),
        # Thu 19/2, Fri 20/2 Tết, a weekend → Mon 23/2
        row("month", "2/2026", "20/1/2026", "19/2/2026", "23/2/2026", "24/2/2026"),
        row("month", "3/2026", "20/2/2026", "19/3/2026", "19/3/2026", "24/3/2026"),
        # Sun 15/3 → Mon 16/3
        row("quarter", "1/2026", "16/12/2025", "15/3/2026", "16/3/2026", "20/3/2026"),
        # Sun 19/4 → Mon 20/4
        row("month", "4/2026", "20/3/2026", "19/4/2026", "20/4/2026", "24/4/2026"),
        # compiled: Sun 24/5 → Mon 25/5
        row("month", "5/2026", "20/4/2026", "19/5/2026", "19/5/2026", "25/5/2026"),
        row("month", "6/2026", "20/5/2026", "19/6/2026", "19/6/2026", "24/6/2026"),
        # compiled: Sat 20/6 → Mon 22/6
        row("quarter", "2/2026", "16/3/2026", "15/6/2026", "15/6/2026", "22/6/2026"),
        row("half_year", "1/2026", "16/12/2025", "15/6/2026", "15/6/2026", "22/6/2026"),
        # Sun 19/7 → Mon 20/7
        row("month", "7/2026", "20/6/2026", "19/7/2026", "20/7/2026", "24/7/2026"),
        row("month", "8/2026", "20/7/2026", "19/8/2026", "19/8/2026", "24/8/2026"),
        # Sat 19/9 → Mon 21/9
        row("month", "9/2026", "20/8/2026", "19/9/2026", "21/9/2026", "24/9/2026"),
        # compiled: Sun 20/9 → Mon 21/9
        row("quarter", "3/2026", "16/6/2026", "15/9/2026", "15/9/2026", "21/9/2026"),
        # compiled: Sat 24/10 → Mon 26/10
        row("month", "10/2026", "20/9/2026", "19/10/2026", "19/10/2026", "26/10/2026"),
        # Tue 24/11 is proposed as a day off, not confirmed: it counts as worked
        row("month", "11/2026", "20/10/2026", "19/11/2026", "19/11/2026", "24/11/2026"),
        # compiled: Sun 15/11 → Mon 16/11
        row("year", "1/2026", "11/11/2025", "10/11/2026", "10/11/2026", "16/11/2026"),
        # Sat 19/12 → Mon 21/12
        row("month", "12/2026", "20/11/2026", "19/12/2026", "21/12/2026", "24/12/2026"),
        # compiled: Sun 20/12 → Mon 21/12
        row("quarter", "4/2026", "16/9/2026", "15/12/2026", "15/12/2026", "21/12/2026"),
        row("year", "1/2026", "1/1/2026", "31/12/2026", topic="regulation"),
    )
