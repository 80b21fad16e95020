# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .test_referral_rights import NEEDLE, ReferralRightsCase


@tagged("post_install", "-at_install")
class TestExplanationRights(ReferralRightsCase):
    """Explanations: every act tried by every role, over RPC."""

    def test_draft(self):
        """The officers of the agency, and the Office in its name."""
        vals = {"assignment_id": self.lead.id, "cause": "Chậm", "proposal": "Lùi"}
        for kind in ("explanation", "difficulty"):
            able = self._who_can(
                lambda user, kind=kind: self._rpc(
                    user, "task.explanation", "create", [{**vals, "kind": kind}]
                )
            )
            self.assertEqual(able, self.agency_roles | self.office_roles)

    def test_who_reads(self):
        """A draft is the agency's own; what is submitted is read like the
        assignment."""
        draft = self._draft_explanation(self.lead, self.finance_officer)
        self.assertEqual(self._finders(draft), self.agency_roles)
        entered = self._draft_explanation(self.lead, self.specialist2)
        self.assertEqual(
            self._finders(entered), self.agency_roles | {"other specialist"}
        )
        one = self._explained(self.lead)
        self.assertEqual(self._finders(one), self._finders(self.lead))

    def test_submit(self):
        """The head, or who is authorised; the Office what it entered."""
        draft = self._draft_explanation(self.lead, self.finance_officer)
        self.assertEqual(
            self._actors(draft, "action_submit"), {"officer authorised", "head"}
        )
        entered = self._draft_explanation(self.lead, self.specialist2)
        self.assertEqual(
            self._actors(entered, "action_submit"),
            {"officer authorised", "head", "other specialist"},
        )

    def test_answer_refer_and_take_back(self):
        """Who follows the task answers it or puts it to a leader; the agency takes it
        back."""
        one = self._explained(self.lead)
        one.sudo().draft_answer = "Đã rõ"
        able = {"follows", "manager"}
        self.assertEqual(self._actors(one, "action_answer"), able)
        self.assertEqual(self._actors(one, "action_refer"), able)
        self.assertEqual(self._writers(one, {"draft_answer": "Khác"}), able)
        self.assertEqual(
            self._actors(one, "action_cancel"), {"officer authorised", "head"}
        )

    def test_closed_fields(self):
        """No role writes state, days or names."""
        draft, one = self._draft_explanation(self.lead), self._explained(self.lead)
        referral = self._draft_referral(self.lead)
        for vals in (
            {"state": "answered"},
            {"submitted_on": "2026-01-01"},
            {"submitted_by_id": self.finance_head.id},
            {"answered_by_id": self.manager.id},
            {"answered_on": "2026-01-01"},
            {"referral_id": referral.id},
            {"agency_id": self.building.id},
            {"company_id": self.company.id},
        ):
            for record in (draft, one):
                self.assertFalse(self._writers(record, vals), vals)

    def test_referral_is_not_told(self):
        """The agency does not learn what the Office writes to the leader."""
        one = self._explained(self.lead)
        self._referred(one, "difficulty", name=NEEDLE)
        mine = one.with_user(self.finance_head)
        self.assertEqual(mine.state, "referred")
        self.assertNotIn(NEEDLE, str(mine.read()))
        for name in ("referral_id", "referral_id.name"):
            with self.assertRaises(AccessError):
                self.env["task.explanation"].with_user(self.finance_head).search(
                    [(name, "!=", False)]
                )

    def test_another_agencys_task(self):
        """Nobody explains a task that is not the own agency's, nor moves a draft
        there."""
        draft = self._draft_explanation(self.lead)
        other = self._released(lead=self.building, deadline="2026-04-10")
        with self.assertRaises(AccessError):
            draft.assignment_id = other
        with self.assertRaises(AccessError):
            self._draft_explanation(other)
