# SPDX-License-Identifier: LGPL-3.0-or-later
from lxml import html
from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..logic.ladder import KINDS
from .common import TaskCase


def told(steps):
    """The steps as (offset, unit, to whom): what the tables below are written in."""
    names = ("officer", "head", "specialist", "decider", "manager", "leader")
    return [
        (
            step.offset,
            step.unit,
            " ".join(name for name in names if step[f"to_{name}"]),
        )
        for step in steps
    ]


class StepCase(TaskCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.steps = cls.env["task.reminder.step"]
        cls.sixth = cls.env["task.regulation"].create({"code": "T6", "name": "Sixth"})

    @classmethod
    def step(cls, offset, kind="deadline", regulation=None, **vals):
        """A step of the sixth regulation that tells the head (a leader, where no agency
        is concerned)."""
        to = "to_head" if kind in ("deadline", "agency", "hours") else "to_leader"
        regulation = cls.sixth if regulation is None else regulation
        return cls.steps.create(
            {
                "regulation_id": regulation.id,
                "kind": kind,
                "offset": offset,
                to: True,
                **vals,
            }
        )


@tagged("post_install", "-at_install")
class TestLadder(StepCase):
    """Which steps hold, and what they say."""

    def test_the_default(self):
        """The ladder that holds where a regulation has none of its own, all of it our
        reading: no text names a day."""
        day, agency = "working_day", "officer head specialist"
        after = "calendar_day"
        expected = {
            "deadline": [
                (-7, day, "officer"),
                (-3, day, agency),
                (-1, day, agency),
                (0, day, agency),
                (1, after, f"{agency} manager"),
                (7, after, f"{agency} manager leader"),
                (30, after, f"{agency} manager leader"),
            ],
            "agency": [
                (-1, day, "officer head"),
                (0, day, "officer head"),
                (1, after, agency),
            ],
            "office": [
                (-1, day, "specialist manager"),
                (0, day, "specialist manager"),
                (1, after, "specialist manager leader"),
            ],
            "hours": [(0, "share", "officer head"), (50, "share", agency)],
            "office_hours": [
                (0, "share", "specialist manager"),
                (50, "share", "specialist manager"),
            ],
            "decision": [
                (0, day, "decider"),
                (3, day, "decider"),
                (7, day, "decider manager"),
            ],
        }
        self.assertEqual(set(expected), set(KINDS))
        for kind, ladder in expected.items():
            with self.subTest(kind):
                steps = self.regulation._ladder(kind)
                self.assertEqual(told(steps), ladder)
                self.assertTrue(all(steps.mapped("is_interpretation")))
                self.assertTrue(all(steps.mapped("by_screen")))
                self.assertTrue(all(steps.mapped("by_digest")))
                self.assertEqual(self.regulation.browse()._ladder(kind), steps)
        lettered = self.regulation._ladder("deadline").filtered("by_letter")
        self.assertEqual(lettered.mapped("offset"), [7, 30])

    def test_own_before_default_and_duty_before_kind(self):
        """Own steps of the duty, else own of the kind, else the default of the duty,
        else the default of the kind; the answer follows every change."""
        ladder = self.sixth._ladder
        self.assertEqual(ladder("agency", "return").mapped("offset"), [-1, 0, 1])
        default = self.step(
            2, "agency", self.env["task.regulation"], act="return", unit="calendar_day"
        )
        self.assertEqual(ladder("agency", "return"), default)
        self.assertEqual(ladder("agency", "feedback").mapped("offset"), [-1, 0, 1])
        own = self.step(-5, "agency")
        self.assertEqual(ladder("agency", "return"), own)
        self.assertEqual(ladder("agency"), own)
        of_duty = self.step(-4, "agency", act="return")
        self.assertEqual(ladder("agency", "return"), of_duty)
        self.assertEqual(ladder("agency", "feedback"), own)
        self.assertEqual(self.regulation._ladder("agency", "return"), default)
        of_duty.unlink()
        self.assertEqual(ladder("agency", "return"), own)
        own.active = False
        self.assertEqual(ladder("agency", "return"), default)

    def test_words(self):
        """A step says when it is, from the record's point of view."""
        words = [step.words for step in self.regulation._ladder("deadline")]
        self.assertEqual(
            words[1:5],
            [
                "3 working day(s) before the due date",
                "1 working day(s) before the due date",
                "on the due date",
                "1 day(s) after the due date",
            ],
        )
        self.assertEqual(
            [step.words for step in self.regulation._ladder("hours")],
            ["when the time begins", "at half-time"],
        )
        self.assertEqual(
            [step.words for step in self.regulation._ladder("decision")][:2],
            ["the first working day after it came", "3 working day(s) after it came"],
        )

    def test_a_new_version_keeps_its_own_steps(self):
        """A copy of a regulation goes on with the steps of its own."""
        self.step(-5)
        self.step(-2)
        copy = self.sixth.copy()
        self.assertEqual(copy._ladder("deadline").mapped("offset"), [-5, -2])
        self.assertEqual(copy._ladder("deadline").regulation_id, copy)


@tagged("post_install", "-at_install")
class TestStepsThatMakeSense(StepCase):
    """What cannot be meant is refused, and says so."""

    def refused(self, words, *args, **vals):
        with (
            self.assertRaisesRegex(ValidationError, words),
            self.env.cr.savepoint(),
        ):
            self.step(*args, **vals)

    def test_hours_and_days(self):
        """Limits in hours have shares of their time, the others have days."""
        self.refused("percentage", 0, "hours", unit="working_day")
        self.refused("percentage", 50, "deadline", unit="share")
        self.refused("from 0 to 100", 101, "hours")
        self.refused("from 0 to 100", -1, "office_hours")

    def test_too_far(self):
        """Farther than a year nobody is reminded."""
        self.refused("366", -367)

    def test_before_it_came(self):
        """Nothing waits before the day it began to wait."""
        self.refused("before it came", -1, "decision")

    def test_wrong_persons(self):
        """The Office's limits concern no agency; only what waits has who answers."""
        self.refused("no agency", 0, "office", to_head=True)
        self.refused("no agency", 0, "decision", to_officer=True)
        self.refused("nobody is to answer", 0, "deadline", to_decider=True)

    def test_nobody_and_no_way(self):
        """A step that tells nobody, or in no way, is archived instead."""
        self.refused("choose whom", 0, to_head=False)
        self.refused("choose how", 0, by_screen=False, by_digest=False)
        letter = self.step(0, to_head=False, by_letter=True)
        self.assertTrue(letter)

    def test_letters_of_deadlines_only(self):
        """Letters are drafted to lead agencies about their deadlines."""
        self.refused("drafted", 1, "agency", by_letter=True)

    def test_of_one_duty(self):
        """A deadline is of no duty of the text."""
        self.refused("not of one duty", 0, act="return")

    def test_two_units_on_one_side(self):
        """On one side of the date all steps are counted alike; on the other they may
        be counted otherwise."""
        self.step(-3)
        self.step(4, unit="calendar_day")
        self.refused("same side", -2, unit="calendar_day")
        self.step(-2)

    def test_one_step_a_day(self):
        """Two steps of one ladder for the same day: which would be the last one?"""
        self.step(-3)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self.step(-3)
        self.step(-3, "agency")

    def test_the_default_is_archived_not_deleted(self):
        """An update would bring a deleted step of the default back."""
        step = self.env.ref("task_tracking.reminder_step_deadline_before_7")
        with self.assertRaisesRegex(UserError, "archived"):
            step.unlink()
        step.active = False
        self.assertEqual(self.sixth._ladder("deadline")[0].offset, -3)

    def test_the_form_follows_the_kind(self):
        """Choosing hours in the form counts in percent, anything else in days."""
        form = Form(self.steps.with_user(self.admin))
        form.kind = "hours"
        self.assertEqual(form.unit, "share")
        form.kind = "agency"
        self.assertEqual(form.unit, "working_day")
        form.offset = -2
        form.to_head = True
        form.regulation_id = self.sixth
        self.assertEqual(form.save().words, "2 working day(s) before the due date")


@tagged("post_install", "-at_install")
class TestKeepingTheLadder(StepCase):
    """Who changes the ladder, and where it is read."""

    def test_rights(self):
        """The administrator keeps the steps; everybody of the system reads them."""
        step = self.regulation._ladder("deadline")[0]
        for user in (
            self.finance_officer,
            self.specialist,
            self.manager,
            self.chairman,
        ):
            with self.subTest(user.login):
                mine = step.with_user(user)
                self.assertEqual(mine.offset, -7)
                for act in (
                    lambda mine=mine: mine.write({"offset": -6}),
                    lambda mine=mine: mine.copy({"offset": -6}),
                    mine.unlink,
                ):
                    with self.assertRaises(AccessError):
                        act()
        step.with_user(self.admin).offset = -6
        self.assertEqual(self.regulation._ladder("deadline")[0].offset, -6)

    def test_own_ladder(self):
        """The administrator gives a regulation steps of its own: a copy of the default,
        once; changing them changes nothing elsewhere."""
        mine = self.sixth.with_user(self.admin)
        self.assertFalse(mine.own_ladders)
        mine.action_own_ladder("deadline")
        own = self.sixth._ladder("deadline")
        self.assertEqual(own.regulation_id, self.sixth)
        self.assertEqual(told(own), told(self.regulation._ladder("deadline")))
        mine.invalidate_recordset()
        self.assertEqual(mine.own_ladders, ["deadline"])
        own[0].with_user(self.admin).offset = -10
        self.assertEqual(self.sixth._ladder("deadline")[0].offset, -10)
        self.assertEqual(self.regulation._ladder("deadline")[0].offset, -7)
        self.assertFalse(self.sixth._ladder("agency").regulation_id)
        with self.assertRaisesRegex(UserError, "already"):
            mine.action_own_ladder("deadline")
        with self.assertRaises(AccessError):
            self.sixth.with_user(self.manager).action_own_ladder("agency")

    def test_on_the_regulations_page(self):
        """The page tells the ladders that hold: own or default, when, whom, how, and
        that it is our reading."""
        self.step(
            -5,
            article="Khoản 1 Điều 2",
            quote="Nhắc trước 05 ngày làm việc.",
            is_interpretation=False,
        )
        self.step(-4, "agency", act="return")
        page = html.fromstring(str(self.sixth.with_user(self.finance_officer).page))

        def ladder(title):
            (node,) = page.xpath(f"//*[@data-ladder='{title}']")
            return " ".join(node.text_content().split())

        own = ladder("Deadlines of tasks")
        self.assertIn("(of this regulation)", own)
        self.assertIn("5 working day(s) before the due date: Head of the agency", own)
        self.assertIn("On screen, By e-mail · Khoản 1 Điều 2", own)
        self.assertIn("Nhắc trước 05 ngày làm việc.", own)
        self.assertNotIn("Our reading", own)
        default = ladder("Limits of the Office")
        self.assertIn("(default)", default)
        self.assertIn("Our reading", default)
        self.assertIn("Specialist, Office managers, Leaders", default)
        self.assertIn(
            "4 working day(s) before",
            ladder("Other limits of agencies: Hand a task back"),
        )
        self.assertIn("(default)", ladder("Other limits of agencies"))
