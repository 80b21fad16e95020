# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.service.model import call_kw
from odoo.tests import new_test_user

from .common import TaskCase


class CascadeCase(TaskCase):
    """The province under Khánh Hòa's text, and the agriculture department as a
    company of its own under Kon Tum's (which confirms nothing and knows no
    extension), with two units, and users who cannot enter the province's company.
    The other departments are agencies as ever.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.department_text = cls.env.ref("task_tracking.regulation_kon_tum")
        cls.department = cls._company("Sở Nông nghiệp", cls.agriculture)
        cls.crops = cls._agency("Phòng Trồng trọt", "public_service_unit", cls.branch)
        cls.crops.parent_id = cls.agriculture
        cls.d_manager = cls._inside("d_manager", "group_office_manager")
        cls.d_specialist = cls._inside("d_specialist", "group_office_specialist")
        cls.director = cls._inside("director", "group_chairman")
        cls.d_branch = cls._inside("d_branch", "group_agency_head", cls.branch)
        cls.d_crops = cls._inside("d_crops", "group_agency_head", cls.crops)

    @classmethod
    def _company(cls, name, partner):
        return (
            cls.env["res.company"]
            .sudo()
            .create(
                {
                    "name": f"{name} (công ty)",
                    "partner_id": partner.id,
                    "regulation_id": cls.department_text.id,
                }
            )
        )

    @classmethod
    def _inside(cls, login, group, agency=None, company=None):
        """A user of the department's company only."""
        company = company or cls.department
        return new_test_user(
            cls.env,
            f"t_{login}",
            groups=f"task_tracking.{group}",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
            task_agency_id=agency.id if agency else False,
            notification_type="inbox",
            email=f"{login}@example.com",
        )

    # -- acts --------------------------------------------------------------------------
    def _as(self, user, records):
        """`records` for `user`, in the user's own company."""
        return records.with_user(user).with_context(
            allowed_company_ids=user.company_id.ids
        )

    def _from_above(self, tasks=1, **vals):
        """The province assigns `tasks` to the department; returns its assignments."""
        values = [
            self._task_vals(lead=self.agriculture, **{"name": f"Việc {nr}", **vals})
            for nr in range(1, tasks + 1)
        ]
        document = self._document(
            values, number="12", notation="UBND-KT", urgency="urgent"
        )
        document.action_release()
        return document.sudo().assignment_ids.sorted("id")

    def _below(self, assignment, user=None):
        """The department's task for the province's `assignment`, as `user` sees it."""
        task = assignment.sudo().cascade_task_ids
        return self._as(user or self.d_manager, task)

    def _assign_on(self, task, units, user=None):
        """The department's Office gives the task to `units` and releases it."""
        task = self._as(user or self.d_manager, task)
        task.lead_agency_ids = units
        task.document_id.action_release()
        return task.sudo().assignment_ids

    def _unit_result(self, assignment, user, text="Đã làm xong", **vals):
        result = self._as(user, self.env["task.result"]).create(
            {"assignment_id": assignment.id, "text": text, **vals}
        )
        result.action_submit()
        return result

    def _upward(self, task, act="result", user=None, **vals):
        """A draft towards the province, written by `user`."""
        return self._as(user or self.director, self.env["task.upward"]).create(
            {"task_id": task.id, "act": act, **vals}
        )

    def _send(self, task, act="result", user=None, **vals):
        upward = self._upward(task, act, user, **vals)
        upward.action_send()
        return upward

    def _rpc(self, user, model, method, *args, **kwargs):
        """Call as a client does, with the user's own companies allowed."""
        context = {"allowed_company_ids": user.company_id.ids}
        kwargs["context"] = {**context, **kwargs.get("context", {})}
        return call_kw(self.env[model].with_user(user), method, list(args), kwargs)
