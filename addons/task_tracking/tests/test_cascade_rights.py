# SPDX-License-Identifier: LGPL-3.0-or-later
import json

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .cascade_common import CascadeCase

#: Words of the province's records that no text of the department repeats.
NEEDLE = "Canhbaobimat"


@tagged("post_install", "-at_install")
class TestCascadeLeaks(CascadeCase):
    """Neither level reads the other's records, by any channel, tried as a client."""

    def setUp(self):
        super().setUp()
        self.above = self._from_above()
        self.task = self._below(self.above, self.d_manager)
        self.inner = self._assign_on(self.task, self.branch)
        self._as(self.d_manager, self.task).name = f"{NEEDLE} việc của Sở"
        self.above.task_id.sudo().follow_up = f"{NEEDLE} của tỉnh"
        self.result = self._hand_in(
            self._released(lead=self.finance), text=f"{NEEDLE} kết quả"
        )
        self._send(
            self._below(self.above), "progress", user=self.d_manager, text="Đang làm"
        )
        self.province = [
            self.above,
            self.above.task_id,
            self.above.document_id,
            self.above.fact_ids,
            self.above.span_ids,
            self.above.progress_ids,
            self.above.document_id.clock_ids,
            self.result,
        ]
        self.inside = [
            self.inner,
            self.task,
            self.task.document_id,
            self.inner.fact_ids,
            self.inner.span_ids,
            self.task.sudo().upward_ids,
        ]
        self.department_users = (
            self.d_manager | self.d_specialist | self.director | self.d_branch
        )
        self.province_users = self.manager | self.specialist | self.chairman
        self.province_users |= self.agriculture_head
        # exporting is a right of its own; here it must not be what protects
        export = self.env.ref("base.group_allow_export")
        for user in self.department_users | self.province_users:
            user.group_ids |= export

    def _each(self):
        """(user, records of the other level), for every user of both."""
        for users, records in (
            (self.department_users, self.province),
            (self.province_users, self.inside),
        ):
            for user in users:
                for one in records:
                    self.assertTrue(one, "there is something to read")
                    yield user, one.sudo()

    def test_by_id(self):
        """Not by id, whatever companies the client says are allowed."""
        companies = (self.company | self.department).ids
        for user, records in self._each():
            with self.subTest(user=user.login, model=records._name):
                for method, names, context in (
                    ("read", ["display_name"], {"allowed_company_ids": companies}),
                    ("web_read", {"display_name": {}}, {}),
                    ("export_data", ["display_name"], {}),
                ):
                    with self.assertRaises(AccessError):
                        self._rpc(
                            user,
                            records._name,
                            method,
                            records.ids,
                            names,
                            context=context,
                        )

    def test_by_search(self):
        """Not by search, name lookup, totals."""
        for user, records in self._each():
            with self.subTest(user=user.login, model=records._name):
                records_of = self._as(user, self.env[records._name])
                if not records_of.has_access("read"):
                    continue
                domain = [("id", "in", records.ids)]
                name = records._name
                self.assertFalse(self._rpc(user, name, "search", domain))
                self.assertEqual(self._rpc(user, name, "search_count", domain), 0)
                self.assertFalse(
                    self._rpc(user, name, "name_search", "", domain=domain)
                )
                self.assertFalse(
                    self._rpc(
                        user,
                        name,
                        "formatted_read_group",
                        domain,
                        ["create_uid"],
                        ["__count"],
                    )
                )
                found = self._rpc(
                    user, name, "web_search_read", domain, {"display_name": {}}
                )
                self.assertEqual(found["length"], 0)

    def test_links_are_closed(self):
        """The ids that link two levels are read, searched, grouped, written by
        nobody but the server."""
        links = {
            "task.task": ("parent_assignment_id", self.task),
            "task.document": ("parent_document_id", self.task.document_id),
            "task.upward": ("above_id", self.task.sudo().upward_ids),
        }
        for model, (name, record) in links.items():
            for user in (
                self.d_manager | self.director | self.env.ref("base.user_admin")
            ):
                with self.subTest(model=model, user=user.login):
                    self.assertNotIn(name, self._rpc(user, model, "fields_get"))
                    for method, *args in (
                        ("read", record.ids, [name]),
                        ("web_read", record.ids, {name: {}}),
                        ("export_data", record.ids, [f"{name}/id"]),
                        ("search", [(name, "=", 1)]),
                        ("search", [], 0, None, name),
                        ("formatted_read_group", [], [name], ["__count"]),
                        ("write", record.ids, {name: 1}),
                    ):
                        self._assert_closed(user, model, method, *args)

    def _assert_closed(self, user, model, method, *args):
        """The field is refused, or not known at all (as in an order)."""
        try:
            with self.env.cr.savepoint():
                self._rpc(user, model, method, *args)
        except (UserError, ValueError):  # AccessError is a UserError
            return
        self.fail(f"{user.login} could {method} {model} {args}")

    def test_no_path_upward(self):
        """Nor does a search along the links tell what is written above."""
        for path in (
            "parent_assignment_id.task_id.follow_up",
            "part_of_id.parent_assignment_id.content",
            "document_id.parent_document_id.abstract",
            "document_id.child_document_ids.abstract",
        ):
            for user in self.d_manager | self.manager:
                self._assert_closed(user, "task.task", "search", [(path, "ilike", "a")])

    def test_nobody_forges_a_link(self):
        """A task is not linked to an assignment by a client: by create, defaults in
        the context, or an import."""
        values = {
            "name": "Giả mạo",
            "document_id": self.task.document_id.id,
            "deadline": "2026-04-10",
        }
        user = self.d_manager
        with self.assertRaises(AccessError):
            self._rpc(
                user,
                "task.task",
                "create",
                {**values, "parent_assignment_id": self.result.assignment_id.id},
            )
        other = self.result.assignment_id.id
        with self.assertRaises(AccessError):
            self._rpc(
                user,
                "task.task",
                "create",
                values,
                context={"default_parent_assignment_id": other},
            )
        task = self.env["task.task"].browse(
            self._rpc(user, "task.task", "create", values)
        )
        self.assertFalse(task.is_from_above)
        with self.assertRaises(AccessError):
            self._rpc(user, "task.task", "write", task.ids, {"is_from_above": True})

    def test_context_of_the_caller(self):
        """Defaults in the releasing client's context reach no record below."""
        document = self._document([self._task_vals(lead=self.agriculture)])
        self._rpc(
            self.specialist,
            "task.document",
            "action_release",
            document.ids,
            context={
                "default_full_text": NEEDLE,
                "default_follow_up": NEEDLE,
                "default_state": "released",
                "default_company_id": self.company.id,
            },
        )
        task = document.sudo().assignment_ids.cascade_task_ids
        self.assertEqual(task.company_id, self.department)
        self.assertEqual(task.document_id.state, "draft")
        self.assertFalse(task.follow_up or task.document_id.full_text)

    def test_chatter(self):
        """Not by the chatter: messages of the other level's records."""
        messages = self.env["mail.message"].sudo()
        for user, records in self._each():
            found = messages.search(
                [("model", "=", records._name), ("res_id", "in", records.ids)]
            )
            found = found.filtered(
                lambda one, user=user: user.partner_id not in one.notified_partner_ids
            )
            with self.subTest(user=user.login, model=records._name):
                self.assertFalse(
                    self._as(user, self.env["mail.message"]).search(
                        [("id", "in", found.ids)]
                    )
                )

    def test_agency_users_who_cannot_enter_are_not_told_there(self):
        """Users of the department's agency without a way into the province's company
        get no message of the province's records."""
        insider = self._inside("d_head", "group_agency_head", self.agriculture)
        above = self._from_above_again()
        above.with_user(self.manager).withdraw("Thu hồi")
        messages = self.env["mail.message"].sudo()
        self.assertFalse(
            messages.search(
                [
                    ("notified_partner_ids", "in", insider.partner_id.ids),
                    ("model", "in", ("task.document", "task.assignment")),
                ]
            )
        )
        told = messages.search(
            [
                ("notified_partner_ids", "in", self.agriculture_head.partner_id.ids),
                ("model", "=", "task.document"),
                ("res_id", "=", above.document_id.id),
            ]
        )
        self.assertTrue(told, "who may enter is told as ever")

    def _from_above_again(self):
        document = self._document([self._task_vals(lead=self.agriculture)])
        document.action_release()
        return document.sudo().assignment_ids

    def test_attachments(self):
        """A file of the directive is shared, one of its chatter or of a result is
        not; nor are the department's files read above."""
        document = self.above.document_id.with_user(self.specialist)
        document.write(
            {"attachment_ids": [Command.create({"name": "vb.txt", "raw": b"chung"})]}
        )
        shared = document.attachment_ids
        files = self.env["ir.attachment"]
        note = files.with_user(self.specialist).create(
            {
                "name": "ghichu.txt",
                "raw": b"noi bo",
                "res_model": "task.document",
                "res_id": document.id,
            }
        )
        own = self._as(self.d_manager, self.task.document_id)
        own.write(
            {"attachment_ids": [Command.create({"name": "so.txt", "raw": b"cua So"})]}
        )
        for user in self.department_users:
            self.assertEqual(
                self._rpc(user, "ir.attachment", "read", shared.ids, ["name"])[0][
                    "name"
                ],
                "vb.txt",
            )
            with self.assertRaises(AccessError):
                self._rpc(user, "ir.attachment", "read", note.ids, ["name"])
        for user in self.province_users:
            with self.assertRaises(AccessError):
                self._rpc(
                    user, "ir.attachment", "read", own.attachment_ids.ids, ["name"]
                )
        stranger = self._inside("d_stranger", "group_agency_head", self.crops)
        with self.assertRaises(AccessError):
            self._rpc(stranger, "ir.attachment", "read", shared.ids, ["name"])

    def test_all_that_is_shown(self):
        """Everything the department's pages load holds no word of the province's own:
        its notes, names of its people, other agencies."""
        specification = {
            "above_state": {},
            "above_deadline": {},
            "above_days_left": {},
            "above_answer": {},
            "missing_units": {},
            "upward_ids": {"fields": {"above_state": {}, "above_answer": {}}},
            "document_id": {"fields": {"display_name": {}}},
        }
        for user in self.d_manager | self.director:
            names = self._rpc(user, "task.task", "fields_get")
            read = self._rpc(user, "task.task", "read", self.task.ids, list(names))
            shown = self._rpc(
                user, "task.task", "web_read", self.task.ids, specification
            )
            text = json.dumps([read, shown], default=str, ensure_ascii=False)
            self.assertNotIn(f"{NEEDLE} của tỉnh", text)
            for person in self.specialist | self.manager:
                self.assertNotIn(person.name, text)

    def test_units_do_not_read_the_answer(self):
        """A unit sees the state and deadline above its task, not the words between
        the department and the province."""
        names = self._rpc(self.d_branch, "task.task", "fields_get")
        self.assertIn("above_state", names)
        for name in ("above_answer", "missing_units", "upward_ids"):
            self.assertNotIn(name, names)
            with self.assertRaises(AccessError):
                self._rpc(self.d_branch, "task.task", "read", self.task.ids, [name])
        with self.assertRaises(AccessError):
            self._rpc(self.d_branch, "task.upward", "search", [])

    def test_two_companies_at_once(self):
        """Who works in both companies reads each in its own, and counts each level's
        assignments apart."""
        both = self._user("both", "group_office_manager")
        both.sudo().company_ids = self.company | self.department
        assignments = self.env["task.assignment"].with_user(both)
        for company, mine in (
            (self.company, self.above),
            (self.department, self.inner),
        ):
            seen = assignments.with_context(allowed_company_ids=company.ids).search(
                [("id", "in", (self.above | self.inner).ids)]
            )
            self.assertEqual(seen.ids, mine.ids)


