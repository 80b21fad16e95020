# SPDX-License-Identifier: LGPL-3.0-or-later
"""How bin/test runs its steps: some at a time, each shown as it ends."""

import sys
from pathlib import Path
from threading import Event

import pytest

# At the end of the path: what is called alike elsewhere keeps its name.
sys.path.append(str(Path(__file__).resolve().parents[2] / "bin" / "lib"))

import checks
from run_tests import side_by_side

LONG = 60  # seconds; nothing waits that long but where the test fails


def test_a_step_is_shown_as_it_ends():
    """The first one begun is the last to end, and keeps nobody waiting."""
    shown = Event()

    def work(name, step):
        return shown.wait(LONG) if name == "long" else step

    given = []
    for name, result in side_by_side(work, {"long": None, "short": 1, "next": 2}, 2):
        given.append((name, result))
        if len(given) == 2:
            shown.set()
    assert given == [("short", 1), ("next", 2), ("long", True)]


def test_steps_begin_in_the_order_given():
    begun = []
    steps = dict.fromkeys("dacb")
    list(side_by_side(lambda name, _step: begun.append(name), steps, 1))
    assert begun == list("dacb")


def test_two_are_at_work_at_the_same_time():
    """Each waits for the other one to begin."""
    begun = {"one": Event(), "other": Event()}

    def work(name, other):
        begun[name].set()
        return begun[other].wait(LONG)

    steps = {"one": "other", "other": "one"}
    assert dict(side_by_side(work, steps, 2)) == {"one": True, "other": True}


def test_what_a_step_raises_fails_the_whole():
    def work(name, _step):
        if name == "broken":
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(side_by_side(work, dict.fromkeys(["well", "broken"]), 2))


def test_no_step_is_left_out():
    names = {"lint", "logic", "install", "addons", "uninstall", "journey"}
    assert set(checks.STEPS) == names
