"""What agencies say by themselves or when asked: explanations, feedback, inquiries."""

#: Working days before the creation: answered, and the last one that waits.
EXPLAINED, EXPLAINED_WAITS = (-58, -29), -1
FEEDBACK_URGED, FEEDBACK_UNFOUNDED, FEEDBACK_OPEN = -48, -23, -1
INQUIRY, INQUIRY_OPEN = -21, -3
#: Agencies of which an inquiry asks, and working days until it is due.
ASKED, DUE = 5, 5


class Answers:
    """Part of `urging.Urging`."""

    def plan_answers(self):
        if self.sim.agencies_may("explanation"):
            for number in EXPLAINED:
                self.at(self.day(number), self.explain_delay, True)
            self.at(self.day(EXPLAINED_WAITS), self.explain_delay, False)
        if self.sim.agencies_may("feedback"):
            self.at(self.day(FEEDBACK_URGED), self.feedback, self.urge_on)
            self.at(self.day(FEEDBACK_UNFOUNDED), self.feedback, self.unfounded)
            self.at(self.day(FEEDBACK_OPEN), self.feedback, None)
        self.at(self.day(INQUIRY), self.inquire, True)
        self.at(self.day(INQUIRY_OPEN), self.inquire, False)

    # -- explanations ----------------------------------------------------------------
    def explain_delay(self, answered):
        """An agency explains why it is late; the Office answers by itself."""
        late = self.found([("is_overdue", "=", True)], "due_on desc", states=["doing"])
        if not late:
            return
        assignment = self.take(late[:1])
        words = self.chance.choice(self.words.texts["delay"])
        sent = self.explain(
            assignment,
            "explanation",
            words["cause"].format(**self.words.names),
            words["proposal"].format(day=self.in_words(7), **self.words.names),
        )
        if answered:
            self.in_days(2, self.answer_explanation, sent)

    def answer_explanation(self, sent):
        if sent.state != "waiting":
            return
        sent = sent.with_user(sent.specialist_id or self.manager)
        sent.draft_answer = self.words.pick("explanation_answer", day=self.in_words(5))
        sent.action_answer()

    # -- feedback --------------------------------------------------------------------
    def feedback(self, then):
        """An agency tells that another one is late; the Office links the task.

        :param then: how it is answered some days later; None: it is open.
        """
        pair = next(self._reported(), None)
        if not pair:
            return
        assignment, reporter = pair
        self.take(assignment)
        document = assignment.document_id
        about = (
            f"Nhiệm vụ “{assignment.content}” tại văn bản số {document.reference or ''}"
            f" ngày {document.issued_on:%d/%m/%Y}"
        )
        record = self.sim.model("task.feedback", reporter.officer).create(
            {
                "reported_id": assignment.agency_id.id,
                "about": about,
                "kind": "late",
                "text": self.words.pick(
                    "feedback", agency=self.sim.agency_of(assignment).name
                ),
            }
        )
        record.with_user(reporter.head).action_submit()
        if then:
            self.in_days(2, self.verify, record, assignment, then)

    def _reported(self):
        """Pairs: a late assignment, and a support of the task that waits for it."""
        for one in self.late() | self.late(again=True):
            supports = one.task_id.assignment_ids.filtered(
                lambda other: other.role == "support"
            )
            for partner in supports.agency_id - one.agency_id:
                agency = self.sim.people.by_partner.get(partner.id)
                if agency and agency.kind != "office":
                    yield one, agency

    def verify(self, record, assignment, then):
        specialist = assignment.specialist_id
        record = record.with_user(specialist)
        record.write(
            {
                "assignment_ids": [(6, 0, assignment.ids)],
                "finding": self.words.pick("feedback_finding", then.__name__),
            }
        )
        then(record, assignment)

    def urge_on(self, record, assignment):
        """It holds: a letter of urging to who was reported answers it."""
        if assignment not in assignment._to_urge():
            return self.unfounded(record, assignment)
        record.action_urge()
        return self.in_days(1, self.issue, record._letters("draft"))

    def unfounded(self, record, _assignment):
        record.draft_answer = self.words.pick("feedback_unfounded")
        record.action_unfounded()

    # -- inquiries -------------------------------------------------------------------
    def inquire(self, closed):
        """The Office asks the agencies that are late how their tasks stand.

        :param closed: whether all answer and it is closed; else some have answered.
        """
        partners = self.late(again=True).agency_id[:ASKED]
        if len(partners) < 2:
            partners = self.coming().agency_id[:ASKED]
        if not partners:
            return
        due = self.sim.after(self.sim.day, DUE)
        inquiry = self.sim.model("task.inquiry", self.manager).create(
            {
                "name": self.words.pick("inquiry_name"),
                "text": self.words.pick("inquiry_text", day=f"{due:%d/%m/%Y}"),
                "due_on": due,
                "reference": self.number("letter"),
                "scope": "overdue",
                "agency_ids": [(6, 0, partners.ids)],
            }
        )
        inquiry.action_send()
        answers = inquiry.sudo().answer_ids
        for index, answer in enumerate(answers if closed else answers[::2]):
            days = 1 + index if closed else 1 + index % 2
            self.in_days(min(days, DUE), self.answer_inquiry, answer)
        if closed:
            self.in_days(DUE + 1, inquiry.action_close)

    def answer_inquiry(self, answer):
        """The officer writes how the tasks stand, the head sends it."""
        agency = self.sim.people.by_partner[answer.agency_id.id]
        answer = answer.sudo(False).with_user(agency.officer)
        answer.write(
            {
                "draft_text": self.words.pick("inquiry_answer"),
                "number": f"{self.chance.randint(60, 900)}/{agency.abbreviation}",
                "signer_name": agency.head.name,
                # the year of the tasks is the same without it
                "enters_progress": False,
            }
        )
        for line in answer.line_ids:
            line.draft_text = self.words.pick("inquiry_line", day=self.in_words(9))
        answer.with_user(agency.head).action_send()
