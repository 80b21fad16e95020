# SPDX-License-Identifier: LGPL-3.0-or-later
from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.task_tracking.tests.common import TaskCase


@tagged("post_install", "-at_install")
class TestPrescription(TaskCase):
    """What a regulation prescribes of inspections: lines of data, asked by topic."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sixth = cls.env["task.regulation"].create({"code": "T6", "name": "Sixth"})

    def _line(self, topic, code, user=None, **vals):
        return (
            self.env["task.inspection.prescription"]
            .with_user(user or self.admin)
            .create(
                {
                    "regulation_id": self.sixth.id,
                    "topic": topic,
                    "code": code,
                    "name": code,
                    **vals,
                }
            )
        )

    def _codes(self, topic, inspector=None, regulation=None):
        regulation = regulation or self.sixth
        return regulation._prescriptions(topic, inspector).mapped("code")

    def test_in_the_texts_order(self):
        """Lines come by their sequence, whatever order they were entered in, and a
        change is seen at once."""
        self._line("dossier", "plan", sequence=20)
        decision = self._line("dossier", "decision", sequence=10)
        self._line("content", "updating", sequence=1)
        self.assertEqual(self._codes("dossier"), ["decision", "plan"])
        decision.sequence = 30
        self.assertEqual(self._codes("dossier"), ["plan", "decision"])
        decision.unlink()
        self.assertEqual(self._codes("dossier"), ["plan"])

    def test_by_inspector(self):
        """A line without inspector holds whoever inspects, the others for theirs."""
        self._line("recipient", "committee", sequence=1)
        self._line("recipient", "inspected", sequence=2, inspector="office")
        self._line("recipient", "sector_body", sequence=3, inspector="agency")
        self.assertEqual(self._codes("recipient", "office"), ["committee", "inspected"])
        self.assertEqual(
            self._codes("recipient", "agency"), ["committee", "sector_body"]
        )
        self.assertEqual(self._codes("recipient", "self"), ["committee"])
        self.assertEqual(
            self._codes("recipient"), ["committee", "inspected", "sector_body"]
        )
        self.assertTrue(self.sixth._prescribes("recipient", "inspected"))
        self.assertTrue(self.sixth._prescribes("recipient", "inspected", "office"))
        self.assertFalse(self.sixth._prescribes("recipient", "inspected", "self"))
        self.assertFalse(self.sixth._prescribes("dossier", "inspected"))

    def test_no_regulation_prescribes_nothing(self):
        """A company that follows no regulation is asked for nothing."""
        none = self.env["task.regulation"]
        self.assertFalse(none._prescriptions("decision"))
        self.assertFalse(none._prescribes("authority", "chairman"))

    def test_a_heading_the_system_does_not_know(self):
        """A sixth text may ask for what no other does; it needs data only."""
        line = self._line("decision", "transport", name="Phương tiện đi lại")
        self.assertEqual(self.sixth._prescriptions("decision"), line)
        self.assertEqual(line.display_name, "Phương tiện đi lại")

    def test_a_right_the_system_does_not_know(self):
        """Who decides, and what is no code, is refused: nothing could act on it."""
        with self.assertRaises(ValidationError):
            self._line("authority", "anybody")
        with self.assertRaises(ValidationError):
            self._line("decision", "Căn cứ pháp lý")

    def test_once_each(self):
        """The same thing is not asked of one inspector twice."""
        self._line("recipient", "office", inspector="self")
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self._line("recipient", "office")
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self._line("recipient", "office", inspector="self")
        self._line("recipient", "office", inspector="agency")

    def test_only_the_administrator_writes(self):
        """Everybody reads what the law prescribes; only the administrator keeps it."""
        line = self._line("form", "adhoc")
        for user in (self.manager, self.chairman, self.finance_head, self.specialist):
            with self.subTest(user.login):
                mine = line.with_user(user)
                self.assertEqual(mine.name, "adhoc")
                with self.assertRaises(AccessError):
                    mine.name = "x"
                with self.assertRaises(AccessError):
                    mine.unlink()
                with self.assertRaises(AccessError):
                    self._line("form", "regular", user=user)
                with self.assertRaises(AccessError):
                    self.sixth.with_user(user).prescription_ids = False
        self.assertTrue(line.exists())
