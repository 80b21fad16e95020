# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.fields import Datetime
from odoo.tests import Form, tagged

from .common import START, TaskCase


class LimitsCase(TaskCase):
    """A text made for the test, with a limit on every duty of an assignment."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.text = cls.env["task.regulation"].create({"code": "T", "name": "Thử"})
        cls.company.regulation_id = cls.text
        cls._rule("register", event="issue", stop="registration")
        cls.result_rule = cls._rule(
            "result",
            actor="agency",
            event="deadline",
            unit="calendar_day",
            stop="handing_in",
        )
        cls._rule(
            "return", actor="agency", event="receipt", unit="hour", amount=24,
            stop="request",
        )  # fmt: skip
        cls._rule(
            "extension_ask", actor="agency", event="deadline", amount=2,
            direction="before", stop="request",
        )  # fmt: skip
        cls.answer_rule = cls._rule(
            "extension_answer", event="receipt", amount=2, stop="answer"
        )
        cls._rule(
            "undated_report", actor="agency", event="period_end",
            unit="day_of_month", amount=31, stop="entry",
            circumstance_ids=[
                Command.set(
                    [
                        cls.env.ref(f"task_tracking.circumstance_{kind}").id
                        for kind in ("quarter", "half_year", "year")
                    ]
                )
            ],
        )  # fmt: skip
        cls._rule(
            "secret_report", event="period_end", unit="day_of_month", amount=10,
            stop="report",
            circumstance_ids=[
                Command.set(cls.env.ref("task_tracking.circumstance_half_year").ids)
            ],
        )  # fmt: skip

    def setUp(self):
        super().setUp()
        self._move_to(START)

    @classmethod
    def _rule(cls, act, **vals):
        return cls.env["task.regulation.rule"].create(
            {
                "regulation_id": cls.text.id,
                "act": act,
                "amount": 1,
                "article": "Điều 1",
                "quote": "…",
                **vals,
            }
        )

    def _clocks(self, record, act, state=None):
        self.env.invalidate_all()
        return record.sudo().clock_ids.filtered(
            lambda clock: clock.act == act and state in (None, clock.state)
        )

    def _daily_job(self):
        with self.enter_registry_test_mode():
            self.env.ref("task_tracking.cron_clock_start_due").method_direct_trigger()


@tagged("post_install", "-at_install")
class TestClocksOfAssignments(LimitsCase):
    # -- entering the result ----
    def test_result_entered_before_the_deadline(self):
        """Handed in before its date: judged at once, in time, with its reasons."""
        assignment = self._released(deadline="2026-04-10")
        self._hand_in(assignment)
        clock = self._clocks(assignment, "result")
        self.assertEqual((clock.state, clock.due_on), ("in_time", date(2026, 4, 11)))
        self.assertEqual(clock.explanation["event_day"], "2026-04-10")

    def test_the_deadline_starts_the_clock(self):
        """Nothing runs before the deadline's day; on it the daily job starts the clock,
        once; the day after the due day it is past due."""
        assignment = self._released(deadline="2026-04-10")
        self._move_to("2026-04-09 02:00:00")
        self._daily_job()
        self.assertFalse(assignment.clock_ids)
        self._move_to("2026-04-10 02:00:00")
        self._daily_job()
        self._daily_job()
        clock = self._clocks(assignment, "result")
        self.assertEqual((len(clock), clock.state), (1, "running"))
        self._move_to("2026-04-12 02:00:00")
        clock.invalidate_recordset()
        self.assertEqual(clock.state, "missed")

    def test_a_refused_result_lets_the_same_limit_run_again(self):
        """After a refusal the limit stands where it would have stood, to the day."""
        self.env["task.regulation.policy"].create(
            {
                "regulation_id": self.text.id,
                "key": "confirmation_required",
                "value": "yes",
            }
        )
        assignment = self._released(deadline="2026-04-10")
        result = self._hand_in(assignment).with_user(self.specialist)
        result.answer = "Bổ sung"
        result.action_refuse()
        running = self._clocks(assignment, "result", "running")
        self.assertEqual(running.due_on, date(2026, 4, 11))
        self._move_to("2026-04-20 02:00:00")
        self._hand_in(assignment)
        self.assertEqual(self._clocks(assignment, "result", "late"), running)

    def test_an_extension_moves_what_still_runs_only(self):
        """Granted before the limit passed: the old clock is cancelled. Granted after:
        it stays missed, and the new deadline starts its own."""
        in_time = self._released(deadline="2026-04-10")
        passed = self._released(deadline="2026-04-08")
        self._move_to("2026-04-10 02:00:00")
        self._daily_job()
        for assignment in (in_time, passed):
            assignment.with_user(self.chairman).change_deadline("2026-05-04", "Lý do")
        self.assertEqual(self._clocks(in_time, "result").state, "cancelled")
        self.assertEqual(self._clocks(passed, "result").state, "missed")
        self._move_to("2026-05-04 02:00:00")
        self._daily_job()
        for assignment in (in_time, passed):
            running = self._clocks(assignment, "result", "running")
            self.assertEqual(running.due_on, date(2026, 5, 5))

    def test_withdrawn_owes_nothing(self):
        """What is taken away before its day is cancelled, not missed."""
        assignment = self._released(deadline="2026-04-10")
        self._move_to("2026-04-10 02:00:00")
        self._daily_job()
        assignment.with_user(self.manager).withdraw("Giao nhầm")
        clock = self._clocks(assignment, "result")
        self._move_to("2026-06-10 02:00:00")
        self.assertEqual(self._clocks(assignment, "result").state, "cancelled")
        found = clock.search([("id", "=", clock.id), ("state", "=", "cancelled")])
        self.assertEqual(found, clock)

    # -- windows ----
    def test_handing_back_within_24_hours_over_a_weekend(self):
        """Received Fri 03/04 at 16:30: handed back Sat at 16:29 in time, at 16:31 late;
        nobody who keeps the task misses anything."""
        in_time, late, kept = (self._released() for _i in range(3))
        self._move_to("2026-04-03 09:30:00")
        (in_time + late + kept).with_user(self.finance_head).action_receive()
        self._move_to("2026-04-04 09:29:00")
        in_time_return = self._hand_back(in_time)
        self._move_to("2026-04-04 09:31:00")
        late_return = self._hand_back(late)
        clock = self._clocks(in_time_return, "return")
        self.assertEqual(clock.due_at, Datetime.to_datetime("2026-04-04 09:30:00"))
        self.assertEqual(clock.state, "in_time")
        self.assertEqual(self._clocks(late_return, "return").state, "late")
        self.assertTrue(late_return.returned_late)
        self.assertFalse(self._clocks(kept, "return"))

    def test_who_never_received_had_it_from_its_assignment(self):
        """Assigned Wed 01/04 at 09:00 and handed back on Fri without pressing
        “receive”: the 24 hours ran from the assignment, so it is late."""
        assignment = self._released()
        self._move_to("2026-04-03 02:00:00")
        clock = self._clocks(self._hand_back(assignment), "return")
        self.assertEqual(clock.due_at, Datetime.to_datetime("2026-04-02 02:00:00"))
        self.assertEqual(clock.state, "late")

    def test_asking_at_least_two_working_days_before(self):
        """Deadline Mon 13/04: asked Thu 09/04 in time, Fri 10/04 late and flagged."""
        for day, state in (("2026-04-09", "in_time"), ("2026-04-10", "late")):
            self._move_to(f"{day} 02:00:00")
            assignment = self._released(deadline="2026-04-13")
            extension = self._ask_extension(assignment)
            clock = self._clocks(extension, "extension_ask")
            self.assertEqual((clock.due_on, clock.state), (date(2026, 4, 9), state))
            self.assertEqual(extension.asked_late, state == "late")
            self.assertEqual(extension.state, "waiting")

    def test_asking_too_late_is_refused_where_the_text_wants_it(self):
        """With the policy "refused" nothing is kept, and the article is named."""
        self.env["task.regulation.policy"].create(
            {"regulation_id": self.text.id, "key": "extension_late", "value": "refused"}
        )
        self._move_to("2026-04-10 02:00:00")
        assignment = self._released(deadline="2026-04-13")
        with self.assertRaisesRegex(UserError, "Điều 1"), self.cr.savepoint():
            self._ask_extension(assignment)
        self.assertFalse(assignment.extension_pending)

    # -- the answer the Office owes ----
    def test_answering_an_extension(self):
        """Asked Wed 01/04, two working days: answered on Fri 03/04 in time, on Mon
        06/04 late; taken back: cancelled."""
        asked = [self._ask_extension(self._released()) for _i in range(3)]
        for extension in asked:
            clock = self._clocks(extension, "extension_answer")
            self.assertEqual((clock.actor, clock.due_on), ("office", date(2026, 4, 3)))
        asked[2].action_cancel()
        self._move_to("2026-04-03 02:00:00")
        asked[0].with_user(self.chairman).action_accept()
        self._move_to("2026-04-06 02:00:00")
        refused = asked[1].with_user(self.chairman)
        refused.answer = "Không"
        refused.action_refuse()
        states = [self._clocks(one, "extension_answer").state for one in asked]
        self.assertEqual(states, ["in_time", "late", "cancelled"])

    # -- undated ones ----
    def test_undated_ones_are_reported_on_by_the_end_of_the_quarter(self):
        """Assigned 01/04: due 30/06 (quarter and half-year in one); an entry meets it;
        next quarter's begins on 01/07 and is missed on 01/10."""
        assignment = self._released(deadline=False, is_dated=False)
        clock = self._clocks(assignment, "undated_report")
        self.assertEqual((len(clock), clock.due_on), (1, date(2026, 6, 30)))
        self._daily_job()
        self.assertEqual(len(self._clocks(assignment, "undated_report")), 1)
        self.env["task.progress"].with_user(self.finance_head).create(
            {"assignment_id": assignment.id, "text": "Đang làm"}
        )
        self.assertEqual(clock.state, "in_time")
        self._move_to("2026-07-01 02:00:00")
        self._daily_job()
        second = self._clocks(assignment, "undated_report", "running")
        self.assertEqual(second.due_on, date(2026, 9, 30))
        self._move_to("2026-10-01 02:00:00")
        self.assertEqual(self._clocks(assignment, "undated_report", "missed"), second)

    def test_a_first_deadline_ends_the_reports(self):
        """Who gets a deadline is not asked for periodic reports any more."""
        assignment = self._released(deadline=False, is_dated=False)
        assignment.with_user(self.specialist).set_first_deadline("2026-05-04", "Rõ")
        self.assertEqual(self._clocks(assignment, "undated_report").state, "cancelled")

    # -- the Office's own periodic duties ----
    def test_a_periodic_duty_of_the_office(self):
        """The secret report is due on 10/06 without any content: the Office manager
        marks it done, nobody else does; what was due before the province began here
        is nobody's fault."""
        self._daily_job()
        clock = self._clocks(self.company, "secret_report")
        self.assertEqual(clock.due_on, date(2026, 6, 10))
        desk = self.env["task.desk"].with_user(self.manager).get_sections()
        duties = next(one for one in desk if one["key"] == "own_duties")
        self.assertEqual([item["id"] for item in duties["items"]], clock.ids)
        for user in (self.specialist, self.chairman):
            with self.assertRaises(AccessError):
                clock.with_user(user).action_mark_done()
        self.assertFalse(clock.with_user(self.finance_head)._filtered_access("read"))
        self._move_to("2026-06-10 16:30:00")  # 23:30 in the province
        clock.with_user(self.manager).action_mark_done()
        self.assertEqual(
            (clock.stopped_on, clock.state), (date(2026, 6, 10), "in_time")
        )
        with self.assertRaises(UserError):
            clock.with_user(self.manager).action_mark_done()

    def test_duties_from_before_the_province_began_here(self):
        """A regulation chosen on 20/06 does not owe the report that was due on
        10/06."""
        self._move_to("2026-06-20 02:00:00")
        other = self.env["res.company"].create(
            {"name": "Sở", "regulation_id": self.text.id}
        )
        other._clock_start_due(other, lambda taken: True)
        self.assertFalse(self._clocks(other, "secret_report"))
        self._move_to("2026-07-01 02:00:00")
        other._clock_start_due(other, lambda taken: True)
        self.assertEqual(
            self._clocks(other, "secret_report").due_on, date(2026, 12, 10)
        )

    # -- telling ----
    def test_every_limit_of_an_assignment_is_told(self):
        """The agency sees what lies ahead with its reasons; a stranger is refused."""
        assignment = self._released(deadline="2026-04-13")
        assignment.with_user(self.finance_head).action_receive()
        told = assignment.with_user(self.finance_officer).get_time_limits()
        due = {one["act"]: one["due_on"] for one in told}
        self.assertEqual(
            due,
            {
                "return": "2026-04-02",
                "extension_ask": "2026-04-09",
                "result": "2026-04-14",
            },
        )
        self.assertTrue(all(one["why"] and one["state"] == "ahead" for one in told))
        with self.assertRaises(AccessError):
            assignment.with_user(self.ward_head).get_time_limits()

    # -- ∅ and later changes ----
    def test_what_the_text_does_not_know_is_refused(self):
        """An act without a rule has no button, and RPC is refused."""
        self.text.rule_ids.filtered(lambda rule: rule.act == "extension_ask").unlink()
        assignment = self._released().with_user(self.finance_head)
        self.assertFalse(assignment.can_ask_extension or assignment.knows_extension)
        with self.assertRaisesRegex(UserError, "does not know"):
            self._ask_extension(assignment)

    def test_a_later_policy_judges_no_old_assignment(self):
        """Confirmation switched on later: what was assigned before completes by handing
        in, what is assigned after waits."""
        before = self._released()
        self.env["task.regulation.policy"].create(
            {
                "regulation_id": self.text.id,
                "key": "confirmation_required",
                "value": "yes",
            }
        )
        after = self._released()
        self._hand_in(before)
        self._hand_in(after)
        self.assertEqual((before.state, after.state), ("done", "submitted"))

    def test_the_administrator_chooses_the_regulation(self):
        """From then on new directives follow it; nobody else chooses."""
        for user in (self.manager, self.chairman, self.finance_head):
            with self.assertRaises(AccessError):
                self.regulation.with_user(user).action_adopt()
        before = self._released()
        self.regulation.with_user(self.admin).action_adopt()
        self.assertEqual(self._released().regulation_id, self.regulation)
        self.assertEqual(before.regulation_id, self.text)

    def test_the_version_of_the_day(self):
        """A new version holds from its day on: for clocks that start then and tasks
        assigned then; what ran goes on as it was."""
        self._ask_extension(self._released())
        new = self.env["task.regulation"].browse(
            self.text.with_user(self.admin).action_new_version()["res_id"]
        )
        new.effective_on = "2026-04-06"
        new.rule_ids.filtered(lambda rule: rule.act == "extension_answer").amount = 5
        self.assertEqual(self.company._task_regulation(), self.text)
        old = self._ask_extension(self._released())
        self._move_to("2026-04-06 02:00:00")
        self.assertEqual(self.company._task_regulation(), new)
        assignment = self._released()
        late = self._ask_extension(assignment)
        self.assertEqual(assignment.regulation_id, new)
        self.assertEqual(
            self._clocks(late, "extension_answer").due_on, date(2026, 4, 13)
        )
        self.assertEqual(self._clocks(old, "extension_answer").due_on, date(2026, 4, 3))
        self.assertEqual(self.company._task_regulation(date(2026, 4, 5)), self.text)

    # -- drafts ----
    def test_a_draft_left_lying_is_past_due(self):
        """Issued Wed 01/04, one working day, three if opinions must be asked: what is
        still a draft on Wed 08/04 is past due under either, and late when released;
        before that the daily job says nothing, the directive tells what lies ahead."""
        opinions = self.env.ref("task_tracking.circumstance_opinions")
        self._rule(
            "register",
            event="issue",
            amount=3,
            stop="release",
            sequence=1,
            circumstance_ids=[Command.set(opinions.ids)],
        )
        self.text.rule_ids.filtered(
            lambda rule: rule.act == "register"
        ).stop = "release"
        directive = self._document()
        ahead = directive.with_user(self.specialist).get_time_limits()
        self.assertEqual([one["due_on"] for one in ahead], ["2026-04-02"])
        for day, number in (("2026-04-06", 0), ("2026-04-07", 1), ("2026-04-08", 1)):
            self._move_to(f"{day} 02:00:00")
            self._daily_job()
            self.assertEqual(len(self._clocks(directive, "register", "missed")), number)
        directive.action_release()
        self.assertEqual(self._clocks(directive, "register").state, "late")

    def test_a_registered_draft_is_not_late_where_registering_is_enough(self):
        """Where entering it on the system meets the limit, a draft with its tasks has
        met it on the day it was entered."""
        directive = self._document()
        self._move_to("2026-05-04 02:00:00")
        self._daily_job()
        self.assertEqual(self._clocks(directive, "register").state, "in_time")


