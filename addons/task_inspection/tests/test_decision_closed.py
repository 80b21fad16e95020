# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import tagged

from .common import InspectionCase


@tagged("post_install", "-at_install")
class TestDecisionClosed(InspectionCase):
    """What the decision says is not changed once it is issued, whoever tries and
    however it is written."""

    def setUp(self):
        super().setUp()
        self.env["task.inspection.prescription"].create(
            {
                "regulation_id": self.regulation.id,
                "topic": "decision",
                "code": "funding",
                "name": "Kinh phí kiểm tra",
            }
        )
        self.inspection = self._inspection()
        self.inspection.text_ids.filtered(lambda one: one.code == "funding").body = "Có"
        self._paper(self.inspection, "decision")
        self.inspection.with_user(self.chairman).action_issue()
        self.other = self._inspection(self.ward)
        self.users = (
            self.specialist,
            self.manager,
            self.chairman,
            self.deputy,
            self.building_officer,
        )

    def _rpc(self, user, model, method, *args, **kwargs):
        self.env.invalidate_all()  # another request
        return call_kw(self.env[model].with_user(user), method, list(args), kwargs)

    def _assert_closed(self, model, ids, method, *args, **kwargs):
        for user in self.users:
            with (
                self.subTest(user=user.login, args=args),
                self.assertRaises(UserError),
                self.env.cr.savepoint(),
            ):
                self._rpc(user, model, method, ids, *args, **kwargs)

    def test_fields(self):
        """The fields it is made of, and those of the workflow."""
        before = self.inspection.sudo().read()[0]
        for vals in (
            {"name": "Khác"},
            {"legal_basis": "Khác"},
            {"scope": "Khác"},
            {"scope_from": "2020-01-01"},
            {"document_ids": [Command.set(self._document().ids)]},
            {"content_ids": [Command.clear()]},
            {"date_to": "2027-01-01"},
            {"form": "regular"},
            {"has_team": False},
            {"inspector": "agency", "inspecting_agency_id": self.building.id},
            {"conductor_id": self.manager.id},
            {"state": "draft"},
            {"issued_on": "2026-01-01"},
            {"regulation_id": self.env.ref("task_tracking.regulation_bac_giang").id},
        ):
            self._assert_closed("task.inspection", self.inspection.ids, "write", vals)
            self._assert_closed(
                "task.inspection", self.inspection.ids, "web_save", vals, {}
            )
        self.env.invalidate_all()
        after = self.inspection.sudo().read()[0]
        for name in ("name", "legal_basis", "scope", "date_to", "form", "state"):
            self.assertEqual(after[name], before[name])

    def test_team(self):
        """The places of the team, through the inspection and by themselves."""
        member = self.inspection.member_ids.filtered(lambda one: one.role == "member")
        theirs = self.other.member_ids[:1]
        for command in (
            Command.create({"role": "member", "user_id": self.specialist2.id}),
            Command.create({"role": "deputy", "user_id": self.deputy.id}),
            Command.update(member.id, {"role": "leader"}),
            Command.update(member.id, {"user_id": self.specialist2.id}),
            Command.update(member.id, {"answer": "accepted"}),
            Command.delete(member.id),
            Command.unlink(member.id),
            Command.link(theirs.id),
            Command.set([]),
            Command.clear(),
        ):
            vals = {"member_ids": [command]}
            self._assert_closed("task.inspection", self.inspection.ids, "write", vals)
        members = "task.inspection.team.member"
        self._assert_closed(members, member.ids, "write", {"role": "leader"})
        self._assert_closed(members, member.ids, "unlink")

    def test_inspected(self):
        """Who is inspected: nobody is added, exchanged or let off."""
        subject = self.inspection.subject_ids
        for command in (
            Command.create({"agency_id": self.ward.id}),
            Command.update(subject.id, {"agency_id": self.ward.id}),
            Command.delete(subject.id),
            Command.link(self.other.subject_ids.id),
            Command.clear(),
        ):
            vals = {"subject_ids": [command]}
            self._assert_closed("task.inspection", self.inspection.ids, "write", vals)
        self._assert_closed("task.inspection.subject", subject.ids, "unlink")

    def test_text(self):
        """The words under a heading of the decision, and the heading."""
        text = self.inspection.text_ids.filtered(lambda one: one.code == "funding")
        for vals in ({"body": "Khác"}, {"name": "Khác"}, {"sequence": 1}):
            command = Command.update(text.id, vals)
            self._assert_closed(
                "task.inspection",
                self.inspection.ids,
                "write",
                {"text_ids": [command]},
            )
            self._assert_closed("task.inspection.text", text.ids, "write", vals)
        self._assert_closed("task.inspection.text", text.ids, "unlink")

    def test_paper(self):
        """The paper and its signed file; no paper is put beside it."""
        paper = self.inspection.paper_ids
        file = paper.attachment_ids
        for command in (
            Command.update(paper.id, {"number": "99"}),
            Command.update(paper.id, {"state": "draft"}),
            Command.update(paper.id, {"attachment_ids": [Command.clear()]}),
            Command.delete(paper.id),
            Command.create({"kind": "instruction", "number": "2"}),
        ):
            vals = {"paper_ids": [command]}
            self._assert_closed("task.inspection", self.inspection.ids, "write", vals)
        self._assert_closed("task.inspection.paper", paper.ids, "unlink")
        for vals in ({"name": "khac.pdf"}, {"raw": b"%PDF khac"}, {"res_id": False}):
            self._assert_closed("ir.attachment", file.ids, "write", vals)
        self._assert_closed("ir.attachment", file.ids, "unlink")

    def test_deleted(self):
        """What was begun is kept."""
        self._assert_closed("task.inspection", self.inspection.ids, "unlink")

    def test_created_begun(self):
        """No inspection is created as begun: by values, by a default of the context, by
        an import."""
        base = {"name": "Khác", "inspector": "office"}
        for extra in (
            {"state": "issued"},
            {"issued_on": "2026-01-01"},
            {"company_id": self.env.ref("base.main_company").id},
            {"regulation_id": self.regulation.id},
        ):
            [(name, value)] = extra.items()
            for vals, context in (
                ({**base, **extra}, {}),
                (base, {f"default_{name}": value}),
            ):
                with self.assertRaises(AccessError), self.env.cr.savepoint():
                    self._rpc(
                        self.specialist,
                        "task.inspection",
                        "create",
                        [vals],
                        context=context,
                    )
        domain = [("name", "=", "Nhập")]
        told = self._rpc(
            self.specialist,
            "task.inspection",
            "load",
            ["name", "state"],
            [["Nhập", "issued"]],
        )
        self.assertFalse(told["ids"])
        self.assertFalse(self.env["task.inspection"].search(domain))

    def test_paper_born_issued(self):
        """No paper is created as issued."""
        vals = {"inspection_id": self.other.id, "kind": "decision"}
        for given, context in (
            ({**vals, "state": "issued"}, {}),
            (vals, {"default_state": "issued"}),
        ):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self._rpc(
                    self.specialist,
                    "task.inspection.paper",
                    "create",
                    [given],
                    context=context,
                )
