# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import format_date, split_every

from .task_assignment import OPEN_STATES

#: Assignments whose facts are recorded and replayed together.
BATCH = 200


class TaskSuccession(models.Model):
    """One agency takes the place of others from a day on (BG Đ24): a merger, or a
    renaming by replacement.

    Recording it is one act: every assignment of the predecessors that was open on
    the day goes over to the successor with its drafts and requests, the predecessors
    are marked, or nothing is. What was closed before, and the figures of windows
    that ended before, stay with the predecessors.

    A wrong one is corrected by a further record (`corrects_id`) with another
    successor or day, or with no successor, which undoes it; the ledger keeps both.
    """

    _name = "task.succession"
    _description = "Succession of agencies"
    _inherit = ["task.closed.mixin"]
    _order = "day desc, id desc"
    _rec_name = "successor_id"
    _check_company_auto = True
    _closed_fields = frozenset(
        (
            "state",
            "company_id",
            "corrects_id",
            "recorded_by_id",
            "recorded_on",
            "assignment_count",
        )
    )

    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
        default=lambda self: self.env.company,
    )
    predecessor_ids = fields.Many2many(
        "res.partner",
        "task_succession_predecessor_rel",
        string="Agencies that end",
        domain=[("is_agency", "=", True)],
        context={"active_test": False},
        required=True,
        check_company=True,
    )
    successor_id = fields.Many2one(
        "res.partner",
        string="Agency that takes over",
        domain=[("is_agency", "=", True), ("succeeded_by_id", "=", False)],
        ondelete="restrict",
        index=True,
        check_company=True,
        help="Empty in a correction: there was no succession.",
    )
    day = fields.Date(
        string="From",
        required=True,
        default=lambda self: self.env.company._task_today(),
        help="The first day on which the successor carries the tasks.",
    )
    reference = fields.Char(
        string="Document", required=True, help="Number and date of the decision."
    )
    reason = fields.Text(help="Required to record it.")
    state = fields.Selection(
        [("draft", "Draft"), ("done", "Recorded"), ("corrected", "Corrected")],
        required=True,
        default="draft",
        copy=False,
        index=True,
    )
    corrects_id = fields.Many2one(
        "task.succession",
        string="Correction of",
        ondelete="restrict",
        index="btree_not_null",
        copy=False,
    )
    recorded_by_id = fields.Many2one(
        "res.users", string="Recorded by", ondelete="restrict", copy=False
    )
    recorded_on = fields.Date(string="Recorded on", copy=False)
    assignment_count = fields.Integer(
        string="Assignments taken over",
        copy=False,
        help="As recorded; later successions and corrections do not change it.",
    )
    can_record = fields.Boolean(compute="_compute_can")
    can_correct = fields.Boolean(compute="_compute_can")

    @api.depends("successor_id", "predecessor_ids")
    def _compute_display_name(self):
        for one in self:
            names = ", ".join(one.predecessor_ids.mapped("name"))
            one.display_name = f"{names} → {one.successor_id.name or '–'}"

    @api.depends_context("uid")
    @api.depends("state", "successor_id")
    def _compute_can(self):
        may = self.env.su or self.env.user._task_is_manager()
        for one in self:
            one.can_record = may and one.state == "draft"
            one.can_correct = may and one.state == "done" and bool(one.successor_id)

    # -- what may be written when ----------------------------------------------------
    def write(self, vals):
        if not self.env.su and any(one.state != "draft" for one in self):
            raise UserError(
                self.env._("What is recorded is never changed; record a correction.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if any(one.state != "draft" for one in self):
            raise UserError(
                self.env._("What is recorded is never deleted; record a correction.")
            )

    @api.constrains("predecessor_ids", "successor_id")
    def _check_agencies(self):
        for one in self:
            agencies = one.predecessor_ids | one.successor_id
            strange = agencies.filtered(lambda agency: not agency.is_agency)
            if strange:
                raise UserError(
                    self.env._(
                        "%(name)s is not an agency: tasks cannot be assigned to it.",
                        name=strange[0].display_name,
                    )
                )
            if one.successor_id in one.predecessor_ids:
                raise UserError(self.env._("An agency cannot take its own place."))

    # -- acts ------------------------------------------------------------------------
    def _guard(self, state):
        """Check the caller and the state of one record, after locking it.

        :raise AccessError: if the caller is not an Office manager.
        """
        self.ensure_one()
        self.check_access("write")
        if not self.env.su and not self.env.user._task_is_manager():
            raise AccessError(
                self.env._("An Office manager records the succession of agencies.")
            )
        self._lock()
        if self.state != state:
            raise UserError(self.env._("This is recorded already. Reload."))

    def action_record(self):
        """Record the succession: all of it, or nothing.

        :raise AccessError: if the caller is not an Office manager.
        :raise UserError: if the day is in the future, an agency has another
            successor already, or an assignment cannot go over.
        """
        self._guard("draft")
        wrong = self.corrects_id
        if wrong:
            wrong._guard("done")
        self._check_can_be()
        moved = 0
        if wrong:
            moved += self._correct_facts()
        self._mark_predecessors()
        if self.successor_id:
            moved += self._carry_over()
            self._pass_missing_tasks()
        self.sudo().write(
            {
                "state": "done",
                "recorded_by_id": self.env.uid,
                "recorded_on": self.company_id._task_today(),
                "assignment_count": moved,
            }
        )
        wrong.sudo().write({"state": "corrected"})
        return True

    def action_correct(self):
        """Open a new draft that corrects this record.

        :raise AccessError: if the caller is not an Office manager.
        """
        self._guard("done")
        draft = self.search([("corrects_id", "=", self.id), ("state", "=", "draft")])
        if not draft:
            draft = self.sudo().copy({"corrects_id": self.id, "reason": False})
        return draft[:1].sudo(False)._get_records_action()

    def _check_can_be(self):
        if not (self.reason or "").strip():
            raise UserError(self.env._("Give the reason."))
        if self.day > self.company_id._task_today():
            raise UserError(self.env._("The day is in the future."))
        if not self.predecessor_ids:
            raise UserError(self.env._("Choose the agencies that end."))
        if not self.successor_id and not self.corrects_id:
            raise UserError(self.env._("Choose the agency that takes over."))
        self.successor_id.sudo()._check_may_be_assigned()
        if (
            self.corrects_id
            and self.predecessor_ids != self.corrects_id.predecessor_ids
        ):
            raise UserError(
                self.env._(
                    "A correction is about the same agencies. Undo the succession and"
                    " record another one."
                )
            )
        self._check_level()
        known = self.corrects_id.successor_id | self.successor_id
        for agency in self.predecessor_ids.sudo():
            if agency.succeeded_by_id and agency.succeeded_by_id not in known:
                raise UserError(
                    self.env._(
                        "%(successor)s took the place of %(agency)s on %(day)s"
                        " already. Correct that succession.",
                        agency=agency.name,
                        successor=agency.succeeded_by_id.name,
                        day=format_date(self.env, agency.succeeded_on),
                    )
                )

    def _check_level(self):
        """A company that is itself an agency takes none away from the level above:
        where one carries tasks of a company the user does not enter, the Office there
        records its succession first."""
        user = self.env.user
        if self.env.su or not self.company_id.sudo().partner_id.is_agency:
            return
        new = self.predecessor_ids.sudo().filtered(
            lambda agency: agency.succeeded_by_id != self.successor_id
        )
        elsewhere = (
            self.env["task.assignment"]
            .sudo()
            .search(
                [
                    ("agency_id", "in", new.ids),
                    ("company_id", "not in", user.company_ids.ids),
                ],
                limit=1,
            )
        )
        if elsewhere:
            raise UserError(
                self.env._(
                    "%(agency)s carries tasks of another level too: the Office there"
                    " records its succession first.",
                    agency=elsewhere.agency_id.name,
                )
            )

    def _mark_predecessors(self):
        self.predecessor_ids.sudo().write(
            {
                "succeeded_by_id": self.successor_id.id,
                "succeeded_on": self.successor_id and self.day,
            }
        )

    # -- the assignments ---------------------------------------------------------------
    def _open_domain(self):
        """Assignments of the predecessors that were open on the day: by their dates,
        so that it does not matter when the succession is recorded."""

        def closed_later(name):
            return Domain(name, "=", False) | Domain(name, ">", self.day)

        # a support ends with its task: with the last of the leads
        ended_later = Domain("state", "in", OPEN_STATES) | Domain(
            "task_id.assignment_ids",
            "any",
            Domain("role", "=", "lead") & Domain("confirmed_on", ">", self.day),
        )
        return (
            Domain("company_id", "=", self.company_id.id)
            & Domain("agency_id", "in", self.predecessor_ids.ids)
            & closed_later("withdrawn_on")
            & (
                (Domain("role", "=", "lead") & closed_later("confirmed_on"))
                | (Domain("role", "=", "support") & ended_later)
            )
        )

    def _carry_over(self):
        """Record the succession on every assignment; return how many there are."""
        assignments = self.env["task.assignment"]
        found = assignments.sudo().search(self._open_domain(), order="id").ids
        count = 0
        for ids in split_every(BATCH, found):
            batch = assignments.browse(ids)
            batch._lock()
            by_day = {}
            for one in batch.sudo():
                # Not before it was assigned, nor before it came to the predecessor.
                day = max(filter(None, (self.day, one.assigned_on, one.agency_since)))
                closed_on = one.confirmed_on or one.withdrawn_on
                if not closed_on or closed_on > day:
                    by_day.setdefault(day, []).append(one)
            for day, ones in by_day.items():
                assignments.browse([one.id for one in ones])._record(
                    "succeeded",
                    day=day,
                    by_id={one.id: {"old_agency_id": one.agency_id.id} for one in ones},
                    agency_id=self.successor_id.id,
                    note=self.reason,
                    **self._fact_source(),
                )
                count += len(ones)
            # thousands of them need no more memory than one batch
            self.env.flush_all()
            self.env.invalidate_all()
        return count

    def _fact_source(self):
        """What every fact of this record, and of what it corrects, points to."""
        first = self
        while first.corrects_id:
            first = first.corrects_id
        return {
            "reference": self.reference,
            "submission_model": self._name,
            "submission_id": first.id,
        }

    def _correct_facts(self):
        """Let the facts of the corrected record hold with the agency and day of this
        one; return how many assignments still go over by it."""
        source = self._fact_source()
        found = (
            self.env["task.fact"]
            .sudo()
            .search(
                [
                    ("kind", "=", "succeeded"),
                    ("submission_model", "=", source["submission_model"]),
                    ("submission_id", "=", source["submission_id"]),
                ],
                order="id",
            )
            .ids
        )
        count = 0
        for ids in split_every(BATCH, found):
            facts = self.env["task.fact"].sudo().browse(ids)
            # one fact of a succession is on an assignment, never two
            assignments = facts.assignment_id.sudo(False)
            assignments._lock()
            by_id = {
                fact.assignment_id.id: {"corrects_id": fact.id, **self._corrected(fact)}
                for fact in facts
            }
            assignments._record("correction", by_id=by_id, note=self.reason, **source)
            count += sum(
                vals["agency_id"] == self.successor_id.id for vals in by_id.values()
            )
            self.env.flush_all()
            self.env.invalidate_all()
        return count

    def _corrected(self, fact):
        """The values with which the succession of `fact` holds now."""
        assignment = fact.assignment_id
        day = max(self.day, assignment.assigned_on)
        closed_on = assignment.confirmed_on or assignment.withdrawn_on
        if not self.successor_id or (closed_on and closed_on <= day):
            return {"agency_id": fact.old_agency_id.id, "new_day": fact.day}
        return {"agency_id": self.successor_id.id, "new_day": day}

    def _pass_missing_tasks(self):
        """A missing task that an agency reported is on no assignment, nor is every
        discrepancy."""
        theirs = Domain("assignment_id", "=", False) & Domain(
            "agency_id", "in", self.predecessor_ids.ids
        )
        returns = Domain("document_id.company_id", "=", self.company_id.id)
        returns &= Domain("state", "in", ("draft", "waiting"))
        differing = Domain("company_id", "=", self.company_id.id)
        differing &= Domain("state", "in", ("draft", "open"))
        passed = {"task.return": returns, "task.discrepancy": differing}
        for model, open_ones in passed.items():
            self.env[model].sudo().search(theirs & open_ones).write(
                {"agency_id": self.successor_id.id}
            )
