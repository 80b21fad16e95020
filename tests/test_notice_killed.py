"""The job that queues and sends notices is killed, again and again: nothing is lost,
and a mail comes twice only where nobody could know that it had come."""

import importlib.util
import random
import subprocess
import time
from collections import Counter
from pathlib import Path

import pytest

WORKER = Path(__file__).parent / "notice_worker.py"
KILLS = 50
# The notices each run finds in addition to what the killed ones left.
MORE = 3


@pytest.fixture(scope="module")
def mail_server():
    """The SMTP server of the addon's own tests."""
    file = WORKER.parents[1] / "addons" / "task_tracking" / "tests" / "mail_server.py"
    spec = importlib.util.spec_from_file_location("mail_server", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    server = module.MailServer().start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def workers(platform, mail_server):
    """`workers(command)`: see notice_worker.py; `.rows()`: how the notices stand."""
    run = platform.run
    database = run.database("notices", template="prepared")
    log = run.log("notice-workers")
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as errors:
        process = subprocess.Popen(
            run.odoo.script(database, WORKER, mail_server.port),
            env=run.odoo.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        yield Workers(process, run.odoo.server, database, mail_server)
        process.stdin.close()
        assert process.wait(60) == 0, log.read_text()


class Workers:
    def __init__(self, process, server, database, mail_server):
        self.process = process
        self.server = server
        self.database = database
        self.mail_server = mail_server
        assert self._line() == "ready"
        self.backends = self._backends()

    def __call__(self, command):
        """Give the command, wait until nothing of the workers is left."""
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        ends = self._line().split()
        # what a killed worker had sent reaches the servers still
        until = time.monotonic() + 30
        while self.mail_server.sessions or self._backends() - self.backends:
            assert time.monotonic() < until, "A killed worker's session does not end."
            time.sleep(0.02)
        return ends

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

    def rows(self):
        """(marker, Message-ID, state of the notice, state of its mail) of each."""
        rows = self.server.sql(
            "SELECT n.marker, n.message_id, n.state, m.state FROM task_notice n "
            "LEFT JOIN mail_mail m ON m.id = n.mail_mail_id ORDER BY n.id",
            self.database,
        )
        return [tuple(row.split("|")) for row in rows.splitlines()]


def test_killed_at_random(workers, mail_server):
    """Killed at 50 random points, half of them around what matters (a statement, a
    commit, the server's answer), half at any time: in the end every notice was queued
    once and delivered; twice only where a kill fell between the server's acceptance
    and our commit, and then under the same Message-ID."""
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    chance = random.Random(seed)
    excused = Counter()
    kills = count = 0
    longest = 0.5
    while kills < KILLS:
        count += MORE
        if kills % 2:
            kill = str(chance.randint(1, 8 + 4 * 2 * MORE))
        else:
            kill = f"{chance.uniform(0.01, longest):.4f}"
        started = time.monotonic()
        (end,) = workers(f"work {count} {kill}")
        assert end != "failed", kill
        if end == "done":
            longest = max(0.05, time.monotonic() - started)
            continue
        kills += 1
        in_flight = judge(workers.rows(), mail_server.count(), excused)
        assert len(in_flight) <= 1, "A worker sends one mail at a time."
        excused.update(in_flight)
    assert workers(f"work {count} -") == ["done"]

    rows, delivered = workers.rows(), mail_server.count()
    assert sorted(row[0] for row in rows) == sorted(f"killed/{i}" for i in range(count))
    assert {row[2:] for row in rows} == {("sent", "sent")}
    assert delivered == Counter(row[1] for row in rows) + excused
    recipients = {one.recipients for one in mail_server.deliveries}
    assert len(recipients) == count
    print(f"{kills} kills, {count} notices, {excused.total()} delivered a second time")


def judge(rows, delivered, excused):
    """The mails that were delivered, and not yet known to be: those in flight.

    Both the notice and its mail are known as sent, or neither; what is known as sent
    was delivered.
    """
    in_flight = []
    for marker, message_id, notice, mail in rows:
        assert (notice, mail) in {("queued", "outgoing"), ("sent", "sent")}, marker
        unknown = delivered[message_id] - excused[message_id] - (mail == "sent")
        assert unknown in ((0,) if mail == "sent" else (0, 1)), marker
        in_flight += [message_id] * unknown
    assert set(delivered) <= {row[1] for row in rows}
    return in_flight


def test_two_at_once(workers, mail_server):
    """Two workers at the same time queue the same set, each once, and deliver each
    once."""
    before = len(workers.rows())
    for count in range(before + 20, before + 101, 20):
        mail_server.deliveries.clear()
        assert workers(f"pair {count}") == ["done", "done"]
        # what each left to the other, that one left to it
        assert workers(f"work {count} -") == ["done"]
        rows = workers.rows()
        assert len(rows) == count
        assert {row[2:] for row in rows} == {("sent", "sent")}
        assert mail_server.count() == Counter(row[1] for row in rows[count - 20 :])
