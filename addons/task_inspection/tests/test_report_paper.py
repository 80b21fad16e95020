# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import SCAN, InspectionCase


@tagged("post_install", "-at_install")
class TestReportOnPaper(InspectionCase):
    """The inspected agency's report came on paper: who received it enters it."""

    #: What is entered of the paper.
    PAPER = {
        "number": "45/BC-STC",
        "dated_on": "2026-04-02",
        "signer_title": "GIÁM ĐỐC",
        "signer_name": "Trần Thị B",
    }

    def setUp(self):
        super().setUp()
        self.inspection = self._issued()
        self.subject = self.inspection.subject_ids
        self.subject.with_user(self.specialist).action_ask()
        self.report = self.subject.sudo().report_ids
        self._move_to("2026-04-03 02:00:00")

    def _enter(self, user=None, received_on="2026-04-03", files=None, **vals):
        user = user or self.manager
        files = self._file(user=user) if files is None else files
        subject = self.subject.with_user(user)
        subject.action_enter_report(received_on, {**self.PAPER, **vals}, files.ids)

    def test_entered(self):
        """It stands as sent: by whom, on which day, with the signed file; the team and
        the agency read it, the dossier takes the file and prints nothing of its own."""
        self._enter(self.specialist, received_on="2026-04-02")
        self.assertEqual((self.report.state, self.report.is_on_paper), ("sent", True))
        self.assertEqual(str(self.report.sent_on), "2026-04-02")
        self.assertEqual(str(self.report.entered_on), "2026-04-03")
        self.assertEqual(self.report.sent_by_id, self.specialist)
        self.assertFalse(self.report.text_ids)
        for user in (self.manager, self.finance_officer, self.building_officer):
            self.env.invalidate_all()
            report = self.report.with_user(user)
            self.assertTrue(report.has_access("read"))
            self.assertEqual(report.attachment_ids.datas, SCAN)
        self.assertTrue(self.subject.report_sent_on)
        item = self.inspection.sudo().item_ids.filtered(
            lambda one: one.source_model == self.report._name
        )
        self.assertEqual((item.number, item.is_printed), ("45/BC-STC", False))
        self.assertEqual(str(item.dated_on), "2026-04-02")

    def test_told(self):
        """The agency and the team are told."""
        messages = self.env["mail.message"].sudo()
        before = messages.search([], order="id desc", limit=1)
        self._enter()
        told = messages.search([("id", ">", before.id)]).notified_partner_ids
        users = self.finance_head | self.finance_officer | self.building_officer
        self.assertLessEqual(users.partner_id, told)

    def test_who(self):
        """The team and who prepares the inspection; no other agency, no leader of the
        Committee, nor the inspected agency itself, which sends its own."""
        for user in (
            self.ward_head,
            self.building_head,
            self.chairman,
            self.finance_head,
        ):
            with self.assertRaises(AccessError):
                self._enter(user)
        self._enter(self.building_officer)
        self.assertEqual(self.report.state, "sent")

    def test_earlier_day(self):
        """Only the Office enters an earlier day; nobody one to come, or before it was
        asked for; nor is the paper dated after it was received."""
        with self.assertRaises(AccessError):
            self._enter(self.building_officer, received_on="2026-04-02")
        for day in ("2026-04-04", "2026-03-31"):
            with self.assertRaises(UserError):
                self._enter(received_on=day)
        with self.assertRaises(UserError):
            self._enter(received_on="2026-04-02", dated_on="2026-04-03")

    def test_missing(self):
        """Number, signer and file make it a signed paper."""
        for vals in ({"number": " "}, {"signer_name": False}):
            with self.assertRaises(UserError):
                self._enter(**vals)
        with self.assertRaises(UserError):
            self._enter(files=self.env["ir.attachment"])

    def test_begun(self):
        """What the agency is writing here is neither read nor thrown away."""
        text = self.report.text_ids.with_user(self.finance_officer)[0]
        begun = text.body
        text.body = "Đang viết"
        with self.assertRaises(UserError):
            self._enter()
        self.assertEqual(self.report.state, "draft")
        text.body = begun
        self._enter()
        with self.assertRaises(UserError):
            self._enter()

    def test_not_asked(self):
        """Nothing is entered before the agency was asked, or once all is over."""
        other = self._issued(subjects=self.ward).subject_ids
        file = self._file(user=self.manager)
        with self.assertRaises(UserError):
            other.with_user(self.manager).action_enter_report(
                "2026-04-03", self.PAPER, file.ids
            )
        self.inspection.with_user(self.chairman).action_cancel("Hoãn")
        with self.assertRaises(UserError):
            self._enter()

    def test_file_of_another(self):
        """A file of somebody else, or of another record, is not taken."""
        paper = self.inspection.sudo().paper_ids
        for file in (self._file(user=self.finance_head), paper.attachment_ids):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self._enter(files=file)

    def test_sent_back(self):
        """Sent back, the agency begins anew under the regulation's headings; the paper
        is kept."""
        headings = self.report.text_ids.mapped("name")
        self._enter()
        self.report.with_user(self.manager).action_return("Thiếu phụ lục")
        self.env.invalidate_all()
        draft = self.subject.with_user(self.finance_officer).report_id
        self.assertNotEqual(draft, self.report)
        self.assertEqual(draft.text_ids.mapped("name"), headings)
        self.assertFalse(draft.attachment_ids or draft.is_on_paper)
        self.assertEqual(self.report.state, "returned")
        self.assertTrue(self.report.attachment_ids)

    def test_form(self):
        """The form of the act does the same."""
        act = (
            self.env["task.inspection.act"]
            .with_user(self.manager)
            .create(
                {
                    **self.PAPER,
                    "act": "enter_report",
                    "subject_id": self.subject.id,
                    "day": "2026-04-03",
                    "attachment_ids": [
                        Command.create(
                            {
                                "name": "45-BC.pdf",
                                "datas": SCAN,
                                "res_model": "task.inspection.act",
                            }
                        )
                    ],
                }
            )
        )
        act.action_apply()
        self.assertEqual(self.report.attachment_ids.name, "45-BC.pdf")

    def test_not_forged(self):
        """Nobody marks a report as received on paper by writing."""
        for vals in ({"is_on_paper": True}, {"entered_on": "2026-04-03"}):
            with self.assertRaises(AccessError):
                self.report.with_user(self.finance_officer).write(vals)
