# SPDX-License-Identifier: LGPL-3.0-or-later
import io

from odoo import fields, models

from ..logic.letter import laid_out
from ..logic.long_pdf import write_pdf


class IrActionsReport(models.Model):
    """PDF by WeasyPrint for the reports that ask for it (`pdf_engine`).

    Nghị định 30/2020 wants the page number centred in the top margin from page 2 and
    annexes numbered on their own: page rules of CSS, which wkhtmltopdf does not know.
    """

    _inherit = "ir.actions.report"

    pdf_engine = fields.Selection(
        [("wkhtmltopdf", "wkhtmltopdf"), ("weasyprint", "WeasyPrint")],
        string="PDF engine",
        required=True,
        default="wkhtmltopdf",
        help="WeasyPrint follows the page rules in the template's own style sheet;"
        " the paper format is then not used.",
    )

    def _get_readable_fields(self):
        return super()._get_readable_fields() | {"pdf_engine"}

    def report_action(self, docids, data=None, config=True):
        action = super().report_action(docids, data=data, config=config)
        # The client prints without asking for wkhtmltopdf when it knows the engine.
        if action.get("type") == "ir.actions.report":
            action["pdf_engine"] = self.pdf_engine
        return action

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        report_sudo = self._get_report(report_ref)
        if report_sudo.pdf_engine != "weasyprint":
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids)
        data = dict(data or {}, report_type="pdf")
        if not res_ids or len(res_ids) != len(set(res_ids)):
            return {False: self._weasyprint_stream(report_ref, data, res_ids)}
        # A document per record: each has its own page numbers and attachment.
        return {
            record.id: self._weasyprint_stream(
                report_ref, data, record.ids, self._weasyprint_kept(report_sudo, record)
            )
            for record in self.env[report_sudo.model].browse(res_ids)
        }

    def _weasyprint_kept(self, report_sudo, record):
        """Return the attachment an earlier printing of the record left, if any."""
        if not report_sudo.attachment or self.env.context.get(
            "report_pdf_no_attachment"
        ):
            return None
        return report_sudo.retrieve_attachment(record)

    def _weasyprint_stream(self, report_ref, data, res_ids, attachment=None):
        """Return one PDF as the stream and attachment the core expects."""
        if attachment and self._get_report(report_ref).attachment_use:
            content = attachment.raw
        else:
            content = self._weasyprint_pdf(
                self._render_qweb_html(report_ref, res_ids, data=dict(data))[0]
            )
        return {"stream": io.BytesIO(content), "attachment": attachment}

    def _letter_pdf(self, letter):
        """Return a letter (`logic.letter`) as PDF, bytes: equal letters give equal
        ones."""
        layout = laid_out(letter)
        html = self._render_template("task_tracking.nd30_letter", {"layout": layout})
        return self._weasyprint_pdf(html)

    def _weasyprint_pdf(self, html):
        """Return the PDF of a complete HTML document, as bytes.

        Nothing is fetched, see `logic.pdf_worker`; a section with `data-pdf-long` and
        thousands of rows is printed in pieces, see `logic.long_pdf`.

        :param html: the document, bytes in UTF-8 or text.
        """
        if isinstance(html, bytes):
            html = html.decode()
        return write_pdf(html)
