# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError


class TaskInspectionReport(models.Model):
    """A report that the inspected agency sent on paper, entered in its place by the
    Office or the team: the signed file is the report, nobody writes words for it."""

    _inherit = "task.inspection.report"

    is_on_paper = fields.Boolean(
        string="Received on paper",
        copy=False,
        help="Entered for the agency by who received it; the signed file is the"
        " report.",
    )
    dated_on = fields.Date(string="Dated", copy=False)
    entered_on = fields.Date(string="Entered on", copy=False)

    def _is_closed(self, field):
        return field.name in (
            "is_on_paper",
            "dated_on",
            "entered_on",
        ) or super()._is_closed(field)

    def _is_begun(self):
        """Whether the agency has written here itself, in sudo."""
        self.ensure_one()
        return bool(self.attachment_ids) or any(
            (text.body or "").strip() != (text.prefill or "").strip()
            for text in self.text_ids
        )

    def _begin_again(self):
        """What came on paper has no words to go on from: the agency begins anew."""
        draft = super()._begin_again()
        if self.is_on_paper:
            draft.attachment_ids.unlink()
            self.env["task.inspection.text"]._prepare_report(draft)
        return draft


class TaskInspectionSubject(models.Model):
    _inherit = "task.inspection.subject"

    can_enter_report = fields.Boolean(compute="_compute_can_enter_report")

    @api.depends_context("uid")
    @api.depends("inspection_id.state", "report_ids.state")
    def _compute_can_enter_report(self):
        for subject in self:
            subject.can_enter_report = not subject._enter_refusal()

    def _enter_refusal(self):
        """Why the caller enters no report that came on paper, or None."""
        if refusal := self.inspection_id._paper_refusal():
            return refusal
        report = self._standing_report().sudo()
        if not report:
            return UserError(self.env._("The agency was not asked for its report yet."))
        if report.state != "draft":
            return UserError(self.env._("The report was sent already."))
        if report._is_begun():
            return UserError(
                self.env._(
                    "The agency is writing its report here: it sends it itself, or"
                    " empties what it began."
                )
            )
        return None

    def action_enter_report(self, received_on, values, file_ids):
        """Enter the report the agency sent on paper; it is told, and the report stands
        as if it had sent it here.

        :param received_on: the day it was received; only the Office enters an earlier
            one than today.
        :param values: dict of number, dated_on, signer_title, signer_name.
        :param file_ids: ids of the signed files, loose attachments of the caller.
        :raise AccessError: if the caller neither prepares the inspection nor is on its
            team, or backdates it.
        :raise UserError: naming what is missing.
        """
        self.ensure_one()
        self._lock()
        if refusal := self._enter_refusal():
            raise refusal
        today = self.company_id._task_today()
        received_on = fields.Date.to_date(received_on) or today
        if received_on > today or received_on < self.asked_on:
            raise UserError(
                self.env._(
                    "It was received between the day it was asked for and today."
                )
            )
        if received_on < today and not (self.env.su or self.env.user._task_is_office()):
            raise AccessError(self.env._("Only the Office enters an earlier day."))
        names = ("number", "dated_on", "signer_title", "signer_name")
        values = {name: values.get(name) for name in names}
        dated_on = fields.Date.to_date(values["dated_on"])
        if dated_on and dated_on > received_on:
            raise UserError(self.env._("The paper's day is after it was received."))
        needed = {
            self.env._("the paper's number"): (values["number"] or "").strip(),
            self.env._("who signed it"): (values["signer_name"] or "").strip(),
            self.env._("the signed file"): file_ids,
        }
        if missing := [words for words, value in needed.items() if not value]:
            raise UserError(
                self.env._(
                    "The report cannot be entered yet. Missing:\n%(missing)s",
                    missing="\n".join(f"– {words}" for words in missing),
                )
            )
        report = self._standing_report().sudo()
        report.text_ids.unlink()
        report.write(
            {
                **values,
                "attachment_ids": [Command.set(file_ids)],
                "state": "sent",
                "is_on_paper": True,
                "sent_on": received_on,
                "sent_by_id": self.env.uid,
                "entered_on": today,
            }
        )
        self.inspection_id._gather()
        report.sudo(self.env.su)._tell(
            self.sudo()._team_users()
            | self.sudo().agency_id._task_heirs().task_user_ids
        )
        return True

    def action_ask_report(self):
        """Open the form that enters a report received on paper."""
        self.ensure_one()
        return (
            self.env["task.inspection.act"]
            .with_context(act="enter_report")
            ._action_ask(subject_id=self.id)
        )
