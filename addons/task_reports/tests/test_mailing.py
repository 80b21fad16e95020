# SPDX-License-Identifier: LGPL-3.0-or-later
import io
from datetime import date
from unittest.mock import patch

from openpyxl import load_workbook
from pypdf import PdfReader

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command, Domain
from odoo.tests import BaseCase, freeze_time, tagged
from odoo.tools import html2plaintext, mute_logger

from odoo.addons.task_tracking.logic.workdays import Exceptional, WorkCalendar

from ..logic.mail_days import parse_days, step_after, step_before, workdays_between
from .common import ReportCase


@tagged("post_install", "-at_install")
class TestMailDays(BaseCase):
    """Steps before and after a day, worked out by hand on a calendar of 2026: Tết is
    off from Monday 16 to Friday 20 February."""

    calendar = WorkCalendar(
        Exceptional(date(2026, 2, day), "holiday") for day in range(16, 21)
    )
    #: A Tuesday.
    due = date(2026, 2, 24)

    def test_before(self):
        """1 working day before is Mon 23/2, 3 are Thu 12/2, across Tết."""
        expected = {
            date(2026, 2, 11): None,
            date(2026, 2, 12): 3,
            date(2026, 2, 18): 3,
            date(2026, 2, 23): 1,
            date(2026, 2, 24): 1,
            date(2026, 2, 25): None,
        }
        for today, step in expected.items():
            self.assertEqual(
                step_before(self.calendar, self.due, (1, 3), today), step, today
            )

    def test_on_the_day(self):
        """0 is the day itself, or the last working day before it."""
        self.assertEqual(step_before(self.calendar, self.due, (0, 3), self.due), 0)
        tet = date(2026, 2, 17)
        eve = date(2026, 2, 13)
        self.assertEqual(step_before(self.calendar, tet, (0,), eve), 0)

    def test_after(self):
        """Due on Fri 13/2: 1 working day after is Mon 23/2, 3 are Wed 25/2; what was
        missed for more than a week is history."""
        due = date(2026, 2, 13)
        expected = {
            date(2026, 2, 13): None,
            date(2026, 2, 20): None,
            date(2026, 2, 23): 1,
            date(2026, 2, 24): 1,
            date(2026, 2, 25): 3,
            date(2026, 3, 4): 3,
            date(2026, 3, 5): None,
        }
        for today, step in expected.items():
            self.assertEqual(step_after(self.calendar, due, (1, 3), today), step, today)

    def test_between(self):
        """Of Fri 13/2 to Tue 24/2 two are working days: Mon 23/2 and Tue 24/2."""
        first = date(2026, 2, 13)
        self.assertEqual(workdays_between(self.calendar, first, self.due), 2)
        self.assertEqual(workdays_between(self.calendar, self.due, first), 2)

    def test_written_days(self):
        """Numbers with commas; anything else is refused."""
        self.assertEqual(parse_days("3, 1,3"), (1, 3))
        for wrong in ("", "soon", "-1", "61", "1;2"):
            with self.assertRaises(ValueError):
                parse_days(wrong)


