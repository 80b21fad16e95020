# SPDX-License-Identifier: LGPL-3.0-or-later
from .calendar_common import ONE_DAY, CalendarCase

#: The oracle's words for lines that the form's code calls otherwise.
WORDS = {
    "programme": "assigned_programme",
    "conclusion": "assigned_conclusion",
    "adhoc": "assigned_adhoc",
}
SHORTER = {"year": ("quarter", "month"), "half_year": ("quarter", "month")}
SHORTER["quarter"] = ("month",)


def lines_of(row):
    """The lines a printed row is counted in, in the oracle's words."""
    return {WORDS.get(row.entry, row.entry), row.exit}


class CalendarIdentities(CalendarCase):
    """The identities of DOMAIN.md section 3 in every place's year.

    Two kinds of truth about figures (DOMAIN.md section 3):

    - *A frozen report is as known then.* So it is held against the oracle that knows
      what had been recorded by the moment it was frozen, and nothing later: exactly,
      row by row, without any allowance.
    - *The identities between reports* hold of figures known at one and the same
      moment. They are therefore asserted twice. As known now: the product's live
      figures of all windows, exactly. Between frozen reports: exactly too, on all
      assignments but the *touched* ones. Touched, between a report frozen at m1 and
      one frozen at m2 > m1 and with respect to a day t up to which both speak, is an
      assignment of which something was recorded in (m1, m2] that is dated on or before
      t (a late entry, or an act of a day that a report sent before that day was over
      could not know), or a correction, which holds for every day. Of the others both
      reports know the same facts up to t, so both must say the same of them.
    """

    # -- the identities, as known now --------------------------------------------------
    def _live(self, one):
        """{assignment id: lines} that the product counts now."""
        engine = self.env["task.report.engine"].with_user(self.manager)
        return {
            row["id"]: {WORDS.get(row[side], row[side]) for side in ("entry", "exit")}
            for row in engine._counted_rows(one.first, one.last)
        }

    def test_identities_as_known_now(self):
        """All windows as the product counts them now: what is carried is what was open
        less what was withdrawn, windows that end alike are alike, the months of a
        longer window completed what it completed."""
        live = {one: self._live(one) for one in self._plain_rows()}
        for one, told in live.items():
            ledger = self.ledger.lines(one.first, one.last)
            self.assertEqual(
                told,
                {
                    id_: set(lines) - {"open_waiting", "open_returned"}
                    for id_, lines in ledger.items()
                },
            )
        for before, after in self._successions():
            gone = self.ledger.withdrawn(after.first, after.last)
            self._assert_carried(live[before], live[after], gone, set())
        for one, other in self._same_ends():
            self.assertEqual(_open(live[one]), _open(live[other]))
        for long, tiles in self._tilings():
            self.assertEqual(
                _completed(live[long]),
                {k: v for tile in tiles for k, v in _completed(live[tile]).items()},
            )

    def _plain_rows(self):
        return [one for one in self.TABLE if one.topic == "figures"]

    def _successions(self):
        rows = self._plain_rows()
        return [
            (before, after)
            for before in rows
            for after in rows
            if before.kind == after.kind and before.last + ONE_DAY == after.first
        ]

    def _same_ends(self):
        rows = self._plain_rows()
        return [
            (one, other)
            for nr, one in enumerate(rows)
            for other in rows[nr + 1 :]
            if one.last == other.last
        ]

    def _tilings(self):
        """(a long window, the windows of a shorter kind that tile it), from its first
        day on or, where they begin later, from before anything was assigned."""
        rows, found = self._plain_rows(), []
        for long in rows:
            for kind in SHORTER.get(long.kind, ()):
                tiles = [
                    one
                    for one in rows
                    if one.kind == kind and long.first <= one.first <= long.last
                ]
                tiles.sort(key=lambda one: one.first)
                if (
                    tiles
                    and tiles[-1].last == long.last
                    and tiles[0].first in (long.first, self.first_window)
                ):
                    found.append((long, tiles))
        return found

    @property
    def first_window(self):
        """The first day of the first window: nothing was assigned before."""
        first = min(one.first for one in self._plain_rows() if one.kind == self.LEAST)
        assigned = [
            self.ledger.oracle.A(self.ledger.oracle.as_recorded(one.facts))
            for one in self.ledger.assignments.values()
        ]
        return first if first <= min(assigned) else None

    def test_which_windows_are_compared(self):
        """How many pairs the identities are asked of, counted by hand."""
        found = self._successions(), self._same_ends(), self._tilings()
        self.assertEqual(tuple(map(len, found)), self.COMPARED)

    def _assert_carried(self, before, after, gone, touched):
        left = {
            id_: line.replace("open_", "carried_")
            for id_, line in _open(before).items()
        }
        self.assertEqual(
            _without(_carried(after), touched), _without(left, touched | gone)
        )

    # -- the identities, between frozen reports ----------------------------------------
    def _pairs(self, one, other):
        """The frozen reports of the same agency of two periods, what they tell and
        their moments, the earlier one first."""
        for report in self._frozen(one):
            twin = self._of_agency(self._frozen(other), report.agency_id)
            yield (
                (self._told(report), self._moment(report)),
                (self._told(twin), self._moment(twin)),
            )

    def _told(self, report):
        return {id_: lines_of(row) for id_, row in self._rows(report).items()}

    def test_frozen_carried(self):
        """Carried is what the report before left open, less what was withdrawn."""
        for before, after in self._successions():
            for (told1, m1), (told2, m2) in self._pairs(before, after):
                touched = self.ledger.touched(m1, m2, before.last)
                gone = self.ledger.withdrawn(after.first, after.last, m2)
                self._assert_carried(told1, told2, gone, touched)

    def test_frozen_same_end(self):
        """Reports to the same day leave the same open."""
        for one, other in self._same_ends():
            for (told1, m1), (told2, m2) in self._pairs(one, other):
                touched = self.ledger.touched(min(m1, m2), max(m1, m2), one.last)
                self.assertEqual(
                    _without(_open(told1), touched), _without(_open(told2), touched)
                )

    def test_frozen_tiles(self):
        """The longer window completed what its months completed."""
        for long, tiles in self._tilings():
            for report in self._frozen(long):
                moment = self._moment(report)
                done, touched = {}, set()
                for tile in tiles:
                    twin = self._of_agency(self._frozen(tile), report.agency_id)
                    moments = sorted((moment, self._moment(twin)))
                    touched |= self.ledger.touched(*moments, tile.last)
                    done |= _completed(self._told(twin))
                whole = _completed(self._told(report))
                self.assertEqual(_without(whole, touched), _without(done, touched))

    def test_little_is_left_out(self):
        """What the comparison of frozen reports leaves aside is the smaller part."""
        compared = left = 0
        for before, after in self._successions():
            for (told1, m1), (_told2, m2) in self._pairs(before, after):
                touched = self.ledger.touched(m1, m2, before.last)
                left += len(set(told1) & touched)
                compared += len(set(told1) - touched)
        self.assertGreater(compared, 4 * left)


def _part(told, prefix):
    return {
        id_: line
        for id_, lines in told.items()
        for line in lines
        if line.startswith(prefix)
    }


def _open(told):
    return _part(told, "open_")


def _carried(told):
    return _part(told, "carried_")


def _completed(told):
    return _part(told, "completed_")


def _without(told, ids):
    return {id_: line for id_, line in told.items() if id_ not in ids}
