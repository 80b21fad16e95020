# SPDX-License-Identifier: LGPL-3.0-or-later
from types import MappingProxyType

from odoo.tests import tagged

from .calendar_checks import CalendarChecks
from .calendar_common import row


@tagged("post_install", "-at_install")
class TestCalendarQuangTri(CalendarChecks):
    """Quyết định 23/2016, the twelve months of 2026. Đ20.2: quarter; Đ4.1: a list at
    the year's end; Đ24.1: quarterly on the regulation itself."""

    NAME = "quang_tri"
    START, END = "1/1/2026", "12/1/2027"
    LEAST = "quarter"
    #: 3 pairs of quarters; nothing ends alike, nothing tiles.
    COMPARED = (3, 0, 0)
    # Đ22: to the Committee of all tasks, to the Government Office of those that the
    # Government and the ministries gave.
    OUTPUTS = MappingProxyType(
        {"figures": ("all", "superior"), "year_end_list": (), "regulation": ("all",)}
    )
    # Đ21.1: "chậm nhất ngày 25 của tháng cuối quý"; Đ22: from the 25th, by the 30th. No
    # window is stated: to the 25th, from the day after the last one. None of the four
    # 25ths of 2026 is a day off (Wed, Thu, Fri, Fri).
    TABLE = (
        row("quarter", "1/2026", "26/12/2025", "25/3/2026", "25/3/2026", "30/3/2026"),
        row("quarter", "2/2026", "26/3/2026", "25/6/2026", "25/6/2026", "30/6/2026"),
        row("quarter", "3/2026", "26/6/2026", "25/9/2026", "25/9/2026", "30/9/2026"),
        row("quarter", "4/2026", "26/9/2026", "25/12/2026", "25/12/2026", "30/12/2026"),
        # Đ4.1: "vào cuối năm", read as up to 31/12 (a Thursday)
        row(
            "year",
            "1/2026",
            "1/1/2026",
            "31/12/2026",
            "31/12/2026",
            topic="year_end_list",
        ),
        # Đ24.1: "định kỳ hàng quý", no day
        row("quarter", "1/2026", "1/1/2026", "31/3/2026", topic="regulation"),
        row("quarter", "2/2026", "1/4/2026", "30/6/2026", topic="regulation"),
        row("quarter", "3/2026", "1/7/2026", "30/9/2026", topic="regulation"),
        row("quarter", "4/2026", "1/10/2026", "31/12/2026", topic="regulation"),
    )
