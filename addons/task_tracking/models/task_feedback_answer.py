# SPDX-License-Identifier: LGPL-3.0-or-later
"""How a feedback is answered: a letter of urging, a leader's direction, or that it is
unfounded. The words kept with it are Vietnamese, whatever the reader's language."""

from odoo import Command, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from .task_assignment import OPEN_STATES
from .task_feedback import OFFICE
from .task_feedback_rights import _same

#: What the reported agency reads of what was reported, after the task.
KIND_WORDS = {
    "late": "không đúng thời hạn",
    "wrong": "không đúng yêu cầu",
    "both": "không đúng thời hạn, không đúng yêu cầu",
}
UNFOUNDED = "Qua kiểm tra, xác minh: thông tin phản hồi không có cơ sở."


class TaskFeedback(models.Model):
    _inherit = "task.feedback"

    letter_ids = fields.Many2many(
        "task.urge",
        compute="_compute_letters",
        string="Letters of urging",
        groups=OFFICE,
    )
    share_ids = fields.One2many(
        "task.feedback.share",
        "feedback_id",
        string="Told to the agencies reported",
        groups=OFFICE,
    )

    # -- letters -----------------------------------------------------------------------
    def _letters(self, *states):
        """The letters of urging that were drafted from these, of all `states` or of
        those given; in sudo."""
        states = states or ("draft", "done")
        return (
            self.env["task.urge"]
            .sudo()
            .search(
                [
                    ("origin_model", "=", self._name),
                    ("origin_id", "in", self.ids),
                    ("state", "in", states),
                ]
            )
        )

    def _compute_letters(self):
        by_feedback = self._letters().sudo(False).grouped("origin_id")
        for one in self:
            one.letter_ids = by_feedback.get(one.id)

    def action_urge(self):
        """Draft the letter of urging to the agencies of the linked tasks and open it,
        or the drafts that are there.

        The feedback is answered when the letter is issued.

        :raise AccessError: if the caller does not follow this.
        :raise UserError: if no open task is linked, or another way was begun.
        """
        self.ensure_one()
        self._guard("_handle_refusal")
        if drafts := self._letters("draft").sudo(self.env.su):
            return drafts._get_records_action()
        self._guard("_answer_refusal")
        self._check_linked()
        if not self.assignment_ids:
            raise UserError(
                self.env._("Link the tasks it is about first: a letter urges them.")
            )
        running = self.assignment_ids.filtered(lambda one: one.state in OPEN_STATES)
        if not running:
            raise UserError(
                self.env._(
                    "All tasks linked are completed or withdrawn: there is nothing to"
                    " urge. Answer it in words as unfounded, or put it to the leader."
                )
            )
        self._take_over()
        drafts = self.env["task.urge"]._draft_letter(running, origin=self)
        return drafts._get_records_action()

    def _urge_issued(self, urge):
        """A letter drafted from this was issued: the feedback is answered by it, on
        the day of the letter. A further letter is added to the answer."""
        for one in self:
            if one.state not in ("open", "urged"):
                continue
            one._clock_stop("urge", urge.day)
            urged = urge._kept_lines().agency_id
            agencies = ", ".join(urged.mapped("name"))
            words = (
                f"Văn phòng đã ban hành văn bản số {urge.number or ''}"
                f" ngày {one._day_words(urge.day)} đôn đốc"
            )
            one._keep_files(urge.attachment_ids or urge.pdf_id)
            one._finish(
                "urged",
                urge.day,
                f"{words} {agencies}.",
                f"{words}.",
                urged,
            )

    def _keep_files(self, files):
        """Copies for who reported: the letter itself is not theirs to open."""
        copies = self.env["ir.attachment"].create(
            [
                {
                    "name": file.name,
                    "raw": file.raw,
                    "mimetype": file.mimetype,
                    "res_model": self._name,
                    "res_id": self.id,
                }
                for file in files
            ]
        )
        self.answer_file_ids = [Command.link(copy.id) for copy in copies]

    # -- unfounded ---------------------------------------------------------------------
    def action_unfounded(self):
        """Verification found that it does not hold; `draft_answer` says why, and is
        told to who reported.

        The text names a letter or a submission only: an answer in words ends the
        limit as well (our reading).

        :raise UserError: if the answer is empty, or another way was begun.
        """
        self._guard("_answer_refusal")
        for one in self:
            one._check_linked()
            if not (one.sudo().draft_answer or "").strip():
                raise UserError(self.env._("Write the reason in the answer first."))
            one._take_over()
            one.sudo()._clock_stop("urge")
            one.sudo()._finish("unfounded", one.company_id._task_today(), "", UNFOUNDED)
        return True

    # -- both are told -----------------------------------------------------------------
    def _take_over(self):
        """Who begins to answer what nobody follows, follows it."""
        if not self.followed_by_id and not self.env.su:
            self.sudo().followed_by_id = self.env.user

    def _finish(self, state, day, words, told, agencies=None):
        """Keep the answer and tell both sides, each on its own record; in sudo.

        :param words: what is added to the answer to who reported.
        :param told: what the reported agencies read of the outcome.
        :param agencies: those told; by default those of the tasks linked, or, where
            none is (or it is unfounded), the one reported.
        """
        self.ensure_one()
        # of a further letter what was answered already
        written = (self.answer or self.draft_answer or "").strip()
        answer = "\n".join(filter(None, (written, words)))
        self.write(
            {
                "state": state,
                "answer": answer,
                "answered_on": self.answered_on or day,
                "answered_by_id": self.answered_by_id.id or self.env.uid,
            }
        )
        self._tell(self.agency_id.task_user_ids)
        if agencies is None:
            agencies = self.assignment_ids.agency_id
            if state == "unfounded" or not agencies:
                agencies |= self.reported_id
        for agency in agencies - self.agency_id:
            self._share(agency, day, told)

    def _share(self, agency, day, told):
        """Let `agency` read what concerns it, and tell it."""
        tasks = self.assignment_ids.filtered(lambda one: one.agency_id == agency)
        named = self._regulation()._policy("feedback_names_reporter")
        share = self.env["task.feedback.share"].with_context(
            mail_create_nolog=True, mail_create_nosubscribe=True
        )
        share = share.create(
            {
                "feedback_id": self.id,
                "company_id": self.company_id.id,
                "agency_id": agency.id,
                "reporter_id": self.agency_id.id if named else False,
                "assignment_ids": [Command.set(tasks.ids)],
                "text": (self.told_text or "").strip() or self._neutral_words(tasks),
                "outcome": self.state,
                "result": told,
                "day": day,
            }
        )
        share.message_subscribe((self.followed_by_id or self.env.user).partner_id.ids)
        users = agency.task_user_ids
        if self.state == "urged":
            # the letter itself came to the others by e-mail
            users = users.filtered(lambda user: user.notification_type == "inbox")
        if self.state != "directed" or not tasks:
            # of a direction on its tasks it is told there
            share._tell(users)

    def _neutral_words(self, tasks):
        """What the reported agency reads where the Office wrote nothing: of the task,
        not of the reporter's words, which may tell whose they are."""
        names = "; ".join(f"“{one.content}”" for one in tasks)
        return (
            "Văn phòng nhận được thông tin phản hồi về việc triển khai thực hiện nhiệm"
            f" vụ {names or 'được giao'} {KIND_WORDS[self.kind]}."
        )

    def _told_words(self):
        """Who reported is told the answer; the Office what was reported."""
        if self.state in ("draft", "open", "withdrawn"):
            return self.text
        return self.answer or self.display_name

    def _day_words(self, day):
        return format_date(self.env, day, date_format="dd/MM/yyyy") if day else ""


