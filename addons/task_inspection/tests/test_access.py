# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .rights_common import InspectionRightsCase


@tagged("post_install", "-at_install")
class TestAccess(InspectionRightsCase):
    """Who reads what, when: from the decision until the conclusion is handed in, then
    the dossier until it is closed."""

    def _team_parts(self):
        return (self.own, self.finding, self.minutes, self.item, self.recommendation)

    def test_member_before_issue(self):
        """Before the decision a member learns nothing: no draft, paper, place or
        assignment."""
        draft = self.inspection
        self._assert_reads_none(
            self.member,
            draft,
            draft.paper_ids,
            *draft.member_ids,
            *draft.subject_ids,
            *draft.paper_ids.attachment_ids,
            self.assignment,
            self.assignment.task_id,
            self.assignment.document_id,
        )
        with self.assertRaises(AccessError):
            self._rpc(self.member, "task.inspection", "read", draft.ids, ["name"])
        with self.assertRaises(AccessError):
            self._rpc(self.member, "task.inspection", "get_time_limits", draft.ids)

    def test_member_at_work(self):
        """While it works a member reads all of the work and what is in scope."""
        self._work()
        parts = self._team_parts()
        self._assert_reads(self.member, self.inspection, *parts, self.assignment)
        self._assert_reads(self.member, *self.finding.attachment_ids, self.note)

    def test_member_after_hand_in(self):
        """After the conclusion a member reads the dossier, not the assignments; and
        records nothing more."""
        self._work()
        self._conclude()
        self._assert_reads(self.member, self.inspection, self.item, self.conclusion)
        self._assert_reads_none(
            self.member, self.assignment, self.assignment.task_id, self.note
        )
        for act in (
            lambda: self.finding.with_user(self.member).write({"text": "Khác"}),
            lambda: self.finding.with_user(self.member).copy(),
            lambda: self.item.with_user(self.member).write({"name": "Khác"}),
            lambda: self.conclusion.with_user(self.member).write({"number": "1"}),
            lambda: self.finding.with_user(self.member).unlink(),
            lambda: self.inspection.with_user(self.member).action_end(),
            lambda: self.inspection.with_user(self.manager).action_end(),
            lambda: self.inspection.with_user(self.manager).action_conclude(),
        ):
            self.env.invalidate_all()
            with self.assertRaises(UserError), self.env.cr.savepoint():
                act()

    def test_member_after_close(self):
        """Once the dossier is closed a member reads nothing of it."""
        self._work()
        self._conclude()
        self._close()
        self._assert_reads_none(
            self.member,
            self.inspection,
            *self._team_parts(),
            self.conclusion,
            *self.inspection.member_ids,
            *self.conclusion.attachment_ids,
            *self.item.attachment_ids,
        )

    def test_member_after_cancelling(self):
        """Nor when it was given up."""
        self._work()
        self.inspection.with_user(self.chairman).action_cancel("Hoãn")
        self._assert_reads_none(self.member, self.inspection, self.assignment, self.own)

    def test_member_of_another_team(self):
        """A member of another team has nothing to do with this one."""
        self._work()
        other = self._inspection(
            self.agriculture,
            members=[
                {"role": "leader", "user_id": self.manager.id},
                {"role": "member", "user_id": self.ward_officer.id},
            ],
        )
        self._paper(other, "decision", number="13/QĐ-UBND")
        other.with_user(self.chairman).action_issue()
        stranger = self.branch_officer
        self._assert_reads_none(
            stranger,
            self.inspection,
            *self._team_parts(),
            self.assignment,
            *self.inspection.paper_ids,
            *self.inspection.member_ids,
            *self.finding.attachment_ids,
        )
        self._assert_reads_none(self.member, other, *other.subject_ids)
        for act in ("action_end", "action_conclude", "action_invite"):
            for user, refusal in (
                (stranger, AccessError),
                (self.ward_officer, UserError),
            ):
                with self.assertRaises(refusal):
                    self._rpc(user, "task.inspection", act, self.inspection.ids)

    def test_former_member(self):
        """Whose place another took before the decision reads nothing."""
        place = self.inspection.member_ids.filtered(
            lambda one: one.user_id == self.member
        )
        place.user_id = self.branch_officer
        self._issue()
        self._assert_reads_none(self.member, self.inspection, self.assignment)
        self._assert_reads(self.branch_officer, self.inspection, self.assignment)

    def test_out_of_scope(self):
        """The decision puts in scope what it names: of these agencies, until its day,
        of its directives."""
        self._issue()
        elsewhere = self._released(lead=self.agriculture)
        self._assert_reads_none(self.member, elsewhere)
        self._assert_reads(self.member, self.assignment)
        self.inspection.sudo().scope_to = "2026-03-31"
        self._assert_reads_none(self.member, self.assignment)

    def test_office_and_leaders(self):
        """The Office and the leaders read it all, at any time."""
        self._work()
        for user in (self.specialist2, self.manager, self.chairman, self.deputy):
            self._assert_reads(user, self.inspection, self.finding, self.item)

    def test_administrator(self):
        """Administrators read no inspections by that role."""
        self._work()
        self._assert_reads_none(
            self.admin,
            self.inspection,
            *self._team_parts(),
            *self.finding.attachment_ids,
            *self.inspection.paper_ids.attachment_ids,
        )
        for model in ("task.inspection", "task.inspection.finding"):
            with self.assertRaises(AccessError):
                self._rpc(self.admin, model, "search_read", [])

    def test_acts_of_others(self):
        """No act is anybody's but whose it is, whoever reads the inspection."""
        self._work()
        for user in (self.member, self.inspected, self.specialist, self.chairman):
            with self.assertRaises(UserError):
                self._rpc(user, "task.inspection", "action_end", self.inspection.ids)
            with self.assertRaises(UserError):
                self._rpc(
                    user, "task.inspection.paper", "action_issue", self.minutes.ids
                )
        for user in (self.member, self.inspected, self.specialist, self.deputy):
            with self.assertRaises(AccessError):
                self._rpc(
                    user, "task.inspection", "action_cancel", self.inspection.ids, "x"
                )
