# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.exceptions import AccessError, RedirectWarning, UserError, ValidationError

from odoo.addons.task_tracking.tests.common import START

from .test_conclusion import ConclusionCase


class RecommendationCase(ConclusionCase):
    def setUp(self):
        super().setUp()
        self._move_to(START)
        self.inspection = self._ended(subjects=self.finance + self.ward)
        self.first = self._recommendation(self.inspection)
        self.second = self._recommendation(
            self.inspection, self.ward, text="Phường báo cáo", deadline="2026-04-10"
        )

    def _directive(self, user=None, inspection=None, **vals):
        """The directive made of what is recommended, in one step."""
        inspection = (inspection or self.inspection).with_user(user or self.specialist)
        action = inspection.action_make_directive()
        wizard = (
            self.env[action["res_model"]]
            .with_user(user or self.specialist)
            .with_context(**action["context"])
            .create(vals)
        )
        opened = wizard.action_make()
        self.assertEqual(opened["res_model"], "task.document")
        documents = self.env["task.document"].with_user(user or self.specialist)
        return documents.browse(opened["res_id"])

    def _state(self, recommendation, user=None):
        """The state as told, as found and as grouped: all three agree."""
        one = recommendation.with_user(user or self.chairman)
        one.invalidate_model()
        domain = [("id", "=", one.id)]
        ((grouped, number),) = one._read_group(domain, ["state"], ["__count"])
        self.assertEqual((grouped, number), (one.state, 1))
        for state, _label in one._fields["state"].selection:
            found = one.search([*domain, ("state", "=", state)])
            self.assertEqual(bool(found), state == one.state, state)
            found = one.search([*domain, ("state", "!=", state)])
            self.assertEqual(bool(found), state != one.state, state)
        return one.state


