# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.task_tracking.models import explanation
from odoo.addons.task_tracking.models.task_mixins import boolean_domain


class TaskInspection(models.Model):
    """When the conclusion is due, and who is told of it: those who make the inspection,
    the Office and the leaders; never the inspected agency."""

    _name = "task.inspection"
    _inherit = ["task.inspection", "task.why.mixin"]

    conclusion_due_on = fields.Date(
        string="Conclusion due on", compute="_compute_conclusion_due"
    )
    is_conclusion_late = fields.Boolean(
        string="Conclusion late",
        compute="_compute_conclusion_due",
        search="_search_is_conclusion_late",
    )

    @api.depends_context("uid")
    @api.depends("ended_on", "concluded_on", "clock_ids.due_on")
    def _compute_conclusion_due(self):
        told = self._with_limits_told()
        clocks = told.sudo()._clocks_of("inspection_conclusion")
        for inspection in self:
            last = clocks.get(inspection._origin.id, self.env["task.clock"])[-1:]
            inspection.conclusion_due_on = last.due_on
            inspection.is_conclusion_late = last.state in ("late", "missed")

    def _search_is_conclusion_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = self.env["task.clock"].sudo()
        late = late._search(
            Domain("res_model", "=", self._name)
            & Domain("act", "=", "inspection_conclusion")
            & Domain("cancelled_on", "=", False)
            & Domain("state", "in", ("late", "missed"))
        )
        positive = Domain("id", "in", late.subselect("res_id"))
        return boolean_domain(positive & self._limits_told_domain(), value)

    # -- what the clocks ask -----------------------------------------------------------
    def _clock_events(self):
        return {"inspection_end": self.ended_on} if self.ended_on else {}

    def _clock_facts(self):
        return {"inspector": self.inspector}

    def _clock_ahead(self):
        return ("inspection_conclusion",)

    def _prepare_clock_vals(self, rule, due, period=None):
        """The limit of an agency that inspects is the agency's, where the text (BG, KT)
        says only "who is in charge of the inspection"."""
        vals = super()._prepare_clock_vals(rule, due, period)
        if vals["actor"] == "team" and self.inspector != "office":
            vals["actor"] = "agency"
        return vals

    # -- who is told -------------------------------------------------------------------
    @api.model
    def _limits_told_domain(self):
        """The inspections whose limits the user is told."""
        if self.env.su or self.env.user._task_is_office_or_leader():
            return Domain.TRUE
        return self._dossier_domain()

    def _with_limits_told(self):
        """Those of the inspections whose limits the user is told."""
        domain = self._limits_told_domain()
        if domain.is_true():
            return self
        return self.sudo().search(Domain("id", "in", self._origin.ids) & domain)

    @api.model
    def _clock_told_domain(self):
        if self.env.user._task_is_office_or_leader():
            return super()._clock_told_domain()
        # not who may read the inspection: the inspected agency does
        told = self.sudo()._search(self._limits_told_domain())
        return Domain("res_id", "in", told)

    def _clock_may_be_told(self, actor):
        return bool(self._with_limits_told())

    def _why(self, name):
        if name != "conclusion_due_on":
            return super()._why(name)
        # asked in sudo, of who reads the inspection: not all of them are told
        told = self.sudo(False)._with_limits_told().sudo()
        clocks = told._clocks_of("inspection_conclusion").get(self.id)
        return explanation.sentences(self.env, clocks and clocks[-1:].explanation)
