# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .rights_common import RightsCase


@tagged("post_install", "-at_install")
class TestWhoActs(RightsCase):
    """DOMAIN.md section 5, column “does”: every act tried by every role over RPC."""

    def setUp(self):
        super().setUp()
        self._move_to("2026-04-01 02:00:00")
        self.lead = self._shared_task()

    def _actors(self, record, method, *args, **kwargs):
        """The roles that may call `method` on `record` over RPC."""
        return self._who_can(
            lambda user: self._rpc(
                user, record._name, method, record.ids, *args, **kwargs
            )
        )

    # -- the Office and its directive
    def test_release(self):
        """Only the Office assigns."""
        self.assertEqual(
            self._actors(self._document(), "action_release"), self.office_roles
        )

    def test_withdraw(self):
        """Only the manager withdraws."""
        self.assertEqual(self._actors(self.lead, "withdraw", "Nhầm"), {"manager"})

    def test_reassign(self):
        """Only the manager reassigns."""
        self.assertEqual(
            self._actors(self.lead, "reassign", self.building.ids, "Chuyển"),
            {"manager"},
        )

    def test_correct(self):
        """Only the manager corrects a wrong entry."""
        self.assertEqual(
            self._actors(
                self.lead,
                "correct",
                self.lead.fact_ids[0].id,
                "Nhập sai",
                deadline="2026-04-12",
            ),
            {"manager"},
        )

    def test_change_deadline(self):
        """The Chairman changes deadlines, or a deputy within a recorded
        authorisation (KH Đ5.2đ); an expired one gives nothing."""
        self.assertEqual(
            self._actors(self.lead, "change_deadline", "2026-05-01", "Chỉ đạo"),
            {"chairman", "deputy authorised"},
        )

    def test_first_deadline_of_outside_task(self):
        """The Office brings a task from outside the register into it."""
        document = self._document([self._task_vals(is_dated=False, deadline=False)])
        document.action_release()
        self.assertEqual(
            self._actors(document.task_ids, "action_set_first_deadline", "2026-05-01"),
            self.office_roles,
        )

    def test_first_deadline_of_assignment(self):
        """Where undated tasks are tracked, the Office sets their first deadline."""
        self._tracks_undated()
        one = self._shared_task(is_dated=False, deadline=False)
        self.assertEqual(
            self._actors(one, "set_first_deadline", "2026-05-01", "Đã có ngày"),
            self.office_roles,
        )

    def _tracks_undated(self):
        line = self.regulation.policy_ids.filtered(lambda one: one.key == "undated")
        line.value = "tracked"

    # -- the agency ------------------------------------------------------------------
    def test_receive(self):
        """The agency receives; the Office may enter it for the agency."""
        self.assertEqual(
            self._actors(self.lead, "action_receive"),
            self.agency_roles | self.office_roles,
        )

    def test_receive_support(self):
        """A support receives its own share; its lead does not do it for it."""
        self.assertEqual(
            self._actors(self._support_of(self.lead), "action_receive"),
            {"support"} | self.office_roles,
        )

    def test_submit(self):
        """What leaves the agency is submitted by its head, or by an officer whom the
        head authorised."""
        for model, vals in (
            ("task.result", {}),
            ("task.extension", {"new_deadline": "2026-05-01"}),
            ("task.return", {}),
        ):
            draft = (
                self.env[model]
                .with_user(self.finance_officer)
                .create({"assignment_id": self.lead.id, "text": "Nội dung", **vals})
            )
            self.assertEqual(
                self._actors(draft, "action_submit"), {"head", "officer authorised"}
            )

    def test_cancel(self):
        """A request is taken back by who may submit for the agency."""
        for submission in (self._ask_extension(self.lead), self._hand_back(self.lead)):
            self.assertEqual(
                self._actors(submission, "action_cancel"),
                {"head", "officer authorised"},
            )

    def test_a_result_is_not_taken_back(self):
        """A result that was handed in is answered by the Office, not taken back."""
        result = self._hand_in(self.lead)
        self.assertFalse(hasattr(result, "action_cancel"))
        self.assertFalse(result.with_user(self.finance_head).can_cancel)

    def test_authorise_officers(self):
        """Only the head authorises officers, and only the own agency's."""
        self.assertEqual(
            self._actors(self.finance_officer, "action_task_authorise"), {"head"}
        )
        self.assertEqual(
            self._actors(self.finance_authorised, "action_task_end_authorisation"),
            {"head"},
        )

    def test_authorisation_ends_with_the_move(self):
        """An officer who moves to another agency is not authorised there."""
        self.finance_authorised.task_agency_id = self.building
        self.assertFalse(self.finance_authorised.task_may_submit)

    # -- answers -----------------------------------------------------------------------
    def test_confirm(self):
        """The specialist who follows the task confirms, or the manager."""
        result = self._hand_in(self.lead)
        self.assertEqual(self._actors(result, "action_accept"), {"follows", "manager"})

    def test_refuse_result(self):
        """The same refuse, with the reason they wrote."""
        result = self._hand_in(self.lead)
        self.assertEqual(
            self._who_can(lambda user: self._refuse(result, user)),
            {"follows", "manager"},
        )

    def _refuse(self, submission, user):
        self._rpc(
            user, submission._name, "write", submission.ids, {"answer": "Chưa đạt"}
        )
        self._rpc(user, submission._name, "action_refuse", submission.ids)

    def test_decide_extension(self):
        """Extensions: the Chairman, or a deputy within a recorded authorisation."""
        extension = self._ask_extension(self.lead)
        deciders = {"chairman", "deputy authorised"}
        self.assertEqual(self._actors(extension, "action_accept"), deciders)
        self.assertEqual(
            self._who_can(lambda user: self._refuse(extension, user)), deciders
        )

    def test_authorisation_ends_by_its_date(self):
        """The day after its last day an authorisation gives nothing any more."""
        extension = self._ask_extension(self.lead, new_deadline="2026-06-01")
        self._move_to("2026-04-30 16:59:00")
        self.assertIn("deputy authorised", self._actors(extension, "action_accept"))
        self._move_to("2026-04-30 17:00:00")
        self.assertEqual(self._actors(extension, "action_accept"), {"chairman"})

    def test_reassign_hand_back(self):
        """A hand-back is accepted, and so reassigned, by the manager."""
        back = self._hand_back(self.lead)
        back.sudo().new_agency_ids = self.building
        self.assertEqual(self._actors(back, "action_accept"), {"manager"})

    def test_keep_or_refuse_hand_back(self):
        """Who follows keeps it corrected, or refuses."""
        back = self._hand_back(self.lead)
        who = {"follows", "manager"}
        self.assertEqual(self._actors(back, "action_keep"), who)
        self.assertEqual(self._who_can(lambda user: self._refuse(back, user)), who)

    def test_undo_confirmation(self):
        """Only who confirmed undoes it, on the same day."""
        self._hand_in(self.lead).with_user(self.specialist).action_accept()
        self.assertEqual(
            self._who_can(
                lambda user: self._rpc(
                    user, "task.assignment", "undo_confirmation", self.lead.ids
                ),
                UserError,
            ),
            {"follows"},
        )

    def test_report_missing(self):
        """A missing task is reported by who reads the directive; the Office answers."""
        vals = {
            "kind": "missing",
            "document_id": self.lead.document_id.id,
            "text": "Thiếu nhiệm vụ",
        }
        self.assertEqual(
            self._who_can(
                lambda user: self._rpc(user, "task.return", "create", [vals])
            ),
            self.office_roles | self.agency_roles | {"upper head", "support", "sector"},
        )
        back = self.env["task.return"].with_user(self.ward_head).create(vals)
        back.action_submit()
        self.assertEqual(self._actors(back, "action_keep"), self.office_roles)

    # -- never in one's own cause
    def test_not_ones_own_result(self):
        """Who handed a result in for the agency does not confirm it, manager or not."""
        result = self._hand_in(self.lead, user=self.manager)
        self.assertEqual(self._actors(result, "action_accept"), {"follows"})

    def test_not_ones_own_request(self):
        """Who asked for the extension does not decide it."""
        both = self._user(
            "both",
            "group_office_specialist",
            self.office,
            "task_tracking.group_chairman",
        )
        extension = self._ask_extension(self.lead, user=both)
        with self.assertRaises(AccessError):
            extension.with_user(both).action_accept()
        self.assertEqual(extension.state, "waiting")

    def test_not_ones_own_missing_task(self):
        """Who reported a missing task does not answer the report."""
        back = (
            self.env["task.return"]
            .with_user(self.specialist)
            .create(
                {
                    "kind": "missing",
                    "document_id": self.lead.document_id.id,
                    "text": "Thiếu",
                }
            )
        )
        back.action_submit()
        with self.assertRaises(AccessError):
            back.action_keep()

    def test_following_is_not_taken(self):
        """Nobody makes oneself the follower of another's task to confirm its result;
        who follows hands over, or the manager."""
        for record in (self.lead.task_id, self.lead.document_id):
            self.assertEqual(
                self._who_can(
                    lambda user, r=record: self._rpc(
                        user, r._name, "write", r.ids, {"specialist_id": user.id}
                    )
                ),
                {"follows", "manager"},
            )

    def test_buttons_tell_the_truth(self):
        """What a button offers (can_…) is what the act allows, for every role."""
        offered = {
            role
            for role in self._readers(self.lead)
            if self.lead.with_user(self.roles[role]).can_change_deadline
        }
        self.assertEqual(
            offered, self._actors(self.lead, "change_deadline", "2026-05-01", "Lý do")
        )

    def test_acts_on_foreign_assignment_leave_no_trace(self):
        """An agency that acts on another's assignment is refused, nothing is kept."""
        before = self.lead.fact_ids
        for method in ("action_receive", "undo_confirmation"):
            with self.assertRaises(AccessError):
                self._rpc(self.building_head, "task.assignment", method, self.lead.ids)
        self.assertEqual(self.lead.fact_ids, before)
        self.assertEqual(self.lead.state, "released")

    # -- the wizard
    def _order(self, user, **vals):
        wizard = self._rpc(user, "task.order", "create", [{"reason": "Lý do", **vals}])
        self._rpc(user, "task.order", "action_apply", wizard)

    def test_wizard_gives_no_right(self):
        """The form of an act allows what the act itself allows, and no more."""
        one = {"assignment_ids": [(6, 0, self.lead.ids)]}
        for vals, roles in (
            ({"act": "withdraw"}, {"manager"}),
            (
                {"act": "reassign", "agency_ids": [(6, 0, self.building.ids)]},
                {"manager"},
            ),
            (
                {"act": "change_deadline", "deadline": "2026-05-01"},
                {"chairman", "deputy authorised"},
            ),
            (
                {
                    "act": "correct",
                    "fact_id": self.lead.fact_ids[0].id,
                    "deadline": "2026-04-12",
                },
                {"manager"},
            ),
        ):
            self.assertEqual(
                self._who_can(lambda user, v=vals: self._order(user, **one, **v)), roles
            )

    def test_wizard_of_another_user(self):
        """Nobody applies the form another user filled in."""
        wizard = (
            self.env["task.order"]
            .with_user(self.manager)
            .create(
                {
                    "act": "withdraw",
                    "reason": "Nhầm",
                    "assignment_ids": [(6, 0, self.lead.ids)],
                }
            )
        )
        for user in (self.specialist, self.chairman, self.finance_head):
            with self.assertRaises(UserError):
                self._rpc(user, "task.order", "action_apply", wizard.ids)
        self.assertEqual(self.lead.state, "released")
