# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class ResCompany(models.Model):
    """What a company needs to receive the tasks that another one assigns to it."""

    _inherit = "res.company"

    task_default_specialist_id = fields.Many2one(
        "res.users",
        string="Receives tasks from above",
        ondelete="restrict",
        domain=lambda self: [
            (
                "all_group_ids",
                "in",
                self.env.ref("task_tracking.group_office_specialist").ids,
            )
        ],
        help="The specialist of the Office who follows the directives that a superior"
        " body assigns to this company; the first manager of the Office if empty.",
    )

    @api.constrains("task_default_specialist_id")
    def _check_task_default_specialist(self):
        for company in self:
            user = company.task_default_specialist_id.sudo()
            if user and not (user._task_is_office() and company in user.company_ids):
                raise ValidationError(
                    self.env._(
                        "%(user)s is not of the Office of %(company)s.",
                        user=user.name,
                        company=company.name,
                    )
                )

    def _task_office(self, group):
        """The active users of this company in the Office's `group`, its own first."""
        self.ensure_one()
        users = (
            self.env["res.users"]
            .sudo()
            .search(
                [
                    ("all_group_ids", "in", self.env.ref(group).ids),
                    ("company_ids", "in", self.ids),
                ],
                order="id",
            )
        )
        return users.sorted(lambda user: user.company_id != self)

    def _task_receiver(self):
        """Who follows what comes from above; empty where the Office has nobody."""
        self.ensure_one()
        chosen = self.sudo().task_default_specialist_id
        return (
            chosen.filtered("active")
            or self._task_office("task_tracking.group_office_manager")[:1]
            or self._task_office("task_tracking.group_office_specialist")[:1]
        )

    def _task_superiors(self):
        """The companies nothing is cascaded to from here: this one, those its tasks
        come from, at any height, and those whose agency stands above its own."""
        self.ensure_one()
        companies = self.sudo()
        documents = self.env["task.document"].sudo()
        found = companies.search(
            Domain("partner_id", "parent_of", companies.partner_id.ids)
        )
        found |= companies
        new = found
        while new:
            groups = documents._read_group(
                [("company_id", "in", new.ids), ("parent_company_id", "!=", False)],
                ["parent_company_id"],
            )
            new = companies.union(*(company for (company,) in groups)) - found
            found |= new
        return found
