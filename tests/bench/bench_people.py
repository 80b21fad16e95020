"""The province of the benchmark: agencies, users of both sides, draft directives."""

from datetime import timedelta

from odoo import Command

AGENCIES = 150
DEPARTMENTS = 20  # the first agencies; they get most of the work, as in a province
UNITS = 20  # the next ones: units of the departments
FIELDS = 20
LEADS = DEPARTMENTS + UNITS + 20  # what may lead; supports come from all
PROJECTS = 100
STAGES = 6  # as many as an assignment has states


class People:
    """Agencies, users and projects, made by the ORM as an administrator would.

    `officer` works for a department with units that also manages a field, so that
    every part of the record rule of agencies is in force; `worker` is a user of
    projects that all employees see.
    """

    def __init__(self, env):
        self.env = env(context={"no_reset_password": True, "mail_create_nolog": True})
        self.company = env.company
        self.company.regulation_id = env.ref("task_tracking.regulation_khanh_hoa")
        self.fields = self._create("task.field", FIELDS, "Lĩnh vực")
        self.agencies = self._make_agencies()
        self.officers = self._users(
            [
                ("group_agency_officer", {"task_agency_id": agency.id})
                for agency in self.agencies
            ]
        )
        self.officer = self.officers[0]
        self.specialist = self._users([("group_office_specialist", {})])
        self.worker = self._users([("project.group_project_user", {})])
        self.stages = self._create("project.task.type", STAGES, "Bước")
        self.projects = self._create(
            "project.project",
            PROJECTS,
            "Dự án",
            type_ids=[Command.set(self.stages.ids)],
        )

    def _create(self, model, number, name, **vals):
        return self.env[model].create(
            [{"name": f"{name} {nth}", **vals} for nth in range(number)]
        )

    def _make_agencies(self):
        agencies = self._create(
            "res.partner", AGENCIES, "Cơ quan", is_agency=True, is_company=True
        )
        agencies.agency_kind = "commune"
        departments = agencies[:DEPARTMENTS]
        departments.agency_kind = "department"
        units = agencies[DEPARTMENTS : DEPARTMENTS + UNITS]
        units.agency_kind = "public_service_unit"
        for nth, (department, unit) in enumerate(zip(departments, units, strict=True)):
            unit.parent_id = department
            department.task_field_ids = self.fields[nth]
        return agencies

    def _users(self, wanted):
        first = self.env["res.users"].search_count([])
        return self.env["res.users"].create(
            [
                {
                    "name": f"Người dùng {first + nth}",
                    "login": f"bench{first + nth}",
                    "email": f"bench{first + nth}@example.com",
                    "group_ids": [
                        Command.set(
                            self.env.ref(
                                group if "." in group else f"task_tracking.{group}"
                            ).ids
                        )
                    ],
                    **vals,
                }
                for nth, (group, vals) in enumerate(wanted)
            ]
        )

    def agencies_of(self, task):
        """The three agencies of the task of that number: a lead, two more."""
        lead = task * 7 % DEPARTMENTS
        if task % 5 >= 3:
            lead = (task // 5 * 2 + task % 5) % LEADS
        if task % 3:
            second = LEADS + task // 3 % 45
        else:
            second = (lead + 1 + task % (DEPARTMENTS - 1)) % DEPARTMENTS
        third = LEADS + 45 + task % 45
        return [self.agencies[nth].id for nth in (lead, second, third)]

    def draft_directives(self, number, tasks=10):
        """Draft directives of the specialist, each of tasks for three agencies.

        One task in four has two leads and one support, the others one lead.
        """
        issued_on = self.company._task_today()
        directives = []
        for nth in range(number):
            commands = []
            for place in range(tasks):
                task = nth * tasks + place
                agencies = self.agencies_of(task)
                leads = 2 if task % 4 == 0 else 1
                commands.append(
                    Command.create(
                        {
                            "name": f"Báo cáo kết quả thực hiện nội dung {task}",
                            "deadline": issued_on + timedelta(days=7 + task % 50),
                            "field_id": self.fields[task % FIELDS].id,
                            "lead_agency_ids": [Command.set(agencies[:leads])],
                            "support_agency_ids": [Command.set(agencies[leads:])],
                        }
                    )
                )
            directives.append(
                {
                    "number": str(nth + 1),
                    "notation": "UBND-TH",
                    "abstract": f"Về việc triển khai nhiệm vụ {nth}",
                    "issued_on": issued_on,
                    "task_ids": commands,
                }
            )
        document = self.env["task.document"].with_user(self.specialist)
        return document.create(directives)
