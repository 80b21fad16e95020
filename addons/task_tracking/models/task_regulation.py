# SPDX-License-Identifier: LGPL-3.0-or-later
from types import MappingProxyType

from odoo import api, fields, models
from odoo.tools import ormcache

from ..logic import limits, policies


class TaskRegulation(models.Model):
    """One issuer's rules on assigned tasks, as data.

    Code asks `_policy` and `_rule` and never knows whose regulation it is.
    """

    _name = "task.regulation"
    _description = "Regulation on Assigned Tasks"
    _order = "effective_on desc, id desc"
    _rec_names_search = ["name", "code", "number"]

    name = fields.Char(string="Title", required=True)
    code = fields.Char(required=True, copy=False, help="Short name, for example KH.")
    number = fields.Char(help="Number and notation; empty where the text has none.")
    issuer = fields.Char()
    issued_on = fields.Date(string="Issued on")
    effective_on = fields.Date(string="In force from")
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

    @api.depends("number", "name")
    def _compute_display_name(self):
        for regulation in self:
            regulation.display_name = regulation.number or regulation.name

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        for regulation, vals in zip(self, vals_list, strict=True):
            vals.setdefault("code", self.env._("%s (copy)", regulation.code))
        return vals_list

    # -- what code asks ----------------------------------------------------------------
    def _policy(self, key):
        """The value the regulation gives to `key`: bool, int or str.

        The default where it decides nothing, or where `self` is empty.

        :raise KeyError: for a key outside logic.policies.POLICIES.
        """
        values = self._policy_values() if self else {}
        return values[key] if key in values else policies.default(key)

    def _policy_source(self, key):
        """The policy line that decides `key` (article, quote); empty where none."""
        return self.policy_ids.filtered(lambda policy: policy.key == key)

    def _rule(self, act, **facts):
        """The rule of this regulation for `act` under the circumstances `facts`.

        The first one by sequence whose circumstances hold; empty where the
        regulation has none, which is as good as no limit.

        :param facts: a value for every fact of limits.ACTS[act].
        :raise limits.MissingFact: if one is not given.
        """
        rules = self._rule_values() if self else ()
        rule = limits.choose(rules, act, facts)
        return self.env["task.regulation.rule"].browse(rule.ref if rule else ())

    def _knows(self, act):
        """Whether the text knows `act` at all, with a limit or without."""
        rules = self._rule_values() if self else ()
        return any(r.act == act and r.stated != limits.ABSENT for r in rules)

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
