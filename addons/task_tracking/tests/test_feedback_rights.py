# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.fields import Date
from odoo.tests import tagged

from .common import START
from .feedback_common import FeedbackActs
from .referral_common import ReferralActs
from .rights_common import RightsCase
from .urge_common import UrgeActs

NEEDLE = "Phuongbikin"


class FeedbackRightsCase(FeedbackActs, UrgeActs, ReferralActs, RightsCase):
    """The building department reports the finance department (the task's lead)."""

    def setUp(self):
        super().setUp()
        self._move_to(START)
        self.lead = self._shared_task()
        self.vals = {
            "reported_id": self.finance.id,
            "about": f"Chỉ thị 12 {NEEDLE}",
            "text": f"Chưa làm {NEEDLE}",
        }

    def _given(self, **vals):
        return self._feedback(self.building_head, **{**self.vals, **vals})

    def _actors(self, record, method):
        """The roles that may call `method` on `record` over RPC."""
        return self._who_can(
            lambda user: self._rpc(user, record._name, method, record.ids)
        )


@tagged("post_install", "-at_install")
class TestFeedbackRights(FeedbackRightsCase):
    """Every act tried by every role, as RPC."""

    def test_readers(self):
        """Who reported, the Office and the leaders; never the agency reported, nor
        those over it or of its field."""
        readers = self.see_all | {"other head"}
        given = self._given()
        self.assertEqual(self._readers(given), readers)
        self.assertEqual(self._finders(given), readers)
        draft = self._draft_feedback(self.building_head, **self.vals)
        self.assertEqual(self._readers(draft), {"other head"})

    def test_create(self):
        """Every agency in its own name, the Office what it was told."""
        vals = {**self.vals, "reported_id": self.branch.id}

        def creating(**more):
            return self._who_can(
                lambda user: self._rpc(
                    user, "task.feedback", "create", [{**vals, **more}]
                ),
                (AccessError, UserError),
            )

        agencies = self.agency_roles | {
            "upper head",
            "support",
            "sector",
            "other head",
        }
        self.assertEqual(creating(), agencies)
        self.assertEqual(
            creating(agency_id=self.building.id),
            self.office_roles | {"other head"},
        )

    def test_submit_and_take_back(self):
        """The head, or an officer so authorised."""
        vals = {**self.vals, "reported_id": self.building.id}
        draft = self._draft_feedback(self.finance_officer, **vals)
        able = {"officer authorised", "head"}
        self.assertEqual(self._actors(draft, "action_submit"), able)
        draft.with_user(self.finance_head).action_submit()
        self.assertEqual(self._actors(draft, "action_withdraw"), able)

    def test_closed_fields(self):
        """No role writes the state, the days or the names, on no way; an agency brings
        no answer along."""
        given = self._given()
        draft = self._draft_feedback(self.building_head, **self.vals)
        for vals in (
            {"state": "unfounded"},
            {"submitted_by_id": self.finance_head.id},
            {"submitted_at": "2026-01-01 00:00:00"},
            {"answered_by_id": self.manager.id},
            {"answered_on": "2026-01-01"},
            {"company_id": self.company.id},
            {"answer_file_ids": [Command.clear()]},
        ):
            for one in (given, draft):
                writers = self._who_can(
                    lambda user, one=one, vals=vals: self._rpc(
                        user, "task.feedback", "write", one.ids, vals
                    ),
                    (AccessError, UserError),
                )
                self.assertFalse(writers, vals)
        for vals in (
            {"draft_answer": "Xong"},
            {"finding": "Xong"},
            {"told_text": "Xong"},
            {"followed_by_id": self.specialist.id},
            {"assignment_ids": [Command.link(self.lead.id)]},
            {"received_on": "2026-01-01"},
            {"channel": "phone"},
        ):
            for how in ("write", "create"):
                args = (
                    ([draft.id], vals) if how == "write" else ([{**self.vals, **vals}],)
                )
                with self.assertRaises(UserError, msg=str(vals)):
                    self._rpc(self.building_head, "task.feedback", how, *args)

    def test_answer(self):
        """Who follows it, or an Office manager."""
        given = self._given()
        self.assertEqual(
            self._who_can(
                lambda user: self._rpc(
                    user,
                    "task.feedback",
                    "write",
                    given.ids,
                    {"draft_answer": "Đã xem"},
                ),
                (AccessError, UserError),
            ),
            self.office_roles,
        )
        self._verified(given, self.lead, draft_answer="Không có cơ sở")
        self.assertEqual(
            self._actors(given, "action_unfounded"), {"follows", "manager"}
        )
        self.assertEqual(self._actors(given, "action_urge"), {"follows", "manager"})

    def test_reporter_does_not_read_what_is_linked(self):
        """What the Office linked and found is no way to assignments that the reporter
        does not read."""
        given = self._verified(self._given(), self.lead)
        reporter = given.with_user(self.building_head)
        for name in ("assignment_ids", "finding", "told_text", "share_ids"):
            with self.assertRaises(AccessError):
                reporter.read([name])
        with self.assertRaises(AccessError):
            reporter.search([("assignment_ids.content", "ilike", "a")])
        self.assertNotIn("assignment_ids", reporter.fields_get())