@tagged("post_install", "-at_install")
class TestCascadeRights(CascadeCase):
    """Who speaks for the department towards the province."""

    def setUp(self):
        super().setUp()
        self.above = self._from_above()
        self.task = self._below(self.above, self.director)
        self._assign_on(self.task, self.branch)

    def _may_send(self, user, act="progress"):
        draft = self._upward(self.task, act, user, text="Nội dung", accept_missing=True)
        self.assertEqual(
            self._rpc(user, "task.upward", "read", draft.ids, ["can_send"])[0][
                "can_send"
            ],
            not draft._send_refusal(),
        )
        try:
            self._rpc(user, "task.upward", "action_send", draft.ids)
        except AccessError:
            self.assertEqual(draft.state, "draft", "the draft is kept")
            return False
        return True

    def test_who_sends(self):
        """The Director and a manager of the Office; a specialist only drafts."""
        self.assertTrue(self._may_send(self.director))
        self.assertTrue(self._may_send(self.d_manager))
        self.assertFalse(self._may_send(self.d_specialist))

    def test_specialist_where_officers_submit(self):
        """Where the province's regulation lets officers submit, a specialist may."""
        line = self.regulation.policy_ids.filtered(lambda one: one.key == "submitter")
        line.sudo().value = "officer"
        self.assertTrue(self._may_send(self.d_specialist))

    def test_draft_sent_by_another(self):
        """What a specialist drafted the Director sends; the facts name the Director."""
        draft = self._upward(
            self.task, "result", self.d_specialist, text="Dự thảo", accept_missing=True
        )
        self._as(self.director, draft).action_send()
        self.assertEqual(self.above.fact_ids[-1].user_id, self.director)
        self.assertEqual(self.above.result_ids.submitted_by_id, self.director)

    def test_units_and_strangers(self):
        """Neither a unit, nor the province's people, nor a settings administrator."""
        for user in (self.d_branch, self.manager, self.chairman, self.admin):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._rpc(
                    user,
                    "task.upward",
                    "create",
                    {"task_id": self.task.id, "act": "progress", "text": "x"},
                )

    def test_only_what_came_from_above(self):
        """The bridge leads from a task that came from above to its assignment, and
        from no other."""
        own = self._as(self.d_manager, self.env["task.document"]).create(
            {
                "abstract": "Việc riêng",
                "issued_on": "2026-04-01",
                "task_ids": [Command.create(self._task_vals(lead=self.branch))],
            }
        )
        for task in (own.task_ids, self.above.task_id):
            with self.assertRaises(UserError):  # AccessError is one
                self._rpc(
                    self.d_manager,
                    "task.upward",
                    "create",
                    {"task_id": task.id, "act": "progress", "text": "x"},
                )

    def test_workflow_is_closed(self):
        """Nobody writes what sending writes, nor changes what was sent."""
        draft = self._upward(self.task, "progress", self.d_manager, text="x")
        for values in (
            {"state": "sent"},
            {"sent_by_id": self.director.id},
            {"missing_note": "x"},
            {"above_model": "task.result"},
        ):
            with self.assertRaises(AccessError):
                self._rpc(self.d_manager, "task.upward", "write", draft.ids, values)
        draft.action_send()
        with self.assertRaises(UserError):
            self._rpc(
                self.d_manager, "task.upward", "write", draft.ids, {"text": "khác"}
            )
        with self.assertRaises(UserError):
            self._rpc(self.d_manager, "task.upward", "unlink", draft.ids)
        with self.assertRaises(UserError):
            self._rpc(self.d_manager, "task.upward", "action_send", draft.ids)

    def test_foreign_files(self):
        """No file that is not the sender's own, or a unit's result's, goes along."""
        foreign = self.env["ir.attachment"].create(
            {
                "name": "tinh.txt",
                "raw": b"cua tinh",
                "res_model": "task.document",
                "res_id": self.above.document_id.id,
            }
        )
        for name in ("attachment_ids", "unit_file_ids"):
            with self.assertRaises(UserError):  # AccessError is one
                self._rpc(
                    self.d_manager,
                    "task.upward",
                    "create",
                    {
                        "task_id": self.task.id,
                        "act": "result",
                        "text": "x",
                        name: [Command.set(foreign.ids)],
                    },
                )

    def test_no_act_on_the_provinces_assignment(self):
        """The department's people act on the province's records by no other way."""
        for user in self.d_manager | self.director:
            for method in ("action_receive", "withdraw", "change_deadline"):
                args = {"action_receive": [], "withdraw": ["x"]}.get(
                    method, ["2026-05-01", "x"]
                )
                with self.assertRaises(AccessError):
                    self._rpc(user, "task.assignment", method, self.above.ids, *args)
            with self.assertRaises(AccessError):
                self._rpc(
                    user,
                    "task.result",
                    "create",
                    {"assignment_id": self.above.id, "text": "x"},
                )

    def test_forms(self):
        """The pages open for every role: the task with its buttons, the act with the
        gathered results."""
        for user in self.d_manager | self.director | self.d_branch:
            form = Form(self._as(user, self.task))
            self.assertEqual(form.above_state, "doing")
            Form(self._as(user, self.task.document_id))
        action = self._as(self.director, self.task)
        action = action.with_context(act="result").action_upward()
        records = self._as(self.director, self.env["task.upward"])
        with Form(records.with_context(**action["context"])) as form:
            form.text = "Báo cáo của Sở"
            form.accept_missing = True
        form.record.action_send()
        self.assertEqual(self.above.result_ids.text, "Báo cáo của Sở")
