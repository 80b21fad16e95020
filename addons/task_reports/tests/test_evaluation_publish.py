# SPDX-License-Identifier: LGPL-3.0-or-later
import io

from lxml import html
from openpyxl import load_workbook
from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from ..logic.evaluation_form import MEASURE_HEADS
from .test_evaluation import EvaluationCase

REPORT = "task_reports.report_evaluation"


class PublishedCase(EvaluationCase):
    def _published(self, **vals):
        evaluation = self._evaluation(**vals)
        evaluation.action_publish()
        return evaluation

    def _set_policy(self, key, value):
        regulation = self.env.company.regulation_id
        regulation.policy_ids.filtered(lambda one: one.key == key).value = value


@tagged("post_install", "-at_install")
class TestEvaluationPublish(PublishedCase):
    """Publication freezes the evaluation and shows it (KH Đ12, Đ18.2)."""

    def test_frozen_whatever_comes_later(self):
        """More results, another weight, another name: the published lines stand; a new
        draft of the same month tells otherwise."""
        evaluation = self._published()
        before = evaluation.figures
        opened = evaluation.action_open_part("open_overdue", self.health.ids)["domain"]
        with self._on("2026-05-21"):
            self.made["waiting"].result_ids.with_user(self.specialist).action_accept()
            self.env["task.objective.cause"].with_user(self.manager).create(
                {
                    "assignment_id": self.made["late"].id,
                    "text": "Bão",
                    "authority": "Chủ tịch",
                    "reference": "1/UBND",
                    "confirmed_on": "2026-05-18",
                }
            )
        self.health.name = "Sở Y tế (mới)"
        criterion = self.env.company.regulation_id.evaluation_criterion_ids[:1]
        criterion.weight = 90
        self.env.invalidate_all()
        self.assertEqual(evaluation.figures, before)
        self.assertEqual(
            evaluation.action_open_part("open_overdue", self.health.ids)["domain"],
            opened,
        )
        self.assertNotEqual(self._evaluation().figures, before)
        self.assertFalse(evaluation.altered)

    def test_every_published_figure_opens_what_it_counts(self):
        """The records behind a published number are kept with it."""
        evaluation = self._published()
        checked = 0
        for line in evaluation.figures["agencies"] + evaluation.figures["groups"]:
            for value in line["values"]:
                for token in value["formula"]:
                    if "part" not in token:
                        continue
                    action = evaluation.action_open_part(
                        token["part"], line["agency_ids"]
                    )
                    self.assertEqual(len(action["domain"][0][2]), token["count"])
                    checked += 1
        self.assertGreater(checked, 80)

    def test_all_agencies_see_the_ranking(self):
        """Every line, its place, groups and heads; only one's own figures open."""
        evaluation = self._published()
        figures = evaluation.with_user(self.officer).figures
        office = evaluation.figures
        self.assertEqual(
            [(one["name"], one["place"]) for one in figures["agencies"]],
            [(one["name"], one["place"]) for one in office["agencies"]],
        )
        self.assertEqual(len(figures["heads"]), 3)
        self.assertEqual(
            [one["name"] for one in figures["agencies"] if one["opens"]],
            [self.finance.name],
        )
        with self.assertRaises(AccessError):
            evaluation.with_user(self.officer).action_open_part("open", self.health.ids)

    def test_where_the_ranking_is_not_published(self):
        """An agency sees its own line, as it was frozen, without a place."""
        self._set_policy("ranking_published", "no")
        evaluation = self._published()
        figures = evaluation.with_user(self.officer).figures
        (line,) = figures["agencies"]
        self.assertEqual(line["name"], self.finance.name)
        self.assertIsNone(line["place"])
        self.assertFalse(figures["groups"] + figures["heads"])

    def test_no_personal_data_but_the_heads(self):
        """Nobody's name is in what an agency reads but those of the heads."""
        evaluation = self._published()
        shown = repr(evaluation.with_user(self.officer).figures)
        for user in (self.manager, self.specialist, self.chairman, self.officer):
            self.assertNotIn(user.name, shown)
        self._set_policy("heads_evaluated", "no")
        shown = repr(self._published().with_user(self.officer).figures)
        for user in self.heads.values():
            self.assertNotIn(user.name, shown)
        with self.assertRaises(AccessError):
            evaluation.with_user(self.officer).read(["published_by_id"])
        with self.assertRaises(AccessError):
            evaluation.with_user(self.officer).read(["snapshot_id"])

    def test_the_offices_remarks_come_with_the_publication(self):
        """An agency reads them on screen and paper when the evaluation is published."""
        evaluation = self._evaluation(note="Cần đôn đốc thêm")
        mine = evaluation.with_user(self.officer)
        with self.assertRaises(AccessError):
            mine.read(["note"])
        self.assertFalse(mine.shown_note)
        self.assertEqual(evaluation.shown_note, "Cần đôn đốc thêm")
        report = self.env["ir.actions.report"].with_user(self.officer)
        page = report._render_qweb_html(REPORT, evaluation.ids)[0].decode()
        self.assertNotIn("Cần đôn đốc thêm", page)
        evaluation.action_publish()
        self.env.invalidate_all()
        self.assertEqual(mine.shown_note, "Cần đôn đốc thêm")
        page = report._render_qweb_html(REPORT, evaluation.ids)[0].decode()
        self.assertIn("Cần đôn đốc thêm", page)
        self.assertFalse(evaluation.altered)

    def test_who_publishes(self):
        """An Office manager or a leader; no specialist, agency or administrator."""
        evaluation = self._evaluation()
        for user in (self.specialist, self.heads[self.finance], self.admin):
            with self.assertRaises(AccessError):
                evaluation.with_user(user).action_publish()
        evaluation.with_user(self.chairman).action_publish()
        self.assertEqual(evaluation.state, "published")
        self.assertEqual(str(evaluation.published_on), "2026-05-20")
        with self.assertRaises(UserError):
            evaluation.action_publish()

    def test_not_before_the_period_is_over(self):
        """On the last day itself its figures would still change."""
        free = {"kind": "free", "date_from": "2026-05-15"}
        for last in ("2026-05-20", "2026-05-31"):
            with self.assertRaises(UserError):
                self._published(**free, date_to=last)
        self._published(**free, date_to="2026-05-19")

    def test_nothing_of_it_changes(self):
        """Neither its window nor its note, and it is kept."""
        evaluation = self._published()
        for vals in ({"note": "Khác"}, {"number": 4}, {"kind": "quarter"}):
            with self.assertRaises(UserError):
                evaluation.write(vals)
        for vals in ({"state": "draft"}, {"digest": "0"}, {"published_on": False}):
            with self.assertRaises(UserError):
                evaluation.write(vals)
        with self.assertRaises(UserError):
            evaluation.unlink()

    def test_an_alteration_in_the_database_is_shown(self):
        """In what was frozen, or in the record itself."""
        for statement in (
            "UPDATE task_report_snapshot SET head = replace(head, '2026', '2027')"
            " WHERE id = %s",
            "UPDATE task_evaluation SET note = 'khác' WHERE snapshot_id = %s",
            "UPDATE task_evaluation SET digest = '0' WHERE snapshot_id = %s",
        ):
            with self.subTest(statement):
                evaluation = self._published()
                self.assertFalse(evaluation.altered)
                self.env.flush_all()
                self.env.cr.execute(statement, (evaluation.sudo().snapshot_id.id,))
                self.env.invalidate_all()
                self.assertTrue(evaluation.altered)


