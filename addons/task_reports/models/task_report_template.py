# SPDX-License-Identifier: LGPL-3.0-or-later
import base64
import binascii
import hashlib
from pathlib import Path

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import human_size, ormcache

from ..logic.docx import check_template, docx_bytes
from ..logic.docx_problem import TemplateProblem
from ..logic.docx_values import PLACEHOLDERS

SHIPPED = Path(__file__).parents[1] / "data" / "bao_cao.docx"
#: Word opens and edits a longer table slowly; XLSX has no such limit.
DOCX_ROWS_MAX = 5000


class TaskReportTemplate(models.Model):
    """A Word document that reports are filled into (Nghị định 30/2020, Mẫu 1.4).

    A file never changes: a changed one is a further template, and the one before is
    kept, so that a report printed with it can be printed again. One template of a
    company is in use; where there is none, the one shipped with the system.
    """

    _name = "task.report.template"
    _description = "Report template (Word)"
    _order = "company_id, active desc, id desc"

    name = fields.Char(
        required=True, default=lambda self: self.env._("Template of reports")
    )
    company_id = fields.Many2one(
        "res.company",
        default=lambda self: self.env.company,
        index=True,
        ondelete="cascade",
        help="Empty for the template shipped with the system.",
    )
    file = fields.Binary(
        string="Word file (.docx)", required=True, attachment=True, copy=False
    )
    file_name = fields.Char(copy=False)
    digest = fields.Char(readonly=True, copy=False, help="SHA-256 of the file.")
    note = fields.Text()
    active = fields.Boolean(string="In use", default=True, copy=False)
    problem = fields.Text(compute="_compute_problem")
    guide = fields.Html(compute="_compute_guide", sanitize=False)

    _one_in_use = models.UniqueIndex(
        "(COALESCE(company_id, 0)) WHERE active",
        "One template of a company is in use at a time.",
    )

    # -- what is let in ----------------------------------------------------------------
    @api.depends("file")
    def _compute_problem(self):
        """What is wrong with the file just chosen, told before it is saved."""
        for template in self:
            is_kept = bool(template._origin.id) or not template.file
            template.problem = False if is_kept else self._file_problem(template.file)

    @api.model
    def _file_problem(self, file):
        """Return what is wrong with a file in the clerk's words, empty if nothing is.

        :param file: base64, as fields hold it.
        """
        try:
            check_template(base64.b64decode(file))
        except (binascii.Error, ValueError):
            return self._problem_text(TemplateProblem("not_docx"))
        except TemplateProblem as problem:
            return self._problem_text(problem)
        return ""

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            problem = self._file_problem(vals.get("file") or b"")
            if problem:
                raise ValidationError(problem)
            content = base64.b64decode(vals["file"])
            vals["digest"] = hashlib.sha256(content).hexdigest()
        self._retire([vals for vals in vals_list if vals.get("active", True)])
        return super().create(vals_list)

    def write(self, vals):
        if "file" in vals or "digest" in vals or "company_id" in vals:
            raise UserError(
                self.env._(
                    "A template's file is kept as it is. Upload the changed one as a"
                    " new template: it takes this one's place."
                )
            )
        if vals.get("active"):
            self._retire([{"company_id": one.company_id.id} for one in self], self)
        return super().write(vals)

    @api.model
    def _retire(self, coming, templates=None):
        """Take out of use what the templates that come into use follow."""
        company_ids = {
            vals.get("company_id", self.env.company.id) or False for vals in coming
        }
        domain = Domain("company_id", "in", list(company_ids))
        if templates:
            domain &= Domain("id", "not in", templates.ids)
        if company_ids:
            self.search(domain).active = False
            # before the new one is inserted: one is in use at a time
            self.flush_model(["active"])

    # -- the one in use ----------------------------------------------------------------
    @api.model
    def _current(self):
        """Return the template in use in the company, in sudo."""
        found = self.sudo().search(
            Domain("company_id", "in", (self.env.company.id, False)), order="id desc"
        )
        return found.sorted(lambda one: not one.company_id)[:1]

    @api.model
    def _load_shipped(self):
        """Take in the template this version of the addon brings, if it is a new one."""
        content = SHIPPED.read_bytes()
        shipped = self.with_context(active_test=False).search(
            Domain("company_id", "=", False)
        )
        digest = hashlib.sha256(content).hexdigest()
        known = shipped.filtered(lambda one: one.digest == digest)
        if known:
            known.active = True
            return
        self.create(
            {
                "name": "Mẫu kèm theo hệ thống (Nghị định 30/2020/NĐ-CP)",
                "company_id": False,
                "file": base64.b64encode(content),
                "file_name": SHIPPED.name,
            }
        )

    def action_replace(self):
        """Open a new template in the place of this one."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Replace the template"),
            "res_model": self._name,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def action_use(self):
        """Use this earlier template again."""
        self.active = True

    # -- printing ----------------------------------------------------------------------
    @api.model
    def _check_length(self, row_count):
        """Refuse a list that Word would not open in reasonable time.

        :raise UserError: with what to do instead.
        """
        if row_count > DOCX_ROWS_MAX:
            raise UserError(
                self.env._(
                    "The list has more than %(limit)s tasks, too many for Word."
                    " Download it as XLSX, or agency by agency.",
                    limit=DOCX_ROWS_MAX,
                )
            )

    def _docx(self, sheet):
        """Return the report of a :class:`Sheet` as DOCX, bytes.

        :raise UserError: if its list is too long, or the template cannot print it.
        """
        self.ensure_one()
        self._check_length(sheet.row_count)
        try:
            return docx_bytes(sheet, self._content())
        except TemplateProblem as problem:
            raise UserError(self._problem_text(problem)) from problem

    @ormcache("self.id")
    def _content(self):
        """The file's bytes, which never change."""
        return base64.b64decode(self.sudo().with_context(bin_size=False).file)

    # -- words -------------------------------------------------------------------------
    def _compute_guide(self):
        guide = self.env["ir.qweb"]._render(
            "task_reports.docx_template_guide", {"placeholders": PLACEHOLDERS}
        )
        for template in self:
            template.guide = guide

    @api.model
    def _problem_text(self, problem):
        """Return what a :class:`TemplateProblem` says, with the place it is at."""
        told = self._problem_words()[problem.kind] % {
            **problem.words,
            "limit": human_size(problem.words.get("limit", 0)),
        }
        place = problem.text.strip()
        if place and problem.paragraph:
            where = self.env._(
                "Paragraph %(number)s of the document: “%(text)s”",
                number=problem.paragraph,
                text=place[:300],
            )
        elif place:
            where = self.env._("Where it says: “%(text)s”", text=place[:300])
        else:
            where = ""
        return "\n".join(filter(None, (told, where)))

    @api.model
    def _problem_words(self):
        """{kind of a TemplateProblem: its words, with the names it tells}."""
        _ = self.env._
        return {
            # the file
            "too_big": _("The file is larger than %(limit)s."),
            "not_docx": _(
                "This is not a Word document (.docx), or it is damaged or has a"
                " password. In Word: Save as, Word document (.docx)."
            ),
            "old_word": _(
                "This is an old Word file (.doc), or it has a password. In Word: remove"
                " the password, then Save as, Word document (.docx)."
            ),
            "dotx": _(
                "This is a Word template (.dotx). In Word: Save as, Word document"
                " (.docx)."
            ),
            "macros": _(
                "The file holds macros (.docm). In Word: Save as, Word document"
                " (.docx), without macros."
            ),
            "bomb": _("Unpacked, the file is larger than the limit (%(limit)s)."),
            "damaged": _("A part of the file is damaged: %(name)s."),
            "foreign": _(
                "The file holds an object of another program (%(name)s). Take out"
                " everything inserted as an object, chart or file."
            ),
            "external": _(
                "The file is linked to something outside it: %(target)s. Remove the"
                " link (right click, Remove hyperlink; for a linked picture, insert"
                " it)."
            ),
            "field": _(
                "The file holds a Word field that is not allowed: %(name)s. Page"
                " numbers, dates and tables of contents are."
            ),
            # the tags
            "unclosed": _("A tag is opened and not closed: %(name)s is missing."),
            "too_many": _("The document has more tags than a template may."),
            "hidden": _("A tag stands where it is not text (a name or a property)."),
            "alone": _(
                "%(name)s stands for the whole paragraph, row or cell: nothing else"
                " may stand in it."
            ),
            "unopened": _("“%(name)s” has no beginning that fits."),
            "unended": _("“%(name)s” is not ended: “%(end)s” is missing."),
            "unknown": _(
                "There is no placeholder “%(name)s”. See the list of placeholders."
            ),
            "unknown_close": _(
                "There is no placeholder “%(name)s”. Did you mean “%(close)s”?"
            ),
            "not_text": _(
                "“%(name)s” is a list or a group and cannot be printed as it is. See"
                " the list of placeholders."
            ),
            "not_allowed": _("A template may not use “%(name)s”."),
            "loop_of": _("“for” goes over a list; “%(name)s” is none."),
            "loop_in": _(
                "A “for” within a “for” goes over what the outer one is at"
                " (“%(turn)s.…”), not over “%(name)s”."
            ),
            "syntax": _("A tag is not written as it should be (%(detail)s)."),
            "broken": _("The template cannot be filled in (%(detail)s)."),
            "crossing": _(
                "A tag begins in one place and ends in another (paragraph, row or"
                " cell). For whole paragraphs write {%%p … %%}, for whole rows"
                " {%%tr … %%}."
            ),
            "too_long": _("The document would be larger than the limit (%(limit)s)."),
        }
