# SPDX-License-Identifier: LGPL-3.0-or-later
import logging
from collections import namedtuple

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, Command, api, fields, models
from odoo.tools import SQL, split_every
from odoo.tools.mail import generate_tracking_message_id

from .insert_rows import insert_rows

_logger = logging.getLogger(__name__)

#: Mails made in one statement.
BATCH = 200
#: RFC 3834: an absent person's mail program does not answer these.
HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}

#: A file that a notice carries: its name, content (bytes) and MIME type. Who receives
#: the notice must be allowed to read it: who queues it answers for that.
File = namedtuple("File", "name content mimetype")
#: Who reads what a notice says; of it the administrator sees that it arrived.
READERS = "task_tracking.group_office_manager"


class TaskNotice(models.Model):
    """One e-mail to one person, queued once.

    The marker says what is told, to whom and on what occasion. It is unique and written
    in the same transaction as the mail: whoever runs the same job again, or at the same
    time, queues nothing twice; a killed job left both or neither.

    Odoo's mail queue sends the mail (`mail_mail.py` says what we add there) under the
    Message-ID given here, the same in every try, so that a mail program shows one mail
    even if the job was killed between the server's answer and our commit. What failed
    is tried again with growing pauses, and after some days shown as failed, with the
    reason, to the Office.
    """

    _name = "task.notice"
    _description = "Notice by e-mail"
    _inherit = ["task.closed.mixin", "task.secret.channel.mixin"]
    _order = "id desc"
    _rec_name = "subject"
    _rec_names_search = ["partner_id.name"]

    marker = fields.Char(
        required=True,
        readonly=True,
        help="What is told, to whom and on what occasion. Nothing is queued twice under"
        " the same marker.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="restrict"
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Recipient",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    email = fields.Char(related="partner_id.email", string="Address")
    # the administrator sees whether mails arrive, not the tasks they tell of
    subject = fields.Char(required=True, readonly=True, groups=READERS)
    body_html = fields.Html(
        string="Text",
        compute="_compute_content",
        compute_sudo=True,
        sanitize=True,
        groups=READERS,
    )
    file_names = fields.Char(
        string="Files", compute="_compute_content", compute_sudo=True, groups=READERS
    )
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", readonly=True
    )
    mail_mail_id = fields.Many2one(
        "mail.mail",
        string="Mail",
        readonly=True,
        index="btree_not_null",
        # what has not arrived is not deleted from the queue
        ondelete="restrict",
        groups=fields.NO_ACCESS,
    )
    message_id = fields.Char(
        string="Message-ID",
        readonly=True,
        index="btree_not_null",
        help="The same for every try: a mail program shows one mail.",
    )
    state = fields.Selection(
        [
            ("queued", "Waiting to be sent"),
            ("delayed", "Will be tried again"),
            ("sent", "Sent"),
            ("failed", "Failed"),
        ],
        required=True,
        readonly=True,
    )
    queued_at = fields.Datetime(string="Queued", required=True, readonly=True)
    trying_since = fields.Datetime(
        required=True,
        readonly=True,
        help="From here the days are counted after which it is given up.",
    )
    sent_at = fields.Datetime(string="Sent at", readonly=True)
    tries = fields.Integer(readonly=True, aggregator=None)
    failure = fields.Text(
        string="Last failure", readonly=True, help="What the mail server answered."
    )
    next_try_at = fields.Datetime(string="Next try", readonly=True)
    can_try_again = fields.Boolean(compute="_compute_can_try_again")

    _marker_uniq = models.UniqueIndex("(marker)", "This notice is queued already.")
    _not_arrived_idx = models.Index(
        "(state, next_try_at, id) WHERE state IN ('queued', 'delayed', 'failed')"
    )
    _kept_idx = models.Index("(sent_at) WHERE mail_mail_id IS NOT NULL")

    @api.depends("mail_mail_id")
    def _compute_content(self):
        for one in self:
            mail = one.mail_mail_id
            one.body_html = mail.body_html
            one.file_names = ", ".join(mail.attachment_ids.mapped("name"))

    @api.depends_context("uid")
    @api.depends("subject", "partner_id")
    def _compute_display_name(self):
        reads = self.env.su or self.env.user.has_group(READERS)
        for one in self:
            one.display_name = one.subject if reads else one.partner_id.name

    @api.depends_context("uid")
    @api.depends("state")
    def _compute_can_try_again(self):
        for one in self:
            one.can_try_again = not one._try_again_refusal()

    # -- queueing --------------------------------------------------------------------
    @api.model
    def _unqueued(self, markers):
        """Those of `markers` under which nothing is queued, in order: asked first, it
        spares the caller the making of what would be left alone."""
        markers = list(dict.fromkeys(markers))
        found = set()
        for some in split_every(1000, markers):
            found.update(
                self.sudo().search([("marker", "in", list(some))]).mapped("marker")
            )
        return [marker for marker in markers if marker not in found]

    @api.model
    def _queue(self, values):
        """Queue a mail for each of `values` that is not queued yet; what is queued
        already is left alone, whatever it says.

        :param values: dicts of `marker` (str), `company` (res.company), `partner`
            (res.partner), `subject` (str), `body` (HTML, in the recipient's language),
            and if need be `record` (what it is about) and `files` (list of `File`).
        :return: the notices that are new, in sudo.
        """
        values = {one["marker"]: one for one in values}
        fresh = self.sudo().browse()
        # all in the same order: two at once wait for each other, and do not block
        for markers in split_every(BATCH, sorted(values)):
            fresh |= self._queue_some([values[marker] for marker in markers])
        if fresh:
            self._wake_queue()
        return fresh

    @api.model
    def _queue_some(self, values):
        # the system's own mails, whoever's act brought them about, free of what the
        # caller's context would put into them
        system = self.with_env(self.env(user=SUPERUSER_ID, su=True, context={}))
        values = {one["marker"]: one for one in values}
        rows = [
            self._notice_row(values[marker], system.env)
            for marker in system._unqueued(values)
        ]
        # the mails first: each notice is written once, with its mail
        mails = system.env["mail.mail"].create(
            [system._mail_values(row, values[row["marker"]]["body"]) for row in rows]
        )
        for row, mail in zip(rows, mails, strict=True):
            row["mail_mail_id"] = mail.id
        notices = system._insert(rows)
        # of what another worker queued at this moment there is a mail already
        (mails - notices.mail_mail_id).unlink()
        for notice in notices:
            notice._own_files(values[notice.marker].get("files") or ())
        notices._refuse_register()
        return notices.with_env(self.env).sudo()

    @api.model
    def _notice_row(self, one, env):
        record = one.get("record")
        return {
            "marker": one["marker"],
            "company_id": one["company"].id,
            "partner_id": one["partner"].id,
            "subject": one["subject"],
            "res_model": record._name if record else None,
            "res_id": record.id if record else None,
            "message_id": generate_tracking_message_id("task.notice"),
            "state": "queued",
            "queued_at": fields.Datetime.now(),
            "trying_since": fields.Datetime.now(),
            "tries": 0,
            "create_uid": env.uid,
            "write_uid": env.uid,
            "create_date": fields.Datetime.now(),
            "write_date": fields.Datetime.now(),
        }

    @api.model
    def _insert(self, rows):
        """Insert the rows whose marker is free; return their notices.

        A transaction does not see what another one queued since it began, and
        PostgreSQL refuses the whole statement then: row by row, that one is left out.
        """
        try:
            with self.env.cr.savepoint(flush=False):
                return self._insert_rows(rows)
        except SerializationFailure:
            notices = self.browse()
        for row in rows:
            try:
                with self.env.cr.savepoint(flush=False):
                    notices |= self._insert_rows([row])
            except SerializationFailure:
                _logger.info("%s is queued by another worker", row["marker"])
        return notices

    @api.model
    def _insert_rows(self, rows):
        free = SQL("ON CONFLICT (marker) DO NOTHING RETURNING id")
        found = insert_rows(self, rows, free, log_exceptions=False)
        return self.browse(id_ for (id_,) in found)

    @api.model
    def _mail_values(self, row, body):
        """The mail of a notice.

        It names no record: whoever reads a record reads the messages on it, and this
        one is for its recipient alone.

        :param row: of the notice (`_notice_row`).
        :param body: HTML.
        """
        company = self.env["res.company"].browse(row["company_id"])
        sender = company.email_formatted
        return {
            "message_type": "email_outgoing",
            "message_id": row["message_id"],
            "subject": row["subject"],
            "body_html": body,
            "author_id": company.partner_id.id,
            "email_from": sender,
            "reply_to": sender,
            "recipient_ids": [Command.link(row["partner_id"])],
            "headers": repr(HEADERS),
            "is_internal": True,
            "record_company_id": company.id,
            "record_alias_domain_id": company.alias_domain_id.id,
            # Odoo would delete what has no valid address as well, before it is seen
            "auto_delete": False,
        }

    def _own_files(self, files):
        """Attach copies of their own (the same content is stored once), which go
        where the mail goes."""
        if not files:
            return
        message = self.mail_mail_id.mail_message_id
        attachments = self.env["ir.attachment"].create(
            [
                {
                    "name": file.name,
                    "raw": file.content,
                    "mimetype": file.mimetype,
                    "res_model": message._name,
                    "res_id": message.id,
                }
                for file in files
            ]
        )
        message.attachment_ids = [Command.set(attachments.ids)]

    @api.model
    def _wake_queue(self):
        """Let Odoo send what waits as soon as this is committed."""
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    # -- reading -----------------------------------------------------------------------
    def action_open_record(self):
        """Open what the notice is about (the reader's rights apply there)."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }
