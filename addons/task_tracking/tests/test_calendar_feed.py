# SPDX-License-Identifier: LGPL-3.0-or-later
"""A person's deadlines as a calendar, read by another library, strictly."""

import logging
import secrets
from datetime import date
from unittest.mock import patch
from urllib.parse import urlsplit

from icalendar import Calendar

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, TransactionCase, tagged

from ..logic.feed import Event, write_feed
from ..models import res_users_calendar
from .common import START, TaskCase
from .referral_common import ReferralActs


def read(content):
    """The events of a calendar, {UID: component}, which must be without a fault."""
    lines = content.split(b"\r\n")
    assert lines.pop() == b"" and all(0 < len(line) <= 75 for line in lines), lines
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    calendar = Calendar.from_ical(content)
    assert calendar.name == "VCALENDAR" and not calendar.errors
    assert calendar["VERSION"] == "2.0" and calendar["PRODID"]
    events = {}
    for event in calendar.walk("VEVENT"):
        assert not event.errors, event.errors
        for name in ("UID", "DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE", "URL"):
            assert isinstance(event[name], event.types_factory.for_property(name)), name
        events[str(event["UID"])] = event
    assert len(events) == len(calendar.walk("VEVENT"))
    assert {one.name for one in calendar.walk()} <= {"VCALENDAR", "VEVENT"}
    return events


@tagged("post_install", "-at_install")
class TestFeedText(TransactionCase):
    """What stands in it, whatever is written."""

    def test_any_text(self):
        """Marks of the format, breaks, long words and letters of several bytes come
        out as they went in; what the format cannot hold is left out."""
        words = "Rà soát; \\n, “trích yếu”: đặng\tQuốc\x0bKhánh 🙂" * 3 + "ữ" * 40
        event = Event(
            uid="task.assignment-1@x",
            day=date(2026, 4, 10),
            summary=words,
            description=f"{words}\nBEGIN:VEVENT\r\nX:1",
            url="https://x.example/mail/view?model=task.assignment&res_id=1",
            category="Hạn, thời hạn; khác",
            changed=self.env.cr.now(),
        )
        (found,) = read(write_feed("Lịch, các; hạn", [event])).values()
        clean = words.replace("\t", " ").replace("\x0b", "")
        self.assertEqual(str(found["SUMMARY"]), clean[:149].rstrip() + "…")
        self.assertEqual(str(found["DESCRIPTION"]), f"{clean}\nBEGIN:VEVENT\nX:1")
        self.assertEqual(found["CATEGORIES"].cats, ["Hạn, thời hạn; khác"])
        self.assertEqual(str(found["URL"]), event.url)


@tagged("post_install", "-at_install")
class TestCalendarFeed(ReferralActs, TaskCase):
    """Who finds which deadlines in it."""

    def setUp(self):
        super().setUp()
        self._move_to(START)

    def _events(self, user):
        user.sudo().action_task_feed_revoke()
        link = user.with_user(user).action_task_feed_make()["context"]["default_url"]
        token = urlsplit(link).path.rpartition("/")[2].removesuffix(".ics")
        reader = self.env["res.users"]._task_feed_user(token)
        self.assertEqual(reader, user)
        return read(reader._task_feed())

    def _uid(self, record):
        uuid = self.env["ir.config_parameter"].get_param("database.uuid")
        return f"{record._name}-{record.id}@{uuid}"

    def _days(self, user):
        return sorted(one["DTSTART"].dt for one in self._events(user).values())

    def test_an_agency_has_its_own(self):
        """An officer and the head find the agency's assignments, as lead or support;
        another agency does not."""
        lead = self._released(support=self.building)
        support = lead.task_id.sudo().assignment_ids - lead
        for user in (self.finance_officer, self.finance_head):
            event = self._events(user)[self._uid(lead)]
            self.assertEqual(event["DTSTART"].dt, date(2026, 4, 10))
            self.assertEqual(event["DTEND"].dt, date(2026, 4, 11))
            self.assertEqual(event["TRANSP"], "TRANSPARENT")
            self.assertIn("Báo cáo kết quả thực hiện", event["SUMMARY"])
            self.assertIn("Sở Tài chính", event["DESCRIPTION"])
            self.assertTrue(
                event["URL"].endswith(
                    f"/mail/view?model=task.assignment&res_id={lead.id}"
                )
            )
        self.assertEqual(
            [uid for uid in self._events(self.building_head) if "assignment" in uid],
            [self._uid(support)],
        )
        self.assertFalse(self._events(self.ward_head))

    def test_a_specialist_has_what_is_followed(self):
        """A specialist finds the lead assignments of the tasks followed, no other's."""
        lead = self._released(support=self.building)
        self.assertEqual(
            [uid for uid in self._events(self.specialist) if "assignment" in uid],
            [self._uid(lead)],
        )
        self.assertFalse(self._events(self.specialist2))

    def test_limits_of_the_office(self):
        """A request to extend is answered within 2 working days (BG Đ6.1b): the limit
        is found by who follows the task and by the managers, by nobody else."""
        self.company.regulation_id = self.env.ref("task_tracking.regulation_bac_giang")
        extension = self._ask_extension(self._released())
        clocks = extension.sudo().clock_ids
        uid = self._uid(clocks.filtered(lambda one: one.act == "extension_answer"))
        for user in (self.specialist, self.manager):
            event = self._events(user)[uid]
            self.assertEqual(event["DTSTART"].dt, date(2026, 4, 3))
            self.assertIn("Time limits", event["CATEGORIES"].cats)
        for user in (self.finance_head, self.specialist2, self.chairman):
            self.assertNotIn(uid, self._events(user))

    def test_limits_of_the_agency(self):
        """A limit that runs for an agency on one of its records is in its people's
        calendar until it is met; what is counted from an assignment's own deadline is
        told by that deadline alone."""
        assignment = self._released()
        clock = self._agency_clock(assignment, "undated_report")
        uid = self._uid(clock)
        event = self._events(self.finance_officer)[uid]
        self.assertEqual(event["DTSTART"].dt, date(2026, 4, 6))
        self.assertNotIn(uid, self._events(self.building_head))
        clock._stop(date(2026, 4, 2))
        self.assertNotIn(uid, self._events(self.finance_officer))
        counted = self._agency_clock(assignment, "result_dated")
        self.assertNotIn(self._uid(counted), self._events(self.finance_officer))

    def _agency_clock(self, assignment, rule):
        """A limit that runs for the agency on its assignment until 6 April."""
        rule = self.env.ref(f"task_tracking.rule_bg_{rule}")
        return self.env["task.clock"]._start(
            [
                {
                    "rule_id": rule.id,
                    "company_id": self.company.id,
                    "act": rule.act,
                    "actor": rule.actor,
                    "stop": rule.stop,
                    "res_model": assignment._name,
                    "res_id": assignment.id,
                    "started_on": "2026-04-01",
                    "due_on": "2026-04-06",
                }
            ]
        )

    def test_what_is_asked_of_an_agency(self):
        """An opinion that an agency is asked for by a day is in its people's calendar,
        until it is given."""
        referral = self._asked(self._released(), self.building)
        uid = self._uid(self._opinion(referral, self.building_head))
        event = self._events(self.building_officer)[uid]
        self.assertEqual(event["DTSTART"].dt, date(2026, 4, 8))
        self.assertNotIn(uid, self._events(self.finance_head))
        self._give(referral, self.building_head)
        self.assertNotIn(uid, self._events(self.building_head))

    def test_rights_of_now(self):
        """Who moves to another agency finds that one's, with the link as it was."""
        assignment = self._released()
        self.assertIn(self._uid(assignment), self._events(self.finance_officer))
        self.finance_officer.task_agency_id = self.building
        self.assertFalse(self._events(self.finance_officer))

    def test_what_is_done_goes(self):
        """A result handed in is not the agency's to do any more."""
        assignment = self._released()
        self._hand_in(assignment)
        self.assertNotIn(self._uid(assignment), self._events(self.finance_head))

    def test_nothing_secret(self):
        """A line of the register of secret documents is in nobody's calendar."""
        self.company.regulation_id = self.env.ref("task_tracking.regulation_bac_giang")
        secret = (
            self.env["task.secret.document"]
            .with_user(self.cleared)
            .create(
                {
                    "name": "Tài liệu mật",
                    "number": "12",
                    "issued_on": "2026-04-01",
                    "agency_ids": [(6, 0, self.finance.ids)],
                    "deadline": "2026-04-10",
                    "specialist_id": self.cleared.id,
                }
            )
        )
        self.assertTrue(secret)
        for user in (self.cleared, self.manager, self.chairman, self.finance_head):
            for uid, event in self._events(user).items():
                self.assertNotIn("secret", uid)
                self.assertNotIn("Tài liệu mật", event.to_ical().decode())

    def test_a_moved_deadline(self):
        """It is the same event on another day, with a higher number."""
        assignment = self._released()
        self.env.flush_all()
        # a test is one transaction, which has one moment: this was another one
        self.env.cr.execute("UPDATE task_assignment SET write_date = %s", [START])
        self.env.cr.execute("UPDATE task_task SET write_date = %s", [START])
        self.env.invalidate_all()
        before = self._events(self.finance_officer)[self._uid(assignment)]
        extension = self._ask_extension(assignment, "2026-04-20")
        self._move_to("2026-04-02 02:00:00")
        extension.with_user(self.chairman).action_accept()
        self.env.flush_all()
        after = self._events(self.finance_officer)[self._uid(assignment)]
        self.assertEqual(after["DTSTART"].dt, date(2026, 4, 20))
        self.assertGreater(after["SEQUENCE"], before["SEQUENCE"])
        self.assertGreater(after["LAST-MODIFIED"].dt, before["LAST-MODIFIED"].dt)

    def test_window(self):
        """From 90 days ago to 400 days ahead: of 1 April 2026 until 6 May 2027."""
        for deadline in ("2027-05-06", "2027-05-07", "2026-04-01"):
            self._released(deadline=deadline)
        self.assertEqual(
            self._days(self.finance_officer), [date(2026, 4, 1), date(2027, 5, 6)]
        )
        # 90 days after 1 April 2026
        self._move_to("2026-06-30 02:00:00")
        self.assertIn(date(2026, 4, 1), self._days(self.finance_officer))
        self._move_to("2026-07-01 02:00:00")
        self.assertNotIn(date(2026, 4, 1), self._days(self.finance_officer))

    def test_bounded(self):
        """No more events than the limit; what is to come first."""
        for deadline in ("2026-04-02", "2026-04-20", "2026-04-15"):
            self._released(deadline=deadline)
        self._move_to("2026-04-10 02:00:00")
        with patch.object(res_users_calendar, "EVENTS", 2):
            self.assertEqual(
                self._days(self.finance_officer), [date(2026, 4, 15), date(2026, 4, 20)]
            )

    def test_queries_do_not_grow(self):
        """Ten times the assignments cost no further query."""
        user = self.finance_officer
        counts = []
        for number in (1, 10):
            for _one in range(number):
                self._released()
            reader = user.with_user(user).with_context(
                allowed_company_ids=self.company.ids
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            reader._task_feed()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])

    # -- the link ----------------------------------------------------------------------
    def test_link_is_ones_own(self):
        """Nobody makes or ends another's link, but a manager of users ends one; its
        hash is read by nobody."""
        user = self.finance_officer
        user.with_user(user).action_task_feed_make()
        other = user.with_user(self.finance_head)
        with self.assertRaises(AccessError):
            other.action_task_feed_make()
        with self.assertRaises(AccessError):
            other.action_task_feed_revoke()
        with self.assertRaises(AccessError):
            user.with_user(user).read(["task_feed_hash"])
        with self.assertRaises(AccessError):
            user.with_user(user).write({"task_feed_hash": "0"})
        self.assertTrue(user.task_feed_since)
        user.with_user(self.env.ref("base.user_admin")).action_task_feed_revoke()
        self.assertFalse(user.task_feed_since)

    def test_link_is_not_kept(self):
        """256 random bits, of which the database holds a hash only."""
        user = self.finance_officer
        link = user.with_user(user).action_task_feed_make()["context"]["default_url"]
        token = urlsplit(link).path.rpartition("/")[2].removesuffix(".ics")
        self.assertGreaterEqual(len(token), 43)  # 32 bytes in base 64
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT row_to_json(u)::text FROM res_users u WHERE id = %s", [user.id]
        )
        self.assertNotIn(token, self.env.cr.fetchone()[0])


