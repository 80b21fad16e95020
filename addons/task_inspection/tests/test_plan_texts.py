# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import new_test_user

from .test_plan import PlanCase


class TestPlanBacGiang(PlanCase):
    text = "bac_giang"

    def _ready(self, line, subjects):
        """A regular inspection by `line`, its decision signed."""
        inspection = self._inspection(
            subjects=subjects, form="regular", plan_line_id=line.id
        )
        self._paper(inspection, "decision")
        return inspection.with_user(self.chairman)

    def test_regular_goes_by_its_plan(self):
        """A regular inspection of an agency the plan does not name is not issued
        (BG Đ13.1); of those it names it is, and each of its lines is under way."""
        plan = self._approved(self.finance | self.agriculture)
        lines = plan.line_ids.sorted("id")
        inspection = self._ready(lines[0], self.finance | self.ward)
        with self.assertRaisesRegex(UserError, "UBND phường Nha Trang"):
            inspection.action_issue()
        inspection = self._ready(lines[0], self.finance | self.agriculture)
        inspection.action_issue()
        lines.invalidate_recordset()
        self.assertEqual(lines.mapped("progress"), ["running", "running"])
        self.assertEqual(lines[1].made_ids, inspection)

    def test_no_team_plan(self):
        """Bắc Giang has no plan made after the decision: none is linked to one."""
        inspection = self._inspection()
        with self.assertRaises(UserError):
            self._plan(self.finance, inspection_id=inspection.id)

    def test_menu(self):
        """The menu is there where the text knows inspections."""
        menus = self.env["ir.ui.menu"].with_user(self.specialist).load_menus(False)
        self.assertIn(self.env.ref("task_inspection.menu_task_inspection").id, menus)


class TestPlanCaMau(PlanCase):
    text = "ca_mau"

    def test_no_plan(self):
        """Cà Mau knows no inspections: no plan is made."""
        with self.assertRaises(UserError):
            self._plan()

    def test_no_menu(self):
        """Its users have no menu of inspections, nor anything below it."""
        user = new_test_user(
            self.env,
            "t_ca_mau",
            groups="task_tracking.group_office_specialist",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
            task_agency_id=self.office.id,
        )
        menus = self.env["ir.ui.menu"].with_user(user).load_menus(False)
        for name in ("menu_task_inspection", "menu_task_inspection_plan"):
            self.assertNotIn(self.env.ref(f"task_inspection.{name}").id, menus)
