# SPDX-License-Identifier: LGPL-3.0-or-later
"""What of other addons points at inspections, when they are uninstalled."""

from odoo.tools import SQL

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

MODEL = "task.inspection"


def _uninstall(env):
    """Take away what would point at models that are gone; all else stays.

    - Time limits of inspections go: the desk would look for their records.
    - Directives and tasks made of recommendations stay, no longer linked; a file of
      the inspection that a directive shares becomes the directive's own.
    - Meetings stay in their people's calendars, mailed notices in the register of
      what was mailed, neither linked any more.
    - The files of inspections go with them: the form that uninstalls offers all
      dossiers first (`base.module.uninstall`).
    """
    env.flush_all()
    ours = SQL("IN %s", tuple(_models(env)))
    for statement in (
        # in SQL: a time limit is kept as long as its record, which goes after this
        SQL("UPDATE task_clock SET replaces_id = NULL WHERE res_model %s", ours),
        SQL("DELETE FROM task_clock WHERE res_model %s", ours),
        SQL(
            "UPDATE task_document SET origin_model = NULL, origin_id = NULL"
            " WHERE origin_model %s",
            ours,
        ),
        # deleting the model would delete what is linked to it
        SQL(
            "UPDATE calendar_event SET res_model_id = NULL, res_model = NULL,"
            " res_id = NULL WHERE res_model %s",
            ours,
        ),
        SQL(
            "UPDATE task_notice SET res_model = NULL, res_id = NULL WHERE res_model %s",
            ours,
        ),
        SQL("UPDATE task_inspection SET archive_id = NULL"),
    ):
        env.cr.execute(statement)
    _let_prescriptions_go(env)
    env.invalidate_all()
    _keep_shared_files(env, ours)
    files = env["ir.attachment"].with_context(**{MODULE_UNINSTALL_FLAG: True})
    # those of fields, too: a search by id leaves none out
    files.search([("id", "!=", 0), ("res_model", "in", _models(env))]).unlink()


def _let_prescriptions_go(env):
    """Odoo deletes the records of data files first, and then the tables: what keeps a
    prescription that is in use goes before."""
    table = env["task.inspection.prescription"]._table
    for name, used_in in env.execute_query(
        SQL(
            "SELECT conname, conrelid::regclass::text FROM pg_constraint"
            " WHERE contype = 'f' AND confrelid = %s::regclass",
            table,
        )
    ):
        env.cr.execute(
            SQL(
                "ALTER TABLE %s DROP CONSTRAINT %s",
                SQL.identifier(used_in),
                SQL.identifier(name),
            )
        )


def _models(env):
    return [name for name in env.registry if f"{name}.".startswith(f"{MODEL}.")]


def _keep_shared_files(env, ours):
    """A file that directives share is, of now, a file of the first of them; the others
    go on sharing it."""
    documents = env["task.document"]
    own, shared = (
        documents._fields[name] for name in ("attachment_ids", "shared_attachment_ids")
    )
    rows = env.execute_query(
        SQL(
            "SELECT share.%(file)s, min(share.%(document)s) FROM %(table)s share"
            " JOIN ir_attachment file ON file.id = share.%(file)s"
            " WHERE file.res_model %(ours)s GROUP BY share.%(file)s",
            file=SQL.identifier(shared.column2),
            document=SQL.identifier(shared.column1),
            table=SQL.identifier(shared.relation),
            ours=ours,
        )
    )
    for file_id, document_id in rows:
        for statement in (
            SQL(
                "UPDATE ir_attachment SET res_model = %s, res_id = %s WHERE id = %s",
                documents._name,
                document_id,
                file_id,
            ),
            SQL(
                "INSERT INTO %s (%s, %s) VALUES (%s, %s) ON CONFLICT DO NOTHING",
                SQL.identifier(own.relation),
                SQL.identifier(own.column1),
                SQL.identifier(own.column2),
                document_id,
                file_id,
            ),
            SQL(
                "DELETE FROM %s WHERE %s = %s AND %s = %s",
                SQL.identifier(shared.relation),
                SQL.identifier(shared.column1),
                document_id,
                SQL.identifier(shared.column2),
                file_id,
            ),
        ):
            env.cr.execute(statement)
    env.invalidate_all()
