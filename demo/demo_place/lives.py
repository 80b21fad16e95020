"""What becomes of an assignment: who does what, when, by habit and by chance.

A `story` of the directive's file decides it where the demonstration must show
something, for example a task nobody has received yet; chance decides the rest.
"""

from datetime import timedelta

from . import papers
from .directives import vietnamese
from .returns import Returns
from .stories import OPEN, Stories

#: What a lead does by chance, with the parts of a whole; the rest just works.
CHANCES = (
    ("extension", 0.18),
    ("withdrawn", 0.04),
    ("moved", 0.03),
    ("inaccurate", 0.02),
    ("neglected", 0.1),
)
#: Working days an agency takes to receive a task; urgent ones it receives at once.
RECEIVING = (0, 0, 0, 1, 1, 1, 2, 3)
#: Working days the Office takes to confirm a result.
CONFIRMING = (0, 0, 1, 1, 1, 2, 2, 3, 5)
#: Working days the Office takes to enter a result in another system, too.
ENTERING = (0, 0, 1, 1, 2, 5)
#: How late a late agency is: (part, fewest days, most days).
LATE = ((0.5, 1, 7), (0.3, 8, 22), (0.15, 23, 50), (0.05, 60, 110))
#: Story → the act that the text must know for it; without it the lead just works.
NEEDS = {
    "extension": "extension_ask",
    "extension_waiting": "extension_ask",
    "hand_back": "return",
    "return_refused": "return",
    "return_waiting": "return",
    "inaccurate": "return",
    "inaccurate_waiting": "return",
    "missing": "return",
}
#: Kind of product → abbreviation of the paper that hands it in.
REPLIES = {"submit": "TTr", "report": "BC", "complete": "BC"}


def support_life(sim, assignment, words):
    """A support receives and mostly contributes before the deadline."""
    agency = sim.agency_of(assignment)
    start = sim.after(sim.day, sim.chance.choice(RECEIVING))

    def receive():
        if assignment.state == "released":
            assignment.with_user(agency.officer).action_receive()

    def contribute():
        if assignment.state not in OPEN:
            return
        text = sim.words.pick("contribution", words["product"])
        sim.model("task.progress", agency.officer).create(
            {"assignment_id": assignment.id, "text": text}
        )

    sim.at(start, receive)
    if not assignment.deadline:
        return
    if sim.chance.random() < 0.65 and assignment.deadline > start:
        days = (assignment.deadline - start).days
        sim.at(
            start + timedelta(days=int(days * sim.chance.uniform(0.2, 0.8))), contribute
        )


