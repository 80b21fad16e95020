"""The steps of bin/test: what must be true of this checkout."""

import os
import re
from pathlib import Path

import paths
import province
import templates
from odoo_log import complaints, complaints_text
from outcome import Outcome
from runner import ONCE

# What Odoo may complain of when our addons are installed, and why that is right.
ALLOWED_COMPLAINTS = ()
# Odoo's checkers of source code, which its test_lint brings along for pylint.
ODOO_CHECKERS = (
    "_pylint_path_setup",
    "_odoo_checker_sql_injection",
    "_odoo_checker_gettext",
    "_odoo_checker_unlink_override",
)
ODOO_CHECKS = (
    "sql-injection",
    "missing-gettext",
    "gettext-variable",
    "gettext-placeholders",
    "gettext-repr",
    "raise-unlink-override",
    "used-before-assignment",
    "undefined-variable",
    "unreachable",
    "function-redefined",
    "eval-used",
)
# These lint all of Odoo, or Odoo's checkers themselves; the step runs pylint on our
# addons with the same checkers instead. ESLint is not on a bare machine.
NOT_OURS = (
    "TestPyLint",
    "TestESLint",
    "TestSqlLint",
    "TestGetTextLint",
    "TestI18nChecks",
)


class TestRun:
    """One run of bin/test: its databases, which nobody else uses, and its logs."""

    def __init__(self, odoo):
        self.odoo = odoo
        self.prefix = odoo.server.name(f"run_{os.getpid()}_")
        self.logs = paths.STATE / "logs" / "test"

    def database(self, label, template=None, place=None):
        """The name of a database for one check; a copy of this template, if any."""
        name = self.prefix + label
        if template:
            templates.clone(self.odoo, template, name, place)
        return name

    def log(self, label):
        return self.logs / f"{label}.log"

    def run(self, label, command, **variables):
        """Run a command; tell if it did well, and what it printed."""
        well = self.odoo.run(command, self.log(label), **variables)
        return well, self.log(label).read_text(errors="replace")

    def clean_up(self):
        """Drop our databases, and those of runs that were killed."""
        for name in self.odoo.server.databases():
            run = re.match(self.odoo.server.name(r"run_(\d+)_"), name)
            if run and (name.startswith(self.prefix) or not alive(run[1])):
                self.odoo.server.drop(name)


def alive(pid):
    return Path(f"/proc/{pid}").exists()


# -- lint ------------------------------------------------------------------------


def lint(run):
    outcome = Outcome()
    ruff = [run.odoo.python, "-m", "ruff"]
    pylint = [run.odoo.python, "-m", "pylint", "--rcfile"]
    checkout = paths.CHECKOUT
    addons = [paths.ADDONS / addon for addon in paths.addons()]
    outcome.check("ruff check", *run.run("ruff", [*ruff, "check", checkout]))
    formatting = [*ruff, "format", "--check", checkout]
    outcome.check("ruff format", *run.run("ruff-format", formatting))
    pylint_odoo = [*pylint, checkout / ".pylintrc", *addons]
    outcome.check("pylint-odoo", *run.run("pylint-odoo", pylint_odoo))
    outcome.check(
        "Odoo's checkers", *odoos_checkers(run, [*pylint, os.devnull, *addons])
    )
    run_test_lint(run, outcome)
    return outcome


def odoos_checkers(run, pylint):
    odoo = run.odoo.source.python_path
    checkers = next(odoo.glob("**/test_lint/tests"))
    return run.run(
        "pylint-checkers",
        [
            *pylint,
            # The source speaks to pylint-odoo, whose names these do not know.
            "--disable=all,useless-option-value,unknown-option-value",
            f"--enable={','.join(ODOO_CHECKS)}",
            f"--load-plugins={','.join(ODOO_CHECKERS)}",
            "--score=no",
        ],
        PYTHONPATH=f"{odoo}:{checkers}",
        ADDONS_PATH=str(paths.ADDONS),
    )


def run_test_lint(run, outcome):
    """Odoo's own linters, with our addons installed beside them."""
    tags = ["/test_lint", *(f"-/test_lint:{name}" for name in NOT_OURS)]
    _well, log = odoo_tests(
        run, "test_lint", ["test_lint", *paths.addons()], ",".join(tags)
    )
    outcome.add_odoo_tests("test_lint", log, ["test_lint"])


# -- logic and journeys ------------------------------------------------------------


def logic(run):
    return pytest(run, "logic", "tests/logic")


def journey(run):
    ignored = ("--ignore=tests/logic", "--ignore=tests/bench")
    return pytest(run, "journey", "tests", *ignored)


def some_pytest(run, file, only=None):
    """One file of tests, or one function of it."""
    return pytest(run, "some", file, *(["-k", only] if only else []))


