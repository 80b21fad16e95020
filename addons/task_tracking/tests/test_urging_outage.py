# SPDX-License-Identifier: LGPL-3.0-or-later
from collections import Counter
from datetime import date, timedelta

from odoo.tests import tagged

from .mail_common import MailCase
from .urging_common import UrgingCase

DOWN = (date(2026, 3, 25), date(2026, 3, 26))
BACK = date(2026, 3, 27)
FIRST, LAST = date(2026, 2, 10), date(2026, 4, 20)


@tagged("post_install", "-at_install")
class TestUrgingOutage(UrgingCase, MailCase):
    """A mail server that is down for two days loses nothing, and when it is back each
    person gets one digest at most: the one that takes the place of the others."""

    def _leave(self, notices):
        """The mails are really sent, or really refused."""
        self.notices |= notices
        day = self.year.today
        if day in DOWN:
            self.server.stop()
            self._send_queue()
            return
        if day == BACK and not self.server._controller:
            self.server.start()
        self._retry()
        self.left.append(self.runs[-1] + timedelta(minutes=1))

    def test_two_days(self):
        """Digests, and what took the place of what, as the oracle says; each that was
        not replaced arrives once, no other does."""
        self.left = []
        self._simulate("khanh_hoa", 6, 160, FIRST, LAST)
        told = self._expected(mail_works=False, left=self.left)
        self._check_alike("digests", self.digests, told.digests)
        self._check_alike("letters", self.letters, told.letters)
        replaced = self.notices.filtered(lambda one: one.state == "superseded")
        self.assertGreater(len(replaced), 5)
        self.assertEqual({self._day_and_person(one) for one in replaced}, told.replaced)
        arrived = self.server.count()
        for notice in self.notices:
            times = 0 if notice in replaced else 1
            self.assertEqual(arrived[notice.message_id], times, notice.marker)
        self.assertFalse(
            (self.notices - replaced).filtered(lambda n: n.state != "sent")
        )

    def test_nobody_is_flooded(self):
        """On the day the server is back, and on the next, one mail a person at most."""
        self.left = []
        self._simulate("khanh_hoa", 7, 160, FIRST, BACK)
        before = Counter()
        for notice in self.notices:
            if self._day_and_person(notice)[0] < DOWN[0]:
                before[notice.email] += 1
        after = Counter(
            address for one in self.server.deliveries for address in one.recipients
        )
        after.subtract(before)
        self.assertGreater(sum(after.values()), 5)
        self.assertLessEqual(max(after.values()), 1)

    def _day_and_person(self, notice):
        day = self.company._task_local(notice.queued_at).date()
        users = notice.partner_id.with_context(active_test=False).user_ids
        return day, self._key(users)
