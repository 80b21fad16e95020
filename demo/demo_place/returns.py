"""Hand-backs: not ours, not accurate, a task is missing; and reassignments."""

from datetime import timedelta

from .directives import vietnamese
from .stories import OPEN


class Returns:
    """Part of `lives.LeadLife`: what is handed back, and how it is answered."""

    def _story_hand_back(self):
        """Not ours: the manager gives it to the agency that was proposed."""
        self._plan_return("not_ours", self.pass_on)

    def _story_return_refused(self):
        self._plan_return("not_ours", self.refuse_return)

    def _story_return_waiting(self):
        self._plan_return("not_ours")

    def _story_inaccurate(self):
        self._plan_return("inaccurate", self.keep_return)

    def _story_inaccurate_waiting(self):
        self._plan_return("inaccurate")

    def _plan_return(self, kind, answer=None):
        self.sim.at(self.sim.day, self.hand_back, kind, answer)

    def _other(self):
        """The agency that is proposed instead, if the story names one."""
        code = self.words.get("return_to")
        return self.sim.people.agencies[code] if code else None

    def hand_back(self, kind, answer):
        if self.state not in OPEN:
            return
        other = self._other() if kind == "not_ours" else None
        text = self.sim.words.pick(
            kind, agency=self.agency.name, other=other.name if other else ""
        )
        back = self.sim.model("task.return", self.agency.officer).create(
            {
                "assignment_id": self.assignment.id,
                "kind": kind,
                "text": text,
                "proposed_agency_id": other.partner.id if other else False,
            }
        )
        back.with_user(self.submitter).action_submit()
        if answer:
            day = self.sim.after(self.sim.day, self.chance.choice((1, 1, 2)))
            self.sim.at(day, answer, back)

    def pass_on(self, back):
        other = self._other()
        back = back.with_user(self.manager)
        back.answer = self.sim.words.pick("return_accepted", other=other.name)
        back.new_agency_ids = [(6, 0, other.partner.ids)]
        back.action_accept()
        self._live_again(other)

    def refuse_return(self, back):
        back = back.with_user(self.specialist)
        back.answer = self.sim.words.pick("return_refused", agency=self.agency.name)
        back.action_refuse()
        self._work()

    def keep_return(self, back):
        back = back.with_user(self.specialist)
        back.answer = self.sim.words.pick("return_kept", agency=self.agency.name)
        back.action_keep()
        self._work()

    def _story_reassigned(self):
        """The leader names another lead; the manager passes it on in one step."""
        self.sim.at(self.sim.after(self.sim.day, 3), self.reassign)

    def reassign(self):
        other = self._other()
        self.as_(self.manager).reassign(
            other.partner, self.sim.words.pick("reassigned", other=other.name)
        )
        self._live_again(other)

    def _live_again(self, other):
        """The assignment that another agency got instead of this one."""
        new = self.assignment.task_id.assignment_ids.filtered(
            lambda one: one.agency_id == other.partner and one.state != "withdrawn"
        )
        type(self)(self.sim, new, self.words, "again").begin()

    def _story_missing(self):
        """The directive asks more of this agency than was entered: it says so."""
        self.sim.at(self.sim.day, self.report_missing)
        self._work()

    def report_missing(self):
        back = self.sim.model("task.return", self.agency.officer).create(
            {
                "kind": "missing",
                "document_id": self.assignment.document_id.id,
                "text": self.sim.words.pick("missing_task", agency=self.agency.name),
            }
        )
        back.with_user(self.submitter).action_submit()
        self.sim.at(self.sim.after(self.sim.day, 1), self.add_missing, back)

    def add_missing(self, back):
        """The Office adds the task, assigns it and answers."""
        deadline = self.sim.calendar.roll(self.sim.day + timedelta(days=20))
        words = {
            "product": self.words["product"],
            "field": self.words["field"],
            "leads": [self.agency.code],
            "content": self.words["missing"].format(han=vietnamese(deadline)),
            "deadline": deadline,
        }
        self.sim.add_task(self.assignment.document_id, words, self.specialist)
        back = back.with_user(self.specialist)
        back.answer = self.sim.words.pick(
            "return_missing_kept", agency=self.agency.name
        )
        back.action_keep()