class TestRecommendation(RecommendationCase):
    """What is recommended becomes tasks of a directive and is followed until done."""

    def test_name(self):
        """A long recommendation is named by its first words, never by a part of one."""
        self.first.text = "Ban hành quy trình nội bộ " * 6
        self.assertEqual(
            self.first.display_name,
            "Ban hành quy trình nội bộ Ban hành quy trình nội bộ Ban hành quy trình nội"
            " bộ Ban hành …",
        )

    def test_one_step(self):
        """One draft directive with a task for each recommendation: its agency, day and
        words; it names the inspection and leads back to it; the Office releases it."""
        self._conclude(self.inspection)
        document = self._directive(number="77", notation="UBND-TH")
        self.assertEqual(document.state, "draft")
        self.assertEqual(document.reference, "77/UBND-TH")
        self.assertIn("kiểm tra việc thực hiện nhiệm vụ", document.abstract)
        self.assertEqual(
            (document.origin_model, document.origin_id),
            ("task.inspection", self.inspection.id),
        )
        self.assertEqual(document.drafter_id, self.office)
        self.assertEqual(
            [
                (task.name, task.lead_agency_ids, str(task.deadline))
                for task in document.task_ids.sorted("sequence")
            ],
            [
                ("Phân công đầu mối cập nhật", self.finance, "2026-05-29"),
                ("Phường báo cáo", self.ward, "2026-04-10"),
            ],
        )
        self.assertEqual(
            (self.first + self.second).task_id, document.task_ids.sorted("sequence")
        )
        self.assertTrue(document.registered_on)
        document.action_release()
        self.assertEqual(self._state(self.first), "assigned")
        self.assertEqual(document.assignment_ids.agency_id, self.finance + self.ward)

    def test_never_twice(self):
        """What has a task gets no second one; what was left out gets its own later."""
        self._conclude(self.inspection)
        document = self._directive(recommendation_ids=[Command.set(self.first.ids)])
        self.assertEqual(document.task_ids, self.first.task_id)
        self.assertFalse(self.second.task_id)
        with self.assertRaises(UserError):
            self._directive(recommendation_ids=[Command.set(self.first.ids)])
        self._directive()
        self.assertTrue(self.second.task_id)
        self.assertFalse(self.inspection.with_user(self.specialist).can_make_directive)
        with self.assertRaises(UserError):
            self.inspection.with_user(self.specialist).action_make_directive()

    def test_of_this_inspection_only(self):
        """Recommendations of another inspection are not made tasks here."""
        self._conclude(self.inspection)
        other = self._ended()
        strange = self._recommendation(other)
        self._conclude(other)
        with self.assertRaises(UserError):
            self._directive(recommendation_ids=[Command.set(strange.ids)])
        self.assertFalse(strange.task_id)

    def test_who_makes_it(self):
        """The Office makes the directive, after the conclusion only."""
        with self.assertRaises(UserError):
            self.inspection.with_user(self.specialist).action_make_directive()
        self._conclude(self.inspection)
        for user in (self.building_officer, self.finance_head, self.chairman):
            with self.assertRaises(AccessError):
                self.inspection.with_user(user).action_make_directive()
            with self.assertRaises(AccessError):
                self.env["task.inspection.directive"].with_user(user).create(
                    {"inspection_id": self.inspection.id}
                ).action_make()

    def test_task_is_not_written(self):
        """The team, which writes its recommendations, links none to a task and marks
        none as done around the acts."""
        task = self._released().task_id
        leader = self.first.with_user(self.manager)
        leader.text = "Phân công ngay"
        for vals in (
            {"task_id": task.id},
            {"done_on": "2026-04-01"},
            {"done_note": "Đã xong"},
        ):
            with self.assertRaises(AccessError):
                leader.write(vals)

    def test_file_is_shared_on_demand(self):
        """The signed conclusion is shared with the agencies given tasks only if the
        Office says so, then without a copy; they read nothing of it otherwise."""
        self._conclude(self.inspection)
        file = self.inspection._conclusion_paper().attachment_ids
        document = self._directive(recommendation_ids=[Command.set(self.first.ids)])
        document.action_release()
        self.assertFalse(file.with_user(self.finance_officer).has_access("read"))
        document = self._directive(shares_conclusion=True)
        self.assertEqual(document.shared_attachment_ids, file)
        document.action_release()
        file.invalidate_recordset()
        self.assertTrue(file.with_user(self.ward_officer).has_access("read"))
        self.assertFalse(file.with_user(self.finance_officer).has_access("read"))

    def test_day_that_cannot_be_met(self):
        """A day before the directive's is left to the Office: not released without."""
        self._conclude(self.inspection)
        self._move_to("2026-04-13 02:00:00")
        document = self._directive()
        self.assertFalse(self.second.task_id.deadline)
        self.assertTrue(self.second.task_id.is_dated)
        with self.assertRaises(UserError):
            document.action_release()
        self.second.task_id.with_user(self.specialist).deadline = "2026-04-20"
        document.action_release()
        self.assertEqual(self._state(self.second), "assigned")

    def test_draft_deleted(self):
        """The directive dropped as a draft, what was recommended is open again."""
        self._conclude(self.inspection)
        document = self._directive()
        self.assertEqual(self._state(self.first), "open")
        document.with_user(self.specialist).unlink()
        self.assertFalse(self.first.exists().task_id)
        self.assertEqual(self._state(self.first), "open")
        self._directive()
        self.assertTrue(self.first.task_id)

    def test_followed_until_done(self):
        """The state follows the task from day to day: assigned, overdue the day after
        its deadline, done once confirmed (KH); none of it is stored."""
        self._conclude(self.inspection)
        self._directive().action_release()
        self.assertEqual(self._state(self.second), "assigned")
        self._move_to("2026-04-10 02:00:00")
        self.assertEqual(self._state(self.second), "assigned")
        self._move_to("2026-04-13 02:00:00")
        self.assertEqual(self._state(self.second), "overdue")
        self.assertEqual(self._state(self.first), "assigned")
        assignment = self.second.sudo().task_id.assignment_ids
        result = self._hand_in(assignment, self.ward_head)
        result.with_user(self.specialist).action_accept()
        self.assertEqual(self._state(self.second), "done")
        self.assertEqual(self._state(self.second, self.ward_officer), "done")

    def test_withdrawn(self):
        """The task withdrawn, the recommendation waits for whoever follows it."""
        self._conclude(self.inspection)
        self._directive().action_release()
        assignment = self.second.sudo().task_id.assignment_ids
        assignment.with_user(self.manager).withdraw("Trùng nhiệm vụ")
        self.assertEqual(self._state(self.second), "withdrawn")
        self.second.with_user(self.manager).action_done("2026-04-01", "Đã làm rõ")
        self.assertEqual(self._state(self.second), "done")

    def test_overdue_without_a_task(self):
        """Its own day passed and no task carries it out: overdue."""
        self._conclude(self.inspection)
        self._move_to("2026-04-10 02:00:00")
        self.assertEqual(self._state(self.second), "open")
        self._move_to("2026-04-11 02:00:00")
        self.assertEqual(self._state(self.second), "overdue")
        self.assertEqual(self._state(self.first), "open")

    def test_done_without_a_task(self):
        """The leader or who prepares the inspection says when and how it was done,
        once, between the conclusion and today; nobody else does."""
        with self.assertRaises(UserError):
            self.first.with_user(self.manager).action_done("2026-04-01", "Đã xong")
        self._conclude(self.inspection)
        for user in (self.finance_head, self.building_officer):
            with self.assertRaises(AccessError):
                self.first.with_user(user).action_done("2026-04-01", "Đã xong")
        leader = self.first.with_user(self.manager)
        for day, note in (
            ("2026-03-31", "Đã xong"),
            ("2026-04-02", "Đã xong"),
            ("2026-04-01", " "),
            (False, "Đã xong"),
        ):
            with self.assertRaises(UserError):
                leader.action_done(day, note)
        action = self.first.with_user(self.specialist).action_mark_done()
        wizard = (
            self.env["task.inspection.act"]
            .with_user(self.specialist)
            .with_context(**action["context"])
            .create({"day": "2026-04-01", "reason": "Công văn 9/STC"})
        )
        wizard.action_apply()
        self.assertEqual(self._state(self.first), "done")
        self.assertEqual(self.first.done_note, "Công văn 9/STC")
        with self.assertRaises(UserError):
            leader.action_done("2026-04-01", "Lần nữa")

    def test_carried_out_by_a_task(self):
        """What a running task carries out is not marked as done beside it."""
        self._conclude(self.inspection)
        self._directive().action_release()
        with self.assertRaises(UserError):
            self.first.with_user(self.manager).action_done("2026-04-01", "Đã xong")

    def test_adjusting_a_task(self):
        """A proposal to adjust names the task by its finding, or the conclusion is not
        handed in; it gets no new task and is marked as done once it was adjusted."""
        assignment = self._released()
        proposal = self._recommendation(
            self.inspection, kind="adjust", text="Gia hạn nhiệm vụ"
        )
        self._write_conclusion(self.inspection)
        leader = self.inspection.with_user(self.manager)
        with self.assertRaises(UserError) as raised:
            leader.action_conclude()
        self.assertIn("Gia hạn nhiệm vụ", str(raised.exception))
        finding = self._finding(self.inspection, assignment_id=assignment.id)
        proposal.finding_id = finding
        leader.action_conclude()
        self.assertEqual(proposal.assignment_id, assignment)
        self._directive()
        self.assertFalse(proposal.task_id)
        self.assertEqual(
            proposal.with_user(self.specialist).action_open_task()["res_id"],
            assignment.id,
        )
        proposal.with_user(self.specialist).action_done("2026-04-01", "QĐ 10")
        self.assertEqual(self._state(proposal), "done")

    def test_finding_of_this_inspection(self):
        """A recommendation stands on a finding of its own inspection only."""
        finding = self._finding(self._ended())
        with self.assertRaises(ValidationError):
            self._recommendation(self.inspection, finding_id=finding.id)

    def test_agency_elsewhere(self):
        """An agency that is not inspected and has to carry something out reads that,
        opens its form and does nothing else; its task it has like any other."""
        to_building = self._recommendation(self.inspection, self.agriculture)
        self._conclude(self.inspection)
        officer = self.agriculture_officer
        self.assertTrue(self._reads(to_building, officer))
        self.assertFalse(self._reads(self.first, officer))
        self.assertFalse(self._reads(self.inspection, officer))
        one = to_building.with_user(officer)
        self.assertFalse(one.can_edit or one.can_be_done)
        with self.assertRaises(AccessError):
            one.text = "Khác"

    def test_duplicate_stays_refused(self):
        """The rules of directives hold: the same number twice is refused, and no task
        was made."""
        self._conclude(self.inspection)
        self._document(number="77", notation="UBND-TH", issued_on="2026-04-01")
        with self.assertRaises(RedirectWarning) as raised:
            self._directive(number="077", notation="UBND-TH")
        self.assertIn("77/UBND-TH", str(raised.exception))
        self.assertFalse(self.first.task_id)

    def test_queries_do_not_grow(self):
        """The states of many recommendations cost as much as those of one."""
        more = [self._recommendation(self.inspection) for _number in range(8)]
        self._conclude(self.inspection)
        self._directive().action_release()
        many = self.first.union(self.second, *more).with_user(self.chairman)

        def cost(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            records.mapped("state")
            return self.cr.sql_log_count - before

        cost(many[:1])
        self.assertLessEqual(cost(many), cost(many[:1]))
