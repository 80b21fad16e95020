"""The life of one inspection, as a chain of acts on the agenda, by whose act each is.

`Life` is one the Committee orders, by a team or by one leader without a team.
"""

from datetime import timedelta

from odoo import Command

from .directives import vietnamese
from .inspection_follow_up import FollowUp
from .inspection_papers import Papers
from .inspection_work import Work

#: Working days before the visit on which the decision is issued and reports are due.
ISSUED, REPORTED = 7, 2
#: Working days after the visit on which minutes are answered and the end is recorded.
ANSWERED, ENDED = 1, 2
#: Working days from the end to the conclusion: within every text's limit.
CONCLUDED = 2
#: Working days from the conclusion to the directive and to the closing of the dossier.
DIRECTED, CLOSED = 2, 8
#: The months that are inspected.
SCOPE = timedelta(days=120)
#: Stories that come to their conclusion; the others are open on the day of creation.
CONCLUDING = ("first", "second")


class Life(Work, Papers, FollowUp):
    """One inspection ordered by the Chairman (KT: the Director)."""

    def __init__(self, all_of_them, story, given, days, planned):
        """
        :param all_of_them: the `inspections.Inspections` it belongs to.
        :param story: its key in place.json, `given`: what stands there.
        :param days: first and last day of the visits.
        :param planned: whether it goes by the yearly plan.
        """
        self.all = all_of_them
        self.sim, self.words = all_of_them.sim, all_of_them.words
        self.story, self.given = story, given
        self.first, self.last = days
        self.planned = planned
        self.agencies = [self.sim.people.agencies[code] for code in given["agencies"]]
        self.inspection = None

    # -- means -----------------------------------------------------------------------
    def official(self, role):
        return self.all.official(role)

    def at(self, day, act, *args):
        self.all.at(day, act, *args)

    def before(self, day, workdays):
        """The working day that many working days before `day`."""
        while workdays:
            day -= timedelta(days=1)
            workdays -= self.sim.calendar.is_workday(day)
        return day

    def as_(self, user):
        return self.inspection.with_user(user)

    @property
    def leader(self):
        """Who speaks for the team, or inspects without one."""
        if "by" in self.given:
            return self.sim.official(self.given["by"])
        return self.official("leader")

    @property
    def secretary(self):
        """Who prepares it; the team's secretary."""
        return self.official("secretary")

    @property
    def signatory(self):
        """Who signs the papers of the inspection."""
        return self.leader

    @property
    def names(self):
        return ", ".join(agency.name for agency in self.agencies)

    @property
    def has_team(self):
        return "by" not in self.given

    # -- the agenda ------------------------------------------------------------------
    def begin(self):
        """Put its acts on the agenda, as far as its story goes."""
        if self.story == "draft":
            self.at(self.all.day(-3), self.draft)
            self.at(self.all.day(-2), self.write_decision)
            return
        issued = self.before(self.first, ISSUED)
        self.at(self.before(issued, 2), self.draft)
        self.at(self.before(issued, 1), self.write_decision)
        self.at(issued, self.issue)
        self.at(self.sim.after(issued, 1), self.arrange)
        self.at(self.before(self.first, REPORTED), self.report)
        self.at(self.first, self.look)
        if self.last >= self.sim.today:
            # under way: one agency has the minutes before it
            self.at(self.all.day(-1), self.take_minutes, 1)
            return
        self.at(self.last, self.take_minutes)
        self.at(self.sim.after(self.last, ANSWERED), self.answer_minutes)
        ended = self.sim.after(self.last, ENDED)
        self.at(ended, self.end)
        if self.story in CONCLUDING:
            concluded = self.sim.after(ended, CONCLUDED)
            self.at(concluded, self.conclude)
            self.at(self.sim.after(concluded, DIRECTED), self.direct)
            self.at(self.sim.after(concluded, CLOSED), self.close)

    # -- the decision ----------------------------------------------------------------
    def draft(self):
        """The specialist prepares it: of the lines of the plan, or from nothing."""
        if self.story == "second":
            self.agencies = [self.most_overdue() or self.agencies[0]]
        vals = {
            "name": self._name(),
            "form": "regular" if self.planned else "adhoc",
            "legal_basis": self._basis(),
            "scope": self._scope(),
            "scope_from": self.first - SCOPE,
            "scope_to": self.first - timedelta(days=1),
            "content_ids": self.all.contents(),
            "date_from": self.first,
            "date_to": self.last,
        }
        if self.has_team:
            vals["member_ids"] = self._places()
        else:
            vals.update(has_team=False, conductor_id=self.leader.id)
        model = self.sim.model("task.inspection", self.secretary)
        if self.planned:
            codes = [agency.partner.id for agency in self.agencies]
            lines = self.all.yearly.line_ids.with_user(self.secretary).filtered(
                lambda one: one.agency_id.id in codes and one.date_from == self.first
            )
            action = lines.action_make_inspection()
            self.inspection = model.browse(action["res_id"])
            self.inspection.write(vals)
        else:
            vals["subject_ids"] = [
                Command.create(
                    {
                        "agency_id": agency.partner.id,
                        "visit_from": self.first,
                        "visit_to": self.last,
                    }
                )
                for agency in self.agencies
            ]
            self.inspection = model.create(vals)
        self.inspection.subject_ids.write({"report_due_on": self._report_due()})

    def most_overdue(self):
        """The agency with the most overdue tasks now, if any: nobody of the team, and
        none that is inspected by the plan."""
        people, given = self.sim.people, self.all.given
        others = [*self.given["members"], *self.given["invited"]]
        others += [*given["first"]["agencies"], *given["draft"]["agencies"]]
        others = [people.agencies[code].partner.id for code in others]
        found = self.sim.env["task.assignment"]._read_group(
            [
                ("is_overdue", "=", True),
                ("role", "=", "lead"),
                ("company_id", "=", self.sim.env.company.id),
                ("agency_id", "in", list(people.by_partner)),
                ("agency_id", "not in", others),
                ("agency_id.agency_kind", "!=", "office"),
            ],
            ["agency_id"],
            ["__count"],
        )
        most = max(found, key=lambda row: (row[1], -row[0].id), default=None)
        return people.by_partner[most[0].id] if most else None

    def _name(self):
        key = "regular" if self.planned else "adhoc" if self.has_team else "alone"
        return self.words.pick("inspection_name", key, agencies=self.names)

    def _basis(self):
        """The grounds of the decision, one a line."""
        regulation = self.sim.regulation
        words = regulation.name
        if regulation.number:
            words += f" ban hành kèm theo Quyết định số {regulation.number}"
        grounds = ["Luật Tổ chức chính quyền địa phương", words]
        if self.planned:
            plan = self.all.yearly
            number = f"Kế hoạch số {plan.number} ngày {vietnamese(plan.dated_on)}"
            grounds.append(f"{number} của {self.sim.place.company}")
        return "\n".join(grounds)

    def _scope(self):
        return self.words.pick(
            "inspection_scope",
            agencies=self.names,
            first=vietnamese(self.first - SCOPE),
            last=vietnamese(self.first - timedelta(days=1)),
        )

    def _report_due(self):
        """Two days before the visit; of what is under way it is still to come."""
        if self.last >= self.sim.today:
            return self.all.day(1)
        return self.before(self.first, REPORTED)

    def _places(self):
        """The team: whom the decision names, and who is invited."""
        people = [
            (role, self.official(role)) for role in ("leader", "deputy", "secretary")
        ]
        agencies = self.sim.people.agencies
        people += [("member", agencies[code].officer) for code in self.given["members"]]
        places = [
            {
                "sequence": 10 * number,
                "role": role,
                "user_id": user.id,
                "position": user.name,
                "duty": self.words.pick("inspection_duty", role),
            }
            for number, (role, user) in enumerate(people, 1)
        ]
        places += [
            {
                "sequence": 90,
                "role": "invited",
                "agency_id": agencies[code].partner.id,
                "duty": self.words.pick("inspection_duty", "invited"),
            }
            for code in self.given["invited"]
        ]
        return [Command.create(place) for place in places]

    def issue(self):
        """The Chairman decides: the team begins, the inspected are told."""
        self.as_(self.official("chairman")).action_issue()

    # -- what is arranged ------------------------------------------------------------
    def arrange(self):
        """Invitations, requests for reports, and the team's plan where the text has
        one (KH Đ15.3)."""
        if self.has_team:
            self.as_(self.leader).action_invite()
            self.at(self.sim.after(self.sim.day, 1), self.answer_invitations)
            if self.sim.regulation._knows("inspection_plan", "team"):
                self.plan_of_team()
        for subject in self.as_(self.secretary).subject_ids:
            self.request(subject)

    def plan_of_team(self):
        """The team orders its visits; a leader approves the next day."""
        leader = self.leader
        plan = self.sim.model("task.inspection.plan", leader).create(
            {
                "name": f"Kế hoạch kiểm tra của {self.all.body}: {self.names}",
                "kind": "adhoc",
                "inspection_id": self.inspection.id,
                "date_from": self.first,
                "date_to": self.last,
                "purpose": self.words.pick("inspection_purpose"),
                "line_ids": [
                    Command.create(
                        {
                            "agency_id": agency.partner.id,
                            "content_ids": self.all.contents(),
                            "form": "regular" if self.planned else "adhoc",
                            "date_from": self.first,
                            "date_to": self.last,
                        }
                    )
                    for agency in self.agencies
                ],
            }
        )
        plan.action_submit()
        self.at(self.sim.after(self.sim.day, 1), self.approve_plan_of_team, plan)

    def approve_plan_of_team(self, plan):
        plan.with_user(self.official("chairman")).action_approve()
        number = self.all.number("KH", 60, self.initials)
        plan.write(
            {
                "number": number,
                "dated_on": self.sim.day,
                **self.all.signer("leader"),
                "attachment_ids": self.signed_by_team(
                    plan.env.user, number, plan.name, plan.purpose.split("\n")
                ),
            }
        )
        plan.action_register()

    def answer_invitations(self):
        """The members accept in their calendar; who is invited names somebody, one has
        nobody to send. What is under way: the first agency has not answered yet."""
        for member in self.inspection.member_ids.filtered(
            lambda member: member.role != "invited" and member.answer == "asked"
        ):
            user = member.user_id
            attendees = self.sim.model("calendar.attendee", user).search(
                [
                    ("event_id.res_model", "=", "task.inspection.subject"),
                    ("event_id.res_id", "in", self.inspection.subject_ids.ids),
                    ("partner_id", "=", user.partner_id.id),
                ]
            )
            attendees.do_accept()
        members = self.inspection.member_ids.filtered(
            lambda member: member.role == "invited"
        )
        for number, member in enumerate(members):
            agency = self.sim.people.by_partner[member.agency_id.id]
            mine = member.with_user(agency.head)
            if number == 0 and self.last >= self.sim.today:
                continue
            if number == 1 and self.story == "first":
                mine.decline_reason = self.words.pick("inspection_declined")
                mine.action_decline()
            else:
                mine.user_id = agency.officer
                mine.action_accept()

    # -- its end ---------------------------------------------------------------------
    def end(self):
        self.as_(self.leader).action_end(self.sim.day)

    def close(self):
        """Whoever keeps the papers closes the dossier."""
        mine = self.as_(self.secretary)
        mine.action_gather()
        reason = "Tài liệu còn lại lưu tại văn thư cơ quan được kiểm tra."
        mine.action_close(reason if mine.missing_item_names else None)
