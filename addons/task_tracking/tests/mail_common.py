# SPDX-License-Identifier: LGPL-3.0-or-later
from unittest.mock import patch

from odoo.tools import mute_logger

from odoo.addons.base.models.ir_mail_server import IrMail_Server

from .common import START, TaskCase
from .mail_server import MailServer

#: What Odoo logs, as an error, of each mail that fails.
COMPLAINTS = (
    "odoo.addons.mail.models.mail_mail",
    "odoo.addons.base.models.ir_mail_server",
)


class MailCase(TaskCase):
    """The province with a mail server that runs, and Odoo sending in a test."""

    def setUp(self):
        super().setUp()
        self._move_to(START)
        self.server = MailServer().start()
        self.addCleanup(lambda: self.server.stop())
        # the mails of this test are the only ones
        self.env["task.notice"].search([("state", "!=", "sent")]).state = "failed"
        self.env["mail.mail"].search([("state", "=", "outgoing")]).cancel()
        self.env["ir.mail_server"].search([]).active = False
        self.env["ir.mail_server"].create(
            {
                "name": "Máy chủ thư (thử)",
                "smtp_host": "127.0.0.1",
                "smtp_port": self.server.port,
            }
        )
        self.company.email = "vanphong@tinh.example"
        sending = patch.object(IrMail_Server, "_disable_send", return_value=False)
        sending.start()
        self.addCleanup(sending.stop)

    def _send_queue(self):
        """Run the job of Odoo that sends the queue of mails."""
        with mute_logger(*COMPLAINTS):
            self.env["mail.mail"].process_email_queue()

    def _retry(self, **options):
        """Run the job that tries again, then the queue."""
        # commits are not made in a test
        with patch.object(type(self.env["ir.cron"]), "_commit_progress"):
            self.env["task.notice"]._cron_retry(**options)
        self._send_queue()
