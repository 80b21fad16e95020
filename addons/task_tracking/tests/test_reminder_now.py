# SPDX-License-Identifier: LGPL-3.0-or-later
from unittest.mock import patch

from odoo.fields import Datetime
from odoo.tests import tagged

from ..models import task_reminder_now
from .common import START, TaskCase


class NowCase(TaskCase):
    """Bắc Giang: a task is handed back within 24 hours of its receipt (Đ6.2c)."""

    def setUp(self):
        super().setUp()
        self.company.regulation_id = self.env.ref("task_tracking.regulation_bac_giang")
        self._move_to(START)
        self.before = self.env["task.notice"].search([])

    def _run(self, **more):
        """The job, which commits nothing in a test; returns the notices it made."""
        before = self.env["task.notice"].search([])
        with patch.object(
            type(self.env["ir.cron"]), "_commit_progress", return_value=60, **more
        ):
            self.env["task.clock"]._cron_tell_hours()
        return self.env["task.notice"].search([]) - before

    def _told(self, notices):
        """Who was told, by login."""
        users = self.env["res.users"].search(
            [("partner_id", "in", notices.partner_id.ids)]
        )
        return {user.login.removeprefix("t_") for user in users}

    def _received(self, **vals):
        """An assignment the finance department received now."""
        assignment = self._released(**vals)
        assignment.with_user(self.finance_officer).action_receive()
        return assignment


