# SPDX-License-Identifier: LGPL-3.0-or-later
from psycopg2.errors import ForeignKeyViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.task_notice import File
from .mail_common import MailCase


@tagged("post_install", "-at_install")
class TestNotice(MailCase):
    """A notice is queued once, sent by a real mail server, and never lost."""

    def _values(self, user, marker=None, **more):
        return {
            "marker": marker or f"test/{user.id}",
            "company": self.company,
            "partner": user.partner_id,
            "subject": "Báo cáo đến hạn",
            "body": '<p>Kính gửi <b>cơ quan</b>, <a href="/odoo">mở</a>.</p>',
            **more,
        }

    def _queue(self, *users, **more):
        return self.env["task.notice"]._queue(
            [self._values(user, **more) for user in users]
        )

    # -- queueing ----------------------------------------------------------------------
    def test_queued_once(self):
        """What is queued under a marker is left alone by whoever queues it again."""
        notice = self._queue(self.finance_head)
        again = self._queue(self.finance_head, subject="Khác")
        self.assertFalse(again)
        self.assertEqual(notice.subject, "Báo cáo đến hạn")
        self.assertEqual(notice.state, "queued")
        mails = self.env["mail.mail"].search(
            [("message_id", "=", notice.mail_mail_id.message_id)]
        )
        self.assertEqual(len(mails), 1)
        self._send_queue()
        self.assertEqual(len(self.server.deliveries), 1)
        self.assertFalse(self._queue(self.finance_head))
        self._send_queue()
        self.assertEqual(len(self.server.deliveries), 1)

    def test_twice_in_one_call(self):
        """The same marker twice in one call is one notice."""
        values = self._values(self.finance_head)
        self.assertEqual(len(self.env["task.notice"]._queue([values, values])), 1)

    def test_unqueued(self):
        """A job asks what is missing before it makes the texts and files."""
        self._queue(self.finance_head, marker="b")
        self.assertEqual(
            self.env["task.notice"]._unqueued(["c", "b", "a", "c"]), ["c", "a"]
        )

    def test_queries_of_many(self):
        """Queueing fifty costs hardly more queries than ten: only batches grow."""
        counts = []
        for number in (10, 50):
            values = [
                self._values(self.finance_head, marker=f"{number}/{index}")
                for index in range(number)
            ]
            self.env.flush_all()
            before = self.cr.sql_log_count
            self.env["task.notice"]._queue(values)
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 3)

    # -- the mail ----------------------------------------------------------------------
    def test_what_arrives(self):
        """One mail to one person: text for every mail program, the files, and a mark
        that no absent person's program answers."""
        files = [File("dự thảo.pdf", b"%PDF-1.7 draft", "application/pdf")]
        notice = self._queue(self.finance_head, files=files)
        message_id = notice.message_id
        self._send_queue()
        (mail,) = self.server.to("finance_head@example.com")
        self.assertEqual(mail["Message-Id"], message_id)
        self.assertEqual(mail["Subject"], "Báo cáo đến hạn")
        self.assertIn("vanphong@tinh.example", mail["From"])
        self.assertEqual(mail["Auto-Submitted"], "auto-generated")
        self.assertIn("finance_head@example.com", mail["To"])
        plain = mail.get_body(("plain",)).get_content()
        self.assertIn("Kính gửi", plain)
        self.assertIn(self.env["ir.config_parameter"].get_param("web.base.url"), plain)
        (file,) = mail.iter_attachments()
        self.assertEqual(file.get_filename(), "dự thảo.pdf")
        self.assertEqual(file.get_content(), b"%PDF-1.7 draft")
        self.assertEqual((notice.state, notice.tries), ("sent", 1))
        self.assertTrue(notice.sent_at)
        self.assertEqual(notice.message_id, message_id)

    # -- failures ----------------------------------------------------------------------
    def test_refused_address_stops_nobody(self):
        """An address the server refuses fails alone, and the reason is kept."""
        self.server.refused.add("building_head@example.com")
        users = self.finance_head | self.building_head | self.ward_head
        notices = self._queue(*users)
        self._send_queue()
        states = {one.partner_id: one.state for one in notices}
        self.assertEqual(
            [states[user.partner_id] for user in users], ["sent", "delayed", "sent"]
        )
        failed = notices.filtered(lambda one: one.state == "delayed")
        self.assertIn("No such user here", failed.failure)
        self.assertEqual(len(self.server.deliveries), 2)

    def test_hanging_up_stops_nobody(self):
        """A server that hangs up on one mail is called again for the others."""
        self.server.hangs_up.add("building_head@example.com")
        users = self.building_head | self.finance_head | self.ward_head
        notices = self._queue(*users)
        self._send_queue()
        self.assertEqual(sorted(notices.mapped("state")), ["delayed", "sent", "sent"])
        self.assertEqual(len(self.server.deliveries), 2)
        self.server.hangs_up.clear()
        self._move_to("2026-04-01 02:05:00")
        self._retry()
        self.assertEqual(set(notices.mapped("state")), {"sent"})
        self.assertEqual(set(self.server.count().values()), {1})

    def test_not_ours_are_sent_as_well(self):
        """Other mails in the same queue go out as before, after a hang-up too."""
        self.server.hangs_up.add("building_head@example.com")
        self._queue(self.building_head)
        other = self.env["mail.mail"].create(
            {
                "subject": "Khác",
                "body_html": "<p>Khác</p>",
                "email_from": "a@tinh.example",
                "email_to": "b@example.com",
            }
        )
        self._send_queue()
        self.assertEqual(other.state, "sent")
        self.assertTrue(self.server.to("b@example.com"))

    def test_pauses_grow(self):
        """While the server is away: after 5 minutes, then 15, 60 and 240, then every
        720; when it is back, the same mail under the same Message-ID."""
        self.server.stop()
        notice = self._queue(self.finance_head)
        message_id = notice.message_id
        self._send_queue()
        self.assertEqual((notice.state, notice.tries), ("delayed", 1))
        # START is 02:00; each try happens at the minute it was planned for
        for tries, moment in enumerate(
            (
                "2026-04-01 02:05:00",
                "2026-04-01 02:20:00",
                "2026-04-01 03:20:00",
                "2026-04-01 07:20:00",
                "2026-04-01 19:20:00",
                "2026-04-02 07:20:00",
            ),
            start=2,
        ):
            self.assertEqual(str(notice.next_try_at), moment)
            self._move_to(moment)
            self._retry()
            self.assertEqual((notice.state, notice.tries), ("delayed", tries))
        self.server.start()
        self._move_to("2026-04-02 19:19:00")
        self._retry()
        self.assertEqual(notice.state, "delayed", "not before its time")
        self._move_to("2026-04-02 19:20:00")
        self._retry()
        self.assertEqual(notice.state, "sent")
        self.assertEqual(self.server.count(), {message_id: 1})

    def test_no_flood_on_return(self):
        """What gathered while the server was away goes out batch by batch."""
        self.server.stop()
        values = [
            self._values(self.finance_head, marker=f"flood/{index}")
            for index in range(7)
        ]
        notices = self.env["task.notice"]._queue(values)
        self._send_queue()
        self.assertEqual(set(notices.mapped("state")), {"delayed"})
        self.server.start()
        self._move_to("2026-04-01 03:00:00")
        for sent in (3, 6, 7):
            self._retry(batch_size=3)
            self.assertEqual(len(self.server.deliveries), sent)
        self.assertEqual(set(notices.mapped("state")), {"sent"})

    def test_given_up_and_tried_again(self):
        """After five days it is shown as failed; the Office's manager has it tried
        again when the address is corrected."""
        self.server.refused.add("finance_head@example.com")
        notice = self._queue(self.finance_head)
        self._send_queue()
        self._move_to("2026-04-06 01:59:00")
        self._retry()
        self.assertEqual(notice.state, "delayed")
        self._move_to("2026-04-06 13:59:00")
        self._retry()
        self.assertEqual((notice.state, notice.next_try_at), ("failed", False))
        self._move_to("2026-04-30 02:00:00")
        self._retry()
        self.assertEqual((notice.state, notice.tries), ("failed", 3))
        seen = notice.with_user(self.manager)
        self.assertTrue(seen.can_try_again)
        self.finance_head.partner_id.email = "new@example.com"
        seen.action_try_again()
        self._send_queue()
        self.assertEqual(notice.state, "sent")
        self.assertEqual(len(self.server.to("new@example.com")), 1)
        with self.assertRaises(UserError):
            seen.action_try_again()

    def test_no_address(self):
        """Who has no address is shown at once, and served when it is entered."""
        self.finance_head.partner_id.email = False
        notice = self._queue(self.finance_head)
        self._send_queue()
        self.assertEqual(notice.state, "delayed")
        self.assertTrue(notice.failure)
        self.finance_head.partner_id.email = "late@example.com"
        self._move_to("2026-04-01 02:05:00")
        self._retry()
        self.assertEqual(notice.state, "sent")

    def test_cancelled_in_the_queue(self):
        """A mail somebody cancels in Odoo's queue is shown as failed, not forgotten."""
        notice = self._queue(self.finance_head)
        notice.mail_mail_id.cancel()
        self._retry()
        self.assertEqual(notice.state, "failed")

    def test_failed_without_a_word(self):
        """A mail left in the state "exception" by an error nobody noted is found."""
        notice = self._queue(self.finance_head)
        notice.mail_mail_id.write({"state": "exception", "failure_reason": "lost"})
        self._retry()
        self.assertEqual((notice.state, notice.failure), ("delayed", "lost"))
        self._move_to("2026-04-01 02:05:00")
        self._retry()
        self.assertEqual(notice.state, "sent")

    @mute_logger("odoo.sql_db")
    def test_not_deleted_unsent(self):
        """What has not arrived is not deleted from Odoo's queue."""
        notice = self._queue(self.finance_head)
        with self.assertRaises(ForeignKeyViolation), self.cr.savepoint():
            notice.mail_mail_id.unlink()
        self.assertTrue(notice.mail_mail_id.exists())

    # -- keeping -----------------------------------------------------------------------
    def test_texts_are_not_kept_for_ever(self):
        """After 90 days the text goes with its files; who was told what stays."""
        notice = self._queue(self.finance_head, files=[File("a", b"a", "text/plain")])
        waiting = self._queue(self.ward_head)
        self._send_queue()
        waiting.state = "failed"
        waiting.sent_at = False
        message = notice.mail_mail_id.mail_message_id
        file = message.attachment_ids
        self._move_to("2026-06-30 01:00:00")
        self.env["task.notice"]._gc_sent_mails()
        self.assertTrue(notice.mail_mail_id)
        self._move_to("2026-06-30 03:00:00")
        self.env["task.notice"]._gc_sent_mails()
        self.assertFalse(notice.mail_mail_id)
        self.assertFalse(message.exists())
        self.assertFalse(file.exists())
        self.assertEqual((notice.state, notice.subject), ("sent", "Báo cáo đến hạn"))
        self.assertFalse(self._queue(self.finance_head), "queued once, also later")
        self.assertTrue(waiting.mail_mail_id.exists())

    # -- settings ----------------------------------------------------------------------
    def test_pauses_are_data(self):
        """The pauses are minutes set for the company; nonsense is refused."""
        self.company.task_notice_pauses = "1, 2"
        self.server.stop()
        notice = self._queue(self.finance_head)
        self._send_queue()
        self.assertEqual(str(notice.next_try_at), "2026-04-01 02:01:00")
        for wrong in ("", "soon", "5, 0", "5,,6"):
            with self.assertRaises(ValidationError):
                self.company.task_notice_pauses = wrong or ","

    # -- rights ------------------------------------------------------------------------
    def test_who_reads(self):
        """Notices are read by Office managers of the company, and by administrators
        without what they say; not by recipients, theirs or others', nor their texts
        and files as messages."""
        notice = self._queue(
            self.finance_head, files=[File("mật thư.pdf", b"x", "application/pdf")]
        )
        mail = notice.mail_mail_id
        attachment = mail.attachment_ids
        seen = notice.with_user(self.manager)
        self.assertEqual(seen.subject, "Báo cáo đến hạn")
        self.assertIn("Kính gửi", seen.body_html)
        self.assertEqual(notice.with_user(self.admin).state, "queued")
        for name in ("subject", "body_html", "file_names"):
            with self.assertRaises(AccessError):
                notice.with_user(self.admin).read([name])
        for user in (
            self.finance_head,
            self.building_head,
            self.ward_officer,
            self.specialist,
            self.deputy,
            self.chairman,
        ):
            with self.assertRaises(AccessError):
                notice.with_user(user).read(["subject"])
            with self.assertRaises(AccessError):
                self.env["task.notice"].with_user(user).search([])
            with self.assertRaises(AccessError):
                mail.with_user(user).read(["subject"])
            with self.assertRaises(AccessError):
                attachment.with_user(user).read(["name"])
            found = self.env["mail.message"].with_user(user)
            self.assertFalse(found.search([("subject", "=", "Báo cáo đến hạn")]))

    def test_nobody_writes(self):
        """Not even who reads them writes, makes or deletes notices."""
        notice = self._queue(self.finance_head)
        for user in (self.manager, self.admin):
            seen = notice.with_user(user)
            with self.assertRaises(AccessError):
                seen.write({"subject": "x"})
            with self.assertRaises(AccessError):
                seen.write({"state": "sent"})
            with self.assertRaises(AccessError):
                seen.unlink()
            with self.assertRaises(AccessError):
                seen.copy()
            with self.assertRaises(AccessError):
                seen.read(["mail_mail_id"])

    def test_other_company(self):
        """Another company's manager neither reads nor repeats them."""
        other = self.env["res.company"].create({"name": "Tỉnh khác"})
        self.manager.write(
            {"company_id": other.id, "company_ids": [Command.set(other.ids)]}
        )
        notice = self._queue(self.finance_head)
        seen = notice.with_user(self.manager).with_context(
            allowed_company_ids=other.ids
        )
        self.assertFalse(seen.search([]))
        with self.assertRaises(AccessError):
            seen.read(["subject"])
        with self.assertRaises(AccessError):
            seen.action_try_again()

    def test_specialist_does_not_try_again(self):
        """Only who reads notices has them tried again."""
        notice = self._queue(self.finance_head)
        notice.state = "failed"
        with self.assertRaises(AccessError):
            notice.with_user(self.specialist).action_try_again()
        notice.with_user(self.manager).action_try_again()
        self.assertEqual(notice.state, "queued")

    def test_context_changes_nothing(self):
        """Defaults a caller's context brings do not get into the mail."""
        notice = (
            self.env["task.notice"]
            .with_context(default_state="sent", default_email_to="spy@example.com")
            ._queue([self._values(self.finance_head)])
        )
        self.assertEqual(notice.mail_mail_id.state, "outgoing")
        self.assertFalse(notice.mail_mail_id.email_to)
