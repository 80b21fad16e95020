# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .secret_common import CLEARANCE, NEEDLE, SecretCase

REGISTER = "task.secret.document"


@tagged("post_install", "-at_install")
class TestSecretLeaks(SecretCase):
    """The register tells nothing to who has no clearance, or is not concerned."""

    def setUp(self):
        super().setUp()
        self.entry = self._entry()
        export = self.env.ref("base.group_allow_export")
        for user in self.roles.values():
            user.group_ids = [Command.link(export.id)]

    def test_reading_by_rpc(self):
        """Not by search, name, totals, export or the client's own methods: refused
        without clearance, empty for the cleared who are not concerned."""
        calls = (
            ("search", [[]], {}),
            ("search_count", [[("name", "ilike", NEEDLE)]], {}),
            ("search_read", [], {"fields": ["name"]}),
            ("web_search_read", [[], {"name": {}}], {}),
            ("name_search", [NEEDLE], {}),
            ("name_search", ["12"], {}),
            ("formatted_read_group", [[], ["result"], ["__count"]], {}),
            ("formatted_read_group", [[], [], ["task_count:sum"]], {}),
            ("web_read_group", [[], ["agency_ids"], ["__count"]], {}),
        )
        for user in self.outsiders:
            cleared = user.has_group(CLEARANCE)
            for method, args, kwargs in calls:
                if not cleared:
                    with self.assertRaises(AccessError, msg=method):
                        self._rpc(user, REGISTER, method, *args, **kwargs)
                    continue
                answer = self._rpc(user, REGISTER, method, *args, **kwargs)
                if isinstance(answer, dict):
                    answer = answer.get("records") or answer.get("groups")
                if answer and method == "formatted_read_group":
                    answer = answer[0]["task_count:sum"]
                self.assertFalse(answer, (user.login, method))

    def test_one_line_by_rpc(self):
        """Nor by its id: read, export, write, copy, delete, act."""
        ids = self.entry.ids
        calls = (
            ("read", [ids, ["name"]]),
            ("web_read", [ids, {"display_name": {}, "name": {}}]),
            ("export_data", [ids, ["name", "agency_ids/name"]]),
            ("write", [ids, {"signer": "B"}]),
            ("copy", [ids]),
            ("unlink", [ids]),
            ("action_mark_done", [ids]),
            ("action_undo_done", [ids]),
        )
        for user in self.outsiders:
            for method, args in calls:
                with self.assertRaises(AccessError, msg=(user.login, method)):
                    self._rpc(user, REGISTER, method, *args)
        head = self.roles["cleared head"]
        told = self._rpc(head, REGISTER, "export_data", ids, ["name"])
        self.assertIn(NEEDLE, str(told))

    def test_other_models_do_not_lead_there(self):
        """No model has a way from an agency, a user or a directive to the register,
        but its own wizard, for the cleared."""
        for name, model in self.env.registry.items():
            for field in model._fields.values():
                if field.comodel_name == REGISTER:
                    self.assertEqual(name, "task.secret.done")
        for user in self.outsiders:
            if user.has_group(CLEARANCE):
                continue
            with self.assertRaises(AccessError):
                self._rpc(
                    user, "task.secret.done", "create", [{"document_id": self.entry.id}]
                )

    def test_desk_and_clocks(self):
        """Nothing of it is on a page of work or among the time limits."""
        for user in self.roles.values():
            desk = self.env["task.desk"].with_user(user).get_sections()
            self.assertNotIn(NEEDLE, str(desk))
            self.assertNotIn("MĐ-UBND", str(desk))
        clocks = self.env["task.clock"].search([("res_model", "=", REGISTER)])
        self.assertFalse(clocks)

    def test_menu(self):
        """The menu is there for clearance alone, where a register is kept."""
        menu = self.env.ref("task_tracking.menu_task_secret")
        menus = self.env["ir.ui.menu"]
        for policy in ("register", "kept_out", "outside_books"):
            self._policy(policy)
            for role, user in self.roles.items():
                # clearance alone opens no page of tasks at all
                cleared = user.has_group(CLEARANCE) and role != "clearance alone"
                self.assertEqual(
                    menu.id in menus.with_user(user).load_menus(False),
                    cleared and policy == "register",
                    (role, policy),
                )

    def test_counts(self):
        """The entered number of documents and tasks, to the cleared, apart: within
        the days, of the agency, as far as each one reads."""
        self._entry(number="2", issued_on="2026-03-31", task_count=4)
        self._entry(
            number="3", agency_ids=[Command.set(self.building.ids)], task_count=1
        )

        def counts(role, *args):
            register = self.env[REGISTER].with_user(self.roles[role])
            return register._secret_counts(*args)

        april = ("2026-04-01", "2026-04-30")
        both = {"documents": 2, "tasks": 4}
        self.assertEqual(counts("cleared specialist", *april), both)
        self.assertEqual(counts("cleared leader", *april), both)
        first = {"documents": 1, "tasks": 3}
        self.assertEqual(counts("cleared head", *april), first)
        self.assertEqual(counts("cleared manager", *april, self.finance), first)
        self.assertEqual(
            counts("cleared manager", "2026-03-31", "2026-04-01"),
            {"documents": 3, "tasks": 8},
        )
        self.assertEqual(
            counts("cleared manager", "2026-03-01", "2026-03-30"),
            {"documents": 0, "tasks": 0},
        )
        for role in ("manager", "chairman", "administrator", "head", "nobody"):
            self.assertIsNone(counts(role, *april))
        self._policy("kept_out")
        self.assertIsNone(counts("cleared specialist", *april))


