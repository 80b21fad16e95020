# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .rights_common import RightsCase
from .urge_common import UrgeActs


@tagged("post_install", "-at_install")
class TestUrgeRights(UrgeActs, RightsCase):
    """Who urges whom, who reads it: tried as every role, as RPC (DOMAIN.md section 5;
    BG Đ8.2a, QT Đ10.2, CM Đ9.2a, KH Đ10.2b)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["task.regulation.policy"].search(
            [("regulation_id", "=", cls.regulation.id), ("key", "=", "urge_sector")]
        ).unlink()
        cls.env["task.regulation.policy"].create(
            {
                "regulation_id": cls.regulation.id,
                "key": "urge_sector",
                "value": "yes",
                "is_interpretation": True,
                "note": "Thử",
            }
        )

    def setUp(self):
        super().setUp()
        self._move_to("2026-04-01 02:00:00")
        self.lead = self._shared_task()
        self.support = self._support_of(self.lead)
        self._move_to("2026-04-16 02:00:00")

    def _drafters(self, assignment):
        """The roles that draft a letter about `assignment` by the button's method."""
        return self._who_can(
            lambda user: self._rpc(
                user, "task.assignment", "action_urge_letter", assignment.ids
            )
        )

    # -- who urges ---------------------------------------------------------------------
    def test_who_urges_the_lead(self):
        """The specialist who follows it, managers and leaders; the agency above it and
        the sector body of its field. Not itself, its support, or another specialist."""
        office = {"follows", "manager"} | self.leader_roles
        self.assertEqual(self._drafters(self.lead), office | {"upper head", "sector"})

    def test_who_urges_a_support(self):
        """The lead agency urges the supports of what it leads; so do the Office and
        the sector body."""
        office = {"follows", "manager"} | self.leader_roles
        self.assertEqual(
            self._drafters(self.support), office | self.agency_roles | {"sector"}
        )

    def test_sector_only_by_the_text(self):
        """Where the text says nothing of it (KT), a sector body reads and urges not."""
        self.env["task.regulation.policy"].search(
            [("regulation_id", "=", self.regulation.id), ("key", "=", "urge_sector")]
        ).value = "no"
        self.assertNotIn("sector", self._drafters(self.lead))

    def test_sender_is_who_writes(self):
        """An agency urges in its own name and never in the Office's, however it asks;
        the Office not in an agency's."""
        letter = self._draft(self.support, self.finance_officer)
        self.assertEqual(letter.sender_agency_id, self.finance)
        self.assertEqual(letter.issuing_body, self.finance.name)
        for user, sender in (
            (self.finance_head, False),
            (self.finance_head, self.ward.id),
            (self.specialist, self.finance.id),
        ):
            for vals, context in (
                ({"sender_agency_id": sender}, {}),
                ({}, {"default_sender_agency_id": sender}),
            ):
                with self.assertRaises(AccessError):
                    self._rpc(
                        user,
                        "task.urge",
                        "create",
                        [{"kind": "letter", **vals}],
                        context=context,
                    )
        with self.assertRaises(AccessError):
            self._rpc(
                self.finance_head,
                "task.urge",
                "write",
                letter.ids,
                {"sender_agency_id": False},
            )

    def test_who_issues(self):
        """Of the Office: who follows all its tasks, managers, leaders. Of an agency:
        its head, or whom the head authorised; the officer's draft is kept."""
        office = self._complete(self._draft(self.lead))
        self.assertEqual(
            self._who_can(
                lambda user: self._rpc(user, "task.urge", "action_issue", office.ids)
            ),
            {"follows", "manager"} | self.leader_roles,
        )
        own = self._complete(self._draft(self.support, self.finance_officer))
        self.assertEqual(
            self._who_can(
                lambda user: self._rpc(user, "task.urge", "action_issue", own.ids)
            ),
            {"head", "officer authorised"},
        )

    def test_ladder_draft_of_two_specialists(self):
        """A specialist who follows one task of the system's draft writes in it; who
        follows all of them, or a manager, issues it."""
        document = self._document(user=self.specialist2)
        document.with_user(self.specialist2).action_release()
        second = document.sudo().assignment_ids
        letter = self.env["task.urge"]._draft_by_ladder(
            [(one, one.due_on, f"letter/{one.id}") for one in self.lead | second]
        )
        for user in (self.specialist, self.specialist2):
            self._complete(letter.with_user(user))
            with self.assertRaises(AccessError):
                letter.with_user(user).action_issue()
        with self.assertRaises(AccessError):
            letter.with_user(self.cleared).write({"number": "9/VP-TH"})
        letter.with_user(self.manager).action_issue()
        self.assertEqual(letter.state, "done")

    def test_no_task_of_others(self):
        """What one does not urge about cannot be added by RPC either."""
        letter = self._draft(self.support, self.finance_head)
        other = self._released(lead=self.building)
        for assignment in (other, self.lead):
            with self.assertRaises(AccessError):
                self._rpc(
                    self.finance_head,
                    "task.urge",
                    "write",
                    letter.ids,
                    {"line_ids": [Command.create({"assignment_id": assignment.id})]},
                )

    # -- who reads ---------------------------------------------------------------------
    def test_readers_of_a_draft(self):
        """The Office's draft is the Office's and the leaders'; an agency's is its own,
        not even the Office's."""
        office = self._draft(self.lead)
        self.assertEqual(self._readers(office), self.see_all)
        self.assertEqual(self._finders(office.line_ids), self.see_all)
        own = self._draft(self.support, self.finance_officer)
        self.assertEqual(self._readers(own), self.agency_roles)
        self.assertEqual(self._finders(own.line_ids), self.agency_roles)

    def test_readers_of_a_letter(self):
        """An issued letter: the Office, the leaders, the agency urged and the one
        above it. Who reads the assignment otherwise knows that there was one."""
        letter = self._issue(self.lead)
        told = self.see_all | self.agency_roles | {"upper head"}
        self.assertEqual(self._readers(letter), told)
        self.assertEqual(self._finders(letter), told)
        self.assertEqual(self._finders(letter.line_ids), told | {"sector"})

    def test_lead_learns_nothing_of_other_tasks(self):
        """A letter about a support's own overdue tasks: the lead sees that its support
        was urged about the common task, and neither the letter nor the other task."""
        other = self._released(lead=self.ward)
        letter = self._issue(self.support | other)
        line = letter.line_ids.filtered(lambda one: one.assignment_id == self.support)
        self.assertEqual(
            self._readers(line),
            self.see_all | self.agency_roles | {"upper head", "support", "sector"},
        )
        seen = line.with_user(self.finance_head)
        self.assertFalse(seen.summary)
        self.assertEqual(seen.number, letter.number)
        hidden = letter.line_ids - line
        self.assertEqual(self._finders(hidden), self.see_all | {"support"})
        self.assertEqual(self._readers(letter), self.see_all | {"support"})
        # nor by grouping, counting, or searching the letter through its lines
        lines = self.env["task.urge.line"].with_user(self.finance_head)
        counts = lines._read_group([], ["assignment_id"], ["__count"])
        self.assertEqual(counts, [(self.support.with_env(lines.env), 1)])
        urges = self.env["task.urge"].with_user(self.finance_head)
        self.assertFalse(urges.search([("number", "=", letter.number)]))
        self.assertFalse(lines.search([("urge_id.line_ids", "in", hidden.ids)]))

    def test_each_its_own_line(self):
        """One letter to all agencies of a task: the support reads the letter and its
        own line; the lead's line is the lead's."""
        letter = self._issue(self.lead | self.support)
        mine = self.env["task.urge.line"].with_user(self.ward_head).search([])
        self.assertEqual(mine.assignment_id, self.support)
        self.assertTrue(letter.with_user(self.ward_head).has_access("read"))

    def test_automatic_reminders(self):
        """What the system mailed one person: the Office and the leaders, and the people
        of the same agency; nobody of another agency, whatever they oversee."""
        reminder = self.env["task.urge"].create(
            {
                "kind": "automatic",
                "state": "done",
                "day": "2026-04-16",
                "partner_id": self.finance_officer.partner_id.id,
                "line_ids": [
                    Command.create(self.lead._urge_line_values() | {"marker": "x"})
                ],
            }
        )
        told = self.see_all | self.agency_roles
        self.assertEqual(self._readers(reminder), told)
        self.assertEqual(self._finders(reminder.line_ids), told)

    def test_left_out_is_not_told(self):
        """What dropped out of a letter concerns its agency no more."""
        other = self._released()
        letter = self._complete(self._draft(self.lead | other))
        self._hand_in(other)
        letter.action_issue()
        gone = letter.line_ids.filtered("is_left_out")
        self.assertEqual(gone.assignment_id, other)
        self.assertEqual(self._finders(gone), self.see_all)

    def test_successor_reads(self):
        """Who took the agency's place reads what was written to it."""
        letter = self._issue(self.lead)
        succession = (
            self.env["task.succession"]
            .with_user(self.manager)
            .create(
                {
                    "predecessor_ids": [Command.set(self.finance.ids)],
                    "successor_id": self.building.id,
                    "day": "2026-04-16",
                    "reference": "12/NQ-HĐND",
                    "reason": "Hợp nhất",
                }
            )
        )
        succession.action_record()
        self.env.invalidate_all()
        self.assertTrue(letter.with_user(self.building_head).has_access("read"))

    def test_what_brought_it_about(self):
        """What brought a letter about (somebody's report, say) is the Office's to
        know: the agency urged does not read it."""
        urges = self.env["task.urge"].with_user(self.specialist)
        letter = urges._draft_letter(
            self.lead.with_user(self.specialist), origin=self.lead.task_id
        )
        self._complete(letter).action_issue()
        self.assertEqual(letter.origin_model, "task.task")
        for attempt in (
            ("read", letter.ids, ["origin_model"]),
            ("search_read", [("origin_id", "=", self.lead.task_id.id)], ["number"]),
            ("read_group", [], ["__count"], ["origin_model"]),
        ):
            with self.assertRaises(AccessError):
                self._rpc(self.finance_head, "task.urge", *attempt)

    # -- who writes --------------------------------------------------------------------
    def test_nobody_writes_what_is_done(self):
        """A done letter or entry is nobody's to write, delete or discard."""
        letter = self._issue(self.lead)
        call = self._enter(self.lead)
        for urge in letter | call:
            for attempt in (
                lambda user, one=urge: self._rpc(
                    user, "task.urge", "write", one.ids, {"agreed": "x"}
                ),
                lambda user, one=urge: self._rpc(user, "task.urge", "unlink", one.ids),
                lambda user, one=urge: self._rpc(
                    user, "task.urge", "action_cancel", one.ids
                ),
                lambda user, one=urge: self._rpc(
                    user, "task.urge.line", "unlink", one.line_ids.ids
                ),
            ):
                self.assertFalse(
                    self._who_can(attempt, refusal=(AccessError, UserError))
                )

    def test_closed_fields(self):
        """Nobody writes the workflow's own fields of a draft by RPC."""
        letter = self._draft(self.lead)
        for vals in (
            {"state": "done"},
            {"issued_by_id": self.manager.id},
            {"by_ladder": True},
            {"pdf_id": False},
            {"company_id": self.env.ref("base.main_company").id},
            {"origin_model": "task.document", "origin_id": 1},
            {"own_body": "x"},
            {"partner_id": self.manager.partner_id.id},
        ):
            self.assertFalse(
                self._who_can(
                    lambda user, vals=vals: self._rpc(
                        user, "task.urge", "write", letter.ids, vals
                    )
                ),
                vals,
            )

    def test_administrator_nothing(self):
        """By that role alone there is nothing at all."""
        letter = self._issue(self.lead)
        for user in (self.admin, self.nobody, self.cleared_only):
            for record in (letter, letter.line_ids):
                with self.assertRaises(AccessError):
                    self._rpc(user, record._name, "search_read", [])
                with self.assertRaises(AccessError):
                    self._rpc(user, record._name, "read", record.ids, ["day"])


@tagged("post_install", "-at_install")
class TestUrgeRoute(UrgeActs, RightsCase, HttpCase):
    """The letter's file, by its URL."""

    def test_route(self):
        """PDF, DOCX and the kept file are for who reads the letter; to everybody else
        there is no such letter."""
        lead = self._shared_task()
        self._move_to("2026-04-16 02:00:00")
        letter = self._issue(lead)
        urls = (
            f"/task/letter/task.urge/{letter.id}.pdf",
            f"/task/letter/task.urge/{letter.id}.docx",
            f"/web/content/{letter.pdf_id.id}",
        )
        for user, status in (
            (self.finance_officer, 200),
            (self.manager, 200),
            (self.ward_head, 404),
            (self.building_head, 404),
            (self.admin, 404),
        ):
            user.sudo().password = f"{user.login}-password"
            self.authenticate(user.login, f"{user.login}-password")
            for url in urls:
                self.assertEqual(self.url_open(url).status_code, status, (user, url))
