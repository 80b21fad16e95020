"""Periodic reports: opened by the daily job, written, sent, compiled, published.

The agencies report through the system for the last `reports_days` of place.json
(default: all twelve months); before it the Office compiles what it knows itself.
Most send in time, some late, now and then one not at all; two ad hoc reports are
asked for, and the second is under way on the day of creation, whatever the calendar.
"""

import random
from datetime import timedelta

from .words import Words

#: How often an agency sends in time; else it is late.
IN_TIME = 0.92
#: Of each period one report is forgotten; of older ones it came after much urging.
FORGIVEN = timedelta(days=60)
#: Working days before the creation on which the second ad hoc report is asked for.
ASKED = 4
#: Of its agencies so many have sent by then.
PARTLY = 0.55


class Reports:
    """What agencies, Office and leaders do about the reports of each period."""

    def __init__(self, sim):
        self.sim = sim
        # Chances of their own: the year of the tasks is the same without reports.
        self.chance = random.Random(f"reports {sim.place.seat} {sim.today}")
        self.words = Words(self.chance, sim.place.words)
        self.last = 0
        self.periods = 0
        # ids of the reports that turn out to need it; that are forgotten; that are late
        self.corrected, self.forgotten, self.late = set(), set(), set()
        days = sim.place.data.get("reports_days")
        self.since = sim.today - timedelta(days=days) if days else None
        self.shown = {login.partition(".")[0] for _role, login in sim.place.logins}
        self.idle = sim.place.journey.get("idle")
        self.model = sim.env["task.report"]

    def plan(self):
        """Put on the agenda what the Office asks for besides the periodic reports."""
        if self.since:
            self._agencies_report(False)
            self.sim.at(self.since, self._agencies_report, True)
        days = self.sim.workdays
        # the job runs from the first day on, whether or not anybody acts on it
        self.sim.at(days[0], self.follow, chance=self.chance)
        self.sim.at(days[-35], self.ask, "report_asked_before", 8)
        self.sim.at(days[-ASKED], self.ask, "report_asked", None)

    def _agencies_report(self, value):
        """The administrator has the agencies report through the system from now on."""
        agencies = self.sim.model("res.partner", self.sim.people.administrator)
        owing = [one.partner.id for one in self.sim.people.agencies.values()]
        agencies = agencies.browse(owing)
        if not value:
            self.owing = agencies.filtered("task_reports")
        self.owing.task_reports = value

    def begin_day(self):
        """What the daily job does, and what everybody then plans to do about it."""
        self.sim.env["task.report.period"]._cron_open()
        self.follow()

    def follow(self):
        """Let people live with the reports that are new."""
        new = self.model.search(
            [
                ("id", ">", self.last),
                ("company_id", "=", self.sim.env.company.id),
                ("version", "=", 1),
            ],
            order="id",
        )
        if not new:
            return
        self.last = new[-1].id
        for _period, reports in new.grouped("period_id").items():
            of_agencies = reports.filtered("agency_id")
            if of_agencies:
                self.choose(of_agencies)
            for report in of_agencies:
                self.plan_sending(report)
            for report in reports - of_agencies:
                self.plan_compiling(report)

    # -- an agency -------------------------------------------------------------------
    def agency_of(self, report):
        return self.sim.people.by_partner[report.agency_id.id]

    def plan_sending(self, report):
        sim, draw = self.sim, self.chance.random()
        due = report.due_on or sim.after(report.first_send_on, 3)
        first = sim.calendar.roll(report.first_send_on)
        if due > sim.today and report.kind == "adhoc":
            # who is shown to those who try the demonstration finds its report open
            code = self.agency_of(report).code
            if code in (*self.shown, self.idle) or draw > PARTLY:
                return
            due = sim.workdays[-1]
        if report.id in self.forgotten:
            if due >= sim.today - FORGIVEN:
                return
            day = sim.after(due, self.chance.randint(9, 24))
        elif report.id in self.late or draw > IN_TIME:
            day = sim.after(due, self.chance.choice((1, 1, 2, 3, 5)))
        else:
            span = range((due - first).days + 1)
            days = [first + timedelta(days=n) for n in span]
            days = [day for day in days if sim.calendar.is_workday(day)] or [first]
            day = max(self.chance.choice(days), self.chance.choice(days))
        # alone: what is computed of one would be computed of all that were found
        sim.at(day, self.send, report.browse(report.id), chance=self.chance)

    def send(self, report):
        """The officer writes, the head signs: or one click where nothing is to tell."""
        agency = self.agency_of(report)
        if report.state != "draft":
            return
        draft, signed = (
            report.with_user(agency.officer),
            report.with_user(agency.head),
        )
        if draft.is_empty:
            signed.action_submit_nil()
            return
        self.write(draft, agency)
        signed.action_submit()
        if report.id in self.corrected:
            day = self.sim.after(self.sim.day, self.chance.choice((1, 2)))
            self.sim.at(day, self.correct, report, chance=self.chance)

    def write(self, draft, agency):
        """The draft with its explanations and parts III and IV."""
        draft.action_prepare()
        for line in draft.reason_ids:
            if not line.reason:
                line.reason = self.words.pick("report_reason", line.why)
        number = self.sim.series.next(
            (agency.abbreviation, agency.code, "BC"), self.sim.day, 420
        )
        late = any(line.why in ("1_overdue", "2_late") for line in draft.reason_ids)
        draft.write(
            {
                "reference": f"{number:02}/BC-{agency.abbreviation}",
                "causes": self.words.pick("report_causes", "late" if late else "none"),
                "difficulties": self.words.pick("report_difficulties"),
                "signer_title": self.title(agency),
            }
        )

    def title(self, agency):
        """The head's position without the agency's name, as signatures print it."""
        return agency.head.name.replace(agency.name, "").strip().upper()

    def choose(self, reports):
        """One is forgotten, one late; in every third period one is corrected."""
        self.periods += 1
        chosen = self.chance.sample(reports.ids, min(3, len(reports)))
        for ids, report_id in zip(
            (self.forgotten, self.late, self.corrected), chosen, strict=False
        ):
            if ids is not self.corrected or self.periods % 3 == 1:
                ids.add(report_id)

    def correct(self, report):
        agency = self.agency_of(report)
        new = report.with_user(agency.officer).action_correct(
            self.words.pick("report_correction")
        )
        self.write(new, agency)
        new.with_user(agency.head).action_submit()

    # -- the Office ------------------------------------------------------------------
    @property
    def manager(self):
        return self.sim.official(self.sim.place.managers[0])

    def ask(self, key, agencies):
        """The Office asks for an ad hoc report: of some agencies, or of all."""
        sim = self.sim
        number = sim.series.next("VP", sim.day, 3000)
        asked = [one.partner for one in sim.people.agencies.values()]
        asked = [one.id for one in asked if one.task_reports]
        period = sim.model("task.report.period", self.manager).create(
            {
                "title": self.words.pick(key),
                "request": self.words.pick(
                    "report_request", number=number, day=f"{sim.day:%d/%m/%Y}"
                ),
                "date_from": sim.day - timedelta(days=45),
                "date_to": sim.day,
                "asked_send_on": sim.after(sim.day, ASKED + 1),
                "asked_compile_on": sim.after(sim.day, ASKED + 2),
                "agency_ids": [(6, 0, asked[:agencies] if agencies else [])],
            }
        )
        period.action_open()
        self.follow()

    def plan_compiling(self, report):
        due = report.due_on or self.sim.after(report.date_to, 5)
        day = self.sim.after(due - timedelta(days=self.chance.choice((0, 0, 1))), 0)
        day = max(day, report.first_send_on)
        self.sim.at(day, self.compile, report, chance=self.chance)

    def compile(self, report):
        """The Office's manager writes, signs off; a leader lets all agencies read."""
        if report.state != "draft":
            return
        sim, mine = self.sim, report.with_user(self.manager)
        number = sim.series.next("VP-BC", sim.day, 300)
        about = report.topic if report.topic == "regulation" else "figures"
        mine.write(
            {
                "reference": f"{number:02}/BC-VP",
                "causes": self.words.pick("office_causes", about),
                "difficulties": self.words.pick("office_difficulties", about),
                "signer_title": self.manager.name.split(" UBND")[0].upper(),
            }
        )
        mine.action_submit()
        if sim.place.data.get("publishes") and report.topic == "figures":
            sim.at(sim.after(sim.day, 1), self.publish, report, chance=self.chance)

    def publish(self, report):
        leader = self.sim.official(self.sim.place.deciders[0])
        report.with_user(leader).action_publish()
