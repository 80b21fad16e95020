# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import models
from odoo.tools import SQL


class TaskNotice(models.Model):
    """The mail is also shown in the inbox of who wants to be told there: the same
    message, so that nothing is told twice."""

    _inherit = "task.notice"

    def _show_in_inbox(self, bodies):
        """Show these notices, new and in sudo, to those of their recipients who are
        told in Odoo.

        :param bodies: {marker: body}, of our own making: every word is escaped.
        """
        ringing = {
            notice: notice.mail_mail_id.mail_message_id.id
            for notice in self
            if "inbox" in notice.partner_id.user_ids.mapped("notification_type")
        }
        if not ringing:
            return
        self.env["mail.message"].flush_model()
        self.env.cr.execute(
            SQL(
                "INSERT INTO mail_notification (mail_message_id, res_partner_id,"
                " author_id, notification_type, notification_status, is_read)"
                " VALUES %s",
                SQL(", ").join(
                    SQL(
                        "(%s, %s, %s, 'inbox', 'sent', FALSE)",
                        message_id,
                        notice.partner_id.id,
                        notice.company_id.partner_id.id,
                    )
                    for notice, message_id in ringing.items()
                ),
            )
        )
        # as it is: Odoo would sanitize each again, and most of the time goes there
        self.env.cr.execute(
            SQL(
                "UPDATE mail_message SET body = told.body"
                " FROM (VALUES %s) AS told (id, body) WHERE mail_message.id = told.id",
                SQL(", ").join(
                    (message_id, str(bodies[notice.marker]))
                    for notice, message_id in ringing.items()
                ),
            )
        )
        self.env["mail.message"].invalidate_model(["body", "notification_ids"])
        self.env["mail.notification"].invalidate_model()
