# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..logic.periods import period_of
from ..models import explanation


class TaskRecount(models.TransientModel):
    """Count running time limits anew, under the calendar and the regulation of now.

    A change of either touches no clock by itself (DOMAIN.md section 2): what runs
    goes on as it was started. Here an Office manager sees before and after and says
    why; each old limit is kept, cancelled with the reason, and linked to the new one.
    What was judged, or is past due, is never counted anew.
    """

    _name = "task.recount"
    _description = "Count running time limits anew"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    reason = fields.Char(required=True)
    line_ids = fields.One2many(
        "task.recount.line",
        "recount_id",
        compute="_compute_line_ids",
        store=True,
        precompute=True,
        string="Limits that change",
    )
    running_count = fields.Integer(
        string="Running limits", compute="_compute_running_count"
    )

    @api.depends("company_id")
    def _compute_running_count(self):
        for wizard in self:
            wizard.running_count = len(wizard._running())

    @api.depends("company_id")
    def _compute_line_ids(self):
        for wizard in self:
            wizard.line_ids = [Command.clear()] + [
                Command.create(
                    {
                        "clock_id": clock.id,
                        "new_due_on": due.due_on if due else False,
                        "new_due_at": explanation.naive_utc(due and due.due_at),
                    }
                )
                for clock, _rule, due in wizard._changes()
            ]

    def _running(self):
        """The clocks that still run, of the records the manager may read."""
        today = self.company_id._task_today()
        # never in sudo, as stored computes run: the reader's own rules decide
        return (
            self.env["task.clock"]
            .sudo(False)
            .search(
                Domain("company_id", "=", self.company_id.id)
                & Domain("stopped_on", "=", False)
                & Domain("cancelled_on", "=", False)
                & Domain("due_on", ">=", today),
                order="due_on, id",
            )
        )

    def _changes(self):
        """(clock, rule, Due or None) of the running clocks that would end elsewhere."""
        changes = []
        for clock in self._running():
            record = self.env[clock.res_model].sudo().browse(clock.res_id)
            period = clock.period and period_of(clock.period, clock.started_on)
            rule, due = record._clock_reckon(clock.act, period)
            moved = not due or (due.due_on, explanation.naive_utc(due.due_at)) != (
                clock.due_on,
                clock.due_at,
            )
            if moved:
                changes.append((clock, rule, due))
        return changes

    def action_confirm(self):
        """Count anew what the form showed.

        :raise AccessError: if the caller is not an Office manager.
        :raise UserError: if what runs has changed since the form was opened.
        """
        self.ensure_one()
        if not self.env.user._task_is_manager():
            raise AccessError(self.env._("An Office manager counts limits anew."))
        changes = self._changes()
        shown = {line.clock_id.id: line.new_due_on or None for line in self.line_ids}
        if shown != {one.id: due and due.due_on for one, _rule, due in changes}:
            raise UserError(
                self.env._("The limits changed since this form was opened: look again.")
            )
        if not changes:
            raise UserError(self.env._("No running limit would change."))
        clocks = self.env["task.clock"].sudo()
        vals_list = []
        for clock, rule, due in changes:
            clock.sudo()._cancel(self.reason)
            if due:
                record = self.env[clock.res_model].sudo().browse(clock.res_id)
                period = clock.period and period_of(clock.period, clock.started_on)
                vals = record._prepare_clock_vals(rule, due, period or None)
                vals_list.append({**vals, "replaces_id": clock.id})
        new = clocks.create(vals_list)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "task_tracking.action_task_clock_recounted"
        )
        return {**action, "domain": [("id", "in", new.ids)]} if new else True


class TaskRecountLine(models.TransientModel):
    """One running limit, before and after."""

    _name = "task.recount.line"
    _description = "Limit counted anew"

    recount_id = fields.Many2one("task.recount", required=True, ondelete="cascade")
    clock_id = fields.Many2one("task.clock", required=True, ondelete="cascade")
    act = fields.Selection(related="clock_id.act")
    record_name = fields.Char(related="clock_id.record_name")
    started_on = fields.Date(related="clock_id.started_on")
    due_on = fields.Date(related="clock_id.due_on", string="Due before")
    new_due_on = fields.Date(string="Due after", help="Empty: no limit any more.")
    new_due_at = fields.Datetime()

    @api.constrains("clock_id")
    def _check_readable(self):
        """Naming a limit here shows its record: only those the user reads."""
        self.clock_id.sudo(False).check_access("read")
