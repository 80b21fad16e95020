# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.task_tracking.tests.common import START

from .common import InspectionCase


class PlanCase(InspectionCase):
    def setUp(self):
        super().setUp()
        self._move_to(START)

    def _plan(self, agencies=None, user=None, **vals):
        """A draft: `agencies` are inspected on 4–6 May 2026."""
        agencies = self.finance | self.building if agencies is None else agencies
        values = {
            "name": "Kế hoạch kiểm tra năm 2026",
            "date_from": "2026-01-01",
            "date_to": "2026-12-31",
            "line_ids": [Command.create(self._line(agency)) for agency in agencies],
        }
        plans = self.env["task.inspection.plan"].with_user(user or self.specialist)
        return plans.create({**values, **vals})

    def _line(self, agency, date_from="2026-05-04", date_to="2026-05-06", **vals):
        return {
            "agency_id": agency.id,
            "date_from": date_from,
            "date_to": date_to,
            **vals,
        }

    def _approved(self, *args, **vals):
        plan = self._plan(*args, **vals)
        plan.action_submit()
        plan.with_user(self.deputy).action_approve()
        return plan

    def _issue_of(self, lines):
        """The inspection made of `lines`, its decision issued today."""
        action = lines.action_make_inspection()
        inspection = lines.env["task.inspection"].browse(action["res_id"])
        inspection.write(
            {
                "legal_basis": "Luật",
                "scope": "Nhiệm vụ được giao",
                "member_ids": [
                    Command.create({"role": "leader", "user_id": self.manager.id})
                ],
            }
        )
        self._paper(inspection, "decision")
        inspection.with_user(self.chairman).action_issue()
        return inspection

    def _told(self, record, user):
        return self.env["mail.message"].search_count(
            [
                ("model", "=", record._name),
                ("res_id", "=", record.id),
                ("notified_partner_ids", "in", user.partner_id.ids),
            ]
        )


