"""An agency inspects itself, without a decision, and reports it as the text says."""

from odoo import Command

from .directives import vietnamese
from .inspection_life import SCOPE, Life


class SelfLife(Life):
    """An agency inspects itself, without a decision; one person conducts."""

    def __init__(self, all_of_them, code, day):
        given = {"agencies": [code]}
        days = [day, all_of_them.sim.after(day, 3)]
        super().__init__(all_of_them, "self", given, days, False)
        self.agency = self.agencies[0]

    @property
    def leader(self):
        return self.agency.officer

    @property
    def secretary(self):
        return self.agency.officer

    @property
    def has_team(self):
        return False

    # its papers are the agency's, signed by its head
    @property
    def signatory(self):
        return self.agency.head

    @property
    def initials(self):
        return self.agency.abbreviation

    @property
    def issuer(self):
        return self.agency.partner.name

    @property
    def leader_title(self):
        return self.agency.head.name.replace(self.agency.name, "").strip().upper()

    def begin(self):
        self.at(self.before(self.first, 1), self.draft)
        self.at(self.first, self.issue)
        self.at(self.last, self.look)
        self.at(self.sim.after(self.last, 1), self.end)
        concluded = self.sim.after(self.last, 2)
        self.at(concluded, self.conclude)
        self.at(self.sim.after(concluded, 1), self.close)

    def draft(self):
        self.inspection = self.sim.model("task.inspection", self.secretary).create(
            {
                "inspector": "self",
                "inspecting_agency_id": self.agency.partner.id,
                "has_team": False,
                "conductor_id": self.leader.id,
                "name": self.words.pick("inspection_name", "self", agencies=self.names),
                "form": "regular",
                "legal_basis": self._basis(),
                "scope": self.words.pick(
                    "inspection_scope_self",
                    first=vietnamese(self.first - SCOPE),
                    last=vietnamese(self.first),
                ),
                "scope_from": self.first - SCOPE,
                "scope_to": self.first,
                "content_ids": self.all.contents(),
                "date_from": self.first,
                "date_to": self.last,
                "subject_ids": [Command.create({"agency_id": self.agency.partner.id})],
            }
        )

    def issue(self):
        self.as_(self.agency.head).action_issue()
