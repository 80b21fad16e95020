# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import InspectionCase


class AgencyCase(InspectionCase):
    """The department of agriculture inspects within its own scope."""

    def _own(self, subjects, **vals):
        """A draft of the department's, prepared by its officer."""
        officer = self.agriculture_officer
        values = {
            "inspector": "self",
            "inspecting_agency_id": self.agriculture.id,
            "members": [
                {"role": "leader", "user_id": officer.id},
                {"role": "member", "user_id": self.branch_officer.id},
            ],
        }
        return self._inspection(subjects, officer, **{**values, **vals})

    def _with_decision(self, subjects):
        inspection = self._own(subjects)
        self._paper(inspection, "decision", self.agriculture_officer)
        return inspection

    def _issue(self, inspection, user=None):
        user = user or self.agriculture_head
        inspection.invalidate_model()  # another request
        inspection.with_user(user).action_issue()
        return inspection

    def _try_allowed(self):
        for subjects in (self.branch, self.agriculture | self.branch):
            inspection = self._issue(self._with_decision(subjects))
            self.assertEqual(inspection.state, "issued")

    def _try_outside(self):
        inspection = self._with_decision(self.finance)
        with self.assertRaises(AccessError):
            self._issue(inspection)
        self.assertEqual(inspection.state, "draft")

    def _try_field(self):
        """An agency with a task in the field it manages is within its scope."""
        self._released(field_id=self.farming.id)
        inspection = self._issue(self._with_decision(self.finance))
        self.assertEqual(inspection.state, "issued")


@tagged("post_install", "-at_install")
class TestAgencyBacGiang(AgencyCase):
    """BG Đ11.2, Đ14.2: heads of agencies decide too."""

    text = "bac_giang"

    def test_units(self):
        """Its own units and itself."""
        self._try_allowed()

    def test_outside(self):
        """No agency outside."""
        self._try_outside()

    def test_field(self):
        """“phạm vi quản lý nhà nước theo ngành, lĩnh vực được phân công”."""
        self._try_field()


@tagged("post_install", "-at_install")
class TestAgencyQuangTri(AgencyCase):
    """QT Đ16.2."""

    text = "quang_tri"

    def test_units(self):
        """Its own units and itself."""
        self._try_allowed()

    def test_outside(self):
        """No agency outside."""
        self._try_outside()


@tagged("post_install", "-at_install")
class TestAgencyKhanhHoa(AgencyCase):
    """KH Đ15.4: “trong phạm vi quản lý”."""

    def test_units(self):
        """Its own units and itself."""
        self._try_allowed()

    def test_outside(self):
        """No agency outside."""
        self._try_outside()

    def test_field(self):
        """An agency with tasks in the field of management is inside."""
        self._try_field()

    def test_field_of_others(self):
        """Tasks in other fields bring nobody into its scope."""
        self._released()
        self._try_outside()

    def test_who_decides(self):
        """The head of the agency; not its officer, the head of a unit or of another
        agency, the Office or the Chairman."""
        inspection = self._with_decision(self.branch)
        for user in (
            self.agriculture_officer,
            self.branch_head,
            self.building_head,
            self.specialist,
            self.manager,
            self.chairman,
        ):
            with self.assertRaises(AccessError):
                self._issue(inspection, user)

    def test_for_another(self):
        """Nobody prepares an inspection in another agency's name."""
        for user in (self.building_officer, self.branch_officer, self.specialist):
            with self.assertRaises(AccessError):
                self._inspection(
                    self.branch,
                    user,
                    inspector="self",
                    inspecting_agency_id=self.agriculture.id,
                    members=[],
                )

    def test_not_in_the_committees_name(self):
        """Nor does an agency prepare one of the Committee's."""
        with self.assertRaises(AccessError):
            self._inspection(
                self.finance, self.agriculture_officer, inspector="office", members=[]
            )

    def test_made_another_afterwards(self):
        """Nor by changing who inspects in a draft of its own."""
        draft = self._own(self.finance)
        for vals in (
            {"inspector": "office", "inspecting_agency_id": False},
            {"inspector": "agency"},
            {"inspecting_agency_id": self.building.id},
        ):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                draft.with_user(self.agriculture_officer).write(vals)

    def test_alone_without_decision(self):
        """An agency inspects itself without a team and a decision: its head begins."""
        inspection = self._own(
            self.agriculture,
            has_team=False,
            conductor_id=self.agriculture_officer.id,
            members=[],
        )
        self._issue(inspection)
        self.assertFalse(inspection.paper_ids)
        inspection.with_user(self.agriculture_officer).action_end()
        self.assertEqual(inspection.state, "ended")

    def test_alone_by_somebody_else(self):
        """Whoever conducts it is of the agency."""
        inspection = self._own(
            self.agriculture,
            has_team=False,
            conductor_id=self.building_officer.id,
            members=[],
        )
        with self.assertRaises(UserError):
            self._issue(inspection)


@tagged("post_install", "-at_install")
class TestAgencyKonTum(AgencyCase):
    """KT Đ13.1: the Director alone decides; Đ15.2b: a unit inspects itself."""

    text = "kon_tum"

    def test_no_decision(self):
        """The head of a unit sets up no team, even within the unit."""
        inspection = self._with_decision(self.branch)
        with self.assertRaises(UserError):
            self._issue(inspection)
        self.assertEqual(inspection.state, "draft")

    def test_alone(self):
        """Without a team and a decision the unit inspects itself."""
        inspection = self._own(
            self.branch,
            has_team=False,
            conductor_id=self.agriculture_officer.id,
            members=[],
        )
        self._issue(inspection)
        self.assertEqual(inspection.state, "issued")
