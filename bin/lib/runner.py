"""Run Odoo's command line, or a Python file inside Odoo, with all that belongs to it."""

import configparser
import os
import subprocess

import environment
import odoo_source
import paths
import postgres
from steps import dying_with_us, lock

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
        with open(self.environment["ODOO_RC"], "w") as file:
            conf.write(file)

    def command(self, *arguments):
        """The words that run Odoo's command line."""
        return [str(self.python), str(self.source.command), *map(str, arguments)]

    def script(self, database, file, *arguments):
        """The words that run `main(env, *arguments)` of a Python file on a database."""
        words = [self.python, paths.LIB / "with_env.py", database, file, *arguments]
        return [*map(str, words)]

    def run(self, command, log, **variables):
        """Run one of these commands to its end, its output in a file; tell if it did well."""
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("w") as output:
            result = subprocess.run(
                dying_with_us(command),
                env={**self.environment, **variables},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        return result.returncode == 0

    def install(self, database, addons, log, *options):
        """Install addons, in a database made for it if there is none."""
        return self.run(
            self.command("-d", database, "-i", ",".join(addons), *ONCE, *options), log
        )


def prepare(kind, development=False):
    """Get everything Odoo needs and start its database server."""
    with lock(paths.SETUP_LOCK):
        source = odoo_source.find()
        python = environment.development() if development else environment.runtime()
        runner = Runner(postgres.Server(kind).start(), python, source)
        runner.configure()
    return runner
