"""What is put to a leader: difficulties, tasks not done, differing opinions."""

#: Working days before the creation: put to the leader and directed, and later ones.
DIFFICULTIES, DIFFICULTY_WAITS, DIFFICULTY_NEW = (-66, -38), -5, -2
NOT_DONE = (-45,)
OPINIONS, OPINIONS_OPEN = -35, -3
#: Tasks put to the leader at once; agencies that are asked for their opinion.
MOST_TASKS, MOST_AGENCIES = 5, 3


class Referrals:
    """Part of `urging.Urging`."""

    def plan_referrals(self):
        if self.sim.agencies_may("difficulty"):
            for number in DIFFICULTIES:
                self.at(self.day(number), self.difficulty, "directed")
            self.at(self.day(DIFFICULTY_WAITS), self.difficulty, "put")
            self.at(self.day(DIFFICULTY_NEW), self.difficulty, "sent")
        if self.policy("refer_not_done"):
            for number in NOT_DONE:
                self.at(self.day(number), self.not_done)
        if self.policy("refer_opinions"):
            self.at(self.day(OPINIONS), self.opinions, True)
            self.at(self.day(OPINIONS_OPEN), self.opinions, False)

    # -- difficulties ----------------------------------------------------------------
    def difficulty(self, until):
        """An agency reports what is beyond its means.

        :param until: how far it goes: only sent, put to the leader, directed.
        """
        coming = self.coming()
        if not coming:
            return
        assignment = self.take(self.chance.choice(coming[:12]))
        kind = self.chance.randrange(len(self.words.texts["difficulty"]))
        words = self.words.texts["difficulty"][kind]
        sent = self.explain(
            assignment,
            "difficulty",
            words["cause"].format(**self.words.names),
            words["proposal"].format(**self.words.names),
        )
        if until != "sent":
            direct = words["direction"] if until == "directed" else None
            self.in_days(1, self.refer_difficulty, sent, direct)

    def explain(self, assignment, kind, cause, proposal):
        """The officer drafts it, the head submits it."""
        agency = self.sim.agency_of(assignment)
        draft = self.sim.model("task.explanation", agency.officer).create(
            {
                "assignment_id": assignment.id,
                "kind": kind,
                "cause": cause,
                "proposal": proposal,
            }
        )
        draft.with_user(agency.head).action_submit()
        return draft

    def refer_difficulty(self, sent, direction):
        if sent.state != "waiting":
            return
        specialist = sent.specialist_id or self.manager
        sent.with_user(specialist).action_refer()
        referral = sent.sudo().referral_id.with_user(specialist)
        referral.measures = self.words.pick("referral_measures", "difficulty")
        self.in_days(1, self.put, referral, direction)

    # -- what every referral goes through --------------------------------------------
    def put(self, referral, direction):
        """A manager numbers the paper and puts it to the leader.

        :param direction: the leader's words two days later; None: it waits.
        """
        referral = referral.with_user(self.manager)
        states = ("released", "doing")
        # what was done meanwhile is not put forward
        lines = referral.line_ids
        lines.filtered(lambda line: line.assignment_id.state not in states).unlink()
        if not referral.line_ids:
            return
        referral.write(
            {
                "number": self.number("referral", 90, "TTr-VP"),
                "dated_on": self.sim.day,
                **self.signer(),
            }
        )
        referral.action_submit()
        if direction:
            self.in_days(2, self.direct, referral, direction)

    def direct(self, referral, direction):
        referral = referral.with_user(self.leader)
        referral.direction = direction.format(**self.words.names)
        referral.action_direct()

    # -- tasks due and not done ------------------------------------------------------
    def not_done(self):
        late = self.late(again=True)
        late = self.take(late.sorted("due_on")[:MOST_TASKS])
        if not late:
            return
        user = late[0].specialist_id
        text = self.words.pick("referral_not_done", number=len(late))
        referrals = self.sim.model("task.referral", user)
        referral = referrals._draft_for(late.with_user(user), "not_done", text)
        referral.measures = self.words.pick("referral_measures", "not_done")
        direction = self.words.texts["direction_not_done"]
        self.in_days(1, self.put, referral, direction)

    # -- differing opinions ----------------------------------------------------------
    def opinions(self, ended):
        """Agencies differ on a task; the Office asks them and puts it to the leader.

        :param ended: whether all answer; else one has answered until the creation.
        """
        assignment = next(
            (one for one in self.coming() if self.concerned(one)[1:]), None
        )
        if not assignment:
            return
        self.take(assignment)
        user = assignment.specialist_id
        text = self.words.pick("opinions_question", content=assignment.content)
        referrals = self.sim.model("task.referral", user)
        referral = referrals._draft_for(assignment.with_user(user), "opinions", text)
        agencies = self.concerned(assignment)
        referral.write(
            {
                "asked_agency_ids": [(6, 0, [one.partner.id for one in agencies])],
                "opinion_due_on": self.sim.after(self.sim.day, 5),
            }
        )
        referral.action_ask()
        for index, opinion in enumerate(referral.sudo().opinion_ids):
            if ended or not index:
                self.in_days(1 + index, self.give_opinion, opinion, index)
        if ended:
            self.in_days(6, self.sum_up, referral)

    def concerned(self, assignment):
        """The agencies of a task that are asked, the lead first."""
        of_task = assignment.task_id.assignment_ids.filtered(
            lambda one: one.state in ("released", "doing")
        ).agency_id
        partners = assignment.agency_id | of_task
        known = self.sim.people.by_partner
        found = [known[one.id] for one in partners if one.id in known]
        return [one for one in found if one.kind != "office"][:MOST_AGENCIES]

    def give_opinion(self, opinion, index):
        agency = self.sim.people.by_partner[opinion.agency_id.id]
        texts = self.words.texts["opinion"]
        opinion = opinion.sudo(False).with_user(agency.head)
        opinion.text = texts[index % len(texts)].format(**self.words.names)
        opinion.action_submit()

    def sum_up(self, referral):
        referral.summary = self.words.pick("opinions_summary")
        referral.measures = self.words.pick("referral_measures", "opinions")
        self.put(referral, self.words.texts["direction_opinions"])
