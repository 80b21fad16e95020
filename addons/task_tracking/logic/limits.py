# SPDX-License-Identifier: LGPL-3.0-or-later
"""Time limits of a regulation: which one applies, and until when.

Plain Python, no Odoo. A :class:`Rule` is data: who must do what, how long after (or
before) which event, under which circumstances, stopped by what. `choose` finds the
rule that applies to given facts; `reckon` gives its due date with the reasons.

What may happen to whom is a vocabulary (ACTS, CIRCUMSTANCES); an addon that brings
records with limits of its own adds to it by `ACTS[...] = Act(...)` at import.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from .periods import KIND_MONTHS, LAST_DAY, day_of_month
from .workdays import Passage

WORKING_DAY = "working_day"
CALENDAR_DAY = "calendar_day"
HOUR = "hour"
SAME_DAY = "same_day"
#: A day of a month: "the 25th of the quarter's last month", "before the 20th".
DAY_OF_MONTH = "day_of_month"
UNITS = (WORKING_DAY, CALENDAR_DAY, HOUR, SAME_DAY, DAY_OF_MONTH)

#: The text states a limit; states none (the act is possible and nothing can be
#: breached: "–" in DOMAIN.md); does not know the act at all ("∅").
LIMIT, NONE, ABSENT = "limit", "none", "absent"

#: Longest amount a rule may state, in its unit: nothing in these texts comes near.
MAX_AMOUNT = 1000
#: Farthest month a day of the month may be named in, from the event's.
MAX_MONTHS = 12
#: What a report of no fixed period is of.
ADHOC = "adhoc"


@dataclass(frozen=True, slots=True)
class Act:
    """Something that must or may be done. `facts`: what is known about it, and so
    what a rule of this act may depend on. `events`: the events it may be counted
    from. `is_window`: nobody need do it, but who does must do it in time (asking for
    more time, handing back); a duty is missed when its day passes."""

    events: tuple[str, ...]
    facts: frozenset = frozenset()
    is_window: bool = False


@dataclass(frozen=True, slots=True)
class Circumstance:
    """Holds when `test` is true of the value of the fact named `fact`."""

    fact: str
    test: object

    def holds(self, facts):
        return bool(self.test(facts[self.fact]))


def _is(value):
    return lambda given: given == value


def _several(given):
    return given > 1


#: code → what it means. Circumstances about the same fact are alternatives of each
#: other; those about different facts must all hold.
CIRCUMSTANCES = {
    "normal": Circumstance("urgency", _is("normal")),
    "urgent": Circumstance("urgency", _is("urgent")),
    "very_urgent": Circumstance("urgency", _is("very_urgent")),
    "express": Circumstance("urgency", _is("express")),
    "several_tasks": Circumstance("tasks", _several),
    "several_agencies": Circumstance("agencies", _several),
    "opinions": Circumstance("opinions", bool),
    "adhoc": Circumstance("adhoc", bool),
    "superior": Circumstance("superior", bool),
    "dated": Circumstance("dated", bool),
    "undated": Circumstance("dated", lambda given: not given),
    "by_self": Circumstance("inspector", _is("self")),
    "by_agency": Circumstance("inspector", _is("agency")),
    "by_office": Circumstance("inspector", _is("office")),
    **{kind: Circumstance("period", _is(kind)) for kind in KIND_MONTHS},
    "adhoc_report": Circumstance("period", _is(ADHOC)),
}

_ASSIGNING = frozenset(
    {"urgency", "tasks", "agencies", "opinions", "adhoc", "superior", "dated"}
)
_PERIODIC = frozenset({"period"})
_WITH_SOURCE = ("issue", "despatch", "receipt", "arising")

#: code → Act, in the order of DOMAIN.md section 4.
ACTS = {
    "register": Act(_WITH_SOURCE, _ASSIGNING),
    "forward_superior": Act(("receipt",), _ASSIGNING),
    "return": Act(("receipt",), is_window=True),
    "extension_ask": Act(("deadline",), is_window=True),
    "extension_answer": Act(("receipt",)),
    "result": Act(("deadline", "release"), frozenset({"dated"})),
    "external_entry": Act(("deadline", "handing_in"), frozenset({"superior"})),
    "confirm": Act(("handing_in",)),
    "discrepancy": Act(("discovery",)),
    "undated_report": Act(("release", "period_end"), _PERIODIC),
    "year_end_list": Act(("period_end",), _PERIODIC),
    "secret_report": Act(("deadline", "period_end"), _PERIODIC),
    "feedback": Act(("discovery",), is_window=True),
    "feedback_answer": Act(("receipt",)),
    "difficulty": Act(("discovery",)),
    "explanation": Act(("deadline",)),
    "inspection_plan": Act(("decision",)),
    "inspection_conclusion": Act(("inspection_end",), frozenset({"inspector"})),
    "inspection_dossier": Act(("inspection_end",)),
    "report_send": Act(("window_end", "period_end"), _PERIODIC),
    "report_compile": Act(("window_end", "period_end"), _PERIODIC),
    "regulation_report": Act(("window_end", "period_end"), _PERIODIC),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a regulation.

    `actor`: whose it is, as the caller codes it, or "" where that does not matter.
    `amount`: how many of `unit`; the day's number (31: the last) for a day of the
    month, which lies `months` after the event's month. `backwards`: at least that
    long before the event; "before the Nth" for a day of the month, the Nth excluded.
    `circumstances` are codes of CIRCUMSTANCES; `ref` is whatever the caller wants
    back (a record's id).
    """

    act: str
    actor: str = ""
    stated: str = LIMIT
    event: str = ""
    amount: int = 0
    unit: str = SAME_DAY
    months: int = 0
    backwards: bool = False
    circumstances: tuple[str, ...] = ()
    ref: object = None


