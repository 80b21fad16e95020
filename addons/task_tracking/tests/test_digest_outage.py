# SPDX-License-Identifier: LGPL-3.0-or-later
from psycopg2.errors import SerializationFailure

from odoo.tests import tagged

from ..models.task_notice_superseded import TaskNotice
from .test_digest import DigestCase


@tagged("post_install", "-at_install")
class TestDigestOutage(DigestCase):
    """While the mail server is away, a person's digests take each other's place: when
    it is back one mail comes, and in it all that still holds."""

    def _line(self, user, assignment):
        return self.env["task.urge.line"].search(
            [
                ("assignment_id", "=", assignment.id),
                ("urge_id.partner_id", "=", user.partner_id.id),
                ("kind", "=", "automatic"),
            ]
        )

    def test_one_mail_after_the_outage(self):
        """Three days without a mail server: one digest waits, with the new lines and
        the old ones that still hold; it is the only one that leaves."""
        # 7 working days before the 16th is the 7th: told to officers that day only
        early = self._released(name="Việc sớm", deadline="2026-04-16")
        self._released(name="Việc một", deadline="2026-04-08")
        self._released(name="Việc hai", deadline="2026-04-09")
        old = self._of(self.finance_officer, self._on("2026-04-07"))
        middle = self._of(self.finance_officer, self._on("2026-04-08"))
        new = self._of(self.finance_officer, self._on("2026-04-09"))
        self.assertEqual(
            (old | middle | new).mapped("state"), ["superseded", "superseded", "queued"]
        )
        self.assertIn("2 falling due, 1 overdue", new.subject)
        self._send_queue()
        (mail,) = self.server.to("finance_officer@example.com")
        plain = mail.get_body(("plain",)).get_content()
        for name in ("Việc sớm", "Việc một", "Việc hai"):
            self.assertEqual(plain.count(name), 1)
        self.assertEqual(new.state, "sent")
        self.assertEqual(old.mail_mail_id.state, "cancel")
        line = self._line(self.finance_officer, early)
        self.assertEqual(line.urge_id.notice_id, new)

    def test_only_what_still_holds(self):
        """What was handed in or got another deadline meanwhile is told no more."""
        one = self._released(name="Việc đã xong", deadline="2026-04-16")
        other = self._released(name="Việc gia hạn", deadline="2026-04-16")
        self._released(name="Việc còn lại", deadline="2026-04-16")
        self._released(name="Việc mới", deadline="2026-04-10")
        self._on("2026-04-07")
        self._hand_in(one)
        extension = self._ask_extension(other, "2026-05-29")
        extension.with_user(self.chairman).action_accept()
        body = self._body(self.finance_officer, self._on("2026-04-09"))
        self.assertIn("Việc còn lại", body)
        self.assertIn("Việc mới", body)
        self.assertNotIn("Việc đã xong", body)
        self.assertNotIn("Việc gia hạn", body)

    def test_who_may_not_read_it_any_more(self):
        """A line is carried on only to who may still read it."""
        self._released(name="Việc sớm", deadline="2026-04-16")
        self._released(name="Việc mới", lead=self.building, deadline="2026-04-10")
        self._on("2026-04-07")
        self.finance_officer.task_agency_id = self.building
        body = self._body(self.finance_officer, self._on("2026-04-09"))
        self.assertIn("Việc mới", body)
        self.assertNotIn("Việc sớm", body)

    def test_a_record_once(self):
        """Of what both tell of, only the newer step is told."""
        self._released(deadline="2026-04-10")
        self._on("2026-04-09")
        notice = self._of(self.finance_head, self._on("2026-04-10"))
        told = self._told(notice)
        self.assertEqual(told["finance_head"], {("task.assignment", 0)})
        self.assertEqual(notice.mail_mail_id.body_html.count("Báo cáo kết quả"), 1)

    def test_nothing_new_the_old_one_waits(self):
        """A digest that has not left is not replaced for the sake of it."""
        self._released(deadline="2026-04-10")
        old = self._on("2026-04-07")
        self.assertFalse(self._on("2026-04-08"))
        self.assertEqual(set(old.mapped("state")), {"queued"})

    def test_what_was_sent_is_left_alone(self):
        """A digest that arrived stays as it is, its lines are not told again."""
        self._released(name="Việc một", deadline="2026-04-08")
        self._released(name="Việc hai", deadline="2026-04-09")
        old = self._on("2026-04-07")
        self._send_queue()
        new = self._on("2026-04-08")
        self.assertEqual(set(old.mapped("state")), {"sent"})
        # one is told on its day, two a day before: each its own step, once
        self.assertEqual(
            self._told(new)["finance_head"],
            {("task.assignment", 0), ("task.assignment", -1)},
        )

    def test_a_failed_one_is_replaced_too(self):
        """A digest that was given up is shown no more once a newer one tells it all;
        the Office sees one failure, not one for each day."""
        self._released(name="Việc một", deadline="2026-04-08")
        self._released(name="Việc hai", deadline="2026-04-10")
        old = self._on("2026-04-07")
        old.write({"state": "failed"})
        old.mail_mail_id.write({"state": "exception"})
        new = self._of(self.finance_head, self._on("2026-04-09"))
        self.assertEqual(set(old.mapped("state")), {"superseded"})
        self.assertIn("Việc một", new.mail_mail_id.body_html)

    def test_never_tried_again(self):
        """What was replaced is neither sent nor tried again, nor shown in the inbox."""
        self._released(name="Việc một", deadline="2026-04-08")
        self._released(name="Việc hai", deadline="2026-04-10")
        old = self._of(self.finance_head, self._on("2026-04-07"))
        new = self._of(self.finance_head, self._on("2026-04-09"))
        self._retry()
        self.assertEqual(len(self.server.to("finance_head@example.com")), 1)
        self.assertFalse(old.can_try_again)
        inbox = self.env["mail.message"].with_user(self.finance_head)
        found = inbox.search(
            [("needaction", "=", True), ("subject", "like", "Reminder")]
        )
        self.assertEqual(found, new.mail_mail_id.mail_message_id)

    def test_one_that_is_being_sent(self):
        """A digest that another worker is sending at this moment is left to it, and
        tells no line twice: what it said is not told again."""
        self._released(name="Việc một", deadline="2026-04-08")
        self._released(name="Việc hai", deadline="2026-04-09")
        old = self._of(self.finance_head, self._on("2026-04-07"))

        def busy(notices):
            if old in notices:
                raise SerializationFailure
            return notices

        self.patch(TaskNotice, "_hold_all", busy)
        new = self._of(self.finance_head, self._on("2026-04-08"))
        self.assertEqual((old.state, new.state), ("queued", "queued"))

    def test_kept_with_the_digest_that_told_it(self):
        """A line moves to the digest that tells it; the urging that never left is kept
        as discarded, and what it alone would have told may be told again."""
        kept = self._released(name="Việc sớm", deadline="2026-04-16")
        gone = self._released(name="Việc đã nộp", deadline="2026-04-16")
        self._released(name="Việc hai", deadline="2026-04-10")
        old = self._of(self.finance_officer, self._on("2026-04-07"))
        self._hand_in(gone)
        new = self._of(self.finance_officer, self._on("2026-04-09"))
        urges = self.env["task.urge"].search([("notice_id", "in", (old | new).ids)])
        by_notice = urges.grouped("notice_id")
        self.assertEqual(by_notice[old].state, "cancelled")
        self.assertEqual(by_notice[new].state, "done")
        told = by_notice[new].line_ids
        self.assertIn(kept, told.assignment_id)
        self.assertEqual(set(told.mapped("day")), {by_notice[new].day})
        left = by_notice[old].line_ids
        self.assertIn(gone, left.assignment_id)
        self.assertNotIn(kept, left.assignment_id)
        self.assertFalse(any(left.mapped("marker")))
