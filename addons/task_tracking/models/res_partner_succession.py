# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

#: Written by the record of a succession (`task.succession`) and by nobody else.
SUCCESSION_FIELDS = frozenset(
    ("succeeded_by_id", "succeeded_on", "task_predecessor_ids")
)


class ResPartner(models.Model):
    """An agency that another one took the place of: it stays with its past."""

    _inherit = "res.partner"

    succeeded_by_id = fields.Many2one(
        "res.partner",
        ondelete="restrict",
        index="btree_not_null",
        copy=False,
        help="The agency that took over its tasks; it gets no new ones (BG Đ24).",
    )
    succeeded_on = fields.Date(
        copy=False, help="The first day on which the successor carries the tasks."
    )
    task_predecessor_ids = fields.One2many(
        "res.partner",
        "succeeded_by_id",
        string="Takes the place of",
        context={"active_test": False},
    )

    def _has_field_access(self, field, operation):
        if operation == "write" and field.name in SUCCESSION_FIELDS and not self.env.su:
            return False
        return super()._has_field_access(field, operation)

    @api.constrains("succeeded_by_id")
    def _check_successor(self):
        """An agency does not take its own place, directly or by a detour."""
        if self._has_cycle("succeeded_by_id"):
            raise UserError(self.env._("An agency cannot take its own place."))

    def _check_may_be_assigned(self):
        """Refuse a new task for an agency that another one took the place of.

        :raise UserError: naming the successor.
        """
        for agency in self.filtered("succeeded_by_id"):
            raise UserError(
                self.env._(
                    "%(agency)s gets no new tasks: %(successor)s took its place on"
                    " %(day)s. Assign the task to %(successor)s.",
                    agency=agency.name,
                    successor=agency._task_heir().name,
                    day=format_date(self.env, agency.succeeded_on),
                )
            )

    def _task_heir(self, day=None):
        """The agency in the place of this one now, or at the end of `day`."""
        self.ensure_one()
        agency = self
        while agency.succeeded_by_id and (not day or agency.succeeded_on <= day):
            agency = agency.succeeded_by_id
        return agency

    def _task_heirs(self):
        """The agencies in the places of these now."""
        return self.browse([agency._task_heir().id for agency in self])

    def _task_names(self):
        """These agencies and all whose place they took; none that lost its own."""
        found = self.filtered(lambda agency: not agency.succeeded_by_id)
        last = found
        while last:
            last = last.task_predecessor_ids - found
            found |= last
        return found

    def _task_managed_fields(self):
        """The fields of management, with those of the agencies whose place it took."""
        return self._task_names().task_field_ids
