# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import START
from .feedback_common import FeedbackActs
from .referral_common import ReferralActs
from .rights_common import RightsCase

WORDS = "Dukienkin: đề nghị hoàn thành trong tháng"


@tagged("post_install", "-at_install")
class TestDraftAnswers(FeedbackActs, ReferralActs, RightsCase):
    """What the Office writes in answer is read by the agency once it is given, and no
    way tells it before."""

    def setUp(self):
        super().setUp()
        self._move_to(START)
        self.lead = self._shared_task()

    def _attempts(self, record):
        """Ways to learn of the words before they are given: {name: call(user)}."""
        named = [("draft_answer", "ilike", "Dukienkin")]
        ways = {
            "read": ("read", record.ids, ["draft_answer"]),
            "domain": ("search", named),
            "count": ("search_count", named),
            "group": ("formatted_read_group", [], ["draft_answer"], ["__count"]),
            "export": ("export_data", record.ids, ["draft_answer"]),
            "order": ("search_read", [], ["id"], 0, None, "draft_answer"),
            "web": ("web_read", record.ids, {"draft_answer": {}}),
        }
        return {
            name: lambda user, args=args: self._rpc(user, record._name, *args)
            for name, args in ways.items()
        }

    def _check_hidden(self, record, reader):
        reader.group_ids += self.env.ref("base.group_allow_export")
        for name, attempt in self._attempts(record).items():
            with self.assertRaises(AccessError, msg=name):
                attempt(reader)
        told = self._rpc(reader, record._name, "read", record.ids)
        self.assertNotIn("Dukienkin", str(told))
        self.assertFalse(told[0]["answer"])
        found = self._rpc(
            reader, record._name, "search", [("answer", "ilike", "Dukienkin")]
        )
        self.assertFalse(found)

    def _writers(self, record, vals):
        return self._who_can(
            lambda user: self._rpc(user, record._name, "write", record.ids, vals),
            UserError,
        )

    def test_explanation(self):
        """Of an explanation: hidden until it is answered, then its words."""
        one = self._explained(self.lead, kind="difficulty")
        office = one.with_user(self.specialist)
        office.draft_answer = WORDS
        self._check_hidden(one, self.finance_head)
        self.assertFalse(self._writers(one, {"answer": WORDS}))
        office.action_answer()
        self.assertEqual(one.with_user(self.finance_head).answer, WORDS)

    def test_explanation_brings_none(self):
        """Who explains brings no answer along."""
        for name in ("answer", "draft_answer"):
            with self.assertRaises(AccessError):
                self._draft_explanation(self.lead, **{name: WORDS})

    def test_explanation_put_to_a_leader(self):
        """Where a leader directs, what was being written is not given."""
        one = self._explained(self.lead, kind="difficulty")
        one.with_user(self.manager).draft_answer = WORDS
        action = one.with_user(self.manager).action_refer()
        referral = self.env["task.referral"].browse(action["res_id"])
        referral.with_user(self.manager).action_submit()
        self._direct(referral)
        told = one.with_user(self.finance_head).answer
        self.assertEqual(told, "Hoàn thành trước 30/4")

    def test_feedback(self):
        """Of a feedback: hidden until it is answered, then its words."""
        one = self._feedback()
        office = self._verified(one, self.lead, draft_answer=WORDS)
        self._check_hidden(one, self.ward_head)
        self.assertFalse(self._writers(one, {"answer": WORDS}))
        office.action_unfounded()
        self.assertEqual(one.with_user(self.ward_head).answer, WORDS)
