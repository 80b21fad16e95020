# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError

from .common import InspectionCase


class TestInspectionMinutes(InspectionCase):
    """Minutes: confirmed by the leader, answered by the inspected agency's head."""

    def _minutes(self, inspection=None, user=None):
        """Draft minutes of this morning, 8:00 to 8:30, begun by a member."""
        inspection = inspection or self._issued()
        subject = inspection.subject_ids.filtered(
            lambda one: one.agency_id == self.finance
        )
        action = subject.with_user(user or self.building_officer).action_make_minutes()
        minutes = self.env["task.inspection.paper"].browse(action["res_id"])
        minutes.with_user(user or self.building_officer).write(
            {
                "place": "Trụ sở Sở Tài chính",
                "begun_at": "2026-04-01 01:00:00",
                "ended_at": "2026-04-01 01:30:00",
            }
        )
        return minutes

    def _confirmed(self, inspection=None):
        minutes = self._minutes(inspection)
        minutes.with_user(self.manager).action_issue()
        return minutes

    def _objected(self):
        minutes = self._confirmed()
        head = minutes.with_user(self.finance_head)
        head.objection = "Số liệu chưa đúng"
        head.action_object()
        return minutes

    # -- what they begin with ----------------------------------------------------------
    def test_prefilled(self):
        """Minutes begin with who is present, the contents of the decision, the figures
        as taken and the agency's findings."""
        self._released()
        inspection = self._issued(subjects=self.finance | self.ward)
        subjects = inspection.subject_ids.with_user(self.building_officer)
        subjects.action_take_figures()
        findings = self.env["task.inspection.finding"].with_user(self.manager)
        for subject in subjects:
            findings.create(
                {
                    "inspection_id": inspection.id,
                    "subject_id": subject.id,
                    "text": f"Phát hiện ở {subject.agency_id.name}",
                }
            )
        minutes = self._minutes(inspection)
        self.assertIn(self.manager.name, minutes.present)
        self.assertIn("Phát hiện ở Sở Tài chính", minutes.body)
        self.assertNotIn("Phát hiện ở UBND", minutes.body)
        self.assertIn("số liệu đến ngày 01/04/2026", minutes.body)
        self.assertIn("Được giao chủ trì: 1", minutes.body)
        for content in inspection.content_ids:
            self.assertIn(content.name, minutes.body)

    def test_several(self):
        """An agency may have several minutes in one inspection."""
        inspection = self._issued()
        self._confirmed(inspection)
        self._confirmed(inspection)
        self.assertEqual(len(inspection.sudo().minutes_ids), 2)

    def test_team_makes_them(self):
        """Only the team makes minutes."""
        inspection = self._issued()
        for user in (self.specialist2, self.chairman, self.finance_head):
            with self.assertRaises(AccessError):
                inspection.subject_ids.with_user(user).action_make_minutes()

    def test_times(self):
        """Minutes end after they begin, and are of what has taken place."""
        minutes = self._minutes()
        for ended in ("2026-04-01 00:30:00", "2026-04-01 03:00:00"):
            with self.assertRaises(ValidationError):
                minutes.with_user(self.manager).ended_at = ended

    # -- the leader --------------------------------------------------------------------
    def test_leader_confirms(self):
        """The leader of the team confirms, nobody else of it."""
        minutes = self._minutes()
        for user in (self.specialist, self.building_officer):
            with self.assertRaises(AccessError):
                minutes.with_user(user).action_issue()
        minutes.with_user(self.manager).action_issue()
        self.assertEqual(minutes.state, "issued")

    def test_complete(self):
        """Minutes without text, times, place or who was present are not confirmed
        (Mẫu 1.9)."""
        minutes = self._minutes().with_user(self.manager)
        for name in ("body", "begun_at", "ended_at", "place", "present"):
            value = minutes[name]
            minutes[name] = False
            with self.assertRaises(UserError):
                minutes.action_issue()
            minutes[name] = value
        minutes.action_issue()

    def test_read_once_confirmed(self):
        """The inspected agency reads its own minutes, only once they are confirmed;
        another one never does."""
        inspection = self._issued(subjects=self.finance | self.ward)
        minutes = self._minutes(inspection)
        self.assertFalse(minutes.with_user(self.finance_head).has_access("read"))
        minutes.with_user(self.manager).action_issue()
        minutes.invalidate_model()
        self.assertTrue(minutes.with_user(self.finance_officer).has_access("read"))
        self.assertFalse(minutes.with_user(self.ward_head).has_access("read"))

    def test_confirmed_stand(self):
        """Confirmed minutes are changed by nobody, nor their files."""
        minutes = self._minutes()
        file = self._file(user=self.building_officer)
        minutes.with_user(self.building_officer).attachment_ids = file
        minutes.with_user(self.manager).action_issue()
        for user in (self.manager, self.finance_head):
            with self.assertRaises(UserError):
                minutes.with_user(user).body = "Khác"
            with self.assertRaises(UserError):
                file.with_user(user).unlink()

    # -- the inspected agency ----------------------------------------------------------
    def test_head_agrees(self):
        """The agency's head agrees, once; an officer, the team and another agency's
        head do not answer for it."""
        minutes = self._confirmed()
        for user in (self.finance_officer, self.manager, self.specialist):
            self.assertFalse(minutes.with_user(user).can_answer)
            with self.assertRaises(AccessError):
                minutes.with_user(user).action_agree()
        minutes.with_user(self.finance_head).action_agree()
        self.assertEqual(minutes.answer, "agreed")
        self.assertEqual(minutes.answered_by_id, self.finance_head)
        with self.assertRaises(UserError):
            minutes.with_user(self.finance_head).action_object()

    def test_head_objects(self):
        """The head objects in writing with files; all of it is kept."""
        minutes = self._confirmed()
        head = minutes.with_user(self.finance_head)
        with self.assertRaises(UserError):
            head.action_object()
        file = self._file(user=self.finance_head)
        head.write(
            {
                "objection": "Số liệu chưa đúng",
                "objection_file_ids": [Command.link(file.id)],
            }
        )
        with self.assertRaises(UserError):
            head.action_agree()
        head.action_object()
        self.assertEqual(minutes.answer, "objected")
        self.assertTrue(file.with_user(self.building_officer).has_access("read"))
        for vals in (
            {"objection": "Không có"},
            {"objection_file_ids": [Command.clear()]},
        ):
            with self.assertRaises(UserError):
                head.write(vals)
        for user in (self.finance_head, self.manager):
            with self.assertRaises(UserError):
                file.with_user(user).unlink()

    def test_file_uploaded_onto_the_minutes(self):
        """The agency's head may upload a file on confirmed minutes, as the form does;
        an officer, and the team before both confirmed, may not."""
        minutes = self._confirmed()
        vals = {
            "name": "y-kien.pdf",
            "raw": b"%PDF-1.4",
            "res_model": minutes._name,
            "res_id": minutes.id,
        }
        for user in (self.finance_officer, self.manager):
            with self.assertRaises(UserError):
                self.env["ir.attachment"].with_user(user).create(vals)
        file = self.env["ir.attachment"].with_user(self.finance_head).create(vals)
        head = minutes.with_user(self.finance_head)
        head.write(
            {
                "objection": "Số liệu chưa đúng",
                "objection_file_ids": [Command.link(file.id)],
            }
        )
        head.action_object()
        with self.assertRaises(UserError):
            self.env["ir.attachment"].with_user(self.finance_head).create(vals)

    def test_team_writes_no_objection(self):
        """Nobody of the team writes, or begins minutes with, the agency's objection."""
        inspection = self._issued()
        minutes = self._confirmed(inspection)
        with self.assertRaises(AccessError):
            minutes.with_user(self.manager).objection = "Không có ý kiến"
        with self.assertRaises(AccessError):
            self._paper(
                inspection,
                "minutes",
                self.manager,
                subject_id=inspection.subject_ids.id,
                objection="Không có ý kiến",
            )
        with self.assertRaises(UserError):
            minutes.with_user(self.finance_head).answer = "agreed"

    # -- the reply ---------------------------------------------------------------------
    def test_leader_replies(self):
        """The leader answers an objection in writing, once; both are kept and read by
        the agency."""
        minutes = self._objected()
        leader = minutes.with_user(self.manager)
        with self.assertRaises(UserError):
            leader.action_reply()
        for user in (self.specialist, self.finance_head):
            with self.assertRaises(AccessError):
                minutes.with_user(user).reply = "Giữ nguyên"
        leader.reply = "Giữ nguyên kết quả"
        leader.action_reply()
        self.assertEqual(minutes.replied_by_id, self.manager)
        self.assertEqual(minutes.objection, "Số liệu chưa đúng")
        with self.assertRaises(UserError):
            leader.reply = "Khác"
        head = minutes.with_user(self.finance_head)
        self.assertEqual(head.reply, "Giữ nguyên kết quả")

    def test_no_reply_without_objection(self):
        """There is nothing to reply to minutes that were agreed to."""
        minutes = self._confirmed()
        minutes.with_user(self.finance_head).action_agree()
        with self.assertRaises(UserError):
            minutes.with_user(self.manager).reply = "…"

    # -- the signed scan ---------------------------------------------------------------
    def test_signed_scan_is_added(self):
        """After both confirmed the team adds the signed scan; what is there is neither
        replaced nor deleted."""
        minutes = self._confirmed()
        member = minutes.with_user(self.building_officer)
        first = self._file("bien-ban.pdf", self.building_officer)
        with self.assertRaises(UserError):
            member.signed_file_ids = [Command.link(first.id)]
        minutes.with_user(self.finance_head).action_agree()
        with self.assertRaises(AccessError):
            minutes.with_user(self.finance_head).signed_file_ids = [
                Command.link(self._file(user=self.finance_head).id)
            ]
        member.signed_file_ids = [Command.link(first.id)]
        second = self._file("trang-2.pdf", self.building_officer)
        member.signed_file_ids = [Command.link(second.id)]
        self.assertEqual(minutes.sudo()._all_files(), first | second)
        for commands in ([Command.clear()], [Command.set(second.ids)]):
            with self.assertRaises(UserError):
                member.signed_file_ids = commands
        with self.assertRaises(UserError):
            first.with_user(self.building_officer).unlink()
        self.assertTrue(first.with_user(self.finance_officer).has_access("read"))

    def test_no_file_of_others(self):
        """A file of another record is not made part of the minutes."""
        minutes = self._confirmed()
        minutes.with_user(self.finance_head).action_agree()
        decision = minutes.inspection_id.paper_ids.filtered(
            lambda paper: paper.kind == "decision"
        )
        with self.assertRaises(AccessError):
            minutes.with_user(self.building_officer).signed_file_ids = [
                Command.link(decision.attachment_ids.id)
            ]
