# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.service.model import call_kw

from .common import SCAN, InspectionCase

#: What nobody but the team and who prepares the inspection may learn.
NEEDLE = "Ketluanbimat"


class InspectionRightsCase(InspectionCase):
    """An inspection of the finance department and a ward by a team of the manager
    (leader), the specialist and an officer of the building department.

    Words that the finance department must not learn hang on everything it has.
    """

    def setUp(self):
        super().setUp()
        self.member = self.building_officer
        self.inspected = self.finance_head
        self.assignment = self._released()
        self.inspection = self._inspection(self.finance | self.ward)
        self._paper(self.inspection, "decision")

    # -- steps -------------------------------------------------------------------------
    def _issue(self):
        self.inspection.with_user(self.chairman).action_issue()
        subjects = {one.agency_id: one for one in self.inspection.subject_ids}
        self.own, self.other = subjects[self.finance], subjects[self.ward]

    def _work(self):
        """What the team writes before it concludes, of both agencies."""
        self._issue()
        leader = self.inspection.with_user(self.manager)
        for subject in (self.own, self.other):
            request = self._paper(
                self.inspection, "request", number="5", subject_id=subject.id
            )
            request.action_issue()
        self.reports = self.env["task.inspection.text"].search(
            [("subject_id", "=", self.other.id)]
        )
        self.reports.body = f"{NEEDLE} báo cáo"
        self.finding, self.other_finding = (
            leader.env["task.inspection.finding"].create(
                {
                    "inspection_id": leader.id,
                    "subject_id": subject.id,
                    "text": f"{NEEDLE} phát hiện",
                    "attachment_ids": [
                        Command.create({"name": f"{NEEDLE}.jpg", "datas": SCAN})
                    ],
                }
            )
            for subject in (self.own, self.other)
        )
        self.minutes, self.other_minutes = (
            self._paper(
                self.inspection,
                "minutes",
                self.manager,
                subject_id=subject.id,
                number=False,
                abstract=f"{NEEDLE} biên bản",
                body=f"{NEEDLE} biên bản",
                attachment_ids=[
                    Command.create({"name": f"{NEEDLE}.pdf", "datas": SCAN})
                ],
            )
            for subject in (self.own, self.other)
        )
        self.conclusion_texts = leader.text_ids.filtered(
            lambda one: one.topic == "conclusion"
        )
        self.conclusion_texts.write({"body": f"{NEEDLE} kết luận"})
        self.recommendation = leader.env["task.inspection.recommendation"].create(
            {
                "inspection_id": leader.id,
                "agency_id": self.finance.id,
                "finding_id": self.other_finding.id,
                "text": "Khắc phục ngay",
            }
        )
        kind = self.regulation._prescriptions("dossier").filtered(
            lambda one: one.code == "other"
        )
        self.item = self.env["task.inspection.item"].with_user(self.manager)
        self.item = self.item.create(
            {
                "inspection_id": leader.id,
                "prescription_id": kind.id,
                "name": f"{NEEDLE} tài liệu",
                "attachment_ids": [
                    Command.create({"name": f"{NEEDLE}.pdf", "datas": SCAN})
                ],
            }
        )
        self.note = leader.message_post(
            body=f"{NEEDLE} ghi chú", attachments=[(f"{NEEDLE}.txt", b"noi bo")]
        )

    def _conclude(self):
        leader = self.inspection.with_user(self.manager)
        leader.action_end()
        paper = self._paper(leader, "conclusion", self.manager, number="34/BC-ĐKT")
        paper.abstract = f"{NEEDLE} báo cáo kết quả"
        for subject in leader.subject_ids:
            values = {"subject_id": subject.id, "number": "35/TB-ĐKT"}
            self._paper(leader, "notice", self.manager, **values)
        leader.action_conclude()
        self.conclusion = paper

    def _close(self):
        """Put it into the state of a closed dossier, as the act of closing does."""
        self.inspection.sudo().write({"state": "closed", "closed_on": "2026-04-02"})

    # -- trying things -----------------------------------------------------------------
    def _rpc(self, user, model, method, *args, **kwargs):
        """Call as a client does, in a request of its own."""
        self.env.invalidate_all()
        return call_kw(self.env[model].with_user(user), method, list(args), kwargs)

    def _reads(self, user, *records):
        """Those of the records that `user` reads, found by searching as well."""
        read = []
        for record in records:
            self.env.invalidate_all()
            seen = record.with_user(user)
            access, model = seen.has_access("read"), seen.browse()
            if model.has_access("read"):
                found = model.search([("id", "=", record.id)])
                self.assertEqual(access, bool(found), record)
            if access:
                read.append(record)
        return read

    def _assert_reads(self, user, *records):
        self.assertEqual(self._reads(user, *records), list(records))

    def _assert_reads_none(self, user, *records):
        self.assertEqual(self._reads(user, *records), [])
