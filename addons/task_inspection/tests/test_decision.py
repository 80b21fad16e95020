# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import InspectionCase

#: What takes one content out of a draft, whichever text prescribes it.
REMOVED = {
    "legal_basis": {"legal_basis": " \n"},
    "scope": {"scope": False},
    "object": {"subject_ids": [Command.clear()]},
    "content": {"content_ids": [Command.clear()]},
    "time_limit": {"date_to": False},
    "form": {"form": False},
    "members": {"member_ids": [Command.clear()]},
}
BASIS = "Căn cứ pháp lý để kiểm tra"
SCOPE = "Phạm vi, đối tượng, nhiệm vụ kiểm tra"
CONTENT = "Nội dung kiểm tra"
FIVE = {
    "legal_basis": BASIS,
    "scope": SCOPE,
    "object": SCOPE,
    "content": CONTENT,
    "time_limit": "Thời hạn kiểm tra",
    "members": "Thành phần Đoàn kiểm tra",
}


class DecisionCase(InspectionCase):
    """Every way a decision can be incomplete, and that none is issued."""

    #: Content → how the text calls it, read in the text by hand.
    prescribed = FIVE

    def _draft(self, **vals):
        inspection = self._inspection(**vals)
        self._paper(inspection, "decision")
        return inspection

    def _assert_refused(self, inspection, words=None):
        with self.assertRaises(UserError) as refusal:
            inspection.with_user(self.chairman).action_issue()
        self.assertEqual(inspection.state, "draft")
        self.assertFalse(inspection.issued_on)
        self.assertEqual(inspection.paper_ids.mapped("state"), ["draft"])
        if words:
            self.assertIn(f"– {words}", str(refusal.exception).splitlines())

    def _try_contents(self):
        for content, words in self.prescribed.items():
            with self.subTest(content), self.env.cr.savepoint() as trial:
                inspection = self._draft()
                inspection.write(REMOVED[content])
                self._assert_refused(inspection, words)
                trial.rollback()
            self.env.invalidate_all()

    def _try_paper(self):
        for name, empty in (
            ("number", " "),
            ("dated_on", False),
            ("signer_name", False),
            ("attachment_ids", [Command.clear()]),
        ):
            with self.subTest(name), self.env.cr.savepoint() as trial:
                inspection = self._draft()
                inspection.paper_ids.write({name: empty})
                self._assert_refused(inspection)
                trial.rollback()
            self.env.invalidate_all()
        self._assert_no_paper()

    def _assert_no_paper(self):
        inspection = self._inspection()
        with self.assertRaises(UserError):
            inspection.with_user(self.chairman).action_issue()

    def _try_complete(self):
        inspection = self._draft()
        self.assertFalse(inspection._missing_to_issue())
        inspection.with_user(self.chairman).action_issue()
        self.assertEqual(inspection.state, "issued")


@tagged("post_install", "-at_install")
class TestDecisionBacGiang(DecisionCase):
    """BG Đ14: a decision by the Chairman, or an agency's head in its own scope."""

    text = "bac_giang"

    def test_contents(self):
        """Đ14.3: whichever of the five contents is missing, it is not issued."""
        self._try_contents()

    def test_paper(self):
        """Nor without number, day, signer or signed file."""
        self._try_paper()

    def test_complete(self):
        """With all of them it is."""
        self._try_complete()


@tagged("post_install", "-at_install")
class TestDecisionQuangTri(DecisionCase):
    """QT Đ16."""

    text = "quang_tri"

    def test_contents(self):
        """Đ16.3: whichever of the five contents is missing, it is not issued."""
        self._try_contents()

    def test_paper(self):
        """Nor without number, day, signer or signed file."""
        self._try_paper()

    def test_complete(self):
        """With all of them it is."""
        self._try_complete()


