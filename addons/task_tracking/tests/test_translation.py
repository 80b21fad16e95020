# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo.tests import TransactionCase, tagged

from .translation import problems


@tagged("post_install", "-at_install")
class TestTranslation(TransactionCase):
    def test_vietnamese_is_complete(self):
        """Officials read every word of the screens in Vietnamese."""
        self.assertEqual(problems(self.env, "task_tracking"), [])

    def test_each_reader_sees_names_in_their_language(self):
        """A time limit is called by its label, in the language of who reads it."""
        self.env["res.lang"]._activate_lang("vi_VN")
        self.env["ir.module.module"]._load_module_terms(["task_tracking"], ["vi_VN"])
        rule = self.env["task.regulation.rule"].search(
            [("act", "=", "register")], limit=1
        )
        names = [
            rule.with_context(lang=language).display_name
            for language in ("en_US", "vi_VN")
        ]
        self.assertEqual(
            names, ["Register a directive", "Cập nhật văn bản giao nhiệm vụ"]
        )
