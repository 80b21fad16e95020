"""After the team's work: conclusion, notices, what is recommended and carried out."""

from datetime import timedelta

from odoo import Command

from .directives import vietnamese

#: The figures that the evaluation names.
COUNTED = (
    "assigned",
    "completed_on_time",
    "completed_late",
    "open_in_time",
    "open_overdue",
    "open_undated",
)
#: Working days an agency is given to carry out a recommendation, by story.
GIVEN = {"first": 25, "second": 110}


class FollowUp:
    """Part of `inspection_life.Life`."""

    def conclude(self):
        """Who leads writes the prescribed parts and hands the conclusion in."""
        mine = self.as_(self.leader)
        for text in mine.text_ids.filtered(lambda one: one.topic == "conclusion"):
            text.body = self.conclusion_text(text.code)
        self.recommend(mine)
        number = self.all.number("BC", 60, self.initials)
        title = f"BÁO CÁO Kết quả {mine.name[:1].lower()}{mine.name[1:]}"
        paragraphs = [
            f"{text.name}: {text.body}"
            for text in mine.text_ids
            if text.topic == "conclusion"
        ]
        self.new_paper(
            self.leader,
            "conclusion",
            number=number,
            abstract=title.removeprefix("BÁO CÁO "),
            signer_title=self.leader_title,
            signer_name=self.signatory.name,
            attachment_ids=self.signed_by_team(self.leader, number, title, paragraphs),
        )
        if mine.can_prepare_notices:
            mine.action_prepare_notices()
            self.number_notices(mine)
        mine.action_conclude()

    def conclusion_text(self, code):
        texts = self.words.texts["inspection_conclusion"]
        figures = [subject.figures["ids"] for subject in self.inspection.subject_ids]
        counted = {
            name: f"{sum(len(one.get(name, ())) for one in figures):02}"
            for name in COUNTED
        }
        found = self.inspection.finding_ids
        return self.words.pick(
            "inspection_conclusion",
            code if code in texts else "other",
            agencies=self.names,
            team=self.all.body if self.has_team else "Người kiểm tra",
            findings=f"{len(found):02}",
            failings=f"{len(found.filtered('is_failing')):02}",
            **counted,
        )

    def number_notices(self, mine):
        notices = mine.paper_ids.filtered(
            lambda paper: paper.kind == "notice" and paper.state == "draft"
        )
        for notice in notices:
            number = self.all.number("TB", 120, self.initials)
            notice.write(
                {
                    "number": number,
                    "dated_on": self.sim.day,
                    "signer_title": self.leader_title,
                    "signer_name": self.signatory.name,
                    "attachment_ids": self.signed_by_team(
                        self.leader,
                        number,
                        f"THÔNG BÁO {notice.abstract}",
                        notice.body.split("\n"),
                    ),
                }
            )

    def recommend(self, mine):
        """One recommendation to each agency; a violation is handled besides."""
        if self.story not in GIVEN:
            return
        deadline = self.sim.after(self.sim.day, GIVEN[self.story])
        lines = [
            {"agency_id": agency.partner.id, "text": self.words.pick("inspection_urge")}
            for agency in self.agencies
        ]
        if self.story == "second":
            failing = mine.finding_ids.filtered("is_failing")
            lines.append(
                {
                    "kind": "violation",
                    "agency_id": self.agencies[0].partner.id,
                    "text": self.words.pick("inspection_violation"),
                    "finding_id": failing[:1].id,
                }
            )
        for number, line in enumerate(lines, 1):
            mine.env["task.inspection.recommendation"].create(
                {
                    "inspection_id": mine.id,
                    "sequence": 10 * number,
                    "deadline": deadline,
                    **line,
                }
            )

    # -- recommendations become tasks ------------------------------------------------
    def direct(self):
        """The Office makes one directive of what is recommended and assigns it; the
        violation is handled by the agency itself."""
        sim, mine = self.sim, self.as_(self.secretary)
        unit = next(
            one["unit"]
            for one in sim.place.officials
            if one["login"] == self.secretary.login
        )
        number = f"{sim.series.next('inspections CV', sim.day, 4200)}"
        notation = f"{self.all.given['notation']}-TH"
        urged = mine.recommendation_ids.filtered(lambda one: one.kind == "urge")
        wizard = mine.env["task.inspection.directive"].create(
            {
                "inspection_id": mine.id,
                "recommendation_ids": [Command.set(urged.ids)],
                "number": number,
                "notation": notation,
                "issued_on": sim.day,
            }
        )
        wizard.action_make()
        document = urged.task_id.document_id
        reference = f"{number}/{notation}"
        document.write(
            {
                "type_id": sim.named("task.document.type", "Công văn").id,
                "despatched_on": sim.day,
                "received_on": sim.day,
                "issuer_id": sim.env.company.partner_id.id,
                "signer_position": self.official("chairman").name,
                "specialist_id": self.secretary.id,
                "office_unit_id": sim.people.units[unit].id,
                "attachment_ids": self.all.signed(
                    self.secretary,
                    reference,
                    f"V/v {document.abstract}",
                    document.task_ids.mapped("name"),
                ),
            }
        )
        document.task_ids.write(
            {
                "product_kind": "report",
                "product_to": sim.place.words["to"],
                "directing_leader": sim.place.words["leader"],
            }
        )
        document.action_release()
        for number, task in enumerate(document.task_ids):
            self.carry_out(task.assignment_ids, number)
        for one in mine.recommendation_ids.filtered(lambda one: not one.task_id):
            self.at(sim.after(sim.day, 9), self.handled, one)

    def handled(self, recommendation):
        recommendation.action_done(
            self.sim.day, self.words.pick("inspection_violation_done")
        )

    def carry_out(self, assignment, number):
        """The first agency carries its recommendation out in time; the second is told
        again and again; of the second inspection it is under way."""
        agency = self.sim.agency_of(assignment)
        received = self.sim.after(self.sim.day, 1)
        self.at(received, assignment.with_user(agency.officer).action_receive)
        self.at(self.sim.after(received, 5), self.tell, assignment, agency)
        if self.story == "first" and number == 0:
            done = assignment.deadline - timedelta(days=4)
            self.at(done, self.hand_in, assignment, agency)

    def tell(self, assignment, agency):
        self.sim.model("task.progress", agency.officer).create(
            {
                "assignment_id": assignment.id,
                "text": self.words.pick("inspection_carried_out", "progress"),
            }
        )

    def hand_in(self, assignment, agency):
        reply = self.all.number("BC", 420, agency.abbreviation)
        text = self.words.pick(
            "inspection_carried_out",
            "result",
            agency=agency.name,
            reply=reply,
            day=vietnamese(self.sim.day),
        )
        vals = {
            "assignment_id": assignment.id,
            "text": text,
            "reply_number": reply,
            "reply_date": self.sim.day,
            "attachment_ids": self.all.signed(
                agency.officer,
                reply,
                "BÁO CÁO Kết quả thực hiện kiến nghị sau kiểm tra",
                [text],
                issuer=agency.partner.name,
                signed=agency.head.name,
            ),
        }
        if self.sim.policy("completion_day") == "stated":
            vals["stated_day"] = self.sim.day
        result = self.sim.model("task.result", agency.officer).create(vals)
        result.with_user(agency.head).action_submit()
        day = self.sim.after(self.sim.day, 1)
        if assignment.state != "done":
            self.at(day, result.with_user(self.secretary).action_accept)
        elif self.sim.policy("rating"):
            self.at(day, result.with_user(self.secretary).rate, "good", "good", "fair")