@tagged("post_install", "-at_install")
class TestSecretChannels(SecretCase):
    """Nothing hangs on a line of the register: no file, message or activity."""

    def setUp(self):
        super().setUp()
        self.entry = self._entry()
        self.users = [
            self.cleared,
            self.cleared_manager,
            self.roles["cleared head"],
            self.manager,
            self.admin,
            self.env.user,
        ]

    def _refused(self, user, model, method, *args, context=None, kind=UserError):
        kwargs = {"context": context} if context else {}
        try:
            with self.env.cr.savepoint():
                self._rpc(user, model, method, *args, **kwargs)
                self.env.flush_all()
        except kind as refused:
            self.assertTrue(refused.args)
        else:
            self.fail(f"{user.login}: {model}.{method} was not refused")

    def test_attachments(self):
        """No file is created on it, or moved to it, in sudo neither."""
        target = {"res_model": REGISTER, "res_id": self.entry.id}
        file = {"name": "mat.txt", "raw": "mat"}
        for user in self.users:
            for vals in (target, {**target, "res_id": 0}):
                self._refused(user, "ir.attachment", "create", [{**file, **vals}])
            context = {f"default_{name}": value for name, value in target.items()}
            self._refused(user, "ir.attachment", "create", [file], context=context)
            loose = self.env["ir.attachment"].with_user(user).create(file)
            for vals in (target, {"res_model": REGISTER}):
                self._refused(user, "ir.attachment", "write", loose.ids, vals)
        for files in (self.env["ir.attachment"].sudo(), loose.sudo()):
            with self.assertRaises(UserError):
                files.create({**file, **target})
        with self.assertRaises(UserError):
            loose.sudo().write(target)
        self.assertFalse(
            self.env["ir.attachment"].search([("res_model", "=", REGISTER)])
        )

    def test_messages(self):
        """No message, scheduled message or composed mail."""
        target = {"model": REGISTER, "res_id": self.entry.id}
        for user in self.users:
            with self.assertRaises(AttributeError), mute_logger("odoo.http"):
                self._rpc(user, REGISTER, "message_post", self.entry.ids, body=NEEDLE)
            self._refused(user, "mail.message", "create", [{**target, "body": NEEDLE}])
            note = self.env["mail.message"].with_user(user).create({"body": "Thường"})
            self._refused(user, "mail.message", "write", note.ids, target)
            self._refused(
                user,
                "mail.scheduled.message",
                "create",
                [
                    {
                        **target,
                        "body": NEEDLE,
                        "scheduled_date": "2026-05-01 00:00:00",
                        "author_id": user.partner_id.id,
                    }
                ],
                kind=(UserError, AttributeError),
            )
            self._refused(
                user,
                "mail.compose.message",
                "create",
                [{"model": REGISTER, "res_ids": str(self.entry.ids), "body": NEEDLE}],
            )
        for model in ("mail.message", "mail.scheduled.message"):
            self.assertFalse(self.env[model].sudo().search([("model", "=", REGISTER)]))

    def test_activities_and_followers(self):
        """No activity on it, and nobody follows it."""
        model_id = self.env["ir.model"]._get_id(REGISTER)
        todo = self.env.ref("mail.mail_activity_data_todo")
        for user in self.users:
            vals = {"activity_type_id": todo.id, "user_id": user.id, "note": NEEDLE}
            self._refused(
                user,
                "mail.activity",
                "create",
                [{**vals, "res_model_id": model_id, "res_id": self.entry.id}],
            )
            context = {"default_res_model": REGISTER, "default_res_id": self.entry.id}
            self._refused(user, "mail.activity", "create", [vals], context=context)
            with self.assertRaises(AttributeError):
                self._rpc(user, REGISTER, "activity_schedule", self.entry.ids)
        with self.assertRaises(UserError):
            self.env["mail.followers"].sudo().create(
                {
                    "res_model": REGISTER,
                    "res_id": self.entry.id,
                    "partner_id": self.manager.partner_id.id,
                }
            )
        for model in ("mail.activity", "mail.followers"):
            self.assertFalse(
                self.env[model].sudo().search([("res_model", "=", REGISTER)])
            )

    def test_no_task_starts_from_it(self):
        """“Assign as task” is not offered on it, and refused by RPC."""
        bindings = self.env["ir.actions.actions"]._get_bindings(REGISTER)
        self.assertFalse(bindings.get("action"))
        start = self.env["task.start"].with_user(self.cleared)
        with self.assertRaises(UserError):
            start.with_context(
                active_model=REGISTER, active_id=self.entry.id
            ).default_get(["res_model", "res_id", "abstract"])
        with self.assertRaises(UserError):
            start.create(
                {"res_model": REGISTER, "res_id": self.entry.id, "abstract": NEEDLE}
            ).action_start()

    def test_other_records_keep_their_chatter(self):
        """What is refused is on the register alone."""
        document = self._document(user=self.cleared)
        document.message_post(body="Thường", attachments=[("a.txt", b"a")])
        self.assertTrue(document.message_ids.attachment_ids)
        document.message_subscribe(self.manager.partner_id.ids)
        self.assertIn(self.manager.partner_id, document.message_partner_ids)


