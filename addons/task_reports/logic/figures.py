# SPDX-License-Identifier: LGPL-3.0-or-later
"""The counted figures of a window: sums, rates and the identities between them."""

from collections import Counter

from .form import ENTRY_CODES, EXIT_CODES, MASKS, SUMS


class Figures:
    """Counts of lead assignments by agency and line of Phụ lục I.

    Built from rows (agency id or None for all, code, assignments, distinct tasks);
    distinct tasks are those of all agencies asked for together.
    """

    def __init__(self, rows):
        self._counts = {}
        self._tasks = {}
        for agency_id, code, count, tasks in rows:
            self._counts[agency_id, code] = count
            self._tasks[code] = tasks

    @classmethod
    def from_masks(cls, assignments):
        """Return the figures of (agency id, task id, mask of `logic.form.BITS`) each
        of one lead assignment; the same as SQL counts."""
        counted, tasks = Counter(), {}
        for agency_id, task_id, mask in assignments:
            counted[agency_id, mask] += 1
            tasks[task_id] = tasks.get(task_id, 0) | mask
        counts, distinct = Counter(), Counter()
        for (agency_id, mask), count in counted.items():
            for code in _codes(mask):
                counts[agency_id, code] += count
                counts[None, code] += count
        for mask, count in Counter(tasks.values()).items():
            for code in _codes(mask):
                distinct[code] += count
        return cls(
            (agency_id, code, count, distinct[code])
            for (agency_id, code), count in counts.items()
        )

    def part(self, agency_ids):
        """Return the figures of some of the agencies together; how many distinct
        tasks they have among them is not known, and 0."""
        rows = [
            (None, code, sum(self.count(code, one) for one in agency_ids), 0)
            for code in MASKS
        ]
        return Figures(rows)

    def as_data(self):
        """Return the figures as a list that JSON can hold, in one order only."""
        return [
            [agency_id, code, count, self.tasks(code)]
            for (agency_id, code), count in sorted(
                self._counts.items(), key=lambda one: (one[0][0] or 0, one[0][1])
            )
        ]

    @classmethod
    def from_data(cls, data):
        """Return the figures of :meth:`as_data`."""
        return cls(data)

    def __eq__(self, other):
        return isinstance(other, Figures) and self.as_data() == other.as_data()

    __hash__ = None

    @property
    def agency_ids(self):
        """Ids of the agencies that have at least one counted assignment."""
        return sorted({agency_id for agency_id, _code in self._counts if agency_id})

    def count(self, code, agency_id=None):
        """Number of assignments in a line; of all agencies unless one is named."""
        return self._counts.get((agency_id, code), 0)

    def tasks(self, code):
        """Number of distinct tasks behind the count of all agencies."""
        return self._tasks.get(code, 0)

    def as_dict(self, agency_id=None):
        """Return {code: count} of every line, sums included."""
        return {
            code: self.count(code, agency_id)
            for code in (*ENTRY_CODES, *EXIT_CODES, *SUMS)
        }

    def rates(self, agency_id=None):
        """Return {name: share between 0 and 1, or None for 0 ÷ 0}.

        completion = completed ÷ (completed + open overdue), as the Government Office
        counts; on_time = on time ÷ completed; freshness = open ones with an entry,
        result or request lately ÷ open.
        """
        completed = self.count("completed", agency_id)
        return {
            "completion": _share(
                completed, completed + self.count("open_overdue", agency_id)
            ),
            "on_time": _share(self.count("completed_on_time", agency_id), completed),
            "freshness": _share(
                self.count("fresh", agency_id), self.count("open", agency_id)
            ),
        }

    def broken_identities(self):
        """Return what does not add up, as (agency id or None, sum code) pairs.

        Every sum is its lines' sum, assigned + carried = completed + not completed,
        and the whole is the sum of the agencies. Empty when the figures are sound.
        """
        broken = []
        for agency_id in (None, *self.agency_ids):
            counts = self.as_dict(agency_id)
            broken += [
                (agency_id, code)
                for code, parts in SUMS.items()
                if counts[code] != sum(counts[part] for part in parts)
            ]
            if counts["total"] != counts["completed"] + counts["open"]:
                broken.append((agency_id, "total"))
        for code in (*ENTRY_CODES, *EXIT_CODES):
            agencies = sum(self.count(code, one) for one in self.agency_ids)
            if agencies != self.count(code):
                broken.append((None, code))
        return broken


def _codes(mask):
    """The codes of the form that an assignment of this mask is counted under."""
    return [code for code, bits in MASKS.items() if mask & bits]


def _share(part, whole):
    return part / whole if whole else None


def percent_text(share):
    """Return a share as printed: "98,6 %", or "–" where there is none."""
    return "–" if share is None else f"{float(share) * 100:.1f} %".replace(".", ",")
