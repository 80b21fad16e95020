"""The job that queues and sends notices is killed, again and again: nothing is lost,
and a mail comes twice only where nobody could know that it had come."""

import importlib.util
from collections import Counter

import killed
import pytest

# The notices each run finds in addition to what the killed ones left.
MORE = 3
# Events that matter in a run: of each notice its mail, its sending and two commits.
EVENTS = 8 + 4 * 2 * MORE


@pytest.fixture(scope="module")
def mail_server():
    """The SMTP server of the addon's own tests."""
    file = killed.TESTS.parent / "addons" / "task_tracking" / "tests" / "mail_server.py"
    spec = importlib.util.spec_from_file_location("mail_server", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    server = module.MailServer().start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def workers(platform, mail_server):
    """`workers(command)`: see notice_worker.py; `.rows()`: how the notices stand."""
    port = mail_server.port
    with killed.start(platform, "notices", "notice_worker.py", port) as started:
        yield Workers(*started, mail_server)


class Workers(killed.Workers):
    def __init__(self, process, server, database, mail_server):
        self.mail_server = mail_server
        super().__init__(process, server, database)

    def _left(self):
        # what a killed worker had sent reaches the servers still
        return self.mail_server.sessions or super()._left()

    def rows(self):
        """(marker, Message-ID, state of the notice, state of its mail) of each."""
        return self.rows_of(
            "SELECT n.marker, n.message_id, n.state, m.state FROM task_notice n "
            "LEFT JOIN mail_mail m ON m.id = n.mail_mail_id ORDER BY n.id"
        )


def test_killed_at_random(workers, mail_server):
    """Killed at 50 random points, half of them around what matters (a statement, a
    commit, the server's answer), half at any time: in the end every notice was queued
    once and delivered; twice only where a kill fell between the server's acceptance
    and our commit, and then under the same Message-ID."""
    excused = Counter()
    kills = killed.Kills(EVENTS)
    for kill in kills:
        workers.add(MORE)
        (end,) = workers(f"work {kill}")
        if not kills.ended(end):
            continue
        in_flight = judge(workers.rows(), mail_server.count(), excused)
        assert len(in_flight) <= 1, "A worker sends one mail at a time."
        excused.update(in_flight)
    assert workers("work -") == ["done"]

    rows, delivered, given = workers.rows(), mail_server.count(), workers.given
    assert {row[0] for row in rows} == {f"killed/{index}" for index in range(given)}
    assert len(rows) == given
    assert {row[2:] for row in rows} == {("sent", "sent")}
    assert delivered == Counter(row[1] for row in rows) + excused
    recipients = {one.recipients for one in mail_server.deliveries}
    assert len(recipients) == given
    print(f"{kills.count} kills, {given} notices, {excused.total()} delivered twice")


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
    for _round in range(5):
        mail_server.deliveries.clear()
        workers.add(20)
        assert workers("pair") == ["done", "done"]
        # what each left to the other, that one left to it
        assert workers("work -") == ["done"]
        rows = workers.rows()
        assert len(rows) == workers.given
        assert {row[2:] for row in rows} == {("sent", "sent")}
        assert mail_server.count() == Counter(row[1] for row in rows[-20:])