@tagged("post_install", "-at_install")
class TestMailing(ReportCase):
    """The mails about the month of May 2026 (Khánh Hòa): the agencies' reports are due
    on Mon 18/5, the Office's on Thu 21/5; 16 and 17/5 are a weekend."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.sudo().task_since = "2026-03-20"
        cls.env["res.partner"].search(
            [("company_id", "=", False), ("is_agency", "=", True)]
        ).task_reports = False
        cls._make_history()
        cls.deputy = cls._user("deputy", "group_leader")
        cls.env["res.lang"]._activate_lang("vi_VN")
        cls.env["res.users"].search(
            [("company_id", "=", cls.env.company.id)]
        ).lang = "en_US"

    def setUp(self):
        super().setUp()
        with self._on("2026-05-12"), self.enter_registry_test_mode():
            self.env.ref("task_reports.cron_report_open").method_direct_trigger()
        self.env.invalidate_all()
        company = Domain("company_id", "=", self.env.company.id)
        self.period = self.env["task.report.period"].search(
            company & Domain("kind", "=", "month") & Domain("number", "=", 5)
        )
        self.lines = {
            line.event: line for line in self.env["task.report.mailing"].search(company)
        }

        # a second each; the tests of what is attached make them
        self.no_pdf = patch.object(
            type(self.env["task.report"]), "_pdf", lambda *_args: b"%PDF-"
        )
        self.no_pdf.start()
        self.addCleanup(patch.stopall)

    # -- helpers -----------------------------------------------------------------------
    def _run(self, day, hour=3):
        """Run the job on a day (at ten in the morning; `hour` is UTC's); return the
        notices that are new."""
        notices = self.env["task.notice"]
        before = notices.search([])
        with freeze_time(f"{day} {hour:02}:00:00"), self.enter_registry_test_mode():
            self.env.ref("task_reports.cron_report_mailing").method_direct_trigger()
        self.env.invalidate_all()
        return notices.search(
            Domain("company_id", "=", self.env.company.id)
            & Domain("id", "not in", before.ids)
        )

    def _users(self, notices):
        return {
            user: notice for notice in notices for user in notice.partner_id.user_ids
        }

    def _heads(self):
        return set(self.heads.values())

    def _report(self, agency):
        return self.period.report_ids.filtered(lambda one: one.agency_id == agency)

    def _send(self, agency, day="2026-05-15"):
        report = self._report(agency).with_user(self.heads[agency])
        with self._on(day):
            report.action_prepare()
            report.reason_ids.reason = "Chờ ý kiến của bộ chủ quản"
            report.action_submit()
        return report

    def _compile(self, day="2026-05-20"):
        office = self._report(self.env["res.partner"])
        with self._on(day):
            office.with_user(self.manager).action_submit()
        return office

    def _files(self, notice):
        files = notice.sudo().mail_mail_id.attachment_ids
        return {file.name.rpartition(".")[2]: file.raw for file in files}

    def _pdf_text(self, notice):
        reader = PdfReader(io.BytesIO(self._files(notice)["pdf"]))
        return " ".join(" ".join(page.extract_text() for page in reader.pages).split())

    def _text(self, notice):
        return html2plaintext(notice.sudo().mail_mail_id.body_html)

    # -- before it is due --------------------------------------------------------------
    def test_each_agency_before_its_day(self):
        """3 working days before 18/5 is Wed 13/5, 1 is Fri 15/5: then the agency's head
        and officers are told, once; the Office's own report is due later."""
        self.assertFalse(self._run("2026-05-12"))
        told = self._users(self._run("2026-05-13"))
        self.assertEqual(set(told), self._heads() | {self.officer})
        self.assertFalse(self._run("2026-05-13"), "the job may run again")
        self.assertFalse(self._run("2026-05-14"))
        again = self._users(self._run("2026-05-15"))
        self.assertEqual(set(again), set(told))

    def test_what_it_says(self):
        """By which day, how many working days are left, where it is; as plain text
        too."""
        told = self._users(self._run("2026-05-13"))
        notice = told[self.heads[self.health]]
        self.assertIn("Sở Y tế", notice.subject)
        text = self._text(notice)
        self.assertIn("05/18/2026", text)
        self.assertIn("Working days left: *3*", text)
        self.assertIn(f"/odoo/my-reports/{self._report(self.health).id}", text)

    def test_draft_of_one_s_own_agency(self):
        """The draft attached is the agency's own: nothing of others is in it."""
        self.no_pdf.stop()
        told = self._users(self._run("2026-05-13"))
        text = self._pdf_text(told[self.heads[self.ward]])
        self.assertIn("PHƯỜNG NHA TRANG", text)
        # a conclusion was given to the finance department only
        self.assertIn("(conclusion)", self._pdf_text(told[self.officer]))
        for notice in told.values():
            if notice.partner_id not in (
                self.officer.partner_id,
                self.heads[self.finance].partner_id,
            ):
                self.assertNotIn("(conclusion)", self._pdf_text(notice))
                self.assertNotIn("Sở Tài chính", self._text(notice))

    def test_made_once_a_report(self):
        """The PDF is made once for a report, not for each of its recipients."""
        reports = type(self.env["task.report"])
        made = []

        def counted(report, sheet):
            made.append(report.agency_id)
            return b"%PDF-"

        with patch.object(reports, "_pdf", counted):
            notices = self._run("2026-05-13")
            self._run("2026-05-13")
        self.assertEqual(len(notices), 4)
        self.assertEqual(len(made), 3)

    def test_who_sent_is_not_reminded(self):
        """An agency that has sent its report hears nothing more."""
        self._send(self.finance)
        told = self._users(self._run("2026-05-15"))
        self.assertEqual(set(told), {self.heads[self.health], self.heads[self.ward]})

    def test_not_on_days_off_nor_at_night(self):
        """Nobody is written to on a Saturday, or before seven; what was missed comes on
        the next working day, the nearest step only."""
        self.assertFalse(self._run("2026-05-16"))
        self.assertFalse(self._run("2026-05-17", hour=23), "05:00+7 is Monday 06:00")
        notices = self._run("2026-05-18")
        agencies = notices.filtered(
            lambda one: one.partner_id != self.manager.partner_id
        )
        self.assertEqual(len(agencies), 4)
        self.assertTrue(all("/1/" in one.marker for one in agencies))

    def test_holiday(self):
        """A day off of the company's calendar is one for the mails too."""
        self.env["task.calendar.day"].create(
            {
                "date": "2026-05-13",
                "kind": "holiday",
                "name": "Nghỉ",
                "company_id": self.env.company.id,
                "state": "confirmed",
            }
        )
        self.assertFalse(self._run("2026-05-13"))

    # -- late --------------------------------------------------------------------------
    def test_late(self):
        """1 working day after 18/5 is Tue 19/5, 3 are Thu 21/5: the agency is told, and
        the Office's managers in one mail for all."""
        self._send(self.finance)
        self._run("2026-05-15")
        self._run("2026-05-18")
        told = self._users(self._run("2026-05-19"))
        self.assertEqual(
            set(told), {self.heads[self.health], self.heads[self.ward], self.manager}
        )
        text = self._text(told[self.manager])
        self.assertIn("Sở Y tế, Ủy ban nhân dân phường Nha Trang", text)
        self.assertNotIn("Sở Tài chính", text)
        self.assertIn("have not sent their report: *2*", text)
        self.assertIn("Working days late: *1*", self._text(told[self.heads[self.ward]]))
        self._run("2026-05-20")
        told = self._users(self._run("2026-05-21"))
        self.assertEqual(
            set(told), {self.heads[self.health], self.heads[self.ward], self.manager}
        )

    def test_office_s_own_report(self):
        """The Office's, due on Thu 21/5: its managers on Mon 18/5 and Wed 20/5, with
        who has sent; late on Fri 22/5."""
        self._send(self.finance)
        told = self._users(self._run("2026-05-18"))
        text = self._text(told[self.manager])
        self.assertIn("reports received: *1*", text)
        self.assertIn("reports not received: *2*", text)
        self.assertNotIn(self.chairman, told)
        self._run("2026-05-19")
        self.assertIn(self.manager, self._users(self._run("2026-05-20")))
        self._run("2026-05-21")
        self.assertIn(
            "has not been submitted",
            self._text(self._users(self._run("2026-05-22"))[self.manager]),
        )

    # -- submitted ---------------------------------------------------------------------
    def test_compiled_report_to_the_leaders(self):
        """When the Office submits: to the leaders the report as PDF and XLSX with a
        page of figures, to the managers the figures alone; one mail each."""
        self.no_pdf.stop()
        for agency in (self.finance, self.health):
            self._send(agency)
        self._run("2026-05-20")
        self._compile()
        told = self._users(self._run("2026-05-20"))
        self.assertEqual(set(told), {self.chairman, self.deputy, self.manager})
        self.assertEqual(set(self._files(told[self.chairman])), {"pdf", "xlsx"})
        self.assertFalse(self._files(told[self.manager]))
        workbook = load_workbook(io.BytesIO(self._files(told[self.deputy])["xlsx"]))
        self.assertIn("Phụ lục I", workbook.sheetnames[0])
        # worked out in test_figures: 8, of which 3 completed (2 in time), 2 overdue
        for user in told:
            lines = self._text(told[user]).splitlines()
            for line in (
                "Tổng số: *8*",
                "Hoàn thành: *3*",
                "Nhiệm vụ hoàn thành đúng hạn, sớm hạn: *2*",
                "Chưa hoàn thành: *5*",
                "Tỷ lệ hoàn thành: *60,0 %*",
                "Sở Y tế: *1* (Tỷ lệ hoàn thành 0,0 %)",
                "Reports not sent: Ủy ban nhân dân phường Nha Trang",
            ):
                self.assertIn(line, lines)
        self.assertFalse(self._run("2026-05-21") & self._run("2026-05-22"))

    def test_correction_is_told_again(self):
        """A corrected version is another report: it is sent, and says why."""
        office = self._compile()
        self._run("2026-05-20")
        with self._on("2026-05-25"):
            new = office.with_user(self.manager).action_correct("Nhầm số liệu")
            new.action_submit()
        told = self._users(self._run("2026-05-25"))
        self.assertIn("Nhầm số liệu", self._text(told[self.chairman]))

    def test_too_heavy(self):
        """What a mail cannot carry is left out and read in the system."""
        self._compile()
        self.env["ir.config_parameter"].set_param("base.default_max_email_size", "0.01")
        told = self._users(self._run("2026-05-20"))
        self.assertFalse(self._files(told[self.chairman]))
        self.assertNotIn("is attached", self._text(told[self.chairman]))

    # -- settings ----------------------------------------------------------------------
    def test_languages(self):
        """Each in the language of the recipient: a Vietnamese date for one, an English
        one for the other."""
        self.officer.lang = "vi_VN"
        told = self._users(self._run("2026-05-13"))
        self.assertIn("18/05/2026", self._text(told[self.officer]))
        self.assertIn("05/18/2026", self._text(told[self.heads[self.finance]]))

    def test_company_starts_with_the_defaults(self):
        """A new company has the four lines; those of others are not touched."""
        company = self.env["res.company"].create({"name": "Sở khác"})
        lines = self.env["task.report.mailing"].sudo()
        events = lines.search([("company_id", "=", company.id)]).mapped("event")
        self.assertEqual(events, ["due", "late", "compiled", "summary"])
        lines._provide()
        self.assertEqual(
            lines.search_count([("company_id", "=", company.id)]), 4, "only once"
        )

    def test_switched_off_and_other_kinds(self):
        """A line that is off, or not about monthly reports, sends nothing."""
        self.lines["due"].active = False
        self.assertFalse(self._run("2026-05-13"))
        self.lines["due"].write({"active": True, "for_month": False})
        self.assertFalse(self._run("2026-05-13"))
        self.lines["due"].for_month = True
        self.assertTrue(self._run("2026-05-13"))

    def test_days_and_roles_are_data(self):
        """Other days, other roles: 2 working days before 18/5 is Thu 14/5."""
        self.lines["due"].write({"days": "2", "to_heads": False})
        self.assertFalse(self._run("2026-05-13"))
        self.assertEqual(set(self._users(self._run("2026-05-14"))), {self.officer})
        with self.assertRaises(ValidationError):
            self.lines["due"].days = "bao giờ cũng được"

    def test_two_lines_one_mail(self):
        """Whoever is named by two lines on one occasion gets one mail."""
        self.lines["due"].copy()
        self.lines["due"].copy({"days": "2, 3"})
        self.assertEqual(len(self._run("2026-05-13")), 4)

    def test_named_users(self):
        """By name only people of the Office and the leadership; who left them since is
        told nothing."""
        line = self.lines["late"]
        with self.assertRaises(ValidationError):
            line.user_ids = [Command.set(self.officer.ids)]
        line.write(
            {"to_managers": False, "user_ids": [Command.set(self.specialist.ids)]}
        )
        self._run("2026-05-18")
        told = self._users(self._run("2026-05-19"))
        self.assertIn(self.specialist, told)
        self.assertNotIn(self.manager, told)
        self.specialist.write(
            {"group_ids": [Command.set(self.env.ref("base.group_user").ids)]}
        )
        self.assertNotIn(self.specialist, self._users(self._run("2026-05-21")))

    def test_who_sets_them(self):
        """Office managers and administrators, of their own company; nobody deletes."""
        line = self.lines["due"]
        for user in (self.manager, self.admin):
            line.with_user(user).days = "5, 1"
            with self.assertRaises(AccessError):
                line.with_user(user).unlink()
        default = self.env.ref("task_reports.mailing_due")
        with self.assertRaises(AccessError):
            default.with_user(self.manager).days = "9"
        with self.assertRaises(AccessError):
            line.with_user(self.manager).company_id = False
        for user in (self.specialist, self.chairman, self.officer):
            with self.assertRaises(AccessError):
                line.with_user(user).read(["days"])

    def test_failure_of_one_report(self):
        """A report whose file cannot be made is left for the next run; the others'
        mails are queued all the same."""
        self.no_pdf.stop()
        reports = type(self.env["task.report"])

        def failing(report, sheet):
            if report.agency_id == self.health:
                raise ValueError("broken")
            return b"%PDF-"

        with (
            patch.object(reports, "_pdf", failing),
            mute_logger("odoo.addons.task_reports.models.task_report_mailing_job"),
        ):
            told = self._users(self._run("2026-05-13"))
        head = self.heads[self.health]
        self.assertEqual(set(told), self._heads() - {head} | {self.officer})
        with patch.object(reports, "_pdf", lambda *_args: b"%PDF-"):
            self.assertEqual(set(self._users(self._run("2026-05-13"))), {head})

    # -- interrupted -------------------------------------------------------------------
    def test_goes_on_where_it_stopped(self):
        """A run that has to stop after the first report leaves the others to the next;
        each is queued once."""
        cron = type(self.env["ir.cron"])
        mailings = self.env["task.report.mailing"]
        for _run in range(5):
            with (
                self._on("2026-05-13"),
                patch.object(cron, "_commit_progress", return_value=0),
            ):
                mailings._cron_queue()
        notices = self.env["task.notice"].search(
            [("company_id", "=", self.env.company.id)]
        )
        self.assertEqual(set(self._users(notices)), self._heads() | {self.officer})
        self.assertEqual(len(notices), 4)
