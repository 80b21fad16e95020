# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ..logic.evaluation import PARTS
from ..models.task_evaluation_engine import LINES
from .common import MAY, HistoryCase


class EvaluationCase(HistoryCase):
    """The evaluation of May, looked at on 20 May 2026."""

    def _evaluation(self, user=None, **vals):
        values = {"kind": "month", "year": 2026, "number": 5, **vals}
        return (
            self.env["task.evaluation"].with_user(user or self.manager).create(values)
        )

    def _line(self, evaluation, agency, part="agencies"):
        """The line of an agency as the screen shows it."""
        return next(
            line
            for line in evaluation.figures[part]
            if line["agency_ids"] == agency.ids
        )

    def _texts(self, evaluation, agency):
        """{measure: formula and result} of an agency's line."""
        return {
            value["measure"]: "".join(
                token.get("text") or str(token["count"]) for token in value["formula"]
            )
            + f" = {value['text']}"
            for value in self._line(evaluation, agency)["values"]
        }


@tagged("post_install", "-at_install")
class TestEvaluation(EvaluationCase):
    """The numbers of the history in common.py, worked out by hand."""

    def test_formulas_of_an_agency(self):
        """Finance in May: three completed (one late), one open and not touched since
        8 April; results never refused; one product fell overdue once."""
        evaluation = self._evaluation()
        self.assertEqual(
            self._texts(evaluation, self.finance),
            {
                "completion": "3 ÷ (3 + 0) = 100,0 %",
                "on_time": "2 ÷ 3 = 66,7 %",
                "freshness": "0 ÷ 1 = 0,0 %",
                "not_refused": "3 ÷ (3 + 0) = 100,0 %",
                "reports_on_time": "0 ÷ (0 + 0) = –",
                "extensions_asked": "0 ÷ 4 = 0,0 %",
                "extensions_granted": "0 ÷ 4 = 0,0 %",
                "returns_refused": "0 ÷ (0 + 0) = –",
                "progress_335": "(2 + 1 × 75 %) ÷ (2 + 1) = 91,7 %",
            },
        )

    def test_score_and_places(self):
        """Finance: (30 + 20 × ⅔ + 10 × 0 + 20 + 10 × 11/12) ÷ 90 = 72.5 ÷ 90. Health
        and the ward: (30 × 0 + 10 × ½ + 10 × ¾) ÷ 50 = 25 of 100, both second."""
        evaluation = self._evaluation()
        lines = {line["name"]: line for line in evaluation.figures["agencies"]}
        found = {
            name: (line["score_text"], line["place"], line["place_of_kind"])
            for name, line in lines.items()
        }
        self.assertEqual(
            found,
            {
                self.finance.name: ("80,56", 1, 1),
                self.health.name: ("25,00", 2, 2),
                self.ward.name: ("25,00", 2, 1),
            },
        )
        self.assertEqual(
            lines[self.health.name]["score_formula"],
            "(30 × 0,0 % + 10 × 50,0 % + 10 × 75,0 %) ÷ (30 + 10 + 10) = 25,00",
        )

    def test_no_place_without_anything_to_judge(self):
        """One open task, in time and told of on 10 May: freshness 1 ÷ 1 gives 100, but
        nothing was completed or overdue, so it is not put before those who did work."""
        board = self._agency("Ban Quản lý dự án", "board")
        self.heads[board] = self._user("board head", "group_agency_head", board)
        one = self._assign("2026-05-04", "adhoc", [board], "2026-06-30")
        self._submit("2026-05-10", "task.extension", one, new_deadline="2026-07-30")
        line = self._line(self._evaluation(), board)
        self.assertEqual((line["score_text"], line["place"]), ("100,00", None))
        self.assertEqual(self._line(self._evaluation(), self.finance)["place"], 1)

    def test_lines_of_the_form_are_phu_lucs(self):
        """Completed, open, overdue, fresh: the same numbers as Phụ lục I, by agency
        and together."""
        figures = self._figures(MAY)
        engine = self.env["task.evaluation.engine"].with_user(self.manager)
        counts = engine._counts(*MAY)
        self.assertEqual(sorted(counts), figures.agency_ids)
        for part, code in LINES.items():
            for agency_id in figures.agency_ids:
                self.assertEqual(
                    counts[agency_id].get(part, 0), figures.count(code, agency_id), part
                )
        rates = {
            value["measure"]: value["share"]
            for value in self._evaluation().figures["groups"][-1]["values"]
        }
        for name, share in figures.rates().items():
            self.assertAlmostEqual(rates[name], share)

    def test_every_figure_opens_what_it_counts(self):
        """Each number of each formula, of agencies, groups and heads, opens exactly so
        many records, and what Phụ lục I lists where it is a line of it."""
        evaluation = self._evaluation()
        engine = self.env["task.report.engine"].with_user(self.manager)
        checked = 0
        for part in ("agencies", "groups", "heads"):
            for line in evaluation.figures[part]:
                for value in line["values"]:
                    for token in value["formula"]:
                        if "part" not in token or PARTS[token["part"]] not in self.env:
                            continue
                        action = evaluation.action_open_part(
                            token["part"], line["agency_ids"]
                        )
                        found = (
                            self.env[action["res_model"]]
                            .with_user(self.manager)
                            .search(action["domain"])
                        )
                        self.assertEqual(len(found), token["count"], token)
                        if token["part"] in LINES and part == "agencies":
                            agency = self.env["res.partner"].browse(line["id"])
                            self.assertEqual(
                                found.ids and sorted(found.ids),
                                engine._counted_ids(LINES[token["part"]], *MAY, agency),
                            )
                        checked += 1
        self.assertGreater(checked, 100)

    def test_groups_are_sums(self):
        """Departments: finance and health together 3 ÷ (3 + 1); all: 3 ÷ (3 + 2)."""
        groups = {g["name"]: g for g in self._evaluation().figures["groups"]}
        department = groups.pop("Department")
        self.assertEqual(department["number"], 2)
        self.assertEqual(department["values"][0]["share"], 3 / 4)
        self.assertEqual(groups["All agencies"]["values"][0]["share"], 3 / 5)
        self.assertEqual(groups["All agencies"]["number"], 3)

    def test_over_time(self):
        """April: “done before” completed by health; finance had one overdue and the
        extended one waiting. The month before took effect too early for more."""
        evaluation = self._evaluation()
        periods = evaluation.figures["periods"]
        self.assertEqual(periods[-2:], ["tháng 4 năm 2026", "tháng 5 năm 2026"])
        health = self._line(evaluation, self.health)
        # April: completion 1 ÷ 1, on time 1 ÷ 1, results 1 ÷ 1, progress 1 ÷ 1
        self.assertEqual(health["trend_texts"][-2:], ["100,00", "25,00"])
        self.assertEqual(health["change"], -1)
        ward = self._line(evaluation, self.ward)
        self.assertEqual(ward["trend"][-2], None)
        self.assertEqual(ward["change"], None)

    def test_queries_do_not_grow_with_agencies(self):
        """Counting asks a fixed number of questions, however many agencies."""
        engine = self.env["task.evaluation.engine"].with_user(self.manager)
        engine._counts(*MAY)
        with self.assertQueryCount(4):
            engine._counts(*MAY)

    def test_a_part_that_is_none(self):
        """An unknown figure is refused."""
        with self.assertRaises(ValidationError):
            self._evaluation().action_open_part("nonsense", self.finance.ids)

    def test_every_part_has_its_words(self):
        """Each figure that opens has a title."""
        labels = self.env["task.evaluation.board"]._part_labels()
        self.assertEqual(set(labels), set(PARTS))

    def test_window_of_the_period(self):
        """The window is the regulation's; other days need “from day to day”."""
        evaluation = self._evaluation()
        self.assertEqual((evaluation.date_from, evaluation.date_to), MAY)
        with self.assertRaises(ValidationError):
            self._evaluation(date_to="2026-05-20")
        with self.assertRaises(ValidationError):
            self._evaluation(number=13)
        free = self._evaluation(kind="free", date_from=MAY[0], date_to="2026-05-31")
        self.assertEqual(str(free.counted_to), "2026-05-20")

    def test_no_criteria_no_evaluation(self):
        """A text without criteria (Cà Mau) evaluates nobody and has no menu."""
        menu = self.env.ref("task_reports.menu_task_evaluation")
        user = self.manager
        user.company_ids = user.company_id = self.env.company
        hidden = self.env["ir.ui.menu"].with_user(user)._load_menus_blacklist()
        self.assertNotIn(menu.id, hidden)
        self.env.company.regulation_id = self.env.ref("task_tracking.regulation_ca_mau")
        hidden = self.env["ir.ui.menu"].with_user(user)._load_menus_blacklist()
        self.assertIn(menu.id, hidden)
        with self.assertRaises(ValidationError):
            self._evaluation(kind="free", date_from=MAY[0], date_to=MAY[1])


