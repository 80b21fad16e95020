# SPDX-License-Identifier: LGPL-3.0-or-later
from dataclasses import dataclass, replace
from textwrap import shorten

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL, ormcache

from ..logic.ladder import anchors
from ..logic.limits import ACTS

#: The states of an assignment in which something is left to be done by the agency.
RUNNING_STATES = ("released", "doing")
#: What falls due, what is overdue, what waits for the reader's decision.
DUE, OVERDUE, DECISION = "due", "overdue", "decision"


@dataclass(slots=True)
class Item:
    """One thing somebody may be told: a running record, and the step reached.

    `model`, `res_id`: what runs (an assignment, a clock, what waits for an answer);
    `anchor`: its due date, or the day it began to wait. `about`, of a clock or of what
    waits: the record it runs on. `assignment_id` is set where it is about one.
    """

    company: object
    model: str
    res_id: int
    anchor: object
    section: str
    kind: str
    step: object = None
    about: object = None
    assignment_id: int | None = None
    agency_id: int | None = None
    specialist_id: int | None = None
    document_id: int | None = None
    title: str = ""
    act: str = ""
    article: str = ""
    is_lead: bool = False
    deciders: object = None
    told: str = ""  # the part of its marker that is the same for everybody

    @property
    def key(self):
        return (self.model, self.res_id)

    def marker(self, partner_id):
        """Under which this step of this due date is told to this person once."""
        if not self.told:
            self.told = f"{self.model}/{self.res_id}/{self.step.id}/{self.anchor}/"
        return f"{self.told}{partner_id}"

    def at(self, step):
        """The same with the step that is told."""
        return replace(self, step=step, told="")

    def line(self, partner_id):
        """What is kept of telling this person (`task.urge._insert_automatic`)."""
        return {
            "marker": self.marker(partner_id),
            "anchor": self.anchor,
            "res_model": self.about._name if self.about else self.model,
            "res_id": self.about.id if self.about else self.res_id,
            "assignment_id": self.assignment_id,
            "agency_id": self.agency_id,
        }


class TaskAssignment(models.Model):
    _inherit = "task.assignment"

    # With nothing due the digest finds that in the index alone.
    _running_due_idx = models.Index(
        "(company_id, due_on) WHERE state IN ('released', 'doing')"
    )


class TaskClock(models.Model):
    _inherit = "task.clock"

    _running_due_idx = models.Index(
        "(company_id, due_on) WHERE stopped_on IS NULL AND cancelled_on IS NULL"
    )


class TaskResult(models.Model):
    _inherit = "task.result"

    _waiting_idx = models.Index("(submitted_on) WHERE state = 'waiting'")


class TaskExtension(models.Model):
    _inherit = "task.extension"

    _waiting_idx = models.Index("(submitted_on) WHERE state = 'waiting'")


class TaskReturn(models.Model):
    _inherit = "task.return"

    _waiting_idx = models.Index("(submitted_on) WHERE state = 'waiting'")


