# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .rights_common import InspectionRightsCase

HELD = {
    "begun_at": "2026-04-01 00:00:00",
    "ended_at": "2026-04-01 01:00:00",
    "place": "Trụ sở",
    "present": "Đại diện cơ quan",
}


@tagged("post_install", "-at_install")
class TestPeopleChange(InspectionRightsCase):
    """People move while an inspection runs."""

    def test_member_moves_to_the_inspected(self):
        """Who went over to the inspected agency is no longer of the team: reads no
        finding of it and does none of its work."""
        self._work()
        self.member.sudo().task_agency_id = self.finance
        self._assert_reads_none(
            self.member, self.finding, self.other_finding, self.conclusion_texts[0]
        )
        self._assert_reads(self.member, self.inspection, self.own)
        self.assertFalse(self.inspection.with_user(self.member).can_work)
        with self.assertRaises(AccessError):
            self._rpc(
                self.member,
                "task.inspection.finding",
                "create",
                {
                    "inspection_id": self.inspection.id,
                    "subject_id": self.other.id,
                    "text": "x",
                },
            )

    def test_member_moves_to_a_unit_of_the_inspected(self):
        """Nor who went over to one of its units."""
        self._work()
        self.branch.sudo().parent_id = self.finance
        self.member.sudo().task_agency_id = self.branch
        self._assert_reads_none(self.member, self.finding, self.other_finding)

    def test_member_moves_elsewhere(self):
        """Who moves to an agency that is not inspected stays on the team."""
        self._work()
        self.member.sudo().task_agency_id = self.agriculture
        self._assert_reads(self.member, self.finding, self.other_finding)

    def _places(self):
        deputy = {"role": "deputy", "user_id": self.agriculture_officer.id}
        return [*super()._places(), deputy]

    def test_deputy_leads_once_the_leader_left(self):
        """The deputy leader ends the inspection once the leader has left, not before:
        it does not stay unfinished."""
        self._issue()
        deputy = self.inspection.with_user(self.agriculture_officer)
        with self.assertRaises(AccessError):
            deputy.action_end()
        self.manager.sudo().active = False
        deputy.invalidate_recordset()
        self.assertTrue(deputy.can_end)
        deputy.action_end()
        self.assertEqual(self.inspection.state, "ended")

    def test_deputy_leads_once_the_leader_is_partial(self):
        """Likewise once the leader belongs to who is inspected."""
        self._issue()
        self.manager.sudo().task_agency_id = self.finance
        self.inspection.with_user(self.agriculture_officer).action_end()
        self.assertEqual(self.inspection.state, "ended")


@tagged("post_install", "-at_install")
class TestAgencyEnds(InspectionRightsCase):
    """BG Đ24: the department of agriculture takes the place of the inspected one."""

    def _succeed(self, successor=None):
        succession = (
            self.env["task.succession"]
            .with_user(self.manager)
            .create(
                {
                    "predecessor_ids": [Command.set(self.finance.ids)],
                    "successor_id": (successor or self.agriculture).id,
                    "day": "2026-04-01",
                    "reference": "12/NQ-HĐND",
                    "reason": "Hợp nhất hai sở",
                }
            )
        )
        succession.action_record()
        self.env.invalidate_all()

    def test_rights_go_over(self):
        """Its successor reads its place and papers; its own users do no more."""
        self._work()
        papers = self.inspection.paper_ids.filtered(
            lambda one: one.kind == "request" and one.subject_id == self.own
        )
        self._succeed()
        told = (self.inspection, self.own, papers)
        self._assert_reads(self.agriculture_head, *told)
        self._assert_reads_none(self.finance_head, *told)
        self._assert_reads_none(self.agriculture_head, self.finding, self.other)

    def test_minutes_are_answered(self):
        """The head of the successor answers the minutes."""
        self._work()
        leader = self.minutes.with_user(self.manager)
        leader.write(HELD)
        leader.action_issue()
        self._succeed()
        self._rpc(
            self.agriculture_head,
            "task.inspection.paper",
            "action_agree",
            self.minutes.ids,
        )
        self.assertEqual(self.minutes.answer, "agreed")

    def test_report_is_sent(self):
        """The successor goes on with the report that was asked for."""
        self._work()
        report = self.own.sudo().report_ids
        self._succeed()
        texts = report.text_ids.with_user(self.agriculture_head)
        texts.write({"body": "Đã rà soát"})
        self._rpc(
            self.agriculture_head, "task.inspection.report", "action_send", report.ids
        )
        self.assertEqual(report.state, "sent")

    def test_scope_stays(self):
        """The tasks that went over stay in scope and in the figures; what was the
        successor's own does not come in."""
        other = self._released(lead=self.agriculture)
        self._issue()
        self._succeed()
        found = self.assignment.search(self.inspection._assignment_domain())
        self.assertIn(self.assignment, found)
        self.assertNotIn(other, found)
        self.own.with_user(self.specialist).action_take_figures()
        counts = {row["code"]: row["count"] for row in self.own.figures_table}
        self.assertEqual(counts["assigned"], 1)

    def test_member_of_the_successor(self):
        """A member whose agency took the place of the inspected one leaves the team."""
        self._work()
        self._assert_reads(self.member, self.finding)
        self._succeed(self.building)
        self._assert_reads_none(self.member, self.finding, self.other_finding)


