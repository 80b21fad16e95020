# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .task_mixins import boolean_domain
from .task_urge_rights import URGED_STATES


class TaskUrge(models.Model):
    _inherit = "task.urge"

    is_unanswered = fields.Boolean(
        string="Answer asked",
        compute="_compute_is_unanswered",
        search="_search_is_unanswered",
        help="A letter that asks for an answer, about a task that is still to do and of"
        " which the agency entered nothing since.",
    )

    @api.model
    def _unanswered_domain(self):
        """Letters that ask for an answer and have none: the agency entered nothing
        on a task of theirs since their day."""
        lines = self.env["task.urge.line"].sudo()
        found = lines._search(
            Domain("kind", "=", "letter")
            & Domain("state", "=", "done")
            & Domain("is_left_out", "=", False)
            & Domain("assignment_id.state", "in", URGED_STATES)
        )
        found.add_join(
            "JOIN",
            "urged",
            SQL.identifier("task_assignment"),
            SQL(
                "urged.id = %s"
                " AND (urged.last_entry_on IS NULL OR urged.last_entry_on < %s)",
                SQL.identifier(found.table, "assignment_id"),
                SQL.identifier(found.table, "day"),
            ),
        )
        return (
            Domain("kind", "=", "letter")
            & Domain("state", "=", "done")
            & Domain("answer_by", "!=", False)
            & Domain("id", "in", found.subselect("urge_id"))
        )

    @api.depends("state", "answer_by")
    def _compute_is_unanswered(self):
        found = self.sudo().search(
            Domain("id", "in", self._origin.ids) & self._unanswered_domain()
        )
        for one in self:
            one.is_unanswered = one._origin in found.sudo(self.env.su)

    def _search_is_unanswered(self, operator, value):
        if operator != "in":
            return NotImplemented
        return boolean_domain(self._unanswered_domain(), value)


class TaskDesk(models.AbstractModel):
    """Letters that wait to be issued, and letters that ask for an answer."""

    _inherit = "task.desk"

    def _office_sections(self, user):
        drafts = Domain("state", "=", "draft") & Domain("sender_agency_id", "=", False)
        if not user._task_is_manager():
            drafts &= Domain("create_uid", "=", user.id) | Domain(
                "line_ids.assignment_id.specialist_id", "=", user.id
            )
        first, *others = super()._office_sections(user)
        return [first, self._urge_drafts_section(drafts), *others]

    def _agency_sections(self):
        drafts = Domain("state", "=", "draft") & Domain("is_mine", "=", True)
        asked = Domain("is_unanswered", "=", True) & Domain("is_mine", "=", False)
        first, *others = super()._agency_sections()
        return [
            first,
            (
                "urge_received",
                self.env._("Letters of urging to answer"),
                "task.urge",
                asked,
                "answer_by, id",
                "action",
            ),
            self._urge_drafts_section(drafts),
            *others,
        ]

    def _urge_drafts_section(self, domain):
        return (
            "urge_drafts",
            self.env._("Letters of urging to issue"),
            "task.urge",
            Domain("kind", "=", "letter") & domain,
            "id",
            "action",
        )

    def _item(self, record):
        if record._name != "task.urge":
            return super()._item(record)
        asked = record.state == "done" and record.answer_by
        days = (asked - record.company_id._task_today()).days if asked else 0
        return {
            "id": record.id,
            "title": record.subject or record.display_name,
            "subtitle": " · ".join(filter(None, (record.number, record.told_to))),
            "date": asked or False,
            "new_date": False,
            "days_overdue": max(0, -days),
            "days_left": days if asked and days >= 0 else False,
        }
