# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo.exceptions import AccessError, UserError, ValidationError

from .common import InspectionCase


class TestInspectionFinding(InspectionCase):
    """Findings of the team, of one assignment or in general."""

    def _finding(self, inspection, user=None, **vals):
        values = {
            "inspection_id": inspection.id,
            "subject_id": inspection.subject_ids[:1].id,
            "text": "Chưa cập nhật tình hình",
        }
        findings = self.env["task.inspection.finding"]
        return findings.with_user(user or self.building_officer).create(
            {**values, **vals}
        )

    def _overdue(self, **vals):
        """A task of the finance department overdue since 21 March 2026."""
        task = self._released_on("2026-03-02", deadline="2026-03-20", **vals)
        self._move_to("2026-04-01 02:00:00")
        return task

    def test_name(self):
        """A long finding is named by its first words, never by a part of one."""
        text = "Chưa ban hành quy trình nội bộ " * 5
        name = self._finding(self._issued(), text=text).display_name
        self.assertEqual(
            name,
            "Chưa ban hành quy trình nội bộ Chưa ban hành quy trình nội bộ Chưa ban"
            " hành quy trình …",
        )

    # -- who writes them ---------------------------------------------------------------
    def test_team_only(self):
        """The team makes findings; the Office, the Chairman and the agencies that are
        not on it do not."""
        inspection = self._issued()
        for user in (self.manager, self.specialist, self.building_officer):
            self.assertEqual(self._finding(inspection, user).found_by_id, user)
        for user in (
            self.specialist2,
            self.chairman,
            self.finance_head,
            self.building_head,
        ):
            with self.assertRaises(AccessError):
                self._finding(inspection, user)

    def test_only_while_working(self):
        """No finding before the decision, none after the conclusion."""
        draft = self._inspection()
        with self.assertRaises(UserError):
            self._finding(draft, self.manager)
        inspection = self._ended()
        finding = self._finding(inspection)
        self._write_conclusion(inspection)
        inspection.with_user(self.manager).action_conclude()
        with self.assertRaises(UserError):
            self._finding(inspection, self.manager)
        with self.assertRaises(UserError):
            finding.with_user(self.manager).text = "Sửa"
        with self.assertRaises(UserError):
            finding.with_user(self.manager).unlink()

    def test_author_is_kept(self):
        """Who made a finding is the writer, nobody else's name can be put there."""
        inspection = self._issued()
        with self.assertRaises(AccessError):
            self._finding(inspection, found_by_id=self.manager.id)
        finding = self._finding(inspection)
        with self.assertRaises(AccessError):
            finding.found_by_id = self.manager
        finding.with_user(self.manager).text = "Do trưởng đoàn sửa"
        self.assertEqual(finding.found_by_id, self.building_officer)

    def test_who_changes(self):
        """Its author changes a finding, and the leader, deputy and secretary; another
        member does not, nor deletes it."""
        members = [
            *self._places(),
            {"role": "deputy", "user_id": self.specialist2.id},
            {"role": "member", "user_id": self.ward_officer.id},
        ]
        inspection = self._issued(members=members)
        finding = self._finding(inspection)
        for user in (
            self.building_officer,
            self.manager,
            self.specialist,
            self.specialist2,
        ):
            finding.with_user(user).text = f"Sửa bởi {user.name}"
        other = finding.with_user(self.ward_officer)
        self.assertFalse(other.can_edit)
        with self.assertRaises(AccessError):
            other.text = "Sửa"
        with self.assertRaises(AccessError):
            other.unlink()
        self._finding(inspection, self.ward_officer).unlink()

    def test_inspected_reads_no_drafts(self):
        """The inspected agency reads no finding before the notice."""
        inspection = self._ended()
        finding = self._finding(inspection).with_user(self.finance_head)
        self.assertFalse(finding.has_access("read"))
        self._write_conclusion(inspection)
        self.assertFalse(finding.has_access("read"))
        inspection.with_user(self.manager).action_conclude()
        finding.invalidate_model()
        self.assertTrue(finding.has_access("read"))

    def test_pictures(self):
        """A member's pictures belong to the finding: read by the team, not by the
        inspected, deleted neither by other members."""
        members = [
            *self._places(),
            {"role": "member", "user_id": self.ward_officer.id},
        ]
        inspection = self._issued(members=members)
        finding = self._finding(inspection)
        picture = self._file("anh.jpg", self.building_officer)
        finding.attachment_ids = picture
        self.assertTrue(picture.with_user(self.ward_officer).has_access("read"))
        self.assertFalse(picture.with_user(self.finance_officer).has_access("read"))
        with self.assertRaises(AccessError):
            picture.with_user(self.ward_officer).unlink()

    # -- of assignments ----------------------------------------------------------------
    def test_in_scope_only(self):
        """A finding is of a task in the scope, of the agency it is about."""
        own = self._released()
        other = self._released(lead=self.ward)
        both = self.finance | self.ward
        inspection = self._issued(subjects=both)
        of_finance = inspection.subject_ids.filtered(
            lambda one: one.agency_id == self.finance
        )
        vals = {"subject_id": of_finance.id}
        self._finding(inspection, assignment_id=own.id, **vals)
        with self.assertRaises(ValidationError):
            self._finding(inspection, assignment_id=other.id, **vals)
        inspection.sudo().scope_to = "2026-03-31"
        # by the Office's member of the team, who reads the task all the same
        with self.assertRaises(ValidationError):
            self._finding(inspection, self.manager, assignment_id=own.id, **vals)

    def test_content_of_the_decision(self):
        """A finding is under a content the decision names."""
        inspection = self._issued()
        content = inspection.content_ids[0]
        self._finding(inspection, content_id=content.id)
        inspection.sudo().content_ids -= content
        with self.assertRaises(ValidationError):
            self._finding(inspection, content_id=content.id)

    def test_not_found_tomorrow(self):
        """Nothing is found on a day to come."""
        with self.assertRaises(ValidationError):
            self._finding(self._issued(), found_on="2026-04-02")

    # -- raised from them --------------------------------------------------------------
    def _raise(self, inspection, tasks, user=None):
        subject = inspection.subject_ids[:1].with_user(user or self.building_officer)
        wizard = subject.env["task.inspection.raise"].create(
            {"subject_id": subject.id, "assignment_ids": [(6, 0, tasks.ids)]}
        )
        wizard.action_raise()
        return inspection.sudo().finding_ids

    def test_offered(self):
        """Overdue, often refused and not updated tasks are offered, each by its
        reason; one in time is not."""
        late = self._overdue()
        still = self._released_on("2026-03-02", deadline="2026-06-30")
        self._move_to("2026-04-01 02:00:00")
        self._released(deadline="2026-06-30")
        inspection = self._issued()
        wizards = self.env["task.inspection.raise"].with_user(self.building_officer)
        offered = {
            reason: wizards.new(
                {"subject_id": inspection.subject_ids.id, "reason": reason}
            ).candidate_ids._origin
            for reason in (False, "open_overdue", "refused", "stale")
        }
        self.assertEqual(offered[False], late | still)
        self.assertEqual(offered["open_overdue"], late)
        self.assertFalse(offered["refused"])
        self.assertEqual(offered["stale"], late | still)

    def test_raised(self):
        """Of a chosen task a failing finding is made, by the member, in words with the
        day; its nature and the rest are still to be told."""
        task = self._overdue()
        finding = self._raise(self._issued(), task)
        self.assertEqual(finding.assignment_id, task)
        self.assertEqual(finding.found_by_id, self.building_officer)
        self.assertEqual(
            finding.text,
            "Báo cáo kết quả thực hiện (văn bản Về việc thử nghiệm; thời hạn"
            " 20/03/2026; quá hạn từ ngày 21/03/2026), không cập nhật tình hình trong"
            " 30 ngày gần nhất; tính đến ngày 01/04/2026.",
        )
        self.assertEqual(finding.content_id.code, "organising")
        self.assertEqual(len(finding._missing()), 4)

    def test_no_duplicates(self):
        """A task that has a finding gets no second one."""
        task = self._overdue()
        inspection = self._issued()
        self._raise(inspection, task)
        self.assertEqual(len(self._raise(inspection, task, self.manager)), 1)

    def test_no_task_out_of_scope_raised(self):
        """Neither a task of another agency nor one in time is raised."""
        self._overdue()
        inspection = self._issued()
        for task in (
            self._overdue(lead=self.ward),
            self._released(deadline="2026-06-30"),
        ):
            with self.assertRaises(UserError):
                self._raise(inspection, task)

    def test_others_raise_none(self):
        """Who is not on the team raises none, the Office neither."""
        task = self._overdue()
        inspection = self._issued()
        for user in (self.specialist2, self.finance_head, self.chairman):
            with self.assertRaises(AccessError):
                self._raise(inspection, task, user)
