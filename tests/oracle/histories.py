"""Random valid histories, with every kind of fact, for the oracle (see oracle.py).

``histories()`` is the hypothesis strategy of a whole `oracle.History`. A history is
made as it would happen: from day to day somebody does one of the acts possible now.
`broken_rule` says, independently of the product, whether the facts of one assignment
can have happened; whatever breaks a rule is not recorded, so the facts recorded by any
moment are valid too.

Agreed for whoever replays a history: the leads of a task are released by one act (same
day, moment and deadline). Supports only receive and contribute. An act is recorded
only on an assignment that is open as then known and that allows it, also where the
Office states an earlier day (`BACK_DATED`); with ``late_letters=True`` the Office also
records letters on what meanwhile waits, is completed or withdrawn, as long as they fit
the day of the letter (an import does so; no screen need allow it). Corrections come
at any time.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from hypothesis import strategies as st
from oracle import SOURCES, Assignment, Fact, History, as_recorded

FIRST_DAY = date(2026, 1, 5)

KINDS = (
    "released",
    "received",
    "progress",
    "contributed",
    "handed_in",
    "refused",
    "confirmed",
    "confirm_undone",
    "extension_asked",
    "extension_approved",
    "extension_refused",
    "extension_cancelled",
    "deadline_changed",
    "deadline_set",
    "correction",
    "return_asked",
    "return_kept",
    "return_refused",
    "return_cancelled",
    "withdrawn",
    "succeeded",
    "entered_elsewhere",
)
#: Names of other systems in which an assignment may be entered.
SYSTEMS = ("province", "Government")
#: Acts of the Office that may state an earlier day ("a letter dated earlier").
BACK_DATED = frozenset(
    (
        "released",
        "refused",
        "confirmed",
        "extension_approved",
        "extension_refused",
        "deadline_changed",
        "deadline_set",
        "return_kept",
        "return_refused",
        "withdrawn",
        "succeeded",
        "entered_elsewhere",
    )
)
#: How often a possible act is chosen beside the others (else 2).
WEIGHTS = {
    "handed_in": 6,
    "confirmed": 5,
    "refused": 5,
    "extension_asked": 6,
    "extension_approved": 8,
    "extension_refused": 3,
    "deadline_set": 5,
    "confirm_undone": 8,
    "correction": 3,
    "return_kept": 4,
    "return_refused": 4,
    "progress": 1,
    "succeeded": 3,
    "entered_elsewhere": 1,
    "withdrawn": 1,
}


@dataclass
class Standing:
    """Where the assignment stands after some facts; all that decides what is next."""

    assigned: date | None = None
    received: bool = False
    waiting: Fact | None = None  # the result that waits
    answered: Fact | None = None  # the result that was confirmed
    refused_on: date | None = None
    completed_on: date | None = None
    withdrawn: bool = False
    deadline: date | None = None
    extension: date | None = None  # the date asked for and not yet decided
    lapsed: bool = False  # a confirmation let a pending extension lapse
    returning: bool = False
    agency: str | None = None  # who carries it, if anybody ever took it over
    elsewhere: frozenset[str] = frozenset()  # the systems it was entered in


def standing(facts, confirmation):
    """Replay the facts (uncorrected ones included) in the order they happened.

    :return: (Standing, None), or (None, the rule that is broken).
    """
    now = Standing()
    passed_on = [f for f in facts if f.kind == "succeeded"]
    if passed_on:  # the first one recorded names who had it from the release
        now.agency = min(passed_on, key=lambda f: f.id).old_agency
    for fact in as_recorded(facts):
        broken = _broken_by(now, fact, confirmation)
        if broken:
            return None, broken
        _apply(now, fact, confirmation)
    return now, None


def broken_rule(facts, confirmation):
    """Why these facts cannot have happened, None if they can."""
    return standing(facts, confirmation)[1]


def _broken_by(now, fact, confirmation):
    """The rule the next fact would break, None if it may come next."""
    if fact.kind == "released":
        return "released twice" if now.assigned else None
    if not now.assigned:
        return "nothing before A"
    if fact.kind in ("confirm_undone", "entered_elsewhere"):
        return _broken_after_completion(now, fact, confirmation)
    if now.completed_on or now.withdrawn:
        return "nothing after K or X"
    if fact.kind == "received":
        return "received twice" if now.received else None
    if fact.kind == "handed_in":
        return _broken_by_result(now, fact)
    if fact.kind in ("refused", "confirmed"):
        return _broken_by_answer(now, fact)
    if fact.kind.startswith("extension"):
        return _broken_by_extension(now, fact)
    if fact.kind.startswith("deadline"):
        return _broken_by_deadline(now, fact)
    if fact.kind.startswith("return"):
        return _broken_by_return(now, fact)
    if fact.kind == "succeeded" and now.agency != fact.old_agency:
        return "not its agency"
    return None  # progress, contributed, withdrawn


def _broken_after_completion(now, fact, confirmation):
    """What was done is entered in another system once, also after it was completed.
    A confirmation is never undone, same day excepted. What becomes of an extension
    that lapsed by it is left open by the contract: such histories are not made."""
    if fact.kind == "entered_elsewhere":
        if now.withdrawn:
            return "nothing after X"
        return "entered there already" if fact.system in now.elsewhere else None
    if now.completed_on is None or not confirmation:
        return "nothing confirmed to undo"
    if fact.day != now.completed_on or now.lapsed:
        return "a confirmation is undone on the same day only"
    return None


def _broken_by_answer(now, fact):
    """Only what waits is refused or confirmed; A <= C <= H."""
    if not now.waiting:
        return "no result waits"
    return _broken_by_stated_day(now, fact.stated, now.waiting.day)


def _broken_by_deadline(now, fact):
    """A first deadline on an undated one, another one on a dated one."""
    if fact.kind == "deadline_set":
        return "not undated" if now.deadline else None
    changed = now.deadline and now.deadline != fact.deadline
    return None if changed else "no change"


def _broken_by_return(now, fact):
    """Asked once at a time and not while a result waits; answered when asked."""
    if fact.kind == "return_asked":
        return "return not askable" if now.waiting or now.returning else None
    return None if now.returning else "no return asked"


def _broken_by_result(now, fact):
    """One waiting result at most, none while a return is pending, A <= C <= H."""
    if now.waiting:
        return "a result waits"
    if now.returning:
        return "a return is pending"
    return _broken_by_stated_day(now, fact.stated, fact.day)


def _broken_by_stated_day(now, stated, handed_in_on):
    """A <= C <= H, "not before the last refusal"."""
    if stated is None:
        return None
    first = max(now.assigned, now.refused_on or now.assigned)
    return None if first <= stated <= handed_in_on else "not first <= C <= H"


def _broken_by_extension(now, fact):
    """Asked on a dated one, once at a time, later; not decided while a result waits."""
    if fact.kind == "extension_asked":
        if now.waiting or now.extension or not now.deadline or now.lapsed:
            return "extension not askable"
    elif not now.extension:
        return "no extension asked"
    elif now.waiting and fact.kind != "extension_cancelled":
        return "no extension is decided while a result waits"
    later = fact.kind in ("extension_asked", "extension_approved")
    if later and not (fact.deadline > now.deadline and fact.deadline > fact.day):
        return "not later than the deadline in force"
    return None


def _apply(now, fact, confirmation):
    """Bring the standing to after the fact."""
    kind = fact.kind
    if kind == "released":
        now.assigned, now.deadline = fact.day, fact.deadline
    elif kind == "received":
        now.received = True
    elif kind == "handed_in":
        now.waiting = fact
        if not confirmation:
            now.waiting, now.completed_on = None, fact.day
    elif kind == "confirmed":
        now.answered, now.waiting, now.completed_on = now.waiting, None, fact.day
        now.lapsed, now.extension = now.lapsed or bool(now.extension), None
    elif kind == "confirm_undone":
        now.waiting, now.completed_on = now.answered, None
    elif kind == "refused":
        now.waiting, now.refused_on = None, fact.day
    elif kind == "withdrawn":
        now.withdrawn, now.waiting, now.extension = True, None, None
    elif kind == "succeeded":
        now.agency = fact.agency
    elif kind == "entered_elsewhere":
        now.elsewhere |= {fact.system}
    _apply_request(now, fact)


def _apply_request(now, fact):
    """What extensions, returns and changed deadlines leave."""
    kind = fact.kind
    if kind.startswith("extension"):
        now.extension = fact.deadline if kind == "extension_asked" else None
    elif kind.startswith("return"):
        now.returning = kind == "return_asked"
    if kind in ("extension_approved", "deadline_changed", "deadline_set"):
        now.deadline = fact.deadline


def _possible(now, role, confirmation):
    """The kinds of act that the standing allows (some days may still forbid)."""
    if role == "support":
        return ["contributed", "succeeded"] + ["received"] * (not now.received)
    if now.withdrawn:
        return ["correction"]
    if now.completed_on:
        return ["correction", "entered_elsewhere"] + ["confirm_undone"] * confirmation
    acts = ["progress", "correction", "withdrawn", "succeeded", "entered_elsewhere"]
    if not now.received:
        acts.append("received")
    acts.append("deadline_changed" if now.deadline else "deadline_set")
    if now.waiting:
        acts += ["refused", "confirmed"]
    elif now.returning:
        acts += ["return_kept", "return_refused", "return_cancelled"]
    else:
        acts += ["handed_in", "return_asked"]
    if now.extension:
        acts.append("extension_cancelled")
        if not now.waiting:
            acts += ["extension_approved", "extension_refused"]
    elif now.deadline and not now.waiting:
        acts.append("extension_asked")
    return [kind for kind in acts for _nr in range(WEIGHTS.get(kind, 2))]


class _Dice:
    """Many small choices out of few draws of hypothesis, whose draws are slow.

    24 bits are drawn evenly by hypothesis and are enough for one act.
    """

    NUMBERS = st.integers(0, 2**24 - 1)

    def __init__(self, draw):
        self.draw = draw
        self.throw()

    def throw(self):
        self.left = self.draw(self.NUMBERS)

    def number(self, low, high):
        self.left, number = divmod(self.left, high - low + 1)
        return low + number

    def one(self, options):
        return options[self.number(0, len(options) - 1)]


class _Maker:
    """Makes the facts of one assignment."""

    def __init__(
        self, dice, ids, confirmation, role, back_dated, late_letters, rolled, agencies
    ):
        self.dice = dice
        self.rolled = rolled
        self.agencies = agencies  # all of them, the one it is released to first
        self.number, self.one = dice.number, dice.one
        self.ids = ids
        self.confirmation = confirmation
        self.role = role
        self.back_dated = back_dated
        self.late_letters = late_letters
        self.facts = []

    def record(self, today, **values):
        """Append a fact recorded today if the facts stay possible."""
        nr = len(self.facts)
        values.setdefault("day", today)
        # One in three deadlines falls on a day off, as the calendar of the day has it.
        if self.rolled and values.get("deadline") and self.number(0, 2) == 0:
            values["due"] = values["deadline"] + timedelta(days=self.number(1, 9))
        fact = Fact(
            id=self.ids * 1000 + nr,
            recorded_at=datetime.combine(today, time(8))
            + timedelta(minutes=nr, seconds=self.ids),
            **values,
        )
        if broken_rule([*self.facts, fact], self.confirmation) is None:
            self.facts.append(fact)

    def make(self, released, count):
        """The release (shared by the task's leads) and up to `count` acts after it."""
        today = released.pop("recorded_on")
        self.record(today, kind="released", **released)
        for _nr in range(count):
            self.dice.throw()
            now, _rule = standing(self.facts, self.confirmation)
            steps = (0, 0, 0, 4) if now.completed_on else (0, 0, 1, 1, 2, 3, 5, 8)
            today += timedelta(days=self.one(steps))
            kinds = _possible(now, self.role, self.confirmation)
            if self.late_letters and self.role == "lead":
                kinds += ["extension_approved", "deadline_changed", "withdrawn"]
            self.act(now, self.one(kinds), today)
        return tuple(self.facts)

    def act(self, now, kind, today):
        """Try to record one act of this kind."""
        if kind == "correction":
            self.correct(today)
            return
        values = {"kind": kind, "day": today}
        if kind in self.back_dated and self.number(0, 2) == 0:
            values["day"] = today - timedelta(days=self.number(1, 6))
        if kind in ("extension_asked", "extension_approved"):
            ahead = max(now.deadline or today, today)
            values["deadline"] = (
                now.extension
                if kind == "extension_approved" and now.extension
                else ahead + timedelta(days=self.number(1, 15))
            )
        elif kind in ("deadline_changed", "deadline_set"):
            values["deadline"] = (now.deadline or today) + timedelta(
                days=self.number(-8, 12)
            )
        elif kind == "succeeded":
            values["old_agency"] = now.agency or self.agencies[0]
            others = [one for one in self.agencies if one != values["old_agency"]]
            values["agency"] = self.one(others)
        elif kind == "entered_elsewhere":
            values["system"] = self.one(SYSTEMS)
        elif kind == "handed_in" and self.number(0, 1):
            values["stated"] = today - timedelta(days=self.number(0, 6))
        elif kind == "confirmed" and self.number(0, 3):
            values["stated"] = now.waiting.stated
        self.record(today, **values)

    def correct(self, today):
        """Correct the day, the deadline, the stated day or the agency of a fact."""
        wrong = self.one([f for f in reversed(self.facts) if f.kind != "correction"])
        held = next(f for f in as_recorded(self.facts) if f.id == wrong.id)
        fields = (
            ["new_day"]
            + ["deadline"] * bool(held.deadline)
            + ["stated"] * 4 * bool(held.stated)
            + ["agency"] * 2 * bool(held.agency)
        )
        field = self.one(fields)
        if field == "agency":
            right = self.one(self.agencies)  # the old one: nobody took it over
            self.record(today, kind="correction", corrects=wrong.id, agency=right)
            return
        old = held.day if field == "new_day" else getattr(held, field)
        new = old + timedelta(days=self.one((-1, 1, -2, 2, -4, 4, -7, 7)))
        if field != "new_day" or new <= today:
            self.record(today, kind="correction", corrects=wrong.id, **{field: new})


@st.composite
def histories(
    draw,
    *,
    confirmation=None,
    back_dated=BACK_DATED,
    late_letters=False,
    stated=True,
    undated=True,
    rolled=True,
    max_tasks=3,
    max_acts=20,
    agencies=4,
):
    """A random valid `History`.

    :param confirmation: whether the regulation requires the Office to confirm; None:
        now so, now so.
    :param back_dated: kinds whose act may state an earlier day.
    :param late_letters: see the module's docstring.
    :param stated: agencies may state a completion day earlier than the handing in.
    :param undated: tasks may begin without a deadline.
    :param rolled: deadlines may move from a day off to a later, effective day.
    """
    dice = _Dice(draw)
    number = dice.number
    if confirmation is None:
        confirmation = number(0, 2) > 0
    assignments = []
    for task in range(number(1, max_tasks)):
        dice.throw()
        recorded_on = FIRST_DAY + timedelta(days=number(0, 45))
        earlier = (
            number(1, 5) if ("released" in back_dated and number(0, 3) == 0) else 0
        )
        released = {
            "recorded_on": recorded_on,
            "day": recorded_on - timedelta(days=earlier),
            "deadline": None
            if undated and number(0, 3) == 0
            else recorded_on + timedelta(days=number(-1, 20)),
        }
        source = SOURCES[number(0, 2)]
        first, leads = number(0, agencies - 1), number(1, 3)
        names = [f"agency {(first + nr) % agencies + 1}" for nr in range(agencies)]
        for nr in range(leads + (number(0, 3) == 0)):
            role = "lead" if nr < leads else "support"
            dice.throw()
            maker = _Maker(
                dice,
                len(assignments) + 1,
                confirmation,
                role,
                back_dated,
                late_letters,
                rolled,
                names[nr:] + names[:nr],
            )
            acts = number(0, 3) if role == "support" else number(2, max_acts)
            facts = maker.make(dict(released), acts)
            if not stated:
                facts = tuple(replace(fact, stated=None) for fact in facts)
            assignments.append(
                Assignment(
                    key=f"assignment {len(assignments) + 1}",
                    agency=names[nr],
                    task=f"task {task + 1}",
                    source=source,
                    facts=facts,
                    role=role,
                )
            )
    dice.throw()
    cuts = [FIRST_DAY + timedelta(days=number(-5, 10))]
    for _nr in range(number(2, 4)):
        cuts.append(cuts[-1] + timedelta(days=number(1, 30)))
    dice.throw()
    windows = []
    for _nr in range(2):
        s = FIRST_DAY + timedelta(days=number(-5, 80))
        windows.append((s, s + timedelta(days=number(0, 45))))
    return History(tuple(assignments), confirmation, tuple(cuts), tuple(windows))
