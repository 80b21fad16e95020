# SPDX-License-Identifier: LGPL-3.0-or-later
"""What stands in the way of removing what the addon holds, when it is uninstalled."""

from odoo import Command
from odoo.tools import SQL


def _uninstall(env):
    """Let go of what goes: else Odoo could not remove it at first, and said so in
    its log as errors.

    - The addon's data (regulations, their articles) goes before the tables and the
      columns that refer to it: nothing checks these references any more.
    - Who was an internal user only through a role of the addon stays one.
    """
    env.flush_all()
    # what goes is of no installed module any more
    going = env["ir.model"].search([("model", "=like", "task.%")])
    going = going.filtered(lambda model: not model.modules)
    tables = [env[model.model]._table for model in going]
    references = env.execute_query(
        SQL(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint"
            " WHERE contype = 'f' AND confrelid::regclass::text = ANY(%s)",
            tables,
        )
    )
    for table, name in references:
        table, name = SQL.identifier(table), SQL.identifier(name)
        env.cr.execute(SQL("ALTER TABLE %s DROP CONSTRAINT %s", table, name))
    roles = env["ir.model.data"].search(
        [("module", "=", "task_tracking"), ("model", "=", "res.groups")]
    )
    people = env["res.users"].with_context(active_test=False)
    people = people.search([("group_ids", "in", roles.mapped("res_id"))])
    people.group_ids = [Command.link(env.ref("base.group_user").id)]
