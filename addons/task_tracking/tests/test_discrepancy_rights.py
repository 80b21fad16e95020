# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .discrepancy_common import DiscrepancyActs
from .rights_common import RightsCase

NEEDLE = "Sailechbimat"


class DiscrepancyRightsCase(DiscrepancyActs, RightsCase):
    def setUp(self):
        super().setUp()
        self._move_to("2026-04-01 02:00:00")
        self.lead = self._shared_task()

    def _actors(self, record, method):
        """The roles that may call `method` on `record` over RPC."""
        return self._who_can(
            lambda user: self._rpc(user, record._name, method, record.ids)
        )

    def _writers(self, record, vals):
        return self._who_can(
            lambda user: self._rpc(user, record._name, "write", record.ids, vals),
            (AccessError, UserError),
        )


@tagged("post_install", "-at_install")
class TestDiscrepancyRights(DiscrepancyRightsCase):
    """DOMAIN.md section 5, for discrepancies: every act tried by every role."""

    def test_report(self):
        """The officers of the agency write it down, the Office does both ways."""
        vals = {
            "assignment_id": self.lead.id,
            "kind": "deadline",
            "finder_value": "15/4/2026",
            "text": "Theo văn bản",
        }

        def creating(**more):
            return self._who_can(
                lambda user: self._rpc(
                    user, "task.discrepancy", "create", [{**vals, **more}]
                )
            )

        able = self.agency_roles | self.office_roles
        self.assertEqual(creating(), able)
        self.assertEqual(creating(side="agency"), able)
        self.assertEqual(creating(side="office"), self.office_roles)

    def test_submit(self):
        """What leaves the agency is submitted by its head, or who is authorised."""
        draft = self._draft_discrepancy(self.finance_officer, self.lead)
        self.assertEqual(
            self._actors(draft, "action_submit"), {"officer authorised", "head"}
        )
        own = self._draft_discrepancy(self.specialist2, self.lead)
        self.assertEqual(self._actors(own, "action_submit"), {"other specialist"})

    def test_closed_fields(self):
        """No role writes the state, the moments or the names, by any way."""
        draft = self._draft_discrepancy(self.finance_officer, self.lead)
        found = self._found(self.finance_head, self.lead)
        for vals in (
            {"state": "corrected"},
            {"reported_by_id": self.finance_head.id},
            {"reported_at": "2026-01-01 00:00:00"},
            {"answered_by_id": self.manager.id},
            {"answered_at": "2026-01-01 00:00:00"},
            {"company_id": self.company.id},
            {"followed_by_id": self.specialist2.id},
        ):
            for one in (draft, found):
                self.assertFalse(self._writers(one, vals), vals)
            create = {"assignment_id": self.lead.id, **vals}
            self.assertFalse(
                self._who_can(
                    lambda user, create=create: self._rpc(
                        user, "task.discrepancy", "create", [create]
                    )
                ),
                vals,
            )
        self.assertFalse(
            self._who_can(
                lambda user: self._rpc(
                    user,
                    "task.discrepancy",
                    "create",
                    [{"assignment_id": self.lead.id, "answer": "Đã sửa"}],
                )
            )
        )

    def test_answer_what_the_agency_found(self):
        """The specialist who follows, or an Office manager."""
        found = self._found(self.finance_head, self.lead)
        able = {"follows", "manager"}
        self.assertEqual(
            self._writers(found, {"answer": "Đúng"}),
            able | {"head", "officer authorised"},  # these to withdraw it
        )
        found.answer = "Đúng"
        self.assertEqual(self._actors(found, "action_answer"), able)
        self.assertEqual(self._actors(found, "action_correct"), able)
        self.assertEqual(
            self._actors(found, "action_withdraw"), {"head", "officer authorised"}
        )

    def test_answer_what_the_office_found(self):
        """The head of the agency or an authorised officer; the Office records that it
        corrected, or withdraws it."""
        found = self._found(self.specialist2, self.lead)
        found.with_user(self.manager).answer = "Đã sửa"
        agency = {"head", "officer authorised"}
        self.assertEqual(self._actors(found, "action_answer"), agency)
        self.assertEqual(
            self._actors(found, "action_correct"), agency | {"follows", "manager"}
        )
        self.assertEqual(
            self._actors(found, "action_withdraw"),
            {"follows", "manager", "other specialist"},
        )

    def test_readers(self):
        """Reported: the agency and those over it, the Office, the leaders. A draft: its
        writer, or the writer's agency."""
        reported = self._found(self.finance_head, self.lead)
        readers = self.see_all | self.agency_roles | {"upper head", "sector"}
        self.assertEqual(self._readers(reported), readers)
        self.assertEqual(self._finders(reported), readers)
        draft = self._draft_discrepancy(self.finance_officer, self.lead)
        self.assertEqual(self._readers(draft), self.agency_roles)
        office = self._draft_discrepancy(self.specialist, self.lead)
        self.assertEqual(self._finders(office), {"follows"})

    def test_in_words(self):
        """Without a task: the agency alone, besides the Office and the leaders."""
        found = self._found(self.finance_head, about="Kế hoạch số 5", kind="missing")
        self.assertEqual(self._readers(found), self.see_all | self.agency_roles)

    def test_company(self):
        """Another company sees none of it."""
        found = self._found(self.finance_head, self.lead)
        company = self.env["res.company"].create({"name": "Khác"})
        self.manager.company_ids = [Command.link(company.id)]
        there = self.env["task.discrepancy"].with_user(self.manager)
        there = there.with_context(allowed_company_ids=company.ids)
        self.assertFalse(there.search([("id", "=", found.id)]))


