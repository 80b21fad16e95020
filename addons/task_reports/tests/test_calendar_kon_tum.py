# SPDX-License-Identifier: LGPL-3.0-or-later
from types import MappingProxyType

from odoo.tests import tagged

from .calendar_checks import CalendarChecks
from .calendar_common import row


@tagged("post_install", "-at_install")
class TestCalendarKonTum(CalendarChecks):
    """Sở Nông nghiệp Kon Tum, 2022: the twelve months of 2026. Đ18.2: month, 6 months,
    year; Đ23.1: yearly on the regulation itself."""

    NAME = "kon_tum"
    START, END = "1/1/2026", "7/1/2027"
    LEAST = "month"
    #: 11 pairs of months; no windows end alike and no months tile a longer one.
    COMPARED = (11, 0, 0)
    #: What the Committee and its Chairman gave; the Director's own tasks are not above.
    SUPERIOR = frozenset(("government", "ministry", "committee", "chairman", "deputy"))
    LEVELS = ("committee", "chairman", "director", "director")
    # Đ20.2: up to the Committee's Office go the tasks the Committee gave, only these.
    OUTPUTS = MappingProxyType(
        {
            ("figures", "month"): ("all",),
            ("figures", "half_year"): ("superior",),
            ("figures", "year"): ("superior",),
            "regulation": ("all",),
        }
    )
    # Đ20.1: units by the 19th each month; the Office's month is for the meeting, no
    # day. Đ20.2: the Office on 10/6 and 10/12; the units' day is not stated. No window
    # is stated: to the 19th, 10/6, 10/12, from the day after the last of that kind
    # (the half-year begins with the year's). As written on days off; ready: the last
    # working day up to the day to send, where that is a day off.
    TABLE = (
        row("month", "1/2026", "20/12/2025", "19/1/2026", "19/1/2026"),
        # Thu 19/2 is in Tết (16 to 20/2), 14 and 15/2 a weekend: from Fri 13/2
        row(
            "month", "2/2026", "20/1/2026", "19/2/2026", "19/2/2026", None, "13/2/2026"
        ),
        row("month", "3/2026", "20/2/2026", "19/3/2026", "19/3/2026"),
        # Sun 19/4: from Fri 17/4
        row(
            "month", "4/2026", "20/3/2026", "19/4/2026", "19/4/2026", None, "17/4/2026"
        ),
        row("month", "5/2026", "20/4/2026", "19/5/2026", "19/5/2026"),
        row("half_year", "1/2026", "11/12/2025", "10/6/2026", None, "10/6/2026"),
        row("month", "6/2026", "20/5/2026", "19/6/2026", "19/6/2026"),
        # Sun 19/7: from Fri 17/7
        row(
            "month", "7/2026", "20/6/2026", "19/7/2026", "19/7/2026", None, "17/7/2026"
        ),
        row("month", "8/2026", "20/7/2026", "19/8/2026", "19/8/2026"),
        # Sat 19/9: from Fri 18/9
        row(
            "month", "9/2026", "20/8/2026", "19/9/2026", "19/9/2026", None, "18/9/2026"
        ),
        row("month", "10/2026", "20/9/2026", "19/10/2026", "19/10/2026"),
        row("month", "11/2026", "20/10/2026", "19/11/2026", "19/11/2026"),
        row("year", "1/2026", "11/12/2025", "10/12/2026", None, "10/12/2026"),
        # Sat 19/12: from Fri 18/12
        row(
            "month",
            "12/2026",
            "20/11/2026",
            "19/12/2026",
            "19/12/2026",
            None,
            "18/12/2026",
        ),
        # Đ23.1: "hằng năm", no day
        row("year", "1/2026", "1/1/2026", "31/12/2026", topic="regulation"),
    )
