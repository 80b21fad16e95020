# SPDX-License-Identifier: LGPL-3.0-or-later
import json
from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .rights_common import RightsCase


@tagged("post_install", "-at_install")
class TestClosedFields(RightsCase):
    """What only an act may change is closed to every way of writing."""

    def setUp(self):
        super().setUp()
        self._move_to("2026-04-01 02:00:00")
        self.lead = self._shared_task()
        self.draft = self._document()

    def _assert_closed(self, user, record, vals, create_vals=None):
        """Each value of `vals` is refused, however it is written."""
        for name, value in vals.items():
            with self.assertRaises(AccessError):
                self._rpc(user, record._name, "write", record.ids, {name: value})
            with self.assertRaises(AccessError):
                self._rpc(user, record._name, "web_save", record.ids, {name: value}, {})
            for context, extra in (
                ({}, {name: value}),
                ({f"default_{name}": value}, {}),
            ):
                with self.assertRaises(AccessError):
                    self._rpc(
                        user,
                        record._name,
                        "create",
                        [{**(create_vals or {}), **extra}],
                        context=context,
                    )

    def test_directive(self):
        """State, days and origin of a directive; number and year as derived."""
        self._assert_closed(
            self.manager,
            self.draft,
            {
                "state": "released",
                "registered_on": "2026-01-01",
                "released_on": "2026-01-01",
                "origin_model": "res.partner",
                "origin_id": self.finance.id,
                "reference": "1/GIẢ",
                "issue_year": 1990,
            },
            {"abstract": "Về việc khác", "issued_on": "2026-04-01"},
        )

    def test_task(self):
        """State and release of a task; company as its directive's."""
        self._assert_closed(
            self.manager,
            self.draft.task_ids,
            {
                "state": "done",
                "released_on": "2026-01-01",
                "is_outside": True,
                "company_id": self.env.ref("base.main_company").id,
            },
            {"document_id": self.draft.id, "name": "Thêm"},
        )

    def test_submissions(self):
        """State, agency, who and when of what an agency submits."""
        for model, vals in (
            ("task.result", {}),
            ("task.extension", {"new_deadline": "2026-05-01"}),
            ("task.return", {}),
        ):
            vals = {"assignment_id": self.lead.id, "text": "Nội dung", **vals}
            draft = self.env[model].with_user(self.finance_head).create(vals)
            closed = {
                "state": "accepted",
                "agency_id": self.building.id,
                "submitted_by_id": self.building_head.id,
                "submitted_on": "2026-01-01",
                "decided_by_id": self.chairman.id,
                "decided_on": "2026-01-01",
            }
            if model == "task.extension":
                closed["old_deadline"] = "2026-01-01"
            self._assert_closed(self.finance_head, draft, closed, vals)

    def test_progress(self):
        """The day and the author of an entry are the system's."""
        for name, value in {"day": "2026-01-01", "user_id": self.chairman.id}.items():
            vals = {"assignment_id": self.lead.id, "text": "Đang làm"}
            with self.assertRaises(AccessError):
                self._rpc(
                    self.finance_head,
                    "task.progress",
                    "create",
                    [{**vals, name: value}],
                )
            with self.assertRaises(AccessError):
                self._rpc(
                    self.finance_head,
                    "task.progress",
                    "create",
                    [vals],
                    context={f"default_{name}": value},
                )

    def test_import(self):
        """An import sets neither state nor what is derived: it loads nothing."""
        for name, value in (("state", "released"), ("reference", "1/GIẢ")):
            before = self.env["task.document"].search_count([])
            try:
                with self.env.cr.savepoint():
                    told = self._rpc(
                        self.manager,
                        "task.document",
                        "load",
                        ["abstract", "issued_on", name],
                        [["Nhập từ tệp", "2026-04-01", value]],
                    )
            except AccessError:
                told = {"ids": False}
            self.assertFalse(told["ids"])
            self.assertEqual(self.env["task.document"].search_count([]), before)

    def test_copy(self):
        """A copy starts anew: no state, number, days or files of the first; and none
        of them comes with the call."""
        self.draft.write({"number": "12", "notation": "UBND-KT"})
        self.draft.action_release()
        copied = self.env["task.document"].browse(
            self._rpc(self.specialist, "task.document", "copy", self.draft.ids)
        )
        self.assertRecordValues(
            copied,
            [
                {
                    "state": "draft",
                    "number": False,
                    "registered_on": self.draft.registered_on,
                    "released_on": False,
                }
            ],
        )
        self.assertEqual(copied.task_ids.state, "draft")
        with self.assertRaises(AccessError):
            self._rpc(
                self.specialist,
                "task.document",
                "copy",
                self.draft.ids,
                {"state": "released"},
            )

    def test_context_keys_switch_nothing_off(self):
        """No key of the caller's context switches a check off."""
        keys = dict.fromkeys(
            (
                "sudo", "su", "bypass", "force", "install_mode", "import_file",
                "tracking_disable", "mail_notrack", "mail_create_nolog", "no_check",
                "skip_check", "skip_guard", "active_test", "skip_res_field_check",
            ),
            True,
        )  # fmt: skip
        keys |= {"uid": 1, "default_state": "done"}
        for user, method, args in (
            (self.building_head, "action_receive", []),
            (self.specialist, "withdraw", ["Nhầm"]),
            (self.deputy, "change_deadline", ["2026-05-01", "Lý do"]),
        ):
            with self.assertRaises(AccessError):
                self._rpc(
                    user, "task.assignment", method, self.lead.ids, *args, context=keys
                )
        with self.assertRaises(AccessError):
            self._rpc(
                self.manager,
                "task.document",
                "write",
                self.draft.ids,
                {"state": "released"},
                context=keys,
            )

    def test_private_methods(self):
        """What does the work without asking for rights is not callable."""
        for model, method in (
            ("task.assignment", "_record"),
            ("task.assignment", "_move_to"),
            ("task.assignment", "_release"),
            ("task.assignment", "_derive"),
            ("task.task", "_release"),
            ("task.result", "_submit"),
            ("task.result", "_decide"),
            ("task.result", "_reopen"),
            ("res.users", "_task_set_may_submit"),
            ("task.clock.mixin", "_clock_stop"),
        ):
            with self.assertRaises(AccessError):
                self._rpc(self.manager, model, method, [])


