# SPDX-License-Identifier: LGPL-3.0-or-later
"""Cascade, downwards (KT Đ1, Đ4, Đ6.1): what a superior body assigns to an agency
that is a company of this database becomes that company's own draft directive.

Each level keeps its own records, under its own regulation. The only links between
two levels are ids that nobody but the server reads (`NO_ACCESS`).
"""

from odoo import SUPERUSER_ID, Command, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import NO_ACCESS, Domain

from .task_assignment import OPEN_STATES

#: What the directive of the lower level repeats of the superior body's.
DIRECTIVE_FIELDS = (
    "name",
    "is_oral",
    "number",
    "notation",
    "type_id",
    "abstract",
    "issued_on",
    "despatched_on",
    "signer",
    "signer_position",
    "issuer_id",
    "drafter_id",
    "source",
    "assigner_level",
    "urgency",
    "is_adhoc",
    "full_text",
)
#: What its tasks repeat; who directs and follows the task is each level's own.
TASK_FIELDS = (
    "sequence",
    "name",
    "follow_up",
    "product_kind",
    "product_to",
    "deadline_text",
    "field_id",
)
FILE_FIELDS = ("attachment_ids", "shared_attachment_ids")


def as_system(records, company, lang=None):
    """`records` in the name of the system, inside `company`: the users of one level
    are no authors in another, and bring none of their context along."""
    context = {"allowed_company_ids": company.ids, "lang": lang or records.env.lang}
    return records.with_env(records.env(user=SUPERUSER_ID, context=context))


class TaskDocument(models.Model):
    _inherit = "task.document"

    parent_document_id = fields.Many2one(
        "task.document",
        ondelete="restrict",
        copy=False,
        index="btree_not_null",
        groups=NO_ACCESS,
        export_string_translation=False,
    )
    parent_company_id = fields.Many2one(
        related="parent_document_id.company_id",
        string="Company above",
        store=True,
        groups=NO_ACCESS,
        export_string_translation=False,
    )
    child_document_ids = fields.One2many(
        "task.document",
        "parent_document_id",
        groups=NO_ACCESS,
        export_string_translation=False,
    )
    is_from_above = fields.Boolean(
        string="From a superior body",
        compute="_compute_is_from_above",
        compute_sudo=True,
        store=True,
    )
    above_task_ids = fields.One2many(
        "task.task",
        "document_id",
        string="Tasks from above",
        domain=[("is_from_above", "=", True)],
        readonly=True,
        copy=False,
    )

    _parent_uniq = models.UniqueIndex(
        "(parent_document_id, company_id) WHERE parent_document_id IS NOT NULL",
        "The company received this directive already.",
    )

    @api.depends("parent_document_id")
    def _compute_is_from_above(self):
        for document in self:
            document.is_from_above = bool(document.parent_document_id)

    def write(self, vals):
        """Files added to a directive, or taken off it, are so at every level."""
        if not set(FILE_FIELDS) & set(vals):
            return super().write(vals)
        children = self.sudo().filtered("child_document_ids")
        before = {one: one._files_to_share() for one in children}
        result = super().write(vals)
        for one, files in before.items():
            now = one._files_to_share()
            changes = [Command.link(file.id) for file in now - files]
            changes += [Command.unlink(file.id) for file in files - now]
            if changes:
                one.child_document_ids.write({"shared_attachment_ids": changes})
        return result

    def _files_to_share(self):
        return self.attachment_ids | self.shared_attachment_ids

    def _received_by(self, company, receiver):
        """The directives of `company` that stand for these, made where missing.

        One that its Office registered by hand before is taken as it is.

        :return: {directive of the superior body: directive of the company}
        """
        documents = as_system(self.env["task.document"], company, receiver.lang)
        found = documents.search(
            [("company_id", "=", company.id), ("parent_document_id", "in", self.ids)]
        )
        received = {one.parent_document_id.id: one for one in found}
        new, vals_list = [], []
        for document in self.filtered(lambda one: one.id not in received):
            vals = document._received_vals(company, receiver)
            same = documents._same_directive(vals)
            if not same:
                new.append(document.id)
                vals_list.append(vals)
                continue
            received[document.id] = same
            if not same.parent_document_id:
                same.parent_document_id = document.id
            same.shared_attachment_ids |= document._files_to_share()
        quiet = documents.with_context(mail_create_nolog=True, tracking_disable=True)
        created = documents.browse(quiet.create(vals_list).ids)
        received.update(zip(new, created, strict=True))
        return {one: received[one.id] for one in self}

    def _received_vals(self, company, receiver):
        """The values of the draft directive by which `company` receives this one."""
        self.ensure_one()
        repeated = {name: self[name] for name in DIRECTIVE_FIELDS}
        return {
            **self._convert_to_write(repeated),
            "company_id": company.id,
            "received_on": company._task_today(),
            "specialist_id": receiver.id,
            "office_unit_id": False,
            "parent_document_id": self.id,
            "shared_attachment_ids": [Command.set(self._files_to_share().ids)],
        }

    def _same_directive(self, vals):
        """The directive that is registered with the same number, issuer and year."""
        key = self._duplicate_key(self._clean_reference_vals(vals))
        if not key:
            return self.browse()
        names = ("company_id", "issuer_id", "issue_year", "reference_key")
        same = Domain.AND(
            Domain(name, "=", value) for name, value in zip(names, key, strict=True)
        )
        return self.search(same, limit=1)


