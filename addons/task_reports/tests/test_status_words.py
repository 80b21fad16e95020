# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import date

from odoo.tests import tagged

from odoo.addons.task_reports.logic.form import status_text

from .common import MAY, HistoryCase

WORDS = {
    "word_done": "Đã thực hiện",
    "word_done_late": "Đã thực hiện quá hạn",
    "word_doing": "Đang thực hiện",
    "word_not_started": "Chưa thực hiện trong hạn",
    "word_overdue": "Chưa thực hiện quá hạn",
}


@tagged("post_install", "-at_install")
class TestStatusWords(HistoryCase):
    """Phụ lục II tells how a task stands in the form's words under the form's own
    regulation, in the regulation's words elsewhere."""

    def text(self, exit_code, **vals):
        given = {
            "waiting": False,
            "returned": False,
            "completed_on": date(2026, 5, 4),
            "days_late": 0,
            **vals,
        }
        return status_text(exit_code, "adhoc", **given)

    def test_the_words_of_another_text(self):
        """Its word first, then what the form wants to know: the day, the days late,
        the extension, what waits."""
        came = "Giao trong kỳ (đột xuất)."
        for exit_code, vals, told in (
            ("completed_on_time", {}, "Đã thực hiện (ngày 04/05/2026)"),
            (
                "completed_late",
                {"days_late": 3},
                "Đã thực hiện quá hạn (ngày 04/05/2026), quá hạn 3 ngày",
            ),
            ("open_overdue", {"days_late": 3}, "Chưa thực hiện quá hạn (3 ngày)"),
            ("open_in_time", {}, "Đang thực hiện"),
            ("open_in_time", {"begun": False}, "Chưa thực hiện trong hạn"),
            ("open_extended", {}, "Đang thực hiện, được gia hạn"),
            (
                "open_in_time",
                {"waiting": True},
                "Đang thực hiện, chờ xác nhận kết quả",
            ),
        ):
            with self.subTest(told):
                text = self.text(exit_code, words=WORDS, **vals)
                self.assertEqual(text, f"{told}. {came}")

    def test_the_forms_words(self):
        """Without words of its own: the form's, as before."""
        self.assertEqual(
            self.text("completed_late", days_late=3),
            "Hoàn thành 04/05/2026, quá hạn 3 ngày. Giao trong kỳ (đột xuất).",
        )
        self.assertEqual(
            self.text("open_in_time"), "Còn trong hạn. Giao trong kỳ (đột xuất)."
        )

    def test_which_text_has_words_of_its_own(self):
        """The regulation of the form prints the form's words; with other words in its
        policies the list prints those."""
        regulation = self.env.ref("task_tracking.regulation_khanh_hoa")
        words = set(WORDS.values())
        self.assertFalse(self.printed() & words)
        for key, word in WORDS.items():
            policy = regulation.policy_ids.filtered(lambda one, key=key: one.key == key)
            policy.value = word
        self.assertTrue(self.printed() & words)

    def printed(self):
        """The first words of each line's status in May's list."""
        lists = self.env["task.report.list"].with_user(self.manager)
        rows = list(lists._rows(*MAY))
        self.assertTrue(rows)
        return {row.status.split(".")[0].split(" (")[0].split(",")[0] for row in rows}
