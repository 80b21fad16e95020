# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.exceptions import AccessError, UserError

from .common import InspectionCase


class ConclusionCase(InspectionCase):
    def _finding(self, inspection, agency=None, user=None, **vals):
        subject = inspection.subject_ids.filtered(
            lambda one: one.agency_id == (agency or self.finance)
        )
        values = {
            "inspection_id": inspection.id,
            "subject_id": subject.id,
            "text": "Chậm cập nhật kết quả",
            "is_failing": True,
            "nature": "Vi phạm chế độ cập nhật",
            "degree": "serious",
            "cause": "Chưa phân công đầu mối",
            "responsibility": "Thủ trưởng cơ quan",
        }
        findings = self.env["task.inspection.finding"].with_user(user or self.manager)
        return findings.create({**values, **vals})

    def _recommendation(self, inspection, agency=None, user=None, **vals):
        values = {
            "inspection_id": inspection.id,
            "text": "Phân công đầu mối cập nhật",
            "agency_id": (agency or self.finance).id,
            "deadline": "2026-05-29",
        }
        recommendations = self.env["task.inspection.recommendation"]
        return recommendations.with_user(user or self.manager).create(
            {**values, **vals}
        )

    def _conclude(self, inspection):
        self._write_conclusion(inspection)
        inspection.with_user(self.manager).action_conclude()
        return inspection

    def _reads(self, record, user):
        record.invalidate_model()  # another request
        return record.with_user(user).has_access("read")

    def _told(self, user):
        """The subjects of what the user was told of inspections."""
        notices = self.env["mail.notification"].search(
            [
                ("res_partner_id", "=", user.partner_id.id),
                ("mail_message_id.model", "=", "task.inspection"),
            ]
        )
        return notices.mail_message_id.mapped("subject")


class PartsCase(ConclusionCase):
    """Under each text."""

    def test_every_prescribed_part(self):
        """Whichever prescribed part is missing, the conclusion is not handed in, and
        the text's own words for it are told."""
        inspection = self._ended()
        self._write_conclusion(inspection)
        leader = inspection.with_user(self.manager)
        lines = inspection.regulation_id._prescriptions("conclusion", "office")
        self.assertEqual(
            lines.mapped("code"), ["evaluation", "conclusion", "recommendation"]
        )
        for line in lines:
            text = leader.text_ids.filtered(
                lambda one, line=line: one.prescription_id == line
            )
            body, text.body = text.body, " "
            with self.assertRaises(UserError) as raised:
                leader.action_conclude()
            self.assertIn(line.name, str(raised.exception))
            self.assertEqual(leader.state, "ended")
            text.body = body
        leader.action_conclude()
        self.assertEqual(leader.state, "concluded")


class TestPartsBacGiang(PartsCase):
    text = "bac_giang"


class TestPartsKonTum(PartsCase):
    text = "kon_tum"


class TestPartsQuangTri(PartsCase):
    text = "quang_tri"


class TestPartsKhanhHoa(PartsCase):
    text = "khanh_hoa"


