# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo.exceptions import AccessError
from odoo.tests import Form

from .test_conclusion import ConclusionCase
from .test_plan import PlanCase


class DeskCase(ConclusionCase, PlanCase):
    def _desk(self, user):
        """{key: count} of the sections of inspections on the user's desk."""
        self.env.invalidate_all()  # another request
        return {
            section["key"].removeprefix("inspection_"): section["count"]
            for section in self.env["task.desk"].with_user(user).get_sections()
            if section["key"].startswith("inspection_")
        }

    def _items(self, user, key):
        for section in self.env["task.desk"].with_user(user).get_sections():
            if section["key"] == f"inspection_{key}":
                return section["items"]
        return []


class TestInspectionDesk(DeskCase):
    """What inspections have everybody do, on the page everybody lands on."""

    def test_plans_to_approve(self):
        """A submitted plan waits on the leaders' desks, on nobody else's."""
        plan = self._plan()
        self.assertEqual(self._desk(self.deputy)["plans"], 0)
        plan.action_submit()
        self.assertEqual(self._desk(self.deputy)["plans"], 1)
        self.assertEqual(self._items(self.deputy, "plans")[0]["title"], plan.name)
        for user in (self.manager, self.specialist, self.finance_head):
            self.assertNotIn("plans", self._desk(user))

    def test_invitation_is_answered(self):
        """An invited agency finds the invitation on its desk, names who comes in the
        form it opens, and accepts; who is not asked finds none."""
        places = [*self._places(), {"role": "invited", "agency_id": self.branch.id}]
        inspection = self._issued(members=places)
        inspection.subject_ids.write({"visit_from": "2026-04-03"})
        inspection.with_user(self.manager).action_invite()
        self.assertEqual(self._desk(self.branch_head)["invitations"], 1)
        self.assertEqual(self._desk(self.finance_head)["invitations"], 0)
        member = inspection.member_ids.filtered(lambda one: one.role == "invited")
        with Form(member.with_user(self.branch_head)) as form:
            form.user_id = self.branch_head
        member.with_user(self.branch_head).action_accept()
        self.assertEqual(member.answer, "accepted")
        self.assertEqual(self._desk(self.branch_head)["invitations"], 0)

    def test_plan_returned(self):
        """A returned plan waits on the Office's desk until it is submitted again."""
        plan = self._plan()
        plan.action_submit()
        plan.with_user(self.deputy).action_return("Thêm các xã")
        self.assertEqual(self._desk(self.specialist)["plans_returned"], 1)
        plan.action_submit()
        self.assertEqual(self._desk(self.specialist)["plans_returned"], 0)

    def test_decision_to_issue(self):
        """With its signed paper a draft waits for the Chairman; before, and for a
        deputy, it waits for nobody."""
        inspection = self._inspection()
        self.assertEqual(self._desk(self.chairman)["to_issue"], 0)
        self._paper(inspection, "decision")
        self.assertEqual(self._desk(self.chairman)["to_issue"], 1)
        self.assertNotIn("to_issue", self._desk(self.deputy))
        inspection.with_user(self.chairman).action_issue()
        self.assertEqual(self._desk(self.chairman)["to_issue"], 0)

    def test_followed(self):
        """Leaders and the Office's manager follow: under way, then due (Wed 15 April
        2026, KH Đ17.2), then late from the 16th on."""
        inspection = self._issued()
        followers = (self.deputy, self.manager)
        for user in followers:
            self.assertEqual(self._desk(user)["running"], 1)
        inspection.with_user(self.manager).action_end("2026-04-01")
        self._move_to("2026-04-15 02:00:00")
        for user in followers:
            desk = self._desk(user)
            self.assertEqual((desk["running"], desk["due"], desk["late"]), (0, 1, 0))
            item = self._items(user, "due")[0]
            self.assertEqual(str(item["date"]), "2026-04-15")
            self.assertEqual(item["days_left"], 0)
        self._move_to("2026-04-16 02:00:00")
        for user in followers:
            desk = self._desk(user)
            self.assertEqual((desk["due"], desk["late"]), (0, 1))
            self.assertEqual(self._items(user, "late")[0]["days_overdue"], 1)

    def test_recommendations(self):
        """What was recommended is followed once it was concluded: open, and overdue
        after its day (29 May 2026)."""
        inspection = self._ended()
        self._recommendation(inspection)
        self.assertEqual(self._desk(self.deputy)["open"], 0)
        self._conclude(inspection)
        self.assertEqual(self._desk(self.deputy)["open"], 1)
        self._move_to("2026-05-30 02:00:00")
        desk = self._desk(self.deputy)
        self.assertEqual((desk["open"], desk["overdue"]), (0, 1))

    def test_planned_to_prepare(self):
        """The manager is shown a planned line (4 May 2026) two weeks before its day,
        until it is under way."""
        plan = self._approved(self.finance)
        self._move_to("2026-04-19 02:00:00")
        self.assertEqual(self._desk(self.manager)["to_prepare"], 0)
        self._move_to("2026-04-20 02:00:00")
        self.assertEqual(self._desk(self.manager)["to_prepare"], 1)
        self._issue_of(plan.line_ids)
        self.assertEqual(self._desk(self.manager)["to_prepare"], 0)

    def test_member(self):
        """A member finds the inspection while the team works, the colleagues do not."""
        inspection = self._issued()
        self.assertEqual(self._desk(self.building_officer)["mine"], 1)
        self.assertEqual(self._desk(self.specialist)["mine"], 1)
        self.assertEqual(self._desk(self.building_head)["mine"], 0)
        self.assertEqual(self._desk(self.finance_head)["mine"], 0)
        inspection.with_user(self.manager).action_end()
        self._conclude(inspection)
        self.assertEqual(self._desk(self.building_officer)["mine"], 0)

    def test_report_asked(self):
        """The inspected agency finds the report it is asked for, with its day."""
        inspection = self._issued()
        self.assertEqual(self._desk(self.finance_officer)["reports"], 0)
        request = self._paper(
            inspection, "request", subject_id=inspection.subject_ids.id
        )
        request.action_issue()
        self.assertEqual(self._desk(self.finance_officer)["reports"], 1)
        item = self._items(self.finance_officer, "reports")[0]
        self.assertEqual(str(item["date"]), "2026-04-06")
        self.assertEqual(self._desk(self.building_officer)["reports"], 0)

    def test_minutes_to_answer(self):
        """Confirmed minutes wait for the head of the inspected agency, not for its
        officers, until they are answered."""
        inspection = self._issued()
        minutes = self._paper(
            inspection, "minutes", self.manager, subject_id=inspection.subject_ids.id
        )
        self.assertEqual(self._desk(self.finance_head)["minutes"], 0)
        minutes.action_issue()
        self.assertEqual(self._desk(self.finance_head)["minutes"], 1)
        self.assertNotIn("minutes", self._desk(self.finance_officer))
        minutes.with_user(self.finance_head).action_agree()
        self.assertEqual(self._desk(self.finance_head)["minutes"], 0)

    def test_head_issues_own_inspection(self):
        """KH Đ15.4: the head finds the own inspection whose paper is signed; the
        Chairman does not."""
        inspection = self._inspection(
            subjects=self.branch,
            user=self.agriculture_officer,
            members=[{"role": "leader", "user_id": self.agriculture_officer.id}],
            inspector="self",
            inspecting_agency_id=self.agriculture.id,
        )
        self._paper(inspection, "decision", self.agriculture_officer)
        self.assertEqual(self._desk(self.agriculture_head)["to_issue"], 1)
        self.assertEqual(self._desk(self.chairman)["to_issue"], 0)
        self.assertEqual(self._desk(self.building_head)["to_issue"], 0)


