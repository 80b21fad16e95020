# SPDX-License-Identifier: LGPL-3.0-or-later
from datetime import date

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command, Domain
from odoo.tests import tagged

from .common import HistoryCase
from .sent_common import SentCase

#: What stands today, by its key.
CODES = ("open", "overdue", "due_soon", "waiting")


@tagged("post_install", "-at_install")
class TestState(HistoryCase):
    """The leader's page, on the history of `common` looked back on from Wednesday
    20 May 2026: every figure by hand, every figure opens exactly its assignments."""

    def _state(self, user=None):
        return self.env["task.state"].with_user(user or self.chairman).get_state()

    def _ids(self, user, code, window, agency_id=None):
        """The assignments that a counted number opens."""
        model = self.env["task.state"].with_user(user)
        action = model.action_open(
            code, window["date_from"], window["date_to"], agency_id
        )
        self.assertEqual(action["res_model"], "task.assignment")
        ((_field, _in, ids),) = action["domain"]
        self.assertEqual(len(set(ids)), len(ids))
        return ids

    def _count(self, user, domain):
        return self.env["task.assignment"].with_user(user).search_count(domain)

    def test_today(self):
        """What stands open today, and how long overdue (due 10 May: ten days)."""
        state = self._state()
        self.assertEqual(state["today"], "2026-05-20")
        self.assertEqual(
            state["totals"], {"open": 6, "overdue": 2, "due_soon": 3, "waiting": 1}
        )
        self.assertEqual(
            {age["key"]: age["count"] for age in state["ages"]},
            {"1-7": 0, "8-30": 2, "31-90": 0, "90+": 0},
        )

    def test_rates_of_the_twelve_months(self):
        """Four completed, one of them late; two open overdue; two of the six open
        ones have an entry, result or request of the last 30 days."""
        state = self._state()
        self.assertEqual(
            state["window"], {"date_from": "2025-06-15", "date_to": "2026-05-20"}
        )
        self.assertEqual(
            {rate["code"]: (rate["text"], rate["whole"]) for rate in state["rates"]},
            {
                "completion": ("66,7 %", 6),
                "on_time": ("75,0 %", 4),
                "freshness": ("33,3 %", 6),
            },
        )

    def test_trend(self):
        """Twelve report months of KH Đ20.1 (15th to 14th), the running one to today."""
        trend = self._state()["trend"]
        self.assertEqual(len(trend), 12)
        self.assertEqual(trend[0]["label"], "7/2025")
        self.assertEqual(
            [tuple(month["counts"].values()) for month in trend[-3:]],
            # assigned, completed, on time, late, overdue at the end
            [(4, 1, 1, 0, 1), (5, 3, 2, 1, 2), (1, 0, 0, 0, 2)],
        )
        self.assertEqual(
            [(month["date_from"], month["date_to"]) for month in trend[-2:]],
            [("2026-04-15", "2026-05-14"), ("2026-05-15", "2026-05-20")],
        )
        self.assertEqual(
            [month["is_running"] for month in trend], [False] * 11 + [True]
        )
        self.assertFalse(any(sum(month["counts"].values()) for month in trend[:-3]))

    def test_calendar_months(self):
        """A regulation without a monthly report: the months of the calendar."""
        self.env.company.regulation_id = self.env.ref(
            "task_tracking.regulation_quang_tri"
        )
        months = self.env["task.state"]._months(date(2026, 2, 28))
        self.assertEqual(len(months), 12)
        self.assertEqual(months[0]["date_from"], date(2025, 3, 1))
        self.assertEqual(
            months[-1],
            {
                "label": "2/2026",
                "date_from": date(2026, 2, 1),
                "date_to": date(2026, 2, 28),
                "is_running": True,
            },
        )

    def test_agencies_worst_first(self):
        """By overdue, then due soon, then open; with the completed of the twelve
        months and the rate of completion."""
        rows = self._state()["agencies"]
        self.assertEqual(
            [
                (
                    row["name"],
                    row["overdue"],
                    row["due_soon"],
                    row["open"],
                    row["completed"],
                    row["rate"],
                )
                for row in rows
            ],
            [
                (self.ward.name, 1, 2, 3, 0, "0,0 %"),
                (self.health.name, 1, 0, 2, 1, "50,0 %"),
                (self.finance.name, 0, 1, 1, 3, "100,0 %"),
            ],
        )

    def test_days(self):
        """Monday to Sunday of this week, then next week; what was handed in no longer
        falls due, what is overdue from before is not of this week."""
        extra = self._assign("2026-05-20", "adhoc", [self.health], "2026-05-25")
        self._assign("2026-05-20", "adhoc", [self.health], "2026-06-01")
        days = self._state()["days"]
        self.assertEqual(
            [(day["date"], day["count"]) for day in days],
            [
                ("2026-05-18", 0),
                ("2026-05-19", 0),
                ("2026-05-20", 3),
                ("2026-05-21", 0),
                ("2026-05-22", 0),
                ("2026-05-23", 0),
                ("2026-05-24", 0),
                ("2026-05-25", 1),
            ],
        )
        self.assertEqual(days[-1]["last"], "2026-05-31")
        found = self.env["task.assignment"].search(days[-1]["domain"])
        self.assertEqual(found, extra)

    def test_every_number_opens_its_list(self):
        """For each who may read the page: each count is that of its list."""
        for user in (self.chairman, self.manager, self.specialist):
            self._check_lists(user)
        for head in self.heads.values():
            self._check_lists(head)

    def _check_lists(self, user):
        state = self._state(user)
        for code in CODES:
            self.assertEqual(
                self._count(user, state["domains"][code]), state["totals"][code]
            )
        for part in (*state["ages"], *state["days"]):
            self.assertEqual(self._count(user, part["domain"]), part["count"])
        for rate in state["rates"]:
            ids = self._ids(user, rate["code"], state["window"])
            self.assertEqual(len(ids), rate["whole"])
        for month in state["trend"]:
            for code, count in month["counts"].items():
                self.assertEqual(len(self._ids(user, code, month)), count)
        for row in state["agencies"]:
            own = Domain("agency_id", "=", row["id"])
            for code in ("open", "overdue", "due_soon"):
                domain = Domain(state["domains"][code]) & own
                self.assertEqual(self._count(user, domain), row[code])
            for code, key in (("completed", "completed"), ("completion", "whole")):
                ids = self._ids(user, code, state["window"], row["id"])
                self.assertEqual(len(ids), row[key])

    def test_as_the_form_says(self):
        """No figure differs from Phụ lục I of the same window and agency."""
        for user, agency in ((self.chairman, None), (self.heads[self.ward], self.ward)):
            state = self._state(user)
            for month in state["trend"]:
                window = [
                    date.fromisoformat(month[key]) for key in ("date_from", "date_to")
                ]
                figures = self._figures(window, agency)
                self.assertEqual(
                    month["counts"],
                    {code: figures.count(code) for code in month["counts"]},
                )
            today = date.fromisoformat(state["today"])
            figures = self._figures((today, today), agency)
            self.assertEqual(state["totals"]["open"], figures.count("open"))
            self.assertEqual(state["totals"]["overdue"], figures.count("open_overdue"))
            self.assertEqual(state["totals"]["waiting"], figures.count("waiting"))

    def test_after_a_succession(self):
        """Where the ward took over the health department on 12 May, the months say of
        the ward what Phụ lục I does, and today's open ones are all its own."""
        succession = (
            self.env["task.succession"]
            .with_user(self.manager)
            .create(
                {
                    "predecessor_ids": [Command.set(self.health.ids)],
                    "successor_id": self.ward.id,
                    "day": "2026-05-12",
                    "reference": "12/NQ-HĐND",
                    "reason": "Hợp nhất",
                }
            )
        )
        succession.action_record()
        self.env.flush_all()
        self.env.invalidate_all()
        self.test_as_the_form_says()
        self._check_lists(self.chairman)
        self._check_lists(self.heads[self.ward])
        state = self._state(self.heads[self.ward])
        self.assertEqual(state["totals"]["open"], 5)

    def test_head_sees_own_agency(self):
        """The head of an agency gets its figures only, whatever is asked for."""
        user = self.heads[self.ward]
        state = self._state(user)
        self.assertEqual(state["title"], self.ward.name)
        self.assertEqual([row["id"] for row in state["agencies"]], self.ward.ids)
        self.assertEqual(
            state["totals"], {"open": 3, "overdue": 1, "due_soon": 2, "waiting": 0}
        )
        ids = self._ids(user, "completed", state["window"], self.finance.id)
        self.assertFalse(ids)
        ids = self._ids(user, "open", state["window"], self.finance.id)
        agencies = self.env["task.assignment"].browse(ids).agency_id
        self.assertEqual(agencies, self.ward)

    def test_not_for_others(self):
        """Neither an officer nor the administrator is shown the page."""
        for user in (self.officer, self.admin):
            model = self.env["task.state"].with_user(user)
            with self.assertRaises(AccessError):
                model.get_state()
            with self.assertRaises(AccessError):
                model.action_open("open", "2026-05-01", "2026-05-20")

    def test_bad_question(self):
        """A code or a day that is none is refused, not guessed."""
        model = self.env["task.state"].with_user(self.chairman)
        for code, first in (("nothing", "2026-05-01"), ("open", "x"), ("open", False)):
            with self.assertRaises(ValidationError):
                model.action_open(code, first, "2026-05-20")

    def test_queries_do_not_grow(self):
        """Four queries for assignments, however many there are."""
        self._state()  # warms the caches of rights and policies
        self.env.flush_all()
        self.env.invalidate_all()
        before = self._queries()
        for _nr in range(5):
            self._assign("2026-05-20", "adhoc", [self.finance], "2026-05-29")
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self._queries(), before)
        self.assertLessEqual(before, 15)

    def _queries(self):
        begun = self.env.cr.sql_log_count
        self._state()
        return self.env.cr.sql_log_count - begun


