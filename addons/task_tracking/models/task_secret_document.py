# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import date

from odoo import api, fields, models
from odoo.exceptions import AccessError, RedirectWarning, UserError, ValidationError
from odoo.fields import Domain

CLEARANCE = "task_tracking.group_secret_clearance"
#: What identifies a secret document within the register of a company.
KEY_FIELDS = ("company_id", "issued_on", "number", "notation")


class TaskSecretDocument(models.Model):
    """A line of the register of secret documents: BG Đ5.2 a–g, field by field.

    A model of its own, so that nothing of a directive (abstract, full text, tasks,
    files, notes) can be on it: there is no field for it, no chatter, and
    `task_secret_channels.py` refuses what other models would hang on it. Kept only
    where the regulation's policy `secret` is "register"; the Office keeps it with
    clearance, leaders read it with clearance, an agency's cleared users read the lines
    that name their agency. `done_by_id` and `done_at` say who entered the result and
    when; the rest is what the article lists.
    """

    _name = "task.secret.document"
    _description = "Register of secret documents"
    _inherit = ["task.closed.mixin", "task.scope.mixin"]
    _order = "issued_on desc, id desc"
    _scope_depends = ("agency_ids",)
    _rec_names_search = ["number", "notation", "name"]
    _closed_fields = frozenset(("done_on", "done_by_id", "done_at"))

    name = fields.Char(
        string="Title", required=True, help="The title only: no abstract (BG Đ5.2a)."
    )
    number = fields.Char(required=True, copy=False)
    notation = fields.Char(copy=False)
    issued_on = fields.Date(string="Issued on", required=True)
    signer = fields.Char()
    drafter_id = fields.Many2one(
        "res.partner",
        string="Drafting agency",
        ondelete="restrict",
        domain=[("is_agency", "=", True)],
    )
    agency_ids = fields.Many2many(
        "res.partner",
        "task_secret_document_agency_rel",
        string="Agencies assigned",
        required=True,
        ondelete="restrict",
        domain=[("is_agency", "=", True)],
    )
    office_unit_id = fields.Many2one(
        "res.partner",
        string="Unit of the Office",
        ondelete="restrict",
        domain=[("agency_kind", "=", "office_unit")],
    )
    specialist_id = fields.Many2one(
        "res.users",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
        domain=lambda self: [
            (
                "all_group_ids",
                "in",
                self.env.ref("task_tracking.group_office_specialist").ids,
            )
        ],
    )
    task_count = fields.Integer(
        string="Number of tasks",
        required=True,
        default=1,
        help="How many tasks the document assigns; not what they are (BG Đ5.2đ).",
    )
    deadline = fields.Date()
    done_on = fields.Date(string="Done on", copy=False, readonly=True)
    done_by_id = fields.Many2one(
        "res.users",
        string="Result entered by",
        copy=False,
        readonly=True,
        ondelete="restrict",
    )
    done_at = fields.Datetime(string="Result entered at", copy=False, readonly=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )

    # The year and the normal form are in the index alone: no column beside BG Đ5.2's.
    _number_uniq = models.UniqueIndex(
        "(company_id, date_part('year', issued_on),"
        " upper(coalesce(nullif(ltrim(number, '0'), ''), number)),"
        " upper(coalesce(notation, '')))",
        "A secret document with this number, notation and year is registered already.",
    )
    _task_count_positive = models.Constraint(
        "CHECK (task_count >= 1)", "A secret document assigns at least one task."
    )

    @api.depends("number", "notation")
    def _compute_display_name(self):
        for document in self:
            document.display_name = "/".join(
                filter(None, (document.number, document.notation))
            )

    # -- who reads and who keeps it --------------------------------------------------
    @api.model
    def _scope_domain(self):
        """What the user reads with clearance; nothing without.

        The Office and the leaders all of it, an agency what names it (its units and
        the bodies above it are not concerned: secrets go to whom they are sent).
        """
        user = self.env.user
        if not user.has_group(CLEARANCE):
            return Domain.FALSE
        if user._task_is_office_or_leader():
            return Domain.TRUE
        agency = user.sudo().task_agency_id
        return Domain("agency_ids", "in", agency.ids) if agency else Domain.FALSE

    @api.model
    def _check_keeper(self, companies):
        """Only where the regulation keeps a register, and only the Office, cleared.

        :raise UserError: naming the article, where secret documents are kept out.
        :raise AccessError: if the user does not keep the register.
        """
        for company in companies.sudo():
            if company._task_regulation()._policy("secret") != "register":
                self._refuse_elsewhere(company)
        user = self.env.user
        if not self.env.su and not (
            user.has_group(CLEARANCE) and user._task_is_office()
        ):
            raise AccessError(
                self.env._(
                    "The register of secret documents is kept by people of the Office"
                    " with clearance."
                )
            )

    @api.model
    def _refuse_elsewhere(self, company):
        """Refuse a secret document that was entered where it does not belong.

        :raise UserError: naming the article of the company's regulation and what it
            wants instead; with the way to the register for who may keep it, as
        :raise RedirectWarning:
        """
        regulation = company._task_regulation()
        policy = regulation._policy("secret")
        source = regulation.sudo()._policy_source("secret")
        words = {
            "article": source.article
            or regulation.display_name
            or self.env._("Secret documents"),
            "quote": source.note or source.quote or "",
        }
        if policy == "outside_books":
            raise UserError(
                self.env._(
                    "%(article)s: secret documents are followed in separate books,"
                    " outside this system. Nothing was stored. %(quote)s",
                    **words,
                )
            )
        if policy != "register":
            raise UserError(
                self.env._(
                    "%(article)s: secret documents are kept off this system."
                    " Nothing was stored. %(quote)s",
                    **words,
                )
            )
        message = self.env._(
            "%(article)s: a secret document is entered in the register of secret"
            " documents only, by people with clearance and without its content."
            " Nothing was stored.",
            **words,
        )
        if not self.env.user.has_group(CLEARANCE):
            raise UserError(message)
        raise RedirectWarning(
            message,
            self.env.ref("task_tracking.action_task_secret_document").id,
            self.env._("Open the register of secret documents"),
        )

    # -- written by the Office, the same document once -------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        documents = self.env["task.document"]
        defaults = self.default_get(["company_id", "number", "notation", "issued_on"])
        vals_list = [
            documents._clean_reference_vals({**defaults, **vals}) for vals in vals_list
        ]
        # before anything is stored, and before anything is said on what is there
        self._check_keeper(
            self.env["res.company"].browse({vals["company_id"] for vals in vals_list})
        )
        self._check_duplicates([self._duplicate_key(vals) for vals in vals_list])
        return super().create(vals_list)

    def write(self, vals):
        self.check_access("write")
        vals = self.env["task.document"]._clean_reference_vals(vals)
        companies = self.company_id
        if vals.get("company_id"):
            companies |= companies.browse(vals["company_id"])
        self._check_keeper(companies)
        if set(KEY_FIELDS) & set(vals):
            self._check_duplicates([one._duplicate_key(vals) for one in self])
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        for document in self.filtered("done_on"):
            if document.company_id._task_regulation()._policy("secret") == "register":
                raise UserError(
                    self.env._(
                        "A secret document whose tasks are done stays in the register."
                    )
                )

    def _duplicate_key(self, vals):
        """(company, year, normal reference) after `vals`, None if unknown."""
        values = {
            name: self._fields[name].convert_to_write(self[name], self)
            for name in KEY_FIELDS
            if self
        } | vals
        issued_on = fields.Date.to_date(values.get("issued_on"))
        if not (values.get("number") and issued_on):
            return None
        reference = self.env["task.document"]._normal_reference(
            values["number"], values.get("notation")
        )
        return values["company_id"], issued_on.year, reference

    def _check_duplicates(self, keys):
        """Refuse the same number, notation and year twice in a company's register.

        :raise ValidationError: said to who keeps the register only.
        """
        keys = [key for key in keys if key]
        if not keys:
            return
        known = self.sudo().search(
            Domain("id", "not in", self.ids)
            & Domain.OR(
                Domain("company_id", "=", company)
                & Domain("issued_on", ">=", date(year, 1, 1))
                & Domain("issued_on", "<=", date(year, 12, 31))
                for company, year in {key[:2] for key in keys}
            )
        )
        if len(set(keys)) < len(keys) or not {
            one._duplicate_key({}) for one in known
        }.isdisjoint(keys):
            raise ValidationError(
                self.env._(
                    "A secret document with this number, notation and year is"
                    " registered already."
                )
            )

    @api.constrains("issued_on", "deadline", "done_on")
    def _check_days(self):
        for document in self:
            if document.issued_on > document.company_id._task_today():
                raise ValidationError(self.env._("The day of issue is in the future."))
            for day in (document.deadline, document.done_on):
                if day and day < document.issued_on:
                    raise ValidationError(
                        self.env._(
                            "The deadline and the day it was done are not before the"
                            " day of issue."
                        )
                    )

    @api.constrains("agency_ids")
    def _check_agencies(self):
        for document in self:
            if not document.agency_ids or not all(
                document.agency_ids.mapped("is_agency")
            ):
                raise ValidationError(
                    self.env._("Name the agencies the document assigns tasks to.")
                )
