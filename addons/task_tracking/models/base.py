# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import models
from odoo.fields import Command

#: Of the commands for a list, those that name records there are.
NAMING = (Command.UPDATE, Command.LINK)


class Base(models.AbstractModel):
    _inherit = "base"

    def onchange(self, values, field_names, fields_spec):
        """Refuse to fill in a form about a record of tasks that the user does not read:
        the fields that follow from it (related, computed in sudo) would tell it."""
        if self._name.startswith("task."):
            self._check_form_names_readable(values)
        return super().onchange(values, field_names, fields_spec)

    def _check_form_names_readable(self, values):
        """
        :raise AccessError: if `values`, or the defaults of the context, name a record
            of tasks that the user may not read.
        """
        named = {
            name: field
            for name, field in self._fields.items()
            if field.relational and field.comodel_name.startswith("task.")
        }
        defaults = {} if self else self.default_get(list(named))
        for name, field in named.items():
            ids = _ids(values.get(name)) | _ids(defaults.get(name))
            if ids:  # nothing named, nothing told: not even of what nobody reads
                self.env[field.comodel_name].browse(ids).check_access("read")


def _ids(value):
    """The ids of records that a value of a form names."""
    if isinstance(value, bool) or not value:
        return set()
    if isinstance(value, int):
        return {value}
    if not isinstance(value, (list, tuple)):
        return set()
    ids = set()
    for one in value:
        if isinstance(one, (list, tuple)) and one:
            if one[0] in NAMING:
                ids.add(one[1])
            elif one[0] == Command.SET:
                ids.update(one[2])
        else:
            ids.add(one)
    return {one for one in ids if isinstance(one, int) and one}
