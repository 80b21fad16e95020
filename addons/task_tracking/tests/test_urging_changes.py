# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import START
from .feedback_common import FeedbackActs
from .referral_common import ReferralActs
from .rights_common import RightsCase
from .urge_common import UrgeActs


@tagged("post_install", "-at_install")
class TestUrgingChanges(FeedbackActs, ReferralActs, UrgeActs, RightsCase):
    """What a second reading found: nobody is told twice, or what is not theirs."""

    def setUp(self):
        super().setUp()
        self._move_to(START)

    def _told(self, user):
        """The messages by which `user` was notified in Odoo, or by its mail."""
        return (
            self.env["mail.notification"]
            .sudo()
            .search([("res_partner_id", "=", user.partner_id.id)])
        )

    def _mailed(self, user):
        return (
            self.env["task.notice"]
            .sudo()
            .search([("partner_id", "=", user.partner_id.id)])
        )

    def test_line_is_no_more_done_than_its_letter(self):
        """A client's context does not make a line of a draft look issued: the agency
        would read it, and it would count as urging."""
        lead = self._released()
        draft = self._draft(lead)
        draft.line_ids.with_user(self.specialist).unlink()
        self._rpc(
            self.specialist,
            "task.urge.line",
            "create",
            [{"urge_id": draft.id, "assignment_id": lead.id}],
            context={
                "default_state": "done",
                "default_kind": "meeting",
                "default_day": "2026-01-01",
            },
        )
        line = draft.sudo().line_ids
        self.assertEqual((line.state, line.kind, line.day), ("draft", "letter", False))

    def _letter_of_feedback(self, *assignments):
        """The letter drafted from a feedback about the assignments."""
        one = self._verified(self._feedback(), *assignments)
        action = one.action_urge()
        letter = self.env["task.urge"].with_user(self.specialist)
        return one, self._complete(letter.browse(action["res_id"]))

    def test_letter_of_feedback_is_one_mail(self):
        """Who gets the letter by e-mail is not told of the same letter by another
        e-mail; who reads in Odoo finds it there."""
        self.finance_head.notification_type = "email"
        self.finance_officer.notification_type = "inbox"
        one, letter = self._letter_of_feedback(self._released())
        before = {user: len(self._told(user)) for user in self._finance()}
        letter.action_issue()
        self.assertEqual(one.state, "urged")
        self.assertEqual(len(self._mailed(self.finance_head)), 1)
        told = {user: len(self._told(user)) - number for user, number in before.items()}
        self.assertEqual(told, {self.finance_head: 0, self.finance_officer: 1})

    def _finance(self):
        return self.finance_head | self.finance_officer

    def test_who_was_left_out_is_not_told_of_feedback(self):
        """An agency whose task was handed in before the letter was issued is urged by
        nothing: it reads of no feedback."""
        lead = self._shared_task()
        building = self._support_of(lead)
        # not the ward, which reports
        building.sudo().agency_id = self.building
        _one, letter = self._letter_of_feedback(lead, building)
        self._hand_in(lead)
        letter.action_issue()
        kept = letter.sudo()._kept_lines()
        self.assertEqual(kept.agency_id, self.building)
        shares = self.env["task.feedback.share"].sudo().search([])
        self.assertEqual(shares.agency_id, self.building)

    def test_reporter_is_found_in_any_spacing(self):
        """A name that goes over two lines names the reporter all the same."""
        _one, letter = self._letter_of_feedback(self._released())
        name = self.ward.name.replace(" ", "\n", 1)
        letter.body = f"Theo phản ánh của {name}"
        with self.assertRaises(UserError):
            letter.action_issue()

    def test_direction_on_difficulties_is_told_once(self):
        """The direction is the answer: one notification, not two with the same
        words."""
        lead = self._released(deadline="2026-04-10")
        explained = self._explained(lead, kind="difficulty")
        action = explained.with_user(self.specialist).action_refer()
        referral = (
            self.env["task.referral"].with_user(self.manager).browse(action["res_id"])
        )
        referral.action_submit()
        before = len(self._told(self.finance_officer))
        self._direct(referral)
        self.assertEqual(explained.state, "answered")
        self.assertEqual(len(self._told(self.finance_officer)) - before, 1)

    def test_what_nobody_active_follows_waits_for_managers(self):
        """Whoever left the Office is told nothing: what waited for them waits for the
        managers."""
        lead = self._released(deadline="2026-04-10")
        explained = self._explained(lead, kind="difficulty")
        feedback = self._verified(self._feedback(), lead)
        self.assertEqual(feedback.followed_by_id, self.specialist)
        self.specialist.sudo().active = False
        for one in (explained.sudo(), feedback.sudo()):
            self.assertIn(self.manager, one._awaited_by()[one])

    def test_letter_goes_to_who_carries_the_task_now(self):
        """A letter drafted to an agency that ended meanwhile is written to the one
        that took its place (BG Đ24)."""
        lead = self._released(deadline="2026-04-03")
        letter = self._complete(self._draft(lead))
        succession = (
            self.env["task.succession"]
            .with_user(self.manager)
            .create(
                {
                    "predecessor_ids": [Command.link(self.finance.id)],
                    "successor_id": self.building.id,
                    "reference": "NQ 01",
                    "reason": "Sáp nhập",
                }
            )
        )
        succession.action_record()
        letter.action_issue()
        self.assertEqual(letter.sudo().agency_ids, self.building)
        self.assertEqual(letter.sudo()._addressees(), [self.building.name])
        self.assertTrue(self._mailed(self.building_head))

    def test_administrator_reads_no_mail_about_tasks(self):
        """The role alone reads no tasks, and so no mail that tells of them: it sees
        that a mail failed, and why."""
        self._issue(self._released())
        notice = self._mailed(self.finance_head)[:1]
        for name in ("body_html", "file_names", "subject"):
            with self.assertRaises(AccessError):
                self._rpc(self.admin, "task.notice", "read", notice.ids, [name])
            self.assertTrue(
                self._rpc(self.manager, "task.notice", "read", notice.ids, [name])
            )
        seen = self._rpc(
            self.admin, "task.notice", "read", notice.ids, ["display_name", "state"]
        )
        self.assertNotIn("đôn đốc", seen[0]["display_name"])
        self._rpc(self.admin, "task.notice", "get_views", [(False, "list")])
        self._rpc(self.admin, "task.notice", "name_search", "đôn đốc")
