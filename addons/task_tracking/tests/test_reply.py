# SPDX-License-Identifier: LGPL-3.0-or-later
"""Replies by e-mail to notices."""

from urllib.parse import unquote, urlsplit

from odoo.tests import tagged

from .common import TaskCase
from .reply_common import GATEWAY, ReplyActs, words


@tagged("post_install", "-at_install")
class TestReply(ReplyActs, TaskCase):
    """Who writes back to a notice writes a note, if it may be that person's."""

    # -- shapes of mails ---------------------------------------------------------------
    def test_gmail(self):
        """A reply written in Gmail is a note with what was written and its file, of
        which the name came in pieces (RFC 2231)."""
        note = self._receive("gmail_web.eml", self._notice(self.assignment))
        self.assertEqual(len(note), 1)
        self.assertEqual(
            words(note),
            "Kính gửi Văn phòng,"
            " Sở *đã trình* dự thảo ngày 31/3, xin gửi kèm tờ trình.",
        )
        self.assertEqual(
            note.attachment_ids.mapped("name"),
            ["Tờ trình về việc ban hành quy chế theo dõi nhiệm vụ.pdf"],
        )
        self.assertTrue(note.attachment_ids.raw.startswith(b"%PDF"))

    def test_outlook(self):
        """Outlook marks nothing: its headings tell what is quoted. The picture of the
        signature stays, that of the quoted mail does not; the file's name came as an
        encoded word."""
        note = self._receive("outlook.eml", self._notice(self.assignment))
        self.assertEqual(
            words(note),
            "Sở Tài chính xin báo cáo: đã hoàn thành 80%. Trân trọng.",
        )
        self.assertIn("/web/image/", note.body)
        self.assertEqual(
            sorted(note.attachment_ids.mapped("name")),
            ["Phụ lục số liệu quý I năm 2026.xlsx", "image001.png"],
        )

    def test_iphone(self):
        """Plain text in two parts around a file, whose name has its accents apart."""
        note = self._receive("iphone.eml", self._notice(self.assignment))
        self.assertEqual(
            words(note),
            "Tôi đang đi công tác, đơn vị đã gửi văn bản giấy hôm qua, xin chụp lại kèm"
            " theo để Văn phòng theo dõi.",
        )
        self.assertEqual(note.attachment_ids.name, "Ảnh chụp văn bản.pdf")

    def test_thunderbird(self):
        """Answers written between the quoted lines are kept; the signature is not."""
        note = self._receive("thunderbird.eml", self._notice(self.assignment))
        self.assertEqual(
            words(note),
            "Báo cáo đã được lãnh đạo Sở ký sáng nay, văn thư đang phát hành."
            " Sẽ xong trước hạn.",
        )

    def test_zimbra(self):
        """Zimbra, with headings in Vietnamese."""
        note = self._receive("zimbra.eml", self._notice(self.assignment))
        self.assertEqual(
            words(note),
            "Đơn vị đã phối hợp với Sở Xây dựng. Đề nghị Văn phòng ghi nhận.",
        )

    def test_dangerous(self):
        """No script, frame, handler or picture from elsewhere; a file's name leads
        nowhere."""
        note = self._receive("dangerous.eml", self._notice(self.assignment))
        self.assertIn("Đã xong", note.body)
        for part in ("script", "onclick", "onerror", "iframe", "pixel", "la.example"):
            self.assertNotIn(part, note.body)
        self.assertEqual(note.attachment_ids.name, "..-..-etc-mat khau.txt")

    # -- a note of that person, as in the chatter --------------------------------------
    def test_note_as_in_the_chatter(self):
        """It is the person's note: the colleagues and the Office read it with its
        files, another agency does not; followers get no mail, who follows the task is
        told."""
        self.assignment.sudo().message_subscribe(self.finance_head.partner_id.ids)
        note = self._receive("gmail_web.eml", self._notice(self.assignment))
        self.assertEqual(note.author_id, self.partner)
        self.assertEqual(note.subtype_id, self.env.ref("mail.mt_note"))
        for reader in (self.finance_head, self.finance_officer, self.specialist):
            self.assertTrue(note.with_user(reader).has_access("read"), reader.login)
            self.assertTrue(
                note.attachment_ids.with_user(reader).has_access("read"), reader.login
            )
        self.assertFalse(note.with_user(self.building_head).has_access("read"))
        self.assertEqual(note.notified_partner_ids, self.specialist.partner_id)

    def test_same_mail_twice(self):
        """A mail that the gateway fetches twice is one note."""
        notice = self._notice(self.assignment)
        self.assertEqual(len(self._receive("zimbra.eml", notice)), 1)
        self.assertFalse(self._receive("zimbra.eml", notice))

    def test_where_replies_go(self):
        """To the gateway where a reply has somewhere to land; to the company where it
        has not, or where there is no gateway."""
        mail = self._notice(self.assignment).mail_mail_id
        self.assertIn(GATEWAY, mail.reply_to)
        mail = self._notice(self.company, marker="none").mail_mail_id
        self.assertIn("vanphong@tinh.example", mail.reply_to)
        self.company.alias_domain_id = False
        mail = self._notice(self.assignment, marker="without").mail_mail_id
        self.assertIn("vanphong@tinh.example", mail.reply_to)
        self.assertFalse(
            self.env["task.notice"]._reply_link(self.assignment, self.partner)
        )

    # -- the link of a line ------------------------------------------------------------
    def test_link(self):
        """The link writes to the gateway; its subject names the record, and a mail
        with it is kept there."""
        link = self.env["task.notice"]._reply_link(self.assignment, self.partner)
        self.assertEqual(unquote(urlsplit(link).path), GATEWAY)
        note = self._receive("by_link.eml", subject=self._link_subject())
        self.assertEqual(words(note), "Đã nộp kết quả chiều nay.")
        self.assertEqual(note.author_id, self.partner)

    def test_link_altered(self):
        """A code for another record, or with another proof, is refused and told."""
        other = self._released()
        subject = self._link_subject()
        for altered in (
            subject.replace(
                f"-{self.assignment.id}-{self.partner.id}-",
                f"-{other.id}-{self.partner.id}-",
            ),
            subject[:-2] + ("0" if subject[-2] != "0" else "1") + "]",
        ):
            self.assertNotEqual(altered, subject)
            raw = self._raw("by_link.eml", subject=altered)
            raw = raw.replace(b"by_link-0006", altered[-9:-1].encode())
            self.assertFalse(self._feed(raw))
            self.assertFalse(self._feed(raw, other))
        self.assertEqual(len(self._answers()), 2)

    def test_link_of_another_person(self):
        """A link is its recipient's alone, colleague or not."""
        subject = self._link_subject()
        sender = self.finance_head.email
        self.assertFalse(self._receive("by_link.eml", subject=subject, sender=sender))
        self.assertEqual(len(self._answers(self.finance_head.partner_id)), 1)

    def test_link_costs_no_queries(self):
        """A digest asks for the link of each line."""
        notices = self.env["task.notice"]
        notices._reply_link(self.assignment, self.partner)
        with self.assertQueryCount(0):
            for _line in range(20):
                notices._reply_link(self.assignment, self.partner)

    def test_link_of_what_has_no_chatter(self):
        """What hangs on an assignment is replied to there; a secret document never."""
        result = self._hand_in(self.assignment)
        self.assertIn(
            f"[task.assignment-{self.assignment.id}-",
            self._link_subject(result.with_user(self.specialist)),
        )
        self.assertFalse(
            self.env["task.notice"]._reply_link(
                self.env["task.secret.document"].new({}), self.partner
            )
        )

    # -- a mail about many -------------------------------------------------------------
    def test_digest_of_one_line(self):
        """A digest about one record is replied to like a mail about it."""
        notice = self._digest(self.assignment)
        self.assertEqual(len(self._receive("zimbra.eml", notice)), 1)

    def test_digest_of_many_lines(self):
        """A plain reply to several lines is kept nowhere; its writer is told how to
        reply to one, once, and gets the words back."""
        other = self._released()
        notice = self._digest(self.assignment | other)
        self.assertFalse(self._receive("zimbra.eml", notice))
        self.assertFalse(other.sudo().message_ids.filtered("author_id.is_company"))
        answer = self._answers()
        self.assertEqual(len(answer), 1)
        self.assertIn("Đề nghị Văn phòng ghi nhận.", answer.body_html)
        self.assertFalse(self._receive("zimbra.eml", notice))
        self.assertEqual(len(self._answers()), 1)

    def test_answers_end(self):
        """At most three answers to a person a day: two programs that answer each other
        come to an end."""
        notice = self._digest(self.assignment | self._released())
        raw = self._raw("zimbra.eml", notice)
        for number in range(5):
            self._feed(raw.replace(b"zimbra-0005", b"zimbra-%d" % number))
        self.assertEqual(len(self._answers()), 3)

    def _digest(self, assignments):
        notice = self._notice()
        self.env["task.urge"].create(
            {
                "kind": "automatic",
                "state": "done",
                "company_id": self.company.id,
                "partner_id": self.partner.id,
                "notice_id": notice.id,
                "line_ids": [
                    (0, 0, {"assignment_id": one.id, "agency_id": one.agency_id.id})
                    for one in assignments
                ],
            }
        )
        return notice

    # -- who writes --------------------------------------------------------------------
    def test_forged_sender(self):
        """Somebody else's address is refused, whatever name stands before it, and not
        answered: it is nobody known."""
        notices = self.env["task.notice"].search_count([])
        notice = self._notice(self.assignment)
        self.assertFalse(self._receive("forged.eml", notice))
        self.assertEqual(self.env["task.notice"].search_count([]), notices + 1)

    def test_names_like_addresses(self):
        """The recipient's address as a name, or beside another one, is not its
        sender's."""
        notice = self._notice(self.assignment)
        raw = self._raw("zimbra.eml", notice)
        head, tail = raw.split(b"\nFrom: ")
        rest = tail.split(b"\n", 1)[1]
        address = self.partner.email.encode()
        for sender in (
            b'"%s" <ke.la@la.example>' % address,
            b"%s <ke.la@la.example>" % address,
            b"%s, ke.la@la.example" % address,
            b"ke.la@la.example, %s" % address,
            b"<%s>, <ke.la@la.example>" % address,
            b"ke.la@la.example\nFrom: %s" % address,
        ):
            self.assertFalse(self._feed(head + b"\nFrom: " + sender + b"\n" + rest))

    def test_colleague(self):
        """A mail to one person is not replied to by another, who is told so."""
        notice = self._notice(self.assignment)
        self.assertFalse(
            self._receive("zimbra.eml", notice, sender=self.finance_head.email)
        )
        self.assertEqual(len(self._answers(self.finance_head.partner_id)), 1)

    def test_mail_to_an_agency(self):
        """A mail to an agency's own address is replied to by its people."""
        notice = self._notice(self.assignment, partner=self.finance)
        note = self._receive("zimbra.eml", notice)
        self.assertEqual(note.author_id, self.partner)
        self.assertFalse(
            self._receive("outlook.eml", notice, sender=self.building_head.email)
        )

    def test_right_is_asked_now(self):
        """Who lost the right to the record since may not write on it any more."""
        notice = self._notice(self.assignment)
        self.finance_officer.task_agency_id = self.building
        self.assertFalse(self._receive("zimbra.eml", notice))
        self.assertEqual(len(self._answers()), 1)

    def test_archived_user(self):
        """A person who left writes nothing, and is not answered."""
        notice = self._notice(self.assignment)
        self.finance_officer.active = False
        self.assertFalse(self._receive("zimbra.eml", notice))
        self.assertFalse(self._answers())

    # -- what is dropped ---------------------------------------------------------------
    def test_dropped(self):
        """What a program wrote, a bounce and an empty reply leave nothing and are not
        answered."""
        notice = self._notice(self.assignment)
        for name in ("vacation.eml", "bounce.eml", "empty.eml"):
            with self.subTest(name):
                self.assertFalse(self._receive(name, notice))
        self.assertFalse(self._answers())

    def test_other_mails_go_their_way(self):
        """A mail that replies to no notice is Odoo's: a reply to a message in a chatter
        is posted as before."""
        message = self.assignment.with_user(self.specialist).message_post(
            body="Đề nghị báo cáo", message_type="comment"
        )
        raw = self._raw("zimbra.eml").replace(
            b"<none@tinh.example>", message.message_id.encode()
        )
        note = self._feed(raw)
        self.assertEqual(note.message_type, "email")
        self.assertIn("Nhiệm vụ sắp đến hạn", note.body)

    def test_file_too_large(self):
        """A file above the limit is left out, on the note and in an answer; the rest
        is kept."""
        self.env["ir.config_parameter"].set_param("task_tracking.max_file_size", "20")
        note = self._receive("gmail_web.eml", self._notice(self.assignment))
        self.assertFalse(note.attachment_ids)
        name = "Tờ trình về việc ban hành quy chế theo dõi nhiệm vụ.pdf"
        self.assertIn(name, note.body)
        self.assertIn(name, self._answers().body_html)
