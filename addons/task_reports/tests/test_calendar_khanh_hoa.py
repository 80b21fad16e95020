# SPDX-License-Identifier: LGPL-3.0-or-later
from types import MappingProxyType

from odoo.tests import tagged

from .calendar_checks import CalendarChecks
from .calendar_common import row


@tagged("post_install", "-at_install")
class TestCalendarKhanhHoa(CalendarChecks):
    """Quyết định 26/2026: April 2026 to March 2027, the twelve months that follow its
    taking effect on 20/3/2026. Đ18.2: month, quarter, 6 months, year."""

    NAME = "khanh_hoa"
    START, END = "20/3/2026", "3/4/2027"
    UNDATED = False  # kept out of the register, Đ7.2
    LEAST = "month"
    #: 11 pairs of months, 3 of quarters; 4 ends of quarters are months' too, June's a
    #: half-year's (2 pairs more), December's a year's (2 more); 4 quarters of months,
    #: June's half-year (of the one quarter and of its 3 months), the year (3, 9).
    COMPARED = (14, 8, 8)
    OUTPUTS = MappingProxyType({"figures": ("all",)})
    # Đ20.1: month 15 of the month before to 14; quarter 15 of the month before it to
    # 14 of its last month; 6 months 15/12 to 14/6; year 15/12 to 14/12. Đ20.2: agencies
    # 2 working days from the last day; Đ20.3: the Office 5. The last day is not
    # counted; as written (14 April is a Tuesday): Wed 15, Thu 16 | Fri 17, Mon 20,
    # Tue 21. March 2026 (to 14/3) and the first quarter were over before 20/3/2026.
    TABLE = (
        # Tue 14/4: Wed 15, Thu 16; Fri 17, Mon 20, Tue 21
        row("month", "4/2026", "15/3/2026", "14/4/2026", "16/4/2026", "21/4/2026"),
        # Thu 14/5: Fri 15, Mon 18; Tue 19, Wed 20, Thu 21
        row("month", "5/2026", "15/4/2026", "14/5/2026", "18/5/2026", "21/5/2026"),
        # Sun 14/6: Mon 15, Tue 16; Wed 17, Thu 18, Fri 19
        row("month", "6/2026", "15/5/2026", "14/6/2026", "16/6/2026", "19/6/2026"),
        row("quarter", "2/2026", "15/3/2026", "14/6/2026", "16/6/2026", "19/6/2026"),
        row("half_year", "1/2026", "15/12/2025", "14/6/2026", "16/6/2026", "19/6/2026"),
        # Tue 14/7: Wed 15, Thu 16; Fri 17, Mon 20, Tue 21
        row("month", "7/2026", "15/6/2026", "14/7/2026", "16/7/2026", "21/7/2026"),
        # Fri 14/8: Mon 17, Tue 18; Wed 19, Thu 20, Fri 21 (Sat 22/8 is worked: later)
        row("month", "8/2026", "15/7/2026", "14/8/2026", "18/8/2026", "21/8/2026"),
        # Mon 14/9: Tue 15, Wed 16; Thu 17, Fri 18, Mon 21
        row("month", "9/2026", "15/8/2026", "14/9/2026", "16/9/2026", "21/9/2026"),
        row("quarter", "3/2026", "15/6/2026", "14/9/2026", "16/9/2026", "21/9/2026"),
        # Wed 14/10: Thu 15, Fri 16; Mon 19, Tue 20, Wed 21
        row("month", "10/2026", "15/9/2026", "14/10/2026", "16/10/2026", "21/10/2026"),
        # Sat 14/11: Mon 16, Tue 17; Wed 18, Thu 19, Fri 20
        row("month", "11/2026", "15/10/2026", "14/11/2026", "17/11/2026", "20/11/2026"),
        # Mon 14/12: Tue 15, Wed 16; Thu 17, Fri 18, Mon 21
        row("month", "12/2026", "15/11/2026", "14/12/2026", "16/12/2026", "21/12/2026"),
        row("quarter", "4/2026", "15/9/2026", "14/12/2026", "16/12/2026", "21/12/2026"),
        row("year", "1/2026", "15/12/2025", "14/12/2026", "16/12/2026", "21/12/2026"),
        # Thu 14/1: Fri 15, Mon 18; Tue 19, Wed 20, Thu 21
        row("month", "1/2027", "15/12/2026", "14/1/2027", "18/1/2027", "21/1/2027"),
        # Sun 14/2 (Tết 2027 begins on 6/2): Mon 15, Tue 16; Wed 17, Thu 18, Fri 19
        row("month", "2/2027", "15/1/2027", "14/2/2027", "16/2/2027", "19/2/2027"),
        # Sun 14/3: Mon 15, Tue 16; Wed 17, Thu 18, Fri 19
        row("month", "3/2027", "15/2/2027", "14/3/2027", "16/3/2027", "19/3/2027"),
        row("quarter", "1/2027", "15/12/2026", "14/3/2027", "16/3/2027", "19/3/2027"),
    )
