# SPDX-License-Identifier: LGPL-3.0-or-later
import heapq
import json
from dataclasses import replace
from functools import partial

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..logic.figures import Figures
from ..logic.form import MASKS
from ..logic.rows import ListRow, OutsideRow, print_key
from ..logic.sheet import Sheet, agency_row

#: Parts of frozen lists read at once.
PARTS_AT_ONCE = 20
#: So many agencies that have not sent are read one by one; of more, all are.
LIVE_ONE_BY_ONE = 20


class TaskReport(models.Model):
    """What a report says: live, compiled from others, or as it was frozen.

    The one source of the screen, the printed outputs and the mails: a `Sheet`.
    """

    _name = "task.report"
    _inherit = ["task.report", "task.report.lines.mixin"]

    is_empty = fields.Boolean(
        string="Nothing to report", compute="_compute_figures", compute_sudo=False
    )
    received_ids = fields.One2many(
        "task.report", string="Reports received", compute="_compute_received"
    )
    told_ids = fields.One2many(
        "task.report",
        string="What the agencies wrote",
        compute="_compute_received",
        help="The reports received that say something in part III or IV.",
    )

    # -- the sheet -------------------------------------------------------------
    def _sheet(self):
        """Return the :class:`Sheet` of the report.

        An agency's draft is counted now; the Office's draft is compiled from what the
        agencies sent, and counted now of those who have not; what was submitted is as
        it was frozen. To an agency that reads the Office's report the list tells of
        its own tasks only.
        """
        self.ensure_one()
        self.check_access("read")
        report = self.with_company(self.company_id)
        if self.state == "submitted":
            sheet = report._frozen_sheet()
        elif self.agency_id or self.topic != "figures":
            sheet = report._live_sheet()
        else:
            sheet = report._compiled_sheet()
        return report._for_reader(sheet)

    def _for_reader(self, sheet):
        """The Office's report names every agency's tasks: others see theirs."""
        user = self.env.user
        if self.agency_id or self.env.su or user._task_is_office_or_leader():
            return sheet
        mine, rows = set(user._task_agency_ids()), sheet.rows_factory
        return replace(
            sheet,
            rows_factory=lambda: (row for row in rows() if row.agency_id in mine),
            outside=[],
            agency_texts=[],
            received=[],
        )

    def _counted_to(self):
        """The last day counted: the period's, or today as long as it is not over."""
        self.ensure_one()
        today = self.company_id._task_today()
        if today >= self.first_send_on:
            return self.date_to
        return max(self.date_from, min(today, self.date_to))

    def _sheet_words(self):
        """What the author of the report wrote, as fields of :class:`Sheet`."""
        words = {
            "period": self.period_id._words(),
            "addressee": self.addressee or "",
            "causes": self.causes or "",
            "difficulties": self.difficulties or "",
            "number": self.reference or "",
            "signer_title": self.signer_title or "",
            "signer_name": self.signer_name or "",
            "signed_on": self.submitted_on or None,
            "year": (self.submitted_on or self.company_id._task_today()).year,
        }
        if self.submitted_at:
            words["made_on"] = self.submitted_at
        return words

    def _live_sheet(self):
        """Counted now, as far as the reader may see."""
        sheets = self.env["task.report.sheet"]
        reasons = {
            line.assignment_id.id: line.reason
            for line in self.reason_ids
            if line.assignment_id and line.reason
        }
        outside = {
            line.task_id.id: line.reason
            for line in self.reason_ids
            if not line.assignment_id and line.reason
        }
        sheet = sheets._sheet(
            self.date_from,
            self._counted_to(),
            self.agency_id,
            scope=self.scope,
            reasons=reasons,
            **self._sheet_words(),
        )
        told = [
            replace(row, reason=outside.get(row.task_id, "")) for row in sheet.outside
        ]
        return replace(sheet, outside=told)

    def _frozen_sheet(self):
        snapshot = self.sudo().snapshot_id
        sheet = Sheet.from_frozen(
            snapshot._head()["sheet"],
            lambda: (ListRow.from_data(data) for data in snapshot._rows()),
        )
        return replace(sheet, frozen_digest=self.digest or "")

    # -- the province's, from the agencies' ------------------------------------
    def _received_reports(self):
        """The agencies' frozen reports of the same period, each in its last version."""
        return self.sudo().search(
            Domain("period_id", "=", self.period_id.id)
            & Domain("agency_id", "!=", False)
            & Domain("state", "=", "submitted")
            & Domain("is_current", "=", True)
        )

    @api.depends("period_id")
    @api.depends_context("uid")
    def _compute_received(self):
        found = self.search(
            Domain("period_id", "in", self.period_id.ids)
            & Domain("agency_id", "!=", False)
            & Domain("is_current", "=", True)
        ).grouped("period_id")
        for report in self:
            theirs = found.get(report.period_id, self.browse())
            received = self.browse() if report.agency_id else theirs
            report.received_ids = received
            report.told_ids = received.filtered(
                lambda one: (
                    one.state == "submitted" and (one.causes or one.difficulties)
                )
            )

    def _compiled_sheet(self):
        """The agencies' own figures and lists put together; of those who have not
        sent, what is known now."""
        sheets = self.env["task.report.sheet"]
        live = sheets._sheet(
            self.date_from,
            self._counted_to(),
            self.env["res.partner"],
            scope=self.scope,
            **self._sheet_words(),
        )
        sent = self._received_reports()
        heads = {one.agency_id.id: one.snapshot_id._head() for one in sent}
        kept = self._in_scope_ids(heads)
        teller = self._tellers(sent, heads)
        masks = [
            (agency_id, task_id, mask)
            for agency_id, head in heads.items()
            for assignment_id, task_id, mask in head["masks"]
            if teller[assignment_id] == agency_id
            and (kept is None or assignment_id in kept)
        ]
        asked = self.period_id._asked_agencies().ids
        open_ids = [
            one
            for one in live.figures.agency_ids
            if one not in heads and (not asked or one in asked)
        ]
        found_live = self._live_rows(live, open_ids)

        def live_rows():
            return (row for row in found_live() if row.assignment_id not in teller)

        masks += [(row.agency_id, row.task_id, row.mask) for row in live_rows()]
        figures = Figures.from_masks(masks)
        agencies = sheets._agency_rows(figures)
        ids = self.env["res.partner"].browse(heads)
        rank = self.env["task.report.list"]._agency_rank(
            ids | ids.browse(figures.agency_ids)
        )
        frozen = partial(self._frozen_rows, sent, rank, kept, teller)
        return replace(
            live,
            figures=figures,
            agencies=[agency_row(figures, **self._agency_words(a)) for a in agencies],
            outside=self._compiled_outside(heads, live),
            received=self._received(),
            # of some agencies only, what all were handed is no measure
            carried_over={} if asked else live.carried_over,
            agency_texts=self._agency_texts(sent),
            rows_factory=lambda: heapq.merge(
                frozen(), live_rows(), key=print_key(rank)
            ),
        )

    @staticmethod
    def _tellers(reports, heads):
        """{assignment id: id of the agency whose frozen report counts it}: where two
        tell of it, since one took the other's place between them, the later one."""
        return {
            assignment_id: report.agency_id.id
            for report in reports.sorted(lambda one: (one.submitted_at, one.id))
            for assignment_id, _task_id, _mask in heads[report.agency_id.id]["masks"]
        }

    @staticmethod
    def _agency_words(row):
        names = ("agency_id", "name", "kind", "kind_name")
        return {name: getattr(row, name) for name in names}

    def _in_scope_ids(self, heads):
        """The ids of the assignments in the report's scope; None where all are."""
        if self.scope == "all":
            return None
        ids = [one[0] for head in heads.values() for one in head["masks"]]
        engine = self.env["task.report.engine"]
        found = (
            self.env["task.assignment"]
            .sudo()
            ._search(Domain("id", "in", ids) & engine._scope_domain(self.scope))
        )
        return set(found)

    def _live_rows(self, live, agency_ids):
        """A factory of the rows of the agencies that have not sent."""
        if not agency_ids:
            return lambda: iter(())
        if len(agency_ids) > LIVE_ONE_BY_ONE:
            wanted = set(agency_ids)
            return lambda: (
                row for row in live.rows_factory() if row.agency_id in wanted
            )
        lists = self.env["task.report.list"]
        agencies = self.env["res.partner"].browse(agency_ids)
        window = self.date_from, self._counted_to()
        rank = lists._agency_rank(agencies)

        def rows():
            return heapq.merge(
                *(lists._rows(*window, one, self.scope) for one in agencies),
                key=print_key(rank),
            )

        return rows

    def _frozen_rows(self, reports, rank, kept, teller):
        """Yield the rows of the agencies' frozen lists in the order of print."""
        part = self.env["task.report.snapshot.part"]
        agency = {report.snapshot_id.id: report.agency_id.id for report in reports}
        place = {snapshot_id: rank[one] for snapshot_id, one in agency.items()}
        if not place:
            return
        found = self.env.execute_query(
            SQL(
                "SELECT id, code, snapshot_id, sequence FROM task_report_snapshot_part"
                " WHERE snapshot_id IN %s",
                tuple(place),
                to_flush=part._fields["content"],
            )
        )
        codes = list(MASKS)
        order = sorted(
            found,
            key=lambda one: (codes.index(one[1]), place[one[2]], one[3]),
        )
        for start in range(0, len(order), PARTS_AT_ONCE):
            parts = part.sudo().browse(
                [one[0] for one in order[start : start + PARTS_AT_ONCE]]
            )
            for one in parts:
                author = agency[one.snapshot_id.id]
                for data in json.loads(one.content):
                    its_id = data["assignment_id"]
                    if teller[its_id] == author and (kept is None or its_id in kept):
                        yield ListRow.from_data(data)
            parts.invalidate_recordset(["content"])

    def _compiled_outside(self, heads, live):
        """The tasks outside the register in the agencies' own words; a task of several
        agencies once, with what each wrote."""
        rows, found = {}, live.outside
        lists = self.env["task.report.list"]
        if asked := self.period_id._asked_agencies():
            to = self._counted_to()
            theirs = {
                task.id
                for agency in asked
                for task in lists._outside_tasks(to, agency, self.scope)
            }
            found = [row for row in found if row.task_id in theirs]
        told = [
            OutsideRow.from_data(data)
            for head in heads.values()
            for data in head["sheet"]["outside"]
        ]
        for row in (*told, *found):
            before = rows.setdefault(row.task_id, row)
            if row.reason and row.reason not in before.reason:
                words = "; ".join(filter(None, (before.reason, row.reason)))
                rows[row.task_id] = replace(before, reason=words)
        wanted = {row.task_id for row in live.outside}
        if self.scope != "all":
            rows = {key: row for key, row in rows.items() if key in wanted}
        return [replace(row, number=nr) for nr, row in enumerate(rows.values(), 1)]

    def _received(self):
        """Who has sent, who is late, who never did: see :class:`Sheet`."""
        found = self.sudo().search(
            Domain("period_id", "=", self.period_id.id)
            & Domain("agency_id", "!=", False)
            & Domain("is_current", "=", True)
        )
        rank = self.env["task.report.list"]._agency_rank(found.agency_id)
        return [
            {
                "agency_id": report.agency_id.id,
                "name": report.agency_id.name,
                "state": report.timeliness,
                "sent_on": report.sent_on or None,
                "due_on": report.due_on or None,
                "version": report.version,
                "digest": report.digest or "",
            }
            for report in found.sorted(lambda one: rank[one.agency_id.id])
        ]

    def _agency_texts(self, reports):
        """The agencies' parts III and IV, for who writes the Office's."""
        return [
            {
                "agency_id": report.agency_id.id,
                "name": report.agency_id.name,
                "causes": report.causes or "",
                "difficulties": report.difficulties or "",
            }
            for report in reports
            if report.causes or report.difficulties
        ]

    # -- on screen -------------------------------------------------------------
    @api.depends("state", "date_from", "date_to", "scope")
    @api.depends_context("uid")
    def _compute_figures(self):
        return super()._compute_figures()

    def _show_sheet(self, sheet):
        result = super()._show_sheet(sheet)
        self.is_empty = sheet and not sheet.figures.count("total") and not sheet.outside
        return result

    def _line_sheet(self):
        if self.topic == "regulation" or not self.id:
            return None
        return self._sheet()

    def _line_ids(self, codes, agency_id):
        wanted = 0
        for code in codes:
            wanted |= MASKS[code]
        return [
            row.assignment_id
            for row in self._sheet().rows()
            if row.mask & wanted and agency_id in (None, False, row.agency_id)
        ]