@tagged("post_install", "-at_install")
class TestHours(NowCase):
    """Limits in hours are told at the event and at half-time, at once."""

    def test_at_the_event(self):
        """Received at 09:00 on 01/04: the agency's officer and head are told at once
        until when (09:00 on 02/04), why, and where; each once."""
        assignment = self._received()
        notices = self._run()
        self.assertEqual(self._told(notices), {"finance_officer", "finance_head"})
        for notice in notices:
            self.assertIn("09:00 02/04/2026", notice.subject)
            body = str(notice.body_html)
            for words in (
                "Hand a task back",
                "Until: 09:00 02/04/2026.",
                "Reminded: when the time begins.",
                "Điểm c khoản 2 Điều 6",
                "trong thời hạn 24 giờ",
                f"res_id={assignment.id}",
            ):
                self.assertIn(words, body)
        self.assertFalse(self._run())

    def test_kept_as_urging(self):
        """Each mail is an act of urging of its own, about the assignment."""
        assignment = self._received()
        notices = self._run()
        urges = self.env["task.urge"].search([("notice_id", "in", notices.ids)])
        self.assertEqual(urges.mapped("kind"), ["automatic"] * 2)
        self.assertEqual(urges.partner_id, notices.partner_id)
        step = self.env.ref("task_tracking.reminder_step_hours_begin")
        self.assertEqual(urges.line_ids.assignment_id, assignment.sudo())
        self.assertEqual(
            set(urges.line_ids.mapped("marker")),
            {
                f"hours/task.assignment-{assignment.id}-return/{step.id}/"
                f"{user.partner_id.id}"
                for user in (self.finance_officer, self.finance_head)
            },
        )

    def test_at_half_time(self):
        """12 hours later, at 21:00 in the evening, the specialist is told as well."""
        self._received()
        self._run()
        self._move_to("2026-04-01 13:59:00")
        self.assertFalse(self._run())
        self._move_to("2026-04-01 14:00:00")
        notices = self._run()
        self.assertEqual(
            self._told(notices), {"finance_officer", "finance_head", "specialist"}
        )
        self.assertIn("Reminded: at half-time.", str(notices[0].body_html))

    def test_on_a_day_off(self):
        """Hours run on Saturdays and at night: received on Sat 04/04 at 22:00, told
        then, and on Sunday at 10:00."""
        self._move_to("2026-04-04 15:00:00")
        self._received()
        self.assertEqual(len(self._run()), 2)
        self._move_to("2026-04-05 03:00:00")
        self.assertEqual(len(self._run()), 3)

    def test_the_last_step_only(self):
        """Where the job was away until after half-time, only half-time is told."""
        self._received()
        self._move_to("2026-04-01 20:00:00")
        notices = self._run()
        self.assertEqual(len(notices), 3)
        self.assertIn("Reminded: at half-time.", str(notices[0].body_html))
        self.assertFalse(self._run())

    def test_over(self):
        """Once the time is over nobody is told of it any more."""
        self._received()
        self._move_to("2026-04-02 02:00:00")
        self.assertFalse(self._run())

    def test_met(self):
        """Who handed back is told nothing: neither at half-time, nor where the act
        itself was the receipt."""
        assignment = self._received()
        self._run()
        self._hand_back(assignment)
        other = self._released()
        self._hand_back(other)
        self.assertTrue(other.sudo().fact_ids.filtered("is_implied"))
        self._move_to("2026-04-01 14:00:00")
        self.assertFalse(self._run())

    def test_the_job_is_woken(self):
        """The limit itself wakes the job, at its event and at half-time."""
        cron = self.env.ref("task_tracking.cron_reminder_hours")
        triggers = self.env["ir.cron.trigger"].sudo()
        before = triggers.search([("cron_id", "=", cron.id)])
        self._received()
        woken = triggers.search([("cron_id", "=", cron.id)]) - before
        self.assertEqual(
            sorted(woken.mapped("call_at")),
            [
                Datetime.to_datetime("2026-04-01 02:00:00"),
                Datetime.to_datetime("2026-04-01 14:00:00"),
            ],
        )

    def test_limits_in_days_wait_for_the_digest(self):
        """Only hours are told at once: a request for more time is answered within two
        working days (Đ6.1b)."""
        extension = self._ask_extension(self._released())
        self.assertTrue(extension.sudo().clock_ids)
        self.assertFalse(self._run())

    def test_of_the_office(self):
        """A limit in hours of the Office is told to who follows it and the managers, to
        no agency, under the clock that runs. Of the request only the day is known: the
        four hours run from its end."""
        regulation = self.company.regulation_id
        regulation.rule_ids.filtered(lambda one: one.act == "extension_answer").write(
            {"unit": "hour", "amount": 4}
        )
        extension = self._ask_extension(self._released())
        clock = extension.sudo().clock_ids.filtered("due_at")
        self.assertFalse(self._run())
        self._move_to("2026-04-01 17:00:00")
        notices = self._run()
        self.assertEqual(self._told(notices), {"specialist", "manager"})
        self.assertIn("03:59 02/04/2026", notices[0].subject)
        self.assertTrue(
            all(one.marker.startswith(f"hours/{clock.id}/") for one in notices)
        )
        extension.with_user(self.chairman).answer = "Không"
        extension.with_user(self.chairman).action_refuse()
        self._move_to("2026-04-01 19:00:00")
        self.assertFalse(self._run())

    def test_not_by_mail(self):
        """Where the regulation lets nobody be urged by e-mail, no mail is sent."""
        self.company.regulation_id._policy_source("urge_by_mail").value = "no"
        self._received()
        self.assertFalse(self._run())

    def test_nothing_to_who_may_not_read(self):
        """A rule of the province keeps the officer from this record: only the head is
        told."""
        self.env["ir.rule"].create(
            {
                "name": "Thử",
                "model_id": self.env["ir.model"]._get_id("task.assignment"),
                "domain_force": "[('id', '>', 10**9 if user.id =="
                f" {self.finance_officer.id} else 0)]",
            }
        )
        assignment = self._released()
        assignment.with_user(self.finance_head).action_receive()
        self.assertEqual(self._told(self._run()), {"finance_head"})

    def test_in_batches(self):
        """The job ends when its time is over and goes on in the next run."""
        for _number in range(3):
            self._received()
        cron = type(self.env["ir.cron"])
        with patch.object(task_reminder_now, "BATCH", 1):
            before = self.env["task.notice"].search([])
            with patch.object(cron, "_commit_progress", return_value=0) as commit:
                self.env["task.clock"]._cron_tell_hours()
            self.assertEqual(commit.call_args.kwargs, {"remaining": 1})
            first = self.env["task.notice"].search([]) - before
            self.assertEqual(len(first), 2)
            rest = self._run()
        self.assertEqual(len(rest), 4)
        self.assertFalse(first & rest)


