# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import models
from odoo.tools import format_date

from odoo.addons.task_tracking.models.task_notice import File

from ..logic.figures import percent_text
from ..logic.form import GROUPS, HEADS, RATES
from ..logic.mail_days import workdays_between
from ..logic.workbook import workbook_bytes

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
#: What a summary tells of: lines of the form, the agencies that have most overdue.
SUMMARY_LINES = (
    "total",
    "completed",
    "completed_on_time",
    "completed_late",
    "open",
    "open_in_time",
    "open_extended",
    "open_overdue",
)
LABELS = HEADS | GROUPS
WORST = 3
#: Agencies named in a mail; of more, their number.
NAMED = 20


class TaskReport(models.Model):
    """What the mails of the schedule say about a report, and carry.

    Each is rendered in its recipient's language; figures, lists and files come from
    the report's sheet as one of the recipients reads it, so that a mail tells nobody
    what the screen would not.
    """

    _inherit = "task.report"

    # -- to the agency ---------------------------------------------------------------
    def _agency_mails(self, event, some):
        """The mails to people of the agency about its report.

        :param some: {marker: user} of this agency.
        """
        reader = next(iter(some.values()))
        files = self._as_reader(reader)._mail_files(PDF)
        return [
            self._mail(marker, user, f"report_mail_{event}", self._words_of_day(user))
            | {"files": files}
            for marker, user in some.items()
        ]

    def _words_of_day(self, user):
        today = self.company_id._task_today()
        calendar = self.company_id._task_calendar()
        return {
            "report": self.sudo(),
            "due": self._day_words(user, self.due_on),
            "days": workdays_between(calendar, today, self.due_on),
            "path": f"/odoo/my-reports/{self.id}",
        }

    def _day_words(self, user, day):
        return format_date(self.env, day, lang_code=self._language(user))

    # -- to the Office and the leaders -------------------------------------------------
    def _compiled_mails(self, some, parts):
        """The mails about the Office's report that was submitted.

        :param parts: {marker: {"compiled", "summary"}}, what is meant for whom.
        """
        report = self._as_reader(next(iter(some.values())))
        sheet = report._sheet()
        files = None
        mails = []
        for marker, user in some.items():
            wants = parts[marker]
            words = {
                "report": self.sudo(),
                "path": f"/odoo/task-reports/{self.id}",
                "summary": self._summary(sheet) if "summary" in wants else None,
                "files": (),
            }
            if "compiled" in wants:
                if files is None:
                    files = report._mail_files(PDF, XLSX)
                words["files"] = files
            mail = self._mail(marker, user, "report_mail_compiled", words)
            mails.append(mail | {"files": words["files"]})
        return mails

    def _summary(self, sheet):
        """The figures of a page: plain values, the form's own words."""
        worst = sorted(
            (row for row in sheet.agencies if row.counts["open_overdue"]),
            key=lambda row: (-row.counts["open_overdue"], row.name),
        )
        received = {}
        for one in sheet.received:
            received.setdefault(one["state"], []).append(one["name"])
        return {
            "lines": [
                (LABELS[code], sheet.figures.count(code)) for code in SUMMARY_LINES
            ],
            "rates": [
                (RATES[code], percent_text(share))
                for code, share in sheet.rates.items()
            ],
            "worst": [
                (
                    row.name,
                    row.counts["open_overdue"],
                    percent_text(row.rates["completion"]),
                )
                for row in worst[:WORST]
            ],
            "late": _named(received.get("late", ())),
            "not_sent": _named(
                [*received.get("overdue", ()), *received.get("missing", ())]
            ),
        }

    # -- the mail ----------------------------------------------------------------------
    def _as_reader(self, user):
        return self.with_user(user).with_context(
            allowed_company_ids=self.company_id.ids, lang=self._language(user)
        )

    def _language(self, user):
        """The user's language, or if it is not installed (any more) the reader's."""
        installed = dict(self.env["res.lang"].get_installed())
        return user.lang if user.lang in installed else self.env.lang

    def _mail(self, marker, user, template, words):
        return self.env["task.report.mailing"]._mail(
            marker, user, self.company_id, template, words, self
        )

    def _mail_files(self, *types):
        """The report as files, as the reader may see it; what a mail cannot carry (too
        long a list, too many bytes) is left out, and read in the system."""
        sheet = self._sheet()
        name = self._file_name()
        makers = {
            PDF: lambda: self._pdf(sheet),
            XLSX: lambda: None if self._is_text() else workbook_bytes(sheet),
        }
        endings = {PDF: "pdf", XLSX: "xlsx"}
        files = []
        space = self.env["ir.mail_server"].sudo()._get_max_email_size() * 2**20
        for type_ in types:
            content = makers[type_]()
            # base64 makes four bytes of three
            size = len(content or b"") * 4 / 3 + 20_000
            if content and size <= space:
                space -= size
                files.append(File(f"{name}.{endings[type_]}", content, type_))
        return files


class TaskReportPeriod(models.Model):
    _inherit = "task.report.period"

    def _office_mails(self, event, some, *, own):
        """The mails to the Office's side about a period: its own reports that are due
        or late, or the agencies that are late, in one list.

        :param own: of the Office's own reports.
        """
        reports = self.sudo().report_ids.filtered(
            lambda report: (
                report.state == "draft"
                and report.version == 1
                and bool(report.agency_id) != own
                and (own or report.is_overdue)
            )
        )
        names = [
            (report.addressee or report.company_id.name)
            if own
            else report.agency_id.name
            for report in reports.sorted("id")
        ]
        mails = []
        for marker, user in some.items():
            words = {
                "period": self.sudo(),
                "own": own,
                "count": len(names),
                "names": _named(names),
                "due": reports[:1]._day_words(user, reports[:1].due_on),
                "path": f"/odoo/report-periods/{self.id}",
            }
            mails.append(
                self.env["task.report.mailing"]._mail(
                    marker,
                    user,
                    self.company_id,
                    f"report_mail_office_{event}",
                    words,
                    self,
                )
            )
        return mails


class TaskReportMailing(models.Model):
    _inherit = "task.report.mailing"

    def _mail(self, marker, user, company, template, words, record):
        """One mail, as values of `task.notice._queue`, in the language of `user`."""
        language = self.env["task.report"]._language(user)
        speaking = self.with_context(lang=language)
        record = record.with_env(speaking.env).sudo()
        words = {
            key: value.with_env(speaking.env).sudo()
            if isinstance(value, models.BaseModel)
            else value
            for key, value in words.items()
        }
        body = speaking.env["ir.qweb"]._render(
            f"task_reports.{template}",
            {**words, "user": user, "company": company, "record": record},
        )
        subject = speaking._subjects()[template] % {"report": record.display_name}
        return {
            "marker": marker,
            "company": company,
            "partner": user.partner_id,
            "subject": subject,
            "body": body,
            "record": record,
        }

    def _subjects(self):
        """Template → the subject of its mails."""
        return {
            "report_mail_due": self.env._("Report to send: %(report)s"),
            "report_mail_late": self.env._("Report is late: %(report)s"),
            "report_mail_office_due": self.env._("Report to compile: %(report)s"),
            "report_mail_office_late": self.env._("Reports are late: %(report)s"),
            "report_mail_compiled": self.env._("Report submitted: %(report)s"),
        }


def _named(names):
    """The names as one text; of many, the first and how many there are more."""
    text = ", ".join(names[:NAMED])
    return f"{text} (+{len(names) - NAMED})" if len(names) > NAMED else text
