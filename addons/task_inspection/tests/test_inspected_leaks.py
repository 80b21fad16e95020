# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .rights_common import NEEDLE, InspectionRightsCase

#: Model → its fields of words.
WORDS = {
    "task.inspection.finding": "text",
    "task.inspection.text": "body",
    "task.inspection.paper": "abstract",
    "task.inspection.item": "name",
}


@tagged("post_install", "-at_install")
class TestInspectedLeaks(InspectionRightsCase):
    """What the inspected agency must not learn, channel by channel."""

    def setUp(self):
        super().setUp()
        self._work()
        self.inspected.group_ids += self.env.ref("base.group_allow_export")
        self.hidden = (
            self.finding,
            self.other_finding,
            self.minutes,
            self.other_minutes,
            self.item,
            self.other,
            self.recommendation,
            *self.conclusion_texts,
            *self.reports,
            self.note,
        )

    def test_read(self):
        """It reads the head, its own place and the papers issued for it; not drafts,
        findings, the conclusion, notes, or what concerns another agency."""
        for user in (self.inspected, self.finance_officer):
            self._assert_reads_none(user, *self.hidden)
            told = self.inspection.paper_ids.filtered(
                lambda one: (
                    one.state == "issued"
                    and one.subject_id in (self.own, self.own.browse())
                )
            )
            self.assertEqual(set(told.mapped("kind")), {"decision", "request"})
            self._assert_reads(user, self.inspection, self.own, *told)

    def test_instruction(self):
        """What the leader instructed before a team was set up is not for it to read;
        the instruction that takes the place of a decision is."""
        draft = self._inspection(self.finance)
        self._paper(draft, "decision")
        paper = self._paper(draft, "instruction", abstract=f"{NEEDLE} chỉ đạo")
        draft.with_user(self.chairman).action_issue()
        self.assertEqual(paper.state, "issued")
        self._assert_reads_none(self.inspected, paper, *paper.attachment_ids)
        draft.sudo().has_team = False
        self._assert_reads(self.inspected, paper)

    def test_before_issue(self):
        """Before the decision it learns nothing of being inspected."""
        draft = self._inspection(name=f"{NEEDLE} đột xuất")
        self._assert_reads_none(self.inspected, draft, *draft.subject_ids)
        found = self._rpc(self.inspected, "task.inspection", "name_search", NEEDLE)
        self.assertFalse(found)

    def test_by_domains(self):
        """No domain through the inspection tells a word."""
        for path in (
            "finding_ids.text",
            "text_ids.body",
            "conclusion_text_ids.body",
            "paper_ids.abstract",
            "minutes_ids.abstract",
            "item_ids.name",
            "message_ids.body",
            "subject_ids.finding_ids.text",
            "subject_ids.paper_ids.abstract",
            "paper_ids.attachment_ids.name",
            "finding_ids.attachment_ids.name",
            "item_ids.attachment_ids.name",
        ):
            domain = [(path, "ilike", NEEDLE)]
            for method in ("search", "search_count"):
                told = self._rpc(self.inspected, "task.inspection", method, domain)
                self.assertFalse(told, path)
            self.assertTrue(
                self._rpc(self.manager, "task.inspection", "search", domain), path
            )
        domain = [("finding_ids", "any", [("text", "ilike", NEEDLE)])]
        self.assertFalse(self._rpc(self.inspected, "task.inspection", "search", domain))
        for name in ("finding_ids", "minutes_ids", "item_ids", "recommendation_ids"):
            parts = self.inspection[name].ids
            for operator, value in (
                ("!=", False),
                ("in", parts),
                ("in", [False, *parts]),
                ("not in", [False]),
            ):
                with self.subTest(name, operator=operator, value=value):
                    domain = [(name, operator, value), ("id", "=", self.inspection.id)]
                    count = self._rpc(
                        self.inspected, "task.inspection", "search_count", domain
                    )
                    self.assertEqual(count, int(value == [False, *parts]))
                    self.assertTrue(
                        self._rpc(self.manager, "task.inspection", "search", domain)
                    )
            none = [(name, "=", False), ("id", "=", self.inspection.id)]
            self.assertTrue(
                self._rpc(self.inspected, "task.inspection", "search", none)
            )
            self.assertFalse(self._rpc(self.manager, "task.inspection", "search", none))
        domain = [("finding_ids", "any!", [("text", "ilike", NEEDLE)])]
        with self.assertRaises(ValueError):
            self._rpc(self.inspected, "task.inspection", "search", domain)

    def test_by_models(self):
        """Nor a search, a lookup, a total or an export of the parts themselves."""
        for model, name in WORDS.items():
            domain = [(name, "ilike", NEEDLE)]
            self.assertFalse(self._rpc(self.inspected, model, "search", domain), model)
            self.assertFalse(self._rpc(self.inspected, model, "name_search", NEEDLE))
            groups = self._rpc(
                self.inspected,
                model,
                "formatted_read_group",
                domain,
                ["inspection_id"],
                ["__count"],
            )
            self.assertFalse(groups, model)
        for record in self.hidden:
            with self.assertRaises(AccessError):
                self._rpc(
                    self.inspected, record._name, "read", record.ids, ["display_name"]
                )
            with self.assertRaises(AccessError):
                self._rpc(
                    self.inspected,
                    record._name,
                    "export_data",
                    record.ids,
                    ["display_name"],
                )

    def test_all_it_reads(self):
        """Whatever it reads of the inspection and its place holds no such word, neither
        as values nor as exported."""
        for record in (self.inspection, self.own, *self.inspection.member_ids):
            names = list(self._rpc(self.inspected, record._name, "fields_get"))
            told = self._rpc(self.inspected, record._name, "read", record.ids, names)
            self.assertNotIn(NEEDLE, str(told))
        told = self._rpc(
            self.inspected,
            "task.inspection",
            "export_data",
            self.inspection.ids,
            [
                "finding_ids/text",
                "text_ids/body",
                "paper_ids/abstract",
                "item_ids/name",
                "subject_ids/agency_id",
                "message_ids/body",
            ],
        )
        self.assertNotIn(NEEDLE, str(told))
        self.assertNotIn(self.ward.name, str(told))

    def test_reasons(self):
        """Why it was cancelled, or closed incomplete, is said among those who made
        it."""
        inspections = "task.inspection"
        self.inspection.with_user(self.chairman).action_cancel(f"{NEEDLE} lý do")
        names = ["cancel_words", "close_words"]
        ids = self.inspection.ids
        [told] = self._rpc(self.inspected, inspections, "read", ids, names)
        self.assertFalse(told["cancel_words"])
        [told] = self._rpc(self.specialist, inspections, "read", ids, names)
        self.assertIn(NEEDLE, told["cancel_words"])
        for user in (self.inspected, self.specialist):
            with self.assertRaises(AccessError):
                self._rpc(user, inspections, "read", ids, ["cancel_reason"])
            with self.assertRaises(AccessError):
                domain = [("cancel_reason", "ilike", NEEDLE)]
                self._rpc(user, inspections, "search", domain)

    def test_time_limits(self):
        """The team's limit is the team's: "why this date?" tells it to a member, and
        the inspected agency neither the clock nor that it is late."""
        self.inspection.with_user(self.manager).action_end()
        self._move_to("2026-06-01 02:00:00")
        ids, inspections = self.inspection.ids, "task.inspection"
        late = [("is_conclusion_late", "=", True)]
        for user, count in ((self.inspected, 0), (self.member, 1), (self.chairman, 1)):
            told = self._rpc(user, inspections, "get_time_limits", ids)
            self.assertEqual(len(told), count, user.login)
            clocks = self._rpc(user, "task.clock", "search", [("res_id", "in", ids)])
            of_it = self.env["task.clock"].browse(clocks)
            of_it = of_it.filtered(lambda one: one.res_model == inspections)
            self.assertEqual(len(of_it), count, user.login)
            [told] = self._rpc(user, inspections, "read", ids, ["conclusion_due_on"])
            self.assertEqual(bool(told["conclusion_due_on"]), bool(count), user.login)
            found = self._rpc(user, inspections, "search", late)
            self.assertEqual(len(found), count, user.login)

    def test_chatter(self):
        """It reads no notes, writes none and follows nothing."""
        seen = self.inspection.with_user(self.inspected)
        with self.assertRaises(AccessError):
            seen.message_post(body="Chen vào")
        seen.message_subscribe(self.inspected.partner_id.ids)
        self.assertNotIn(
            self.inspected.partner_id, self.inspection.sudo().message_partner_ids
        )
        found = self._rpc(
            self.inspected, "mail.message", "search", [("body", "ilike", NEEDLE)]
        )
        self.assertFalse(found)

    def test_files(self):
        """Files of notes, findings, drafts and the dossier: neither by their id nor by
        searching."""
        files = (
            self.note.sudo().attachment_ids
            | self.finding.attachment_ids
            | self.minutes.attachment_ids
            | self.item.attachment_ids
        )
        self.assertEqual(len(files), 4)
        self._assert_reads_none(self.inspected, *files)
        self._assert_reads(self.member, *files)
        for domain in (
            [("res_model", "=", "task.inspection")],
            [
                ("res_model", "=", "task.inspection"),
                ("res_id", "=", self.inspection.id),
            ],
            [("name", "ilike", NEEDLE)],
            [("id", "in", files.ids)],
            [("res_model", "=", "task.inspection.item")],
        ):
            found = self._rpc(self.inspected, "ir.attachment", "search", domain)
            self.assertFalse(set(found) & set(files.ids), domain)
            with self.assertRaises(AccessError):
                self._rpc(self.inspected, "ir.attachment", "read", files.ids, ["datas"])

    def test_words_of_a_finding(self):
        """A recommendation that stands on a finding at another agency does not tell
        its words to the agency that carries it out."""
        self._conclude()
        with self.assertRaises(AccessError):
            self._rpc(
                self.inspected,
                "task.inspection.recommendation",
                "read",
                self.recommendation.ids,
                ["finding_id", "text"],
            )

    def test_after_the_notice(self):
        """With the notice it reads its own findings; still not the others', nor the
        conclusion, which goes to whom the text names."""
        self._conclude()
        self._assert_reads(self.inspected, self.finding)
        self._assert_reads_none(
            self.inspected,
            self.other_finding,
            self.conclusion,
            self.item,
            *self.conclusion_texts,
            *self.conclusion.attachment_ids,
        )

    def test_named_in_a_draft(self):
        """Nobody learns the name of a directive, a line of a plan or a finding by
        naming its id in a draft of one's own."""
        hidden = self._document(abstract=f"{NEEDLE} chỉ đạo")
        plan = self.env["task.inspection.plan"].with_user(self.specialist)
        plan = plan.create(
            {
                "name": f"{NEEDLE} kế hoạch",
                "date_from": "2026-04-01",
                "date_to": "2026-12-31",
                "line_ids": [
                    Command.create(
                        {
                            "agency_id": self.ward.id,
                            "date_from": "2026-05-04",
                            "date_to": "2026-05-08",
                        }
                    )
                ],
            }
        )
        base = {"name": "Tự kiểm tra", "inspecting_agency_id": self.finance.id}
        inspections = "task.inspection"
        [draft] = self._rpc(self.inspected, inspections, "create", [base])
        for named in (
            {"document_ids": [Command.set(hidden.ids)]},
            {"document_ids": [Command.link(hidden.id)]},
            {"plan_line_id": plan.line_ids.id},
            {"finding_ids": [Command.link(self.other_finding.id)]},
        ):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self._rpc(self.inspected, inspections, "create", [{**base, **named}])
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self._rpc(self.inspected, inspections, "write", [draft], named)

    def test_writes(self):
        """It changes nothing of the inspection, and creates nothing in it."""
        for record, vals in (
            (self.inspection, {"name": "Khác"}),
            (self.own, {"visit_from": "2026-05-01"}),
            (self.own, {"report_due_on": "2027-01-01"}),
            (self.inspection.member_ids[0], {"duty": "Khác"}),
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                self._rpc(self.inspected, record._name, "write", record.ids, vals)
        base = {"inspection_id": self.inspection.id, "subject_id": self.own.id}
        for model, vals in (
            ("task.inspection.finding", {**base, "text": "x"}),
            ("task.inspection.paper", {**base, "kind": "minutes"}),
            (
                "task.inspection.recommendation",
                {**base, "agency_id": self.ward.id, "text": "x"},
            ),
        ):
            vals = {key: vals[key] for key in vals if key in self.env[model]._fields}
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self._rpc(self.inspected, model, "create", [vals])


@tagged("post_install", "-at_install")
class TestFilesByAddress(InspectionRightsCase, HttpCase):
    """Files by their address."""

    def test_letters(self):
        """A paper is printed for who reads it: the decision for nobody of an agency
        before it is issued, minutes that are a draft for the team alone."""
        decision = self.inspection.paper_ids

        def status(user, paper):
            self.authenticate(user.login, user.login)
            path = f"/task/letter/{paper._name}/{paper.id}.docx"
            with mute_logger("odoo.http"):
                return self.url_open(path).status_code

        self.assertEqual(status(self.chairman, decision), 200)
        for user in (self.inspected, self.member):
            self.assertEqual(status(user, decision), 404)
        self._work()
        for user in (self.inspected, self.member):
            self.assertEqual(status(user, decision), 200)
        self.assertEqual(status(self.member, self.minutes), 200)
        self.assertEqual(status(self.inspected, self.minutes), 404)

    def test_by_address(self):
        """A member opens them; the inspected agency and a stranger find nothing."""
        self._work()
        files = (
            self.note.sudo().attachment_ids
            | self.finding.attachment_ids
            | self.minutes.attachment_ids
            | self.item.attachment_ids
        )
        for user, status in (
            (self.member, 200),
            (self.inspected, 404),
            (self.branch_officer, 404),
            (self.admin, 404),
        ):
            self.authenticate(user.login, user.login)
            for file in files:
                with mute_logger("odoo.http"):
                    answer = self.url_open(f"/web/content/{file.id}?download=true")
                self.assertEqual(answer.status_code, status, (user.login, file.name))
