# SPDX-License-Identifier: LGPL-3.0-or-later
import base64

from odoo import Command

from odoo.addons.task_tracking.tests.common import START, TaskCase

#: A signed file, as far as the system looks at it.
SCAN = base64.b64encode(b"%PDF-1.4 scan")


class InspectionCase(TaskCase):
    """A province that inspects: the finance department is inspected by a team of the
    Office's manager (leader), the building department's officer and the specialist."""

    #: The values of a task without deadline.
    UNDATED = {"is_dated": False, "deadline": False}

    #: Name of the regulation, as in its external id.
    text = "khanh_hoa"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.regulation = cls.env.ref(f"task_tracking.regulation_{cls.text}")
        cls.company.regulation_id = cls.regulation

    def setUp(self):
        super().setUp()
        self._move_to(START)

    def _released_on(self, day, **vals):
        """A lead assignment released on `day`, where the clock then stands."""
        self._move_to(f"{day} 02:00:00")
        document = self._document([self._task_vals(**vals)], issued_on=day)
        document.action_release()
        return document.sudo().assignment_ids.filtered(lambda one: one.role == "lead")

    # -- preparing, as the Office ------------------------------------------------------
    def _file(self, name="scan.pdf", user=None):
        return (
            self.env["ir.attachment"]
            .with_user(user or self.specialist)
            .create({"name": name, "datas": SCAN})
        )

    def _inspection(self, subjects=None, user=None, members=None, **vals):
        """A draft that has everything the texts prescribe of a decision."""
        subjects = self.finance if subjects is None else subjects
        members = self._places() if members is None else members
        contents = self.regulation._prescriptions("content")
        values = {
            "name": "Kiểm tra việc thực hiện nhiệm vụ",
            "form": "adhoc",
            "legal_basis": "Luật Tổ chức chính quyền địa phương",
            "scope": "Nhiệm vụ được giao năm 2026",
            "scope_from": "2026-01-01",
            "scope_to": "2026-12-31",
            "content_ids": [Command.set(contents.ids)],
            "date_from": "2026-04-02",
            "date_to": "2026-04-17",
            "subject_ids": [
                Command.create({"agency_id": agency.id, "report_due_on": "2026-04-06"})
                for agency in subjects
            ],
            "member_ids": [Command.create(place) for place in members],
        }
        user = user or self.specialist
        return self.env["task.inspection"].with_user(user).create({**values, **vals})

    def _places(self):
        return [
            {"role": "leader", "user_id": self.manager.id},
            {"role": "secretary", "user_id": self.specialist.id},
            {"role": "member", "user_id": self.building_officer.id},
        ]

    def _paper(self, inspection, kind, user=None, **vals):
        user = user or self.specialist
        values = {
            "inspection_id": inspection.id,
            "kind": kind,
            "number": "12/QĐ-UBND",
            "dated_on": "2026-04-01",
            "signer_title": "CHỦ TỊCH",
            "signer_name": "Nguyễn Văn A",
            "body": "Nội dung",
            "attachment_ids": [Command.set(self._file(user=user).ids)],
        }
        if kind == "minutes":
            values.update(
                place="Trụ sở cơ quan",
                present="Đại diện cơ quan",
                begun_at="2026-04-01 01:00:00",
                ended_at="2026-04-01 01:30:00",
            )
        papers = self.env["task.inspection.paper"].with_user(user)
        return papers.create({**values, **vals})

    # -- steps, by who does them -------------------------------------------------------
    def _issued(self, **vals):
        """An inspection whose decision the Chairman issued on 1 April 2026."""
        inspection = self._inspection(**vals)
        self._paper(inspection, "decision")
        inspection.with_user(self.chairman).action_issue()
        return inspection

    def _ended(self, ended_on="2026-04-01", **vals):
        inspection = self._issued(**vals)
        inspection.with_user(self.manager).action_end(ended_on)
        return inspection

    def _write_conclusion(self, inspection):
        """The team's leader writes all the text asks of the conclusion."""
        leader = inspection.with_user(self.manager)
        for text in leader.text_ids.filtered(lambda one: one.topic == "conclusion"):
            text.body = f"Nội dung: {text.name}"
        self._paper(inspection, "conclusion", self.manager, number="34/BC-ĐKT")
        if inspection._gives_notice():
            for subject in leader.subject_ids:
                self._paper(
                    inspection,
                    "notice",
                    self.manager,
                    subject_id=subject.id,
                    number="35/TB-ĐKT",
                )

    def _concluded(self, **vals):
        inspection = self._ended(**vals)
        self._write_conclusion(inspection)
        inspection.with_user(self.manager).action_conclude()
        return inspection
