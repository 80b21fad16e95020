# SPDX-License-Identifier: LGPL-3.0-or-later
"""Replies by e-mail to notices, through Odoo's mail gateway.

A reply lands as a note on the record the notice was about, under the name and with the
rights of the person the notice went to. That person is told by two things together:
the address it comes from, and something only the mail to that person holds (its
Message-ID, or the signed code of a line's link). The sender's address can be forged:
what keeps a stranger out is the second. Whoever was forwarded the mail and forges its
recipient's address passes, unless the mail server checks SPF, DKIM and DMARC before it
hands a mail over: Odoo learns nothing of that, and so neither do we.
"""

import logging
import re
from urllib.parse import quote

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import consteq, hmac
from odoo.tools.mail import (
    email_normalize,
    email_normalize_all,
    email_split,
    unfold_references,
)

from .task_secret_channels import REGISTER

_logger = logging.getLogger(__name__)

#: Hexadecimal digits of a code: 96 bits, guessed over e-mail only.
CODE_LENGTH = 24
#: A code in a subject, whether true or not.
CODE = re.compile(r"\[(task\.[a-z0-9_.]+)-([0-9]{1,9})-([0-9]{1,9})-([0-9A-Za-z]+)\]")
#: What looks like an address in a header, and what stands in quotes there.
ADDRESS = re.compile(r"[^\s<>()\[\],;:\"]+@[^\s<>()\[\],;:\"]+")
QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
#: Characters of a record's name in the subject of a link.
TITLE_LENGTH = 60
#: What programs write by themselves says so in one of these.
AUTOMATIC_HEADERS = (
    "X-Autoreply",
    "X-Autorespond",
    "X-Autoresponder",
    "List-Id",
    "X-Loop",
)
AUTOMATIC_PRECEDENCE = frozenset(("bulk", "junk", "list", "auto_reply"))
AUTOMATIC_SENDERS = frozenset(
    ("mailer-daemon", "postmaster", "noreply", "no-reply", "donotreply")
)
AUTOMATIC_SUBJECT = re.compile(
    r"^\s*(?:automatic reply|auto(?:matic)?[- ]?reply|out of (?:the )?office"
    r"|trả lời tự động|thư trả lời tự động|vắng mặt)\b",
    re.I,
)


class ReplyPlace:
    """Where notes about a record land: the thread, and the gateway's address."""

    def __init__(self, record, address, thread, title):
        self.env = record.env
        self.address, self.thread, self.title = address, thread, title

    def link(self, partner):
        """The mailto URL for one person (res.partner)."""
        code = self.env["task.notice"]._reply_code(
            self.thread._name, self.thread.id, partner.id
        )
        subject = self.env._("Reply: %(title)s %(code)s", title=self.title, code=code)
        address = quote(self.address, safe="@")
        return f"mailto:{address}?subject={quote(subject, safe='')}"


