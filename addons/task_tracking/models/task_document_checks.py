# SPDX-License-Identifier: LGPL-3.0-or-later
import re

from odoo import Command, api, fields, models
from odoo.exceptions import RedirectWarning, ValidationError
from odoo.fields import Domain

#: What identifies a directive: the same twice is refused.
KEY_FIELDS = ("company_id", "issuer_id", "issued_on", "number", "notation")


class TaskDocument(models.Model):
    """What is refused when a directive is written: secrets, duplicates, foreign files.

    Checked on the values before anything is stored, whoever writes: a form, an
    import, RPC with defaults in its context.
    """

    _inherit = "task.document"

    @api.model_create_multi
    def create(self, vals_list):
        # defaults too, since a caller's context may bring them
        names = ["secrecy", "attachment_ids", *KEY_FIELDS]
        defaults = self.default_get(names)
        companies = self.env["res.company"]
        vals_list = [
            self._clean_reference_vals({**defaults, **vals}) for vals in vals_list
        ]
        for vals in vals_list:
            self._refuse_secret(vals, companies.browse(vals.get("company_id") or ()))
        self._check_duplicates([self._duplicate_key(vals) for vals in vals_list])
        documents = super().create(vals_list)
        documents.shared_attachment_ids._check_may_share()
        documents._note_registered()
        return documents

    def write(self, vals):
        vals = self._clean_reference_vals(vals)
        if vals.get("secrecy", "open") != "open":
            self._refuse_secret(vals, self.company_id)
        if set(KEY_FIELDS) & set(vals):
            self._check_duplicates([one._duplicate_key(vals) for one in self])
        if "specialist_id" in vals:
            self._check_follower_change("specialist_id")
        shared = "shared_attachment_ids" in vals and self.shared_attachment_ids
        result = super().write(vals)
        if "shared_attachment_ids" in vals:
            (self.shared_attachment_ids - shared)._check_may_share()
        if "task_ids" in vals:
            self._note_registered()
        return result

    # -- the same directive twice ----------------------------------------------------
    @api.model
    def _clean_reference_vals(self, vals):
        """Number and notation without blanks; 12/UBND-KT as a number is both.

        Capitals and a leading 0 stay as on the paper (CTr-UBND, 05).
        """
        clean = dict(vals)
        for name in {"number", "notation"} & set(clean):
            clean[name] = re.sub(r"\s+", "", clean[name] or "").strip("/") or False
        if "/" in (clean.get("number") or "") and not clean.get("notation"):
            clean["number"], clean["notation"] = clean["number"].split("/", 1)
        return clean

    @api.model
    def _normal_reference(self, number, notation):
        """What 05/UBND-KT and 5/ubnd-kt have in common: the same document."""
        number = (number or "").lstrip("0") or number
        return "/".join(filter(None, (number, notation))).upper()

    def _duplicate_key(self, vals):
        """(company, issuer, year, reference) after `vals`, None if unnumbered."""
        values = {
            name: self._fields[name].convert_to_write(self[name], self)
            for name in KEY_FIELDS
            if self
        } | vals
        issued_on = fields.Date.to_date(values.get("issued_on"))
        if not (values.get("number") and issued_on):
            return None
        reference = self._normal_reference(values["number"], values.get("notation"))
        company, issuer = values.get("company_id"), values.get("issuer_id")
        return company, issuer, issued_on.year, reference

    def _check_duplicates(self, keys):
        """Refuse the same number, notation, issuer and year, with a way to the first.

        :raise RedirectWarning: if the user may open the first one, else
        :raise ValidationError: without a word on what it holds.
        """
        keys = [key for key in keys if key]
        if not keys:
            return
        names = ("company_id", "issuer_id", "issue_year", "reference_key")
        domain = Domain.OR(
            Domain.AND(
                Domain(name, "=", value) for name, value in zip(names, key, strict=True)
            )
            for key in keys
        )
        first = self.sudo().search(domain & Domain("id", "not in", self.ids), limit=1)
        if not first and len(set(keys)) == len(keys):
            return
        visible = first.sudo(False)._filtered_access("read")
        if not visible:
            raise ValidationError(
                self.env._(
                    "A directive with this number, notation, issuing body and year is"
                    " already registered."
                )
            )
        raise RedirectWarning(
            self.env._(
                "A directive with this number, notation, issuing body and year is"
                " already registered: %(directive)s",
                directive=visible.display_name,
            ),
            visible._get_records_action(),
            self.env._("Open the registered directive"),
        )

    # -- secret documents ------------------------------------------------------------
    @api.model
    def _refuse_secret(self, vals, companies):
        """Refuse a secret document before anything is stored: directives are open.

        :param vals: the values of one directive.
        :param companies: whose regulation says where it belongs instead.
        :raise UserError, RedirectWarning: naming the article.
        """
        if vals.get("secrecy") in (None, False, "open"):
            return
        self._discard_uploads(vals)
        for company in companies or self.env.company:
            self.env["task.secret.document"]._refuse_elsewhere(company)

    @api.model
    def _discard_uploads(self, vals):
        """Delete the files the user uploaded for the directive that is refused.

        The web client uploads before it saves, in transactions of their own, so the
        refusal rolls back nothing of it: another cursor deletes them for good, only
        the user's own that no record has taken, and only those that nobody holds
        (the current transaction neither, or it would wait for itself).
        """
        ids = set()
        for command in vals.get("attachment_ids") or ():
            if isinstance(command, int):
                ids.add(command)
            elif command[0] == Command.LINK:
                ids.add(command[1])
            elif command[0] == Command.SET:
                ids.update(command[2])
        if not ids:
            return
        with self.env.registry.cursor() as cr:
            files = self.env["ir.attachment"].with_env(self.env(cr=cr)).sudo()
            files.search(
                Domain("id", "in", ids)
                & Domain("create_uid", "=", self.env.uid)
                & Domain("res_model", "in", (False, self._name))
                & Domain("res_id", "in", (False, 0))
            ).try_lock_for_update().unlink()
