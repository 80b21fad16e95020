# SPDX-License-Identifier: LGPL-3.0-or-later
import threading
from unittest.mock import patch

from odoo import api
from odoo.exceptions import AccessError
from odoo.modules.registry import DummyRLock, Registry
from odoo.service.model import retrying
from odoo.tests import tagged
from odoo.tools import mute_logger

from .committed_common import CommittedCase
from .common import START, TaskCase
from .feedback_common import FeedbackActs
from .referral_common import ReferralActs
from .urge_common import UrgeActs


@tagged("post_install", "-at_install")
class TestBegun(FeedbackActs, ReferralActs, UrgeActs, TaskCase):
    """A button pressed twice opens the draft that it made."""

    def setUp(self):
        super().setUp()
        self._move_to(START)
        self.task = self._released()
        self.other = self._released(lead=self.building)
        self._move_to("2026-04-16 02:00:00")

    def _pressed(self, records, act, user=None):
        action = getattr(records.with_user(user or self.specialist), act)()
        self.assertTrue(action["res_id"])
        return self.env[action["res_model"]].browse(action["res_id"])

    def test_letter(self):
        """A letter about the same tasks is one draft, also for a colleague; issued or
        discarded, the next one is another."""
        letter = self._pressed(self.task, "action_urge_letter")
        self.assertEqual(self._pressed(self.task, "action_urge_letter"), letter)
        again = self._pressed(self.task, "action_urge_letter", self.manager)
        self.assertEqual(again, letter)
        self._complete(letter.with_user(self.specialist)).action_issue()
        second = self._pressed(self.task, "action_urge_letter")
        self.assertNotEqual(second, letter)
        second.with_user(self.specialist).action_cancel()
        self.assertNotEqual(self._pressed(self.task, "action_urge_letter"), second)

    def test_letter_keeps_what_was_written(self):
        """What was written or taken out of the draft meanwhile stays so."""
        both = self._released() | self.task
        letter = self._pressed(both, "action_urge_letter").with_user(self.specialist)
        letter.signer_name = "Nguyễn Văn A"
        letter.line_ids[:1].unlink()
        again = self._pressed(both, "action_urge_letter")
        self.assertEqual(again, letter.sudo())
        self.assertEqual((again.signer_name, again.task_count), ("Nguyễn Văn A", 1))

    def test_letter_about_others(self):
        """Other tasks, or another sender, are another letter."""
        self._released(lead=self.finance, support=self.ward)
        lead = self._released(support=self.ward)
        support = lead.task_id.assignment_ids - lead
        office = self._draft(support)
        self.assertNotEqual(office, self._draft(lead))
        agency = self._draft(support, self.finance_officer)
        self.assertNotEqual(office, agency.sudo())
        self.assertEqual(agency, self._draft(support, self.finance_head))

    def test_two_letters_one_done(self):
        """Of letters to several agencies those that are still open are opened."""
        both = self.task | self.other
        drafts = self._draft(both)
        self.assertEqual(self._draft(both), drafts)
        self._complete(drafts[0]).action_issue()
        again = self._draft(both)
        self.assertEqual(len(again & drafts), 1)
        self.assertEqual(len(again), 2)

    def test_tasks_not_done(self):
        """Put to a leader: of one person one draft from the same tasks, with what is
        due now; once it is about some agencies, another one is begun."""
        chosen = self._pressed(self.task | self.other, "action_refer")
        self.assertEqual(self._pressed(self.task | self.other, "action_refer"), chosen)
        self.assertNotEqual(self._pressed(self.task, "action_refer"), chosen)
        other = self._pressed(self.task | self.other, "action_refer", self.manager)
        self.assertNotEqual(other, chosen)
        referrals = self.env["task.referral"]
        everything = self._pressed(referrals, "action_new_not_done")
        later = self._released(deadline="2026-04-16")
        self.assertEqual(self._pressed(referrals, "action_new_not_done"), everything)
        self.assertIn(later, everything.line_ids.assignment_id)
        everything.filter_agency_ids = self.finance
        self.assertNotEqual(self._pressed(referrals, "action_new_not_done"), everything)

    def test_explanation(self):
        """An explanation that is put to a leader opens the draft it is in."""
        one = self._explained(self.task)
        draft = self._pressed(one, "action_refer")
        self.assertEqual(self._pressed(one, "action_refer"), draft)
        self.assertEqual(one.sudo().referral_id, draft)

    def test_feedback(self):
        """So do a feedback's letter and its submission to the leader."""
        given = self._verified(self._feedback(), self.task)
        letter = self._pressed(given, "action_urge")
        self.assertEqual(self._pressed(given, "action_urge"), letter)
        letter.with_user(self.specialist).action_cancel()
        draft = self._pressed(given, "action_refer")
        self.assertEqual(self._pressed(given, "action_refer"), draft)

    def test_key_is_nobodys(self):
        """Nobody reads or writes what a draft was begun from."""
        letter = self._draft(self.task).with_user(self.manager)
        self.assertNotIn("begun_key", letter.fields_get())
        with self.assertRaises(AccessError):
            letter.begun_key = "x"
        with self.assertRaises(AccessError):
            letter.search([("begun_key", "!=", False)])


@tagged("post_install", "-at_install")
class TestBegunTwiceAtOnce(UrgeActs, CommittedCase):
    """The same at one moment, in transactions that do not see each other."""

    @classmethod
    def _prepare(cls):
        case = cls("test_letter")
        cls.tasks = case._released() | case._released(lead=cls.building)
        cls.due = case._released(deadline="2026-04-01")

    def _at_once(self, act, *users):
        """The drafts that `act(env)` opens for each user, all at the same moment."""
        start = threading.Barrier(len(users), timeout=30)
        opened, errors = [], []

        def run(user):
            with self.registry.cursor() as cr:
                company = {"allowed_company_ids": self.company.ids}
                env = api.Environment(cr, user.id, company)
                env["task.urge"].search([])  # it looked before the other acted
                start.wait()
                try:
                    opened.append(set(retrying(lambda: act(env).ids, env)))
                except Exception as error:
                    errors.append(error)

        threads = [threading.Thread(target=run, args=(user,)) for user in users]
        # the tests' own thread holds the lock of the registry all the time
        with patch.object(Registry, "_lock", DummyRLock()):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(60)
        self.assertFalse(errors)
        self.assertEqual(len(opened), len(users))
        return opened

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_letter(self):
        """One letter to each agency, which both open."""
        ids = self.tasks.ids
        first, second = self._at_once(
            lambda env: env["task.urge"]._draft_letter(
                env["task.assignment"].browse(ids)
            ),
            self.specialist,
            self.manager,
        )
        self.assertEqual(first, second)
        self.assertEqual(len(first), 2)

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_referral(self):
        """One draft to the leader of one person."""
        due = self.due.ids

        def act(env):
            action = env["task.assignment"].browse(due).action_refer()
            return env["task.referral"].browse(action["res_id"])

        first, second = self._at_once(act, self.manager, self.manager)
        self.assertEqual(first, second)
