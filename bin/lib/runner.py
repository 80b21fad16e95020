"""Run Odoo's command line, or a Python file inside Odoo, with all it needs."""

import configparser
import os
import subprocess
from pathlib import Path

import environment
import odoo_source
import paths
import postgres
from steps import dying_with_us, lock

# A run that hangs must end as a failure (seconds).
LONGEST_RUN = 3600
# Do what the other options say and end, without answering anybody.
ONCE = ("--stop-after-init", "--no-http", "--max-cron-threads=0")


class Runner:
    """Odoo with one Python environment, one PostgreSQL server and our addons."""

    def __init__(self, server, python, source):
        self.server = server
        self.python = python
        self.source = source

    @property
    def environment(self):
        return {
            **os.environ,
            **self.server.environment,
            # Odoo's tests look for pylint there.
            "PATH": f"{self.python.parent}:{os.environ['PATH']}",
            "ODOO_RC": str(self.server.data_dir / "odoo.conf"),
            "PYTHONPATH": str(self.source.python_path),
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def configure(self):
        """Write the configuration a province starts from, with this machine's folders.

        A file, because Odoo's commands do not all know the same options.
        """
        conf = configparser.RawConfigParser()
        conf.read(paths.CONF)
        conf["options"].pop("db_name")
        conf["options"].update(
            addons_path=",".join(map(str, paths.addon_folders())),
            data_dir=str(self.server.data_dir),
            proxy_mode="False",
            workers="0",
        )
        with Path(self.environment["ODOO_RC"]).open("w") as file:
            conf.write(file)

    def command(self, *arguments):
        """The words that run Odoo's command line."""
        return [str(self.python), str(self.source.command), *map(str, arguments)]

    def script(self, database, file, *arguments):
        """The words that run `main(env, *arguments)` of a Python file on a database."""
        words = [self.python, paths.LIB / "with_env.py", database, file, *arguments]
        return [*map(str, words)]

    def show(self, command):
        """Run one of these commands on the screen; its exit code."""
        return subprocess.run(
            dying_with_us(command), env=self.environment, check=False
        ).returncode

    def run(self, command, log, **variables):
        """Run one of these commands, its output in a file, and tell if it did well."""
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("w") as output:
            try:
                result = subprocess.run(
                    dying_with_us(command),
                    cwd=paths.CHECKOUT,
                    env={**self.environment, **variables},
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    timeout=LONGEST_RUN,
                    check=False,
                )
            except subprocess.TimeoutExpired:
                output.write(f"\nStopped: it took longer than {LONGEST_RUN} s.\n")
                return False
        return result.returncode == 0

    def install(self, database, addons, log, *options):
        """Install addons, in a database made for it if there is none."""
        return self.run(
            self.command("-d", database, "-i", ",".join(addons), *ONCE, *options), log
        )


def prepare(kind, development=False, python_of=None):
    """Get everything Odoo needs and start its database server.

    :param development: with what the tests need.
    :param python_of: another function of `environment` that gives the Python.
    """
    if not python_of:
        python_of = environment.development if development else environment.runtime
    with lock(paths.SETUP_LOCK):
        source = odoo_source.find()
        python = python_of()
        runner = Runner(postgres.Server(kind).start(), python, source)
        runner.configure()
    return runner
