# SPDX-License-Identifier: LGPL-3.0-or-later
from psycopg2.errors import CheckViolation, UniqueViolation

from odoo import Command
from odoo.exceptions import AccessError, RedirectWarning, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .rights_common import RightsCase


class BadInputCase(RightsCase):
    """Bad input is refused with a sentence, and nothing is half saved."""

    def setUp(self):
        super().setUp()
        self._move_to("2026-04-01 02:00:00")
        self.lead = self._shared_task()

    #: What an act could have left behind.
    KEPT = (
        "task.document",
        "task.task",
        "task.assignment",
        "task.fact",
        "task.progress",
        "task.result",
        "task.extension",
        "task.return",
        "ir.attachment",
        "mail.message",
    )

    def _everything(self):
        """All there is: counts, and what the assignment says."""
        self.env.flush_all()
        self.env.invalidate_all()
        counts = {model: self.env[model].search_count([]) for model in self.KEPT}
        state = self.lead.read(
            ["state", "deadline", "handed_in_on", "extension_pending"]
        )
        return counts, state

    def _assert_refused(self, act, *args, error=UserError, **kwargs):
        """`act` is refused by `error` and leaves nothing behind."""
        before = self._everything()
        with self.assertRaises(error) as refused:
            act(*args, **kwargs)
            self.env.flush_all()
        self.assertEqual(self._everything(), before)
        return str(refused.exception)


@tagged("post_install", "-at_install")
class TestBadDirective(BadInputCase):
    """Directives and tasks."""

    def test_deadline_before_issue(self):
        """A deadline before the day of issue is refused, on entry and afterwards."""
        self._assert_refused(
            self._document,
            [self._task_vals(deadline="2026-03-31")],
            error=ValidationError,
        )
        draft = self._document()
        self._assert_refused(
            draft.task_ids.write, {"deadline": "2026-03-31"}, error=ValidationError
        )

    def test_issue_after_deadline(self):
        """Nor is the day of issue moved behind a deadline."""
        self._move_to("2026-04-20 02:00:00")
        draft = self._document([self._task_vals(deadline="2026-04-10")])
        self._assert_refused(
            draft.write,
            {"issued_on": "2026-04-15", "despatched_on": False},
            error=ValidationError,
        )

    def test_changed_deadline_before_issue(self):
        """A leader's change and a correction stay after the issue as well."""
        self._assert_refused(
            self.lead.with_user(self.chairman).change_deadline, "2026-03-31", "Chỉ đạo"
        )
        self._assert_refused(
            self.lead.with_user(self.manager).correct,
            self.lead.fact_ids[0].id,
            "Nhập sai",
            deadline="2026-03-31",
        )

    def test_despatched_before_issue(self):
        """Despatched or received before it was issued is refused."""
        for name in ("despatched_on", "received_on"):
            self._assert_refused(
                self._document, error=ValidationError, **{name: "2026-03-31"}
            )

    def test_issued_in_the_future(self):
        """A directive of tomorrow is refused; the province's today decides."""
        self._move_to("2026-04-01 16:59:00")
        self._assert_refused(
            self._document, error=ValidationError, issued_on="2026-04-02"
        )
        self._move_to("2026-04-01 17:00:00")
        self.assertTrue(self._document(issued_on="2026-04-02"))

    def test_no_lead(self):
        """A task without a lead is not assigned."""
        draft = self._document([self._task_vals(lead=self.env["res.partner"])])
        self._assert_refused(draft.action_release)
        self.assertEqual(draft.state, "draft")

    def test_one_task_without_lead_keeps_all_back(self):
        """Of ten tasks one without a lead: none is assigned."""
        draft = self._document(
            [self._task_vals() for _index in range(9)]
            + [self._task_vals(lead=self.env["res.partner"])]
        )
        self._assert_refused(draft.action_release)
        self.assertEqual(set(draft.task_ids.mapped("state")), {"draft"})

    def test_dated_without_date(self):
        """A task said to be dated, without a date, is not assigned."""
        draft = self._document([self._task_vals(deadline=False)])
        self._assert_refused(draft.action_release)

    def test_agency_twice(self):
        """An agency is named once on a task: not as lead and as support."""
        self._assert_refused(
            self._document,
            [self._task_vals(support=self.finance)],
            error=ValidationError,
        )
        self._assert_refused(
            self.lead.task_id.with_user(self.specialist).write,
            {"support_agency_ids": [Command.link(self.finance.id)]},
            error=ValidationError,
        )

    def test_reassigned_to_who_has_it(self):
        """A task is not reassigned to an agency that has it already."""
        self._assert_refused(
            self.lead.with_user(self.manager).reassign, self.ward.ids, "Chuyển"
        )

    def test_reassigned_to_nobody(self):
        """Nor to nobody, to a contact that is no agency, or to no known contact."""
        for agencies in ([], self.specialist.partner_id.ids, [2**30]):
            self._assert_refused(
                self.lead.with_user(self.manager).reassign, agencies, "Chuyển"
            )

    def test_assigned_to_no_agency(self):
        """A contact that is no agency gets no task."""
        self._assert_refused(
            self._document,
            [self._task_vals(lead=self.specialist.partner_id)],
            error=ValidationError,
        )

    def test_empty_directive(self):
        """An empty directive is not released."""
        draft = self._document()
        draft.task_ids.unlink()
        self._assert_refused(draft.action_release)

    def test_released_twice(self):
        """What is assigned already is not assigned again."""
        self._assert_refused(
            self.lead.document_id.with_user(self.specialist).action_release
        )

    def test_released_is_kept(self):
        """A directive or task that was assigned is not deleted."""
        document = self.lead.document_id.with_user(self.manager)
        self._assert_refused(document.unlink)
        self._assert_refused(document.task_ids.unlink)

    def test_without_title(self):
        """A directive needs an abstract or a title."""
        self._assert_refused(self._document, error=ValidationError, abstract=False)

    def test_reason_required(self):
        """Withdrawal, reassignment, correction and change of deadline need a reason."""
        manager = self.lead.with_user(self.manager)
        for reason in (False, "", "   "):
            self._assert_refused(manager.withdraw, reason)
            self._assert_refused(manager.reassign, self.building.ids, reason)
            self._assert_refused(manager.correct, self.lead.fact_ids[0].id, reason)
            self._assert_refused(
                self.lead.with_user(self.chairman).change_deadline, "2026-05-01", reason
            )


