# SPDX-License-Identifier: LGPL-3.0-or-later
from psycopg2 import IntegrityError

from odoo.modules.registry import Registry
from odoo.tests.common import get_db_name
from odoo.tools import SQL, mute_logger

from .common import TaskCase


class CommittedCase(TaskCase):
    """A case of several transactions: what they act on must be committed to be seen by
    all; it is removed afterwards."""

    @classmethod
    def setUpClass(cls):
        with Registry(get_db_name()).cursor() as cr:
            cls.last_ids = cls._last_ids(cr)
        super().setUpClass()
        cls.addClassCleanup(cls._remove_rows)
        cls._prepare()
        cls.env.flush_all()
        # the test's cursor refuses to commit, for a good reason: see _remove_rows
        cls.cr._cnx.commit()

    @classmethod
    def _prepare(cls):
        """Make what is to be seen by all transactions: override."""

    @classmethod
    def _last_ids(cls, cr):
        """Table → the last id in it."""
        cr.execute(
            "SELECT c.table_name FROM information_schema.columns c"
            " JOIN information_schema.tables t USING (table_schema, table_name)"
            " WHERE c.column_name = 'id' AND t.table_type = 'BASE TABLE'"
            " AND c.table_schema = current_schema"
        )
        last = {}
        for (table,) in cr.fetchall():
            cr.execute(SQL("SELECT MAX(id) FROM %s", SQL.identifier(table)))
            last[table] = cr.fetchone()[0] or 0
        return last

    @classmethod
    @mute_logger("odoo.sql_db")
    def _remove_rows(cls):
        """Remove what this class committed: children before parents."""
        cls.cr._cnx.rollback()
        left = dict(cls.last_ids)
        with cls.registry.cursor() as cr:
            while left:
                before = len(left)
                for table, last in list(left.items()):
                    try:
                        with cr.savepoint(flush=False):
                            cr.execute(
                                SQL(
                                    "DELETE FROM %s WHERE id > %s",
                                    SQL.identifier(table),
                                    last,
                                )
                            )
                        del left[table]
                    except IntegrityError:
                        continue
                if len(left) == before:
                    raise AssertionError(f"Rows remain in {sorted(left)}")
        cls.registry.clear_all_caches()
