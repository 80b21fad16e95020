# SPDX-License-Identifier: LGPL-3.0-or-later

from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.task_digest_mail import MOST_LINES, DigestWords
from .mail_common import MailCase

JOB = "odoo.addons.task_tracking.models.task_digest"


class DigestCase(MailCase):
    """The province at the hour of the digest; expected days are worked out by hand.
    The 1st of April 2026 is a Wednesday."""

    def _digests(self, *users):
        notices = self.env["task.notice"].search([("marker", "=like", "digest/%")])
        if users:
            partners = [user.partner_id.id for user in users]
            notices = notices.filtered(lambda one: one.partner_id.id in partners)
        return notices

    def _on(self, day, hour=9):
        """Run the job at an hour of a day of the province (UTC+7); the new digests."""
        self._move_to(f"{day} {hour - 7:02}:05:00")
        return self.env["task.digest"]._queue_due(self.company)

    def _other_company(self, **vals):
        return self.env["res.company"].create(
            {"name": "Tỉnh khác", "regulation_id": self.regulation.id, **vals}
        )

    def _of(self, user, notices):
        """The notice to this user."""
        return notices.filtered(lambda one: one.partner_id == user.partner_id)

    def _body(self, user, notices):
        return self._of(user, notices).mail_mail_id.body_html

    def _told(self, notices):
        """{login: {(model, step offset)}} of what the digests told."""
        told = {}
        for notice in notices:
            urge = self.env["task.urge"].search([("notice_id", "=", notice.id)])
            user = notice.partner_id.user_ids
            lines = told.setdefault(user.login.removeprefix("t_"), set())
            for line in urge.line_ids:
                model, _id, step_id, _anchor, _partner = line.marker.split("/")
                step = self.env["task.reminder.step"].browse(int(step_id))
                lines.add((model, step.offset))
        return told


