# SPDX-License-Identifier: LGPL-3.0-or-later
from contextlib import contextmanager
from datetime import date

from odoo.fields import Command
from odoo.tests import TransactionCase, freeze_time, new_test_user

#: Two months of Quyết định 26/2026/QĐ-UBND Khánh Hòa Đ20.1 that follow one another.
APRIL = (date(2026, 3, 15), date(2026, 4, 14))
MAY = (date(2026, 4, 15), date(2026, 5, 14))


class ReportCase(TransactionCase):
    """A small province whose history was made by the users' own acts, day by day.

    Every figure the tests expect is worked out by hand from the list in
    :meth:`_make_history`.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = cls.env["res.company"].create(
            {
                "name": "Ủy ban nhân dân tỉnh Khánh Hòa (thử)",
                "city": "Khánh Hòa",
                "regulation_id": cls.env.ref("task_tracking.regulation_khanh_hoa").id,
            }
        )
        cls.env = cls.env(
            context=dict(cls.env.context, allowed_company_ids=company.ids)
        )
        cls.office = cls._agency("Văn phòng Ủy ban nhân dân tỉnh", "office")
        cls.finance = cls._agency("Sở Tài chính", "department")
        cls.health = cls._agency("Sở Y tế", "department")
        cls.ward = cls._agency("Ủy ban nhân dân phường Nha Trang", "ward")
        cls.specialist = cls._user("specialist", "group_office_specialist", cls.office)
        cls.manager = cls._user("manager", "group_office_manager", cls.office)
        cls.chairman = cls._user("chairman", "group_chairman")
        cls.admin = cls._user("settings", "group_admin")
        cls.heads = {
            agency: cls._user(f"head {agency.id}", "group_agency_head", agency)
            for agency in (cls.finance, cls.health, cls.ward)
        }
        cls.officer = cls._user("officer", "group_agency_officer", cls.finance)

    # -- people and agencies -------------------------------------------------------
    @classmethod
    def _agency(cls, name, kind, **vals):
        return cls.env["res.partner"].create(
            {
                "name": name,
                "is_company": True,
                "is_agency": True,
                "agency_kind": kind,
                "company_id": cls.env.company.id,
                **vals,
            }
        )

    @classmethod
    def _user(cls, login, group, agency=None):
        return new_test_user(
            cls.env,
            login=login,
            groups=f"base.group_user,task_tracking.{group}",
            task_agency_id=agency.id if agency else False,
        )

    # -- acts, each on its day and by who may do it -----------------------------------
    @classmethod
    @contextmanager
    def _on(cls, day):
        """Let it be ten in the morning of `day` (text, ISO) in the province."""
        with freeze_time(f"{day} 03:00:00"):
            yield

    @classmethod
    def _assign(
        cls, day, source, agencies, deadline, content=None, support=None, count=1
    ):
        """Register and release a directive; return its lead assignments.

        :param count: of tasks in it, all alike.
        """
        with cls._on(day):
            document = (
                cls.env["task.document"]
                .with_user(cls.specialist)
                .create(
                    {
                        "number": str(cls.env["task.document"].search_count([]) + 101),
                        "notation": "UBND-TH",
                        "abstract": f"V/v triển khai nhiệm vụ ({source})",
                        "issued_on": day,
                        "source": source,
                        "specialist_id": cls.specialist.id,
                        "task_ids": [
                            Command.create(
                                {
                                    "name": content or f"Báo cáo kết quả {source}",
                                    "is_dated": bool(deadline),
                                    "deadline": deadline,
                                    "lead_agency_ids": [
                                        Command.set([one.id for one in agencies])
                                    ],
                                    "support_agency_ids": [
                                        Command.set([one.id for one in support or ()])
                                    ],
                                }
                            )
                            for _nr in range(count)
                        ],
                    }
                )
            )
            document.action_release()
        cls.env.flush_all()
        return document.sudo().assignment_ids.filtered(lambda one: one.role == "lead")

    @classmethod
    def _submit(cls, day, model, assignment, **vals):
        """Let the head of the agency submit a result, a request or a hand-back."""
        with cls._on(day):
            record = (
                cls.env[model]
                .with_user(cls.heads[assignment.agency_id])
                .create({"assignment_id": assignment.id, "text": "Nội dung", **vals})
            )
            record.action_submit()
        return record

    @classmethod
    def _complete(cls, handed_in, confirmed, assignment, **vals):
        """Hand a result in and have it confirmed by the specialist who follows."""
        result = cls._submit(handed_in, "task.result", assignment, **vals)
        with cls._on(confirmed):
            result.with_user(cls.specialist).action_accept()
        return result

    @classmethod
    def _make_history(cls):
        """Twelve assignments of nine tasks; `cls.made` names them."""
        finance, health, ward = cls.finance, cls.health, cls.ward
        made = cls.made = {}
        made["in time"] = cls._assign(
            "2026-04-01", "programme", [finance], "2026-04-30", support=[health]
        )
        made["late"] = cls._assign(
            "2026-04-01", "conclusion", [finance], "2026-04-10", "=1+1"
        )
        made["extended"] = cls._assign("2026-04-01", "adhoc", [finance], "2026-04-20")
        made["done before"] = cls._assign("2026-04-02", "adhoc", [health], "2026-04-15")
        extension = cls._submit(
            "2026-04-08", "task.extension", made["extended"], new_deadline="2026-05-20"
        )
        with cls._on("2026-04-09"):
            extension.with_user(cls.chairman).action_accept()
        cls._complete("2026-04-13", "2026-04-14", made["done before"])
        made["waiting"] = cls._assign("2026-04-20", "programme", [health], "2026-05-05")
        cls.outside = cls._assign_undated("2026-04-20")
        cls._complete("2026-04-20", "2026-04-22", made["late"])
        three = cls._assign(
            "2026-04-21", "adhoc", [finance, health, ward], "2026-05-10"
        )
        made["three"] = three
        cls._complete(
            "2026-04-28",
            "2026-05-04",
            made["in time"],
            reply_number="=88/BC-STC",
            reply_date="2026-04-27",
        )
        made["withdrawn"] = cls._assign(
            "2026-05-01", "conclusion", [ward], "2026-05-30"
        )
        cls._submit("2026-05-05", "task.result", made["waiting"])
        cls._complete("2026-05-08", "2026-05-11", cls._of(three, finance))
        with cls._on("2026-05-10"):
            made["withdrawn"].with_user(cls.manager).withdraw("Giao nhầm")
        cls._submit("2026-05-12", "task.return", cls._of(three, ward), kind="not_ours")
        made["last day"] = cls._assign("2026-05-14", "adhoc", [ward], "2026-05-20")
        made["day after"] = cls._assign("2026-05-15", "adhoc", [ward], "2026-05-20")
        cls.env.flush_all()

    @classmethod
    def _assign_undated(cls, day):
        """A task without a deadline, which the regulation keeps out (KH Đ7.2)."""
        cls._assign(day, "adhoc", [cls.finance], False, "Tăng cường kỷ luật")
        return cls.env["task.task"].search([("state", "=", "outside")])

    @classmethod
    def _of(cls, assignments, agency):
        return assignments.filtered(lambda one: one.agency_id == agency)

    # -- the report --------------------------------------------------------------------
    def _wizard(self, user=None, **vals):
        """The report of May as `user` (the Office's manager) would open it."""
        model = self.env["task.report.wizard"].with_user(user or self.manager)
        return model.create({"kind": "month", "year": 2026, "month": "5"} | vals)

    def _figures(self, window, agency=None, user=None):
        engine = self.env["task.report.engine"].with_user(user or self.manager)
        return engine._figures(*window, agency)


class HistoryCase(ReportCase):
    """With the history made once for the class, looked back on from 20 May 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_history()
        clock = freeze_time("2026-05-20 03:00:00")
        clock.start()
        cls.addClassCleanup(clock.stop)