@tagged("post_install", "-at_install")
class TestExpress(NowCase):
    """Hỏa tốc is told at once as it is released."""

    def _release_express(self, **vals):
        document = self._document(
            [self._task_vals(support=self.ward)], urgency="express", **vals
        )
        document.action_release()
        return document.sudo().assignment_ids

    def _new(self):
        return self.env["task.notice"].search([]) - self.before

    def test_told_at_once(self):
        """Released on Sunday 05/04 at 23:00: officers and heads of the lead and of the
        support, each of their own assignment, and nobody else."""
        self._move_to("2026-04-05 16:00:00")
        assignments = self._release_express(number="123/UBND")
        notices = self._new()
        self.assertEqual(
            self._told(notices),
            {"finance_officer", "finance_head", "ward_officer", "ward_head"},
        )
        self.assertEqual(len(notices), 4)
        urges = self.env["task.urge"].search([("notice_id", "in", notices.ids)])
        for urge in urges:
            user = self.env["res.users"].search(
                [("partner_id", "=", urge.partner_id.id)]
            )
            mine = urge.line_ids.assignment_id
            self.assertEqual(mine.agency_id, user.task_agency_id)
            self.assertTrue(mine.with_user(user).has_access("read"))
            self.assertEqual(
                urge.line_ids.marker, f"express/{mine.id}/{user.partner_id.id}"
            )
        self.assertEqual(urges.line_ids.assignment_id, assignments)

    def test_what_is_said(self):
        """What, until when, why (with the article), and where."""
        self._release_express()
        notice = self._new().filtered(
            lambda one: one.partner_id == self.finance_head.partner_id
        )
        self.assertIn("Báo cáo kết quả thực hiện", notice.subject)
        body = str(notice.body_html)
        for words in (
            "Until: 10/04/2026.",
            "Told at once, since the directive is:",
            "Khoản 4 Điều 10",
            "/mail/view?model=task.assignment",
        ):
            self.assertIn(words, body)

    def test_in_the_readers_language(self):
        """Each person's mail is in that person's language."""
        self.env["res.lang"]._activate_lang("vi_VN")
        urgency = self.env.ref(
            "task_tracking.selection__task_document__urgency__express"
        )
        urgency.with_context(lang="vi_VN").name = "Hỏa tốc"
        self.finance_head.lang = "vi_VN"
        self._release_express()
        subjects = {notice.partner_id: notice.subject for notice in self._new()}
        self.assertIn("Express", subjects[self.finance_officer.partner_id])
        self.assertIn("Hỏa tốc", subjects[self.finance_head.partner_id])

    def test_others_wait_for_the_digest(self):
        """Other urgencies are not told at once."""
        for urgency in ("normal", "urgent", "very_urgent"):
            document = self._document(urgency=urgency)
            document.action_release()
        self.assertFalse(self._new())

    def test_with_the_release(self):
        """A release that fails tells nobody."""
        document = self._document(urgency="express")
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            document.action_release()
            self.assertTrue(self._new())
            raise ZeroDivisionError
        self.assertFalse(self._new())

    def test_queries(self):
        """Telling makes no more queries for 24 tasks (96 mails, within what
        Odoo writes in one INSERT) than for three."""

        def release(number):
            tasks = [
                self._task_vals(lead=self.finance | self.building, name=f"Việc {nth}")
                for nth in range(number)
            ]
            document = self._document(tasks, urgency="express")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            document.action_release()
            self.env.cr.flush()
            return self.env.cr.sql_log_count - before

        release(3)
        self.assertLessEqual(release(24), release(3))
