# SPDX-License-Identifier: LGPL-3.0-or-later
from markupsafe import Markup

from odoo import models
from odoo.tools import format_date


class TaskInquiryAnswer(models.Model):
    """Who is asked is told at once: in Odoo, and by one e-mail to each person."""

    _inherit = "task.inquiry.answer"

    def _tell_asked(self, occasion):
        """Tell the people of the agencies that an answer is asked.

        :param occasion: what is told, within the marker: never twice.
        """
        wanted = []
        for one in self.sudo():
            for user in one._people():
                partner = user.partner_id
                said = one.with_context(lang=partner.lang or self.env.lang)
                wanted.append(
                    {
                        "marker": f"inquiry/{one.id}/{occasion}/{partner.id}",
                        "company": one.company_id,
                        "partner": partner,
                        "subject": said._mail_subject(),
                        "body": said._mail_body(),
                        "record": one,
                    }
                )
        told = self.env["task.notice"]._queue(wanted).partner_id
        for one in self:
            # in Odoo those who have it there: the others would get two mails
            users = (
                one.sudo()
                ._people()
                .filtered(
                    lambda user: (
                        user.notification_type == "inbox" and user.partner_id in told
                    )
                )
            )
            one._tell(users)

    def _mail_subject(self):
        return self.env._(
            "Report asked by %(day)s: %(subject)s",
            day=format_date(self.env, self.due_on),
            subject=self.name,
        )

    def _mail_body(self):
        """What is asked, by when, of how many tasks; the link."""
        words = [
            self.env._(
                "%(company)s asks %(agency)s for a report by %(day)s.",
                company=self.company_id.name,
                agency=self.agency_id.name,
                day=format_date(self.env, self.due_on),
            ),
            *(self.question or "").splitlines(),
        ]
        if self.line_ids:
            words.append(
                self.env._("Tasks to report on: %(number)s", number=len(self.line_ids))
            )
        url = f"{self.get_base_url()}/mail/view?model={self._name}&res_id={self.id}"
        link = Markup('<p><a href="%s">%s</a></p>') % (url, self.env._("Answer"))
        paragraphs = (Markup("<p>%s</p>") % word for word in words if word.strip())
        return Markup().join(paragraphs) + link