class TestInspectionDeskCaMau(DeskCase):
    text = "ca_mau"

    def test_nothing_known(self):
        """Cà Mau knows no inspections: nobody's desk speaks of them."""
        for user in (self.chairman, self.manager, self.finance_head):
            self.assertEqual(self._desk(user), {})


class TestInspectionGlance(DeskCase):
    """Inspections in one screen, for the leaders and the Office."""

    def _glance(self, user):
        self.env.invalidate_all()
        return self.env["task.inspection.glance"].with_user(user).get_glance()

    def _counts(self, user):
        """{key: count} without zeros; each number finds exactly its records."""
        glance = self._glance(user)
        for part in glance["parts"]:
            found = self.env[part["model"]].with_user(user).search(part["domain"])
            self.assertEqual(len(found), part["count"], part["key"])
        return {part["key"]: part["count"] for part in glance["parts"] if part["count"]}

    def test_counts(self):
        """Two planned lines, one inspection in each step, on 16 April 2026: the one
        ended on 1 April is late since the 15th."""
        plan = self._approved()
        inspection = self._issue_of(plan.line_ids[0])
        late = self._ended(subjects=self.ward)
        self._inspection(subjects=self.branch)
        self._move_to("2026-04-16 02:00:00")
        due = self._issued(subjects=self.agriculture)
        due.with_user(self.manager).action_end()
        expected = {
            "planned": 1,
            "soon": 1,
            "prepared": 1,
            "running": 1,
            "due": 1,
            "late": 1,
        }
        for user in (self.deputy, self.specialist):
            self.assertEqual(self._counts(user), expected)
        lists = {one["key"]: one for one in self._glance(self.deputy)["lists"]}
        self.assertEqual(lists["late"]["items"][0]["id"], late.id)
        self.assertEqual(lists["running"]["items"][0]["id"], inspection.id)

    def test_recommended_by_agency(self):
        """By agency: finance has one overdue since 30 May and one without a day, the
        ward one without a day; the most overdue first."""
        inspection = self._ended(subjects=self.finance | self.ward)
        self._recommendation(inspection)
        self._recommendation(inspection, deadline=False)
        self._recommendation(inspection, agency=self.ward, deadline=False)
        self._conclude(inspection)
        self._move_to("2026-05-30 02:00:00")
        rows = [
            (row["name"], row["overdue"], row["open"], row["assigned"])
            for row in self._glance(self.deputy)["agencies"]
        ]
        self.assertEqual(
            rows, [("Sở Tài chính", 1, 1, 0), ("UBND phường Nha Trang", 0, 1, 0)]
        )
        self.assertEqual(
            self._counts(self.deputy), {"open": 2, "overdue": 1, "unclosed": 1}
        )

    def test_not_for_agencies(self):
        """An agency's head does not see the province's inspections."""
        with self.assertRaises(AccessError):
            self._glance(self.finance_head)