@tagged("post_install", "-at_install")
class TestForeignIds(RightsCase):
    """Ids of records that are not one's own, put where one may write."""

    def setUp(self):
        super().setUp()
        self._move_to("2026-04-01 02:00:00")
        self.lead = self._shared_task()
        self.foreign = self._released(lead=self.building)

    def test_create_on_foreign_assignment(self):
        """Nothing is drafted or reported on another agency's assignment."""
        for model, vals in (
            ("task.progress", {}),
            ("task.result", {}),
            ("task.extension", {"new_deadline": "2026-05-01"}),
            ("task.return", {}),
        ):
            vals = {"assignment_id": self.foreign.id, "text": "Chen vào", **vals}
            with self.assertRaises(AccessError):
                self._rpc(self.finance_head, model, "create", [vals])
            del vals["assignment_id"]
            with self.assertRaises(AccessError):
                self._rpc(
                    self.finance_head,
                    model,
                    "create",
                    [vals],
                    context={"default_assignment_id": self.foreign.id},
                )

    def test_draft_is_not_moved(self):
        """A draft is not moved onto another agency's assignment."""
        draft = (
            self.env["task.result"]
            .with_user(self.finance_head)
            .create({"assignment_id": self.lead.id, "text": "Nội dung"})
        )
        with self.assertRaises(AccessError):
            self._rpc(
                self.finance_head,
                "task.result",
                "write",
                draft.ids,
                {"assignment_id": self.foreign.id},
            )
        self.assertEqual(draft.assignment_id, self.lead)

    def test_missing_task_of_unread_directive(self):
        """No missing task is reported on a directive one does not read: its title
        would show."""
        vals = {"kind": "missing", "text": "Thiếu"}
        document = self.foreign.document_id
        for extra, context in (
            ({"document_id": document.id}, {}),
            ({}, {"default_document_id": document.id}),
        ):
            with self.assertRaises(AccessError):
                self._rpc(
                    self.finance_head,
                    "task.return",
                    "create",
                    [{**vals, **extra}],
                    context=context,
                )

    def test_hand_back_names_its_own_directive(self):
        """A hand-back is of its assignment's directive and of no other."""
        vals = {"assignment_id": self.lead.id, "text": "Không thuộc chức năng"}
        with self.assertRaises(UserError):
            self._rpc(
                self.finance_head,
                "task.return",
                "create",
                [{**vals, "document_id": self.foreign.document_id.id}],
            )
        with self.assertRaises(UserError):
            self._rpc(
                self.finance_head,
                "task.return",
                "create",
                [{**vals, "kind": "missing"}],
            )

    def test_answer_is_not_brought_along(self):
        """Who asks cannot write the answer beforehand: the leader would grant it."""
        for model, vals, answers in (
            (
                "task.extension",
                {"new_deadline": "2026-05-01"},
                {"granted_deadline": "2030-01-01", "answer": "Đồng ý"},
            ),
            ("task.result", {}, {"rating_quality": "good", "answer": "Tốt"}),
            ("task.return", {}, {"new_agency_ids": [(6, 0, self.building.ids)]}),
        ):
            vals = {"assignment_id": self.lead.id, "text": "Nội dung", **vals}
            draft = self.env[model].with_user(self.finance_head).create(vals)
            for name, value in answers.items():
                with self.assertRaises(UserError):
                    self._rpc(
                        self.finance_head, model, "create", [{**vals, name: value}]
                    )
                with self.assertRaises(UserError):
                    self._rpc(
                        self.finance_head, model, "write", draft.ids, {name: value}
                    )

    def test_what_was_submitted_is_fixed(self):
        """What waits is changed by nobody; who decides writes the answer only."""
        result = self._hand_in(self.lead)
        self.assertEqual(
            self._who_can(
                lambda user: result.with_user(user).write({"text": "Khác"}), UserError
            ),
            set(),
        )
        self.assertEqual(
            self._who_can(
                lambda user: result.with_user(user).write({"answer": "Được"}), UserError
            ),
            {"follows", "manager"},
        )

    def test_wizard_with_foreign_records(self):
        """The form of an act takes no record its user does not read: it would show
        its name."""
        company = self.env["res.company"].create({"name": "Sở khác"})
        stranger = self._user("stranger", "group_office_manager", self.office)
        stranger.write({"company_ids": [(6, 0, company.ids)], "company_id": company.id})
        for vals in (
            {"task_id": self.lead.task_id.id},
            {"fact_id": self.lead.fact_ids[0].id},
        ):
            with self.assertRaises(AccessError):
                self._rpc(
                    stranger,
                    "task.order",
                    "create",
                    [{"act": "withdraw", "reason": "Lý do", **vals}],
                    context={"allowed_company_ids": company.ids},
                )

    def test_tasks_and_agencies_of_a_released_task(self):
        """After the release nobody changes deadline or agencies by writing."""
        for vals in (
            {"deadline": "2027-01-01"},
            {"lead_agency_ids": [(6, 0, self.building.ids)]},
            {"is_dated": False, "deadline": False},
        ):
            self.assertEqual(
                self._who_can(
                    lambda user, v=vals: self.lead.task_id.with_user(user).write(v),
                    UserError,
                ),
                set(),
            )

    def test_lines_written_through_the_parent(self):
        """Assignments and facts are not written through their parents either."""
        for model, ids, vals in (
            (
                "task.document",
                self.lead.document_id.ids,
                {"assignment_ids": [(1, self.lead.id, {"deadline": "2027-01-01"})]},
            ),
            (
                "task.task",
                self.lead.task_id.ids,
                {"assignment_ids": [(1, self.lead.id, {"state": "done"})]},
            ),
            (
                "task.document",
                self.lead.document_id.ids,
                {"task_ids": [(1, self.lead.task_id.id, {"state": "done"})]},
            ),
        ):
            with self.assertRaises(AccessError):
                self._rpc(self.manager, model, "write", ids, vals)


