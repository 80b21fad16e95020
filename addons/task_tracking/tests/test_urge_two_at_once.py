# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api
from odoo.service.model import retrying
from odoo.tests import tagged
from odoo.tools import mute_logger

from .committed_common import CommittedCase
from .urge_common import UrgeActs


@tagged("post_install", "-at_install")
class TestUrgeTwoAtOnce(UrgeActs, CommittedCase):
    """The ladder adds to its open draft while somebody issues it, each in a
    transaction of their own."""

    @classmethod
    def _prepare(cls):
        case = cls("test_ladder_while_it_is_issued")
        cls.added, cls.drafts = {}, {}
        for agency in (cls.finance, cls.building):
            first, cls.added[agency] = (
                case._released(lead=agency) for _index in range(2)
            )
            marker = f"letter/{agency.id}/first"
            draft = cls.env["task.urge"]._draft_by_ladder(
                [(first, first.due_on, marker)]
            )
            case._complete(draft.with_user(cls.manager), number=f"{agency.id}/VP")
            cls.drafts[agency] = draft.id

    def _env(self, cr, user_id):
        return api.Environment(cr, user_id, {"allowed_company_ids": self.company.ids})

    def _by_ladder(self, agency):
        """The ladder adds a line for the agency, in a transaction of its own.

        :return: the ids of the drafts it added to.
        """
        with self.registry.cursor() as cr:
            env = self._env(cr, api.SUPERUSER_ID)
            one = env["task.assignment"].browse(self.added[agency].id)
            drafts = env["task.urge"]._draft_by_ladder(
                [(one, one.due_on, f"letter/{agency.id}/second")]
            )
            return drafts.ids

    def _lines(self, agency):
        """How many lines the letter has, and their states, as a new transaction sees
        them."""
        with self.registry.cursor() as cr:
            urge = self._env(cr, api.SUPERUSER_ID)["task.urge"]
            return urge.browse(self.drafts[agency]).line_ids.mapped("state")

    @mute_logger("odoo.sql_db")
    def test_ladder_while_it_is_issued(self):
        """While a letter is being issued the ladder adds nothing to it; afterwards it
        begins another one."""
        draft = self.drafts[self.finance]
        with self.registry.cursor() as cr:
            env = self._env(cr, self.manager.id)
            env["task.urge"].browse(draft).action_issue()
            env.flush_all()
            self.assertFalse(self._by_ladder(self.finance))
        self.assertEqual(self._lines(self.finance), ["done"])
        (begun,) = self._by_ladder(self.finance)
        self.assertNotEqual(begun, draft)
        self.assertEqual(self._lines(self.finance), ["done"])

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_ladder_adds_before_it_is_issued(self):
        """Who looked before the ladder added a task issues the letter with it."""
        with self.registry.cursor() as cr:
            env = self._env(cr, self.manager.id)
            letter = env["task.urge"].browse(self.drafts[self.building])
            self.assertEqual(letter.task_count, 1)
            self.assertEqual(self._by_ladder(self.building), letter.ids)
            retrying(letter.action_issue, env)
        self.assertEqual(self._lines(self.building), ["done", "done"])
