# SPDX-License-Identifier: LGPL-3.0-or-later
from markupsafe import Markup

from odoo import models
from odoo.tools import format_date

from .task_notice import File


class TaskUrge(models.Model):
    """A letter of urging is sent to the heads and officers of the agencies urged, each
    under its own marker, once."""

    _inherit = "task.urge"

    def _send_letter(self):
        """Queue one mail to each person of each agency urged; in sudo."""
        self.ensure_one()
        wanted = []
        for agency in self._kept_lines().agency_id:
            for user in self._letter_readers(agency):
                wanted.append(self._letter_mail(agency, user))
        self.env["task.notice"]._queue(wanted)

    def _letter_readers(self, agency):
        """The people of the agency, or of who took its place, who enter the level."""
        users = agency._task_heir().task_user_ids
        company = self.company_id
        return users.filtered(
            lambda user: (
                user.active
                and company in user.company_ids
                and user.has_group("task_tracking.group_agency_officer")
            )
        )

    def _letter_mail(self, agency, user):
        partner = user.partner_id
        one = self.with_context(lang=partner.lang or self.env.lang)
        return {
            "marker": f"urge/{self.id}/{partner.id}",
            "company": self.company_id,
            "partner": partner,
            "subject": one._letter_mail_subject(),
            "body": one._letter_mail_body(agency, partner),
            "record": self._reply_record(agency),
            "files": self._letter_files(),
        }

    def _reply_record(self, agency=None):
        """Where a reply lands: on the letter; of one to several agencies on the
        assignment of who answers, which the others may not read."""
        agencies = self.agency_ids
        if not agency or len(agencies) <= 1:
            return self
        lines = self._kept_lines().filtered(lambda line: line.agency_id == agency)
        return lines.assignment_id[:1] or self

    def _letter_files(self):
        """The signed files; without any the letter as the system has it."""
        files = self.attachment_ids or self.pdf_id
        return [File(file.name, file.raw, file.mimetype) for file in files]

    def _letter_mail_subject(self):
        return self.env._(
            "Letter %(number)s of %(day)s: %(subject)s",
            number=self.number,
            day=format_date(self.env, self.day),
            subject=self.subject,
        )

    def _letter_mail_body(self, agency, partner):
        """What it is about, of this agency alone, until when an answer is asked, the
        link; plain words for a plain reader."""
        lines = self._printed_lines().filtered(lambda line: line.agency_id == agency)
        items = Markup().join(
            Markup("<p>– %s (%s)</p>")
            % (
                " ".join((line.content or "").split())[:300],
                self._due_words(line),
            )
            for line in lines
        )
        words = [
            Markup("<p>%s</p>")
            % self.env._(
                "%(sender)s urges %(agency)s to do:",
                sender=self.sent_by,
                agency=agency.name,
            ),
            items,
        ]
        if self.answer_by:
            words.append(
                Markup("<p>%s</p>")
                % self.env._(
                    "An answer is asked by %(day)s.",
                    day=format_date(self.env, self.answer_by),
                )
            )
        url = f"{self.get_base_url()}/mail/view?model={self._name}&res_id={self.id}"
        links = [(url, self.env._("Open the letter"))]
        record = self._reply_record(agency).with_env(self.env)
        if reply := self.env["task.notice"]._reply_link(record, partner):
            links.append((reply, self.env._("Reply by e-mail")))
        words.append(
            Markup("<p>%s</p>")
            % Markup(" · ").join(Markup('<a href="%s">%s</a>') % one for one in links)
        )
        return Markup().join(words)

    def _due_words(self, line):
        if not line.anchor_on:
            return self.env._("without a deadline")
        due = format_date(self.env, line.anchor_on)
        if line.days_late:
            return self.env._(
                "due %(due)s, overdue by %(days)s days", due=due, days=line.days_late
            )
        return self.env._("due %(due)s", due=due)