@tagged("post_install", "-at_install")
class TestFeedbackLetter(FeedbackRightsCase):
    """A letter of urging answers it."""

    def _urged(self, given=None, **vals):
        given = self._verified(given or self._given(), self.lead)
        action = given.action_urge()
        letter = self.env["task.urge"].with_user(self.specialist)
        letter = letter.browse(action["res_id"])
        self._complete(letter, **vals)
        return given, letter

    def test_letter(self):
        """Issued, it ends the limit on its day, and goes to both; who reported gets a
        copy of it."""
        given = self._given()
        self._move_to("2026-04-06 02:00:00")
        given, letter = self._urged(given, day="2026-04-02")
        self.assertEqual(given.state, "open")
        letter.action_issue()
        self.assertEqual(given.state, "urged")
        # issued on Monday, dated Thursday: within two working days of Wednesday
        clock = self._clock_of(given, "feedback_answer")
        self.assertEqual(clock.stopped_on, Date.to_date("2026-04-02"))
        self.assertEqual(clock.state, "in_time")
        reporter = given.with_user(self.building_head)
        self.assertIn("12/VP-TH ngày 02/04/2026", reporter.answer)
        files = reporter.answer_file_ids
        self.assertEqual(files.mapped("mimetype"), ["application/pdf"])
        self.assertTrue(files.raw.startswith(b"%PDF"))
        share = self.env["task.feedback.share"].with_user(self.finance_head).search([])
        self.assertEqual(share.outcome, "urged")
        self.assertIn("12/VP-TH", share.result)

    def test_letter_of_before(self):
        """A letter dated before the feedback was received is no answer to it (BG, KH
        Đ18.5 want one within days from the receipt); of the day itself it is."""
        given = self._given()
        self._move_to("2026-04-06 02:00:00")
        given, letter = self._urged(given, day="2026-03-31")
        with self.assertRaisesRegex(UserError, "the feedback it answers was received"):
            letter.action_issue()
        self.assertEqual(given.state, "open")
        letter.day = "2026-04-01"
        letter.action_issue()
        self.assertEqual(given.state, "urged")

    def test_late_letter(self):
        """Judged by the day of the letter."""
        given = self._given()
        self._move_to("2026-04-06 02:00:00")
        given, letter = self._urged(given, day="2026-04-06")
        letter.action_issue()
        clock = self._clock_of(given, "feedback_answer")
        self.assertEqual(clock.state, "late")

    def test_one_way_only(self):
        """While a letter is drafted, no other way is begun; once it is discarded,
        another one is."""
        given, letter = self._urged()
        given.draft_answer = "Không có cơ sở"
        for act in ("action_unfounded", "action_refer"):
            with self.assertRaisesRegex(UserError, "being drafted"):
                getattr(given, act)()
        # pressed again, it opens the draft
        self.assertEqual(given.action_urge()["res_id"], letter.id)
        letter.action_cancel()
        given.action_unfounded()
        self.assertEqual(given.state, "unfounded")

    def test_nothing_to_urge(self):
        """On a closed task no letter is written; nor without any task."""
        given = self._given().with_user(self.specialist)
        with self.assertRaisesRegex(UserError, "Link the tasks"):
            given.action_urge()
        self._hand_in(self.lead).with_user(self.specialist).action_accept()
        self._verified(given, self.lead)
        with self.assertRaisesRegex(UserError, "completed or withdrawn"):
            given.action_urge()

    def test_letter_names_no_reporter(self):
        """“Nơi nhận” and the words of the letter do not say who reported, unless the
        policy lets the agency know."""
        given, letter = self._urged(recipients="Sở Xây dựng\nLưu VT")
        self.assertNotIn("Sở Xây dựng", letter.body or "")
        with self.assertRaisesRegex(UserError, "who gave the feedback"):
            letter.action_issue()
        letter.recipients = "Lưu VT"
        letter.action_issue()
        self.assertEqual(given.state, "urged")


