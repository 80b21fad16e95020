"""The job that makes the daily digests is killed, again and again, and run twice at
once: each person gets one digest of the day, and what was told is kept with it."""

import random
import subprocess
import time
from pathlib import Path

import pytest

WORKER = Path(__file__).parent / "digest_worker.py"
KILLS = 50
# The people each run finds in addition to what the killed ones left.
MORE = 3


@pytest.fixture(scope="module")
def workers(platform):
    """`workers(command)`: see digest_worker.py; `.digests()`: how they stand."""
    run = platform.run
    database = run.database("digests", template="prepared")
    log = run.log("digest-workers")
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as errors:
        process = subprocess.Popen(
            run.odoo.script(database, WORKER),
            env=run.odoo.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        yield Workers(process, run.odoo.server, database)
        process.stdin.close()
        assert process.wait(60) == 0, log.read_text()


class Workers:
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
        until = time.monotonic() + 30
        while self._backends() - self.backends:
            assert time.monotonic() < until, "A killed worker's session does not end."
            time.sleep(0.02)
        return ends

    def add(self, count):
        """Something falls due for `count` more people."""
        assert self(f"add {count}") == ["added"]
        self.given += count

    def digests(self):
        """{recipient: number of lines told} of the officers; each digest has its mail
        and its record, or nothing is there."""
        told = {}
        for recipient, mails, urges, lines in self._rows(
            "SELECT partner.name, count(DISTINCT mail.id), count(DISTINCT urge.id),"
            " count(DISTINCT line.id)"
            " FROM task_notice notice"
            " JOIN res_partner partner ON partner.id = notice.partner_id"
            " LEFT JOIN mail_mail mail ON mail.id = notice.mail_mail_id"
            " LEFT JOIN task_urge urge ON urge.notice_id = notice.id"
            " LEFT JOIN task_urge_line line ON line.urge_id = urge.id"
            " WHERE notice.marker LIKE 'digest/%' GROUP BY notice.id, partner.name"
        ):
            assert recipient not in told, f"Two digests to {recipient}"
            assert (mails, urges) == ("1", "1"), f"Half a digest to {recipient}"
            told[recipient] = int(lines)
        told.pop("specialist", None)
        assert set(told.values()) <= {1}
        return told

    def loose(self):
        """How many mails and records there are without the notice they belong to."""
        ((mails, urges, letters),) = self._rows(
            "SELECT (SELECT count(*) FROM mail_mail mail WHERE mail.state = 'outgoing'"
            " AND NOT EXISTS (SELECT FROM task_notice WHERE mail_mail_id = mail.id)),"
            " (SELECT count(*) FROM task_urge WHERE kind = 'automatic'"
            " AND notice_id IS NULL),"
            " (SELECT count(*) FROM task_urge WHERE NOT EXISTS"
            " (SELECT FROM task_urge_line WHERE urge_id = task_urge.id))"
        )
        return mails, urges, letters

    def _rows(self, query):
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


def test_killed_at_random(workers):
    """Killed at 50 random points, half of them around what matters (a statement that
    writes, a commit), half at any time: after each kill whatever is there is whole, and
    in the end each person has one digest with the one line of the day."""
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    chance = random.Random(seed)
    before = workers.loose()
    kills = 0
    longest = 0.5
    while kills < KILLS:
        workers.add(MORE)
        if kills % 2:
            kill = str(chance.randint(1, 30))
        else:
            kill = f"{chance.uniform(0.01, longest):.4f}"
        started = time.monotonic()
        (end,) = workers(f"work - {kill}")
        assert end != "failed", kill
        assert len(workers.digests()) <= workers.given
        assert workers.loose() == before
        if end == "done":
            longest = max(0.05, time.monotonic() - started)
            assert len(workers.digests()) == workers.given
            continue
        kills += 1
    assert workers("work - -") == ["done"]
    assert len(workers.digests()) == workers.given
    print(f"{kills} kills, {workers.given} digests")


def test_two_at_once(workers):
    """Two workers at the same time make the same set of digests, each once."""
    for _round in range(5):
        workers.add(12)
        assert workers("pair - -") == ["done", "done"]
        # what each left to the other, that one left to it
        assert workers("work - -") == ["done"]
        assert len(workers.digests()) == workers.given
