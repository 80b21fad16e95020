# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import date

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import TransactionCase, freeze_time, new_test_user, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestCalendar(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.days = cls.env["task.calendar.day"]
        cls.admin = new_test_user(
            cls.env, "t_admin", groups="task_tracking.group_admin"
        )
        cls.specialist = new_test_user(
            cls.env, "t_specialist", groups="task_tracking.group_office_specialist"
        )

    def day(self, text, kind="holiday", **vals):
        return self.days.create(
            {"date": text, "kind": kind, "name": "Nghỉ", "state": "confirmed", **vals}
        )

    def propose(self, year, user=None):
        wizard = self.env["task.calendar.propose"].with_user(user or self.admin)
        return wizard.create({"year": year}).action_propose()

    def year(self, year):
        return self.days.search(
            [("date", ">=", f"{year}-01-01"), ("date", "<=", f"{year}-12-31")]
        )

    def test_today_is_the_provinces(self):
        """At 18:00 UTC it is already tomorrow in the province, whatever the user's
        time zone; at 16:59 it is not."""
        self.env.user.tz = "America/Lima"
        with freeze_time("2026-03-31 18:00:00"):
            self.assertEqual(self.company._task_today(), date(2026, 4, 1))
        with freeze_time("2026-03-31 16:59:59"):
            self.assertEqual(self.company._task_today(), date(2026, 3, 31))

    def test_the_cases_worked_out_by_hand(self):
        """The calendar loaded for 2025–2026 gives DOMAIN's dates with the New Year's
        swap: 31/12 + 1 = 05/01; 09/01 + 1 = Sat 10/01; 12/01 − 2 = 09/01; 14/01 + 2 =
        16/01 and + 5 = 21/01."""
        calendar = self.company._task_calendar()
        for event, n, due in (
            (date(2025, 12, 31), 1, date(2026, 1, 5)),
            (date(2026, 1, 9), 1, date(2026, 1, 10)),
            (date(2026, 1, 14), 2, date(2026, 1, 16)),
            (date(2026, 1, 14), 5, date(2026, 1, 21)),
        ):
            self.assertEqual(calendar.add(event, n), due)
        self.assertEqual(calendar.before(date(2026, 1, 12), 2), date(2026, 1, 9))

    def test_loaded_swaps_and_tet(self):
        """2025: Fri 02/05 off, Sat 26/04 worked; Tết 27–31/01. 2026: Tết 16–20/02,
        Mon 27/04 off for Sunday's Hùng Vương day."""
        calendar = self.company._task_calendar()
        off = [
            "2025-01-27",
            "2025-01-31",
            "2025-05-02",
            "2026-02-16",
            "2026-02-20",
            "2026-04-27",
        ]
        for text in off:
            self.assertFalse(calendar.is_workday(date.fromisoformat(text)), text)
        for text in ("2025-04-26", "2026-01-10", "2026-02-13", "2026-02-23"):
            self.assertTrue(calendar.is_workday(date.fromisoformat(text)), text)

    def test_every_loaded_day_names_its_source(self):
        """A confirmed day stands in the law or a notice; what was not seen enacted
        (24/11, the swap of 31/8) waits for the administrator."""
        loaded = self.year(2025) | self.year(2026)
        self.assertFalse(loaded.filtered(lambda day: not day.source))
        waiting = loaded.filtered(lambda day: day.state == "proposed")
        self.assertEqual(
            sorted(str(day.date) for day in waiting),
            ["2026-08-22", "2026-08-31", "2026-11-24"],
        )

    def test_proposed_days_do_not_count_until_confirmed(self):
        """A proposal changes nothing; confirming and taking back hold at once."""
        day = self.day("2027-03-10", state="proposed")
        off = date(2027, 3, 10)
        self.assertTrue(self.company._task_calendar().is_workday(off))
        day.with_user(self.admin).action_confirm()
        self.assertFalse(self.company._task_calendar().is_workday(off))
        day.with_user(self.admin).action_unconfirm()
        self.assertTrue(self.company._task_calendar().is_workday(off))

    def test_moved_and_removed_days_hold_at_once(self):
        """A corrected date and a removed day are followed by the cached calendar."""
        day = self.day("2027-03-10")
        self.assertFalse(self.company._task_calendar().is_workday(date(2027, 3, 10)))
        day.date = "2027-03-11"
        self.assertTrue(self.company._task_calendar().is_workday(date(2027, 3, 10)))
        self.assertFalse(self.company._task_calendar().is_workday(date(2027, 3, 11)))
        day.unlink()
        self.assertTrue(self.company._task_calendar().is_workday(date(2027, 3, 11)))

    def test_a_companys_own_day_comes_before_the_shared_one(self):
        """One company works on a shared holiday and has one of its own; another
        company keeps the shared calendar."""
        other = self.env["res.company"].create({"name": "Other level"})
        self.day("2027-03-10")
        self.day("2027-03-10", "worked", company_id=other.id)
        self.day("2027-03-11", company_id=other.id)
        mine, theirs = self.company._task_calendar(), other._task_calendar()
        self.assertFalse(mine.is_workday(date(2027, 3, 10)))
        self.assertTrue(theirs.is_workday(date(2027, 3, 10)))
        self.assertTrue(mine.is_workday(date(2027, 3, 11)))
        self.assertFalse(theirs.is_workday(date(2027, 3, 11)))

    def test_a_day_stands_once(self):
        """The same day twice is refused, shared or of one company."""
        for company in (False, self.company.id):
            self.day("2027-03-10", company_id=company)
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(UniqueViolation),
                self.cr.savepoint(),
            ):
                self.day("2027-03-10", company_id=company)

    def test_a_worked_day_is_a_weekend_day(self):
        """A shared weekday is worked anyhow: entering it as worked is a mistake."""
        with self.assertRaises(ValidationError):
            self.day("2027-03-10", "worked")
        self.day("2027-03-13", "worked")

    def test_only_the_administrator_keeps_the_calendar(self):
        """A specialist reads the calendar, and neither changes nor proposes days."""
        day = self.days.with_user(self.specialist).search([], limit=1)
        self.assertTrue(day.name)
        with self.assertRaises(AccessError):
            day.action_confirm()
        with self.assertRaises(AccessError):
            self.propose(2027, self.specialist)

    def test_proposals_for_a_year(self):
        """For 2027 the library's days are added to be confirmed, each of its kind:
        02/9 a holiday, Mon 03/5 compensatory for Saturday's 01/5."""
        self.propose(2027)
        found = {str(day.date): day for day in self.year(2027)}
        self.assertEqual(found["2027-09-02"].kind, "holiday")
        self.assertEqual(found["2027-05-03"].kind, "compensatory")
        self.assertEqual(set(self.year(2027).mapped("state")), {"proposed"})
        self.assertTrue(all(day.source for day in found.values()))

    def test_proposals_include_swapped_days(self):
        """The swap of 02/5/2025 for Saturday 26/4 is proposed as both its days."""
        self.year(2025).unlink()
        self.propose(2025)
        found = {str(day.date): day.kind for day in self.year(2025)}
        self.assertEqual(found["2025-05-02"], "compensatory")
        self.assertEqual(found["2025-04-26"], "worked")
        self.assertNotIn("2014-12-27", found)

    def test_proposing_again_adds_and_changes_nothing(self):
        """Days entered or confirmed before stay as the administrator left them."""
        before = self.year(2026).mapped(lambda day: (day.id, day.state, day.source))
        self.propose(2026)
        after = self.year(2026).mapped(lambda day: (day.id, day.state, day.source))
        self.assertEqual(before, after)

    def test_an_absurd_year_is_refused(self):
        """A year the library knows nothing of gives a sentence, not an error."""
        for year in (0, 20266):
            with self.assertRaises(UserError):
                self.propose(year)

    def test_asking_again_costs_no_query(self):
        """Due dates are reckoned by the thousand: the calendar is read once."""
        self.company._task_calendar()
        with self.assertQueryCount(0):
            for n in range(1, 200):
                self.company._task_calendar().add(date(2026, 1, 5), n)