@tagged("post_install", "-at_install")
class TestRecount(LimitsCase):
    def _day_off(self, day):
        self.env["task.calendar.day"].create(
            {"date": day, "name": "Nghỉ", "kind": "holiday", "state": "confirmed"}
        )

    def _recount(self, user=None):
        wizard = Form(self.env["task.recount"].with_user(user or self.manager))
        wizard.reason = "Chính phủ cho nghỉ thêm"
        return wizard.save()

    def test_running_limits_are_counted_anew_by_an_act_only(self):
        """A day off entered later changes nothing; the act shows before and after,
        keeps the old limit with the reason and links the new one to it."""
        clock = self._clocks(self._ask_extension(self._released()), "extension_answer")
        self._day_off("2026-04-02")
        self._day_off("2026-04-03")
        wizard = self._recount()
        self.assertEqual(
            [(line.clock_id, line.due_on, line.new_due_on) for line in wizard.line_ids],
            [(clock, date(2026, 4, 3), date(2026, 4, 7))],
        )
        self.assertEqual(clock.state, "running")
        wizard.action_confirm()
        new = clock.search([("replaces_id", "=", clock.id)])
        self.assertEqual((clock.state, clock.note), ("cancelled", wizard.reason))
        self.assertEqual((new.due_on, new.state), (date(2026, 4, 7), "running"))
        self.assertEqual(new.create_uid, self.manager)

    def test_what_was_judged_or_is_past_due_is_left_alone(self):
        """Neither a stopped clock nor one past its day is ever counted anew."""
        asked = [self._ask_extension(self._released()) for _i in range(2)]
        asked[0].with_user(self.chairman).action_accept()
        self._move_to("2026-04-06 02:00:00")
        self._day_off("2026-04-02")
        self.assertFalse(self._recount().line_ids)

    def test_a_form_that_shows_old_news_is_refused(self):
        """What changed since the form was opened must be looked at again."""
        self._ask_extension(self._released())
        wizard = self._recount()
        self._day_off("2026-04-02")
        with self.assertRaises(UserError):
            wizard.action_confirm()

    def test_only_office_managers(self):
        """Nobody else counts limits anew, not even by RPC."""
        for user in (self.specialist, self.chairman, self.finance_head, self.admin):
            with self.assertRaises(AccessError):
                self.env["task.recount"].with_user(user).create({"reason": "x"})
