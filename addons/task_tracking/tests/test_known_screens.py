# SPDX-License-Identifier: LGPL-3.0-or-later
from lxml import etree

from odoo.tests import tagged

from .common import START, TaskCase

ASSIGNMENT_FILTERS = {
    "submitted",
    "returned",
    "extension",
    "extended",
    "discrepancy",
}


@tagged("post_install", "-at_install")
class TestKnownScreens(TaskCase):
    """Acts that no text of the reader's companies knows are on no screen; Khánh Hòa's
    (as it came) knows hand-backs, extensions and confirmation."""

    def setUp(self):
        super().setUp()
        self._move_to(START)
        # knows neither hand-back nor extension, confirms nothing, rates nothing
        self.bare = self.env["task.regulation"].create(
            {"code": "BARE", "name": "Quy chế không có gì"}
        )

    def filters(self, model, user):
        arch = self.env[model].with_user(user).get_view(view_type="search")["arch"]
        return set(etree.fromstring(arch).xpath("//filter/@name"))

    def sections(self, user):
        told = self.env["task.desk"].with_user(user).get_sections()
        return {section["key"]: section["count"] for section in told}

    def test_search_filters(self):
        """No filter for what cannot be, and all of them back under a text that knows
        it; the default filter of results is gone with what waits."""
        known = self.filters("task.assignment", self.specialist)
        self.assertLessEqual(ASSIGNMENT_FILTERS, known)
        self.assertIn("waiting", self.filters("task.result", self.specialist))
        self.company.regulation_id = self.bare
        bare = self.filters("task.assignment", self.specialist)
        self.assertEqual(known - bare, ASSIGNMENT_FILTERS)
        self.assertNotIn("waiting", self.filters("task.result", self.specialist))
        self.company.regulation_id = self.regulation
        self.assertEqual(self.filters("task.assignment", self.specialist), known)

    def test_columns_of_the_board(self):
        """No column for states nothing can come into; one that holds something of an
        earlier text stays."""

        def columns():
            board = self.env["task.assignment"].with_user(self.specialist)
            board = board.with_context(read_group_expand=True)
            rows = board.formatted_read_group([], ["state"], ["__count"])
            return [row["state"] for row in rows]

        self.company.regulation_id = self.bare
        self.assertEqual(columns(), ["released", "doing", "done", "withdrawn"])
        self.company.regulation_id = self.regulation
        self._hand_in(self._released())
        self.company.regulation_id = self.bare
        self.assertIn("submitted", columns())
        self.assertNotIn("returned", columns())

    def test_sections_of_the_desk(self):
        """No section for acts the text does not know, not even among the empty ones,
        until something of an earlier text waits in it."""
        gone = {
            self.manager: {"results", "returns", "extensions"},
            self.chairman: {"extensions"},
            self.finance_head: {
                "draft_task.extension",
                "draft_task.return",
                "submitted",
            },
        }
        for user, keys in gone.items():
            self.assertLessEqual(keys, set(self.sections(user)))
        self._ask_extension(self._released())
        self.company.regulation_id = self.bare
        self.assertEqual(self.sections(self.chairman)["extensions"], 1)
        self.assertEqual(self.sections(self.manager)["extensions"], 1)
        self.assertNotIn("results", self.sections(self.manager))
        self.assertNotIn("returns", self.sections(self.manager))
        self.assertNotIn("draft_task.return", self.sections(self.finance_head))

    def test_an_empty_province_has_no_such_section(self):
        """Under the bare text from the beginning none of them is shown to anybody."""
        self.company.regulation_id = self.bare
        shown = {key for user in self.users() for key in self.sections(user)}
        gone = {"results", "returns", "extensions", "submitted", "to_rate"}
        gone |= {"draft_task.extension", "draft_task.return"}
        self.assertFalse(shown & gone)
        self.assertIn("draft_task.result", shown)

    def users(self):
        return (self.manager, self.specialist, self.chairman, self.finance_head)

    def test_acts_are_hidden_and_refused(self):
        """The buttons of what is not known are not offered, nor is undoing a
        confirmation where nothing was confirmed."""
        self.company.regulation_id = self.bare
        assignment = self._released().with_user(self.finance_head)
        self.assertTrue(assignment.can_hand_in)
        self.assertFalse(assignment.can_ask_extension)
        self.assertFalse(assignment.can_hand_back)
        self.assertFalse(assignment.needs_confirmation)
        result = self._hand_in(assignment)
        self.assertEqual(result.state, "accepted")
        self.assertFalse(result.with_user(self.specialist).can_decide)
        followed = assignment.with_user(self.specialist)
        self.assertFalse(followed.can_undo_confirmation)
