"""The simulated clock: the whole process lives at the moment it shows."""

from contextlib import contextmanager
from datetime import UTC, datetime, time
from unittest.mock import patch
from zoneinfo import ZoneInfo

from freezegun import freeze_time

from odoo.sql_db import BaseCursor

PROVINCE = ZoneInfo("Asia/Ho_Chi_Minh")


def utc(day, hour, minute=0):
    """The moment, in UTC and naive as Odoo keeps it, of an hour in the province."""
    moment = datetime.combine(day, time(hour, minute), PROVINCE)
    return moment.astimezone(UTC).replace(tzinfo=None)


@contextmanager
def simulated(moment):
    """Let time stand at `moment` (naive, UTC) until it is moved.

    Python's clocks stand still for all code, and so does the cursor's: create_date
    and write_date then say when an act was done. Yields the function that moves the
    clock. It is frozen once and moved, since freezing looks through every module.
    """
    now = patch.object(BaseCursor, "now", lambda cursor: _now())
    with freeze_time(moment) as frozen, now:
        yield frozen.move_to


def _now():
    # `datetime` is looked up when called: it is freezegun's by then.
    return datetime.now(UTC).replace(tzinfo=None)
