# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo.exceptions import AccessError, UserError

from .common import InspectionCase


class TestInspectionFigures(InspectionCase):
    """The figures of an inspected agency, counted by hand.

    The finance department's tasks, all assigned on Mon 2 March 2026 unless said:

    ==  ===========================  ==========================================
    a   due 10/3                     done 9/3: on time
    b   due 10/3                     done 12/3: late
    c   due 20/3, nothing since      overdue from 21/3; nothing entered
    d   due 20/5                     refused 5/3 and 6/3; in time
    e   undated                      entry of 25/3
    f   due 20/3, extended to 30/4   asked 10/3, extended 11/3: in time
    g   due 20/5, assigned 25/3      nothing entered, but assigned lately
    h   support of the building department's
    i   due 10/3, withdrawn 15/3     in no figure from 15/3 on
    ==  ===========================  ==========================================
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # as three of the four texts have it
        undated = cls.regulation.policy_ids.filtered(lambda one: one.key == "undated")
        undated.value = "tracked"

    def setUp(self):
        super().setUp()
        day = "2026-03-02"
        dues = {
            "a": "2026-03-10",
            "b": "2026-03-10",
            "c": "2026-03-20",
            "d": "2026-05-20",
            "e": False,
            "f": "2026-03-20",
            "i": "2026-03-10",
        }
        tasks = {
            key: self._released_on(
                day, name=f"Nhiệm vụ {key}", deadline=due, is_dated=bool(due)
            )
            for key, due in dues.items()
        }
        helped = self._released_on(
            day, lead=self.building, support=self.finance, name="Nhiệm vụ h"
        )
        tasks["h"] = helped.task_id.sudo().assignment_ids - helped
        self._refuse(tasks["d"], "2026-03-05")
        self._refuse(tasks["d"], "2026-03-06")
        self._confirm(tasks["a"], "2026-03-09")
        self._move_to("2026-03-10 02:00:00")
        extension = self._ask_extension(tasks["f"], "2026-04-30")
        self._move_to("2026-03-11 02:00:00")
        extension.with_user(self.chairman).action_accept()
        self._confirm(tasks["b"], "2026-03-12")
        self._move_to("2026-03-15 02:00:00")
        tasks["i"].with_user(self.manager)._record("withdrawn")
        tasks["g"] = self._released_on(
            "2026-03-25", name="Nhiệm vụ g", deadline="2026-05-20"
        )
        entries = self.env["task.progress"].with_user(self.finance_officer)
        entries.create({"assignment_id": tasks["e"].id, "text": "Đang làm"})
        self._move_to("2026-04-03 02:00:00")
        self.tasks = tasks
        self.key_of = {task.id: key for key, task in tasks.items()}
        self.inspection = self._issued()
        self.subject = self.inspection.subject_ids

    def _refuse(self, assignment, day):
        self._move_to(f"{day} 02:00:00")
        result = self._hand_in(assignment).with_user(self.specialist)
        result.answer = "Chưa đạt"
        result.action_refuse()

    def _confirm(self, assignment, day):
        self._move_to(f"{day} 02:00:00")
        self._hand_in(assignment).with_user(self.specialist).action_accept()

    def _taken(self, day=None, user=None):
        """{code: the tasks' letters} of the figures as taken."""
        self.subject.with_user(user or self.specialist).action_take_figures(day)
        return {
            code: "".join(sorted(self.key_of[one] for one in ids))
            for code, ids in self.subject.figures["ids"].items()
        }

    def test_by_hand(self):
        """As of Fri 3 April (30 days back is 4 March): worked out by hand above."""
        self.assertEqual(
            self._taken(),
            {
                "assigned": "abcdefg",
                "completed_on_time": "a",
                "completed_late": "b",
                "open_in_time": "dfg",
                "open_overdue": "c",
                "open_undated": "e",
                "extended": "f",
                "refused": "d",
                "often_refused": "d",
                "stale": "c",
                "support": "h",
                "contributed": "",
            },
        )
        self.assertEqual(str(self.subject.figures_on), "2026-04-03")

    def test_past_day(self):
        """As of Tue 10 March: b not done and due that day, i not yet withdrawn, c and f
        in time, the extension not granted, g not assigned; nothing is 30 days old."""
        self.assertEqual(
            self._taken("2026-03-10"),
            {
                "assigned": "abcdefi",
                "completed_on_time": "a",
                "completed_late": "",
                "open_in_time": "bcdfi",
                "open_overdue": "",
                "open_undated": "e",
                "extended": "",
                "refused": "d",
                "often_refused": "d",
                "stale": "",
                "support": "h",
                "contributed": "",
            },
        )

    def test_overdue_on_a_past_day(self):
        """As of Wed 11 March b and i, due on the 10th, are overdue; f is extended."""
        taken = self._taken("2026-03-11")
        self.assertEqual(taken["open_overdue"], "bi")
        self.assertEqual(taken["extended"], "f")

    def test_stale_from_the_day(self):
        """An entry keeps a task fresh for 30 days: e, entered on 25 March, is stale on
        24 April (25/3 + 30), not on the 23rd."""
        self._move_to("2026-04-24 02:00:00")
        self.assertNotIn("e", self._taken("2026-04-23")["stale"])
        self.assertIn("e", self._taken()["stale"])

    def test_parts_add_up(self):
        """What is completed and what is not add up to what was assigned."""
        self._taken()
        table = self.subject.figures_table
        counts = {row["code"]: row["count"] for row in table}
        parts = [row["count"] for row in table if row["is_part"]]
        self.assertEqual(sum(parts), counts["assigned"])

    def test_scope_of_the_decision(self):
        """Only what the decision puts in scope is counted: assigned up to its day, not
        completed before it, of its directives."""
        one = self.inspection.sudo()
        one.scope_to = "2026-03-10"
        self.assertEqual(self._taken()["assigned"], "abcdef")
        one.scope_from = "2026-03-10"
        self.assertEqual(self._taken()["assigned"], "bcdef")
        one.document_ids = self.tasks["c"].document_id
        self.assertEqual(self._taken()["assigned"], "c")

    def test_not_before_what_is_inspected(self):
        """A day before the time inspected, or one to come, cannot be told."""
        for day in ("2025-12-31", "2026-04-04"):
            with self.assertRaises(UserError):
                self._taken(day)

    def test_not_before_a_succession(self):
        """A day before tasks went over from another agency cannot be told (BG Đ24)."""
        self._move_to("2026-04-06 02:00:00")
        succession = self.env["task.succession"].with_user(self.manager)
        succession.create(
            {
                "predecessor_ids": self.building.ids,
                "successor_id": self.finance.id,
                "day": "2026-04-06",
                "reference": "Nghị quyết 1",
                "reason": "Hợp nhất",
            }
        ).action_record()
        subject = self.subject.with_user(self.specialist)
        with self.assertRaises(UserError):
            subject.action_take_figures("2026-04-05")
        subject.action_take_figures("2026-04-06")
        # c, d, e, f, g as before, a and b done, and the building department's
        self.assertEqual(len(subject.figures["ids"]["assigned"]), 8)

    def test_kept_as_taken(self):
        """What happens later changes nothing of the figures taken."""
        before = self._taken()
        self._confirm(self.tasks["c"], "2026-04-07")
        self.subject.invalidate_recordset()
        self.assertEqual(
            [self.key_of[one] for one in self.subject.figures["ids"]["open_overdue"]],
            [*before["open_overdue"]],
        )

    def test_who_takes_them(self):
        """The Office and the team take figures while the team works; the inspected
        agency, others and a closed field do not."""
        self._taken(user=self.building_officer)
        for user in (self.finance_head, self.building_head, self.chairman):
            with self.assertRaises(AccessError):
                self._taken(user=user)
        with self.assertRaises(AccessError):
            self.subject.with_user(self.manager).figures = {"ids": {}}

    def test_number_opens_its_tasks(self):
        """Every number opens the assignments it counts, as far as one reads them."""
        self._taken()
        member = self.subject.with_user(self.building_officer)
        for row in member.figures_table:
            action = member.action_open_figure(row["code"])
            found = self.env["task.assignment"].with_user(self.building_officer)
            self.assertEqual(found.search_count(action["domain"]), row["count"])
        with self.assertRaises(UserError):
            member.action_open_figure("secret")

    def test_units_are_counted_once(self):
        """A unit inspected by itself is not counted again with what it belongs to."""
        self._released(lead=self.branch, name="Của chi cục")
        self._released(lead=self.agriculture, name="Của sở")
        inspection = self._issued(
            subjects=self.agriculture | self.branch,
            members=[{"role": "leader", "user_id": self.manager.id}],
        )
        inspection.subject_ids.with_user(self.manager).action_take_figures()
        counts = {
            subject.agency_id: len(subject.figures["ids"]["assigned"])
            for subject in inspection.subject_ids
        }
        self.assertEqual(counts, {self.agriculture: 1, self.branch: 1})

    def test_queries_do_not_grow(self):
        """The figures of five agencies cost as many queries as those of one, but for
        what is written."""
        agencies = self.finance
        for number in range(4):
            agency = self._agency(f"Sở {number}", "department")
            agencies |= agency
            self._released(lead=agency, name=f"Việc {number}")
        many = self._issued(subjects=agencies).sudo()
        one = self.inspection.sudo()
        today = one.company_id._task_today()
        counts = []
        for inspection in (one, many):
            inspection.subject_ids.agency_id.mapped("name")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            inspection._standings(today)
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(*counts)