@tagged("post_install", "-at_install")
class TestFeedbackReferral(FeedbackRightsCase):
    """Put to the Chairman (BG, KH Đ18.5), whose direction answers it."""

    def _put_forward(self, given=None):
        given = self._verified(given or self._given(), self.lead)
        given = given.with_user(self.manager)
        action = given.action_refer()
        referral = self.env["task.referral"].with_user(self.manager)
        referral = referral.browse(action["res_id"])
        referral.measures = "Phê bình"
        return given, referral

    def test_direction(self):
        """Submitting keeps the limit; the direction is read by both."""
        given, referral = self._put_forward()
        self.assertEqual(given.state, "open")
        with self.assertRaisesRegex(UserError, "being put to a leader"):
            given.action_urge()
        self._move_to("2026-04-03 02:00:00")
        referral.action_submit()
        self.assertEqual(given.state, "referred")
        clock = self._clock_of(given, "feedback_answer")
        self.assertEqual(clock.state, "in_time")
        self._move_to("2026-04-08 02:00:00")
        self._direct(referral, words="Hoàn thành trước 30/4")
        self.assertEqual(given.state, "directed")
        reporter = given.with_user(self.building_head)
        self.assertIn("ngày 08/04/2026: Hoàn thành trước 30/4", reporter.answer)
        share = self.env["task.feedback.share"].with_user(self.finance_head).search([])
        self.assertEqual(share.outcome, "directed")
        self.assertIn("Hoàn thành trước 30/4", share.result)

    def test_late(self):
        """Put to the leader after the limit: late, by the day it was submitted."""
        given, referral = self._put_forward()
        self._move_to("2026-04-06 02:00:00")
        referral.action_submit()
        clock = self._clock_of(given, "feedback_answer")
        self.assertEqual(clock.state, "late")

    def test_given_up(self):
        """A submission that is given up answers nothing: the same limit runs again, and
        another way is open. So it is after its draft was deleted."""
        given, referral = self._put_forward()
        referral.unlink()
        self.assertFalse(given.referral_id)
        given, referral = self._put_forward(given)
        referral.action_submit()
        referral.action_cancel()
        self.assertFalse(given.referral_id)
        self.assertEqual(given.state, "open")
        clock = self._clock_of(given, "feedback_answer")
        self.assertEqual(clock.state, "running")
        self.assertEqual(clock.due_on, Date.to_date("2026-04-03"))
        given.draft_answer = "Không có cơ sở"
        given.action_unfounded()
        self.assertEqual(given.state, "unfounded")

    def test_returned(self):
        """What the leader sent back is put forward again, and answers then."""
        given, referral = self._put_forward()
        referral.action_submit()
        returned = referral.with_user(self.chairman)
        returned.return_reason = "Nói rõ hơn"
        returned.action_return()
        action = referral.action_again()
        again = referral.browse(action["res_id"])
        again.action_submit()
        self._direct(again)
        self.assertEqual(given.state, "directed")

    def test_needs_a_finding(self):
        """What was found out is what the leader is told."""
        given = self._given().with_user(self.manager)
        with self.assertRaisesRegex(UserError, "verification found"):
            given.action_refer()


