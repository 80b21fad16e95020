"""Workers of Odoo that can be killed, seen from the test that kills them.

`start(platform, label, worker, *arguments)` runs a script of tests/ (which uses
killed_worker.py) on a fresh database; `Workers` talks with it; `Kills` draws when a
worker is killed.
"""

import random
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

TESTS = Path(__file__).parent
#: How often a job is killed.
KILLS = 50
#: Seconds within which nothing may be left of a worker that ended.
PATIENCE = 30


@contextmanager
def start(platform, label, worker, *arguments):
    """The process of `worker`, its database and its answers, while inside."""
    run = platform.run
    database = run.database(label, template="prepared")
    log = run.log(f"{label}-workers")
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as errors:
        process = subprocess.Popen(
            run.odoo.script(database, TESTS / worker, *arguments),
            env=run.odoo.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        yield process, run.odoo.server, database
        process.stdin.close()
        assert process.wait(60) == 0, log.read_text()


class Workers:
    """Call it with a command; it answers how each worker ended."""

    def __init__(self, process, server, database):
        self.process = process
        self.server = server
        self.database = database
        self.given = 0
        assert self._line() == "ready"
        self.backends = self._backends()

    def __call__(self, command):
        """Give the command, wait until nothing of the workers is left."""
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        ends = self._line().split()
        until = time.monotonic() + PATIENCE
        while self._left():
            assert time.monotonic() < until, "A killed worker's session does not end."
            time.sleep(0.02)
        return ends

    def add(self, count):
        """Let the workers find `count` more; `given` is how many they were given."""
        assert self(f"add {count}") == ["added"]
        self.given += count

    def _left(self):
        """What is there still of workers that ended."""
        return self._backends() - self.backends

    def rows_of(self, query):
        rows = self.server.sql(query, self.database)
        return [tuple(row.split("|")) for row in rows.splitlines()]

    def _line(self):
        line = self.process.stdout.readline()
        assert line, "The workers' process ended: see its log."
        return line.strip()

    def _backends(self):
        return set(
            self.server.sql(
                "SELECT pid FROM pg_stat_activity WHERE pid != pg_backend_pid() "
                f"AND datname = '{self.database}'"
            ).split()
        )


class Kills:
    """KILLS random points at which a worker is killed, half of them around what
    matters (numbered events), half at any time; until all have hit.

        for kill in kills:
            workers.add(3)
            (end,) = workers(f"work {kill}")
            kills.ended(end)
    """

    def __init__(self, events):
        """:param events: how many events of a run matter"""
        self.events = events
        seed = random.SystemRandom().randrange(10**6)
        print(f"seed {seed}")
        self.chance = random.Random(seed)
        self.count = 0
        self.longest = 0.5

    def __iter__(self):
        while self.count < KILLS:
            if self.count % 2:
                self.kill = str(self.chance.randint(1, self.events))
            else:
                self.kill = f"{self.chance.uniform(0.01, self.longest):.4f}"
            self.started = time.monotonic()
            yield self.kill

    def ended(self, end):
        """Tell whether the worker was killed: it may have done its work before."""
        assert end != "failed", self.kill
        if end == "done":
            self.longest = max(0.05, time.monotonic() - self.started)
            return False
        self.count += 1
        return True
