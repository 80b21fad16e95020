# SPDX-License-Identifier: LGPL-3.0-or-later
"""Time limits: which rule applies, until when, and the values of policies."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from logic import policies
from logic.limits import (
    ACTS,
    MissingFact,
    Rule,
    applies,
    check,
    choose,
    reckon,
)
from logic.workdays import Exceptional, WorkCalendar

HCM = ZoneInfo("Asia/Ho_Chi_Minh")
CALENDAR = WorkCalendar(
    [
        Exceptional(date(2026, 1, 1), "holiday", "Tết Dương lịch"),
        Exceptional(date(2026, 1, 2), "compensatory", "Nghỉ hoán đổi"),
        Exceptional(date(2026, 1, 10), "worked", "Làm bù"),
    ]
)
PLAIN = {
    "urgency": "normal",
    "tasks": 1,
    "agencies": 1,
    "opinions": False,
    "adhoc": False,
    "superior": False,
    "dated": True,
}
SAME_DAY = Rule(
    "register",
    event="despatch",
    circumstances=("urgent", "express"),
    ref="a",
)
ONE_DAY = Rule(
    "register",
    event="despatch",
    amount=1,
    unit="working_day",
    circumstances=("several_tasks", "several_agencies"),
    ref="b",
)
NO_LIMIT = Rule("register", stated="none", ref="plain")
RULES = [SAME_DAY, ONE_DAY, NO_LIMIT]


@pytest.mark.parametrize(
    ("facts", "ref"),
    [
        ({}, "plain"),
        ({"urgency": "urgent"}, "a"),
        ({"urgency": "express", "tasks": 9, "agencies": 9}, "a"),
        ({"tasks": 3, "agencies": 2}, "b"),
        ({"tasks": 3}, "plain"),
        ({"agencies": 2}, "plain"),
    ],
)
def test_first_rule_whose_circumstances_hold(facts, ref):
    """Circumstances of one fact are alternatives (urgent or express), those of two
    facts must both hold (several tasks and several agencies); the first rule wins."""
    assert choose(RULES, "register", PLAIN | facts).ref == ref


def test_no_rule_of_the_act():
    """A regulation without a line for the act gives no rule."""
    assert choose(RULES, "return", {}) is None


def test_every_fact_of_the_act_must_be_given():
    """A caller that leaves a fact out is told at once, whatever today's rules use."""
    with pytest.raises(MissingFact, match="urgency"):
        choose([], "register", {k: v for k, v in PLAIN.items() if k != "urgency"})


def test_due_in_working_days_with_reasons():
    """Despatched Wed 31/12/2025, 1 working day: Mon 05/01/2026, the holiday, the
    compensatory day and the weekend skipped and named."""
    due = reckon(ONE_DAY, date(2025, 12, 31), CALENDAR)
    assert due.due_on == date(2026, 1, 5)
    assert due.event_day == date(2025, 12, 31)
    assert [n.why for n in due.passage.skipped] == [
        "holiday",
        "compensatory",
        "weekend",
        "weekend",
    ]


def test_due_backwards_with_reasons():
    """Deadline Mon 12/01/2026, 2 working days before: Fri 09/01, Sunday skipped and
    the worked Saturday named."""
    rule = Rule(
        "extension_ask",
        event="deadline",
        amount=2,
        unit="working_day",
        backwards=True,
    )
    due = reckon(rule, date(2026, 1, 12), CALENDAR)
    assert due.due_on == date(2026, 1, 9)
    assert [n.day.day for n in due.passage.skipped] == [11]
    assert [n.day.day for n in due.passage.worked] == [10]


def test_same_day_is_the_day_itself_even_off():
    """An express directive despatched on a Sunday is due that Sunday."""
    assert reckon(SAME_DAY, date(2026, 1, 4), CALENDAR).due_on == date(2026, 1, 4)


@pytest.mark.parametrize(
    ("roll", "due_on", "rolled_from"),
    [
        (False, date(2026, 1, 4), None),
        (True, date(2026, 1, 5), date(2026, 1, 4)),
    ],
)
def test_calendar_days_and_the_day_off_switch(roll, due_on, rolled_from):
    """Sat 03/01/2026 + 1 calendar day = Sun 04/01 as written; Mon 05/01 where the
    regulation's switch moves it, the written date kept."""
    rule = Rule("result", event="deadline", amount=1, unit="calendar_day")
    due = reckon(rule, date(2026, 1, 3), CALENDAR, roll=roll)
    assert (due.due_on, due.rolled_from) == (due_on, rolled_from)
    assert [n.day for n in due.passage.skipped] == [rolled_from] * roll


