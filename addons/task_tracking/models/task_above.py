# SPDX-License-Identifier: LGPL-3.0-or-later
"""Cascade: what a level knows of the one above it, and how it is told.

Its users never read the superior body's records. They see, computed by the server,
what the superior body would tell them by letter: state, deadline, last answer.
"""

from odoo import api, fields, models
from odoo.tools import format_date, plaintext2html

from .task_assignment import OPEN_STATES, STATES
from .task_cascade import as_system
from .task_clock import OFFICE_GROUPS

#: Facts by which a superior body answers or changes what it assigned.
TOLD_KINDS = (
    "refused",
    "confirmed",
    "confirm_undone",
    "extension_approved",
    "extension_refused",
    "deadline_changed",
    "deadline_set",
    "correction",
    "return_kept",
    "return_refused",
    "withdrawn",
)


class TaskTask(models.Model):
    _inherit = "task.task"

    above_state = fields.Selection(
        STATES, string="State above", compute="_compute_above", compute_sudo=True
    )
    above_deadline = fields.Date(
        string="Deadline above", compute="_compute_above", compute_sudo=True
    )
    above_days_left = fields.Integer(
        string="Days left above",
        compute="_compute_above",
        compute_sudo=True,
        help="Days until the superior body's deadline; less than 0 when it has passed.",
    )
    above_answer = fields.Text(
        string="Answer from above",
        compute="_compute_above_answer",
        compute_sudo=True,
        groups=OFFICE_GROUPS,
    )
    missing_units = fields.Text(
        compute="_compute_missing_units",
        groups=OFFICE_GROUPS,
        help="Units whose result for the superior body is not handed in yet.",
    )

    def _above(self):
        """The superior body's assignment (in sudo), while this company carries it."""
        company = self.sudo().company_id
        above = self._received().sudo().parent_assignment_id
        return above.filtered(lambda one: one.agency_id in company.partner_id)

    @api.depends(
        "part_of_id.parent_assignment_id",
        "parent_assignment_id.state",
        "parent_assignment_id.deadline",
        "parent_assignment_id.due_on",
        "parent_assignment_id.agency_id",
    )
    def _compute_above(self):
        for task in self:
            above = task._above()
            running = above.state in OPEN_STATES and above.state != "submitted"
            today = above.company_id._task_today() if above.due_on else None
            # what another agency carries now is none of this company's affair
            moved = not above and task._received()
            task.above_state = "withdrawn" if moved else above.state
            task.above_deadline = above.deadline
            task.above_days_left = (
                (above.due_on - today).days if running and above.due_on else 0
            )

    @api.depends("part_of_id.parent_assignment_id", "parent_assignment_id.fact_ids")
    @api.depends_context("lang")
    def _compute_above_answer(self):
        facts = self.env["task.fact"].search(
            [
                ("assignment_id", "in", self._above().ids),
                ("kind", "in", TOLD_KINDS),
            ],
            order="id",
        )
        last = {fact.assignment_id: fact for fact in facts}
        for task in self:
            fact = last.get(task._above())
            task.above_answer = fact._told_text() if fact else False

    @api.depends(
        "is_from_above",
        "lead_agency_ids",
        "assignment_ids.state",
        "assignment_ids.result_ids.state",
        "part_ids.lead_agency_ids",
        "part_ids.assignment_ids.state",
        "part_ids.assignment_ids.result_ids.state",
    )
    @api.depends_context("uid")
    def _compute_missing_units(self):
        for task in self:
            missing = [share for share in task._unit_shares() if not share[2]]
            task.missing_units = "\n".join(
                f"{agency.name} – {part.display_name}" for part, agency, _ in missing
            )

    def _tell_office(self, fact):
        """Tell the Office of this task's company what the superior body recorded."""
        self.ensure_one()
        task = self.sudo()
        company = task.company_id
        user = task.specialist_id or task.document_id.specialist_id
        user = user.filtered("active") or company._task_receiver()
        document = as_system(task.document_id, company, user.lang)
        subject = document.env._("From above: %(directive)s", directive=self.name)
        words = as_system(fact, company, user.lang)._told_text()
        document._tell_from_above(user, subject, f"{subject}\n{words}")

    def _unit_shares(self):
        """What the units were given of this task from above, in the order of tasks.

        :return: list of (task, lead agency, its result handed in or accepted, or an
            empty one).
        """
        self.ensure_one()
        shares = []
        for task in self._received() | self._received().part_ids:
            leads = task.assignment_ids.filtered(
                lambda one: one.role == "lead" and one.state != "withdrawn"
            )
            shares += [(task, one.agency_id, one._last_result()) for one in leads]
            unassigned = task.lead_agency_ids - task.assignment_ids._carriers()
            shares += [(task, agency, leads.result_ids[:0]) for agency in unassigned]
        return shares


class TaskAssignment(models.Model):
    _inherit = "task.assignment"

    def _last_result(self):
        """The result that was accepted, or waits for its answer; at most one does."""
        return self.result_ids.filtered(
            lambda result: result.state in ("waiting", "accepted")
        )[:1]

    def _record(self, kind, *, day=None, by_id=None, **vals):
        facts = super()._record(kind, day=day, by_id=by_id, **vals)
        if kind in TOLD_KINDS:
            facts._tell_below()
        return facts


class TaskFact(models.Model):
    _inherit = "task.fact"

    def _told_text(self):
        """The fact in words, as the level below is told of it."""
        self.ensure_one()
        lines = [self.display_name]
        if self.deadline:
            date = format_date(self.env, self.deadline)
            lines.append(self.env._("New deadline: %s", date))
        return "\n".join(filter(None, (*lines, self.reference, self.note)))

    def _tell_below(self):
        """Tell the level below, if it has the task in a company of its own."""
        for fact in self.sudo():
            assignment = fact.assignment_id
            for task in assignment.cascade_task_ids:
                if assignment.agency_id == task.company_id.partner_id:
                    task._tell_office(fact)


class TaskDocument(models.Model):
    _inherit = "task.document"

    def _notify_received(self, company):
        """Tell the Office of `company` that this directive came from above."""
        self.ensure_one()
        users = self.specialist_id
        users |= company._task_office("task_tracking.group_office_manager")
        document = as_system(self, company, self.specialist_id.lang)
        text = document.env._(
            "Tasks of %(directive)s came from the superior body. Give them to the units"
            " and assign them.",
            directive=document.display_name,
        )
        subject = document.env._(
            "From above: %(directive)s", directive=document.display_name
        )
        document._tell_from_above(users, subject, text)

    def _tell_from_above(self, users, subject, text):
        """Keep `text` in the Office's chatter and notify `users` of it."""
        body = plaintext2html(text)
        self._message_log(body=body)
        partners = users.filtered("active").partner_id
        if partners:
            self.message_notify(
                partner_ids=partners.ids,
                subject=subject,
                body=body,
                email_layout_xmlid="mail.mail_notification_light",
            )


class IrUiMenu(models.Model):
    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        """What comes from above has a menu where the company is anybody's agency."""
        hidden = list(super()._load_menus_blacklist())
        if not any(self.env.user.sudo().company_ids.partner_id.mapped("is_agency")):
            for name in ("menu_task_from_above", "menu_task_upward"):
                menu = self.env.ref(f"task_tracking.{name}", raise_if_not_found=False)
                hidden += menu.ids if menu else []
        return hidden
