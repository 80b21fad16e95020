# SPDX-License-Identifier: LGPL-3.0-or-later
"""What every output of a report reads: a head of plain values, figures and rows."""

# Plain Python, no Odoo: its own groupby is not at hand, and what is grouped is sorted.
# pylint: disable=bad-builtin-groupby

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from .figures import Figures
from .form import ASSIGNED_BY, EXIT_CODES, GROUPS
from .identities import identities
from .rows import ListRow, OutsideRow, as_day

_as_moment = datetime.fromisoformat


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """One agency's figures in the table by agency; `kind` is its group there."""

    agency_id: int
    name: str
    counts: dict
    rates: dict
    kind: str = ""
    kind_name: str = ""


@dataclass(frozen=True, slots=True)
class GroupRow:
    """The sum of the agencies of one kind, in the order of the table by agency."""

    kind: str
    name: str
    agencies: tuple
    counts: dict
    rates: dict


class ListGroup(NamedTuple):
    """A group of Phụ lục II: exit code, its head in the form's words, its rows."""

    code: str
    head: str
    rows: list


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything Phụ lục I and II print, in the same words for every output.

    The same sheet gives the same bytes whenever it is printed: nothing in it depends
    on the day or the database it is printed from.

    `rows_factory` gives a fresh iterator of :class:`ListRow` in the order of print;
    `made_on` is the moment (UTC, without zone) the outputs bear; `received` tells of
    each agency's report (the province's only): dicts of agency_id, name, state (sent,
    late, missing, overdue), sent_on, due_on (dates), version, digest; `agency_texts`
    are the agencies' parts III and IV, at hand and not printed; `carried_over` is
    {carried code: [open in that line on the day before, of these withdrawn in the
    window]}, empty where it is not known.
    """

    parent_body: str
    issuing_body: str
    place: str
    year: int
    addressee: str
    period: str
    date_from: date
    date_to: date
    figures: Figures
    agencies: list
    outside: list
    causes: str
    difficulties: str
    made_on: datetime
    rows_factory: Callable[[], Iterator[ListRow]] = field(repr=False, compare=False)
    scope: str = "all"
    assigned_by: str = ASSIGNED_BY
    received: list = field(default_factory=list)
    number: str = ""
    signer_title: str = ""
    signer_name: str = ""
    signed_on: date | None = None
    frozen_digest: str = ""
    agency_texts: list = field(default_factory=list)
    carried_over: dict = field(default_factory=dict)

    @property
    def title(self):
        """What the outputs are called, whatever is renamed later."""
        return f"Báo cáo {self.period} - {self.issuing_body}"

    # -- rows ----------------------------------------------------------------------
    def rows(self):
        """Yield every :class:`ListRow` of Phụ lục II, numbered through."""
        for number, row in enumerate(self.rows_factory(), 1):
            yield row if row.number == number else replace(row, number=number)

    @property
    def groups(self):
        """The rows by how they stood at the end, as :class:`ListGroup`, empty groups
        left out. All rows at once: a long list is better read by :meth:`rows`."""
        return [
            ListGroup(code, GROUPS[code], list(rows))
            for code, rows in groupby(self.rows(), key=lambda row: row.exit)
        ]

    @property
    def row_count(self):
        """How many assignments Phụ lục II lists."""
        return sum(self.figures.count(code) for code in EXIT_CODES)

    # -- figures -------------------------------------------------------------------
    @property
    def rates(self):
        """The rates of all agencies together, see :meth:`Figures.rates`."""
        return self.figures.rates()

    @property
    def counts_by_agency(self):
        """{agency id: {code: count}} of the table by agency."""
        return {row.agency_id: row.counts for row in self.agencies}

    @property
    def group_rows(self):
        """The sums by kind of agency, a list of :class:`GroupRow`."""
        return [
            _group_row(self.figures, kind, name, [row.agency_id for row in rows])
            for (kind, name), rows in groupby(
                self.agencies, key=lambda row: (row.kind, row.kind_name)
            )
        ]

    def identities(self, listed=None):
        """Return every :class:`Identity` of the sheet.

        :param listed: {code: rows of Phụ lục II in that line}, where they were counted.
        """
        agencies = [(row.agency_id, row.name) for row in self.agencies]
        return list(identities(self.figures, agencies, self.carried_over, listed))

    # -- kept ----------------------------------------------------------------------
    def head_data(self):
        """Return everything but the rows as a dict that JSON can hold."""
        data = {name: getattr(self, name) for name in _PLAIN}
        data |= {name: _iso(getattr(self, name)) for name in (*_DAYS, "made_on")}
        data |= {
            "figures": self.figures.as_data(),
            "agencies": [
                {
                    "agency_id": row.agency_id,
                    "name": row.name,
                    "kind": row.kind,
                    "kind_name": row.kind_name,
                }
                for row in self.agencies
            ],
            "outside": [row.as_data() for row in self.outside],
            "received": [
                one | {name: _iso(one.get(name)) for name in _RECEIVED_DAYS}
                for one in self.received
            ],
        }
        return data

    @classmethod
    def from_frozen(cls, head, rows_factory):
        """Return the sheet of which :meth:`head_data` gave `head`, exactly.

        :param rows_factory: gives a fresh iterator of its rows, in the order of print.
        """
        figures = Figures.from_data(head["figures"])
        return cls(
            **{name: head[name] for name in _PLAIN},
            **{name: _day(head[name]) for name in _DAYS},
            made_on=_as_moment(head["made_on"]),
            figures=figures,
            agencies=[agency_row(figures, **one) for one in head["agencies"]],
            outside=[
                OutsideRow.from_data(one, number)
                for number, one in enumerate(head["outside"], 1)
            ],
            received=[
                one | {name: _day(one[name]) for name in _RECEIVED_DAYS}
                for one in head["received"]
            ],
            rows_factory=rows_factory,
        )


_PLAIN = (
    "parent_body",
    "issuing_body",
    "place",
    "year",
    "addressee",
    "period",
    "causes",
    "difficulties",
    "scope",
    "assigned_by",
    "number",
    "signer_title",
    "signer_name",
    "frozen_digest",
    "agency_texts",
    "carried_over",
)
_DAYS = ("date_from", "date_to", "signed_on")
_RECEIVED_DAYS = ("sent_on", "due_on")


def _iso(day):
    return day.isoformat() if day else None


def _day(text):
    return as_day(text) if text else None


def agency_row(figures, agency_id, name, kind="", kind_name=""):
    """Return the :class:`AgencyRow` of one agency of `figures`."""
    return AgencyRow(
        agency_id,
        name,
        figures.as_dict(agency_id),
        figures.rates(agency_id),
        kind,
        kind_name,
    )


def _group_row(figures, kind, name, agency_ids):
    part = figures.part(agency_ids)
    return GroupRow(kind, name, tuple(agency_ids), part.as_dict(), part.rates())
