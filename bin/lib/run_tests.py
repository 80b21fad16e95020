"""bin/test: everything that must pass."""

import argparse
import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import partial

import checks
import paths
import runner
from outcome import Outcome
from steps import Problem, command_line, say

TESTS = paths.CHECKOUT / "tests"


def main():
    options = parse()
    odoo = runner.prepare("test", development=True)
    if not paths.addons():
        raise Problem("There are no addons to test in addons/.")
    run = checks.TestRun(odoo)
    run.clean_up()
    total = Outcome()
    try:
        steps = select(options.k) if options.k else checks.STEPS
        for name, outcome in side_by_side(partial(measure, run), steps, options.jobs):
            show(name, outcome)
            total.passed += outcome.passed
            total.failed += outcome.failed
    finally:
        run.clean_up()
    say(f"\nLogs: {run.logs}")
    say(f"{total.passed} passed, {total.failed} failed")
    return 1 if total.failed or not total.passed else 0


def parse():
    parser = argparse.ArgumentParser(prog="bin/test", description=__doc__)
    parser.add_argument(
        "-k",
        metavar="NAME",
        help=f"only this: a step ({', '.join(checks.STEPS)}), an addon, a class or "
        "method of an addon's tests, or a file or function of tests/",
    )
    parser.add_argument(
        "--jobs", type=int, default=2, help="steps at the same time (default: 2)"
    )
    return parser.parse_args()


def side_by_side(work, steps, jobs):
    """Yield (name, `work(name, step)`) of each step as it ends.

    At most `jobs` are at work, and they begin in the order given. What `work` raises
    is raised here, and no other step begins then.
    """
    with ThreadPoolExecutor(jobs) as pool:
        names = {pool.submit(work, name, steps[name]): name for name in steps}
        try:
            for ended in as_completed(names):
                yield names[ended], ended.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def measure(run, name, step):
    """Run one step; an error of this program is a failure of the step."""
    say(f"==> {name} ...")
    start = time.monotonic()
    try:
        outcome = step(run)
    except Problem as problem:
        outcome = Outcome()
        outcome.fail(name, str(problem))
    outcome.remarks.append(f"{time.monotonic() - start:.0f} s")
    return outcome


def show(name, outcome):
    for trouble in outcome.troubles:
        say(f"\n{trouble}\n")
    counts = f"{outcome.passed} passed, {outcome.failed} failed"
    say(f"--- {name}: {counts} ({', '.join(outcome.remarks)})")


def select(name):
    """The steps that `-k NAME` stands for."""
    step = checks.STEPS.get(name) or addon_tests(name) or file_tests(name)
    if not step:
        raise Problem(
            f"Nothing is called {name}: no step, addon, class or method of an addon's "
            "tests, or file or function of tests/."
        )
    return {name: step}


def addon_tests(name):
    """An addon, or a class or method of the tests of one or more."""
    if name in paths.addons():
        return partial(checks.some_tests, tags={name: f"/{name}"})
    tags = {}
    for file in sorted(paths.ADDONS.glob("*/tests/**/*.py")):
        addon = file.relative_to(paths.ADDONS).parts[0]
        for keyword, mark in (("class", ":"), ("def", ".")):
            pattern = rf"^\s*{keyword} {re.escape(name)}\b"
            if re.search(pattern, file.read_text(), re.MULTILINE):
                tags[addon] = f"/{addon}{mark}{name}"
    return partial(checks.some_tests, tags=tags) if tags else None


def file_tests(name):
    """A file of tests/, or a function of one."""
    for file in sorted(TESTS.rglob("test_*.py")):
        if name in (file.name, file.stem, str(file.relative_to(paths.CHECKOUT))):
            return partial(checks.some_pytest, file=file)
        if re.search(rf"^\s*def {re.escape(name)}\b", file.read_text(), re.MULTILINE):
            return partial(checks.some_pytest, file=file, only=name)
    return None


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)
    command_line(main)
