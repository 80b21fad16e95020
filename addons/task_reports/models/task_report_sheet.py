# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import UTC

from odoo import api, fields, models
from odoo.fields import Domain

from ..logic.form import AGENCY_GROUPS, ASSIGNED_ABOVE, ASSIGNED_BY
from ..logic.sheet import Sheet, agency_row

#: Kinds of agency that are not under the Committee's own administration: their
#: letters bear no parent body (Nghị định 30/2020, Phụ lục I, phần II, mục I.2).
WITHOUT_PARENT = ("ward", "commune", "special_zone", "district", "person")


class TaskReportSheet(models.AbstractModel):
    """Puts Phụ lục I and II together for the screen, the PDF and the XLSX."""

    _name = "task.report.sheet"
    _description = "Phụ lục I and II, ready to print"

    @api.model
    def _sheet(
        self,
        date_from,
        date_to,
        agency,
        *,
        scope="all",
        made_on=None,
        reasons=None,
        **words,
    ):
        """Return the :class:`Sheet` of a window as it is known now.

        Its rows are read when they are asked for, in the transaction of this call.

        :param date_from: first day, a date.
        :param date_to: last day counted, included.
        :param agency: a res.partner; empty for the whole province.
        :param scope: "all", or "superior": what a body above this level assigned.
        :param made_on: the moment the outputs bear, aware or UTC; now by default.
        :param reasons: {assignment id: the agency's reason}, printed in its row.
        :param words: `period`, `addressee`, `causes`, `difficulties`, as printed, and
            any other field of :class:`Sheet`.
        """
        company = self.env.company
        window = date_from, date_to, agency, scope
        engine = self.env["task.report.engine"]
        figures = engine._figures(*window)
        lists = self.env["task.report.list"]
        values = {
            **self._author_words(agency),
            "year": company._task_today().year,
            "assigned_by": self._assigned_by(scope),
            "agencies": [] if agency else self._agency_rows(figures),
            "outside": lists._outside_rows(date_to, agency, scope),
            "carried_over": engine._carried_over(*window),
        }
        return Sheet(
            date_from=date_from,
            date_to=date_to,
            figures=figures,
            scope=scope,
            made_on=_moment(made_on or fields.Datetime.now()),
            rows_factory=lambda: lists._rows(*window, reasons=reasons),
            **(values | words),
        )

    @api.model
    def _author_words(self, agency):
        """Who issues the report, as its heading prints it: fields of :class:`Sheet`.

        :param agency: a res.partner; empty for the Office, which compiles.
        """
        company = self.env.company
        author = agency or self._office()
        parent = "" if author.agency_kind in WITHOUT_PARENT else company.name
        return {
            "parent_body": parent.upper() if author else "",
            "issuing_body": (author.name or company.name).upper(),
            "place": author.city or company.city or "……",
        }

    @api.model
    def _assigned_by(self, scope):
        """Who assigned the tasks of a scope, in the words of the forms' heads."""
        if scope == "all":
            return ASSIGNED_BY
        regulation = self.env.company._task_regulation()
        return ASSIGNED_ABOVE[regulation._policy("issuer_level")]

    @api.model
    def _office(self):
        """Return the Office of the Committee, which compiles the province's report."""
        offices = self.env["res.partner"].search(
            Domain("agency_kind", "=", "office")
            & Domain("company_id", "in", (self.env.company.id, False)),
            order="id",
        )
        return offices.sorted(lambda office: not office.company_id)[:1]

    @api.model
    def _agency_rows(self, figures):
        """Return an :class:`AgencyRow` for each agency with something to count."""
        rank = self.env["task.report.list"]._agency_rank(
            self.env["res.partner"].browse(figures.agency_ids)
        )
        return [
            agency_row(
                figures,
                agency.id,
                agency.name,
                agency.agency_kind or "",
                AGENCY_GROUPS[agency.agency_kind or ""],
            )
            for agency in self.env["res.partner"].browse(rank)
        ]


def _moment(moment):
    """Return an aware or naive-UTC moment as naive UTC, to the second."""
    if moment.tzinfo:
        moment = moment.astimezone(UTC).replace(tzinfo=None)
    return moment.replace(microsecond=0)