@tagged("post_install", "-at_install")
class TestDecisionKhanhHoa(DecisionCase):
    """KH Đ15: the form of inspection instead of its time limit."""

    prescribed = {
        "legal_basis": BASIS,
        "scope": SCOPE,
        "object": SCOPE,
        "content": CONTENT,
        "form": "Hình thức kiểm tra",
        "members": "Thành lập Tổ công tác",
    }

    def test_contents(self):
        """Đ15.2: whichever of the five contents is missing, it is not issued."""
        self._try_contents()

    def test_no_time_limit(self):
        """The text prescribes no time limit: without it the decision is issued."""
        inspection = self._draft(date_from=False, date_to=False)
        inspection.with_user(self.chairman).action_issue()
        self.assertEqual(inspection.state, "issued")

    def test_paper(self):
        """Nor without number, day, signer or signed file."""
        self._try_paper()

    def test_complete(self):
        """With all of them it is."""
        self._try_complete()

    def test_regular_before_its_plan(self):
        """Đ15.3: the team makes its plan after the decision."""
        inspection = self._draft(form="regular")
        inspection.with_user(self.chairman).action_issue()
        self.assertEqual(inspection.state, "issued")

    def test_two_leaders(self):
        """One leads."""
        inspection = self._draft()
        inspection.member_ids.filtered(lambda one: one.role == "member").write(
            {"role": "leader"}
        )
        self._assert_refused(inspection)

    def test_invited_is_no_member(self):
        """Who is only invited makes no team."""
        inspection = self._draft(
            members=[{"role": "invited", "agency_id": self.building.id}]
        )
        self._assert_refused(inspection, "Thành lập Tổ công tác")

    def test_moved_to_the_inspected(self):
        """Who came to the inspected agency since is no member any more."""
        inspection = self._draft()
        self.building_officer.task_agency_id = self.finance
        with self.assertRaises(ValidationError):
            inspection.with_user(self.chairman).action_issue()

    def test_twice(self):
        """It is issued once."""
        inspection = self._issued()
        with self.assertRaises(UserError):
            inspection.with_user(self.chairman).action_issue()


@tagged("post_install", "-at_install")
class TestDecisionKonTum(DecisionCase):
    """KT Đ12, Đ13: the Director decides; a deputy inspects without a team."""

    text = "kon_tum"

    def test_contents(self):
        """Đ13.2: whichever of the five contents is missing, it is not issued."""
        self._try_contents()

    def test_paper(self):
        """Nor without number, day, signer or signed file."""
        self._try_paper()

    def test_complete(self):
        """With all of them it is."""
        self._try_complete()

    def test_deputy(self):
        """A deputy director decides on none."""
        inspection = self._draft()
        with self.assertRaises(AccessError):
            inspection.with_user(self.deputy).action_issue()

    def test_regular_by_plan(self):
        """Đ12.1: a regular inspection goes by an approved plan."""
        self._assert_refused(self._draft(form="regular"))

    def _alone(self, conductor):
        return self._inspection(members=[], has_team=False, conductor_id=conductor.id)

    def test_deputy_without_team(self):
        """Đ12.3: a deputy director inspects without a team, on the Director's
        instruction; he does what the leader of a team does."""
        inspection = self._alone(self.deputy)
        with self.assertRaises(UserError):
            inspection.with_user(self.chairman).action_issue()
        self._paper(inspection, "instruction")
        with self.assertRaises(AccessError):
            inspection.with_user(self.deputy).action_issue()
        inspection.with_user(self.chairman).action_issue()
        self.assertEqual(inspection.paper_ids.state, "issued")
        inspection.with_user(self.deputy).action_end()
        self.assertEqual(inspection.state, "ended")

    def test_director_himself(self):
        """Đ12.4: the Director inspects himself; nobody instructs him."""
        inspection = self._alone(self.chairman)
        inspection.with_user(self.chairman).action_issue()
        inspection.with_user(self.chairman).action_end()
        self.assertEqual(inspection.state, "ended")

    def test_no_specialist_without_team(self):
        """The text gives an inspection without a team to the leaders alone."""
        inspection = self._alone(self.specialist)
        self._paper(inspection, "instruction")
        self._assert_refused(inspection)


