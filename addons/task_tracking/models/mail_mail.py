# SPDX-License-Identifier: LGPL-3.0-or-later
import logging
from smtplib import SMTPException

from odoo import models
from odoo.tools import exception_to_unicode

_logger = logging.getLogger(__name__)


class MailMail(models.Model):
    """What Odoo's queue of mails lacks for notices (`task.notice`).

    Odoo commits after each mail, and the state "outgoing" goes only together with the
    outcome: a job that is killed sends that mail again, and loses none. But

    - the mail is not locked before it is sent (the change of its state waits in
      memory), so two workers may both send it: each notice is claimed first;
    - a server that hangs up ends the whole run, and the mail it hung up on stays in
      the state "exception", which nothing ever tries again: the notice notes it, and
      the others go on in a new session.
    """

    _inherit = "mail.mail"

    def _send(
        self,
        auto_commit=False,
        raise_exception=False,
        smtp_session=None,
        alias_domain_id=False,
        mail_server=False,
        post_send_callback=None,
    ):
        notices = self.env["task.notice"]._of_mails(self)
        ours = notices.mail_mail_id & self
        if not ours or self.env["ir.mail_server"]._disable_send():
            return super()._send(
                auto_commit=auto_commit,
                raise_exception=raise_exception,
                smtp_session=smtp_session,
                alias_domain_id=alias_domain_id,
                mail_server=mail_server,
                post_send_callback=post_send_callback,
            )
        options = {
            "auto_commit": auto_commit,
            "raise_exception": raise_exception,
            "alias_domain_id": alias_domain_id,
            "mail_server": mail_server,
            "post_send_callback": post_send_callback,
        }
        session = NoticeSession(self.env["ir.mail_server"], mail_server, smtp_session)

        def send(mails):
            smtp = session.open()
            super(MailMail, mails)._send(smtp_session=smtp, **options)  # noqa: UP008

        try:
            for notice in notices.sorted("id"):
                notice._send_mail(send, options)
            others = self - ours
            if others:
                send(others)
        finally:
            session.close()
        return True

    def _postprocess_sent_message(self, *args, **kwargs):
        self.env["task.notice"]._of_mails(self)._note_tries()
        return super()._postprocess_sent_message(*args, **kwargs)


class NoticeSession:
    """The session with the mail server that the queue opened, opened anew if the server
    ended it."""

    def __init__(self, servers, server, smtp):
        self.servers = servers
        self.server = server
        self.given = self.smtp = smtp
        self.trouble = None

    def open(self):
        """The session, in which something can be sent.

        :raise Exception: of the mail server's, if it could not be reached again; it is
            not asked once more for each mail, which may take a minute each time.
        """
        if self.trouble:
            raise self.trouble
        if self.smtp is not None and getattr(self.smtp, "sock", True) is None:
            try:
                self.smtp = self.servers._connect__(
                    mail_server_id=self.server.id if self.server else False,
                    smtp_from=self.smtp.smtp_from,
                )
            except OSError as error:
                self.trouble = error
                raise
        return self.smtp

    def close(self):
        """End the session if it is ours: who opened the other one ends it."""
        if self.smtp is not self.given:
            try:
                self.smtp.quit()
            except SMTPException as error:
                _logger.info("The mail server had hung up: %s", error)


class TaskNotice(models.Model):
    _inherit = "task.notice"

    def _send_mail(self, send, options):
        """Send the mail of this notice, unless another worker does or did.

        :param send: Odoo's own code, called with the mail.
        :param options: of `mail.mail._send`.
        A server that hangs up, or cannot be reached again, fails this notice only.
        """
        if not self._claim():
            return
        mail = self.mail_mail_id
        try:
            send(mail)
        except OSError as error:  # what smtplib raises, and the network
            _logger.info("Notice %s: %s", self.id, error)
            mail.write(
                {
                    "state": "exception",
                    "failure_type": "mail_smtp",
                    "failure_reason": exception_to_unicode(error),
                }
            )
            self._note_tries()
            if options["post_send_callback"]:
                options["post_send_callback"](mail.ids)
            if options["auto_commit"]:
                self.env.cr.commit()  # pylint: disable=invalid-commit
            if options["raise_exception"]:
                raise
