# SPDX-License-Identifier: LGPL-3.0-or-later
import base64
import binascii
import hashlib
from pathlib import Path

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..logic.docx import check_template, docx_bytes
from ..logic.docx_problem import TemplateProblem
from ..logic.docx_values import PLACEHOLDERS

DATA = Path(__file__).parents[1] / "data"
#: What is printed with a template, and the one shipped for it.
KINDS = [
    ("figures", "Results of the tasks, with the list"),
    ("text", "Report in words, on carrying out the regulation"),
]
SHIPPED = {
    "figures": (DATA / "bao_cao.docx", "Mẫu kèm theo hệ thống (Phụ lục I, II)"),
    "text": (DATA / "bao_cao_quy_che.docx", "Mẫu kèm theo hệ thống (báo cáo lời văn)"),
}
#: Word opens and edits a longer table slowly; XLSX has no such limit.
DOCX_ROWS_MAX = 5000


class TaskReportTemplate(models.Model):
    """A Word document that reports are filled into (Nghị định 30/2020, Mẫu 1.4).

    A file never changes: a changed one is a further template, and the one before is
    kept, so that a report printed with it can be printed again. One template of a
    company and kind is in use; where there is none, the one shipped with the system.
    """

    _name = "task.report.template"
    _description = "Report template (Word)"
    _order = "kind, company_id, active desc, id desc"

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
    kind = fields.Selection(
        KINDS, string="Of which reports", required=True, default="figures"
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
        "(kind, COALESCE(company_id, 0)) WHERE active",
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
            if vals.get("active", True):
                company_id = vals.get("company_id", self.env.company.id)
                self._retire(company_id, vals.get("kind", "figures"))
        return super().create(vals_list)

    def write(self, vals):
        if {"file", "digest", "company_id", "kind"} & set(vals):
            raise UserError(
                self.env._(
                    "A template's file is kept as it is. Upload the changed one as a"
                    " new template: it takes this one's place."
                )
            )
        if vals.get("active"):
            for template in self:
                self._retire(template.company_id.id, template.kind, template)
        return super().write(vals)

    @api.model
    def _retire(self, company_id, kind, coming=None):
        """Take out of use what another template takes the place of."""
        domain = Domain("company_id", "=", company_id) & Domain("kind", "=", kind)
        if coming:
            domain &= Domain("id", "!=", coming.id)
        self.search(domain).active = False
        # before the new one is inserted: one is in use at a time
        self.flush_model(["active"])

    # -- the one in use ----------------------------------------------------------------
    @api.model
    def _current(self, kind="figures"):
        """Return the template in use in the company, in sudo.

        :param kind: one of `KINDS`.
        """
        found = self.sudo().search(
            Domain("company_id", "in", (self.env.company.id, False))
            & Domain("kind", "=", kind),
            order="id desc",
        )
        return found.sorted(lambda one: not one.company_id)[:1]

    @api.model
    def _load_shipped(self):
        """Take in the templates this version of the addon brings, if they are new."""
        for kind, (path, name) in SHIPPED.items():
            content = path.read_bytes()
            digest = hashlib.sha256(content).hexdigest()
            known = self.with_context(active_test=False).search(
                Domain("company_id", "=", False)
                & Domain("kind", "=", kind)
                & Domain("digest", "=", digest),
                limit=1,
            )
            if known:
                known.active = True
                continue
            self.create(
                {
                    "name": name,
                    "kind": kind,
                    "company_id": False,
                    "file": base64.b64encode(content),
                    "file_name": path.name,
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
            "context": {"default_kind": self.kind},
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

    def _content(self):
        """The file's bytes."""
        return base64.b64decode(self.sudo().with_context(bin_size=False).file)

    def _compute_guide(self):
        guide = self.env["ir.qweb"]._render(
            "task_reports.docx_template_guide", {"placeholders": PLACEHOLDERS}
        )
        for template in self:
            template.guide = guide
