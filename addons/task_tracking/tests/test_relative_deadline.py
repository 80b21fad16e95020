# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import TaskCase

WORDS = "05 ngày làm việc kể từ ngày nhận đủ ý kiến"


@tagged("post_install", "-at_install")
class TestRelativeDeadline(TaskCase):
    """ "05 ngày làm việc kể từ …": undated with its words, until the event's day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tracking = cls.regulation.copy({"code": "TRACKED"})
        cls.tracking.policy_ids.filtered(
            lambda one: one.key == "undated"
        ).value = "tracked"

    def setUp(self):
        super().setUp()
        self._move_to("2026-02-10 02:00:00")

    def _relative(self, **vals):
        """Values of a task due five working days after its event."""
        return {
            **self._task_vals(deadline=False),
            "relative_amount": 5,
            "relative_unit": "working_day",
            "relative_event": "Ngày nhận đủ ý kiến",
            "deadline_text": WORDS,
            **vals,
        }

    def _task(self, release=True, **vals):
        document = self._document([self._relative(**vals)], issued_on="2026-02-10")
        if release:
            document.action_release()
        return document.task_ids

    # -- before the release ----------------------------------------------------------
    def test_undated_with_its_words(self):
        """Until the event's day is entered there is no deadline, only its words."""
        task = self._task(release=False)
        self.assertRecordValues(
            task,
            [{"is_dated": False, "deadline": False, "deadline_text": WORDS}],
        )
        self.assertFalse(task.deadline_explanation)

    def test_counted_before_the_release(self):
        """Thursday 12/02/2026 + 5 working days: Friday 13, then Tết 14–22, Monday 23,
        24, 25, Thursday 26/02."""
        task = self._task(release=False, relative_event_on="2026-02-12")
        self.assertEqual((task.is_dated, task.deadline), (True, date(2026, 2, 26)))
        task.document_id.action_release()
        one = task.sudo().assignment_ids
        self.assertEqual(
            (one.first_deadline, one.due_on), (date(2026, 2, 26), date(2026, 2, 26))
        )

    def test_days_and_months(self):
        """Days run by the calendar; a month ends on the day of the same number, or on
        the last one (Bộ luật Dân sự Đ148.3)."""
        for unit, amount, event, due in (
            ("calendar_day", 10, "2026-02-12", date(2026, 2, 22)),
            ("month", 1, "2026-01-31", date(2026, 2, 28)),
            ("month", 3, "2026-02-12", date(2026, 5, 12)),
        ):
            task = self._task(
                release=False,
                relative_unit=unit,
                relative_amount=amount,
                relative_event_on=event,
            )
            self.assertEqual(task.deadline, due)

    def test_entered_in_the_form(self):
        """On the form the date shows as soon as the event's day is typed."""
        document = self._document([self._task_vals()], issued_on="2026-02-10")
        with Form(document.task_ids.with_user(self.specialist)) as form:
            form.relative_unit = "working_day"
            self.assertFalse(form.deadline)
            form.relative_amount = 5
            form.relative_event = "Ngày nhận đủ ý kiến"
            form.relative_event_on = "2026-02-12"
            self.assertEqual(form.deadline, date(2026, 2, 26))
        self.assertEqual(document.task_ids.deadline, date(2026, 2, 26))
        with Form(document.task_ids.with_user(self.specialist)) as form:
            form.relative_unit = False
            form.deadline = "2026-03-02"
        self.assertRecordValues(
            document.task_ids,
            [
                {
                    "deadline": date(2026, 3, 2),
                    "relative_amount": 0,
                    "relative_event": False,
                    "relative_event_on": False,
                    "deadline_explanation": False,
                }
            ],
        )

    # -- after the release -----------------------------------------------------------
    def test_outside_comes_in(self):
        """KH keeps undated tasks outside; the event's day brings it into the register
        with its deadline, and the agency is told."""
        task = self._task()
        self.assertEqual(task.state, "outside")
        self._move_to("2026-02-25 02:00:00")
        notes = self.env["mail.message"].search_count(
            [("partner_ids", "in", self.finance_head.partner_id.ids)]
        )
        task.with_user(self.specialist).action_set_event_day("2026-02-12")
        one = task.sudo().assignment_ids
        self.assertEqual((task.state, task.deadline), ("open", date(2026, 2, 26)))
        self.assertRecordValues(
            one,
            [
                {
                    "state": "released",
                    "assigned_on": date(2026, 2, 25),
                    "first_deadline": date(2026, 2, 26),
                }
            ],
        )
        self.assertEqual(
            self.env["mail.message"].search_count(
                [("partner_ids", "in", self.finance_head.partner_id.ids)]
            ),
            notes + 1,
        )

    def test_tracked_gets_its_first_deadline(self):
        """A tracked one waits undated; the event's day is the first deadline set, in
        the ledger of every agency, and no extension."""
        self.company.regulation_id = self.tracking
        task = self._task(support_agency_ids=[Command.set(self.ward.ids)])
        lead, support = task.sudo().assignment_ids.sorted("role")
        self.assertEqual((lead.deadline, lead.overdue_from), (False, False))
        self._move_to("2026-02-25 16:30:00")  # 23:30: still the 25th
        task.with_user(self.specialist).action_set_event_day(
            "2026-02-12", reference="Văn bản 15/STC"
        )
        self.assertEqual(lead.deadline, date(2026, 2, 26))
        self.assertEqual(support.deadline, date(2026, 2, 26))
        self.assertFalse(lead.is_extended)
        self.assertRecordValues(
            lead.fact_ids[-1],
            [
                {
                    "kind": "deadline_set",
                    "day": date(2026, 2, 25),
                    "deadline": date(2026, 2, 26),
                    "reference": "Văn bản 15/STC",
                }
            ],
        )

    def test_an_agency_added_later_has_the_deadline(self):
        """Who is added after the event's day was entered has the same deadline."""
        self.company.regulation_id = self.tracking
        task = self._task().with_user(self.specialist)
        task.action_set_event_day("2026-02-12")
        task.lead_agency_ids |= self.building
        task.action_release()
        self.assertEqual(
            task.sudo().assignment_ids.mapped("deadline"), [date(2026, 2, 26)] * 2
        )

    def test_moves_from_a_day_off(self):
        """The day counted out is a date like any other: the switch moves it."""
        policy = self.tracking.policy_ids.filtered(lambda one: one.key == "day_off")
        policy.value = "next_working_day"
        self.company.regulation_id = self.tracking
        task = self._task(relative_unit="calendar_day", relative_amount=10)
        task.with_user(self.specialist).action_set_event_day("2026-02-12")
        one = task.sudo().assignment_ids
        self.assertEqual(one.deadline, date(2026, 2, 22))  # a Sunday
        self.assertEqual(one.due_on, date(2026, 2, 23))

    def test_says_why(self):
        """Event, day, what was skipped and the directive's words, to who does it."""
        task = self._task(relative_event_on="2026-02-12")
        one = task.sudo().assignment_ids.with_user(self.finance_officer)
        for words in ("26/02/2026", "Ngày nhận đủ ý kiến", "12/02/2026", WORDS):
            self.assertIn(words, one.deadline_why)
        # weekends 14, 15, 21, 22, holidays 16–20
        self.assertEqual(len(task.deadline_explanation["skipped"]), 9)

    def test_a_later_calendar_moves_nothing(self):
        """What was counted is fixed: neither the date nor its reasons change."""
        task = self._task(relative_event_on="2026-02-12")
        before = task.deadline_explanation
        self.env["task.calendar.day"].create(
            {
                "date": "2026-02-24",
                "kind": "holiday",
                "name": "Sửa lịch",
                "state": "confirmed",
                "company_id": self.company.id,
            }
        )
        task.with_user(self.specialist).deadline_text = "Lời khác"
        task.invalidate_recordset()
        self.assertEqual(task.deadline, date(2026, 2, 26))
        self.assertEqual(task.deadline_explanation, before)

    # -- what is refused ---------------------------------------------------------------
    def test_bad_values(self):
        """Without amount, event or unit, or with a date beside it: refused."""
        for vals in (
            {"relative_amount": 0},
            {"relative_amount": -3},
            {"relative_amount": 99999},
            {"relative_event": "  "},
            {"relative_event": False},
            {"relative_unit": False},
            {"deadline": "2026-03-03"},
            {"is_dated": True},
            {"relative_event_on": "2026-02-12", "deadline": "2026-03-03"},
            {"relative_event_on": "0026-02-12"},
            {"relative_event_on": "9026-02-12"},
        ):
            with self.assertRaises(ValidationError, msg=vals):
                self._task(release=False, **vals)

    def test_counted_before_the_issue(self):
        """A day from which the deadline falls before the directive is refused."""
        with self.assertRaises(ValidationError):
            self._task(release=False, relative_event_on="2026-01-05")
        task = self._task()
        with self.assertRaises(UserError):
            task.action_set_event_day("2026-01-05")

    def test_event_day_once(self):
        """The act needs a day, a task that waits for it, and is done once."""
        self.company.regulation_id = self.tracking
        task = self._task().with_user(self.specialist)
        for day in (False, "1026-02-12"):
            with self.assertRaises(UserError):
                task.action_set_event_day(day)
        task.action_set_event_day("2026-02-12")
        with self.assertRaises(UserError):
            task.action_set_event_day("2026-02-13")
        with self.assertRaises(UserError):
            self._released().task_id.with_user(self.specialist).action_set_event_day(
                "2026-02-12"
            )

    def test_dated_otherwise_meanwhile(self):
        """Where the Office set a first deadline by hand the event's day is refused."""
        self.company.regulation_id = self.tracking
        task = self._task().with_user(self.specialist)
        one = task.sudo().assignment_ids.with_user(self.specialist)
        one.set_first_deadline("2026-03-02", "Chỉ đạo")
        with self.assertRaises(UserError):
            task.action_set_event_day("2026-02-12")
        self.assertFalse(task.relative_event_on)

    def test_first_deadline_dates_the_task(self):
        """An undated task that is given its first deadline is dated from then on: an
        agency added later has it too. One that waits for its event goes on waiting."""
        self.company.regulation_id = self.tracking
        document = self._document(
            [self._task_vals(deadline=False, is_dated=False)], issued_on="2026-02-09"
        )
        document.action_release()
        task = document.task_ids
        one = task.sudo().assignment_ids.with_user(self.specialist)
        one.set_first_deadline("2026-03-02", "Chỉ đạo")
        self.assertEqual((task.deadline, task.is_dated), (date(2026, 3, 2), True))
        task.lead_agency_ids |= self.building
        task.action_release()
        self.assertEqual(
            task.sudo().assignment_ids.mapped("deadline"), [date(2026, 3, 2)] * 2
        )
        waiting = self._task().with_user(self.specialist)
        one = waiting.sudo().assignment_ids.with_user(self.specialist)
        one.set_first_deadline("2026-03-02", "Chỉ đạo")
        self.assertEqual((waiting.deadline, waiting.is_dated), (False, False))

    def test_outside_comes_in_for_the_successor(self):
        """The agency of a task outside the register was replaced: its event's day
        brings it in for the successor."""
        task = self._task()
        self.assertEqual(task.state, "outside")
        succession = (
            self.env["task.succession"]
            .with_user(self.manager)
            .create(
                {
                    "predecessor_ids": [Command.set(self.finance.ids)],
                    "successor_id": self.building.id,
                    "day": self.company._task_today(),
                    "reference": "QĐ 1",
                    "reason": "Hợp nhất",
                }
            )
        )
        succession.action_record()
        task.with_user(self.specialist).action_set_event_day("2026-02-12")
        self.assertEqual(task.sudo().assignment_ids.agency_id, self.building)

    def test_after_the_release_only_the_act(self):
        """What the release fixed is not written, not even the event's day."""
        task = self._task().with_user(self.specialist)
        for vals in (
            {"relative_event_on": "2026-02-12"},
            {"relative_amount": 6},
            {"relative_unit": False},
            {"deadline": "2026-03-03"},
        ):
            with self.assertRaises(UserError, msg=vals):
                task.write(vals)
        with self.assertRaises(AccessError):
            self._task(release=False).write({"deadline_explanation": {}})

    def test_only_the_office(self):
        """Neither the agency nor a leader enters the event's day."""
        self.company.regulation_id = self.tracking
        task = self._task()
        for user in (self.finance_head, self.chairman, self.admin):
            with self.assertRaises(AccessError, msg=user.login):
                task.with_user(user).action_set_event_day("2026-02-12")

    def test_form_of_the_act(self):
        """The button opens a form; applying it does the act under its own checks."""
        task = self._task().with_user(self.specialist)
        action = task.with_context(act="set_event_day").action_order_deadline()
        form = Form(
            self.env[action["res_model"]]
            .with_user(self.specialist)
            .with_context(**action["context"])
        )
        form.event_day = "2026-02-12"
        form.save().action_apply()
        self.assertEqual(task.deadline, date(2026, 2, 26))
        with self.assertRaises(UserError):
            task.with_context(act="nonsense").action_order_deadline()

    def test_copy_waits_for_its_own_event(self):
        """A copy of the directive is counted from an event of its own."""
        task = self._task(release=False, relative_event_on="2026-02-12")
        copy = task.document_id.copy().task_ids
        self.assertRecordValues(
            copy,
            [
                {
                    "relative_amount": 5,
                    "relative_event_on": False,
                    "is_dated": False,
                    "deadline": False,
                }
            ],
        )
