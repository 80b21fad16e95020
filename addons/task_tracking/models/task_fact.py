# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..logic import life


class TaskFact(models.Model):
    """The ledger: everything that happened to an assignment, append-only.

    Each fact keeps the day it happened and the moment it was recorded (DOMAIN.md
    section 3). Nothing is ever changed or removed, by anybody: a wrong entry is
    corrected by a further fact of kind `correction`.
    """

    _name = "task.fact"
    _description = "Fact of an assignment"
    _order = "assignment_id, id"
    _rec_name = "kind"

    # Which assignments had an entry lately: asked of all at once by every report.
    _entry_idx = models.Index(f"(day, assignment_id) WHERE kind IN {life.ENTRY_KINDS}")

    assignment_id = fields.Many2one(
        "task.assignment", required=True, ondelete="restrict", index=True
    )
    kind = fields.Selection(
        [
            ("released", "Assigned"),
            ("received", "Received"),
            ("progress", "Progress reported"),
            ("contributed", "Contribution of a support"),
            ("handed_in", "Result handed in"),
            ("refused", "Result refused"),
            ("confirmed", "Result confirmed"),
            ("confirm_undone", "Confirmation undone"),
            ("extension_asked", "Extension asked"),
            ("extension_approved", "Extension approved"),
            ("extension_refused", "Extension refused"),
            ("extension_cancelled", "Extension request taken back"),
            ("deadline_changed", "Deadline changed by a leader"),
            ("deadline_set", "First deadline set"),
            ("correction", "Correction"),
            ("return_asked", "Handed back"),
            ("return_kept", "Hand-back answered: corrected and kept"),
            ("return_refused", "Hand-back refused"),
            ("return_cancelled", "Hand-back taken back"),
            ("withdrawn", "Withdrawn"),
            ("succeeded", "Taken over by a successor"),
            ("entered_elsewhere", "Entered in another system"),
        ],
        required=True,
    )
    day = fields.Date(required=True)
    recorded_at = fields.Datetime(string="Recorded at", required=True)
    is_backdated = fields.Boolean(string="Entered later")
    is_implied = fields.Boolean(
        string="Implied", help="Recorded because another act takes it for granted."
    )
    user_id = fields.Many2one(
        "res.users", string="Recorded by", required=True, ondelete="restrict"
    )
    deadline = fields.Date(string="New deadline")
    due_on = fields.Date(
        string="Moves to",
        help="The working day to which the deadline, a day off, moves where the"
        " regulation says so. Fixed when recorded; empty: it stands as written.",
    )
    due_reason = fields.Json(help="Why the deadline moves, as it was when recorded.")
    stated_day = fields.Date(string="Stated completion day")
    corrects_id = fields.Many2one(
        "task.fact", ondelete="restrict", index="btree_not_null"
    )
    new_day = fields.Date(string="Corrected day")
    note = fields.Text()
    reference = fields.Char(string="Document", help="Number and date of the paper.")
    agency_id = fields.Many2one(
        "res.partner", string="Carried by", ondelete="restrict", index="btree_not_null"
    )
    old_agency_id = fields.Many2one(
        "res.partner",
        string="Carried before by",
        ondelete="restrict",
        index="btree_not_null",
    )
    submission_model = fields.Char(readonly=True)
    submission_id = fields.Many2oneReference(model_field="submission_model")

    @api.depends("kind", "day")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for fact in self:
            fact.display_name = f"{kinds.get(fact.kind, '')} {fact.day:%d/%m/%Y}"

    # Refusing is the whole point of this override.
    # pylint: disable-next=method-required-super
    def write(self, vals):
        raise UserError(
            self.env._("What is recorded is never changed; record a correction.")
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("What is recorded is never deleted; record a correction.")
        )

    def _moment(self):
        """When it happened: the moment (naive UTC), or the day alone where it was
        entered later."""
        self.ensure_one()
        return self.day if self.is_backdated else self.recorded_at

    def _as_logic(self):
        """The facts as `logic.life.Fact`, the plain domain logic's own shape."""
        return [
            life.Fact(
                fact.id,
                fact.kind,
                fact.day,
                fact.deadline or None,
                fact.stated_day or None,
                fact.corrects_id.id or None,
                fact.new_day or None,
                fact.due_on or None,
                fact.agency_id.id or None,
                fact.old_agency_id.id or None,
                fact.reference if fact.kind == "entered_elsewhere" else None,
            )
            for fact in self
        ]

    @api.model
    def _impossible_message(self, code):
        """The sentence for a rule of `logic.life` that the act would break."""
        messages = {
            "nothing_to_correct": self.env._("There is no such fact to correct."),
            "before_release": self.env._(
                "The day is before the day the task was assigned."
            ),
            "withdrawn": self.env._("The assignment was withdrawn."),
            "completed": self.env._("The assignment is completed and closed."),
            "released_twice": self.env._("The task is assigned already."),
            "received_twice": self.env._("The task is received already."),
            "return_pending": self.env._(
                "The task was handed back and waits for an answer."
            ),
            "not_confirmed": self.env._("No result is confirmed."),
            "undo_too_late": self.env._(
                "A confirmation is undone on its own day only, by who confirmed. If the"
                " work proves wrong, assign a new task."
            ),
            "extension_pending": self.env._(
                "An extension was asked already and is not decided yet."
            ),
            "undated": self.env._("The task has no deadline that could be changed."),
            "extension_not_later": self.env._(
                "The new deadline must be later than the deadline in force."
            ),
            "no_extension": self.env._("No extension waits for a decision."),
            "same_deadline": self.env._("That is the deadline in force already."),
            "already_dated": self.env._("The task has a deadline already."),
            "no_return": self.env._("No hand-back waits for an answer."),
            "no_result_waiting": self.env._("No result waits for confirmation."),
            "result_waiting": self.env._(
                "A result waits for the Office's answer; nothing else is decided until"
                " then."
            ),
            "stated_before_release": self.env._(
                "The completion day is before the day the task was assigned."
            ),
            "stated_after_hand_in": self.env._(
                "The completion day is after the day the result was handed in."
            ),
            "stated_before_refusal": self.env._(
                "The completion day is before the last result was refused."
            ),
            "not_its_agency": self.env._(
                "The task had gone over to another agency by that day."
            ),
            "entered_twice": self.env._(
                "The entry in that system is marked already; correct its day."
            ),
        }
        return messages[code]