@dataclass(frozen=True, slots=True)
class Due:
    """A due date and why. `due_at` (aware) only where the limit is in hours.

    `event_day`: the day the count began, itself not counted but for `same_day`,
    hours, and a day of the month. `rolled_from`: the date as reckoned, where it fell
    on a day off and moved.
    """

    rule: Rule
    event_day: date
    due_on: date
    due_at: datetime | None = None
    rolled_from: date | None = None
    passage: Passage = Passage()


class MissingFact(ValueError):
    """The caller did not give a fact that the act's rules may depend on."""


def check(rule):
    """Raise ValueError, with a code as its argument, if `rule` makes no sense.

    Codes: unknown_act, unknown_circumstance, circumstance_not_known (the act's
    facts do not tell), unknown_event, unknown_unit, amount, day_of_month,
    hours_backwards.
    """
    act = ACTS.get(rule.act)
    if act is None:
        raise ValueError("unknown_act")
    for code in rule.circumstances:
        if code not in CIRCUMSTANCES:
            raise ValueError("unknown_circumstance")
        if CIRCUMSTANCES[code].fact not in act.facts:
            raise ValueError("circumstance_not_known")
    if rule.stated != LIMIT:
        return
    if rule.event not in act.events:
        raise ValueError("unknown_event")
    if rule.unit not in UNITS:
        raise ValueError("unknown_unit")
    if rule.unit == DAY_OF_MONTH:
        known = 1 <= rule.amount <= LAST_DAY and abs(rule.months) <= MAX_MONTHS
        if not known:
            raise ValueError("day_of_month")
    elif rule.unit != SAME_DAY and not 1 <= rule.amount <= MAX_AMOUNT:
        raise ValueError("amount")
    if rule.unit == HOUR and rule.backwards:
        raise ValueError("hours_backwards")


def applies(rule, facts):
    """Whether the circumstances of `rule` hold for `facts`."""
    wanted = {}
    for code in rule.circumstances:
        circumstance = CIRCUMSTANCES[code]
        wanted.setdefault(circumstance.fact, []).append(circumstance)
    return all(any(c.holds(facts) for c in group) for group in wanted.values())


def choose(rules, act, facts):
    """The first of `rules` (in order) for `act` whose circumstances hold, or None.

    Raises MissingFact if a fact of the act is not given: a rule made tomorrow may
    depend on it, so leaving it out must fail today.
    """
    missing = ACTS[act].facts - set(facts)
    if missing:
        raise MissingFact(f"{act}: {', '.join(sorted(missing))}")
    return next((r for r in rules if r.act == act and applies(r, facts)), None)


def due_day(rule, day, calendar):
    """The day a limit in days ends, counted from `day`, before any rolling.

    For mass use; `reckon` gives the reasons as well. Not for limits in hours.
    """
    if rule.unit == WORKING_DAY:
        if rule.backwards:
            return calendar.before(day, rule.amount)
        return calendar.add(day, rule.amount)
    if rule.unit == SAME_DAY:
        return day
    if rule.unit == DAY_OF_MONTH:
        named = day_of_month(day.year, day.month + rule.months, rule.amount)
        return named - timedelta(days=1) if rule.backwards else named
    return day + timedelta(days=-rule.amount if rule.backwards else rule.amount)


def reckon(rule, event, calendar, *, roll=False):
    """The Due of `rule` from `event`; None where the rule states no limit.

    `event` is a date, or an aware datetime in the authority's time zone (required
    by a limit in hours: ValueError). `roll`: a calendar date that falls on a day off
    (counted forwards in calendar days, or a day of the month) moves to the next
    working day.
    """
    if rule is None or rule.stated != LIMIT:
        return None
    day = event.date() if isinstance(event, datetime) else event
    if rule.unit == HOUR:
        due_at = _hours_later(event, rule.amount)
        return Due(rule, day, due_at.date(), due_at)
    due_on = written = due_day(rule, day, calendar)
    if roll and _is_calendar_date(rule):
        due_on = calendar.roll(written)
    passage = Passage()
    if rule.unit == WORKING_DAY:
        step = timedelta(days=-1 if rule.backwards else 1)
        passage = calendar.passage(day + step, due_on)
    elif due_on != written:
        passage = calendar.passage(written, due_on)
    rolled_from = written if due_on != written else None
    return Due(rule, day, due_on, rolled_from=rolled_from, passage=passage)


def _is_calendar_date(rule):
    if rule.unit == CALENDAR_DAY:
        return not rule.backwards
    return rule.unit == DAY_OF_MONTH


def _hours_later(moment, hours):
    """Clock time: `hours` real hours after `moment`, in the same time zone."""
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        raise ValueError("a limit in hours needs the moment, with its time zone")
    later = moment.astimezone(UTC) + timedelta(hours=hours)
    return later.astimezone(moment.tzinfo)
