# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date, format_datetime

from odoo.addons.task_tracking.logic.life import ENTRY_KINDS

from ..logic.form import BITS, NOTE_CODES
from .task_report_comparison import COMPARED, line_words

#: Facts that may change how an assignment is counted on a day, besides entries.
MOVING = frozenset(
    (
        "released",
        "handed_in",
        "refused",
        "confirmed",
        "confirm_undone",
        "extension_approved",
        "deadline_changed",
        "deadline_set",
        "correction",
        "return_asked",
        "return_kept",
        "return_refused",
        "return_cancelled",
        "withdrawn",
        "succeeded",
    )
)


class TaskReportComparisonRow(models.TransientModel):
    """One assignment that is counted otherwise now than it was then, and why."""

    _name = "task.report.comparison.row"
    _description = "Assignment counted otherwise now"
    _order = "id"

    comparison_id = fields.Many2one(
        "task.report.comparison", required=True, ondelete="cascade", index=True
    )
    assignment_id = fields.Many2one(
        "task.assignment",
        readonly=True,
        help="Empty: another agency's now, which the reader does not see.",
    )
    content = fields.Text(readonly=True)
    agency = fields.Char(readonly=True)
    what = fields.Char(string="What differs", readonly=True)
    then = fields.Char(readonly=True)
    now = fields.Char(readonly=True)
    then_deadline = fields.Date(string="Deadline as reported", readonly=True)
    now_deadline = fields.Date(string="Deadline now", readonly=True)
    why = fields.Text(readonly=True)
    touched = fields.Char(
        readonly=True, help="Codes of the lines it was added to, or left."
    )
    fact_ids = fields.Many2many(
        "task.fact",
        "task_report_comparison_fact_rel",
        string="Recorded since",
        readonly=True,
    )

    @api.model
    def _add(self, comparison, found, frozen, date_to):
        """Create the rows of a comparison, each with its explanation.

        :param found: list of logic.comparison.Difference.
        :param frozen: {assignment id: ListRow as it was frozen}, of those counted then.
        :param date_to: the last day of the figures.
        """
        report = comparison.report_id
        moments = report._known_moments()
        since = {
            one.assignment_id: min(
                moments.get(standing.agency_id, report.submitted_at)
                for standing in (one.then, one.now)
                if standing
            )
            for one in found
        }
        facts = self._facts_since(since)
        readable = self.env["task.assignment"].search([("id", "in", list(since))])
        known = dict(zip(readable.ids, readable, strict=True))
        vals_list = []
        for one in found:
            assignment = known.get(one.assignment_id, readable.browse())
            recorded = facts.get(assignment, self.env["task.fact"])
            reasons = self._reasons(one, recorded, date_to)
            then, now = one.then, one.now
            row = frozen.get(one.assignment_id)
            agencies = self.env["res.partner"].browse(
                dict.fromkeys(side.agency_id for side in (then, now) if side)
            )
            vals_list.append(
                {
                    "comparison_id": comparison.id,
                    "assignment_id": assignment.id,
                    "content": row.content if row else assignment.task_id.name,
                    "agency": " → ".join(agencies.mapped("name")),
                    "what": self._what_words(one),
                    "then": line_words(then) + self._note_words(then),
                    "now": line_words(now) + self._note_words(now),
                    "then_deadline": then.deadline if then else False,
                    "now_deadline": now.deadline if now else False,
                    "why": "\n".join(map(self._fact_words, reasons))
                    or self._cause_words(one, assignment),
                    "touched": " ".join(
                        code for code, _label in COMPARED if one.touches(code)
                    ),
                    "fact_ids": recorded.ids,
                }
            )
        return self.sudo().create(vals_list).sudo(self.env.su)

    @api.model
    def _facts_since(self, since):
        """{assignment: facts recorded after its moment} of {assignment id: moment}, as
        far as the reader reads them; one search.

        A moment is kept to the second: where nothing came after it, what was recorded
        within its second came after the report.
        """
        if not since:
            return {}
        facts = self.env["task.fact"].search(
            Domain("assignment_id", "in", list(since))
            & Domain("recorded_at", ">=", min(since.values())),
            order="id",
        )
        recorded = {}
        for assignment, found in facts.grouped("assignment_id").items():
            moment = since[assignment.id]
            found = found.filtered(lambda fact, at=moment: fact.recorded_at >= at)
            after = found.filtered(lambda fact, at=moment: fact.recorded_at > at)
            recorded[assignment] = (after or found).with_prefetch(facts._prefetch_ids)
        return recorded

    @api.model
    def _reasons(self, one, facts, date_to):
        """Those of the facts recorded since that can have changed what is counted."""
        kinds = MOVING
        if "noted" in one.codes or not one.then or not one.now:
            kinds = MOVING | set(ENTRY_KINDS)
        reasons = facts.filtered(
            lambda fact: (
                # what happened after the last day changes nothing on it; a correction
                # holds for every day
                fact.kind in kinds
                and (fact.day <= date_to or fact.kind == "correction")
            )
        )
        return reasons.with_prefetch(facts._prefetch_ids)

    # -- in words ----------------------------------------------------------------------
    @api.model
    def _what_words(self, one):
        words = {
            "came_in": self.env._("Counted now, not then"),
            "went_out": self.env._("Counted then, not now"),
            "moved": self.env._("Moved from line to line"),
            "agency": self.env._("Another agency's"),
            "deadline": self.env._("Another deadline"),
            "noted": self.env._("Another note (waiting, handed back, updated)"),
        }
        return "; ".join(words[code] for code in one.codes)

    @api.model
    def _note_words(self, standing):
        labels = dict(COMPARED)
        noted = [
            labels[code]
            for code in NOTE_CODES
            if standing and standing.mask & BITS[code]
        ]
        return f" ({'; '.join(noted)})" if noted else ""

    @api.model
    def _fact_words(self, fact):
        """One fact as a sentence: what, on which day, recorded when, by whom."""
        kinds = dict(fact._fields["kind"]._description_selection(self.env))
        company = fact.assignment_id.company_id
        words = {
            "kind": kinds[fact.kind],
            "day": format_date(self.env, fact.day),
            "recorded": format_datetime(
                self.env, fact.recorded_at, tz=company.sudo().task_tz
            ),
            "user": fact.user_id.sudo().name,
        }
        if fact.corrects_id:
            words["wrong"] = fact.corrects_id.display_name
            told = self.env._(
                "Correction of “%(wrong)s”, recorded %(recorded)s by %(user)s", **words
            )
        elif fact.is_backdated:
            told = self.env._(
                "%(kind)s on %(day)s, entered later: recorded %(recorded)s by %(user)s",
                **words,
            )
        else:
            told = self.env._(
                "%(kind)s on %(day)s, recorded %(recorded)s by %(user)s", **words
            )
        return ": ".join(filter(None, (told, fact.note)))

    @api.model
    def _cause_words(self, one, assignment):
        """Why it differs where no fact recorded since tells."""
        if not assignment:
            return self.env._("Another agency carries the task since a succession.")
        words = {
            "source": self.env._("The source of the directive was entered anew."),
            "freshness": self.env._(
                "The days in which the regulation wants an update were changed."
            ),
            "taken_over": self.env._("Another agency carries the task."),
            "counted": self.env._(
                "Data of the directive or of the agencies were changed."
            ),
            "rules": self.env._("The calendar or the regulation was changed."),
        }
        return words[one.cause_without_facts()]

    def action_open_assignment(self):
        """Open the assignment with everything that happened to it."""
        self.ensure_one()
        return self.assignment_id._get_records_action()
