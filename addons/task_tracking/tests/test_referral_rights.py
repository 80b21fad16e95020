# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .referral_common import ReferralActs
from .rights_common import RightsCase

NEEDLE = "Trinhmatlanhdao"


class ReferralRightsCase(ReferralActs, RightsCase):
    def setUp(self):
        super().setUp()
        self._move_to("2026-04-01 02:00:00")
        self.lead = self._shared_task(deadline="2026-04-10")
        self._move_to("2026-04-14 02:00:00")

    def _actors(self, record, method, refusal=AccessError):
        """The roles that may call `method` on `record` over RPC."""
        return self._who_can(
            lambda user: self._rpc(user, record._name, method, record.ids), refusal
        )

    def _writers(self, record, vals):
        return self._who_can(
            lambda user: self._rpc(user, record._name, "write", record.ids, vals),
            UserError,
        )

    def _file(self, user, name="but-phe.txt"):
        return (
            self.env["ir.attachment"]
            .with_user(user)
            .create({"name": name, "raw": NEEDLE.encode()})
        )


@tagged("post_install", "-at_install")
class TestReferralRights(ReferralRightsCase):
    """Every act on a referral tried by every role, over RPC."""

    def test_draft(self):
        """The Office drafts, nobody else."""
        able = self._who_can(
            lambda user: self._rpc(
                user, "task.referral", "create", [{"kind": "not_done"}]
            )
        )
        self.assertEqual(able, self.office_roles)
        able = self._who_can(
            lambda user: self._rpc(user, "task.referral", "action_new_not_done")
        )
        self.assertEqual(able, self.office_roles)

    def test_who_reads(self):
        """A draft is its writer's and the manager's; what is put forward the Office's
        and the leaders'; never an agency's."""
        draft = self._draft_referral(self.lead, user=self.specialist2)
        drafters = {"other specialist", "manager"}
        self.assertEqual(self._readers(draft), drafters)
        self.assertEqual(self._finders(draft), drafters)
        self.assertEqual(self._finders(draft.line_ids), drafters)
        one = self._referred(self.lead)
        self.assertEqual(self._readers(one), self.see_all)
        self.assertEqual(self._finders(one.line_ids), self.see_all)
        self._direct(one)
        self.assertEqual(self._readers(one), self.see_all)

    def test_direction_is_read_by_the_assignments_readers(self):
        """The direction on a task is read by who reads the assignment: its agency, the
        one above it, the sector body."""
        one = self._referred(self.lead)
        self._direct(one)
        able = self.see_all | self.agency_roles | {"upper head", "sector"}
        self.assertEqual(self._finders(one.line_ids), able)
        support = self._support_of(self.lead)
        other = self._referred(support, "difficulty")
        self._direct(other)
        self.assertEqual(self._finders(other.line_ids), self._finders(support))

    def test_put_forward(self):
        """A manager of the Office puts it forward."""
        draft = self._draft_referral(self.lead, user=self.specialist)
        self.assertEqual(self._actors(draft, "action_submit"), {"manager"})

    def test_direct(self):
        """Any leader on tasks not done; on a feedback the Chairman, or a deputy within
        an authorisation (KH Đ18.5)."""
        for kind, able in (
            ("not_done", self.leader_roles),
            ("difficulty", self.leader_roles),
            ("feedback", {"chairman", "deputy authorised"}),
        ):
            one = self._referred(self.lead, kind)
            one.sudo().write({"direction": "Làm ngay", "return_reason": "Bổ sung"})
            self.assertEqual(self._actors(one, "action_direct"), able, kind)
            self.assertEqual(self._actors(one, "action_return"), able, kind)
            self.assertEqual(self._writers(one, {"direction": "Khác"}), able)
            self.assertEqual(self._writers(one, {"return_reason": "Khác"}), able)

    def test_who_submitted_does_not_direct(self):
        """A manager who is a leader too answers nothing of their own."""
        both = self._user("both", "group_office_manager", self.office)
        both.group_ids |= self.env.ref("task_tracking.group_leader")
        one = self._draft_referral(self.lead, user=both)
        one.action_submit()
        with self.assertRaises(AccessError):
            one.direction = "Tự cho ý kiến"

    def test_cancel_and_again(self):
        """Who drafted it, and the managers."""
        draft = self._draft_referral(self.lead, user=self.specialist)
        draft.with_user(self.manager).action_submit()
        able = {"follows", "manager"}
        self.assertEqual(self._actors(draft, "action_cancel"), able)
        leader = draft.with_user(self.chairman)
        leader.return_reason = "Bổ sung"
        leader.action_return()
        self.assertEqual(self._actors(draft, "action_again"), able)

    def test_closed_fields(self):
        """No role writes state, days or names, on a draft or later."""
        draft = self._draft_referral(self.lead)
        one = self._referred(self.lead)
        for vals in (
            {"state": "directed"},
            {"submitted_on": "2026-01-01"},
            {"submitted_by_id": self.manager.id},
            {"directed_by_id": self.chairman.id},
            {"directed_on": "2026-01-01"},
            {"returned_on": "2026-01-01"},
            {"asked_on": "2026-01-01"},
            {"previous_id": one.id},
            {"company_id": self.company.id},
            {"opinion_ids": [Command.clear()]},
            {"explanation_ids": [Command.clear()]},
        ):
            for record in (draft, one):
                self.assertFalse(self._writers(record, vals), vals)
            able = self._who_can(
                lambda user, vals=vals: self._rpc(
                    user, "task.referral", "create", [{"kind": "not_done", **vals}]
                ),
                UserError,
            )
            self.assertFalse(able, vals)
        for vals in ({"told_days_late": 99}, {"told_agency_id": self.ward.id}):
            self.assertFalse(self._writers(draft.line_ids, vals), vals)

    def test_answer_is_not_brought_along(self):
        """Who drafts does not write the leader's words."""
        with self.assertRaises(AccessError):
            self._draft_referral(self.lead, direction="Đồng ý")
        with self.assertRaises(AccessError):
            self.env["task.referral"].with_user(self.manager).create(
                {"kind": "not_done", "direction": "Đồng ý"}
            )

    def test_lines_stand_with_their_referral(self):
        """No line is added to, moved into or taken from what was put forward."""
        one, draft = self._referred(self.lead), self._draft_referral(self.lead)
        other = self._released(lead=self.building, deadline="2026-04-10")
        creating = self._who_can(
            lambda user: self._rpc(
                user,
                "task.referral.line",
                "create",
                [{"referral_id": one.id, "assignment_id": other.id}],
            ),
            UserError,
        )
        self.assertFalse(creating)
        self.assertFalse(self._writers(draft.line_ids, {"referral_id": one.id}))
        self.assertFalse(self._writers(one.line_ids, {"reason": "Khác"}))
        self.assertFalse(self._actors(one.line_ids, "unlink", UserError))
        self.assertFalse(self._actors(one, "unlink", UserError))

    def test_agencies_learn_nothing_but_the_direction(self):
        """Neither the Office's words nor the referral, by no search, grouping or
        name."""
        one = self._referred(
            self.lead,
            "feedback",
            name=f"{NEEDLE} phản ánh",
            text=NEEDLE,
            measures=NEEDLE,
        )
        one.line_ids.sudo().reason = NEEDLE
        self._direct(one)
        lines = self.env["task.referral.line"].with_user(self.finance_head)
        line = lines.search([])
        self.assertEqual(line.direction, "Hoàn thành trước 30/4")
        self.assertNotIn(NEEDLE, str(line.read()))
        for name, value in (("reason", NEEDLE), ("referral_id", one.id)):
            with self.assertRaises(AccessError):
                line.read([name])
            with self.assertRaises(AccessError):
                lines.search([(name, "=", value)])
            with self.assertRaises(AccessError):
                lines.formatted_read_group([], [name], ["__count"])
        for name in ("referral_id.text", "referral_id.measures"):
            with self.assertRaises(AccessError):
                lines.search([(name, "ilike", NEEDLE)])
            with self.assertRaises(AccessError):
                lines.formatted_read_group([], [name], ["__count"])
        with self.assertRaises(AccessError):
            self.env["task.referral"].with_user(self.finance_head).search([])
        with self.assertRaises(AccessError):
            one.with_user(self.finance_head).read(["text"])

    def test_files_of_the_direction(self):
        """What the leader attaches goes with the direction to who reads it; what the
        Office attached does not."""
        inner = self._file(self.manager, "noi-bo.txt")
        one = self._draft_referral(self.lead, attachment_ids=inner.ids)
        one.action_submit()
        files = self._file(self.chairman)
        one.with_user(self.chairman).direction_attachment_ids = files
        self.assertEqual(self._readers(files), self.see_all)
        self._direct(one)
        able = self.see_all | self.agency_roles | {"upper head", "sector"}
        self.assertEqual(self._readers(files), able)
        self.assertEqual(self._readers(inner), self.see_all)
        with self.assertRaises(UserError):
            files.with_user(self.chairman).unlink()
        with self.assertRaises(UserError):
            inner.with_user(self.manager).raw = b"khac"

    def test_strange_files(self):
        """A file of another record, or of another user, is not attached."""
        strange = self._file(self.specialist2)
        one = self._referred(self.lead)
        with self.assertRaises(AccessError):
            one.with_user(self.chairman).direction_attachment_ids = strange


