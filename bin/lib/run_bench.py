"""bin/bench: ratios of performance, our addons against what Odoo offers itself."""

import sys

import checks
import paths
import province
import runner
from steps import Problem, command_line, progress, say

SCRIPT = paths.CHECKOUT / "tests" / "bench" / "run.py"
# What a People's Committee would use instead of our addons.
ALTERNATIVE = "project"
USAGE = """\
Usage: bin/bench [ARGUMENTS]

Measures our addons against Odoo's own `project` in a database made for it, and prints
ratios, which differ less between machines than seconds do. It calls
main(env, *ARGUMENTS) of tests/bench/run.py."""


def main():
    arguments = sys.argv[1:]
    if "-h" in arguments or "--help" in arguments:
        say(USAGE)
        return 0
    if not SCRIPT.exists():
        raise Problem(f"{SCRIPT.relative_to(paths.CHECKOUT)} does not exist.")
    # The cluster of bin/serve: it is set up like a province's, the tests' is not.
    odoo = runner.prepare("serve", development=True)
    run = checks.TestRun(odoo)
    try:
        with progress("Making a database with our addons and Odoo's project"):
            name = run.database("bench", template="platform")
            province.install(odoo, name, [*paths.addons(), ALTERNATIVE])
        return odoo.show(odoo.script(name, SCRIPT, *arguments))
    finally:
        run.clean_up()


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)
    command_line(main)
