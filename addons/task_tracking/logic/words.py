# SPDX-License-Identifier: LGPL-3.0-or-later
"""Words as a document prints them: text of users stays text, days and numbers are as
Nghị định 30/2020/NĐ-CP, Phụ lục I, writes them."""

import re

#: What XML 1.0 cannot hold, and what docxtpl makes a page or a paragraph of.
_UNPRINTABLE = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text):
    """Return a text without what a document cannot hold; line ends are "\\n"."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNPRINTABLE.sub("", text)


def text_lines(text):
    """Return the lines of a text as printed: runs of blanks are one, as in HTML, and
    empty lines are left out. No-break spaces stay.

    :param text: a text, or several.
    """
    texts = (text,) if isinstance(text, str) else tuple(text or ())
    lines = (
        re.sub("[ \t]+", " ", line).strip(" ")
        for one in texts
        for line in printable(one or "").split("\n")
    )
    return tuple(line for line in lines if line)


def day_words(day, year="……"):
    """Return the words of a day of signing: a leading 0 for days below 10 and the
    first two months; dots where it is not known yet.

    :param year: told where the day is not known.
    """
    if not day:
        return f"ngày …… tháng …… năm {year}"
    month = f"{day.month:02}" if day.month < 3 else day.month
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def number_words(number, code):
    """Return "số, ký hiệu": a number below 10 has a leading 0; dots where there is
    none yet.

    :param number: "5/QĐ-UBND"; "/QĐ-UBND" if only the notation is known.
    :param code: the notation's first group ("QĐ"), empty for a công văn.
    """
    line = " ".join(text_lines(number))
    if not line:
        return f"………/{code}-………" if code else "………/………"
    if line.startswith("/"):
        return f"………{line}"
    return re.sub(r"^([1-9])(?!\d)", r"0\1", line)
