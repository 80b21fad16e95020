# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo.tools import SQL


def insert_rows(model, rows, ending, **options):
    """Insert rows into the table of `model` in one statement.

    Column by column, an array each: the driver puts together an array in C, but each
    tuple of VALUES in Python, which takes as long as PostgreSQL does.

    :param rows: dicts with the same keys, of columns of the model.
    :param ending: SQL, what follows: ON CONFLICT, RETURNING.
    :param options: of `cr.execute`.
    :return: what `ending` returns, in the order of `rows`.
    """
    if not rows:
        return []
    columns = [
        SQL(
            "%s::%s[]",
            [row[name] for row in rows],
            SQL.identifier(model._fields[name].column_type[0]),
        )
        for name in rows[0]
    ]
    model.env.cr.execute(
        SQL(
            "INSERT INTO %s (%s) SELECT * FROM unnest(%s) %s",
            SQL.identifier(model._table),
            SQL(", ").join(map(SQL.identifier, rows[0])),
            SQL(", ").join(columns),
            ending,
        ),
        **options,
    )
    return model.env.cr.fetchall() if model.env.cr.description else []
