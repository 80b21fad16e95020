# SPDX-License-Identifier: LGPL-3.0-or-later
import os
import tempfile

from werkzeug.wsgi import wrap_file

from odoo import http
from odoo.http import request

from odoo.addons.task_tracking.controllers.download import download

from ..logic.workbook import write_workbook


class PhuLuc(http.Controller):
    @http.route(
        "/task_reports/phu_luc/<int:wizard_id>.xlsx",
        type="http",
        auth="user",
        readonly=True,
    )
    def phu_luc_xlsx(self, wizard_id):
        """Download Phụ lục I and II of what the user chose; the figures are made now,
        with the rights the user has now."""
        wizard = self._wizard(wizard_id)
        return workbook_response(wizard._sheet(), wizard._file_name())

    @http.route(
        "/task_reports/phu_luc/<int:wizard_id>.docx",
        type="http",
        auth="user",
        readonly=True,
    )
    def phu_luc_docx(self, wizard_id):
        """The same as a Word document, in the template of the company."""
        wizard = self._wizard(wizard_id)
        template = wizard.env["task.report.template"].with_company(wizard.company_id)
        content = template._current()._docx(wizard._sheet())
        return download(content, f"{wizard._file_name()}.docx")

    def _wizard(self, wizard_id):
        return _readable("task.report.wizard", wizard_id)


class ReportFiles(http.Controller):
    """A report that is sent, as files: whoever reads it downloads what it says."""

    @http.route(
        "/task_reports/report/<int:report_id>.xlsx",
        type="http",
        auth="user",
        readonly=True,
    )
    def report_xlsx(self, report_id):
        """Phụ lục I, II, by agency and the reconciliation."""
        report = _readable("task.report", report_id)
        return workbook_response(report._sheet(), report._file_name())

    @http.route(
        "/task_reports/report/<int:report_id>.docx",
        type="http",
        auth="user",
        readonly=True,
    )
    def report_docx(self, report_id):
        """The report to be finished in Word."""
        report = _readable("task.report", report_id)
        return download(report._docx(), f"{report._file_name()}.docx")


def _readable(model, record_id):
    """Return the record, which the user may read.

    :raise NotFound: if there is none.
    :raise AccessError: if the user may not read it.
    """
    record = request.env[model].browse(record_id).exists()
    if not record:
        raise request.not_found()
    record.check_access("read")
    return record


def workbook_response(sheet, name):
    """Return the download of a sheet's workbook, written to a temporary file and sent
    from it: a long list is never in memory as a whole.

    :param name: of the file, without its extension.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 -- the response closes it
    try:
        write_workbook(sheet, file)
        size = file.seek(0, os.SEEK_END)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    content = wrap_file(request.httprequest.environ, file)
    response = download(content, f"{name}.xlsx", size)
    response.direct_passthrough = True
    return response
