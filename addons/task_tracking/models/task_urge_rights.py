# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .task_urge import ENTRIES, MANUAL

#: States in which the task is the agency's to do: a result or a hand-back that waits
#: is answered, not urged.
URGED_STATES = ("released", "doing")
#: Kind of urging → the policy by which the text has it.
POLICY_OF = {
    "letter": "urge_by_letter",
    "call": "urge_by_phone",
    "meeting": "urge_by_meeting",
}
#: What somebody did, read by who it was about: a cancelled call or meeting too.
KEPT = Domain("kind", "in", MANUAL) & (
    Domain("state", "=", "done")
    | (Domain("kind", "in", ENTRIES) & Domain("state", "=", "cancelled"))
)


class TaskUrge(models.Model):
    """Who urges whom, and who reads it.

    The Office and the leaders all; a lead agency the supports of what it leads; an
    agency its units; a sector body the others in its fields (policy `urge_sector`).
    Who sends is fixed by who writes: no agency urges in the Office's name.
    """

    _inherit = "task.urge"
    _mine_field = "sender_agency_id"

    can_change = fields.Boolean(compute="_compute_can")
    can_issue = fields.Boolean(compute="_compute_can")
    is_mine = fields.Boolean(string="Sent by us")

    @api.depends_context("uid")
    @api.depends("state", "kind", "sender_agency_id", "line_ids.assignment_id")
    def _compute_can(self):
        for one in self:
            one.can_change = not one._change_refusal()
            one.can_issue = one.kind == "letter" and not one._issue_refusal()

    # -- who speaks for whom -----------------------------------------------------------
    @api.model
    def _own_sender(self):
        """Whom the user urges for: their agency; empty: the Office."""
        none = self.env["res.partner"]
        if self.env.su or self.env.user._task_is_office_or_leader():
            return none
        return self.env.user.sudo().task_agency_id.sudo(False)

    @api.model
    def _own_agencies(self):
        """The user's agency and those whose place it took, in sudo."""
        mine = self.env.user.sudo().task_agency_id
        return mine._task_names() | mine

    def _is_of_sender(self):
        """Whether the user works for who sends it."""
        if not self.sudo().sender_agency_id:
            return self.env.user._task_is_office_or_leader()
        return self.sudo()._is_officer()

    # -- why not -----------------------------------------------------------------------
    def _form_refusal(self):
        """Why the text in force here has no such urging, an exception, or None."""
        regulation = self.company_id.sudo()._task_regulation()
        if regulation._policy(POLICY_OF[self.kind]):
            return None
        return UserError(
            self.env._(
                "%(regulation)s does not know this form of urging.",
                regulation=regulation.display_name,
            )
        )

    def _change_refusal(self):
        """Why the current user may not write this, an exception, or None.

        Of the Office: who follows any of its tasks, who wrote it, a manager or a
        leader. Of an agency: its officers.
        """
        if self.state != "draft" or self.kind not in MANUAL:
            return UserError(self.env._("What was done is not changed any more."))
        if self.env.su:
            return None
        assignments = self.sudo()._kept_lines().assignment_id.sudo(False)
        user = self.env.user
        denied = AccessError(self.env._("You may not write this letter or entry."))
        if not self._is_of_sender():
            return denied
        if self.sudo().sender_agency_id:
            return None
        is_writer = self.create_uid == user or not self.create_uid
        follows = assignments._urged_by_user()
        return None if is_writer or follows or not assignments else denied

    def _issue_refusal(self):
        """Why the current user may not issue this, an exception, or None.

        Of the Office: who follows all of its tasks, a manager or a leader. Of an
        agency: its head, or whom the head authorised; a call or a meeting is entered
        by any officer.
        """
        if refusal := self._change_refusal() or self._form_refusal():
            return refusal
        if self.env.su:
            return None
        assignments = self.sudo()._kept_lines().assignment_id.sudo(False)
        if assignments - assignments._urged_by_user():
            return AccessError(
                self.env._("Some of these tasks are not yours to urge about.")
            )
        sender = self.sudo().sender_agency_id
        if sender and self.kind == "letter" and not self.env.user._task_may_submit():
            return AccessError(
                self.env._(
                    "The head of the agency issues this, or an officer whom the head"
                    " authorised. Your draft is kept."
                )
            )
        return None

    # -- who reads it ------------------------------------------------------------------
    @api.model
    def _scope_domain(self):
        """What an agency reads: what it sends, drafts too; letters, calls and meetings
        about its own assignments, once done; automatic reminders to its own people."""
        lines = self.env["task.urge.line"].sudo()
        own = lines._search(lines._own_domain())
        reminders = lines._search(lines._reminder_domain())
        return (
            Domain("sender_agency_id", "in", self._own_agencies().ids)
            | (KEPT & Domain("id", "in", own.subselect("urge_id")))
            | (
                Domain("kind", "=", "automatic")
                & Domain("id", "in", reminders.subselect("urge_id"))
            )
        )


