# SPDX-License-Identifier: LGPL-3.0-or-later
from freezegun import freeze_time

from odoo import Command
from odoo.tests import TransactionCase, new_test_user

#: 09:00 in the province on Wednesday 1 April 2026.
START = "2026-04-01 02:00:00"


class TaskCase(TransactionCase):
    """A province under a regulation made for the test, with users of every role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        clock = freeze_time(START)
        cls.clock = clock.start()
        cls.addClassCleanup(clock.stop)
        cls.regulation = cls.env.ref("task_tracking.regulation_khanh_hoa")
        cls.company = cls.env["res.company"].create(
            {"name": "Ủy ban nhân dân tỉnh", "regulation_id": cls.regulation.id}
        )
        cls.env = cls.env(
            context=dict(cls.env.context, allowed_company_ids=cls.company.ids)
        )
        cls.company = cls.company.with_env(cls.env)
        cls.farming = cls.env["task.field"].create({"name": "Nông nghiệp (thử)"})
        cls.office = cls._agency("Văn phòng", "office")
        cls.finance = cls._agency("Sở Tài chính", "department")
        cls.building = cls._agency("Sở Xây dựng", "department")
        cls.agriculture = cls._agency("Sở Nông nghiệp", "department")
        cls.agriculture.task_field_ids = cls.farming
        cls.branch = cls._agency(
            "Chi cục Thủy lợi", "public_service_unit", parent=cls.agriculture
        )
        cls.ward = cls._agency("UBND phường Nha Trang", "ward")
        cls.specialist = cls._user("specialist", "group_office_specialist", cls.office)
        cls.specialist2 = cls._user(
            "specialist2", "group_office_specialist", cls.office
        )
        cls.manager = cls._user("manager", "group_office_manager", cls.office)
        cls.chairman = cls._user("chairman", "group_chairman")
        cls.deputy = cls._user("deputy", "group_leader")
        cls.admin = cls._user("tasks_admin", "group_admin")
        cls.cleared = cls._user(
            "cleared",
            "group_office_specialist",
            cls.office,
            "task_tracking.group_secret_clearance",
        )
        for name in ("finance", "building", "agriculture", "branch", "ward"):
            agency = getattr(cls, name)
            setattr(
                cls,
                f"{name}_head",
                cls._user(f"{name}_head", "group_agency_head", agency),
            )
            officer = cls._user(f"{name}_officer", "group_agency_officer", agency)
            setattr(cls, f"{name}_officer", officer)

    @classmethod
    def _agency(cls, name, kind, parent=None):
        return cls.env["res.partner"].create(
            {
                "name": name,
                "is_company": True,
                "is_agency": True,
                "agency_kind": kind,
                "parent_id": parent.id if parent else False,
            }
        )

    @classmethod
    def _user(cls, login, group, agency=None, *more):
        return new_test_user(
            cls.env,
            f"t_{login}",
            groups=",".join((f"task_tracking.{group}", *more)),
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
            task_agency_id=agency.id if agency else False,
            notification_type="inbox",
            email=f"{login}@example.com",
        )

    # -- acts, as a user -------------------------------------------------------------
    @classmethod
    def _move_to(cls, moment):
        """Set the simulated clock, in UTC."""
        cls.clock.move_to(moment)

    def _document(self, tasks=None, user=None, **vals):
        """A draft directive of the specialist with `tasks` (lists of task values)."""
        user = user or self.specialist
        values = {
            "abstract": "Về việc thử nghiệm",
            "issued_on": "2026-04-01",
            "task_ids": [Command.create(task) for task in tasks or [self._task_vals()]],
        }
        return self.env["task.document"].with_user(user).create({**values, **vals})

    def _task_vals(self, lead=None, support=None, **vals):
        lead = self.finance if lead is None else lead
        return {
            "name": "Báo cáo kết quả thực hiện",
            "lead_agency_ids": [Command.set(lead.ids)],
            "support_agency_ids": [Command.set(support.ids if support else [])],
            "deadline": "2026-04-10",
            **vals,
        }

    def _released(self, **vals):
        """One released lead assignment (of the finance department by default)."""
        document = self._document([self._task_vals(**vals)])
        document.action_release()
        return document.sudo().assignment_ids.filtered(lambda one: one.role == "lead")

    def _hand_in(self, assignment, user=None, **vals):
        """A result of the assignment, handed in by the head of its agency."""
        user = user or self.finance_head
        result = (
            self.env["task.result"]
            .with_user(user)
            .create({"assignment_id": assignment.id, "text": "Đã xong", **vals})
        )
        result.action_submit()
        return result

    def _ask_extension(self, assignment, new_deadline="2026-04-20", user=None, **vals):
        extension = (
            self.env["task.extension"]
            .with_user(user or self.finance_head)
            .create(
                {
                    "assignment_id": assignment.id,
                    "text": "Cần thêm thời gian",
                    "new_deadline": new_deadline,
                    **vals,
                }
            )
        )
        extension.action_submit()
        return extension

    def _hand_back(self, assignment, user=None, **vals):
        handed_back = (
            self.env["task.return"]
            .with_user(user or self.finance_head)
            .create(
                {
                    "assignment_id": assignment.id,
                    "text": "Không thuộc chức năng",
                    **vals,
                }
            )
        )
        handed_back.action_submit()
        return handed_back
