# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo.exceptions import AccessError, UserError

from odoo.addons.task_tracking.tests.common import START

from .common import InspectionCase

#: 09:00 in the province.
MORNING = "{} 02:00:00"


class DueCase(InspectionCase):
    def setUp(self):
        super().setUp()
        self._move_to(START)

    def _under_way(self, inspector="office", issued_on="2025-12-01", **vals):
        """An inspection that runs, by each kind of inspector, led by the manager (of
        the Office), the building department's head or the inspected one's own."""
        if inspector == "office":
            self.leader = self.manager
        elif inspector == "agency":
            self.leader = self.building_head
            vals["inspecting_agency_id"] = self.building.id
        else:
            self.leader = self.finance_head
            vals["inspecting_agency_id"] = self.finance.id
        inspection = self._inspection(
            user=self.finance_head if inspector == "self" else self.specialist,
            inspector=inspector,
            members=[{"role": "leader", "user_id": self.leader.id}],
            **vals,
        )
        # the decision is tried elsewhere
        inspection.sudo().write({"state": "issued", "issued_on": issued_on})
        return inspection.with_user(self.leader)

    def _due(self, inspector, ended_on):
        """When it is due, as told to the leader who records the end that day."""
        self._move_to(MORNING.format(ended_on))
        inspection = self._under_way(inspector)
        inspection.action_end()
        (told,) = inspection.get_time_limits()
        self.assertEqual(told["due_on"], str(inspection.conclusion_due_on))
        return inspection, told

    def _check(self, article, days):
        """`days`: {inspector: {day of the end: day the conclusion is due}}, the article
        that says so is `article[inspector]`."""
        for inspector, dues in days.items():
            for ended_on, due_on in dues.items():
                with self.subTest(inspector=inspector, ended_on=ended_on):
                    inspection, told = self._due(inspector, ended_on)
                    self.assertEqual(told["due_on"], due_on)
                    why = " ".join(told["why"])
                    self.assertIn(article[inspector], why)
                    self.assertIn(
                        article[inspector],
                        " ".join(inspection.get_why("conclusion_due_on")),
                    )


#: Five working days: over the New Year and its swap (Fri 02/01 off, Sat 10/01 worked),
#: from the Friday before the worked Saturday, from that Saturday itself, over Tết
#: (16–20/02), over Giỗ Tổ (26, 27/04) and 30/4–1/5.
FIVE = {
    "2025-12-31": "2026-01-09",
    "2026-01-09": "2026-01-15",
    "2026-01-10": "2026-01-16",
    "2026-02-12": "2026-02-26",
    "2026-04-22": "2026-05-04",
}


class TestConclusionDueBacGiang(DueCase):
    text = "bac_giang"

    def test_due(self):
        """BG Đ16.2: five working days after the end, whoever inspects."""
        article = dict.fromkeys(("office", "agency", "self"), "Khoản 2 Điều 16")
        self._check(article, {"office": FIVE, "agency": FIVE, "self": FIVE})

    def test_whose_limit(self):
        """The text says "who is in charge": the Office's team is counted among the
        Office's duties, an agency's among the agencies'."""
        self.assertEqual(
            self._due("office", "2026-04-01")[0].sudo().clock_ids.actor, "team"
        )
        for inspector in ("agency", "self"):
            inspection = self._due(inspector, "2026-04-01")[0]
            self.assertEqual(inspection.sudo().clock_ids.actor, "agency")

    def test_kept_limits(self):
        """The desk counts the team's limit for the Office, once past due as missed."""
        self._due("office", "2026-04-01")

        def row():
            told = self.env["task.desk"].with_user(self.chairman).get_kept_limits()
            (part,) = [one for one in told["parts"] if one["key"] == "office"]
            return {one["act"]: one for one in part["rows"]}["inspection_conclusion"]

        self.assertEqual((row()["running"], row()["missed"]), (1, 0))
        self._move_to(MORNING.format("2026-04-09"))
        self.assertEqual((row()["running"], row()["missed"]), (0, 1))

    def test_kept_limits_of_an_agency(self):
        """An agency's own limit is counted for that agency, to its head, and not for
        the Office; the inspected agency's head is told nothing of it."""
        self._due("agency", "2026-04-01")

        def running(user):
            told = self.env["task.desk"].with_user(user).get_kept_limits()
            return {
                part["key"]: row["running"]
                for part in told["parts"]
                for row in part["rows"]
                if row["act"] == "inspection_conclusion"
            }

        self.assertEqual(running(self.building_head), {"mine": 1})
        self.assertEqual(running(self.finance_head), {})
        self.assertEqual(running(self.chairman), {"agencies": 1})


