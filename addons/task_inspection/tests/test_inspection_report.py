# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.exceptions import AccessError, UserError

from .common import InspectionCase


class TestInspectionReport(InspectionCase):
    """The inspected agency's own report: asked for, written, sent, sent back."""

    def _asked(self, **vals):
        """The report the finance department is asked for by 6 April 2026."""
        inspection = self._issued(**vals)
        inspection.subject_ids.with_user(self.specialist).action_ask()
        return inspection.subject_ids.sudo().report_ids

    def _write_all(self, report, user=None):
        """Write under every heading, as an officer of the agency."""
        for text in report.with_user(user or self.finance_officer).text_ids:
            text.body = f"{text.body or ''} đã giải trình"

    def _sent(self, **vals):
        report = self._asked(**vals)
        self._write_all(report)
        report.with_user(self.finance_head).action_send()
        return report

    # -- asking ------------------------------------------------------------------------
    def test_who_asks(self):
        """The team or the Office asks, from the decision on; others do not."""
        inspection = self._inspection()
        with self.assertRaises(UserError):
            inspection.subject_ids.with_user(self.specialist).action_ask()
        self._paper(inspection, "decision")
        inspection.with_user(self.chairman).action_issue()
        subject = inspection.subject_ids
        for user in (self.finance_head, self.chairman):
            with self.assertRaises(AccessError):
                subject.with_user(user).action_ask()
        subject.with_user(self.building_officer).action_ask()
        self.assertEqual(str(subject.asked_on), "2026-04-01")
        with self.assertRaises(UserError):
            subject.with_user(self.specialist).action_ask()

    def test_asked_with_a_day(self):
        """Nobody is asked without a day to come by which to report."""
        inspection = self._issued()
        subject = inspection.subject_ids.with_user(self.specialist)
        for day in (False, "2026-03-31"):
            subject.report_due_on = day
            with self.assertRaises(UserError):
                subject.action_ask()

    def test_agency_is_told(self):
        """The agency's users are notified of what is asked and by when."""
        self._asked()
        message = self.env["mail.message"].search(
            [("partner_ids", "in", self.finance_officer.partner_id.ids)], limit=1
        )
        self.assertIn("04/06/2026", message.body)

    def test_request_asks(self):
        """A signed request for the report asks as well; asking once is enough."""
        inspection = self._issued()
        subject = inspection.subject_ids
        for number in ("1/CV", "2/CV"):
            request = self._paper(
                inspection, "request", subject_id=subject.id, number=number
            )
            request.action_issue()
        self.assertEqual(len(subject.sudo().report_ids), 1)
        self.assertTrue(request.with_user(self.finance_officer).has_access("read"))

    def test_request_is_signed(self):
        """A request without number, day, signer and file is not issued."""
        inspection = self._issued()
        for name in ("number", "dated_on", "signer_name", "attachment_ids"):
            vals = {name: False if name != "attachment_ids" else [Command.clear()]}
            request = self._paper(
                inspection, "request", subject_id=inspection.subject_ids.id, **vals
            )
            with self.assertRaises(UserError):
                request.action_issue()

    def test_another_day_is_told(self):
        """The agency is told if it is to report by another day, to come."""
        report = self._asked()
        subject = report.subject_id.with_user(self.manager)
        subject.report_due_on = "2026-04-08"
        message = self.env["mail.message"].search(
            [("partner_ids", "in", self.finance_officer.partner_id.ids)], limit=1
        )
        self.assertIn("04/08/2026", message.body)
        with self.assertRaises(UserError):
            subject.report_due_on = "2026-03-31"

    # -- writing -----------------------------------------------------------------------
    def test_headings(self):
        """KH Đ19.4: the situation, and the explanations where there is what to
        explain."""
        texts = self._asked().text_ids
        self.assertEqual(
            texts.mapped("code"), ["situation", "undated", "late", "refused"]
        )
        self.assertFalse(any(texts.mapped("body")))

    def test_explained_tasks(self):
        """KH Đ19.4: under its heading the agency finds its overdue, undated and often
        refused tasks as they stand on the day of asking."""
        day = "2026-03-02"
        self._released_on(day, name="Nhiệm vụ trễ", deadline="2026-03-20")
        self._released_on(day, name="Nhiệm vụ không hạn", **self.UNDATED)
        often = self._released_on(day, name="Nhiệm vụ chưa đạt", deadline="2026-05-20")
        for _time in range(2):
            result = self._hand_in(often).with_user(self.specialist)
            result.answer = "Chưa đạt"
            result.action_refuse()
        self._released_on(day, name="Nhiệm vụ trong hạn", deadline="2026-05-20")
        self._move_to("2026-04-01 02:00:00")
        begun = {text.code: text.body or "" for text in self._asked().text_ids}
        self.assertEqual(
            begun["late"].split("\n")[0],
            "(Theo số liệu trên hệ thống đến ngày 01/04/2026)",
        )
        self.assertEqual(
            begun["late"].split("\n")[1],
            "- Nhiệm vụ trễ (văn bản Về việc thử nghiệm; thời hạn 20/03/2026;"
            " quá hạn từ ngày 21/03/2026): ",
        )
        for code, name in (
            ("undated", "Nhiệm vụ không hạn"),
            ("refused", "Nhiệm vụ chưa đạt"),
        ):
            self.assertEqual(len(begun[code].split("\n")), 2)
            self.assertIn(name, begun[code])
        self.assertFalse(begun["situation"])

    def test_not_sent_unexplained(self):
        """The report is not sent while a required heading is empty, or one that the
        system began is as it was begun (KH Đ19.4)."""
        self._released_on("2026-03-02", deadline="2026-03-20")
        self._move_to("2026-04-01 02:00:00")
        report = self._asked().with_user(self.finance_head)
        with self.assertRaises(UserError):
            report.action_send()
        texts = {text.code: text for text in report.text_ids}
        texts["situation"].body = "Đã thực hiện"
        with self.assertRaises(UserError):
            report.action_send()
        texts["late"].body += "do chờ ý kiến thẩm định"
        report.action_send()
        self.assertEqual(report.state, "sent")

    def test_only_the_agency_writes(self):
        """Neither the team nor another agency writes the report; its draft is the
        agency's alone."""
        report = self._asked()
        texts = report.text_ids
        texts[0].with_user(self.finance_officer).body = "Của sở"
        for user in (self.specialist, self.manager, self.chairman, self.building_head):
            self.assertFalse(report.with_user(user).has_access("read"), user.name)
            self.assertFalse(texts.with_user(user).has_access("read"), user.name)
            with self.assertRaises(AccessError):
                texts[0].with_user(user).write({"body": "Của đoàn"})
        self.assertEqual(texts[0].body, "Của sở")

    def test_no_files_of_others(self):
        """A draft's files are read and deleted by the agency alone."""
        report = self._asked()
        file = self._file(user=self.finance_officer)
        report.with_user(self.finance_officer).attachment_ids = file
        for user in (self.specialist, self.manager, self.building_officer):
            own = file.with_user(user)
            self.assertFalse(own.has_access("read"), user.name)
            with self.assertRaises(AccessError):
                own.unlink()

    # -- sending -----------------------------------------------------------------------
    def test_head_sends(self):
        """An officer drafts; the head, or an officer the head authorised, sends."""
        report = self._asked()
        self._write_all(report)
        officer = report.with_user(self.finance_officer)
        self.assertFalse(officer.can_send)
        with self.assertRaises(AccessError):
            officer.action_send()
        self.finance_officer.with_user(self.finance_head).action_task_authorise()
        officer.invalidate_recordset(["can_send"])
        self.assertTrue(officer.can_send)
        officer.action_send()
        self.assertEqual(officer.sent_by_id, self.finance_officer)

    def test_sent_stands(self):
        """What was sent is read by the team and changed by nobody, nor its files."""
        report = self._asked()
        self._write_all(report)
        file = self._file(user=self.finance_officer)
        report.with_user(self.finance_officer).attachment_ids = file
        report.with_user(self.finance_head).action_send()
        for user in (self.manager, self.specialist, self.building_officer):
            self.assertTrue(report.with_user(user).has_access("read"), user.name)
            self.assertTrue(file.with_user(user).has_access("read"), user.name)
        head = report.with_user(self.finance_head)
        with self.assertRaises(UserError):
            head.text_ids[0].body = "Sửa lại"
        with self.assertRaises(UserError):
            head.attachment_ids = [Command.clear()]
        with self.assertRaises(UserError):
            file.with_user(self.finance_head).unlink()
        with self.assertRaises(UserError):
            head.action_send()

    def test_closed_fields(self):
        """State, sender and days are not written by hand."""
        report = self._asked()
        head = report.with_user(self.finance_head)
        for name, value in (
            ("state", "sent"),
            ("sent_on", "2026-04-01"),
            ("sent_by_id", self.finance_head.id),
            ("returned_on", "2026-04-01"),
        ):
            with self.assertRaises(AccessError):
                head.write({name: value})
        with self.assertRaises(AccessError):
            head.text_ids[0].prefill = "x"

    def test_late(self):
        """Asked by Mon 6 April: on that day it is not late, on the 7th it is, and it
        stays late if sent then."""
        report = self._asked()
        subject = report.subject_id
        self._move_to("2026-04-06 02:00:00")
        self.assertFalse(subject.is_report_late)
        self._move_to("2026-04-07 02:00:00")
        subject.invalidate_recordset(["is_report_late"])
        self.assertTrue(subject.is_report_late)
        self._write_all(report)
        report.with_user(self.finance_head).action_send()
        self._move_to("2026-04-20 02:00:00")
        subject.invalidate_recordset(["is_report_late"])
        self.assertTrue(subject.is_report_late)

    def test_sent_in_time_stays_so(self):
        """Sent on its day it is in time however much later one looks."""
        report = self._asked()
        self._move_to("2026-04-06 02:00:00")
        self._write_all(report)
        report.with_user(self.finance_head).action_send()
        self._move_to("2026-04-20 02:00:00")
        report.subject_id.invalidate_recordset(["is_report_late"])
        self.assertFalse(report.subject_id.is_report_late)

    # -- sending back ------------------------------------------------------------------
    def test_returned_with_a_reason(self):
        """The team sends the report back with its reason; what was sent is kept and
        the agency goes on with a copy, files included."""
        report = self._asked()
        self._write_all(report)
        file = self._file(user=self.finance_officer)
        report.with_user(self.finance_officer).attachment_ids = file
        report.with_user(self.finance_head).action_send()
        before = report.text_ids.mapped("body")
        team = report.with_user(self.building_officer)
        with self.assertRaises(UserError):
            team.action_return()
        team.return_reason = "Thiếu nguyên nhân"
        team.action_return()
        self.assertEqual(report.state, "returned")
        draft = report.subject_id.report_ids - report
        self.assertEqual(draft.state, "draft")
        self.assertEqual(draft.text_ids.mapped("body"), before)
        self.assertEqual(draft.attachment_ids.mapped("raw"), [file.raw])
        self.assertNotEqual(draft.attachment_ids, file)
        self.assertFalse(draft.with_user(self.manager).has_access("read"))
        draft.with_user(self.finance_officer).text_ids[0].body = "Bổ sung"
        draft.with_user(self.finance_officer).attachment_ids = [Command.clear()]
        self.assertEqual(report.text_ids.mapped("body"), before)
        self.assertTrue(file.exists())
        draft.with_user(self.finance_head).action_send()
        self.assertEqual(report.subject_id.report_id, draft)

    def test_who_returns(self):
        """Neither the agency itself nor who is not on the team sends it back."""
        report = self._sent()
        for user in (self.finance_head, self.building_head, self.chairman):
            with self.assertRaises(AccessError):
                report.with_user(user).action_return("Thiếu")
            with self.assertRaises(AccessError):
                report.with_user(user).return_reason = "Thiếu"

    def test_no_report_after_the_conclusion(self):
        """Once the conclusion is handed in nobody writes or sends back a report."""
        inspection = self._ended()
        inspection.subject_ids.with_user(self.manager).action_ask()
        report = inspection.subject_ids.sudo().report_ids
        self._write_conclusion(inspection)
        inspection.with_user(self.manager).action_conclude()
        with self.assertRaises(UserError):
            report.with_user(self.finance_officer).text_ids[0].body = "Muộn"

    def test_not_made_or_deleted_by_hand(self):
        """Reports are there by asking and stay."""
        report = self._asked()
        with self.assertRaises(AccessError):
            self.env["task.inspection.report"].with_user(self.finance_head).create(
                {
                    "inspection_id": report.inspection_id.id,
                    "subject_id": report.subject_id.id,
                }
            )
        with self.assertRaises(AccessError):
            report.with_user(self.finance_head).unlink()


class TestInspectionReportBacGiang(InspectionCase):
    """The report BG Đ19.1 prescribes."""

    text = "bac_giang"

    def test_headings(self):
        """BG Đ19.1: situation, shortcomings, difficulties, causes, proposals, each of
        them required."""
        inspection = self._issued()
        inspection.subject_ids.with_user(self.specialist).action_ask()
        report = inspection.subject_ids.sudo().report_ids
        self.assertEqual(
            report.text_ids.mapped("code"),
            ["situation", "shortcomings", "difficulties", "causes", "proposals"],
        )
        head = report.with_user(self.finance_head)
        for text in head.text_ids:
            with self.assertRaises(UserError):
                head.action_send()
            text.body = "Đã viết"
        head.action_send()
        self.assertEqual(report.state, "sent")