@tagged("post_install", "-at_install")
class TestOverHttp(HttpCase, RightsCase):
    """The same refusals through the real end points."""

    def setUp(self):
        super().setUp()
        self._move_to("2026-04-01 02:00:00")
        self.lead = self._shared_task()

    def _call_kw(self, model, method, args):
        """The error's name, or None, of a call as the web client makes it."""
        response = self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            data=json.dumps(
                {
                    "params": {
                        "model": model,
                        "method": method,
                        "args": args,
                        "kwargs": {},
                    }
                }
            ),
            headers={"Content-Type": "application/json"},
        )
        error = response.json().get("error")
        return error and error["data"]["name"]

    def test_web_client(self):
        """Forbidden calls of the web client are refused and change nothing."""
        result = self._hand_in(self.lead)
        self.authenticate("t_finance_head", "t_finance_head")
        with mute_logger("odoo.http"):
            for model, method, args in (
                ("task.assignment", "write", [self.lead.ids, {"state": "done"}]),
                ("task.assignment", "withdraw", [self.lead.ids, "Nhầm"]),
                ("task.result", "action_accept", [result.ids]),
                (
                    "task.extension",
                    "create",
                    [
                        {
                            "assignment_id": self.lead.id,
                            "text": "Xin",
                            "new_deadline": "2026-05-01",
                            "state": "accepted",
                        }
                    ],
                ),
                ("task.document", "action_release", [self.lead.document_id.ids]),
                ("task.fact", "unlink", [self.lead.fact_ids.ids]),
            ):
                self.assertEqual(
                    self._call_kw(model, method, args),
                    "odoo.exceptions.AccessError",
                    (model, method),
                )
        self.env.invalidate_all()
        self.assertEqual((self.lead.state, result.state), ("submitted", "waiting"))

    def test_json_2(self):
        """Forbidden calls with an API key are refused and change nothing."""
        key = (
            self.env["res.users.apikeys"]
            .with_user(self.building_head)
            .sudo()
            ._generate("rpc", "test", self.env.cr.now() + timedelta(days=1))
        )
        for model, method, body in (
            ("task.assignment", "action_receive", {"ids": self.lead.ids}),
            ("task.assignment", "read", {"ids": self.lead.ids, "fields": ["deadline"]}),
            (
                "task.result",
                "create",
                {"vals_list": [{"assignment_id": self.lead.id, "text": "Chen vào"}]},
            ),
        ):
            with mute_logger("odoo.http"):
                response = self.url_open(
                    f"/json/2/{model}/{method}",
                    data=json.dumps(body),
                    headers={
                        "Content-Type": "application/json",
                        "Authorization": f"Bearer {key}",
                    },
                )
            self.assertEqual(response.status_code, 403, response.text)
        self.env.invalidate_all()
        self.assertEqual(self.lead.state, "released")
        self.assertFalse(self.lead.result_ids)