@tagged("post_install", "-at_install")
class TestDuplicates(BadInputCase):
    """The same number, notation, issuing body and year twice."""

    def setUp(self):
        super().setUp()
        self.first = self._document(number="15", notation="UBND-KT")

    def _again(self, user=None, **vals):
        return self._document(
            user=user, **{"number": "15", "notation": "UBND-KT", **vals}
        )

    def test_way_to_the_first(self):
        """It is refused with a way to the first one."""
        before = self._everything()
        with self.assertRaises(RedirectWarning) as refused:
            self._again()
        _message, action, _button = refused.exception.args[:3]
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("task.document", self.first.id)
        )
        self.assertEqual(self._everything(), before)

    def test_written_differently(self):
        """However it is written: spaces, case, leading zeros, in one field."""
        for vals in (
            {"number": "015"},
            {"number": " 15 "},
            {"notation": "ubnd-kt"},
            {"number": "15/UBND-KT", "notation": False},
        ):
            with self.assertRaises(RedirectWarning):
                self._again(**vals)

    def test_by_default(self):
        """A default in the caller's context makes no difference."""
        with self.assertRaises(RedirectWarning):
            self.env["task.document"].with_user(self.specialist).with_context(
                default_number="015", default_notation="ubnd-kt"
            ).create({"abstract": "Trùng", "issued_on": "2026-04-01"})

    def test_by_writing(self):
        """Nor does writing it afterwards, on one directive or on two at once."""
        others = self._again(number="16") | self._again(number="17")
        with self.assertRaises(RedirectWarning):
            others[0].write({"number": "15"})
        with self.assertRaises(UserError):
            others.write({"number": "18"})
        self.assertEqual(others.mapped("number"), ["16", "17"])

    def test_two_in_one_call(self):
        """Nor do two in one call."""
        vals = {
            "abstract": "Trùng",
            "issued_on": "2026-04-01",
            "number": "20",
            "notation": "UBND",
        }
        self._assert_refused(
            self.env["task.document"].with_user(self.specialist).create,
            [vals, dict(vals)],
        )

    def test_not_the_same(self):
        """Another notation, issuing body or year is another directive."""
        for vals in (
            {"notation": "UBND-NC"},
            {"issuer_id": self.office.id},
            {"issued_on": "2025-04-01"},
        ):
            self.assertTrue(self._again(**vals))

    def test_without_number(self):
        """Two without a number are never duplicates."""
        for vals in ({"number": False}, {"number": False, "notation": False}):
            self.assertTrue(self._again(**vals) | self._again(**vals))

    def test_the_database_keeps_it_too(self):
        """Two people registering it at the same moment: the database refuses one."""
        other = self._again(number="16")
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(
                "UPDATE task_document SET reference_key = %s WHERE id = %s",
                [self.first.reference_key, other.id],
            )