@tagged("post_install", "-at_install")
class TestDigest(DigestCase):
    """One digest a person a day tells what falls due, is overdue and waits."""

    def test_ladder_of_a_deadline(self):
        """A task due on Friday 10 April 2026 is told on each day of its ladder: 7, 3
        and 1 working days before (1, 7 and 9 April), on the day, a day after (Monday
        the 13th, since the 11th is a Saturday), 7 after (the 17th), to whom it says."""
        self._released(deadline="2026-04-10")
        deadline = "task.assignment"
        agency = {"finance_head", "finance_officer"}
        expected = {
            "2026-04-01": (-7, {"finance_officer"}),
            "2026-04-07": (-3, agency | {"specialist"}),
            "2026-04-09": (-1, agency | {"specialist"}),
            "2026-04-10": (0, agency | {"specialist"}),
            "2026-04-13": (1, agency | {"specialist", "manager"}),
            "2026-04-17": (
                7,
                agency | {"specialist", "manager", "chairman", "deputy"},
            ),
        }
        for day in range(1, 25):
            day = f"2026-04-{day:02}"
            told = self._told(self._on(day))
            told = {
                login: {(m, o) for m, o in lines if m == deadline}
                for login, lines in told.items()
            }
            told = {login: lines for login, lines in told.items() if lines}
            offset, logins = expected.get(day, (None, set()))
            self.assertEqual(told, {one: {(deadline, offset)} for one in logins}, day)

    # -- when --------------------------------------------------------------------------
    def test_not_on_days_off_nor_before_the_hour(self):
        """Nothing is sent on a Saturday, a Sunday or before the hour of the company;
        what fell on a day off is told on the next working day."""
        self._released(deadline="2026-04-10")
        self.company.task_digest_hour = 8
        self.assertTrue(self._on("2026-04-09"))
        self.assertFalse(self._on("2026-04-10", 7))
        self.assertTrue(self._on("2026-04-10", 8))
        self.assertFalse(self._on("2026-04-11"))
        self.assertFalse(self._on("2026-04-12"))
        self.assertTrue(self._on("2026-04-13"))

    def test_not_on_a_holiday(self):
        """A holiday on a weekday is a day off like any other."""
        self.env["task.calendar.day"].create(
            {
                "date": "2026-04-09",
                "kind": "holiday",
                "name": "Lễ",
                "state": "confirmed",
            }
        )
        self._released(deadline="2026-04-10")
        self.assertFalse(self._on("2026-04-09"))
        self.assertTrue(self._on("2026-04-10"))

    def test_one_a_day(self):
        """Who had the day's digest gets no other, whatever comes; who had none may
        still get one on the same day; the rest is told on the next working day."""
        self._released(deadline="2026-04-10")
        first = self._on("2026-04-09", 8)
        self.assertIn(self.finance_head.partner_id, first.partner_id)
        self.assertFalse(self._on("2026-04-09", 8))
        self._released(name="Khác", deadline="2026-04-10")
        self._released(lead=self.building, deadline="2026-04-10")
        later = self._on("2026-04-09", 10)
        self.assertEqual(
            later.partner_id, (self.building_head | self.building_officer).partner_id
        )
        told = self._told(self._on("2026-04-10"))
        self.assertEqual(told["finance_head"], {("task.assignment", 0)})

    def test_nothing_new_is_no_digest(self):
        """On a day on which no step is reached nobody is written to."""
        self._released(deadline="2026-04-10")
        self._on("2026-04-07")
        self.assertFalse(self._on("2026-04-08"))

    def test_history_is_not_told(self):
        """A job that stood still tells the last step reached, not the ones before; what
        was reached seven days ago or earlier is not told any more."""
        self._released(deadline="2026-04-10")
        told = self._told(self._on("2026-04-16"))
        self.assertEqual(told["finance_head"], {("task.assignment", 1)})
        # 7 days after was Friday the 17th
        self.assertFalse(self._on("2026-04-24"))
        self._released(name="Khác", lead=self.building, deadline="2026-04-27")
        told = self._told(self._on("2026-05-08"))
        self.assertEqual(told["building_head"], {("task.assignment", 7)})

    # -- what runs ---------------------------------------------------------------------
    def test_a_moved_deadline_is_told_anew(self):
        """Another deadline is another ladder: its steps are told though the same ones
        of the former deadline were."""
        one = self._released(deadline="2026-04-10")
        self._on("2026-04-09")
        extension = self._ask_extension(one, "2026-04-14")
        extension.with_user(self.chairman).action_accept()
        # 3 working days before Tuesday the 14th was the 9th: caught up
        told = self._told(self._on("2026-04-10"))
        self.assertEqual(told["finance_head"], {("task.assignment", -3)})
        told = self._told(self._on("2026-04-13"))
        self.assertEqual(told["finance_head"], {("task.assignment", -1)})

    def test_what_was_handed_in_is_not_told(self):
        """A result that waits is not the agency's to do; refused, it is again."""
        one = self._released(deadline="2026-04-10")
        self._move_to("2026-04-08 02:00:00")
        result = self._hand_in(one)
        self.assertNotIn("finance_head", self._told(self._on("2026-04-09")))
        result.with_user(self.specialist).write({"answer": "Chưa đạt"})
        result.with_user(self.specialist).action_refuse()
        told = self._told(self._on("2026-04-10"))
        self.assertEqual(told["finance_head"], {("task.assignment", 0)})

    def test_supports_are_told_alike(self):
        """The supports of a task have their deadline too."""
        self._released(support=self.building, deadline="2026-04-10")
        told = self._told(self._on("2026-04-09"))
        self.assertEqual(told["building_head"], {("task.assignment", -1)})

    # -- time limits -------------------------------------------------------------------
    def test_limit_of_the_office(self):
        """A limit of the Office is told to who follows the record, by the ladder of
        the Office; nothing of it goes to the agency."""
        one = self._released(deadline="2026-06-30")
        self._clock(one, "extension_answer", "office", "2026-04-08")
        told = self._told(self._on("2026-04-07"))
        self.assertEqual(set(told), {"specialist", "manager"})
        self.assertEqual(told["specialist"], {("task.clock", -1)})

    def test_limit_of_an_agency(self):
        """Another limit of an agency is told to its people, one day before."""
        one = self._released(deadline="2026-06-30")
        self._clock(one, "undated_report", "agency", "2026-04-08")
        told = self._told(self._on("2026-04-07"))
        self.assertEqual(set(told), {"finance_head", "finance_officer"})
        self.assertEqual(told["finance_head"], {("task.clock", -1)})

    def test_own_deadline_is_told_once(self):
        """The agency's limit that is counted from the deadline is covered by the
        ladder of the deadline; a limit in hours is told at once, never here."""
        one = self._released(deadline="2026-06-30")
        self._clock(one, "result", "agency", "2026-04-08")
        self._clock(
            one, "extension_answer", "office", "2026-04-08", due_at="2026-04-08 03:00"
        )
        self.assertFalse(self._on("2026-04-07"))

    def test_a_stopped_limit_is_not_told(self):
        """What was met in time is not reminded of."""
        one = self._released(deadline="2026-06-30")
        clock = self._clock(one, "extension_answer", "office", "2026-04-08")
        clock._stop(self.company._task_today())
        self.assertFalse(self._on("2026-04-07"))

    def _clock(self, record, act, actor, due_on, **vals):
        """A running limit on the record, by the rule of some regulation."""
        rule = self.env["task.regulation.rule"].search(
            [("act", "=", act), ("actor", "=", actor), ("stated", "=", "limit")],
            limit=1,
        )
        self.assertTrue(rule)
        return self.env["task.clock"].create(
            {
                "rule_id": rule.id,
                "company_id": self.company.id,
                "act": act,
                "actor": actor,
                "stop": rule.stop,
                "res_model": record._name,
                "res_id": record.id,
                "started_on": "2026-04-01",
                "due_on": due_on,
                **vals,
            }
        )

    # -- what waits for a decision -----------------------------------------------------
    def test_result_waits(self):
        """A result handed in on Wednesday 8 April waits for the specialist: told on the
        9th, 3 working days after on the 13th, 7 after on the 17th, to managers too."""
        one = self._released(deadline="2026-06-30")
        self._move_to("2026-04-08 02:00:00")
        self._hand_in(one)
        days = {}
        for day in range(8, 22):
            for login, lines in self._told(self._on(f"2026-04-{day:02}")).items():
                for model, offset in lines:
                    if model == "task.result":
                        days.setdefault((day, offset), set()).add(login)
        self.assertEqual(
            days,
            {
                (9, 0): {"specialist"},
                (13, 3): {"specialist"},
                (17, 7): {"specialist", "manager"},
            },
        )

    def test_extension_waits_for_a_leader(self):
        """A request for time waits for the Chairman, and for a deputy only within a
        recorded authorisation."""
        one = self._released(deadline="2026-06-30")
        self._ask_extension(one, "2026-07-20")
        told = self._told(self._on("2026-04-02"))
        self.assertIn("chairman", told)
        self.assertNotIn("deputy", told)
        self.env["task.authorisation"].create(
            {
                "user_id": self.deputy.id,
                "company_id": self.company.id,
                "date_from": "2026-04-01",
                "number": "1/UQ",
                "signed_on": "2026-04-01",
            }
        )
        self.assertIn("deputy", self._told(self._on("2026-04-06")))

    def test_nobody_is_asked_to_answer_themselves(self):
        """Who entered a result for the agency does not answer it: the managers do."""
        one = self._released(deadline="2026-06-30")
        self._hand_in(one, user=self.specialist)
        told = self._told(self._on("2026-04-02"))
        self.assertEqual(set(told), {"manager"})

    # -- rights ------------------------------------------------------------------------
    def test_rules_decide_what_is_told(self):
        """A record rule of the province keeps an assignment out of the digest of who
        may not read it, whoever the ladder names."""
        self._released(name="Việc kín", deadline="2026-04-10")
        self._released(name="Việc mở", deadline="2026-04-10")
        self.env["ir.rule"].create(
            {
                "name": "test",
                "model_id": self.env["ir.model"]._get_id("task.assignment"),
                "domain_force": "[('task_id.name', '!=', 'Việc kín')]",
            }
        )
        notices = self._on("2026-04-09")
        for user in (self.finance_head, self.specialist):
            self.assertNotIn("Việc kín", self._body(user, notices))
            self.assertIn("Việc mở", self._body(user, notices))

    def test_rules_of_single_persons(self):
        """A rule that tells persons apart is asked for each of them."""
        head = self.finance_head.id
        self._released(deadline="2026-04-10")
        self.env["ir.rule"].create(
            {
                "name": "test",
                "model_id": self.env["ir.model"]._get_id("task.assignment"),
                "domain_force": f"[('id', '=' if user.id == {head} else '!=', 0)]",
            }
        )
        told = self._told(self._on("2026-04-09"))
        self.assertIn("finance_officer", told)
        self.assertNotIn("finance_head", told)

    def test_who_left_is_not_told(self):
        """Who was moved to another agency, or archived, hears nothing any more."""
        self._released(deadline="2026-04-10")
        self.finance_head.task_agency_id = self.building
        self.finance_officer.active = False
        self.specialist.active = False
        self.assertEqual(set(self._told(self._on("2026-04-09"))), {"manager"})

    # -- the mail ----------------------------------------------------------------------
    def test_the_mail(self):
        """The subject counts; each line has the content, agency, directive, date, why
        it is told and a link that asks for the login; all of it reads as plain text."""
        self.env["res.lang"]._activate_lang("vi_VN")
        one = self._released(name="Báo cáo <b>giải ngân</b>", deadline="2026-04-10")
        notices = self._on("2026-04-09")
        self._send_queue()
        self.assertEqual(
            self._of(self.finance_head, notices).subject,
            "Reminder of 04/09/2026: 1 falling due",
        )
        (mail,) = self.server.to("finance_head@example.com")
        plain = mail.get_body(("plain",)).get_content()
        html = mail.get_body(("html",)).get_content()
        for words in (
            "Báo cáo <b>giải ngân</b>",
            "Sở Tài chính",
            "Về việc thử nghiệm",
            "due 04/10/2026, in 1 day(s)",
            "Reminded",
            f"/mail/view?model=task.assignment&res_id={one.id}",
        ):
            self.assertIn(words, plain)
        self.assertIn("&lt;b&gt;giải ngân", html)
        self.assertNotIn("<table", html)

    def test_in_the_language_of_the_recipient(self):
        """Each mail is in its recipient's language, in one batch."""
        self.env["res.lang"]._activate_lang("fr_FR")
        self._released(deadline="2026-04-10")
        self.finance_head.lang = "fr_FR"
        notices = self._on("2026-04-09")
        self.assertIn("10/04/2026", self._body(self.finance_head, notices))
        self.assertIn("04/10/2026", self._body(self.finance_officer, notices))

    def test_at_most_fifteen_lines(self):
        """Of more than fifteen the number is said, with a link to the list; all of them
        are kept as told, and not told again."""
        for number in range(MOST_LINES + 3):
            self._released(name=f"Việc số {number:02}", deadline="2026-04-10")
        notices = self._on("2026-04-09")
        body = self._body(self.finance_head, notices)
        self.assertEqual(body.count("Việc số"), MOST_LINES)
        self.assertIn("… and 3 more.", body)
        self.assertIn("/odoo/my-assignments", body)
        self.assertIn("18 falling due", self._of(self.finance_head, notices).subject)
        urge = self.env["task.urge"].search(
            [("partner_id", "=", self.finance_head.partner_id.id)]
        )
        self.assertEqual(len(urge.line_ids), MOST_LINES + 3)

    def test_standing_totals(self):
        """What is overdue by age, and what waits, of what the person answers for."""
        self._released(name="A", deadline="2026-04-02")
        self._released(name="B", lead=self.building, deadline="2026-04-02")
        self._released(name="C", deadline="2026-04-10")
        notices = self._on("2026-04-20")
        self.assertIn(
            "Overdue: 2 (8–30 days: 2)", self._body(self.finance_head, notices)
        )
        self.assertIn("Overdue: 3 (8–30 days: 3)", self._body(self.manager, notices))

    # -- what is kept ------------------------------------------------------------------
    def test_kept_as_urging(self):
        """Each digest is kept as an act of urging with its lines, in the same
        transaction as its mail."""
        one = self._released(deadline="2026-04-10")
        notice = self._of(self.finance_head, self._on("2026-04-09"))
        urge = self.env["task.urge"].search([("notice_id", "=", notice.id)])
        self.assertEqual((urge.kind, urge.state), ("automatic", "done"))
        self.assertEqual(str(urge.day), "2026-04-09")
        self.assertEqual(urge.partner_id, self.finance_head.partner_id)
        self.assertEqual(urge.line_ids.assignment_id, one)
        self.assertEqual(urge.line_ids.agency_id, self.finance)
        self.assertEqual(str(urge.line_ids.anchor_on), "2026-04-10")

    def test_the_bell_shows_the_same_message(self):
        """Who wants to be told in Odoo finds the mail itself in the inbox; who wants
        mails only finds nothing there."""
        self.finance_officer.notification_type = "email"
        self._released(deadline="2026-04-10")
        notices = self._on("2026-04-09")
        message = self._of(self.finance_head, notices).mail_mail_id.mail_message_id
        inbox = self.env["mail.message"].with_user(self.finance_head)
        found = inbox.search(
            [("needaction", "=", True), ("subject", "like", "Reminder")]
        )
        self.assertEqual(found.ids, message.ids)
        self.assertIn("Báo cáo kết quả", found.body)
        officer = self._of(self.finance_officer, notices).mail_mail_id
        self.assertFalse(officer.mail_message_id.notification_ids)

    def test_a_mail_at_once_rings_too(self):
        """What is told at once is the same message in mail and inbox, kept as urging
        in the same transaction, and never told again."""
        one = self._released(deadline="2026-06-30")
        values = {
            "marker": f"test/{one.id}",
            "company": self.company,
            "partner": self.finance_head.partner_id,
            "subject": "Việc hỏa tốc",
            "body": "<p>Nội dung hỏa tốc</p>",
            "record": one,
            "anchor": one.due_on,
            "agency": self.finance,
        }
        notice = self.env["task.urge"]._tell_at_once([values])
        self.assertFalse(self.env["task.urge"]._tell_at_once([values]))
        urge = self.env["task.urge"].search([("notice_id", "=", notice.id)])
        self.assertEqual(urge.kind, "automatic")
        self.assertEqual(urge.line_ids.assignment_id, one)
        inbox = self.env["mail.message"].with_user(self.finance_head)
        found = inbox.search(
            [("needaction", "=", True), ("subject", "=", "Việc hỏa tốc")]
        )
        self.assertEqual(found, notice.mail_mail_id.mail_message_id)
        self.assertIn("Nội dung hỏa tốc", found.body)

    # -- letters -----------------------------------------------------------------------
    def test_letters_are_drafted_by_the_ladder(self):
        """Seven days after the deadline one letter is drafted to the lead agency, with
        all it is late with; drafted once, and nothing to supports."""
        one = self._released(name="A", support=self.building, deadline="2026-04-10")
        other = self._released(name="B", deadline="2026-04-10")
        self._on("2026-04-16")
        letters = self.env["task.urge"].search
        of_ours = [("kind", "=", "letter"), ("company_id", "=", self.company.id)]
        self.assertFalse(letters(of_ours))
        self._on("2026-04-17")
        letter = letters(of_ours)
        self.assertEqual(letter.state, "draft")
        self.assertEqual(letter.line_ids.assignment_id, one | other)
        self._on("2026-04-17", 11)
        self._on("2026-04-20")
        self.assertEqual(letters(of_ours), letter)
        self.assertEqual(len(letter.line_ids), 2)

    # -- what must not stop the others -------------------------------------------------
    def test_a_failing_address_stops_nobody(self):
        """An address the server refuses fails alone, and the Office sees which."""
        self._released(deadline="2026-04-10")
        self.server.refused.add("finance_head@example.com")
        self.company.task_notice_days = 1
        notices = self._on("2026-04-09")
        self._send_queue()
        states = {one.partner_id: one.state for one in notices}
        self.assertEqual(states.pop(self.finance_head.partner_id), "delayed")
        self.assertEqual(set(states.values()), {"sent"})
        shown = self.env["task.notice"].with_user(self.manager)
        shown = shown.search([("state", "in", ("delayed", "failed"))])
        self.assertIn(self.finance_head.partner_id, shown.partner_id)

    def test_a_person_whose_digest_fails_stops_nobody(self):
        """If one digest cannot be made, the others of its batch are."""
        self._released(deadline="2026-04-10")
        head, made = self.finance_head, DigestWords.digest

        def fail(words, user, company, items):
            if user == head:
                raise ValueError("test")
            return made(words, user, company, items)

        with patch.object(DigestWords, "digest", fail), mute_logger(JOB):
            told = self._told(self._on("2026-04-09"))
        self.assertEqual(set(told), {"finance_officer", "specialist"})

    def test_a_source_that_fails_stops_no_other_company(self):
        """What cannot be told in one company is told in the others, and of one source
        what comes from the others."""
        other = self._other_company()
        self._released(deadline="2026-04-10")
        digest = type(self.env["task.digest"])
        made = digest._clock_items

        def fail(job, company, ids=None):
            if company == other:
                raise ValueError("test")
            return made(job, company, ids)

        with patch.object(digest, "_clock_items", fail), mute_logger(JOB):
            self._move_to("2026-04-09 02:05:00")
            told = self._told(self.env["task.digest"]._queue_due(self.company | other))
        self.assertIn("finance_head", told)

    # -- several companies -------------------------------------------------------------
    def test_two_companies_one_digest(self):
        """Who works in two companies gets one digest over both, when it is the hour of
        both."""
        other = self._other_company(task_digest_hour=10)
        self.manager.company_ids = [Command.link(other.id)]
        one = self._released(deadline="2026-04-08")
        self.assertTrue(one)
        self._move_to("2026-04-09 02:05:00")
        job = self.env["task.digest"]
        early = job._queue_due(self.company | other)
        self.assertNotIn(self.manager.partner_id, early.partner_id)
        self.assertIn(self.specialist.partner_id, early.partner_id)
        self._move_to("2026-04-09 03:05:00")
        late = job._queue_due(self.company | other)
        self.assertEqual(late.partner_id, self.manager.partner_id)

    # -- cost --------------------------------------------------------------------------
    def test_queries_do_not_grow(self):
        """Twenty assignments of as many agencies cost no more queries than five."""
        counts = []
        for number, day in ((5, "2026-04-09"), (20, "2026-05-07")):
            due = {"2026-04-09": "2026-04-10", "2026-05-07": "2026-05-08"}[day]
            agencies = self.finance.browse()
            for index in range(number):
                agency = self._agency(f"Sở {day} {index}", "department")
                self._user(f"h{number}-{index}", "group_agency_head", agency)
                agencies |= agency
            self._document(
                [self._task_vals(lead=agencies, deadline=due)]
            ).action_release()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            notices = self._on(day)
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
            self.assertGreaterEqual(len(notices), number)
            # nothing is left for the next one to take the place of
            self._digests().state = "sent"
        self.assertLessEqual(counts[1], counts[0] + 5)
