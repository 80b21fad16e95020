# SPDX-License-Identifier: LGPL-3.0-or-later
import re

from odoo import api, models
from odoo.fields import Domain

from .task_digest_sources import RUNNING_STATES

#: A rule that tells persons apart, not only roles and companies.
_PERSONAL = re.compile(r"\buser\.(?!company_ids?\b)|\buid\b|\buser\b(?!\.)")


class TaskDigest(models.AbstractModel):
    """What of the items a person may read, by the record rules, for many at once.

    Most lines go to the agency that carries the assignment, or to who reads all of
    them: there the rules themselves (whatever they say today) decide without a query.
    What they leave open is searched as that person.
    """

    _inherit = "task.digest"

    @api.model
    def _readable(self, wanted, readers):
        """Those of the items each user may read, and that (still) run.

        :param wanted: {user: [items]}.
        :param readers: a dict that keeps what was found out for the whole run.
        :return: {user: [items]}, in the same order.
        """
        running = self._running_assignments(wanted)
        verdicts, open_ = {}, {}
        for user, items in wanted.items():
            reader = self._reader(user, readers)
            agency_id = user.task_agency_id.id
            verdicts[user] = of_user = {}
            for item in items:
                verdict = None
                if item.model == "task.assignment" and item.res_id not in running:
                    verdict = False
                elif self._is_on_assignment(item):
                    verdict = reader.verdict(item, agency_id)
                if verdict is None:
                    open_.setdefault((user, item.model), []).append(item)
                of_user[item.key] = verdict
        for (user, model), items in open_.items():
            found = self._readable_ids(user, model, items)
            for item in items:
                verdicts[user][item.key] = item.res_id in found
        return {
            user: [item for item in items if verdicts[user][item.key]]
            for user, items in wanted.items()
        }

    @api.model
    def _running_assignments(self, wanted):
        ids = {
            item.res_id
            for items in wanted.values()
            for item in items
            if item.model == "task.assignment"
        }
        domain = Domain("id", "in", ids) & Domain("state", "in", RUNNING_STATES)
        found = self.env["task.assignment"].sudo()._search(domain)
        return set(found.get_result_ids()) if ids else ids

    @api.model
    def _is_on_assignment(self, item):
        return item.model == "task.assignment" or (
            item.model == "task.clock" and item.about._name == "task.assignment"
        )

    # -- by the rules alone ------------------------------------------------------------
    @api.model
    def _reader(self, user, readers):
        """What people in the roles and companies of `user` read (a Reader), found out
        once for `readers`."""
        key = (user.group_ids._ids, user.company_ids._ids)
        if key not in readers:
            readers[key] = Reader(*self._reader_rules(user))
        return readers[key]

    @api.model
    def _reader_rules(self, user):
        """(the record rules on assignments of people like `user` as one domain, whether
        the Office's limits are told to them)."""
        me = self._as(user)
        assignments = me["task.assignment"]
        if not assignments.has_access("read"):
            return Domain.FALSE, False
        rules = self.env["ir.rule"].sudo()
        rules = rules.search([("model_id.model", "=", assignments._name)])
        personal = any(_PERSONAL.search(rule.domain_force or "") for rule in rules)
        if personal:
            # nothing can be said of others in the same roles
            domain = Domain("id", ">", 0)
        else:
            domain = Domain(me["ir.rule"]._compute_domain(assignments._name, "read"))
        reads_limits = me["task.clock"].has_access("read")
        return domain, reads_limits and me.user._task_is_office_or_leader()

    # -- searched ----------------------------------------------------------------------
    @api.model
    def _as(self, user):
        companies = {"allowed_company_ids": user.company_ids.ids}
        return self.env(user=user.id, su=False, context=companies)

    @api.model
    def _readable_ids(self, user, model, items):
        """The ids of those of the items of one model that the user may read."""
        me = self._as(user)
        if not me[model].has_access("read"):
            return set()
        mine = Domain("id", "in", {item.res_id for item in items})
        if model != "task.clock":
            return set(me[model]._search(mine).get_result_ids())
        # the rule asks of every kind of record: here of those that occur
        told = Domain.OR(
            Domain("res_model", "=", name) & me[name]._clock_told_domain()
            for name in {item.about._name for item in items}
            if me[name].has_access("read")
        )
        running = Domain("stopped_on", "=", False) & Domain("cancelled_on", "=", False)
        found = me[model].sudo()._search(mine & running & told)
        return set(found.get_result_ids())


class Reader:
    """What people in the same roles and companies read of assignments."""

    def __init__(self, domain, sees_office):
        self.domain = domain
        self.sees_office = sees_office
        self.known = {}

    def verdict(self, item, agency_id):
        """Whether the rules on assignments let somebody of that agency (an id, or
        False) read the item's: True, False, or None where they ask for more than is
        known here."""
        is_clock = item.model == "task.clock"
        if is_clock and not (self.sees_office or item.kind == "agency"):
            return False
        is_own = bool(item.agency_id) and item.agency_id == agency_id
        key = (item.company, is_own)
        if key not in self.known:
            self.known[key] = _holds(self.domain, *key)
        return self.known[key]


def _holds(domain, company, is_own):
    """Whether `domain` (of task.assignment) holds for an assignment of `company`, of
    the reader's own agency or not: True, False or None (not known without asking the
    database)."""
    if domain.is_true() or domain.is_false():
        return domain.is_true()
    if hasattr(domain, "children"):
        found = [_holds(child, company, is_own) for child in domain.children]
        decisive = domain.OPERATOR == "|"  # one of them is enough, here if it is true
        if decisive in found:
            return decisive
        return None if None in found else not decisive
    if getattr(domain, "field_expr", None) == "company_id":
        if domain.operator == "in":
            return company.id in domain.value
        return None
    # one's own agency's are in scope, by definition (`_scope_domain`)
    if getattr(domain, "field_expr", None) == "in_scope":
        if is_own and domain.operator == "in" and True in domain.value:
            return True
    return None