@tagged("post_install", "-at_install")
class TestEvaluationHeads(EvaluationCase):
    """Who answers for an agency: the head on the window's last day."""

    def _heads(self, evaluation):
        return {one["name"]: one for one in evaluation.figures["heads"]}

    def test_the_only_head_where_nothing_is_kept(self):
        """The agency's user in the group of heads is taken; two of them are nobody."""
        heads = self._heads(self._evaluation())
        self.assertEqual(len(heads), 3)
        self._user("second head", "group_agency_head", self.finance)
        self.assertEqual(len(self._heads(self._evaluation())), 2)

    def test_the_head_of_the_day_is_named(self):
        """Whoever headed it on 14 May, not who came on the 15th."""
        after = self._user("new head", "group_agency_head", self.finance)
        before = self.heads[self.finance]
        model = self.env["task.agency.head"]
        model.create(
            [
                {
                    "agency_id": self.finance.id,
                    "user_id": before.id,
                    "date_from": "2026-01-01",
                    "date_to": "2026-05-14",
                },
                {
                    "agency_id": self.finance.id,
                    "user_id": after.id,
                    "date_from": "2026-05-15",
                },
            ]
        )
        heads = self._heads(self._evaluation())
        self.assertIn(before.name, heads)
        self.assertNotIn(after.name, heads)
        with self.assertRaises(ValidationError):
            model.create(
                {
                    "agency_id": self.finance.id,
                    "user_id": after.id,
                    "date_from": "2026-05-01",
                    "date_to": "2026-05-02",
                }
            )

    def test_a_head_of_two_agencies_is_summed(self):
        """Finance and the ward under one person: 3 ÷ (3 + 1) completed, products
        3 + 1: (2 + 2 × ¾) ÷ 4 = 87.5 %."""
        head = self.heads[self.finance]
        self.env["task.agency.head"].create(
            [
                {
                    "agency_id": agency.id,
                    "user_id": head.id,
                    "date_from": "2026-01-01",
                }
                for agency in (self.finance, self.ward)
            ]
        )
        line = self._heads(self._evaluation())[head.name]
        values = {one["measure"]: one["share"] for one in line["values"]}
        self.assertEqual(values["completion"], 3 / 4)
        self.assertEqual(values["progress_335"], 3.5 / 4)
        self.assertCountEqual(line["agency_ids"], (self.finance + self.ward).ids)

    def test_no_names_where_the_text_evaluates_no_heads(self):
        """Without the policy nobody is named, to nobody."""
        policy = self.env.company.regulation_id.policy_ids.filtered(
            lambda one: one.key == "heads_evaluated"
        )
        policy.value = "no"
        self.assertFalse(self._evaluation().figures["heads"])


