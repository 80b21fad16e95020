# SPDX-License-Identifier: LGPL-3.0-or-later
"""What must add up in a report, each identity with its two sides (DOMAIN: section 3).

The words are Vietnamese as the form's are: they stand beside it in the workbook.
"""

from dataclasses import dataclass

from .form import ENTRY_CODES, EXIT_CODES, HEADS, SUMS

#: The lines carried from before, and the lines in which they stood then.
CARRIED_FROM = {
    "carried_in_time": "open_in_time",
    "carried_extended": "open_extended",
    "carried_overdue": "open_overdue",
}
#: The lines of the form in words that are clear without those above them.
LINE_NAMES = {
    **HEADS,
    "assigned": "Giao trong kỳ",
    "carried_in_time": "Kỳ trước chuyển sang, còn trong hạn",
    "carried_extended": "Kỳ trước chuyển sang, được gia hạn",
    "carried_overdue": "Kỳ trước chuyển sang, quá hạn",
    "completed_on_time": "Hoàn thành đúng hạn, sớm hạn",
    "completed_late": "Hoàn thành quá hạn",
    "open_extended": "Chưa hoàn thành, được gia hạn",
    "open_in_time": "Chưa hoàn thành, còn trong hạn",
    "open_overdue": "Chưa hoàn thành quá hạn",
}
WHOLE = "Toàn bộ"


@dataclass(frozen=True, slots=True)
class Identity:
    """One equation of a report: whom it is about, its words, its two numbers.

    `agency_id` is None for all agencies together. `left_codes` and `right_codes` are
    the lines behind each number; `before` the carried code whose right side is what
    stood open on the day before the window.
    """

    agency_id: int | None
    whom: str
    text: str
    left: int
    right: int
    left_codes: tuple = ()
    right_codes: tuple = ()
    before: str = ""

    @property
    def holds(self):
        """Whether both sides are equal."""
        return self.left == self.right


def identities(figures, agencies=(), carried_over=None, listed=None):
    """Yield every :class:`Identity` of a report.

    :param figures: a :class:`Figures`.
    :param agencies: (id, name) of each agency of the table by agency.
    :param carried_over: {carried code: (open in that line on the day before the
        window, of these withdrawn in it)}; None where it is not known.
    :param listed: {code: rows of Phụ lục II in that line}; None leaves them out.
    """
    agencies = list(agencies)
    yield from _of_one(figures, None, WHOLE)
    if agencies:
        for code in (*ENTRY_CODES, *EXIT_CODES):
            parts = sum(figures.count(code, agency_id) for agency_id, _name in agencies)
            text = f"{LINE_NAMES[code]} = tổng của các cơ quan"
            yield Identity(
                None, WHOLE, text, figures.count(code), parts, (code,), (code,)
            )
    for code, (before, withdrawn) in (carried_over or {}).items():
        text = (
            f"{LINE_NAMES[code]} = {LINE_NAMES[CARRIED_FROM[code]]} vào ngày liền trước"
            " kỳ báo cáo − số đã rút trong kỳ"
        )
        yield Identity(
            None,
            WHOLE,
            text,
            figures.count(code),
            before - withdrawn,
            (code,),
            (),
            code,
        )
    for code, rows in (listed or {}).items():
        text = f"{LINE_NAMES[code]} = số dòng tại Phụ lục II"
        yield Identity(None, WHOLE, text, figures.count(code), rows, (code,), (code,))
    for agency_id, name in agencies:
        yield from _of_one(figures, agency_id, name)


def _of_one(figures, agency_id, whom):
    counts = figures.as_dict(agency_id)
    yield Identity(
        agency_id,
        whom,
        "Giao trong kỳ + Kỳ trước chuyển sang = Hoàn thành + Chưa hoàn thành",
        counts["assigned"] + counts["carried"],
        counts["completed"] + counts["open"],
        ("assigned", "carried"),
        ("completed", "open"),
    )
    for code, parts in SUMS.items():
        text = f"{LINE_NAMES[code]} = " + " + ".join(LINE_NAMES[one] for one in parts)
        total = sum(counts[part] for part in parts)
        yield Identity(agency_id, whom, text, counts[code], total, (code,), parts)