class LeadLife(Stories, Returns):
    """The life of one lead assignment, as a chain of acts on the agenda."""

    def __init__(self, sim, assignment, words, story=None):
        self.sim = sim
        self.chance = sim.chance
        self.assignment = assignment
        self.words = words
        self.agency = sim.agency_of(assignment)
        self.story = self._possible(story or self._chance_story())
        self.refusals = 0

    def _possible(self, story):
        """The story, unless the place's text does not know what it needs."""
        act = NEEDS.get(story)
        return story if not act or self.sim.agencies_may(act) else None

    def _chance_story(self):
        if not self.deadline:
            return None
        draw = self.chance.random()
        days = (self.deadline - self.sim.day).days
        urgent = self.assignment.document_id.urgency != "normal"
        for story, part in CHANCES:
            draw -= part
            if draw < 0:
                # Who has little time does not ask for more of it.
                short = days < 18 or urgent if story == "extension" else days < 10
                return None if short and story != "inaccurate" else story
        return None

    # -- what it is about ------------------------------------------------------------
    @property
    def deadline(self):
        return self.assignment.deadline

    @property
    def state(self):
        return self.assignment.state

    def as_(self, user):
        return self.assignment.with_user(user)

    @property
    def specialist(self):
        return self.assignment.specialist_id

    @property
    def manager(self):
        login = self.chance.choice(self.sim.place.managers)
        # What the Office's own head handed in, his deputy answers.
        if self.agency.kind == "office":
            login = self.sim.place.managers[-1]
        return self.sim.official(login)

    @property
    def decider(self):
        """The leader, or a deputy within a recorded authorisation (KH Đ5.2đ)."""
        login = self.chance.choice(self.sim.place.deciders)
        return self.sim.official(login)

    @property
    def submitter(self):
        officer, head = self.agency.officer, self.agency.head
        return (
            officer if officer.task_may_submit and self.chance.random() < 0.7 else head
        )

    # -- the beginning ---------------------------------------------------------------
    def begin(self):
        if self.story == "unreceived":
            return
        at_once = self.story or self.assignment.document_id.urgency != "normal"
        wait = 0 if at_once else self.chance.choice(RECEIVING)
        if self.chance.random() < 0.03 and not self.story:
            wait += 4
        self.sim.at(self.sim.after(self.sim.day, wait), self.receive)

    def receive(self):
        if self.state != "released":
            return
        self.as_(self.agency.officer).action_receive()
        if not self.deadline:
            self._live_undated()
            return
        self._plan_entries()
        getattr(self, f"_story_{self.story}", self._work)()

    def _plan_entries(self):
        """Zero to three entries on how it goes, on the way to the deadline."""
        length = (self.deadline - self.sim.day).days
        most = 3 if length > 30 else 2 if length > 9 else 1
        number = 0 if self.story == "never" else self.chance.randint(0, most)
        for index in range(number):
            part = (index + self.chance.uniform(0.3, 0.9)) / (number + 0.4)
            self.sim.at(self.sim.day + timedelta(days=int(length * part)), self.report)

    def _live_undated(self):
        """Entries as each quarter ends, and the result if the words say when."""
        last = {(day.year, (day.month - 1) // 3): day for day in self.sim.workdays}
        for day in last.values():
            if day > self.sim.day and self.chance.random() < 0.85:
                self.sim.at(day, self.report)
        if "done_after" in self.words:
            done = self.sim.day + timedelta(days=self.words["done_after"])
            self.sim.at(done, self.hand_in)

    def report(self):
        if self.state != "doing":
            return
        text = self.sim.words.about("progress", self.words)
        self.sim.model("task.progress", self.agency.officer).create(
            {"assignment_id": self.assignment.id, "text": text}
        )

    # -- handing in ------------------------------------------------------------------
    def _work(self):
        """Plan the day of the result: before the deadline, or late."""
        today, left = self.sim.day, (self.deadline - self.sim.day).days
        if left > 0 and self.chance.random() < self.sim.habits[self.agency.code]:
            early = int(self.chance.triangular(0, min(left - 1, max(3, left // 3)), 1))
            day = self.deadline - timedelta(days=early)
            while day > today and not self.sim.calendar.is_workday(day):
                day -= timedelta(days=1)
        else:
            day = max(self.deadline, today) + timedelta(days=self._lateness())
        self.sim.at(day, self.hand_in)

    def _lateness(self):
        draw = self.chance.random()
        for part, fewest, most in LATE:
            draw -= part
            if draw < 0:
                return self.chance.randint(fewest, most)
        return 1

    def hand_in(self):
        if self.state not in OPEN:
            return
        if self.assignment.extension_pending:  # waits for the leader's answer first
            self.sim.at(self.sim.after(self.sim.day, 2), self.hand_in)
            return
        result = self.sim.model("task.result", self.agency.officer).create(
            self._result_vals()
        )
        result.with_user(self.submitter).action_submit()
        if self.as_(self.specialist).can_mark_elsewhere:
            day = self.sim.after(self.sim.day, self.chance.choice(ENTERING))
            self.sim.at(day, self.enter_elsewhere)
        if self.state == "done" and self.sim.policy("rating"):
            day = self.sim.after(self.sim.day, self.chance.choice(CONFIRMING))
            self.sim.at(day, self.rate, result)
        if self.story == "waiting" or self.state == "done":
            return
        lag = self.sim.after(self.sim.day, self.chance.choice(CONFIRMING))
        if self.chance.random() < (0.09 if not self.refusals else 0.04):
            self.sim.at(lag, self.refuse, result)
        else:
            self.sim.at(lag, self.confirm, result)

    def enter_elsewhere(self):
        """The Office has entered it in the superior body's system too (KT Đ6.3b)."""
        self.as_(self.specialist).mark_entered_elsewhere(self.sim.day)

    def rate(self, result):
        """Who follows the task rates progress, quality and effect (BG Đ8.1a)."""
        progress = "poor" if self.assignment.is_late else "good"
        quality, effect = self.chance.choices(("good", "fair", "poor"), (6, 3, 1), k=2)
        result.with_user(self.specialist).rate(progress, quality, effect)

    def _result_vals(self):
        kind = self.words["product"]
        abbreviation = self.agency.abbreviation
        key = (abbreviation, self.agency.code, REPLIES[kind])
        pace = {"BC": 420, "TTr": 160}[REPLIES[kind]]
        day = self.sim.day
        number = self.sim.series.next(key, day, pace)
        reply = f"{number:02}/{REPLIES[kind]}-{abbreviation}"
        values = {
            "agency": self.agency.name,
            "reply": reply,
            "day": vietnamese(day),
            "to": self.words.get("to", self.sim.place.words["to"]),
        }
        if self.refusals:
            text = self.sim.words.pick("result_again", **values)
        else:
            text = self.sim.words.pick("result", kind, **values)
        vals = {
            "assignment_id": self.assignment.id,
            "text": text,
            "reply_number": reply,
            "reply_date": day,
        }
        if self.sim.policy("completion_day") == "stated":
            vals["stated_day"] = day
        if self.chance.random() < 0.75:
            vals["attachment_ids"] = self.sim.attach(
                self.agency.officer, self._reply_paper(reply, text)
            )
        return vals

    def _reply_paper(self, reply, text):
        head = "Tờ trình" if "/TTr-" in reply else "Báo cáo"
        return papers.paper(
            reply.replace("/", "-"),
            issuer=self.assignment.agency_id.name,
            reference=reply,
            place_day=papers.place_and_day(self.sim.place.seat, self.sim.day),
            title=f"{head} thực hiện {self.assignment.document_id.reference}",
            paragraphs=[f"Nhiệm vụ được giao: {self.words['content']}", text],
            signed="Thủ trưởng cơ quan",
        )

    def refuse(self, result):
        self.refusals += 1
        result = result.with_user(self.specialist)
        result.answer = self.sim.words.pick("refused", self.words["product"])
        result.action_refuse()
        again = self.sim.after(self.sim.day, self.chance.randint(1, 5))
        self.sim.at(again, self.hand_in)

    def confirm(self, result):
        by_manager = self.agency.kind == "office" or self.chance.random() < 0.1
        result = result.with_user(self.manager if by_manager else self.specialist)
        answer = self.sim.words.pick("accepted")
        if answer:
            result.answer = answer
        result.action_accept()
        if self.story == "undone":
            self.story = None
            user = result.env.user
            self.sim.at(self.sim.day, self.undo, user)

    def undo(self, user):
        """A slip: undone the same day, confirmed again afterwards."""
        if self.assignment.confirmed_on != self.sim.day:
            return
        self.as_(user).undo_confirmation()
        result = self.assignment.result_ids.filtered(lambda one: one.state == "waiting")
        self.sim.at(self.sim.after(self.sim.day, 1), self.confirm, result)
