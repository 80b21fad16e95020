"""Urging in the year: letters, talks, explanations, feedback, referrals, inquiries.

Whom it concerns is found on the day itself, by what is late or hard then; days are
counted from the creation, so that each stage is there on whatever day it is made:

letters      a few issued by the Office, one drafted the day before
talks        a telephone call, a meeting with several agencies
explained    an agency says why it is late; answered, one waits (`urging_answers.py`)
difficulty   put to the leader: directed, one waits for the leader, one for the Office
not_done     tasks due and not done with measures: directed (not under Cà Mau's text)
opinions     agencies differ: put to the leader; one is being collected
feedback     on another agency: a letter, unfounded, open (BG, KH)
inquiry      closed with all answers; one with some answers still missing

What happens to the tasks themselves is the same without all this.
"""

import random
from datetime import timedelta

from .urging_answers import Answers
from .urging_referrals import Referrals
from .words import Words

LETTERS, DRAFT = (-84, -55, -31, -9), -1
CALLS, MEETINGS = (-63, -13), (-26,)
#: Tasks in one letter, agencies in one meeting.
MOST = 4
#: Kinds of agencies that are not urged: the Office itself, and who owes nobody.
LEFT_OUT = ("office", "organisation")


class Urging(Referrals, Answers):
    """What the Office, agencies and leaders do so that tasks are done in time."""

    def __init__(self, sim):
        self.sim = sim
        # Chances of their own: the year of the tasks is the same without urging.
        self.chance = random.Random(f"urging {sim.place.seat} {sim.today}")
        self.words = Words(self.chance, sim.place.words)
        self.urged = set()  # ids of assignments that something was done about

    # -- when, who -------------------------------------------------------------------
    def day(self, number):
        """The working day that many working days before the creation (below 0)."""
        return self.sim.workdays[number]

    def at(self, day, act, *args):
        self.sim.at(day, act, *args, chance=self.chance)

    def in_days(self, number, act, *args):
        """Put an act on the agenda, that many working days from now."""
        self.at(self.sim.after(self.sim.day, number), act, *args)

    @property
    def manager(self):
        return self.sim.official(self.sim.place.managers[0])

    @property
    def leader(self):
        return self.sim.official(self.sim.place.deciders[0])

    def number(self, kind, pace=240, notation="VP-TH"):
        number = self.sim.series.next(f"urging {kind}", self.sim.day, pace)
        return f"{number:02}/{notation}"

    def signer(self):
        """Who signs the Office's papers; people are named by their role."""
        return {"signer_title": "CHÁNH VĂN PHÒNG", "signer_name": self.manager.name}

    # -- what it is about ------------------------------------------------------------
    def late(self, **options):
        """Lead assignments that are overdue and the agency's to do."""
        return self.found([("is_overdue", "=", True)], "due_on, id", **options)

    def found(self, domain, order, states=("released", "doing"), again=False):
        """Lead assignments of the place, those first about which nothing was done.

        :param again: whether those about which something was done come too.
        """
        assignments = self.sim.env["task.assignment"].search(
            [
                ("company_id", "=", self.sim.env.company.id),
                ("role", "=", "lead"),
                ("state", "in", states),
                ("specialist_id", "!=", False),
                ("agency_id.agency_kind", "not in", LEFT_OUT),
                *domain,
            ],
            order=order,
        )
        known = self.sim.people.by_partner
        ours = assignments.filtered(lambda one: one.agency_id.id in known)
        fresh = ours.filtered(lambda one: one.id not in self.urged)
        return fresh | ours if again else fresh

    def coming(self):
        """Lead assignments that agencies work on, and that are due in some weeks."""
        first = self.sim.day + timedelta(days=12)
        last = self.sim.day + timedelta(days=120)
        domain = [("due_on", ">=", first), ("due_on", "<=", last)]
        return self.found(domain, "due_on, id", states=("doing",))

    def take(self, assignments):
        """Note that something is done about these; return them."""
        self.urged.update(assignments.ids)
        return assignments

    # -- the agenda ------------------------------------------------------------------
    def plan(self):
        for number in LETTERS:
            self.at(self.day(number), self.letter, True)
        for number in CALLS:
            self.at(self.day(number), self.call)
        for number in MEETINGS:
            self.at(self.day(number), self.meeting)
        self.plan_referrals()
        self.plan_answers()
        self.at(self.day(DRAFT), self.letter, False)

    # -- letters, calls and meetings -------------------------------------------------
    def most_late(self):
        """What one specialist follows of the agency with the most overdue tasks."""
        late = self.late() or self.late(again=True)
        parts = late.grouped(lambda one: (one.agency_id, one.specialist_id)).values()
        return max(parts, key=len, default=late)[:MOST]

    def letter(self, issued):
        """The specialist drafts a letter; it is signed and issued a day later."""
        if not self.policy("urge_by_letter"):
            return
        late = self.take(self.most_late())
        if not late:
            return
        specialist = late[0].specialist_id
        urges = self.sim.model("task.urge", specialist)
        letter = urges._draft_letter(late.with_user(specialist))[:1]
        if issued:
            self.in_days(1, self.issue, letter)

    def issue(self, letter):
        """Numbered, signed and issued by a manager of the Office."""
        letter = letter.with_user(self.manager)
        if not letter._kept_lines().assignment_id._to_urge():
            return letter.action_cancel()
        authority = "GIÁM ĐỐC" if self.sim.place.words["body"] == "Sở" else "CHỦ TỊCH"
        letter.write(
            {
                "number": self.number("letter"),
                "day": self.sim.day,
                "place": self.sim.place.seat,
                "signer_authority": f"TL. {authority}",
                "filed": "VT, TH",
                **self.signer(),
            }
        )
        return letter.action_issue()

    def call(self):
        if not self.policy("urge_by_phone"):
            return
        late = self.late()
        late = self.take(late[: self.chance.choice((1, 2))])
        if late:
            agency = self.sim.agency_of(late[0])
            late = late.filtered(lambda one: one.agency_id == agency.partner)
            self.enter("call", late[0].specialist_id, late, agency.officer.name)

    def meeting(self):
        if not self.policy("urge_by_meeting"):
            return
        late = self.late(again=True)
        by_agency = late.grouped("agency_id")
        chosen = late.browse().union(*(some[:2] for some in by_agency.values()))
        chosen = self.take(chosen[:MOST])
        if chosen:
            heads = {self.sim.agency_of(one).head.name: None for one in chosen}
            self.enter("meeting", self.manager, chosen, "; ".join(heads))

    def enter(self, kind, user, assignments, participants):
        """Enter what was spoken, and what was agreed."""
        urges = self.sim.model("task.urge", user)
        lines = urges.line_ids._commands(assignments.with_user(user))
        urges.create(
            {
                "kind": kind,
                "day": self.sim.day,
                "participants": participants,
                "agreed": self.words.pick(f"urge_{kind}", day=self.in_words(8)),
                "line_ids": lines,
            }
        )

    # -- words -----------------------------------------------------------------------
    def policy(self, key):
        return self.sim.policy(key)

    def in_words(self, workdays):
        """The day that many working days from now, as officials write it."""
        return f"{self.sim.after(self.sim.day, workdays):%d/%m/%Y}"