@tagged("post_install", "-at_install")
class TestBadRequests(BadInputCase):
    """Results, extensions and hand-backs."""

    def _extension(self, **vals):
        return self._ask_extension(self.lead, **vals)

    def test_extension_not_later(self):
        """An extension not later than the deadline in force is refused."""
        for new in ("2026-04-01", "2026-04-09", "2026-04-10"):
            self._assert_refused(self._extension, new_deadline=new)

    def test_extension_not_later_than_today(self):
        """After the deadline it must be later than today as well."""
        self._move_to("2026-04-15 02:00:00")
        for new in ("2026-04-11", "2026-04-15"):
            self._assert_refused(self._extension, new_deadline=new)
        self.assertTrue(self._extension(new_deadline="2026-04-16"))

    def test_extension_granted_not_later(self):
        """Nor may the leader grant one that is not later."""
        extension = self._extension().with_user(self.chairman)
        extension.granted_deadline = "2026-04-10"
        self._assert_refused(extension.action_accept)
        self._move_to("2026-04-25 02:00:00")
        extension.granted_deadline = "2026-04-20"
        self._assert_refused(extension.action_accept)
        self.assertEqual(extension.state, "waiting")

    def test_extension_while_a_result_waits(self):
        """No extension is asked or decided while a result waits."""
        extension = self._extension()
        self._hand_in(self.lead)
        self._assert_refused(extension.with_user(self.chairman).action_accept)
        self._assert_refused(
            self.env["task.extension"].with_user(self.finance_head).create,
            {
                "assignment_id": self.lead.id,
                "text": "Xin thêm",
                "new_deadline": "2026-05-01",
            },
        )

    def test_extension_of_a_closed_assignment(self):
        """Nor on a closed assignment."""
        self._hand_in(self.lead).with_user(self.specialist).action_accept()
        self._assert_refused(self._extension)
        gone = self._shared_task()
        gone.with_user(self.manager).withdraw("Nhầm")
        self._assert_refused(self._ask_extension, gone)

    def test_second_extension(self):
        """A second one waits for the answer to the first."""
        self._extension()
        self._assert_refused(self._extension, new_deadline="2026-06-01")

    def test_extension_of_undated(self):
        """What has no deadline is not extended."""
        line = self.regulation.policy_ids.filtered(lambda one: one.key == "undated")
        line.value = "tracked"
        undated = self._released(is_dated=False, deadline=False)
        self._assert_refused(self._ask_extension, undated)

    def test_own_result(self):
        """Nobody confirms what one handed in oneself."""
        result = self._hand_in(self.lead, user=self.specialist)
        self._assert_refused(result.action_accept, error=AccessError)
        self._assert_refused(
            result.with_user(self.specialist).action_refuse, error=AccessError
        )

    def test_second_result(self):
        """A second result waits for the answer to the first."""
        self._hand_in(self.lead)
        self._assert_refused(self._hand_in, self.lead)

    def test_answered_twice(self):
        """What was answered is not answered again."""
        result = self._hand_in(self.lead).with_user(self.specialist)
        result.action_accept()
        self._assert_refused(result.action_accept)
        result = result.with_user(self.manager)
        self._assert_refused(result.action_refuse)

    def test_refusal_without_reason(self):
        """Refusing needs the reason."""
        for submission, user in (
            (self._extension(), self.chairman),
            (self._hand_in(self.lead), self.specialist),
        ):
            for reason in (False, "  "):
                mine = submission.with_user(user)
                mine.answer = reason
                self._assert_refused(mine.action_refuse)

    def test_hand_back_while_a_result_waits(self):
        """Nothing is handed back while its result waits, nor handed in meanwhile."""
        self._hand_back(self.lead)
        self._assert_refused(self._hand_in, self.lead)
        other = self._shared_task()
        self._hand_in(other)
        self._assert_refused(self._hand_back, other)

    def test_empty_text(self):
        """Nothing is submitted without words."""
        for text in (False, "", "   "):
            self._assert_refused(self._hand_in, self.lead, text=text)

    def test_support_hands_nothing_in(self):
        """A support hands in no result and asks for no time."""
        support = self._support_of(self.lead)
        self._assert_refused(self._hand_in, support, user=self.ward_head)
        self._assert_refused(self._ask_extension, support, user=self.ward_head)

    def test_received_twice(self):
        """What is received is not received again."""
        mine = self.lead.with_user(self.finance_officer)
        mine.action_receive()
        self._assert_refused(mine.action_receive)

    def test_confirmed_is_not_withdrawn_or_reassigned(self):
        """What is confirmed is not withdrawn, reassigned or given another deadline."""
        self._hand_in(self.lead).with_user(self.specialist).action_accept()
        manager = self.lead.with_user(self.manager)
        self._assert_refused(manager.withdraw, "Nhầm")
        self._assert_refused(manager.reassign, self.building.ids, "Chuyển")
        self._assert_refused(
            self.lead.with_user(self.chairman).change_deadline, "2026-05-01", "Chỉ đạo"
        )

    def test_undone_the_next_day(self):
        """A confirmation is not undone on another day."""
        self._hand_in(self.lead).with_user(self.specialist).action_accept()
        self._move_to("2026-04-01 17:00:00")
        self._assert_refused(self.lead.with_user(self.specialist).undo_confirmation)

    def test_earlier_day_is_the_offices(self):
        """An agency states no earlier day: its act happens when it is recorded."""
        self._move_to("2026-04-03 02:00:00")
        for send, vals in (
            (self._hand_in, {}),
            (self._ask_extension, {"new_deadline": "2026-05-01"}),
            (self._hand_back, {}),
        ):
            self._assert_refused(
                send, self.lead, happened_on="2026-04-02", error=AccessError, **vals
            )

    def test_earlier_day_of_a_leader(self):
        """Nor does a leader."""
        self._move_to("2026-04-03 02:00:00")
        self._assert_refused(
            self.lead.with_user(self.chairman).change_deadline,
            "2026-05-01",
            "Chỉ đạo",
            day="2026-04-02",
            error=AccessError,
        )

    def test_future_day(self):
        """Nobody states a day to come, the Office neither."""
        for user in (self.finance_head, self.specialist):
            self._assert_refused(
                self._hand_in, self.lead, user=user, happened_on="2026-04-02"
            )
        self._assert_refused(
            self.lead.with_user(self.manager).withdraw, "Nhầm", day="2026-04-02"
        )

    def test_day_before_the_assignment(self):
        """Nor a day before the task was assigned."""
        self._assert_refused(
            self._hand_in, self.lead, user=self.specialist, happened_on="2026-03-31"
        )

    def test_authorisation_ends_before_it_begins(self):
        """An authorisation does not end before it begins."""
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self.env["task.authorisation"].create(
                {
                    "user_id": self.deputy.id,
                    "number": "3",
                    "signed_on": "2026-04-01",
                    "date_from": "2026-04-02",
                    "date_to": "2026-04-01",
                }
            )