class TaskNotice(models.Model):
    _inherit = "task.notice"

    # -- where replies go --------------------------------------------------------------
    @api.model
    def _mail_values(self, row, body):
        """Replies go to the mail gateway where there is one and they have somewhere to
        land (on the record, or on one of the lines); else to the company, where a
        person reads them."""
        values = super()._mail_values(row, body)
        company = self.env["res.company"].browse(row["company_id"])
        gateway = company.catchall_formatted
        model = row["res_model"]
        if gateway and (
            not model or self._reply_thread(self.env[model].browse(row["res_id"]))
        ):
            values["reply_to"] = gateway
        return values

    def _reply_about(self):
        """The record this notice is about; empty if it is about several, or none."""
        if self.res_model:
            return self.env[self.res_model].browse(self.res_id)
        lines = self.env["task.urge.line"].search([("urge_id.notice_id", "=", self.id)])
        records = {(line.res_model, line.res_id) for line in lines}
        if len(records) != 1:
            return self.env["task.assignment"]
        model, record_id = records.pop()
        return self.env[model].browse(record_id)

    @api.model
    def _reply_thread(self, record):
        """The record in whose chatter a reply about `record` lands; empty if none.

        It is the record itself, or what it says in `_reply_record()`, or what it hangs
        on. Never a secret document.
        """
        nothing = self.env["task.assignment"]
        if not record or record._name == REGISTER:
            return nothing
        thread = self.env.registry["mail.thread"]
        if hasattr(record, "_reply_record"):
            record = record._reply_record()
        elif not isinstance(record, thread):
            if hasattr(record, "_awaited_thread"):
                record = record._awaited_thread()
            elif hasattr(record, "_thread"):
                record = record._thread()
            elif "assignment_id" in record._fields:
                record = record.assignment_id
        known = isinstance(record, thread) and len(record) == 1
        return record if known and record._name.startswith("task.") else nothing

    @api.model
    def _reply_link(self, record, partner):
        """The link by which a person writes a note on a record from a mail.

        No query but for what is read of the record: call it for each line.

        :param record: what a line is about, in the recipient's language.
        :param partner: the recipient (res.partner). Nobody else may use the link.
        :return: a mailto URL; False if no mail gateway is configured, or notes have
            nowhere to land.
        """
        place = self._reply_place(record)
        return place and place.link(partner)

    @api.model
    def _reply_place(self, record):
        """Where notes about a record of a mail land (a ReplyPlace), the same for all
        who are sent it; False if nowhere."""
        thread = self._reply_thread(record.sudo())
        if not thread:
            return False
        company = (
            thread.company_id if "company_id" in thread._fields else self.env.company
        )
        address = company.alias_domain_id.catchall_email
        if not address:
            return False
        title = " ".join((record.sudo().display_name or "").split())
        if len(title) > TITLE_LENGTH:
            title = title[:TITLE_LENGTH].rstrip() + "…"
        return ReplyPlace(record, address, thread, title)

    @api.model
    def _reply_code(self, model, record_id, partner_id):
        """The code in a link's subject: the record, the recipient, and the proof that
        this database wrote it."""
        return (
            f"[{model}-{record_id}-{partner_id}"
            f"-{self._reply_proof(model, record_id, partner_id)}]"
        )

    @api.model
    def _reply_proof(self, model, record_id, partner_id):
        return hmac(
            self.env(su=True), "task.notice.reply", (model, record_id, partner_id)
        )[:CODE_LENGTH]

    # -- which record a mail is for ----------------------------------------------------
    @api.model
    def _reply_route(self, message, message_dict):
        """The route of a mail that replies to a notice, as `message_route` returns it.

        A reply that cannot be kept has no route: its writer is told, if known.

        :return: None if it is no such reply.
        """
        if message_dict.get("is_bounce") or not self._at_gateway(message_dict):
            return None
        code = CODE.search(message_dict.get("subject") or "")
        notice = self._replied_to(message_dict)
        if not (code or notice):
            return None
        notices = self.with_env(self.env(su=True))
        if self._is_automatic(message, message_dict):
            notices._log_refusal(message_dict, "written by a program")
            return []
        writers = self._reply_writers(message)
        if not writers:
            notices._log_refusal(message_dict, "its sender is not known here")
            return []
        content = notices._reply_content(message, message_dict)
        if not (content.words or content.files or content.too_large):
            notices._log_refusal(message_dict, "it is empty")
            return []
        record, user, refusal = notices._reply_target(code, notice, writers)
        if refusal:
            notices._log_refusal(message_dict, "it may not be kept")
            notices._answer_reply(user, message_dict, content, refusal)
            return []
        message_dict["task_reply"] = content
        self.env["mail.thread"]._routing_reset_bounce(message, message_dict)
        return [(record._name, record.id, None, user.id, None)]

    @api.model
    def _at_gateway(self, message_dict):
        """Whether the mail was written to where replies go."""
        gateways = self.env["mail.alias.domain"].sudo().search([("id", "!=", False)])
        written_to = {
            email_normalize(one) for one in email_split(message_dict["recipients"])
        }
        return bool(written_to & set(gateways.mapped("catchall_email")))

    @api.model
    def _replied_to(self, message_dict):
        """The notice that the mail replies to; empty if none."""
        references = unfold_references(message_dict["references"] or "")
        named = unfold_references(message_dict["in_reply_to"] or "")
        named += references[:-33:-1]  # the nearest first, not without end
        found = self.sudo().search(Domain("message_id", "in", named))
        known = {notice.message_id: notice for notice in found}
        return next((known[one] for one in named if one in known), self.sudo().browse())

    @api.model
    def _is_automatic(self, message, message_dict):
        """Whether a program wrote the mail by itself (RFC 3834 and older habits)."""
        submitted = str(message.get("Auto-Submitted") or "no")
        sender = (email_normalize(message_dict["email_from"]) or "").split("@")[0]
        return (
            submitted.split(";")[0].strip().lower() != "no"
            or any(message.get(header) for header in AUTOMATIC_HEADERS)
            or str(message.get("Precedence") or "").strip().lower()
            in AUTOMATIC_PRECEDENCE
            or str(message.get("Return-Path") or "").strip() == "<>"
            or message.get_content_type() == "multipart/report"
            or sender in AUTOMATIC_SENDERS
            or bool(AUTOMATIC_SUBJECT.match(message_dict.get("subject") or ""))
        )

    @api.model
    def _reply_writers(self, message):
        """The active users whose address the mail comes from: usually one; none if it
        names more than one sender."""
        senders = set()
        for name, raw in message.raw_items():
            if name.lower() == "from":
                # as it was sent: a header that is read leaves out what it cannot read
                senders |= set(map(str.lower, ADDRESS.findall(QUOTED.sub("", raw))))
        senders |= set(email_normalize_all(str(message["From"] or "")))
        users = self.env["res.users"].sudo()
        if len(senders) != 1:
            return users
        return users.search(
            Domain("partner_id.email_normalized", "=", senders.pop())
            & Domain("share", "=", False)
        )

    def _reply_target(self, code, notice, writers):
        """The record a reply is for and the user it is of, and why it is refused (words
        in the user's language) or None.

        :param code: the match of `CODE` in its subject, or None.
        :param writers: the users of the sender's address.
        """
        user = writers[:1]
        speaking = self.with_context(lang=user.lang)
        if code:
            model, record_id, partner_id = code[1], int(code[2]), int(code[3])
            proof = self._reply_proof(model, record_id, partner_id)
            if not consteq(proof, code[4]) or model not in self.env:
                return None, user, speaking.env._("The code in its subject is wrong.")
            record = self.env[model].browse(record_id)
            recipient = self.env["res.partner"].browse(partner_id)
        else:
            record = self._reply_thread(notice._reply_about())
            recipient = notice.partner_id
        ours = writers.filtered(
            lambda one: (
                recipient == one.partner_id
                or (recipient.is_agency and one.task_agency_id == recipient)
            )
        )
        if not ours:
            return (
                None,
                user,
                speaking.env._("The mail you reply to was written to somebody else."),
            )
        user = ours[:1]
        speaking = self.with_context(lang=user.lang)
        if not record:
            words = speaking.env._(
                "That mail is about several things, or about none that takes notes."
                " Open it again and press “Reply by e-mail” beside the line that you"
                " mean, or open the record itself and write there."
            )
            return None, user, words
        record = self._reply_record_of(user, record)
        if not record:
            return None, user, speaking.env._("You may not write notes there now.")
        return record, user, None

    def _reply_record_of(self, user, record):
        """`record` with the user's own rights, if the user may write notes on it."""
        record = record.with_env(
            self.env(
                user=user.id,
                su=False,
                context={
                    "allowed_company_ids": user.company_ids.ids,
                    "lang": user.lang,
                    "tz": user.tz,
                },
            )
        ).exists()
        if not record or not record.has_access("read"):
            return None
        operation = record._mail_get_operation_for_mail_message_operation("create")
        needed = operation.get(record)
        return record if needed and record.has_access(needed) else None

    @api.model
    def _log_refusal(self, message_dict, why):
        _logger.info(
            "The reply %s from %s to a notice is not kept: %s",
            message_dict.get("message_id"),
            message_dict.get("email_from"),
            why,
        )