def test_before_in_calendar_days_never_rolls():
    """At least 1 calendar day before Mon 05/01/2026 is Sun 04/01 whatever the switch:
    moving it later would shorten the time asked for."""
    rule = Rule(
        "extension_ask",
        event="deadline",
        amount=1,
        unit="calendar_day",
        backwards=True,
    )
    due = reckon(rule, date(2026, 1, 5), CALENDAR, roll=True)
    assert due.due_on == date(2026, 1, 4)


def test_the_events_own_day_is_never_a_skipped_one():
    """Despatched on Sat 03/01/2026: only Sunday 04/01 is told as skipped."""
    due = reckon(ONE_DAY, date(2026, 1, 3), CALENDAR)
    assert due.due_on == date(2026, 1, 5)
    assert [n.day for n in due.passage.skipped] == [date(2026, 1, 4)]


def test_hours_are_clock_time_over_a_weekend():
    """24 hours from Fri 16/01/2026 16:30 end on Sat 17/01 at 16:30."""
    rule = Rule("return", event="receipt", amount=24, unit="hour")
    due = reckon(rule, datetime(2026, 1, 16, 16, 30, tzinfo=HCM), CALENDAR)
    assert due.due_at == datetime(2026, 1, 17, 16, 30, tzinfo=HCM)
    assert due.due_on == date(2026, 1, 17)


def test_hours_near_midnight_fall_on_the_local_day():
    """24 hours from 23:30 end at 23:30 of the next local day, not of UTC's."""
    rule = Rule("return", event="receipt", amount=24, unit="hour")
    due = reckon(rule, datetime(2026, 1, 15, 23, 30, tzinfo=HCM), CALENDAR)
    assert due.event_day == date(2026, 1, 15)
    assert due.due_on == date(2026, 1, 16)


def test_hours_need_the_moment():
    """A limit in hours cannot be reckoned from a date alone."""
    rule = Rule("return", event="receipt", amount=24, unit="hour")
    with pytest.raises(ValueError, match="moment"):
        reckon(rule, date(2026, 1, 15), CALENDAR)


@pytest.mark.parametrize("stated", ["none", "absent"])
def test_no_limit_gives_no_due_date(stated):
    """Where the text states no limit, or not the act, nothing can be breached."""
    assert reckon(Rule("return", stated=stated), date(2026, 1, 5), CALENDAR) is None
    assert reckon(None, date(2026, 1, 5), CALENDAR) is None


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (Rule("dance"), "unknown_act"),
        (Rule("return", circumstances=("rainy",)), "unknown_circumstance"),
        (Rule("return", circumstances=("urgent",)), "circumstance_not_known"),
        (Rule("return", event="window_end"), "unknown_event"),
        (Rule("return", event="receipt", unit="moon"), "unknown_unit"),
        (Rule("return", event="receipt", unit="hour"), "amount"),
        (
            Rule("return", event="receipt", unit="hour", amount=1, backwards=True),
            "hours_backwards",
        ),
    ],
)
def test_a_rule_that_makes_no_sense(rule, code):
    """Each mistake in a rule is told by its own code."""
    with pytest.raises(ValueError, match=code):
        check(rule)


@pytest.mark.parametrize("act", ACTS)
def test_no_limit_stated_is_always_a_valid_rule(act):
    """Every act of the vocabulary may be declared without a limit."""
    check(Rule(act, stated="none"))
    assert applies(Rule(act, stated="none"), {})


@pytest.mark.parametrize("key", policies.POLICIES)
def test_every_default_is_a_value(key):
    """What holds where a regulation is silent is itself an allowed value."""
    value = policies.default(key)
    assert value is not None
    policy = policies.POLICIES[key]
    for code in policies.codes(policy):
        policies.parse(key, code)


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("confirmation_required", "yes", True),
        ("confirmation_required", "no", False),
        ("secret", "register", "register"),
        ("due_soon_days", " 7 ", 7),
        ("inspection_body", "Tổ công tác", "Tổ công tác"),
    ],
)
def test_parse(key, text, value):
    """A value is read as what its policy says it is."""
    assert policies.parse(key, text) == value


@pytest.mark.parametrize(
    ("key", "text", "expected"),
    [
        ("confirmation_required", "True", "yes, no"),
        ("secret", "allowed", "kept_out, register, outside_books"),
        ("due_soon_days", "-1", "0–365"),
        ("due_soon_days", "366", "0–365"),
        ("due_soon_days", "7.5", "0–365"),
        ("freshness_days", "0", "1–3660"),
        ("inspection_body", "  ", "…"),
    ],
)
def test_bad_values_say_what_is_expected(key, text, expected):
    """A value outside its policy is refused and the allowed ones are named."""
    with pytest.raises(policies.BadValue) as caught:
        policies.parse(key, text)
    assert caught.value.expected == expected


def test_unknown_policy():
    """A key nobody knows is an error, never a silent default."""
    with pytest.raises(KeyError):
        policies.parse("moon", "yes")
