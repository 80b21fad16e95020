# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import models
from odoo.fields import Domain


class TaskDesk(models.AbstractModel):
    """Reports asked of the agency; the requests of the Office that wait for answers."""

    _inherit = "task.desk"

    def _office_sections(self, user):
        running = Domain("state", "=", "sent")
        if not user._task_is_manager():
            running &= Domain("user_id", "=", user.id)
        return [
            *super()._office_sections(user),
            (
                "inquiries",
                self.env._("Reports asked of agencies"),
                "task.inquiry",
                running,
                "due_on, id",
                "info",
            ),
        ]

    def _agency_sections(self):
        asked = self.env["task.inquiry.answer"]._awaited_domain(self.env.company)
        first, *others = super()._agency_sections()
        return [
            first,
            (
                "inquiry_answers",
                self.env._("Reports asked of us"),
                "task.inquiry.answer",
                Domain("is_mine", "=", True) & asked,
                "due_on, id",
                "action",
            ),
            *others,
        ]

    def _item(self, record):
        if record._name not in ("task.inquiry", "task.inquiry.answer"):
            return super()._item(record)
        days = (record.due_on - record.company_id._task_today()).days
        subtitle = record.question if "question" in record._fields else record.counted
        return {
            "id": record.id,
            "title": record.name,
            "subtitle": (subtitle or "").partition("\n")[0],
            "date": record.due_on,
            "new_date": False,
            "days_overdue": max(0, -days),
            "days_left": days if days >= 0 else False,
        }
