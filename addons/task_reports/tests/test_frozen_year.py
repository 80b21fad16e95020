# SPDX-License-Identifier: LGPL-3.0-or-later
from contextlib import contextmanager
from datetime import date, datetime

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL

from ..logic.workbook import workbook_bytes
from .calendar_common import AFTERNOON, MORNING, ONE_DAY, CalendarCase, row
from .calendar_identities import lines_of
from .calendar_known import Ledger

FACTS = 1000


@tagged("post_install", "-at_install")
class TestFrozenYear(CalendarCase):
    """Reports frozen in month 3, looked at again in month 12, after a thousand further
    facts recorded through the users' acts: many of them dated in the months reported
    (withdrawals, changed deadlines, corrections)."""

    NAME = "khanh_hoa"
    START, END = "20/3/2026", "20/6/2026"
    UNDATED = False
    # Khánh Hòa Đ20: the first three months of its own, see TestCalendarKhanhHoa
    TABLE = (
        row("month", "4/2026", "15/3/2026", "14/4/2026", "16/4/2026", "21/4/2026"),
        row("month", "5/2026", "15/4/2026", "14/5/2026", "18/5/2026", "21/5/2026"),
        row("month", "6/2026", "15/5/2026", "14/6/2026", "16/6/2026", "19/6/2026"),
    )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        reports = cls.env["task.report"].search(
            [("company_id", "=", cls.env.company.id), ("state", "=", "submitted")],
            order="id",
        )
        # the cron opened the longer periods of June too: nobody sent those
        cls.reports = reports
        cls.frozen = reports.filtered(lambda one: one.date_to == date(2026, 6, 14))
        cls.before = [cls._everything(report) for report in cls.frozen]
        facts = cls.env["task.fact"].sudo().search_count([])
        cls._live_on()
        cls.ledger = Ledger(cls.ledger.oracle, cls.env, cls.SUPERIOR)
        cls.added = cls.env["task.fact"].sudo().search_count([]) - facts

    # -- what is compared ------------------------------------------------------------
    @classmethod
    def _everything(cls, report):
        """All that a frozen report is, texts and bytes, as the manager gets it."""
        report.invalidate_recordset()
        snapshot = report.sudo().snapshot_id
        report = report.with_user(cls.manager)
        sheet = report._sheet()
        template = cls.env["task.report.template"].sudo().search([], limit=1)
        return {
            "head": snapshot.head,
            "parts": snapshot.part_ids.mapped(lambda part: (part.code, part.content)),
            "digest": (snapshot.previous_digest, snapshot.digest, report.digest),
            "sheet": sheet.head_data(),
            "rows": [one.as_data() for one in sheet.rows()],
            "screen": report.figures,
            "PDF": report._pdf(sheet),
            "XLSX": workbook_bytes(sheet),
            "DOCX": template._docx(sheet),
        }

    # -- the further facts -----------------------------------------------------------
    @classmethod
    def _live_on(cls):
        """Nine months more: each month many acts at once, as lists are worked off; at
        first letters of the months reported, found in a drawer."""
        cls._at(datetime.combine(date(2026, 6, 22), MORNING))
        old = cls.acts._open().filtered(lambda one: one.assigned_on < date(2026, 6, 1))
        old[:2].with_user(cls.manager).withdraw("Thư đến muộn", day="2026-06-12")
        late = old.filtered(lambda one: one.is_overdue)[2:]
        for one in late.with_user(cls.office_chairman):
            cls.acts._try(
                "letter",
                lambda one=one: one.change_deadline(
                    "2026-12-31", "Thư đến muộn", day="2026-06-12"
                ),
            )
        for month in range(9):
            year, number = divmod(6 + month, 12)
            cls._at(datetime.combine(date(2026 + year, number + 1, 20), MORNING))
            cls._assign_many(15)
            cls.acts.play(4)
            cls._work_off(cls.acts.dice)
        cls.finance.name = "Sở Tài chính (tên mới)"
        cls.env.company.name = "Ủy ban nhân dân tỉnh (tên mới)"
        cls.env.flush_all()

    @classmethod
    def _assign_many(cls, number):
        task = {
            "name": "Báo cáo kết quả",
            "deadline": cls.acts._later(5, 60),
            "lead_agency_ids": [Command.set(cls.reporting.ids)],
        }
        cls.env["task.document"].with_user(cls.specialist).create(
            {
                "number": str(next(cls.acts.numbers)),
                "abstract": "V/v nhiều nhiệm vụ",
                "issued_on": cls.acts.today,
                "task_ids": [Command.create(task) for _nr in range(number)],
            }
        ).action_release()

    @classmethod
    def _work_off(cls, dice):
        """Receive all, change the deadlines of some (a letter of an earlier day), take
        some away as of an earlier day, hand some in, confirm them a month later."""
        waiting = cls.env["task.result"].search([("state", "=", "waiting")])
        waiting.with_user(cls.manager).action_accept()
        found = cls.acts._open()
        for agency, head in cls.heads.items():
            theirs = found.filtered(lambda one, who=agency: one.agency_id == who)
            theirs.filtered(lambda one: one.state == "released").with_user(
                head
            ).action_receive()
        idle = found.filtered(
            lambda one: (
                one.state == "doing"
                and one.deadline
                and not one.extension_pending
                and one.assigned_on < cls.acts.today
            )
        )
        some = idle.browse(dice.sample(idle.ids, min(len(idle), 29)))
        later = cls.acts._later(1, 40)
        # some may stand on that very day: it is no change then, and refused
        moved = some[:20].filtered(lambda one: one.deadline != later)
        moved.with_user(cls.office_chairman).change_deadline(
            later, "Theo ý kiến", day=cls.acts.today - ONE_DAY
        )
        for one in some[20:22]:
            cls.acts._try("withdraw", cls.acts._withdraw, one)
        for one in some[22:24]:
            cls.acts._try("correct", cls.acts._correct, one)
        for one in some[24:]:
            cls.acts._try("hand_in", cls.acts._hand_in, one)

    # -- the same in month 12 --------------------------------------------------------
    def test_a_thousand_facts(self):
        """There were that many, some dated in the months reported before."""
        self.assertGreaterEqual(self.added, FACTS)
        late = self.env["task.fact"].search_count(
            [("recorded_at", ">", "2026-06-20"), ("day", "<=", "2026-06-14")]
        )
        self.assertGreaterEqual(late, 2)
        self.assertTrue(self.acts.done["letter"])
        self.assertEqual(self.env.company._task_today(), date(2027, 3, 20))

    def test_byte_for_byte(self):
        """Texts, figures, rows, PDF, XLSX and DOCX of each, the agencies' and the
        Office's, are the same bytes, also under other names of agency and company."""
        self.assertEqual(len(self.frozen), 4)
        for report, before in zip(self.frozen, self.before, strict=True):
            after = self._everything(report)
            for what, value in before.items():
                self.assertEqual(after[what], value, (report, what))
            self.assertFalse(report.altered)

    def test_the_live_figures_did_change(self):
        """What is known now of the same window is not what was frozen."""
        office = self.frozen.filtered(lambda one: not one.agency_id)
        now = self._figures((office.date_from, office.date_to))
        frozen = office._sheet().figures
        self.assertEqual(now.count("total"), frozen.count("total") - 2)
        self.assertNotEqual(now.as_dict(), frozen.as_dict())

    # -- corrected in month 12 -------------------------------------------------------
    def test_corrections(self):
        """The ward and then the Office correct June: the ward's second version is as
        known now, the Office's takes it up and leaves the other agencies' as they were
        sent; the first versions stay as they were."""
        ward = self._of_agency(self.frozen, self.ward)
        office = self._of_agency(self.frozen, self.env["res.partner"])
        kept = {
            report.agency_id.id: {id_: lines_of(row) for id_, row in rows.items()}
            for report in self.frozen - office
            for rows in [self._rows(report)]
        }
        second = ward.with_user(self.heads[self.ward]).action_correct("Số liệu mới")
        self._explain_and_send(second)
        window = ward.date_from, ward.date_to
        now = self.ledger.lines(*window, None, self.ward.id)
        noted = {"open_waiting", "open_returned"}
        now = {id_: set(lines) - noted for id_, lines in now.items()}
        told = {id_: lines_of(row) for id_, row in self._rows(second).items()}
        self.assertEqual(told, now)
        self.assertNotEqual(told, kept[self.ward.id])
        again = office.with_user(self.manager).action_correct("Phường đính chính")
        again.action_submit()
        kept[self.ward.id] = now
        whole = {id_: lines for part in kept.values() for id_, lines in part.items()}
        found = {id_: lines_of(row) for id_, row in self._rows(again).items()}
        self.assertEqual(found, whole)
        self.assertEqual(
            (ward | office | second | again).mapped("is_current"),
            [False, False, True, True],
        )
        self.assertFalse(second.is_late)  # the first one was sent in time
        for report, before in zip(self.frozen, self.before, strict=True):
            self.assertEqual(report.sudo().snapshot_id.head, before["head"])
            self.assertFalse(report.altered)
        self.assertFalse(self._chain()._verify())

    # -- altered in the database -----------------------------------------------------
    @contextmanager
    def _altered_by(self, statement, *values):
        """Change the database around the system; undone afterwards."""
        self.env.flush_all()
        self.env.cr.execute("SAVEPOINT altered")
        self.env.cr.execute(statement, values or None)
        self.assertTrue(self.env.cr.rowcount, statement)
        self.env.invalidate_all()
        yield
        self.env.cr.execute("ROLLBACK TO altered")
        self.env.invalidate_all()

    def _wrong(self):
        """The places, in the chain, of the reports shown as altered."""
        return [nr for nr, one in enumerate(self.reports) if one.altered]

    def _chain(self):
        return self.env["task.report.snapshot"].search(
            [("company_id", "=", self.env.company.id)]
        )

    def test_the_chain_as_a_whole(self):
        """Twelve reports, twelve links, all as they were made."""
        self.assertEqual(len(self.reports), 12)
        self.assertEqual(len(self._chain()), 12)
        self.assertFalse(self._chain()._verify())
        self.assertEqual(self._wrong(), [])

    def test_an_altered_snapshot_is_shown(self):
        """A figure, a text, a row, a row more or less, rows in another order: that one
        is altered, no other one."""
        report = self.reports[4]
        id_ = report.sudo().snapshot_id.id
        self.assertTrue(report.sudo().snapshot_id.part_ids)
        for statement, *values in (
            (
                "UPDATE task_report_snapshot SET head = replace(head, '2026', '2027')"
                " WHERE id = %s",
                id_,
            ),
            (
                "UPDATE task_report_snapshot_part"
                " SET content = replace(content, 'UBND', 'X') WHERE snapshot_id = %s",
                id_,
            ),
            # whoever also puts the part's own check code right
            (
                "UPDATE task_report_snapshot_part SET content = '[]', digest ="
                " encode(sha256('[]'), 'hex') WHERE snapshot_id = %s",
                id_,
            ),
            ("DELETE FROM task_report_snapshot_part WHERE snapshot_id = %s", id_),
            (
                "UPDATE task_report_snapshot_part SET sequence = -sequence, code = 'x'"
                " WHERE id = (SELECT max(id) FROM task_report_snapshot_part"
                " WHERE snapshot_id = %s)",
                id_,
            ),
            (
                "INSERT INTO task_report_snapshot_part"
                " (snapshot_id, sequence, code, content, digest)"
                " VALUES (%s, 99, 'open_overdue', '[]', encode(sha256('[]'), 'hex'))",
                id_,
            ),
            ("UPDATE task_report_snapshot SET res_id = res_id + 1 WHERE id = %s", id_),
        ):
            with self.subTest(statement), self._altered_by(statement, *values):
                self.assertEqual(self._wrong(), [4])
                self.assertEqual(
                    self._chain()._verify().keys(), {report.sudo().snapshot_id}
                )

    def test_an_altered_record_is_shown(self):
        """What stands on the record itself: whose it is, what its author wrote, who
        signed, when it was sent, that it was sent at all, what was explained."""
        report = self.reports[4]
        for change in (
            f"agency_id = {self.office.id}",
            f"period_id = {self.reports[0].period_id.id}, version = 99",
            "causes = 'khác'",
            "difficulties = 'khác'",
            "addressee = 'khác'",
            "reference = '99/BC'",
            "signer_name = 'khác'",
            "signer_title = 'khác'",
            "submitted_on = '2026-01-01'",
            "submitted_at = '2026-01-01 00:00:00'",
            f"submitted_by_id = {self.admin.id}",
            "sent_on = '2026-01-01'",
            "version = 7",
            "scope = 'superior'",
            "correction_reason = 'khác'",
            "state = 'draft'",
            "state = 'draft', snapshot_id = NULL, digest = NULL",
            "digest = repeat('0', 64)",
            "snapshot_id = NULL",
        ):
            statement = SQL(
                "UPDATE task_report SET %s WHERE id = %s", SQL(change), report.id
            )
            with self.subTest(change), self._altered_by(statement):
                self.assertEqual(self._wrong(), [4])

    def test_an_altered_explanation_is_shown(self):
        """The reasons of late tasks, on screen beside the list."""
        explained = self.reports.filtered("reason_ids")
        self.assertTrue(explained)
        place = self.reports.ids.index(explained[0].id)
        for statement in (
            "UPDATE task_report_reason SET reason = 'khác' WHERE report_id = %s",
            "DELETE FROM task_report_reason WHERE report_id = %s",
        ):
            with self._altered_by(statement, explained[0].id):
                self.assertEqual(self._wrong(), [place])

    def test_exchanged_snapshots_are_shown(self):
        """Two reports that changed places in the chain, check codes and all."""
        one, other = self.reports[4], self.reports[5]
        with self._altered_by(
            "UPDATE task_report AS a SET snapshot_id = b.snapshot_id, digest = b.digest"
            " FROM task_report AS b WHERE (a.id, b.id) IN ((%s, %s), (%s, %s))",
            *(one.id, other.id, other.id, one.id),
        ):
            self.assertEqual(self._wrong(), [4, 5])

    def test_a_removed_link_is_shown(self):
        """Its report has none; and the chain has a gap before the next one."""
        report, after = self.reports[4], self.reports[5]
        snapshot = report.sudo().snapshot_id
        with self._altered_by(
            "WITH gone AS (UPDATE task_report SET snapshot_id = NULL WHERE id = %s"
            " RETURNING id), parts AS (DELETE FROM task_report_snapshot_part"
            " WHERE snapshot_id = %s RETURNING id) SELECT 1",
            report.id,
            snapshot.id,
        ):
            self.env.cr.execute(
                "DELETE FROM task_report_snapshot WHERE id = %s", (snapshot.id,)
            )
            self.env.invalidate_all()
            self.assertEqual(self._wrong(), [4, 5])
            self.assertEqual(self._chain()._verify().keys(), {after.sudo().snapshot_id})

    def test_a_link_made_again_is_shown(self):
        """Whoever changes a link and computes its check code anew, on the record too,
        breaks the next one."""
        report = self.reports[4]
        with self._altered_by(
            "UPDATE task_report_snapshot SET digest = repeat('a', 64) WHERE id = %s",
            report.sudo().snapshot_id.id,
        ):
            self.assertEqual(self._wrong(), [4, 5])

    def test_sent_on_time_is_when_the_clock_says(self):
        """What is printed of the day it was sent is the day of the act."""
        for report in self.reports.filtered("agency_id"):
            self.assertEqual(
                report.submitted_on, self._moment(report).date(), report.display_name
            )
            self.assertEqual(self._moment(report).time(), AFTERNOON)
