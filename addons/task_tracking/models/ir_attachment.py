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

    # -- who reads a file of a record --------------------------------------------------
    def _check_access(self, operation):
        """Who reads a record reads its files and those shared through it, nothing else
        of the record they come from, and none that the record keeps back."""
        result = super()._check_access(operation)
        if self.env.su or not self:
            return result
        forbidden, error = result or (self.browse(), None)
        refused = (self - forbidden)._kept_back(operation) | forbidden
        if operation == "read":
            refused -= forbidden._shared()
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
        # the search by model asks only for the right to read the record
        if not (self.env.su or bypass_access):
            domain = Domain(domain) & self._let_through("read")
        return super()._search(
            domain,
            offset,
            limit,
            order,
            active_test=active_test,
            bypass_access=bypass_access,
        )

    def _kept_back(self, operation):
        """Those of the files that the user may not `operation`, though they may the
        record each hangs on."""
        open_ones = self._let_through(operation)
        files = self.sudo()._task_files()
        if open_ones.is_true() or not files:
            return self.browse()
        kept = files._origin - files.search(Domain("id", "in", files.ids) & open_ones)
        return self.filtered(lambda file: file._origin in kept)

    @api.model
    def _let_through(self, operation):
        """The files of which no record keeps the user from the `operation`, as a
        domain: what `_kept_back` and `_search` go by. Extend it with `_unless_on`.

        The Office's files in the chatter of a directive are not its readers'.
        """
        documents = self.env["task.document"]
        if operation != "read" or documents._reads_notes():
            return Domain.TRUE
        return self._unless_on(documents, self._among(documents, "attachment_ids"))

    @api.model
    def _unless_on(self, owners, shown):
        """The files that hang on no record of the model of `owners`, and those of them
        that are shown, as a domain.

        :param shown: shown(owner, file) is the SQL condition for it, of the ids of the
            record and of its file
        """

        def to_sql(_files, alias, _query):
            owner = SQL.identifier(alias, "res_id")
            return SQL(
                "(%s IS DISTINCT FROM %s OR COALESCE(%s, 0) = 0 OR %s)",
                SQL.identifier(alias, "res_model"),
                owners._name,
                owner,
                shown(owner, SQL.identifier(alias, "id")),
            )

        return Domain.custom(to_sql=to_sql)

    @api.model
    def _among(self, owners, name):
        """Whether a file is in the field `name` of the record it hangs on: for
        `_unless_on`."""
        field = owners._fields[name]
        return lambda owner, file: SQL(
            "(%s, %s) IN (SELECT %s, %s FROM %s)",
            owner,
            file,
            SQL.identifier(field.column1),
            SQL.identifier(field.column2),
            SQL.identifier(field.relation),
        )

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
