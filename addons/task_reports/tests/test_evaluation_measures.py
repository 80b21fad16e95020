# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo.tests import tagged

from .common import ReportCase
from .test_evaluation import EvaluationCase


@tagged("post_install", "-at_install")
class TestEvaluationMeasures(EvaluationCase):
    """Requests and answers, each in the window it was made or decided in."""

    def test_extensions(self):
        """Finance asked on 8 April and was granted on the 9th: of its three dated
        tasks of April one; none in May."""
        texts = self._texts(self._evaluation(number=4), self.finance)
        self.assertEqual(texts["extensions_asked"], "1 ÷ 3 = 33,3 %")
        self.assertEqual(texts["extensions_granted"], "1 ÷ 3 = 33,3 %")
        texts = self._texts(self._evaluation(), self.finance)
        self.assertEqual(texts["extensions_asked"], "0 ÷ 4 = 0,0 %")

    def test_less_is_better(self):
        """With a weight, extensions granted draw the score down: completion 0 ÷ 1 in
        April (one overdue), 10 × (1 − ⅓)."""
        regulation = self.env.company.regulation_id
        criteria = regulation.evaluation_criterion_ids
        criteria.weight = 0
        granted = criteria.filtered(lambda one: one.measure == "extensions_granted")
        granted.weight = 10
        line = self._line(self._evaluation(number=4), self.finance)
        self.assertEqual(line["score_formula"], "10 × 66,7 % ÷ 10 = 66,67")
        granted.direction = "up"
        line = self._line(self._evaluation(number=4), self.finance)
        self.assertEqual(line["score_text"], "33,33")

    def test_hand_backs(self):
        """The ward's two hand-backs: one refused on 19 May, one accepted (the task goes
        to health). A task reported as missing hands nothing back."""
        free = {"kind": "free", "date_from": "2026-05-15", "date_to": "2026-05-19"}
        head = self.heads[self.ward]
        waiting = self.env["task.return"].search(
            [("agency_id", "=", self.ward.id), ("state", "=", "waiting")]
        )
        given = self._submit(
            "2026-05-18", "task.return", self.made["last day"], kind="not_ours"
        )
        missing = self.env["task.return"].with_user(head)
        with self._on("2026-05-18"):
            missing = missing.create(
                {
                    "document_id": self.made["last day"].document_id.id,
                    "kind": "missing",
                    "text": "Thiếu",
                }
            )
            missing.action_submit()
        with self._on("2026-05-19"):
            for one in (waiting, missing):
                answer = one.with_user(self.manager)
                answer.answer = "Đúng chức năng"
                answer.action_refuse()
            accepted = given.with_user(self.manager)
            accepted.new_agency_ids = self.health
            accepted.action_accept()
        texts = self._texts(self._evaluation(**free), self.ward)
        self.assertEqual(texts["returns_refused"], "1 ÷ (1 + 1) = 50,0 %")
        opened = self._evaluation(**free).action_open_part(
            "return_refused", self.ward.ids
        )
        self.assertEqual(opened["domain"], [("id", "in", waiting.ids)])
        # the window before knows nothing of the answers
        texts = self._texts(self._evaluation(), self.ward)
        self.assertEqual(texts["returns_refused"], "0 ÷ (0 + 0) = –")

    def test_a_refused_result(self):
        """Health's waiting result is refused on 19 May: in that window 0 of 1; where
        the decree's quality is switched on, it costs a quarter of that product."""
        with self._on("2026-05-19"):
            result = self.made["waiting"].result_ids.with_user(self.specialist)
            result.answer = "Chưa đạt"
            result.action_refuse()
        free = {"kind": "free", "date_from": "2026-05-15", "date_to": "2026-05-19"}
        texts = self._texts(self._evaluation(**free), self.health)
        self.assertEqual(texts["not_refused"], "0 ÷ (0 + 1) = 0,0 %")
        self.assertNotIn("quality_335", texts)
        criteria = self.env.company.regulation_id.evaluation_criterion_ids
        criteria.filtered(lambda one: one.measure == "quality_335").active = True
        # two products overdue on the 19th: “waiting” (refused once) and “three”
        texts = self._texts(self._evaluation(**free), self.health)
        self.assertEqual(texts["quality_335"], "(1 + 1 × 75 %) ÷ (1 + 1) = 87,5 %")


@tagged("post_install", "-at_install")
class TestEvaluationRatings(ReportCase):
    """Bắc Giang Đ8.1a: who follows the task rates its result; nothing is refused."""

    def test_quality_as_rated(self):
        """Three results rated: good, satisfactory with an effect that is not, and one
        nobody rated: 1 ÷ 2. Progress is not quality."""
        self.env.company.regulation_id = self.env.ref(
            "task_tracking.regulation_bac_giang"
        )
        leads = [
            self._assign("2026-05-04", "adhoc", [self.finance], "2026-05-20")
            for _nr in range(3)
        ]
        results = [self._submit("2026-05-08", "task.result", one) for one in leads]
        with self._on("2026-05-11"):
            results[0].with_user(self.specialist).rate("poor", "good", "fair")
            results[1].with_user(self.specialist).rate("good", "fair", "poor")
        with self._on("2026-06-05"):
            evaluation = (
                self.env["task.evaluation"]
                .with_user(self.manager)
                .create({"kind": "month", "year": 2026, "number": 5})
            )
            (line,) = evaluation.figures["agencies"]
            quality = next(one for one in line["values"] if one["measure"] == "quality")
            self.assertEqual(quality["share"], 1 / 2)
            for part, found in (
                ("rated", results[:2]),
                ("rated_well", results[:1]),
                ("result_accepted", []),
            ):
                opened = evaluation.action_open_part(part, self.finance.ids)
                self.assertEqual(
                    opened["domain"], [("id", "in", [one.id for one in found])]
                )
