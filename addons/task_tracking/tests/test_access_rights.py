# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .rights_common import RightsCase


@tagged("post_install", "-at_install")
class TestWhoSees(RightsCase):
    """DOMAIN.md section 5, column “sees”: by reading and by searching alike."""

    def setUp(self):
        super().setUp()
        self._move_to("2026-04-01 02:00:00")
        self.lead = self._shared_task()
        self.support = self._support_of(self.lead)
        self.around = self.agency_roles | {"upper head", "sector"}

    def _assert_seen_by(self, records, roles):
        for record in records:
            self.assertEqual(self._readers(record), roles, record)
            self.assertEqual(self._finders(record), roles, record)

    def test_lead_assignment(self):
        """A lead assignment: its agency, the one above, the sector body, the Office and
        the leaders; not its support."""
        self._assert_seen_by(self.lead, self.see_all | self.around)

    def test_support_assignment(self):
        """A support's share: besides those, the support and the lead over it."""
        self._assert_seen_by(self.support, self.see_all | self.around | {"support"})

    def test_task_and_directive(self):
        """The task and its directive: whoever has a share of it."""
        self._assert_seen_by(
            [self.lead.task_id, self.lead.document_id],
            self.see_all | self.around | {"support"},
        )

    def test_ledger(self):
        """Facts and spans: who reads their assignment."""
        self._assert_seen_by(self.lead.fact_ids, self._readers(self.lead))
        self._assert_seen_by(self.lead.span_ids, self._readers(self.lead))

    def test_progress(self):
        """An entry is read by who reads its assignment."""
        entry = self.env["task.progress"].create(
            {"assignment_id": self.lead.id, "text": "Đang làm"}
        )
        self._assert_seen_by(entry, self._readers(self.lead))

    def test_contribution(self):
        """What a support contributes is read by the lead, who may use it."""
        entry = (
            self.env["task.progress"]
            .with_user(self.ward_officer)
            .create({"assignment_id": self.support.id, "text": "Số liệu của phường"})
        )
        self._assert_seen_by(entry, self._readers(self.support))
        self.assertIn(entry, self.lead.with_user(self.finance_head).contribution_ids)

    def test_drafts_are_the_agencys_own(self):
        """A draft is seen by its agency alone until it is submitted."""
        for model, vals in (
            ("task.result", {}),
            ("task.extension", {"new_deadline": "2026-05-01"}),
            ("task.return", {}),
        ):
            draft = (
                self.env[model]
                .with_user(self.finance_officer)
                .create({"assignment_id": self.lead.id, "text": "Dự thảo", **vals})
            )
            self._assert_seen_by(draft, self.agency_roles)

    def test_submitted_is_seen_with_the_assignment(self):
        """What was submitted is seen by who sees the assignment."""
        self._assert_seen_by(self._ask_extension(self.lead), self._readers(self.lead))
        self._assert_seen_by(self._hand_in(self.lead), self._readers(self.lead))

    def test_hand_back_is_seen_with_the_assignment(self):
        """A hand-back is seen by who sees the assignment."""
        self._assert_seen_by(self._hand_back(self.lead), self._readers(self.lead))

    def test_office_draft(self):
        """A directive not yet assigned: the Office and the leaders."""
        draft = self._document([self._task_vals(field_id=self.farming.id)])
        self._assert_seen_by([draft, draft.task_ids], self.see_all)

    def test_clock_of_the_office(self):
        """The Office's own time limits: the Office and the leaders."""
        document = self._document(
            [self._task_vals(), self._task_vals(lead=self.building)],
            despatched_on="2026-04-01",
        )
        document.action_release()
        clocks = document.sudo().clock_ids
        self.assertTrue(clocks)
        self._assert_seen_by(clocks, self.see_all)

    def test_authorisation(self):
        """Authorisations: who records them and the leaders."""
        self._assert_seen_by(
            self.env["task.authorisation"].search([]),
            self.leader_roles | {"manager", "administrator"},
        )

    def test_regulation_is_public(self):
        """Regulation, limits, calendar and lists are open to every official."""
        for record in (
            self.regulation,
            self.regulation.policy_ids[0],
            self.regulation.rule_ids[0],
            self.env["task.calendar.day"].search([], limit=1),
            self.env["task.document.type"].search([], limit=1),
            self.farming,
        ):
            self.assertEqual(self._readers(record), set(self.roles), record)

    def test_outside_task_names_the_agency(self):
        """A task kept out of the register is seen by the agencies it names."""
        document = self._document(
            [self._task_vals(is_dated=False, deadline=False, field_id=self.farming.id)]
        )
        document.action_release()
        self._assert_seen_by(
            [document.task_ids, document],
            self.see_all | self.agency_roles | {"upper head"},
        )

    def test_new_agency_is_seen_at_once(self):
        """A user who moves to another agency sees at once what is right, no more."""
        moved = self.lead.with_user(self.building_head)
        self.assertFalse(moved.has_access("read"))
        self.building_head.task_agency_id = self.finance
        self.env.invalidate_all()
        self.assertTrue(moved.has_access("read"))
        self.building_head.task_agency_id = self.building
        self.env.invalidate_all()
        self.assertFalse(moved.has_access("read"))
        self.assertNotIn(
            self.lead,
            self.env["task.assignment"].with_user(self.building_head).search([]),
        )

    def test_other_company(self):
        """Another level (company) sees nothing of this one."""
        company = self.env["res.company"].create({"name": "Sở khác"})
        stranger = self._user("stranger", "group_office_manager", self.office)
        stranger.write(
            {"company_ids": [Command.set(company.ids)], "company_id": company.id}
        )
        records = self.lead.with_user(stranger).with_context(
            allowed_company_ids=company.ids
        )
        self.assertFalse(records.has_access("read"))
        self.assertFalse(records.search([]))

    def test_sector_body_reads_and_urges(self):
        """The sector body reads others' assignments in its field and urges them in
        their chatter (KH Đ10.2b)."""
        seen = self.lead.with_user(self.agriculture_head)
        message = seen.message_post(body="Đề nghị khẩn trương", message_type="comment")
        self.assertIn(message, self.lead.with_user(self.finance_head).message_ids)

    def test_sector_body_only_its_field(self):
        """Outside its field the sector body sees nothing."""
        other = self._released()
        self.assertFalse(other.with_user(self.agriculture_head).has_access("read"))

    def test_support_sees_state_and_due_date_of_lead(self):
        """A support knows the lead's state and due date, without reading its record."""
        words = self.support.with_user(self.ward_head).other_agencies
        self.assertIn(self.finance.name, words)
        self.assertIn("04/10/2026", words)

    def test_nobody_without_a_role(self):
        """Without a role in the system there is nothing at all, whatever one asks."""
        for user in (self.nobody, self.admin, self.cleared_only):
            for model in (
                "task.document",
                "task.task",
                "task.assignment",
                "task.assignment.span",
                "task.fact",
                "task.progress",
                "task.result",
                "task.extension",
                "task.return",
                "task.clock",
            ):
                with self.assertRaises(AccessError):
                    self.env[model].with_user(user).search([])