@tagged("post_install", "-at_install")
class TestSecretOverHttp(HttpCase, SecretCase):
    """The same by address and route."""

    def setUp(self):
        super().setUp()
        self.entry = self._entry()

    def test_content(self):
        """No route serves a field of it to who may not read it."""
        for login in ("t_specialist", "t_manager", "t_tasks_admin", "t_cleared_other"):
            self.authenticate(login, login)
            for field in ("name", "signer", "display_name"):
                with mute_logger("odoo.http"):
                    answer = self.url_open(
                        f"/web/content/{REGISTER}/{self.entry.id}/{field}"
                    )
                self.assertEqual(answer.status_code, 404)
                self.assertNotIn(NEEDLE, answer.text)

    def test_upload(self):
        """The client's upload is refused and leaves no file, cleared or not."""
        for login in ("t_manager", "t_cleared"):
            self.authenticate(login, login)
            for route, data in (
                (
                    "/web/binary/upload_attachment",
                    {"model": REGISTER, "id": str(self.entry.id)},
                ),
                (
                    "/mail/attachment/upload",
                    {"thread_model": REGISTER, "thread_id": str(self.entry.id)},
                ),
            ):
                with mute_logger("odoo.http", "odoo.addons.web.controllers.binary"):
                    self.url_open(
                        route,
                        data={
                            **data,
                            "csrf_token": Request.csrf_token(self),
                        },
                        files={"ufile": ("mat-tai-len.txt", b"mat", "text/plain")},
                    )
                files = self.env["ir.attachment"].sudo()
                self.assertFalse(
                    files.search([("name", "=", "mat-tai-len.txt")]), route
                )
