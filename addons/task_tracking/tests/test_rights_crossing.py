# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .cascade_common import CascadeCase


@tagged("post_install", "-at_install")
class TestRightsCrossing(CascadeCase):
    """Rights asked by a detour: the other side of a link, another company's wizard."""

    def test_closed_from_the_other_side(self):
        """A closed link is not made from its other end either."""
        first = self._released(recurrence="month", deadline="2026-04-20").task_id
        other = self._released().task_id
        draft = self._document().task_ids
        for task in (other, draft):
            with self.assertRaises(AccessError):
                self._rpc(
                    self.specialist,
                    "task.task",
                    "write",
                    first.ids,
                    {"occurrence_ids": [Command.link(task.id)]},
                )
            self.assertFalse(task.sudo().series_id)
        with self.assertRaises(AccessError):
            self._rpc(
                self.admin,
                "res.partner",
                "write",
                self.ward.ids,
                {"task_predecessor_ids": [Command.link(self.finance.id)]},
            )
        with self.assertRaises(AccessError):
            self._rpc(
                self.admin,
                "res.partner",
                "create",
                [
                    {
                        "name": "Khác",
                        "task_predecessor_ids": [Command.link(self.finance.id)],
                    }
                ],
            )
        self.assertFalse(self.finance.succeeded_by_id)

    def test_recounting_tells_nothing_of_another_company(self):
        """The form that counts limits anew shows what its user reads, whatever company
        it is opened for and whatever lines are put on it."""
        above = self._from_above().document_id.sudo()
        clock = above.clock_ids._start(
            [
                {
                    **above.clock_ids[:1]._prepare_again_vals(),
                    "started_on": "2026-05-04",
                    "due_on": "2026-05-05",
                }
            ]
        )
        [wizard] = self._rpc(
            self.d_manager,
            "task.recount",
            "create",
            [{"company_id": self.company.id, "reason": "x"}],
        )
        wizard = self._as(self.d_manager, self.env["task.recount"].browse(wizard))
        self.assertFalse(wizard.line_ids)
        self.assertFalse(wizard.running_count)
        with self.assertRaises(AccessError):
            self._rpc(
                self.d_manager,
                "task.recount.line",
                "create",
                [{"recount_id": wizard.id, "clock_id": clock.id}],
            )

    def test_succession_of_who_works_for_another_level(self):
        """A department does not take an agency away from the province, which alone
        records its succession; afterwards the department records it for its own."""
        self._released(lead=self.finance)

        def succession(user):
            return self._as(user, self.env["task.succession"]).create(
                {
                    "predecessor_ids": [Command.set(self.finance.ids)],
                    "successor_id": self.building.id,
                    "day": "2026-04-01",
                    "reference": "QĐ 1",
                    "reason": "Hợp nhất",
                }
            )

        below = succession(self.d_manager)
        with self.assertRaises(UserError):
            below.action_record()
        self.assertFalse(self.finance.succeeded_by_id)
        succession(self.manager).action_record()
        below.action_record()
        self.assertEqual(below.state, "done")
