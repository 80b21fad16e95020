# SPDX-License-Identifier: LGPL-3.0-or-later
import base64

from odoo import Command

from odoo.addons.task_tracking.tests.rights_common import RightsCase

MODEL = "task.report"
OWN_WORDS = "Nguyên nhân riêng của Sở Tài chính"


class ReportRightsCase(RightsCase):
    """The users of every role around the reports of the finance department.

    It leads an overdue task, supported by the ward; it is a unit of the upper agency,
    whose task it is not. One period, whose report is a draft (`mine`), and an earlier
    one whose report was sent (`sent`) and compiled by the Office (`office_sent`).
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.sudo().task_since = "2026-03-20"
        cls.env["res.partner"].search([("is_agency", "=", True)]).task_reports = False
        cls.reporting = (
            cls.finance | cls.upper | cls.building | cls.ward | cls.agriculture
        )
        cls.reporting.task_reports = True
        cls._move_to("2026-03-25 02:00:00")
        cls.lead = cls._task()
        cls._move_to("2026-04-01 02:00:00")
        earlier, later = cls._open("Kỳ trước"), cls._open("Kỳ này")
        cls.sent = cls._of(earlier, cls.finance)
        cls.mine = cls._of(later, cls.finance)
        cls.office_draft = cls._of(later, cls.env["res.partner"])
        cls.office_sent = cls._of(earlier, cls.env["res.partner"])
        cls.file = cls._file("riêng.txt", cls.finance_head)
        cls.sent.with_user(cls.finance_head).write(
            {"causes": OWN_WORDS, "attachment_ids": [Command.set(cls.file.ids)]}
        )
        cls._send(cls.sent, cls.finance_head)
        cls._send(cls.office_sent, cls.manager)
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def _task(cls):
        """An assignment of the finance department that is overdue on 1 April."""
        document = (
            cls.env["task.document"]
            .with_user(cls.specialist)
            .create(
                {
                    "abstract": "Về việc riêng",
                    "issued_on": "2026-03-25",
                    "task_ids": [
                        Command.create(
                            {
                                "name": "Nhiệm vụ riêng của Sở Tài chính",
                                "lead_agency_ids": [Command.set(cls.finance.ids)],
                                "support_agency_ids": [Command.set(cls.ward.ids)],
                                "deadline": "2026-03-27",
                                "field_id": cls.farming.id,
                            }
                        )
                    ],
                }
            )
        )
        document.action_release()
        return document.sudo().assignment_ids.filtered(lambda one: one.role == "lead")

    @classmethod
    def _open(cls, title):
        period = (
            cls.env["task.report.period"]
            .with_user(cls.manager)
            .create(
                {
                    "title": title,
                    "date_from": "2026-03-20",
                    "date_to": "2026-04-01",
                    "asked_send_on": "2026-04-01",
                    "asked_compile_on": "2026-04-02",
                }
            )
        )
        period.action_open()
        return cls.env["task.report.period"].browse(period.id)

    @classmethod
    def _of(cls, period, agency):
        return period.report_ids.filtered(lambda one: one.agency_id == agency)

    @classmethod
    def _file(cls, name, user):
        vals = {"name": name, "datas": base64.b64encode(b"x")}
        made = cls.env["ir.attachment"].with_user(user).create(vals)
        return cls.env["ir.attachment"].browse(made.id)

    @classmethod
    def _send(cls, report, user):
        report = report.with_user(user)
        report.action_prepare()
        report.reason_ids.reason = OWN_WORDS
        report.action_submit()
