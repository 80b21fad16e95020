# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.exceptions import AccessError, UserError

from odoo.addons.task_tracking.logic.letter import laid_out
from odoo.addons.task_tracking.tests.common import START

from .test_conclusion import ConclusionCase


class TestSummary(ConclusionCase):
    """The summary for the Committee's monthly meeting (BG Đ11.1d)."""

    text = "bac_giang"

    def setUp(self):
        super().setUp()
        self._move_to(START)

    def _summary(self, user=None, **vals):
        summaries = self.env["task.inspection.summary"]
        return summaries.with_user(user or self.chairman).create(vals)

    def _numbers(self, summary):
        """{key: number}; each opens exactly as many records as it counts."""
        summary.invalidate_recordset()
        numbers = {}
        for name in summary._fields:
            if not name.endswith("_count"):
                continue
            key = name.removesuffix("_count")
            action = summary.with_context(key=key).action_open()
            opened = (
                self.env[action["res_model"]]
                .with_user(summary.env.user)
                .search(action["domain"])
            )
            self.assertEqual(len(opened), summary[name], key)
            if summary[name]:
                numbers[key] = summary[name]
        return numbers

    def test_month_of_today(self):
        """The month of today by default, counted up to today."""
        summary = self._summary()
        self.assertEqual(
            (str(summary.date_from), str(summary.date_to)), ("2026-04-01", "2026-04-01")
        )
        summary = self._summary(month="2026-02-11")
        self.assertEqual(
            (str(summary.date_from), str(summary.date_to)), ("2026-02-01", "2026-02-28")
        )

    def test_numbers(self):
        """What is counted of a month, and in the next: planned, issued, under way,
        ended, concluded, late; failings by degree; recommendations as they stand."""
        self._issued()
        late = self._ended()
        done = self._ended()
        self._finding(done)
        self._finding(done, degree="grave")
        self._finding(late, degree="slight")
        self._recommendation(done, deadline="2026-04-03")
        self._recommendation(done)
        self._conclude(done)
        self.assertEqual(
            self._numbers(self._summary()),
            {
                "issued": 3,
                "under_way": 1,
                "ended": 2,
                "concluded": 1,
                "serious": 1,
                "grave": 1,
                "open": 2,
            },
        )
        # the conclusion was due on Wed 8 April
        self._move_to("2026-04-09 02:00:00")
        self.assertEqual(self._numbers(self._summary())["late"], 1)
        self._move_to("2026-05-05 02:00:00")
        self._conclude(late)
        may = self._numbers(self._summary())
        self.assertEqual(
            may,
            {
                "under_way": 1,
                "concluded": 1,
                "late": 1,
                "slight": 1,
                "open": 1,
                "overdue": 1,
            },
        )
        april = self._numbers(self._summary(month="2026-04-01"))
        self.assertEqual((april["ended"], april["late"], april["concluded"]), (2, 1, 1))
        march = self._numbers(self._summary(month="2026-03-01"))
        self.assertEqual(march, {})

    def test_cancelled(self):
        """Given up in May: counted there with its day on paper, under way in April; a
        draft given up was never told of."""
        inspection, draft = self._issued(), self._inspection()
        self._move_to("2026-05-05 02:00:00")
        inspection.with_user(self.chairman).action_cancel("Trùng thanh tra")
        draft.with_user(self.specialist).action_cancel("Trùng")
        self.assertEqual(str(inspection.cancelled_on), "2026-05-05")
        may = self._summary()
        self.assertEqual(self._numbers(may), {"cancelled": 1})
        self.assertEqual(may.inspection_ids, inspection)
        april = self._summary(month="2026-04-01")
        self.assertEqual(self._numbers(april), {"issued": 1, "under_way": 1})
        [table] = [
            line for line in laid_out(may._letter()).lines if line.role == "table"
        ]
        self.assertIn("(hủy ngày 05/05/2026)", str(table.rows))

    def test_planned(self):
        """Lines of approved plans with a day in the month: 4–6 May, and one that goes
        on from April into May; a draft's are not planned yet."""
        plans = self.env["task.inspection.plan"].with_user(self.specialist)
        vals = {"date_from": "2026-01-01", "date_to": "2026-12-31"}
        lines = (
            (self.finance, "2026-05-04", "2026-05-06"),
            (self.building, "2026-04-29", "2026-05-05"),
            (self.ward, "2026-06-01", "2026-06-02"),
        )
        plan, _draft = plans.create(
            [
                {
                    **vals,
                    "name": name,
                    "line_ids": [
                        Command.create(
                            {
                                "agency_id": agency.id,
                                "date_from": first,
                                "date_to": last,
                            }
                        )
                        for agency, first, last in lines
                    ],
                }
                for name in ("Kế hoạch", "Dự thảo")
            ]
        )
        plan.action_submit()
        plan.with_user(self.chairman).action_approve()
        self._move_to("2026-05-04 02:00:00")
        self.assertEqual(self._numbers(self._summary()), {"planned": 2})
        april = self._numbers(self._summary(month="2026-04-01"))
        self.assertEqual(april, {"planned": 1})

    def test_menu(self):
        """The menu is there under Bắc Giang, and gone under a text without it."""
        menu = self.env.ref("task_inspection.menu_task_inspection_summary")
        menus = self.env["ir.ui.menu"].with_user(self.manager)
        self.assertIn(menu.id, menus._visible_menu_ids())
        self.assertNotIn(menu.id, menus._load_menus_blacklist())
        self.company.regulation_id = self.env.ref("task_tracking.regulation_khanh_hoa")
        self.assertIn(menu.id, menus._load_menus_blacklist())
        self.assertNotIn(
            self.env.ref("task_inspection.menu_task_inspection").id,
            menus._load_menus_blacklist(),
        )

    def test_hidden_where_not_prescribed(self):
        """Only Bắc Giang asks for it: refused under every other text."""
        for text in ("kon_tum", "quang_tri", "khanh_hoa", "ca_mau"):
            self.company.regulation_id = self.env.ref(
                f"task_tracking.regulation_{text}"
            )
            with self.assertRaises(UserError):
                self._summary()

    def test_who_reads_it(self):
        """The Office and the leaders; no agency; each only one's own."""
        summary = self._summary()
        for user in (self.chairman, self.deputy, self.manager, self.specialist):
            self.assertTrue(self._summary(user))
        for user in (self.finance_head, self.finance_officer, self.admin):
            with self.assertRaises(AccessError):
                self._summary(user)
        with self.assertRaises(AccessError):
            summary.with_user(self.specialist).read(["issued_count"])

    def test_on_paper(self):
        """The report on paper (Mẫu 1.4) has the screen's numbers and the list; PDF and
        DOCX are made of it."""
        inspection = self._ended()
        self._finding(inspection)
        self._conclude(inspection)
        summary = self._summary(self.manager)
        layout = laid_out(summary._letter())
        text = " ".join(
            " ".join(map(str, row))
            for line in layout.lines
            for row in (line.rows if line.role == "table" else [(line.lead, line.text)])
        )
        for words in (
            "Kính gửi: Ủy ban nhân dân tỉnh",
            "Quyết định kiểm tra ban hành trong tháng: 1",
            "có 1 nội dung",
            "1 nghiêm trọng",
            "Điểm d khoản 1 Điều 11",
            "Sở Tài chính",
            "01/04/2026",
        ):
            self.assertIn(words, text)
        self.assertTrue(summary._letter_pdf().startswith(b"%PDF"))
        self.assertTrue(summary._letter_docx().startswith(b"PK"))

    def test_queries_do_not_grow(self):
        """Many inspections cost no more queries than one."""

        def cost():
            summary = self._summary()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            summary.read([name for name in summary._fields if name.endswith("_count")])
            return self.cr.sql_log_count - before

        self._conclude(self._ended())
        cost()
        few = cost()
        for _number in range(4):
            inspection = self._ended()
            self._finding(inspection)
            self._recommendation(inspection)
            self._conclude(inspection)
        self.assertLessEqual(cost(), few)
