# SPDX-License-Identifier: LGPL-3.0-or-later
"""What a report said when it was submitted, beside what is known of it now."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from .form import BITS, ENTRY_CODES, FRESH_CODE, MASKS, NOTE_CODES, mask_codes

#: What an assignment may be counted under besides its two lines.
NOTED = tuple(BITS[code] for code in (*NOTE_CODES, FRESH_CODE))


@dataclass(frozen=True, slots=True)
class Standing:
    """How one assignment is counted: the `logic.form.BITS` of its lines and notes,
    its agency of the window's last day, its deadline in force then."""

    agency_id: int
    mask: int
    deadline: date | None

    @property
    def lines(self):
        """(entry code, exit code)."""
        return mask_codes(self.mask)


@dataclass(frozen=True, slots=True)
class Difference:
    """An assignment that is counted otherwise now; None where it is not counted."""

    assignment_id: int
    then: Standing | None
    now: Standing | None

    @property
    def codes(self):
        """What differs: came_in, went_out; or of one counted both times moved (from
        line to line), agency, deadline, noted (waiting, handed back, freshness)."""
        if not self.then:
            return ("came_in",)
        if not self.now:
            return ("went_out",)
        found = []
        if self.then.lines != self.now.lines:
            found.append("moved")
        if self.then.agency_id != self.now.agency_id:
            found.append("agency")
        if self.then.deadline != self.now.deadline:
            found.append("deadline")
        if any((self.then.mask ^ self.now.mask) & bit for bit in NOTED):
            found.append("noted")
        return tuple(found)

    def touches(self, code):
        """Whether it adds to, or takes from, the line `code` of `logic.form.MASKS`."""
        before, after = (
            bool(standing and standing.mask & MASKS[code])
            for standing in (self.then, self.now)
        )
        return before != after

    def cause_without_facts(self):
        """Why it differs where nothing was recorded on it since: source (of the
        directive), freshness (the days the regulation counts), taken_over, counted
        (in or out by data of the directive), rules (calendar or regulation)."""
        codes = self.codes
        if codes == ("noted",):
            changed = self.then.mask ^ self.now.mask
            return "freshness" if changed == BITS[FRESH_CODE] else "rules"
        if "agency" in codes:
            return "taken_over"
        if codes in (("came_in",), ("went_out",)):
            return "counted"
        if "moved" in codes and "deadline" not in codes:
            (entry, exit_), (entry_now, exit_now) = self.then.lines, self.now.lines
            both = {entry, entry_now} <= set(ENTRY_CODES[:3])
            if both and exit_ == exit_now:
                return "source"
        return "rules"


def differences(then, now):
    """Return the :class:`Difference` of {assignment id: :class:`Standing`}, by id."""
    return [
        Difference(id_, then.get(id_), now.get(id_))
        for id_ in sorted(then.keys() | now.keys())
        if then.get(id_) != now.get(id_)
    ]


def line_counts(standings):
    """Return {code: number} of every line, sum and note of the form."""
    masks = Counter(standing.mask for standing in standings)
    return {
        code: sum(number for mask, number in masks.items() if mask & bits)
        for code, bits in MASKS.items()
    }
