"""The job that makes the daily digests is killed, again and again, and run twice at
once: each person gets one digest of the day, and what was told is kept with it."""

import killed
import pytest

# The people each run finds in addition to what the killed ones left.
MORE = 3


@pytest.fixture(scope="module")
def workers(platform):
    """`workers(command)`: see digest_worker.py; `.digests()`: how they stand."""
    with killed.start(platform, "digests", "digest_worker.py") as started:
        yield Workers(*started)


class Workers(killed.Workers):
    def digests(self):
        """{recipient: number of lines told} of the officers; each digest has its mail
        and its record, or nothing is there."""
        told = {}
        for recipient, mails, urges, lines in self.rows_of(
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
        ((mails, urges, letters),) = self.rows_of(
            "SELECT (SELECT count(*) FROM mail_mail mail WHERE mail.state = 'outgoing'"
            " AND NOT EXISTS (SELECT FROM task_notice WHERE mail_mail_id = mail.id)),"
            " (SELECT count(*) FROM task_urge WHERE kind = 'automatic'"
            " AND notice_id IS NULL),"
            " (SELECT count(*) FROM task_urge WHERE NOT EXISTS"
            " (SELECT FROM task_urge_line WHERE urge_id = task_urge.id))"
        )
        return mails, urges, letters


def test_killed_at_random(workers):
    """Killed at 50 random points, half of them around what matters (a statement that
    writes, a commit), half at any time: after each kill whatever is there is whole, and
    in the end each person has one digest with the one line of the day."""
    before = workers.loose()
    kills = killed.Kills(events=30)
    for kill in kills:
        workers.add(MORE)
        (end,) = workers(f"work {kill}")
        was_killed = kills.ended(end)
        assert len(workers.digests()) <= workers.given
        assert workers.loose() == before
        if not was_killed:
            assert len(workers.digests()) == workers.given
    assert workers("work -") == ["done"]
    assert len(workers.digests()) == workers.given
    print(f"{kills.count} kills, {workers.given} digests")


def test_two_at_once(workers):
    """Two workers at the same time make the same set of digests, each once."""
    for _round in range(5):
        workers.add(12)
        assert workers("pair") == ["done", "done"]
        # what each left to the other, that one left to it
        assert workers("work -") == ["done"]
        assert len(workers.digests()) == workers.given
