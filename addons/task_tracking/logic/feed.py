# SPDX-License-Identifier: LGPL-3.0-or-later
"""Deadlines as an iCalendar (RFC 5545) that calendar programs subscribe to."""

from collections import namedtuple
from datetime import date, timedelta

import vobject

PRODUCT = "-//Task tracking//Deadlines//VI"
#: How often a program asks again, if it keeps to what it is told.
REFRESH = "PT4H"
#: Octets of a line without its break (RFC 5545, 3.1).
LINE_LENGTH = 75
UNFOLDED = 10**6
SUMMARY_LENGTH = 150
DESCRIPTION_LENGTH = 1500
#: From here minutes are counted for SEQUENCE, which must fit into 32 bits.
SEQUENCE_START = date(2020, 1, 1)

#: One deadline: `uid` (stable), `day` (date), `summary`, `description`, `url`,
#: `category` and `changed`, the moment (naive UTC) of the last change of any of it.
Event = namedtuple("Event", "uid day summary description url category changed")


def write_feed(name, events):
    """Return the calendar, bytes. The same events give the same bytes.

    Deadlines are days, not moments, so that no time zone is needed; they take up no
    time of the person (TRANSPARENT).

    :param name: of the calendar.
    :param events: list of `Event`.
    """
    calendar = vobject.iCalendar()
    calendar.add("prodid").value = PRODUCT
    calendar.add("method").value = "PUBLISH"
    for line in ("name", "x-wr-calname"):
        calendar.add(line).value = clean(name, SUMMARY_LENGTH)
    refresh = calendar.add("refresh-interval")
    refresh.value, refresh.value_param = REFRESH, "DURATION"
    calendar.add("x-published-ttl").value = REFRESH
    for event in events:
        _add(calendar, event)
    # vobject measures a line in characters where the format counts octets
    lines = calendar.serialize(lineLength=UNFOLDED).encode().split(b"\r\n")
    return b"\r\n".join(map(_fold, lines))


def _fold(line):
    """A line of bytes, broken where it is too long, between two letters."""
    parts = []
    while len(line) > LINE_LENGTH:
        end = LINE_LENGTH
        while line[end] & 0xC0 == 0x80:  # within a letter of several bytes
            end -= 1
        parts.append(line[:end])
        line = b" " + line[end:]
    return b"\r\n".join([*parts, line])


def _add(calendar, event):
    one = calendar.add("vevent")
    one.add("uid").value = event.uid
    # without a METHOD that sends it to somebody, the moment of the last change
    for name in ("dtstamp", "last-modified"):
        _add_text(one, name, event.changed.strftime("%Y%m%dT%H%M%SZ"))
    days = (event.changed.date() - SEQUENCE_START).days
    minutes = (days * 24 + event.changed.hour) * 60 + event.changed.minute
    one.add("sequence").value = str(max(minutes, 0))
    for name, day in (("dtstart", event.day), ("dtend", event.day + timedelta(days=1))):
        _add_text(one, name, day.strftime("%Y%m%d")).value_param = "DATE"
    one.add("summary").value = clean(event.summary, SUMMARY_LENGTH)
    one.add("description").value = clean(event.description, DESCRIPTION_LENGTH)
    one.add("url").value = event.url
    one.add("categories").value = [clean(event.category, SUMMARY_LENGTH)]
    one.add("transp").value = "TRANSPARENT"


def _add_text(component, name, text):
    """Add a line as it is written: vobject takes no subclass of a date."""
    line = component.add(name)
    line.value, line.isNative = text, False
    return line


def clean(text, length):
    """`text` without what an iCalendar may not hold, and not longer than `length`."""
    text = (text or "").replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    text = "".join(one for one in text if one == "\n" or one.isprintable()).strip()
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
