# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class TaskInspection(models.Model):
    """What is done in an inspection, step by step."""

    _inherit = "task.inspection"

    # -- its end -----------------------------------------------------------------------
    def action_end(self, ended_on=None):
        """Record the day the inspection ended: its conclusion is due from it.

        :param ended_on: the day (today by default), neither before the decision nor
            in the future.
        :raise AccessError: if the caller does not lead the team.
        """
        self.ensure_one()
        self._lock()
        if refusal := self._end_refusal():
            raise refusal
        today = self.company_id._task_today()
        ended_on = fields.Date.to_date(ended_on) or today
        if not self.issued_on <= ended_on <= today:
            raise UserError(
                self.env._(
                    "The inspection ended between the decision (%(first)s) and today.",
                    first=format_date(self.env, self.issued_on),
                )
            )
        self.sudo().write(
            {"state": "ended", "ended_on": ended_on, "end_recorded_on": today}
        )
        self.sudo()._clock_start("inspection_conclusion")
        return True

    # -- the conclusion ----------------------------------------------------------------
    def action_conclude(self):
        """Hand in the conclusion: its limit is met, it goes to the recipients the
        regulation names, with notice to the inspected where it says so.

        :raise AccessError: if the caller does not lead the team.
        :raise UserError: naming everything that is still missing.
        """
        self.ensure_one()
        self._lock()
        if refusal := self._conclude_refusal():
            raise refusal
        if missing := self._missing_to_conclude():
            raise UserError(
                self.env._(
                    "The conclusion cannot be handed in yet. Missing:\n%(missing)s",
                    missing="\n".join(f"– {words}" for words in missing),
                )
            )
        self._conclusion_paper().sudo()._issue()
        if self._gives_notice():
            self.sudo()._notice_papers()._issue()
        self.sudo().write(
            {"state": "concluded", "concluded_on": self.company_id._task_today()}
        )
        self.sudo()._clock_stop("conclusion")
        self._tell_conclusion()
        return True

    def _recipients(self):
        """The prescriptions of whom the conclusion goes to, in the text's order."""
        self.ensure_one()
        return self.regulation_id.sudo()._prescriptions("recipient", self.inspector)

    def _gives_notice(self):
        """Whether the text has the inspected notified with the conclusion."""
        return "inspected" in self._recipients().mapped("code")

    def _conclusion_paper(self):
        papers = self.sudo().paper_ids.filtered(
            lambda paper: paper.kind == "conclusion"
        )
        return papers[:1].sudo(self.env.su)

    def _missing_to_conclude(self):
        """What the conclusion lacks, in words: the prescribed parts, what must be told
        of each failing (Đ16.3b, Đ18.3b, Đ17.3b), number, day, signer and file."""
        one, missing = self.sudo(), []
        for line in one.regulation_id._prescriptions("conclusion", one.inspector):
            texts = one.text_ids.filtered(
                lambda text, line=line: text.prescription_id == line
            )
            if not any((text.body or "").strip() for text in texts):
                missing.append(line.name)
        for finding in one.finding_ids:
            missing += finding._missing()
        paper = one._conclusion_paper()
        missing += paper._missing_signed() if paper else [self.env._("the paper")]
        if one._gives_notice():
            told = one._notice_papers().subject_id
            missing += [
                self.env._("the notice to %(agency)s", agency=agency.display_name)
                for agency in (one.subject_ids - told).agency_id
            ]
        return missing

    def _notice_papers(self):
        return self.paper_ids.filtered(
            lambda paper: paper.kind == "notice" and paper.state == "draft"
        )

    def _tell_conclusion(self):
        """Tell those the conclusion goes to who have users here."""
        one = self.sudo()
        codes = set(one._recipients().mapped("code"))
        groups = {
            "committee": "task_tracking.group_chairman",
            "chairman": "task_tracking.group_chairman",
            "office": "task_tracking.group_office_manager",
        }
        users = self.env["res.users"].sudo()
        for code in codes & set(groups):
            users |= (
                self.env.ref(groups[code])
                .sudo()
                .all_user_ids.filtered(lambda user: one.company_id in user.company_ids)
            )
        if "own_head" in codes:
            head = self.env.ref("task_tracking.group_agency_head").sudo()
            users |= one.inspecting_agency_id.task_user_ids & head.all_user_ids
        if "inspected" in codes:
            users |= one.subject_ids.agency_id.task_user_ids
        self._tell(users)
