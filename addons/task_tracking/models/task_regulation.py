# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import date, timedelta
from types import MappingProxyType

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import ormcache

from ..logic import limits, policies
from ..logic.periods import KIND_MONTHS


class TaskRegulation(models.Model):
    """One version of an issuer's rules on assigned tasks, as data.

    Code asks `_policy` and `_rule` and never knows whose regulation it is. Versions
    form a chain (`replaces_id`); each holds from its day until the next one's.
    """

    _name = "task.regulation"
    _inherit = ["task.cached.mixin"]
    _description = "Regulation on Assigned Tasks"
    _order = "effective_on desc, id desc"
    _rec_names_search = ["name", "code", "number"]

    name = fields.Char(string="Title", required=True)
    code = fields.Char(required=True, copy=False, help="Short name, for example KH.")
    number = fields.Char(help="Number and notation; empty where the text has none.")
    issuer = fields.Char()
    issued_on = fields.Date(string="Issued on")
    effective_on = fields.Date(
        string="In force from", help="Empty: always, until a later version."
    )
    replaces_id = fields.Many2one(
        "task.regulation",
        ondelete="restrict",
        index="btree_not_null",
        copy=False,
        help="The version before this one.",
    )
    replaced_by_ids = fields.One2many(
        "task.regulation",
        "replaces_id",
        readonly=True,
        # archiving hides a version from lists, it takes none out of the chain
        context={"active_test": False},
    )
    holds_here = fields.Boolean(compute="_compute_holds_here")
    replaced_by_id = fields.Many2one(
        "task.regulation", string="Replaced by", compute="_compute_replaced_by"
    )
    note = fields.Text()
    active = fields.Boolean(default=True)
    policy_ids = fields.One2many(
        "task.regulation.policy", "regulation_id", string="Policies", copy=True
    )
    rule_ids = fields.One2many(
        "task.regulation.rule", "regulation_id", string="Time limits", copy=True
    )
    company_ids = fields.One2many(
        "res.company", "regulation_id", string="In force at", readonly=True
    )

    _code_uniq = models.Constraint(
        "UNIQUE (code)", "A regulation with this short name exists already."
    )

    _replaces_uniq = models.UniqueIndex(
        "(replaces_id) WHERE replaces_id IS NOT NULL",
        "This version was replaced by another one already.",
    )

    @api.depends("number", "name")
    def _compute_display_name(self):
        for regulation in self:
            regulation.display_name = regulation.number or regulation.name

    @api.depends("replaced_by_ids")
    def _compute_replaced_by(self):
        for regulation in self:
            regulation.replaced_by_id = regulation.replaced_by_ids[:1]

    @api.constrains("replaces_id", "effective_on")
    def _check_versions(self):
        if self._has_cycle("replaces_id"):
            raise ValidationError(
                self.env._("A regulation cannot replace itself, not even in a circle.")
            )
        for version in self | self.replaced_by_ids:
            before = version.replaces_id
            if not before:
                continue
            if not version.effective_on or (
                before.effective_on and version.effective_on <= before.effective_on
            ):
                raise ValidationError(
                    self.env._(
                        "%(new)s replaces %(old)s: it must take effect on a later day.",
                        new=version.display_name,
                        old=before.display_name,
                    )
                )

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        for regulation, vals in zip(self, vals_list, strict=True):
            vals.setdefault("code", self.env._("%s (copy)", regulation.code))
        return vals_list

    # -- versions ----------------------------------------------------------------------
    def _version_on(self, day):
        """The version of this chain in force on `day`; the first one before that."""
        self.ensure_one()
        versions = self._version_days()
        found = next((id_ for start, id_ in reversed(versions) if start <= day), None)
        return self.browse(found or versions[0][1])

    @ormcache("self.id")
    def _version_days(self):
        """((first day, id), …) of the versions of this chain, in order."""
        version = self.sudo()
        while version.replaces_id:
            version = version.replaces_id
        days = []
        while version:
            days.append((version.effective_on or date.min, version.id))
            version = version.replaced_by_ids
        return tuple(days)

    def action_new_version(self):
        """Open a copy of this version that will replace it, from a day to be set.

        :raise AccessError: if the caller keeps no regulations.
        """
        self.ensure_one()
        self.check_access("write")
        if self.replaced_by_ids:
            raise UserError(
                self.env._(
                    "%(version)s was replaced already: go on from the last version.",
                    version=self.display_name,
                )
            )
        today = self.env.company._task_today()
        start = max(today, self.effective_on or today) + timedelta(days=1)
        new = self.copy({"replaces_id": self.id, "effective_on": start})
        return new._get_records_action()

    @api.depends("company_ids", "replaces_id", "effective_on")
    @api.depends_context("company")
    def _compute_holds_here(self):
        chosen = self.env.company.sudo().regulation_id
        chain = {id_ for _day, id_ in chosen._version_days()} if chosen else set()
        for regulation in self:
            regulation.holds_here = regulation.id in chain

    def action_adopt(self):
        """Let the company at work follow this regulation from now on.

        What was assigned before keeps the regulation it was assigned under.

        :raise AccessError: if the caller is not the administrator of tasks.
        """
        self.ensure_one()
        if not self.env.user.has_group("task_tracking.group_admin"):
            raise AccessError(
                self.env._("The administrator chooses the regulation in force.")
            )
        self.check_access("read")
        self.env.company.sudo().regulation_id = self
        return {"type": "ir.actions.client", "tag": "reload"}

    # -- what code asks ----------------------------------------------------------------
    def _policy(self, key):
        """The value the regulation gives to `key`: bool, int or str.

        The default where it decides nothing, or where `self` is empty.

        :raise KeyError: for a key outside logic.policies.POLICIES.
        """
        values = self._policy_values() if self else {}
        return values[key] if key in values else policies.default(key)

    def _lets_submit(self, user):
        """Whether `user` may submit what leaves the own agency: its head, an officer
        whom the head authorised, or any officer under the policy `submitter`."""
        return user._task_may_submit() or self._policy("submitter") == "officer"

    def _policy_source(self, key):
        """The policy line that decides `key` (article, quote); empty where none."""
        return self.policy_ids.filtered(lambda policy: policy.key == key)

    def _rule(self, act, actor=None, **facts):
        """The rule of this regulation for `act` under the circumstances `facts`.

        The first one by sequence whose circumstances hold; empty where the
        regulation has none, which is as good as no limit.

        :param actor: whose, where the text has a limit for each side; None: anybody's.
        :param facts: a value for every fact of limits.ACTS[act].
        :raise limits.MissingFact: if one is not given.
        """
        rules = self._rule_values() if self else ()
        whose = [rule for rule in rules if actor in (None, rule.actor)]
        rule = limits.choose(whose, act, facts)
        return self.env["task.regulation.rule"].browse(rule.ref if rule else ())

    def _knows(self, act, actor=None):
        """Whether the text knows `act` at all, with a limit or without.

        What it does not know ("∅" in DOMAIN.md) is hidden and refused, until the
        administrator says otherwise in the rule.

        :param actor: whether it knows it of `actor` (a code of the rules' "Whose").
        """
        rules = self._rule_values() if self else ()
        return any(
            rule.act == act and rule.stated != limits.ABSENT
            for rule in rules
            if actor in (None, rule.actor)
        )

    def _agency_refusal(self, act):
        """Why no agency may do `act` under this text, or None: the text does not know
        it, or it is for others to do (under KT Đ6.2 the Office hands back)."""
        if self._knows(act, "agency"):
            return None
        words = {"regulation": self.display_name}
        if self._knows(act):
            return UserError(
                self.env._("Under %(regulation)s this is not for agencies.", **words)
            )
        return UserError(self.env._("%(regulation)s does not know this act.", **words))

    @ormcache("self.id")
    def _policy_values(self):
        found = self.sudo().policy_ids
        return MappingProxyType(
            {line.key: policies.parse(line.key, line.value) for line in found}
        )

    @ormcache("self.id")
    def _rule_values(self):
        # searched, since an order by sequence is what decides
        rules = (
            self.env["task.regulation.rule"]
            .sudo()
            .search([("regulation_id", "=", self.id)], order="sequence, id")
        )
        return tuple(rule._as_rule() for rule in rules)

    def _limited(self, act):
        """Whether the text states a limit for `act` in any circumstance."""
        rules = self._rule_values() if self else ()
        return any(r.act == act and r.stated == limits.LIMIT for r in rules)

    def _limited_acts(self, actors):
        """The acts for which the text states a limit to any of `actors`."""
        rules = self.sudo().rule_ids
        return {r.act for r in rules if r.stated == "limit" and r.actor in actors}

    def _depends_on(self, circumstance):
        """Whether any rule depends on `circumstance`, a code of CIRCUMSTANCES."""
        rules = self._rule_values() if self else ()
        return any(circumstance in rule.circumstances for rule in rules)

    def _period_kinds(self, act):
        """The kinds of period (logic.periods) for which the text limits `act`."""
        rules = self._rule_values() if self else ()
        return [
            kind
            for kind in KIND_MONTHS
            if (rule := limits.choose(rules, act, {"period": kind}))
            and rule.stated == limits.LIMIT
        ]

    def _fill_policies(self):
        """Add the policies the regulation does not mention, with their defaults."""
        self.env["task.regulation.policy"].create(
            [
                {
                    "regulation_id": regulation.id,
                    "key": key,
                    "is_interpretation": True,
                }
                for regulation in self
                for key in policies.POLICIES
                if key not in regulation.policy_ids.mapped("key")
            ]
        )

    def action_fill_policies(self):
        """Show every policy, those the text is silent on with their default."""
        self.check_access("write")
        self._fill_policies()
