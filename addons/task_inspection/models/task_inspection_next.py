# SPDX-License-Identifier: LGPL-3.0-or-later
from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_date


def told(sentence, lines=()):
    """`sentence` with the points of `lines` under it, as HTML; every word escaped."""
    items = Markup("").join(Markup("<li>%s</li>") % line for line in lines)
    points = items and Markup('<ul class="mb-0 ps-3">%s</ul>') % items
    return Markup('<p class="mb-1"><strong>%s</strong></p>%s') % (sentence, points)


class TaskInspection(models.Model):
    """What the reader has to do next in an inspection, in plain words: asked anew at
    each reading, by the functions that refuse the acts."""

    _inherit = "task.inspection"

    next_step = fields.Html(
        string="What is next", compute="_compute_next_step", sanitize=False
    )

    @api.depends_context("uid", "lang")
    @api.depends("state")
    def _compute_next_step(self):
        for one in self:
            sentence, lines = one._next_step()
            one.next_step = sentence and told(sentence, lines)

    def _next_step(self):
        """(what the reader does next or waits for, the points still missing)."""
        self.ensure_one()
        if self.state == "cancelled":
            return self.env._("This inspection was cancelled."), []
        if self.state == "closed":
            return self.env._(
                "The dossier was closed on %(day)s.", day=self._next_day("closed_on")
            ), []
        if self.my_subject_id and not self.is_mine:
            return self.my_subject_id._next_step()
        return getattr(self, f"_next_{self.state}")()

    def _next_day(self, name):
        return format_date(self.env, self[name])

    def _next_draft(self):
        missing = self._missing_to_issue()
        if self.can_issue and not missing:
            return self.env._(
                "Everything is there. Read the decision, then issue it."
            ), []
        if self.can_edit and missing:
            return self.env._("Enter what is still missing:"), missing
        if missing:
            return self.env._("It is still being prepared. Missing:"), missing
        if self.inspector == "self":
            return self.env._(
                "Everything is there. The head of the agency issues it."
            ), []
        return self.env._("Everything is there. The Chairman issues it."), []

    def _next_issued(self):
        subjects = self.subject_ids
        if not (self.can_work or self._paper_refusal() is None):
            until = self._next_day("date_to")
            return (
                self.env._("The team is at work until %(day)s.", day=until)
                if until
                else self.env._("The team is at work.")
            ), []
        unasked = subjects.filtered(lambda subject: not subject.asked_on)
        if unasked:
            return self.env._(
                "Ask the inspected agencies for their reports. Not asked yet:"
            ), unasked.agency_id.mapped("name")
        if not self.can_work:
            return self.env._("The team is at work."), self._next_reports()
        if not self.can_end:
            return self.env._(
                "Read the reports, look into the tasks in scope and record what you"
                " find. Recorded so far: %(count)s.",
                count=self.finding_count,
            ), self._next_reports()
        minutes = (
            subjects
            - self.minutes_ids.filtered(
                lambda paper: paper.state == "issued"
            ).subject_id
        )
        if minutes:
            return self.env._(
                "Record what is found and confirm the minutes. No minutes yet of:"
            ), minutes.agency_id.mapped("name")
        return self.env._(
            "When the inspection is over, record the day it ended: the conclusion is"
            " due from that day."
        ), self._next_reports()

    def _next_reports(self):
        """The reports that are still waited for, one line each."""
        return [
            self.env._(
                "the report of %(agency)s, due on %(day)s",
                agency=subject.agency_id.name,
                day=format_date(self.env, subject.report_due_on),
            )
            for subject in self.subject_ids
            if subject.asked_on and not subject.report_sent_on
        ]

    def _next_ended(self):
        due = self._next_day("conclusion_due_on")
        if not self.can_work:
            return self.env._("The team concludes by %(day)s.", day=due), []
        missing = self._missing_to_conclude()
        if not missing:
            return self.env._(
                "Everything is there. The leader of the team hands in the conclusion,"
                " by %(day)s.",
                day=due,
            ), []
        return self.env._(
            "Write the conclusion, due on %(day)s. Still missing:", day=due
        ), missing

    def _next_concluded(self):
        if not self.can_close:
            day = self._next_day("concluded_on")
            return self.env._("It was concluded on %(day)s.", day=day), []
        if missing := [words for _kind, words in self._missing_items()]:
            return self.env._("Complete the dossier. Still missing:"), missing
        return self.env._("The dossier is complete: close it."), []


class TaskInspectionSubject(models.Model):
    """What the inspected agency, or the team, has to do next about its place."""

    _inherit = "task.inspection.subject"

    next_step = fields.Html(
        string="What is next", compute="_compute_next_step", sanitize=False
    )

    @api.depends_context("uid", "lang")
    @api.depends("asked_on", "report_sent_on", "inspection_id.state")
    def _compute_next_step(self):
        for one in self:
            sentence, lines = one._next_step() if one.is_inspected else ("", [])
            one.next_step = sentence and told(sentence, lines)

    def _next_step(self):
        """(what the inspected agency does next or waits for, the points missing)."""
        self.ensure_one()
        if self.minutes_ids.filtered("can_answer"):
            return self.env._(
                "Read the minutes: agree, or object in writing with the reason."
            ), []
        if self.can_report:
            missing = self.report_id._missing()
            due = format_date(self.env, self.report_due_on)
            if missing:
                return self.env._(
                    "Write your agency's report and send it by %(day)s. Not written"
                    " yet:",
                    day=due,
                ), missing
            if not self.can_send:
                return self.env._(
                    "The report is written. The head of the agency sends it, by"
                    " %(day)s.",
                    day=due,
                ), []
            return self.env._("Send the report by %(day)s.", day=due), []
        if self.notice_ids:
            return self.env._("Read the notice of the result."), []
        if self.minutes_ids.filtered(lambda paper: not paper.answer):
            return self.env._(
                "The head of the agency answers the minutes: agrees, or objects."
            ), []
        return self.env._("There is nothing your agency has to do now."), []
