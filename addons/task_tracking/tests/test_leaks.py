# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .rights_common import RightsCase

NEEDLE = "Quyhoachbimat"


class LeakCase(RightsCase):
    """One directive of the building department only, and who must not learn of it."""

    def setUp(self):
        super().setUp()
        self._move_to("2026-04-01 02:00:00")
        self.mine = self._shared_task()
        self.document = self._document(
            [self._task_vals(lead=self.building, name=f"{NEEDLE} nhiệm vụ")],
            abstract=f"{NEEDLE} trích yếu",
            number="77",
            notation=NEEDLE,
        )
        self.document.action_release()
        self.hidden = self.document.sudo().assignment_ids
        self.outsider = self.finance_head

    def _as_outsider(self, model):
        return self.env[model].with_user(self.outsider)


@tagged("post_install", "-at_install")
class TestLeaks(LeakCase):
    """“What a user may not see must not leak”: channel by channel."""

    def test_search(self):
        """Not by searching for its words, ids, or through relations."""
        for model, domain in (
            ("task.document", [("abstract", "ilike", NEEDLE)]),
            ("task.document", [("id", "=", self.document.id)]),
            ("task.document", [("task_ids.name", "ilike", NEEDLE)]),
            ("task.task", [("name", "ilike", NEEDLE)]),
            ("task.task", [("document_id.abstract", "ilike", NEEDLE)]),
            ("task.assignment", [("task_id.name", "ilike", NEEDLE)]),
            ("task.assignment", [("agency_id", "=", self.building.id)]),
            ("task.fact", [("assignment_id", "=", self.hidden.id)]),
            (
                "task.assignment.span",
                [("assignment_id.agency_id", "=", self.building.id)],
            ),
            ("task.clock", [("res_id", "=", self.document.id)]),
        ):
            found = self._as_outsider(model).search(domain)
            self.assertFalse(found, (model, domain))
            self.assertFalse(self._as_outsider(model).search_count(domain))

    def test_name_lookup(self):
        """Not by looking up names."""
        for model in ("task.document", "task.task", "task.assignment"):
            self.assertFalse(self._as_outsider(model).name_search(NEEDLE), model)
            self.assertFalse(
                self._as_outsider(model).web_name_search(NEEDLE, {"display_name": {}})
            )

    def test_read(self):
        """Not by reading ids one guesses, fields or display names."""
        for record in (
            self.document,
            self.document.task_ids,
            self.hidden,
            self.hidden.fact_ids,
            self.hidden.span_ids,
        ):
            for names in (["display_name"], None):
                with self.assertRaises(AccessError):
                    record.with_user(self.outsider).read(names)
            with self.assertRaises(AccessError):
                record.with_user(self.outsider).web_read({"display_name": {}})

    def test_forms_being_filled_in(self):
        """Not by a form filled in about a task one does not read, named by the form or
        by a default of the context."""
        for model in (
            "task.result",
            "task.extension",
            "task.return",
            "task.progress",
            "task.discrepancy",
        ):
            records = self._as_outsider(model)
            given = {"assignment_id": self.hidden.id}
            default = {"default_assignment_id": self.hidden.id}
            for names, values, changed, context in (
                (("agency_id", "assignment_id"), given, ["assignment_id"], {}),
                (("agency_id",), {}, [], default),
                (("agency_id", "assignment_id"), {}, [], default),
            ):
                spec = {name: {} for name in names}
                with (
                    self.subTest(model, names=names, context=context),
                    self.assertRaises(AccessError),
                ):
                    records.with_context(**context).onchange(values, changed, spec)
            own = {"assignment_id": self.mine.id}
            told = records.onchange(own, ["assignment_id"], {"display_name": {}})
            self.assertIn("value", told)

    def test_lists_in_forms_being_filled_in(self):
        """Nor by a list in the form (an order for several tasks), or by a directive."""
        company = self.env["res.company"].create({"name": "Khác"})
        self.manager.company_ids = [Command.link(company.id)]
        there = {"allowed_company_ids": company.ids}
        orders = self.env["task.order"].with_user(self.manager).with_context(**there)
        tasks = self.env["task.task"].with_user(self.manager).with_context(**there)
        for records, values in (
            (orders, {"assignment_ids": [Command.set(self.hidden.ids)]}),
            (orders, {"assignment_ids": [Command.link(self.hidden.id)]}),
            (tasks, {"document_id": self.document.id}),
        ):
            with self.assertRaises(AccessError):
                records.onchange(values, list(values), {"display_name": {}})

    def test_totals(self):
        """Not by totals: groups and sums count what one sees, no more."""
        for model, groupby in (
            ("task.assignment", "agency_id"),
            ("task.assignment", "document_id"),
            ("task.assignment", "is_overdue"),
            ("task.task", "document_id"),
            ("task.fact", "kind"),
        ):
            records = self._as_outsider(model)
            groups = records.formatted_read_group([], [groupby], ["__count"])
            self.assertEqual(
                sum(group["__count"] for group in groups),
                len(records.search([])),
                (model, groupby),
            )
            self.assertNotIn(NEEDLE, str(groups))
            self.assertNotIn(self.building.name, str(groups))

    def test_export(self):
        """Not by an export, straight or through relations."""
        self.outsider.group_ids = [
            Command.link(self.env.ref("base.group_allow_export").id)
        ]
        with self.assertRaises(AccessError):
            self.hidden.with_user(self.outsider).export_data(["task_id/name"])
        rows = (
            self._as_outsider("task.document")
            .search([])
            .export_data(["abstract", "task_ids/name", "assignment_ids/agency_id"])
        )
        self.assertTrue(rows["datas"])
        self.assertNotIn(NEEDLE, str(rows))

    def test_supports_of_others_by_path(self):
        """A support does not learn by a domain what it may not read of the lead."""
        assignments = self.env["task.assignment"].with_user(self.ward_head)
        own = self._support_of(self.mine)
        self.assertEqual(assignments.search([]), own)
        for domain in (
            [("task_id.assignment_ids.agency_id", "=", self.finance.id)],
            [
                ("task_id.assignment_ids.fact_ids.kind", "=", "released"),
                ("task_id.assignment_ids.agency_id", "=", self.finance.id),
            ],
            [("document_id.assignment_ids.role", "=", "lead")],
        ):
            self.assertFalse(assignments.search(domain), domain)

    def test_counts_on_contacts(self):
        """The counts on an agency's contact are those of what one sees."""
        for user, seen in (
            (self.building_head, 1),
            (self.outsider, 0),
            (self.manager, 1),
            (self.admin, 0),
            (self.nobody, 0),
        ):
            self.env.invalidate_all()
            self.assertEqual(
                self.building.with_user(user).task_open_count, seen, user.login
            )

    def test_desk(self):
        """The desk counts and lists only what one sees."""
        for user in (self.outsider, self.admin, self.nobody, self.cleared_only):
            sections = self.env["task.desk"].with_user(user).get_sections()
            self.assertNotIn(NEEDLE, str(sections), user.login)
        for user in (self.admin, self.nobody, self.cleared_only):
            self.assertFalse(self.env["task.desk"].with_user(user).get_sections())

    def test_drafts_of_other_agencies(self):
        """A draft does not show before it is submitted, not even to the Office."""
        draft = (
            self.env["task.result"]
            .with_user(self.building_officer)
            .create({"assignment_id": self.hidden.id, "text": f"{NEEDLE} dự thảo"})
        )
        for user in (self.specialist, self.manager, self.chairman, self.outsider):
            results = self.env["task.result"].with_user(user)
            self.assertFalse(results.search([("text", "ilike", NEEDLE)]))
            self.assertFalse(draft.with_user(user).has_access("read"))
            self.env.invalidate_all()
            if user != self.outsider:
                self.assertFalse(self.hidden.with_user(user).result_ids)


