"""bin/odoo: Odoo's own command line, with this checkout's addons and databases."""

import os
import sys

import postgres
import runner
from steps import command_line

USAGE = """\
Odoo's own command line with this checkout's addons, in bin/serve's PostgreSQL cluster.

  bin/odoo -d NAME -i ADDON --stop-after-init     any options of Odoo's server
  bin/odoo shell -d NAME                          any command of Odoo's (i18n, db)
  bin/odoo --run NAME FILE [ARGUMENTS]            call main(env, *ARGUMENTS) of a
                                                  file on a database, then commit
  bin/odoo --psql NAME [ARGUMENTS]                psql on a database
  bin/odoo --python [ARGUMENTS]                   the tests' Python: -m pytest, ...
  bin/odoo --test ...                             first word: the same in the faster,
                                                  forgetful cluster of bin/test
"""


def main():
    words = sys.argv[1:]
    if not words or words[0] in ("-h", "--help"):
        print(USAGE)
        return
    kind = "serve"
    if words[0] == "--test":
        kind, words = "test", words[1:]
    odoo = runner.prepare(kind, development=True)
    match words:
        case ["--run", database, file, *rest]:
            command = odoo.script(database, file, *rest)
        case ["--psql", *rest]:
            command = [postgres.program("psql"), *rest]
        case ["--python", *rest]:
            command = [str(odoo.python), *rest]
        case _:
            command = odoo.command(*words)
    os.execve(command[0], command, odoo.environment)  # noqa: S606


if __name__ == "__main__":
    command_line(main)
