"""The second, simple calculation of who is reminded of what on which day.

It shares no code with the addons and is naive on purpose: it goes through the moments
at which the job runs, one after the other, looks at every record there ever was, reads
its whole story again and asks what the ladder says of it on this one day.

The rule it was written from:

* A step's day. Before the due date: as many working days back, the due date left out.
  On the due date: itself, or the last working day before it. After: as many working
  days or calendar days on, these moved to the next working day. What waits for a
  decision is told of from the first working day after it began to wait.
* On a working day, from the hour of the digest on, the step told of a running record is
  the last one reached, if that was less than seven days ago and if this step of this
  due date was not told to this person before. A moved due date is told anew.
* One digest a person a day. Who has none yet today may still get one later today.
* A step with a letter makes a line of a draft letter to the agency of a lead
  assignment, once for each due date.
* While a digest of an earlier day has not left, the next one takes its place, with
  those of its lines that still hold. Nothing new: it goes on waiting.

All data are plain; `at` is always a moment of the province's own clock.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

ONE_DAY = timedelta(days=1)
CATCH_UP = 7  # days
DIGEST_HOUR = 7
ALWAYS = datetime.combine(date.min, time()), datetime.combine(date.max, time())
WEEKDAYS = range(5)


@dataclass(frozen=True)
class Step:
    """One rung: so many `unit`s from the due date, told to the roles `to`."""

    kind: str  # deadline, agency, office, decision
    offset: int
    unit: str  # working_day, calendar_day
    to: tuple
    letter: bool = False

    @property
    def name(self):
        return (self.kind, self.offset)


AGENCY = ("officer", "head")
AGENCY_AND_SPECIALIST = (*AGENCY, "specialist")
#: The ladder that holds where a regulation has none of its own.
LADDER = [
    Step("deadline", -7, "working_day", ("officer",)),
    Step("deadline", -3, "working_day", AGENCY_AND_SPECIALIST),
    Step("deadline", -1, "working_day", AGENCY_AND_SPECIALIST),
    Step("deadline", 0, "working_day", AGENCY_AND_SPECIALIST),
    Step("deadline", 1, "calendar_day", (*AGENCY_AND_SPECIALIST, "manager")),
    Step(
        "deadline",
        7,
        "calendar_day",
        (*AGENCY_AND_SPECIALIST, "manager", "leader"),
        letter=True,
    ),
    Step(
        "deadline",
        30,
        "calendar_day",
        (*AGENCY_AND_SPECIALIST, "manager", "leader"),
        letter=True,
    ),
    Step("agency", -1, "working_day", AGENCY),
    Step("agency", 0, "working_day", AGENCY),
    Step("agency", 1, "calendar_day", AGENCY_AND_SPECIALIST),
    Step("office", -1, "working_day", ("specialist", "manager")),
    Step("office", 0, "working_day", ("specialist", "manager")),
    Step("office", 1, "calendar_day", ("specialist", "manager", "leader")),
    Step("decision", 0, "working_day", ("decider",)),
    Step("decision", 3, "working_day", ("decider",)),
    Step("decision", 7, "working_day", ("decider", "manager")),
]


@dataclass(frozen=True)
class Event:
    """What happened to a record.

    kind, of an assignment: released, deadline (a new one, or the first), handed_in,
    accepted, refused, return_asked, return_ended, withdrawn, done, specialist;
    of a clock or of what waits: begins, ends, specialist.
    `due`: the due date it brings (of what waits: the day it began to wait).
    `who`: with specialist, the person who follows it from now on.
    """

    at: datetime
    kind: str
    due: date | None = None
    who: str | None = None


@dataclass
class Record:
    """Something dated: an assignment, a time limit, or what waits for a decision.

    `actor`: of a clock, whose limit it is (agency, office). `deciders`: of what waits,
    the persons it waits for; empty: the specialist, else the managers.
    """

    key: object
    what: str  # assignment, clock, waiting
    agency: str | None = None
    role: str = "lead"
    specialist: str | None = None
    actor: str = "agency"
    deciders: tuple = ()
    events: list = field(default_factory=list)


@dataclass(frozen=True)
class Person:
    """`roles`: officer, head (of `agency`); specialist, manager, leader."""

    key: str
    roles: tuple
    agency: str | None = None
    since: datetime = ALWAYS[0]
    until: datetime = ALWAYS[1]


@dataclass
class World:
    days_off: set  # weekdays that are off
    days_worked: set  # Saturdays and Sundays that are worked
    people: list
    records: list
    runs: list  # when the job ran
    ladder: list = field(default_factory=lambda: LADDER)
    left: list = field(default_factory=list)  # when the mails that waited did leave
    #: With False nothing leaves but at the moments `left`; else each run's mails do.
    mail_works: bool = True


@dataclass
class Told:
    """digests: (day, person) → {(record, step)}; letters: (day, agency) → {(assignment,
    step)}; replaced: (day, person) of digests that others took the place of."""

    digests: dict = field(default_factory=dict)
    letters: dict = field(default_factory=dict)
    replaced: set = field(default_factory=set)


# --- days ----------------------------------------------------------------------------


def is_working(world, day):
    if day.weekday() in WEEKDAYS:
        return day not in world.days_off
    return day in world.days_worked


def working_days_after(world, day, number):
    while number:
        day += ONE_DAY
        if is_working(world, day):
            number -= 1
    return day


def working_days_before(world, day, number):
    while number:
        day -= ONE_DAY
        if is_working(world, day):
            number -= 1
    return day


def day_of_step(world, step, due):
    if step.kind == "decision":
        return working_days_after(world, due, step.offset or 1)
    if step.offset < 0:
        return working_days_before(world, due, -step.offset)
    if step.offset == 0:
        while not is_working(world, due):
            due -= ONE_DAY
        return due
    if step.unit == "working_day":
        return working_days_after(world, due, step.offset)
    day = due + step.offset * ONE_DAY
    while not is_working(world, day):
        day += ONE_DAY
    return day


# --- records -------------------------------------------------------------------------


def stand(record, moment):
    """(whether it runs, its due date, who follows it) at the moment."""
    if record.what == "assignment":
        return stand_of_assignment(record, moment)
    runs, due, specialist = False, None, record.specialist
    for event in record.events:
        if event.at <= moment and event.kind == "specialist":
            specialist = event.who
        elif event.at <= moment:
            runs = event.kind == "begins"
            due = event.due or due
    return runs, due, specialist


def stand_of_assignment(record, moment):
    is_there = waits = handed_back = over = False
    due, specialist = None, record.specialist
    for event in record.events:
        if event.at > moment:
            continue
        if event.kind == "released":
            is_there = True
        elif event.kind == "handed_in":
            waits = True
        elif event.kind in ("accepted", "withdrawn", "done"):
            over = True
        elif event.kind == "refused":
            waits = False
        elif event.kind == "return_asked":
            handed_back = True
        elif event.kind == "return_ended":
            handed_back = False
        elif event.kind == "specialist":
            specialist = event.who
        elif event.kind != "deadline":
            raise ValueError(event.kind)
        due = event.due or due
    runs = is_there and not (waits or handed_back or over) and due is not None
    return runs, due, specialist


def ladder_of(world, record):
    kind = {"assignment": "deadline", "waiting": "decision"}.get(record.what)
    return [step for step in world.ladder if step.kind == (kind or record.actor)]


# --- people --------------------------------------------------------------------------


def recipients(world, record, step, specialist, moment):
    active = [one for one in world.people if one.since <= moment < one.until]
    managers = [one for one in active if "manager" in one.roles]
    followers = [one for one in active if one.key == specialist] or managers
    found = []
    for role in step.to:
        if role in ("officer", "head"):
            found += [
                one
                for one in active
                if role in one.roles and one.agency == record.agency
            ]
        elif role == "specialist":
            found += followers
        elif role == "manager":
            found += managers
        elif role == "leader":
            found += [one for one in active if "leader" in one.roles]
        elif role == "decider":
            named = [one for one in active if one.key in record.deciders]
            found += named or ([] if record.deciders else followers)
    return {one.key for one in found}


# --- the year ------------------------------------------------------------------------


def told(world):
    """What the job tells in all its runs: a Told."""
    result = Told()
    markers = set()  # (record, step, due date, person or None for a letter)
    waiting = {}  # person → (day, lines with due dates) of the digest that has not left
    moments = [(at, 1, "run") for at in world.runs]
    moments += [(at, 0, "left") for at in world.left]
    for moment, _order, what in sorted(moments):
        if what == "left" or world.mail_works:
            waiting.clear()
        if what == "run" and moment.hour >= DIGEST_HOUR:
            if is_working(world, moment.date()):
                run(world, moment, result, markers, waiting)
    return result


def run(world, moment, result, markers, waiting):
    """One run of the job: adds to all but `world` and `moment`."""
    day = moment.date()
    wanted, lettered = wanted_at(world, moment)
    for agency, line in lettered:
        marker = (*line, None)
        if marker not in markers:
            markers.add(marker)
            result.letters.setdefault((day, agency), set()).add(line[:2])
    for person, lines in wanted.items():
        lines = {line for line in lines if (*line, person) not in markers}
        if not lines or (day, person) in result.digests:
            continue
        markers.update((*line, person) for line in lines)
        if person in waiting:
            before, old_lines = waiting[person]
            result.replaced.add((before, person))
            held = still_hold(world, old_lines, lines, moment)
            # what never left was never told: it may be told when it runs again
            markers.difference_update((*line, person) for line in old_lines - held)
            lines |= held
        waiting[person] = (day, lines)
        result.digests[day, person] = {(key, name) for key, name, _due in lines}


def wanted_at(world, moment):
    """(person → lines, [(agency, line of a letter)]) of what is reached, told or not;
    a line is (record, step, due date)."""
    wanted, lettered = {}, []
    for record in world.records:
        step, due, specialist = step_of(world, record, moment)
        if not step:
            continue
        line = (record.key, step.name, due)
        for person in recipients(world, record, step, specialist, moment):
            wanted.setdefault(person, set()).add(line)
        if step.letter and record.role == "lead":
            lettered.append((record.agency, line))
    return wanted, lettered


def step_of(world, record, moment):
    """(the step to tell today or None, the due date, who follows it)."""
    runs, due, specialist = stand(record, moment)
    if not runs:
        return None, due, specialist
    today = moment.date()
    last = None
    for step in ladder_of(world, record):
        reached = day_of_step(world, step, due) <= today
        if reached and (last is None or step.offset > last.offset):
            last = step
    if last and day_of_step(world, last, due) <= today - CATCH_UP * ONE_DAY:
        last = None
    return last, due, specialist


def still_hold(world, old_lines, new_lines, moment):
    """Of lines that have not left: those whose record runs to the same due date, and of
    which nothing newer is told now."""
    anew = {key for key, _name, _due in new_lines}
    held = set()
    for key, name, due in old_lines:
        record = next(one for one in world.records if one.key == key)
        runs, due_now, _specialist = stand(record, moment)
        if runs and due_now == due and key not in anew:
            held.add((key, name, due))
    return held
