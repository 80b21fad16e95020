# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from .res_company_clocks import COMPANY_ACTS


class TaskDesk(models.AbstractModel):
    """What the reader must do now, by role: the page everybody lands on."""

    _name = "task.desk"
    _description = "Desk"

    @api.model
    @api.readonly
    def get_sections(self):
        """Return the sections of the reader's desk.

        :return: list of {key, title, help, count, model, domain, tone, has_cards,
            items}, `has_cards` saying whether a phone shows them as cards, `items`
            being the first few records as {id, title, subtitle, date, badge}, with
            `open` where a method of the record opens it.
        """
        sections, unknown = [], self._unknown_sections()
        with_cards = self._models_with_cards()
        found = self._sections()
        counts = self._counts(found)
        for key, title, model, domain, order, tone in found:
            records, count = self.env[model], counts[key]
            if key in unknown and not count:
                continue
            sections.append(
                {
                    "key": key,
                    "title": title,
                    "model": model,
                    "domain": list(domain),
                    "tone": tone,
                    "has_cards": model in with_cards,
                    "count": count,
                    "items": [
                        self._item(record)
                        for record in records.search(domain, limit=5, order=order)
                    ]
                    if count
                    else [],
                }
            )
        return sections

    def _counts(self, sections):
        """{key: number of records the reader sees in it} of sections; one query."""
        counts = {section[0]: 0 for section in sections}
        selects = []
        for key, _title, model, domain, _order, _tone in sections:
            query = self.env[model]._search(domain)
            if not query.is_empty():
                selects.append(query.select(SQL("%s AS key", key), SQL("COUNT(*)")))
        if selects:
            counts.update(self.env.execute_query(SQL(" UNION ALL ").join(selects)))
        return counts

    def _models_with_cards(self):
        """The models that have cards of their own: Odoo's default card says a name."""
        views = self.env["ir.ui.view"].sudo()
        cards = [("type", "=", "kanban"), ("model", "=like", "task.%")]
        return set(views.search(cards).mapped("model"))

    def _unknown_sections(self):
        """The sections of acts the regulation in force here does not know; shown only
        while something of an earlier one still waits in them."""
        regulation = self.env.company._task_regulation()
        unknown = set()
        if not regulation._knows("extension_ask", "agency"):
            unknown |= {"extensions", "draft_task.extension"}
        if not regulation._knows("return", "agency"):
            unknown |= {"returns", "draft_task.return"}
        if not regulation._policy("confirmation_required"):
            unknown |= {"results"}
        if not any(map(regulation._period_kinds, COMPANY_ACTS)):
            unknown |= {"own_duties", "own_duties_due"}
        if unknown >= {"extensions", "returns", "results"}:
            # nothing is left that an agency could wait for
            unknown.add("submitted")
        if not regulation._policy("rating"):
            unknown |= {"to_rate"}
        return unknown

    def _sections(self):
        """The sections of the reader: (key, title, model, domain, order, tone)."""
        user = self.env.user
        sections = []
        if user._task_may_decide(self.env.company) or user.has_group(
            "task_tracking.group_leader"
        ):
            sections += self._leader_sections()
        if user._task_is_office():
            sections += self._office_sections(user)
        if user.has_group("task_tracking.group_agency_officer"):
            sections += self._agency_sections()
        # what several roles of one person are shown is shown once, and as what it is
        # for the role that acts
        found = {}
        for section in sections:
            if section[0] not in found or found[section[0]][-1] != "action":
                found[section[0]] = section
        return list(found.values())

    def _leader_sections(self):
        overdue = Domain("role", "=", "lead") & Domain("is_overdue", "=", True)
        return [
            self._extensions_section(),
            (
                "province_overdue",
                self.env._("Overdue at the agencies"),
                "task.assignment",
                overdue,
                "deadline, id",
                "danger",
            ),
            (
                "province_due",
                self.env._("Due soon at the agencies"),
                "task.assignment",
                Domain("role", "=", "lead") & Domain("is_due_soon", "=", True),
                "deadline, id",
                "warning",
            ),
        ]

    def _extensions_section(self):
        """Who may not decide them (a deputy without authorisation, the Office) is told
        that they wait, and not asked to act."""
        decides = self.env.user._task_may_decide(self.env.company)
        return (
            "extensions",
            self.env._("Extensions to decide")
            if decides
            else self.env._("Extensions waiting for a leader"),
            "task.extension",
            Domain("state", "=", "waiting"),
            "submitted_on, id",
            "action" if decides else "info",
        )

    def _pressing_sections(self, lead):
        """What is late and what is about to be, of the assignments in `lead`."""
        return [
            (
                "overdue",
                self.env._("Overdue"),
                "task.assignment",
                lead & Domain("is_overdue", "=", True),
                "deadline, id",
                "danger",
            ),
            (
                "due_soon",
                self.env._("Due soon"),
                "task.assignment",
                lead & Domain("is_due_soon", "=", True),
                "deadline, id",
                "warning",
            ),
        ]

    def _office_sections(self, user):
        followed = Domain.TRUE
        if not user._task_is_manager():
            followed = Domain("specialist_id", "=", user.id)
        lead = Domain("role", "=", "lead") & followed
        own = (
            Domain.TRUE
            if user._task_is_manager()
            else Domain("assignment_id.specialist_id", "=", user.id)
        )
        sections = [
            (
                "results",
                self.env._("Results to confirm"),
                "task.result",
                Domain("state", "=", "waiting") & own,
                "submitted_on, id",
                "action",
            ),
            (
                "returns",
                self.env._("Hand-backs to answer"),
                "task.return",
                Domain("state", "=", "waiting")
                & (own | Domain("assignment_id", "=", False)),
                "submitted_on, id",
                "action",
            ),
            (
                "to_rate",
                self.env._("Results to rate"),
                "task.result",
                self.env["task.result"]._to_rate_domain() & own,
                "submitted_on, id",
                "info",
            ),
            (
                "to_reassign",
                self.env._("To reassign"),
                "task.task",
                Domain("state", "=", "to_reassign") & followed,
                "deadline, id",
                "action",
            ),
            (
                "drafts",
                self.env._("Directives not yet assigned"),
                "task.document",
                Domain("state", "=", "draft") & followed,
                "issued_on, id",
                "action",
            ),
            *self._pressing_sections(lead),
            (
                "not_received",
                self.env._("Not yet received by the agency"),
                "task.assignment",
                followed & Domain("state", "=", "released"),
                "assigned_on, id",
                "info",
            ),
        ]
        if user._task_is_manager():
            sections += self._own_duties_sections()
        if user._task_is_manager():
            sections.insert(1, self._extensions_section())
        return sections

    def _own_duties_sections(self):
        """The Office's limits that no other record stands for: those that its ladder
        reminds of by now, and those that are still ahead."""
        own = Domain("res_model", "=", "res.company") & Domain(
            "state", "in", ("running", "missed")
        )
        until = self.env["task.clock"]._reminded_until(self.env.company)
        return [
            (
                "own_duties_due",
                self.env._("Periodic duties of the Office: due"),
                "task.clock",
                own & Domain("due_on", "<=", until),
                "due_on, id",
                "action",
            ),
            (
                "own_duties",
                self.env._("Periodic duties of the Office"),
                "task.clock",
                own & Domain("due_on", ">", until),
                "due_on, id",
                "info",
            ),
        ]

    def _agency_sections(self):
        mine = Domain("is_mine", "=", True)
        lead = mine & Domain("role", "=", "lead")
        sections = [
            (
                "to_receive",
                self.env._("To receive"),
                "task.assignment",
                mine & Domain("state", "=", "released"),
                "assigned_on, id",
                "action",
            ),
            *self._pressing_sections(lead),
        ]
        drafts = {
            "task.result": self.env._("Results to submit"),
            "task.extension": self.env._("Extension requests to submit"),
            "task.return": self.env._("Hand-backs to submit"),
        }
        for model, title in drafts.items():
            sections.append(
                (
                    f"draft_{model}",
                    title,
                    model,
                    Domain("state", "=", "draft"),
                    "id",
                    "action",
                )
            )
        sections += [
            (
                "submitted",
                self.env._("Waiting for the Office"),
                "task.assignment",
                lead
                & (
                    Domain("state", "in", ("submitted", "returned"))
                    | Domain("extension_pending", "=", True)
                ),
                "deadline, id",
                "info",
            ),
            (
                "doing",
                self.env._("In progress"),
                "task.assignment",
                mine
                & Domain("state", "=", "doing")
                & Domain("is_due_soon", "=", False)
                & Domain("is_overdue", "=", False),
                "deadline, id",
                "info",
            ),
        ]
        if self.env.user.sudo().task_agency_id.task_field_ids:
            sections.append(
                (
                    "sector",
                    self.env._("Overdue with others in our fields"),
                    "task.assignment",
                    Domain("is_overdue", "=", True)
                    & Domain("is_mine", "=", False)
                    & Domain("role", "=", "lead"),
                    "deadline, id",
                    "warning",
                )
            )
        return sections

    def _item(self, record):
        """One line of a section, in the same shape for every model."""
        kind = record._name
        if kind == "task.clock":
            return self._clock_item(record)
        empty = self.env["task.assignment"]
        assignment = record if kind == empty._name else empty
        if "assignment_id" in record._fields:
            assignment = record.assignment_id
        task = record if kind == "task.task" else assignment.task_id
        document = record if kind == "task.document" else record.document_id
        agency = assignment.agency_id
        named = [part.display_name for part in (agency, document) if part]
        if assignment.role == "support":
            named.insert(1, self.env._("support"))
        return {
            "id": record.id,
            "title": task.display_name or document.abstract or document.display_name,
            "subtitle": " · ".join(named),
            "date": record.deadline if kind == "task.task" else assignment.deadline,
            "new_date": record.new_deadline if kind == "task.extension" else False,
            "days_overdue": assignment.days_overdue,
            "days_left": assignment.days_left if assignment.is_due_soon else False,
        }

    def _clock_item(self, clock):
        """A duty of the Office that no other record stands for."""
        days = (clock.due_on - clock.company_id._task_today()).days
        return {
            "id": clock.id,
            "title": clock.display_name,
            "subtitle": clock.record_name,
            "date": clock.due_on,
            "new_date": False,
            "days_overdue": max(0, -days),
            "days_left": days if days >= 0 else False,
        }
