# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import InspectionCase


class TeamCase(InspectionCase):
    """An inspection of the finance department, visited on Friday 3 April 2026."""

    def _begun(self, **vals):
        inspection = self._issued(**vals)
        visit = {"visit_from": "2026-04-03", "visit_place": "Phòng họp số 2"}
        inspection.subject_ids.with_user(self.manager).write(visit)
        return inspection

    def _guest(self, inspection, agency=None, **vals):
        """An agency that the leader of the team asks to come, by its row."""
        places = self.env["task.inspection.team.member"].with_user(self.manager)
        agency = agency or self.ward
        values = {"inspection_id": inspection.id, "role": "invited"}
        return places.create({**values, "agency_id": agency.id, **vals})

    def _asked(self, **vals):
        inspection = self._begun(**vals)
        guest = self._guest(inspection)
        inspection.with_user(self.manager).action_invite()
        return inspection, guest

    def _accept(self, guest, user=None):
        guest = guest.with_user(user or self.ward_head)
        guest.user_id = self.ward_officer
        guest.action_accept()

    def _reads(self, record, user):
        record.invalidate_model()  # another request
        self.env.invalidate_all()
        return record.with_user(user).has_access("read")


@tagged("post_install", "-at_install")
class TestTeam(TeamCase):
    """Who is on the team, and what its leader arranges (KH Đ15, Đ16)."""

    def test_duties(self):
        """KH Đ16.1: the leader gives out duties; other members do not."""
        inspection = self._issued()
        member = inspection.member_ids.filtered(lambda one: one.role == "member")
        member.with_user(self.manager).duty = "Kiểm tra việc cập nhật"
        for user in (self.building_officer, self.chairman, self.specialist2):
            with self.assertRaises(AccessError):
                member.with_user(user).duty = "Khác"

    def test_scope_counts_at_once(self):
        """A place counts from the moment it is given, also in the same transaction:
        nothing of what was asked before is remembered."""
        assignment = self._released()
        officer = self.building_head
        inspection = self._issued()
        self.assertFalse(self._reads(assignment, officer))
        place = {"inspection_id": inspection.id, "user_id": officer.id}
        place = inspection.member_ids.sudo().create(place)
        self.assertTrue(self._reads(assignment, officer))
        place.left_on = "2026-04-02"
        self.assertFalse(self._reads(assignment, officer))

    def test_inspected_not_invited(self):
        """Neither the inspected agency nor a unit of it takes part."""
        inspection = self._issued(subjects=self.agriculture)
        for agency in (self.agriculture, self.branch):
            with self.assertRaises(ValidationError):
                self._guest(inspection, agency)

    def test_unit_of_the_inspected(self):
        """Nobody of a unit of the inspected agency is on the team, or conducts it."""
        for vals in (
            {"members": [{"role": "leader", "user_id": self.branch_officer.id}]},
            {"members": [], "has_team": False, "conductor_id": self.branch_head.id},
        ):
            with self.assertRaises(ValidationError):
                self._inspection(self.agriculture, **vals)

    def test_inspected_afterwards(self):
        """Nor does an agency become inspected whose officer is on the team."""
        draft = self._inspection()
        with self.assertRaises(ValidationError):
            draft.subject_ids = [Command.create({"agency_id": self.building.id})]

    def test_own_scope(self):
        """In an inspection of the agency itself its own people are the team."""
        officer = self.agriculture_officer
        inspection = self._inspection(
            self.agriculture,
            officer,
            [{"role": "leader", "user_id": officer.id}],
            inspector="self",
            inspecting_agency_id=self.agriculture.id,
        )
        self.assertEqual(inspection.member_ids.user_id, officer)

    def test_another_organisation(self):
        """Who belongs to another organisation takes no part."""
        company = self.env["res.company"].create({"name": "Tỉnh khác"})
        stranger = self._user("stranger", "group_leader")
        stranger.write(
            {"company_ids": [Command.set(company.ids)], "company_id": company.id}
        )
        with self.assertRaises(ValidationError):
            self._inspection(members=[{"role": "leader", "user_id": stranger.id}])


