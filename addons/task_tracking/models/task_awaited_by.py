# SPDX-License-Identifier: LGPL-3.0-or-later
"""Whose answer the submissions of agencies and the discrepancies wait for."""

from odoo import api, fields, models
from odoo.fields import Domain


class TaskSubmission(models.AbstractModel):
    """Results and hand-backs wait for who follows the task."""

    _inherit = "task.submission.mixin"

    @api.model
    def _awaited_domain(self, company):
        return Domain("state", "=", "waiting") & Domain(
            "document_id.company_id", "=", company.id
        )

    def _awaited_by(self):
        """The specialist who follows the task, else the Office's managers; nobody is
        asked to answer what they submitted themselves."""
        people = {
            company: company._task_people()["managers"]
            for company in self.document_id.company_id
        }
        waits = {}
        for one in self:
            about = one.assignment_id or one.document_id
            told = about.specialist_id.filtered("active") - one.submitted_by_id
            told = told or people[about.company_id]
            waits[one] = told - one.submitted_by_id
        return waits

    def _awaited_title(self):
        kind = self.env["ir.model"]._get(self._name).name
        task = self.assignment_id.task_id.display_name
        return f"{kind}: {task or self.document_id.display_name}"

    def _awaited_thread(self):
        return self._thread()


class TaskExtension(models.Model):
    """A request for time waits for a leader who may decide it."""

    _inherit = "task.extension"

    def _awaited_by(self):
        """The Chairman; the deputies too where the text says any leader, else those
        within a recorded authorisation (KH Đ5.2đ)."""
        deciders = {
            company: company._task_deciders() for company in self.document_id.company_id
        }
        return {
            one: deciders[one.document_id.company_id] - one.submitted_by_id
            for one in self
        }


class ResCompany(models.Model):
    _inherit = "res.company"

    def _task_deciders(self):
        """The active users who decide deadlines here today (`_task_may_decide`)."""
        self.ensure_one()
        leaders = self._task_people()["leaders"]
        if self._task_regulation()._policy("extension_decider") == "leader":
            return leaders
        today = self._task_today()
        authorised = (
            self.env["task.authorisation"]
            .sudo()
            .search(
                Domain("company_id", "=", self.id)
                & Domain("date_from", "<=", today)
                & (Domain("date_to", "=", False) | Domain("date_to", ">=", today))
            )
            .user_id
        )
        chairmen = self.env.ref("task_tracking.group_chairman").sudo().all_user_ids
        return leaders & (chairmen | authorised)


class TaskDiscrepancy(models.Model):
    """What one side found waits for the other."""

    _name = "task.discrepancy"
    _inherit = ["task.discrepancy", "task.awaited.mixin"]
    _awaited_since = "reported_on"

    reported_on = fields.Date(
        string="Waits since",
        compute="_compute_reported_on",
        store=True,
        help="The day it was reported, in the province's time.",
    )

    @api.depends("reported_at")
    def _compute_reported_on(self):
        for one in self:
            moment = one.reported_at
            one.reported_on = moment and one.company_id._task_local(moment).date()

    @api.model
    def _awaited_domain(self, company):
        return Domain("state", "=", "open") & Domain("company_id", "=", company.id)

    def _awaited_by(self):
        """What an agency found, its follower answers, else the managers; what the
        Office found, the agency's officers and head."""
        people = {company: company._task_people() for company in self.company_id}
        nobody = self.env["res.users"]
        waits = {}
        for one in self:
            roles = people[one.company_id]
            if one.side == "agency":
                waits[one] = one.followed_by_id.filtered("active") or roles["managers"]
            else:
                waits[one] = roles["heads"].get(one.agency_id, nobody) | roles[
                    "officers"
                ].get(one.agency_id, nobody)
        return waits

    def _awaited_thread(self):
        return self