@tagged("post_install", "-at_install")
class TestChatterLeaks(LeakCase):
    """The Office's chatter, the assignments' chatter, their files and letters."""

    def _note(self, record=None, **kwargs):
        record = record or self.mine.document_id
        return record.with_user(self.specialist).message_post(
            body=f"{NEEDLE} ghi chú", message_type="comment", **kwargs
        )

    def test_office_chatter(self):
        """Agencies read the directive, not what the Office notes on it; leaders do."""
        note = self._note()
        self.assertEqual(self._readers(note), self.see_all)
        seen = self.mine.document_id.with_user(self.outsider)
        self.assertEqual(seen.abstract, "Về việc thử nghiệm")
        self.assertFalse(seen.message_ids)
        self.assertFalse(
            self._as_outsider("mail.message").search([("body", "ilike", NEEDLE)])
        )

    def test_office_chatter_by_domain(self):
        """Nor do they learn its words by searching directives through it."""
        self._note()
        self.assertFalse(
            self._as_outsider("task.document").search(
                [("message_ids.body", "ilike", NEEDLE)]
            )
        )

    def test_office_chatter_is_not_followed(self):
        """Agencies do not follow a directive: nothing noted on it is sent to them."""
        document = self.mine.document_id
        document.with_user(self.outsider).message_subscribe(
            self.outsider.partner_id.ids
        )
        note = self._note(subtype_xmlid="mail.mt_comment")
        self.assertNotIn(self.outsider.partner_id, note.notified_partner_ids)
        self.assertNotIn(self.outsider.partner_id, document.message_partner_ids)

    def test_office_chatter_is_not_written(self):
        """Agencies do not post in the Office's chatter."""
        with self.assertRaises(AccessError):
            self.mine.document_id.with_user(self.outsider).message_post(body="Chen vào")

    def test_files_of_office_chatter(self):
        """Files put into the Office's chatter are not the directive's files: agencies
        read them neither by id nor by searching."""
        document = self.mine.document_id
        document.attachment_ids = [
            Command.create({"name": "chi-thi.pdf", "raw": b"chi thi"})
        ]
        note = self._note(attachments=[(f"{NEEDLE}.txt", b"noi bo")])
        file, own = note.attachment_ids, document.attachment_ids
        self.assertEqual((file.res_model, file.res_id), (document._name, document.id))
        self.assertFalse(file.with_user(self.outsider).has_access("read"))
        self.assertTrue(own.with_user(self.outsider).has_access("read"))
        files = self._as_outsider("ir.attachment")
        for domain in (
            [("res_model", "=", document._name), ("res_id", "=", document.id)],
            [("res_model", "=", document._name)],
            [("id", "in", (file | own).ids)],
        ):
            self.assertEqual(files.search(domain), own, domain)
        self.assertEqual(
            document.with_user(self.specialist2)
            .env["ir.attachment"]
            .search([("res_model", "=", document._name), ("res_id", "=", document.id)]),
            own | file,
        )

    def test_chatter_of_assignment(self):
        """The chatter of an assignment is read by who sees the assignment."""
        note = self._note(self.mine)
        self.assertEqual(self._readers(note), self._readers(self.mine))

    def test_files_of_assignment(self):
        """Files of entries, results and chatter: by who sees the assignment."""
        note = self._note(self.mine, attachments=[("a.txt", b"a")])
        result = self._hand_in(
            self.mine, attachment_ids=[Command.create({"name": "b.txt", "raw": b"b"})]
        )
        for file in note.attachment_ids | result.attachment_ids:
            self.assertEqual(self._readers(file), self._readers(self.mine))

    def test_files_of_drafts(self):
        """Files of a draft are the agency's alone."""
        draft = (
            self.env["task.result"]
            .with_user(self.finance_officer)
            .create(
                {
                    "assignment_id": self.mine.id,
                    "text": "Dự thảo",
                    "attachment_ids": [Command.create({"name": "b.txt", "raw": b"b"})],
                }
            )
        )
        self.assertEqual(self._readers(draft.attachment_ids), self.agency_roles)

    def test_letters_follow_the_rights(self):
        """A follower who may not see the assignment any more gets no letter."""
        self.mine.with_user(self.finance_officer).message_subscribe(
            self.finance_officer.partner_id.ids
        )
        self.assertIn(self.finance_officer.partner_id, self.mine.message_partner_ids)
        note = self._note(self.mine, subtype_xmlid="mail.mt_comment")
        self.assertIn(self.finance_officer.partner_id, note.notified_partner_ids)
        self.finance_officer.task_agency_id = self.building
        self.env.invalidate_all()
        note = self._note(self.mine, subtype_xmlid="mail.mt_comment")
        self.assertNotIn(self.finance_officer.partner_id, note.notified_partner_ids)

    def test_who_is_told(self):
        """A result is told to who follows, its answer to the agency: to nobody else."""
        last = self.env["mail.message"].search([], order="id desc", limit=1).id
        result = self._hand_in(self.mine, text=NEEDLE)
        answer = result.with_user(self.specialist)
        answer.answer = "Chưa đạt"
        answer.action_refuse()
        told = self.env["mail.notification"].search([("mail_message_id", ">", last)])
        self.assertEqual(
            told.res_partner_id,
            (self.specialist | self.finance.task_user_ids).partner_id,
        )

    def test_release_tells_the_agencies_of_the_task(self):
        """The release is told to the agencies it names, and to no other."""
        last = self.env["mail.message"].search([], order="id desc", limit=1).id
        self._released(lead=self.ward)
        told = self.env["mail.notification"].search([("mail_message_id", ">", last)])
        self.assertEqual(told.res_partner_id, self.ward.task_user_ids.partner_id)


