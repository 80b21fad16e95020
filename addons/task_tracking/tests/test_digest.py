# SPDX-License-Identifier: LGPL-3.0-or-later

from odoo.tests import tagged

from .mail_common import MailCase


class DigestCase(MailCase):
    """The province at the hour of the digest. Expected days are worked out by hand:
    2026-04-27 is Hùng Vương's day off (the 26th is a Sunday), 30 April and 1 May are
    holidays."""

    def _digests(self, *users):
        notices = self.env["task.notice"].search([("marker", "=like", "digest/%")])
        if users:
            partners = [user.partner_id.id for user in users]
            notices = notices.filtered(lambda one: one.partner_id.id in partners)
        return notices

    def _on(self, day, hour=7):
        """Run the job at the hour of a day of the province (UTC+7); the new digests."""
        self._move_to(f"{day} {hour - 7:02}:05:00")
        return self.env["task.digest"]._queue_due(self.company)

    def _told(self, notices):
        """{login: {(model, step offset)}} of what the digests told."""
        told = {}
        for notice in notices:
            urge = self.env["task.urge"].search([("notice_id", "=", notice.id)])
            user = notice.partner_id.user_ids
            lines = told.setdefault(user.login.removeprefix("t_"), set())
            for line in urge.line_ids:
                model, _id, step_id, _anchor, _partner = line.marker.split("/")
                step = self.env["task.reminder.step"].browse(int(step_id))
                lines.add((model, step.offset))
        return told


@tagged("post_install", "-at_install")
class TestDigest(DigestCase):
    """One digest a person a day tells what falls due, is overdue and waits."""

    def test_ladder_of_a_deadline(self):
        """A task due on Friday 10 April 2026 is told on each day of its ladder: 7, 3
        and 1 working days before (1, 7 and 9 April), on the day, a day after (Monday
        the 13th, since the 11th is a Saturday), 7 after (the 17th), to whom it says."""
        self._released(deadline="2026-04-10")
        deadline = "task.assignment"
        agency = {"finance_head", "finance_officer"}
        expected = {
            "2026-04-01": (-7, {"finance_officer"}),
            "2026-04-07": (-3, agency | {"specialist"}),
            "2026-04-09": (-1, agency | {"specialist"}),
            "2026-04-10": (0, agency | {"specialist"}),
            "2026-04-13": (1, agency | {"specialist", "manager"}),
            "2026-04-17": (
                7,
                agency | {"specialist", "manager", "chairman", "deputy"},
            ),
        }
        for day in range(1, 25):
            day = f"2026-04-{day:02}"
            told = self._told(self._on(day, 9))
            told = {
                login: {(m, o) for m, o in lines if m == deadline}
                for login, lines in told.items()
            }
            told = {login: lines for login, lines in told.items() if lines}
            offset, logins = expected.get(day, (None, set()))
            self.assertEqual(told, {one: {(deadline, offset)} for one in logins}, day)
