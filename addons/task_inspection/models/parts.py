# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import fields
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.misc import OrderedSet


class Parts(fields.One2many):
    """A one2many that tells a domain of those parts only that the reader reads.

    Odoo asks `("finding_ids", "!=", False)` and `("finding_ids", "in", ids)` without
    the rules of the other model: whoever reads the head of an inspection would learn
    whether there are findings, drafts of minutes or of the conclusion.
    """

    def condition_to_sql(self, field_expr, operator, value, model, alias, query):
        is_ids = operator in ("in", "not in") and isinstance(
            value, (list, tuple, set, frozenset, OrderedSet)
        )
        if model.env.su or not is_ids:
            return super().condition_to_sql(
                field_expr, operator, value, model, alias, query
            )

        def having(how, domain):
            return super(Parts, self).condition_to_sql(
                field_expr, how, domain, model, alias, query
            )

        conditions = []
        if ids := [one for one in value if one]:
            conditions.append(having("any", Domain("id", "in", ids)))
        if len(ids) < len(value):
            conditions.append(having("not any", Domain.TRUE))
        found = SQL(" OR ").join(conditions) if conditions else SQL("FALSE")
        return SQL("(%s)" if operator == "in" else "(NOT (%s))", found)
