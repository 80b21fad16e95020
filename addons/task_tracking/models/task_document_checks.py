# SPDX-License-Identifier: LGPL-3.0-or-later
import re

from odoo import api, fields, models
from odoo.exceptions import AccessError, RedirectWarning, UserError, ValidationError
from odoo.fields import Domain

#: What the register of secret documents never holds (BG Đ5.2).
CONTENT_FIELDS = (
    "abstract",
    "full_text",
    "attachment_ids",
    "shared_attachment_ids",
    "task_ids",
)
#: What identifies a directive: the same twice is refused.
KEY_FIELDS = ("company_id", "issuer_id", "issued_on", "number", "notation")
CLEARANCE = "task_tracking.group_secret_clearance"


class TaskDocument(models.Model):
    """What is refused when a directive is written: secrets, duplicates, foreign files.

    Checked on the values before anything is stored, whoever writes: a form, an
    import, RPC with defaults in its context.
    """

    _inherit = "task.document"

    @api.model_create_multi
    def create(self, vals_list):
        # defaults too, since a caller's context may bring them
        names = ["secrecy", *KEY_FIELDS, *CONTENT_FIELDS]
        defaults = self.default_get(names)
        vals_list = [
            self._clean_reference_vals({**defaults, **vals}) for vals in vals_list
        ]
        for vals in vals_list:
            self._check_secrecy(vals)
        self._check_duplicates([self._duplicate_key(vals) for vals in vals_list])
        documents = super().create(vals_list)
        documents.shared_attachment_ids._check_may_share()
        documents._note_registered()
        return documents

    def write(self, vals):
        vals = self._clean_reference_vals(vals)
        if {"secrecy", "company_id", *CONTENT_FIELDS} & set(vals):
            for document in self:
                document._check_secrecy(
                    {
                        name: document[name]
                        for name in ("secrecy", "company_id", *CONTENT_FIELDS)
                    }
                    | vals
                )
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
    def _check_secrecy(self, vals):
        """Refuse a secret document where the regulation keeps them out.

        Called with the values of one document before anything is stored. Where a
        register is allowed, only people with clearance keep it, without content.

        :raise UserError: naming the article that keeps the document out.
        :raise AccessError: without clearance.
        """
        if vals.get("secrecy", "open") == "open":
            return
        company = vals.get("company_id") or self.env.company
        if isinstance(company, int):
            company = self.env["res.company"].browse(company)
        regulation = company._task_regulation()
        source = regulation._policy_source("secret")
        if regulation._policy("secret") != "register":
            raise UserError(
                self.env._(
                    "%(article)s: secret documents are kept off this system."
                    " Nothing was stored. %(quote)s",
                    article=source.article or regulation.display_name,
                    quote=source.note or source.quote or "",
                )
            )
        if not self.env.su and not self.env.user.has_group(CLEARANCE):
            raise AccessError(
                self.env._("Only people with clearance register secret documents.")
            )
        if any(vals.get(name) for name in CONTENT_FIELDS):
            self._refuse_secret_content(company)

    @api.model
    def _refuse_secret_content(self, company):
        """Refuse what the register of secret documents of `company` does not hold."""
        source = company._task_regulation()._policy_source("secret")
        raise UserError(
            self.env._(
                "%(article)s: the register of secret documents holds no abstract,"
                " content, tasks or files.",
                article=source.article or self.env._("Secret documents"),
            )
        )
