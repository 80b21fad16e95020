# SPDX-License-Identifier: LGPL-3.0-or-later
import hashlib

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError


class TaskBegunMixin(models.AbstractModel):
    """Drafts that a button makes: pressed again, by the same hand or at the same
    moment, it opens the draft that is there.

    A draft remembers what it was begun from, whatever is written or taken out
    afterwards; a unique index on that (`begun_key`, of drafts) decides between two
    transactions that do not see each other. A model has `state`, and the index.
    """

    _name = "task.begun.mixin"
    _description = "Draft begun once"

    begun_key = fields.Char(copy=False, export_string_translation=False)

    def _has_field_access(self, field, operation):
        if field.name == "begun_key" and not self.env.su:
            return False
        return super()._has_field_access(field, operation)

    @api.model
    def _begun_from(self, *parts):
        """The key of what a draft is begun from: records and plain values."""
        words = [
            f"{part._name}{sorted(part.ids)}"
            if isinstance(part, models.BaseModel)
            else repr(part)
            for part in parts
        ]
        return hashlib.sha256("/".join(words).encode()).hexdigest()

    @api.model
    def _begun(self, key):
        """The open draft begun as `key`, none where there is none."""
        found = self.sudo().search([("begun_key", "=", key), ("state", "=", "draft")])
        return found.sudo(self.env.su)

    def _keep_begun(self, key):
        """Remember what this draft was begun from.

        :raise ConcurrencyError: if another transaction begins the same at this moment;
            the request is tried again and finds that draft.
        """
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                self.sudo().begun_key = key
                self.sudo().flush_recordset(["begun_key"])
        except UniqueViolation as error:
            raise ConcurrencyError("The same draft is begun twice at once") from error
