# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models

from ..logic.periods import period_of
from .task_clock import OFFICE_GROUPS

#: Who has any right on time limits.
CLOCK_READERS = f"{OFFICE_GROUPS},task_tracking.group_agency_officer"

#: The Office's periodic duties that no other record stands for.
COMPANY_ACTS = ("secret_report",)


class ResCompany(models.Model):
    """The Office's own periodic duties, which no record stands for: the report on
    tasks of secret documents where books are kept outside (KT Đ5.2, Đ20.2). Only the
    day they are done is kept."""

    _name = "res.company"
    _inherit = ["res.company", "task.clock.mixin"]

    # every internal user reads companies, and may read no limit
    clock_ids = fields.One2many(groups=CLOCK_READERS)
    task_since = fields.Date(
        string="Tasks followed here since",
        readonly=True,
        help="The day a regulation was first chosen: periodic duties before that day"
        " are nobody's fault here.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._note_task_since()
        return companies

    def write(self, vals):
        result = super().write(vals)
        if "regulation_id" in vals:
            self._note_task_since()
            # the menus a user sees depend on what the regulation knows
            self.env.registry.clear_cache()
        return result

    def _note_task_since(self):
        for company in self.filtered("regulation_id"):
            if not company.task_since:
                company.sudo().task_since = company._task_today()

    def _clock_company(self):
        self.ensure_one()
        return self

    @api.model
    def _clock_due(self, company):
        regulation, today = company._task_regulation(), company._task_today()
        for act in COMPANY_ACTS:
            for kind in regulation._period_kinds(act):
                yield act, period_of(kind, today), [("id", "=", company.id)]

    def _clock_start(self, act, period=None):
        known = self.filtered(
            lambda company: (
                not (due := company._clock_reckon(act, period)[1])
                or not company.task_since
                or due.due_on >= company.task_since
            )
        )
        return super(ResCompany, known)._clock_start(act, period)
