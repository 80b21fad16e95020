# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from .task_inspection import CONCLUDED


class TaskInspection(models.Model):
    """The end of an inspection and its conclusion."""

    _inherit = "task.inspection"

    can_correct_end = fields.Boolean(compute="_compute_can_follow")
    can_prepare_notices = fields.Boolean(compute="_compute_can_follow")
    can_make_directive = fields.Boolean(compute="_compute_can_follow")

    # -- its end -----------------------------------------------------------------------
    def action_end(self, ended_on=None):
        """Record the day the inspection ended: its conclusion is due from it.

        :param ended_on: the day (today by default), neither before the decision nor
            in the future; it may be recorded later than it was.
        :raise AccessError: if the caller does not lead the team.
        """
        self.ensure_one()
        self._lock()
        if refusal := self._end_refusal():
            raise refusal
        today = self.company_id._task_today()
        self.sudo().write(
            {
                "state": "ended",
                "ended_on": self._check_end(ended_on or today),
                "end_recorded_on": today,
            }
        )
        self.sudo()._clock_start("inspection_conclusion")
        return True

    def _check_end(self, day):
        """
        :return: `day` as a date.
        :raise UserError: if the inspection cannot have ended on it.
        """
        day = fields.Date.to_date(day)
        if not self.issued_on <= day <= self.company_id._task_today():
            raise UserError(
                self.env._(
                    "The inspection ended between the decision (%(first)s) and today.",
                    first=format_date(self.env, self.issued_on),
                )
            )
        return day

    def action_correct_end(self, ended_on, reason):
        """Correct the day the inspection ended, until it is concluded: the limit is
        counted anew, the former one is kept, cancelled for the reason.

        :param ended_on: the right day.
        :raise AccessError: if the caller does not lead the team.
        :raise UserError: without a reason, or for a day that cannot be.
        """
        self.ensure_one()
        self._lock()
        if refusal := self._correct_end_refusal():
            raise refusal
        reason = " ".join((reason or "").split())
        if not reason:
            raise UserError(self.env._("Write why the day is corrected."))
        day, before = self._check_end(ended_on), self.ended_on
        if day == before:
            raise UserError(self.env._("This day is recorded already."))
        one = self.sudo()
        one.write({"ended_on": day, "end_recorded_on": self.company_id._task_today()})
        clocks = one._clocks_running([("act", "=", "inspection_conclusion")])
        # what was counted from a day entered wrongly was never past due
        clocks._cancel(reason, never=True)
        rule, due = one._clock_reckon("inspection_conclusion")
        if due:
            vals = one._prepare_clock_vals(rule, due)
            clocks._start([{**vals, "replaces_id": clocks[-1:].id}])
        one._message_log(
            body=self.env._(
                "The day the inspection ended was corrected, from %(before)s to"
                " %(after)s: %(reason)s",
                before=format_date(self.env, before),
                after=format_date(self.env, day),
                reason=reason,
            ),
            author_id=self.env.user.partner_id.id,
        )
        return True

    def _correct_end_refusal(self):
        """Why the caller does not correct the day the inspection ended, or None."""
        if self.state != "ended":
            return UserError(
                self.env._("The day is corrected after it and before the conclusion.")
            )
        return self._leader_refusal()

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
        one = self.sudo()
        self._conclusion_paper().sudo()._issue()
        notices = one._notice_papers() if self._gives_notice() else one.paper_ids[:0]
        notices._issue()
        one.write(
            {
                "state": "concluded",
                "concluded_on": self.company_id._task_today(),
                "sector_body_ids": one._find_sector_bodies(),
            }
        )
        one._clock_stop("conclusion")
        self._tell_conclusion(notices)
        return True

    def _conclusion_paper(self):
        papers = self.sudo().paper_ids.filtered(
            lambda paper: paper.kind == "conclusion"
        )
        return papers[:1].sudo(self.env.su)

    def _missing_to_conclude(self):
        """What the conclusion lacks, in words: the prescribed parts, what must be told
        of each failing (Đ16.3b, Đ18.3b, Đ17.3b), number, day, signer and file; the
        notices to the inspected where the text has them given at the same time."""
        one, missing = self.sudo(), []
        for line in one.regulation_id._prescriptions("conclusion", one.inspector):
            texts = one.text_ids.filtered(
                lambda text, line=line: text.prescription_id == line
            )
            if not any((text.body or "").strip() for text in texts):
                missing.append(line.name)
        for finding in one.finding_ids:
            missing += finding._missing()
        for recommendation in one.recommendation_ids:
            missing += recommendation._missing()
        paper = one._conclusion_paper()
        if paper:
            missing += paper._missing_signed()
        else:
            kinds = dict(paper._fields["kind"]._description_selection(self.env))
            missing.append(self.env._("the signed paper: %s", kinds["conclusion"]))
        if one._gives_notice():
            missing += one._missing_notices()
        return missing

    # -- the notices -------------------------------------------------------------------
    def _notice_papers(self):
        return self.paper_ids.filtered(
            lambda paper: paper.kind == "notice" and paper.state == "draft"
        )

    def _missing_notices(self):
        """The inspected agencies without a written notice, in words."""
        told = (
            self._notice_papers()
            .filtered(lambda paper: (paper.body or "").strip())
            .subject_id
        )
        return [
            self.env._("the notice to %(agency)s", agency=agency.display_name)
            for agency in (self.subject_ids - told).agency_id
        ]

    def action_prepare_notices(self):
        """Draft the notice of the result to each inspected agency that has none yet:
        what was concluded and found about it, what is recommended to it.

        :raise AccessError: if the caller is not on the team.
        :raise UserError: if the regulation has no notice given.
        """
        self.ensure_one()
        if refusal := self._notices_refusal():
            raise refusal
        one = self.sudo()
        told = one.paper_ids.filtered(lambda paper: paper.kind == "notice").subject_id
        return self.env["task.inspection.paper"].create(
            [subject._prepare_notice_vals() for subject in one.subject_ids - told]
        )

    def _notices_refusal(self):
        """Why the caller drafts no notices, or None."""
        if not self._gives_notice():
            return UserError(
                self.env._(
                    "%(regulation)s has no notice given to the inspected here.",
                    regulation=self.sudo().regulation_id.display_name,
                )
            )
        return self._work_refusal()

    # -- what follows it ---------------------------------------------------------------
    def action_make_directive(self):
        """Open the form that makes one draft directive of what is recommended."""
        self.ensure_one()
        if refusal := self._directive_refusal():
            raise refusal
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Directive on the recommendations"),
            "res_model": "task.inspection.directive",
            "view_mode": "form",
            "target": "new",
            "context": {"default_inspection_id": self.id},
        }

    def _directive_refusal(self):
        """Why the caller makes no directive of the recommendations, or None."""
        if not (self.env.su or self.env.user._task_is_office()):
            return AccessError(
                self.env._("The Office makes tasks of what is recommended.")
            )
        if self.state not in CONCLUDED:
            return UserError(
                self.env._("What was recommended is followed after the conclusion.")
            )
        if not self.recommendation_ids.filtered_domain(
            self.recommendation_ids._to_assign_domain()
        ):
            return UserError(
                self.env._("No recommendation is left that has no task yet.")
            )
        return None

    @api.depends_context("uid")
    @api.depends(
        "state",
        "recommendation_ids.task_id",
        "recommendation_ids.done_on",
        "subject_ids",
    )
    def _compute_can_follow(self):
        for one in self:
            one.can_make_directive = not one._directive_refusal()
            one.can_correct_end = not one._correct_end_refusal()
            one.can_prepare_notices = not one._notices_refusal()
