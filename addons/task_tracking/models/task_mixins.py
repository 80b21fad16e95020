# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import AccessError, LockError, UserError
from odoo.fields import Domain


def boolean_domain(positive, value):
    """Domain of a searchable boolean for the values asked ({True}, {False}, both)."""
    domain = Domain.FALSE
    if True in value:
        domain |= positive
    if False in value:
        domain |= ~positive
    return domain


class TaskClosedMixin(models.AbstractModel):
    """Fields of the workflow that nobody writes but the model's own actions."""

    _name = "task.closed.mixin"
    _description = "Closed workflow fields"

    #: Names of the fields closed to every user; actions write them in sudo after
    #: having checked the caller's right.
    _closed_fields = frozenset()

    def _has_field_access(self, field, operation):
        if operation == "write" and not self.env.su and self._is_closed(field):
            return False
        return super()._has_field_access(field, operation)

    @api.model
    def _is_closed(self, field):
        """Closed by name, or derived and stored: readonly alone stops no RPC."""
        derived = field.store and (field.compute or field.related) and field.readonly
        if derived or field.name in self._closed_fields:
            return True
        if field.type != "one2many" or not field.inverse_name:
            return False
        # writing this end of a link writes the other one
        other = self.env[field.comodel_name]
        return field.inverse_name in other._fields and field.inverse_name in getattr(
            other, "_closed_fields", ()
        )

    def _check_follower_change(self, name):
        """Who follows (the user in the field `name`) hands over; nobody takes over,
        since who follows confirms the results.

        :raise AccessError: if the user neither follows all of it nor is a manager.
        """
        user = self.env.user
        if self.env.su or user._task_is_manager():
            return
        if any(record[name] not in (user, user.browse()) for record in self):
            raise AccessError(
                self.env._("Only who follows this hands it over, or an Office manager.")
            )

    def _lock(self):
        """Two people acting at once: the second one is told, nothing is half done.

        :raise UserError: if somebody else holds the records.
        """
        try:
            self.sudo().lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._(
                    "Somebody else is acting on this at the moment. Reload and look"
                    " again."
                )
            ) from error


class TaskScopeMixin(models.AbstractModel):
    """Records an agency user reads if they are in scope: a field with a live search,
    so that record rules never go stale."""

    _name = "task.scope.mixin"
    _description = "In scope of the reader"

    #: What the answer depends on, besides the reader.
    _scope_depends = ()

    in_scope = fields.Boolean(compute="_compute_in_scope", search="_search_in_scope")

    @api.model
    def _scope_domain(self):
        """What the user reads, a Domain: override."""
        return Domain.FALSE

    @api.depends_context("uid")
    @api.depends(lambda self: self._scope_depends)
    def _compute_in_scope(self):
        seen = self.sudo().search(
            Domain("id", "in", self._origin.ids) & self._scope_domain()
        )
        for one in self:
            one.in_scope = one._origin in seen

    def _search_in_scope(self, operator, value):
        if operator != "in":
            return NotImplemented
        return boolean_domain(self._scope_domain(), value)


class TaskFilesMixin(models.AbstractModel):
    """Records with an `attachment_ids` many2many that own the files put there.

    The web client uploads a file before its record exists; the record then takes
    the uploader's own loose files, so that who reads the record reads its files.
    """

    _name = "task.files.mixin"
    _description = "Owner of attached files"

    #: The many2many fields that hold them.
    _file_fields = ("attachment_ids",)

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._own_files()
        return records

    def write(self, vals):
        result = super().write(vals)
        if not vals.keys().isdisjoint(self._file_fields):
            self._own_files()
        return result

    def _own_files(self):
        """Link the loose files of the current user; refuse those of anybody else."""
        none = self.env["ir.attachment"].sudo()
        for record in self:
            files = none.union(*(record.sudo()[name] for name in self._file_fields))
            loose = files.filtered(
                lambda file: not file.res_id and file.create_uid == self.env.user
            )
            loose.write({"res_model": record._name, "res_id": record.id})
            strange = files.filtered(
                lambda file, record=record: (
                    (file.res_model, file.res_id) != (record._name, record.id)
                )
            )
            if strange:
                # what the user may not read is not named
                known = strange.sudo(self.env.su)._filtered_access("read")
                raise AccessError(
                    self.env._(
                        "The file %(name)s belongs to another record and cannot be"
                        " attached here.",
                        name=known[:1].name or strange[0].id,
                    )
                )

    def _fixed_files(self):
        """Those of the records whose files nobody changes any more."""
        return self.browse()

    def _are_fixed(self, files):
        """Whether one of `files`, which hang on these records, is not changed any
        more; none is added either."""
        return bool(self._fixed_files())


class TaskThreadMixin(models.AbstractModel):
    """A chatter that tells its followers no more than they may read.

    A follower may have lost the right since: moved to another agency. Odoo
    asks for no right when it notifies.
    """

    _name = "task.thread.mixin"
    _description = "Chatter that keeps to the rights"
    _inherit = ["mail.thread"]

    # the core's own search on it bypasses the rights on messages
    message_ids = fields.One2many(bypass_search_access=False)

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        if not self:
            return recipients
        users = self.env["res.users"].browse(
            {one["uid"] for one in recipients if one["is_follower"] and one["uid"]}
        )
        readers = set(users.filtered(self._is_chatter_reader).ids)
        return [
            one for one in recipients if not one["is_follower"] or one["uid"] in readers
        ]

    def _is_chatter_reader(self, user):
        """Whether `user` reads the chatter of this record."""
        record = self.with_user(user).with_context(
            allowed_company_ids=user.sudo().company_ids.ids
        )
        operation = record._mail_get_operation_for_mail_message_operation("read")
        return record.has_access(operation[record])


class TaskToldMixin(models.AbstractModel):
    """Records of which somebody is told, with a link."""

    _name = "task.told.mixin"
    _description = "Tells users of itself"

    def _thread(self):
        """The record whose link the notification carries: override."""
        return self

    def _company(self):
        """The company the link leads to: override where there is no such field."""
        return self.company_id

    def _told_words(self):
        """What the notification says: override."""
        return self.answer or self.text or self.display_name

    def _tell(self, users):
        """Notify users with a link; nobody is told of their own act, nor who may not
        enter the company the link leads to."""
        self.ensure_one()
        users = users.sudo().filtered(lambda user: self._company() in user.company_ids)
        partners = (users - self.env.user).filtered("active").partner_id
        if partners:
            self._thread().message_notify(
                partner_ids=partners.ids,
                subject=self.display_name,
                body=self._told_words(),
                email_layout_xmlid="mail.mail_notification_light",
            )
