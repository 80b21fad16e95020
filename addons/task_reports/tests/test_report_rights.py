# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .report_rights_common import MODEL, OWN_WORDS, ReportRightsCase


@tagged("post_install", "-at_install")
class TestReportRights(ReportRightsCase):
    """DOMAIN.md section 5 on periods and reports, tried as RPC by every role."""

    # -- who sees ----------------------------------------------------------------------
    def _assert_seen_by(self, record, roles):
        self.assertEqual(self._readers(record), roles, record)
        self.assertEqual(self._finders(record), roles, record)

    def test_an_agencys_report(self):
        """Its own officers and head, the agency it is a unit of, the Office and the
        leaders; not the support, the sector body nor another agency."""
        roles = self.see_all | self.agency_roles | {"upper head"}
        for report in (self.mine, self.sent):
            self._assert_seen_by(report, roles)
            self._assert_seen_by(self.sent.reason_ids, roles)

    def test_the_offices_report(self):
        """The Office and the leaders; once published, every agency too."""
        for report in (self.office_draft, self.office_sent):
            self._assert_seen_by(report, self.see_all)
        self.office_sent.with_user(self.chairman).action_publish()
        self._assert_seen_by(self.office_sent, self._published_readers())
        self.office_sent.with_user(self.manager).action_unpublish()
        self._assert_seen_by(self.office_sent, self.see_all)

    def _published_readers(self):
        agencies = {"upper head", "support", "sector", "other head"}
        return self.see_all | self.agency_roles | agencies

    def test_frozen_texts(self):
        """Nobody reads the chain itself, not even the administrator."""
        snapshot = self.sent.sudo().snapshot_id
        for user in self.roles.values():
            for record in (snapshot, snapshot.part_ids[:1]):
                with self.assertRaises(AccessError):
                    self._rpc(user, record._name, "search_read", [], ["id"])
                with self.assertRaises(AccessError):
                    self._rpc(user, record._name, "read", record.ids, ["id"])
            with self.assertRaises(AccessError):
                self._rpc(user, MODEL, "read", self.sent.ids, ["snapshot_id"])

    def test_period(self):
        """An agency sees a period once it is opened, and counts its own reports."""
        draft = self.env["task.report.period"].create(
            {"date_from": "2026-03-20", "date_to": "2026-04-01", "title": "Dự kiến"}
        )
        self._assert_seen_by(draft, self.see_all)
        opened = self.sent.period_id
        self._assert_seen_by(opened, self._published_readers())
        seen = opened.with_user(self.building_head)
        self.assertEqual((seen.expected_count, seen.sent_count), (1, 0))
        self.assertEqual(seen.report_ids.agency_id, self.building)

    # -- every way of asking -----------------------------------------------------------
    def test_nothing_by_other_ways(self):
        """Search on its words, name lookup, totals, export: for another agency there is
        no such report."""
        reports = self.mine | self.sent
        exports = self.env.ref("base.group_allow_export")
        for user in (self.building_head, self.ward_head, self.agriculture_head):
            user.group_ids |= exports
            for domain in (
                [("causes", "ilike", OWN_WORDS)],
                [("agency_id", "=", self.finance.id)],
                [("reason_ids.reason", "ilike", OWN_WORDS)],
                [("attachment_ids.name", "ilike", "riêng")],
                [("id", "in", reports.ids)],
            ):
                self.assertFalse(self._rpc(user, MODEL, "search", domain), domain)
            found = self._rpc(user, MODEL, "name_search", self.finance.name)
            self.assertFalse({id_ for id_, _name in found} & set(reports.ids))
            groups = self._rpc(
                user, MODEL, "formatted_read_group", [], ["agency_id"], ["__count"]
            )
            self.assertNotIn(
                self.finance.id,
                [one["agency_id"] and one["agency_id"][0] for one in groups],
            )
            for method, *more in (
                ("export_data", ["causes"]),
                ("read", ["causes"]),
                ("web_read", {"causes": {}}),
                ("get_time_limits",),
                ("action_open_line", "total"),
            ):
                with self.assertRaises(AccessError):
                    self._rpc(user, MODEL, method, self.sent.ids, *more)
            clocks = self._rpc(
                user, "task.clock", "search", [("res_model", "=", MODEL)]
            )
            told = self.env["task.clock"].sudo().browse(clocks)
            self.assertFalse(set(told.mapped("res_id")) & set(reports.ids))

    def test_nothing_through_the_period(self):
        """A period is open to all agencies: its reports are not searched through it."""
        for field in ("causes", "digest", "reason_ids.reason", "submitted_by_id.name"):
            domain = [(f"report_ids.{field}", "!=", False)]
            found = self._rpc(
                self.building_head, "task.report.period", "search", domain
            )
            self.assertFalse(found, field)

    def test_published_tells_no_other_agencys_tasks(self):
        """Another agency reads the published figures, not the others' tasks, texts,
        explanations, reports or files."""
        self.office_sent.with_user(self.chairman).action_publish()
        user = self.building_head
        seen = self.office_sent.with_user(user)
        sheet = seen._sheet()
        self.assertEqual(sheet.figures.count("total"), 1)
        self.assertFalse(list(sheet.rows()))
        self.assertFalse(sheet.agency_texts or sheet.outside or sheet.received)
        self.assertFalse(seen.received_ids - self._theirs(user))
        self.assertFalse(seen.reason_ids or seen.attachment_ids)
        values = self._rpc(user, MODEL, "read", seen.ids, [])[0]
        self.assertNotIn(OWN_WORDS, str(values))
        self.assertNotIn(self.lead.task_id.name, str(values))
        action = self._rpc(user, MODEL, "action_open_line", seen.ids, "total")
        self.assertEqual(action["domain"], [("id", "in", [])])
        self.assertNotIn("message_ids", seen._fields)

    def _theirs(self, user):
        return self.env[MODEL].search([("agency_id", "=", user.task_agency_id.id)])

    def test_published_to_its_own_agency(self):
        """The finance department finds its own task in the list."""
        self.office_sent.with_user(self.chairman).action_publish()
        for user in (self.finance_head, self.upper_head):
            rows = list(self.office_sent.with_user(user)._sheet().rows())
            self.assertEqual([row.agency_id for row in rows], [self.finance.id])

    def test_file_of_a_report(self):
        """Who reads the report reads its files, nobody else."""
        self.assertEqual(self._readers(self.file), self._readers(self.sent))

    # -- who writes --------------------------------------------------------------------
    def test_who_drafts(self):
        """The agency its own draft, the Office its own; nobody what was sent."""
        for report, roles in (
            (self.mine, self.agency_roles),
            (self.office_draft, self.office_roles),
        ):

            def attempt(user, report=report):
                self._rpc(user, MODEL, "write", report.ids, {"causes": "khác"})

            self.assertEqual(self._who_can(attempt), roles)

        def change(user):
            self._rpc(user, MODEL, "write", self.sent.ids, {"causes": "khác"})

        self.assertEqual(self._who_can(change, UserError), set())

    def test_who_explains(self):
        """The reasons are the agency's words, until it has sent them."""
        self.mine.with_user(self.finance_officer).action_prepare()
        lines = self.mine.reason_ids
        self.assertTrue(lines)

        def attempt(user):
            self._rpc(user, lines._name, "write", lines.ids, {"reason": "khác"})

        self.assertEqual(self._who_can(attempt), self.agency_roles)
        sent = self.sent.reason_ids

        def change(user):
            self._rpc(user, sent._name, "write", sent.ids, {"reason": "khác"})

        self.assertEqual(self._who_can(change, UserError), set())

    def test_who_does_what(self):
        """Signing off: the head or an authorised officer, for the Office a manager;
        correcting: who writes it; publishing: a manager or a leader."""
        self.mine.with_user(self.finance_head).action_prepare()
        self.mine.reason_ids.reason = "Lý do"
        signers = {"head", "officer authorised"}
        publishers = {"manager"} | self.leader_roles
        for report, method, roles, *more in (
            (self.mine, "action_submit", signers),
            (self.office_draft, "action_submit", {"manager"}),
            (self.sent, "action_correct", self.agency_roles, "Nhầm"),
            (self.office_sent, "action_correct", self.office_roles, "Nhầm"),
            (self.office_sent, "action_publish", publishers),
        ):

            def attempt(user, report=report, method=method, more=more):
                self._rpc(user, MODEL, method, report.ids, *more)

            self.assertEqual(self._who_can(attempt), roles, (report, method))
        self.office_sent.with_user(self.manager).action_publish()

        def take_back(user):
            self._rpc(user, MODEL, "action_unpublish", self.office_sent.ids)

        self.assertEqual(self._who_can(take_back), publishers)

    def test_a_nil_report_of_another_agency(self):
        """No click sends another agency's report."""
        empty = self._of(self.mine.period_id, self.building)

        def attempt(user):
            self._rpc(user, MODEL, "action_submit_nil", empty.ids)

        self.assertEqual(self._who_can(attempt), {"other head"})

    def test_an_agencys_report_is_not_published(self):
        """Only the Office's reports are published, whoever asks."""

        def attempt(user):
            self._rpc(user, MODEL, "action_publish", self.sent.ids)

        self.assertEqual(self._who_can(attempt, UserError), set())

    # -- another level -----------------------------------------------------------------
    def test_another_company(self):
        """Whoever is of another company sees and does nothing here."""
        company = self.env["res.company"].create({"name": "Sở khác"})
        stranger = self._user("stranger", "group_office_manager", self.office)
        stranger.write(
            {"company_ids": [Command.set(company.ids)], "company_id": company.id}
        )
        context = {"allowed_company_ids": company.ids}
        self.office_sent.with_user(self.chairman).action_publish()
        for record in (self.sent, self.office_sent, self.sent.period_id):
            found = self._rpc(stranger, record._name, "search", [], context=context)
            self.assertNotIn(record.id, found)
            with self.assertRaises(AccessError):
                self._rpc(stranger, record._name, "read", record.ids, context=context)
        for method, *more in (
            ("action_submit",),
            ("action_publish",),
            ("action_unpublish",),
            ("action_correct", "Nhầm"),
            ("action_prepare",),
        ):
            with self.assertRaises(AccessError):
                self._rpc(
                    stranger,
                    MODEL,
                    method,
                    self.office_sent.ids,
                    *more,
                    context=context,
                )