@tagged("post_install", "-at_install")
class TestOpinionRights(ReferralRightsCase):
    """An agency reads the question and its own opinion, never another's."""

    def setUp(self):
        super().setUp()
        self.asked = self._draft_referral(
            self.lead,
            "opinions",
            asked_agency_ids=[Command.set((self.finance | self.ward).ids)],
            opinion_due_on="2026-04-20",
        )
        self.asked.action_ask()
        opinions = self.asked.sudo().opinion_ids
        self.mine = opinions.filtered(lambda one: one.agency_id == self.finance)
        self.other = opinions - self.mine

    def test_own_drafts(self):
        """What is not given yet is the agency's own, from everybody else."""
        self.assertEqual(self._finders(self.mine), self.agency_roles)
        self.assertEqual(self._finders(self.other), {"support"})
        self.assertEqual(self._writers(self.mine, {"text": "Nháp"}), self.agency_roles)

    def test_given(self):
        """The head gives it, or who is authorised; then the Office reads it, the
        leaders once it is put to them."""
        self.mine.text = "Đồng ý"
        self.assertEqual(
            self._actors(self.mine, "action_submit"), {"officer authorised", "head"}
        )
        self._give(self.asked, self.finance_head)
        self.assertEqual(
            self._finders(self.mine), self.agency_roles | self.office_roles
        )
        self.assertFalse(self._writers(self.mine, {"text": "Khác"}))
        self.asked.action_submit()
        self.env.invalidate_all()
        self.assertEqual(self._finders(self.mine), self.agency_roles | self.see_all)

    def test_lapsed_draft_stays_with_the_agency(self):
        """What an agency had begun to write when time was up is read by nobody."""
        self.mine.text = NEEDLE
        self.asked.action_submit()
        self.assertEqual(self._finders(self.mine), self.agency_roles)
        self.assertNotIn(NEEDLE, str(self.asked.with_user(self.manager).read()))

    def test_nobody_makes_or_ends_one(self):
        """They come and go by the acts of the referral only."""
        vals = {
            "referral_id": self.asked.id,
            "agency_id": self.building.id,
            "due_on": "2026-04-20",
            "asked_on": "2026-04-14",
        }
        creating = self._who_can(
            lambda user: self._rpc(user, "task.referral.opinion", "create", [vals])
        )
        self.assertFalse(creating)
        self.assertFalse(self._actors(self.mine, "unlink", UserError))
        for one in (
            {"state": "given"},
            {"agency_id": self.building.id},
            {"due_on": "2026-12-31"},
            {"given_on": "2026-04-14"},
            {"referral_id": self.asked.id},
        ):
            self.assertFalse(self._writers(self.mine, one), one)

    def test_ask(self):
        """Who drafted it asks, or a manager."""
        draft = self._draft_referral(
            self.lead,
            "opinions",
            self.specialist,
            asked_agency_ids=[Command.set(self.building.ids)],
            opinion_due_on="2026-04-20",
        )
        self.assertEqual(self._actors(draft, "action_ask"), {"follows", "manager"})

    def test_files_of_the_question(self):
        """They go with the question to who is asked, and to nobody else outside."""
        question = self._file(self.manager)
        self.asked.attachment_ids = question
        self.assertEqual(
            self._readers(question),
            self.office_roles | self.agency_roles | {"support"},
        )
        answer = self._file(self.finance_head)
        self.mine.with_user(self.finance_head).attachment_ids = answer
        self.assertEqual(self._readers(answer), self.agency_roles)


@tagged("post_install", "-at_install")
class TestReferralLetterRoute(ReferralRightsCase, HttpCase):
    @mute_logger("odoo.http")
    def test_letter(self):
        """Who reads the referral prints it; to everybody else it is not there."""
        one = self._referred(self.lead)
        url = f"/task/letter/task.referral/{one.id}.docx"
        for user, status in (
            (self.chairman, 200),
            (self.specialist2, 200),
            (self.finance_head, 404),
            (self.nobody, 404),
        ):
            user.sudo().password = "letter-of-a-test"
            self.authenticate(user.login, "letter-of-a-test")
            self.assertEqual(self.url_open(url).status_code, status, user.login)
