"""The stories of an assignment: more time, moved deadlines, withdrawal, correction."""

from datetime import timedelta

from .directives import vietnamese

#: States in which the agency still works on it.
OPEN = ("released", "doing")


class Stories:
    """Part of `lives.LeadLife`: each `_story_…` plans what the name says."""

    def _story_never(self):
        """Received, perhaps an entry, and then nothing: it falls overdue."""
        if self.chance.random() < 0.6:
            self.sim.at(self.sim.after(self.sim.day, 4), self.report)

    def _story_neglected(self):
        """Long overdue; some are done in the end, after much urging."""
        self._story_never()
        if self.chance.random() < 0.35:
            late = timedelta(days=self.chance.randint(35, 130))
            self.sim.at(self.deadline + late, self.hand_in)

    def _story_waiting(self):
        """Handed in within these days; the Office has not looked yet."""
        last = [day for day in self.sim.workdays if day >= self.sim.day][-2:]
        self.sim.at(self.chance.choice(last), self.hand_in)

    def _story_extension(self):
        """Ask for more time: mostly before the deadline, now and then after it."""
        late = self.chance.random() < 0.12
        days = self.chance.randint(1, 4) if late else -self.chance.randint(2, 6)
        day = self.deadline + timedelta(days=days)
        self.sim.at(max(day, self.sim.day), self.ask_extension)

    def _story_extension_waiting(self):
        last = [day for day in self.sim.workdays if day >= self.sim.day][-1]
        self.sim.at(last, self.ask_extension)

    def ask_extension(self):
        if self.state not in OPEN:
            return
        wanted = max(self.deadline, self.sim.day) + timedelta(
            days=self.chance.choice((7, 10, 10, 15, 15, 20, 30))
        )
        wanted = self.sim.calendar.roll(wanted)
        text = self.sim.words.about("extension", self.words, day=vietnamese(wanted))
        extension = self.sim.model("task.extension", self.agency.officer).create(
            {
                "assignment_id": self.assignment.id,
                "text": text,
                "new_deadline": wanted,
            }
        )
        extension.with_user(self.agency.head).action_submit()
        if self.story != "extension_waiting":
            answered = self.sim.after(self.sim.day, self.chance.choice((1, 1, 2, 3)))
            self.sim.at(answered, self.answer_extension, extension)

    def answer_extension(self, extension):
        """The leader grants the day asked for, a shorter one, or refuses."""
        if extension.state != "waiting":
            return
        extension = extension.with_user(self.decider)
        limit = max(self.deadline, self.sim.day)
        granted = extension.new_deadline
        shorter = self.sim.calendar.roll(granted - timedelta(days=5))
        if shorter > limit and self.chance.random() < 0.15:
            granted = shorter
        # The day asked for may have passed while it waited.
        if granted <= limit or self.chance.random() < 0.2:
            extension.answer = self.sim.words.pick("extension_refused")
            extension.action_refuse()
        else:
            extension.granted_deadline = granted
            extension.answer = self.sim.words.pick(
                "extension_accepted", day=vietnamese(granted)
            )
            extension.action_accept()
        self._work()

    def _story_moved(self):
        middle = self.sim.day + (self.deadline - self.sim.day) / 2
        self.sim.at(middle, self.move_deadline)
        self._work()

    def move_deadline(self):
        """The leader's own change, later or earlier, without being asked."""
        if self.state not in OPEN:
            return
        later = self.chance.random() < 0.6
        days = 10 if later else -4
        deadline = self.sim.calendar.roll(self.deadline + timedelta(days=days))
        if deadline <= self.sim.day + timedelta(days=2) or deadline == self.deadline:
            return
        number = self.sim.series.next("TB-UBND", self.sim.day, 700)
        self.as_(self.decider).change_deadline(
            deadline,
            self.sim.words.pick("later_deadline" if later else "earlier_deadline"),
            reference=f"{number}/TB-UBND",
        )

    def _story_withdrawn(self):
        middle = self.sim.day + (self.deadline - self.sim.day) / 2
        self.sim.at(middle, self.withdraw, "withdrawn")
        self._work()

    def _story_unassigned(self):
        """Taken away these days; nobody has been named instead yet."""
        last = [day for day in self.sim.workdays if day >= self.sim.day][-2]
        self.sim.at(last, self.withdraw, "waiting_reassignment")

    def withdraw(self, reason):
        """One of several leads is relieved; the story `unassigned` takes the last."""
        others = self.assignment.task_id.assignment_ids - self.assignment
        led = any(one.role == "lead" and one.state != "withdrawn" for one in others)
        if self.state in OPEN and (led or reason != "withdrawn"):
            self.as_(self.manager).withdraw(self.sim.words.pick(reason))

    def _story_from_desk(self):
        """Taken away; two days later the Office names the next lead on its desk."""
        self.sim.at(
            self.sim.after(self.sim.day, 3), self.withdraw, "waiting_reassignment"
        )
        self.sim.at(self.sim.after(self.sim.day, 5), self.name_lead)

    def name_lead(self):
        task = self.assignment.task_id.with_user(self.manager)
        if task.state != "to_reassign":
            return
        other = self._other()
        task.write({"lead_agency_ids": [(4, other.partner.id)]})
        task.document_id.action_release()
        self._live_again(other)

    def _story_correction(self):
        """The deadline was entered wrongly; the manager corrects it two days later."""
        self.sim.at(self.sim.after(self.sim.day, 2), self.correct)
        self._work()

    def correct(self):
        released = self.assignment.fact_ids.filtered(lambda one: one.kind == "released")
        self.as_(self.manager).correct(
            released, self.sim.words.pick("correction"), deadline=self.words["deadline"]
        )
