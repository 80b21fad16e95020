# SPDX-License-Identifier: LGPL-3.0-or-later
"""What a reply by e-mail says, and what becomes of it: see `task_notice_reply.py`."""

import hashlib
from collections import namedtuple

from markupsafe import Markup

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import plaintext2html

from ..logic.quoted import own_html, own_words, unfold

#: Answers to one person a day, so that two programs do not write to each other.
ANSWERS = 3
#: The first of these that a record has names who is told of a reply.
TOLD = ("specialist_id", "followed_by_id", "issued_by_id")
#: What a reply holds: words (safe HTML), files as Odoo's attachments, and the names of
#: files that are too large.
Content = namedtuple("Content", "words files too_large")


class TaskNotice(models.Model):
    _inherit = "task.notice"

    # -- what it says ------------------------------------------------------------------
    @api.model
    def _reply_content(self, message, message_dict):
        """What the person wrote above, or between, what the mail program quoted, and
        the files, a `Content`."""
        html = any(
            part.get_content_type() == "text/html" and not part.get_filename()
            for part in message.walk()
        )
        if html:
            words = Markup(own_html(str(message_dict.get("body") or "")))  # noqa: S704
        else:
            text = own_words("\n".join(map(_plain_text, _plain_parts(message))))
            words = plaintext2html(text) if text.strip() else ""
        files, too_large = [], []
        limit = self.env["ir.attachment"]._task_file_limit()
        for name, content, info in message_dict.get("attachments") or ():
            info = info or {}
            cid = info.get("cid")
            if cid and html and f"cid:{cid}" not in words and _is_picture(name):
                continue  # of the quoted mail, or of a signature
            name = self.env["ir.attachment"]._task_file_name(name)
            if _size(content) > limit:
                too_large.append(name)
            else:
                files.append((name, content, info))
        return Content(words, files, too_large)

    # -- kept, or told why not ---------------------------------------------------------
    @api.model
    def _post_reply(self, message_dict, routes):
        """Keep a reply as a note of its writer, with the writer's own rights, and tell
        who follows the task."""
        content = message_dict["task_reply"]
        ((model, record_id, _values, user_id, _alias),) = routes
        user = self.env["res.users"].sudo().browse(user_id)
        notices = self.with_env(self.env(su=True))
        record = notices._reply_record_of(user, self.env[model].browse(record_id))
        words = content.words
        if content.too_large:
            left_out = self._too_large_words(record.env, content)
            words += Markup("<p>%s</p>") % left_out
        record.message_post(
            body=words,
            message_type="email",
            subtype_xmlid="mail.mt_note",
            author_id=user.partner_id.id,
            message_id=message_dict["message_id"],
            partner_ids=notices._reply_told(record, user).partner_id.ids,
            attachments=content.files,
        )
        if content.too_large:
            notices._answer_reply(user, message_dict, content, left_out, kept=True)
        return record_id

    @api.model
    def _too_large_words(self, env, content):
        return env._(
            "Left out because larger than the limit: %(files)s.",
            files=", ".join(content.too_large),
        )

    @api.model
    def _reply_told(self, record, user):
        """Who is told of a reply of `user`: who follows the record, or issued it."""
        told = next((name for name in TOLD if name in record._fields), None)
        if not told:
            return user.browse()
        return (record.sudo()[told] - user).filtered(
            lambda one: one.active and record._is_chatter_reader(one)
        )

    @api.model
    def _answer_reply(self, user, message_dict, content, words, *, kept=False):
        """Tell a person what became of the reply, once for each reply, and not without
        end. What was written is in the answer: nothing is lost."""
        today = user.company_id._task_today()
        scope = f"reply/{user.partner_id.id}/{today}/"
        told = Domain("partner_id", "=", user.partner_id.id)
        if self.search_count(told & Domain("marker", "=like", f"{scope}%")) >= ANSWERS:
            return
        company = user.company_id
        speaking = self.with_context(lang=user.lang)
        replied = message_dict.get("subject") or ""
        name = hashlib.sha256(message_dict["message_id"].encode()).hexdigest()[:24]
        values = {
            "said": speaking.env._(
                "Your reply “%(subject)s” was kept.", subject=replied
            )
            if kept
            else speaking.env._(
                "Your reply “%(subject)s” was not recorded.", subject=replied
            ),
            "why": words,
            "yours": speaking.env._("What you wrote:"),
            "words": content.words,
            "files": speaking.env._(
                "Files, to be attached again: %(files)s",
                files=", ".join(
                    [file[0] for file in content.files] + content.too_large
                ),
            ),
            "is_kept": kept,
            "has_files": bool(content.files or content.too_large),
        }
        speaking._queue(
            [
                {
                    "marker": scope + name,
                    "company": company,
                    "partner": user.partner_id,
                    "subject": speaking.env._("About your reply: %s", replied),
                    "body": self.env["ir.qweb"]._render(
                        "task_tracking.reply_answer", values
                    ),
                }
            ]
        )


def _plain_parts(message):
    """The parts of a mail that are its plain text."""
    for part in message.walk():
        if part.get_content_type() == "text/plain" and not (
            part.get_filename()
            or str(part.get("Content-Disposition") or "").startswith("attachment")
        ):
            yield part


def _plain_text(part):
    text = part.get_content()
    if str(part.get_param("format") or "").lower() == "flowed":
        delsp = str(part.get_param("delsp") or "").lower() == "yes"
        text = unfold(text, delsp=delsp)
    return text


def _is_picture(name):
    return (name or "").lower().endswith((".png", ".jpg", ".jpeg", ".gif", ".bmp"))


def _size(content):
    if isinstance(content, str):
        return len(content.encode())
    if hasattr(content, "as_bytes"):
        return len(content.as_bytes())
    return len(content or b"")