@tagged("post_install", "-at_install")
class TestEvaluationRights(EvaluationCase):
    """Who sees which line of a draft."""

    def test_an_agency_sees_its_own_line_of_a_draft(self):
        """Its own figures, the same as the Office's, without a place; no other line,
        no group, no head."""
        evaluation = self._evaluation()
        whole = self._line(evaluation, self.finance)
        for user in (self.officer, self.heads[self.finance]):
            figures = evaluation.with_user(user).figures
            (line,) = figures["agencies"]
            self.assertEqual(line["name"], self.finance.name)
            self.assertEqual(line["values"], whole["values"])
            self.assertEqual(line["trend_texts"], whole["trend_texts"])
            self.assertIsNone(line["place"])
            self.assertIsNone(line["place_of_kind"])
            self.assertFalse(figures["groups"] + figures["heads"])

    def test_an_agency_opens_only_its_own(self):
        """The figures of another agency open for the Office and leaders alone."""
        evaluation = self._evaluation()
        mine = evaluation.with_user(self.officer)
        action = mine.action_open_part("completed", self.finance.ids)
        found = self.env["task.assignment"].with_user(self.officer)
        self.assertEqual(found.search_count(action["domain"]), 3)
        for agencies in (self.health, self.finance + self.health):
            with self.assertRaises(AccessError):
                mine.action_open_part("completed", agencies.ids)

    def test_office_and_leaders_see_all(self):
        """Specialist, manager and Chairman see every line of a draft."""
        evaluation = self._evaluation()
        for user in (self.specialist, self.manager, self.chairman):
            self.assertEqual(len(evaluation.with_user(user).figures["agencies"]), 3)

    def test_the_settings_give_no_figures(self):
        """The administrator keeps criteria and heads, and sees no evaluation."""
        evaluation = self._evaluation()
        with self.assertRaises(AccessError):
            evaluation.with_user(self.admin).read(["figures"])

    def test_only_the_office_makes_one(self):
        """Neither an agency nor a leader makes a draft."""
        for user in (self.heads[self.finance], self.chairman, self.admin):
            with self.assertRaises(AccessError):
                self._evaluation(user)

    def test_nobody_writes_the_state(self):
        """What publication writes is closed to everybody."""
        evaluation = self._evaluation()
        with self.assertRaises(AccessError):
            evaluation.write({"state": "published"})
        with self.assertRaises(AccessError):
            self._evaluation(state="published")

    def test_criteria_are_the_administrators(self):
        """Weights are changed by the administrator alone."""
        criterion = self.env.company.regulation_id.evaluation_criterion_ids[:1]
        for user in (self.manager, self.chairman, self.heads[self.finance]):
            with self.assertRaises(AccessError):
                criterion.with_user(user).weight = 99
        criterion.with_user(self.admin).weight = 99
        with self.assertRaises(AccessError):
            self.env["task.agency.head"].with_user(self.manager).create(
                {
                    "agency_id": self.finance.id,
                    "user_id": self.officer.id,
                    "date_from": "2026-01-01",
                }
            )