@tagged("post_install", "-at_install")
class TestDiscrepancyLeaks(DiscrepancyRightsCase):
    """What a user may not see does not leak, channel by channel."""

    def setUp(self):
        super().setUp()
        self.hidden = self._released(lead=self.building, name=f"{NEEDLE} nhiệm vụ")
        file = self.env["ir.attachment"].with_user(self.building_head)
        self.file = file.create({"name": f"{NEEDLE}.txt", "raw": b"x"})
        self.found = self._found(
            self.building_head,
            self.hidden,
            text=NEEDLE,
            finder_value=NEEDLE,
            attachment_ids=[Command.set(self.file.ids)],
        )
        self.mine = self._found(self.finance_head, self.lead)
        self.outsider = self.finance_head
        self.theirs = self.env["task.discrepancy"].with_user(self.outsider)

    def test_search_and_names(self):
        """Not by a search, a lookup of names, or a path from the task."""
        for domain in (
            [("id", "=", self.found.id)],
            [("text", "ilike", NEEDLE)],
            [("agency_id", "=", self.building.id)],
            [("assignment_id.task_id.name", "ilike", NEEDLE)],
            [("task_id.name", "ilike", NEEDLE)],
        ):
            self.assertFalse(self.theirs.search(domain), domain)
        self.assertFalse(self.theirs.name_search(NEEDLE))
        tasks = self.env["task.assignment"].with_user(self.outsider)
        self.assertFalse(tasks.search([("discrepancy_ids.text", "ilike", NEEDLE)]))

    def test_read_groups_export(self):
        """Not by its id, by groups, or by an export."""
        with self.assertRaises(AccessError):
            self.found.with_user(self.outsider).read(["display_name"])
        groups = self.theirs.formatted_read_group([], ["agency_id"], ["__count"])
        self.assertEqual([group["__count"] for group in groups], [1])
        self.outsider.group_ids = [
            Command.link(self.env.ref("base.group_allow_export").id)
        ]
        with self.assertRaises(AccessError):
            self.found.with_user(self.outsider).export_data(["text"])

    def test_chatter_and_files(self):
        """Not by its messages or its files."""
        self.found.message_post(body=NEEDLE)
        messages = self.env["mail.message"].with_user(self.outsider)
        self.assertFalse(messages.search([("body", "ilike", NEEDLE)]))
        with self.assertRaises(AccessError):
            self.file.with_user(self.outsider).read(["raw"])
        with self.assertRaises(AccessError):
            self.found.with_user(self.outsider).message_post(body="x")

    def test_limits(self):
        """Not by a time limit that runs on it; the Office's limits are not told to
        agencies."""
        self.regulation.rule_ids.filtered(lambda one: one.act == "discrepancy").write(
            {"stated": "limit", "event": "discovery", "stop": "answer"}
        )
        hidden = self._found(self.building_head, self.hidden)
        asked = self._found(self.specialist, self.lead)
        clocks = self.env["task.clock"].with_user(self.outsider)
        mine = [("res_model", "=", "task.discrepancy")]
        self.assertEqual(len(hidden.sudo().clock_ids | asked.sudo().clock_ids), 2)
        self.assertFalse(clocks.search(mine))
        self.assertFalse(asked.with_user(self.outsider).get_time_limits())
