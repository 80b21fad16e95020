# SPDX-License-Identifier: LGPL-3.0-or-later
from psycopg2.errors import SerializationFailure

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL


class TaskNotice(models.Model):
    """What becomes of a notice: tried, tried again, given up, kept."""

    _inherit = "task.notice"

    # -- what became of it -----------------------------------------------------------
    @api.model
    def _of_mails(self, mails):
        return self.sudo().search([("mail_mail_id", "in", mails.ids)])

    def _claim(self):
        """Hold this notice and its mail until the end of the transaction.

        :return: False if another worker has them, or had them since this transaction
            began: then nothing was sent here, and nothing shall be.
        """
        self.ensure_one()
        mail = self.mail_mail_id
        lock = SQL(
            "SELECT mail.id FROM task_notice notice"
            " JOIN mail_mail mail ON mail.id = notice.mail_mail_id"
            " WHERE notice.id = %s FOR NO KEY UPDATE SKIP LOCKED",
            self.id,
        )
        try:
            with self.env.cr.savepoint(flush=False):
                self.env.cr.execute(lock, log_exceptions=False)
                held = self.env.cr.fetchall()
        except SerializationFailure:
            return False
        mail.invalidate_recordset(["state"])
        return bool(held)

    def _note_tries(self):
        """Note what became of the tries of these mails, in the transaction that knows
        it."""
        now = fields.Datetime.now()
        for one in self:
            mail = one.mail_mail_id
            if mail.state == "sent":
                one.write(
                    {
                        "state": "sent",
                        "sent_at": now,
                        "tries": one.tries + 1,
                        "next_try_at": False,
                    }
                )
            elif mail.state != "outgoing":
                one.write(one._failed_values(mail, now))

    def _failed_values(self, mail, now):
        """How this notice stands after a failed try: tried again after a pause, or
        given up."""
        company = self.company_id
        over = now >= company._task_notice_given_up(self.trying_since)
        reason = mail.failure_reason
        if mail.state == "cancel":
            over, reason = True, self.env._("Cancelled in the queue of mails.")
        return {
            "state": "failed" if over else "delayed",
            "tries": self.tries + 1,
            "failure": reason,
            "next_try_at": not over and now + company._task_notice_pause(self.tries),
        }

    # -- trying again ----------------------------------------------------------------
    @api.model
    def _cron_retry(self, batch_size=200):
        """Put what failed back into the queue when its pause is over.

        At most `batch_size` a run: what gathered while the mail server was away does
        not go out at once when it is back.
        """
        notices = self.sudo()
        # what failed without a word: an error of the database, a cancelled mail
        unnoted = notices.search(
            [("state", "=", "queued"), ("mail_mail_id.state", "!=", "outgoing")],
            limit=batch_size,
            order="id",
        )
        unnoted.try_lock_for_update(allow_referencing=True)._note_tries()
        due = notices.search(
            [("state", "=", "delayed"), ("next_try_at", "<=", fields.Datetime.now())],
            limit=batch_size,
            order="next_try_at, id",
        )
        due = due.try_lock_for_update(allow_referencing=True)
        due._put_back()
        # none remaining: what is over the batch waits for the next run
        self.env["ir.cron"]._commit_progress(len(due), remaining=0)

    def _put_back(self):
        if self:
            self.mail_mail_id.write({"state": "outgoing"})
            self.write({"state": "queued", "next_try_at": False})
            self._wake_queue()

    def action_try_again(self):
        """Try now, and as many days as at the beginning.

        :raise AccessError: if the caller neither manages the Office nor administers.
        :raise UserError: if it was sent, or waits for its turn already.
        """
        self._lock()
        for one in self:
            refusal = one._try_again_refusal()
            if refusal:
                raise refusal
        notices = self.sudo()
        notices.write({"trying_since": fields.Datetime.now()})
        notices._put_back()
        return True

    def _try_again_refusal(self):
        """Why the current user may not have this tried again: an exception, or None."""
        user = self.env.user
        if not (
            self.env.su
            or user._task_is_manager()
            or user.has_group("task_tracking.group_admin")
        ):
            return AccessError(self.env._("Only an Office manager does this."))
        if self.state not in ("delayed", "failed"):
            return UserError(
                self.env._("It was sent, or waits for its turn to be sent.")
            )
        return None

    # -- keeping ---------------------------------------------------------------------
    @api.autovacuum
    def _gc_sent_mails(self, batch_size=1000):
        """Delete the texts and files of what arrived long ago; the notice itself, who
        was told what and when, is kept."""
        notices = self.sudo()
        companies = self.env["res.company"].sudo().search([("active", "=", True)])
        before = {
            company.id: fields.Datetime.subtract(
                fields.Datetime.now(), days=company.task_notice_keep_days
            )
            for company in companies
        }
        old = notices.search(
            Domain("mail_mail_id", "!=", False)
            & Domain.OR(
                Domain("company_id", "=", company_id) & Domain("sent_at", "<", moment)
                for company_id, moment in before.items()
            ),
            limit=batch_size,
            order="sent_at",
        )
        mails = old.mail_mail_id
        old.write({"mail_mail_id": False})
        old.flush_recordset()
        mails.unlink()
        return len(old), len(old) == batch_size
