# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import new_test_user

from .common import TaskCase


class _Undo(Exception):
    """Ends a trial: what it did is rolled back."""


class RightsCase(TaskCase):
    """The province with a user in every relation to one task.

    The task is led by the finance department (a unit of the upper agency), supported
    by the ward and belongs to a field the agriculture department manages; the
    specialist follows it. The building department has nothing to do with it.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.upper = cls._agency("Cơ quan cấp trên", "department")
        cls.finance.parent_id = cls.upper
        cls.upper_head = cls._user("upper_head", "group_agency_head", cls.upper)
        cls.finance_authorised = cls._user(
            "finance_authorised", "group_agency_officer", cls.finance
        )
        cls.finance_authorised.task_may_submit = True
        cls.deputy_authorised = cls._authorise("deputy_in", "2026-04-01", "2026-04-30")
        cls.deputy_expired = cls._authorise("deputy_out", "2026-03-01", "2026-03-31")
        cls.cleared_only = cls._user("cleared_only", "group_secret_clearance")
        cls.nobody = new_test_user(
            cls.env,
            "t_nobody",
            groups="base.group_user",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.roles = {
            "follows": cls.specialist,
            "other specialist": cls.specialist2,
            "cleared specialist": cls.cleared,
            "manager": cls.manager,
            "chairman": cls.chairman,
            "deputy": cls.deputy,
            "deputy authorised": cls.deputy_authorised,
            "deputy expired": cls.deputy_expired,
            "officer": cls.finance_officer,
            "officer authorised": cls.finance_authorised,
            "head": cls.finance_head,
            "upper head": cls.upper_head,
            "support": cls.ward_head,
            "sector": cls.agriculture_head,
            "other head": cls.building_head,
            "administrator": cls.admin,
            "clearance alone": cls.cleared_only,
            "nobody": cls.nobody,
        }
        cls.office_roles = {
            "follows",
            "other specialist",
            "cleared specialist",
            "manager",
        }
        cls.leader_roles = {"chairman", "deputy", "deputy authorised", "deputy expired"}
        cls.agency_roles = {"officer", "officer authorised", "head"}
        cls.see_all = cls.office_roles | cls.leader_roles

    @classmethod
    def _authorise(cls, login, date_from, date_to):
        deputy = cls._user(login, "group_leader")
        cls.env["task.authorisation"].create(
            {
                "user_id": deputy.id,
                "number": "01/UQ",
                "signed_on": date_from,
                "date_from": date_from,
                "date_to": date_to,
            }
        )
        return deputy

    def _shared_task(self, **vals):
        """The lead assignment of the task that every role stands in a relation to."""
        return self._released(support=self.ward, field_id=self.farming.id, **vals)

    def _support_of(self, lead):
        return lead.task_id.assignment_ids - lead

    # -- trying things -----------------------------------------------------------------
    def _who_can(self, attempt, refusal=AccessError):
        """The roles for which `attempt(user)` succeeds; all is undone afterwards.

        A role that is refused must be refused by `refusal`: any other exception is an
        error of the test or of the product.
        """
        able = set()
        for role, user in self.roles.items():
            try:
                with self.env.cr.savepoint():
                    attempt(user)
                    self.env.flush_all()
                    raise _Undo
            except _Undo:
                able.add(role)
            except refusal:
                able.discard(role)
            except Exception as error:
                error.add_note(f"tried as: {role}")
                raise
            self.env.invalidate_all()
        return able

    def _rpc(self, user, model, method, *args, **kwargs):
        """Call as a client does: public methods only, the context as it likes."""
        return call_kw(self.env[model].with_user(user), method, list(args), kwargs)

    def _readers(self, record):
        """The roles that read `record`."""
        return {
            role
            for role, user in self.roles.items()
            if record.with_user(user).has_access("read")
        }

    def _finders(self, record):
        """The roles that find `record` when they search for everything."""
        found = set()
        for role, user in self.roles.items():
            records = self.env[record._name].with_user(user)
            if records.has_access("read") and record in records.search([]):
                found.add(role)
        return found