@tagged("post_install", "-at_install")
class TestLeaksOverHttp(HttpCase, LeakCase):
    """Files by their address, pages by their route."""

    def test_files(self):
        """Neither a draft's file nor the Office's nor another agency's is served."""
        note = self.mine.document_id.with_user(self.specialist).message_post(
            body="Ghi chú", attachments=[("noi-bo.txt", b"noi bo")]
        )
        result = self._hand_in(
            self.hidden,
            user=self.building_head,
            attachment_ids=[Command.create({"name": "b.txt", "raw": b"b"})],
        )
        self.authenticate("t_finance_head", "t_finance_head")
        for file in note.attachment_ids | result.attachment_ids:
            with mute_logger("odoo.http"):
                answer = self.url_open(f"/web/content/{file.id}?download=true")
            self.assertEqual(answer.status_code, 404)

    def test_messages(self):
        """The route of the chatter gives an agency nothing of the Office's."""
        self.mine.document_id.with_user(self.specialist).message_post(body=NEEDLE)
        self.authenticate("t_finance_head", "t_finance_head")
        with mute_logger("odoo.http"):
            answer = self.make_jsonrpc_request(
                "/mail/thread/messages",
                {
                    "thread_model": "task.document",
                    "thread_id": self.mine.document_id.id,
                },
            )
        self.assertFalse(answer["messages"])
        self.assertNotIn(NEEDLE, str(answer))
