# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo.tests import tagged

from .common import START, TaskCase

WORDS = {
    "word_done": "Đã thực hiện",
    "word_done_late": "Đã thực hiện quá hạn",
    "word_doing": "Đang thực hiện",
    "word_not_started": "Chưa thực hiện trong hạn",
    "word_overdue": "Chưa thực hiện quá hạn",
}


def give_words(regulation, words):
    """Let `regulation` name how a task stands by `words`."""
    regulation.policy_ids.filtered(lambda line: line.key in words).unlink()
    regulation.env["task.regulation.policy"].create(
        [
            {"regulation_id": regulation.id, "key": key, "value": word}
            for key, word in words.items()
        ]
    )


@tagged("post_install", "-at_install")
class TestStatusWords(TaskCase):
    """How an assignment stands today, in the words of its regulation."""

    def setUp(self):
        super().setUp()
        self._move_to(START)
        give_words(self.regulation, WORDS)

    def word(self, assignment):
        assignment.invalidate_recordset()
        return assignment.with_user(self.finance_head).status_word

    def test_from_release_to_completion(self):
        """Not begun until received, then in progress, waiting too; completed in time
        on 02/04 of a deadline 10/04."""
        assignment = self._released()
        self.assertEqual(self.word(assignment), "Chưa thực hiện trong hạn")
        assignment.with_user(self.finance_head).action_receive()
        self.assertEqual(self.word(assignment), "Đang thực hiện")
        self._move_to("2026-04-02 02:00:00")
        result = self._hand_in(assignment)
        self.assertEqual(self.word(assignment), "Đang thực hiện")
        result.with_user(self.specialist).action_accept()
        self.assertEqual(self.word(assignment), "Đã thực hiện")

    def test_overdue_from_the_provinces_midnight(self):
        """Due on 10/04: overdue from 17:00 UTC of that day, received or not."""
        assignment = self._released()
        self._move_to("2026-04-10 16:59:59")
        self.assertEqual(self.word(assignment), "Chưa thực hiện trong hạn")
        self._move_to("2026-04-10 17:00:00")
        self.assertEqual(self.word(assignment), "Chưa thực hiện quá hạn")

    def test_completed_late_and_withdrawn(self):
        """Handed in on 12/04 of a deadline 10/04: done late. What was withdrawn is
        called so, the regulation has no word for it."""
        late, withdrawn = self._released(), self._released()
        self._move_to("2026-04-12 02:00:00")
        self._hand_in(late).with_user(self.specialist).action_accept()
        self.assertEqual(self.word(late), "Đã thực hiện quá hạn")
        withdrawn.with_user(self.manager).withdraw("Không còn cần")
        self.assertEqual(self.word(withdrawn), "Withdrawn")

    def test_each_by_its_own_regulation(self):
        """A later regulation of the province leaves the words of old ones alone."""
        old = self._released()
        text = self.env["task.regulation"].create({"code": "NEW", "name": "Mới"})
        give_words(text, {"word_not_started": "Chưa bắt đầu"})
        self.company.regulation_id = text
        new = self._released()
        self.assertEqual(self.word(old), "Chưa thực hiện trong hạn")
        self.assertEqual(self.word(new), "Chưa bắt đầu")
