# SPDX-License-Identifier: LGPL-3.0-or-later
import sys
from datetime import timedelta
from pathlib import Path

from odoo.tests import freeze_time, tagged

from ..logic.form import BITS, EXIT_CODES, NOTE_CODES, mask_codes
from .sent_common import SentCase

ORACLE = Path(__file__).resolve().parents[3] / "tests" / "oracle"
#: The oracle's words for lines that the form's code calls otherwise.
WORDS = {
    "programme": "assigned_programme",
    "conclusion": "assigned_conclusion",
    "adhoc": "assigned_adhoc",
    "waiting": "open_waiting",
    "returned": "open_returned",
}


@tagged("post_install", "-at_install")
class TestComparisonOracle(SentCase):
    """The ledger replayed as known at the moment of sending, by the second, simple
    implementation of DOMAIN section 3, is what was frozen; replayed in full, it is what
    the comparison calls “now”."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        sys.path.insert(0, str(ORACLE))
        cls.addClassCleanup(sys.path.remove, str(ORACLE))
        import oracle

        cls.oracle = oracle

    def _told(self, assignment):
        """The assignment with its whole ledger, as the oracle reads one."""
        facts = tuple(
            self.oracle.Fact(
                id=fact.id,
                kind=fact.kind,
                day=fact.day,
                recorded_at=fact.recorded_at + timedelta(hours=7),
                deadline=fact.deadline or None,
                stated=fact.stated_day or None,
                corrects=fact.corrects_id.id or None,
                new_day=fact.new_day or None,
                due=fact.due_on or None,
                agency=fact.agency_id.name or None,
                old_agency=fact.old_agency_id.name or None,
            )
            for fact in assignment.fact_ids.sorted("id")
        )
        return self.oracle.Assignment(
            key=str(assignment.id),
            agency=assignment.agency_id.name,
            task=str(assignment.task_id.id),
            source=assignment.source,
            facts=facts,
        )

    def _expected(self, report, known_at=None):
        """{assignment id: the oracle's lines} of the agency's counted assignments."""
        assignments = self.env["task.assignment"].search(
            [("agency_id", "=", report.agency_id.id), ("role", "=", "lead")]
        )
        lines = {
            one.id: self.oracle.lines_of(
                self._told(one), report.date_from, report.date_to, True, known_at
            )
            for one in assignments
        }
        return {id_: sorted(found) for id_, found in lines.items() if found}

    def _lines(self, mask):
        codes = list(mask_codes(mask))
        codes += [code for code in NOTE_CODES if mask & BITS[code]]
        return sorted(WORDS.get(code, code) for code in codes)

    def test_known_then_and_now(self):
        """Everything there is recorded after the sending: a confirmation, an entry of
        an earlier day, corrections, an extension, a withdrawal."""
        extension = self._submit(
            "2026-05-13",
            "task.extension",
            self._of(self.made["three"], self.health),
            new_deadline="2026-05-30",
        )
        period = self._open_may()
        reports = [
            self._send(period, agency, "2026-05-14")
            for agency in (self.finance, self.health, self.ward)
        ]
        with freeze_time("2026-05-14 08:00:00"):
            extension.with_user(self.chairman).action_accept()
            self.made["waiting"].result_ids.with_user(self.specialist).action_accept()
        with self._on("2026-05-18"):
            task = self.made["late"].with_user(self.manager)
            task.correct(task.fact_ids[:1], "Nhập nhầm hạn", deadline="2026-04-30")
            self.made["last day"].with_user(self.manager).withdraw(
                "Nhầm", day="2026-05-14"
            )
            self.made["extended"].with_user(self.chairman).change_deadline(
                "2026-05-13", "Chỉ đạo"
            )
        self.env.invalidate_all()
        differing = 0
        for report in reports:
            moment = report.submitted_at + timedelta(hours=7)
            frozen = {
                row.assignment_id: self._lines(row.mask)
                for row in report._sheet().rows()
            }
            self.assertEqual(frozen, self._expected(report, moment))
            now = report._standings_now(report._sheet())
            found = {id_: self._lines(one.mask) for id_, one in now.items()}
            self.assertEqual(found, self._expected(report))
            with self._on("2026-05-25"):
                action = report.with_user(self.manager).action_compare()
            comparison = self.env[action["res_model"]].browse(action["res_id"])
            changed = {
                id_
                for id_ in frozen.keys() | found.keys()
                if frozen.get(id_) != found.get(id_)
            }
            told = comparison.row_ids.filtered(
                lambda row: set(row.touched.split()) & {*EXIT_CODES, "total", "carried"}
            )
            self.assertLessEqual(set(told.assignment_id.ids), changed)
            self.assertLessEqual(changed, set(comparison.row_ids.assignment_id.ids))
            for row in comparison.row_ids:
                self.assertTrue(row.fact_ids, row.what)
            differing += len(changed)
        self.assertEqual(differing, 4)
