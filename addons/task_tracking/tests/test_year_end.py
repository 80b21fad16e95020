# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tests import Form, tagged

from .common import TaskCase


@tagged("post_install", "-at_install")
class TestYearEnd(TaskCase):
    """Quảng Trị Đ4.1: dated tasks that ask for no product are listed at year's end."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.listing = cls.regulation.copy({"code": "LISTED"})
        policies = cls.listing.policy_ids
        policies.filtered(lambda one: one.key == "no_product").unlink()
        policies.create(
            {
                "regulation_id": cls.listing.id,
                "key": "no_product",
                "value": "year_end_list",
            }
        )

    def setUp(self):
        super().setUp()
        self.company.regulation_id = self.listing
        self._move_to("2026-12-01 02:00:00")
        self.listed = self._released(deadline="2026-12-31")
        self.next_year = self._released(deadline="2027-01-01")
        self.report = self._released(deadline="2026-12-31", product_kind="report")
        self.other = self._released(lead=self.building, deadline="2026-04-02")
        self.undated = self._document(
            [self._task_vals(is_dated=False, deadline=False)]
        ).task_ids
        self.undated.document_id.action_release()

    def _listed(self, user, year=2026):
        """What the user finds in the list of a year."""
        assignments = self.env["task.assignment"].with_user(user)
        found = assignments.search(
            Domain(assignments.action_year_end_list()["domain"])
            & assignments._year_end_domain(year)
        )
        mine = self.listed | self.next_year | self.report | self.other
        return found.sudo() & mine

    def test_office_sees_all(self):
        """The Office: dated in the year, no product, whoever leads."""
        self.assertEqual(self._listed(self.specialist), self.listed | self.other)
        self.assertEqual(self._listed(self.manager, 2027), self.next_year)

    def test_agency_sees_its_own(self):
        """An agency: its own, and nothing of another."""
        self.assertEqual(self._listed(self.finance_officer), self.listed)
        self.assertEqual(self._listed(self.building_officer), self.other)

    def test_completed_stay_withdrawn_leave(self):
        """What is completed is listed too; what was withdrawn is not."""
        self._hand_in(self.listed).with_user(self.specialist).action_accept()
        self.other.with_user(self.manager).withdraw("Giao nhầm")
        self.assertEqual(self._listed(self.specialist), self.listed)

    def test_exported(self):
        """Who may export exports the list with the columns it shows."""
        self.specialist.group_ids |= self.env.ref("base.group_allow_export")
        rows = self.listed.with_user(self.specialist).export_data(
            ["agency_id/name", "content", "deadline"]
        )["datas"]
        self.assertEqual(rows[0][0], "Sở Tài chính")

    def test_only_where_the_text_says_so(self):
        """Under another regulation there is neither list nor menu."""
        menu = self.env.ref("task_tracking.menu_task_year_end")
        user = self.specialist
        shown = self.env["ir.ui.menu"].with_user(user).load_menus(False)
        self.assertIn(menu.id, shown)
        self.company.regulation_id = self.regulation
        self.env.registry.clear_cache()
        shown = self.env["ir.ui.menu"].with_user(user).load_menus(False)
        self.assertNotIn(menu.id, shown)
        with self.assertRaises(UserError):
            self.env["task.assignment"].with_user(user).action_year_end_list()

    def test_menu_opens_the_list(self):
        """The menu's action is the list, for who has the menu."""
        action = self.env.ref("task_tracking.action_task_year_end_open")
        opened = action.with_user(self.finance_officer).run()
        self.assertEqual(opened["res_model"], "task.assignment")

    def test_product_is_chosen_on_the_task(self):
        """Choosing another product on the task's form takes it off the list."""
        with Form(self.listed.task_id.with_user(self.specialist)) as form:
            form.product_kind = "submit"
        self.assertEqual(self._listed(self.specialist), self.other)
