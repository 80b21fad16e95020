# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL


class TaskAwaitedMixin(models.AbstractModel):
    """Records that wait for somebody's answer, of which the digest tells that person.

    Only what the ladder of kind "decision" says is told, from the day it began to wait
    (`_awaited_since`).
    """

    _name = "task.awaited.mixin"
    _description = "Waits for an answer"

    #: The Date field that holds the day since when it waits.
    _awaited_since = "submitted_on"
    #: The Date field with the day by which an agency must have answered: then the
    #: ladder of agencies' limits is told of it, and not that of decisions.
    _awaited_due = None

    @api.model
    def _awaited_domain(self, company):
        """The records that wait in `company`, a Domain: override."""
        return Domain.FALSE

    def _awaited_by(self):
        """Record → the users (res.users) whose answer it waits for: override.

        Asked for many records at once: no query for each.
        """
        return {}

    def _awaited_title(self):
        """What waits, in the words of a line."""
        return self.display_name

    def _awaited_thread(self):
        """The record the line's link opens, with the chatter where a reply lands."""
        if "assignment_id" in self._fields:
            return self.assignment_id or self
        return self

    @api.model
    def _awaited_models(self):
        """The models whose records may wait."""
        names = self.env.registry.descendants(["task.awaited.mixin"], "_inherit")
        found = (self.env[name] for name in sorted(names))
        return [model for model in found if not model._abstract]

    @api.model
    def _awaited_found(self, domains):
        """The records of many models, found in one query.

        :param domains: {model name: Domain}.
        :return: {model name: records, by id}, of those that have some.
        """
        queries = {name: self.env[name]._search(one) for name, one in domains.items()}
        selects = [
            query.select(SQL("%s AS model", name), SQL.identifier(query.table, "id"))
            for name, query in queries.items()
            if not query.is_empty()
        ]
        if not selects:
            return {}
        ids = {}
        for name, id_ in self.env.execute_query(SQL(" UNION ALL ").join(selects)):
            ids.setdefault(name, []).append(id_)
        return {name: self.env[name].browse(sorted(some)) for name, some in ids.items()}
