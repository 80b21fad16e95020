"""Due dates in bulk, against a precomputed array of working days."""

from bisect import bisect_right
from datetime import date, timedelta

from stopwatch import Measure

from odoo.addons.task_tracking.logic.limits import due_day

DUE_DATES = 10_000
FIRST, DAYS = date(2024, 1, 1), 1461
#: An array is as cheap as due dates can be; ours lay the days out by themselves.
SLOWER = 3


def due_dates(people):
    """Yield the measure: DUE_DATES due dates of a limit in working days.

    Both sides give the same days (checked), from events spread over four years.
    """
    calendar = people.company._task_calendar()
    rule = people.company.regulation_id._rule("feedback_answer").sudo()._as_rule()
    events = [FIRST + timedelta(days=nth * 7 % DAYS) for nth in range(DUE_DATES)]
    days = (FIRST + timedelta(days=nth) for nth in range(DAYS + 60))
    array = [day for day in days if calendar.is_workday(day)]

    def ours():
        return [due_day(rule, event, calendar) for event in events]

    def by_array():
        last = rule.amount - 1
        return [array[bisect_right(array, event) + last] for event in events]

    if ours() != by_array():
        raise AssertionError("the two sides give different due dates")
    yield Measure(
        f"{DUE_DATES:,} due dates, against an array",
        ours,
        by_array,
        slower=SLOWER,
        calls=10,
    )
