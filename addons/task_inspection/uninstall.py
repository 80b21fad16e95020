# SPDX-License-Identifier: LGPL-3.0-or-later
"""What of other addons points at inspections, when they are uninstalled."""

from odoo.tools import SQL


def _uninstall(env):
    """Take away what would point at models that are gone; all else stays.

    Time limits of inspections go: the desk would look for their records. Meetings stay
    in their people's calendars, no longer linked. Tasks, directives and their files
    were always task_tracking's.
    """
    models = [
        name
        for name in env.registry
        if name == "task.inspection" or name.startswith("task.inspection.")
    ]
    # in SQL: a time limit is kept as long as its record, and the records go after this
    env.flush_all()
    of_ours = SQL("res_model IN %s", tuple(models))
    env.cr.execute(SQL("UPDATE task_clock SET replaces_id = NULL WHERE %s", of_ours))
    env.cr.execute(SQL("DELETE FROM task_clock WHERE %s", of_ours))
    # the link to the model is deleted with what it links
    env.cr.execute(
        SQL(
            "UPDATE calendar_event SET res_model_id = NULL, res_model = NULL,"
            " res_id = NULL WHERE %s",
            of_ours,
        )
    )
    # notices that were mailed are a record of the mail; they open nothing any more
    env.cr.execute(
        SQL("UPDATE task_notice SET res_model = NULL, res_id = NULL WHERE %s", of_ours)
    )
    env.invalidate_all()
