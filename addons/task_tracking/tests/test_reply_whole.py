# SPDX-License-Identifier: LGPL-3.0-or-later
"""From the mail that goes out to the note that comes back."""

import email
from email import policy
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

from lxml import html

from odoo.tests import tagged

from .common import TaskCase
from .mail_common import MailCase
from .reply_common import GATEWAY, ReplyActs, words
from .urge_common import UrgeActs


@tagged("post_install", "-at_install")
class TestReplyToDigest(ReplyActs, MailCase):
    """A digest as it arrives, and a reply to one of its lines."""

    def test_a_line(self):
        """Each line of a digest has a link of its own; a mail written by it, folded
        and encoded as a mail program does, is a note on that line's assignment."""
        name = "Xây dựng kế hoạch; tổng hợp số liệu [bản 2], báo cáo UBND tỉnh"
        second = self._released(name=name)
        # 9 April 2026, the working day before both fall due
        self._move_to("2026-04-09 00:05:00")
        self.env["task.digest"]._queue_due(self.company)
        self._send_queue()
        (digest,) = self.server.to(self.partner.email)
        page = html.fromstring(digest.get_body(("html",)).get_content())
        links = page.xpath("//a[starts-with(@href, 'mailto:')]/@href")
        self.assertEqual(len(links), 2)
        notes = {
            record: self._feed(self._written_by(link), record)
            for link in links
            for record in (self.assignment, second)
            if f"assignment-{record.id}-" in unquote(link)
        }
        self.assertEqual(list(map(len, notes.values())), [1, 1])
        for note in notes.values():
            self.assertEqual(words(note), "Sẽ xong đúng hạn.")
            self.assertEqual(note.author_id, self.partner)

    def _written_by(self, link):
        """The mail a program writes when a mailto link is followed."""
        parts = urlsplit(link)
        mail = EmailMessage(policy=policy.SMTP)
        mail["From"] = f"Trần Thị Hòa <{self.partner.email}>"
        mail["To"] = unquote(parts.path)
        mail["Subject"] = parse_qs(parts.query)["subject"][0]
        mail["Message-ID"] = email.utils.make_msgid(domain="mail.example")
        mail.set_content("Sẽ xong đúng hạn.")
        self.assertEqual(unquote(parts.path), GATEWAY)
        return mail.as_bytes()


@tagged("post_install", "-at_install")
class TestReplyToLetter(UrgeActs, ReplyActs, TaskCase):
    """A letter of urging, and what an agency writes back."""

    def test_letter(self):
        """A reply to a letter's mail is in the letter's chatter with its file; who
        issued the letter is told, another agency reads nothing."""
        self._move_to("2026-04-16 02:00:00")
        letter = self._issue(self.assignment, user=self.specialist)
        notice = self.env["task.notice"].search(
            [
                ("marker", "=like", f"urge/{letter.id}/%"),
                ("partner_id", "=", self.partner.id),
            ]
        )
        note = self._feed(self._raw("gmail_web.eml", notice), letter)
        self.assertEqual(len(note), 1)
        self.assertEqual(note.author_id, self.partner)
        self.assertEqual(note.notified_partner_ids, self.specialist.partner_id)
        self.assertTrue(
            note.attachment_ids.with_user(self.specialist).has_access("read")
        )
        for reader in (self.building_head, self.ward_officer):
            self.assertFalse(note.with_user(reader).has_access("read"))
            self.assertFalse(note.attachment_ids.with_user(reader).has_access("read"))
