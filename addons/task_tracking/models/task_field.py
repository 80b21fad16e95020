# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import fields, models


class TaskField(models.Model):
    """A field of state management (lĩnh vực) that a task belongs to.

    Departments oversee the tasks of their fields (KH Đ10.2b, BG Đ8.2a, CM Đ9.2a).
    """

    _name = "task.field"
    _description = "Field of Tasks"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=100)
    active = fields.Boolean(default=True)

    _name_uniq = models.Constraint("UNIQUE (name)", "This field exists already.")