@tagged("post_install", "-at_install")
class TestCalendarFeedRoute(TaskCase, HttpCase):
    """The route, asked by a program that has nothing but the link."""

    def setUp(self):
        super().setUp()
        self._move_to(START)
        self.assignment = self._released()
        self.user = self.finance_officer
        self.path = self._make()

    def _make(self):
        action = self.user.with_user(self.user).action_task_feed_make()
        return urlsplit(action["context"]["default_url"]).path

    def _get(self, path=None, **options):
        self.opener.cookies.clear()
        return self.url_open(path or self.path, **options)

    def test_read(self):
        """The calendar, for nobody else's memory, and no session."""
        response = self._get()
        self.assertEqual(response.status_code, 200)
        self.assertEqual(len(read(response.content)), 1)
        self.assertEqual(
            response.headers["Content-Type"], "text/calendar; charset=utf-8"
        )
        self.assertIn("private", response.headers["Cache-Control"])
        self.assertEqual(response.headers["Referrer-Policy"], "no-referrer")
        self.assertNotIn("session_id", response.cookies)

    def test_unchanged(self):
        """Asked again, nothing is sent; once something changed, it is."""
        etag = self._get().headers["ETag"]
        again = self._get(headers={"If-None-Match": etag})
        self.assertEqual((again.status_code, again.content), (304, b""))
        self._released(deadline="2026-04-20")
        later = self._get(headers={"If-None-Match": etag})
        self.assertEqual(later.status_code, 200)
        self.assertNotEqual(later.headers["ETag"], etag)

    def test_head(self):
        """HEAD tells the same without the calendar."""
        whole = self._get()
        head = self._get(method="HEAD")
        self.assertEqual((head.status_code, head.content), (200, b""))
        for name in ("ETag", "Content-Type", "Content-Length"):
            self.assertEqual(head.headers[name], whole.headers[name])

    def test_not_found(self):
        """An unknown link, a revoked one, one made anew since and that of a person who
        left are all the same: not found. It stays ended when the person is back."""
        first = self.path
        second = self._make()
        self.user.with_user(self.user).action_task_feed_revoke()
        third = self._make()
        self.assertEqual(self._get(third).status_code, 200)
        self.user.active = False
        answers = [
            self._get(path)
            for path in (
                first,
                second,
                third,
                f"/task/calendar/{secrets.token_urlsafe(32)}.ics",
                "/task/calendar/%C4%91.ics",
            )
        ]
        self.user.active = True
        answers.append(self._get(third))
        self.assertEqual({one.status_code for one in answers}, {404})
        self.assertEqual({one.content for one in answers}, {b""})
        self.assertEqual(len({tuple(sorted(one.headers)) for one in answers}), 1)

    def test_log_without_token(self):
        """Odoo's log of requests does not hold the link."""
        with self.assertLogs("werkzeug", logging.INFO) as log:
            self._get()
        self.assertTrue([line for line in log.output if "/task/calendar/…" in line])
        token = self.path.rpartition("/")[2].removesuffix(".ics")
        self.assertNotIn(token, "\n".join(log.output))
