# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class TaskReturn(models.Model):
    """A hand-back: “not ours”, “not accurate”, or “a task is missing” (KH Đ5.2b).

    Ends in: reassigned in one step, corrected and kept, refused. A missing task has
    no assignment: it names the directive and ends in kept (the Office added it) or
    refused.
    """

    _name = "task.return"
    _description = "Hand-back"
    _inherit = ["task.submission.mixin", "task.clock.mixin"]
    _act = "hand_back"
    _answer_fields = frozenset(("answer", "new_agency_ids"))

    assignment_id = fields.Many2one(required=False)
    kind = fields.Selection(
        [
            ("not_ours", "Not within our functions"),
            ("inaccurate", "Not accurate"),
            ("missing", "A task is missing"),
        ],
        required=True,
        default="not_ours",
    )
    returned_late = fields.Boolean(
        compute="_compute_returned_late",
        compute_sudo=True,
        help="Handed back later than the regulation allows.",
    )
    document_id = fields.Many2one(
        readonly=False,
        required=True,
        ondelete="cascade",
        index=True,
    )
    proposed_agency_id = fields.Many2one(
        "res.partner",
        string="Proposed agency",
        ondelete="restrict",
        domain=[("is_agency", "=", True)],
    )
    new_agency_ids = fields.Many2many(
        "res.partner",
        "task_return_agency_rel",
        string="Reassign to",
        domain=[("is_agency", "=", True)],
        copy=False,
    )

    _waiting_uniq = models.UniqueIndex(
        "(assignment_id) WHERE state = 'waiting'", "A hand-back waits already."
    )
    _assignment_required = models.Constraint(
        "CHECK (assignment_id IS NOT NULL OR kind = 'missing')",
        "Choose the task that is handed back.",
    )

    @api.depends("assignment_id.agency_id")
    def _compute_agency(self):
        for one in self:
            one.agency_id = (
                one.assignment_id.agency_id
                or one.agency_id
                or self.env.user.sudo().task_agency_id
            )

    @api.depends("clock_ids.is_late")
    def _compute_returned_late(self):
        for one in self:
            one.returned_late = any(one.clock_ids.mapped("is_late"))

    def _check_draft(self):
        """A missing task is reported on a directive the agency reads; any other
        hand-back is of its own assignment and so of that one's directive."""
        # pylint: disable=missing-return
        super()._check_draft()
        self.document_id.check_access("read")
        regulation = self._company()._task_regulation().sudo()
        refusal = regulation._agency_refusal("return")
        if refusal and not self.env.su:
            raise refusal
        task_is_missing = self.kind == "missing"
        if self.assignment_id and (
            task_is_missing or self.document_id != self.assignment_id.document_id
        ):
            raise UserError(
                self.env._(
                    "A hand-back names its assignment, or a directive in which a task"
                    " is missing."
                )
            )

    # -- a missing task has no assignment ---------------------------------------------
    def _submit_refusal(self):
        if self.kind != "missing":
            return super()._submit_refusal()
        if self.state != "draft":
            return UserError(self.env._("This was submitted already."))
        if not (self.env.user._task_may_submit() or self.env.user._task_is_office()):
            return AccessError(
                self.env._(
                    "The head of the agency submits this, or an officer whom the head"
                    " authorised. Your draft is kept."
                )
            )
        return None

    def _decide_refusal(self):
        if self.kind != "missing":
            return super()._decide_refusal()
        if self.state != "waiting":
            return UserError(self.env._("This does not wait for an answer (any more)."))
        user = self.env.user
        if not user._task_is_office() or self.submitted_by_id == user:
            return AccessError(self.env._("You may not answer this."))
        return None

    def _record_on_assignment(self, kind, **vals):
        if self.assignment_id:
            return super()._record_on_assignment(kind, **vals)
        return self.env["task.fact"]

    def _thread(self):
        return self.assignment_id or self.document_id

    def _company(self):
        return self.assignment_id.company_id or self.document_id.company_id

    # -- acts --------------------------------------------------------------------------
    def action_submit(self):
        """Hand the task back with the reason; asking alone changes nothing."""
        self._submit("return_asked")
        for one in self.sudo():
            one._clock_meet("return", one._moment())
        return True

    # -- its time limit ----------------------------------------------------------------
    def _clock_company(self):
        return self._company()

    def _clock_events(self):
        """Counted from the receipt of what is handed back; where a task is missing,
        from that of what did come of its directive (BG Đ6.2c)."""
        received = self.assignment_id or self.document_id.assignment_ids.filtered(
            lambda one: one.agency_id == self.agency_id
        ).sorted("id")
        moments = filter(None, (one._received_moment() for one in received))
        first = next(moments, False)
        return {"receipt": first} if first else {}

    def action_accept(self):
        """Accept: the assignment is withdrawn and given to `new_agency_ids` at once.

        :raise AccessError: if the caller is not an Office manager (DOMAIN.md §5).
        """
        self._guard_decision()
        for one in self:
            if one.kind == "missing":
                raise UserError(
                    self.env._("Add the task to the directive, then answer “kept”.")
                )
            if not one.assignment_id._is_allowed("manager"):
                raise AccessError(self.env._("An Office manager reassigns tasks."))
            one.sudo().write(
                {
                    "state": "accepted",
                    "decided_by_id": self.env.uid,
                    "decided_on": one._company()._task_today(),
                }
            )
            one.assignment_id._move_to(one.new_agency_ids, one.text)
        self._tell_agency()
        return True

    def action_keep(self):
        """The Office corrected what was wrong (or added the task): it is kept."""
        self._guard_decision()
        self._decide("accepted", "return_kept")
        return True

    def action_refuse(self):
        """Refuse the hand-back with the reason in `answer`."""
        self._guard_decision()
        self._decide("refused", "return_refused")
        return True

    def action_cancel(self):
        """Take the hand-back back before it is answered."""
        self._cancel("return_cancelled")
        return True