@tagged("post_install", "-at_install")
class TestStateReports(SentCase):
    """Who has sent the report of the last month."""

    def _rows(self, user):
        with self._on("2026-05-19"):
            return self.env["task.state"].with_user(user).get_state()["reports"]

    def test_who_has_sent(self):
        """Nobody has sent April's report, two of three May's; the third's day was
        Monday 18 May: past due on Tuesday. Each number opens its reports."""
        period = self._open_may()
        self._send(period, self.finance)
        self._send(period, self.health)
        for user in (self.chairman, self.manager, self.specialist):
            row, april = self._rows(user)
            self.assertEqual((april["sent"], april["overdue"]), (0, 3))
            counts = {key: row[key] for key in ("sent", "expected", "missing")}
            self.assertEqual(counts, {"sent": 2, "expected": 3, "missing": 1})
            self.assertEqual((row["overdue"], row["names"]), (1, [self.ward.name]))
            self.assertEqual(row["id"], period.id)
            reports = self.env["task.report"].with_user(user)
            with self._on("2026-05-19"):
                for key, domain in (
                    ("sent", [("state", "=", "submitted")]),
                    ("missing", [("state", "=", "draft")]),
                    ("overdue", [("is_overdue", "=", True)]),
                ):
                    found = reports.search_count([*row["domain"], *domain])
                    self.assertEqual(found, row[key], key)

    def test_own_report_only(self):
        """The head of an agency is told of the own report."""
        period = self._open_may()
        self._send(period, self.finance)
        for agency, sent in ((self.finance, 1), (self.ward, 0)):
            row = self._rows(self.heads[agency])[0]
            self.assertEqual((row["sent"], row["expected"]), (sent, 1))

    def test_not_before_the_cut_off(self):
        """A month that is not over is not told of."""
        may = self._open_may("2026-05-13")
        self.assertTrue(may.report_ids)
        with self._on("2026-05-13"):
            model = self.env["task.state"].with_user(self.chairman)
            (april,) = model.get_state()["reports"]
        self.assertNotEqual(april["id"], may.id)