@tagged("post_install", "-at_install")
class TestFeedbackIdentity(FeedbackRightsCase):
    """Who reported is told to the agency reported by nothing it can read."""

    def setUp(self):
        super().setUp()
        given = self._verified(self._given(), self.lead, draft_answer="Không có cơ sở")
        given.with_user(self.building_head).message_post(body="Xin trả lời sớm")
        self.given = given

    def _answered(self):
        self.given.action_unfounded()
        return self.env["task.feedback.share"].sudo().search([])

    def test_share(self):
        """No field of what it reads, no file, message, follower, group or clock."""
        share = self._answered()
        head = self.finance_head
        self.assertEqual(share.agency_id, self.finance)
        self.assertFalse(share.reporter_id)
        people = self.building | (self.building_head | self.building_officer).partner_id
        users = self.building_head | self.building_officer
        shared = share.with_user(head)
        readable = shared.read()[0]
        self.assertNotIn("feedback_id", readable)
        self.assertNotIn(NEEDLE, str(readable))
        self.assertNotIn("Xây dựng", str(readable))
        self.assertNotIn(share.create_uid, users)
        self.assertFalse(share.message_partner_ids & people)
        self.assertFalse(share.message_ids.author_id & people)
        with self.assertRaises(AccessError):
            shared.search([("feedback_id.agency_id", "=", self.building.id)])
        with self.assertRaises(AccessError):
            shared.formatted_read_group([], ["feedback_id"], ["__count"])
        head.group_ids |= self.env.ref("base.group_allow_export")
        with self.assertRaises(AccessError):
            self._rpc(head, share._name, "export_data", share.ids, ["feedback_id/id"])
        clocks = self.env["task.clock"].with_user(head).search([])
        self.assertNotIn("task.feedback", clocks.mapped("res_model"))

    def test_messages(self):
        """What it was told in Odoo names nobody, and no message of the feedback is
        found."""
        self._answered()
        head = self.finance_head
        told = self.env["mail.message"].with_user(head).search([])
        self.assertIn("không có cơ sở", str(told.mapped("body")))
        self.assertNotIn("task.feedback", told.mapped("model"))
        self.assertNotIn(NEEDLE, str(told.mapped("body")))
        authors = told.author_id
        self.assertNotIn(self.building_head.partner_id, authors)

    def test_the_feedback_itself(self):
        """Neither read nor found, by its words, its files or its group counts."""
        file = (
            self.env["ir.attachment"]
            .with_user(self.building_head)
            .create({"name": f"{NEEDLE}.txt", "raw": NEEDLE.encode()})
        )
        given = self._given(about="Việc khác", attachment_ids=[Command.link(file.id)])
        for user in (self.finance_head, self.upper_head, self.agriculture_head):
            found = self._rpc(
                user, "task.feedback", "search", [("about", "ilike", NEEDLE)]
            )
            self.assertFalse(found)
            self.assertFalse(self._rpc(user, "task.feedback", "name_search", NEEDLE))
            groups = self._rpc(
                user, "task.feedback", "formatted_read_group", [], ["agency_id"], []
            )
            self.assertFalse(groups)
            with self.assertRaises(AccessError):
                self._rpc(user, "task.feedback", "read", given.ids, ["agency_id"])
            with self.assertRaises(AccessError):
                self._rpc(user, "ir.attachment", "read", file.ids, ["raw"])
            self.assertFalse(
                self._rpc(user, "ir.attachment", "search", [("name", "=", file.name)])
            )
            with self.assertRaises(AccessError):
                self.lead.with_user(user).read(["feedback_ids"])

    def test_policy(self):
        """Under the policy the agency reads who reported."""
        policy = self.env["task.regulation.policy"]
        line = self.regulation.policy_ids.filtered(
            lambda one: one.key == "feedback_names_reporter"
        )
        if line:
            line.value = "yes"
        else:
            policy.create(
                {
                    "regulation_id": self.regulation.id,
                    "key": "feedback_names_reporter",
                    "value": "yes",
                }
            )
        share = self._answered()
        self.assertEqual(share.reporter_id, self.building)

    def test_nobody_writes_a_share(self):
        """It is the Office's act that makes it: no role makes or changes one."""
        share = self._answered()
        for how, args in (
            ("write", (share.ids, {"result": "Khác"})),
            ("create", ([{"text": "x", "agency_id": self.finance.id}],)),
            ("unlink", (share.ids,)),
        ):
            self.assertFalse(
                self._who_can(
                    lambda user, how=how, args=args: self._rpc(
                        user, share._name, how, *args
                    )
                )
            )
        self.assertEqual(self._readers(share), self.see_all | self.agency_roles)
