# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import START, TaskCase
from .urge_common import UrgeActs


@tagged("post_install", "-at_install")
class TestUrge(UrgeActs, TaskCase):
    """Calls and meetings as short entries; what was done to urge in one place (BG
    Đ8–10, KT Đ8–10, QT Đ10–12, CM Đ7–9, KH Đ10–11)."""

    def setUp(self):
        super().setUp()
        self._move_to(START)
        self.task = self._released(support=self.ward)
        self.support = self.task.task_id.assignment_ids - self.task
        self.other = self._released(lead=self.building)
        # Thursday 16 April: the tasks were due on Friday 10 April
        self._move_to("2026-04-16 02:00:00")

    def test_call_is_kept_at_once(self):
        """A call is kept as entered: done, with who entered it, about its tasks."""
        call = self._enter(self.task)
        self.assertEqual((call.kind, call.state), ("call", "done"))
        self.assertEqual(call.issued_by_id, self.specialist)
        self.assertEqual(call.agency_ids, self.finance)
        self.assertEqual(call.line_ids.anchor_on, date(2026, 4, 10))
        self.assertEqual(call.line_ids.days_late, 6)
        with self.assertRaises(UserError):
            call.agreed = "Khác"
        with self.assertRaises(UserError):
            call.unlink()

    def test_call_needs_words(self):
        """With whom, and what was agreed, is written; a day to come is refused; so is
        a call about nothing."""
        for vals in (
            {"participants": " "},
            {"agreed": False},
            {"day": "2026-04-17"},
            {"line_ids": []},
        ):
            with self.assertRaises(UserError):
                self._enter(self.task, **vals)

    def test_call_about_one_agency(self):
        """A call is with one agency, or about one task; a meeting with several may be
        about several tasks."""
        both = self.task | self.other
        with self.assertRaises(UserError):
            self._enter(both)
        meeting = self._enter(both, kind="meeting")
        self.assertEqual(meeting.agency_ids, self.finance | self.building)
        self.assertEqual(meeting.task_count, 2)
        self.assertEqual(len(self._enter(self.task | self.support).line_ids), 2)

    def test_form_opens_with_the_tasks(self):
        """The button on a task opens a short form that names it already."""
        action = self.task.with_user(self.specialist).action_urge_call()
        form = Form(
            self.env["task.urge"]
            .with_user(self.specialist)
            .with_context(**action["context"]),
            view=action["views"][0][0],
        )
        self.assertEqual(str(form.day), "2026-04-16")
        form.participants = "Bà C"
        form.agreed = "Sẽ nộp trong tuần"
        call = form.save()
        self.assertEqual((call.state, call.kind), ("done", "call"))
        self.assertEqual(call.line_ids.assignment_id, self.task)

    def test_one_place(self):
        """The assignment, its task and its directive tell letters, calls and meetings,
        with day, by whom, to whom and number."""
        self._enter(self.task)
        letter = self._issue(self.task)
        self._move_to("2026-04-17 02:00:00")
        self._enter(self.task, kind="meeting")
        seen = self.task.with_user(self.specialist)
        self.assertEqual(
            seen.urge_line_ids.mapped("kind"), ["meeting", "letter", "call"]
        )
        line = seen.urge_line_ids[1]
        self.assertEqual((line.number, line.day), ("12/VP-TH", date(2026, 4, 16)))
        self.assertEqual((line.sent_by, line.told_to), ("The Office", "Sở Tài chính"))
        self.assertEqual(line.summary, letter.subject)
        self.assertEqual(seen.task_id.urge_line_ids, seen.urge_line_ids)
        self.assertEqual(seen.document_id.urge_line_ids, seen.urge_line_ids)
        self.assertFalse(self.other.with_user(self.specialist).urge_line_ids)

    def test_discarded_is_not_told(self):
        """A discarded draft was not urged: it stands in no task's list."""
        letter = self._draft(self.task)
        seen = self.task.with_user(self.specialist)
        self.assertEqual(seen.urge_line_ids.mapped("state"), ["draft"])
        letter.action_cancel()
        self.env.invalidate_all()
        self.assertFalse(seen.urge_line_ids)
        self.assertEqual(letter.state, "cancelled")

    def test_forms_the_text_has(self):
        """A form of urging the text in force does not have is refused."""
        self.env["task.regulation.policy"].search(
            [("regulation_id", "=", self.regulation.id), ("key", "=", "urge_by_phone")]
        ).unlink()
        self.env["task.regulation.policy"].create(
            {
                "regulation_id": self.regulation.id,
                "key": "urge_by_phone",
                "value": "no",
                "is_interpretation": True,
                "note": "Thử",
            }
        )
        with self.assertRaises(UserError):
            self._enter(self.task)
        self.assertEqual(self._enter(self.task, kind="meeting").state, "done")

    def test_nobody_makes_a_reminder(self):
        """What the system sends is made by the system alone, and a line says nothing
        but its assignment."""
        urges = self.env["task.urge"].with_user(self.manager)
        with self.assertRaises(AccessError):
            urges.create({"kind": "automatic"})
        with self.assertRaises(AccessError):
            urges.with_context(default_by_ladder=True).create({"kind": "letter"})
        letter = self._draft(self.task)
        with self.assertRaises(AccessError):
            self.env["task.urge.line"].with_user(self.manager).create(
                {
                    "urge_id": letter.id,
                    "assignment_id": self.other.id,
                    "agency_id": self.finance.id,
                }
            )
        with self.assertRaises(AccessError):
            letter.line_ids.with_user(self.manager).write({"anchor_on": "2026-01-01"})

    # -- the desk ----------------------------------------------------------------------
    def _section(self, user, key):
        """(number, titles) of a section of the user's desk; None if it is not there."""
        sections = self.env["task.desk"].with_user(user).get_sections()
        return next(
            (
                (section["count"], [item["id"] for item in section["items"]])
                for section in sections
                if section["key"] == key
            ),
            None,
        )

    def test_desk_of_the_office(self):
        """Drafts wait on the desk of who wrote them or follows their tasks, and of the
        manager."""
        letter = self._draft(self.task)
        self.assertEqual(self._section(self.specialist, "urge_drafts"), (1, letter.ids))
        self.assertEqual(self._section(self.manager, "urge_drafts"), (1, letter.ids))
        self.assertEqual(self._section(self.specialist2, "urge_drafts"), (0, []))

    def test_desk_on_a_phone(self):
        """A section opens as cards on a phone, where its records have cards."""
        self._draft(self.task)
        desk = self.env["task.desk"].with_user(self.manager).get_sections()
        shown = {one["model"]: one["has_cards"] for one in desk}
        self.assertTrue(shown["task.urge"])
        self.assertTrue(shown["task.referral"])
        self.assertFalse(shown["task.document"])

    def test_desk_of_the_agency(self):
        """A letter that asks for an answer stands on the agency's desk until something
        is entered on the task; another agency's desk has nothing."""
        letter = self._issue(self.task, answer_by="2026-04-22")
        self.assertEqual(
            self._section(self.finance_officer, "urge_received"), (1, letter.ids)
        )
        self.assertEqual(self._section(self.ward_head, "urge_received"), (0, []))
        self._move_to("2026-04-17 02:00:00")
        self.env["task.progress"].with_user(self.finance_officer).create(
            {"assignment_id": self.task.id, "text": "Đang hoàn thiện"}
        )
        self.env.invalidate_all()
        self.assertEqual(self._section(self.finance_officer, "urge_received"), (0, []))
        self.assertFalse(letter.is_unanswered)

    def test_answer_asked_on_the_first_day(self):
        """A task released on the day of the letter waits for its answer too."""
        task = self._released(deadline="2026-04-17")
        letter = self._issue(task, answer_by="2026-04-22")
        self.assertTrue(letter.is_unanswered)
        self.assertEqual(
            self._section(self.finance_head, "urge_received"), (1, letter.ids)
        )
        self.assertFalse(self._issue(self.other, answer_by=False).is_unanswered)