@tagged("post_install", "-at_install")
class TestReaderRights(InspectionRightsCase):
    """Places that give nothing, and what nobody learns by them."""

    def test_no_place_without_a_team(self):
        """Without a team whoever is named a member reads nothing: one person
        conducts (KT Đ12.3)."""
        self._work()
        self._assert_reads(self.member, self.inspection, self.finding)
        self.inspection.sudo().write({"has_team": False})
        self._assert_reads_none(self.member, self.inspection, self.finding)

    def test_inspecting_agency_is_not_inspected(self):
        """No agency inspects itself by order: it would read what is found about it."""
        with self.assertRaises(ValidationError):
            self._inspection(
                self.building,
                members=[],
                inspector="agency",
                inspecting_agency_id=self.building.id,
            )
        inspection = self._inspection(
            self.ward,
            members=[],
            inspector="agency",
            inspecting_agency_id=self.building.id,
        )
        with self.assertRaises(ValidationError):
            inspection.subject_ids.agency_id = self.building

    def test_no_decision_for_another_agency(self):
        """KH Đ13.2, Đ15.4: without a decision an agency inspects itself; another one
        with tasks in the field it manages, by a decision and a team only."""
        self._released(lead=self.ward, field_id=self.farming.id)
        inspection = self._inspection(
            self.ward,
            user=self.agriculture_head,
            members=[],
            inspector="self",
            inspecting_agency_id=self.agriculture.id,
            has_team=False,
            conductor_id=self.agriculture_officer.id,
        )
        self.assertFalse(inspection.can_issue)
        with self.assertRaises(UserError):
            inspection.action_issue()
        self.assertEqual(inspection.state, "draft")
        inspection.subject_ids.agency_id = self.branch
        inspection.action_issue()
        self.assertEqual(inspection.state, "issued")

    def test_no_name_by_the_choice_of_tasks(self):
        """Naming an inspected agency or a task in a dialog's form tells nobody its
        name: a draft would be known before its decision."""
        subject = self.inspection.subject_ids[0]
        for values in (
            {"subject_id": subject.id},
            {"subject_id": subject.id, "assignment_ids": self.assignment.ids},
        ):
            for user in (self.inspected, self.agriculture_head):
                with self.assertRaises(AccessError):
                    self._rpc(user, "task.inspection.raise", "create", values)

    def test_drafts_of_minutes_are_not_told(self):
        """No domain tells the inspected agency that minutes are being drafted."""
        self._work()
        for names in ("minutes_ids", "notice_ids"):
            found = self._rpc(
                self.inspected,
                "task.inspection.subject",
                "search_count",
                [(names, "!=", False)],
            )
            self.assertEqual(found, 0, names)

    def test_queries_of_the_reports(self):
        """Nor what it asks about the reports of the inspected agencies."""
        self._issue()
        more = self.inspection.subject_ids[:1]
        for _number in range(4):
            one = self._inspection(self.ward)
            self._paper(one, "decision")
            one.with_user(self.chairman).action_issue()
            more |= one.subject_ids
        more.with_user(self.manager).action_ask()
        names = ["report_id", "can_report", "can_send"]

        def count(subjects):
            self.env.invalidate_all()
            seen = subjects.with_user(self.manager)
            before = self.env.cr.sql_log_count
            seen.read(names)
            return self.env.cr.sql_log_count - before

        self.env.flush_all()
        count(more)
        self.assertLessEqual(count(more), count(more[:2]) + 2)

    def test_queries_of_the_dossier(self):
        """What a list asks about dossiers takes no more queries for more of them."""
        self._issue()
        more = self.inspection
        for _number in range(4):
            one = self._inspection(self.ward)
            self._paper(one, "decision")
            one.with_user(self.chairman).action_issue()
            more |= one
        names = ["can_gather", "can_download", "missing_item_names", "is_altered"]

        def count(inspections):
            self.env.invalidate_all()
            seen = inspections.with_user(self.member)
            before = self.env.cr.sql_log_count
            seen.read(names)
            return self.env.cr.sql_log_count - before

        self.env.flush_all()
        count(more)
        self.assertLessEqual(count(more), count(more[:2]) + 2)


@tagged("post_install", "-at_install")
class TestReaderBacGiang(InspectionRightsCase):
    """Under BG the dossier is required (Đ17)."""

    text = "bac_giang"

    def test_missing_items_are_not_told_by_the_dialog(self):
        """The dialog of closing tells the inspected agency nothing of what the
        dossier lacks."""
        self._issue()
        told = {}
        for user in (self.manager, self.inspected):
            wizard = self._rpc(
                user,
                "task.inspection.act",
                "create",
                [{"act": "close", "inspection_id": self.inspection.id}],
            )
            rows = self._rpc(user, "task.inspection.act", "read", wizard, ["missing"])
            told[user] = rows[0]["missing"]
        self.assertTrue(told[self.manager])
        self.assertFalse(told[self.inspected])