class TaskUrge(models.Model):
    """A letter that a feedback brought about says to no agency who gave it."""

    _inherit = "task.urge"

    # that there is feedback, and which, is the Office's to know
    origin_model = fields.Char(groups=OFFICE)
    origin_id = fields.Many2oneReference(groups=OFFICE)

    def _missing_to_issue(self):
        missing = super()._missing_to_issue()
        origin = self._origin_record()
        if origin is None or origin._name != "task.feedback":
            return missing
        # the text wants a letter within days from the receipt (BG, KH Đ18.5): one that
        # was there before is no answer to it, and would stop the limit unbegun
        if self.day and origin.received_on and self.day < origin.received_on:
            missing.append(
                self.env._(
                    "a day from %(day)s on: the feedback it answers was received then",
                    day=format_date(self.env, origin.received_on),
                )
            )
        if origin._regulation()._policy("feedback_names_reporter"):
            return missing
        one, reporter = self.sudo(), origin.agency_id.name or ""
        words = (one.recipients, one.subject, one.body, one.request)
        if any(_same(reporter) in _same(text) for text in words):
            missing.append(
                self.env._(
                    "words (“recipients” too) without %(agency)s: the agency urged is"
                    " not told who gave the feedback. It gets a copy by itself",
                    agency=reporter,
                )
            )
        return missing
