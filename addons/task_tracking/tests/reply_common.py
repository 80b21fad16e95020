# SPDX-License-Identifier: LGPL-3.0-or-later
"""Mails of people, fed as the mail gateway feeds them."""

from urllib.parse import parse_qs, urlsplit

from odoo.tools import file_open, html2plaintext, mute_logger

from .common import START

GATEWAY = "traloi@tinh.example"


def words(note):
    """What a note says, as one line of plain text."""
    return " ".join(html2plaintext(note.body, include_references=False).split())


class ReplyActs:
    """A province with a mail gateway, an assignment, and who writes about it. The mails
    are in `mails/`, in the shapes real programs send them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.email = "vanphong@tinh.example"
        cls.company.alias_domain_id = cls.env["mail.alias.domain"].create(
            {"name": "tinh.example", "catchall_alias": "traloi"}
        )

    def setUp(self):
        super().setUp()
        self._move_to(START)
        self.assignment = self._released()
        self.partner = self.finance_officer.partner_id

    # -- acts --------------------------------------------------------------------------
    def _notice(self, record=None, partner=None, marker="reply-test"):
        return self.env["task.notice"]._queue(
            [
                {
                    "marker": marker,
                    "company": self.company,
                    "partner": partner or self.partner,
                    "subject": "Nhắc việc",
                    "body": "<p>Nhiệm vụ sắp đến hạn</p>",
                    "record": record,
                }
            ]
        )

    def _raw(self, name, notice=None, sender=None, subject=""):
        with file_open(f"task_tracking/tests/mails/{name}", "rb") as mail:
            raw = mail.read()
        message_id = (notice.message_id if notice else "<none@tinh.example>").encode()
        raw = raw.replace(b"<NOTICE>", message_id)
        raw = raw.replace(b"FROM", (sender or self.partner.email).encode())
        raw = raw.replace(b"SUBJECT", subject.encode())
        return raw.replace(b"GATEWAY", GATEWAY.encode())

    def _receive(self, name, notice=None, **options):
        """Feed a mail as the gateway does, which runs as the root user; return the
        notes it left on the assignment."""
        return self._feed(self._raw(name, notice, **options))

    def _feed(self, raw, record=None):
        record = record or self.assignment
        before = record.sudo().message_ids
        with mute_logger("odoo.addons.mail.models.mail_thread"):
            self.env["mail.thread"].with_user(
                self.env.ref("base.user_root")
            ).sudo().with_context(allowed_company_ids=None).message_process(None, raw)
        return record.sudo().message_ids - before

    def _answers(self, partner=None):
        partner = partner or self.partner
        return self.env["task.notice"].search(
            [("partner_id", "=", partner.id), ("marker", "=like", "reply/%")]
        )

    def _link_subject(self, record=None, partner=None):
        link = self.env["task.notice"]._reply_link(
            record or self.assignment, partner or self.partner
        )
        return parse_qs(urlsplit(link).query)["subject"][0]