@tagged("post_install", "-at_install")
class TestInvitation(TeamCase):
    """Agencies the leader asks to come, and their answer (Đ15.2, Đ14.2, Đ17.2)."""

    text = "bac_giang"

    def test_who_invites(self):
        """The leader invites, or who prepares it; no member, nobody else."""
        inspection = self._begun()
        self._guest(inspection)
        for user in (self.building_officer, self.deputy, self.chairman):
            with self.assertRaises(AccessError):
                inspection.with_user(user).action_invite()
        for user in (self.building_officer, self.specialist, self.deputy):
            with self.assertRaises(AccessError):
                inspection.with_user(user).member_ids = [
                    Command.create({"role": "invited", "agency_id": self.branch.id})
                ]
        inspection.with_user(self.specialist).action_invite()
        answers = {one.user_id: one.answer for one in inspection.member_ids}
        self.assertEqual(answers[self.manager], "asked")
        self.assertEqual(answers[self.specialist], "accepted")  # who invited

    def test_joins(self):
        """BG Đ15.2: who is named by the invited agency takes part in the team's work,
        from its acceptance on."""
        assignment = self._released()
        _inspection, guest = self._asked()
        self.assertTrue(guest.joins)
        self.assertFalse(self._reads(assignment, self.ward_officer))
        self._accept(guest)
        self.assertEqual(guest.answer, "accepted")
        self.assertEqual(str(guest.answered_on), "2026-04-01")
        self.assertEqual(guest.answered_by_id, self.ward_head)
        self.assertTrue(self._reads(assignment, self.ward_officer))
        self.assertFalse(self._reads(assignment, self.ward_head))

    def test_declines(self):
        """Who declines says why, and takes no part."""
        inspection, guest = self._asked()
        answer = guest.with_user(self.ward_head)
        with self.assertRaises(UserError):
            answer.action_decline()
        answer.decline_reason = "Trùng lịch họp"
        answer.action_decline()
        self.assertEqual(guest.answer, "declined")
        self.assertFalse(self._reads(inspection, self.ward_head))
        self.assertFalse(self._reads(guest, self.finance_head))

    def test_names_somebody(self):
        """Accepting names who comes, of that agency."""
        _inspection, guest = self._asked()
        with self.assertRaises(UserError):
            guest.with_user(self.ward_head).action_accept()
        with self.assertRaises(ValidationError):
            guest.with_user(self.ward_head).user_id = self.branch_officer

    def test_who_answers(self):
        """The head of the invited agency, or an officer whom the head authorised."""
        _inspection, guest = self._asked()
        for user in (
            self.ward_officer,
            self.building_head,
            self.finance_head,
            self.manager,
            self.chairman,
        ):
            with self.assertRaises(AccessError):
                guest.with_user(user).action_accept()
            if user != self.manager:  # who leads may propose somebody
                with self.assertRaises(AccessError):
                    guest.with_user(user).write({"user_id": self.ward_officer.id})
        self.ward_officer.task_may_submit = True
        self._accept(guest, self.ward_officer)
        self.assertEqual(guest.answer, "accepted")

    def test_not_forged(self):
        """No answer is written by anybody, and no place taken with it."""
        _inspection, guest = self._asked()
        for user in (self.ward_head, self.manager):
            for vals in (
                {"answer": "accepted"},
                {"role": "leader"},
                {"role": "member"},
                {"user_id": self.ward_head.id, "role": "leader"},
                {"joins": True},
                {"answered_by_id": self.ward_head.id},
            ):
                with self.assertRaises(UserError), self.env.cr.savepoint():
                    guest.with_user(user).write(vals)

    def test_answered_stays(self):
        """Who answered stays recorded: the leader takes no answer away."""
        _inspection, guest = self._asked()
        self._accept(guest)
        with self.assertRaises(UserError):
            guest.with_user(self.manager).unlink()

    def test_without_users(self):
        """For an agency that has no user here its answer is entered by who asked."""
        inspection = self._begun()
        guest = self._guest(inspection, self._agency("Báo tỉnh", "department"))
        inspection.with_user(self.manager).action_invite()
        guest.with_user(self.manager).action_accept()
        self.assertEqual(guest.answer, "accepted")


@tagged("post_install", "-at_install")
class TestGuest(TeamCase):
    """KH Đ16.2: who is invited attends beside the team."""

    def test_attends(self):
        """A guest reads the decision and its invitation; no assignments, reports of
        the inspected or findings."""
        assignment = self._released()
        inspection, guest = self._asked()
        self._accept(guest)
        finding = self.env["task.inspection.finding"].with_user(self.manager)
        finding = finding.create(
            {
                "inspection_id": inspection.id,
                "subject_id": inspection.subject_ids.id,
                "text": "Chậm cập nhật",
            }
        )
        self.assertFalse(guest.joins)
        for record in (inspection, inspection.paper_ids, guest):
            self.assertTrue(self._reads(record, self.ward_officer), record)
        for record in (assignment, inspection.subject_ids, finding):
            self.assertFalse(self._reads(record, self.ward_officer), record)
        with self.assertRaises(AccessError):
            inspection.with_user(self.ward_officer).action_end()

    def test_before_invited(self):
        """Before the invitation is sent an agency learns nothing of it."""
        inspection = self._begun()
        guest = self._guest(inspection)
        self.assertFalse(self._reads(inspection, self.ward_head))
        self.assertFalse(self._reads(guest, self.ward_head))

    def test_over(self):
        """Once the conclusion is handed in the guest reads nothing any more."""
        inspection, guest = self._asked()
        self._accept(guest)
        inspection.with_user(self.manager).action_end()
        self._write_conclusion(inspection)
        inspection.with_user(self.manager).action_conclude()
        self.assertFalse(self._reads(inspection, self.ward_officer))