class TaskTask(models.Model):
    _inherit = "task.task"

    parent_assignment_id = fields.Many2one(
        "task.assignment",
        ondelete="restrict",
        index="btree_not_null",
        copy=False,
        groups=NO_ACCESS,
        export_string_translation=False,
    )
    is_from_above = fields.Boolean(
        string="From a superior body",
        compute="_compute_is_from_above",
        compute_sudo=True,
        store=True,
        copy=False,
    )
    part_of_id = fields.Many2one(
        "task.task",
        string="Part of the task",
        ondelete="restrict",
        index="btree_not_null",
        copy=False,
        check_company=True,
        domain="[('is_from_above', '=', True), ('company_id', '=', company_id)]",
        help="The task of a superior body that this one does a part of: its result is"
        " gathered with those of the other parts.",
    )
    part_ids = fields.One2many("task.task", "part_of_id", string="Other parts")

    @api.depends("parent_assignment_id")
    def _compute_is_from_above(self):
        for task in self:
            task.is_from_above = bool(task.parent_assignment_id)

    @api.constrains("part_of_id")
    def _check_part(self):
        for task in self.filtered("part_of_id"):
            if task.is_from_above or not task.part_of_id.is_from_above:
                raise ValidationError(
                    self.env._(
                        "“%(task)s” can only be a part of a task that came from a"
                        " superior body.",
                        task=task.display_name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_from_above(self):
        open_above = self.sudo().filtered(
            lambda task: task.is_from_above and task._above().state in OPEN_STATES
        )
        if open_above:
            raise UserError(
                self.env._(
                    "“%(task)s” was assigned by a superior body. Hand it back if it is"
                    " not yours.",
                    task=open_above[0].display_name,
                )
            )

    def _received(self):
        """The task that came from above: itself, or the one this is a part of."""
        return (self | self.part_of_id).filtered("is_from_above")

    def action_new_part(self):
        """Add a further task for other units, linked to the same task from above."""
        self.ensure_one()
        self.env["task.assignment"]._check_office()
        whole = self._received()
        if not whole:
            raise UserError(self.env._("This task does not come from a superior body."))
        names = (*TASK_FIELDS, "is_dated", "deadline", "specialist_id")
        part = self.create(
            {
                **self._convert_to_write({name: self[name] for name in names}),
                "document_id": self.document_id.id,
                "part_of_id": whole.id,
            }
        )
        return part._get_records_action()


class TaskAssignment(models.Model):
    _inherit = "task.assignment"

    cascade_task_ids = fields.One2many(
        "task.task",
        "parent_assignment_id",
        groups=NO_ACCESS,
        export_string_translation=False,
    )

    @api.model
    def _release(self, vals_list):
        assignments = super()._release(vals_list)
        assignments._receive_above()
        assignments._cascade()
        return assignments

    def write(self, vals):
        """The successor of an agency may be a company too (BG Đ24)."""
        result = super().write(vals)
        if "agency_id" in vals:
            self._cascade()
        return result

    def _in_own_company(self):
        """In sudo, in the name of the user, inside the company of the assignments."""
        companies = self.sudo().company_id
        context = {"allowed_company_ids": companies.ids, "lang": self.env.lang}
        return self.with_env(self.env(su=True, context=context))

    def _receive_above(self):
        """Who assigns a task on has received it from the superior body."""
        above = self.sudo().task_id._received().parent_assignment_id
        for assignments in above.grouped("company_id").values():
            assignments._in_own_company()._receive_if_needed()

    def _cascade(self):
        """Pass the open assignments on to the companies that are their agencies.

        A superior is never given tasks by the level below it: an assignment to its
        agency stays an ordinary one, so that nothing goes round in circles.
        """
        companies = (
            self.env["res.company"]
            .sudo()
            .search(
                [
                    ("partner_id", "in", self.sudo().agency_id.ids),
                    ("regulation_id", "!=", False),
                ]
            )
        )
        if not companies:
            return
        for sender, assignments in self.sudo().grouped("company_id").items():
            open_ = assignments.filtered(lambda one: one.state in OPEN_STATES)
            for company in companies - sender._task_superiors():
                # the company of an agency whose place was taken keeps its own
                open_.filtered(
                    lambda one, company=company: (
                        one.agency_id == company.partner_id
                        and company not in one.cascade_task_ids.company_id
                    )
                )._cascade_to(company)

    def _cascade_to(self, company):
        """Make the draft tasks of `company` for these assignments (in sudo)."""
        if not self:
            return
        receiver = company._task_receiver()
        if not receiver:
            self.document_id._message_log_batch(
                dict.fromkeys(
                    self.document_id.ids,
                    self.env._(
                        "%(agency)s has its own register here, but nobody in its Office"
                        " who could receive the tasks.",
                        agency=company.partner_id.name,
                    ),
                )
            )
            return
        received = self.document_id._received_by(company, receiver)
        tasks = as_system(self.env["task.task"], company, receiver.lang)
        tasks.create([one._cascade_vals(received[one.document_id]) for one in self])
        for document in received.values():
            document._notify_received(company)

    def _cascade_vals(self, document):
        """The values of the draft task in `document` that stands for this one."""
        repeated = {name: self.task_id[name] for name in TASK_FIELDS}
        return {
            **self.task_id._convert_to_write(repeated),
            "document_id": document.id,
            "parent_assignment_id": self.id,
            "is_dated": bool(self.deadline),
            "deadline": self.deadline,
        }
