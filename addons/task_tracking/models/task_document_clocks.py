# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import date

from odoo import api, models
from odoo.fields import Domain

from ..logic import limits

#: What the Office must do with a directive in time.
OFFICE_ACTS = ("register", "forward_superior")
#: What its limits are counted from.
EVENT_FIELDS = frozenset(("issued_on", "despatched_on", "received_on", "issuer_id"))
#: Levels above a province, and those above a department of it too (KH Đ6.3, KT
#: Đ1.1), by the policy `issuer_level`.
SUPERIOR_LEVELS = {
    "province": ("government", "ministry"),
    "department": ("government", "ministry", "committee", "chairman", "deputy"),
}


class TaskDocument(models.Model):
    """The Office's own time limits on a directive: registering it, forwarding a
    superior body's task (BG Đ6.1a, KT Đ6.1, QT Đ8, CM Đ5.1, KH Đ6.1, Đ6.3)."""

    _inherit = "task.document"

    def _clock_events(self):
        """When the Office's limits of this directive begin (KH Đ6.1, Đ6.3, KT Đ6.1).

        The issuer's own directive is received where it is issued: at once.
        """
        own = self.issuer_id == self.company_id.partner_id
        events = {
            "issue": self.issued_on,
            "despatch": self.despatched_on,
            "receipt": self.received_on or (own and self.issued_on),
            "arising": self.issued_on,
        }
        return {name: day for name, day in events.items() if day}

    def _clock_ahead(self):
        return OFFICE_ACTS if self.state == "draft" else ()

    @api.model
    def _clock_due(self, company):
        """Drafts left lying: what the limit depends on (several tasks, opinions to ask)
        is certain at the release only, so a draft's clock starts once every limit the
        text might give it has passed."""
        regulation, today = company._task_regulation(), company._task_today()
        drafts = [("company_id", "=", company.id), ("state", "=", "draft")]
        for act in OFFICE_ACTS:
            if not regulation._limited(act):
                continue
            rules = regulation.sudo().rule_ids.filtered(
                lambda rule, act=act: rule.act == act and rule.stated == "limit"
            )
            lapsed = self.search([*drafts, ("issued_on", "<", today)]).filtered(
                lambda one, rules=rules: one._latest_due(rules, company) < today
            )
            yield act, None, [*drafts, ("id", "in", lapsed.ids)]
            # where registering is what the text wants, it was done already
            lapsed._stop_registered()

    def write(self, vals):
        result = super().write(vals)
        if EVENT_FIELDS & set(vals):
            self.filtered(lambda one: one.state == "draft")._clock_follow_events()
        return result

    def _clock_follow_events(self):
        """The days of a draft were entered anew: what was counted from others never
        was; the job or the release counts from these."""
        clocks = self.env["task.clock"].sudo()
        for act in OFFICE_ACTS:
            clocks = clocks.union(*self._clocks_of(act).values())
        moved = clocks.filtered(
            lambda clock: (
                clock.started_on
                not in self.browse(clock.res_id)._clock_events().values()
            )
        )
        moved._cancel(self.env._("The day was corrected."), never=True)

    def _stop_registered(self):
        """Registering was done on the day the directive and its first task were
        entered."""
        registered = self.filtered("registered_on")
        for day, documents in registered.grouped("registered_on").items():
            documents._clock_stop("registration", day)

    def _latest_due(self, rules, company):
        """The latest day any of `rules` would give this directive; far ahead where
        no event they count from has happened."""
        calendar, events = company._task_calendar(), self._clock_events()
        days = [
            limits.reckon(
                rule._as_rule(),
                company._task_moment(
                    events[rule.event], exact=rule.unit == limits.HOUR
                ),
                calendar,
            ).due_on
            for rule in rules
            if rule.event in events
        ]
        return max(days, default=date.max)

    def _is_superior(self):
        """Whether the directive comes from a level above the company's own."""
        self.ensure_one()
        return self.assigner_level in self._superior_levels(self.company_id)

    @api.model
    def _superior_levels(self, company):
        """The assigners' levels above that of `company`, a tuple of their keys."""
        level = company._task_regulation()._policy("issuer_level")
        return SUPERIOR_LEVELS[level]

    @api.model
    def _superior_domain(self, path=""):
        """:meth:`_is_superior` as a domain, for the current company.

        :param path: leads to the directive, with its last dot: "document_id.".
        """
        levels = self._superior_levels(self.env.company)
        return Domain(f"{path}assigner_level", "in", levels)

    def _clock_facts(self):
        tasks = self.task_ids
        return {
            "urgency": self.urgency,
            "tasks": len(tasks),
            "agencies": len(tasks.lead_agency_ids | tasks.support_agency_ids),
            "opinions": self.asks_opinions,
            "adhoc": self.is_adhoc,
            "superior": self._is_superior(),
            "dated": any(tasks.mapped("is_dated")),
        }
