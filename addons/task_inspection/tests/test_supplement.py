# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.task_tracking.logic.letter import Table, laid_out

from .test_team import TeamCase


class SupplementCase(TeamCase):
    """On 2 April 2026 the building department's officer falls out of the team; its head
    takes the place."""

    def setUp(self):
        super().setUp()
        self.assignment = self._released()
        self.inspection = self._begun()
        self._move_to("2026-04-02 02:00:00")

    def _place(self, user):
        return self.inspection.sudo().member_ids.filtered(
            lambda one: one.user_id == user and not one.left_on
        )

    def _change(self, leaving=None, user=None, **vals):
        return Command.create(
            {
                "leaving_id": self._place(leaving).id if leaving else False,
                "user_id": user.id if user else False,
                **vals,
            }
        )

    def _supplement(self, *changes, **vals):
        changes = changes or (self._change(self.building_officer, self.building_head),)
        values = {"number": "20/QĐ-UBND", "dated_on": "2026-04-02", "body": False}
        return self._paper(
            self.inspection,
            "supplement",
            **{**values, "change_ids": list(changes), **vals},
        )

    def _issue(self, paper, user=None):
        paper.with_user(user or self.chairman).action_issue()


@tagged("post_install", "-at_install")
class TestSupplement(SupplementCase):
    """After its decision the team is changed by a supplementary decision only."""

    def test_access(self):
        """The former member's access ends with the decision, the new one's begins: to
        the inspection, its work and the tasks in scope."""
        head, officer = self.building_head, self.building_officer
        finding = self.env["task.inspection.finding"].with_user(self.manager)
        finding = finding.create(
            {
                "inspection_id": self.inspection.id,
                "subject_id": self.inspection.subject_ids.id,
                "text": "Chậm cập nhật",
            }
        )
        read = (self.inspection, finding, self.assignment)
        paper = self._supplement()
        for record in read:
            self.assertTrue(self._reads(record, officer), record)
            self.assertFalse(self._reads(record, head), record)
        self._issue(paper)
        for record in (*read, paper):
            self.assertFalse(self._reads(record, officer), record)
            self.assertTrue(self._reads(record, head), record)
        with self.assertRaises(AccessError):
            finding.with_user(officer).text = "Khác"
        self.assertTrue(finding.with_user(head).copy({"text": "Chậm báo cáo"}))

    def test_recorded(self):
        """Who left and who came stay at their places, with the day and decision; the
        new one has the former one's role."""
        paper = self._supplement()
        former = self._place(self.building_officer)
        self._issue(paper)
        self.assertEqual(str(former.left_on), "2026-04-02")
        self.assertEqual(former.left_paper_id, paper)
        new = self._place(self.building_head)
        self.assertEqual((new.role, new.joined_paper_id), ("member", paper))
        self.assertEqual(str(new.joined_on), "2026-04-02")
        with self.assertRaises(UserError):
            former.with_user(self.manager).duty = "Khác"

    def test_leader(self):
        """A new leader does what the leader does; the former one nothing any more."""
        paper = self._supplement(self._change(self.manager, self.building_head))
        self._issue(paper)
        with self.assertRaises(AccessError):
            self.inspection.with_user(self.manager).action_end("2026-04-02")
        self.inspection.with_user(self.building_head).action_end("2026-04-02")
        self.assertEqual(self.inspection.state, "ended")

    def test_other_role(self):
        """A member becomes the leader, whose place nobody else takes."""
        paper = self._supplement(
            self._change(self.manager),
            self._change(self.building_officer, self.building_officer, role="leader"),
        )
        self._issue(paper)
        self.assertEqual(self._place(self.building_officer).role, "leader")
        self.assertFalse(self._place(self.manager))

    def test_one_leader(self):
        """A team is not left without its leader, nor with two."""
        for change in (
            self._change(self.manager),
            self._change(user=self.building_head, role="leader"),
        ):
            paper = self._supplement(change)
            with self.assertRaises(UserError), self.env.cr.savepoint():
                self._issue(paper)
        self.assertTrue(self._place(self.manager))

    def test_missing(self):
        """Number, day, signer, signed file and a change: without one of them it is not
        issued."""
        for lacks in (
            {"number": False},
            {"dated_on": False},
            {"signer_name": False},
            {"attachment_ids": False},
            {"change_ids": False},
        ):
            paper = self._supplement(**lacks)
            with self.assertRaises(UserError):
                self._issue(paper)

    def test_who(self):
        """The Office drafts it, the Chairman issues it: neither the team's leader, nor
        a member, nor the inspected agency."""
        paper = self._supplement()
        for user in (
            self.manager,
            self.specialist,
            self.building_officer,
            self.finance_head,
            self.deputy,
        ):
            with self.assertRaises(AccessError):
                self._issue(paper, user)
        for user in (self.building_officer, self.finance_head):
            with self.assertRaises(AccessError):
                self.env["task.inspection.paper"].with_user(user).create(
                    {"inspection_id": self.inspection.id, "kind": "supplement"}
                )
            with self.assertRaises(AccessError):
                self.env["task.inspection.team.change"].with_user(user).create(
                    {"paper_id": paper.id, "user_id": self.building_head.id}
                )

    def test_draft_unread(self):
        """The inspected agency and the team's members read it once it is issued, and
        nothing of its draft."""
        paper = self._supplement()
        change = paper.change_ids
        for record in (paper, change):
            self.assertFalse(self._reads(record, self.finance_head), record)
        self._issue(paper)
        for record in (paper, change):
            self.assertTrue(self._reads(record, self.finance_head), record)
            self.assertFalse(self._reads(record, self.ward_head), record)

    def test_fixed(self):
        """Issued, neither the paper nor its changes are changed or taken away."""
        paper = self._supplement()
        self._issue(paper)
        change = paper.change_ids.with_user(self.specialist)
        for act in (
            lambda: change.write({"role": "leader"}),
            change.unlink,
            lambda: paper.write({"change_ids": [self._change(self.specialist)]}),
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                act()
        with self.assertRaises(UserError):
            self._issue(paper)

    def test_inspected(self):
        """Nobody of the inspected agency joins the team."""
        with self.assertRaises(ValidationError):
            self._supplement(self._change(user=self.finance_officer))

    def test_not_forged(self):
        """Places are neither left nor taken by writing; nor by another paper."""
        place = self._place(self.building_officer)
        for vals in ({"left_on": "2026-04-02"}, {"joined_on": "2026-04-02"}):
            with self.assertRaises(UserError):
                place.with_user(self.manager).write(vals)
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self._paper(
                self.inspection,
                "request",
                subject_id=self.inspection.subject_ids.id,
                change_ids=[self._change(self.building_officer)],
            )
        with self.assertRaises(AccessError):
            self.inspection.with_user(self.finance_head).write(
                {"supplement_ids": [Command.create({"kind": "supplement"})]}
            )

    def test_when(self):
        """A draft is changed by itself; once the conclusion is handed in nobody joins
        any more."""
        draft = self._inspection()
        with self.assertRaises(UserError):
            self._paper(draft, "supplement", dated_on="2026-04-02")
        paper = self._supplement()
        self.inspection.with_user(self.manager).action_end("2026-04-02")
        self._write_conclusion(self.inspection)
        self.inspection.with_user(self.manager).action_conclude()
        with self.assertRaises(UserError):
            self._issue(paper)

    def test_visits(self):
        """The visits held follow: the new member is invited, the former one and a
        former organiser are not any more."""
        self.inspection.with_user(self.manager).action_invite()
        self._issue(self._supplement(self._change(self.manager, self.building_head)))
        event = self.inspection.subject_ids.sudo().event_id
        self.assertIn(self.building_head.partner_id, event.partner_ids)
        self.assertNotIn(self.manager.partner_id, event.partner_ids)
        self.assertEqual(event.user_id, self.building_head)

    def test_dossier(self):
        """The dossier keeps both decisions under the same kind."""
        paper = self._supplement()
        self._issue(paper)
        items = self.inspection.sudo().item_ids
        found = items.filtered(lambda one: one.source_id == paper.id)
        decision = items.filtered(lambda one: "12/QĐ-UBND" in (one.number or ""))
        self.assertEqual(found.number, "20/QĐ-UBND")
        self.assertEqual(found.prescription_id, decision.prescription_id)

    def test_told(self):
        """Who leaves, who joins and the inspected agency are told, once each."""
        paper = self._supplement()
        before = self.env["mail.message"].sudo().search([], order="id desc", limit=1)
        self._issue(paper)
        told = (
            self.env["mail.message"]
            .sudo()
            .search([("id", ">", before.id), ("model", "=", "task.inspection")])
        )
        users = self.building_officer | self.building_head | self.finance_head
        self.assertLessEqual(users.partner_id, told.notified_partner_ids)
        self.assertEqual(len(told), 1)


@tagged("post_install", "-at_install")
class TestLetterSupplement(SupplementCase):
    """The supplementary decision on paper (Nghị định 30/2020, Mẫu 1.2)."""

    def _text(self, letter):
        lines = []
        for line in laid_out(letter).lines:
            if isinstance(line, Table):
                lines += [" | ".join(sum(row, ())) for row in line.rows]
            else:
                lines.append(f"{line.lead} {line.text}".strip())
        return "\n".join(lines)

    def test_words(self):
        """It names the decision it changes, who leaves, who joins in which role."""
        self.building_officer.name, self.building_head.name = "Lê Văn B", "Trần Thị C"
        paper = self._supplement(
            self._change(self.building_officer, self.building_head, position="Phó GĐ"),
            self._change(user=self.specialist2, role="member"),
        )
        text = self._text(paper._letter())
        for words in (
            "QUYẾT ĐỊNH",
            "Về việc điều chỉnh, bổ sung thành viên tổ công tác",
            "Căn cứ Quyết định số 12/QĐ-UBND ngày 01/04/2026",
            "Đồng chí Trần Thị C thay đồng chí Lê Văn B (thành viên) làm thành viên;",
            f"Bổ sung đồng chí {self.specialist2.name} làm thành viên.",
            "Phó GĐ",
        ):
            self.assertIn(words, text)
        self.assertTrue(paper._letter_pdf().startswith(b"%PDF"))
        self.assertTrue(paper._letter_docx().startswith(b"PK"))

    def test_first_decision(self):
        """The decision itself still prints the team as it was decided."""
        decision = self.inspection.sudo().paper_ids
        before = self._text(decision._letter())
        self._issue(self._supplement())
        self.env.invalidate_all()
        self.assertEqual(self._text(decision._letter()), before)
        self.assertIn(self.building_officer.name, before)
