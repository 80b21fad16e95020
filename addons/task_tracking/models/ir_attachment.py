# SPDX-License-Identifier: LGPL-3.0-or-later
import unicodedata

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL, human_size

#: Default limit of one file, in bytes, where the administrator set none.
DEFAULT_LIMIT = 25 * 1024 * 1024
LIMIT_PARAMETER = "task_tracking.max_file_size"
#: What makes another file of a file, or another record's.
FIXED_FIELDS = frozenset(
    (
        "name",
        "datas",
        "raw",
        "db_datas",
        "store_fname",
        "type",
        "url",
        "mimetype",
        "public",
        "res_model",
        "res_id",
        "res_field",
    )
)


def _of_directive(file):
    """Whether the file hangs on a directive, as one of its files or in its chatter."""
    return file.res_model == "task.document" and file.res_id


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    @api.model
    def _task_file_limit(self):
        """The largest file accepted on task records, in bytes (system parameter)."""
        value = self.env["ir.config_parameter"].sudo().get_param(LIMIT_PARAMETER)
        return int(value) if value else DEFAULT_LIMIT

    @api.model
    def _task_file_name(self, name):
        """A name that `_check_task_files` accepts, near to `name`: of a file that comes
        from outside, as a mail program wrote it."""
        name = unicodedata.normalize("NFC", name or "")
        name = "".join(
            "-" if one in "/\\" else one for one in name if one.isprintable()
        ).strip()
        return name if name.strip(". ") else self.env._("attachment")

    @api.model_create_multi
    def create(self, vals_list):
        attachments = super().create(vals_list)
        attachments._check_task_files()
        if not self.env.su:
            attachments._check_not_fixed()
        return attachments

    def write(self, vals):
        changes = not self.env.su and bool(FIXED_FIELDS & set(vals))
        if changes:
            self._check_not_fixed()
        result = super().write(vals)
        if {"name", "datas", "raw", "res_model", "res_id"} & set(vals):
            self._check_task_files()
        if changes:
            self._check_not_fixed()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_fixed(self):
        # in sudo as well: the chatter's own route deletes that way
        self._check_not_fixed()

    def _task_files(self):
        return self.filtered(lambda file: (file.res_model or "").startswith("task."))

    def _check_task_files(self):
        """Refuse a file that is too large or whose name leads out of its folder.

        :raise UserError: naming the file.
        """
        files = self.sudo()._task_files()
        if not files:
            return
        limit = self._task_file_limit()
        for file in files:
            if file.file_size > limit:
                raise UserError(
                    self.env._(
                        "The file %(name)s (%(size)s) is larger than the limit of"
                        " %(limit)s.",
                        name=file.name,
                        size=human_size(file.file_size),
                        limit=human_size(limit),
                    )
                )
            name = file.name or ""
            if (
                any(mark in name for mark in ("/", "\\"))
                or name.strip(". ") == ""
                or not name.isprintable()
            ):
                raise UserError(
                    self.env._("The file name “%(name)s” is not allowed.", name=name)
                )

    def _check_not_fixed(self):
        """What was handed in or reported keeps its files as they were.

        :raise UserError: if a file belongs to such a record.
        """
        keeper = self.env.registry["task.files.mixin"]
        for model, files in self.sudo()._task_files().grouped("res_model").items():
            owners = self.env.get(model)
            if not isinstance(owners, keeper):
                continue
            owners = owners.sudo().browse(set(files.mapped("res_id"))).exists()
            if owners._are_fixed(files):
                raise UserError(
                    self.env._("The files of what was submitted are not changed.")
                )

    # -- who reads a file of a directive -----------------------------------------------
    def _check_access(self, operation):
        """Who reads a directive reads its files and those shared through it, nothing
        else of the record they come from, and not what the Office notes on it."""
        result = super()._check_access(operation)
        if operation != "read" or self.env.su or not self:
            return result
        forbidden, error = result or (self.browse(), None)
        notes = (self - forbidden)._notes_on_directives()
        refused = forbidden - forbidden._shared() | notes
        if not refused:
            return None
        return refused, error or (
            lambda: AccessError(self.env._("You may not read this file."))
        )

    @api.model
    def _search(
        self,
        domain,
        offset=0,
        limit=None,
        order=None,
        *,
        active_test=True,
        bypass_access=False,
    ):
        query = super()._search(
            domain,
            offset,
            limit,
            order,
            active_test=active_test,
            bypass_access=bypass_access,
        )
        documents = self.env["task.document"]
        if bypass_access or documents._reads_notes() or query.is_empty():
            return query
        # the search by model asks for the right to read the directive only
        field = documents._fields["attachment_ids"]
        query.add_where(
            SQL(
                "(%(model)s IS DISTINCT FROM %(name)s OR COALESCE(%(owner)s, 0) = 0"
                " OR %(id)s IN (SELECT %(column)s FROM %(relation)s))",
                model=SQL.identifier(query.table, "res_model"),
                name=documents._name,
                owner=SQL.identifier(query.table, "res_id"),
                id=SQL.identifier(query.table, "id"),
                column=SQL.identifier(field.column2),
                relation=SQL.identifier(field.relation),
            )
        )
        return query

    def _notes_on_directives(self):
        """Files of the Office's chatter on directives, if the user may not read it."""
        documents = self.env["task.document"].sudo()
        files = self.sudo().filtered(_of_directive)
        if not files or self.env["task.document"]._reads_notes():
            return self.browse()
        owners = documents.browse(files.mapped("res_id")).exists()
        return (files - owners.attachment_ids).sudo(self.env.su)

    def _shared(self):
        """Those of the files that the user may not read where they hang, but which
        something the user reads shares: extend."""
        return self._shared_by_directive()

    def _shared_by_directive(self):
        """Those of the files that a directive the user reads shares."""
        documents = self.env["task.document"]
        if not self or not documents.has_access("read"):
            return self.browse()
        found = documents.search(Domain("shared_attachment_ids", "in", self.ids))
        return found.sudo().shared_attachment_ids.sudo(self.env.su) & self

    def _check_may_share(self):
        """Sharing gives no new access: who shares a file reads it without the share.

        :raise AccessError: if the user does not.
        """
        if self.env.su:
            return
        # not the override above: it already sees the share that is being checked
        # pylint: disable-next=super-method-mismatch
        result = super()._check_access("read")
        if result:
            raise result[1]()
