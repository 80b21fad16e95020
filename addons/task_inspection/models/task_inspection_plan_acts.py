# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class TaskInspectionPlan(models.Model):
    """What is done with a plan, from its draft to its adjusted version."""

    _inherit = "task.inspection.plan"

    def action_submit(self):
        """Put the plan to the leader, who is told.

        :raise AccessError: if the caller does not draft it; of a team's plan, if the
            caller does not lead the team.
        """
        self._lock()
        for plan in self:
            if refusal := plan._submit_refusal():
                raise refusal
            if not plan.line_ids:
                raise UserError(self.env._("Enter first which agencies are inspected."))
            if plan.replaces_id and not (plan.adjust_reason or "").strip():
                raise UserError(self.env._("Write why the plan is adjusted."))
            plan._check_kept()
            plan.sudo().write(
                {
                    "state": "submitted",
                    "submitted_by_id": self.env.uid,
                    "returned_reason": False,
                }
            )
            plan._tell(plan.company_id._task_office("task_tracking.group_leader"))
        return True

    def action_approve(self):
        """Approve the plan: regular inspections go by it; a team's plan sets the days
        of its visits, an adjusted one takes the place of the version before.

        :raise AccessError: if the caller is no leader.
        """
        self._lock()
        for plan in self:
            if refusal := plan._approve_refusal():
                raise refusal
            plan._check_kept()
            plan.sudo().write(
                {
                    "state": "approved",
                    "approved_on": plan.company_id._task_today(),
                    "approved_by_id": self.env.uid,
                    "returned_reason": False,
                }
            )
            plan.sudo()._replace()
            plan.sudo()._set_visits()
            plan._tell(plan.sudo().submitted_by_id | plan.sudo().create_uid)
        return True

    def action_return(self, reason):
        """Give the plan back to who drafted it, with the reason.

        :raise AccessError: if the caller is no leader.
        """
        self._lock()
        for plan in self:
            if refusal := plan._approve_refusal():
                raise refusal
            if not (reason or "").strip():
                raise UserError(self.env._("Write why the plan is returned."))
            plan.sudo().write({"state": "draft", "returned_reason": reason})
            plan._tell(plan.sudo().submitted_by_id | plan.sudo().create_uid)
        return True

    def action_register(self):
        """Record that the plan is there as signed: number, day, signer and file are
        fixed from now on.

        :raise UserError: naming what is missing.
        """
        self._lock()
        for plan in self:
            if refusal := plan._sign_refusal():
                raise refusal
            if missing := plan._missing_signed():
                raise UserError(
                    self.env._(
                        "The signed plan lacks: %(missing)s.",
                        missing=", ".join(missing),
                    )
                )
            plan.sudo().registered_on = plan.company_id._task_today()
        return True

    def _missing_signed(self):
        """What makes the paper one that was signed and this plan lacks, in words."""
        self.ensure_one()
        needed = (
            ((self.number or "").strip(), self.env._("its number")),
            (self.dated_on, self.env._("its day")),
            ((self.signer_name or "").strip(), self.env._("who signed it")),
            (self.attachment_ids, self.env._("the signed file")),
        )
        return [words for value, words in needed if not value]

    # -- an approved plan is changed by a further version ------------------------------
    def action_adjust(self):
        """Open the draft of this plan's next version, made now unless there is one.

        :raise AccessError: if the caller does not draft plans.
        """
        self.ensure_one()
        self._lock()
        if refusal := self._adjust_refusal():
            raise refusal
        version = self.replaced_by_ids.filtered(lambda plan: plan.state != "replaced")
        if not version:
            lines = [
                Command.create({**line.copy_data()[0], "root_id": line._root().id})
                for line in self.line_ids
            ]
            values = self.copy_data({"line_ids": lines})[0]
            values |= {"replaces_id": self.id, "company_id": self.company_id.id}
            # the caller's right was asked above; the links are closed to everybody
            version = self.sudo().create(values).sudo(self.env.su)
        return version[:1]._action_open()

    def _check_kept(self):
        """An adjusted plan keeps what was begun: an inspection whose decision was
        issued is not planned away.

        :raise UserError: naming the agencies that are missing.
        """
        old = self.sudo().replaces_id
        if not old:
            return
        if old.state != "approved":
            raise UserError(
                self.env._("The plan this one adjusts is not in force any more.")
            )
        kept = {(line.root_id, line.agency_id) for line in self.sudo().line_ids}
        lost = old.line_ids.filtered(
            lambda line: (
                line.progress in ("running", "held")
                and (line._root(), line.agency_id) not in kept
            )
        )
        if lost:
            raise UserError(
                self.env._(
                    "Inspections that were begun stay in the plan: %(agencies)s.",
                    agencies=", ".join(lost.agency_id.mapped("display_name")),
                )
            )

    def _replace(self):
        """Take the place of the version before: inspections that are still being
        prepared go by this one, those decided keep the line they were decided by."""
        for plan in self.filtered("replaces_id"):
            plan.replaces_id.state = "replaced"
            new = {line.root_id: line for line in plan.line_ids if line.root_id}
            roots = [root.id for root in new]
            olds = self.env["task.inspection.plan.line"].search(
                Domain("plan_id", "!=", plan.id)
                & (Domain("id", "in", roots) | Domain("root_id", "in", roots))
            )
            drafts = Domain("inspection_id.state", "=", "draft")
            subjects = self.env["task.inspection.subject"].search(
                Domain("plan_line_id", "in", olds.ids) & drafts
            )
            for subject in subjects:
                subject.plan_line_id = new[subject.plan_line_id._root()]
            inspections = self.env["task.inspection"].search(
                Domain("plan_line_id", "in", olds.ids) & Domain("state", "=", "draft")
            )
            for inspection in inspections:
                inspection.plan_line_id = new[inspection.plan_line_id._root()]

    # -- the plan a team makes after the decision (KH Đ15.3) ---------------------------
    def _set_visits(self):
        """Write the days of the team's plan to the agencies the decision names."""
        for plan in self.filtered("inspection_id"):
            lines = plan.line_ids.grouped("agency_id")
            for subject in plan.inspection_id.subject_ids:
                if visits := lines.get(subject.agency_id):
                    subject.write(
                        {
                            "visit_from": min(visits.mapped("date_from")),
                            "visit_to": max(visits.mapped("date_to")),
                        }
                    )

    # -- screens -----------------------------------------------------------------------
    def _action_open(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def action_open_replaces(self):
        """Open the version this plan adjusts."""
        return self.replaces_id._action_open()

    def action_open_lines(self):
        """Open the planned inspections, with what became of them."""
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "task_inspection.action_task_inspection_plan_line"
            ),
            "name": self.name,
            "domain": [("plan_id", "=", self.id)],
            "context": {},
        }

    # -- who is told -------------------------------------------------------------------
    def _told_words(self):
        if self.state == "submitted":
            return self.env._("%(plan)s waits for your approval.", plan=self.name)
        if self.state == "approved":
            return self.env._("%(plan)s was approved.", plan=self.name)
        return self.env._(
            "%(plan)s was returned: %(reason)s",
            plan=self.name,
            reason=self.returned_reason or "",
        )