def pytest(run, name, *arguments):
    outcome = Outcome()
    report = run.logs / f"{name}.xml"
    report.unlink(missing_ok=True)
    command = [run.odoo.python, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    command += [f"--rootdir={paths.CHECKOUT}", f"--junitxml={report}", *arguments]
    _well, output = run.run(name, command)
    outcome.add_pytest(name, report, output)
    return outcome


# -- installing and uninstalling -----------------------------------------------------


def install(run):
    """Each addon alone, then all of them in a database made from nothing."""
    outcome = Outcome()
    for addon in paths.addons():
        name = run.database(f"alone_{addon}", template="base")
        check_install(run, outcome, f"install {addon}", name, [addon])
    everything = run.database("from_nothing")
    check_install(run, outcome, "install all, from nothing", everything, paths.addons())
    return outcome


def check_install(run, outcome, label, name, addons):
    well, log = run_once(run, label, name, "-i", ",".join(addons))
    unexpected = unexpected_complaints(log)
    for addon in run.odoo.server.not_installed(name, addons):
        unexpected += f"\n{addon} is not installed."
    outcome.check(label, well and not unexpected, unexpected or complaints_text(log))


def uninstall(run):
    """Each addon removed, the dependent ones first, leaves a database that works."""
    outcome = Outcome()
    name = run.database("uninstall", template="platform")
    check_install(run, outcome, "install all, to uninstall", name, paths.addons())
    in_use = run.database("in_use")
    run.odoo.server.clone(name, in_use)
    uninstall_in_use(run, outcome, in_use)
    for addon in reversed(templates.in_order_of_dependence()):
        check_uninstall(run, outcome, f"uninstall {addon}", name, addon)
    label = "the database works after uninstalling"
    well, log = run_once(run, label, name, "-u", "base")
    unexpected = unexpected_complaints(log)
    outcome.check(label, well and not unexpected, unexpected or complaints_text(log))
    return outcome


def uninstall_in_use(run, outcome, name):
    """The addons that build on task_tracking leave what it holds as it was; then it
    goes itself, with all that is in it."""
    script = (name, paths.LIB / "inspected_province.py")
    label = "a province with inspections"
    outcome.check(label, *run.run("inspected", run.odoo.script(*script, "make")))
    for addon in reversed(templates.in_order_of_dependence()):
        if addon != "task_tracking":
            check_uninstall(run, outcome, f"uninstall {addon} in use", name, addon)
    label = "task_tracking has lost nothing"
    outcome.check(label, *run.run("compared", run.odoo.script(*script, "compare")))
    label = "uninstall task_tracking in use"
    check_uninstall(run, outcome, label, name, "task_tracking")


def check_uninstall(run, outcome, label, name, addon):
    command = run.odoo.command("module", "uninstall", "-d", name, addon)
    well, log = run.run(label.replace(" ", "-"), command)
    unexpected = unexpected_complaints(log) + left_over(run, name, addon)
    outcome.check(label, well and not unexpected, unexpected)


def left_over(run, name, addon):
    """What an uninstalled addon forgot in the database."""
    return run.odoo.server.sql(
        "SELECT 'left over: ' || model || ' ' || name FROM ir_model_data "
        f"WHERE module = '{addon}'",
        name,
    )


def run_once(run, label, name, *options):
    command = run.odoo.command("-d", name, *ONCE, *options)
    return run.run(label.replace(" ", "-"), command)


def unexpected_complaints(log):
    return "\n".join(
        record.text
        for record in complaints(log)
        if not any(re.search(pattern, record.text) for pattern, _ in ALLOWED_COMPLAINTS)
    )


# -- the addons' own tests -----------------------------------------------------------


def addons(run):
    """The tests of all addons, installed together."""
    outcome = Outcome()
    tags = ",".join(f"/{addon}" for addon in paths.addons())
    _well, log = odoo_tests(run, "addons", paths.addons(), tags)
    outcome.add_odoo_tests("addons", log, paths.addons())
    return outcome


def some_tests(run, tags):
    """Some tests of some addons, installed with only what those depend on."""
    outcome = Outcome()
    chosen = ",".join(tags.values())
    _well, log = odoo_tests(run, "some", list(tags), chosen)
    outcome.add_odoo_tests(chosen, log, list(tags))
    return outcome


def odoo_tests(run, label, addons, tags):
    name = run.database(label, template="platform")
    return run.run(
        label,
        run.odoo.command(
            *("-d", name, "-i", ",".join(addons), f"--test-tags={tags}"),
            *("--stop-after-init", "--max-cron-threads=0"),
            f"--http-port={province.free_port()}",
            f"--screenshots={paths.CHECKOUT / 'tests' / 'screenshots' / 'odoo'}",
        ),
    )


# The longest one first, so that the others fill the time beside it: the run ends about
# when it does. Its browser has one neighbour all the time, and never two.
STEPS = {
    step.__name__: step for step in (journey, addons, lint, logic, install, uninstall)
}
