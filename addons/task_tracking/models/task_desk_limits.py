# SPDX-License-Identifier: LGPL-3.0-or-later
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Date, Domain

from ..logic.limits import ACTS
from .task_mixins import boolean_domain

#: The states a limit is counted in, in the order of the columns; what was cancelled
#: before it was due is in none.
KEPT_STATES = ("in_time", "late", "missed", "running")


class TaskClock(models.Model):
    _inherit = "task.clock"

    is_mine = fields.Boolean(
        string="Of my agency",
        compute="_compute_is_mine",
        search="_search_is_mine",
        help="Runs on a record of the reader's own agency.",
    )

    @api.depends_context("uid")
    @api.depends("res_model", "res_id")
    def _compute_is_mine(self):
        for model, clocks in self.grouped("res_model").items():
            records = self.env[model].browse(clocks.mapped("res_id"))
            known = "is_mine" in records._fields
            mine = set(records.filtered("is_mine").ids) if known else ()
            for clock in clocks:
                clock.is_mine = clock.res_id in mine

    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        mine = Domain.OR(
            Domain("res_model", "=", model._name)
            & Domain("res_id", "in", model._search([("is_mine", "=", True)]))
            for model in self.with_user(self.env.user)._clock_models()
            if "is_mine" in model._fields and model.has_access("read")
        )
        return boolean_domain(mine, value)

    @api.model
    def _kept_since(self):
        """The first day of the last twelve months, by the province's today."""
        return self.env.company._task_today() - relativedelta(years=1, days=-1)

    @api.model
    def _kept_domain(self):
        """The limits that fell due in the last twelve months, or are yet to."""
        return Domain("company_id", "=", self.env.company.id) & Domain(
            "due_on", ">=", self._kept_since()
        )

    @api.model
    def _kept_counts(self, domain, groupby):
        """{value(s) of `groupby`: {state: number}} of the limits in `domain` that the
        reader may see; one query."""
        counts = {}
        for *key, state, number in self._read_group(
            self._kept_domain() & domain, [*groupby, "state"], ["__count"]
        ):
            if state in KEPT_STATES:
                row = counts.setdefault(tuple(key), dict.fromkeys(KEPT_STATES, 0))
                row[state] = number
        return counts


class TaskDesk(models.AbstractModel):
    _inherit = "task.desk"

    @api.model
    @api.readonly
    def get_kept_limits(self):
        """How the limits of the regulation were kept in the last twelve months.

        Leaders and Office managers are told the duties of the Office and, beside
        them, those of all agencies; the head of an agency those of the own agency.

        :return: {date_from, date_to, parts}; empty `parts` for everybody else. A part
            is {key, title, domain, rows, quiet}: a row {act, label, in_time, late,
            missed, running, rate}, `rate` from 0 to 1 of those judged, False for none
            judged; `domain` finds the part's limits in task.clock, to which the
            caller adds act and state; `quiet` the duties with a limit for which
            nothing ran. Dates are ISO strings.
        """
        clock = self.env["task.clock"]
        parts = self._kept_parts() if clock.has_access("read") else []
        domains = [Domain(part["domain"]) for part in parts]
        counts = {}
        if parts:
            counts = clock._kept_counts(Domain.OR(domains), ["actor", "act"])
        for part in parts:
            actors = part.pop("actors")
            part["domain"] = list(Domain(part["domain"]) & clock._kept_domain())
            part["rows"], part["quiet"] = self._kept_rows(counts, actors)
        return {
            "date_from": Date.to_string(clock._kept_since()),
            "date_to": Date.to_string(self.env.company._task_today()),
            "parts": parts,
        }

    def _kept_parts(self):
        """What the reader is told about: {key, title, domain, actors}."""
        user = self.env.user
        if user.has_group("task_tracking.group_leader") or user._task_is_manager():
            return [
                {
                    "key": "office",
                    "title": self.env._("The Office"),
                    "domain": [("actor", "!=", "agency")],
                    "actors": {"office", "leader", "team"},
                },
                {
                    "key": "agencies",
                    "title": self.env._("The agencies"),
                    "domain": [("actor", "=", "agency")],
                    "actors": {"agency"},
                },
            ]
        if user.has_group("task_tracking.group_agency_head"):
            return [
                {
                    "key": "mine",
                    "title": user.sudo().task_agency_id.name,
                    "domain": [("actor", "=", "agency"), ("is_mine", "=", True)],
                    "actors": {"agency"},
                }
            ]
        return []

    def _kept_rows(self, counts, actors):
        """The rows of the actors, and the names of their duties nothing ran for."""
        rules = self.env["task.regulation.rule"]
        labels = dict(rules._fields["act"]._description_selection(self.env))
        limited = self.env.company._task_regulation()._limited_acts(actors)
        rows, quiet = [], []
        for act in ACTS:
            found = [
                row
                for (actor, done), row in counts.items()
                if done == act and actor in actors
            ]
            label = labels.get(act, act)
            if found:
                total = {name: sum(row[name] for row in found) for name in KEPT_STATES}
                judged = total["in_time"] + total["late"] + total["missed"]
                rate = total["in_time"] / judged if judged else False
                rows.append({"act": act, "label": label, **total, "rate": rate})
            elif act in limited:
                quiet.append(label)
        return rows, quiet
