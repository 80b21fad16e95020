"""The company above a department, and what it assigns to it (KT Đ1, Đ4, Đ6).

`above` of place.json: the company, its regulation, its officials, which of them
registers and confirms; `above.json`: its directives to the department, with `ago`
(days before the creation), `days` until the deadline, `units` the department gives the
task to, and `answered`: days before the deadline on which the department hands in.
"""

import json
from datetime import timedelta

from odoo import Command

from . import papers, people


def make(env, place):
    """Create the company above, of which the place is an agency, and its users.

    :return: its users by login; empty where nothing stands above.
    """
    given = place.data.get("above")
    if not given:
        return {}
    company = env["res.company"].create(
        {
            "name": given["company"],
            "regulation_id": env.ref(given["regulation"]).id,
            "task_tz": "Asia/Ho_Chi_Minh",
        }
    )
    # Its units are not the province's, and it reports upward as a whole, on paper.
    env["res.partner"].search([("is_agency", "=", True)]).company_id = env.company
    env.company.partner_id.write(
        {"is_agency": True, "agency_kind": "department", "task_reports": False}
    )
    return people.make_officials(
        env,
        place,
        given["officials"],
        company_id=company.id,
        company_ids=[Command.set(company.ids)],
    )


class Above:
    """The acts of both levels on what comes from above."""

    def __init__(self, sim, users):
        self.sim = sim
        self.users = users
        self.given = sim.place.data.get("above")
        self.agency = sim.env.company.partner_id

    def plan(self):
        """Put the directives from above on the agenda."""
        if not self.given:
            return
        file = self.sim.place.folder / "above.json"
        for words in json.loads(file.read_text(encoding="utf-8")):
            day = self.sim.today - timedelta(days=words["ago"])
            self.sim.at(day, self.assign, words)

    def user(self, who):
        return self.users[self.given[who]]

    def assign(self, words):
        """The province's Office assigns the task to the department."""
        sim, user = self.sim, self.user("specialist")
        deadline = sim.calendar.roll(sim.day + timedelta(days=words["days"]))
        content = words["content"]
        number = str(sim.series.next("above", sim.day, 6000))
        paper = papers.paper(
            f"{number}-{words['notation']}",
            issuer=self.given["company"],
            reference=f"{number}/{words['notation']}",
            place_day=papers.place_and_day(sim.place.seat, sim.day),
            title=f"Công văn: {words['abstract']}",
            paragraphs=[content],
            signed=words["signer"],
        )
        document = sim.model("task.document", user).create(
            {
                "number": number,
                "notation": words["notation"],
                "type_id": sim.named("task.document.type", "Công văn").id,
                "abstract": words["abstract"],
                "issued_on": sim.day,
                "despatched_on": sim.day,
                "signer_position": words["signer"],
                "attachment_ids": sim.attach(user, paper),
                "task_ids": [
                    Command.create(
                        {
                            "name": content,
                            "product_kind": words["product"],
                            "product_to": "UBND tỉnh",
                            "deadline": deadline,
                            "lead_agency_ids": [Command.set(self.agency.ids)],
                        }
                    )
                ],
            }
        )
        document.action_release()
        assignment = document.assignment_ids
        if "units" in words:
            day = sim.after(sim.day, 1)
            sim.at(day, self.hand_on, assignment, words)
            answer = deadline - timedelta(days=words.get("answered", 1))
            if "answered" in words:
                sim.at(answer, self.answer, assignment)

    def _task(self, assignment, user):
        """The department's task for an assignment from above, as its user sees it."""
        return assignment.sudo().cascade_task_ids.with_env(self.sim.env).with_user(user)

    def hand_on(self, assignment, words):
        """The department's Office gives the task to its units."""
        task = self._task(assignment, self.sim.official(self.sim.place.managers[0]))
        codes = words["units"]
        task.lead_agency_ids = [Command.set(self.sim.partners(codes))]
        task.document_id.action_release()
        kept = {key: words[key] for key in ("content", "product")}
        self.sim.live(task.assignment_ids, {**kept, "leads": codes})

    def answer(self, assignment):
        """The Director hands in upward what the units have done."""
        task = self._task(assignment, self.sim.official(self.sim.place.deciders[0]))
        if not task.can_upward_result:
            return
        upward = task.env["task.upward"].create(
            {
                "task_id": task.id,
                "act": "result",
                "reply_number": f"{self.sim.series.next('BC-SNN', self.sim.day, 500)}"
                "/BC-SNN",
                "reply_date": self.sim.day,
                "accept_missing": True,
            }
        )
        if not upward.text:
            upward.text = "Sở đã chỉ đạo các đơn vị thực hiện; kết quả tại báo cáo kèm."
        upward.action_send()
        self.sim.at(self.sim.after(self.sim.day, 2), self.confirm, assignment)

    def confirm(self, assignment):
        user = self.user("specialist")
        for result in assignment.with_user(user).result_ids:
            if result.state == "waiting":
                result.action_accept()
