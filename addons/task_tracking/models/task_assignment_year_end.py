# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import date

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class TaskAssignment(models.Model):
    """Dated tasks that ask for no product, listed at the year's end (QT Đ4.1)."""

    _inherit = "task.assignment"

    @api.model
    def _year_end_domain(self, year=None):
        """Lead assignments that are dated and ask for no product: all that is asked is
        to complete them. Whom the record rules hide is not among them.

        :param year: the calendar year of the written deadline; None: every year.
        """
        domain = (
            Domain("company_id", "=", self.env.company.id)
            & Domain("role", "=", "lead")
            & Domain("state", "!=", "withdrawn")
            & Domain("deadline", "!=", False)
            & Domain("task_id.product_kind", "=", "complete")
        )
        if year:
            domain &= Domain("deadline", ">=", date(year, 1, 1))
            domain &= Domain("deadline", "<=", date(year, 12, 31))
        return domain

    @api.model
    def action_year_end_list(self):
        """Open the list of dated tasks without product, of this year at first.

        :raise UserError: where the regulation asks for no such list.
        """
        regulation = self.env.company._task_regulation()
        if regulation._policy("no_product") != "year_end_list":
            raise UserError(
                self.env._(
                    "%(regulation)s asks for no list at the year's end.",
                    regulation=regulation.display_name or self.env.company.name,
                )
            )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "task_tracking.action_task_year_end"
        )
        return {**action, "domain": list(self._year_end_domain())}