class TestConclusion(ConclusionCase):
    """What a conclusion needs and does (Khánh Hòa)."""

    def test_failing_findings(self):
        """Of what was not done rightly nature, degree, cause and responsibility are
        told, whichever is missing (Đ17.3b); of what is in order nothing is."""
        inspection = self._ended()
        self._write_conclusion(inspection)
        finding = self._finding(inspection)
        self._finding(
            inspection,
            text="Cập nhật đầy đủ",
            is_failing=False,
            **dict.fromkeys(("nature", "degree", "cause", "responsibility")),
        )
        leader = inspection.with_user(self.manager)
        for name in ("nature", "degree", "cause", "responsibility"):
            value, finding[name] = finding[name], False
            with self.assertRaises(UserError) as raised:
                leader.action_conclude()
            self.assertIn(finding.text, str(raised.exception))
            finding[name] = value
        leader.action_conclude()
        self.assertEqual(leader.state, "concluded")

    def test_the_signed_paper(self):
        """Number, day, signer and signed file of the report are there, whichever is
        missing."""
        inspection = self._ended()
        self._write_conclusion(inspection)
        leader = inspection.with_user(self.manager)
        paper = leader.paper_ids.filtered(lambda one: one.kind == "conclusion")
        for name in ("number", "dated_on", "signer_name", "attachment_ids"):
            value, paper[name] = paper[name], False
            with self.assertRaises(UserError):
                leader.action_conclude()
            paper[name] = value
        leader.action_conclude()
        self.assertEqual(paper.state, "issued")

    def test_who_concludes(self):
        """Only the leader of the team hands in the conclusion, once."""
        inspection = self._ended()
        self._write_conclusion(inspection)
        for user in (
            self.specialist,
            self.building_officer,
            self.finance_head,
            self.chairman,
            self.admin,
        ):
            with self.assertRaises(AccessError):
                inspection.with_user(user).action_conclude()
        inspection.with_user(self.manager).action_conclude()
        with self.assertRaises(UserError):
            inspection.with_user(self.manager).action_conclude()

    def test_nothing_changes_afterwards(self):
        """What was concluded is not changed: texts, findings, proposals, paper."""
        inspection = self._ended()
        finding = self._finding(inspection)
        recommendation = self._recommendation(inspection)
        self._conclude(inspection)
        leader = inspection.with_user(self.manager)
        text = leader.text_ids.filtered(lambda one: one.topic == "conclusion")[0]
        paper = leader.paper_ids.filtered(lambda one: one.kind == "conclusion")
        for record, name in (
            (text, "body"),
            (finding, "text"),
            (recommendation, "text"),
            (paper, "number"),
        ):
            with self.assertRaises(UserError):
                record[name] = "Khác"
        with self.assertRaises(UserError):
            self._finding(inspection)
        with self.assertRaises(UserError):
            self._recommendation(inspection)

    # -- the notice --------------------------------------------------------------------
    def test_notices_are_drafted(self):
        """One notice for each inspected agency, with its own findings and
        recommendations and nothing of the other; a second time none is added."""
        inspection = self._ended(subjects=self.finance + self.ward)
        self._finding(inspection)
        self._finding(inspection, self.ward, text="Phường chưa báo cáo")
        self._recommendation(inspection)
        self._recommendation(inspection, self.ward, text="Phường báo cáo ngay")
        leader = inspection.with_user(self.manager)
        notices = leader.action_prepare_notices()
        self.assertEqual(notices.subject_id, leader.subject_ids)
        ours = notices.filtered(lambda one: one.subject_id.agency_id == self.finance)
        for words in (
            "Chậm cập nhật kết quả",
            "mức độ: nghiêm trọng",
            "Phân công đầu mối cập nhật",
            "29/05/2026",
        ):
            self.assertIn(words, ours.body)
        self.assertNotIn("Phường", ours.body)
        self.assertFalse(leader.action_prepare_notices())
        self.assertEqual(set(notices.mapped("state")), {"draft"})

    def test_notice_is_given_at_once(self):
        """Without the notice to every inspected agency the conclusion is not handed in
        (đồng thời thông báo); with it the notices are issued."""
        inspection = self._ended(subjects=self.finance + self.ward)
        self._write_conclusion(inspection)
        notices = inspection.paper_ids.filtered(lambda one: one.kind == "notice")
        leader = inspection.with_user(self.manager)
        notices[0].with_user(self.manager).body = " "
        with self.assertRaises(UserError) as raised:
            leader.action_conclude()
        name = notices[0].subject_id.agency_id.name
        self.assertIn(name, str(raised.exception))
        notices[0].with_user(self.manager).body = "Nội dung"
        leader.action_conclude()
        self.assertEqual(set(notices.mapped("state")), {"issued"})

    def test_what_the_inspected_reads(self):
        """After the conclusion the inspected agency reads its notice, its findings and
        its recommendations; no draft before, nothing of others, no conclusion."""
        inspection = self._ended(subjects=self.finance + self.ward)
        own = [self._finding(inspection), self._recommendation(inspection)]
        theirs = self._finding(inspection, self.ward)
        others = [theirs, self._recommendation(inspection, self.ward)]
        others.append(self._recommendation(inspection, finding_id=theirs.id))
        self._write_conclusion(inspection)
        papers = inspection.paper_ids.filtered(lambda one: one.kind == "notice")
        mine = papers.filtered(lambda one: one.subject_id.agency_id == self.finance)
        others += [papers - mine]
        others += [inspection.paper_ids.filtered(lambda one: one.kind == "conclusion")]
        others += [
            inspection.text_ids.filtered(lambda one: one.topic == "conclusion")[0]
        ]
        own.append(mine)
        for user in (self.finance_officer, self.finance_head):
            for record in own + others:
                self.assertFalse(self._reads(record, user), record)
        inspection.with_user(self.manager).action_conclude()
        for user in (self.finance_officer, self.finance_head):
            for record in own:
                self.assertTrue(self._reads(record, user), record)
            for record in others:
                self.assertFalse(self._reads(record, user), record)
        for user in (self.building_head, self.agriculture_officer):
            for record in own + others:
                self.assertFalse(self._reads(record, user), record)
        conclusion = inspection.paper_ids.filtered(lambda one: one.kind == "conclusion")
        self.assertTrue(self._reads(mine.attachment_ids, self.finance_officer))
        for files in (conclusion.attachment_ids, (papers - mine).attachment_ids):
            self.assertFalse(self._reads(files, self.finance_officer))

    def test_notice_completed(self):
        """Number, signer and signed file of the notice may come after the conclusion,
        once, from who prepares or leads; what it says is fixed."""
        inspection = self._ended()
        self._write_conclusion(inspection)
        notice = inspection.paper_ids.filtered(lambda one: one.kind == "notice")
        notice.with_user(self.manager).write(
            {"number": False, "attachment_ids": [Command.clear()]}
        )
        inspection.with_user(self.manager).action_conclude()
        for user in (self.finance_head, self.building_officer):
            with self.assertRaises(AccessError):
                notice.with_user(user).number = "9/TB-VP"
        steward = notice.with_user(self.specialist)
        self.assertTrue(steward.can_complete)
        with self.assertRaises(UserError):
            steward.body = "Khác"
        with self.assertRaises(UserError):
            steward.write({"number": "9/TB-VP", "signer_name": "Người khác"})
        wizard = (
            self.env["task.inspection.act"]
            .with_user(self.specialist)
            .create(
                {
                    "act": "complete",
                    "paper_id": notice.id,
                    "number": "9/TB-VP",
                    "attachment_ids": [Command.set(self._file().ids)],
                }
            )
        )
        wizard.action_apply()
        self.assertEqual((notice.number, len(notice.attachment_ids)), ("9/TB-VP", 1))
        notice.invalidate_recordset(["can_complete"])
        for vals in ({"number": "10/TB-VP"}, {"attachment_ids": [Command.clear()]}):
            with self.assertRaises(UserError):
                steward.write(vals)

    def test_completing_takes_no_foreign_file(self):
        """A file that belongs to another record is not moved to the notice, also if
        the user uploaded it there."""
        inspection = self._ended()
        self._write_conclusion(inspection)
        notice = inspection.paper_ids.filtered(lambda one: one.kind == "notice")
        notice.with_user(self.manager).attachment_ids = [Command.clear()]
        inspection.with_user(self.manager).action_conclude()
        other = self._inspection()
        decision = self._paper(other, "decision")
        file = decision.attachment_ids
        wizard = (
            self.env["task.inspection.act"]
            .with_user(self.specialist)
            .create(
                {
                    "act": "complete",
                    "paper_id": notice.id,
                    "attachment_ids": [Command.set(file.ids)],
                }
            )
        )
        with self.assertRaises(AccessError):
            wizard.action_apply()
        self.assertEqual(file.res_id, decision.id)

    # -- to whom -----------------------------------------------------------------------
    def test_recipients_of_the_office(self):
        """KH Đ17.2: the Committee and the Chairman; the inspected by the notice."""
        inspection = self._ended()
        self.assertEqual(
            inspection._addressees(),
            ("Ủy ban nhân dân tỉnh", "Chủ tịch Ủy ban nhân dân tỉnh"),
        )
        self.assertEqual(inspection._copied(), ())
        before = {user: len(self._told(user)) for user in self._everybody()}
        self._conclude(inspection)
        told = {
            user for user, number in before.items() if len(self._told(user)) > number
        }
        self.assertEqual(told, {self.chairman, self.finance_head, self.finance_officer})

    def _everybody(self):
        return (
            self.chairman,
            self.deputy,
            self.specialist2,
            self.finance_head,
            self.finance_officer,
            self.building_head,
            self.agriculture_head,
            self.agriculture_officer,
            self.ward_head,
        )

    def test_recipients_of_an_agency(self):
        """KH Đ17.1: the Committee, the Chairman, the bodies that manage the sector of
        what was inspected, a copy to the Office; no notice is asked for."""
        released = self._released(field_id=self.farming.id)
        inspection = self._inspection(
            inspector="agency",
            inspecting_agency_id=self.building.id,
            members=[{"role": "leader", "user_id": self.building_head.id}],
        )
        inspection.sudo().write({"state": "issued", "issued_on": "2026-04-01"})
        leader = inspection.with_user(self.building_head)
        self.assertIn(released, released.search(leader._assignment_domain()))
        leader.action_end()
        self.assertEqual(
            inspection._addressees(),
            ("Ủy ban nhân dân tỉnh", "Chủ tịch Ủy ban nhân dân tỉnh"),
        )
        self.assertEqual(
            inspection._copied(), ("Sở Nông nghiệp", "Văn phòng Ủy ban nhân dân tỉnh")
        )
        for text in leader.text_ids.filtered(lambda one: one.topic == "conclusion"):
            text.body = "Nội dung"
        paper = self._paper(inspection, "conclusion", self.building_head)
        with self.assertRaises(UserError):
            leader.action_prepare_notices()
        leader.action_conclude()
        self.assertEqual(inspection.sector_body_ids, self.agriculture)
        for user in (self.chairman, self.manager, self.agriculture_officer):
            self.assertTrue(self._told(user), user.login)
            self.assertTrue(self._reads(paper, user), user.login)
            self.assertTrue(self._reads(inspection, user), user.login)
        for user in (self.finance_head, self.ward_head, self.branch_head):
            self.assertFalse(self._reads(paper, user), user.login)