@tagged("post_install", "-at_install")
class TestWhoWrites(RightsCase):
    """Create, write and delete by RPC, model by model and role by role."""

    def setUp(self):
        super().setUp()
        self._move_to("2026-04-01 02:00:00")
        self.lead = self._shared_task()

    def _assert_writes(self, records, vals, roles, refusal=AccessError):
        for record in records:

            def attempt(user, record=record):
                record.with_user(user).write(vals)

            self.assertEqual(self._who_can(attempt, refusal), roles)

    def _assert_unlinks(self, records, roles, refusal=AccessError):
        for record in records:

            def attempt(user, record=record):
                record.with_user(user).unlink()

            self.assertEqual(self._who_can(attempt, refusal), roles)

    def _assert_creates(self, model, vals, roles):
        self.assertEqual(
            self._who_can(lambda user: self.env[model].with_user(user).create(vals)),
            roles,
        )

    def test_directive(self):
        """Only the Office registers, changes and deletes directives and tasks."""
        draft = self._document()
        self._assert_creates(
            "task.document",
            {"abstract": "Về việc khác", "issued_on": "2026-04-01"},
            self.office_roles,
        )
        self._assert_writes(draft, {"abstract": "Sửa"}, self.office_roles)
        self._assert_writes(draft.task_ids, {"name": "Sửa"}, self.office_roles)
        self._assert_creates(
            "task.task", {"document_id": draft.id, "name": "Thêm"}, self.office_roles
        )
        self._assert_unlinks([draft.task_ids, draft], self.office_roles)

    def test_assignment_and_ledger_are_written_by_nobody(self):
        """Assignments, spans, facts and clocks: nobody, only the acts."""
        for record, vals in (
            (self.lead, {"deadline": "2027-01-01"}),
            (self.lead.span_ids, {"day_to": "2026-04-02"}),
            (self.lead.fact_ids[0], {"day": "2026-03-01"}),
        ):
            self._assert_writes(record, vals, set(), UserError)
            self._assert_unlinks(record, set(), UserError)
            self._assert_creates(record._name, record.copy_data()[0] | vals, set())

    def test_progress(self):
        """The agency reports on its own assignment; the Office enters its papers."""
        self._assert_creates(
            "task.progress",
            {"assignment_id": self.lead.id, "text": "Đang làm"},
            self.office_roles | self.agency_roles,
        )

    def test_progress_of_support(self):
        """A support contributes to its own share; the lead only reads it."""
        self._assert_creates(
            "task.progress",
            {"assignment_id": self._support_of(self.lead).id, "text": "Số liệu"},
            self.office_roles | {"support"},
        )

    def test_drafts(self):
        """Results, requests and hand-backs are drafted by the agency or the Office."""
        for model, vals in (
            ("task.result", {}),
            ("task.extension", {"new_deadline": "2026-05-01"}),
            ("task.return", {}),
        ):
            vals = {"assignment_id": self.lead.id, "text": "Nội dung", **vals}
            self._assert_creates(model, vals, self.office_roles | self.agency_roles)
            draft = self.env[model].with_user(self.finance_officer).create(vals)
            self._assert_writes(draft, {"text": "Sửa"}, self.agency_roles)
            self._assert_unlinks(draft, self.agency_roles)

    def test_settings(self):
        """Regulation, limits, calendar, fields and types: the administrator alone."""
        for record, vals in (
            (self.regulation, {"name": "Quy chế"}),
            (self.regulation.policy_ids[0], {"note": "Ghi chú"}),
            (self.regulation.rule_ids[0], {"quote": "Trích"}),
            (self.env["task.calendar.day"].search([], limit=1), {"name": "Ngày nghỉ"}),
            (self.env["task.document.type"].search([], limit=1), {"name": "Loại"}),
            (self.farming, {"name": "Lĩnh vực"}),
        ):
            self._assert_writes(record, vals, {"administrator"})

    def test_authorisation(self):
        """Authorisations are recorded by the Office's manager and the administrator,
        never by who is authorised."""
        self._assert_creates(
            "task.authorisation",
            {
                "user_id": self.deputy.id,
                "number": "02/UQ",
                "signed_on": "2026-04-01",
                "date_from": "2026-04-01",
            },
            {"manager", "administrator"},
        )

    def test_agency_of_a_contact(self):
        """Who is an agency, of which field and under whom is the administrator's: it
        decides who reads what. Keeping contacts is not enough."""
        keepers = self.env.ref("base.group_partner_manager")
        for user in self.roles.values():
            user.group_ids = [Command.link(keepers.id)]
        self._assert_writes(self.building, {"phone": "0258"}, set(self.roles))
        for vals in (
            {"parent_id": self.finance.id},
            {"task_field_ids": [Command.link(self.farming.id)]},
            {"is_agency": False},
        ):
            self._assert_writes(self.building, vals, {"administrator"})