class TestPlan(PlanCase):
    """A plan from its draft to its adjusted version (Khánh Hòa)."""

    def test_approved(self):
        """The Office submits, the leader is told and approves, the drafter is told."""
        plan = self._plan()
        plan.action_submit()
        self.assertTrue(self._told(plan, self.deputy))
        plan.with_user(self.deputy).action_approve()
        self.assertEqual(plan.state, "approved")
        self.assertEqual(str(plan.approved_on), "2026-04-01")
        self.assertEqual(plan.approved_by_id, self.deputy)
        self.assertTrue(self._told(plan, self.specialist))

    def test_others_do_not_approve(self):
        """Neither the Office nor an agency's head approves."""
        plan = self._plan()
        plan.action_submit()
        for user in (self.specialist, self.manager, self.finance_head):
            with self.assertRaises(AccessError):
                plan.with_user(user).action_approve()

    def test_agency_does_not_draft(self):
        """An agency makes no plan of the Office's."""
        with self.assertRaises(AccessError):
            self._plan(user=self.finance_head)

    def test_returned_with_reason(self):
        """A plan is returned with a reason only, which its drafter reads."""
        plan = self._plan()
        plan.action_submit()
        leader = plan.with_user(self.deputy)
        with self.assertRaises(UserError):
            leader.action_return(" ")
        leader.action_return("Thêm các xã")
        self.assertEqual(plan.state, "draft")
        self.assertEqual(plan.returned_reason, "Thêm các xã")
        plan.action_submit()
        self.assertFalse(plan.returned_reason)

    def test_approved_is_fixed(self):
        """Neither lines nor days of an approved plan change, for anybody."""
        plan = self._approved()
        for user in (self.specialist, self.manager, self.chairman):
            with self.assertRaises(UserError):
                plan.with_user(user).date_to = "2026-11-30"
        with self.assertRaises(UserError):
            plan.line_ids[0].date_to = "2026-05-07"
        with self.assertRaises(UserError):
            plan.line_ids[0].unlink()

    def test_signed_paper_follows(self):
        """Number, day and file are completed after the approval, then fixed."""
        plan = self._approved()
        with self.assertRaises(UserError):
            plan.action_register()
        plan.write(
            {
                "number": "45/KH-UBND",
                "dated_on": "2026-04-01",
                "signer_name": "Nguyễn Văn A",
                "attachment_ids": [Command.set(self._file().ids)],
            }
        )
        plan.action_register()
        with self.assertRaises(UserError):
            plan.number = "46/KH-UBND"
        with self.assertRaises(UserError):
            plan.attachment_ids.unlink()

    def test_links_are_closed(self):
        """No user says that a line was planned before, or inspected by another
        inspection."""
        plan = self._approved()
        other = self._plan()
        with self.assertRaises(AccessError):
            other.line_ids[0].root_id = plan.line_ids[0]
        with self.assertRaises(AccessError):
            other.write(
                {
                    "line_ids": [
                        Command.create(
                            self._line(self.ward, root_id=plan.line_ids[0].id)
                        )
                    ]
                }
            )
        inspection = self._inspection()
        with self.assertRaises(AccessError):
            inspection.subject_ids.plan_line_id = plan.line_ids[0]

    def test_line_moves_to_no_approved_plan(self):
        """A line of a draft is not moved into a plan that was approved, nor out of
        it."""
        approved, draft = self._approved(), self._plan(self.ward)
        for line, plan in (
            (draft.line_ids, approved),
            (approved.line_ids[0], draft),
        ):
            with self.assertRaises(UserError):
                line.plan_id = plan

    def test_workflow_is_closed(self):
        """No user writes the state or the version it replaces."""
        plan = self._plan()
        for vals in (
            {"state": "approved"},
            {"replaces_id": plan.id},
            {"returned_reason": "Khác"},
        ):
            with self.assertRaises(AccessError):
                plan.write(vals)

    def test_duplicated(self):
        """The Office duplicates last year's plan: a draft of its own, unsigned."""
        plan = self._approved(number="45/KH-UBND")
        copied = plan.with_user(self.specialist).copy()
        self.assertEqual(copied.state, "draft")
        self.assertFalse(copied.number)
        self.assertEqual(copied.line_ids.agency_id, self.finance | self.building)
        self.assertFalse(copied.replaces_id | copied.line_ids.root_id.plan_id)

    def test_lines_within_plan(self):
        """The days of a line lie within the plan's."""
        with self.assertRaises(ValidationError):
            self._plan(
                line_ids=[
                    Command.create(self._line(self.finance, "2026-12-30", "2027-01-02"))
                ]
            )

    def test_one_inspection_of_several_lines(self):
        """Lines with the same days make one draft, with agencies, contents and days."""
        plan = self._approved()
        action = plan.line_ids.action_make_inspection()
        inspection = self.env["task.inspection"].browse(action["res_id"])
        self.assertEqual(inspection.state, "draft")
        self.assertEqual(inspection.plan_line_id.plan_id, plan)
        self.assertEqual(inspection.subject_ids.agency_id, self.finance | self.building)
        self.assertEqual(inspection.content_ids, plan.line_ids.content_ids)
        self.assertEqual(str(inspection.subject_ids[0].visit_to), "2026-05-06")
        with self.assertRaises(UserError):
            plan.line_ids[1].action_make_inspection()

    def test_no_inspection_of_a_draft(self):
        """A line of a plan that is not approved makes no inspection."""
        with self.assertRaises(UserError):
            self._plan().line_ids.action_make_inspection()

    def test_different_days_make_two(self):
        """Lines of different days are not one inspection."""
        lines = [
            Command.create(self._line(self.finance)),
            Command.create(self._line(self.building, "2026-06-01", "2026-06-02")),
        ]
        plan = self._approved(line_ids=lines)
        with self.assertRaises(UserError):
            plan.line_ids.action_make_inspection()

    def _progress(self, plan):
        """{agency: progress}, asserting that searching tells the same."""
        lines = self.env["task.inspection.plan.line"].with_user(self.specialist)
        lines.invalidate_model()
        found = {}
        for key in ("planned", "running", "held", "missed"):
            for line in lines.search(
                [("plan_id", "=", plan.id), ("progress", "=", key)]
            ):
                found[line.agency_id] = key
        read = {
            line.agency_id: line.progress for line in lines.browse(plan.line_ids.ids)
        }
        self.assertEqual(read, found)
        return read

    def test_progress(self):
        """Planned until the last day; under way from the decision; held when it was
        concluded; not held once the last day (6 May 2026) has passed."""
        plan = self._approved()
        finance, building = plan.line_ids.sorted("id")
        self.assertEqual(
            self._progress(plan),
            {self.finance: "planned", self.building: "planned"},
        )
        inspection = self._issue_of(finance)
        self._move_to("2026-05-06 02:00:00")
        self.assertEqual(
            self._progress(plan),
            {self.finance: "running", self.building: "planned"},
        )
        self._move_to("2026-05-07 02:00:00")
        inspection.with_user(self.manager).action_end("2026-05-06")
        self._write_conclusion(inspection)
        inspection.with_user(self.manager).action_conclude()
        self.assertEqual(
            self._progress(plan), {self.finance: "held", self.building: "missed"}
        )

    def test_second_agency_of_one_inspection_is_held(self):
        """Every line an inspection was made from is under way with it."""
        plan = self._approved()
        self._issue_of(plan.line_ids)
        self.assertEqual(set(self._progress(plan).values()), {"running"})

    def _adjusted(self, plan):
        return self.env["task.inspection.plan"].browse(
            plan.with_user(self.specialist).action_adjust()["res_id"]
        )

    def test_adjusted(self):
        """The further version takes the place of the one before once approved; what
        was begun stays under way in it."""
        plan = self._approved()
        self._issue_of(
            plan.line_ids.filtered(lambda one: one.agency_id == self.finance)
        )
        version = self._adjusted(plan).with_user(self.specialist)
        self.assertEqual(plan.state, "approved")
        self.assertEqual(self._adjusted(plan), version)
        version.line_ids.filtered(lambda one: one.agency_id == self.building).unlink()
        version.write({"line_ids": [Command.create(self._line(self.ward))]})
        with self.assertRaises(UserError):
            version.action_submit()
        version.adjust_reason = "Theo chỉ đạo"
        version.action_submit()
        version.with_user(self.chairman).action_approve()
        self.assertEqual((plan.state, version.state), ("replaced", "approved"))
        self.assertEqual(
            self._progress(version), {self.finance: "running", self.ward: "planned"}
        )

    def test_adjusting_drops_nothing_begun(self):
        """An inspection whose decision was issued is not planned away."""
        plan = self._approved()
        self._issue_of(
            plan.line_ids.filtered(lambda one: one.agency_id == self.finance)
        )
        version = self._adjusted(plan).with_user(self.specialist)
        version.adjust_reason = "Theo chỉ đạo"
        version.line_ids.filtered(lambda one: one.agency_id == self.finance).unlink()
        with self.assertRaises(UserError):
            version.action_submit()

    def test_draft_inspection_follows(self):
        """An inspection still being prepared goes by the adjusted plan, and can be
        issued by it."""
        plan = self._approved(self.finance)
        action = plan.line_ids.action_make_inspection()
        inspection = self.env["task.inspection"].browse(action["res_id"])
        version = self._adjusted(plan).with_user(self.specialist)
        version.adjust_reason = "Theo chỉ đạo"
        version.action_submit()
        version.with_user(self.chairman).action_approve()
        self.assertEqual(inspection.plan_line_id, version.line_ids)
        self.assertEqual(inspection.subject_ids.plan_line_id, version.line_ids)

    # -- the team's plan (KH Đ15.3) ----------------------------------------------------
    def test_team_plans_after_decision(self):
        """The team drafts, its leader submits, a leader approves: the visits' days
        are set."""
        inspection = self._issued()
        line = self._line(self.finance, "2026-04-08", "2026-04-09")
        plan = self._plan(
            user=self.building_officer,
            inspection_id=inspection.id,
            line_ids=[Command.create(line)],
        )
        with self.assertRaises(AccessError):
            plan.action_submit()
        plan.with_user(self.manager).action_submit()
        plan.with_user(self.deputy).action_approve()
        subject = inspection.subject_ids
        self.assertEqual(str(subject.visit_from), "2026-04-08")
        self.assertEqual(str(subject.visit_to), "2026-04-09")

    def test_team_adds_no_agency(self):
        """The decision names who is inspected: the team's plan adds nobody."""
        inspection = self._issued()
        with self.assertRaises(ValidationError):
            self._plan(self.ward, user=self.manager, inspection_id=inspection.id)

    def test_strangers_make_no_team_plan(self):
        """Only the team makes its plan: neither another agency nor the inspected."""
        inspection = self._issued()
        for user in (self.ward_head, self.finance_head, self.specialist2):
            with self.assertRaises(AccessError):
                self._plan(self.finance, user=user, inspection_id=inspection.id)

    def test_agency_reads_no_plan(self):
        """An agency does not learn from the plan when it will be inspected."""
        plan = self._approved()
        self.assertFalse(plan.with_user(self.finance_head).has_access("read"))
        self.assertFalse(plan.line_ids.with_user(self.finance_head).has_access("read"))
