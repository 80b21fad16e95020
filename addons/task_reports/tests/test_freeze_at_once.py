# SPDX-License-Identifier: LGPL-3.0-or-later
from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import TransactionCase, tagged
from odoo.tests.common import get_db_name
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestFreezeAtOnce(TransactionCase):
    """Two agencies send at the same moment, each in a transaction of its own."""

    def _freeze(self, cr):
        env = api.Environment(cr, SUPERUSER_ID, {})
        company = env.ref("base.main_company")
        return env["task.report.snapshot"]._freeze(company, company, {}, [])

    def _remove(self, made):
        with Registry(get_db_name()).cursor() as cr:
            cr.execute("DELETE FROM task_report_snapshot WHERE id = %s", (made,))

    @mute_logger("odoo.sql_db")
    def test_the_second_is_begun_anew(self):
        """Not refused: the server repeats the request by itself after this error, and
        the chain then goes on from the link that was added meanwhile."""
        registry = Registry(get_db_name())
        with registry.cursor() as first, registry.cursor() as second:
            second.execute("SELECT 1")
            made = self._freeze(first)
            before = made.id, made.sequence, made.digest
            first.commit()
            self.addCleanup(self._remove, before[0])
            with self.assertRaises(SerializationFailure):
                self._freeze(second)
            second.rollback()
            again = self._freeze(second)
            self.assertEqual(
                (again.sequence, again.previous_digest), (before[1] + 1, before[2])
            )
            second.rollback()
