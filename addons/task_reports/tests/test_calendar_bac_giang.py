# SPDX-License-Identifier: LGPL-3.0-or-later
from types import MappingProxyType

from odoo.tests import tagged

from .calendar_checks import CalendarChecks
from .calendar_common import row


@tagged("post_install", "-at_install")
class TestCalendarBacGiang(CalendarChecks):
    """Quyết định of 31/12/2024, the twelve months of 2026. Đ18.2: month, quarter,
    6 months, year; Đ22.1: yearly on the regulation itself."""

    NAME = "bac_giang"
    START, END = "1/1/2026", "12/1/2027"
    LEAST = "month"
    #: 11 pairs of months, 3 of quarters; each quarter ends with a month, June's with a
    #: half-year too (2 pairs more); 4 quarters of 3 months each. The half-year and the
    #: year begin on 31/12/2025, before which nothing was assigned: the half-year is
    #: 2 quarters and 6 months; the year ends on 30/12, no month does.
    COMPARED = (14, 6, 6)
    OUTPUTS = MappingProxyType({"figures": ("all",), "regulation": ("all",)})
    # Đ20.1: "trước ngày 01 của tháng tiếp theo" is the month's last day, 30/6, 30/12;
    # quarter: no day. Đ20.2: "trước ngày 03 của tháng tiếp theo" is the 2nd, 03/7,
    # 31/12 ("trước" is read with the month only). No window is stated: to the last day
    # to send or the end of the period, from the day after the last of that kind. As
    # written on days off. Ready: where the last day is a day off and the day to send.
    TABLE = (
        # Sat 31/1, so from Fri 30/1
        row(
            "month",
            "1/2026",
            "1/1/2026",
            "31/1/2026",
            "31/1/2026",
            "2/2/2026",
            "30/1/2026",
        ),
        # Sat 28/2, so from Fri 27/2
        row(
            "month",
            "2/2026",
            "1/2/2026",
            "28/2/2026",
            "28/2/2026",
            "2/3/2026",
            "27/2/2026",
        ),
        row("month", "3/2026", "1/3/2026", "31/3/2026", "31/3/2026", "2/4/2026"),
        row("quarter", "1/2026", "1/1/2026", "31/3/2026"),
        # Thu 30/4 is a holiday, so from Wed 29/4
        row(
            "month",
            "4/2026",
            "1/4/2026",
            "30/4/2026",
            "30/4/2026",
            "2/5/2026",
            "29/4/2026",
        ),
        # Sun 31/5, so from Fri 29/5
        row(
            "month",
            "5/2026",
            "1/5/2026",
            "31/5/2026",
            "31/5/2026",
            "2/6/2026",
            "29/5/2026",
        ),
        row("month", "6/2026", "1/6/2026", "30/6/2026", "30/6/2026", "2/7/2026"),
        row("quarter", "2/2026", "1/4/2026", "30/6/2026"),
        row("half_year", "1/2026", "31/12/2025", "30/6/2026", "30/6/2026", "3/7/2026"),
        row("month", "7/2026", "1/7/2026", "31/7/2026", "31/7/2026", "2/8/2026"),
        # Mon 31/8 is swapped for Sat 22/8; 29 and 30/8 are a weekend: from Fri 28/8
        row(
            "month",
            "8/2026",
            "1/8/2026",
            "31/8/2026",
            "31/8/2026",
            "2/9/2026",
            "28/8/2026",
        ),
        row("month", "9/2026", "1/9/2026", "30/9/2026", "30/9/2026", "2/10/2026"),
        row("quarter", "3/2026", "1/7/2026", "30/9/2026"),
        # Sat 31/10, so from Fri 30/10
        row(
            "month",
            "10/2026",
            "1/10/2026",
            "31/10/2026",
            "31/10/2026",
            "2/11/2026",
            "30/10/2026",
        ),
        row("month", "11/2026", "1/11/2026", "30/11/2026", "30/11/2026", "2/12/2026"),
        row("month", "12/2026", "1/12/2026", "31/12/2026", "31/12/2026", "2/1/2027"),
        row("quarter", "4/2026", "1/10/2026", "31/12/2026"),
        row("year", "1/2026", "31/12/2025", "30/12/2026", "30/12/2026", "31/12/2026"),
        # Đ22.1: "hằng năm", no day
        row("year", "1/2026", "1/1/2026", "31/12/2026", topic="regulation"),
    )
