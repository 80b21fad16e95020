# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.fields import Datetime
from odoo.tests import tagged

from .common import START, TaskCase

MIDNIGHT_BEFORE = "2026-04-01 17:00:00"  # 00:00 of Thu 02/04 in the province


@tagged("post_install", "-at_install")
class TestClock(TaskCase):
    """Limits on a directive under a text made for the test: registered within one
    working day of despatch, forwarded within 24 hours of receipt."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.text = cls.env["task.regulation"].create(
            {"code": "T", "name": "Quy chế <thử>"}
        )
        cls.company.regulation_id = cls.text
        base = {"regulation_id": cls.text.id, "quote": "Trong <b>01</b> ngày."}
        cls.rule = cls.env["task.regulation.rule"].create(
            {
                **base,
                "act": "register",
                "event": "despatch",
                "stop": "registration",
                "article": "Điều 1",
            }
        )
        cls.by_hour = cls.env["task.regulation.rule"].create(
            {
                **base,
                "act": "forward_superior",
                "event": "receipt",
                "unit": "hour",
                "amount": 24,
                "stop": "release",
                "article": "Điều 2",
            }
        )

    def setUp(self):
        super().setUp()
        self._move_to(START)

    def directive(self, day="2026-03-31", **vals):
        """A draft directive despatched on `day`."""
        task = self._task_vals(deadline="2027-06-01")
        return self._document([task], issued_on=day, despatched_on=day, **vals)

    def registering(self, day="2026-03-31"):
        """The running clock on a directive despatched on `day`."""
        directive = self.directive(day)
        directive._clock_start("register")
        return directive.clock_ids

    def day_off(self, day, **vals):
        return self.env["task.calendar.day"].create(
            {"date": day, "name": "Nghỉ", "state": "confirmed", **vals}
        )

    # -- starting --------------------------------------------------------------------
    def test_due_date_and_reasons_are_kept(self):
        """Despatched Fri 24/04/2026 + 1 working day: Tue 28/04, over the weekend and
        Monday's compensatory day, each kept with its reason, article and quote."""
        self._move_to("2026-04-24 02:00:00")
        clock = self.registering("2026-04-24")
        self.assertEqual(clock.due_on, date(2026, 4, 28))
        why = clock.explanation
        self.assertEqual(why["event"], "despatch")
        self.assertEqual(why["event_day"], "2026-04-24")
        self.assertEqual(
            [(note["day"], note["why"]) for note in why["skipped"]],
            [
                ("2026-04-25", "weekend"),
                ("2026-04-26", "holiday"),
                ("2026-04-27", "compensatory"),
            ],
        )
        self.assertEqual((why["article"], why["amount"]), ("Điều 1", 1))

    def test_why_this_date_is_told_and_escaped(self):
        """The page tells the day not counted, what was skipped and the sentence; what
        people typed stays text."""
        self._move_to("2026-04-24 02:00:00")
        why = str(self.registering("2026-04-24").why)
        self.assertIn("Friday, 24/04/2026", why)
        self.assertIn("That day itself does not count.", why)
        self.assertIn("Sunday, 26/04/2026, public holiday (Giỗ Tổ Hùng Vương)", why)
        self.assertIn("Quy chế &lt;thử&gt;", why)
        self.assertIn("Trong &lt;b&gt;01&lt;/b&gt; ngày.", why)

    def test_why_this_date_in_the_readers_language(self):
        """A Vietnamese reader gets Vietnamese days of the week from the same data."""
        self.env["res.lang"]._activate_lang("vi_VN")
        clock = self.registering()
        self.assertIn("Wednesday", str(clock.why))
        self.assertIn("Thứ Tư", str(clock.with_context(lang="vi_VN").why))

    def test_our_reading_and_unknown_years_are_told(self):
        """An interpretation says so, and so do days reckoned into a year whose days
        off nobody confirmed."""
        self.rule.write({"is_interpretation": True, "amount": 10})
        self._move_to("2026-12-30 02:00:00")
        why = str(self.registering("2026-12-30").why)
        self.assertIn("our reading", why)
        self.assertIn("No day off of 2027 was confirmed", why)

    def test_no_limit_no_clock(self):
        """Where the text states no limit, or the event has not happened, none runs."""
        self.rule.stated = "none"
        self.assertFalse(self.directive()._clock_start("register"))
        self.rule.stated = "limit"
        waiting = self._document()
        waiting.despatched_on = False
        self.assertFalse(waiting._clock_start("register"))
        waiting.despatched_on = "2026-04-01"
        self.assertTrue(waiting._clock_start("register"))

    def test_starting_twice_gives_one_clock(self):
        """A clock that runs, or ran from the same day, is not started again."""
        directive = self.directive()
        directive._clock_start("register")
        self.assertFalse(directive._clock_start("register"))
        directive._clock_stop("registration")
        self.assertFalse(directive._clock_start("register"))
        self.assertEqual(len(directive.clock_ids), 1)

    def test_the_day_off_switch(self):
        """A limit in calendar days ends on the day off as written, or on the next
        working day where the regulation's switch says so."""
        self.rule.write({"unit": "calendar_day", "amount": 3})
        as_written = self.registering("2026-04-01")
        self.assertEqual(as_written.due_on, date(2026, 4, 4))
        self.env["task.regulation.policy"].create(
            {
                "regulation_id": self.text.id,
                "key": "day_off",
                "value": "next_working_day",
            }
        )
        rolled = self.registering("2026-04-01")
        self.assertEqual(rolled.due_on, date(2026, 4, 6))
        self.assertEqual(rolled.explanation["rolled_from"], "2026-04-04")

    def test_reckoning_stores_nothing(self):
        """The date a draft would have can be shown without starting a clock."""
        directive = self.directive()
        rule, due = directive._clock_reckon("register")
        self.assertEqual(rule, self.rule)
        self.assertEqual(due.due_on, date(2026, 4, 1))
        self.assertFalse(directive.clock_ids)

    # -- judging ---------------------------------------------------------------------
    def test_running_until_the_end_of_the_due_day(self):
        """Due on 01/04: running until midnight of the province (17:00 UTC), then past
        due; search, grouping and order say the same."""
        clock = self.registering()
        self.assertEqual(clock.due_on, date(2026, 4, 1))
        for moment, state in (
            ("2026-04-01 16:59:59", "running"),
            (MIDNIGHT_BEFORE, "missed"),
        ):
            self._move_to(moment)
            clock.invalidate_recordset()
            self.assertEqual(clock.state, state)
            self.assertEqual(self.found(clock), [state])
            self.assertEqual(self.grouped(clock), [state])

    def test_stopped_in_time_and_late(self):
        """Stopped on the due date is in time, the day after late: for good."""
        for day, state in (("2026-04-01", "in_time"), ("2026-04-02", "late")):
            clock = self.registering()
            self.env["task.document"].browse(clock.res_id)._clock_stop(
                "registration", date.fromisoformat(day)
            )
            self._move_to("2026-05-01 02:00:00")
            self.assertEqual(clock.state, state)
            self.assertEqual(self.found(clock), [state])
            self.assertEqual(self.grouped(clock), [state])
            self._move_to(START)

    def found(self, clock):
        """The states whose search finds the clock."""
        states = ("running", "missed", "in_time", "late")
        return [
            state
            for state in states
            if clock.search([("id", "=", clock.id), ("state", "=", state)])
        ]

    def grouped(self, clock):
        rows = clock.formatted_read_group(
            [("id", "=", clock.id)], ["state"], ["__count"]
        )
        return [row["state"] for row in rows]

    def test_stopped_now_is_the_provinces_day(self):
        """At 17:00 UTC of 01/04 it is 02/04 in the province: late."""
        clock = self.registering()
        self._move_to(MIDNIGHT_BEFORE)
        self.env["task.document"].browse(clock.res_id)._clock_stop("registration")
        self.assertEqual(clock.stopped_on, date(2026, 4, 2))
        self.assertTrue(clock.is_late)

    def test_another_event_does_not_stop_it(self):
        """A clock is stopped by what its rule names, and by nothing else."""
        clock = self.registering()
        self.env["task.document"].browse(clock.res_id)._clock_stop("release")
        self.assertFalse(clock.stopped_on)

    def test_hours_run_by_the_clock(self):
        """Received Fri 03/04 at 16:30, 24 hours: due Sat 04/04 at 16:30, late one
        minute after."""
        received = Datetime.to_datetime("2026-04-03 09:30:00")
        self.patch(
            type(self.env["task.document"]),
            "_clock_events",
            lambda self: {"receipt": received},
        )
        on_time, late = self.directive(), self.directive()
        (on_time + late)._clock_start("forward_superior")
        clock = on_time.clock_ids
        self.assertEqual(clock.due_at, Datetime.to_datetime("2026-04-04 09:30:00"))
        self.assertEqual(clock.due_on, date(2026, 4, 4))
        on_time._clock_stop("release", Datetime.to_datetime("2026-04-04 09:30:00"))
        late._clock_stop("release", Datetime.to_datetime("2026-04-04 09:31:00"))
        self.assertEqual(on_time.clock_ids.state, "in_time")
        self.assertEqual(late.clock_ids.state, "late")

    # -- what was judged stays judged -------------------------------------------------
    def test_later_calendar_and_regulation_change_nothing(self):
        """A day off entered later and a longer limit leave the clock as it started."""
        clock = self.registering()
        before = clock.read(["due_on", "explanation", "stop", "act"])
        self.day_off("2026-04-01")
        self.rule.write({"amount": 5, "quote": "khác", "stop": "release"})
        clock.invalidate_recordset()
        self.assertEqual(clock.read(["due_on", "explanation", "stop", "act"]), before)

    def test_nobody_changes_a_clock(self):
        """Not even code in sudo moves a due date, a verdict or a second stop."""
        clock = self.registering().sudo()
        for vals in (
            {"due_on": "2030-01-01"},
            {"explanation": {}},
            {"is_late": False},
            {"stopped_on": False},
            {"stopped_on": "2026-04-02", "due_on": "2026-04-02"},
        ):
            with self.subTest(**vals), self.assertRaises(UserError):
                clock.write(vals)
        clock.write({"stopped_on": "2026-04-02"})
        with self.assertRaises(UserError):
            clock.write({"stopped_on": "2026-04-01"})

    def test_a_clock_lives_as_long_as_its_record(self):
        """It cannot be deleted alone, and goes with a deleted draft."""
        clock = self.registering().sudo()
        with self.assertRaises(UserError):
            clock.unlink()
        self.env["task.document"].browse(clock.res_id).unlink()
        self.assertFalse(clock.exists())

    # -- who sees it -------------------------------------------------------------------
    def test_users_cannot_write_clocks(self):
        """By RPC a specialist neither makes, moves, stops nor deletes a clock."""
        clock = self.registering().with_user(self.specialist)
        self.assertEqual(clock.due_on, date(2026, 4, 1))
        with self.assertRaises(AccessError):
            clock.write({"stopped_on": "2026-04-01"})
        with self.assertRaises(AccessError):
            clock.unlink()
        with self.assertRaises(AccessError):
            clock.create(clock.sudo().copy_data()[0])

    def test_the_offices_clock_is_the_offices_and_the_leaders(self):
        """Leaders and the Office see how directives were registered; an agency that
        reads the directive does not, nor does the administrator."""
        assignment = self._released_with_clock()
        clock = assignment.document_id.sudo().clock_ids.sudo(False)
        self.assertTrue(assignment.document_id.with_user(self.finance_head).abstract)
        for user in (self.specialist, self.manager, self.chairman, self.deputy):
            self.assertEqual(self.seen(clock, user), clock)
            self.assertTrue(clock.with_user(user).due_on)
        self.assertFalse(self.seen(clock, self.finance_head))
        self.assertFalse(clock.with_user(self.finance_head)._filtered_access("read"))
        self.assertFalse(clock.with_user(self.admin)._filtered_access("read"))

    def test_an_agencys_clock_follows_its_record(self):
        """A clock of the agencies is read by the agency that reads the directive, and
        by no other."""
        self.rule.actor = "agency"
        assignment = self._released_with_clock()
        clock = assignment.document_id.sudo().clock_ids.sudo(False)
        self.assertEqual(self.seen(clock, self.finance_head), clock)
        self.assertFalse(self.seen(clock, self.ward_head))
        self.assertFalse(clock.with_user(self.ward_head)._filtered_access("read"))

    def _released_with_clock(self):
        self.by_hour.stated = "none"
        directive = self.directive()
        directive.action_release()
        self.assertEqual(len(directive.clock_ids), 1)
        return directive.sudo().assignment_ids

    def seen(self, clock, user):
        return clock.with_user(user).search([("id", "in", clock.ids)])

    def test_registration_under_khanh_hoa(self):
        """Đ6.1a end to end: an express directive despatched yesterday and registered
        today is late; despatched today it is in time; one plain task has no limit."""
        self.company.regulation_id = self.regulation
        cases = (
            ("2026-03-31", "express", "late"),
            ("2026-04-01", "express", "in_time"),
            ("2026-03-31", "normal", False),
        )
        for day, urgency, state in cases:
            directive = self.directive(day, urgency=urgency)
            directive.action_release()
            self.assertEqual(directive.clock_ids.state, state)

    def test_queries_do_not_grow(self):
        """Starting and stopping clocks costs the same for one directive and for 20."""
        warm, one, *rest = (self.directive() for _i in range(22))
        spent = []
        for directives in (warm, one, rest[0].concat(*rest[1:])):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            directives._clock_start("register")
            directives._clock_stop("registration")
            self.env.flush_all()
            spent.append(self.cr.sql_log_count - before)
        self.assertEqual(spent[1], spent[2])