@tagged("post_install", "-at_install")
class TestEvaluationReports(PublishedCase):
    """Reports sent on time, by the clocks of KH Đ20.2."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.sudo().task_since = "2026-03-20"
        with cls._on("2026-05-14"):
            line = cls.env.company.regulation_id._report_window("month")
            cls.period = cls.env["task.report.period"].create(
                {
                    **cls.env["task.report.period"]._period_vals(
                        cls.env.company.regulation_id,
                        line,
                        2026,
                        5,
                        *line._rule().window(2026, 5),
                    ),
                    "company_id": cls.env.company.id,
                }
            )
            cls.period._open()
        for agency, day in ((cls.finance, "2026-05-18"), (cls.health, "2026-05-19")):
            report = cls.period.report_ids.filtered(
                lambda one, agency=agency: one.agency_id == agency
            ).with_user(cls.heads[agency])
            with cls._on(day):
                report.action_prepare()
                report.reason_ids.reason = "Lý do"
                report.action_submit()
        cls.env.flush_all()

    def test_in_time_late_and_never(self):
        """May's are due on Monday 18 May: finance that day, health the day after, the
        ward not at all by the 20th."""
        evaluation = self._evaluation(
            kind="free", date_from="2026-05-15", date_to="2026-05-19"
        )
        texts = {
            agency: self._texts(evaluation, agency)["reports_on_time"]
            for agency in (self.finance, self.health, self.ward)
        }
        self.assertEqual(
            texts,
            {
                self.finance: "1 ÷ (1 + 0) = 100,0 %",
                self.health: "0 ÷ (0 + 1) = 0,0 %",
                self.ward: "0 ÷ (0 + 1) = 0,0 %",
            },
        )
        for agency, part in (
            (self.finance, "report_in_time"),
            (self.health, "report_late"),
            (self.ward, "report_late"),
        ):
            action = evaluation.action_open_part(part, agency.ids)
            found = self.env["task.report"].with_user(self.manager)
            self.assertEqual(found.search(action["domain"]).agency_id, agency)

    def test_not_due_is_not_judged(self):
        """On the 18th itself the ward's is not late yet."""
        with self._on("2026-05-18"):
            evaluation = self._evaluation(
                kind="free", date_from="2026-05-15", date_to="2026-05-18"
            )
            texts = self._texts(evaluation, self.ward)
            self.assertEqual(texts["reports_on_time"], "0 ÷ (0 + 0) = –")