class TaskDigest(models.AbstractModel):
    """What is told: running records at the step of their ladder that today reached.

    The ladder gives the few due dates of which something is told today; the records
    are found by these dates in an index, in one query for each source, however many
    there are.
    """

    _name = "task.digest"
    _description = "Daily digest"

    # -- what is reached today ---------------------------------------------------------
    @api.model
    def _sources(self):
        """The methods that give the items of a company at the step reached today (of
        whatever channel)."""
        return (self._assignment_items, self._clock_items, self._awaited_items)

    @api.model
    def _reached(self, company, kind, act=None):
        """{due date or first day of waiting: the step (task.reminder.step) told of it
        today}, of one ladder of the regulation in force."""
        found = self._reached_steps(
            company, company._task_regulation(), kind, act, company._task_today()
        )
        records = self.env["task.reminder.step"]
        return {day: records.browse(step.ref) for day, step in found.items()}

    @ormcache("company.id", "regulation.id", "kind", "act", "today")
    def _reached_steps(self, company, regulation, kind, act, today):
        """The same with plain steps: the same all day, however often the job runs."""
        steps = regulation._ladder_steps(kind, act)
        return anchors(steps, company._task_calendar(), today)

    @api.model
    def _reached_by_act(self, company):
        """{(kind, act): what `_reached` gives}, of the limits in days; most acts go by
        the same ladder, which is then asked once."""
        regulation, ladders, reached = company._task_regulation(), {}, {}
        for kind in ("agency", "office"):
            for act in ACTS:
                steps = regulation._ladder_steps(kind, act)
                if steps not in ladders:
                    ladders[steps] = self._reached(company, kind, act)
                if ladders[steps]:
                    reached[kind, act] = ladders[steps]
        return reached

    # -- assignments -------------------------------------------------------------------
    @api.model
    def _assignment_items(self, company, ids=None):
        """The running assignments that reached a step; or those of `ids` that run,
        without a step."""
        reached = self._reached(company, "deadline") if ids is None else {}
        if ids is None and not reached:
            return []
        which = (
            SQL("one.due_on IN %s", tuple(reached))
            if ids is None
            else SQL("one.id IN %s AND one.due_on IS NOT NULL", tuple(ids))
        )
        models_ = ("task.assignment", "task.task")
        for name in models_:
            self.env[name].flush_model()
        self.env.cr.execute(
            SQL(
                "SELECT one.id, one.due_on, one.agency_id, one.specialist_id,"
                " one.document_id, one.role = 'lead', task.name"
                " FROM task_assignment one JOIN task_task task ON task.id = one.task_id"
                " WHERE one.company_id = %s AND one.state IN ('released', 'doing')"
                " AND %s ORDER BY one.due_on, one.id",
                company.id,
                which,
            )
        )
        today = company._task_today()
        return [
            Item(
                company=company,
                model="task.assignment",
                res_id=id_,
                anchor=due_on,
                section=DUE if due_on >= today else OVERDUE,
                kind="deadline",
                step=reached.get(due_on),
                assignment_id=id_,
                agency_id=agency_id,
                specialist_id=specialist_id,
                document_id=document_id,
                title=_short(name),
                is_lead=is_lead,
            )
            for (
                id_,
                due_on,
                agency_id,
                specialist_id,
                document_id,
                is_lead,
                name,
            ) in self.env.cr.fetchall()
        ]

    # -- time limits -------------------------------------------------------------------
    @api.model
    def _clock_items(self, company, ids=None):
        """The running limits in days that reached a step; or those of `ids` that run.

        A limit in hours is told at once, and never here; the agency's own that are
        counted from the deadline are covered by the deadline's ladder.
        """
        reached = {}
        if ids is None:
            reached = self._reached_by_act(company)
            days = {day for some in reached.values() for day in some}
            if not days:
                return []
        which = (
            Domain("due_on", "in", sorted(days))
            if ids is None
            else Domain("id", "in", ids)
        )
        # no more than the index holds of one company
        running = (
            Domain("company_id", "=", company.id)
            & Domain("stopped_on", "=", False)
            & Domain("cancelled_on", "=", False)
        )
        clocks = (
            self.env["task.clock"].sudo().search(running & which, order="due_on, id")
        )
        clocks = clocks.filtered(lambda clock: self._is_reminded(clock))
        today = company._task_today()
        items = []
        for model, ones in clocks.grouped("res_model").items():
            records = self.env[model].sudo().browse(ones.mapped("res_id")).exists()
            there = {record.id: record for record in records}
            for clock in ones:
                record = there.get(clock.res_id)
                kind = "agency" if clock.actor == "agency" else "office"
                step = reached.get((kind, clock.act), {}).get(clock.due_on)
                if record and (step or ids is not None):
                    items.append(self._clock_item(clock, record, kind, step, today))
        return items

    @api.model
    def _is_reminded(self, clock):
        """Whether the digest tells of this limit."""
        model = self.env.get(clock.res_model)
        if model is None or not getattr(model, "_clock_is_reminded", False):
            return False
        own_deadline = (
            clock.res_model == "task.assignment"
            and clock.actor == "agency"
            and clock.rule_id.event == "deadline"
        )
        return not (clock.due_at or own_deadline)

    @api.model
    def _clock_item(self, clock, record, kind, step, today):
        about = self._about(record)
        return Item(
            company=clock.company_id,
            model="task.clock",
            res_id=clock.id,
            anchor=clock.due_on,
            section=DUE if clock.due_on >= today else OVERDUE,
            kind=kind,
            step=step,
            about=record,
            assignment_id=about["assignment"].id or None,
            agency_id=record._clock_agency().id or None,
            specialist_id=record._clock_specialist().id or None,
            document_id=about["document"].id or None,
            title=_short(about["assignment"].task_id.name),
            act=clock.act,
            article=clock.rule_id.article or "",
        )

    # -- what waits for an answer ------------------------------------------------------
    @api.model
    def _awaited_items(self, company, ids=None):
        """What waits since a day that reached a step; or those of `ids` ({model: ids})
        that wait."""
        items = []
        ladders = {}
        today = company._task_today()
        awaited = self.env["task.awaited.mixin"].sudo()
        domains = {}
        for model in awaited._awaited_models():
            if ids is not None and model._name not in ids:
                continue
            kind = "agency" if model._awaited_due else "decision"
            name = model._awaited_due or model._awaited_since
            if ids is None:
                if kind not in ladders:
                    ladders[kind] = self._reached(company, kind)
                which = Domain(name, "in", sorted(ladders[kind]))
            else:
                which = Domain("id", "in", ids[model._name]) & Domain(name, "!=", False)
            domains[model._name] = which & Domain(model._awaited_domain(company))
        # most often nothing waits: the ids alone are asked
        for waiting in awaited._awaited_found(domains).values():
            model = waiting.browse()
            kind = "agency" if model._awaited_due else "decision"
            name = model._awaited_due or model._awaited_since
            deciders = waiting._awaited_by()
            for one in waiting:
                about = self._about(one)
                section = DECISION
                if model._awaited_due:
                    section = DUE if one[name] >= today else OVERDUE
                items.append(
                    Item(
                        company=company,
                        model=model._name,
                        res_id=one.id,
                        anchor=one[name],
                        section=section,
                        kind=kind,
                        step=ladders.get(kind, {}).get(one[name]),
                        about=one,
                        assignment_id=about["assignment"].id or None,
                        agency_id=about["agency"].id or None,
                        specialist_id=about["assignment"].specialist_id.id or None,
                        document_id=about["document"].id or None,
                        deciders=deciders.get(one, self.env["res.users"]),
                    )
                )
        return items

    @api.model
    def _about(self, record):
        """The assignment, directive and agency a record is about, if any."""
        about = {
            "assignment": self.env["task.assignment"].sudo(),
            "document": self.env["task.document"].sudo(),
            "agency": self.env["res.partner"].sudo(),
        }
        for name, empty in about.items():
            if record._name == empty._name:
                about[name] = record
            elif f"{name}_id" in record._fields:
                field = record._fields[f"{name}_id"]
                if field.comodel_name == empty._name:
                    about[name] = record[f"{name}_id"]
        about["document"] = about["document"] or about["assignment"].document_id
        about["agency"] = about["agency"] or about["assignment"].agency_id
        return about


def _short(words, most=140):
    """The words on one line, shortened between two of them."""
    return shorten(words or "", most, placeholder=" …")
