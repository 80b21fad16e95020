"""The work of a team: the reports of the inspected, figures, findings, minutes."""

from .clock import utc
from .directives import vietnamese
from .inspection_papers import photograph

#: Findings that are made of assignments, at each agency.
RAISED = 2
#: How grave those of a story are, one after the other.
DEGREES = {"first": ("slight", "serious"), "second": ("grave", "serious")}


class Work:
    """Part of `inspection_life.Life`."""

    # -- the inspected agency's own report -------------------------------------------
    def report(self):
        """Every agency reports; while it is under way the first one only."""
        open_yet = self.last >= self.sim.today
        for agency in self.agencies[: 1 if open_yet and len(self.agencies) > 1 else 9]:
            self.send_report(agency)

    def send_report(self, agency):
        """The officer writes, the head sends."""
        subject = self.subject(agency).with_user(agency.officer)
        report = subject.report_id
        for text in report.text_ids:
            text.body = self.report_text(text)
        number = self.all.number("BC", 420, agency.abbreviation)
        report.write(
            {
                "number": number,
                "signer_title": agency.head.name.replace(agency.name, "").upper(),
                "signer_name": agency.head.name,
                "attachment_ids": self.all.signed(
                    agency.officer,
                    number,
                    f"BÁO CÁO phục vụ {self.inspection.name[:1].lower()}"
                    f"{self.inspection.name[1:]}",
                    report.text_ids.mapped("body"),
                    issuer=agency.partner.name,
                    signed=agency.head.name,
                ),
            }
        )
        report.with_user(agency.head).action_send()

    def report_text(self, text):
        """What is written under a heading; each task that is listed is explained."""
        if text.prefill:
            return "\n".join(
                f"{line}{self.words.pick('inspection_explained')}."
                if line.endswith(": ")
                else line
                for line in text.prefill.splitlines()
            )
        texts = self.words.texts["inspection_report"]
        code = text.code if text.code in texts else "other"
        return self.words.pick("inspection_report", code)

    def subject(self, agency):
        return self.inspection.subject_ids.filtered(
            lambda one: one.agency_id == agency.partner
        )

    # -- what is found ---------------------------------------------------------------
    @property
    def member(self):
        """Who looks: a member from another agency, or who inspects alone."""
        if not self.given.get("members"):
            return self.leader
        return self.sim.people.agencies[self.given["members"][0]].officer

    def look(self):
        """Figures as of the day, findings on tasks and on the agency's work."""
        for agency in self.agencies:
            subject = self.subject(agency)
            subject.with_user(self.leader).action_take_figures()
            self.find(agency, subject.with_user(self.member))

    def find(self, agency, subject):
        """Two tasks that were late, what is well done, and at the first agency what a
        picture shows."""
        wizard = subject.env["task.inspection.raise"].create({"subject_id": subject.id})
        tasks = wizard.candidate_ids[:RAISED]
        if tasks:
            wizard.assignment_ids = tasks
            wizard.action_raise()
        degrees = DEGREES.get(self.story, ("serious", "slight"))
        raised = subject.finding_ids.filtered("is_failing")
        for finding, degree in zip(raised, degrees, strict=False):
            finding.write(
                {
                    "nature": self.words.pick("inspection_nature"),
                    "degree": degree,
                    "cause": self.words.pick("inspection_cause"),
                    "responsibility": self.words.pick(
                        "inspection_responsibility", agency=agency.name
                    ),
                }
            )
        good = (
            "inspection_self_finding" if self.story == "self" else "inspection_finding"
        )
        self.new_finding(subject, {"text": self.words.pick(good)})
        if agency is self.agencies[0] and self.has_team:
            self.new_finding(subject, self.pictured(subject, agency))

    def new_finding(self, subject, vals):
        contents = self.inspection.content_ids
        subject.env["task.inspection.finding"].create(
            {
                "inspection_id": self.inspection.id,
                "subject_id": subject.id,
                "content_id": contents[:1].id,
                **vals,
            }
        )

    def pictured(self, subject, agency):
        """What the member took a picture of with the telephone."""
        user = subject.env.user
        return {
            "text": self.words.pick("inspection_finding_picture"),
            "is_failing": True,
            "nature": self.words.pick("inspection_nature_picture"),
            "degree": "slight",
            "cause": self.words.pick("inspection_cause"),
            "responsibility": self.words.pick(
                "inspection_responsibility", agency=agency.name
            ),
            "attachment_ids": self.sim.attach(user, photograph(self.sim.day)),
        }

    # -- minutes ---------------------------------------------------------------------
    def take_minutes(self, number=None):
        """The secretary writes them, the leader of the team confirms them.

        :param number: at so many agencies, the first ones; all if None.
        """
        for agency in self.agencies[:number]:
            subject = self.subject(agency).with_user(self.secretary_on_team)
            action = subject.action_make_minutes()
            minutes = subject.env["task.inspection.paper"].browse(action["res_id"])
            worked = self.before(self.sim.day, 1)
            present = minutes.present.split("\n")
            said = "objected" if self.objects(agency) else "agreed"
            words = self.words.pick("inspection_said", said, agency=agency.name)
            minutes.write(
                {
                    "number": self.all.number("BB", 60, self.initials),
                    "place": f"Trụ sở {agency.partner.name}",
                    "begun_at": utc(worked, 8),
                    "ended_at": utc(worked, 11, 15),
                    "present": "\n".join(
                        [f"{present[0]}{agency.head.name}, {agency.officer.name}"]
                        + present[1:]
                    ),
                    "body": f"{minutes.body}\n{words}",
                    "dated_on": self.sim.day,
                    "signer_title": self.leader_title,
                    "signer_name": self.signatory.name,
                }
            )
            minutes.with_user(self.leader).action_issue()

    @property
    def secretary_on_team(self):
        return self.secretary if self.has_team else self.leader

    def objects(self, agency):
        """Whether this agency does not agree with all of it."""
        return self.story == "first" and agency is self.agencies[-1]

    def answer_minutes(self):
        """The heads of the inspected agree; one objects and is answered."""
        for agency in self.agencies:
            minutes = self.subject(agency).paper_ids.filtered(
                lambda paper: paper.kind == "minutes"
            )
            theirs = minutes.with_user(agency.head)
            if not self.objects(agency):
                theirs.action_agree()
                self.add_scan(minutes)
                continue
            theirs.objection = self.words.pick(
                "inspection_objection", agency=agency.name
            )
            theirs.action_object()
            mine = minutes.with_user(self.leader)
            mine.reply = self.words.pick(
                "inspection_reply", agency=agency.name, team=self.all.body
            )
            mine.action_reply()
            self.add_scan(minutes)

    def add_scan(self, minutes):
        """The paper both have signed."""
        user = self.secretary_on_team
        minutes.with_user(user).signed_file_ids = self.signed_by_team(
            user,
            minutes.number,
            f"BIÊN BẢN {minutes.abstract}, ngày {vietnamese(minutes.dated_on)}",
            minutes.body.split("\n"),
        )