class TestConclusionDueKonTum(DueCase):
    text = "kon_tum"

    def test_due(self):
        """KT Đ16.2: five working days after the end, whoever inspects."""
        article = dict.fromkeys(("office", "agency", "self"), "Khoản 2 Điều 16")
        self._check(article, {"office": FIVE, "agency": FIVE, "self": FIVE})


class TestConclusionDueQuangTri(DueCase):
    text = "quang_tri"

    def test_due(self):
        """QT Đ18: three working days for an agency that inspects itself, five if the
        Committee ordered it, five for the Office."""
        three = {
            "2025-12-31": "2026-01-07",
            "2026-01-09": "2026-01-13",
            "2026-01-10": "2026-01-14",
            "2026-02-12": "2026-02-24",
            "2026-04-22": "2026-04-28",
        }
        self._check(
            {
                "self": "Khoản 1 Điều 18",
                "agency": "Khoản 1 Điều 18",
                "office": "Khoản 2 Điều 18",
            },
            {"self": three, "agency": FIVE, "office": FIVE},
        )


class TestConclusionDueKhanhHoa(DueCase):
    def test_due(self):
        """KH Đ17: seven working days for agencies, ten for the Office; ended on Wed
        22/04, Giỗ Tổ, 30/4 and 1/5 lie between."""
        self._check(
            {
                "self": "Khoản 1 Điều 17",
                "agency": "Khoản 1 Điều 17",
                "office": "Khoản 2 Điều 17",
            },
            {
                "self": {"2026-04-22": "2026-05-06", "2026-04-01": "2026-04-10"},
                "agency": {"2026-04-22": "2026-05-06", "2026-04-01": "2026-04-10"},
                "office": {"2026-04-22": "2026-05-11", "2026-04-01": "2026-04-15"},
            },
        )

    # -- the day of the end ------------------------------------------------------------
    def test_recorded_later(self):
        """An end recorded later than it was counts from the day it was: ended Wed 1
        April, recorded Fri 10 April, due Wed 15 April."""
        inspection = self._under_way()
        self._move_to(MORNING.format("2026-04-10"))
        inspection.action_end("2026-04-01")
        self.assertEqual(str(inspection.conclusion_due_on), "2026-04-15")
        self.assertEqual(str(inspection.end_recorded_on), "2026-04-10")

    def test_no_impossible_end(self):
        """It neither ended before it was issued nor ends in the future."""
        inspection = self._under_way(issued_on="2026-03-25")
        for day in ("2026-03-24", "2026-04-02"):
            with self.assertRaises(UserError):
                inspection.action_end(day)
        self.assertEqual(inspection.state, "issued")

    def test_corrected(self):
        """The day is corrected with a reason: counted anew, the former limit is kept,
        cancelled, and was never past due (Wed 1 → Fri 3 April: due Fri 17)."""
        inspection = self._under_way(issued_on="2026-03-25")
        inspection.action_end("2026-04-01")
        self._move_to(MORNING.format("2026-04-16"))
        self.assertTrue(inspection.is_conclusion_late)
        inspection.action_correct_end("2026-04-03", "Ghi nhầm ngày")
        self.assertEqual(str(inspection.conclusion_due_on), "2026-04-17")
        self.assertFalse(inspection.is_conclusion_late)
        old, new = inspection.sudo().clock_ids.sorted("id")
        self.assertEqual((old.state, old.note), ("cancelled", "Ghi nhầm ngày"))
        self.assertEqual(new.replaces_id, old)
        self.assertIn("Ghi nhầm ngày", str(inspection.sudo().message_ids[:1].body))

    def test_correction_refused(self):
        """Without a reason, to an impossible or the same day, by another member, or
        after the conclusion: refused, and nothing changes."""
        inspection = self._ended()
        leader = inspection.with_user(self.manager)
        for day, reason in (
            ("2026-04-01", "Lý do"),
            ("2026-03-31", "Lý do"),
            ("2026-04-02", "Lý do"),
        ):
            with self.assertRaises(UserError):
                leader.action_correct_end(day, reason)
        self._move_to(MORNING.format("2026-04-03"))
        with self.assertRaises(UserError):
            leader.action_correct_end("2026-04-02", " ")
        for user in (self.specialist, self.building_officer, self.chairman):
            with self.assertRaises(AccessError):
                inspection.with_user(user).action_correct_end("2026-04-02", "Lý do")
        self._write_conclusion(inspection)
        leader.action_conclude()
        with self.assertRaises(UserError):
            leader.action_correct_end("2026-04-02", "Lý do")
        self.assertEqual(str(inspection.ended_on), "2026-04-01")
        self.assertEqual(len(inspection.sudo().clock_ids), 1)

    # -- the verdict, and who is told --------------------------------------------------
    def test_in_time_on_the_last_day(self):
        """Handed in on the last day is in time, the day after is late; the verdict
        stays and finds the inspection."""
        for day, late in (("2026-04-15", False), ("2026-04-16", True)):
            self._move_to(MORNING.format("2026-04-01"))
            inspection = self._ended()
            self._move_to(MORNING.format(day))
            self._write_conclusion(inspection)
            inspection.with_user(self.manager).action_conclude()
            self._move_to(MORNING.format("2026-06-01"))
            inspection = inspection.with_user(self.chairman)
            self.assertEqual(inspection.is_conclusion_late, late)
            found = inspection.search([("is_conclusion_late", "=", True)])
            self.assertEqual(inspection in found, late)
            self.assertEqual(
                inspection in inspection.search([("is_conclusion_late", "=", False)]),
                not late,
            )

    def _told(self, inspection, user):
        """The due days the user is told: limits, field, clocks, search."""
        one = inspection.with_user(user)
        one.invalidate_model()  # another request
        one.env["task.clock"].invalidate_model()
        clocks = one.env["task.clock"].search([("res_model", "=", one._name)])
        late = one.search([("is_conclusion_late", "=", True)])
        return (
            [limit["due_on"] for limit in one.get_time_limits()],
            str(one.conclusion_due_on or ""),
            [str(day) for day in clocks.mapped("due_on")],
            one.get_why("conclusion_due_on") != [],
            one in late,
        )

    def test_inspected_is_not_told(self):
        """When the team's conclusion is due is told to its members, the Office and the
        leaders, never to the inspected agency, whichever way it asks."""
        inspection = self._ended()
        self._move_to(MORNING.format("2026-05-12"))
        due = "2026-04-15"
        for user in (self.building_officer, self.specialist2, self.deputy):
            self.assertEqual(
                self._told(inspection, user),
                ([due], due, [due], True, True),
                user.login,
            )
        for user in (self.finance_head, self.finance_officer):
            self.assertEqual(
                self._told(inspection, user), ([], "", [], False, False), user.login
            )

    def test_inspecting_agency_is_told(self):
        """An inspecting agency's people are told its limit, which is the agency's own;
        the inspected agency is not."""
        inspection = self._due("agency", "2026-04-22")[0]
        self._move_to(MORNING.format("2026-05-12"))
        due = "2026-05-06"
        self.assertEqual(
            self._told(inspection, self.building_officer),
            ([due], due, [due], True, True),
        )
        self.assertEqual(
            self._told(inspection, self.finance_officer), ([], "", [], False, False)
        )