class TaskUrgeLine(models.Model):
    _inherit = "task.urge.line"

    @api.model
    def _own_domain(self):
        """Lines about the user's agency and its units, as they were or as who took
        their place now: what was done to urge them."""
        agencies = self.env["res.partner"].sudo()
        tree = agencies.browse(self.env.user._task_agency_ids())
        return (
            Domain("agency_id", "in", (tree | tree._task_names()).ids)
            & KEPT
            & Domain("is_left_out", "=", False)
        )

    @api.model
    def _about_domain(self):
        """Lines about what the user reads as an agency."""
        assignments = self.env["task.assignment"]
        read = assignments.sudo()._search(assignments._scope_domain())
        mine = self.env.user.sudo().task_agency_id
        return Domain("assignment_id", "in", read) | (
            Domain("assignment_id", "=", False)
            & Domain("agency_id", "in", (mine | mine._task_names()).ids)
        )

    @api.model
    def _reminder_domain(self):
        """Automatic reminders to people of the user's own agency: what another
        agency's person was told is that person's."""
        users = self.env["res.users"].sudo().with_context(active_test=False)
        mine = self.env.user.sudo().task_agency_id
        if not mine:
            return Domain.FALSE
        people = users._search([("task_agency_id", "=", mine.id)])
        told = Domain("partner_id", "in", people.subselect("partner_id"))
        return (
            Domain("kind", "=", "automatic")
            & Domain("state", "=", "done")
            & Domain("urge_id", "any", told)
            & self._about_domain()
        )

    @api.model
    def _scope_domain(self):
        """What an agency reads of what was done to urge: about its assignments and
        those it oversees; of one letter to several agencies its own line only, unless
        it reads the others' assignments."""
        sent = Domain(
            "sender_agency_id", "in", self.env["task.urge"]._own_agencies().ids
        )
        done = KEPT & Domain("is_left_out", "=", False)
        return (
            Domain("urge_id", "any", sent)
            | self._own_domain()
            | (done & self._about_domain())
            | self._reminder_domain()
        )


class TaskAssignment(models.Model):
    _inherit = "task.assignment"

    def _urged_by_user(self):
        """Those of the assignments that the user may urge about, by role; whether
        they still wait for anything is another question (`URGED_STATES`)."""
        user, one = self.env.user, self.sudo()
        if self.env.su or user._task_is_manager():
            return self
        if user.has_group("task_tracking.group_leader"):
            return self
        if user._task_is_office():
            nobody = user.browse()
            urged = one.filtered(
                lambda a: a.specialist_id.sudo(False) in (user, nobody)
            )
            return urged.sudo(self.env.su)
        mine = user.sudo().task_agency_id
        if not mine or not user.has_group("task_tracking.group_agency_officer"):
            return self.browse()
        units = set(user._task_agency_ids()) - {mine.id}
        led = one.search(
            Domain("task_id", "in", one.task_id.ids)
            & Domain("agency_id", "=", mine.id)
            & Domain("role", "=", "lead")
            & Domain("state", "!=", "withdrawn")
        ).task_id
        managed = mine._task_managed_fields()

        def is_urged(assignment):
            if assignment.agency_id == mine:
                return False
            return (
                assignment.agency_id.id in units
                or (assignment.role == "support" and assignment.task_id in led)
                or (
                    assignment.field_id in managed
                    and assignment.regulation_id._policy("urge_sector")
                )
            )

        return one.filtered(is_urged).sudo(self.env.su)

    def _to_urge(self):
        """Those of the assignments that are the agency's to do."""
        return self.filtered(lambda one: one.sudo().state in URGED_STATES)

    def _urge_line_values(self):
        """The values of a line about this assignment, as it stands; in sudo."""
        self.ensure_one()
        return {
            "assignment_id": self.id,
            "res_model": self._name,
            "res_id": self.id,
            "agency_id": self.agency_id.id,
            "anchor_on": self.due_on,
            "marker": False,
            "is_left_out": False,
            "left_out_why": False,
        }
