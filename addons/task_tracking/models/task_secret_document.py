# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import date, timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, RedirectWarning, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from .task_mixins import boolean_domain
from .task_secret_channels import REGISTER

CLEARANCE = "task_tracking.group_secret_clearance"
#: What identifies a secret document within the register of a company.
KEY_FIELDS = ("company_id", "issued_on", "number", "notation")
#: What the result is today (BG Đ5.2g: "đã thực hiện; chưa thực hiện trong hạn hoặc
#: quá hạn"), without a word on what was done.
RESULTS = [
    ("done", "Done"),
    ("in_time", "Not done, within the deadline"),
    ("overdue", "Not done, overdue"),
]


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

    _name = REGISTER
    _description = "Register of Secret Documents"
    _inherit = ["task.closed.mixin"]
    _order = "issued_on desc, id desc"
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
    result = fields.Selection(
        RESULTS, compute="_compute_result", search="_search_result"
    )
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
    in_scope = fields.Boolean(compute="_compute_in_scope", search="_search_in_scope")
    can_mark_done = fields.Boolean(compute="_compute_can_mark")
    can_undo_done = fields.Boolean(compute="_compute_can_mark")

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

    # -- the result, by the province's today -----------------------------------------
    @api.model
    def _overdue_until(self):
        """The last deadline that is overdue today.

        A deadline on a day off stands, or moves to the next working day: the same
        switch of the regulation as for every other task.
        """
        company = self.env.company
        today = company._task_today()
        if company._task_regulation()._policy("day_off") == "next_working_day":
            return company._task_calendar().before(today, 1)
        return today - timedelta(days=1)

    @api.depends("done_on", "deadline")
    @api.depends_context("company")
    def _compute_result(self):
        until = self._overdue_until()
        for document in self:
            if document.done_on:
                document.result = "done"
            elif document.deadline and document.deadline <= until:
                document.result = "overdue"
            else:
                document.result = "in_time"

    def _search_result(self, operator, value):
        if operator != "in":
            return NotImplemented
        undone = Domain("done_on", "=", False)
        overdue = Domain("deadline", "<=", self._overdue_until())
        domains = {
            "done": ~undone,
            "overdue": undone & overdue,
            "in_time": undone & (Domain("deadline", "=", False) | ~overdue),
        }
        return Domain.OR(domains[code] for code in domains if code in value)

    def _field_to_sql(self, alias, field_expr, query=None):
        """SQL of the result, so that it groups and sorts without being stored."""
        if field_expr == "result":
            return SQL(
                "CASE WHEN %s IS NOT NULL THEN 'done'"
                " WHEN %s <= %s THEN 'overdue' ELSE 'in_time' END",
                self._field_to_sql(alias, "done_on", query),
                self._field_to_sql(alias, "deadline", query),
                self._overdue_until(),
            )
        return super()._field_to_sql(alias, field_expr, query)

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
        if user._task_is_office() or user.has_group("task_tracking.group_leader"):
            return Domain.TRUE
        agency = user.sudo().task_agency_id
        return Domain("agency_ids", "in", agency.ids) if agency else Domain.FALSE

    @api.depends("agency_ids")
    @api.depends_context("uid")
    def _compute_in_scope(self):
        seen = self.sudo().search(
            Domain("id", "in", self._origin.ids) & self._scope_domain()
        )
        for document in self:
            document.in_scope = document._origin in seen

    def _search_in_scope(self, operator, value):
        if operator != "in":
            return NotImplemented
        return boolean_domain(self._scope_domain(), value)

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

    # -- the result ------------------------------------------------------------------
    @api.depends("done_on", "done_by_id", "done_at", "agency_ids")
    @api.depends_context("uid")
    def _compute_can_mark(self):
        for document in self:
            document.can_mark_done = not document._done_refusal()
            document.can_undo_done = not document._undo_refusal()

    def _done_refusal(self):
        """Why the user may not enter that it was done: an exception, or None."""
        if self.done_on:
            return UserError(self.env._("The result is entered already."))
        user = self.env.user
        if self.env.su or (user.has_group(CLEARANCE) and user._task_is_office()):
            return None
        regulation = self.company_id._task_regulation()
        if (
            user.has_group(CLEARANCE)
            and user.has_group("task_tracking.group_agency_officer")
            and user.sudo().task_agency_id in self.sudo().agency_ids
            and (
                user._task_may_submit() or regulation._policy("submitter") == "officer"
            )
        ):
            return None
        return AccessError(
            self.env._(
                "The Office enters the result, or the head of an agency assigned or"
                " an officer the head authorised, all with clearance."
            )
        )

    def _undo_refusal(self):
        """Why the current user may not take it back: an exception, or None."""
        if not self.done_on:
            return UserError(self.env._("No result is entered."))
        company = self.company_id
        if (
            self.done_by_id != self.env.user
            or company._task_local(self.done_at).date() != company._task_today()
        ):
            return UserError(
                self.env._("Only who entered the result takes it back, the same day.")
            )
        return None

    def action_mark_done(self, day=None):
        """Enter that the tasks of the documents are done (BG Đ5.2g, Đ6.2d).

        :param day: the day it was done; today by default. Only the Office states an
            earlier one, from the paper it holds.
        :raise AccessError: if it is neither the Office nor a named agency, cleared.
        :raise UserError: if it is entered already or the day cannot be.
        """
        self.check_access("read")
        self._lock()
        office = self.env.su or self.env.user._task_is_office()
        for document in self:
            if refusal := document._done_refusal():
                raise refusal
            today = document.company_id._task_today()
            done_on = fields.Date.to_date(day) or today
            if done_on > today or (done_on < today and not office):
                raise UserError(
                    self.env._(
                        "An agency enters what it did today; the Office may state an"
                        " earlier day, never a later one."
                    )
                )
            document.sudo().write(
                {
                    "done_on": done_on,
                    "done_by_id": self.env.uid,
                    "done_at": fields.Datetime.now(),
                }
            )

    def action_undo_done(self):
        """Take back a result entered by mistake: same person, same day.

        :raise UserError: otherwise.
        """
        self.check_access("read")
        self._lock()
        for document in self:
            if refusal := document._undo_refusal():
                raise refusal
        self.sudo().write({"done_on": False, "done_by_id": False, "done_at": False})

    # -- figures, apart --------------------------------------------------------------
    @api.model
    def _secret_counts(self, date_from, date_to, agency=None):
        """How many secret documents and tasks were entered, for who has clearance.

        They are in no other figure (DOMAIN.md section 3). Those of the current
        company issued within the days given, as far as the reader's rules go.

        :param agency: a res.partner; empty counts every agency.
        :return: {"documents": int, "tasks": int}, None without clearance or where
            the regulation keeps no register.
        """
        company = self.env.company
        if (
            not self.env.user.has_group(CLEARANCE)
            or company._task_regulation()._policy("secret") != "register"
        ):
            return None
        domain = (
            Domain("company_id", "=", company.id)
            & Domain("issued_on", ">=", date_from)
            & Domain("issued_on", "<=", date_to)
        )
        if agency:
            domain &= Domain("agency_ids", "in", agency.ids)
        [(documents, tasks)] = self.sudo(False)._read_group(
            domain, aggregates=["__count", "task_count:sum"]
        )
        return {"documents": documents, "tasks": tasks or 0}
