# SPDX-License-Identifier: LGPL-3.0-or-later
from dataclasses import dataclass
from datetime import date

from odoo import api, models
from odoo.fields import Domain

from ..logic.figures import Figures

#: Kinds of agency that are not under the Committee's own administration: their
#: letters bear no parent body (Nghị định 30/2020, Phụ lục I, phần II, mục I.2).
WITHOUT_PARENT = ("ward", "commune", "special_zone", "district", "person")


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """One agency's figures in the table by agency."""

    agency_id: int
    name: str
    counts: dict
    rates: dict


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything Phụ lục I and II print, in the same words for every output."""

    parent_body: str
    issuing_body: str
    place: str
    year: int
    addressee: str
    period: str
    date_from: date
    date_to: date
    figures: Figures
    rates: dict
    agencies: list
    groups: list
    outside: list
    causes: str
    difficulties: str

    @property
    def row_count(self):
        """How many assignments Phụ lục II lists."""
        return sum(len(rows) for _head, rows in self.groups)


class TaskReportSheet(models.AbstractModel):
    """Puts Phụ lục I and II together for the screen, the PDF and the XLSX."""

    _name = "task.report.sheet"
    _description = "Phụ lục I and II, ready to print"

    @api.model
    def _sheet(self, date_from, date_to, agency, **words):
        """Return the :class:`Sheet` of a window.

        :param date_from: first day, a date.
        :param date_to: last day counted, included.
        :param agency: a res.partner; empty for the whole province.
        :param words: `period`, `addressee`, `causes`, `difficulties`, as printed.
        """
        company = self.env.company
        figures = self.env["task.report.engine"]._figures(date_from, date_to, agency)
        lists = self.env["task.report.list"]
        author = agency or self._office()
        parent = "" if author.agency_kind in WITHOUT_PARENT else company.name
        return Sheet(
            parent_body=parent.upper() if author else "",
            issuing_body=(author.name or company.name).upper(),
            place=author.city or company.city or "……",
            year=company._task_today().year,
            date_from=date_from,
            date_to=date_to,
            figures=figures,
            rates=figures.rates(),
            agencies=[] if agency else self._agency_rows(figures),
            groups=lists._groups(date_from, date_to, agency),
            outside=lists._outside_rows(date_to, agency),
            **words,
        )

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
        names = {
            agency.id: agency.name for agency in self.env["res.partner"].browse(rank)
        }
        return [
            AgencyRow(
                agency_id,
                names[agency_id],
                figures.as_dict(agency_id),
                figures.rates(agency_id),
            )
            for agency_id in rank
        ]
