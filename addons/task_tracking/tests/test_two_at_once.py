# SPDX-License-Identifier: LGPL-3.0-or-later
import threading
from unittest.mock import patch

from odoo import api
from odoo.exceptions import UserError
from odoo.modules.registry import DummyRLock, Registry
from odoo.service.model import retrying
from odoo.tests import tagged
from odoo.tools import mute_logger

from .committed_common import CommittedCase

DECISIONS = ("extension_approved", "extension_refused")


@tagged("post_install", "-at_install")
class TestTwoAtOnce(CommittedCase):
    """Two people act on the same thing at once, each in a transaction of their own."""

    @classmethod
    def _prepare(cls):
        cls.chairman2 = cls._user("chairman2", "group_chairman")
        cls.request_ids = [cls._committed_request() for _index in range(3)]

    @classmethod
    def _committed_request(cls):
        case = cls("test_second_is_told")
        return case._ask_extension(case._released()).id

    def _decide(self, user, request_id, accept):
        """Decide as `user` in a transaction of its own, as a request does."""
        with self.registry.cursor() as cr:
            env = api.Environment(
                cr, user.id, {"allowed_company_ids": self.company.ids}
            )

            def decide():
                request = env["task.extension"].browse(request_id)
                if accept:
                    request.action_accept()
                else:
                    request.answer = "Không đồng ý"
                    request.action_refuse()

            retrying(decide, env)

    def _decisions(self, request_id):
        """The decisions in the ledger, as a new transaction sees them."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, api.SUPERUSER_ID, {})
            request = env["task.extension"].browse(request_id)
            facts = request.assignment_id.fact_ids
            kinds = [kind for kind in facts.mapped("kind") if kind in DECISIONS]
            return request.state, kinds

    def test_second_is_told(self):
        """While one decides, the other is refused; afterwards, told it is decided."""
        request_id = self.request_ids[0]
        with self.registry.cursor() as cr:
            env = api.Environment(
                cr, self.chairman.id, {"allowed_company_ids": self.company.ids}
            )
            env["task.extension"].browse(request_id).action_accept()
            env.flush_all()
            with self.assertRaises(UserError):
                self._decide(self.chairman2, request_id, accept=False)
        with self.assertRaises(UserError):
            self._decide(self.chairman2, request_id, accept=False)
        self.assertEqual(
            self._decisions(request_id), ("accepted", ["extension_approved"])
        )

    def test_who_looked_before(self):
        """Who opened it before the other decided does not decide it once more."""
        request_id = self.request_ids[1]
        with self.registry.cursor() as cr:
            env = api.Environment(
                cr, self.chairman2.id, {"allowed_company_ids": self.company.ids}
            )
            request = env["task.extension"].browse(request_id)
            self.assertEqual(request.state, "waiting")
            self._decide(self.chairman, request_id, accept=True)
            with mute_logger("odoo.sql_db", "odoo.service.model"):
                with self.assertRaises(UserError):
                    retrying(request.action_accept, env)
                cr.rollback()
        self.assertEqual(
            self._decisions(request_id), ("accepted", ["extension_approved"])
        )

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_race(self):
        """Two at the very same moment: one decides, the other is told."""
        request_id = self.request_ids[2]
        start = threading.Barrier(2, timeout=30)
        told = {}

        def run(user, accept):
            start.wait()
            try:
                self._decide(user, request_id, accept)
                told[user.id] = None
            except Exception as error:
                told[user.id] = error

        threads = [
            threading.Thread(target=run, args=args)
            for args in ((self.chairman, True), (self.chairman2, False))
        ]
        # the tests' own thread holds the lock of the registry all the time
        with patch.object(Registry, "_lock", DummyRLock()):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(60)
        refused = [error for error in told.values() if error]
        self.assertEqual((len(told), len(refused)), (2, 1), told)
        self.assertIsInstance(refused[0], UserError)
        state, decisions = self._decisions(request_id)
        self.assertEqual(len(decisions), 1)
        self.assertEqual(
            state, "accepted" if decisions[0] == "extension_approved" else "refused"
        )
