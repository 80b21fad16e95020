# SPDX-License-Identifier: LGPL-3.0-or-later
"""The rows of Phụ lục II and of the list of tasks outside, as plain values."""

from dataclasses import dataclass, fields
from datetime import date
from functools import cache

from .form import EXIT_CODES, day_text

#: The columns that hold days.
DAYS = frozenset(("issued_on", "deadline", "extended_to", "reply_date"))
#: The day of an ISO text.
as_day = date.fromisoformat


class _Data:
    """To and from a dict of JSON values: dates in ISO, everything but `number`."""

    __slots__ = ()

    def as_data(self):
        """Return every value but `number` as a dict that JSON can hold."""
        data = {}
        for name in _names(type(self)):
            value = getattr(self, name)
            data[name] = value.isoformat() if isinstance(value, date) else value
        return data

    @classmethod
    def from_data(cls, data, number=0):
        """Return the row of :meth:`as_data`, exactly; what `data` lacks is empty.

        :param number: its place in the list, from 1.
        """
        values = {
            name: as_day(value) if value and name in DAYS else value
            for name, value in data.items()
        }
        return cls(number=number, **values)


@cache
def _names(cls):
    return [one.name for one in fields(cls) if one.name != "number"]


@dataclass(frozen=True, slots=True)
class ListRow(_Data):
    """One assignment of Phụ lục II, ready to print; dates are dates or None.

    `mask` holds the `logic.form.BITS` it is counted under, `entry` and `exit` its two
    lines; `agency_id` is the agency of the window's last day. `reason` is what the
    agency wrote on it.
    """

    number: int
    assignment_id: int
    reference: str
    issued_on: date | None
    abstract: str
    content: str
    lead: str
    support: str
    deadline: date | None
    extended_to: date | None
    result: str
    reply_number: str
    reply_date: date | None
    status: str
    note: str
    task_id: int = 0
    agency_id: int = 0
    mask: int = 0
    entry: str = ""
    exit: str = ""
    reason: str = ""

    @property
    def document(self):
        """The directive in one cell: number, notation, day, abstract."""
        head = self.reference
        if self.issued_on:
            head = f"{head} ngày {day_text(self.issued_on)}".strip()
        return "; ".join(filter(None, (head, self.abstract)))

    @property
    def reply(self):
        """The result and its document in one cell."""
        document = ""
        if self.reply_number:
            document = f"Số {self.reply_number}"
            if self.reply_date:
                document += f" ngày {day_text(self.reply_date)}"
        return "; ".join(filter(None, (document, self.result)))

    @property
    def remark(self):
        """Column "Nguyên nhân, ghi chú": the agency's reason, then our note."""
        return "; ".join(filter(None, (self.reason, self.note)))

    @property
    def in_force(self):
        """The deadline in force at the window's end, None of an undated one."""
        return self.extended_to or self.deadline


@dataclass(frozen=True, slots=True)
class OutsideRow(_Data):
    """A task the regulation keeps off the system for want of a deadline; `reason` is
    how it goes, in the agency's words."""

    number: int
    reference: str
    issued_on: date | None
    abstract: str
    content: str
    lead: str
    task_id: int = 0
    reason: str = ""

    document = ListRow.document


def print_key(rank):
    """Return the sort key of :class:`ListRow` that gives the order of print: line,
    agency, deadline in force, id.

    :param rank: {agency id: its place}.
    """

    def key(row):
        return (
            EXIT_CODES.index(row.exit),
            rank[row.agency_id],
            row.in_force or date.max,
            row.assignment_id,
        )

    return key