@tagged("post_install", "-at_install")
class TestEvaluationOutputs(PublishedCase, HttpCase):
    """The PDF and the workbook show the screen's own numbers."""

    def _pdf(self, evaluation, user):
        report = self.env["ir.actions.report"].with_user(user)
        content, _kind = report.with_context(
            force_report_rendering=True
        )._render_qweb_pdf(REPORT, evaluation.ids)
        reader = PdfReader(io.BytesIO(content))
        return " ".join(" ".join(page.extract_text() for page in reader.pages).split())

    def test_pdf(self):
        """Agency, place, shares and score of each line; an agency's draft its own."""
        evaluation = self._evaluation(note="Nhận xét của Văn phòng.")
        text = self._pdf(evaluation, self.manager)
        for line in evaluation.figures["agencies"]:
            self.assertIn(line["name"], text)
            self.assertIn(line["score_text"], text)
        self.assertIn("Nhận xét của Văn phòng.", text)
        self.assertIn("dự thảo, chưa công bố", text)
        own = self._pdf(evaluation, self.officer)
        self.assertIn(self.finance.name, own)
        self.assertNotIn(self.health.name, own)

    def test_pdf_has_the_measures_that_count(self):
        """A weight of 0 is for the screen; every cell is the screen's."""
        evaluation = self._published()
        report = self.env["ir.actions.report"].with_user(self.manager)
        page = html.fromstring(
            report._render_qweb_html(REPORT, evaluation.ids)[0].decode()
        )
        table = page.xpath("//table[contains(@class, 'nd30_table')]")[0]
        heads = [" ".join(th.text_content().split()) for th in table.xpath(".//th")]
        counted = [
            (place, one)
            for place, one in enumerate(evaluation.figures["criteria"])
            if one["weight"] != "0"
        ]
        self.assertEqual(
            heads[2:-1],
            [f"{MEASURE_HEADS[o['measure']]}(× {o['weight']})" for _p, o in counted],
        )
        rows = [
            [td.text_content().strip() for td in row.xpath("./td")]
            for row in table.xpath(".//tbody/tr")
        ]
        self.assertEqual(
            rows,
            [
                [
                    str(line["place"]),
                    line["name"],
                    *(line["values"][place]["text"] for place, _one in counted),
                    line["score_text"],
                ]
                for line in evaluation.figures["agencies"]
            ],
        )

    def test_workbook(self):
        """The same numbers as numbers; a name that looks like a formula is text."""
        self.finance.name = "=1+1"
        evaluation = self._published()
        self.authenticate(self.manager.login, self.manager.login)
        answer = self.url_open(f"/task_reports/evaluation/{evaluation.id}.xlsx")
        self.assertEqual(answer.status_code, 200)
        book = load_workbook(io.BytesIO(answer.content))
        figures = evaluation.figures
        rows = list(book["Theo cơ quan"].iter_rows(min_row=4, values_only=True))
        for row, line in zip(rows, figures["agencies"], strict=True):
            self.assertEqual(row[:2], (line["place"], line["name"]))
            shares = [value["share"] for value in line["values"]]
            self.assertEqual(
                [None if one == "–" else one for one in row[2 : 2 + len(shares)]],
                [one if one is None else float(one) for one in shares],
            )
            self.assertAlmostEqual(row[2 + len(shares)], line["score"] * 100)
        self.assertEqual(book["Theo cơ quan"]["B4"].data_type, "s")

    def test_download_of_others(self):
        """An agency's file holds its own line; the administrator gets none."""
        evaluation = self._evaluation()
        address = f"/task_reports/evaluation/{evaluation.id}.xlsx"
        self.authenticate(self.officer.login, self.officer.login)
        book = load_workbook(io.BytesIO(self.url_open(address).content))
        names = [row[1] for row in book["Theo cơ quan"].iter_rows(4, values_only=True)]
        self.assertEqual(names, [self.finance.name])
        self.authenticate(self.admin.login, self.admin.login)
        self.assertEqual(self.url_open(address).status_code, 403)
