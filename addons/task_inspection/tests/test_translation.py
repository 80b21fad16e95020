# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo.tests import TransactionCase, tagged

from odoo.addons.task_tracking.tests.translation import problems


@tagged("post_install", "-at_install")
class TestInspectionTranslation(TransactionCase):
    def test_vietnamese_is_complete(self):
        """Officials read every word of inspections in Vietnamese."""
        self.assertEqual(problems(self.env, "task_inspection"), [])
