# SPDX-License-Identifier: LGPL-3.0-or-later
"""What the users of a simulated year do, each act written down as it is done."""

from datetime import timedelta

ONE_DAY = timedelta(days=1)
#: Which texts know the act, and where the Office confirms results; where a deputy
#: decides as the Chairman does.
EXTENSIONS = {"bac_giang", "ca_mau", "khanh_hoa"}
HAND_BACKS = {"bac_giang", "ca_mau", "khanh_hoa", "quang_tri"}
CONFIRMED = {"khanh_hoa"}
DEPUTY_DECIDES = {"bac_giang", "kon_tum", "quang_tri", "ca_mau"}
#: Working days in which a request for time is answered (Điều 6.1b of Bắc Giang).
EXTENSION_ANSWER = {"bac_giang": 2}


class Acts:
    """Acts of agencies, Office and leaders; False where there is nothing to do."""

    def _head(self, item):
        return getattr(self.case, f"{item.agency}_head")

    def _waits(self, model, record, item, **values):
        """The story of what waits from now on."""
        story = self._story((model, record.id), "waiting", **values)
        self._tell(story, "begins", due=self.today)
        return story

    def _end(self, item, *names):
        """What waited on the assignment waits no more."""
        for name in names:
            waiting = getattr(item, name)
            if waiting:
                for story in waiting[1:]:
                    self._tell(story, "ends")
                setattr(item, name, None)

    def _end_undated_reports(self, item):
        for story in item.undated_reports:
            self._tell(story, "ends")

    def _finish(self, item, kind):
        """It is done or withdrawn; with the last lead its supports are done."""
        self._tell(item.story, kind)
        item.over = True
        self._end(item, "result", "extension")
        if kind == "withdrawn":
            self._end(item, "handed_back")
        siblings = self.items_of_task[item.task]
        ends = [one.end for one in siblings if one.role == "lead"]
        if all(ends) and "done" in ends:
            for support in siblings:
                if support.role == "support" and not support.over:
                    self._tell(support.story, "done")
                    support.over = True

    # -- results -----------------------------------------------------------------------
    def act_hand_in(self, item):
        if not item.is_open or item.role != "lead":
            return False
        result = self.case._hand_in(item.record, self._head(item))
        self._tell(item.story, "handed_in")
        self._end_undated_reports(item)
        if self.place not in CONFIRMED:
            return self._finish(item, "done")
        story = self._waits(
            "task.result", result, item, specialist=self._specialist(item)
        )
        item.result = (result, story)
        self._later(self.chance.randrange(1, 14), "answer_result", item)
        return True

    def act_answer_result(self, item):
        if not item.result:
            return False
        follower = getattr(self.case, self._specialist(item))
        result = item.result[0].with_user(follower)
        if self.chance.random() < 0.7:
            result.action_accept()
            return self._finish(item, "accepted")
        result.answer = "Chưa đủ số liệu"
        result.action_refuse()
        self._tell(item.story, "refused")
        self._end(item, "result")
        self._later(self.chance.randrange(2, 20), "hand_in", item)
        return True

    # -- deadlines ---------------------------------------------------------------------
    def act_ask_extension(self, item):
        if self.place not in EXTENSIONS or not item.due:
            return False
        if not item.is_open or item.extension:
            return False
        wanted = max(item.due, self.today) + self.chance.randrange(3, 20) * ONE_DAY
        extension = self.case._ask_extension(item.record, wanted, self._head(item))
        deciders = ("chairman", "deputy")[: 1 + (self.place in DEPUTY_DECIDES)]
        stories = [self._waits("task.extension", extension, item, deciders=deciders)]
        amount = EXTENSION_ANSWER.get(self.place)
        if amount:
            due = self.oracle.working_days_after(self.calendar, self.today, amount)
            key = ("task.clock", "task.extension", extension.id, due)
            clock = self._story(
                key, "clock", actor="office", specialist=self._specialist(item)
            )
            self._tell(clock, "begins", due=due)
            stories.append(clock)
        item.extension = (extension, *stories)
        self._later(self.chance.randrange(1, 14), "answer_extension", item, wanted)
        return True

    def act_answer_extension(self, item, wanted):
        if not item.extension:
            return False
        if item.result:
            # while a result waits nothing else is decided
            self._later(2, "answer_extension", item, wanted)
            return False
        extension = item.extension[0].with_user(self.case.chairman)
        if wanted > max(item.due, self.today) and self.chance.random() < 0.7:
            extension.action_accept()
            self._set_due(item, wanted)
        else:
            extension.answer = "Giữ nguyên thời hạn"
            extension.action_refuse()
        self._end(item, "extension")
        return True

    def act_change_deadline(self, item):
        if not item.is_open or not item.due:
            return False
        due = item.due + self.chance.choice((-6, -4, -1, 1, 3, 9, 25)) * ONE_DAY
        due = max(due, item.assigned_on)
        if due == item.due:
            return False
        chairman = item.record.with_user(self.case.chairman)
        chairman.change_deadline(due, "Chủ tịch chỉ đạo")
        return self._set_due(item, due)

    def act_first_deadline(self, item):
        if not item.is_open or item.due:
            return False
        due = self.today + self.chance.randrange(3, 30) * ONE_DAY
        specialist = item.record.with_user(self.case.specialist)
        specialist.set_first_deadline(due, "Đã có thời hạn")
        self._end_undated_reports(item)
        return self._set_due(item, due)

    def _set_due(self, item, due):
        item.due = due
        self._tell(item.story, "deadline", due=due)
        if item.entry and not item.is_entered:
            self._tell(item.entry, "ends")
            item.entry = None
        return True

    # -- handing back, withdrawing -----------------------------------------------------
    def act_hand_back(self, item):
        if self.place not in HAND_BACKS or not item.is_open:
            return False
        if not item.due or item.extension:
            return False
        given = self.case._hand_back(
            item.record, self._head(item), document_id=item.record.document_id.id
        )
        self._tell(item.story, "return_asked")
        specialist = self._specialist(item)
        story = self._waits("task.return", given, item, specialist=specialist)
        item.handed_back = (given, story)
        self._later(self.chance.randrange(1, 14), "answer_return", item)
        return True

    def act_answer_return(self, item):
        if not item.handed_back or item.over:
            return False
        given = item.handed_back[0].with_user(self.case.manager)
        taken = {one.agency for one in self.items_of_task[item.task]}
        free = sorted(set(self.case.AGENCIES) - taken)
        if free and self.chance.random() < 0.5:
            agency = self.chance.choice(free)
            given.new_agency_ids = self.case._agencies([agency])
            given.action_accept()
            item.is_withdrawn = True
            follower = self._specialist(item)
            self._add_reassigned(item, agency, follower)
            return self._finish(item, "withdrawn")
        given.answer = "Đúng chức năng của cơ quan"
        given.action_refuse() if self.chance.random() < 0.5 else given.action_keep()
        self._tell(item.story, "return_ended")
        self._end(item, "handed_back")
        return True

    def _add_reassigned(self, item, agency, follower):
        record = self.case.env["task.assignment"].sudo()
        record = record.search([("origin_assignment_id", "=", item.record.id)])
        self._add(record, item.due, follower)

    def act_withdraw(self, item):
        if item.over:
            return False
        item.record.with_user(self.case.manager).withdraw("Nhiệm vụ không còn")
        item.is_withdrawn = True
        self._end_undated_reports(item)
        if item.entry and not item.is_entered:
            self._tell(item.entry, "ends")
        return self._finish(item, "withdrawn")

    # -- the rest ----------------------------------------------------------------------
    def act_hand_over(self, item):
        """Another specialist follows the task, and all that waits there."""
        before = self._specialist(item)
        other = {"specialist": "specialist2"}.get(before, "specialist")
        task = item.task.with_user(self.case.manager)
        task.specialist_id = getattr(self.case, other)
        for one in self.items_of_task[item.task]:
            waiting = [one.result, one.extension, one.handed_back]
            stories = [story for each in waiting if each for story in each[1:]]
            stories += [one.story, *one.undated_reports]
            for story in (*stories, *([one.entry] if one.entry else [])):
                self._tell(story, "specialist", who=other)
        return True

    def act_enter(self, item):
        """What was done was entered in the province's system."""
        if item.is_withdrawn or item.is_entered or not item.due:
            return False
        item.record.with_user(self.case.specialist).mark_entered_elsewhere(self.today)
        item.is_entered = True
        if item.entry:
            self._tell(item.entry, "ends")
        return True

    def act_leave(self, login):
        getattr(self.case, login).active = False

    def act_join(self, login, agency):
        agency = self.case._agencies([agency])
        user = self.case._user(login, "group_agency_officer", agency)
        setattr(self.case, login, user)
