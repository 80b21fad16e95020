"""What a step of bin/test found: how many checks passed, and what is wrong."""

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field

import odoo_log

# Tests that may be skipped: a pattern of "name : reason", and why that is right.
EXPECTED_SKIPS = ()


@dataclass
class Outcome:
    passed: int = 0
    failed: int = 0
    troubles: list = field(default_factory=list)
    remarks: list = field(default_factory=list)

    def check(self, name, well, output=""):
        """Count one check."""
        if well:
            self.passed += 1
        else:
            self.fail(name, output)

    def fail(self, name, output=""):
        self.failed += 1
        self.troubles.append(f"FAILED: {name}\n{output}".rstrip())

    def skip(self, test):
        """Skipped is not passed: a skip nobody expected is a failure."""
        if any(re.search(pattern, test) for pattern, _why in EXPECTED_SKIPS):
            self.remarks.append(f"skipped: {test}")
        else:
            self.fail(f"skipped, which was not expected: {test}")

    def add_odoo_tests(self, name, log, addons):
        """Count the tests of a run of Odoo; each of these addons must have some."""
        result = odoo_log.result(log)
        if result is None:
            self.fail(f"{name}: Odoo ended before its tests did", complaints(log))
            return
        tests, failed = result
        skipped = odoo_log.skipped(log)
        for test in skipped:
            self.skip(test)
        self.passed += max(0, tests - failed - len(skipped))
        if failed:
            self.failed += failed
            self.troubles.append(f"FAILED: {name}\n{complaints(log)}")
        ran = odoo_log.tests_of(log)
        for addon in addons:
            self.check(f"{name}: no test of {addon} ran", ran.get(addon))
            self.remarks.append(f"{addon}: {ran.get(addon, 0)} tests")

    def add_pytest(self, name, report, output):
        """Count the tests of a run of pytest by its junit report."""
        try:
            suite = ElementTree.parse(report).getroot().find("testsuite")  # noqa: S314
        except (OSError, ElementTree.ParseError):
            self.fail(f"{name}: pytest ended before its tests did", output)
            return
        tests, failures, errors, skips = (
            int(suite.get(kind)) for kind in ("tests", "failures", "errors", "skipped")
        )
        self.passed += max(0, tests - failures - errors - skips)
        for case in suite.iter("testcase"):
            if case.find("skipped") is not None:
                reason = case.find("skipped").get("message")
                self.skip(f"{case.get('classname')}.{case.get('name')} : {reason}")
        if failures + errors:
            self.failed += failures + errors
            self.troubles.append(f"FAILED: {name}\n{output}")
        elif not tests:
            self.fail(f"{name}: there are no tests", output)
        self.remarks.append(f"{tests} tests")


complaints = odoo_log.complaints_text
