# SPDX-License-Identifier: LGPL-3.0-or-later
"""What no regulation of the reader's companies knows ("∅") is on no search menu."""

from odoo import api, fields, models

#: Act → whose it must be for the screens to have it (None: anybody's).
WHOSE = {
    "extension_ask": "agency",
    "return": "agency",
    "external_entry": None,
    "discrepancy": None,
    "feedback": "agency",
    "explanation": "agency",
}
#: Model → {filter of its search view: what must be known for it to be there}.
FILTERS = {
    "task.assignment": {
        "submitted": "confirmation",
        "returned": "return",
        "extension": "extension_ask",
        "extended": "extension_ask",
        "awaits_elsewhere": "external_entry",
        "discrepancy": "discrepancy",
    },
    "task.result": {"waiting": "confirmation", "refused": "confirmation"},
}


class TaskKnownMixin(models.AbstractModel):
    """Search views without the filters of acts that nobody here knows."""

    _name = "task.known.mixin"
    _description = "Search views that show what the regulation knows"

    @api.model
    def _unknown(self):
        """The acts, and "confirmation", that no regulation in force at the reader's
        chosen companies knows."""
        regulations = [company._task_regulation() for company in self.env.companies]
        unknown = {
            act
            for act, whose in WHOSE.items()
            if not any(regulation._knows(act, whose) for regulation in regulations)
        }
        if not any(r._policy("confirmation_required") for r in regulations):
            unknown.add("confirmation")
        return unknown

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        key = super()._get_view_cache_key(view_id, view_type, **options)
        if view_type != "search":
            return key
        return (*key, tuple(sorted(self._unknown())))

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "search":
            unknown = self._unknown()
            for name, needed in FILTERS[self._name].items():
                if needed in unknown:
                    for node in arch.xpath("//filter[@name=$name]", name=name):
                        node.getparent().remove(node)
        return arch, view


class TaskAssignment(models.Model):
    _name = "task.assignment"
    _inherit = ["task.assignment", "task.known.mixin"]

    state = fields.Selection(group_expand="_group_expand_states")

    @api.model
    def _group_expand_states(self, states, domain):
        """The columns of the board: every state but those nothing can come into."""
        unknown = self._unknown()
        gone = {
            state
            for state, needed in (("submitted", "confirmation"), ("returned", "return"))
            if needed in unknown and state not in states
        }
        known = [state for state, _label in self._fields["state"].selection]
        return [state for state in known if state not in gone]


class TaskResult(models.Model):
    _name = "task.result"
    _inherit = ["task.result", "task.known.mixin"]
