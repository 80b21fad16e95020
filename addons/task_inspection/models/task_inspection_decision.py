# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import UserError

#: How a paper an inspection begins with is told of among what is missing.
BEGIN_KINDS = ("decision", "instruction")


class TaskInspection(models.Model):
    """The decision: what it must hold, who issues it, what it begins."""

    _inherit = "task.inspection"

    is_outdated = fields.Boolean(
        string="By a former version",
        compute="_compute_is_outdated",
        help="A draft begun under a version of the regulation that is no longer in"
        " force: bring it up to the one that is.",
    )

    @api.depends("regulation_id", "company_id", "state")
    def _compute_is_outdated(self):
        for one in self:
            one.is_outdated = (
                one.state == "draft"
                and one.company_id._task_regulation() != one.regulation_id
            )

    # -- issuing -----------------------------------------------------------------------
    def action_issue(self):
        """Issue the decision: the inspection begins, its team reads what is in scope,
        the inspected agencies are told.

        :raise AccessError: if the caller does not decide on it (`_decider_refusal`).
        :raise UserError: naming everything that is still missing.
        """
        self.ensure_one()
        self._lock()
        if refusal := self._issue_refusal():
            raise refusal
        # somebody may have changed agencies since
        self.sudo()._check_conductor()
        if missing := self._missing_to_issue():
            raise UserError(
                self.env._(
                    "The inspection cannot begin yet. Missing:\n%(missing)s",
                    missing="\n".join(f"– {words}" for words in missing),
                )
            )
        self._begin_papers().sudo()._issue()
        for member in self.sudo().member_ids:
            member.decided_duty = member.duty
        self.sudo().write(
            {"state": "issued", "issued_on": self.company_id._task_today()}
        )
        self._tell(self.sudo().member_ids.user_id | self.sudo().conductor_id)
        self._tell(self.sudo().subject_ids.agency_id._task_heirs().task_user_ids)
        return True

    def _begin_papers(self):
        """The papers the inspection begins with, those that were made: the decision,
        and the leader's instruction if there is one."""
        kinds = BEGIN_KINDS if self.has_team else ("instruction",)
        papers = self.sudo().paper_ids.filtered(lambda paper: paper.kind in kinds)
        return papers.sorted("kind").sudo(self.env.su)

    def _begin_kind(self):
        """The kind of the paper it cannot begin without: the decision of a team; the
        instruction of a deputy who inspects without one (KT Đ12.3). None where the
        Director inspects himself (KT Đ12.4) or an agency itself without a team."""
        one = self.sudo()
        if one.has_team:
            return "decision"
        if one.inspector == "self" or one.conductor_id.has_group(
            "task_tracking.group_chairman"
        ):
            return None
        return "instruction"

    # -- what is missing ---------------------------------------------------------------
    def _missing_to_issue(self):
        """What the regulation prescribes and the draft does not hold, in words."""
        self.ensure_one()
        one, missing = self.sudo(), []
        if one.is_outdated:
            missing.append(
                self.env._(
                    "a draft by the version of the regulation that is in force"
                    " (%(regulation)s)",
                    regulation=one.company_id._task_regulation().display_name,
                )
            )
        if not one.subject_ids:
            missing.append(self.env._("the inspected agencies"))
        missing += one._missing_of_form()
        if one.has_team:
            missing += [
                line.name
                for line in one.regulation_id._prescriptions("decision", one.inspector)
                if not one._holds(line)
            ]
            missing += one._missing_of_team()
        else:
            missing += one._missing_of_conductor()
        return missing + one._missing_of_papers()

    def _missing_of_form(self):
        """A regular inspection goes by an approved plan (Đ13.1, Đ12.1, Đ15.1, KH
        Đ14.2a), unless the text has the team plan after the decision (KH Đ15.3)."""
        if not self.form:
            return [self.env._("the kind of inspection")]
        if self.form != "regular" or self.inspector == "self":
            return []
        if self.regulation_id._knows("inspection_plan", "team"):
            return []
        if self.plan_line_id.plan_id.state == "approved":
            return []
        return [self.env._("the line of an approved plan (or make it an ad hoc one)")]

    def _missing_of_team(self):
        members = self._standing_members()
        leaders = members.filtered(lambda member: member.role == "leader")
        if len(leaders) == 1 and leaders.user_id:
            return []
        return [self.env._("one leader of the team, by name")]

    def _missing_of_conductor(self):
        """One person conducts: of the agency that inspects itself, else a deputy or the
        Director himself (KT Đ12.3, Đ12.4)."""
        conductor = self.conductor_id
        if not conductor:
            return [self.env._("who conducts it")]
        if self.inspector == "self":
            agency = self.inspecting_agency_id
            if conductor.task_agency_id == agency:
                return []
            return [
                self.env._(
                    "somebody of %(agency)s who conducts it", agency=agency.display_name
                )
            ]
        if conductor.has_group("task_tracking.group_leader"):
            return []
        return [self.env._("a leader who conducts it: without a team nobody else may")]

    def _missing_of_papers(self):
        """What makes the papers ones that were signed: number, day, signer, file."""
        papers, needed = self._begin_papers(), self._begin_kind()
        kinds = dict(papers._fields["kind"]._description_selection(self.env))
        missing = [
            self.env._("%(paper)s: %(what)s", paper=kinds[paper.kind], what=words)
            for paper in papers
            for words in paper._missing_signed()
        ]
        if needed and needed not in papers.mapped("kind"):
            missing.append(self.env._("the signed paper: %s", kinds[needed]))
        return missing

    def _holds(self, prescription):
        """Whether the draft holds what `prescription` (topic decision) asks for."""
        held = {
            "legal_basis": lambda: (self.legal_basis or "").strip(),
            "scope": lambda: (self.scope or "").strip() and self.subject_ids,
            "content": lambda: self.content_ids,
            "time_limit": lambda: self.date_from and self.date_to,
            "form": lambda: self.form,
            "members": lambda: self.member_ids.filtered(
                lambda member: member.role != "invited"
            ),
        }.get(prescription.code)
        if held:
            return bool(held())
        texts = self.text_ids.filtered(
            lambda text: text.prescription_id == prescription
        )
        return any((text.body or "").strip() for text in texts)

    # -- a draft under a former version ------------------------------------------------
    def action_follow_regulation(self):
        """Bring a draft up to the version of the regulation that is in force.

        What a decision must hold, and who may issue it, is said by the version in force
        on the day it is issued; from then on it stays. What is drafted under the former
        version is kept where the new one prescribes the same code; other words go to
        the notes. Never done silently at issue: a paper is signed by then.

        :raise AccessError: if the caller does not prepare it.
        :raise UserError: if it is no draft, or the version in force knows no
            inspections.
        """
        self.ensure_one()
        self._lock()
        if refusal := self._edit_refusal():
            raise refusal
        regulation = self.company_id._task_regulation()
        if refusal := self._regulation_refusal(regulation):
            raise refusal
        one = self.sudo()
        codes = one.content_ids.mapped("code")
        contents = regulation._prescriptions("content", one.inspector)
        one.write(
            {
                "regulation_id": regulation.id,
                "content_ids": [
                    fields.Command.set(
                        contents.filtered(lambda line: line.code in codes).ids
                    )
                ],
            }
        )
        dropped = one.text_ids._follow(regulation)
        if dropped:
            one.message_post(body="\n".join(dropped))
        one._prepare_texts()
        return True

    # -- cancelling --------------------------------------------------------------------
    def action_cancel(self, reason):
        """Give the inspection up; it is kept, with the reason. Who was told of it is
        told.

        :raise AccessError: if the caller neither prepares it (a draft) nor decides.
        """
        self.ensure_one()
        self._lock()
        if refusal := self._cancel_refusal():
            raise refusal
        if not (reason or "").strip():
            raise UserError(self.env._("Write why the inspection is cancelled."))
        one, was_issued = self.sudo(), bool(self.issued_on)
        one._clock_cancel(["inspection_conclusion"], reason)
        one.write(
            {
                "state": "cancelled",
                "cancel_reason": reason,
                "cancelled_on": one.company_id._task_today(),
            }
        )
        if was_issued:
            self._tell(
                one._standing_members().user_id
                | one.conductor_id
                | one.subject_ids.agency_id._task_heirs().task_user_ids
            )
        return True
