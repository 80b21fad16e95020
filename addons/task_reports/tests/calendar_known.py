# SPDX-License-Identifier: LGPL-3.0-or-later
"""What should be counted: the ledger read by the oracle, not by the product."""

import sys
from datetime import timedelta
from pathlib import Path

ORACLE = Path(__file__).resolve().parents[3] / "tests" / "oracle"
PROVINCE = timedelta(hours=7)


def load_oracle(cls):
    """Return the oracle's module, importable for the class."""
    if not ORACLE.is_dir():
        raise AssertionError(f"the oracle is part of the project: {ORACLE}")
    sys.path.insert(0, str(ORACLE))
    cls.addClassCleanup(sys.path.remove, str(ORACLE))
    import oracle

    return oracle


class Ledger:
    """The facts of a company, as the oracle takes them, and what it says of them.

    Keys are assignment ids, agencies partner ids.
    """

    def __init__(self, oracle, env, superior_levels):
        self.oracle = oracle
        assignments = (
            env["task.assignment"]
            .sudo()
            .search([("company_id", "=", env.company.id), ("role", "=", "lead")])
        )
        self.confirmation = all(assignments.mapped("needs_confirmation"))
        self.assignments = {one.id: self._told(one) for one in assignments}
        self.scopes = {
            "all": set(assignments.ids),
            "superior": {
                one.id
                for one in assignments
                if one.document_id.assigner_level in superior_levels
            },
            "year_end": {
                one.id for one in assignments if one.task_id.product_kind == "complete"
            },
        }
        self._lines = {}

    def _told(self, one):
        return self.oracle.Assignment(
            key=one.id,
            agency=one.agency_id.id,
            task=one.task_id.id,
            source=one.source,
            facts=tuple(
                self.oracle.Fact(
                    id=fact.id,
                    kind=fact.kind,
                    day=fact.day,
                    recorded_at=fact.recorded_at + PROVINCE,
                    deadline=fact.deadline or None,
                    stated=fact.stated_day or None,
                    corrects=fact.corrects_id.id or None,
                    new_day=fact.new_day or None,
                    due=fact.due_on or None,
                )
                for fact in one.fact_ids.sorted("id")
            ),
        )

    def lines(self, first, last, known_at=None, agency=None, scope="all"):
        """{assignment id: [its lines]} of what the window counts.

        :param known_at: the province's moment, without zone; None: now.
        """
        key = first, last, known_at
        if key not in self._lines:
            found = {
                one.key: self.oracle.lines_of(
                    one, first, last, self.confirmation, known_at
                )
                for one in self.assignments.values()
            }
            self._lines[key] = {id_: lines for id_, lines in found.items() if lines}
        return {
            id_: lines
            for id_, lines in self._lines[key].items()
            if id_ in self.scopes[scope]
            and (not agency or self.assignments[id_].agency == agency)
            and (scope != "year_end" or self._dated(id_, known_at))
        }

    def _dated(self, id_, known_at):
        facts = self.oracle.as_recorded(self.assignments[id_].facts, known_at)
        return self.oracle.D(facts, facts[-1].day) is not None

    def touched(self, after, until, day):
        """The ids of assignments of which something was recorded later than `after`
        and up to `until` (None: ever) that changes what holds on or before `day`: an
        act dated by then, or a correction, which holds for every day."""
        return {
            one.key
            for one in self.assignments.values()
            if any(
                after < fact.recorded_at
                and (until is None or fact.recorded_at <= until)
                and (fact.day <= day or fact.kind == "correction")
                for fact in one.facts
            )
        }

    def withdrawn(self, first, last, known_at=None):
        """The ids withdrawn on a day of the window, as known at the moment."""
        found = set()
        for one in self.assignments.values():
            day = self.oracle.X(self.oracle.as_recorded(one.facts, known_at))
            if day and first <= day <= last:
                found.add(one.key)
        return found