@tagged("post_install", "-at_install")
class TestDecisionOther(DecisionCase):
    """What a text of another province prescribes, and a text that changes."""

    def _prescribe(self, regulation, code, name):
        self.env["task.inspection.prescription"].create(
            {
                "regulation_id": regulation.id,
                "topic": "decision",
                "code": code,
                "name": name,
                "sequence": 499,
            }
        )

    def test_unknown_content(self):
        """A content the system does not know (“kinh phí”) needs its text."""
        self._prescribe(self.regulation, "funding", "Kinh phí kiểm tra")
        inspection = self._draft()
        self._assert_refused(inspection, "Kinh phí kiểm tra")
        text = inspection.text_ids.filtered(lambda one: one.code == "funding")
        text.body = "Do ngân sách tỉnh bảo đảm"
        inspection.with_user(self.chairman).action_issue()
        self.assertEqual(inspection.state, "issued")

    def _new_version(self, effective_on):
        values = {"replaces_id": self.regulation.id, "effective_on": effective_on}
        return self.regulation.copy({"name": "Quy chế mới", **values})

    def test_draft_of_a_former_version(self):
        """The decision goes by the version in force on the day it is issued: a draft
        of a former one is brought up to it first, keeping what both prescribe."""
        inspection = self._draft()
        new = self._new_version("2026-04-02")
        self._prescribe(new, "funding", "Kinh phí kiểm tra")
        self._move_to("2026-04-02 02:00:00")
        self.assertTrue(inspection.is_outdated)
        self._assert_refused(inspection)
        with self.assertRaises(AccessError):
            inspection.with_user(self.chairman).action_follow_regulation()
        inspection.with_user(self.specialist).action_follow_regulation()
        self.assertEqual(inspection.regulation_id, new)
        self.assertEqual(
            inspection.content_ids.mapped("code"),
            ["organising", "updating", "reporting"],
        )
        self.assertEqual(inspection.content_ids.regulation_id, new)
        self.assertEqual(inspection.text_ids.prescription_id.regulation_id, new)
        self._assert_refused(inspection, "Kinh phí kiểm tra")

    def test_issued_keeps_its_version(self):
        """What was issued goes by the version of that day to the end."""
        inspection = self._issued()
        self._new_version("2026-04-02")
        self._move_to("2026-04-02 02:00:00")
        self.assertFalse(inspection.is_outdated)
        with self.assertRaises(UserError):
            inspection.with_user(self.specialist).action_follow_regulation()
        self.assertEqual(inspection.regulation_id, self.regulation)

    def test_one_person_elsewhere(self):
        """A text that knows no inspection by one person lets none begin."""
        inspection = self._inspection(
            members=[], has_team=False, conductor_id=self.deputy.id
        )
        self._paper(inspection, "instruction")
        self._assert_refused(inspection)

    def test_copy(self):
        """A copy is a draft of its own, of nobody yet."""
        inspection = self._issued()
        again = inspection.with_user(self.specialist).copy()
        self.assertEqual(again.state, "draft")
        self.assertFalse(again.issued_on)
        self.assertFalse(again.subject_ids | again.sudo().paper_ids.subject_id)

    def test_no_inspections(self):
        """Cà Mau's text knows no inspections: none is begun."""
        self.company.regulation_id = self.env.ref("task_tracking.regulation_ca_mau")
        with self.assertRaises(UserError):
            self._inspection()

    def test_deleted_draft(self):
        """A draft takes the files of its papers with it; what was issued is kept."""
        inspection = self._draft()
        file = inspection.paper_ids.attachment_ids
        inspection.with_user(self.specialist).unlink()
        self.assertFalse(file.exists())
        issued = self._issued()
        for user in (self.specialist, self.manager):
            with self.assertRaises(UserError):
                issued.with_user(user).unlink()
