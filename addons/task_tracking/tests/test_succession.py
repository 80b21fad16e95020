# SPDX-License-Identifier: LGPL-3.0-or-later
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .rights_common import RightsCase

BATCH = "odoo.addons.task_tracking.models.task_succession.BATCH"


class SuccessionCase(RightsCase):
    """On 20 April the building department takes the place of the finance one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._move_to("2026-04-20 02:00:00")

    def setUp(self):
        super().setUp()
        self._move_to("2026-04-20 02:00:00")

    def _draft(self, day="2026-04-20", successor=None, user=None, **vals):
        return (
            self.env["task.succession"]
            .with_user(user or self.manager)
            .create(
                {
                    "predecessor_ids": [Command.set(self.finance.ids)],
                    "successor_id": (successor or self.building).id,
                    "day": day,
                    "reference": "12/NQ-HĐND ngày 10/4/2026",
                    "reason": "Hợp nhất hai sở",
                    **vals,
                }
            )
        )

    def _succeed(self, *args, **vals):
        succession = self._draft(*args, **vals)
        succession.action_record()
        self.env.invalidate_all()
        return succession

    def _released_on(self, day, **vals):
        """A lead assignment of the finance department, assigned on the day."""
        self._move_to(f"{day} 02:00:00")
        assignment = self._released(**vals)
        self._move_to("2026-04-20 02:00:00")
        return assignment

    def _correct(self, succession, **vals):
        action = succession.with_user(self.manager).action_correct()
        draft = self.env["task.succession"].with_user(self.manager)
        draft = draft.browse(action["res_id"])
        draft.write({"reason": "Nhập nhầm", **vals})
        draft.action_record()
        self.env.invalidate_all()
        return draft


@tagged("post_install", "-at_install")
class TestSuccession(SuccessionCase):
    """On a merger the successor carries the open assignments from day t; periods that
    ended before t stay with the predecessor (BG Đ24, DOMAIN.md section 3)."""

    # -- what goes over ----------------------------------------------------------------
    def test_open_ones_go_over_and_closed_ones_stay(self):
        """Open on the day: the successor's; confirmed before it: the predecessor's."""
        done = self._released_on("2026-04-01")
        self._move_to("2026-04-10 02:00:00")
        self._hand_in(done).with_user(self.specialist).action_accept()
        running = self._released_on("2026-04-01")
        succession = self._succeed()
        self.assertEqual(running.agency_id, self.building)
        self.assertEqual(running.predecessor_id, self.finance)
        self.assertEqual(str(running.agency_since), "2026-04-20")
        self.assertEqual(done.agency_id, self.finance)
        self.assertFalse(done.predecessor_id)
        fact = running.fact_ids.filtered(lambda one: one.kind == "succeeded")
        self.assertEqual(
            (fact.old_agency_id, fact.agency_id), (self.finance, self.building)
        )
        self.assertEqual(fact.user_id, self.manager)
        self.assertEqual(fact.reference, "12/NQ-HĐND ngày 10/4/2026")
        self.assertEqual(succession.assignment_count, 1)
        self.assertEqual(self.finance.succeeded_by_id, self.building)
        self.assertEqual(str(self.finance.succeeded_on), "2026-04-20")

    def test_deadline_and_verdict_are_the_same(self):
        """The work and its time run on: overdue stays overdue, from the same day."""
        late = self._released_on("2026-04-01", deadline="2026-04-10")
        before = late.read(["state", "deadline", "overdue_from", "is_overdue"])
        spans = late.span_ids.mapped(lambda span: (span.day_from, span.overdue_from))
        self._succeed()
        self.assertEqual(
            late.read(["state", "deadline", "overdue_from", "is_overdue"]), before
        )
        self.assertEqual(
            late.span_ids.mapped(lambda span: (span.day_from, span.overdue_from)), spans
        )
        self.assertEqual(str(late.overdue_from), "2026-04-11")

    def test_recorded_later(self):
        """Whenever it is recorded: what was open on the day and was completed since is
        the successor's, what was completed on an earlier day is not."""
        before, since = (self._released_on("2026-04-01") for _nr in range(2))
        for assignment, day in ((before, "2026-04-14"), (since, "2026-04-16")):
            self._move_to(f"{day} 02:00:00")
            self._hand_in(assignment).with_user(self.specialist).action_accept()
        self._move_to("2026-04-20 02:00:00")
        self._succeed("2026-04-15")
        self.assertEqual(before.agency_id, self.finance)
        self.assertEqual(since.agency_id, self.building)
        self.assertEqual(since.state, "done")

    def test_assigned_after_the_day(self):
        """What still went to the predecessor after the day is the successor's from
        its first day, not before it."""
        assignment = self._released_on("2026-04-17", deadline="2026-04-30")
        self._succeed("2026-04-15")
        self.assertEqual(assignment.agency_id, self.building)
        self.assertEqual(str(assignment.agency_since), "2026-04-17")

    def test_supports_go_over(self):
        """Lead and support alike."""
        lead = self._released_on("2026-04-01", lead=self.ward, support=self.finance)
        self._succeed()
        self.assertEqual(self._support_of(lead).agency_id, self.building)
        self.assertEqual(lead.agency_id, self.ward)

    def test_other_company_is_left_alone(self):
        """Only the assignments of the manager's own committee go over."""
        other = self.env["res.company"].create(
            {"name": "Tỉnh khác", "regulation_id": self.regulation.id}
        )
        self.specialist.company_ids |= other
        document = (
            self.env["task.document"]
            .with_user(self.specialist)
            .with_context(allowed_company_ids=other.ids)
            .create(
                {
                    "abstract": "Văn bản của tỉnh khác",
                    "issued_on": "2026-04-01",
                    "task_ids": [Command.create(self._task_vals())],
                }
            )
        )
        document.action_release()
        self._succeed()
        self.assertEqual(document.sudo().assignment_ids.agency_id, self.finance)

    def test_successor_that_has_the_task_already(self):
        """Two assignments stay two, both open, and are told apart by name."""
        document = self._document(
            [
                {
                    **self._task_vals(),
                    "lead_agency_ids": [
                        Command.set((self.finance | self.building).ids)
                    ],
                }
            ]
        )
        document.action_release()
        both = document.sudo().assignment_ids
        self._succeed()
        self.assertEqual(both.agency_id, self.building)
        self.assertEqual(len(both), 2)
        self.assertEqual(len(set(both.mapped("display_name"))), 2)
        taken = both.filtered("predecessor_id")
        self.assertIn("Sở Tài chính", taken.display_name)
        self.assertIn("Sở Tài chính", (both - taken).other_agencies)

    def test_a_served_task_is_not_offered_again(self):
        """The task names the predecessor, whose share the successor carries: nothing
        is left to assign."""
        assignment = self._released_on("2026-04-01")
        self._succeed()
        self.assertFalse(assignment.task_id.to_release)
        with self.assertRaisesRegex(UserError, "assigned already"):
            assignment.task_id.with_user(self.specialist).action_release()
        self.assertEqual(assignment.task_id.assignment_ids, assignment)

    def test_chain_of_successions(self):
        """A successor has a successor: each holds its own days."""
        assignment = self._released_on("2026-04-01")
        self._succeed("2026-04-10")
        self._succeed(
            "2026-04-15",
            self.ward,
            predecessor_ids=[Command.set(self.building.ids)],
        )
        self.assertEqual(assignment.agency_id, self.ward)
        days = ("2026-04-09", "2026-04-10", "2026-04-14", "2026-04-15")
        self.assertEqual(
            [assignment._agency_on(self._day(day)) for day in days],
            [self.finance, self.building, self.building, self.ward],
        )

    def _day(self, text):
        return self.env["task.succession"]._fields["day"].to_date(text)

    def test_batches(self):
        """More assignments than a batch: all of them, in one act."""
        assignments = [self._released_on("2026-04-01") for _nr in range(5)]
        with patch(BATCH, 2):
            succession = self._succeed()
        self.assertEqual({one.agency_id for one in assignments}, {self.building})
        self.assertEqual(succession.assignment_count, 5)

    def test_nothing_is_half_saved(self):
        """An error in a late batch leaves nothing: no fact, no mark, still a draft."""
        assignments = [self._released_on("2026-04-01") for _nr in range(3)]
        succession = self._draft()
        model = type(self.env["task.assignment"])
        record = model._record
        last = assignments[-1]

        reason = "no"

        def fail(records, *args, **vals):
            if last.id in records.ids:
                raise UserError(reason)
            return record(records, *args, **vals)

        with (
            patch(BATCH, 1),
            patch.object(model, "_record", fail),
            self.assertRaises(UserError),
            self.env.cr.savepoint(),
        ):
            succession.action_record()
        self.env.invalidate_all()
        self.assertEqual({one.agency_id for one in assignments}, {self.finance})
        self.assertFalse(self.finance.succeeded_by_id)
        self.assertEqual(succession.state, "draft")

    # -- what is refused ---------------------------------------------------------------
    def test_day_in_the_future(self):
        """The successor carries from a day that has come."""
        with self.assertRaisesRegex(UserError, "future"):
            self._draft("2026-04-21").action_record()

    def test_not_its_own_successor(self):
        """An agency cannot take its own place."""
        with self.assertRaises(UserError):
            self._draft(successor=self.finance)

    def test_one_successor_only(self):
        """An agency that has a successor does not get another one beside it."""
        self._succeed()
        with self.assertRaisesRegex(UserError, "Sở Xây dựng"):
            self._draft(successor=self.ward).action_record()

    def test_new_tasks_are_refused(self):
        """The predecessor gets no new task; the sentence names the successor."""
        other = self._released_on("2026-04-01", lead=self.ward)
        waiting = self._document()
        self._succeed()
        with self.assertRaisesRegex(UserError, "Sở Xây dựng"):
            self._document()
        with self.assertRaisesRegex(UserError, "Sở Xây dựng"):
            waiting.action_release()
        with self.assertRaisesRegex(UserError, "Sở Xây dựng"):
            other.with_user(self.manager).reassign(self.finance, "Chuyển")
        with self.assertRaisesRegex(UserError, "Sở Xây dựng"):
            other.task_id.with_user(self.specialist).lead_agency_ids |= self.finance

    def test_recorded_once(self):
        """What is recorded is neither recorded again, changed nor deleted."""
        succession = self._succeed()
        for attempt in (
            succession.action_record,
            lambda: succession.write({"day": "2026-04-01"}),
            succession.unlink,
        ):
            with self.assertRaises(UserError):
                attempt()

    # -- rights, as RPC ----------------------------------------------------------------
    def test_who_records(self):
        """An Office manager, nobody else."""
        draft = self._draft()
        may = self._who_can(
            lambda user: self._rpc(user, "task.succession", "action_record", draft.ids),
            refusal=AccessError,
        )
        self.assertEqual(may, {"manager"})
        done = self._succeed()
        may = self._who_can(
            lambda user: self._rpc(user, "task.succession", "action_correct", done.ids)
        )
        self.assertEqual(may, {"manager"})

    def test_closed_fields(self):
        """Marks and records are written by the act alone, not even by the manager or
        the administrator."""
        assignment = self._released_on("2026-04-01")
        draft = self._draft()
        for user in (self.manager, self.admin, self.building_head):
            for model, ids, vals in (
                ("res.partner", self.finance.ids, {"succeeded_by_id": self.ward.id}),
                ("res.partner", self.finance.ids, {"succeeded_on": "2026-04-01"}),
                ("task.assignment", assignment.ids, {"agency_id": self.building.id}),
                ("task.assignment", assignment.ids, {"predecessor_id": self.ward.id}),
                ("task.succession", draft.ids, {"state": "done"}),
                ("task.succession", draft.ids, {"corrects_id": draft.id}),
            ):
                with self.assertRaises(AccessError):
                    self._rpc(user, model, "write", ids, vals)
        with self.assertRaises(AccessError):
            self._rpc(
                self.manager,
                "task.assignment.tenure",
                "create",
                [
                    {
                        "assignment_id": assignment.id,
                        "agency_id": self.ward.id,
                        "day_to": "2026-04-10",
                    }
                ],
            )

    def test_rights_follow_the_agency(self):
        """The successor's users read and act; the predecessor's do neither."""
        assignment = self._released_on("2026-04-01", deadline="2026-04-30")
        self.assertIn("head", self._readers(assignment))
        self.assertNotIn("other head", self._readers(assignment))
        self._succeed()
        for record in (assignment, assignment.task_id, assignment.document_id):
            self.assertIn("other head", self._readers(record), record)
            self.assertFalse(self.agency_roles & self._readers(record), record)
            self.assertIn("other head", self._finders(record), record)
            self.assertFalse(self.agency_roles & self._finders(record), record)
        for fact in assignment.fact_ids:
            self.assertIn("other head", self._readers(fact))
            self.assertFalse(self.agency_roles & self._readers(fact))
        self._rpc(
            self.building_head, "task.assignment", "action_receive", assignment.ids
        )
        self.assertEqual(assignment.state, "doing")
        for user in (self.finance_head, self.finance_officer):
            with self.assertRaises(AccessError):
                self._rpc(
                    user,
                    "task.result",
                    "create",
                    {"assignment_id": assignment.id, "text": "Xong"},
                )

    def test_drafts_and_requests_go_along(self):
        """A draft of the predecessor is submitted, a waiting request taken back by
        the successor; the predecessor's users, who wrote them, can do neither."""
        first = self._released_on("2026-04-01", deadline="2026-04-30")
        second = self._released_on("2026-04-01", deadline="2026-04-30")
        result = (
            self.env["task.result"]
            .with_user(self.finance_head)
            .create({"assignment_id": first.id, "text": "Đã xong"})
        )
        extension = self._ask_extension(second, "2026-05-20")
        self._succeed()
        self.assertEqual((result | result).sudo().agency_id, self.building)
        self.assertEqual(extension.sudo().agency_id, self.building)
        with self.assertRaises(AccessError):
            self._rpc(self.finance_head, "task.result", "action_submit", result.ids)
        with self.assertRaises(AccessError):
            self._rpc(self.finance_head, "task.result", "read", result.ids, ["text"])
        with self.assertRaises(AccessError):
            self._rpc(
                self.finance_head, "task.extension", "action_cancel", extension.ids
            )
        self._rpc(self.building_head, "task.result", "action_submit", result.ids)
        self._rpc(self.building_head, "task.extension", "action_cancel", extension.ids)
        self.assertEqual(first.state, "submitted")
        self.assertFalse(second.extension_pending)

    def test_missing_task_goes_along(self):
        """A missing task that the predecessor reported, which has no assignment."""
        document = self._released_on("2026-04-01").document_id
        missing = (
            self.env["task.return"]
            .with_user(self.finance_head)
            .create({"kind": "missing", "document_id": document.id, "text": "Thiếu"})
        )
        self._succeed()
        self.assertFalse(missing.with_user(self.finance_head).has_access("read"))
        self._rpc(self.building_head, "task.return", "action_submit", missing.ids)
        self.assertEqual(missing.sudo().state, "waiting")

    def test_fields_of_management_go_along(self):
        """Who read the assignments of others in its fields reads them no more; the
        successor does (KH Đ10.2b)."""
        assignment = self._shared_task()
        self.assertIn("sector", self._readers(assignment))
        self._succeed(
            predecessor_ids=[Command.set(self.agriculture.ids)],
        )
        self.assertNotIn("sector", self._readers(assignment))
        self.assertIn("other head", self._readers(assignment))

    def test_archived_predecessor(self):
        """The administrator archives it; nothing of its past is lost."""
        assignment = self._released_on("2026-04-01")
        self._succeed()
        self._rpc(self.admin, "res.partner", "action_archive", self.finance.ids)
        self.env.invalidate_all()
        self.assertFalse(self.finance.active)
        self.assertFalse(assignment.task_id.to_release)
        self.assertEqual(assignment.predecessor_id, self.finance)
        draft = self.env["task.succession"].search([], limit=1)
        self.assertEqual(draft.predecessor_ids, self.finance)

    def test_task_outside_the_register(self):
        """Undated and kept out (KH Đ7.2): the successor reads it, and its first
        deadline assigns it to the successor; also when the predecessor is archived."""
        document = self._document([self._task_vals(is_dated=False, deadline=False)])
        document.action_release()
        task = document.sudo().task_ids
        self.assertEqual(task.state, "outside")
        self._succeed()
        self.finance.active = False
        self.env.invalidate_all()
        self.assertIn("other head", self._readers(task))
        self.assertNotIn("head", self._readers(task))
        task.with_user(self.specialist).action_set_first_deadline("2026-04-30")
        self.assertEqual(task.assignment_ids.agency_id, self.building)
        self.assertFalse(task.to_release)

    # -- a wrong one -------------------------------------------------------------------
    def test_correct_the_successor(self):
        """It was another agency: as if it had always been that one, from the day."""
        assignment = self._released_on("2026-04-01")
        own = self._released_on("2026-04-01", lead=self.building)
        wrong = self._succeed("2026-04-10")
        right = self._correct(wrong, successor_id=self.ward.id)
        self.assertEqual(assignment.agency_id, self.ward)
        self.assertEqual(own.agency_id, self.building)
        self.assertEqual(assignment._agency_on(self._day("2026-04-09")), self.finance)
        self.assertEqual(assignment._agency_on(self._day("2026-04-10")), self.ward)
        self.assertEqual(self.finance.succeeded_by_id, self.ward)
        self.assertEqual((wrong.state, right.state), ("corrected", "done"))
        self.assertEqual(right.corrects_id, wrong)
        kinds = assignment.fact_ids.mapped("kind")
        self.assertEqual(kinds, ["released", "succeeded", "correction"])

    def test_correct_the_day(self):
        """An earlier day takes what was completed since; a later one gives back what
        was completed before."""
        assignment = self._released_on("2026-04-01")
        done = self._released_on("2026-04-01")
        self._move_to("2026-04-14 02:00:00")
        self._hand_in(done).with_user(self.specialist).action_accept()
        self._move_to("2026-04-20 02:00:00")
        first = self._succeed("2026-04-15")
        self.assertEqual(done.agency_id, self.finance)
        second = self._correct(first, day="2026-04-10")
        self.assertEqual(done.agency_id, self.building)
        self.assertEqual(str(assignment.agency_since), "2026-04-10")
        self._correct(second, day="2026-04-16")
        self.assertEqual(done.agency_id, self.finance)
        self.assertEqual(str(assignment.agency_since), "2026-04-16")
        self.assertEqual(str(self.finance.succeeded_on), "2026-04-16")

    def test_undo(self):
        """There was no succession: everything is as it was before, and the agency
        gets tasks again."""
        assignment = self._released_on("2026-04-01")
        wrong = self._succeed("2026-04-10")
        self._correct(wrong, successor_id=False)
        self.assertEqual(assignment.agency_id, self.finance)
        self.assertFalse(assignment.predecessor_id)
        self.assertFalse(assignment.agency_since)
        self.assertFalse(assignment.tenure_ids)
        self.assertFalse(self.finance.succeeded_by_id)
        self.assertIn("head", self._readers(assignment))
        self.assertNotIn("other head", self._readers(assignment))
        self.assertEqual(self._released().agency_id, self.finance)

    def test_not_corrected_under_a_later_one(self):
        """A later succession stands on it: that one is corrected first."""
        self._released_on("2026-04-01")
        wrong = self._succeed("2026-04-10")
        self._succeed(
            "2026-04-15",
            self.ward,
            predecessor_ids=[Command.set(self.building.ids)],
        )
        with self.assertRaises(UserError):
            self._correct(wrong, successor_id=self.agriculture.id)

    def test_only_open_ones_in_the_ledger(self):
        """The ledger itself refuses a succession of what is completed."""
        assignment = self._released_on("2026-04-01")
        self._hand_in(assignment).with_user(self.specialist).action_accept()
        with self.assertRaises(UserError):
            assignment.with_user(self.manager)._record(
                "succeeded",
                agency_id=self.building.id,
                old_agency_id=self.finance.id,
            )
