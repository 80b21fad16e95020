# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import date

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import ConcurrencyError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .test_clocks_of_assignments import LimitsCase


@tagged("post_install", "-at_install")
class TestLimitsCrossing(LimitsCase):
    """Limits where two things cross: a change of text, deadline or fact while one
    runs, two workers at once, who is told."""

    def _confirming(self):
        self.env["task.regulation.policy"].create(
            {
                "regulation_id": self.text.id,
                "key": "confirmation_required",
                "value": "yes",
            }
        )

    def test_a_deadline_changed_while_the_result_waits(self):
        """Refused after its deadline was moved: the old limit does not run again, the
        new deadline brings its own."""
        self._confirming()
        assignment = self._released(deadline="2026-04-10")
        result = self._hand_in(assignment).with_user(self.specialist)
        assignment.with_user(self.chairman).change_deadline("2026-04-20", "Chỉ đạo")
        result.answer = "Bổ sung"
        result.action_refuse()
        self._move_to("2026-04-16 02:00:00")
        self._daily_job()
        self.assertFalse(self._clocks(assignment, "result", "missed"))
        self._move_to("2026-04-20 02:00:00")
        self._daily_job()
        running = self._clocks(assignment, "result", "running")
        self.assertEqual(running.due_on, date(2026, 4, 21))

    def test_what_runs_is_met_though_the_text_changed(self):
        """The company goes over to a text without this limit: what ran under the old
        one is met by the result all the same, not missed."""
        assignment = self._released(deadline="2026-04-10")
        self._move_to("2026-04-10 02:00:00")
        self._daily_job()
        silent = self.env["task.regulation"].create({"code": "T0", "name": "Không"})
        self.company.regulation_id = silent
        self._hand_in(assignment)
        self._move_to("2026-04-20 02:00:00")
        self.assertEqual(self._clocks(assignment, "result").state, "in_time")

    def test_a_corrected_day_is_judged_by_the_corrected_day(self):
        """The result was entered under a wrong day: the correction holds for its limit
        too; the wrong judgement is kept, cancelled with the reason."""
        assignment = self._released(deadline="2026-04-02")
        assignment.with_user(self.finance_head).action_receive()
        self._move_to("2026-04-08 02:00:00")
        self._hand_in(assignment)
        self.assertEqual(self._clocks(assignment, "result").state, "late")
        fact = assignment.sudo().fact_ids.filtered(lambda one: one.kind == "handed_in")
        assignment.with_user(self.manager).correct(
            fact.id, "Nhập muộn", new_day="2026-04-02"
        )
        self.assertEqual(assignment.handed_in_on, date(2026, 4, 2))
        clocks = self._clocks(assignment, "result")
        self.assertEqual(sorted(clocks.mapped("state")), ["cancelled", "in_time"])
        judged = clocks.filtered(lambda clock: clock.state == "in_time")
        self.assertEqual(judged.stopped_on, date(2026, 4, 2))
        self.assertEqual(judged.due_on, date(2026, 4, 3))

    def test_a_wrong_deadline_was_never_missed(self):
        """The deadline was entered wrongly and corrected after its day: nobody missed
        it. One that a leader changed after its day stays missed."""
        wrong = self._released(deadline="2026-04-02")
        changed = self._released(deadline="2026-04-02")
        self._move_to("2026-04-02 02:00:00")
        self._daily_job()
        self._move_to("2026-04-06 02:00:00")
        fact = wrong.sudo().fact_ids.filtered(lambda one: one.kind == "released")
        wrong.with_user(self.manager).correct(fact.id, "Gõ nhầm", deadline="2026-05-04")
        changed.with_user(self.chairman).change_deadline("2026-05-04", "Chỉ đạo")
        self.assertEqual(self._clocks(wrong, "result").state, "cancelled")
        self.assertEqual(self._clocks(changed, "result").state, "missed")

    def test_a_wrong_day_of_issue_was_never_missed(self):
        """A draft with a wrong day of issue is past due to register until the day is
        put right; then the limit is counted from the right day."""
        self._move_to("2026-04-08 02:00:00")
        document = self._document(
            [self._task_vals(deadline="2026-05-04")], issued_on="2026-03-02"
        )
        self._daily_job()
        self.assertEqual(len(self._clocks(document, "register")), 1)
        document.write({"issued_on": "2026-04-07", "despatched_on": "2026-04-07"})
        document.action_release()
        wrong, right = self._clocks(document, "register").sorted("id")
        self.assertEqual((wrong.state, right.state), ("cancelled", "in_time"))
        self.assertEqual(right.due_on, date(2026, 4, 8))

    def test_the_offices_limits_ahead_are_not_told_to_agencies(self):
        """Neither while one lies ahead nor while it runs: agencies know their own."""
        self._rule("external_entry", event="deadline", stop="external_entry")
        assignment = self._released(deadline="2026-04-10")
        as_agency = assignment.with_user(self.finance_head)
        as_office = assignment.with_user(self.specialist)
        for moment in ("2026-04-02 02:00:00", "2026-04-10 02:00:00"):
            self._move_to(moment)
            self._daily_job()
            acts = {one["act"] for one in as_agency.get_time_limits()}
            self.assertNotIn("external_entry", acts)
            acts = {one["act"] for one in as_office.get_time_limits()}
            self.assertIn("external_entry", acts)

    def test_two_workers_start_the_same_clock(self):
        """The job and a user's act start one clock at the same moment: who comes second
        is tried again by the server, not told of a broken index."""
        assignment = self._released(deadline="2026-04-10")
        self._hand_in(assignment)
        clock = self._clocks(assignment, "result")
        vals = [{**clock._prepare_again_vals()}]
        with (
            self.assertRaises(ConcurrencyError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            clock.sudo()._start(vals)
        self.assertFalse(issubclass(ConcurrencyError, IntegrityError))

    def test_the_job_takes_only_what_has_a_limit(self):
        """Assignments whose circumstances no limit knows are not taken up hour by
        hour, for ever."""
        superior = self.env.ref("task_tracking.circumstance_superior")
        self._rule(
            "external_entry",
            event="deadline",
            stop="external_entry",
            circumstance_ids=[Command.set(superior.ids)],
        )
        own = self._released(deadline="2026-04-02")
        document = self._document(
            [self._task_vals(deadline="2026-04-02")], assigner_level="government"
        )
        document.action_release()
        above = document.sudo().assignment_ids
        self._hand_in(own)
        self._move_to("2026-04-03 02:00:00")
        assignments = self.env["task.assignment"].sudo()
        taken = assignments.browse()
        for act, _period, domain in assignments._clock_due(self.company):
            if act == "external_entry":
                taken |= assignments.search(domain)
        self.assertEqual(taken, above)

    def test_the_state_of_an_archived_company(self):
        """Searched, grouped and shown alike, whether or not its company is archived."""
        assignment = self._released(deadline="2026-04-02")
        self._move_to("2026-04-02 02:00:00")
        self._daily_job()
        clock = self._clocks(assignment, "result").sudo()
        self._move_to("2026-04-20 02:00:00")
        self.env["res.users"].search(
            [("company_id", "=", self.company.id)]
        ).active = False
        self.company.active = False
        clock.invalidate_recordset()
        self.assertEqual(clock.state, "missed")
        same = [("id", "=", clock.id)]
        self.assertTrue(clock.search([*same, ("state", "=", "missed")]))
        self.assertEqual(clock._read_group(same, ["state"]), [("missed",)])

    def test_a_company_is_read_without_the_right_on_limits(self):
        """Who has nothing to do with tasks reads a company as ever: every field."""
        plain = new_test_user(
            self.env,
            "t_plain",
            groups="base.group_user",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        [told] = self.company.with_user(plain).read()
        self.assertNotIn("clock_ids", told)
        self.assertIn("clock_ids", self.company.with_user(self.specialist).read()[0])

    def test_menus_follow_the_version_of_the_day(self):
        """A version that knows hand-backs takes effect: their menu comes by itself,
        though menus are cached."""
        rule = self.text.rule_ids.filtered(lambda one: one.act == "return")
        new = self.text.copy(
            {"code": "T2", "replaces_id": self.text.id, "effective_on": "2026-04-06"}
        )
        rule.unlink()
        menu = self.env.ref("task_tracking.menu_task_returns")
        menus = self.env["ir.ui.menu"].with_user(self.specialist)
        self.assertNotIn(menu.id, menus.load_menus(False))
        self._move_to("2026-04-05 18:00:00")  # 01:00 of the 6th
        self.assertEqual(self.company._task_regulation(), new)
        self._daily_job()
        self.assertIn(menu.id, menus.load_menus(False))

    def test_an_archived_version_stays_in_the_chain(self):
        """Archiving hides a text from lists; it puts no older one in force again."""
        second = self.text.copy(
            {"code": "T2", "replaces_id": self.text.id, "effective_on": "2026-02-01"}
        )
        third = second.copy(
            {"code": "T3", "replaces_id": second.id, "effective_on": "2026-03-01"}
        )
        self.company.regulation_id = third
        self.assertEqual(self.company._task_regulation(), third)
        second.active = False
        self.assertEqual(self.company._task_regulation(), third)
        self.assertEqual(self.company._task_regulation(date(2026, 2, 15)), second)
