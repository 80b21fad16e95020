# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .rights_common import NEEDLE, InspectionRightsCase

#: Model → its fields of words.
WORDS = {
    "task.inspection.finding": "text",
    "task.inspection.text": "body",
    "task.inspection.paper": "abstract",
    "task.inspection.item": "name",
    "task.inspection.team.change": "duty",
    "mail.message": "body",
    "ir.attachment": "name",
}


class LeftCase(InspectionRightsCase):
    """The building department's officer was replaced by its head while the team
    works; another change is still a draft."""

    def setUp(self):
        super().setUp()
        self._work()
        self.member.group_ids += self.env.ref("base.group_allow_export")
        self._supplement(self._place().id, self.building_head).with_user(
            self.chairman
        ).action_issue()
        self.draft = self._supplement(False, self.specialist2, duty=NEEDLE)

    def _place(self):
        return self.inspection.sudo().member_ids.filtered(
            lambda one: one.user_id == self.member
        )

    def _supplement(self, leaving, user, **vals):
        change = {"leaving_id": leaving, "user_id": user.id, **vals}
        return self._paper(
            self.inspection,
            "supplement",
            number="20/QĐ-UBND",
            change_ids=[Command.create(change)],
        )


@tagged("post_install", "-at_install")
class TestLeftLeaks(LeftCase):
    """What who left the team must not learn any more, channel by channel."""

    def test_records(self):
        """Neither the inspection nor anything in it, nor the tasks in scope; the new
        member reads them."""
        records = (
            self.inspection,
            self.own,
            self.finding,
            self.minutes,
            self.item,
            *self.conclusion_texts,
            *self.inspection.sudo().member_ids,
            self.assignment,
        )
        self._assert_reads_none(self.member, *records, self.draft, self.note)
        self._assert_reads(self.building_head, *records)

    def test_by_models(self):
        """No search, lookup, total or export tells a word."""
        for model, name in WORDS.items():
            domain = [(name, "ilike", NEEDLE)]
            found = self.env[model].sudo().search(domain)
            self.assertTrue(found, model)
            self.assertFalse(self._rpc(self.member, model, "search", domain), model)
            if model != "mail.message":
                self.assertFalse(self._rpc(self.member, model, "name_search", NEEDLE))
                groups = self._rpc(
                    self.member, model, "formatted_read_group", domain, [name]
                )
                self.assertFalse(groups, model)
            with self.assertRaises(AccessError):
                self._rpc(self.member, model, "export_data", found.ids, [name])

    def test_by_search_of_messages(self):
        """Nor does the search of notes on the inspection."""
        told = self._rpc(
            self.member,
            "mail.message",
            "search_read",
            [
                ("model", "=", "task.inspection"),
                ("res_id", "=", self.inspection.id),
                ("message_type", "!=", "user_notification"),
            ],
        )
        self.assertFalse(told)

    def test_draft_of_a_change(self):
        """A change that is not issued yet tells the inspected agency nothing, by no
        domain; neither does it the member who is to join."""
        change = self.draft.change_ids
        for user in (self.inspected, self.member, self.building_head):
            readable = self._reads(user, self.draft, change)
            # the team reads drafts of its own inspection's papers
            self.assertEqual(bool(readable), user == self.building_head, user.login)
        for path in (
            "supplement_ids.change_ids.duty",
            "paper_ids.change_ids.duty",
        ):
            domain = [(path, "ilike", NEEDLE)]
            self.assertFalse(
                self._rpc(self.inspected, "task.inspection", "search", domain), path
            )
            self.assertTrue(
                self._rpc(self.manager, "task.inspection", "search", domain), path
            )
        for domain in (
            [("supplement_ids", "in", self.draft.ids)],
            [("paper_ids.change_ids", "in", change.ids)],
            [("supplement_ids.change_ids", "in", change.ids)],
        ):
            self.assertFalse(
                self._rpc(self.inspected, "task.inspection", "search", domain), domain
            )

    def test_acts(self):
        """Who left does nothing of the team's any more."""
        for record, method, args in (
            (self.inspection, "action_end", ("2026-04-01",)),
            (self.inspection, "action_invite", ()),
            (self.inspection, "action_gather", ()),
            (self.own, "action_raise_findings", ()),
            (self.own, "action_take_figures", ()),
            (self.minutes, "action_issue", ()),
            (self.minutes, "write", ({"body": "x"},)),
            (self.finding, "write", ({"text": "x"},)),
            (self.finding, "unlink", ()),
        ):
            with self.assertRaises(AccessError, msg=method):
                self._rpc(self.member, record._name, method, record.ids, *args)


@tagged("post_install", "-at_install")
class TestLeftFiles(LeftCase, HttpCase):
    """Files by their address."""

    def test_by_address(self):
        """Who left opens none of them; who joined does."""
        files = (
            self.note.sudo().attachment_ids
            | self.finding.attachment_ids
            | self.minutes.attachment_ids
            | self.item.attachment_ids
        )
        for user, status in ((self.member, 404), (self.building_head, 200)):
            self.authenticate(user.login, user.login)
            for path in (
                *(f"/web/content/{file.id}?download=true" for file in files),
                f"/task/letter/{self.minutes._name}/{self.minutes.id}.docx",
            ):
                with mute_logger("odoo.http"):
                    answer = self.url_open(path)
                self.assertEqual(answer.status_code, status, (user.login, path))
