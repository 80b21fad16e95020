# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import datetime
from types import MappingProxyType

from odoo.tests import tagged

from .calendar_checks import CalendarChecks
from .calendar_common import MORNING, day, row


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

    def test_tet_2026(self):
        """Were the text in force since December 2025: the month to Sat 14/2/2026 is
        sent after Tết (16 to 20/2): Mon 23, Tue 24/2; compiled: Wed 25, Thu 26, Fri
        27/2. It opens on 4/2 all the same."""
        self.env.company.regulation_id.sudo().effective_on = "2025-12-15"
        self.env.company.sudo().task_since = "2026-01-15"
        for today, number in (("3/2/2026", 0), ("4/2/2026", 1)):
            self._at(datetime.combine(day(today), MORNING))
            with self._test_cursors():
                self._run_job()
            periods = self.env["task.report.period"].search(
                [
                    ("company_id", "=", self.env.company.id),
                    ("date_to", "=", "2026-02-14"),
                ]
            )
            self.assertEqual(len(periods), number)
        self.assertEqual(periods.date_from, day("15/1/2026"))
        self.assertEqual(periods.send_due_on, day("24/2/2026"))
        self.assertEqual(periods.compile_due_on, day("27/2/2026"))
        report = periods.report_ids.filtered("agency_id")[:1]
        self.assertEqual(report.first_send_on, day("14/2/2026"))
