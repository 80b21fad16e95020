# SPDX-License-Identifier: LGPL-3.0-or-later
from ast import literal_eval

from lxml import etree

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form
from odoo.tools import html2plaintext

from .common import InspectionCase


class TestScreens(InspectionCase):
    """What the pages of an inspection tell each reader, and what its forms do."""

    def _next(self, inspection, user):
        inspection.invalidate_recordset()
        return html2plaintext(inspection.with_user(user).next_step or "")

    def _request(self, inspection):
        subject = inspection.subject_ids
        return self._paper(inspection, "request", subject_id=subject.id)

    def test_draft_names_what_is_missing(self):
        """Who prepares a draft reads what the decision still lacks, in the text's
        words; with nothing missing the Chairman is told to issue it."""
        inspection = self._inspection(legal_basis=False)
        words = self.regulation._prescriptions("decision").filtered(
            lambda line: line.code == "legal_basis"
        )
        self.assertIn(words.name, self._next(inspection, self.specialist))
        inspection.legal_basis = "Luật Tổ chức chính quyền địa phương"
        self._paper(inspection, "decision")
        self.assertNotIn(words.name, self._next(inspection, self.specialist))
        self.assertIn("issue it", self._next(inspection, self.chairman))

    def test_checklist_follows_the_draft(self):
        """The decision's page lists what the text prescribes, each entered or not."""
        inspection = self._inspection(legal_basis=False)
        self.assertEqual(inspection.decision_check.count("text-danger"), 1)
        inspection.legal_basis = "Luật"
        inspection.invalidate_recordset()
        self.assertEqual(inspection.decision_check.count("text-danger"), 0)

    def test_next_of_leader_and_member(self):
        """Under way the leader is told of what only the leader does, a member of the
        member's work."""
        inspection = self._issued()
        self.assertIn("Not asked yet", self._next(inspection, self.manager))
        request = self._paper(
            inspection, "request", subject_id=inspection.subject_ids.id
        )
        request.action_issue()
        self.assertIn("minutes", self._next(inspection, self.manager))
        self.assertIn(
            "record what you find", self._next(inspection, self.building_officer)
        )

    def test_next_of_the_inspected(self):
        """The inspected agency is told to report, and by when; it is told nothing of
        what the team still lacks."""
        inspection = self._issued()
        request = self._paper(
            inspection, "request", subject_id=inspection.subject_ids.id
        )
        self.assertIn("nothing", self._next(inspection, self.finance_officer))
        request.action_issue()
        said = self._next(inspection, self.finance_officer)
        self.assertIn("report", said)
        self.assertNotIn("minutes", said)

    def test_pages_of_the_work_are_not_the_inspecteds(self):
        """Findings, drafts, conclusion: pages of the Office, leaders and the team."""
        inspection = self._issued()
        for user, reads in (
            (self.manager, True),
            (self.chairman, True),
            (self.building_officer, True),
            (self.finance_head, False),
        ):
            mine = inspection.with_user(user)
            self.assertEqual(mine.reads_work, reads, user.login)
            self.assertEqual(mine.subject_ids.reads_work, reads, user.login)

    def test_page_of_the_inspected_has_no_buttons_of_the_team(self):
        """On the page of an inspected agency only the team finds what the team does."""
        subject = self._issued().subject_ids
        self.assertTrue(subject.with_user(self.building_officer).can_work)
        self.assertFalse(subject.with_user(self.finance_officer).can_work)

    def test_form_shows_the_inspected_no_findings(self):
        """The form opens for the inspected agency with what it may read."""
        inspection = self._issued()
        subject = inspection.subject_ids
        finding = self.env["task.inspection.finding"].with_user(self.building_officer)
        finding.create(
            {
                "inspection_id": inspection.id,
                "subject_id": subject.id,
                "text": "Báo cáo chậm",
            }
        )
        self.env.invalidate_all()  # another request
        form = Form(inspection.with_user(self.finance_officer))
        self.assertFalse(len(form.finding_ids))
        self.assertFalse(form.record.can_work)
        self.assertEqual(form.my_subject_id, subject.with_user(self.finance_officer))

    def test_parts_of_one_kind(self):
        """Each page shows the papers of its kind and no others."""
        inspection = self._issued()
        minutes = self._paper(
            inspection, "minutes", self.manager, subject_id=inspection.subject_ids.id
        )
        inspection.invalidate_recordset()
        self.assertEqual(inspection.minutes_ids, minutes)
        self.assertEqual(inspection.begin_paper_ids.kind, "decision")
        self.assertFalse(inspection.notice_ids)

    def test_team_adds_minutes_through_the_form(self):
        """The leader writes minutes on the page of the inspection; the inspected
        agency cannot, though it reads the inspection."""
        inspection = self._issued()
        values = {
            "minutes_ids": [
                (
                    0,
                    0,
                    {
                        "kind": "minutes",
                        "subject_id": inspection.subject_ids.id,
                        "body": "Nội dung làm việc",
                    },
                )
            ]
        }
        inspection.with_user(self.manager).write(values)
        self.assertEqual(len(inspection.with_user(self.manager).minutes_ids), 1)
        with self.assertRaises(AccessError):
            inspection.with_user(self.finance_head).write(values)

    def test_record_the_end(self):
        """The leader records the end by the form; a member is refused."""
        inspection = self._issued()
        for user, ended in ((self.building_officer, False), (self.manager, True)):
            form = self.env["task.inspection.act"].with_user(user)
            act = form.create(
                {"act": "end", "inspection_id": inspection.id, "day": "2026-04-01"}
            )
            if ended:
                act.action_apply()
            else:
                with self.assertRaises(AccessError):
                    act.action_apply()
        self.assertEqual(str(inspection.ended_on), "2026-04-01")

    def test_cancel_needs_a_reason(self):
        """A draft is cancelled with a reason only."""
        inspection = self._inspection()
        acts = self.env["task.inspection.act"].with_user(self.specialist)
        act = acts.create({"act": "cancel", "inspection_id": inspection.id})
        with self.assertRaises(UserError):
            act.action_apply()
        act.reason = "Trùng với cuộc thanh tra của Thanh tra tỉnh"
        act.action_apply()
        self.assertEqual(inspection.state, "cancelled")

    def test_form_names_no_unread_inspection(self):
        """The form of an act shows no inspection its writer may not read."""
        inspection = self._inspection()
        acts = self.env["task.inspection.act"].with_user(self.finance_head)
        with self.assertRaises(AccessError):
            acts.create({"act": "cancel", "inspection_id": inspection.id})

    def test_no_unknown_act(self):
        """The context names one of the acts, or nothing is opened."""
        inspection = self._issued()
        for context in ({}, {"act": "unlink"}):
            with self.assertRaises(UserError):
                inspection.with_context(**context).action_ask()

    def test_finding_from_a_task(self):
        """A member begins a finding from the inspected agency's task; who is on no
        team cannot."""
        assignment = self._released()
        inspection = self._issued()
        one = assignment.with_user(self.building_officer)
        self.assertTrue(one.can_find)
        context = one.action_new_finding()["context"]
        self.assertEqual(context["default_inspection_id"], inspection.id)
        self.assertEqual(context["default_subject_id"], inspection.subject_ids.id)
        self.assertEqual(context["default_assignment_id"], assignment.id)
        other = assignment.with_user(self.finance_officer)
        self.assertFalse(other.can_find)
        with self.assertRaises(UserError):
            other.action_new_finding()

    def test_tasks_in_scope(self):
        """The list of tasks in scope holds the inspected agency's and no other's."""
        assignment = self._released()
        other = self._released(lead=self.building)
        inspection = self._issued()
        action = inspection.subject_ids.with_user(
            self.building_officer
        ).action_view_assignments()
        found = self.env["task.assignment"].search(action["domain"])
        self.assertIn(assignment, found)
        self.assertNotIn(other, found)

    def test_inspections_of_my_agency(self):
        """An agency finds its own place in inspections that were begun, no draft."""
        self._inspection()
        inspection = self._issued()
        subjects = self.env["task.inspection.subject"].with_user(self.finance_officer)
        found = subjects.search([("is_inspected", "=", True)])
        self.assertEqual(found, inspection.subject_ids.with_user(self.finance_officer))
        found = subjects.with_user(self.building_officer).search(
            [("is_inspected", "=", True)]
        )
        self.assertFalse(found)

    def test_report_is_written_in_its_form(self):
        """The officer writes under the headings in the list on the report's form; no
        text of another report or heading gets into it that way."""
        inspection = self._issued(
            subjects=self.finance | self.building,
            members=[{"role": "leader", "user_id": self.manager.id}],
        )
        inspection.with_user(self.manager).subject_ids.action_ask()
        reports = inspection.sudo().subject_ids.report_ids
        mine = reports.filtered(lambda one: one.agency_id == self.finance)
        other = (reports - mine).text_ids[:1]
        report = mine.with_user(self.finance_officer)
        text = report.text_ids[:1]
        report.write({"text_ids": [Command.update(text.id, {"body": "Đã làm"})]})
        self.assertEqual(text.body, "Đã làm")
        for command in (
            Command.link(other.id),
            Command.set(other.ids),
            Command.update(other.id, {"body": "Của cơ quan khác"}),
            Command.create({"name": "Mục khác", "inspection_id": inspection.id}),
        ):
            with self.assertRaises(AccessError):
                report.write({"text_ids": [command]})
        self.assertFalse(other.body)

    def test_people_are_named_in_full(self):
        """The team's list breaks a long name into lines, it cuts none off."""
        view = self.env["task.inspection"].get_view(view_type="form")
        arch = etree.fromstring(view["arch"])
        places = arch.xpath("//field[@name='member_ids']/list/field[@name='user_id']")
        self.assertIn("o_task_wrap", places[0].get("class", ""))

    def test_minutes_tell_the_year(self):
        """When an inspection began and ended is read with the year, as on paper:
        19/11/2026 08:00, not 19 thg 11."""
        view = self.env["task.inspection.paper"].get_view(view_type="form")
        arch = etree.fromstring(view["arch"])
        for name in ("begun_at", "ended_at"):
            options = arch.xpath(f"//field[@name='{name}']")[0].get("options", "{}")
            self.assertTrue(literal_eval(options).get("numeric"), name)
