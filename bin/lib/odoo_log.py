"""Read what Odoo logged: results of tests, and what it complained of."""

import re
from dataclasses import dataclass

START = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ \d+ "
    r"(?P<level>[A-Z]+) \S+ (?P<logger>[\w.]+): "
)
RESULT = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests when loading")
TEST_OF = re.compile(r"odoo\.addons\.(\w+)\.tests\b")


@dataclass
class Record:
    """One entry of a log, with the lines that follow it (a traceback, say)."""

    level: str
    logger: str
    text: str


def records(log):
    """The entries of a log."""
    found = []
    for line in log.splitlines():
        start = START.match(line)
        if start:
            found.append(Record(start["level"], start["logger"], line))
        elif found:
            found[-1].text += "\n" + line
    return found


def complaints(log):
    """The entries that are more than information."""
    calm = ("DEBUG", "INFO", "RUNBOT")
    return [record for record in records(log) if record.level not in calm]


def complaints_text(log):
    """Those as text; the whole log if Odoo failed before it could log."""
    return "\n".join(record.text for record in complaints(log)) or log


def tests_of(log):
    """How many tests of each addon were started."""
    counts = {}
    for record in records(log):
        addon = TEST_OF.match(record.logger)
        if addon and ": Starting " in record.text:
            counts[addon[1]] = counts.get(addon[1], 0) + 1
    return counts


def skipped(log):
    """The tests that were skipped, with Odoo's reason."""
    return [
        record.text.partition(": skipped ")[2]
        for record in records(log)
        if ": skipped " in record.text and TEST_OF.match(record.logger)
    ]


def result(log):
    """(tests, failed) as Odoo counts them; None if it did not get that far."""
    found = RESULT.findall(log)
    if not found:
        return None
    failed, errors, tests = map(int, found[-1])
    return tests, failed + errors
