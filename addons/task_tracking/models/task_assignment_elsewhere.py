# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ..logic import limits
from .task_document_clocks import SUPERIOR_LEVELS
from .task_mixins import boolean_domain


class TaskAssignment(models.Model):
    """The entry of what was done in another system: the province's for a department
    (KT Đ6.3b), the Government's for a province (BG Đ8.1đ). A mark and a day; the
    life, the verdict and the figures of the assignment know nothing of it.
    """

    _inherit = "task.assignment"

    elsewhere_on = fields.Date(
        string="Entered in the other system on",
        copy=False,
        help="The last day on which it was entered in another system.",
    )
    elsewhere_told = fields.Text(
        string="Entered in another system",
        compute="_compute_elsewhere_told",
        compute_sudo=True,
    )
    awaits_elsewhere = fields.Boolean(
        string="Not yet entered in the other system",
        compute="_compute_awaits_elsewhere",
        search="_search_awaits_elsewhere",
    )
    can_mark_elsewhere = fields.Boolean(compute="_compute_can_mark_elsewhere")

    @api.depends("fact_ids")
    @api.depends_context("lang")
    def _compute_elsewhere_told(self):
        """Each system with the day that holds and who entered it."""
        for one in self:
            lines = []
            for fact in one._elsewhere_facts():
                day, user = one._elsewhere_now(fact)
                lines.append(
                    self.env._(
                        "%(system)s: %(day)s, marked by %(user)s",
                        system=fact.reference,
                        day=format_date(self.env, day),
                        user=user.name,
                    )
                )
            one.elsewhere_told = "\n".join(lines)

    def _elsewhere_facts(self):
        facts = self.sudo().fact_ids.sorted("id")
        return facts.filtered(lambda fact: fact.kind == "entered_elsewhere")

    def _elsewhere_now(self, fact):
        """(day, user) of an entry, as last corrected."""
        corrections = self.sudo().fact_ids.filtered(
            lambda other: other.corrects_id == fact and other.new_day
        )
        last = corrections.sorted("id")[-1:]
        return last.new_day or fact.day, (last or fact).user_id

    def _elsewhere_asked(self):
        """Whether its regulation asks for the entry of this assignment."""
        self.ensure_one()
        rule = self.regulation_id.sudo()._rule(
            "external_entry", **self.sudo()._clock_facts()
        )
        asked = bool(rule) and rule.sudo().stated != limits.ABSENT
        return asked and self.role == "lead" and self.state != "withdrawn"

    @api.depends("state", "role", "elsewhere_on", "regulation_id")
    def _compute_awaits_elsewhere(self):
        for one in self:
            one.awaits_elsewhere = not one.elsewhere_on and one._elsewhere_asked()

    def _search_awaits_elsewhere(self, operator, value):
        if operator != "in":
            return NotImplemented
        level = self.env.company._task_regulation()._policy("issuer_level")
        stated = (limits.LIMIT, limits.NONE)
        asked = Domain.OR(
            Domain("regulation_id", "=", regulation.id)
            & self._elsewhere_domain(regulation, stated, level)
            for regulation in self.env["task.regulation"].sudo().search([])
        )
        positive = (
            asked
            & Domain("role", "=", "lead")
            & Domain("state", "!=", "withdrawn")
            & Domain("elsewhere_on", "=", False)
        )
        return boolean_domain(positive, value)

    @api.depends_context("uid")
    @api.depends("state", "role", "regulation_id")
    def _compute_can_mark_elsewhere(self):
        for one in self:
            one.can_mark_elsewhere = not one._elsewhere_refusal()

    @api.model
    def _elsewhere_domain(self, regulation, stated, level=None):
        """The assignments for which the rule of `regulation` on the entry in another
        system states one of `stated`; they depend on who assigned them."""
        level = level or regulation._policy("issuer_level")
        above = Domain("document_id.assigner_level", "in", SUPERIOR_LEVELS[level])
        found = Domain.FALSE
        for superior, domain in ((True, above), (False, ~above)):
            rule = regulation._rule("external_entry", superior=superior)
            if rule and rule.sudo().stated in stated:
                found |= domain
        return found

    # -- the act -----------------------------------------------------------------------
    def _elsewhere_refusal(self):
        """Why the current user may not mark the entry: an exception, or None."""
        self.ensure_one()
        if not self.env.su and not self.env.user._task_is_office():
            return AccessError(
                self.env._("Only the Office of the Committee does this.")
            )
        if self.state == "withdrawn":
            return UserError(self.env["task.fact"]._impossible_message("withdrawn"))
        if not self._elsewhere_asked():
            return UserError(
                self.env._(
                    "%(regulation)s does not ask for the entry of this assignment in"
                    " another system.",
                    regulation=self.regulation_id.sudo().display_name,
                )
            )
        return None

    def mark_entered_elsewhere(self, day, system=None, note=None):
        """Mark that what was done was entered in another system, also after the
        completion. A second mark for the same system corrects the day of the first.

        :param day: the day it was entered there; not in the future, not before the
            assignment.
        :param system: name of the system; the regulation's own if not given.
        :raise AccessError: if the caller is not of the Office.
        :raise UserError: where the regulation does not ask for it.
        """
        self.check_access("read")
        self._lock()
        day = fields.Date.to_date(day)
        if not day:
            raise UserError(self.env._("Give the day of the entry."))
        for one in self:
            refusal = one._elsewhere_refusal()
            if refusal:
                raise refusal
            if day > one.company_id._task_today():
                raise UserError(self.env._("The day is in the future."))
            own = one.regulation_id.sudo()._policy("external_system")
            name = (system or "").strip() or own
            before = one._elsewhere_facts().filtered(
                lambda fact, name=name: fact.reference == name
            )
            if not before:
                one._record("entered_elsewhere", day=day, reference=name, note=note)
            elif one._elsewhere_now(before)[0] != day:
                one._record("correction", corrects_id=before.id, new_day=day, note=note)
        return True

    def action_mark_elsewhere(self):
        """Open the form of the mark."""
        return self._action_new_form(
            "task.elsewhere.mark",
            self.env._("Entered in another system"),
            assignment_ids=self.ids,
            system=self.regulation_id[:1].sudo()._policy("external_system"),
        )

    @api.model
    def _elsewhere_vals(self, told):
        """The column that the life `told` gives, if an entry is in it."""
        days = told.elsewhere.values()
        return {"elsewhere_on": max(days)} if days else {}

    def _clock_follow(self, kind, fact):
        """The entry meets its time limit, whether or not the deadline came before."""
        result = super()._clock_follow(kind, fact)
        if kind == "entered_elsewhere":
            self._clock_meet("external_entry", fact._moment())
        return result
