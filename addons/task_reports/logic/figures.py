# SPDX-License-Identifier: LGPL-3.0-or-later
"""The counted figures of a window: sums, rates and the identities between them."""

from .form import ENTRY_CODES, EXIT_CODES, SUMS


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


def _share(part, whole):
    return part / whole if whole else None


def percent_text(share):
    """Return a share as printed: "98,6 %", or "–" where there is none."""
    return "–" if share is None else f"{share * 100:.1f} %".replace(".", ",")