class TestConclusionKonTum(ConclusionCase):
    text = "kon_tum"

    def test_by_one_person(self):
        """KT Đ12.3, Đ16.2: a deputy director who inspects alone reports to the Director
        within five working days, with notice to the inspected; nobody else does."""
        inspection = self._inspection(
            members=[], has_team=False, conductor_id=self.deputy.id
        )
        inspection.sudo().write({"state": "issued", "issued_on": "2026-04-01"})
        with self.assertRaises(AccessError):
            inspection.with_user(self.manager).action_end()
        conductor = inspection.with_user(self.deputy)
        conductor.action_end()
        self.assertEqual(str(conductor.conclusion_due_on), "2026-04-08")
        for text in conductor.text_ids.filtered(lambda one: one.topic == "conclusion"):
            text.body = "Nội dung"
        self._paper(inspection, "conclusion", self.deputy)
        conductor.action_prepare_notices().body = "Nội dung"
        conductor.action_conclude()
        self.assertEqual(inspection.state, "concluded")
        self.assertEqual(inspection._addressees(), ("Giám đốc Sở",))
        self.assertTrue(self._told(self.chairman))
        self.assertTrue(self._told(self.finance_head))


class TestRecipientsQuangTri(ConclusionCase):
    text = "quang_tri"

    def test_self(self):
        """QT Đ18.1: an agency that inspected itself reports to its own head, a copy to
        the Office; nobody else is told."""
        inspection = self._inspection(
            user=self.finance_head,
            inspector="self",
            inspecting_agency_id=self.finance.id,
            members=[{"role": "leader", "user_id": self.finance_officer.id}],
        )
        self._paper(inspection, "decision", self.finance_head)
        inspection.with_user(self.finance_head).action_issue()
        leader = inspection.with_user(self.finance_officer)
        leader.action_end()
        for text in leader.text_ids.filtered(lambda one: one.topic == "conclusion"):
            text.body = "Nội dung"
        self._paper(inspection, "conclusion", self.finance_officer)
        (own_head,) = inspection._addressees()
        self.assertIn("Thủ trưởng", own_head)
        self.assertEqual(inspection._copied(), ("Văn phòng UBND tỉnh",))
        before = len(self._told(self.finance_head))
        leader.action_conclude()
        self.assertEqual(len(self._told(self.finance_head)), before + 1)
        self.assertTrue(self._told(self.manager))
        self.assertFalse(self._told(self.chairman))
