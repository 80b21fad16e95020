"""Run `main(env, *arguments)` of a Python file on an Odoo database, and commit.

Usage: with_env.py DATABASE FILE [ARGUMENTS], in the environment runner.py makes.
"""

import runpy
import sys
import threading
from pathlib import Path

import odoo.cli.server  # sets up the `odoo` package, as Odoo's own start does
from odoo.api import SUPERUSER_ID, Environment
from odoo.modules.registry import Registry
from odoo.tools import config


def main(database, file, *arguments):
    options = ["--no-http", "--log-level=warn", "-d", database]
    config.parse_config(options, setup_logging=True)
    odoo.cli.server.check_postgres_user()
    threading.current_thread().dbname = database
    sys.path.insert(0, str(Path(file).resolve().parent))
    with Registry(database).cursor() as cr:
        env = Environment(cr, SUPERUSER_ID, {})
        env = env(context=env["res.users"].context_get())
        sys.argv = [file, *arguments]
        return runpy.run_path(file)["main"](env, *arguments)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
